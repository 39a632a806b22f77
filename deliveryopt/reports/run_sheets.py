"""Run sheets: what the driver does on one run on one day, stop by stop.

A sheet counts the plan's shipments by stop, pickup point and size; it computes nothing else.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from deliveryopt.plan.figures import RunDayRow
from deliveryopt.plan.plan import HomeByRun, Plan, Service, Shipment, VanShipment
from deliveryopt.reports.formats import clean
from deliveryopt.reports.home_counts import runs_to_hidden_points
from deliveryopt.reports.sentences import Teller
from deliveryopt.scenario.home_delivery import HomeOrder
from deliveryopt.scenario.schema import Run, terms_of
from deliveryopt.scenario.terms import SIZES, Size
from deliveryopt.units import DAYS

What = Literal[
    "load",
    "load_on",
    "put_in",
    "hand_over",
    "pick_up",
    "stop",
    "load_home",
    "deliver",
    "deliver_inside",
]
"""Load; load for a transfer; put in a box; leave for a transfer; pick up after one; only stop;
load a home order; bring it to the door; bring it into the home."""
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
    goods: str = ""
    """What a home order is."""
    minutes: int | None = None
    """Minutes at the door."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """Everything to do on one run on one day."""

    run: Run
    row: RunDayRow
    delay_budget_min: float
    steps: tuple[Step, ...]
    has_homes: bool
    """Whether it tells of home orders, and is internal."""


def run_sheets(teller: Teller) -> tuple[Sheet, ...]:
    """Return a sheet for each run-day in use, by day and departure."""
    runs = {run.id: run for run in teller.bundle.scenario.runs}
    hidden = runs_to_hidden_points(teller.bundle)
    sheets = [
        Sheet(
            run=runs[row.run],
            row=row,
            delay_budget_min=terms_of(teller.bundle.scenario, runs[row.run]).delay_budget_min,
            steps=_steps(teller, runs[row.run], row),
            has_homes=row.orders > 0 or row.run in hidden,
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
    for delivery in plan.homes_by_run:
        if (delivery.run, delivery.day) == (row.run, row.day):
            placed += _home(teller, run, delivery)
    return tuple(step for _, step in sorted(placed, key=lambda pair: pair[0]))


def _loads(plan: Plan, row: RunDayRow) -> dict[tuple[int, str, str, str], Parcels]:
    """Return parcels that board at a depot, by stop, depot, where they leave and where they end."""
    sorted_out: dict[tuple[int, str, str, str], list[Shipment]] = {}
    for shipment in plan.shipments:
        leg = shipment.legs[0]
        if (leg.run, leg.day) == (row.run, row.day):
            key = (leg.board_sequence, shipment.depot, leg.alight_point, shipment.pickup_point)
            sorted_out.setdefault(key, []).append(shipment)
    return {key: by_size(sorted_out[key]) for key in sorted(sorted_out)}


def by_size(shipments: Iterable[Shipment | VanShipment]) -> Parcels:
    """Return the parcels of shipments by size."""
    counts = Counter[Size]()
    for shipment in shipments:
        counts[shipment.size] += shipment.parcels
    small, medium, large = (counts[size] for size in SIZES)
    return small, medium, large


def home_label(teller: Teller, order: HomeOrder) -> str:
    """Return a home order's pseudonym, and the place where it is if the order names one."""
    pseudonym = clean(order.id)
    if order.place_id is None:
        return pseudonym
    return f"{pseudonym} ({teller.names.places[order.place_id]})"


def _home(teller: Teller, run: Run, delivery: HomeByRun) -> list[tuple[Position, Step]]:
    """Return what to do for a home order: load it, and bring it to the door."""
    stops = {stop.stop_sequence: stop for stop in run.stop_times}
    board, stop = stops[delivery.board_sequence], stops[delivery.stop_sequence]
    order = next(one for one in teller.bundle.scenario.homes if one.id == delivery.order)
    home, places = home_label(teller, order), teller.names.places
    origins = {row.order: row.origin for row in teller.bundle.metrics.home_rows}

    load = Step(
        stop_min=board.departure_min,
        stop=places[board.place_id],
        what="load_home",
        detour="",
        place=teller.names.depots.get(origins[order.id] or "", places[board.place_id]),
        via=home,
        target=home,
        parcels=(0, 0, 0),
        latest_min=None,
        goods=order.goods,
    )
    deliver = Step(
        stop_min=stop.departure_min,
        stop=places[stop.place_id],
        what="deliver_inside" if order.needs_entry else "deliver",
        detour="" if delivery.kind == "at_stop" else delivery.kind,
        place=home,
        via=home,
        target=home,
        parcels=(0, 0, 0),
        latest_min=delivery.latest_arrival_min,
        goods=order.goods,
        minutes=order.service_min,
    )
    at_home = 1 if delivery.kind == "at_stop" else 2
    return [
        ((delivery.board_sequence, 0, 1), load),
        ((delivery.stop_sequence, at_home, len(teller.bundle.plan.services)), deliver),
    ]


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
    return [(what, end, by_size(handled[key])) for key in sorted(handled) for _, what, end in [key]]
