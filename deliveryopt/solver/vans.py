"""The search for van routes: iterated local search, and the best choice among all routes it saw.

The only file that knows PyVRP. Its local search is wrapped: every feasible route that passes is
kept, and a few times during the search a set-partitioning programme chooses the best routes among
those kept. What it finds goes into the running search as its next candidate, so that nothing the
search has learnt is lost.
"""

import threading
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from deliveryopt.language import gettext as _
from deliveryopt.solver.recombine import Column, choose_routes
from deliveryopt.solver.routes import IntArray, Route, RouteProblem, Trip, check_routes, cost_of
from deliveryopt.solver.search import EngineError, Limits

if TYPE_CHECKING:
    import pyvrp
    from pyvrp.search import LocalSearch
    from pyvrp.stop import StoppingCriterion

MOMENTS = (0.3, 0.5, 0.7, 0.85, 0.95)
"""Shares of the effort after which routes are chosen among those seen."""
CHOICE_SHARE = 0.03  # of the time, at most, for one choice
FAST_FALL = 0.005  # of the cost between two moments, at which a large problem is left alone
RESERVE_SHARE = 0.01  # of the time, kept for handing over the routes
MANY_STOPS = 150
"""Most stops of a problem with the next two settings; larger ones have PyVRP's own."""
LOOK_EVERY = 4
"""Of a larger problem the routes of every so many candidates are kept, and those of each best one:
candidates share most of their routes, and reading all of them takes a sixth of the time."""
HISTORY, LONG_HISTORY = 100, 300
"""Candidates back with which a new one is compared; the longer one is PyVRP's own."""
FIRST_PENALTY = 50.0
"""First penalty of a mean load or a mean duration too much, in journeys between two places; from
PyVRP's own, a short search does not come down to useful ones."""
PENALTY_RISE, MOST_PENALTY = 10.0, 1e9
"""How far a penalty may rise where costs are large, and to what at most."""
FAR_FROM_USUAL, LEAST_LOAD = 10, 1e-3
"""Multiple of the median above which a distance is no measure of a journey; least mean load."""
PATIENCE = 20
"""Candidates for each stop without a better one, after which a round from a new solution begins."""
LAST_ROUND_SHARE = 0.6  # of the effort, after which no new one begins
ROUTES_PER_STOP = 20
"""Routes kept for the choice and handed over, those of good solutions first."""
MOST_SEEN = 5  # times as many are remembered during the search
FEW_STOPS = 50
"""Most stops with which routes are told apart by their stops; reading those of every route would
take a tenth of the time, and length and duration tell most routes apart."""
MOST_ENTRIES = 60_000  # stops in them
MOST_SLOWNESS = 10.0  # of the clock against wall-clock time, which the choice goes by
FIRST_COLUMNS, FEWEST_COLUMNS, MOST_COLUMNS = 600, 200, 4000
"""Columns of a choice: at first, and the limits of what they become as choices end or do not."""
NODES, UNHURRIED_S = 20, 600.0  # limits of a choice where the clock may play no part


@dataclass(frozen=True, slots=True)
class Timing:
    """How time is read, and who may end a search."""

    clock: Callable[[], float] = time.monotonic  # or `time.process_time` for CPU seconds
    stop: threading.Event = field(default_factory=threading.Event)  # set to end it now


@dataclass(frozen=True, slots=True)
class RouteSearch:
    """What a search found."""

    routes: tuple[Route, ...] | None
    """The best routes; None if none were found that may be driven, which proves nothing."""
    cost: int | None  # of the routes and of the stops left out
    pool: tuple[Route, ...]  # distinct ones that may be driven, from good solutions first
    iterations: int


def search_routes(
    problem: RouteProblem,
    *,
    seed: int,
    seconds: float | None = None,
    iterations: int | None = None,
    start: Sequence[Route] | None = None,
    timing: Timing | None = None,
) -> RouteSearch:
    """Search for the cheapest routes, on one core.

    Parameters
    ----------
    problem
        What must be driven.
    seed
        Seed of all that is random; with `iterations` alone it decides the result.
    seconds
        When to stop, as the clock of `timing` tells.
    iterations
        When to stop; at least one of both is given, and the first one that is reached counts.
    start
        Routes to improve.
    timing
        The clock and the stop event.

    Raises
    ------
    ValueError
        If no limit is given or the routes to start from may not be driven.
    EngineError
        If the routes found break a rule: our fault.
    """
    if seconds is None and iterations is None:
        message = "give seconds, iterations or both"
        raise ValueError(message)
    if start is not None and (faults := check_routes(problem, start)):
        message = f"the routes to start from may not be driven: {faults[0]}"
        raise ValueError(message)
    budget = _Budget(timing or Timing(), seconds, iterations)
    if not problem.stops or not any(vehicle.number for vehicle in problem.vehicles):
        idle = None if check_routes(problem, ()) else ()
        return RouteSearch(idle, None if idle is None else problem.prizes, (), 0)
    engine = _Engine(problem, seed)
    collector = _Collector(engine, budget, engine.local_search(), seed)
    engine.improve(collector, start)
    return _handed_over(problem, collector)


def _handed_over(problem: RouteProblem, collector: "_Collector") -> RouteSearch:
    """Return what was found, once it is checked."""
    pool = tuple(column.route for column in collector.pool.columns(collector.kept))
    if collector.best is None:
        return RouteSearch(None, None, pool, collector.iterations)
    routes = tuple(collector.engine.route_of(route) for route in collector.best.routes())
    if faults := check_routes(problem, routes):
        message = _("the engine returned routes that may not be driven: {fault}")
        raise EngineError(message.format(fault=faults[0]))
    return RouteSearch(routes, cost_of(problem, routes), pool, collector.iterations)


class _Budget:
    """What of the effort is spent."""

    def __init__(self, timing: Timing, seconds: float | None, iterations: int | None) -> None:
        self.timing, self.seconds, self.iterations = timing, seconds, iterations
        self.begun, self.begun_wall = timing.clock(), time.monotonic()

    def share(self, iterations: int) -> float:
        """Return the share of the effort that is spent after so many iterations."""
        share = 0.0 if self.iterations is None else iterations / max(1, self.iterations)
        if self.seconds is not None:
            used = self.timing.clock() - self.begun
            share = max(share, used / max(1e-9, self.seconds * (1 - RESERVE_SHARE)))
        return share

    def limits(self, seed: int) -> Limits:
        """Return the limits of one choice of routes."""
        now, stop = time.monotonic(), self.timing.stop
        if self.seconds is None:
            return Limits(now + UNHURRIED_S, 0.0, seed, NODES, stop)
        used = max(1e-9, self.timing.clock() - self.begun)
        slowness = min(max(1.0, (now - self.begun_wall) / used), MOST_SLOWNESS)
        return Limits(now + CHOICE_SHARE * self.seconds * slowness, 0.0, seed, None, stop)


class _Engine:
    """A problem as PyVRP knows it, and the way back."""

    def __init__(self, problem: RouteProblem, seed: int) -> None:
        import pyvrp  # noqa: PLC0415  heavy: loads the engine

        self.problem = problem
        self.random = pyvrp.RandomNumberGenerator(seed=seed % 2**32)
        self.vehicle_of = [idx for idx, v in enumerate(problem.vehicles) if v.number > 0]
        self.fences = list({v.allowed: None for v in problem.vehicles if v.allowed is not None})
        places = [*(d.place for d in problem.depots), *(s.place for s in problem.stops)]
        grid = np.ix_(places, places)
        distances: Any = [problem.distance[grid]]  # its types know no matrices
        durations: Any = [problem.duration[grid]]
        self.data = pyvrp.ProblemData(
            locations=[pyvrp.Location(0, 0) for _place in places],
            clients=self._clients(),
            depots=[
                pyvrp.Depot(idx, depot.early, depot.late, depot.service)
                for idx, depot in enumerate(problem.depots)
            ],
            vehicle_types=self._vehicle_types(),
            distance_matrices=distances,
            duration_matrices=durations,
        )
        self.cost = pyvrp.CostEvaluator([0.0] * self.data.num_load_dimensions, 0, 0).cost

    def _clients(self) -> "list[pyvrp.Client]":
        """Return the stops; each set of allowed stops makes a load that only others may carry."""
        from pyvrp import Client  # noqa: PLC0415  heavy: loads the engine

        return [
            Client(
                location=len(self.problem.depots) + idx,
                delivery=[*stop.loads, *(int(idx not in fence) for fence in self.fences)],
                service_duration=stop.service,
                tw_early=stop.early,
                tw_late=stop.late,
                release_time=stop.release,
                prize=stop.prize or 0,
                required=stop.prize is None,
            )
            for idx, stop in enumerate(self.problem.stops)
        ]

    def _vehicle_types(self) -> "list[pyvrp.VehicleType]":
        """Return the types of which there are vans."""
        import pyvrp  # noqa: PLC0415  heavy: loads the engine

        vehicles, room = self.problem.vehicles, len(self.problem.stops)
        return [
            pyvrp.VehicleType(
                num_available=vehicle.number,
                capacity=[
                    *vehicle.capacity,
                    *(0 if vehicle.allowed == fence else room for fence in self.fences),
                ],
                start_depot=vehicle.start,
                end_depot=vehicle.end,
                fixed_cost=vehicle.fixed_cost,
                tw_early=vehicle.early,
                tw_late=vehicle.late,
                shift_duration=vehicle.max_duration,
                unit_distance_cost=vehicle.distance_cost,
                unit_duration_cost=vehicle.duration_cost,
                reload_depots=list(vehicle.reload_depots),
                max_reloads=vehicle.max_reloads if vehicle.reload_depots else 0,
            )
            for vehicle in (vehicles[idx] for idx in self.vehicle_of)
        ]

    def route_of(self, route: "pyvrp.Route") -> Route:
        """Return a route of the engine as ours."""
        trips: list[tuple[int, list[int]]] = []
        *visits, _end = route
        for visit in visits:
            if visit.is_depot():
                trips.append((visit.idx, []))
            else:
                trips[-1][1].append(visit.idx)
        vehicle = self.vehicle_of[route.vehicle_type()]
        return Route(vehicle, tuple(Trip(depot, tuple(stops)) for depot, stops in trips))

    def column_of(self, route: "pyvrp.Route") -> Column:
        """Return a route of the engine as a column."""
        cost = route.fixed_vehicle_cost() + route.distance_cost() + route.duration_cost()
        return Column(self.route_of(route), cost)

    def solution_of(self, routes: Sequence[Route]) -> "pyvrp.Solution":
        """Return routes as a solution of the engine."""
        import pyvrp  # noqa: PLC0415  heavy: loads the engine

        kinds = pyvrp.ActivityType
        driven = []
        for route in routes:
            visits = []
            for trip in route.trips:
                visits.append(pyvrp.Activity(kinds.DEPOT, trip.depot))
                visits += [pyvrp.Activity(kinds.CLIENT, stop) for stop in trip.stops]
            vehicle = self.vehicle_of.index(route.vehicle)
            driven.append(pyvrp.Route(self.data, visits[1:], vehicle))
        return pyvrp.Solution(self.data, driven)

    def local_search(self) -> "LocalSearch":
        """Return PyVRP's local search with all moves that the problem has a use for."""
        from pyvrp import search  # noqa: PLC0415  heavy: loads the engine

        neighbours = search.compute_neighbours(self.data)
        found = search.LocalSearch(self.data, self.random, neighbours)
        for operator in search.OPERATORS:
            if operator.supports(self.data):
                found.add_operator(operator(self.data))
        return found

    def improve(self, collector: "_Collector", start: Sequence[Route] | None) -> None:
        """Search until the effort is spent; the collector keeps what is found."""
        import pyvrp  # noqa: PLC0415  heavy: loads the engine
        from pyvrp.exceptions import PenaltyBoundWarning  # noqa: PLC0415  heavy: the engine

        history = HISTORY if len(self.problem.stops) <= MANY_STOPS else LONG_HISTORY
        parameters = pyvrp.IteratedLocalSearchParams(history_length=history)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PenaltyBoundWarning)  # no routes: an answer, no fault
            while not collector.rounds or not collector.is_over():
                penalties = self._penalties()
                if start is None or collector.rounds:
                    random = pyvrp.Solution.make_random(self.data, self.random)
                    first = collector(random, penalties.max_cost_evaluator(), exhaustive=True)
                else:
                    first = self.solution_of(start)
                    collector.keep(first, self.cost(first))
                pyvrp.IteratedLocalSearch(self.data, penalties, collector, first, parameters).run(
                    collector.begin_round(), collect_stats=False
                )

    def _penalties(self) -> "pyvrp.PenaltyManager":
        """Return what one unit of load, time and distance too much costs, and how that changes."""
        import pyvrp  # noqa: PLC0415  heavy: loads the engine

        parameters = pyvrp.PenaltyParams()
        if len(self.problem.stops) > MANY_STOPS:
            return pyvrp.PenaltyManager(parameters.midpoint_penalties(self.data), parameters)
        vehicles = self.problem.vehicles
        per_distance = float(np.mean([vehicle.distance_cost for vehicle in vehicles]))
        per_duration = float(np.mean([vehicle.duration_cost for vehicle in vehicles]))
        distance, duration = _usual(self.problem.distance), _usual(self.problem.duration)
        journey = FIRST_PENALTY * max(1.0, per_distance * distance + per_duration * duration)
        mean_loads = np.array([client.delivery for client in self.data.clients()]).mean(axis=0)
        loads = [journey / max(float(load), LEAST_LOAD) for load in mean_loads]
        times, distances = journey / max(duration, 1.0), journey / max(distance, 1.0)
        most = max(parameters.max_penalty, PENALTY_RISE * max(*loads, times, distances))
        parameters = pyvrp.PenaltyParams(max_penalty=min(most, MOST_PENALTY))
        return pyvrp.PenaltyManager((loads, times, distances), parameters)


def _usual(matrix: IntArray) -> float:
    """Return the mean of a matrix without what stands for a road that is not there."""
    return float(matrix[matrix <= FAR_FROM_USUAL * np.median(matrix)].mean())


@dataclass(slots=True, eq=False)
class _Seen:
    """A route of the engine, and the cost of the best solution that it was part of."""

    route: "pyvrp.Route"
    cost: int
    column: Column | None = None


class _Pool:
    """Every distinct route that passed and may be driven; those of bad solutions make room."""

    def __init__(self, engine: _Engine, most: int) -> None:
        self.engine, self.most = engine, most
        self.exact = len(engine.problem.stops) <= FEW_STOPS
        self.seen: dict[tuple[int, int, int, str], _Seen] = {}

    def add(self, solution: "pyvrp.Solution", cost: int) -> None:
        """Keep the routes of a solution that may be driven."""
        seen, may_be_driven = self.seen, solution.is_feasible()
        for route in solution.routes():
            text = str(route) if self.exact else ""
            key = (route.vehicle_type(), route.distance(), route.duration(), text)
            known = seen.get(key)
            if known is not None:
                known.cost = min(cost, known.cost)
            elif may_be_driven or route.is_feasible():
                seen[key] = _Seen(route, cost)
        if len(seen) > 2 * self.most:
            self.seen = dict(sorted(seen.items(), key=lambda item: item[1].cost)[: self.most])

    def columns(self, most: int) -> list[Column]:
        """Return the routes of the best solutions as columns."""
        columns, room = [], MOST_ENTRIES
        for seen in sorted(self.seen.values(), key=lambda route: route.cost)[:most]:
            if room > 0:
                seen.column = seen.column or self.engine.column_of(seen.route)
                columns.append(seen.column)
                room -= seen.route.num_clients()
        return columns


class _Collector:
    """Stands between PyVRP's rounds and its local search, and keeps what passes."""

    def __init__(
        self, engine: _Engine, budget: _Budget, local_search: "LocalSearch", seed: int
    ) -> None:
        self.engine, self.budget, self.local_search, self.seed = engine, budget, local_search, seed
        num_stops = len(engine.problem.stops)
        self.kept = ROUTES_PER_STOP * num_stops
        self.look_every = LOOK_EVERY if num_stops > MANY_STOPS else 1
        self.pool = _Pool(engine, MOST_SEEN * self.kept)
        self.best: pyvrp.Solution | None = None
        self.best_cost = self.cost_before = 0
        self.iterations = self.rounds = 0
        self.moments = list(MOMENTS)
        self.most_columns = FEWEST_COLUMNS if budget.seconds is None else FIRST_COLUMNS

    @property
    def share(self) -> float:
        """Return the share of the effort that is spent."""
        return self.budget.share(self.iterations)

    def is_over(self) -> bool:
        """Return whether the search must end."""
        return self.budget.timing.stop.is_set() or self.share >= 1

    def begin_round(self) -> "StoppingCriterion":
        """Return how to tell whether a round from a new solution must end, from its best cost."""
        self.rounds += 1
        patience = PATIENCE * len(self.engine.problem.stops)
        best: int | None = None
        at = self.iterations

        def is_over(best_cost: int) -> bool:
            nonlocal best, at
            if best is None or best_cost < best:
                best, at = best_cost, self.iterations
            is_stuck = self.iterations - at > patience and self.share < LAST_ROUND_SHARE
            return is_stuck or self.is_over()

        return is_over

    def __call__(
        self,
        solution: "pyvrp.Solution",
        cost_evaluator: "pyvrp.CostEvaluator",
        exhaustive: bool = False,  # noqa: FBT001, FBT002  as PyVRP calls it
    ) -> "pyvrp.Solution":
        """Return the next candidate: from the local search, or at some moments from a choice."""
        if not exhaustive:
            self.iterations += 1
            if self.moments and self.share > self.moments[0]:
                del self.moments[0]
                if (better := self.chosen()) is not None:
                    return better
        found = self.local_search(solution, cost_evaluator, exhaustive=exhaustive)
        self.keep(found, cost_evaluator.penalised_cost(found))
        return found

    def keep(self, solution: "pyvrp.Solution", cost: int) -> None:
        """Keep the routes of a solution that may be driven, and the solution if it is the best."""
        is_best = (self.best is None or cost < self.best_cost) and solution.is_feasible()
        if is_best:
            self.best, self.best_cost = solution, cost
        if is_best or self.iterations % self.look_every == 0:
            self.pool.add(solution, cost)

    def falls_fast(self) -> bool:
        """Return whether the search of a large problem gains more by itself than by a choice."""
        before, self.cost_before = self.cost_before, self.best_cost
        fell = before == 0 or before - self.best_cost > FAST_FALL * before
        return fell and len(self.engine.problem.stops) > MANY_STOPS

    def chosen(self) -> "pyvrp.Solution | None":
        """Return a solution of routes seen that is better than the best one; None if none is."""
        if self.best is None or self.falls_fast():
            return None
        known = self.pool.columns(self.kept)
        best = [self.engine.column_of(route) for route in self.best.routes()]
        limits, most = self.budget.limits(self.seed), self.most_columns
        choice = choose_routes(self.engine.problem, known, best, limits, most_columns=most)
        if self.budget.seconds is not None:  # more routes next time, or fewer
            most = 3 * most // 2 if choice.finished else most // 2
            self.most_columns = min(max(most, FEWEST_COLUMNS), MOST_COLUMNS)
        if choice.columns is None:
            return None
        better = self.engine.solution_of([column.route for column in choice.columns])
        self.keep(better, self.engine.cost(better))
        return better
