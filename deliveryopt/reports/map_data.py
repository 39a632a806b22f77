"""What the map draws: places, runs and the words of their pop-ups, as plain values for JSON."""

from collections.abc import Iterable
from math import sqrt
from typing import Final

from deliveryopt.plan.figures import PickupPointRow, RunRow, VillageRow
from deliveryopt.plan.plan import Service
from deliveryopt.reports.formats import km, people
from deliveryopt.reports.home_counts import parcel_days, runs_to_hidden_points
from deliveryopt.reports.page_places import coverage_of, day_list, sizes
from deliveryopt.reports.sentences import Teller
from deliveryopt.reports.sentences_of_homes import parcels_text
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
        "passing": passing,
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
    before = {row.village: row for row in teller.bundle.today.village_rows}
    places = {village.id: village for village in teller.bundle.scenario.villages}
    rows = teller.bundle.metrics.village_rows
    greatest = max((row.inhabitants for row in rows), default=0)
    return [
        {
            "at": _at(places[row.village].lat_deg, places[row.village].lon_deg),
            "name": teller.names.villages[row.village],
            "shape": coverage_of(before[row.village], row),
            "size": _grown(_LEAST_VILLAGE, _MORE_VILLAGE, row.inhabitants, greatest),
            "lines": _village_lines(teller, before[row.village], row),
        }
        for row in sorted(rows, key=lambda row: (-row.inhabitants, row.village))
    ]


def _village_lines(teller: Teller, today: VillageRow, plan: VillageRow) -> list[str]:
    """Return the lines of a village's pop-up."""
    say = teller.say
    told = [say("popup.people", people=people(plan.inhabitants, teller.language))]
    for row, key in ((today, "popup.today"), (plan, "popup.plan")):
        if row.pickup_point is None or row.distance_km is None:
            told.append(say(f"{key}_none"))
        else:
            point = teller.names.points[row.pickup_point]
            told.append(say(key, point=point, km=km(row.distance_km, teller.language)))
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
        if run.kind == HIDDEN_KIND:
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
    days = sorted(parcel_days(teller.bundle.metrics, row), key=DAYS.index)
    to_hidden = run.id in runs_to_hidden_points(teller.bundle)
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
        ],
    }


def _detour(at: dict[str, Point], run: Run, service: Service) -> tuple[Point, ...]:
    """Return the line of a detour, from the stop where it leaves to where it comes back."""
    position = _position(run, service.stop_sequence)
    leaves = at[run.stop_times[position].place_id]
    points = [at[point] for point in service.points]
    if service.kind == "out_and_back":
        return (leaves, *points, leaves)
    return (leaves, *points, at[run.stop_times[position + 1].place_id])
