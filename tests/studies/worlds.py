"""Little worlds for comparing ways, and all ways of one of them."""

import dataclasses
import threading
from typing import Final

from deliveryopt.reports.bundle import Way, WayName
from deliveryopt.scenario.home_delivery import HomeOrder
from deliveryopt.scenario.schema import Depot, PickupPoint, Scenario
from deliveryopt.scenario.vans import Van
from deliveryopt.solver.result import SolveOptions, SolveResult
from deliveryopt.solver.solve import solve
from deliveryopt.studies.comparators import compare_ways
from tests.by_hand import HERE, little_run, little_world
from tests.strategies import replaced

EXACT: Final = SolveOptions(time_limit_s=20.0, gap=0.0, seed=1, deterministic=True)
OFF: Final = {"lat_deg": 62.004, "lon_deg": 15.1}
"""446 m north of the stop."""
HOME: Final = HomeOrder.model_validate(
    {"id": "h", "place_id": "v", "days": ("mon",), "origin": "shop", "today_sek": 100}
)
VAN: Final = Van(id="van", base="shop", sek_per_km=4, sek_per_h=60)
NAMES: Final = ("today", "vans_only", "boxes_and_vans", "boxes_then_routes", "together")


def ways_of(
    scenario: Scenario, options: SolveOptions = EXACT, *, stop: threading.Event | None = None
) -> dict[WayName, Way]:
    """Return the ways of a scenario by name."""
    ways = compare_ways(scenario, solve(scenario, EXACT), options, stop=stop or threading.Event())

    assert tuple(way.name for way in ways) == NAMES
    return {way.name: way for way in ways}


def unproven(result: SolveResult) -> SolveResult:
    """Return a result as a search that ended too early would have left it."""
    return dataclasses.replace(result, status="FEASIBLE", bound_ore=None)


def two_sites(**run_terms: object) -> Scenario:
    """Return the little world with a cheaper site 446 m off the road.

    The site at the stop costs 10 kr a week, and a stop there takes a minute (10 kr). The other
    one costs nothing, but a detour of 1.1 km more for 10 kr a kilometre.
    """
    world = little_world()
    at_stop = replaced(world.pickup_points[0], fixed_sek_per_year=520)
    off = PickupPoint.model_validate({"id": "off", "name": "off", "kind": "site", **OFF})
    run = little_run("r", [("d", 400), ("s", 410)], **run_terms)
    return replaced(world, pickup_points=(off, at_stop), runs=(run,))


def with_vans(**changes: object) -> Scenario:
    """Return the little world with a shop at the depot, one van, and one order in the village."""
    world = little_world()
    shop = Depot.model_validate({"id": "shop", "name": "shop", "kind": "shop", **HERE})
    given = {"depots": (*world.depots, shop), "vans": (VAN,), "homes": (HOME,)}
    return replaced(world, **{**given, **changes})
