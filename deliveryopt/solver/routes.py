"""Routes of vans in whole numbers: what must be driven, what is driven, and whether it may be.

Nothing here knows an engine: `check_routes` and `cost_of` count again what `vans.py` found.
Distances and times are whole numbers in any unit, the same throughout a problem.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]

NEVER = int(np.iinfo(np.int64).max)
"""End of a window that does not close."""
LARGEST = 2**44
"""Largest distance or duration between two places."""


@dataclass(frozen=True, slots=True)
class Depot:
    """Where trips begin and end, and what is delivered is loaded."""

    place: int
    early: int = 0
    late: int = NEVER
    """Last time at which loading may begin, and a van come back."""
    service: int = 0
    """Time to load at the beginning of each trip."""


@dataclass(frozen=True, slots=True)
class RouteStop:
    """One delivery."""

    place: int
    loads: tuple[int, ...]
    """What is delivered, in each dimension of the capacities."""
    service: int = 0
    early: int = 0
    late: int = NEVER
    """Last time at which the service may begin."""
    release: int = 0
    """Time before which the trip that carries it cannot be loaded."""
    prize: int | None = None
    """Cost of leaving it out; None if it must be served."""
    name: str = ""


@dataclass(frozen=True, slots=True)
class VehicleType:
    """Vans that are alike. Depots are positions in the depots of the problem."""

    number: int
    capacity: tuple[int, ...]
    start: int = 0
    end: int = 0
    early: int = 0
    late: int = NEVER
    max_duration: int = NEVER
    """Longest time from leaving the start to reaching the end."""
    fixed_cost: int = 0
    """Cost of a van that drives at all."""
    distance_cost: int = 1
    """Cost of one unit of distance."""
    duration_cost: int = 0
    """Cost of one unit of time from leaving the start to reaching the end."""
    reload_depots: tuple[int, ...] = ()
    max_reloads: int = 0
    allowed: frozenset[int] | None = None
    """Stops that it may serve; None for every stop."""


@dataclass(frozen=True, slots=True, eq=False)
class RouteProblem:
    """Stops to serve with vans at the least cost.

    Raises
    ------
    ValueError
        If a matrix is not square, not whole, negative, too large or not 0 on its diagonal, if a
        place or depot does not exist, or if loads and capacities differ in dimensions.
    """

    distance: IntArray
    """Shape (places, places), from row to column."""
    duration: IntArray
    """Shape (places, places), from row to column."""
    depots: tuple[Depot, ...]
    stops: tuple[RouteStop, ...]
    vehicles: tuple[VehicleType, ...]
    num_loads: int = field(init=False)
    """Number of dimensions of loads and capacities."""

    def __post_init__(self) -> None:
        """Check what the engine would trip over, and close the matrices."""
        for name in ("distance", "duration"):
            matrix = getattr(self, name)
            _check_matrix(name, matrix, self.distance.shape)
            closed = matrix.copy()
            closed.flags.writeable = False
            object.__setattr__(self, name, closed)
        sizes = {len(stop.loads) for stop in self.stops}
        sizes |= {len(vehicle.capacity) for vehicle in self.vehicles}
        if len(sizes) > 1:
            message = f"loads and capacities have {sorted(sizes)} dimensions; they must be equal"
            raise ValueError(message)
        object.__setattr__(self, "num_loads", max(sizes, default=0))
        places = [*(depot.place for depot in self.depots), *(stop.place for stop in self.stops)]
        _check_positions("place", places, len(self.distance))
        depots = [d for v in self.vehicles for d in (v.start, v.end, *v.reload_depots)]
        _check_positions("depot", depots, len(self.depots))

    @property
    def prizes(self) -> int:
        """Return the cost of serving no stop at all, beside those that must be served."""
        return sum(stop.prize or 0 for stop in self.stops)


@dataclass(frozen=True, slots=True)
class Trip:
    """From loading at a depot to the next depot."""

    depot: int
    stops: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """What one van drives: its trips in order; the last one ends where its type ends."""

    vehicle: int
    """Position of its type in the vehicles of the problem."""
    trips: tuple[Trip, ...]

    @property
    def stops(self) -> tuple[int, ...]:
        """Return the stops of all trips in order."""
        return tuple(stop for trip in self.trips for stop in trip.stops)


def cost_of_route(problem: RouteProblem, route: Route) -> int:
    """Return what a route costs; the prizes of its stops are no part of it."""
    vehicle = problem.vehicles[route.vehicle]
    places = [visit.place for visit in _visits(problem, route)]
    distance = sum(int(problem.distance[pair]) for pair in pairwise(places))
    duration = _timed(problem, route).duration if vehicle.duration_cost else 0
    return vehicle.fixed_cost + vehicle.distance_cost * distance + vehicle.duration_cost * duration


def cost_of(problem: RouteProblem, routes: Iterable[Route]) -> int:
    """Return the cost of routes and of the stops that they leave out."""
    driven = list(routes)
    served = {stop for route in driven for stop in route.stops}
    collected = sum(problem.stops[stop].prize or 0 for stop in served)
    return problem.prizes - collected + sum(cost_of_route(problem, route) for route in driven)


def check_routes(problem: RouteProblem, routes: Sequence[Route]) -> list[str]:
    """Return every fault of routes, in order; an empty list if they may be driven.

    Parameters
    ----------
    problem
        What must be driven.
    routes
        One for each van that drives.

    Returns
    -------
    list of str
        Where, what was found, and what is allowed.
    """
    faults = []
    known = []
    for idx, route in enumerate(routes):
        where = f"route {idx}"
        unknown = list(_unknown(problem, route))
        faults += [f"{where}: {text}" for text in unknown]
        if not unknown:
            known.append(route)
            faults += [f"{where}: {text}" for text in _faults_of_route(problem, route)]
    used = Counter(route.vehicle for route in known)
    for vehicle, number in sorted(used.items()):
        if number > problem.vehicles[vehicle].number:
            there_are = problem.vehicles[vehicle].number
            faults.append(f"vehicle type {vehicle}: {number} vans drive, there are {there_are}")
    visits = Counter(stop for route in known for stop in route.stops)
    for idx, stop in enumerate(problem.stops):
        if visits[idx] > 1:
            faults.append(f"{_named(problem, idx)}: served {visits[idx]} times, once is allowed")
        if stop.prize is None and not visits[idx]:
            faults.append(f"{_named(problem, idx)}: not served, but it must be")
    return faults


@dataclass(frozen=True, slots=True)
class _Visit:
    """One place on the way of a van, with the times at which its service may begin."""

    name: str
    place: int
    early: int
    late: int
    service: int


@dataclass(frozen=True, slots=True)
class _Timed:
    """The times of a route that starts as late as it can without ending later than it must."""

    duration: int
    late: tuple[str, ...]
    """Visits that even the earliest start reaches too late, with what is allowed."""


def _check_matrix(name: str, matrix: IntArray, shape: tuple[int, ...]) -> None:
    """Raise if distances or durations are not such."""
    if matrix.ndim != 2 or matrix.shape != shape or shape[0] != shape[1]:  # noqa: PLR2004  square
        message = f"the {name} matrix has shape {matrix.shape}; it must be square like the other"
    elif matrix.dtype != np.int64:
        message = f"the {name} matrix holds {matrix.dtype}; it must hold int64"
    elif matrix.size and not 0 <= int(matrix.min()) <= int(matrix.max()) <= LARGEST:
        message = f"the {name} matrix must stay within 0 and {LARGEST}"
    elif np.any(np.diagonal(matrix)):
        message = f"the {name} from a place to itself must be 0"
    else:
        return
    raise ValueError(message)


def _check_positions(kind: str, positions: Iterable[int], count: int) -> None:
    """Raise if a place or depot does not exist."""
    for position in positions:
        if not 0 <= position < count:
            message = f"there is no {kind} {position}; the last one is {count - 1}"
            raise ValueError(message)


def _named(problem: RouteProblem, stop: int) -> str:
    """Return a stop as a fault names it."""
    name = problem.stops[stop].name
    return f"stop {stop} {name!r}" if name else f"stop {stop}"


def _unknown(problem: RouteProblem, route: Route) -> Iterator[str]:
    """Yield what of a route does not exist in the problem."""
    if not 0 <= route.vehicle < len(problem.vehicles):
        yield f"there is no vehicle type {route.vehicle}"
    if not route.trips:
        yield "no trips; a van that stays has no route"
    for trip in route.trips:
        if not 0 <= trip.depot < len(problem.depots):
            yield f"there is no depot {trip.depot}"
    for stop in route.stops:
        if not 0 <= stop < len(problem.stops):
            yield f"there is no stop {stop}"


def _faults_of_route(problem: RouteProblem, route: Route) -> Iterator[str]:
    """Yield the faults of one route whose parts all exist."""
    vehicle = problem.vehicles[route.vehicle]
    yield from _faults_of_loading(vehicle, route)
    if vehicle.allowed is not None:
        for stop in sorted(set(route.stops) - vehicle.allowed):
            yield f"{_named(problem, stop)} may not be served by vehicle type {route.vehicle}"
    for number, trip in enumerate(route.trips):
        for dimension, room in enumerate(vehicle.capacity):
            load = sum(problem.stops[stop].loads[dimension] for stop in trip.stops)
            if load > room:
                yield f"trip {number} carries {load} in dimension {dimension}, holds {room}"
    timed = _timed(problem, route)
    yield from timed.late
    if not timed.late and timed.duration > vehicle.max_duration:
        yield f"lasts {timed.duration}, at most {vehicle.max_duration} are allowed"


def _faults_of_loading(vehicle: VehicleType, route: Route) -> Iterator[str]:
    """Yield what is wrong with where, and how often, a van loads."""
    first, *others = route.trips
    if first.depot != vehicle.start:
        yield f"starts at depot {first.depot}, must start at {vehicle.start}"
    if len(others) > vehicle.max_reloads:
        yield f"loads again {len(others)} times, at most {vehicle.max_reloads} are allowed"
    for trip in others:
        if trip.depot not in vehicle.reload_depots:
            yield f"loads again at depot {trip.depot}, allowed are {vehicle.reload_depots}"


def _visits(problem: RouteProblem, route: Route) -> Iterator[_Visit]:
    """Yield the places on the way of a van, from its start to its end."""
    vehicle = problem.vehicles[route.vehicle]
    for number, trip in enumerate(route.trips):
        depot = problem.depots[trip.depot]
        released = max((problem.stops[stop].release for stop in trip.stops), default=0)
        early = max(depot.early, released, 0 if number else vehicle.early)
        name = f"trip {number} at depot {trip.depot}"
        yield _Visit(name, depot.place, early, depot.late, depot.service)
        for idx in trip.stops:
            stop = problem.stops[idx]
            yield _Visit(_named(problem, idx), stop.place, stop.early, stop.late, stop.service)
    last = problem.depots[vehicle.end]
    yield _Visit("the end", last.place, last.early, min(last.late, vehicle.late), 0)


def _timed(problem: RouteProblem, route: Route) -> _Timed:
    """Return the times of a route: the earliest end, and the latest start that still reaches it.

    A later start ends as much later, so that no start makes the route shorter.
    """
    visits = list(_visits(problem, route))
    legs = [
        first.service + int(problem.duration[first.place, second.place])
        for first, second in pairwise(visits)
    ]
    late = []
    time = visits[0].early
    for leg, visit in zip([0, *legs], visits, strict=True):
        time = max(time + leg, visit.early)
        if time > visit.late:
            late.append(f"{visit.name} begins at {time}, at the latest {visit.late} is allowed")
            time = visit.late  # so that one delay is not counted again further on
    end = latest = time
    for leg, visit in zip(reversed(legs), reversed(visits[:-1]), strict=True):
        latest = min(latest - leg, visit.late)
    return _Timed(end - latest, tuple(late))
