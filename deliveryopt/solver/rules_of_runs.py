"""The rules of the plain model about runs: room, delay and transfers."""

from collections import defaultdict
from typing import TYPE_CHECKING

from deliveryopt.solver.columns import Commodity, Flow, Model
from deliveryopt.solver.van_runs import NO_LIMIT_S
from deliveryopt.units import DAYS, DAYS_PER_WEEK, MIN_PER_DAY

if TYPE_CHECKING:
    from deliveryopt.solver.detours import Option

Load = tuple[int, tuple[float, float, float]]
"""Column, and what one unit of it takes: tenths of a litre and of a kilogram, pieces."""


def _aboard(model: Model) -> dict[tuple[int, int], dict[int, list[Load]]]:
    """Return what may be aboard each run-day in each gap: parcels and home orders."""
    network = model.network
    aboard: dict[tuple[int, int], dict[int, list[Load]]] = defaultdict(lambda: defaultdict(list))
    for run_day, flows in model.carried.items():
        for flow in flows:
            litres, kilograms, parcels = map(float, network.parcel_size[flow.size])
            for gap in flow.ride.gaps:
                aboard[run_day][gap].append((flow.column, (litres, kilograms, parcels)))
    for ride, column in model.home_rides:
        litres, kilograms, pieces = map(float, network.homes[ride.home].load)
        for gap in ride.gaps:
            aboard[ride.run, ride.day][gap].append((column, (litres, kilograms, pieces)))
    return aboard


def run_keeps_within_capacity(model: Model) -> None:
    """On every gap of every run-day: litres, kilograms and parcels."""
    network = model.network
    for (run_idx, day), gaps in _aboard(model).items():
        seen: list[frozenset[int]] = []
        for gap, loads in sorted(gaps.items(), key=lambda item: -len(item[1])):
            columns = frozenset(column for column, _ in loads)
            if any(columns <= other for other in seen):
                continue
            seen.append(columns)
            for kind, room in enumerate(network.runs[run_idx].room):
                if room is not None:
                    model.milp.row(
                        f"run_keeps_within_capacity[{network.run_ids[run_idx]},{DAYS[day]},"
                        f"{gap},{kind}]",
                        [(column, load[kind]) for column, load in loads],
                        upper=room,
                    )


def run_keeps_within_delay(model: Model) -> None:
    """Services and handling fit the budget; a gap has one detour, a point one service."""
    network = model.network
    of_run_day: dict[tuple[int, int], list[tuple[Option, int]]] = defaultdict(list)
    for (option, day), takes in model.takes.items():
        if network.runs[option.run].budget_s < NO_LIMIT_S:
            of_run_day[option.run, day].append((option, takes))
    for (run_idx, day), taken in of_run_day.items():
        run = network.runs[run_idx]
        where = f"{network.run_ids[run_idx]},{DAYS[day]}"
        handled = [
            (flow.column, run.parcel_s * (2 if flow.ride.kind == "from_transfer" else 1))
            for flow in model.carried[run_idx, day]
        ]
        services = [(takes, float(option.extra_s)) for option, takes in taken]
        model.milp.row(
            f"run_keeps_within_delay[{where}]", [*services, *handled], upper=run.budget_s
        )
        in_gap: dict[int, list[int]] = defaultdict(list)
        at_point: dict[int, list[int]] = defaultdict(list)
        for option, takes in taken:
            if option.is_detour:
                in_gap[option.stop].append(takes)
            for point in option.points:
                at_point[point].append(takes)
        for name, groups in (("gap", in_gap), ("point", at_point)):
            for key, columns in groups.items():
                if len(columns) > 1:
                    model.milp.row(
                        f"run_keeps_within_delay[{where},{name} {key}]",
                        [(column, 1) for column in columns],
                        upper=1,
                    )


def _connections(model: Model, place: int, commodity: Commodity) -> None:
    """Let parcels leave a transfer place only after they came, and all of them."""
    name = f"transfer_is_secure[{model.network.point_ids[place]},{commodity}]"
    transfer_min = model.network.scenario.rules.transfer_min
    ready_day = commodity[2]
    came = sorted(
        (flow.ride.arrival_after_min(ready_day) + transfer_min, flow.column)
        for flow in model.transfers_in[place]
        if flow.commodity == commodity
    )
    left = sorted(
        (flow.ride.board_after_min(ready_day), flow.column)
        for flow in model.transfers_out[place]
        if flow.commodity == commodity
    )
    for moment in sorted({minute for minute, _ in left}):
        model.milp.row(
            f"{name[:-1]},{moment}]",
            [
                *((column, 1.0) for minute, column in left if minute <= moment),
                *((column, -1.0) for minute, column in came if minute <= moment),
            ],
            upper=0,
        )
    model.milp.row(
        name,
        [*((column, 1.0) for _, column in came), *((column, -1.0) for _, column in left)],
        lower=0,
        upper=0,
    )


def _storage(model: Model, place: int) -> None:
    """On every day, parcels in transfer fit the place: came by that day and not gone before it."""
    point = model.network.scenario.pickup_points[place]
    for day in range(DAYS_PER_WEEK):
        terms = [
            (flow.column, 1.0)
            for flow in model.transfers_in[place]
            if flow.ride.arrival_after_min(flow.ready_day) // MIN_PER_DAY <= _later(flow, day)
        ] + [
            (flow.column, -1.0)
            for flow in model.transfers_out[place]
            if flow.ride.board_after_min(flow.ready_day) // MIN_PER_DAY < _later(flow, day)
        ]
        if terms:
            model.milp.row(
                f"transfer_is_secure[{point.id},{DAYS[day]}]", terms, upper=point.transfer_parcels
            )


def _later(flow: Flow, day: int) -> int:
    """Return the days from a flow's ready day to a day of the week, 0 to 6."""
    return (day - flow.ready_day) % DAYS_PER_WEEK


def transfer_is_secure(model: Model) -> None:
    """Keep connections, and store parcels in transfer within the place's limit."""
    for place in sorted(model.transfers_out.keys() | model.transfers_in.keys()):
        commodities = {
            flow.commodity for flow in (*model.transfers_in[place], *model.transfers_out[place])
        }
        for commodity in sorted(commodities):
            _connections(model, place, commodity)
        _storage(model, place)
