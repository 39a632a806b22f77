"""Random small scenarios in which runs are alike and short of room: what points share then matters.

A road runs west to east from the depot. Lines drive along it several times a day with the same
terms, so that their run-days are alike, and sites compete for their room and their minutes. There
are no vans, no home orders and no transfers. Everything follows from the seed.
"""

from datetime import date
from random import Random
from typing import Final

from deliveryopt.scenario.field_types import Day
from deliveryopt.scenario.rates import Rates
from deliveryopt.scenario.schema import (
    BoxType,
    Depot,
    GivenDemand,
    Goal,
    OperatorLimit,
    PickupPoint,
    Rules,
    Run,
    Scenario,
    Stop,
    StopTime,
    Village,
)
from deliveryopt.units import MIN_PER_DAY

DEG_PER_KM: Final = 1 / 52.3
"""Degrees of longitude in one kilometre, at 62 degrees north."""
LAT_DEG_PER_KM: Final = 1 / 111.4
WEEK: Final[tuple[Day, ...]] = ("mon", "tue", "wed", "thu")


def _at(east_km: float, north_km: float) -> dict[str, float]:
    return {
        "lat_deg": round(62 + north_km * LAT_DEG_PER_KM, 6),
        "lon_deg": round(15 + east_km * DEG_PER_KM, 6),
    }


def _points(rng: Random, stops_km: list[float]) -> list[PickupPoint]:
    points = []
    for number in range(rng.choice([2, 3, 3, 4])):
        east = rng.choice(stops_km[1:]) + rng.choice([0.0, 0.0, 0.6, -0.8])
        points.append(
            PickupPoint(
                id=f"p{number}",
                name=f"Site {number}",
                kind="site",
                **_at(east, rng.choice([0.0, 0.0, 0.4, 0.9, -0.7])),
                max_boxes=rng.choice([1, 2, 3]),
                box_types=rng.choice([(), (), ("b1",), ("b2",)]),
                state=rng.choices(["optional", "must_open", "must_not"], [10, 1, 1])[0],
                fixed_sek_per_year=rng.choice([0, 520, 1040]),
                sek_per_parcel=rng.choice([0, 2.5]),
            )
        )
    if rng.random() < 0.5:
        agent = _at(rng.choice(stops_km), 0.0)
        points.append(PickupPoint(id="a", name="Agent", kind="agent", **agent, sek_per_parcel=5))
    return points


def _runs(rng: Random, stops_km: list[float]) -> list[Run]:
    runs = []
    for line in range(rng.choice([1, 2, 2])):
        terms = {
            "capacity_parcels": rng.choice([None, 2, 3, 4]),
            "capacity_litres": rng.choice([None, 20.0, 40.0]),
            "capacity_kg": rng.choice([None, None, 6.0]),
            "delay_budget_min": rng.choice([3, 5, 8]),
            "stop_min": rng.choice([0.5, 1, 2]),
            "parcel_s": rng.choice([0, 20, 45]),
            "max_size": "L",
            "may_detour": rng.random() < 0.8,
            "speed_kmh": 50,
            "sek_per_stop": rng.choice([0, 8]),
            "sek_per_detour_km": rng.choice([4, 12]),
            "sek_per_minute": rng.choice([2, 9.17]),
            "sek_per_parcel": rng.choice([0, 1.5]),
        }
        days = sorted(rng.sample(WEEK, rng.choice([2, 2, 3, 4])), key=WEEK.index)
        clock = rng.choice([420, 600, 1425])
        past_depot = rng.random() < 0.2
        for copy in range(rng.choice([1, 2, 2, 3])):
            places = [*range(len(stops_km))]
            if past_depot:
                places = [1, 0, *places[1:]]
            runs.append(
                Run.model_validate(
                    {
                        "id": f"r{line}{copy}",
                        "kind": "bus",
                        "days": days,
                        "stop_times": [
                            StopTime(
                                stop_sequence=k,
                                place_id=f"s{place}",
                                arrival_min=clock + copy + 8 * k,
                                departure_min=clock + copy + 8 * k,
                            )
                            for k, place in enumerate(places)
                        ],
                        **terms,
                    }
                )
            )
    return runs


def _villages(rng: Random, points: list[PickupPoint], depots: list[Depot]) -> list[Village]:
    sites = [point for point in points if point.kind == "site"]
    villages = []
    for number in range(rng.choice([2, 3, 4, 5])):
        near = rng.choice(sites)
        villages.append(
            Village(
                id=f"v{number}",
                name=f"Village {number}",
                lat_deg=near.lat_deg,
                lon_deg=round(near.lon_deg + rng.choice([0, 0, 0.4, -0.5]) * DEG_PER_KM, 6),
                inhabitants=rng.choice([10, 25, 60, 100]),
                depot=rng.choice(depots).id,
                parcels_per_week=0,
                must_serve=rng.random() < 0.1,
            )
        )
    return villages


def _demand(rng: Random, villages: list[Village]) -> list[GivenDemand]:
    parcels: dict[tuple[str, Day, str], int] = {}
    for village in villages:
        for _ in range(rng.choice([1, 2, 2, 3])):
            key = (village.id, rng.choice(WEEK), rng.choice("SSSSMML"))
            parcels[key] = parcels.get(key, 0) + rng.choice([1, 1, 2])
    return [
        GivenDemand.model_validate({"village_id": v, "day": day, "size": size, "parcels": number})
        for (v, day, size), number in sorted(parcels.items())
    ]


def _box_types(rng: Random) -> list[BoxType]:
    small, large = rng.choice([520, 1040]), rng.choice([1560, 2600])
    return [
        BoxType(
            id="b1",
            operator="north",
            compartments_s=2,
            compartments_m=1,
            compartments_l=rng.choice([0, 1]),
            sek_per_year=small,
        ),
        BoxType(
            id="b2",
            operator="south",
            compartments_s=3,
            compartments_m=2,
            compartments_l=2,
            sek_per_year=large,
        ),
    ]


def busy_road(seed: int) -> Scenario:
    """Return a valid small scenario that follows from the seed."""
    rng = Random(seed)  # noqa: S311  no secret
    spacing = rng.uniform(1.5, 4.0)
    stops_km = [k * spacing for k in range(rng.choice([3, 4]))]
    usual = {f"ready_{day}": rng.choice([300, 300, 720, MIN_PER_DAY + 30]) for day in WEEK}
    depots = [
        Depot.model_validate({"id": f"d{k}", "name": f"Depot {k}", **_at(east, 0.0), **usual})
        for k, east in enumerate([0.0, stops_km[1]][: rng.choice([1, 1, 2])])
    ]
    points = _points(rng, stops_km)
    villages = _villages(rng, points, depots)
    limit = OperatorLimit(operator="south", max_boxes=rng.choice([0, 1, 2]))
    return Scenario.model_validate(
        {
            "name": f"busy-{seed}",
            "week_start": date(2026, 3, 2),
            "days": WEEK,
            "rules": Rules(
                reach_km=rng.choice([1.0, 3.0, 5.0]),
                max_lead_days=rng.choice([1, 2, 3, 3]),
                min_deliveries_per_week=rng.choice([0, 1, 1, 2]),
                max_transfers=0,
                max_points_per_detour=rng.choice([1, 2, 2]),
                max_boxes=rng.choice([None, None, None, 2, 4]),
                max_boxes_per_operator=rng.choice([(), (), (limit,)]),
            ),
            "goal": Goal(
                kind="least_cost",
                coverage_share=rng.choice([1.0, 0.7, 0.5, 0.3, 0.3, 0.0]),
                budget_sek_per_year=rng.choice([None, None, None, 1_040, 5_200, 15_600]),
                count_resident_trips=rng.random() < 0.5,
                count_co2=rng.random() < 0.3,
            ),
            "rates": Rates(
                collected_first_day_share=rng.choice([0.3, 0.5]),
                max_dwell_days=rng.choice([2, 3]),
            ),
            "box_types": _box_types(rng),
            "villages": villages,
            "pickup_points": points,
            "depots": depots,
            "stops": [
                Stop(id=f"s{k}", name=f"s{k}", **_at(east, 0.0)) for k, east in enumerate(stops_km)
            ],
            "runs": _runs(rng, stops_km),
            "given_demand": _demand(rng, villages),
        }
    )
