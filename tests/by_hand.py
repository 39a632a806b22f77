"""A little world for cases computed by hand.

A depot at the start of a road, a stop 5 km on with one site, and one village there that wants two
small parcels ready on Monday: one box (10 kr a week) and one stop (1 minute, 10 kr) suffice.
"""

from datetime import date
from math import cos, radians
from typing import Final

from deliveryopt.scenario.schema import (
    BoxType,
    Depot,
    GivenDemand,
    Goal,
    PickupPoint,
    Rules,
    Run,
    Scenario,
    Stop,
    StopTime,
    Village,
)
from tests.strategies import replaced

BOX: Final = BoxType(id="b", compartments_s=2, compartments_m=0, compartments_l=0, sek_per_year=520)
HERE: Final = {"lat_deg": 62.0, "lon_deg": 15.0}
THERE: Final = {"lat_deg": 62.0, "lon_deg": 15.1}
KM_PER_DEGREE: Final = 111.3
SIDE_KM: Final = 1.2
HEIGHT_KM: Final = 1.04


def little_run(run_id: str, places: list[tuple[str, int]], **terms: object) -> Run:
    """Return a Monday run that calls at places at given minutes."""
    own = {"delay_budget_min": 5, "stop_min": 1, "parcel_s": 0, "sek_per_stop": 0}
    return Run.model_validate(
        {
            "id": run_id,
            "kind": "bus",
            "days": ["mon"],
            "sek_per_minute": 10,
            "sek_per_detour_km": 10,
            **own,
            **terms,
            "stop_times": [
                StopTime(stop_sequence=k, place_id=place, arrival_min=clock, departure_min=clock)
                for k, (place, clock) in enumerate(places)
            ],
        }
    )


def little_world() -> Scenario:
    """Return the little world: one box (10 kr a week) and one stop (1 minute, 10 kr) suffice."""
    return Scenario(
        name="by-hand",
        week_start=date(2026, 3, 2),
        rules=Rules(reach_km=1, on_stop_radius_m=0),
        goal=Goal(kind="least_cost", coverage_share=1),
        box_types=(BOX,),
        villages=(
            Village(id="v", name="v", inhabitants=10, depot="d", parcels_per_week=0, **THERE),
        ),
        pickup_points=(PickupPoint(id="p", name="p", kind="site", max_boxes=2, **THERE),),
        depots=(Depot(id="d", name="d", **HERE),),
        stops=(Stop(id="s", name="s", **THERE),),
        runs=(little_run("r", [("d", 400), ("s", 410)]),),
        given_demand=(GivenDemand(village_id="v", day="mon", size="S", parcels=2),),
    )


def parcels_and_a_half() -> Scenario:
    """Return a world where three parcels need three runs with room for one and a half each."""
    world = little_world()
    road = [("d", 400), ("s", 410)]
    return replaced(
        world,
        rules=replaced(world.rules, max_transfers=0, max_lead_days=2),
        pickup_points=(replaced(world.pickup_points[0], max_boxes=5),),
        runs=tuple(
            little_run(day, road, days=[day], capacity_litres=9.0) for day in ("mon", "tue", "wed")
        ),
        given_demand=(GivenDemand(village_id="v", day="mon", size="S", parcels=3),),
    )


def _at(east_km: float, north_km: float) -> dict[str, float]:
    return {
        "lat_deg": 62.0 + north_km / KM_PER_DEGREE,
        "lon_deg": 15.1 + east_km / (KM_PER_DEGREE * cos(radians(62.0))),
    }


def triangle() -> Scenario:
    """Return three villages and a site halfway between each two: a site reaches two of them.

    One village costs 10 kr for a box and 10 for a stop, two at one site 20 and 10. Half of each
    site for two would cost 45 kr in all; whole ones cost 50.
    """
    world = little_world()
    corners = [(0.0, 0.0), (SIDE_KM, 0.0), (SIDE_KM / 2, HEIGHT_KM)]
    halfway = [
        ((x1 + x2) / 2, (y1 + y2) / 2)
        for (x1, y1), (x2, y2) in zip(corners, corners[1:] + corners[:1], strict=True)
    ]
    road = [("d", 400), *((f"s{k}", 410 + 10 * k) for k in range(3))]
    return replaced(
        world,
        rules=replaced(world.rules, max_transfers=0),
        villages=tuple(
            replaced(world.villages[0], id=f"v{k}", **_at(*corner))
            for k, corner in enumerate(corners)
        ),
        pickup_points=tuple(
            replaced(world.pickup_points[0], id=f"p{k}", **_at(*place))
            for k, place in enumerate(halfway)
        ),
        stops=tuple(Stop(id=f"s{k}", name="s", **_at(*place)) for k, place in enumerate(halfway)),
        runs=(little_run("r", road),),
        given_demand=tuple(
            GivenDemand(village_id=f"v{k}", day="mon", size="S", parcels=2) for k in range(3)
        ),
    )
