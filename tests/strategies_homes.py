"""Random micro-scenarios with vans and home orders, small enough for `tests/brute_force_homes.py`.

The road, its stops and the way of drawing are those of `tests/strategies.py`: what a theme makes
tight or odd, and what is easy elsewhere, so that a plan often exists. Shops stand along the road,
homes at it, off it, or at a village, a stop or a pickup point. Everything follows from the seed.
"""

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Final

from hypothesis import strategies as st

from deliveryopt.scenario.field_types import Day
from deliveryopt.scenario.home_delivery import HomeDelivery, HomeOrder
from deliveryopt.scenario.schema import (
    Depot,
    Distance,
    GivenDemand,
    Goal,
    PickupPoint,
    Rules,
    Run,
    Scenario,
    StopTime,
    Village,
)
from deliveryopt.scenario.terms import Goods
from deliveryopt.scenario.vans import Van
from deliveryopt.units import DAYS
from tests.strategies import (
    Place,
    _agent,
    _box_types,
    _Draw,
    _lat_lon,
    _line,
    _rates,
    _rules,
    _site,
    _stops,
    replaced,
)

THEMES: Final = (
    "room",
    "van room",
    "delay",
    "shift",
    "window",
    "turns",
    "cold",
    "goods",
    "bypass",
    "boxes",
    "collect",
    "promise",
    "ready",
    "often",
    "transfer",
    "limits",
    "reach",
    "roads",
    "odd",
    "night",
    "dear",
    "budget",
)
"""What may be tight or odd in a scenario."""
SHARE_OF_THEMES: Final = 0.2
OPERATING_DAYS: Final[tuple[tuple[Day, ...], ...]] = (
    ("mon",),
    ("wed",),
    ("mon", "tue"),
    ("mon", "tue"),
    ("tue", "thu"),
    ("fri", "sat", "sun"),
)
GOODS: Final[tuple[Goods, ...]] = ("grocery", "grocery", "parcel", "pharmacy", "meal")


def _depots(draw: _Draw, line: Sequence[Place]) -> list[Depot]:
    """Return a terminal at the start of the road and up to two shops or other origins."""
    rng = draw.rng
    depots = []
    kinds = ["terminal", *rng.choice([[], ["shop"], ["shop"], ["shop", "shop"], ["pharmacy"]])]
    if "bypass" in draw.themes:
        kinds = ["terminal", "shop", "shop"]
    for number, kind in enumerate(kinds, start=1):
        usual = draw.one_of("ready", [300, 540, 660, 780], [300, 360])
        ready = {f"ready_{day}": draw.one_of("ready", [usual, 360, 700], [usual]) for day in DAYS}
        place = line[0] if number == 1 else rng.choice(line)
        east, north = place[1:] if draw.chance(0.6) else draw.beside(place)
        if number == 1:
            east, north = 0.0, 0.0
        fields = {"id": f"d{number}", "name": f"Origin {number}", "kind": kind}
        depots.append(Depot.model_validate(fields | _lat_lon(east, north) | ready))
    return depots


def _points(draw: _Draw, line: Sequence[Place]) -> list[PickupPoint]:
    """Return one or two pickup points."""
    rng = draw.rng
    changes = "transfer" in draw.themes
    points = [_site(draw, 1, rng.choice(line[2:] if changes else line[1:3]))]
    if changes:
        points.append(_agent(draw, 1, line))
    elif draw.chance(0.6):
        points.append(
            _agent(draw, 1, line) if draw.chance(0.6) else _site(draw, 2, rng.choice(line[1:]))
        )
    return sorted(
        (replaced(point, max_boxes=min(2, point.max_boxes)) for point in points),
        key=lambda point: point.id,
    )


def _villages(draw: _Draw, points: Sequence[PickupPoint], depots: Sequence[Depot]) -> list[Village]:
    rng = draw.rng
    villages = []
    for number in range(1, rng.choice([0, 1, 1, 1, 2, 2]) + 1):
        near = rng.choice(points)
        villages.append(
            Village(
                id=f"v{number}",
                name=f"Village {number}",
                lat_deg=round(near.lat_deg + rng.choice([0, 0.003, 0.008]), 6),
                lon_deg=near.lon_deg,
                inhabitants=rng.choice([0, 10, 25, 60]),
                depot=rng.choice(depots).id if draw.chance(0.3) else "d1",
                parcels_per_week=0,
                priority=rng.choice([0.5, 1, 1, 2.5]),
                must_serve=draw.chance(0.1),
            )
        )
    return villages


def _given_demand(draw: _Draw, villages: Sequence[Village]) -> list[GivenDemand]:
    """Return up to five parcels."""
    rng = draw.rng
    parcels: dict[tuple[str, int, str], int] = {}
    for _ in range(rng.choice([1, 2, 3, 3, 4, 5]) if villages else 0):
        key = (rng.choice(villages).id, DAYS.index(rng.choice(draw.days)), rng.choice("SSSMML"))
        parcels[key] = parcels.get(key, 0) + 1
    return [
        GivenDemand.model_validate(
            {"village_id": village, "day": DAYS[day], "size": size, "parcels": number}
        )
        for (village, day, size), number in sorted(parcels.items())
    ]


def _some_days(draw: _Draw, most: int) -> tuple[Day, ...]:
    """Return operating days in order."""
    chosen = draw.rng.sample(draw.days, min(most, len(draw.days)))
    return tuple(day for day in DAYS if day in chosen)


def _route(draw: _Draw, number: int, line: Sequence[Place], depots: Sequence[Depot]) -> list[str]:
    """Return the places of a run along the road; most call at a depot or shop first."""
    rng = draw.rng
    ids = [place[0] for place in line]
    if "transfer" in draw.themes:
        return [depots[0].id, *ids[1:2]] if number == 1 else ids[1:]
    route = rng.choice([ids, ids, ids[:3], ids[::-1], [*ids[:2], ids[0], *ids[1:3]]])
    if draw.chance(0.8):
        first = rng.sample([depot.id for depot in depots], rng.choice([1, min(2, len(depots))]))
        return [*first, *route]
    return route


def _stop_times(draw: _Draw, route: Sequence[str], *, is_first: bool) -> list[StopTime]:
    rng = draw.rng
    easy = [400, 480, 540, 600, 720, 840]
    starts = draw.one_of("transfer", [easy[:4] if is_first else easy[4:]], [easy])
    clock = draw.one_of("night", [1380, 1400, 1425, 1439], starts)
    stop_times = []
    for sequence, place in enumerate(route, start=rng.choice([0, 1])):
        waits = rng.choice([0, 0, 0, 3, 20])
        stop_times.append(
            StopTime(
                stop_sequence=sequence,
                place_id=place,
                arrival_min=clock,
                departure_min=clock + waits,
            )
        )
        clock += waits + rng.randint(4, 15)
    return stop_times


def _run(draw: _Draw, number: int, line: Sequence[Place], depots: Sequence[Depot]) -> Run:
    rng = draw.rng
    own: dict[str, object] = {
        "capacity_parcels": draw.one_of("room", [1, 2, 3], [None, 6]),
        "capacity_litres": draw.one_of("room", [None, 12.0, 36.05, 70.0], [None, 200.0]),
        "capacity_kg": draw.one_of("room", [None, 3.0, 15.0, 20.0], [None]),
        "delay_budget_min": draw.one_of("delay", [2, 4.5, 6], [8, 12.5, 15]),
        "stop_min": rng.choice([0.5, 1, 2.5]),
        "parcel_s": draw.one_of("delay", [42, 90], [0, 20]),
        "may_detour": draw.one_of("limits", [None, False, True], [True]),
        "max_size": draw.one_of("limits", [None, "M", "S"], ["L"]),
        "speed_kmh": rng.choice([None, 30, 50, 61.5]),
        "sek_per_stop": rng.choice([None, 0, 5, 12]),
        "sek_per_detour_km": rng.choice([None, 4, 12]),
        "sek_per_minute": rng.choice([None, 2, 9.17]),
        "sek_per_parcel": rng.choice([None, 0, 6]),
        "may_enter_homes": draw.one_of("goods", [None, False, True], [True]),
        "chilled": draw.one_of("cold", [None, False, True], [None, True]),
    }
    for flag in ("carries_home_parcels", "carries_groceries", "carries_pharmacy", "carries_meals"):
        own[flag] = draw.one_of("goods", [None, False, True], [True])
    return Run.model_validate(
        {
            "id": f"r{number}",
            "kind": rng.choice(["bus", "bus", "home_care", "meal_van", "minibus", "school_bus"]),
            "days": _some_days(draw, rng.choice([1, 2, 2])),
            "stop_times": _stop_times(
                draw, _route(draw, number, line, depots), is_first=number == 1
            ),
            **own,
        }
    )


def _van(draw: _Draw, number: int, places: Sequence[str], depots: Sequence[Depot]) -> Van:
    rng = draw.rng
    start = rng.choice([420, 480, 510, 600])
    origins = draw.one_of("goods", [(), tuple(rng.sample([depot.id for depot in depots], 1))], [()])
    fields: dict[str, object] = {
        "base": rng.choice([depots[0].id, *places]),
        "origins": sorted(origins),
        "days": rng.choice([(), (), (), _some_days(draw, 1)]),
        "shift_start_min": start,
        "shift_end_min": start + draw.one_of("shift", [35, 60, 80, 110], [240, 480]),
        "max_trips": rng.choice([1, 2, 2, 3]),
        "load_min": rng.choice([0, 5, 10]),
        "stop_min": rng.choice([0, 3]),
        "capacity_litres": draw.one_of("van room", [None, 26.0, 36.05, 71.0], [None, 300.0]),
        "capacity_kg": draw.one_of("van room", [None, 15.0, 20.0], [None]),
        "capacity_parcels": draw.one_of("van room", [None, 1, 2], [None, 20]),
        "max_size": draw.one_of("limits", ["S", "M"], ["L"]),
        "speed_kmh": rng.choice([40, 60, 72.5]),
        "sek_per_day": rng.choice([0, 0, 20, 80]),
        "sek_per_km": rng.choice([1, 2.5, 4]),
        "sek_per_h": draw.one_of("dear", [433.33], [40, 60, 150]),
        "feeds_points": draw.one_of("limits", [True, False], [True]),
        "may_enter_homes": draw.chance(0.6),
        "chilled": draw.chance(0.3),
        "co2_g_per_km": rng.choice([200, 45]),
    }
    for flag in ("carries_home_parcels", "carries_groceries", "carries_pharmacy", "carries_meals"):
        fields[flag] = draw.one_of("goods", [False, True, True], [True])
    return Van.model_validate({"id": f"w{number}", **fields})


def _window(draw: _Draw, number: int, clocks: Sequence[int]) -> dict[str, int]:
    """Return a window: most of the day, or one around a time when a vehicle may come."""
    if "turns" in draw.themes:  # one home after the other, so that a van may have to wait
        start = clocks[-1] + 45 * (number - 1) + draw.rng.randint(0, 20)
        return {"earliest_min": start, "latest_min": start + draw.rng.randint(5, 20)}
    if draw.chance(0.8 if "window" in draw.themes else 0.15):
        middle = draw.rng.choice(clocks) + draw.rng.randint(-10, 40)
        before, after = draw.rng.randint(0, 25), draw.rng.randint(1, 25)
        return {"earliest_min": max(0, middle - before), "latest_min": middle + after}
    return {
        "earliest_min": draw.rng.choice([0, 360, 480]),
        "latest_min": draw.rng.choice([1080, 1439, 1439]),
    }


def _home(
    draw: _Draw,
    number: int,
    line: Sequence[Place],
    places: Sequence[str],
    depots: Sequence[Depot],
    clocks: Sequence[int],
) -> HomeOrder:
    rng = draw.rng
    goods = rng.choice(GOODS)
    origins = [depot.id for depot in depots]
    has_shop = any(depot.kind == "shop" for depot in depots)
    spot: dict[str, object] = (
        {"place_id": rng.choice(places)}
        if draw.chance(0.35)
        else dict(_lat_lon(*draw.beside(rng.choice(line))))
    )
    may_collect = draw.chance(0.9 if "collect" in draw.themes else 0.3)
    fields: dict[str, object] = {
        "id": f"h{number}",
        "household": rng.choice([None, None, "one household"]),
        "goods": goods,
        "litres": rng.choice([10.0, 35.0, 35.04]),
        "kg": rng.choice([2.0, 7.5, 15.0]),
        "days": _some_days(draw, rng.choice([1, 2, 2])),
        "service_min": rng.choice([0, 2, 4, 6]),
        "origin": rng.choice([None, None, "d1", *origins] if has_shop else origins),
        "cold_chain_min": draw.one_of("cold", [15, 25, 40], [None, None, 60]),
        "needs_entry": draw.chance(0.5 if "goods" in draw.themes else 0.1),
        "box_size": rng.choice("SSML") if may_collect else None,
        "box_sek": rng.choice([0, 5, 12.5]),
        "today_sek": draw.one_of("dear", [200, 350], [None, None, None, None, 60, 150, 300]),
        **spot,
        **_window(draw, number, clocks),
    }
    if "bypass" in draw.themes and draw.chance(0.7):
        fields |= {"goods": "grocery", "origin": rng.choice(origins)}
    return HomeOrder.model_validate(fields)


def _goal(draw: _Draw) -> Goal:
    counts = {"count_resident_trips": draw.chance(0.3), "count_co2": draw.chance(0.3)}
    budget = draw.one_of("budget", [0, 520, 5200], [26_000, 104_000])
    if draw.chance(0.25):
        return Goal(kind="greatest_coverage", budget_sek_per_year=budget, **counts)
    return Goal(
        kind="least_cost",
        coverage_share=draw.rng.choice([1.0, 1.0, 0.6, 0.3, 0.0]),
        budget_sek_per_year=budget if draw.chance(0.15) else None,
        **counts,
    )


def _distances(draw: _Draw, places: Sequence[str], homes: Sequence[HomeOrder]) -> list[Distance]:
    """Return a few given distances; some roads lead one way or nowhere."""
    rng = draw.rng
    ends = [*places, *(home.id for home in homes if home.place_id is None)]
    offers = sorted({(one, other) for one in ends for other in ends if one != other})
    num_given = min(len(offers), draw.one_of("roads", [4, 12, 25], [0, 0, 2]))
    given = []
    for from_id, to_id in sorted(rng.sample(offers, num_given)):
        km = None if draw.chance(0.15) else round(rng.uniform(0.1, 8.0), 3)
        minutes = round(rng.uniform(0.2, 12.0), 2) if km is not None and draw.chance(0.3) else None
        given.append(Distance(from_id=from_id, to_id=to_id, km=km, minutes=minutes))
    return given


def _home_rules(draw: _Draw, runs: Sequence[Run]) -> Rules:
    """Return rules that fit the number of operating days."""
    rules = _rules(draw, runs) if runs else Rules(reach_km=draw.rng.choice([1.2, 3]))
    most = len(draw.days)
    return replaced(
        rules,
        reach_km=draw.one_of("transfer", [1.2], [rules.reach_km]),
        max_lead_days=min(most - 1, draw.one_of("promise", [0, 1], [1, 2])),
        min_deliveries_per_week=min(most, draw.one_of("often", [2], [0, 1])),
        max_transfers=draw.one_of("transfer", [1], [0]),
        max_points_per_detour=draw.rng.choice([1, 2]),
    )


def random_scenario_with_homes(seed: int) -> Scenario:
    """Return a valid micro-scenario with vans or home orders that follows from the seed."""
    rng = Random(seed)  # noqa: S311  # no secret
    themes = frozenset(theme for theme in THEMES if rng.random() < SHARE_OF_THEMES)
    draw = _Draw(rng, themes, rng.choice(OPERATING_DAYS))
    line = _line(draw)
    depots = _depots(draw, line)
    points = _points(draw, line)
    villages = _villages(draw, points, depots)
    stops = _stops(line)
    places = sorted({place.id for kind in (stops, depots, points, villages) for place in kind})
    num_runs = draw.one_of("transfer", [2], [0, 1, 1, 2])
    runs = [_run(draw, number, line, depots) for number in range(1, num_runs + 1)]
    num_vans = draw.one_of("transfer", [0, 0, 1], [0, 1, 1, 1, 1, 2, 2, 2])
    vans = [_van(draw, number, places, depots) for number in range(1, num_vans + 1)]
    clocks = [stop.arrival_min for run in runs for stop in run.stop_times]
    clocks += [van.shift_start_min + 30 for van in vans] or [600]
    num_homes = rng.choice([0, 1, 2, 2, 3, 3, 3, 4])
    homes = [
        _home(draw, number, line, places, depots, clocks) for number in range(1, num_homes + 1)
    ]
    return Scenario.model_validate(
        {
            "name": f"micro-homes-{seed}",
            "week_start": date(2026, 3, 2),
            "days": draw.days,
            "rules": _home_rules(draw, runs),
            "goal": _goal(draw),
            "rates": _rates(draw),
            "box_types": _box_types(draw),
            "vans": vans,
            "home_delivery": HomeDelivery(
                no_bypass=draw.one_of("bypass", ["rule"], ["warning", "off", "rule"]),
                unserved_sek=draw.one_of("dear", [500], [120, 250, 400]),
            ),
            "villages": villages,
            "pickup_points": points,
            "depots": depots,
            "stops": stops,
            "runs": runs,
            "given_demand": _given_demand(draw, villages),
            "distances": _distances(draw, places, homes),
            "homes": homes,
        }
    )


scenarios_with_homes = st.integers(min_value=0, max_value=2**32 - 1).map(random_scenario_with_homes)
"""Hypothesis strategy of micro-scenarios with vans or home orders."""
