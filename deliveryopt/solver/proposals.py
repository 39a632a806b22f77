"""Routes searched around a plan: what would a van gain by each stop, and which trips gain most.

For a van, a day and an origin, the stops that the van may make are offered to the route engine at
prizes: what each of them costs the plan as it is delivered now. Trips that gain by that are put
together into routes and offered to the plain model, which takes them or not.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from deliveryopt.solver.columns import Model
from deliveryopt.solver.routes import (
    Depot,
    RouteProblem,
    RouteStop,
    VehicleType,
)
from deliveryopt.solver.routing import Fleet, Wanted, realise
from deliveryopt.solver.search import Limits, Values
from deliveryopt.solver.trips import VanDay
from deliveryopt.solver.vans import Timing, search_routes
from deliveryopt.units import M_PER_KM, MIN_PER_H, ORE_PER_SEK, exact

PER_ORE = 1000
"""Units of the engine in an öre, so that a metre has a whole cost."""
TIME_SHARE = 0.15
"""Share of the time left for the routes of one turn."""
MOST_S = 1.0
"""Longest search for one van, day and origin, seconds."""
ITERATIONS = 400
FAR = 10**7
"""Distance and minutes where no road leads."""
NO_LIMIT = 10**9


@dataclass(frozen=True, slots=True, eq=False)
class _Worth:
    """What places cost the plan now."""

    of_home: dict[int, int]
    """Cost of each home order, öre, as it is delivered now."""
    of_point: dict[tuple[int, int], int]
    """Cost of services at each pickup point on each day, öre."""
    brought: dict[tuple[int, int], tuple[int, int, int]]
    """Tenths of a litre, of a kilogram, and parcels brought there."""


def _worth(model: Model, values: Values) -> _Worth:
    """Return what a van could save at each place."""
    network = model.network
    of_home = {home.home: home.left_ore for home in network.homes}
    for ride, column in model.home_rides:
        if values.get(column):
            of_home[ride.home] = ride.option.cost_ore
    for (home, _), column in model.in_box.items():
        if values.get(column):
            of_home[home] = int(model.cost_terms[column])
    of_point: dict[tuple[int, int], int] = defaultdict(int)
    for (option, day), column in model.takes.items():
        if values.get(column) and option.points[0] < len(network.point_ids):
            for point in option.points:
                of_point[point, day] += option.cost_ore // len(option.points)
    return _Worth(of_home, dict(of_point), _brought(model, values))


def _brought(model: Model, values: Values) -> dict[tuple[int, int], tuple[int, int, int]]:
    """Return what comes to each pickup point on each day."""
    brought: dict[tuple[int, int], tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
    for point, flows in model.arrivals.items():
        for flow in flows:
            if parcels := values.get(flow.column, 0):
                load = model.network.parcel_size[flow.size] * parcels
                before = brought[point, flow.ride.arrival_day]
                brought[point, flow.ride.arrival_day] = (
                    before[0] + int(load[0]),
                    before[1] + int(load[1]),
                    before[2] + int(load[2]),
                )
    return dict(brought)


def _stop(van_day: VanDay, place: int, number: int, worth: _Worth) -> RouteStop:
    """Return a place as a stop of the engine."""
    home = van_day.home(place)
    if home is None:
        key = (place, van_day.day)
        return RouteStop(
            place=number,
            loads=worth.brought.get(key, (0, 0, 0)),
            service=van_day.van.van.stop_min,
            prize=PER_ORE * worth.of_point.get(key, 0),
        )
    return RouteStop(
        place=number,
        loads=home.load,
        service=home.order.service_min,
        early=home.order.earliest_min,
        late=home.order.latest_min,
        prize=PER_ORE * worth.of_home[home.home],
    )


def _problem(van_day: VanDay, origin: int, worth: _Worth) -> tuple[RouteProblem, list[int]]:
    """Return the trips of a van from one origin as a problem of the engine, and its places."""
    van, network = van_day.van.van, van_day.network
    places = [
        place
        for place in van_day.stops[origin]
        if van_day.home(place) is not None or worth.of_point.get((place, van_day.day), 0) > 0
    ]
    ids = [network.depot_ids[origin], *(van_day.place_id(place) for place in places)]
    distance = np.zeros((len(ids), len(ids)), dtype=np.int64)
    duration = np.zeros((len(ids), len(ids)), dtype=np.int64)
    for row, from_id in enumerate(ids):
        for column, to_id in enumerate(ids):
            if row != column:
                minutes, metres = van_day.leg(from_id, to_id) or (FAR, FAR)
                distance[row, column], duration[row, column] = metres, minutes
    ready = max(int(network.ready_min[origin, van_day.day]), van.shift_start_min)
    room = tuple(NO_LIMIT if limit is None else limit for limit in van_day.van.room)
    km_ore = exact(van.sek_per_km) * ORE_PER_SEK
    hour_ore = exact(van.sek_per_h) * ORE_PER_SEK
    vehicle = VehicleType(
        number=van.max_trips,
        capacity=room,
        early=max(0, ready - van.load_min),
        late=van.shift_end_min,
        distance_cost=round(PER_ORE * km_ore / M_PER_KM),
        duration_cost=round(PER_ORE * hour_ore / MIN_PER_H),
    )
    problem = RouteProblem(
        distance=distance,
        duration=duration,
        depots=(Depot(place=0, service=van.load_min),),
        stops=tuple(_stop(van_day, p, number, worth) for number, p in enumerate(places, start=1)),
        vehicles=(vehicle,),
    )
    return problem, places


def propose_routes(fleet: Fleet, model: Model, values: Values, limits: Limits) -> int:
    """Search routes around a plan and keep them; return how many are new.

    Parameters
    ----------
    fleet
        Vans and the routes known so far; takes the new ones.
    model, values
        The plan.
    limits
        When to stop.
    """
    worth = _worth(model, values)
    jobs = [(van_day, origin) for van_day in fleet.days for origin in sorted(van_day.stops)]
    if not jobs:
        return 0
    seconds = min(MOST_S, TIME_SHARE * limits.left_s / len(jobs))
    wanted: Wanted = defaultdict(list)
    for van_day, origin in jobs:
        problem, places = _problem(van_day, origin, worth)
        is_open = all(vehicle.early < vehicle.late for vehicle in problem.vehicles)
        if limits.are_reached or not places or not is_open:
            continue
        found = search_routes(
            problem,
            seed=limits.seed,
            seconds=None if limits.nodes is not None else seconds,
            iterations=ITERATIONS,
            timing=Timing(stop=limits.stop),
        )
        for route in found.routes or ():
            stops = tuple(places[stop] for stop in route.stops)
            if stops:
                wanted[van_day.van.van_idx, van_day.day].append((origin, stops))
    return realise(fleet, wanted)
