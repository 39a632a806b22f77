"""What is said where no plan exists: which demands conflict, and the best that is possible."""

from collections.abc import Iterable
from math import ceil, floor

from deliveryopt.plan.reasons import Reason
from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.conflicts import Conflict, Demand

SHARE_STEPS = 10_000


def conflict_lines(scenario: Scenario, conflict: Conflict) -> list[str]:
    """Return the message: the conflict, whether it is checked, what is possible, and advice."""
    told = [_told(scenario, demand) for demand in conflict.demands]
    lines = ["no plan keeps every rule and meets every demand; this is proven."]
    if len(told) == 1:
        lines.append(f"    What cannot be met: {told[0]}.")
    elif told:
        lines.append(f"    What cannot be met together: {'; '.join(told)}.")
    if told and conflict.is_checked:
        one = "it" if len(told) == 1 else "any one of them"
        lines.append(f"    Without {one} there is a plan: checked by solving.")
    elif told:
        lines.append("    Perhaps not all of these are needed for the conflict: time ended.")
    lines += _best(scenario, conflict)
    for village in conflict.unserved:
        lines += [f"    {village.id}: {_reason(reason)}." for reason in village.reasons]
        if village.change is not None and village.change.kinds != ("accept_cost",):
            changes = " and ".join(kind.replace("_", " ") for kind in village.change.kinds)
            lines.append(f"    {village.id} could be served with: {changes}.")
    lines.append(
        "    Ask for less, widen reach_km or max_lead_days, or add sites, runs or a van  [DO-P001]"
    )
    return lines


def _told(scenario: Scenario, demand: Demand) -> str:
    """Return a demand in words."""
    goal, rules = scenario.goal, scenario.rules
    names = ", ".join(demand.names)
    if demand.kind == "coverage":
        return f"coverage of at least {_percent(goal.coverage_share or 0)} (goal.coverage_share)"
    if demand.kind == "budget":
        amount = f"{goal.budget_sek_per_year:,.2f} SEK"
        return f"at most {amount} a year above today (goal.budget_sek_per_year)"
    return {
        "must_serve": f"villages that must be served: {names} (must_serve)",
        "must_open": f"sites that must open: {names} (state must_open)",
        "must_not": f"sites that must stay closed: {names} (state must_not)",
        "max_boxes": f"at most {rules.max_boxes} boxes (rules.max_boxes)",
        "operator": f"the most boxes of {names} (rules.max_boxes_per_operator)",
        "run": f"runs that may not be used: {names} (rules.unusable_runs)",
    }[demand.kind]


def _best(scenario: Scenario, conflict: Conflict) -> Iterable[str]:
    """Yield the best that is possible of each demand in the conflict."""
    if conflict.coverage_share is not None:
        has_budget = scenario.goal.budget_sek_per_year is not None
        budget = " within the budget" if has_budget else ""
        yield (
            f"    With all else as asked, the most that any plan covers is "
            f"{_percent(conflict.coverage_share)}{budget}."
        )
        lower = _rounded_down(conflict.coverage_share)
        yield f"    Lower the goal's coverage_share to {lower:.4f} or less."
    enough, least = conflict.budget_sek_per_year, conflict.least_budget_sek_per_year
    if enough is not None:
        yield f"    A budget of {ceil(enough):,} SEK a year is enough."
    if least is not None:
        yield f"    No plan does with less than {floor(least):,} SEK a year above today."


def _reason(reason: Reason) -> str:
    """Return a reason in plain words and numbers."""
    words = [reason.code.replace("_", " ")]
    words += [name for name in (reason.pickup_point, reason.run, reason.day) if name is not None]
    if reason.found is not None:
        words.append(f"{reason.found:g}")
    if reason.allowed is not None:
        words.append(f"(allowed {reason.allowed:g})")
    return " ".join(words)


def _rounded_down(share: float) -> float:
    """Return a share with four decimals that is not above it."""
    return floor(share * SHARE_STEPS) / SHARE_STEPS


def _percent(share: float) -> str:
    """Return a share as per cent, never more than it is."""
    return f"{100 * _rounded_down(share):.2f} %"
