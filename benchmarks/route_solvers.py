"""The route solvers that `routes.py` compares, each on one thread and for the same CPU time.

Every function takes one depot, one vehicle type and stops that must all be served, as the public
instances have them. Libraries are loaded before the clock starts.
"""

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import count
from math import log
from typing import Any

from deliveryopt.solver.routes import Route, RouteProblem, Trip

Found = list[Route] | None
Search = Callable[[RouteProblem, float, int], Found]
RouteSolver = Callable[[], Search]
"""Loads the library and returns the search: problem, CPU seconds, seed."""

ORTOOLS_LOOKS = 256
LONG_S = 100_000
VROOM_EXPLORATION, VROOM_GROWTH = 5, 1.8
"""Highest level of exploration, and how much longer than the last each level takes."""
TRIES = 3
ENOUGH_SHARE = 0.9


def timed(
    solver: RouteSolver, problem: RouteProblem, seconds: float, seed: int
) -> tuple[Found, float]:
    """Return the routes that a solver finds, and the CPU seconds of this process it took.

    A solver that knows wall-clock time only runs again with a longer limit if a busy computer
    kept it from its CPU time; the last run counts.
    """
    solve = solver()
    limit = seconds
    for _ in range(TRIES):
        begun, begun_wall = time.process_time(), time.monotonic()
        routes = solve(problem, limit, seed)
        used, used_wall = time.process_time() - begun, time.monotonic() - begun_wall
        by_itself = used_wall < limit
        if solver is not vroom or by_itself or used > ENOUGH_SHARE * seconds:
            break
        limit *= seconds / used
    return routes, used


def _routes(sequences: Sequence[Sequence[int]]) -> list[Route]:
    """Return routes of the one vehicle type from their stops."""
    return [Route(0, (Trip(0, tuple(stops)),)) for stops in sequences if stops]


def ours() -> Search:
    """Return the search of this project."""
    import pyvrp.search  # noqa: F401, PLC0415  loaded before the clock starts
    from ortools.math_opt.python import mathopt  # noqa: F401, PLC0415  likewise

    from deliveryopt.solver.vans import Timing, search_routes  # noqa: PLC0415  likewise

    def solve(problem: RouteProblem, seconds: float, seed: int) -> Found:
        timing = Timing(clock=time.process_time)
        found = search_routes(problem, seed=seed, seconds=seconds, timing=timing)
        return None if found.routes is None else list(found.routes)

    return solve


def pyvrp_alone() -> Search:
    """Return PyVRP as it comes."""
    import pyvrp  # noqa: PLC0415  loaded before the clock starts

    def solve(problem: RouteProblem, seconds: float, seed: int) -> Found:
        begun = time.process_time()
        (depot,), (vehicle,) = problem.depots, problem.vehicles
        distances: Any = [problem.distance]  # its types know no matrices
        durations: Any = [problem.duration]
        data = pyvrp.ProblemData(
            [pyvrp.Location(0, 0) for _ in problem.distance],
            [
                pyvrp.Client(s.place, list(s.loads), [], s.service, s.early, s.late)
                for s in problem.stops
            ],
            [pyvrp.Depot(depot.place, depot.early, depot.late)],
            [pyvrp.VehicleType(vehicle.number, list(vehicle.capacity))],
            distances,
            durations,
        )

        def stop(best_cost: int) -> bool:  # noqa: ARG001  PyVRP gives it
            return time.process_time() - begun > seconds

        result = pyvrp.solve(data, stop, seed=seed, collect_stats=False)
        if not result.is_feasible():
            return None
        return _routes([[v.idx for v in route if v.is_client()] for route in result.best.routes()])

    return solve


def vroom() -> Search:
    """Return VROOM: a first run at its lowest exploration, then the highest that should fit."""
    import vroom as _  # noqa: F401, PLC0415  loaded before the clock starts

    def solve(problem: RouteProblem, seconds: float, seed: int) -> Found:  # noqa: ARG001  has none
        begun, begun_wall = time.process_time(), time.monotonic()
        answers = [_vroom_run(problem, 0, seconds)]
        used = time.process_time() - begun
        left_wall = seconds - (time.monotonic() - begun_wall)
        fits = int(log(max(1.0, (seconds - used) / used), VROOM_GROWTH))
        if fits and left_wall > 0:
            answers.append(_vroom_run(problem, min(fits, VROOM_EXPLORATION), left_wall))
        best = min(answers, key=lambda answer: (answer.summary.unassigned, answer.summary.cost))
        stops_of: dict[int, list[int]] = {}
        steps = best.routes
        for van, kind, job in zip(steps["vehicle_id"], steps["type"], steps["id"], strict=True):
            if kind == "job":
                stops_of.setdefault(int(van), []).append(int(job))
        return _routes(list(stops_of.values()))

    return solve


def _vroom_run(problem: RouteProblem, exploration: int, seconds: float) -> Any:  # noqa: ANN401  untyped
    """Return the answer of one run of VROOM."""
    from vroom import Input, Job, TimeWindow, Vehicle  # noqa: PLC0415  loaded before

    (depot,), (vehicle,) = problem.depots, problem.vehicles
    work = Input()
    work.set_durations_matrix("car", problem.duration.astype("uint32"))
    work.set_costs_matrix("car", problem.distance.astype("uint32"))
    for idx in range(vehicle.number):
        van = Vehicle(
            idx,
            start=depot.place,
            end=depot.place,
            capacity=list(vehicle.capacity),
            time_window=TimeWindow(depot.early, depot.late),
        )
        work.add_vehicle(van)
    for idx, stop in enumerate(problem.stops):
        job = Job(
            idx,
            stop.place,
            default_service=stop.service,
            delivery=list(stop.loads),
            time_windows=[TimeWindow(stop.early, stop.late)],
        )
        work.add_job(job)
    return work.solve(exploration, nb_threads=1, timeout=timedelta(seconds=seconds))


def ortools() -> Search:
    """Return the routing solver of OR-Tools with guided local search."""
    from ortools.constraint_solver import (  # noqa: PLC0415  before the clock starts
        pywrapcp,
        routing_enums_pb2,
    )

    def solve(problem: RouteProblem, seconds: float, seed: int) -> Found:  # noqa: ARG001  has none
        begun = time.process_time()
        manager, routing = _ortools_model(pywrapcp, problem)
        parameters = pywrapcp.DefaultRoutingSearchParameters()
        enums = routing_enums_pb2
        parameters.first_solution_strategy = enums.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
        parameters.local_search_metaheuristic = enums.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        # Its own limit is wall-clock time; ours is asked so often that it rarely looks.
        parameters.time_limit.FromSeconds(LONG_S)
        asked = count()

        def is_over() -> bool:
            return next(asked) % ORTOOLS_LOOKS == 0 and time.process_time() - begun > seconds

        routing.AddSearchMonitor(routing.solver().CustomLimit(is_over))
        best = routing.SolveWithParameters(parameters)
        if best is None:
            return None
        sequences = []
        for van in range(problem.vehicles[0].number):
            node, stops = best.Value(routing.NextVar(routing.Start(van))), []
            while not routing.IsEnd(node):
                stops.append(manager.IndexToNode(node) - 1)
                node = best.Value(routing.NextVar(node))
            sequences.append(stops)
        return _routes(sequences)

    return solve


def _ortools_model(pywrapcp: Any, problem: RouteProblem) -> tuple[Any, Any]:  # noqa: ANN401  untyped
    """Return the index manager and the routing model; node 0 is the depot."""
    (depot,), (vehicle,) = problem.depots, problem.vehicles
    places = [depot.place, *(stop.place for stop in problem.stops)]
    services = [0, *(stop.service for stop in problem.stops)]
    manager = pywrapcp.RoutingIndexManager(len(places), vehicle.number, 0)
    routing = pywrapcp.RoutingModel(manager)
    distance = problem.distance[places][:, places]
    time_ = problem.duration[places][:, places] + [[service] for service in services]
    driven = routing.RegisterTransitMatrix(distance.tolist())
    spent = routing.RegisterTransitMatrix(time_.tolist())
    carried = routing.RegisterUnaryTransitVector([0, *(s.loads[0] for s in problem.stops)])
    routing.SetArcCostEvaluatorOfAllVehicles(driven)
    routing.AddDimension(carried, 0, vehicle.capacity[0], True, "load")  # noqa: FBT003  positional
    routing.AddDimension(spent, depot.late, depot.late, False, "time")  # noqa: FBT003  positional
    times = routing.GetDimensionOrDie("time")
    for idx, stop in enumerate(problem.stops):
        times.CumulVar(manager.NodeToIndex(idx + 1)).SetRange(stop.early, stop.late)
    for van in range(vehicle.number):
        times.CumulVar(routing.Start(van)).SetRange(depot.early, depot.late)
        times.CumulVar(routing.End(van)).SetRange(depot.early, depot.late)
    return manager, routing
