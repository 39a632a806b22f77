"""Column values -> the plan's home orders and vans, back to ids and clock times."""

from collections import defaultdict
from collections.abc import Mapping

from deliveryopt.plan.plan import (
    HomeByRun,
    HomeInBox,
    HomeLeft,
    VanRoute,
    VanShipment,
    VanStop,
    VanTrip,
)
from deliveryopt.plan.today import left
from deliveryopt.scenario.terms import SIZES
from deliveryopt.solver.columns import Commodity, Model
from deliveryopt.units import DAYS


def homes_by_run(model: Model, values: Mapping[int, int]) -> tuple[HomeByRun, ...]:
    """Return the home orders that runs deliver, by order."""
    network = model.network
    found = []
    for ride, column in model.home_rides:
        if values.get(column):
            run = network.runs[ride.run]
            found.append(
                HomeByRun(
                    order=network.homes[ride.home].order.id,
                    run=network.run_ids[ride.run],
                    day=DAYS[ride.day],
                    kind=ride.option.kind,
                    stop_sequence=run.stop_sequences[ride.option.stop],
                    board_sequence=run.stop_sequences[ride.board_stop],
                    board_min=run.departure_min[ride.board_stop],
                    latest_arrival_min=ride.option.latest_arrival_min,
                )
            )
    return tuple(sorted(found, key=lambda delivery: delivery.order))


def van_routes(model: Model, values: Mapping[int, int]) -> tuple[VanRoute, ...]:
    """Return what vans drive, by day and van."""
    network, place_ids = model.network, model.network.place_ids
    found = []
    for route, column in zip(model.vans.routes, model.drives, strict=True):
        if values.get(column):
            trips = tuple(
                VanTrip(
                    origin=network.depot_ids[trip.origin],
                    departure_min=route.departures[number],
                    stops=tuple(
                        VanStop(place=place_ids[place], arrival_min=arrival_min)
                        for place, arrival_min in zip(
                            trip.places, route.arrivals[number], strict=True
                        )
                    ),
                    return_min=route.returns[number],
                )
                for number, trip in enumerate(route.trips)
            )
            found.append(
                VanRoute(
                    van=network.vans[route.van].van.id,
                    day=DAYS[route.day],
                    start_min=route.start_min,
                    trips=trips,
                    end_min=route.end_min,
                )
            )
    return tuple(sorted(found, key=lambda route: (DAYS.index(route.day), route.van)))


def van_shipments(model: Model, values: Mapping[int, int]) -> tuple[VanShipment, ...]:
    """Return what vans bring to pickup points."""
    network = model.network
    run_of = {van_run.run.run_idx: van_run for van_run in model.vans.runs}
    carried: dict[tuple[int, int, int, Commodity], int] = defaultdict(int)
    for flow in model.flows:
        van_run = run_of.get(flow.ride.run)
        parcels = values.get(flow.column, 0)
        if van_run is not None and van_run.route is not None and parcels:
            key = (van_run.route, van_run.trip, flow.ride.point, flow.commodity)
            carried[key] += parcels
    found = []
    for (number, trip, point, (_, size, ready_day)), parcels in carried.items():
        route = model.vans.routes[number]
        found.append(
            VanShipment(
                van=network.vans[route.van].van.id,
                day=DAYS[route.day],
                trip=trip + 1,
                pickup_point=network.point_ids[point],
                size=SIZES[size],
                ready_day=DAYS[ready_day],
                parcels=parcels,
            )
        )
    return tuple(
        sorted(
            found,
            key=lambda s: (
                DAYS.index(s.day),
                s.van,
                s.trip,
                s.pickup_point,
                DAYS.index(s.ready_day),
                SIZES.index(s.size),
            ),
        )
    )


def homes_in_box(model: Model, values: Mapping[int, int]) -> tuple[HomeInBox, ...]:
    """Return the home orders collected at pickup points, by order."""
    network = model.network
    return tuple(
        HomeInBox(order=network.homes[home].order.id, pickup_point=network.point_ids[point])
        for (home, point), column in sorted(model.in_box.items())
        if values.get(column)
    )


def homes_left(model: Model, values: Mapping[int, int]) -> tuple[HomeLeft, ...]:
    """Return the home orders that the plan leaves, by order."""
    homes = model.network.homes
    return tuple(
        left(homes[home].order) for home, column in enumerate(model.left) if values.get(column)
    )
