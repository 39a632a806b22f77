"""What was decided: boxes, collections, services of runs, shipments, vans and home orders.

A plan holds ids, day codes, whole parcels and clock times, and nothing of the optimiser.
The rules that it must keep stand in `docs/model.md`.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from deliveryopt.scenario.field_types import Day, Identifier
from deliveryopt.scenario.terms import Size

WholeMinutes = Annotated[int, Field(ge=0, le=100_000)]


class OpenedBoxes(BaseModel):
    """Boxes of one type opened at one site."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    pickup_point: Identifier
    """Site."""
    box_type: Identifier
    """Type of box."""
    boxes: Annotated[int, Field(ge=1)]
    """Number of boxes."""


class Collection(BaseModel):
    """A village served by the plan: all its parcels go to one pickup point."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    village: Identifier
    """Village."""
    pickup_point: Identifier
    """Agent or opened site."""


class TodaysCollection(BaseModel):
    """A village that keeps today's arrangement: its nearest existing agent, by its own trips."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    village: Identifier
    """Village."""
    agent: Identifier | None
    """Nearest existing agent by road; none if no agent can be reached."""


class Service(BaseModel):
    """A run serves one pickup point at a stop, or one or more on a detour in one gap."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    run: Identifier
    """Run."""
    day: Day
    """Service day of the run."""
    kind: Literal["at_stop", "through", "out_and_back"]
    """At a stop; from one stop to the next by way of the points; or out and back from a stop."""
    stop_sequence: Annotated[int, Field(ge=0)]
    """Stop at which the run serves the point or leaves its road."""
    points: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    """Pickup points in the order of visiting."""
    latest_arrival_min: WholeMinutes
    """Latest arrival at the points, minutes after 00:00 of the service day."""


class Leg(BaseModel):
    """One ride of a shipment on one run."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    run: Identifier
    """Run."""
    day: Day
    """Service day of the run."""
    board_sequence: Annotated[int, Field(ge=0)]
    """Stop of boarding: at the depot; at a transfer the stop from which the point is served."""
    board_min: WholeMinutes
    """Timetabled departure from that stop, minutes after 00:00 of the service day."""
    alight_point: Identifier
    """Pickup point where the parcels leave the run."""
    alight_min: WholeMinutes
    """Latest arrival there, minutes after 00:00 of the service day."""


class Shipment(BaseModel):
    """Parcels of one size and ready day that travel together."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    depot: Identifier
    """Depot where the parcels become ready."""
    pickup_point: Identifier
    """Pickup point where the parcels end."""
    size: Size
    """Size."""
    ready_day: Day
    """Day on which the parcels become ready."""
    parcels: Annotated[int, Field(ge=1)]
    """Parcels."""
    legs: Annotated[tuple[Leg, ...], Field(min_length=1, max_length=2)]
    """One ride, or two with a transfer."""


class HomeByRun(BaseModel):
    """A home order delivered by a run, at a stop or on a detour to that home only."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    order: Identifier
    """Home order."""
    run: Identifier
    """Run."""
    day: Day
    """Service day of the run."""
    kind: Literal["at_stop", "through", "out_and_back"]
    """At a stop; from one stop to the next by way of the home; or out and back from a stop."""
    stop_sequence: Annotated[int, Field(ge=0)]
    """Stop at which the run serves the home or leaves its road."""
    board_sequence: Annotated[int, Field(ge=0)]
    """Stop at the order's origin where the goods board."""
    board_min: WholeMinutes
    """Timetabled departure from that stop, minutes after 00:00 of the service day."""
    latest_arrival_min: WholeMinutes
    """Latest arrival at the home, minutes after 00:00 of the service day."""


class VanStop(BaseModel):
    """A van's stop at a home or a pickup point."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    place: Identifier
    """Home order delivered, or pickup point."""
    arrival_min: WholeMinutes
    """When work at the stop begins, minutes after 00:00; waiting before it is over."""


class VanTrip(BaseModel):
    """A van's trip: it loads at one origin, makes its stops and comes back to that origin."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    origin: Identifier
    """Depot or shop where it loads."""
    departure_min: WholeMinutes
    """When it leaves the origin, loaded, minutes after 00:00."""
    stops: Annotated[tuple[VanStop, ...], Field(min_length=1)]
    """Stops in order."""
    return_min: WholeMinutes
    """When it is back at the origin, minutes after 00:00."""


class VanRoute(BaseModel):
    """What a van drives on one day."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    van: Identifier
    """Van."""
    day: Day
    """Day."""
    start_min: WholeMinutes
    """When it leaves its base, minutes after 00:00."""
    trips: Annotated[tuple[VanTrip, ...], Field(min_length=1)]
    """Trips in order."""
    end_min: WholeMinutes
    """When it is back at its base, minutes after 00:00."""


class VanShipment(BaseModel):
    """Parcels of one size and ready day that a van brings from the trip's origin to a point."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    van: Identifier
    """Van."""
    day: Day
    """Day of its route."""
    trip: Annotated[int, Field(ge=1)]
    """Number of the trip in the route, from 1."""
    pickup_point: Identifier
    """Pickup point, a stop of that trip."""
    size: Size
    """Size."""
    ready_day: Day
    """Day on which the parcels become ready."""
    parcels: Annotated[int, Field(ge=1)]
    """Parcels."""


class HomeInBox(BaseModel):
    """A home order that its customer collects at a pickup point instead."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    order: Identifier
    """Home order."""
    pickup_point: Identifier
    """Agent or opened site."""


class HomeLeft(BaseModel):
    """A home order that the plan does not deliver."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    order: Identifier
    """Home order."""
    how: Literal["today", "none"]
    """As today, where somebody delivers it today; else by nobody."""


class Plan(BaseModel):
    """A complete week: every village is in `collections` or in `as_today`, once.

    Every home order is in `homes_by_run`, in a stop of `van_routes`, in `homes_in_box` or in
    `homes_left`, once.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    opened: tuple[OpenedBoxes, ...] = ()
    """Boxes opened."""
    collections: tuple[Collection, ...] = ()
    """Villages served by the plan."""
    as_today: tuple[TodaysCollection, ...] = ()
    """Villages that keep today's arrangement."""
    services: tuple[Service, ...] = ()
    """What runs serve."""
    shipments: tuple[Shipment, ...] = ()
    """What runs carry."""
    homes_by_run: tuple[HomeByRun, ...] = ()
    """Home orders delivered by runs."""
    van_routes: tuple[VanRoute, ...] = ()
    """What vans drive."""
    van_shipments: tuple[VanShipment, ...] = ()
    """What vans bring to pickup points."""
    homes_in_box: tuple[HomeInBox, ...] = ()
    """Home orders collected at pickup points instead."""
    homes_left: tuple[HomeLeft, ...] = ()
    """Home orders that the plan does not deliver."""
