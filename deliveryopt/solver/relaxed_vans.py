"""What vans cost at least: a relaxation of every route, for the bound where routes are too many.

For one van and day, a route is parted into its trips and the way between base and origins.

- Trips from an origin without pickup points to feed are listed completely, each at its least cost
  and its fewest minutes, whatever else the van does that day.
- The way from the base to some origins and back costs at least the shortest round by way of them.
- Where trips cannot be listed, or homes and pickup points may share a trip, each stop pays a price
  such that no trip costs less than its stops' prices (`van_prices.py`).

Costs are rounded down part by part, so that parts never add up to more than the rounded whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from itertools import combinations, pairwise, permutations

from deliveryopt.solver.search import Limits
from deliveryopt.solver.threads import run_all
from deliveryopt.solver.trips import VanDay, all_trips
from deliveryopt.solver.van_prices import drive_ore, stop_prices
from deliveryopt.units import ORE_PER_SEK, exact

MAX_LISTED_STOPS = 12
"""Most stops from an origin whose trips are listed."""
MAX_ORIGINS = 7
"""Most origins of a van whose rounds are listed."""


@dataclass(frozen=True, slots=True)
class RelaxedTrip:
    """Home orders that one trip delivers, at least cost and in the fewest minutes."""

    origin: int
    places: frozenset[int]
    cost_ore: int
    minutes: int


@dataclass(frozen=True, slots=True)
class RelaxedStop:
    """One stop's part of a route."""

    origin: int
    place: int
    cost_ore: int


@dataclass(frozen=True, slots=True)
class Round:
    """The way from the base by way of origins and back, and the van's cost for the day."""

    origins: frozenset[int]
    cost_ore: int
    minutes: int


@dataclass(slots=True, eq=False)
class RelaxedDay:
    """One van on one day, relaxed."""

    van_day: VanDay
    rounds: list[Round] = field(default_factory=list)
    trips: list[RelaxedTrip] = field(default_factory=list)
    homes: list[RelaxedStop] = field(default_factory=list)
    """Home orders that pay their part alone."""
    points: list[RelaxedStop] = field(default_factory=list)
    """Pickup points that pay their part alone."""


def _shortest(legs: dict[tuple[int, int], Fraction]) -> dict[tuple[int, int], Fraction]:
    """Return the least of each way, by way of other places too."""
    places = sorted({place for pair in legs for place in pair})
    least = dict(legs)
    for via in places:
        for start in places:
            for end in places:
                if (start, via) in least and (via, end) in least:
                    by_way = least[start, via] + least[via, end]
                    least[start, end] = min(by_way, least.get((start, end), by_way))
    return least


def _rounds(van_day: VanDay) -> list[Round]:
    """Return the least way by every set of origins where the van may stop anywhere.

    A route may pass an origin more than once, so the least ways between them count.
    """
    van, network = van_day.van.van, van_day.network
    origins = sorted(van_day.stops)
    day_ore = ORE_PER_SEK * exact(van.sek_per_day)
    if len(origins) > MAX_ORIGINS:  # any round at all costs the day at least
        return [Round(frozenset(origins), int(day_ore), 0)]
    base = -1
    ids = {base: van.base} | {origin: network.depot_ids[origin] for origin in origins}
    costs, minutes = {}, {}
    for pair in permutations(ids, 2):
        leg = van_day.leg(ids[pair[0]], ids[pair[1]])
        if leg is not None:
            costs[pair] = drive_ore(van_day, metres=leg[1], minutes=leg[0])
            minutes[pair] = Fraction(leg[0])
    costs, minutes = _shortest(costs), _shortest(minutes)
    found = []
    for size in range(1, len(origins) + 1):
        for chosen in combinations(origins, size):
            ways = [tuple(pairwise((base, *order, base))) for order in permutations(chosen)]
            ways = [way for way in ways if all(pair in costs for pair in way)]
            if ways:
                cost = min(sum(costs[pair] for pair in way) for way in ways)
                shortest = min(sum(minutes[pair] for pair in way) for way in ways)
                found.append(Round(frozenset(chosen), int(day_ore + cost), int(shortest)))
    return found


def _listed(van_day: VanDay, origin: int) -> list[RelaxedTrip] | None:
    """Return every set of home orders that one trip can deliver; None if they cannot be listed."""
    stops = van_day.stops[origin]
    if len(stops) > MAX_LISTED_STOPS or any(van_day.home(place) is None for place in stops):
        return None
    trips = all_trips(van_day, origin)
    if trips is None:
        return None
    least: dict[frozenset[int], tuple[int, int]] = {}
    load_min = van_day.van.van.load_min
    for trip in trips:
        minutes = load_min + trip.timing.shortest
        cost = int(drive_ore(van_day, metres=trip.metres, minutes=minutes))
        key = frozenset(trip.places)
        known = least.get(key, (cost, minutes))
        least[key] = min(known[0], cost), min(known[1], minutes)
    return [RelaxedTrip(origin, key, *value) for key, value in least.items()]


Prices = dict[tuple[int, int], dict[int, int]]
"""Prices of stops by van and origin: they hold on every day."""


def prices_of(van_days: Iterable[VanDay], targets: Mapping[int, int], limits: Limits) -> Prices:
    """Return the prices of stops whose trips are not listed.

    They are found for the stops of all days together, from which any day's trips take some.

    Parameters
    ----------
    van_days
        Every van and day.
    targets
        What a visit at each place costs otherwise, öre.
    limits
        When to stop raising prices.
    """
    days: dict[tuple[int, int], VanDay] = {}
    stops: dict[tuple[int, int], set[int]] = defaultdict(set)
    for van_day in van_days:
        for origin, places in van_day.stops.items():
            days[van_day.van.van_idx, origin] = van_day
            stops[van_day.van.van_idx, origin] |= set(places)
    jobs = []
    for (van, origin), together in sorted(stops.items()):
        one = days[van, origin]
        every = VanDay(one.network, one.van, one.day, {origin: tuple(sorted(together))})
        jobs.append(partial(stop_prices, every, origin, targets, limits))
    answers = run_all(jobs, limits)
    return {
        # a search that was left behind: without time the least prices are found at once
        key: job() if answer is None else answer
        for key, job, answer in zip(sorted(stops), jobs, answers, strict=True)
    }


def relax(van_day: VanDay, prices: Prices) -> RelaxedDay:
    """Return what a van's day costs at least, in parts."""
    relaxed = RelaxedDay(van_day, _rounds(van_day))
    for origin, places in sorted(van_day.stops.items()):
        trips = _listed(van_day, origin)
        if trips is not None:
            relaxed.trips += trips
            continue
        known = prices[van_day.van.van_idx, origin]
        for place in places:
            if place in known:
                at_home = van_day.home(place) is not None
                part = RelaxedStop(origin, place, known[place])
                (relaxed.homes if at_home else relaxed.points).append(part)
    return relaxed
