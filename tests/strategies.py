"""Random micro-scenarios: small enough for `tests/brute_force.py`, odd enough to bind every rule.

A road runs west to east with a stop every few kilometres; sites, agents and villages lie at it or
off it. Runs drive along it, back, twice past the depot, past midnight, or only its far end, so
that parcels must change. Everything follows from the seed.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final, TypeVar

from hypothesis import strategies as st
from pydantic import BaseModel

from deliveryopt.scenario.field_types import Day
from deliveryopt.scenario.rates import Rates
from deliveryopt.scenario.schema import (
    BoxType,
    Depot,
    Distance,
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
from deliveryopt.units import DAYS, MIN_PER_DAY

Model = TypeVar("Model", bound=BaseModel)
Item = TypeVar("Item")
Place = tuple[str, float, float]
"""Id, kilometres east and north of the depot."""

LAT_DEG: Final = 62.0
LON_DEG: Final = 15.0
KM_PER_LAT_DEG: Final = 111.4
WORKWEEK: Final[tuple[Day, ...]] = ("mon", "tue", "wed", "thu", "fri")


THEMES: Final = (
    "room",
    "delay",
    "boxes",
    "promise",
    "ready",
    "transfer",
    "often",
    "limits",
    "reach",
    "roads",
    "odd",
    "night",
    "budget",
)
"""What may be tight or odd in a scenario; the rest is easy, so that a plan often exists."""


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


@dataclass(frozen=True)
class _Draw:
    """A source of randomness and what is tight in this scenario."""

    rng: Random
    themes: frozenset[str]
    days: tuple[Day, ...]

    def one_of(self, theme: str, tight: Sequence[Item], easy: Sequence[Item]) -> Item:
        """Return an item from the first list where the theme is tight, else from the second."""
        return self.rng.choice(tight if theme in self.themes else easy)

    def chance(self, share: float) -> bool:
        """Return true with a probability."""
        return self.rng.random() < share

    def beside(self, place: Place) -> tuple[float, float]:
        """Return a position at a place, within the radius of it, or up to 2.5 km off."""
        _, east, north = place
        near, off, far = (
            self.rng.uniform(*pair) for pair in ((0.05, 0.14), (0.16, 0.8), (0.8, 2.5))
        )
        distance = self.rng.choices([0.0, near, off, far], [3, 2, 6, 1])[0]
        angle = self.rng.uniform(0, 2 * math.pi)
        return east + distance * math.cos(angle), north + distance * math.sin(angle)


def _line(draw: _Draw) -> list[Place]:
    """Return the places along the road: the depot, or a stop close to it, first."""
    rng = draw.rng
    spacing = rng.uniform(1.5, 4.0)
    line = [
        (f"s{k}", k * spacing + rng.uniform(-0.5, 0.5), rng.uniform(-0.4, 0.4)) for k in range(4)
    ]
    return [("d1", 0.0, 0.0) if draw.chance(0.6) else ("s0", 0.04, 0.0), *line[1:]]


def _site(draw: _Draw, number: int, stop: Place) -> PickupPoint:
    east, north = draw.beside(stop)
    return PickupPoint(
        id=f"p{number}",
        name=f"Site {number}",
        kind="site",
        **_lat_lon(east, north),
        box_types=draw.one_of("boxes", [(), ("b1",), ("b2",)], [()]),
        max_boxes=draw.one_of("boxes", [2, 2, 3], [1, 1, 2]),
        state=draw.one_of("limits", ["optional", "must_open", "must_not"], ["optional"]),
        transfer_parcels=draw.one_of("transfer", [0, 1, 2, 4], [0, 3, 10]),
        fixed_sek_per_year=draw.rng.choice([0, 520, 1000, 2600]),
        sek_per_parcel=draw.rng.choice([0, 2.5, 4]),
    )


def _agent(draw: _Draw, number: int, line: Sequence[Place]) -> PickupPoint:
    near = draw.one_of("transfer", [line[1]], [line[0], line[0], line[0], line[1], line[3]])
    east, north = draw.beside(near)
    return PickupPoint(
        id=f"a{number}",
        name=f"Agent {number}",
        kind="agent",
        **_lat_lon(east, north),
        transfer_parcels=draw.one_of("transfer", [1, 2, 4, 10], [0, 3]),
        sek_per_parcel=draw.rng.choice([0, 5, 7.5]),
    )


def _points(draw: _Draw, line: Sequence[Place]) -> list[PickupPoint]:
    """Return agents and sites; a site may lie close to the one before it."""
    rng = draw.rng
    num_sites, num_agents = (
        rng.choice([1, 2, 2, 3]),
        draw.one_of("transfer", [1, 1, 2], [0, 1, 1, 2]),
    )
    sites: list[PickupPoint] = []
    at = rng.choice(line[2:] if "transfer" in draw.themes else line[1:3])
    for number in range(1, num_sites + 1):
        sites.append(_site(draw, number, at))
        if draw.chance(0.4):
            at = rng.choice(line[1:])
        elif draw.chance(0.5):
            at = (at[0], at[1] - rng.uniform(0.2, 1.0), at[2] + rng.uniform(0.2, 1.0))
    return [*(_agent(draw, number, line) for number in range(1, num_agents + 1)), *sites]


def _villages(draw: _Draw, points: Sequence[PickupPoint], depots: Sequence[Depot]) -> list[Village]:
    rng = draw.rng
    villages = []
    for number in range(1, rng.choice([1, 2, 2, 3]) + 1):
        near = rng.choice([point for point in points if point.kind == "site"])
        off, angle = rng.choice([0.0, 0.3, 0.5, 0.9]), rng.uniform(0, 2 * math.pi)
        shift = _lat_lon(off * math.cos(angle), off * math.sin(angle))
        villages.append(
            Village(
                id=f"v{number}",
                name=f"Village {number}",
                lat_deg=round(near.lat_deg + shift["lat_deg"] - LAT_DEG, 6),
                lon_deg=round(near.lon_deg + shift["lon_deg"] - LON_DEG, 6),
                inhabitants=rng.choice([0, 10, 25, 25, 60, 60, 100]),
                depot=rng.choice(depots).id,
                parcels_per_week=0 if len(draw.days) < len(WORKWEEK) else rng.choice([0, 0, 1, 2]),
                priority=rng.choice([0.5, 1, 1, 1, 2.5]),
                must_serve=draw.chance(0.1),
            )
        )
    return villages


def _depots(draw: _Draw, line: Sequence[Place]) -> list[Depot]:
    depots = []
    usual = draw.one_of("ready", [300, 720, 900, MIN_PER_DAY + 30], [300, 360])
    for number, place in zip((1, 2), (line[0], draw.rng.choice(line[1:])), strict=True):
        ready = {f"ready_{day}": draw.one_of("ready", [usual, 360, 900], [usual]) for day in DAYS}
        east, north = (0.0, 0.0) if number == 1 else place[1:]
        depots.append(
            Depot.model_validate(
                {"id": f"d{number}", "name": f"Depot {number}", **_lat_lon(east, north), **ready}
            )
        )
    return depots if draw.chance(0.2) else depots[:1]


def _route(draw: _Draw, number: int, line: Sequence[Place]) -> list[str]:
    """Return the places of a run, in order."""
    ids = [place[0] for place in line]
    plain = [ids[:3], ids, ids]
    if "transfer" in draw.themes:
        return ids[:2] if number == 1 else draw.rng.choice([ids[1:], ids[1:], ids[1:], ids[2:]])
    odd = [
        [ids[1], ids[0], ids[2]],
        [ids[0], ids[1], ids[0], *ids[1:3]],
        [*ids[:2], ids[0]],
        ids[::-1],
        [ids[3], ids[0], ids[1]],
    ]
    return draw.rng.choice(odd if "odd" in draw.themes and draw.chance(0.7) else plain)


def _stop_times(
    draw: _Draw, route: Sequence[str], points: Sequence[PickupPoint], *, is_first: bool
) -> list[StopTime]:
    """Return the stops; now and then one is a pickup point itself."""
    rng = draw.rng
    route = [
        rng.choice(points).id if k > 0 and draw.chance(0.08) else place
        for k, place in enumerate(route)
    ]
    early = [330, 375, 420, 600]
    clock = draw.one_of(
        "night", [1390, 1420, 1439, 1450], early if is_first else [600, 730, 840, 930]
    )
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


def _service_days(draw: _Draw) -> list[Day]:
    num_days = min(draw.one_of("promise", [1, 2], [2, 3, 3]), len(draw.days))
    chosen = set(draw.rng.sample(draw.days, num_days))
    if "odd" in draw.themes:
        chosen.add("sat")  # carries nothing where operating days are Monday to Friday
    return [day for day in DAYS if day in chosen]


def _run(draw: _Draw, number: int, line: Sequence[Place], points: Sequence[PickupPoint]) -> Run:
    rng = draw.rng
    own = {
        "capacity_parcels": draw.one_of("room", [None, 1, 2, 3], [None, 6]),
        "capacity_litres": draw.one_of("room", [None, 12.0, 26.25, 60.0], [None, 200.0]),
        "capacity_kg": draw.one_of("room", [None, 3.0, 6.0], [None]),
        "delay_budget_min": draw.one_of("delay", [1.5, 3, 4, 6], [7.5, 10, 14]),
        "stop_min": rng.choice([0.5, 1, 2, 2.5]),
        "parcel_s": draw.one_of("delay", [42, 90], [0, 20]),
        "may_detour": draw.one_of("limits", [None, False, True], [True]),
        "max_size": draw.one_of("limits", [None, "M", "S"], ["L"]),
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
            "days": _service_days(draw),
            "stop_times": _stop_times(
                draw, _route(draw, number, line), points, is_first=number == 1
            ),
            **own,
        }
    )


def _box_types(draw: _Draw) -> list[BoxType]:
    rng = draw.rng
    return [
        BoxType(
            id="b1",
            operator="north",
            compartments_s=rng.choice([0, 1, 2]),
            compartments_m=rng.choice([0, 1, 1]),
            compartments_l=rng.choice([0, 0, 1]),
            sek_per_year=rng.choice([520, 1040, 2000]),
        ),
        BoxType(
            id="b2",
            operator="south",
            compartments_s=draw.one_of("boxes", [1, 1, 2], [3, 6]),
            compartments_m=draw.one_of("boxes", [1, 1, 2], [2, 4]),
            compartments_l=draw.one_of("boxes", [0, 1], [1, 2]),
            sek_per_year=rng.choice([2600, 3900, 7777.77]),
        ),
    ]


def _rules(draw: _Draw, runs: Sequence[Run]) -> Rules:
    rng = draw.rng
    limit = OperatorLimit(operator=rng.choice(["north", "south"]), max_boxes=rng.choice([0, 1]))
    return Rules(
        reach_km=draw.one_of("reach", [0.4, 1.2, 2.0], [1.2, 1.7, 3, 4]),
        max_lead_days=draw.one_of("promise", [0, 1, 1, 2], [3, 4, 6]),
        min_deliveries_per_week=draw.one_of("often", [2, 2, 3], [0, 1]),
        max_transfers=draw.one_of("transfer", [1, 1, 1, 1, 0], [1, 0]),
        transfer_min=draw.one_of("transfer", [0, 5, 10, 45], [0]),
        on_stop_radius_m=rng.choice([150, 150, 150, 0, 300]),
        max_points_per_detour=rng.choice([1, 2, 2, 2, 3]),
        detour_factor=rng.choice([1.0, 1.25, 1.4]),
        unusable_runs=draw.one_of("limits", [(), (rng.choice(runs).id,)], [()]),
        max_boxes=draw.one_of("limits", [None, 0, 1, 2], [None]),
        max_boxes_per_operator=draw.one_of("limits", [(), (limit,)], [()]),
    )


def _goal(draw: _Draw) -> Goal:
    counts = {"count_resident_trips": draw.chance(0.4), "count_co2": draw.chance(0.3)}
    share = draw.rng.choice([1.0, 1.0, 0.8, 0.6, 0.4, 0.0])
    budget = draw.one_of("budget", [0, 520, 2600, 5200], [10_400, 26_000, 104_000])
    if draw.chance(0.3):
        return Goal(
            kind="greatest_coverage",
            coverage_share=share if draw.chance(0.2) else None,
            budget_sek_per_year=budget,
            **counts,
        )
    return Goal(
        kind="least_cost",
        coverage_share=share,
        budget_sek_per_year=budget if draw.chance(0.15) else None,
        **counts,
    )


def _rates(draw: _Draw) -> Rates:
    rng = draw.rng
    return Rates(
        parcel_litres_s=rng.choice([6.0, 6.01]),
        parcel_kg_l=rng.choice([2.0, 5.5]),
        collected_first_day_share=draw.one_of("boxes", [0.0, 0.3, 0.5], [0.5, 1.0]),
        max_dwell_days=draw.one_of("boxes", [2, 3, 5, 7], [1, 2, 3]),
        dedicated_trip_share=rng.choice([0.35, 1.0]),
    )


def _given_demand(draw: _Draw, villages: Sequence[Village]) -> list[GivenDemand]:
    rng = draw.rng
    left = rng.choice([1, 2, 3, 3, 4, 4, 5, 6])
    burst = rng.choice(draw.days) if draw.chance(0.4) else None
    parcels: dict[tuple[str, int, str], int] = {}
    while left:
        some = min(left, rng.choice([1, 1, 2, 3]))
        day = burst or rng.choice([*draw.days, draw.days[-1]])
        size = rng.choice("SSSSSMMML")
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
    draw: _Draw, line: Sequence[Place], points: Sequence[PickupPoint], villages: Sequence[Village]
) -> list[Distance]:
    """Return a few given distances; some roads lead one way or nowhere."""
    rng = draw.rng
    offers = [(village.id, point.id) for village in villages for point in points]
    offers += [(place[0], point.id) for place in line for point in points]
    offers += [(one.id, other.id) for one in points for other in points if one is not other]
    offers += [(other, one) for one, other in offers]
    given = {}
    num_given = min(len(offers), draw.one_of("roads", [2, 4, 8], [0, 1]))
    for from_id, to_id in rng.sample(sorted(set(offers)), num_given):
        km = None if draw.chance(0.1) else round(rng.uniform(0.1, 4.0), 3)
        minutes = round(rng.uniform(0.2, 6.0), 2) if km is not None and draw.chance(0.3) else None
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
    rng = Random(seed)  # noqa: S311  # no secret
    themes = frozenset(
        theme for theme in THEMES if rng.random() < (0.4 if theme == "transfer" else 0.2)
    )
    draw = _Draw(rng, themes, rng.choice([WORKWEEK, WORKWEEK, DAYS, DAYS, ("tue", "thu", "fri")]))
    line = _line(draw)
    depots = _depots(draw, line)
    points = _points(draw, line)
    villages = _villages(draw, points, depots)
    num_runs = rng.choice([1, 2, 2, 3, 3, 4])
    runs = [_run(draw, number, line, points) for number in range(1, num_runs + 1)]
    return Scenario.model_validate(
        {
            "name": f"micro-{seed}",
            "week_start": date(2026, 3, 2),
            "days": draw.days,
            "rules": _rules(draw, runs),
            "goal": _goal(draw),
            "rates": _rates(draw),
            "box_types": _box_types(draw),
            "villages": villages,
            "pickup_points": points,
            "depots": depots,
            "stops": _stops(line),
            "runs": runs,
            "given_demand": _given_demand(draw, villages),
            "distances": _distances(draw, line, points, villages),
        }
    )


scenarios = st.integers(min_value=0, max_value=2**32 - 1).map(random_scenario)
"""Hypothesis strategy of micro-scenarios."""
