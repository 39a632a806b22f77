"""A plan that breaks rules made to keep them by serving fewer villages.

A search that ends early may not have found a good plan. One village after the other is left as it
is without the plan, those that a broken rule concerns and that have fewest inhabitants first, until
every rule is kept. The result is a plan, though seldom the best one.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Final

from deliveryopt.plan.plan import Plan, TodaysCollection
from deliveryopt.plan.verify import verify
from deliveryopt.plan.violation import Violation
from deliveryopt.scenario.changes import replaced
from deliveryopt.scenario.schema import Scenario
from deliveryopt.studies.kept_plan import kept_plan
from deliveryopt.studies.plan_without import services_left

REPAIR_SHARE: Final = 0.2
"""Share of a study's time for this, before any search."""
_MOST_LOOKS: Final = 25
"""Most checks of a plan for one scenario."""


def repaired(scenario: Scenario, plan: Plan) -> Plan | None:
    """Return a plan that keeps every rule by serving fewer villages; None if none is found soon.

    Parameters
    ----------
    scenario
        A scenario with the same places, runs, vans and orders as the plan's own.
    plan
        A plan that may break rules of it, made by `kept_plan`.
    """
    inhabitants = {village.id: village.inhabitants for village in scenario.villages}
    violations, looks = verify(scenario, plan).violations, 1
    while violations and plan.collections:
        tried: list[tuple[int, int, str, Plan, tuple[Violation, ...]]] = []
        for village in _concerned(plan, violations):
            if looks >= _MOST_LOOKS:
                return None
            fewer = leaving(scenario, plan, {village})
            left = verify(scenario, fewer).violations
            looks += 1
            tried.append((len(left), inhabitants[village], village, fewer, left))
            if not left and inhabitants[village] == min(one[1] for one in tried):
                break
        *_, plan, violations = min(tried, key=lambda one: one[:3])
    return None if violations else plan


def _concerned(plan: Plan, violations: Iterable[Violation]) -> list[str]:
    """Return the served villages that broken rules concern; all of them if none is named."""
    places, runs, villages = set[str](), set[str](), set[str]()
    for violation in violations:
        places |= {violation.place} - {None}  # type: ignore[arg-type]  # None is taken away
        runs |= {violation.run} - {None}  # type: ignore[arg-type]
        villages |= {violation.village} - {None}  # type: ignore[arg-type]
    places |= {
        sent.pickup_point for sent in plan.shipments if any(leg.run in runs for leg in sent.legs)
    }
    served = plan.collections
    named = [row for row in served if row.village in villages or row.pickup_point in places]
    return [row.village for row in named or served]


def leaving(scenario: Scenario, plan: Plan, villages: AbstractSet[str]) -> Plan:
    """Return a plan that leaves some villages as they are without it, and what only they needed."""
    collections = tuple(row for row in plan.collections if row.village not in villages)
    left = tuple(TodaysCollection(village=village, agent=None) for village in sorted(villages))
    ends = {row.pickup_point for row in collections}
    ends |= {row.pickup_point for row in plan.homes_in_box}
    shipments = tuple(sent for sent in plan.shipments if sent.pickup_point in ends)
    needed = ends | {leg.alight_point for sent in shipments for leg in sent.legs}
    pinned = {point.id for point in scenario.pickup_points if point.state == "must_open"}
    fewer = replaced(
        plan,
        opened=tuple(row for row in plan.opened if row.pickup_point in needed | pinned),
        collections=collections,
        as_today=(*plan.as_today, *left),
        services=services_left(plan, frozenset(), needed),
        shipments=shipments,
        van_shipments=tuple(sent for sent in plan.van_shipments if sent.pickup_point in ends),
    )
    return kept_plan(scenario, fewer)
