"""What is said where no plan exists: which demands conflict, and the best that is possible."""

from collections.abc import Iterable
from math import ceil, floor
from typing import Final

from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_
from deliveryopt.plan.reasons import Reason
from deliveryopt.reports.progress import in_language
from deliveryopt.scenario.schema import Scenario
from deliveryopt.scenario.text import all_of
from deliveryopt.solver.conflicts import Conflict, Demand, DemandKind

SHARE_STEPS = 10_000
_DEMANDS: Final[dict[DemandKind, str]] = {
    "coverage": N_("coverage of at least {share} (goal.coverage_share)"),
    "budget": N_("at most {amount} SEK a year above today (goal.budget_sek_per_year)"),
    "must_serve": N_("villages that must be served: {names} (must_serve)"),
    "must_open": N_("sites that must open: {names} (state must_open)"),
    "must_not": N_("sites that must stay closed: {names} (state must_not)"),
    "max_boxes": N_("at most {most} boxes (rules.max_boxes)"),
    "operator": N_("the most boxes of {names} (rules.max_boxes_per_operator)"),
    "run": N_("runs that may not be used: {names} (rules.unusable_runs)"),
}
_WORDS: Final = (
    N_("costs more"),
    N_("over budget"),
    N_("costs more than leaving"),
    N_("point beyond reach"),
    N_("agent beyond reach"),
    N_("no road"),
    N_("no run near"),
    N_("no run in time"),
    N_("too few days"),
    N_("size not carried"),
    N_("run keeps within capacity"),
    N_("run keeps within delay"),
    N_("box holds its parcels"),
    N_("delivered often enough"),
    N_("transfer is secure"),
    N_("parcels are carried"),
    N_("goal is met"),
    N_("no origin"),
    N_("nobody carries"),
    N_("several rules"),
    N_("not examined"),
    N_("accept cost"),
    N_("new site"),
    N_("longer promise"),
    N_("fewer days"),
    N_("van"),
    N_("any time"),
)
"""Codes of reasons and changes with spaces, as `_in_words` makes them."""


def conflict_lines(scenario: Scenario, conflict: Conflict) -> list[str]:
    """Return the message: the conflict, whether it is checked, what is possible, and advice."""
    first = _("no plan keeps every rule and meets every demand; this is proven.")
    told = [*_conflict(scenario, conflict), *_best(scenario, conflict), *_villages(conflict)]
    advice = _("Ask for less, widen reach_km or max_lead_days, or add sites, runs or a van")
    return [first, *(f"    {line}" for line in told), f"    {advice}  [DO-P001]"]


def _conflict(scenario: Scenario, conflict: Conflict) -> Iterable[str]:
    """Yield which demands conflict, and whether each of them was seen to be needed."""
    told = [_told(scenario, demand) for demand in conflict.demands]
    if len(told) == 1:
        yield _("What cannot be met: {demand}.").format(demand=told[0])
    elif told:
        yield _("What cannot be met together: {demands}.").format(demands="; ".join(told))
    if told and conflict.is_checked:
        if len(told) == 1:
            yield _("Without it there is a plan: checked by solving.")
        else:
            yield _("Without any one of them there is a plan: checked by solving.")
    elif told:
        yield _("Perhaps not all of these are needed for the conflict: time ended.")


def _told(scenario: Scenario, demand: Demand) -> str:
    """Return a demand in words."""
    goal = scenario.goal
    return _(_DEMANDS[demand.kind]).format(
        share=_percent(goal.coverage_share or 0),
        amount=in_language(goal.budget_sek_per_year or 0, decimals=2, thousands=","),
        names=", ".join(demand.names),
        most=scenario.rules.max_boxes,
    )


def _best(scenario: Scenario, conflict: Conflict) -> Iterable[str]:
    """Yield the best that is possible of each demand in the conflict."""
    if conflict.coverage_share is not None:
        most = _("With all else as asked, the most that any plan covers is {share}.")
        if scenario.goal.budget_sek_per_year is not None:
            most = _(
                "With all else as asked, the most that any plan covers is {share} "
                "within the budget."
            )
        yield most.format(share=_percent(conflict.coverage_share))
        lower = _rounded_down(conflict.coverage_share)
        yield _("Lower the goal's coverage_share to {share:.4f} or less.").format(share=lower)
    enough, least = conflict.budget_sek_per_year, conflict.least_budget_sek_per_year
    if enough is not None:
        amount = in_language(ceil(enough), thousands=",")
        yield _("A budget of {amount} SEK a year is enough.").format(amount=amount)
    if least is not None:
        told = _("No plan does with less than {amount} SEK a year above today.")
        yield told.format(amount=in_language(floor(least), thousands=","))


def _villages(conflict: Conflict) -> Iterable[str]:
    """Yield why villages that must be served cannot be, and what would help."""
    for village in conflict.unserved:
        for reason in village.reasons:
            yield f"{village.id}: {_reason(reason)}."
        if village.change is not None and village.change.kinds != ("accept_cost",):
            changes = all_of(_in_words(kind) for kind in village.change.kinds)
            told = _("{village} could be served with: {changes}.")
            yield told.format(village=village.id, changes=changes)


def _reason(reason: Reason) -> str:
    """Return a reason in plain words and numbers."""
    words = [_in_words(reason.code)]
    words += [name for name in (reason.pickup_point, reason.run, reason.day) if name is not None]
    if reason.found is not None:
        words.append(_short(reason.found))
    if reason.allowed is not None:
        words.append(_("(allowed {number})").format(number=_short(reason.allowed)))
    return " ".join(words)


def _in_words(code: str) -> str:
    """Return a code of a reason or of a change as words."""
    return _(code.replace("_", " "))


def _short(value: float) -> str:
    """Return a number without needless decimals."""
    digits = f"{value:g}"
    rest = digits.partition(".")[2]
    return in_language(value, decimals=len(rest)) if rest.isdigit() else digits


def _rounded_down(share: float) -> float:
    """Return a share with four decimals that is not above it."""
    return floor(share * SHARE_STEPS) / SHARE_STEPS


def _percent(share: float) -> str:
    """Return a share as per cent, never more than it is."""
    return f"{in_language(100 * _rounded_down(share), decimals=2)} %"
