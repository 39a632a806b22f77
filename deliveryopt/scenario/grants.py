"""The state's grant to municipalities for home delivery (*hemsändningsbidrag*), by date.

The ordinance (2000:284) pays a share of the municipality's net expenditure for home delivery of
groceries, with a cap for each household and occasion. A new wording is a new row of `GRANT_RULES`.
"""

from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

from deliveryopt.scenario.schema import Scenario
from deliveryopt.scenario.terms import Goods
from deliveryopt.units import exact


class GrantRule(NamedTuple):
    """What the state pays for home delivery from a date on."""

    valid_from: date
    """First day of the rule."""
    name: str
    """Name of the rule."""
    share: float
    """Largest share of the municipality's net expenditure."""
    cap_sek: float
    """Most for a household and occasion, SEK."""
    goods: tuple[Goods, ...]
    """Goods for whose delivery the state pays."""


GRANT_RULES: Final = (
    GrantRule(date(2011, 1, 1), "SFS 2010:1709", 0.5, 60.0, ("grocery",)),
    GrantRule(date(2023, 1, 1), "SFS 2000:284 (2023)", 0.5, 100.0, ("grocery",)),
)
"""The rules known, oldest first; before the first one no grant is known.

SFS 2010:1709 is the ordinance's own text. The cap of 100 SEK and its year are as regions state
them for grants of 2023.
"""


class GrantTerms(NamedTuple):
    """The grant's terms in one scenario."""

    rule: str | None
    """The rule used; None if the scenario sets share and cap itself, or no rule is known."""
    share: Fraction
    """Largest share of the net expenditure."""
    cap_sek: Fraction
    """Most for a household and occasion, SEK."""
    goods: tuple[Goods, ...]
    """Goods for whose delivery the state pays."""
    max_per_household_week: int
    """Most occasions a household and week."""


def grant_rule_on(day: date) -> GrantRule | None:
    """Return the rule that holds on a day; None before the first one known.

    Examples
    --------
    >>> [grant_rule_on(date(year, 5, 1)).cap_sek for year in (2011, 2022, 2023)]
    [60.0, 60.0, 100.0]
    """
    return max((rule for rule in GRANT_RULES if rule.valid_from <= day), default=None)


def grant_terms(scenario: Scenario) -> GrantTerms:
    """Return the terms of the scenario's week; what the scenario sets itself comes first."""
    own, rule = scenario.home_delivery, grant_rule_on(scenario.week_start)
    share, cap_sek = own.grant_share, own.grant_cap_sek
    used = rule is not None and (share is None or cap_sek is None)
    if share is None:
        share = 0.0 if rule is None else rule.share
    if cap_sek is None:
        cap_sek = 0.0 if rule is None else rule.cap_sek
    return GrantTerms(
        rule=rule.name if rule is not None and used else None,
        share=exact(share),
        cap_sek=exact(cap_sek),
        goods=GRANT_RULES[-1].goods if rule is None else rule.goods,
        max_per_household_week=own.max_per_household_week,
    )
