"""A little world for cases computed by hand.

A depot at the start of a road, a stop 5 km on with one site, and one village there that wants two
small parcels ready on Monday: one box (10 kr a week) and one stop (1 minute, 10 kr) suffice.
"""

from datetime import date
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

BOX: Final = BoxType(id="b", compartments_s=2, compartments_m=0, compartments_l=0, sek_per_year=520)
HERE: Final = {"lat_deg": 62.0, "lon_deg": 15.0}
THERE: Final = {"lat_deg": 62.0, "lon_deg": 15.1}


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
