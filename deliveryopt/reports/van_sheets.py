"""Van sheets: what the driver of a van does on one day, trip by trip.

A sheet lists the plan's stops in order and counts the parcels of its shipments by size; it
computes nothing else.
"""

from dataclasses import dataclass
from typing import Literal

from deliveryopt.plan.figures_of_homes import VanDayRow
from deliveryopt.plan.plan import VanRoute, VanStop
from deliveryopt.reports.home_counts import van_days_to_hidden_points
from deliveryopt.reports.run_sheets import Parcels, by_size, home_label
from deliveryopt.reports.sentences import Teller
from deliveryopt.scenario.vans import Van
from deliveryopt.units import DAYS

WhatVan = Literal["start", "load", "deliver", "deliver_inside", "put_in", "stop", "back", "end"]
"""Leave the base; load a trip; at a door, outside or inside; at a box; only stop; back; home."""
_NO_PARCELS: Parcels = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class VanStep:
    """One thing to do."""

    time_min: int
    """When: leaving the base or an origin, beginning work at a stop, or being back."""
    place: str
    """Place, pickup point, or pseudonym of a home order."""
    what: WhatVan
    trip: int
    """Number of the trip, from 1; 0 at the base."""
    targets: tuple[str, ...] = ()
    """Where a trip goes, when it is loaded."""
    goods: str = ""
    """What a home order is."""
    parcels: Parcels = _NO_PARCELS
    """Small, medium and large parcels."""
    minutes: int | None = None
    """Minutes that the stop takes."""


@dataclass(frozen=True, slots=True, eq=False)
class VanSheet:
    """Everything to do with one van on one day."""

    van: Van
    row: VanDayRow
    steps: tuple[VanStep, ...]
    has_homes: bool
    """Whether it tells of home orders, and is internal."""


def van_sheets(teller: Teller) -> tuple[VanSheet, ...]:
    """Return a sheet for each van and day on which it drives, by day and departure."""
    bundle = teller.bundle
    vans = {van.id: van for van in bundle.scenario.vans}
    rows = {(row.van, row.day): row for row in bundle.metrics.van_day_rows}
    hidden = van_days_to_hidden_points(bundle)
    sheets = [
        VanSheet(
            van=vans[route.van],
            row=rows[route.van, route.day],
            steps=_steps(teller, route, vans[route.van]),
            has_homes=rows[route.van, route.day].orders > 0 or (route.van, route.day) in hidden,
        )
        for route in bundle.plan.van_routes
    ]
    return tuple(
        sorted(
            sheets,
            key=lambda sheet: (DAYS.index(sheet.row.day), sheet.row.start_min, sheet.van.id),
        )
    )


def _steps(teller: Teller, route: VanRoute, van: Van) -> tuple[VanStep, ...]:
    """Return what to do on a route, in order."""
    base = teller.names.places[van.base]
    steps = [VanStep(route.start_min, base, "start", 0)]
    for number, trip in enumerate(route.trips, start=1):
        origin = teller.names.depots[trip.origin]
        stops = [_stop(teller, route, number, stop, van) for stop in trip.stops]
        steps.append(
            VanStep(
                trip.departure_min,
                origin,
                "load",
                number,
                targets=tuple(step.place for step in stops),
                parcels=_parcels(teller, route, number, None),
            )
        )
        steps += [*stops, VanStep(trip.return_min, origin, "back", number)]
    return (*steps, VanStep(route.end_min, base, "end", 0))


def _stop(teller: Teller, route: VanRoute, number: int, stop: VanStop, van: Van) -> VanStep:
    """Return what to do at a home or a pickup point."""
    order = next((one for one in teller.bundle.scenario.homes if one.id == stop.place), None)
    if order is not None:
        return VanStep(
            stop.arrival_min,
            home_label(teller, order),
            "deliver_inside" if order.needs_entry else "deliver",
            number,
            goods=order.goods,
            minutes=order.service_min,
        )
    parcels = _parcels(teller, route, number, stop.place)
    what: WhatVan = "put_in" if any(parcels) else "stop"
    point = teller.names.points[stop.place]
    return VanStep(stop.arrival_min, point, what, number, parcels=parcels, minutes=van.stop_min)


def _parcels(teller: Teller, route: VanRoute, number: int, point: str | None) -> Parcels:
    """Return the parcels of a trip by size, to one point or all."""
    return by_size(
        shipment
        for shipment in teller.bundle.plan.van_shipments
        if (shipment.van, shipment.day, shipment.trip) == (route.van, route.day, number)
        and point in {None, shipment.pickup_point}
    )
