"""Random micro-scenarios: small enough for `tests/brute_force.py`, odd enough to bind every rule.

A road runs west to east with a stop every few kilometres; sites, agents and villages lie at it or
off it. Runs drive along it, back, twice past the depot, past midnight, or only its far end, so
that parcels must change. Everything follows from the seed.
"""

import math
from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Final, TypeVar

from hypothesis import strategies as st
from pydantic import BaseModel

from deliveryopt.scenario.schema import (
    BoxType,
    Day,
    Depot,
    Distance,
    GivenDemand,
    Goal,
    OperatorLimit,
    PickupPoint,
    Rates,
    Rules,
    Run,
    Scenario,
    Stop,
    StopTime,
    Village,
)
from deliveryopt.units import DAYS, MIN_PER_DAY

Model = TypeVar("Model", bound=BaseModel)
Item = TypeVar("Item")
Place = tuple[str, float, float]
"""Id, kilometres east and north of the depot."""

LAT_DEG: Final = 62.0
LON_DEG: Final = 15.0
KM_PER_LAT_DEG: Final = 111.4
WORKWEEK: Final[tuple[Day, ...]] = ("mon", "tue", "wed", "thu", "fri")


def replaced(value: Model, **changes: object) -> Model:
    """Return a validated copy with some fields changed."""
    fields = {name: getattr(value, name) for name in type(value).model_fields}
    return type(value).model_validate(fields | changes)


def _lat_lon(east_km: float, north_km: float) -> dict[str, float]:
    km_per_lon_deg = KM_PER_LAT_DEG * math.cos(math.radians(LAT_DEG))
    return {
        "lat_deg": round(LAT_DEG + north_km / KM_PER_LAT_DEG, 6),
        "lon_deg": round(LON_DEG + east_km / km_per_lon_deg, 6),
    }


def _one_of(rng: Random, weighted: Sequence[tuple[Item, int]]) -> Item:
    items = [item for item, _ in weighted]
    return rng.choices(items, [weight for _, weight in weighted])[0]


def _beside(rng: Random, stop: Place) -> tuple[float, float]:
    """Return a position at a stop, within the radius of it, or up to 2.5 km off."""
    _, east, north = stop
    off = _one_of(
        rng,
        [
            (0.0, 3),
            (rng.uniform(0.05, 0.14), 2),
            (rng.uniform(0.16, 0.8), 4),
            (rng.uniform(0.8, 2.5), 3),
        ],
    )
    angle = rng.uniform(0, 2 * math.pi)
    return east + off * math.cos(angle), north + off * math.sin(angle)


def _line(rng: Random) -> list[Place]:
    """Return the places along the road: the depot first."""
    spacing = rng.uniform(2.0, 5.0)
    line = [
        (f"s{k}", k * spacing + rng.uniform(-0.5, 0.5), rng.uniform(-0.4, 0.4)) for k in range(4)
    ]
    return [("d1", 0.0, 0.0) if rng.random() < 0.6 else ("s0", 0.05, 0.0), *line[1:]]


def _site(rng: Random, number: int, stop: Place) -> PickupPoint:
    east, north = _beside(rng, stop)
    return PickupPoint(
        id=f"p{number}",
        name=f"Site {number}",
        kind="site",
        **_lat_lon(east, north),
        box_types=_one_of(rng, [((), 6), (("b1",), 1), (("b2",), 1)]),
        max_boxes=_one_of(rng, [(1, 5), (2, 4), (0, 1)]),
        state=_one_of(rng, [("optional", 10), ("must_open", 1), ("must_not", 1)]),
        transfer_parcels=_one_of(rng, [(0, 2), (1, 2), (2, 2), (4, 2)]),
        fixed_sek_per_year=rng.choice([0, 520, 1000, 2600]),
        sek_per_parcel=rng.choice([0, 2.5, 4]),
    )


def _agent(rng: Random, number: int, line: Sequence[Place]) -> PickupPoint:
    stop = _one_of(rng, [(line[0], 4), (line[1], 4), (line[2], 2), (line[3], 2)])
    east, north = _beside(rng, stop)
    return PickupPoint(
        id=f"a{number}",
        name=f"Agent {number}",
        kind="agent",
        **_lat_lon(east, north),
        transfer_parcels=_one_of(rng, [(0, 1), (1, 2), (3, 3), (10, 2)]),
        sek_per_parcel=rng.choice([0, 5, 7.5]),
    )


def _points(rng: Random, line: Sequence[Place]) -> list[PickupPoint]:
    num_sites, num_agents = rng.choice([1, 1, 2, 2, 3]), rng.choice([0, 1, 1, 1, 2])
    sites = [_site(rng, number, rng.choice(line[1:])) for number in range(1, num_sites + 1)]
    return [*(_agent(rng, number, line) for number in range(1, num_agents + 1)), *sites]


def _villages(rng: Random, points: Sequence[PickupPoint], depots: Sequence[Depot]) -> list[Village]:
    villages = []
    for number in range(1, rng.choice([1, 1, 2, 2, 3]) + 1):
        near = rng.choice([point for point in points if point.kind == "site"])
        off, angle = rng.choice([0.0, 0.3, 0.9, 1.6]), rng.uniform(0, 2 * math.pi)
        shift = _lat_lon(off * math.cos(angle), off * math.sin(angle))
        villages.append(
            Village(
                id=f"v{number}",
                name=f"Village {number}",
                lat_deg=round(near.lat_deg + shift["lat_deg"] - LAT_DEG, 6),
                lon_deg=round(near.lon_deg + shift["lon_deg"] - LON_DEG, 6),
                inhabitants=rng.choice([0, 10, 25, 60, 100]),
                depot=rng.choice(depots).id,
                parcels_per_week=rng.choice([0, 0, 1, 2]),
                priority=rng.choice([0.5, 1, 1, 1, 2.5]),
                must_serve=rng.random() < 0.15,
            )
        )
    return villages


def _depots(rng: Random, line: Sequence[Place]) -> list[Depot]:
    depots = []
    for number, place in zip((1, 2), (line[0], line[rng.choice([1, 3])]), strict=True):
        usual = _one_of(rng, [(360, 6), (300, 2), (720, 2), (MIN_PER_DAY + 30, 1)])
        ready = {
            f"ready_{day}": usual if rng.random() < 0.8 else rng.choice([360, 900]) for day in DAYS
        }
        east, north = (0.0, 0.0) if number == 1 else place[1:]
        depots.append(
            Depot.model_validate(
                {"id": f"d{number}", "name": f"Depot {number}", **_lat_lon(east, north), **ready}
            )
        )
    return depots if rng.random() < 0.2 else depots[:1]


def _route(rng: Random, line: Sequence[Place]) -> list[str]:
    """Return the places of a run, in order."""
    ids = [place[0] for place in line]
    return _one_of(
        rng,
        [
            (ids[: rng.choice([2, 3, 4])], 6),
            (ids[1:], 4),
            (ids[rng.choice([1, 2]) :][:2], 1),
            ([ids[1], ids[0], ids[2]], 2),
            ([ids[0], ids[1], ids[0], *ids[1:3]], 2),
            ([*ids[:2], ids[0]], 1),
            (ids[::-1], 1),
        ],
    )


def _stop_times(rng: Random, route: Sequence[str], points: Sequence[PickupPoint]) -> list[StopTime]:
    """Return the stops; now and then one is a pickup point itself."""
    route = [
        rng.choice(points).id if k > 0 and rng.random() < 0.08 else place
        for k, place in enumerate(route)
    ]
    clock = rng.choice([330, 375, 420, 600, 730, 840, 930, 1080, 1390, 1420])
    stop_times = []
    sequence = rng.choice([0, 1])
    for place in route:
        waits = rng.choice([0, 0, 0, 3, 20])
        stop_times.append(
            StopTime(
                stop_sequence=sequence,
                place_id=place,
                arrival_min=clock,
                departure_min=clock + waits,
            )
        )
        clock += waits + rng.randint(4, 12)
        sequence += rng.choice([1, 1, 5])
    return stop_times


def _run_days(rng: Random, days: Sequence[Day]) -> list[Day]:
    num_days = min(rng.choice([1, 1, 2, 2, 3]), len(days))
    chosen = set(rng.sample(list(days), num_days))
    if rng.random() < 0.15:
        chosen.add("sat")  # a day without parcels, where operating days are Monday to Friday
    return [day for day in DAYS if day in chosen]


def _run(
    rng: Random,
    number: int,
    line: Sequence[Place],
    points: Sequence[PickupPoint],
    days: Sequence[Day],
) -> Run:
    own = {
        "capacity_parcels": _one_of(rng, [(None, 3), (1, 1), (2, 2), (3, 2), (6, 2)]),
        "capacity_litres": _one_of(rng, [(None, 4), (12.0, 1), (26.25, 2), (60.0, 2), (100.0, 2)]),
        "capacity_kg": _one_of(rng, [(None, 6), (3.0, 1), (6.0, 2)]),
        "delay_budget_min": _one_of(rng, [(2.0, 2), (4.0, 3), (7.5, 3), (12.0, 3), (20.0, 2)]),
        "stop_min": rng.choice([0.5, 1, 2, 2.5]),
        "parcel_s": rng.choice([0, 20, 42, 90]),
        "may_detour": _one_of(rng, [(None, 1), (True, 6), (False, 1)]),
        "max_size": _one_of(rng, [(None, 6), ("M", 1), ("S", 1)]),
        "speed_kmh": rng.choice([None, 30, 50, 61.5]),
        "sek_per_stop": rng.choice([None, 0, 5, 12]),
        "sek_per_detour_km": rng.choice([None, 4, 12]),
        "sek_per_minute": rng.choice([None, 2, 9.17]),
        "sek_per_parcel": rng.choice([None, 0, 1.5, 6]),
    }
    return Run.model_validate(
        {
            "id": f"r{number}",
            "kind": rng.choice(["bus", "bus", "bus", "home_care", "minibus", "school_bus"]),
            "days": _run_days(rng, days),
            "stop_times": _stop_times(rng, _route(rng, line), points),
            **own,
        }
    )


def _box_types(rng: Random) -> list[BoxType]:
    types = [
        BoxType(
            id="b1",
            operator="north",
            compartments_s=rng.choice([0, 1, 2]),
            compartments_m=rng.choice([0, 1, 1]),
            compartments_l=rng.choice([0, 0, 1]),
            sek_per_year=rng.choice([1040, 2000, 2600]),
        ),
        BoxType(
            id="b2",
            operator="south",
            compartments_s=rng.choice([1, 3, 6]),
            compartments_m=rng.choice([1, 2, 4]),
            compartments_l=rng.choice([0, 1, 2]),
            sek_per_year=rng.choice([2600, 5200, 7777.77]),
        ),
    ]
    return types if rng.random() < 0.75 else types[1:]


def _rules(rng: Random, runs: Sequence[Run]) -> Rules:
    limit = OperatorLimit(operator=rng.choice(["north", "south"]), max_boxes=rng.choice([0, 1]))
    return Rules(
        reach_km=rng.choice([0.4, 1.5, 3, 3, 6]),
        max_lead_days=_one_of(rng, [(0, 2), (1, 4), (2, 3), (3, 2), (6, 1)]),
        min_deliveries_per_week=_one_of(rng, [(0, 2), (1, 6), (2, 3), (3, 1)]),
        max_transfers=_one_of(rng, [(1, 5), (0, 1)]),
        transfer_min=rng.choice([0, 5, 10, 45]),
        on_stop_radius_m=_one_of(rng, [(150, 4), (0, 1), (300, 1)]),
        max_points_per_detour=rng.choice([1, 2, 2, 3]),
        detour_factor=rng.choice([1.0, 1.25, 1.4]),
        unusable_runs=(rng.choice(runs).id,) if rng.random() < 0.08 else (),
        max_boxes=_one_of(rng, [(None, 6), (0, 1), (1, 2), (2, 2)]),
        max_boxes_per_operator=(limit,) if rng.random() < 0.15 else (),
    )


def _goal(rng: Random) -> Goal:
    counts = {
        "count_resident_trips": rng.random() < 0.5,
        "count_co2": rng.random() < 0.3,
    }
    share = _one_of(rng, [(1.0, 5), (0.7, 2), (0.3, 2), (0.0, 2)])
    budget = rng.choice([0, 520, 2600, 5200, 10_400, 52_000])
    if rng.random() < 0.3:
        return Goal(
            kind="greatest_coverage",
            coverage_share=None if rng.random() < 0.8 else share,
            budget_sek_per_year=budget,
            **counts,
        )
    return Goal(
        kind="least_cost",
        coverage_share=share,
        budget_sek_per_year=None if rng.random() < 0.85 else budget,
        **counts,
    )


def _rates(rng: Random) -> Rates:
    return Rates(
        parcel_litres_s=rng.choice([6.0, 6.01]),
        parcel_kg_l=rng.choice([2.0, 5.5]),
        collected_first_day_share=rng.choice([0.0, 0.3, 0.5, 1.0]),
        max_dwell_days=rng.choice([1, 2, 3, 5, 7]),
        dedicated_trip_share=rng.choice([0.35, 1.0]),
        co2_sek_per_kg=7.0,
    )


def _given_demand(
    rng: Random, villages: Sequence[Village], days: Sequence[Day]
) -> list[GivenDemand]:
    left = rng.choice([1, 2, 3, 3, 4, 4, 5, 6])
    burst = rng.choice(list(days)) if rng.random() < 0.4 else None
    parcels: dict[tuple[str, int, str], int] = {}
    while left:
        some = min(left, rng.choice([1, 1, 2, 3]))
        day = burst or rng.choice([*days, days[-1]])
        size = _one_of(rng, [("S", 5), ("M", 3), ("L", 1)])
        key = (rng.choice(villages).id, DAYS.index(day), size)
        parcels[key] = parcels.get(key, 0) + some
        left -= some
    return [
        GivenDemand.model_validate(
            {"village_id": village, "day": DAYS[day], "size": size, "parcels": number}
        )
        for (village, day, size), number in sorted(parcels.items())
    ]


def _distances(
    rng: Random, line: Sequence[Place], points: Sequence[PickupPoint], villages: Sequence[Village]
) -> list[Distance]:
    """Return a few given distances; some roads lead one way or nowhere."""
    offers = [(village.id, point.id) for village in villages for point in points]
    offers += [(place[0], point.id) for place in line for point in points]
    offers += [(one.id, other.id) for one in points for other in points if one is not other]
    given = {}
    for from_id, to_id in rng.sample(offers, min(len(offers), rng.choice([0, 0, 1, 3, 5]))):
        km = _one_of(rng, [(None, 1), (round(rng.uniform(0.1, 4.0), 3), 9)])
        minutes = round(rng.uniform(0.2, 6.0), 2) if km is not None and rng.random() < 0.3 else None
        given[from_id, to_id] = Distance(from_id=from_id, to_id=to_id, km=km, minutes=minutes)
    return [given[pair] for pair in sorted(given)]


def _stops(line: Sequence[Place]) -> list[Stop]:
    return [
        Stop(id=name, name=name, **_lat_lon(east, north))
        for name, east, north in line
        if name.startswith("s")
    ]


def random_scenario(seed: int) -> Scenario:
    """Return a valid micro-scenario that follows from the seed."""
    rng = Random(seed)
    days = _one_of(rng, [(WORKWEEK, 5), (DAYS, 4), (("tue", "fri"), 1)])
    line = _line(rng)
    depots = _depots(rng, line)
    points = _points(rng, line)
    villages = _villages(rng, points, depots)
    num_runs = rng.choice([1, 2, 2, 3, 3, 4])
    runs = [_run(rng, number, line, points, days) for number in range(1, num_runs + 1)]
    given = _given_demand(rng, villages, days)
    asked = {row.village_id for row in given}
    return Scenario.model_validate(
        {
            "name": f"micro-{seed}",
            "week_start": date(2026, 3, 2),
            "days": days,
            "rules": _rules(rng, runs),
            "goal": _goal(rng),
            "rates": _rates(rng),
            "box_types": _box_types(rng),
            "villages": [
                village
                if village.id in asked or set(days) >= set(WORKWEEK)
                else replaced(village, parcels_per_week=0)
                for village in villages
            ],
            "pickup_points": points,
            "depots": depots,
            "stops": _stops(line),
            "runs": runs,
            "given_demand": given,
            "distances": _distances(rng, line, points, villages),
        }
    )


scenarios = st.integers(min_value=0, max_value=2**32 - 1).map(random_scenario)
"""Hypothesis strategy of micro-scenarios."""
