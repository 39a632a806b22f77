"""Column values -> Plan: the way out of indices, back to ids and clock times."""

from collections import defaultdict
from collections.abc import Mapping

from deliveryopt.plan.plan import (
    Collection,
    Leg,
    OpenedBoxes,
    Plan,
    Service,
    Shipment,
    TodaysCollection,
)
from deliveryopt.scenario.terms import SIZES
from deliveryopt.solver.columns import Commodity, Flow, Model
from deliveryopt.solver.detours import Option
from deliveryopt.solver.itineraries import Ride
from deliveryopt.solver.network import Network
from deliveryopt.solver.to_plan_homes import (
    homes_by_run,
    homes_in_box,
    homes_left,
    van_routes,
    van_shipments,
)
from deliveryopt.units import DAYS

Legs = tuple[Ride, ...]
Carried = dict[tuple[Commodity, int, Legs], int]
"""Parcels by commodity, pickup point and rides."""


def _leg(network: Network, ride: Ride) -> Leg:
    run = network.runs[ride.run]
    return Leg(
        run=network.run_ids[ride.run],
        day=DAYS[ride.day],
        board_sequence=run.stop_sequences[ride.board_stop],
        board_min=ride.board_min,
        alight_point=network.point_ids[ride.point],
        alight_min=ride.option.latest_arrival_min,
    )


def _as_one_ride(first: Ride, second: Ride) -> Legs:
    """Return two rides, or one if the parcels never need to leave the run."""
    if (first.run, first.day) != (second.run, second.day):
        return first, second
    return (
        Ride(
            kind="direct",
            run=first.run,
            day=first.day,
            board_stop=first.board_stop,
            board_option=None,
            origin=first.origin,
            option=second.option,
            point=second.point,
            board_min=first.board_min,
        ),
    )


def _pair_transfers(model: Model, place: int, values: Mapping[int, int]) -> Carried:
    """Match parcels that came to a transfer place with those that left: first in, first out."""
    came: dict[Commodity, list[tuple[int, int, Flow]]] = defaultdict(list)
    left: dict[Commodity, list[tuple[int, int, Flow]]] = defaultdict(list)
    for flow in model.transfers_in[place]:
        if parcels := values.get(flow.column, 0):
            minute = flow.ride.arrival_after_min(flow.ready_day)
            came[flow.commodity].append((minute, parcels, flow))
    for flow in model.transfers_out[place]:
        if parcels := values.get(flow.column, 0):
            minute = flow.ride.board_after_min(flow.ready_day)
            left[flow.commodity].append((minute, parcels, flow))
    carried: Carried = defaultdict(int)
    for commodity, leaving in left.items():
        waiting = [
            [parcels, flow]
            for _, parcels, flow in sorted(
                came[commodity], key=lambda item: (item[0], item[2].column)
            )
        ]
        for _, parcels, out in sorted(leaving, key=lambda item: (item[0], item[2].column)):
            rest = parcels
            while rest:
                available, first = waiting[0]
                assert isinstance(first, Flow) and isinstance(available, int)  # noqa: S101, PT018
                taken = min(rest, available)
                rides = _as_one_ride(first.ride, out.ride)
                carried[commodity, out.ride.point, rides] += taken
                rest -= taken
                waiting[0][0] = available - taken
                if waiting[0][0] == 0:
                    waiting.pop(0)
    return carried


def _shipments(model: Model, values: Mapping[int, int]) -> list[Shipment]:
    network = model.network
    carried: Carried = defaultdict(int)
    on_vans = {van_run.run.run_idx for van_run in model.vans.runs}
    for flow in model.flows:
        if flow.ride.run in on_vans:
            continue
        if flow.ride.kind == "direct" and (parcels := values.get(flow.column, 0)):
            carried[flow.commodity, flow.ride.point, (flow.ride,)] += parcels
    for place in model.transfers_out:
        for key, parcels in _pair_transfers(model, place, values).items():
            carried[key] += parcels
    return [
        Shipment(
            depot=network.depot_ids[depot],
            pickup_point=network.point_ids[point],
            size=SIZES[size],
            ready_day=DAYS[ready_day],
            parcels=parcels,
            legs=tuple(_leg(network, ride) for ride in rides),
        )
        for ((depot, size, ready_day), point, rides), parcels in carried.items()
    ]


def _service(network: Network, option: Option, day: int) -> Service:
    return Service(
        run=network.run_ids[option.run],
        day=DAYS[day],
        kind=option.kind,
        stop_sequence=network.runs[option.run].stop_sequences[option.stop],
        points=tuple(network.point_ids[point] for point in option.points),
        latest_arrival_min=option.latest_arrival_min,
    )


def _is_needed(model: Model, values: Mapping[int, int]) -> set[tuple[Option, int]]:
    """Return the services by which parcels board or alight."""
    needed = set()
    for flow in model.flows:
        if values.get(flow.column, 0):
            needed.add((flow.ride.option, flow.ride.day))
            if flow.ride.board_option is not None:
                needed.add((flow.ride.board_option, flow.ride.day))
    return needed


def build_plan(model: Model, values: Mapping[int, int]) -> Plan:
    """Return the plan that column values stand for, in a fixed order.

    Services that cost nothing, carry nothing and count for nothing are left out.
    """
    network = model.network
    not_services = {van_run.run.run_idx for van_run in model.vans.runs}
    homes = {(ride.option, ride.day) for ride, _ in model.home_rides}
    taken = {
        (option, day)
        for (option, day), column in model.takes.items()
        if values.get(column, 0) and option.run not in not_services and (option, day) not in homes
    }
    if network.scenario.rules.min_deliveries_per_week <= 1:
        taken &= _is_needed(model, values)
    return Plan(
        opened=tuple(
            OpenedBoxes(
                pickup_point=network.point_ids[site],
                box_type=network.box_type_ids[box_type],
                boxes=values[column],
            )
            for (site, box_type), column in sorted(model.boxes.items())
            if values.get(column, 0)
        ),
        collections=tuple(
            Collection(village=network.village_ids[village], pickup_point=network.point_ids[point])
            for (village, point), column in sorted(model.collects.items())
            if values.get(column, 0)
        ),
        as_today=tuple(_as_today(network, village) for village in _keeping_today(model, values)),
        services=tuple(
            sorted(
                (_service(network, option, day) for option, day in taken),
                key=lambda s: (DAYS.index(s.day), s.run, s.stop_sequence, s.kind, s.points),
            )
        ),
        shipments=tuple(
            sorted(
                _shipments(model, values),
                key=lambda s: (
                    s.pickup_point,
                    DAYS.index(s.ready_day),
                    SIZES.index(s.size),
                    s.depot,
                    [(DAYS.index(leg.day), leg.run, leg.board_sequence) for leg in s.legs],
                ),
            )
        ),
        homes_by_run=homes_by_run(model, values),
        van_routes=van_routes(model, values),
        van_shipments=van_shipments(model, values),
        homes_in_box=homes_in_box(model, values),
        homes_left=homes_left(model, values),
    )


def _keeping_today(model: Model, values: Mapping[int, int]) -> list[int]:
    return [village for village, column in enumerate(model.keeps_today) if values.get(column, 0)]


def _as_today(network: Network, village: int) -> TodaysCollection:
    agent = network.today_agent[village]
    return TodaysCollection(
        village=network.village_ids[village],
        agent=None if agent is None else network.point_ids[agent],
    )
