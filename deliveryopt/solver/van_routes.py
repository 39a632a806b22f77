"""Van routes: a van's day as trips in order, its times and cost, and all of them where few.

A route leaves the base, goes to the origin of its first trip, loads, drives the trip, goes on to
the next origin, and comes back to the base. Its driver is paid from leaving to coming back, so it
starts as late as its windows allow.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from deliveryopt.solver.trips import NEVER_MIN, Timing, Trip, VanDay, all_trips


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """A van's day: trips in order, with times and cost."""

    van: int
    day: int
    trips: tuple[Trip, ...]
    start_min: int
    departures: tuple[int, ...]
    """When each trip leaves its origin."""
    arrivals: tuple[tuple[int, ...], ...]
    """When work begins at each stop of each trip."""
    returns: tuple[int, ...]
    """When each trip is back at its origin."""
    end_min: int
    cost_ore: int

    @property
    def key(self) -> tuple[int, int, tuple[tuple[int, tuple[int, ...]], ...]]:
        """Return what tells the route from others."""
        return self.van, self.day, tuple((trip.origin, trip.places) for trip in self.trips)

    @property
    def partition(self) -> frozenset[tuple[int, frozenset[int]]]:
        """Return the stops of each trip, whatever their order."""
        return frozenset((trip.origin, frozenset(trip.places)) for trip in self.trips)


@dataclass(frozen=True, slots=True)
class _Day:
    """A route under construction, back at its last trip's origin."""

    trips: tuple[Trip, ...]
    timing: Timing
    metres: int


def _start(van_day: VanDay) -> _Day:
    """Return a route without trips, at the base."""
    van = van_day.van.van
    return _Day((), Timing(van.shift_start_min, van.shift_end_min, 0, -NEVER_MIN), 0)


def _with_trip(van_day: VanDay, day: _Day, trip: Trip) -> _Day | None:
    """Return a route under construction with one more trip; None if it does not fit the shift."""
    van, network = van_day.van.van, van_day.network
    here_id = network.depot_ids[day.trips[-1].origin] if day.trips else van.base
    leg = van_day.leg(here_id, network.depot_ids[trip.origin])
    if leg is None or len(day.trips) >= van.max_trips:
        return None
    whole = day.timing.then(leg[0] + van.load_min).followed_by(trip.timing)
    whole = whole.within(-NEVER_MIN, van.shift_end_min)
    if not whole.is_possible:
        return None
    return _Day((*day.trips, trip), whole, day.metres + leg[1] + trip.metres)


def _close(van_day: VanDay, day: _Day) -> Route | None:
    """Return the route back at the base, in the fewest minutes; None if it is back too late."""
    van, network = van_day.van.van, van_day.network
    leg = van_day.leg(network.depot_ids[day.trips[-1].origin], van.base)
    if leg is None:
        return None
    timing = day.timing.then(leg[0]).within(-NEVER_MIN, van.shift_end_min)
    if not timing.is_possible:
        return None
    start = max(timing.earliest, min(timing.latest, timing.fixed - timing.pure))
    end = max(start + timing.pure, timing.fixed)
    departures, arrivals, returns = _times(van_day, day.trips, start)
    return Route(
        van=van_day.van.van_idx,
        day=van_day.day,
        trips=day.trips,
        start_min=start,
        departures=departures,
        arrivals=arrivals,
        returns=returns,
        end_min=end,
        cost_ore=van_day.cost_ore(metres=day.metres + leg[1], minutes=end - start),
    )


def _times(
    van_day: VanDay, trips: tuple[Trip, ...], start: int
) -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...], tuple[int, ...]]:
    """Return departures, arrivals and returns of a route that starts at a minute."""
    van, network = van_day.van.van, van_day.network
    here_id, now = van.base, start
    departures, arrivals, returns = [], [], []
    for trip in trips:
        origin_id = network.depot_ids[trip.origin]
        now += (van_day.leg(here_id, origin_id) or (0, 0))[0] + van.load_min
        now = max(now, trip.timing.earliest)
        departures.append(now)
        at: list[int] = []
        here_id = origin_id
        for place in trip.places:
            now += (van_day.leg(here_id, van_day.place_id(place)) or (0, 0))[0]
            home = van_day.home(place)
            now = now if home is None else max(now, home.order.earliest_min)
            at.append(now)
            now += van_day.work_min(place)
            here_id = van_day.place_id(place)
        now += (van_day.leg(here_id, origin_id) or (0, 0))[0]
        arrivals.append(tuple(at))
        returns.append(now)
        here_id = origin_id
    return tuple(departures), tuple(arrivals), tuple(returns)


def best_order(van_day: VanDay, trips: Iterable[Trip]) -> Route | None:
    """Return the cheapest route over trips in any order; None if no order fits the shift."""
    best: list[Route] = []

    def extend(day: _Day, rest: tuple[Trip, ...]) -> None:
        if not rest and day.trips:
            route = _close(van_day, day)
            if route is not None and (not best or route.cost_ore < best[0].cost_ore):
                best[:] = [route]
        for index, trip in enumerate(rest):
            longer = _with_trip(van_day, day, trip)
            if longer is not None:
                extend(longer, rest[:index] + rest[index + 1 :])

    extend(_start(van_day), tuple(trips))
    return best[0] if best else None


def all_routes(van_day: VanDay, most: int) -> list[Route] | None:
    """Return the cheapest route for every set of trips of a van's day.

    Parameters
    ----------
    van_day
        The van and its day.
    most
        Most routes under construction.

    Returns
    -------
    list of Route or None
        One for each way of parting stops into trips; None if there are too many to list.
    """
    trips: list[Trip] = []
    for origin in sorted(van_day.stops):
        found = all_trips(van_day, origin)
        if found is None:
            return None
        trips += found
    best: dict[frozenset[tuple[int, frozenset[int]]], Route] = {}
    days = [_start(van_day)]
    count = 0
    while days:
        days = [longer for day in days for longer in _longer_days(van_day, day, trips)]
        count += len(days)
        if count > most:
            return None
        for day in days:
            route = _close(van_day, day)
            if route is not None:
                known = best.get(route.partition)
                if known is None or route.cost_ore < known.cost_ore:
                    best[route.partition] = route
    return sorted(best.values(), key=lambda route: route.key)


def _longer_days(van_day: VanDay, day: _Day, trips: list[Trip]) -> Iterator[_Day]:
    """Yield a route under construction with each trip that it can still make."""
    visited = {place for trip in day.trips for place in trip.places}
    for trip in trips:
        if visited.isdisjoint(trip.places):
            longer = _with_trip(van_day, day, trip)
            if longer is not None:
                yield longer
