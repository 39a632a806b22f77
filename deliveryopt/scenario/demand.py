"""How many whole parcels become ready for each village, by day and size.

A village's parcels are those that can go to a pickup point. They are given in `parcels.csv`, or
as parcels a week, or follow from inhabitants and rates; then they are shared out to sizes and
days in whole numbers, deterministically and without looking at ids.
"""

from collections.abc import Sequence
from fractions import Fraction

from deliveryopt.scenario.schema import Scenario, Village
from deliveryopt.scenario.terms import SIZES
from deliveryopt.units import DAYS, WEEKS_PER_YEAR, round_half_even

Demand = dict[tuple[str, str, str], int]
"""Parcels by village id, ready day and size; only entries above zero."""


def apportion(total: int, shares: Sequence[Fraction], *, first: int = 0) -> list[int]:
    """Share out a whole number by the largest remainder.

    Parameters
    ----------
    total
        What to share out.
    shares
        Non-negative shares; shape (n,), at least one above zero unless `total` is 0.
    first
        Position at which equal remainders are served first, going round.

    Returns
    -------
    list of int
        Parts that add up to `total`; a share of zero gets nothing.

    Examples
    --------
    >>> apportion(7, [Fraction(1, 2), Fraction(3, 10), Fraction(1, 5)])
    [4, 2, 1]
    """
    whole = sum(shares)
    if total == 0 or whole == 0:
        return [0] * len(shares)
    exact = [share * total / whole for share in shares]
    parts = [int(value) for value in exact]
    order = sorted(
        (position for position, share in enumerate(shares) if share > 0),
        key=lambda position: (parts[position] - exact[position], (position - first) % len(shares)),
    )
    for position in order[: total - sum(parts)]:
        parts[position] += 1
    return parts


def weekly_parcels(scenario: Scenario, village: Village) -> int:
    """Return the whole parcels a week that can go to a pickup point, ties to even."""
    if village.parcels_per_week is not None:
        exact = Fraction(str(village.parcels_per_week))
    else:
        rates = scenario.rates
        exact = (
            village.inhabitants
            * Fraction(str(rates.parcels_per_inhabitant_per_year))
            * Fraction(str(rates.rural_multiplier))
            * Fraction(str(rates.out_of_home_share))
            * (1 - Fraction(str(rates.not_boxable_share)))
            / WEEKS_PER_YEAR
        )
    return round_half_even(exact.numerator, exact.denominator)


def _derived(scenario: Scenario, village: Village) -> Demand:
    """Return one village's parcels from inhabitants, rates and shares."""
    rates = scenario.rates
    of_village = (village.share_s, village.share_m, village.share_l)
    of_rates = (rates.share_s, rates.share_m, rates.share_l)
    shares = of_rates if None in of_village else of_village
    size_shares = [Fraction(str(share)) for share in shares]
    day_shares = [Fraction(str(getattr(rates, f"share_{day}"))) for day in DAYS]
    demand: Demand = {}
    first = 0
    for size, parcels in zip(
        SIZES, apportion(weekly_parcels(scenario, village), size_shares), strict=True
    ):
        parts = apportion(parcels, day_shares, first=first)
        first = (first + parcels) % len(DAYS)
        for day, part in zip(DAYS, parts, strict=True):
            if part:
                demand[village.id, day, size] = part
    return demand


def build_demand(scenario: Scenario) -> Demand:
    """Return every village's parcels by ready day and size.

    Returns
    -------
    dict
        Keys (village id, day, size), values parcels above zero.
    """
    demand: Demand = {}
    given: set[str] = set()
    for row in scenario.given_demand:
        given.add(row.village_id)
        if row.parcels:
            key = (row.village_id, row.day, row.size)
            demand[key] = demand.get(key, 0) + row.parcels
    for village in scenario.villages:
        if village.id not in given:
            demand |= _derived(scenario, village)
    return demand
