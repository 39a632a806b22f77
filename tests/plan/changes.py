"""Ways to change the scenario and the plan of `small_world`, and a register of corrupt plans."""

from collections.abc import Callable
from typing import NamedTuple

from deliveryopt.plan.plan import OpenedBoxes, Plan, Service
from deliveryopt.scenario.schema import Distance, Scenario
from tests.plan.small_world import (
    Kind,
    changed,
    service,
    small_plan,
    small_scenario,
)

Case = tuple[Scenario, Plan]


class Corruption(NamedTuple):
    """A plan that breaks one rule."""

    rule: str
    why: str
    make: Callable[[], Case]


CORRUPTIONS: list[Corruption] = []


def corruption(rule: str) -> Callable[[Callable[[], Case]], Callable[[], Case]]:
    """Register a maker of a corrupt plan that breaks only this rule."""

    def register(make: Callable[[], Case]) -> Callable[[], Case]:
        CORRUPTIONS.append(Corruption(rule, make.__name__, make))
        return make

    return register


def with_rules(**changes: object) -> Case:
    """Return the plan in a scenario with other rules."""
    scenario = small_scenario()
    return changed(scenario, rules=changed(scenario.rules, **changes)), small_plan()


def with_goal(**changes: object) -> Case:
    """Return the plan in a scenario with another goal."""
    scenario = small_scenario()
    return changed(scenario, goal=changed(scenario.goal, **changes)), small_plan()


def with_run(run_id: str, **changes: object) -> Scenario:
    """Return a scenario in which one run is different."""
    scenario = small_scenario()
    runs = (changed(run, **changes) if run.id == run_id else run for run in scenario.runs)
    return changed(scenario, runs=tuple(runs))


def with_point(point_id: str, **changes: object) -> Scenario:
    """Return a scenario in which one pickup point is different."""
    scenario = small_scenario()
    points = (
        changed(point, **changes) if point.id == point_id else point
        for point in scenario.pickup_points
    )
    return changed(scenario, pickup_points=tuple(points))


def with_distance(from_id: str, to_id: str, km: float | None) -> Scenario:
    """Return a scenario with another distance."""
    scenario = small_scenario()
    kept = tuple(d for d in scenario.distances if (d.from_id, d.to_id) != (from_id, to_id))
    return changed(scenario, distances=(*kept, Distance(from_id=from_id, to_id=to_id, km=km)))


def with_plan(**changes: object) -> Case:
    """Return a scenario with another plan."""
    return small_scenario(), changed(small_plan(), **changes)


def plus_services(*services: Service, opened: tuple[str, ...] = ()) -> Plan:
    """Return the plan with more services, and boxes at more sites."""
    plan = small_plan()
    boxes = tuple(OpenedBoxes(pickup_point=site, box_type="liten", boxes=1) for site in opened)
    return changed(plan, services=(*plan.services, *services), opened=(*plan.opened, *boxes))


def with_shipment(number: int, **changes: object) -> Plan:
    """Return the plan with one shipment different."""
    shipments = list(small_plan().shipments)
    shipments[number] = changed(shipments[number], **changes)
    return changed(small_plan(), shipments=tuple(shipments))


def with_leg(number: int, **changes: object) -> Plan:
    """Return the plan with the first leg of one shipment different."""
    first, *rest = small_plan().shipments[number].legs
    return with_shipment(number, legs=(changed(first, **changes), *rest))


def tuesday(kind: Kind, sequence: int, *points: str, latest: int) -> Service:
    """Return a service of buss_1 on Tuesday, when it has nothing else to do."""
    return service("buss_1", "tue", kind, sequence, *points, latest=latest)
