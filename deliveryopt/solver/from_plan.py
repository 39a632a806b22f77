"""Plan -> column values: the way back into indices, for a plan that a model is to start from."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from deliveryopt.plan.plan import Leg as PlanLeg
from deliveryopt.plan.plan import Plan, Shipment, VanRoute
from deliveryopt.scenario.terms import SIZES
from deliveryopt.solver.columns import Model
from deliveryopt.solver.milp import BoolArray, FrozenMilp
from deliveryopt.solver.network import Network
from deliveryopt.solver.routing import Fleet, Wanted, realise
from deliveryopt.solver.search import Limits, Values, search
from deliveryopt.solver.trips import make_trip
from deliveryopt.solver.van_routes import best_order
from deliveryopt.units import DAYS

FlowKey = tuple[int, int, int, int, int, int, int, int, int]
"""Where it boards, run, day, stop of boarding, arrival, point, depot, size and ready day."""
AT_DEPOT, AT_DEPOT_ONWARD = -1, -2
"""Boarding at a depot, to stay at the point or to go on from it; else the transfer place."""


def trips_of_plan(network: Network, plan: Plan) -> Wanted:
    """Return what a plan's vans drive: trips by van and day."""
    return {
        (van, DAYS.index(route.day)): _trips(network, route)
        for route in plan.van_routes
        for van, one in enumerate(network.vans)
        if one.van.id == route.van
    }


def _trips(network: Network, route: VanRoute) -> list[tuple[int, tuple[int, ...]]]:
    """Return a route's trips: origin and places."""
    depot = {name: idx for idx, name in enumerate(network.depot_ids)}
    place = {name: idx for idx, name in enumerate(network.place_ids)}
    return [
        (depot[trip.origin], tuple(place[stop.place] for stop in trip.stops))
        for trip in route.trips
    ]


def keep_routes_of(fleet: Fleet, plan: Plan) -> Wanted:
    """Keep the routes of a plan among those known, and return what its vans drive."""
    wanted = trips_of_plan(fleet.network, plan)
    if not fleet.is_complete:
        realise(fleet, wanted)
        for (van, day), trips in wanted.items():
            van_day = fleet.day_of(van, day)
            made = [make_trip(van_day, origin, places) for origin, places in trips]
            if all(made):
                fleet.add([best_order(van_day, [trip for trip in made if trip is not None])])
    return wanted


def counted(
    model: Model,
    values: Values,
    limits: Limits,
    *,
    frozen: FrozenMilp | None = None,
    keep_row: BoolArray | None = None,
) -> Values | None:
    """Return a plan's values with the columns that only count its deliveries.

    Parameters
    ----------
    model
        A plain model.
    values
        From `values_of`.
    limits
        When to stop.
    frozen
        The model's programme as arrays, if it is at hand.
    keep_row
        Rows that count; shape (rows,); all if None.

    Returns
    -------
    Values | None
        None if the plan breaks a row that counts, or time is up.
    """
    frozen = frozen or model.milp.frozen()
    if keep_row is not None:
        frozen = replace(
            frozen,
            row_lower=np.where(keep_row, frozen.row_lower, -np.inf),
            row_upper=np.where(keep_row, frozen.row_upper, np.inf),
        )
    if model.delivery_columns:
        free = np.zeros(model.milp.num_columns, dtype=np.bool_)
        free[list(model.delivery_columns)] = True
        part = frozen.part(free, values)
        outcome = search(part.milp, limits)
        if outcome.values is None:
            return None
        values = values | part.whole(outcome.values)
    return values if frozen.is_kept_by(values) else None


def values_of(model: Model, plan: Plan) -> Values | None:
    """Return a plan as column values, without those that only count deliveries.

    Parameters
    ----------
    model
        A plain model; the plan's van routes must be among its routes.
    plan
        A plan that keeps the rules of the model's scenario.

    Returns
    -------
    Values | None
        Values above 0 by column; None if the model has no column for a part of the plan.
    """
    try:
        services = _services(model, plan)
        return (
            _places(model, plan)
            | services
            | _vans(model, plan)
            | _flows(model, plan, services)
            | _homes(model, plan)
        )
    except KeyError:
        return None


def _places(model: Model, plan: Plan) -> Values:
    """Return boxes, and where villages collect."""
    network = model.network
    point = {name: idx for idx, name in enumerate(network.point_ids)}
    village = {name: idx for idx, name in enumerate(network.village_ids)}
    kind = {name: idx for idx, name in enumerate(network.box_type_ids)}
    values: Values = {}
    for boxes in plan.opened:
        site = point[boxes.pickup_point]
        values[model.opens[site]] = 1
        values[model.boxes[site, kind[boxes.box_type]]] = boxes.boxes
    for served in plan.collections:
        values[model.collects[village[served.village], point[served.pickup_point]]] = 1
    for kept in plan.as_today:
        values[model.keeps_today[village[kept.village]]] = 1
    return values


def _services(model: Model, plan: Plan) -> Values:
    """Return what runs serve."""
    network = model.network
    run = {name: idx for idx, name in enumerate(network.run_ids)}
    column_of = {
        (option.run, day, option.kind, option.stop, option.points): column
        for (option, day), column in model.takes.items()
    }
    point = {name: idx for idx, name in enumerate(network.point_ids)}
    values: Values = {}
    for service in plan.services:
        of_run = network.runs[run[service.run]]
        key = (
            of_run.run_idx,
            DAYS.index(service.day),
            service.kind,
            of_run.stop_sequences.index(service.stop_sequence),
            tuple(point[name] for name in service.points),
        )
        values[column_of[key]] = 1
    return values


def _vans(model: Model, plan: Plan) -> Values:
    """Return the routes of vans."""
    wanted = trips_of_plan(model.network, plan)
    return {model.drives[_route_of(model, *key, trips)]: 1 for key, trips in wanted.items()}


def _route_of(model: Model, van: int, day: int, trips: list[tuple[int, tuple[int, ...]]]) -> int:
    """Return the number of a van's route: these trips, or else the cheapest with their stops.

    Raises
    ------
    KeyError
        If there is none.
    """
    stops = frozenset((origin, frozenset(places)) for origin, places in trips)
    able = [
        (route.key != (van, day, tuple(trips)), route.cost_ore, number)
        for number, route in enumerate(model.vans.routes)
        if (route.van, route.day, route.partition) == (van, day, stops)
    ]
    if not able:
        raise KeyError(van)
    return min(able)[-1]


def _flows(model: Model, plan: Plan, services: Values) -> Values:
    """Return what runs and vans carry; parcels alight by services that the plan gives.

    A run may have several services of one point at the same minute, alone or with other points.
    """
    network = model.network
    depot = {name: idx for idx, name in enumerate(network.depot_ids)}
    column_of: dict[FlowKey, int] = {}
    for flow in model.flows:
        ride = flow.ride
        if model.takes[ride.option, ride.day] not in services:
            continue
        onward = AT_DEPOT_ONWARD if ride.kind == "to_transfer" else AT_DEPOT
        place = ride.origin if ride.kind == "from_transfer" else onward
        arrival_min = ride.option.latest_arrival_min
        key = (place, ride.run, ride.day, ride.board_stop, arrival_min, ride.point)
        column_of.setdefault((*key, *flow.commodity), flow.column)
    values: Values = defaultdict(int)
    for sent in plan.shipments:
        commodity = depot[sent.depot], SIZES.index(sent.size), DAYS.index(sent.ready_day)
        for legs in _ways_of(model, sent):
            columns = [column_of.get((*leg, *commodity)) for leg in legs]
            if None not in columns:
                break
        else:
            raise KeyError(sent.pickup_point)
        for column in columns:
            if column is not None:
                values[column] += sent.parcels
    of_trip = {
        (van_run.route, van_run.trip): van_run.run.run_idx
        for van_run in model.vans.runs
        if van_run.route is not None
    }
    on_vans = set(of_trip.values())
    by_van = {
        (flow.ride.run, flow.ride.point, *flow.commodity): flow.column
        for flow in model.flows
        if flow.ride.run in on_vans
    }
    wanted = trips_of_plan(network, plan)
    van = {one.van.id: idx for idx, one in enumerate(network.vans)}
    point = {name: idx for idx, name in enumerate(network.point_ids)}
    for brought in plan.van_shipments:
        day = van[brought.van], DAYS.index(brought.day)
        number = _route_of(model, *day, wanted[day])
        origin = plan_origin(plan, brought.van, brought.day, brought.trip)
        run = of_trip[number, _trip_with(model, number, point[brought.pickup_point])]
        size, ready = SIZES.index(brought.size), DAYS.index(brought.ready_day)
        key_of_van = run, point[brought.pickup_point], depot[origin], size, ready
        values[by_van[key_of_van]] += brought.parcels
    return dict(values)


def _trip_with(model: Model, number: int, point: int) -> int:
    """Return the number of a route's trip that stops at a pickup point, from 0."""
    trips = model.vans.routes[number].trips
    return next(idx for idx, trip in enumerate(trips) if point in trip.places)


def plan_origin(plan: Plan, van: str, day: str, trip: int) -> str:
    """Return where a trip of a plan's van loads; trips are numbered from 1.

    Raises
    ------
    KeyError
        If the van has no such trip on that day.
    """
    for route in plan.van_routes:
        if (route.van, route.day) == (van, day) and trip <= len(route.trips):
            return route.trips[trip - 1].origin
    raise KeyError(van)


Leg = tuple[int, int, int, int, int, int]
"""What tells one ride from another: a key without its commodity."""


def _ways_of(model: Model, sent: Shipment) -> Iterator[tuple[Leg, ...]]:
    """Yield the rides of a shipment, each as it may stand in the model.

    Parcels to a transfer place have a column of their own, and those that never leave their run
    may stand as two rides that meet at a place which the run serves on its way.
    """
    network = model.network
    keys, place = [], AT_DEPOT if len(sent.legs) == 1 else AT_DEPOT_ONWARD
    for leg in sent.legs:
        keys.append(_leg_key(network, leg, place))
        place = keys[-1][-1]
    yield tuple(keys)
    if len(keys) == 1:
        (_, run, day, stop, arrival_min, point) = keys[0]
        for flow in model.flows:
            ride, there_min = flow.ride, flow.ride.option.latest_arrival_min
            if (ride.kind, ride.run, ride.day, ride.board_stop) == ("to_transfer", run, day, stop):
                first = (AT_DEPOT_ONWARD, run, day, stop, there_min, ride.point)
                second = (ride.point, run, day, ride.option.stop, arrival_min, point)
                yield first, second


def _leg_key(network: Network, leg: PlanLeg, place: int) -> Leg:
    """Return what tells one ride from another."""
    run = network.runs[network.run_ids.index(leg.run)]
    return (
        place,
        run.run_idx,
        DAYS.index(leg.day),
        run.stop_sequences.index(leg.board_sequence),
        leg.alight_min,
        network.point_ids.index(leg.alight_point),
    )


def _homes(model: Model, plan: Plan) -> Values:
    """Return what becomes of home orders, but those that vans deliver."""
    network = model.network
    home = {one.order.id: idx for idx, one in enumerate(network.homes)}
    point = {name: idx for idx, name in enumerate(network.point_ids)}
    by_run = {
        (
            ride.home,
            network.run_ids[ride.run],
            DAYS[ride.day],
            ride.option.kind,
            ride.option.stop,
        ): c
        for ride, c in model.home_rides
    }
    values: Values = {}
    for done in plan.homes_by_run:
        run = network.runs[network.run_ids.index(done.run)]
        stop = run.stop_sequences.index(done.stop_sequence)
        values[by_run[home[done.order], done.run, done.day, done.kind, stop]] = 1
    for boxed in plan.homes_in_box:
        values[model.in_box[home[boxed.order], point[boxed.pickup_point]]] = 1
    for left in plan.homes_left:
        values[model.left[home[left.order]]] = 1
    return values
