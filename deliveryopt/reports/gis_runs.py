"""Map layers of runs that carry parcels, and of their detours.

Publicly neither home-care rounds nor stops at homes; no line ends at a home.
"""

from collections.abc import Callable
from typing import Final

from deliveryopt.plan.figures import RunRow
from deliveryopt.plan.plan import HomeByRun, Service
from deliveryopt.reports.formats import clean, to_fives
from deliveryopt.reports.home_counts import parcel_days, runs_to_hidden_points
from deliveryopt.reports.layers import (
    Columns,
    Feature,
    Layer,
    Position,
    build_layer,
    line_along,
    name_of,
)
from deliveryopt.reports.map_data import HIDDEN_KIND
from deliveryopt.reports.page_places import day_list
from deliveryopt.reports.qgis_styles import BROWN, ORANGE, Line, alike, grown
from deliveryopt.reports.sentences import Teller
from deliveryopt.reports.sentences_of_homes import parcels_text
from deliveryopt.scenario.schema import Run
from deliveryopt.scenario.travel import build_travel
from deliveryopt.units import DAYS

_DETOURS: Final = {"through": "gis.through", "out_and_back": "gis.out_and_back"}
_RUN: Final[Columns] = (
    ("gis.id", "TEXT"),
    ("gis.run", "TEXT"),
    ("gis.kind", "TEXT"),
    ("gis.operator", "TEXT"),
    ("gis.payer", "TEXT"),
    ("gis.days", "TEXT"),
    ("gis.visits", "INTEGER"),
    ("gis.parcels", "INTEGER"),
    ("gis.parcels_text", "TEXT"),
)
_DETOUR: Final[Columns] = (
    ("gis.id", "TEXT"),
    ("gis.run", "TEXT"),
    ("gis.kind", "TEXT"),
    ("gis.places", "TEXT"),
    ("gis.days", "TEXT"),
)


def _is_drawn(teller: Teller, run: Run) -> bool:
    """Return whether a run may be drawn: home-care rounds are for internal layers only."""
    return teller.internal or run.kind != HIDDEN_KIND


def _services(teller: Teller, run: Run) -> list[Service | HomeByRun]:
    """Return what a run serves; single homes in internal layers only."""
    plan = teller.bundle.plan
    found: list[Service | HomeByRun] = [one for one in plan.services if one.run == run.id]
    if teller.internal:
        found += [one for one in plan.homes_by_run if one.run == run.id]
    return found


def _position_of(run: Run) -> Callable[[int], int]:
    """Return what finds the place of a stop in its run, from 0."""
    return [stop.stop_sequence for stop in run.stop_times].index


def runs_layer(teller: Teller) -> Layer:
    """Return the carrying part of each run that carries parcels, and internally home orders."""
    rows = {row.run: row for row in teller.bundle.metrics.run_rows}
    at = build_travel(teller.bundle.scenario).positions
    features = [
        feature
        for run in teller.bundle.scenario.runs
        if run.id in rows and _is_drawn(teller, run)
        for feature in _run(teller, run, rows[run.id], at)
    ]
    parcels = name_of(teller.say, "gis.parcels")
    greatest = max((rows[run].parcels_per_week for run in rows), default=0)
    symbol = Line(0.8, ORANGE, width=grown(0.6, 1.2, parcels, to_fives(greatest)))
    columns: Columns = (*_RUN, ("gis.orders", "INTEGER")) if teller.internal else _RUN
    style = alike(symbol, name_of(teller.say, "gis.run"))
    return build_layer(teller.say, "gis.runs", columns, features, style=style, shape="LINESTRING")


def _run(
    teller: Teller, run: Run, row: RunRow, at: dict[str, tuple[float, float]]
) -> list[Feature]:
    """Return the part of a run from its first boarding or service to its last service."""
    bundle, say, position = teller.bundle, teller.say, _position_of(run)
    used = [
        position(leg.board_sequence)
        for shipment in bundle.plan.shipments
        for leg in shipment.legs
        if leg.run == run.id
    ]
    for service in _services(teller, run):
        used += [position(service.stop_sequence)]
        used += [position(service.stop_sequence) + (service.kind == "through")]
        if isinstance(service, HomeByRun):
            used.append(position(service.board_sequence))
    if not used:
        return []
    is_hidden = run.id in runs_to_hidden_points(bundle, teller.few)
    days = parcel_days(bundle.metrics, row, teller.few)
    parcels = row.parcels_per_week
    stops = run.stop_times[min(used) : max(used) + 1]
    return [
        line_along(
            (Position(*at[stop.place_id]) for stop in stops),
            clean(run.id),
            teller.names.runs[run.id],
            say.of("run_kind", run.kind),
            clean(run.operator) or None,
            say.of("payer", row.payer),
            day_list(teller, tuple(sorted(days, key=DAYS.index))),
            row.services_per_week,
            to_fives(parcels) if is_hidden else parcels,
            parcels_text(teller, parcels, is_hidden=is_hidden),
            *((row.orders_per_week,) if teller.internal else ()),
        )
    ]


def detours_layer(teller: Teller) -> Layer:
    """Return the detours of runs: from the stop where the run leaves to where it comes back."""
    scenario = teller.bundle.scenario
    at = build_travel(scenario).positions
    features = [
        feature
        for run in scenario.runs
        if _is_drawn(teller, run)
        for feature in _detours_of(teller, run, at)
    ]
    style = alike(Line(0.7, BROWN, dashed=True), name_of(teller.say, "gis.places"))
    return build_layer(
        teller.say, "gis.detours", _DETOUR, features, style=style, shape="LINESTRING"
    )


def _detours_of(teller: Teller, run: Run, at: dict[str, tuple[float, float]]) -> list[Feature]:
    """Return the different detours of one run, each with its days."""
    position, names = _position_of(run), teller.names.points
    days_of: dict[tuple[str, int, tuple[str, ...]], list[str]] = {}
    for service in _services(teller, run):
        if service.kind != "at_stop":
            places = (service.order,) if isinstance(service, HomeByRun) else service.points
            way = (service.kind, position(service.stop_sequence), places)
            days_of.setdefault(way, []).append(service.day)
    features = []
    for (kind, number, places), days in days_of.items():
        leaves = run.stop_times[number].place_id
        back = run.stop_times[number + 1].place_id if kind == "through" else leaves
        values = (
            clean(run.id),
            teller.names.runs[run.id],
            teller.say(_DETOURS[kind]),
            ", ".join(names.get(place, clean(place)) for place in places),
            day_list(teller, tuple(sorted(days, key=DAYS.index))),
        )
        path = (Position(*at[place]) for place in (leaves, *places, back))
        features.append(line_along(path, *values))
    return features
