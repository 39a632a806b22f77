"""Home orders and vans in integers: what may be delivered when, from where, by which van."""

from dataclasses import dataclass

from deliveryopt.scenario.home_delivery import HomeOrder
from deliveryopt.scenario.homes import (
    left_ore,
    may_be_delivered,
    order_load,
    origin_of,
    ready_day_in_box,
)
from deliveryopt.scenario.prices import point_ore_per_parcel
from deliveryopt.scenario.schema import Scenario
from deliveryopt.scenario.terms import SIZES
from deliveryopt.scenario.travel import Travel, reach_m
from deliveryopt.scenario.vans import Van
from deliveryopt.units import DAYS, ore_from_sek, tenths_down

Room = tuple[int | None, int | None, int | None]
"""Tenths of a litre, tenths of a kilogram, pieces; None is no limit."""


@dataclass(frozen=True, slots=True, eq=False)
class HomeNet:
    """One home order in indices and whole units."""

    home: int
    order: HomeOrder
    place: int
    """Its index among places: homes come after the pickup points."""
    origin: int | None
    """Depot or shop; None if it may not be delivered to the door at all."""
    load: tuple[int, int, int]
    """Tenths of a litre, tenths of a kilogram, 1 piece."""
    days: frozenset[int]
    """Operating days on which it may be delivered."""
    left_ore: int
    """What it costs if the plan leaves it."""
    in_box_ore: dict[int, int]
    """What it costs at each pickup point where it may be collected."""
    parcel: tuple[int, int, int] | None
    """Depot, size and ready day of the parcel that it becomes there; None if it cannot."""


@dataclass(frozen=True, slots=True, eq=False)
class VanNet:
    """One van in indices and whole units."""

    van_idx: int
    van: Van
    origins: tuple[int, ...]
    days: tuple[int, ...]
    """Operating days on which it may drive."""
    room: Room
    max_size: int


def _in_boxes(
    scenario: Scenario, travel: Travel, order: HomeOrder, origin: str | None
) -> dict[int, int]:
    """Return the pickup points where an order may be collected and what that costs, öre."""
    if order.box_size is None or origin is None or ready_day_in_box(scenario, order) is None:
        return {}
    limit_m = reach_m(scenario)
    found = {}
    for idx, point in enumerate(scenario.pickup_points):
        metres = travel.road_m(order.id, point.id)
        if metres is not None and metres <= limit_m and point.state != "must_not":
            found[idx] = ore_from_sek(order.box_sek) + point_ore_per_parcel(point)
    return found


def build_homes(scenario: Scenario, travel: Travel) -> tuple[HomeNet, ...]:
    """Return the home orders of a scenario in integers, in its order."""
    depots = [depot.id for depot in scenario.depots]
    first_place = len(scenario.pickup_points)
    homes = []
    for idx, order in enumerate(scenario.homes):
        origin = origin_of(scenario, travel, order)
        in_boxes = _in_boxes(scenario, travel, order, origin)
        parcel = None
        ready_day = ready_day_in_box(scenario, order)
        if in_boxes and origin is not None and order.box_size is not None and ready_day is not None:
            parcel = depots.index(origin), SIZES.index(order.box_size), DAYS.index(ready_day)
        can_come = origin is not None and may_be_delivered(scenario, travel, order)
        homes.append(
            HomeNet(
                home=idx,
                order=order,
                place=first_place + idx,
                origin=depots.index(origin) if origin is not None and can_come else None,
                load=order_load(order),
                days=frozenset(
                    number
                    for number, day in enumerate(DAYS)
                    if day in order.days and day in scenario.days
                ),
                left_ore=left_ore(scenario, order),
                in_box_ore=in_boxes,
                parcel=parcel,
            )
        )
    return tuple(homes)


def build_vans(scenario: Scenario) -> tuple[VanNet, ...]:
    """Return the vans of a scenario in integers, in its order."""
    depots = [depot.id for depot in scenario.depots]
    vans = []
    for idx, van in enumerate(scenario.vans):
        days = van.days or scenario.days
        vans.append(
            VanNet(
                van_idx=idx,
                van=van,
                origins=tuple(
                    number
                    for number, depot in enumerate(depots)
                    if not van.origins or depot in van.origins
                ),
                days=tuple(
                    number
                    for number, day in enumerate(DAYS)
                    if day in days and day in scenario.days
                ),
                room=(
                    None if van.capacity_litres is None else tenths_down(van.capacity_litres),
                    None if van.capacity_kg is None else tenths_down(van.capacity_kg),
                    van.capacity_parcels,
                ),
                max_size=SIZES.index(van.max_size),
            )
        )
    return tuple(vans)
