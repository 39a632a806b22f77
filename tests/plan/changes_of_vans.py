"""Ways to change the scenario and the plan of `small_world_vans`."""

from deliveryopt.plan.plan import Collection, HomeByRun, HomeInBox, OpenedBoxes, Plan, VanRoute
from deliveryopt.scenario.schema import Distance, Scenario
from tests.plan.changes import Case
from tests.plan.small_world import changed
from tests.plan.small_world_vans import (
    AT_STOP,
    FRIDAY,
    ON_DETOUR,
    WEDNESDAY,
    van_plan,
    van_scenario,
)


def planned(**changes: object) -> Case:
    """Return the scenario with another plan."""
    return van_scenario(), changed(van_plan(), **changes)


def part_changed(part: str, **changes: object) -> Case:
    """Return the plan in a scenario whose rules, goal or home delivery is different."""
    scenario = van_scenario()
    other = changed(getattr(scenario, part), **changes)
    return changed(scenario, **{part: other}), van_plan()


def row_changed(table: str, row_id: str, **changes: object) -> Case:
    """Return the plan in a scenario in which one row of a table is different."""
    scenario = van_scenario()
    rows = tuple(
        changed(row, **changes) if row.id == row_id else row for row in getattr(scenario, table)
    )
    return changed(scenario, **{table: rows}), van_plan()


def van_changed(**changes: object) -> Case:
    """Return the plan in a scenario in which the van is different."""
    return row_changed("vans", "van_1", **changes)


def run_changed(**changes: object) -> Case:
    """Return the plan in a scenario in which the run is different."""
    return row_changed("runs", "vard_6", **changes)


def home_changed(order: str, **changes: object) -> Case:
    """Return the plan in a scenario in which one home order is different."""
    return row_changed("homes", order, **changes)


def distance_changed(from_id: str, to_id: str, km: float | None) -> Scenario:
    """Return the scenario with another distance."""
    scenario = van_scenario()
    kept = tuple(d for d in scenario.distances if (d.from_id, d.to_id) != (from_id, to_id))
    return changed(scenario, distances=(*kept, Distance(from_id=from_id, to_id=to_id, km=km)))


def demand_changed(scenario: Scenario, *kept: tuple[str, str]) -> Scenario:
    """Return a scenario with only the given demand of some villages and days."""
    rows = tuple(row for row in scenario.given_demand if (row.village_id, row.day) in kept)
    return changed(scenario, given_demand=rows)


def routes(wednesday: VanRoute | None = WEDNESDAY, friday: VanRoute | None = FRIDAY) -> Plan:
    """Return the plan with other routes."""
    driven = tuple(route for route in (wednesday, friday) if route is not None)
    return changed(van_plan(), van_routes=driven)


def first_trip(route: VanRoute, **changes: object) -> VanRoute:
    """Return a route whose first trip is different."""
    first, *rest = route.trips
    return changed(route, trips=(changed(first, **changes), *rest))


def by_run(at_stop: HomeByRun = AT_STOP, on_detour: HomeByRun = ON_DETOUR) -> Plan:
    """Return the plan with other deliveries by the run."""
    return changed(van_plan(), homes_by_run=(at_stop, on_detour))


def opened(*sites: str, box_type: str = "liten") -> tuple[OpenedBoxes, ...]:
    """Return one box at each site."""
    return tuple(OpenedBoxes(pickup_point=site, box_type=box_type, boxes=1) for site in sites)


def collects(village: str, point: str) -> Collection:
    """Return where a village collects."""
    return Collection(village=village, pickup_point=point)


def boxed(order: str, point: str = "ek_box") -> HomeInBox:
    """Return an order that is collected at a pickup point."""
    return HomeInBox(order=order, pickup_point=point)


def later(minutes: int) -> Case:
    """Return everything that the run does later by minutes, in the scenario and in the plan."""
    scenario, plan = van_scenario(), van_plan()
    (run,) = scenario.runs
    stop_times = tuple(
        changed(
            stop,
            arrival_min=stop.arrival_min + minutes,
            departure_min=stop.departure_min + minutes,
        )
        for stop in run.stop_times
    )
    scenario = changed(scenario, runs=(changed(run, stop_times=stop_times),))
    services = tuple(
        changed(row, latest_arrival_min=row.latest_arrival_min + minutes) for row in plan.services
    )
    (sent,) = plan.shipments
    (leg,) = sent.legs
    leg = changed(leg, board_min=leg.board_min + minutes, alight_min=leg.alight_min + minutes)
    homes = tuple(
        changed(
            row,
            board_min=row.board_min + minutes,
            latest_arrival_min=row.latest_arrival_min + minutes,
        )
        for row in plan.homes_by_run
    )
    shipments = (changed(sent, legs=(leg,)),)
    return scenario, changed(plan, services=services, shipments=shipments, homes_by_run=homes)
