"""Van routes: the checker, the choice among known routes, and the engine against brute force."""

import random
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import count, permutations, product
from typing import Any

import numpy as np
import pytest

from deliveryopt.solver.recombine import Column, choose_routes
from deliveryopt.solver.routes import (
    Depot,
    IntArray,
    Route,
    RouteProblem,
    RouteStop,
    Trip,
    VehicleType,
    check_routes,
    cost_of,
    cost_of_route,
)
from deliveryopt.solver.search import Limits
from deliveryopt.solver.vans import Timing, search_routes

ITERATIONS = 300
VAN = VehicleType(1, (10,), late=1000)


def on_a_line(*places: int) -> IntArray:
    """Return the distances between places on one road."""
    return np.array([[abs(a - b) for b in places] for a in places], dtype=np.int64)


LINE = on_a_line(0, 10, 20, 35)
"""The depot at 0 and three stops."""


def line_problem(*stops: RouteStop, van: VehicleType = VAN) -> RouteProblem:
    """Return stops along the road with two depots and one type of van."""
    return RouteProblem(LINE, LINE, (Depot(0), Depot(3, service=2)), stops, (van,))


def driven(*trips: tuple[int, ...]) -> Route:
    """Return a route of the first van that loads at the first depot each time."""
    return Route(0, tuple(Trip(0, stops) for stops in trips))


THREE = tuple(RouteStop(place, (4,), service=5, late=500) for place in (1, 2, 3))
RELOADS = replace(VAN, reload_depots=(0,), max_reloads=1)


# ------------------------------------------------------------------------------- the checker


def test_a_route_within_every_limit_has_no_fault_and_costs_its_kilometres() -> None:
    problem = line_problem(*THREE, van=replace(RELOADS, late=70 + 15 + 20, fixed_cost=7))
    routes = [driven((1, 2), (0,))]

    assert check_routes(problem, routes) == []
    assert cost_of(problem, routes) == 7 + 70 + 20


@pytest.mark.parametrize(
    ("van", "stops", "routes", "fault"),
    [
        (RELOADS, THREE, [driven((0, 1, 2))], "trip 0 carries 12 in dimension 0, holds 10"),
        (replace(VAN, capacity=(11,)), THREE, [driven((0, 1, 2))], "carries 12 in dimension 0"),
        (VAN, THREE, [driven((0, 1), (2,))], "loads again 1 times, at most 0"),
        (replace(RELOADS, reload_depots=(1,)), THREE, [driven((0,), (1, 2))], "at depot 0"),
        (RELOADS, THREE, [Route(0, (Trip(1, (0, 1)), Trip(0, (2,))))], "starts at depot 1"),
        (RELOADS, THREE, [driven((0, 1))], "stop 2: not served"),
        (RELOADS, THREE, [driven((0, 1), (2, 0))], "stop 0: served 2 times"),
        (VAN, THREE, [driven((0, 1)), driven((2,))], "2 vans drive, there are 1"),
        (replace(RELOADS, allowed=frozenset({0, 1})), THREE, [driven((0, 1), (2,))], "stop 2 may"),
        (replace(RELOADS, late=124), THREE, [driven((0, 1), (2,))], "the end begins at 125"),
        (replace(RELOADS, max_duration=124), THREE, [driven((0, 1), (2,))], "lasts 125"),
        (VAN, (replace(THREE[2], late=34),), [driven((0,))], "stop 0 begins at 35"),
        (VAN, (replace(THREE[2], late=35, release=1),), [driven((0,))], "stop 0 begins at 36"),
        (replace(VAN, early=3), (replace(THREE[2], late=37),), [driven((0,))], "begins at 38"),
        (VAN, (THREE[0],), [Route(1, (Trip(0, (0,)),))], "no vehicle type 1"),
        (VAN, (THREE[0],), [driven((1,))], "no stop 1"),
        (VAN, (THREE[0],), [Route(0, (Trip(2, (0,)),))], "no depot 2"),
        (VAN, (THREE[0],), [Route(0, ())], "no trips"),
    ],
)
def test_each_kind_of_fault_is_named(
    van: VehicleType, stops: tuple[RouteStop, ...], routes: list[Route], fault: str
) -> None:
    faults = check_routes(line_problem(*stops, van=van), routes)

    assert any(fault in text for text in faults), faults


def test_a_stop_is_named_by_its_name_and_every_fault_is_told_at_once() -> None:
    stops = (replace(THREE[0], name="lillby", late=9), replace(THREE[1], late=23))

    faults = check_routes(line_problem(*stops), [driven((0, 1))])

    assert len(faults) == 2
    assert "stop 0 'lillby' begins at 10, at the latest 9" in faults[0]
    assert "stop 1 begins at 24, at the latest 23" in faults[1]


def test_limits_themselves_are_allowed() -> None:
    van = replace(RELOADS, capacity=(8,), late=125, max_duration=125, allowed=frozenset({0, 1, 2}))
    stops = (replace(THREE[0], late=10), THREE[1], replace(THREE[2], late=85, release=50))

    assert check_routes(line_problem(*stops, van=van), [driven((0, 1), (2,))]) == []


@pytest.mark.parametrize(("late", "faults"), [(125, 0), (124, 1), (49, 2)])
def test_a_depot_is_open_when_vans_load_and_come_back(late: int, faults: int) -> None:
    problem = replace(line_problem(*THREE, van=RELOADS), depots=(Depot(0, late=late),))

    assert len(check_routes(problem, [driven((0, 1), (2,))])) == faults


def test_loading_takes_the_time_of_the_depot_on_each_trip() -> None:
    van = replace(RELOADS, late=125 + 2 * 6)
    problem = replace(line_problem(*THREE, van=van), depots=(Depot(0, early=1, service=6),))

    assert check_routes(problem, [driven((0, 1), (2,))]) == [
        "route 0: the end begins at 138, at the latest 137 is allowed"
    ]


def test_a_van_starts_late_rather_than_wait_and_pays_only_for_waiting_it_cannot_avoid() -> None:
    van = replace(VAN, duration_cost=100)
    early, closing = replace(THREE[1], early=300, late=300), replace(THREE[0], late=100)

    assert cost_of_route(line_problem(early, van=van), driven((0,))) == 40 + 100 * 45
    both = line_problem(closing, early, van=van)
    assert cost_of_route(both, driven((0, 1))) == 40 + 100 * (325 - (100 - 10))


def test_stops_left_out_cost_their_prize() -> None:
    problem = line_problem(replace(THREE[0], prize=19), replace(THREE[1], prize=50))

    assert cost_of(problem, [driven((1,))]) == 40 + 19
    assert check_routes(problem, []) == []
    assert cost_of(problem, []) == 69


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"distance": LINE[:2]}, "square"),
        ({"duration": LINE[:2, :2]}, "square"),
        ({"distance": LINE.astype(np.int32)}, "int64"),
        ({"duration": LINE - 1}, "within"),
        ({"distance": LINE + 1}, "itself"),
        ({"stops": (RouteStop(4, (1,)),)}, "no place 4"),
        ({"stops": (RouteStop(1, (1, 2)),)}, "dimensions"),
        ({"vehicles": (replace(VAN, end=2),)}, "no depot 2"),
        ({"vehicles": (replace(VAN, reload_depots=(-1,)),)}, "no depot -1"),
    ],
)
def test_a_problem_that_cannot_be_meant_is_refused(changes: dict[str, Any], text: str) -> None:
    with pytest.raises(ValueError, match=text):
        replace(line_problem(*THREE), **changes)


def test_the_matrices_of_a_problem_cannot_be_changed() -> None:
    matrix = LINE.copy()
    problem = RouteProblem(matrix, matrix, (Depot(0),), THREE, (VAN,))
    matrix[0, 1] = 5

    assert problem.distance[0, 1] == 10
    with pytest.raises(ValueError, match="read-only"):
        problem.distance[0, 1] = 5


# ------------------------------------------------------------------- the choice among routes


def column(problem: RouteProblem, *trips: tuple[int, ...]) -> Column:
    route = driven(*trips)
    return Column(route, cost_of_route(problem, route))


def limits() -> Limits:
    return Limits(deadline=1e12, gap=0.0, seed=1, nodes=100, stop=threading.Event())


def test_the_best_choice_of_known_routes_is_found() -> None:
    problem = line_problem(*THREE, van=replace(VAN, number=3))
    best = [column(problem, (0, 2)), column(problem, (1,))]
    known = [column(problem, (2, 1)), column(problem, (0,)), column(problem, (1, 2))]

    choice = choose_routes(problem, known, best, limits(), most_columns=10)

    assert choice.finished
    assert choice.columns is not None
    assert sum(column.cost for column in choice.columns) == 70 + 20
    assert check_routes(problem, [column.route for column in choice.columns]) == []


def test_a_choice_that_cannot_be_better_is_none() -> None:
    problem = line_problem(*THREE, van=replace(VAN, number=3))
    best = [column(problem, (1, 2)), column(problem, (0,))]

    choice = choose_routes(problem, [column(problem, (0, 1))], best, limits(), most_columns=10)

    assert choice.columns is None
    assert choice.finished


def test_a_choice_leaves_out_what_costs_more_than_its_prize_and_keeps_the_fleet() -> None:
    stops = (replace(THREE[0], prize=100), replace(THREE[1], prize=30), THREE[2])
    problem = line_problem(*stops)
    best = [column(problem, (2,))]
    known = [column(problem, (0,)), column(problem, (1,)), column(problem, (0, 2))]

    choice = choose_routes(problem, known, best, limits(), most_columns=10)

    assert choice.columns is not None
    assert [column.route.stops for column in choice.columns] == [(0, 2)]


def test_a_choice_without_time_is_not_finished() -> None:
    problem = line_problem(*THREE, van=replace(VAN, number=3))
    best = [column(problem, (0, 2)), column(problem, (1,))]

    choice = choose_routes(
        problem, [column(problem, (1, 2))], best, replace(limits(), deadline=0.0), most_columns=9
    )

    assert choice.columns is None
    assert not choice.finished


# ---------------------------------------------------------------------------------- the engine


def every_route(problem: RouteProblem) -> Iterator[Route]:
    """Yield every route that loads again, if at all, before a stop; the first trip may be empty."""
    for idx, vehicle in enumerate(problem.vehicles):
        for length in range(1, len(problem.stops) + 1):
            for order in permutations(range(len(problem.stops)), length):
                for depots in product((None, *vehicle.reload_depots), repeat=length):
                    trips: list[tuple[int, list[int]]] = [(vehicle.start, [])]
                    for depot, stop in zip(depots, order, strict=True):
                        if depot is None:
                            trips[-1][1].append(stop)
                        else:
                            trips.append((depot, [stop]))
                    if len(trips) - 1 <= vehicle.max_reloads:
                        yield Route(idx, tuple(Trip(depot, tuple(stops)) for depot, stops in trips))


def brute_force(problem: RouteProblem) -> int | None:
    """Return the least cost of all; None if there is none. Every fault but coverage counts."""
    optional = replace(
        problem, stops=tuple(replace(stop, prize=stop.prize or 0) for stop in problem.stops)
    )
    cheapest: dict[tuple[int, int], int] = {}
    for route in every_route(problem):
        if not check_routes(optional, [route]):
            key = (route.vehicle, sum(1 << stop for stop in route.stops))
            cost = cost_of_route(problem, route)
            cheapest[key] = min(cost, cheapest.get(key, cost))
    vans = [idx for idx, vehicle in enumerate(problem.vehicles) for _ in range(vehicle.number)]

    @cache
    def rest(van: int, served: int) -> int | None:
        if van == len(vans):
            missing = [s for idx, s in enumerate(problem.stops) if not served >> idx & 1]
            if any(stop.prize is None for stop in missing):
                return None
            return sum(stop.prize or 0 for stop in missing)
        costs = [rest(van + 1, served)]
        for (vehicle, mask), cost in cheapest.items():
            if vehicle == vans[van] and not mask & served:
                after = rest(van + 1, served | mask)
                costs.append(None if after is None else cost + after)
        return min((cost for cost in costs if cost is not None), default=None)

    return rest(0, 0)


def small_problem(seed: int, *, trips: int = 1) -> RouteProblem:
    """Return four stops, two depots and two types of van, with every feature used somewhere."""
    draw = random.Random(seed)  # noqa: S311  reproducible cases
    points = [(draw.randrange(100), draw.randrange(100)) for _ in range(6)]
    distance = np.array(
        [[abs(a - c) + abs(b - d) for c, d in points] for a, b in points], dtype=np.int64
    )
    duration = distance * 2
    duration[0, 3:] += 7  # one way takes longer than the other
    stops = tuple(
        RouteStop(
            place,
            (draw.randint(1, 5), draw.randint(0, 3)),
            service=draw.randint(0, 20),
            early=(early := draw.choice((0, 0, 300))),
            late=early + draw.choice((300, 600, 900)),
            release=draw.choice((0, 0, 100)),
            prize=draw.choice((None, None, 60, 150)),
        )
        for place in range(2, 6)
    )
    first = VehicleType(
        1,
        (8, 6),
        late=draw.choice((500, 1200)),
        fixed_cost=draw.choice((0, 40)),
        duration_cost=draw.choice((0, 1)),
        reload_depots=(0, 1),
        max_reloads=trips - 1,
    )
    second = VehicleType(
        draw.choice((1, 2)),
        (12, 5),
        start=1,
        end=draw.choice((0, 1)),
        early=100,
        late=900,
        max_duration=draw.choice((300, 700)),
        fixed_cost=20,
        distance_cost=2,
        allowed=draw.choice((None, frozenset({0, 1, 2}))),
    )
    depots = (Depot(0, service=draw.choice((0, 15))), Depot(1, early=draw.choice((0, 120))))
    return RouteProblem(distance, duration, depots, stops, (first, second))


@pytest.mark.parametrize("seed", range(15))
def test_the_engine_finds_what_brute_force_finds(seed: int) -> None:
    problem = small_problem(seed)

    found = search_routes(problem, seed=1, iterations=ITERATIONS)

    assert found.cost == brute_force(problem)
    if found.routes is not None:
        assert check_routes(problem, found.routes) == []
        assert cost_of(problem, found.routes) == found.cost
        assert set(found.routes) <= set(found.pool)


@pytest.mark.parametrize("seed", [0, 2, 6, 8, 10, 12])
def test_the_engine_finds_what_brute_force_finds_with_several_trips(seed: int) -> None:
    problem = small_problem(seed, trips=3)

    found = search_routes(problem, seed=1, iterations=ITERATIONS)

    assert found.cost == brute_force(problem)
    assert found.routes is not None
    assert check_routes(problem, found.routes) == []


@pytest.mark.parametrize("seed", [3, 4])
def test_the_engine_is_never_better_than_brute_force(seed: int) -> None:
    problem = small_problem(seed, trips=2)

    found = search_routes(problem, seed=1, iterations=ITERATIONS)
    best = brute_force(problem)

    assert found.cost is not None
    assert best is not None
    assert best <= found.cost <= 1.05 * best


def test_every_route_of_the_pool_may_be_driven_and_none_comes_twice() -> None:
    problem = small_problem(1, trips=2)
    optional = replace(
        problem, stops=tuple(replace(stop, prize=stop.prize or 0) for stop in problem.stops)
    )

    pool = search_routes(problem, seed=1, iterations=ITERATIONS).pool

    assert len(pool) == len(set(pool)) >= 3
    assert [check_routes(optional, [route]) for route in pool] == [[]] * len(pool)


def test_a_van_that_loads_elsewhere_first_and_one_that_may_not_serve_are_understood() -> None:
    cannot = replace(VAN, allowed=frozenset({0}))
    garage = replace(VAN, late=2000, reload_depots=(1,), max_reloads=2)
    problem = replace(line_problem(*THREE), vehicles=(cannot, garage))

    found = search_routes(problem, seed=1, iterations=ITERATIONS)

    assert found.cost == brute_force(problem) == 70


def large_problem(num_stops: int = 25) -> RouteProblem:
    """Return scattered stops with windows, for which there is always something left to improve."""
    draw = np.random.default_rng(3)
    points = draw.integers(0, 500, (num_stops + 1, 2))
    distance = np.abs(points[:, None] - points[None]).sum(axis=2).astype(np.int64)
    stops = tuple(
        RouteStop(place, (int(draw.integers(1, 20)),), 10, early, early + 900)
        for place, early in enumerate(draw.integers(0, 2000, num_stops).tolist(), 1)
    )
    return RouteProblem(distance, distance, (Depot(0),), stops, (VehicleType(20, (60,)),))


def test_seed_and_iterations_decide_the_result() -> None:
    problem = large_problem()

    first, again = (search_routes(problem, seed=7, iterations=400) for _ in range(2))

    assert first == again
    assert first.iterations == 400
    assert first.routes is not None
    assert check_routes(problem, first.routes) == []


def test_a_search_from_given_routes_is_never_worse_than_they() -> None:
    problem = large_problem()
    start = search_routes(problem, seed=1, iterations=200)

    found = search_routes(problem, seed=2, iterations=50, start=start.routes)

    assert start.cost is not None
    assert found.cost is not None
    assert found.cost <= start.cost
    nothing_more = search_routes(problem, seed=2, iterations=0, start=start.routes)
    assert nothing_more.cost == start.cost


def test_routes_to_start_from_must_be_allowed_and_a_limit_must_be_given() -> None:
    with pytest.raises(ValueError, match="stop 2: not served"):
        search_routes(line_problem(*THREE), seed=1, iterations=1, start=[driven((0, 1))])
    with pytest.raises(ValueError, match="seconds, iterations or both"):
        search_routes(line_problem(*THREE), seed=1)


def test_a_road_that_is_not_there_is_not_driven_and_no_measure_of_a_journey() -> None:
    problem = large_problem()
    distance = problem.distance.copy()
    distance[1, 2:] = distance[2:, 1] = 10**9  # stop 0 is reached from the depot only

    found = search_routes(replace(problem, distance=distance), seed=1, iterations=200)

    assert found.cost is not None
    assert found.cost < 10**9


def test_a_large_problem_is_served() -> None:
    problem = large_problem(151)

    found = search_routes(
        replace(problem, vehicles=(VehicleType(300, (60,)),)), seed=1, iterations=2
    )

    assert found.routes is not None
    assert check_routes(replace(problem, vehicles=(VehicleType(300, (60,)),)), found.routes) == []


def test_the_clock_ends_the_search() -> None:
    ticks = count()

    found = search_routes(
        large_problem(), seed=1, seconds=500, timing=Timing(clock=lambda: float(next(ticks)))
    )

    assert found.routes is not None
    assert 100 < found.iterations < 500
    assert next(ticks) < 520


def test_the_stop_event_ends_the_search() -> None:
    stop = threading.Event()
    stop.set()

    found = search_routes(large_problem(), seed=1, seconds=60, timing=Timing(stop=stop))

    assert found.iterations == 0


def test_without_vans_nothing_is_driven_and_without_stops_nothing_need_be() -> None:
    none_left = replace(VAN, number=0)
    optional = tuple(replace(stop, prize=5) for stop in THREE)

    assert search_routes(line_problem(), seed=1, iterations=9).routes == ()
    assert search_routes(line_problem(*THREE, van=none_left), seed=1, iterations=9).routes is None
    assert search_routes(line_problem(*optional, van=none_left), seed=1, iterations=9).cost == 15


def test_a_stop_that_no_van_can_serve_leaves_no_routes() -> None:
    problem = line_problem(*THREE[:2], van=replace(VAN, late=30))

    found = search_routes(problem, seed=1, iterations=2000)

    assert found.routes is None
    assert found.cost is None
