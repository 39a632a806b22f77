"""The vans of a scenario: the routes known so far, and real routes for what a solution wants."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations, islice, product

from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.columns import Model, VanPart
from deliveryopt.solver.itineraries import Itineraries, room_for
from deliveryopt.solver.model import ask_again, build_model
from deliveryopt.solver.network import Network, with_goal_of
from deliveryopt.solver.relaxed_vans import RelaxedDay, prices_of, relax
from deliveryopt.solver.search import Limits, Values
from deliveryopt.solver.trips import Trip, VanDay, all_trips, make_trip, van_days
from deliveryopt.solver.van_routes import Route, all_routes, best_order
from deliveryopt.solver.van_runs import VanRun, any_visit, runs_of_route, with_van_runs

MOST_ROUTES = 4_000
"""Most routes under construction of one van's day that are listed completely."""
MOST_LISTED = 1_500
"""Most routes in all of a scenario whose routes are listed completely."""
PRICES_TIME_SHARE = 0.06
"""Share of the time for the prices of stops."""
MOST_ALTERNATIVES = 24
FEW_STOPS = 3
"""Most stops of routes that are made for want of any better."""
MOST_SHORT = 60
"""Most such routes of one van, day, origin and number of stops."""
SHORT_TRIP = 7
"""Most stops of a trip whose every order is tried."""


@dataclass(slots=True, eq=False)
class Fleet:
    """The vans of a scenario, and the routes known so far."""

    network: Network
    itineraries: Itineraries
    days: list[VanDay]
    routes: list[Route] = field(default_factory=list)
    is_complete: bool = False
    """Whether no plan needs any other route."""
    known: set[object] = field(default_factory=set)
    trips: dict[tuple[int, int, int, tuple[int, ...]], list[Trip]] = field(default_factory=dict)
    """Best trips by van, day, origin and stops, so that each is worked out once."""
    relaxed: Model | None = None
    """The model with every van's day in parts, once it is built."""

    def add(self, routes: Iterable[Route | None]) -> int:
        """Keep new routes; return how many are new."""
        before = len(self.routes)
        for route in routes:
            if route is not None and route.key not in self.known:
                self.known.add(route.key)
                self.routes.append(route)
        return len(self.routes) - before

    def day_of(self, van: int, day: int) -> VanDay:
        """Return a van's day."""
        return next(d for d in self.days if d.van.van_idx == van and d.day == day)

    def trips_of(self, van_day: VanDay, origin: int, places: tuple[int, ...]) -> list[Trip]:
        """Return the best trips with exactly these stops."""
        key = (van_day.van.van_idx, van_day.day, origin, places)
        if key not in self.trips:
            self.trips[key] = _trips_of(van_day, origin, places)
        return self.trips[key]

    def ask(self, scenario: Scenario) -> None:
        """Move to the goal of a scenario that is the same but for the goal."""
        self.network = with_goal_of(self.network, scenario)
        if self.relaxed is not None:
            ask_again(self.relaxed, with_goal_of(self.relaxed.network, scenario))

    def model(self) -> Model:
        """Return the plain model with the routes known so far."""
        runs: list[VanRun] = []
        for number, route in enumerate(self.routes):
            first_run = len(self.network.runs) + len(runs)
            runs += runs_of_route(self.day_of(route.van, route.day), route, number, first_run)
        network, itineraries = with_van_runs(self.network, self.itineraries, runs)
        return build_model(network, itineraries, VanPart(tuple(self.routes), tuple(runs)))

    def relaxed_model(self, limits: Limits) -> Model:
        """Return the model with every van's day in parts; its optimum is a bound for any plan.

        It is built once; a goal that is moved moves in it too.
        """
        if self.relaxed is None:
            self.relaxed = self._relax(limits)
        return self.relaxed

    def _relax(self, limits: Limits) -> Model:
        """Build the model with every van's day in parts."""
        share = limits.exact(PRICES_TIME_SHARE * limits.left_s)
        prices = prices_of(self.days, self._targets(), share)
        relaxed = tuple(relax(van_day, prices) for van_day in self.days)
        visits = _visits(self.network, relaxed)
        network, itineraries = with_van_runs(self.network, self.itineraries, visits)
        return build_model(network, itineraries, VanPart(runs=visits, relaxed=relaxed))

    def _offers(self) -> dict[tuple[int, int], dict[int, tuple[int, int]]]:
        """Return cost and room of each run's service by pickup point and day."""
        offers: dict[tuple[int, int], dict[int, tuple[int, int]]] = defaultdict(dict)
        for ride in self.itineraries.direct:
            cost_ore = ride.option.cost_ore // len(ride.option.points)
            _, _, room = room_for(self.network, ride)
            of_run = offers[ride.point, ride.day]
            of_run[ride.run] = min((cost_ore, room), of_run.get(ride.run, (cost_ore, room)))
        return offers

    def _targets(self) -> dict[int, int]:
        """Return what a visit costs without vans, öre: leaving the order, or runs' services.

        Of the services on one day as many of the cheapest count as carry two days' parcels of
        everybody who may collect there; of the days the dearest. A visit where no plan needs anyone
        to collect is worth nothing, and one where no run comes has no other cost and is left out.
        """
        network = self.network
        parcels: dict[int, int] = defaultdict(int)
        for pair in network.pairs:
            parcels[pair.point] += int(network.demand[pair.village].sum())
        targets = {home.place: home.left_ore for home in network.homes}
        wanted = network.wanted_points
        targets |= {p: 0 for p in range(len(network.point_ids)) if p not in wanted}
        for (point, _), of_run in self._offers().items():
            left: float = 2 * parcels[point] / max(1, sum(network.operating))
            cost_ore = 0
            for cost, room in sorted(of_run.values()):
                cost_ore += cost
                left -= room
                if left <= 0:
                    break
            targets[point] = max(targets.get(point, 0), cost_ore)
        return targets


def _visits(network: Network, relaxed: tuple[RelaxedDay, ...]) -> tuple[VanRun, ...]:
    """Return a visit by any van for each pickup point, origin and day, at the least part."""
    found: dict[tuple[int, int, int], list[tuple[int, VanDay]]] = defaultdict(list)
    for day in relaxed:
        for part in day.points:
            key = (part.place, part.origin, day.van_day.day)
            found[key].append((part.cost_ore, day.van_day))
    visits: list[VanRun] = []
    for (point, origin, day_number), offers in sorted(found.items()):
        rooms = list(zip(*(van_day.van.room for _, van_day in offers), strict=True))
        litres, kilograms, pieces = (
            None if any(limit is None for limit in room) else sum(limit or 0 for limit in room)
            for room in rooms
        )
        visits.append(
            any_visit(
                network,
                len(network.runs) + len(visits),
                point=point,
                origin=origin,
                day=day_number,
                cost_ore=min(cost_ore for cost_ore, _ in offers),
                room=(litres, kilograms, pieces),
                max_size=max(van_day.van.max_size for _, van_day in offers),
            )
        )
    return tuple(visits)


def build_fleet(network: Network, itineraries: Itineraries) -> Fleet:
    """Return the vans of a scenario, with every route if these are few enough to be listed."""
    fleet = Fleet(network, itineraries, van_days(network))
    listed: list[Route] = []
    for van_day in fleet.days:
        if sum(map(len, van_day.stops.values())) > SHORT_TRIP + 1:
            return fleet
        routes = all_routes(van_day, MOST_ROUTES)
        if routes is None or len(listed) + len(routes) > MOST_LISTED:
            return fleet
        listed += routes
    fleet.add(listed)
    fleet.is_complete = True
    return fleet


# --- real routes for what a relaxed solution wants ------------------------------------------------


def _trips_of(van_day: VanDay, origin: int, places: tuple[int, ...]) -> list[Trip]:
    """Return the best trips with exactly these stops."""
    if len(places) > SHORT_TRIP:
        trip = make_trip(van_day, origin, _insertion(van_day, origin, places))
        return [] if trip is None else [trip]
    only = VanDay(van_day.network, van_day.van, van_day.day, {origin: places})
    return [trip for trip in all_trips(only, origin) or [] if len(trip.places) == len(places)]


def _insertion(van_day: VanDay, origin: int, places: tuple[int, ...]) -> list[int]:
    """Return stops in an order where each was put where the trip grew least."""
    order: list[int] = []
    for place in places:
        tried = [(*order[:at], place, *order[at:]) for at in range(len(order) + 1)]
        trips = [trip for way in tried if (trip := make_trip(van_day, origin, way)) is not None]
        if trips:
            best = min(trips, key=lambda trip: (trip.metres, trip.timing.shortest))
            order = list(best.places)
    return order


def _route_of(
    fleet: Fleet, van_day: VanDay, wanted: Iterable[tuple[int, tuple[int, ...]]]
) -> Route | None:
    """Return the cheapest route over trips with these stops; None if there is none."""
    wanted = list(wanted)
    stops = [place for _, places in wanted for place in places]
    if len(stops) > len(set(stops)):  # a point that two origins feed; a route stops there once
        return None
    choices = [fleet.trips_of(van_day, origin, places) for origin, places in wanted]
    if not choices or any(not trips for trips in choices):
        return None
    found = []
    for number, trips in enumerate(product(*choices)):
        if number == MOST_ALTERNATIVES:
            break
        found.append(best_order(van_day, trips))
    known = [route for route in found if route is not None]
    return min(known, key=lambda route: route.cost_ore, default=None)


def realise_short(fleet: Fleet) -> int:
    """Keep routes of one trip with few stops, for want of any better; return how many are new."""
    found: list[Route | None] = []
    for van_day in fleet.days:
        for origin, stops in van_day.stops.items():
            for size in range(1, FEW_STOPS + 1):
                sets = islice(combinations(stops, size), MOST_SHORT)
                found += [_route_of(fleet, van_day, [(origin, places)]) for places in sets]
    return fleet.add(found)


Wanted = dict[tuple[int, int], list[tuple[int, tuple[int, ...]]]]
"""Trips by van and day: origin and stops."""


def wanted_of(model: Model, values: Values) -> Wanted:
    """Return what a solution of the relaxed model wants of each van on each day."""
    wanted: Wanted = defaultdict(list)
    alone: dict[tuple[int, int], list[int]] = defaultdict(list)
    for relaxed, origin, places, column in model.relaxed_trips:
        if values.get(column):
            key = relaxed.van_day.van.van_idx, relaxed.van_day.day
            if any((part.origin, part.place) == (origin, places[0]) for part in relaxed.homes):
                wanted[key] = _merged(wanted[key], origin, places)
            else:
                wanted[key].append((origin, places))
    runs = {van_run.run.run_idx: van_run for van_run in model.vans.runs}
    for (option, day), column in model.takes.items():
        if option.run in runs and values.get(column):
            ride = runs[option.run].rides[0]
            alone[ride.origin, day].append(option.points[0])
    for (origin, day), points in alone.items():
        able = [
            relaxed.van_day
            for relaxed in model.vans.relaxed
            if relaxed.van_day.day == day
            and set(points) <= set(relaxed.van_day.stops.get(origin, ()))
        ]
        if able:
            key = (able[0].van.van_idx, day)
            wanted[key] = _merged(wanted[key], origin, tuple(sorted(points)))
    return wanted


def _merged(
    trips: list[tuple[int, tuple[int, ...]]], origin: int, places: tuple[int, ...]
) -> list[tuple[int, tuple[int, ...]]]:
    """Return trips with more stops, on the trip from their origin if there is one."""
    for number, (other, stops) in enumerate(trips):
        if other == origin:
            return [*trips[:number], (origin, (*stops, *places)), *trips[number + 1 :]]
    return [*trips, (origin, places)]


def realise(fleet: Fleet, wanted: Wanted) -> int:
    """Put wanted trips together into real routes and keep them; return how many are new.

    Besides each whole day, days without one of the trips or one of the stops are kept, and each
    trip alone: the plain model picks among them.
    """
    found: list[Route | None] = []
    for (van, day), trips in sorted(wanted.items()):
        van_day = fleet.day_of(van, day)
        by_origin: list[tuple[int, tuple[int, ...]]] = []
        for origin, places in sorted(trips):
            by_origin = _merged(by_origin, origin, places)
        for whole in (trips, by_origin):
            found.append(_route_of(fleet, van_day, whole))
            for number, (origin, places) in enumerate(whole):
                rest = [*whole[:number], *whole[number + 1 :]]
                found += [
                    _route_of(fleet, van_day, rest),
                    _route_of(fleet, van_day, [(origin, places)]),
                ]
                for place in places:
                    fewer = tuple(other for other in places if other != place)
                    found.append(_route_of(fleet, van_day, [(origin, (place,))]))
                    if fewer:
                        found.append(_route_of(fleet, van_day, [*rest, (origin, fewer)]))
    return fleet.add(found)
