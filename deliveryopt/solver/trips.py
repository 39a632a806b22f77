"""Van trips: timing, length, and their complete enumeration where few stops make it short.

A *trip* loads at one origin, makes its stops and comes back. How long it takes depends on when it
starts only through waiting: if it starts at minute *t*, it ends at max(*t* + pure, fixed), where
`pure` is driving and work without waiting and `fixed` follows from the windows on the way. That
function, with the earliest and latest *t*, is all there is to know of a sequence of stops, and such
functions can be put one after another.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from deliveryopt.scenario.homes import may_carry, van_co2_ore, van_drive_min, van_route_ore
from deliveryopt.scenario.terms import SIZES
from deliveryopt.solver.fleet import HomeNet, VanNet
from deliveryopt.solver.network import Network
from deliveryopt.units import DAYS_PER_WEEK

NEVER_MIN = 10**6
MAX_TRIP_LABELS = 60_000
"""Most sequences of one van, origin and day; beyond, trips are not listed completely."""


@dataclass(frozen=True, slots=True)
class Timing:
    """When a sequence of stops may start, and when it then ends."""

    earliest: int
    """Earliest start, minutes."""
    latest: int
    """Latest start, minutes; below `earliest` if there is none."""
    pure: int
    """Minutes of driving and work."""
    fixed: int
    """The end is not before this minute, whatever the start."""

    @property
    def is_possible(self) -> bool:
        """Return whether there is a start."""
        return self.earliest <= self.latest

    @property
    def shortest(self) -> int:
        """Return the fewest minutes from start to end, waiting included."""
        return max(self.pure, self.fixed - self.latest)

    def then(self, minutes: int) -> "Timing":
        """Return the timing with more driving or work at the end."""
        return Timing(self.earliest, self.latest, self.pure + minutes, self.fixed + minutes)

    def within(self, first: int, last: int) -> "Timing":
        """Return the timing when what comes next begins within a window, waiting if needed."""
        latest = -1 if self.fixed > last else min(self.latest, last - self.pure)
        return Timing(self.earliest, latest, self.pure, max(self.fixed, first))

    def followed_by(self, other: "Timing") -> "Timing":
        """Return the timing with another sequence after this one, waiting between if needed."""
        ready = self.within(other.earliest, other.latest)
        return Timing(
            ready.earliest,
            ready.latest,
            ready.pure + other.pure,
            max(ready.fixed + other.pure, other.fixed),
        )

    def is_as_good_as(self, other: "Timing") -> bool:
        """Return whether nothing could be gained by the other one."""
        return (
            self.earliest <= other.earliest
            and self.latest >= other.latest
            and self.pure <= other.pure
            and self.fixed <= other.fixed
        )


@dataclass(frozen=True, slots=True)
class Trip:
    """Stops from one origin and back to it; the timing starts at the departure, loaded."""

    origin: int
    places: tuple[int, ...]
    timing: Timing
    metres: int


@dataclass(frozen=True, slots=True, eq=False)
class VanDay:
    """One van on one day: where it may go, and how far that is."""

    network: Network
    van: VanNet
    day: int
    stops: dict[int, tuple[int, ...]]
    """Places at which a trip from each origin may stop."""

    def place_id(self, place: int) -> str:
        """Return the id of a pickup point or home."""
        return self.network.place_ids[place]

    def home(self, place: int) -> HomeNet | None:
        """Return the home order at a place; None at a pickup point."""
        first = len(self.network.point_ids)
        return self.network.homes[place - first] if place >= first else None

    def leg(self, from_id: str, to_id: str) -> tuple[int, int] | None:
        """Return minutes and metres of a drive; None if no road leads there."""
        minutes = van_drive_min(self.network.travel, self.van.van, from_id, to_id)
        metres = self.network.travel.road_m(from_id, to_id)
        return None if minutes is None or metres is None else (minutes, metres)

    def work_min(self, place: int) -> int:
        """Return the minutes of work at a place."""
        home = self.home(place)
        return self.van.van.stop_min if home is None else home.order.service_min

    def start(self, origin: int) -> Timing:
        """Return the timing of a trip that has just left its origin."""
        ready = int(self.network.ready_min[origin, self.day])
        van = self.van.van
        return Timing(max(ready, van.shift_start_min), van.shift_end_min, 0, -NEVER_MIN)

    def arrive(self, timing: Timing, place: int) -> Timing:
        """Return the timing on beginning work at a place after a drive, window and cold chain.

        The time since the departure is the shorter, the later the departure is: a cold-chain limit
        is a latest driving time, and an earliest departure where a window makes the van wait.
        """
        home = self.home(place)
        if home is None:
            return timing
        order = home.order
        begun = timing.within(order.earliest_min, order.latest_min)
        if order.cold_chain_min is None or self.van.van.chilled:
            return begun
        if begun.pure > order.cold_chain_min:
            return Timing(0, -1, 0, 0)
        first = max(begun.earliest, begun.fixed - order.cold_chain_min)
        return Timing(first, begun.latest, begun.pure, begun.fixed)

    def load(self, places: Iterable[int]) -> tuple[int, int, int]:
        """Return tenths of a litre, tenths of a kilogram and pieces of the home orders."""
        loads = [home.load for place in places if (home := self.home(place)) is not None]
        return (
            sum(load[0] for load in loads),
            sum(load[1] for load in loads),
            sum(load[2] for load in loads),
        )

    def fits(self, places: Iterable[int]) -> bool:
        """Return whether the home orders of a trip fit the van."""
        room = self.van.room
        return all(
            limit is None or load <= limit
            for load, limit in zip(self.load(places), room, strict=True)
        )

    def cost_ore(self, *, metres: int, minutes: int) -> int:
        """Return what the van's day costs."""
        scenario, van = self.network.scenario, self.van.van
        cost = van_route_ore(van, metres=metres, minutes=minutes)
        if scenario.goal.count_co2:
            cost += van_co2_ore(scenario, van, metres=metres)
        return cost


def van_days(network: Network) -> list[VanDay]:
    """Return every van on every day on which it may stop anywhere."""
    fed: dict[int, set[int]] = defaultdict(set)
    smallest: dict[tuple[int, int], int] = {}
    for point, depot, size in _wants(network):
        fed[depot].add(point)
        key = (depot, point)
        smallest[key] = min(size, smallest.get(key, size))
    found = []
    for van in network.vans:
        for day in van.days:
            stops: dict[int, tuple[int, ...]] = {}
            for origin in van.origins:
                points = [
                    point
                    for point in sorted(fed[origin])
                    if van.van.feeds_points
                    and smallest[origin, point] <= van.max_size
                    and _may_open(network, point)
                ]
                homes = [
                    home.place
                    for home in network.homes
                    if home.origin == origin and day in home.days and may_carry(van.van, home.order)
                ]
                if points or homes:
                    stops[origin] = (*points, *homes)
            if stops:
                found.append(VanDay(network, van, day, stops))
    return found


def _may_open(network: Network, point: int) -> bool:
    """Return whether parcels may ever be collected at a pickup point."""
    place = network.scenario.pickup_points[point]
    boxes = place.box_types or network.box_type_ids
    return place.kind == "agent" or (
        place.state != "must_not" and place.max_boxes > 0 and bool(boxes)
    )


def _wants(network: Network) -> Iterator[tuple[int, int, int]]:
    """Yield pickup point, depot and size of every parcel that may be collected somewhere.

    A van may stop where parcels of its origin may be collected, even if a week brings none: that
    can count as a delivery, and where distances are given the way by a point may be shorter.
    """
    for pair in network.within_reach:
        for size in range(len(SIZES)):
            if any(network.demand[pair.village, size, day] for day in range(DAYS_PER_WEEK)):
                yield pair.point, int(network.depot_of[pair.village]), size
    for home in network.homes:
        if home.parcel is not None:
            for point in home.in_box_ore:
                yield point, home.parcel[0], home.parcel[1]


@dataclass(frozen=True, slots=True)
class _Label:
    """A trip under construction, with work at its last place done."""

    places: tuple[int, ...]
    timing: Timing
    metres: int


Part = TypeVar("Part", _Label, Trip)


def _extend(van_day: VanDay, origin: int, label: _Label, place: int) -> _Label | None:
    """Return a trip under construction with one more stop; None if it cannot be made."""
    last_id = (
        van_day.place_id(label.places[-1]) if label.places else van_day.network.depot_ids[origin]
    )
    leg = van_day.leg(last_id, van_day.place_id(place))
    if leg is None:
        return None
    begun = van_day.arrive(label.timing.then(leg[0]), place)
    done = begun.then(van_day.work_min(place)).within(-NEVER_MIN, van_day.van.van.shift_end_min)
    if not begun.is_possible or not done.is_possible:
        return None
    return _Label((*label.places, place), done, label.metres + leg[1])


def _close(van_day: VanDay, origin: int, label: _Label) -> Trip | None:
    """Return a trip that has come back to its origin; None if it cannot in time."""
    leg = van_day.leg(van_day.place_id(label.places[-1]), van_day.network.depot_ids[origin])
    if leg is None:
        return None
    timing = label.timing.then(leg[0]).within(-NEVER_MIN, van_day.van.van.shift_end_min)
    if not timing.is_possible:
        return None
    return Trip(origin, label.places, timing, label.metres + leg[1])


def make_trip(van_day: VanDay, origin: int, places: Iterable[int]) -> Trip | None:
    """Return the trip with stops in this order; None if a rule forbids it."""
    label: _Label | None = _Label((), van_day.start(origin), 0)
    places = tuple(places)
    for place in places:
        label = None if label is None else _extend(van_day, origin, label, place)
    if label is None or not places or not van_day.fits(places):
        return None
    return _close(van_day, origin, label)


def all_trips(van_day: VanDay, origin: int) -> list[Trip] | None:
    """Return every trip from an origin that another one with the same stops does not beat.

    Returns
    -------
    list of Trip or None
        By stops; None if there are too many to list.
    """
    stops = van_day.stops.get(origin, ())
    trips: dict[frozenset[int], list[Trip]] = defaultdict(list)
    start = _Label((), van_day.start(origin), 0)
    if not start.timing.is_possible:
        return []
    labels = [start]
    count = 0
    while labels:
        layer: dict[tuple[frozenset[int], int], list[_Label]] = {}
        for label in labels:
            visited = frozenset(label.places)
            for place in stops:
                if place in visited or not van_day.fits((*label.places, place)):
                    continue
                longer = _extend(van_day, origin, label, place)
                if longer is not None:
                    count += 1
                    _keep(layer.setdefault((visited | {place}, place), []), longer)
        if count > MAX_TRIP_LABELS:
            return None
        labels = [label for kept in layer.values() for label in kept]
        for label in labels:
            trip = _close(van_day, origin, label)
            if trip is not None:
                _keep(trips[frozenset(label.places)], trip)
    return [trip for _, kept in sorted(trips.items(), key=lambda e: sorted(e[0])) for trip in kept]


def _keep(kept: list[Part], new: Part) -> None:
    """Keep a trip or part of one unless another is as good; drop those that it makes needless."""
    if any(k.metres <= new.metres and k.timing.is_as_good_as(new.timing) for k in kept):
        return
    kept[:] = [
        k for k in kept if not (new.metres <= k.metres and new.timing.is_as_good_as(k.timing))
    ]
    kept.append(new)
