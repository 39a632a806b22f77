"""The oracle of `tests/brute_force.py` with vans and home orders, from `docs/model.md` alone.

A home order is a parcel whose ways are its ends: left, a delivery by a run, a stop of a van, or
the ways of a parcel of its box size to a pickup point within reach. A van on one day is a vehicle
of which loads are wanted; all its routes, every sequence of stops in every split into trips, are
listed once. While loads are still added, a van-day is charged the cheapest route that makes these
stops and any others; at the end, the cheapest route for exactly its home orders.

Readings of the contract that matter here:

- Where a van may stop without bringing anything it may do so for a delivery day or a shorter way.
- Loading may begin before goods are ready; only leaving waits.
- The cold chain of a van counts from leaving the origin until work at the door begins.
- An order that bypasses a nearer shop may be collected: only its delivery is against the rule.
- An order without an origin, or without an operating day, cannot be collected.
- A home delivery by run pays no price for carrying, and an order in a box no residents' trip.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from fractions import Fraction
from itertools import pairwise, permutations
from math import inf

from deliveryopt.plan.plan import (
    HomeByRun,
    HomeInBox,
    HomeLeft,
    Plan,
    VanRoute,
    VanShipment,
    VanStop,
    VanTrip,
)
from deliveryopt.scenario.demand import build_demand
from deliveryopt.scenario.field_types import Day
from deliveryopt.scenario.home_delivery import HomeOrder
from deliveryopt.scenario.homes import (
    left_ore,
    may_be_delivered,
    may_carry,
    order_load,
    origin_of,
    van_co2_ore,
    van_drive_min,
    van_route_ore,
)
from deliveryopt.scenario.prices import point_ore_per_parcel
from deliveryopt.scenario.schema import Scenario
from deliveryopt.scenario.terms import SIZES, Size
from deliveryopt.scenario.travel import Travel, reach_m
from deliveryopt.scenario.vans import Van
from deliveryopt.units import DAYS, MIN_PER_DAY, ore_from_sek, tenths_down, tenths_up
from tests.brute_force import (
    BruteResult,
    Key,
    Kind,
    Lot,
    NotMicroError,
    Want,
    _aboard,
    _Assignment,
    _Boxes,
    _build_world,
    _Carried,
    _in_box,
    _itineraries,
    _Itinerary,
    _keeps_promise,
    _may_ever_open,
    _optimum,
    _Option,
    _option,
    _plan,
    _RunDay,
    _RunDays,
    _Search,
    _stands_at,
    _Transport,
    _VehicleDay,
    _Visit,
    _visit,
    _Week,
    _World,
)

BRINGS = "brings"
"""What is wanted of a van: this word, pieces, and (place, origin, size or order)."""
Part = tuple[str, frozenset[str]]
"""A trip without its order: origin and stops."""


# Van routes


@dataclass(frozen=True, slots=True, eq=False)
class _VanDay(_VehicleDay):
    """A van on one of its days that are operating days."""

    van: Van
    day: int


@dataclass(frozen=True, slots=True, eq=False)
class VanWorld:
    """What the routes of one van on one day depend on."""

    scenario: Scenario
    travel: Travel
    van: Van
    day: int
    orders: dict[str, HomeOrder]
    """Home orders that it may deliver on this day."""
    origin_of_order: dict[str, str]
    points_from: Mapping[str, frozenset[str]]
    """Pickup points where a trip from each origin may stop."""

    @property
    def origins(self) -> tuple[str, ...]:
        """Depots and shops where it may load."""
        return self.van.origins or tuple(depot.id for depot in self.scenario.depots)

    def ready_min(self, origin: str) -> int:
        """Return the time when the day's goods are ready at an origin."""
        depot = next(depot for depot in self.scenario.depots if depot.id == origin)
        return depot.ready_min(DAYS[self.day])

    def window(self, stop: str) -> tuple[float, float]:
        """Return between which times work at a stop may begin."""
        order = self.orders.get(stop)
        return (-inf, inf) if order is None else (order.earliest_min, order.latest_min)

    def work_min(self, stop: str) -> int:
        """Return how long work at a stop takes."""
        order = self.orders.get(stop)
        return self.van.stop_min if order is None else order.service_min

    def cold_min(self, stop: str) -> float:
        """Return how long after leaving the origin work at a stop may begin."""
        order = self.orders.get(stop)
        limit = None if order is None or self.van.chilled else order.cold_chain_min
        return inf if limit is None else limit

    def leg(self, place_a: str, place_b: str) -> tuple[int, int] | None:
        """Return metres and whole minutes of a drive; None if no road leads there."""
        metres = self.travel.road_m(place_a, place_b)
        minutes = van_drive_min(self.travel, self.van, place_a, place_b)
        return None if metres is None or minutes is None else (metres, minutes)


@dataclass(frozen=True, slots=True, eq=False)
class Trip:
    """A trip from arriving at its origin to being back there."""

    origin: str
    stops: tuple[str, ...]
    metres: int
    minutes: int
    """Without waiting, loading included."""
    leaves_min: float
    """Earliest departure from the origin, however early the van arrives there."""
    back_min: float
    """Earliest return, however early the van arrives."""
    arrive_by_min: float
    """Latest arrival at the origin for which every window is met."""

    @property
    def part(self) -> Part:
        """Origin and stops, in any order."""
        return self.origin, frozenset(self.stops)

    def is_no_better_than(self, other: "Trip") -> bool:
        """Return whether another trip with the same stops can always replace this one."""
        return (
            other.metres <= self.metres
            and other.minutes <= self.minutes
            and other.back_min <= self.back_min
            and other.arrive_by_min >= self.arrive_by_min
        )


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """The trips of one van on one day, up to the end of the last trip or back at the base."""

    trips: tuple[Trip, ...]
    place: str
    """Where the van is: its base or the last trip's origin."""
    metres: int
    minutes: int
    """Without waiting."""
    earliest_min: float
    """Earliest time there."""
    start_by_min: float
    """Latest start for which every window is met."""

    @property
    def stops(self) -> frozenset[str]:
        """Homes and points where it stops."""
        return frozenset(stop for trip in self.trips for stop in trip.stops)

    @property
    def parts(self) -> frozenset[Part]:
        """Its trips without their orders."""
        return frozenset(trip.part for trip in self.trips)

    @property
    def start_min(self) -> int:
        """Latest start for the earliest end: a later end never makes the route shorter."""
        return int(min(self.start_by_min, self.earliest_min - self.minutes))

    @property
    def least_min(self) -> int:
        """Least time from the start to the end, waiting included."""
        return int(self.earliest_min) - self.start_min


def trip_of(world: VanWorld, origin: str, stops: Sequence[str]) -> Trip | None:
    """Return a trip, or None if it cannot be driven in time whenever it starts."""
    metres = 0
    clock = 0
    leaves_min: float = world.ready_min(origin)
    after_leaving: list[int] = []
    for here, there in pairwise((origin, *stops)):
        leg = world.leg(here, there)
        if leg is None:
            return None
        metres += leg[0]
        clock += leg[1]
        after_leaving.append(clock)
        clock += world.work_min(there)
    home = world.leg(stops[-1], origin)
    if home is None:
        return None
    metres += home[0]
    clock += home[1]
    # a stop's window or that of any stop before it may force the van to wait there: where the
    # goods would become too warm it waits at the origin instead
    begins_min: float = -inf
    forced: list[float] = []
    for number, stop in enumerate(stops):
        on_min = after_leaving[number] - (after_leaving[number - 1] if number else 0)
        begins_min = max(begins_min + on_min, world.window(stop)[0])
        forced.append(begins_min)
        cold_min = world.cold_min(stop)
        if after_leaving[number] > cold_min:
            return None
        leaves_min = max(leaves_min, begins_min - cold_min)
    arrive_by_min: float = inf
    back_min = leaves_min + clock
    for number, stop in enumerate(stops):
        latest_min = world.window(stop)[1]
        if max(leaves_min + after_leaving[number], forced[number]) > latest_min:
            return None
        arrive_by_min = min(arrive_by_min, latest_min - after_leaving[number] - world.van.load_min)
        back_min = max(back_min, forced[number] + clock - after_leaving[number])
    return Trip(
        origin=origin,
        stops=tuple(stops),
        metres=metres,
        minutes=world.van.load_min + clock,
        leaves_min=leaves_min,
        back_min=back_min,
        arrive_by_min=arrive_by_min,
    )


def _with_trip(world: VanWorld, route: Route, trip: Trip) -> Route | None:
    """Return a route with one more trip, or None if it comes too late for it."""
    leg = world.leg(route.place, trip.origin)
    if leg is None or route.earliest_min + leg[1] > trip.arrive_by_min:
        return None
    return Route(
        trips=(*route.trips, trip),
        place=trip.origin,
        metres=route.metres + leg[0] + trip.metres,
        minutes=route.minutes + leg[1] + trip.minutes,
        earliest_min=max(route.earliest_min + leg[1] + trip.minutes, trip.back_min),
        start_by_min=min(route.start_by_min, trip.arrive_by_min - leg[1] - route.minutes),
    )


def _with_way_back(world: VanWorld, route: Route) -> Route | None:
    """Return a route back at the base, or None if that is after the shift."""
    leg = world.leg(route.place, world.van.base)
    if leg is None or route.earliest_min + leg[1] > world.van.shift_end_min:
        return None
    return Route(
        trips=route.trips,
        place=world.van.base,
        metres=route.metres + leg[0],
        minutes=route.minutes + leg[1],
        earliest_min=route.earliest_min + leg[1],
        start_by_min=route.start_by_min,
    )


def no_trips(world: VanWorld) -> Route:
    """Return a van that stands at its base when the shift starts."""
    van = world.van
    return Route((), van.base, 0, 0, earliest_min=van.shift_start_min, start_by_min=inf)


def route_of(world: VanWorld, trips: Sequence[Trip]) -> Route | None:
    """Return a whole route, or None if it cannot be driven within the shift."""
    route: Route | None = no_trips(world)
    for trip in trips:
        route = None if route is None else _with_trip(world, route, trip)
    return None if route is None else _with_way_back(world, route)


def route_ore(world: VanWorld, route: Route) -> int:
    """Return what a route costs."""
    cost_ore = van_route_ore(world.van, metres=route.metres, minutes=route.least_min)
    if world.scenario.goal.count_co2:
        cost_ore += van_co2_ore(world.scenario, world.van, metres=route.metres)
    return cost_ore


def _room(van: Van) -> tuple[float, float, float]:
    """Return room in tenths of a litre, tenths of a kilogram, and pieces."""
    return (
        inf if van.capacity_litres is None else tenths_down(van.capacity_litres),
        inf if van.capacity_kg is None else tenths_down(van.capacity_kg),
        inf if van.capacity_parcels is None else van.capacity_parcels,
    )


def _all_trips(world: VanWorld) -> list[Trip]:
    """Return every trip that no other one with the same stops can always replace."""
    best: dict[Part, list[Trip]] = {}
    for origin in world.origins:
        homes = [order for order in world.orders if world.origin_of_order[order] == origin]
        stops = [*homes, *sorted(world.points_from.get(origin, ()))]
        for num_stops in range(1, len(stops) + 1):
            for order in permutations(stops, num_stops):
                trip = trip_of(world, origin, order)
                if trip is None or not _homes_fit(world, order):
                    continue
                others = best.setdefault(trip.part, [])
                if not any(map(trip.is_no_better_than, others)):
                    others[:] = [each for each in others if not each.is_no_better_than(trip)]
                    others.append(trip)
    return [trip for trips in best.values() for trip in trips]


def _homes_fit(world: VanWorld, stops: Sequence[str]) -> bool:
    loads = [order_load(world.orders[stop]) for stop in stops if stop in world.orders]
    return all(
        sum(load[kind] for load in loads) <= most for kind, most in enumerate(_room(world.van))
    )


def all_routes(world: VanWorld) -> list[tuple[int, Route]]:
    """Return cost and route for every set of trips, their orders left open; cheapest first."""
    trips = _all_trips(world)
    best: dict[frozenset[Part], tuple[int, Route]] = {}
    ore: dict[tuple[int, int], int] = {}

    def extend(done: Route) -> None:
        stops = done.stops
        for trip in trips:
            longer = _with_trip(world, done, trip) if stops.isdisjoint(trip.stops) else None
            if longer is None:
                continue
            route = _with_way_back(world, longer)
            if route is not None:
                amounts = route.metres, route.least_min
                if amounts not in ore:
                    ore[amounts] = route_ore(world, route)
                if route.parts not in best or ore[amounts] < best[route.parts][0]:
                    best[route.parts] = ore[amounts], route
            if len(longer.trips) < world.van.max_trips:
                extend(longer)

    extend(no_trips(world))
    return sorted(best.values(), key=lambda each: each[0])


def van_route(world: VanWorld, route: Route) -> VanRoute:
    """Return a route with its clock times, as early as its start allows."""
    clock: float = route.start_min
    place = world.van.base
    trips = []
    for trip in route.trips:
        clock += _minutes(world, place, trip.origin)
        departure = clock = max(clock + world.van.load_min, trip.leaves_min)
        place = trip.origin
        stops = []
        for stop in trip.stops:
            clock = max(clock + _minutes(world, place, stop), world.window(stop)[0])
            stops.append(VanStop(place=stop, arrival_min=int(clock)))
            clock += world.work_min(stop)
            place = stop
        clock += _minutes(world, place, trip.origin)
        place = trip.origin
        trips.append(
            VanTrip(
                origin=trip.origin,
                departure_min=int(departure),
                stops=tuple(stops),
                return_min=int(clock),
            )
        )
    return VanRoute(
        van=world.van.id,
        day=DAYS[world.day],
        start_min=route.start_min,
        trips=tuple(trips),
        end_min=int(clock) + _minutes(world, place, world.van.base),
    )


def _minutes(world: VanWorld, place_a: str, place_b: str) -> int:
    leg = world.leg(place_a, place_b)
    assert leg is not None
    return leg[1]


# Ways of home orders and of parcels by van


@dataclass(frozen=True, slots=True, eq=False)
class _HomeWay(_Itinerary):
    """One end of a home order."""

    visit: _Visit | None = None
    board_k: int = 0
    in_box: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _HomesWorld(_World):
    """A scenario with everything that can be chosen written out, vans and homes included."""

    orders: dict[str, HomeOrder] = field(default_factory=dict)
    origin_of_order: dict[str, str] = field(default_factory=dict)
    home_visits: dict[str, list[_Visit]] = field(default_factory=dict)
    home_options: dict[tuple[_RunDay, Kind, int, str], _Option] = field(default_factory=dict)
    routes: dict[_VanDay, list[tuple[int, Route]]] = field(default_factory=dict)
    van_worlds: dict[_VanDay, VanWorld] = field(default_factory=dict)
    fitting: dict[
        tuple[_VanDay, frozenset[Want], frozenset[str], bool], tuple[int, Route] | None
    ] = field(default_factory=dict)

    def lot_of(self, order: HomeOrder) -> Lot:
        """Return a home order as a lot: its own id stands for the place."""
        ready_day = _ready_day(self.scenario, order) or order.days[0]
        return order.id, self.origin_of_order.get(order.id, ""), order.box_size or "S", ready_day


def _ready_day(scenario: Scenario, order: HomeOrder) -> Day | None:
    """Return the first of an order's days, Monday first, that is an operating day."""
    days = [day for day in order.days if day in scenario.days]
    return min(days, key=DAYS.index) if days else None


def _van_days(scenario: Scenario) -> Iterator[_VanDay]:
    for van in scenario.vans:
        for day in scenario.days:
            if day in van.days or not van.days:
                yield _VanDay(van, DAYS.index(day))


def _van_world(scenario: Scenario, travel: Travel, van_day: _VanDay) -> VanWorld:
    van = van_day.van
    origins = {
        order.id: origin
        for order in scenario.homes
        if (origin := origin_of(scenario, travel, order)) is not None
    }
    return VanWorld(
        scenario=scenario,
        travel=travel,
        van=van,
        day=van_day.day,
        orders={
            order.id: order
            for order in scenario.homes
            if DAYS[van_day.day] in order.days
            and may_be_delivered(scenario, travel, order)
            and may_carry(van, order)
        },
        origin_of_order=origins,
        points_from={
            depot.id: frozenset(
                point.id
                for point in scenario.pickup_points
                if van.feeds_points
                and _may_ever_open(scenario, point)
                and _is_wanted(scenario, travel, van, depot.id, point.id)
            )
            for depot in scenario.depots
        },
    )


def _is_wanted(scenario: Scenario, travel: Travel, van: Van, depot: str, point: str) -> bool:
    """Return whether parcels from a depot that the van may bring may be collected at a point."""
    demand = build_demand(scenario)
    sizes = {
        size
        for village, _, size in demand
        if depot == next(each.depot for each in scenario.villages if each.id == village)
        and _is_near(scenario, travel, village, point)
    }
    sizes |= {
        order.box_size
        for order in scenario.homes
        if order.box_size is not None
        and origin_of(scenario, travel, order) == depot
        and _ready_day(scenario, order) is not None
        and _is_near(scenario, travel, order.id, point)
    }
    return bool(sizes.intersection(SIZES[: SIZES.index(van.max_size) + 1]))


def _is_near(scenario: Scenario, travel: Travel, place: str, point: str) -> bool:
    metres = travel.road_m(place, point)
    return metres is not None and metres <= reach_m(scenario)


def _home_choices(
    scenario: Scenario, travel: Travel, run_day: _RunDay, order: HomeOrder
) -> Iterator[tuple[Kind, int]]:
    """Yield kind and stop of every delivery of a run-day to one home."""
    stops = run_day.run.stop_times
    at = [k for k, s in enumerate(stops) if _stands_at(travel, scenario, order.id, s.place_id)]
    for k in at:
        yield "at_stop", k
    if run_day.terms.may_detour and not at:
        for k in range(len(stops)):
            yield "out_and_back", k
            if k + 1 < len(stops):
                yield "through", k


def _home_board_k(world: _HomesWorld, visit: _Visit, order: HomeOrder) -> int | None:
    """Return the stop where the goods board if the delivery is within every limit of time."""
    scenario, stops = world.scenario, visit.run_day.run.stop_times
    origin = world.origin_of_order[order.id]
    boarding = [
        k
        for k, stop in enumerate(stops)
        if (k, 0) < visit.position and _stands_at(world.travel, scenario, origin, stop.place_id)
    ]
    if not boarding:
        return None
    board_min = stops[boarding[-1]].departure_min
    stop = stops[visit.k]
    earliest_min = stop.arrival_min if visit.kind == "at_stop" else stop.departure_min
    days_on = board_min // MIN_PER_DAY
    midnight = days_on * MIN_PER_DAY
    day = DAYS[(visit.run_day.day + days_on) % 7]
    depot = next(depot for depot in scenario.depots if depot.id == origin)
    is_cold = order.cold_chain_min is not None and not visit.run_day.terms.chilled
    in_time = (
        visit.latest_min // MIN_PER_DAY == days_on
        and day in order.days
        and day in scenario.days
        and board_min - midnight >= depot.ready_min(day)
        and earliest_min - midnight >= order.earliest_min
        and visit.latest_min - midnight <= order.latest_min
    )
    if not in_time or (is_cold and visit.latest_min - board_min > (order.cold_chain_min or 0)):
        return None
    return boarding[-1]


def _add_home_visits(world: _HomesWorld) -> None:
    """Write out every delivery by run; its cost is that of the way, not of the run-day."""
    scenario, travel = world.scenario, world.travel
    for order in scenario.homes:
        world.home_visits[order.id] = []
        if not may_be_delivered(scenario, travel, order):
            continue
        for run_day, options in world.options.items():
            if not may_carry(run_day.terms, order):
                continue
            for kind, k in _home_choices(scenario, travel, run_day, order):
                chosen = (kind, k, (order.id,))
                option = _option(scenario, travel, run_day, chosen, order.service_min)
                if option is None:
                    continue
                visit = _visit(scenario, travel, run_day, (kind, k, order.id))
                world.home_visits[order.id].append(visit)
                world.home_options[run_day, kind, k, order.id] = option
                free = _Option(run_day, kind, k, (order.id,), option.extra_s, cost_ore=0)
                world.options[run_day] = (*options, free)
                options = world.options[run_day]  # noqa: PLW2901  # grows with each delivery


def _build_homes_world(scenario: Scenario) -> _HomesWorld:
    plain = _build_world(scenario)
    world = _HomesWorld(**{each.name: getattr(plain, each.name) for each in fields(plain)})
    for order in scenario.homes:
        world.orders[order.id] = order
        origin = origin_of(scenario, world.travel, order)
        if origin is not None:
            world.origin_of_order[order.id] = origin
    _add_home_visits(world)
    known: dict[Key, list[tuple[int, Route]]] = {}
    for van_day in _van_days(scenario):
        van_world = world.van_worlds[van_day] = _van_world(scenario, world.travel, van_day)
        ready = tuple(van_world.ready_min(origin) for origin in van_world.origins)
        same = (van_day.van.id, ready, *van_world.orders)
        if same not in known:
            known[same] = all_routes(van_world)
        world.routes[van_day] = known[same]
    return world


def _by_run(world: _HomesWorld, order: HomeOrder) -> Iterator[_HomeWay]:
    litres, kg, _ = order_load(order)
    for visit in world.home_visits[order.id]:
        board_k = _home_board_k(world, visit, order)
        if board_k is None:
            continue
        amount = {"litres": litres, "kg": kg, "parcels": 1}
        uses = {key: amount[str(key[0])] for key in _aboard(world, board_k, visit, "S")}
        option = world.home_options[visit.run_day, visit.kind, visit.k, order.id]
        yield _HomeWay(
            wants=((visit.run_day, frozenset({visit.want}), Fraction(0)),),
            cost_ore=option.cost_ore,
            uses=uses,
            delivery=("", 0),
            legs=(),
            visit=visit,
            board_k=board_k,
        )


def _in_boxes(world: _HomesWorld, order: HomeOrder, opened: frozenset[str]) -> Iterator[_HomeWay]:
    """Yield every way of an order to a pickup point within reach."""
    _, origin, size, ready_day = world.lot_of(order)
    if order.box_size is None or not origin or _ready_day(world.scenario, order) is None:
        return
    for point in world.scenario.pickup_points:
        if point.id not in opened or not _is_near(world.scenario, world.travel, order.id, point.id):
            continue
        for way in _parcel_ways(world, (point.id, origin, size, ready_day), opened):
            yield _HomeWay(
                wants=way.wants,
                cost_ore=way.cost_ore + ore_from_sek(order.box_sek) + point_ore_per_parcel(point),
                uses=way.uses,
                delivery=way.delivery,
                legs=way.legs,
                in_box=point.id,
            )


def _home_ways(world: _HomesWorld, order: HomeOrder, opened: frozenset[str]) -> Iterator[_HomeWay]:
    """Yield every end of a home order."""
    yield _HomeWay(
        wants=(),
        cost_ore=left_ore(world.scenario, order),
        uses={},
        delivery=("", 0),
        legs=(),
    )
    yield from _by_run(world, order)
    for van_day, van_world in world.van_worlds.items():
        if order.id in van_world.orders:
            brings = (BRINGS, 1, (order.id, world.origin_of_order[order.id], order.id))
            yield _HomeWay(
                wants=((van_day, frozenset({brings}), Fraction(0)),),
                cost_ore=0,
                uses={},
                delivery=("", 0),
                legs=(),
            )
    yield from _in_boxes(world, order, opened)


def _check_ready(van_world: VanWorld, depot_id: str, ready_day: Day) -> None:
    """Refuse parcels of an earlier day that may be ready later than those of the van's day."""
    depot = next(depot for depot in van_world.scenario.depots if depot.id == depot_id)
    days_on = (van_world.day - DAYS.index(ready_day)) % 7
    ready_min = depot.ready_min(ready_day) - days_on * MIN_PER_DAY
    if ready_min > max(van_world.ready_min(depot_id), van_world.van.shift_start_min):
        raise NotMicroError


def _by_van(world: _HomesWorld, lot: Lot) -> Iterator[_Itinerary]:
    """Yield every van-day that may bring a parcel."""
    point, depot, size, ready_day = lot
    ready = DAYS.index(ready_day)
    for van_day, van_world in world.van_worlds.items():
        arrival_day = ready + (van_day.day - ready) % 7
        if (
            point in van_world.points_from[depot]
            and depot in van_world.origins
            and SIZES.index(size) <= SIZES.index(van_day.van.max_size)
            and _keeps_promise(world, lot, arrival_day)
        ):
            _check_ready(van_world, depot, ready_day)
            yield _Itinerary(
                wants=((van_day, frozenset({(BRINGS, 1, (point, depot, size))}), Fraction(0)),),
                cost_ore=0,
                uses=_in_box(world.scenario, point, size, arrival_day),
                delivery=(point, arrival_day % 7),
                legs=(),
            )


def _parcel_ways(world: _HomesWorld, lot: Lot, opened: frozenset[str]) -> tuple[_Itinerary, ...]:
    """Return every way of a parcel, by run and by van."""
    by_van = _by_van(world, lot) if lot[0] in opened else ()
    return (*_itineraries(world, lot, opened), *by_van)


# What vans do for given loads


def _load_of(world: _HomesWorld, want: Want) -> tuple[int, int, int]:
    """Return tenths of a litre, tenths of a kilogram, and pieces."""
    _, pieces, (_, _, what) = want
    if what in world.orders:
        return order_load(world.orders[what])
    rates = world.scenario.rates
    litres = {"S": rates.parcel_litres_s, "M": rates.parcel_litres_m, "L": rates.parcel_litres_l}
    kg = {"S": rates.parcel_kg_s, "M": rates.parcel_kg_m, "L": rates.parcel_kg_l}
    if not pieces:
        return 0, 0, 0
    return pieces * tenths_up(litres[what]), pieces * tenths_up(kg[what]), pieces


def _is_by_van(way: _Itinerary) -> bool:
    return any(isinstance(vehicle, _VanDay) for vehicle, _, _ in way.wants)


def _fits(world: _HomesWorld, van: Van, route: Route, wants: frozenset[Want]) -> bool:
    """Return whether a route stops where it is wanted, from the right origin and with room."""
    loads = [Counter[int]() for _ in route.trips]
    for want in wants:
        _, pieces, (place, origin, _) = want
        for trip, load in zip(route.trips, loads, strict=True):
            if place in trip.stops:
                if pieces and trip.origin != origin:
                    return False
                load.update(dict(enumerate(_load_of(world, want))))
                break
        else:
            return False
    return all(load[kind] <= most for load in loads for kind, most in enumerate(_room(van)))


def _cheapest_route(
    world: _HomesWorld,
    van_day: _VanDay,
    wants: frozenset[Want],
    opened: frozenset[str],
    *,
    is_all: bool,
) -> tuple[int, Route] | None:
    """Return cost and the cheapest route for loads; other homes may join unless these are all."""
    key = (van_day, wants, opened, is_all)
    if key not in world.fitting:
        homes = {place for _, _, (place, _, _) in wants if place in world.orders}
        may_stop = opened | (homes if is_all else world.orders.keys())
        world.fitting[key] = next(
            (
                (cost_ore, route)
                for cost_ore, route in world.routes[van_day]
                if route.stops <= may_stop and _fits(world, van_day.van, route, wants)
            ),
            None,
        )
    return world.fitting[key]


def _more(wants: frozenset[Want], added: frozenset[Want]) -> frozenset[Want]:
    """Return loads with more loads: pieces of one kind are counted together."""
    pieces = Counter({what: number for _, number, what in wants})
    for _, number, what in added:
        pieces[what] += number
    return frozenset((BRINGS, number, what) for what, number in pieces.items())


# The search


class _HomesTransport(_Transport):
    """The search over ways of parcels and ends of home orders."""

    def __init__(
        self,
        world: _HomesWorld,
        lots: Mapping[Lot, int],
        run_days: _RunDays,
        opened: frozenset[str],
        boxes: Mapping[Key, int],
    ) -> None:
        self.world = world
        self.opened = opened
        super().__init__(world, lots, run_days, opened, boxes)
        self.weeks |= dict.fromkeys(world.van_worlds, _Week())
        self.points = [point for point in self.points if point not in world.orders]

    def _ways(
        self,
        world: _World,  # noqa: ARG002  # the same world, with homes
        lot: Lot,
        opened: frozenset[str],
    ) -> tuple[_Itinerary, ...]:
        order = self.world.orders.get(lot[0])
        if order is None:
            return _parcel_ways(self.world, lot, opened)
        limits = self.world.limits
        return tuple(
            way
            for way in _home_ways(self.world, order, opened)
            if all(limits.get(key, inf) >= use for key, use in way.uses.items())
        )

    def _joined(
        self, vehicle: _VehicleDay, wants: frozenset[Want], handling_s: Fraction
    ) -> _Week | None:
        if not isinstance(vehicle, _VanDay):
            return super()._joined(vehicle, wants, handling_s)
        loads = _more(self.weeks[vehicle].wants, wants)
        found = _cheapest_route(self.world, vehicle, loads, self.opened, is_all=False)
        return None if found is None else _Week(loads, cost_ore=found[0])

    def _least_ore(
        self, number: int, fitting: Mapping[Lot, Sequence[tuple[int, int, _Itinerary]]]
    ) -> float:
        """Return a bound: the dearest of what goes by van, and the prices of all that does not.

        A van-day's charge never sinks with more loads, so whatever goes by van, the charges rise
        by what the dearest of it adds now; all that adds more than that goes some other way.
        """
        lots: list[tuple[float, float]] = []
        for lot, ways in fitting.items():
            by_van = [added for added, _, way in ways if _is_by_van(way)]
            others = [way.cost_ore for _, _, way in ways if not _is_by_van(way)]
            pieces = self.parcels[number:].count(lot)
            lots.append((min(by_van, default=inf), pieces * min(others, default=inf)))
        dearest = [0, *(by_van for by_van, _ in lots if by_van < inf)]
        bound = min(
            most + sum(price for by_van, price in lots if by_van > most) for most in dearest
        )
        return max(bound, super()._least_ore(number, fitting))

    def _left_ore(self) -> float:
        """Return what exact routes cost more than routes that other homes may join."""
        total_ore: float = 0
        for vehicle, week in self.weeks.items():
            if isinstance(vehicle, _VanDay) and week.wants:
                found = _cheapest_route(self.world, vehicle, week.wants, self.opened, is_all=True)
                total_ore += inf if found is None else found[0] - week.cost_ore
        return total_ore

    def _delivery_days(self) -> dict[str, set[int]]:
        days_of = super()._delivery_days()
        for vehicle, week in self.weeks.items():
            if isinstance(vehicle, _VanDay):
                for point in {place for _, _, (place, _, _) in week.wants} & days_of.keys():
                    days_of[point].add(vehicle.day)
        return days_of

    def _more_deliveries(
        self, point: str, days: frozenset[int]
    ) -> Iterator[tuple[_VehicleDay, _Week]]:
        yield from super()._more_deliveries(point, days)
        for van_day in self.world.van_worlds:
            if van_day.day not in days:
                stop = (BRINGS, 0, (point, "", ""))
                after = self._joined(van_day, frozenset({stop}), Fraction(0))
                if after is not None:
                    yield van_day, after


class _HomesSearch(_Search):
    """The least cost over boxes and assignments, home orders included."""

    def __init__(self, world: _HomesWorld) -> None:
        super().__init__(world)
        self.homes_world = world
        self.orders = Counter({world.lot_of(order): 1 for order in world.orders.values()})

    def _transport(
        self, lots: Mapping[Lot, int], opened: frozenset[str], rooms: Mapping[Key, int]
    ) -> _Carried | None:
        key = (frozenset(lots.items()), opened, frozenset(rooms.items()))
        if key not in self.known:
            world = self.homes_world
            run_days = self.run_days.setdefault(
                opened, _RunDays(world, opened | world.orders.keys())
            )
            self.known[key] = _HomesTransport(
                world, {**lots, **self.orders}, run_days, opened, rooms
            ).solve()
        return self.known[key]

    def _used_points(self, lots: Mapping[Lot, int]) -> set[str]:
        """Return the points where parcels may end, those of home orders included."""
        in_box = any(order.box_size is not None for order in self.homes_world.orders.values())
        return super()._used_points(lots) | (set(self.openable) if in_box else set())

    def _plan(self, assignment: _Assignment, boxes: _Boxes, carried: _Carried) -> Plan:
        return _plan_with_homes(self.homes_world, assignment, boxes, carried)


# The plan


def _end_of(order: HomeOrder, way: _HomeWay) -> HomeByRun | HomeInBox | HomeLeft | None:
    """Return the end of an order; None if a van delivers it."""
    if way.in_box is not None:
        return HomeInBox(order=order.id, pickup_point=way.in_box)
    if way.visit is not None:
        stops = way.visit.run_day.run.stop_times
        return HomeByRun(
            order=order.id,
            run=way.visit.run_day.run.id,
            day=DAYS[way.visit.run_day.day],
            kind=way.visit.kind,
            stop_sequence=stops[way.visit.k].stop_sequence,
            board_sequence=stops[way.board_k].stop_sequence,
            board_min=stops[way.board_k].departure_min,
            latest_arrival_min=way.visit.latest_min,
        )
    if way.wants:
        return None
    return HomeLeft(order=order.id, how="none" if order.today_sek is None else "today")


def _van_shipments(
    lots: Sequence[tuple[Lot, _Itinerary]], routes: Mapping[_VanDay, Route]
) -> Iterator[VanShipment]:
    """Yield what vans bring to pickup points."""
    pieces: Counter[tuple[_VanDay, str, Size, Day]] = Counter()
    for (point, _, size, ready_day), way in lots:
        for vehicle, _, _ in way.wants:
            if isinstance(vehicle, _VanDay):
                pieces[vehicle, point, size, ready_day] += 1
    for (van_day, point, size, ready_day), number in pieces.items():
        trips = routes[van_day].trips
        yield VanShipment(
            van=van_day.van.id,
            day=DAYS[van_day.day],
            trip=next(n for n, trip in enumerate(trips, start=1) if point in trip.stops),
            pickup_point=point,
            size=size,
            ready_day=ready_day,
            parcels=number,
        )


def _plan_with_homes(
    world: _HomesWorld, assignment: _Assignment, boxes: _Boxes, carried: _Carried
) -> Plan:
    ends = []
    lots: list[tuple[Lot, _Itinerary]] = []
    for lot, way in carried.itineraries:
        if isinstance(way, _HomeWay):
            ends.append(_end_of(world.orders[lot[0]], way))
            if way.in_box is not None:
                _, origin, size, ready_day = lot
                lots.append(((way.in_box, origin, size, ready_day), way))
        else:
            lots.append((lot, way))
    weeks = {
        vehicle: _Week(options=tuple(o for o in week.options if not world.orders.keys() & o.points))
        for vehicle, week in carried.weeks.items()
    }
    opened = boxes.points
    routes: dict[_VanDay, Route] = {}
    for vehicle, week in carried.weeks.items():
        if isinstance(vehicle, _VanDay) and week.wants:
            found = _cheapest_route(world, vehicle, week.wants, opened, is_all=True)
            assert found is not None
            routes[vehicle] = found[1]
    by_run = tuple((lot, way) for lot, way in lots if way.legs)
    plan = _plan(world, assignment, boxes, _Carried(carried.cost_ore, weeks, by_run))
    more = {
        "homes_by_run": tuple(end for end in ends if isinstance(end, HomeByRun)),
        "homes_in_box": tuple(end for end in ends if isinstance(end, HomeInBox)),
        "homes_left": tuple(end for end in ends if isinstance(end, HomeLeft)),
        "van_routes": tuple(
            van_route(world.van_worlds[van_day], route) for van_day, route in routes.items()
        ),
        "van_shipments": tuple(_van_shipments(lots, routes)),
    }
    return Plan.model_validate(dict(plan) | more)


def least_cost_with_homes(scenario: Scenario) -> BruteResult:
    """Return the optimum of a micro-scenario with vans and home orders by full enumeration.

    For `greatest_coverage` it is the least cost among plans of the greatest weighted coverage.

    Raises
    ------
    NotMicroError
        If the search takes more than `MAX_TRIES` tries, or if parcels are ready so late that a
        van of a later day may have to wait for them.
    """
    search = _HomesSearch(_build_homes_world(scenario))
    homes_today_ore = sum(left_ore(scenario, order) for order in scenario.homes)
    return _optimum(search, homes_today_ore=homes_today_ore)
