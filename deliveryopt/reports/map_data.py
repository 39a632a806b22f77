"""What the map draws: places, runs and the words of their pop-ups, as plain values for JSON."""

from collections.abc import Iterable
from math import sqrt
from typing import Final

from deliveryopt.plan.figures import PickupPointRow, RunRow
from deliveryopt.plan.plan import Service, VanRoute
from deliveryopt.reports.formats import clean, clock_time, km
from deliveryopt.reports.home_counts import (
    hides_homes,
    parcel_days,
    runs_to_hidden_points,
    van_days_to_hidden_points,
)
from deliveryopt.reports.page_places import day_list, point_names, sizes
from deliveryopt.reports.sentences import Teller
from deliveryopt.reports.sentences_of_homes import parcels_text
from deliveryopt.reports.small_villages import ToldVillage, told_villages
from deliveryopt.scenario.home_delivery import HomeOrder
from deliveryopt.scenario.schema import Run, Scenario
from deliveryopt.units import DAYS

HIDDEN_KIND: Final = "home_care"
"""Runs of this kind are never drawn: nobody shall see where home care drives."""
_DECIMALS: Final = 5
_LEAST_VILLAGE, _MORE_VILLAGE = 5.0, 6.0
_LEAST_BOX, _MORE_BOX = 7.0, 5.0
_LEAST_LINE, _MORE_LINE = 3.0, 6.0

Point = tuple[float, float]
Thing = dict[str, object]


def map_data(teller: Teller) -> dict[str, object]:
    """Return everything that the map draws; texts are finished and in one language."""
    say = teller.say
    passing, carrying, detours = _lines(teller)
    return {
        "texts": {
            "zoomIn": say("map.zoom_in"),
            "zoomOut": say("map.zoom_out"),
            "whole": say("map.whole"),
            "close": say("map.close"),
            "letter": say("letter.agent"),
        },
        "villages": _villages(teller),
        "points": _points(teller),
        "depots": [
            {
                "at": _at(depot.lat_deg, depot.lon_deg),
                "name": teller.names.depots[depot.id],
                "shape": "depot",
                "size": 8.0,
                "lines": [],
            }
            for depot in teller.bundle.scenario.depots
        ],
        "homes": _homes(teller) if teller.internal else [],
        "passing": passing,
        "vans": van_lines(teller),
        "carrying": carrying,
        "detours": detours,
    }


def _at(lat_deg: float, lon_deg: float) -> Point:
    """Return where a place is, to about a metre."""
    return (round(lat_deg, _DECIMALS), round(lon_deg, _DECIMALS))


def _grown(least: float, more: float, value: float, greatest: float) -> float:
    """Return a size that grows with the root of a value, so that areas compare."""
    return round(least + more * sqrt(value / greatest), 1) if greatest else least


def _villages(teller: Teller) -> list[Thing]:
    """Return the villages, shaped by coverage."""
    places = {village.id: village for village in teller.bundle.scenario.villages}
    found = told_villages(teller.bundle, teller.few)
    greatest = max((one.inhabitants for one in found), default=0)
    return [
        {
            "at": _at(places[one.villages[0]].lat_deg, places[one.villages[0]].lon_deg),
            "name": teller.villages(one.villages),
            "shape": one.coverage,
            "size": _grown(_LEAST_VILLAGE, _MORE_VILLAGE, one.inhabitants, greatest),
            "lines": _village_lines(teller, one),
        }
        for one in sorted(found, key=lambda one: (-one.inhabitants, one.villages))
    ]


def _village_lines(teller: Teller, told_village: ToldVillage) -> list[str]:
    """Return the lines of a village's pop-up."""
    say = teller.say
    told = [say("popup.people", people=teller.people(told_village.inhabitants))]
    for plan, key in ((False, "popup.today"), (True, "popup.plan")):
        away_km = told_village.distances_km(plan=plan)
        if not away_km:
            told.append(say(f"{key}_none"))
        else:
            point = point_names(teller, told_village.points(plan=plan))
            told.append(say(key, point=point, km=km(max(away_km), teller.language)))
    return told


def _points(teller: Teller) -> list[Thing]:
    """Return agents, sites with boxes, and sites that stay empty."""
    rows = {row.pickup_point: row for row in teller.bundle.metrics.pickup_point_rows}
    room = {point: sum(row.compartments.model_dump().values()) for point, row in rows.items()}
    greatest = max(room.values(), default=0)
    drawn: list[Thing] = []
    for point in teller.bundle.scenario.pickup_points:
        row = rows.get(point.id)
        has_boxes = row is not None and row.boxes > 0
        shape = "box" if has_boxes else ("agent" if point.kind == "agent" else "candidate")
        size = 7.0 if shape == "agent" else 4.0
        if has_boxes:
            size = _grown(_LEAST_BOX, _MORE_BOX, room[point.id], greatest)
        drawn.append(
            {
                "at": _at(point.lat_deg, point.lon_deg),
                "name": teller.names.points[point.id],
                "shape": shape,
                "size": size,
                "lines": [] if row is None else _point_lines(teller, row),
            }
        )
    return drawn


def _point_lines(teller: Teller, row: PickupPointRow) -> list[str]:
    """Return the lines of a pickup point's pop-up."""
    say = teller.say
    told = []
    if row.boxes:
        boxes = teller.counted("count.box", row.boxes)
        told.append(say("popup.boxes", boxes=boxes, compartments=sizes(teller, row.compartments)))
    parcels = teller.counted("count.parcel", row.parcels_per_week)
    told.append(say("popup.parcels", parcels=parcels))
    if row.delivery_days:
        told.append(say("popup.days", days=day_list(teller, row.delivery_days)))
    return told


def _coordinates(scenario: Scenario) -> dict[str, Point]:
    """Return where every place is where a run may stop."""
    return {
        place.id: _at(place.lat_deg, place.lon_deg)
        for places in (
            scenario.stops,
            scenario.villages,
            scenario.depots,
            scenario.pickup_points,
        )
        for place in places
    }


def _lines(teller: Teller) -> tuple[list[list[Point]], list[Thing], list[list[Point]]]:
    """Return runs that pass, the carrying part of runs that carry, and their detours."""
    scenario = teller.bundle.scenario
    at = _coordinates(scenario)
    rows = {row.run: row for row in teller.bundle.metrics.run_rows}
    greatest = max((row.parcels_per_week for row in rows.values()), default=0)
    passing: dict[tuple[Point, ...], None] = {}
    carrying: list[Thing] = []
    detours: dict[tuple[Point, ...], None] = {}
    for run in scenario.runs:
        if run.kind == HIDDEN_KIND and not teller.internal:
            continue
        passing[_path(at, run, range(len(run.stop_times)))] = None
        if run.id in rows and _carries_parcels(teller, run):
            carrying.append(_carrying(teller, run, rows[run.id], at, greatest))
            for service in _services(teller, run):
                if service.kind != "at_stop":
                    detours[_detour(at, run, service)] = None
    return [list(path) for path in passing], carrying, [list(path) for path in detours]


def _path(at: dict[str, Point], run: Run, positions: Iterable[int]) -> tuple[Point, ...]:
    """Return the points of some stops of a run, without repeats."""
    points = [at[run.stop_times[position].place_id] for position in positions]
    return tuple(
        point for number, point in enumerate(points) if number == 0 or point != points[number - 1]
    )


def _services(teller: Teller, run: Run) -> list[Service]:
    """Return the services of a run."""
    return [service for service in teller.bundle.plan.services if service.run == run.id]


def _carries_parcels(teller: Teller, run: Run) -> bool:
    """Return whether a run serves pickup points or carries parcels; homes are never drawn."""
    legs = (leg for shipment in teller.bundle.plan.shipments for leg in shipment.legs)
    return bool(_services(teller, run)) or any(leg.run == run.id for leg in legs)


def _position(run: Run, sequence: int) -> int:
    """Return the place of a stop in its run, from 0."""
    return [stop.stop_sequence for stop in run.stop_times].index(sequence)


def _carrying(teller: Teller, run: Run, row: RunRow, at: dict[str, Point], greatest: int) -> Thing:
    """Return the part of a run from its first boarding or service to its last service."""
    used = [
        _position(run, leg.board_sequence)
        for shipment in teller.bundle.plan.shipments
        for leg in shipment.legs
        if leg.run == run.id
    ]
    for service in _services(teller, run):
        position = _position(run, service.stop_sequence)
        used += [position, position + (service.kind == "through")]
    days = sorted(parcel_days(teller.bundle.metrics, row, teller.few), key=DAYS.index)
    to_hidden = run.id in runs_to_hidden_points(teller.bundle, teller.few)
    parcels = teller.counted("count.parcel", row.parcels_per_week)
    if to_hidden:
        about = parcels_text(teller, row.parcels_per_week, is_hidden=True)
        parcels = teller.say("count.parcel.other", count=about)
    kind = teller.say.of("run_kind", run.kind)
    return {
        "path": list(_path(at, run, range(min(used), max(used) + 1))),
        "name": teller.names.runs[run.id],
        "width": _grown(_LEAST_LINE, _MORE_LINE, row.parcels_per_week, greatest),
        "lines": [
            teller.say("popup.run", kind=kind, days=day_list(teller, tuple(days))),
            teller.say("popup.parcels", parcels=parcels),
            *_load_lines(teller, row, is_hidden=to_hidden),
        ],
    }


def _load_lines(teller: Teller, row: RunRow, *, is_hidden: bool) -> list[str]:
    """Return how much a run has aboard at most, unless that tells of few home orders."""
    if is_hidden or hides_homes(row, teller.few):
        return []
    peak = teller.number(row.peak_parcels)
    if row.capacity_parcels is None:
        return [teller.say("popup.load", peak=peak)]
    return [teller.say("popup.load_of", peak=peak, room=teller.number(row.capacity_parcels))]


def van_lines(teller: Teller) -> list[Thing]:
    """Return the trips of vans as lines between origins and pickup points, and what they bring.

    Homes are left out of the lines, and trips that only go to homes altogether, unless the report
    is internal.
    """
    bundle = teller.bundle
    at = _coordinates(bundle.scenario)
    homes = {order.id: order for order in bundle.scenario.homes}
    hidden = van_days_to_hidden_points(bundle, teller.few)
    found: dict[tuple[str, tuple[Point, ...]], list[VanRoute]] = {}
    for route in bundle.plan.van_routes:
        for trip in route.trips:
            stops = [stop.place for stop in trip.stops if teller.internal or stop.place in at]
            places = [at[place] if place in at else home_at(at, homes[place]) for place in stops]
            if places:
                path = (at[trip.origin], *places, at[trip.origin])
                found.setdefault((route.van, path), []).append(route)
    return [
        {
            "path": list(path),
            "name": teller.names.vans[van],
            "width": _LEAST_LINE,
            "lines": _van_lines(teller, van, routes, hidden),
        }
        for (van, path), routes in found.items()
    ]


def _van_lines(
    teller: Teller, van: str, routes: list[VanRoute], hidden: frozenset[tuple[str, str]]
) -> list[str]:
    """Return the lines of a van's pop-up: its days, and what it brings on all of them."""
    days = tuple(sorted({route.day for route in routes}, key=DAYS.index))
    told = [teller.say("popup.van", days=day_list(teller, days))]
    rows = [row for row in teller.bundle.metrics.van_day_rows if row.van == van and row.day in days]
    brought = sum(row.parcels for row in rows)
    about = parcels_text(teller, brought, is_hidden=any((van, day) in hidden for day in days))
    if brought:
        told.append(teller.say("popup.van_parcels", parcels=about))
    if teller.internal:
        orders = sum(row.orders for row in rows)
        told.append(teller.say("popup.van_orders", orders=teller.number(orders)))
    return told


def home_at(at: dict[str, Point], order: HomeOrder) -> Point:
    """Return where a home is; for internal reports only."""
    if order.lat_deg is None or order.lon_deg is None:
        return at[order.place_id or ""]
    return _at(order.lat_deg, order.lon_deg)


def _homes(teller: Teller) -> list[Thing]:
    """Return the home orders, each where its home is; for internal reports only."""
    say, at = teller.say, _coordinates(teller.bundle.scenario)
    orders = {order.id: order for order in teller.bundle.scenario.homes}
    carriers = teller.names.runs | teller.names.vans
    drawn: list[Thing] = []
    for row in teller.bundle.metrics.home_rows:
        how = [say.of("goods", row.goods), say.of("home", row.how)]
        told = [", ".join(how)]
        if row.carrier is not None and row.day is not None:
            told.append(f"{carriers[row.carrier]}, {say.of('day', row.day)}")
        if row.latest_min is not None:
            told.append(say("popup.latest", time=clock_time(row.latest_min)))
        drawn.append(
            {
                "at": home_at(at, orders[row.order]),
                "name": clean(row.order),
                "shape": "home",
                "size": 5.0,
                "lines": told,
            }
        )
    return drawn


def _detour(at: dict[str, Point], run: Run, service: Service) -> tuple[Point, ...]:
    """Return the line of a detour, from the stop where it leaves to where it comes back."""
    position = _position(run, service.stop_sequence)
    leaves = at[run.stop_times[position].place_id]
    points = [at[point] for point in service.points]
    if service.kind == "out_and_back":
        return (leaves, *points, leaves)
    return (leaves, *points, at[run.stop_times[position + 1].place_id])
