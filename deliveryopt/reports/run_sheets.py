"""Run sheets: what the driver does on one run on one day, stop by stop.

A sheet counts the plan's shipments by stop, pickup point and size; it computes nothing else.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from deliveryopt.plan.figures import RunDayRow
from deliveryopt.plan.plan import Plan, Service, Shipment
from deliveryopt.reports.sentences import Teller
from deliveryopt.scenario.schema import Run, terms_of
from deliveryopt.scenario.terms import SIZES, Size
from deliveryopt.units import DAYS

What = Literal["load", "load_on", "put_in", "hand_over", "pick_up", "stop"]
"""Load; load for a transfer; put in a box; leave for a transfer; pick up after one; only stop."""
Parcels = tuple[int, int, int]
"""Small, medium and large."""
Position = tuple[int, int, int]
"""Stop number; 0 loading, 1 at the stop, 2 on a detour after it; order on the detour."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do."""

    stop_min: int
    """Timetabled departure from the stop, or from the stop before a detour."""
    stop: str
    """Name of that stop."""
    what: What
    detour: Literal["", "through", "out_and_back"]
    """Kind of detour, if the place is off the run's road."""
    place: str
    """Depot or pickup point where it is done."""
    via: str
    """Pickup point where this run leaves them."""
    target: str
    """Pickup point where they end."""
    parcels: Parcels
    """Small, medium and large parcels."""
    latest_min: int | None
    """Latest arrival, if the plan has one."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """Everything to do on one run on one day."""

    run: Run
    row: RunDayRow
    delay_budget_min: float
    steps: tuple[Step, ...]


def run_sheets(teller: Teller) -> tuple[Sheet, ...]:
    """Return a sheet for each run-day in use, by day and departure."""
    runs = {run.id: run for run in teller.bundle.scenario.runs}
    sheets = [
        Sheet(
            run=runs[row.run],
            row=row,
            delay_budget_min=terms_of(teller.bundle.scenario, runs[row.run]).delay_budget_min,
            steps=_steps(teller, runs[row.run], row),
        )
        for row in teller.bundle.metrics.run_day_rows
    ]
    return tuple(
        sorted(
            sheets,
            key=lambda sheet: (
                DAYS.index(sheet.row.day),
                sheet.run.stop_times[0].departure_min,
                sheet.run.id,
            ),
        )
    )


def _steps(teller: Teller, run: Run, row: RunDayRow) -> tuple[Step, ...]:
    """Return what to do on a run-day, in order along the run."""
    plan, names = teller.bundle.plan, teller.names
    placed: list[tuple[Position, Step]] = []
    stops = {stop.stop_sequence: stop for stop in run.stop_times}
    for (sequence, depot, via, target), parcels in _loads(plan, row).items():
        step = Step(
            stop_min=stops[sequence].departure_min,
            stop=names.places[stops[sequence].place_id],
            what="load" if via == target else "load_on",
            detour="",
            place=names.depots[depot],
            via=names.points[via],
            target=names.points[target],
            parcels=parcels,
            latest_min=None,
        )
        placed.append(((sequence, 0, 0), step))
    for service in plan.services:
        if (service.run, service.day) == (row.run, row.day):
            placed += _visits(teller, run, service)
    return tuple(step for _, step in sorted(placed, key=lambda pair: pair[0]))


def _loads(plan: Plan, row: RunDayRow) -> dict[tuple[int, str, str, str], Parcels]:
    """Return parcels that board at a depot, by stop, depot, where they leave and where they end."""
    sorted_out: dict[tuple[int, str, str, str], list[Shipment]] = {}
    for shipment in plan.shipments:
        leg = shipment.legs[0]
        if (leg.run, leg.day) == (row.run, row.day):
            key = (leg.board_sequence, shipment.depot, leg.alight_point, shipment.pickup_point)
            sorted_out.setdefault(key, []).append(shipment)
    return {key: _by_size(sorted_out[key]) for key in sorted(sorted_out)}


def _by_size(shipments: Iterable[Shipment]) -> Parcels:
    """Return the parcels of shipments by size."""
    counts = Counter[Size]()
    for shipment in shipments:
        counts[shipment.size] += shipment.parcels
    small, medium, large = (counts[size] for size in SIZES)
    return small, medium, large


def _visits(teller: Teller, run: Run, service: Service) -> list[tuple[Position, Step]]:
    """Return what a service does at each of its points: parcels in, parcels on, or a stop only."""
    stop = next(s for s in run.stop_times if s.stop_sequence == service.stop_sequence)
    names = teller.names
    return [
        (
            (service.stop_sequence, 1 if service.kind == "at_stop" else 2, order),
            Step(
                stop_min=stop.departure_min,
                stop=names.places[stop.place_id],
                what=what,
                detour="" if service.kind == "at_stop" else service.kind,
                place=names.points[point],
                via=names.points[point],
                target=names.points[target],
                parcels=parcels,
                latest_min=service.latest_arrival_min,
            ),
        )
        for order, point in enumerate(service.points)
        for what, target, parcels in _handled(teller.bundle.plan, service, point)
    ]


def _handled(plan: Plan, service: Service, point: str) -> list[tuple[What, str, Parcels]]:
    """Return what is put in, left for a transfer and picked up at a point by a service."""
    handled: dict[tuple[int, What, str], list[Shipment]] = {}
    for shipment in plan.shipments:
        for number, leg in enumerate(shipment.legs):
            if (leg.run, leg.day) != (service.run, service.day):
                continue
            end = shipment.pickup_point
            if leg.alight_point == point:
                final = number == len(shipment.legs) - 1
                key: tuple[int, What, str] = (0, "put_in", end) if final else (1, "hand_over", end)
                handled.setdefault(key, []).append(shipment)
            if number > 0 and shipment.legs[number - 1].alight_point == point:
                handled.setdefault((2, "pick_up", end), []).append(shipment)
    if not handled:
        return [("stop", point, (0, 0, 0))]
    return [
        (what, end, _by_size(handled[key])) for key in sorted(handled) for _, what, end in [key]
    ]
