"""Which map layers there are, and those of places: villages, boxes, agents, sites and depots.

What the public map does not show is not in public layers either: runs of home care, single
homes, and counts of one to four people.
"""

import math
from typing import Final

from deliveryopt.plan.figures import PickupPointRow
from deliveryopt.reports.formats import clean, percent
from deliveryopt.reports.gis_homes import cells_layer, homes_layer, van_stops_layer, vans_layer
from deliveryopt.reports.gis_runs import detours_layer, runs_layer
from deliveryopt.reports.home_counts import points_hidden
from deliveryopt.reports.layers import (
    Columns,
    Feature,
    Layer,
    Value,
    build_layer,
    name_of,
    point_at,
)
from deliveryopt.reports.page_places import day_list, point_names, use_at_most
from deliveryopt.reports.qgis_styles import (
    BLUE,
    BROWN,
    GREEN,
    GREY,
    INK,
    RED,
    SAND,
    WHITE,
    Category,
    Marker,
    Style,
    alike,
    grown,
)
from deliveryopt.reports.sentences import Teller
from deliveryopt.reports.small_villages import ToldVillage, told_villages, withheld_people
from deliveryopt.reports.suppression import is_few
from deliveryopt.reports.texts import Texts
from deliveryopt.scenario.schema import PickupPoint
from deliveryopt.units import DAYS, sek_from_ore

_PLACES: Final = ("gis.depots", "gis.agents", "gis.sites", "gis.boxes", "gis.villages")
_OTHERS: Final = ("gis.detours", "gis.runs", "gis.vans", "gis.vans_internal")
_HOMES: Final = ("gis.cells", "gis.homes", "gis.van_stops")
STATUS: Final = {
    "kept": "gis.kept",
    "gained": "gis.gained",
    "lost": "gis.lost",
    "without": "gis.without",
}
_COVERAGE: Final = {
    "gis.kept": Marker("circle", 3.0, BLUE),
    "gis.gained": Marker("diamond", 4.2, GREEN),
    "gis.lost": Marker("cross2", 3.6, RED, outline=RED, outline_mm=0.9),
    "gis.without": Marker("triangle", 3.6, WHITE, outline=RED, outline_mm=0.6),
}
_USES: Final = {
    "gis.low_use": (0.5, WHITE),
    "gis.middle_use": (0.8, SAND),
    "gis.high_use": (math.inf, BROWN),
}
"""Greatest share of each class, and its colour: the fuller, the darker."""
_TENTHS: Final = 10
_DEPOT_KINDS: Final = {
    "terminal": "gis.terminal",
    "shop": "gis.shop",
    "pharmacy": "gis.pharmacy",
    "kitchen": "gis.kitchen",
}
_VILLAGE: Final[Columns] = (
    ("gis.id", "TEXT"),
    ("gis.name", "TEXT"),
    ("gis.people", "INTEGER"),
    ("gis.people_text", "TEXT"),
    ("gis.old", "INTEGER"),
    ("gis.old_text", "TEXT"),
    ("gis.status", "TEXT"),
    ("gis.covered_today", "BOOLEAN"),
    ("gis.covered", "BOOLEAN"),
    ("gis.agent", "TEXT"),
    ("gis.agent_km", "REAL"),
    ("gis.point", "TEXT"),
    ("gis.point_km", "REAL"),
    ("gis.estimate", "BOOLEAN"),
    ("gis.parcels", "INTEGER"),
    ("gis.assumed", "BOOLEAN"),
)
_BOX: Final[Columns] = (
    ("gis.id", "TEXT"),
    ("gis.name", "TEXT"),
    ("gis.boxes_here", "INTEGER"),
    ("gis.types", "TEXT"),
    ("gis.compartments", "INTEGER"),
    ("gis.small", "INTEGER"),
    ("gis.medium", "INTEGER"),
    ("gis.large", "INTEGER"),
    ("gis.villages_here", "INTEGER"),
    ("gis.people", "INTEGER"),
    ("gis.people_text", "TEXT"),
    ("gis.parcels", "INTEGER"),
    ("gis.visits", "INTEGER"),
    ("gis.days", "TEXT"),
    ("gis.use", "TEXT"),
    ("gis.use_class", "TEXT"),
    ("gis.peak", "REAL"),
    ("gis.mean", "REAL"),
    ("gis.still_mon", "REAL"),
    ("gis.still_tue", "REAL"),
    ("gis.still_wed", "REAL"),
    ("gis.still_thu", "REAL"),
    ("gis.still_fri", "REAL"),
    ("gis.still_sat", "REAL"),
    ("gis.still_sun", "REAL"),
    ("gis.box_cost", "REAL"),
    ("gis.site_cost", "REAL"),
    ("gis.fees", "REAL"),
    ("gis.assumed", "BOOLEAN"),
)
_AGENT: Final[Columns] = (
    ("gis.id", "TEXT"),
    ("gis.name", "TEXT"),
    ("gis.villages_here", "INTEGER"),
    ("gis.people", "INTEGER"),
    ("gis.people_text", "TEXT"),
    ("gis.parcels", "INTEGER"),
    ("gis.visits", "INTEGER"),
    ("gis.days", "TEXT"),
    ("gis.assumed", "BOOLEAN"),
)
_SITE: Final[Columns] = (("gis.id", "TEXT"), ("gis.name", "TEXT"), ("gis.assumed", "BOOLEAN"))
_DEPOT: Final[Columns] = (("gis.id", "TEXT"), ("gis.name", "TEXT"), ("gis.kind", "TEXT"))


def map_layers(teller: Teller) -> tuple[Layer, ...]:
    """Return the map layers of a bundle, those that lie at the bottom first.

    Parameters
    ----------
    teller
        What tells the bundle; with `internal` also homes, home-care rounds and the vans' whole
        routes.
    """
    scenario = teller.bundle.scenario
    layers = [runs_layer(teller), detours_layer(teller)]
    if scenario.vans:
        layers.append(vans_layer(teller))
    if scenario.homes:
        layers.append(homes_layer(teller) if teller.internal else cells_layer(teller))
    if scenario.vans and teller.internal:
        layers.append(van_stops_layer(teller))
    layers += [_sites(teller), _depots(teller), _agents(teller), _boxes(teller), _villages(teller)]
    notice = f"{teller.say('page.internal')}. " if teller.internal else ""
    return tuple(_noticed(layer, notice) for layer in layers)


def layer_names(say: Texts) -> tuple[str, ...]:
    """Return every name that a layer may have in a language."""
    keys = (*_PLACES, *_OTHERS, *_HOMES)
    return tuple(dict.fromkeys(name_of(say, key) for key in keys))


def _noticed(layer: Layer, notice: str) -> Layer:
    """Return a layer whose description begins with a notice."""
    return Layer(
        name=layer.name,
        title=layer.title,
        description=notice + layer.description,
        shape=layer.shape,
        fields=layer.fields,
        features=layer.features,
        style=layer.style,
    )


def _people(teller: Teller, value: int | None) -> tuple[Value, Value]:
    """Return a number of people and its text; publicly one to four are told as fewer than five."""
    if value is None:
        return None, teller.say("word.unknown")
    return None if is_few(value, teller.few) else value, teller.people(value)


def _people_at(teller: Teller, row: PickupPointRow) -> tuple[Value, Value]:
    """Return who collects at a pickup point, unless that tells of a small village."""
    if row.pickup_point in withheld_people(teller.bundle, teller.few).points:
        return None, teller.say("word.withheld")
    return _people(teller, row.inhabitants)


def _villages(teller: Teller) -> Layer:
    """Return the villages, by coverage; one of one to four people stands with its neighbour."""
    say = teller.say
    places = {village.id: village for village in teller.bundle.scenario.villages}

    def feature(one: ToldVillage) -> Feature:
        listed = [places[village] for village in one.villages]
        return point_at(
            listed[0].lat_deg,
            listed[0].lon_deg,
            " + ".join(clean(village) for village in one.villages),
            teller.villages(one.villages),
            *_people(teller, one.inhabitants),
            *_people(teller, one.inhabitants_65),
            say(STATUS[one.coverage]),
            one.covered_today,
            one.covered,
            *_collects(teller, one, plan=False),
            *_collects(teller, one, plan=True),
            any(row.distance_is_estimate for row in one.rows),
            one.parcels_per_week,
            not all(place.real for place in listed),
        )

    categories = tuple(Category(say(key), symbol) for key, symbol in _COVERAGE.items())
    style = Style(categories, name_of(say, "gis.status"), name_of(say, "gis.name"))
    found = told_villages(teller.bundle, teller.few)
    return build_layer(say, "gis.villages", _VILLAGE, map(feature, found), style=style)


def _collects(teller: Teller, one: ToldVillage, *, plan: bool) -> tuple[Value, Value]:
    """Return where a village collects and how far away that is, at most."""
    points = [point for point in one.points(plan=plan) if point is not None]
    away_km = one.distances_km(plan=plan)
    return point_names(teller, points) or None, max(away_km, default=None)


def _boxes(teller: Teller) -> Layer:
    """Return sites with boxes, larger for more compartments and darker for fuller boxes."""
    say = teller.say
    points = {point.id: point for point in teller.bundle.scenario.pickup_points}
    rows = [row for row in teller.bundle.metrics.pickup_point_rows if row.boxes]
    greatest = max((_compartments(row) for row in rows), default=0)
    size = grown(3.0, 2.5, name_of(teller.say, "gis.compartments"), greatest)
    categories = tuple(
        Category(say(key), Marker("square", 4.5, fill, outline=INK, outline_mm=0.5, size=size))
        for key, (_, fill) in _USES.items()
    )
    style = Style(categories, name_of(teller.say, "gis.use_class"), name_of(teller.say, "gis.name"))
    features = (_box(teller, points[row.pickup_point], row) for row in rows)
    return build_layer(say, "gis.boxes", _BOX, features, style=style)


def _compartments(row: PickupPointRow) -> int:
    """Return the compartments of all sizes of one site."""
    return row.compartments.small + row.compartments.medium + row.compartments.large


def _box(teller: Teller, point: PickupPoint, row: PickupPointRow) -> Feature:
    """Return one site with boxes; less of its use where that tells of few home orders."""
    say = teller.say
    is_hidden = _is_hidden(teller, row)
    share = row.peak_use_share or 0.0
    told = percent(share, teller.language, decimals=0)
    if is_hidden:
        told, share = use_at_most(teller, share), math.ceil(share * _TENTHS) / _TENTHS
    use_class = next(key for key, (most, _) in _USES.items() if share <= most)
    types = (
        f"{opened.boxes} {teller.names.box_types[opened.box_type]}"
        for opened in teller.bundle.plan.opened
        if opened.pickup_point == point.id
    )
    hidden: list[Value] = [None] * (2 + len(DAYS))
    shown: list[Value] = [row.peak_use_share, row.mean_use_share, *row.still_here_parcels]
    return point_at(
        point.lat_deg,
        point.lon_deg,
        clean(point.id),
        teller.names.points[point.id],
        row.boxes,
        " + ".join(types),
        _compartments(row),
        *(row.compartments.small, row.compartments.medium, row.compartments.large),
        row.villages_by_plan + row.villages_as_today,
        *_people_at(teller, row),
        row.parcels_per_week,
        row.services_per_week,
        day_list(teller, row.delivery_days),
        told,
        say(use_class),
        *(hidden if is_hidden else shown),
        sek_from_ore(row.boxes_ore_per_week),
        sek_from_ore(row.site_ore_per_week),
        None if is_hidden else sek_from_ore(row.fees_ore_per_week),
        not point.real,
    )


def _is_hidden(teller: Teller, row: PickupPointRow) -> bool:
    """Return whether figures of a pickup point would tell of few home orders."""
    return row.pickup_point in points_hidden(teller.bundle.metrics, teller.few)


def _agents(teller: Teller) -> Layer:
    """Return the agents of today."""
    rows = {row.pickup_point: row for row in teller.bundle.metrics.pickup_point_rows}

    def feature(point: PickupPoint) -> Feature:
        row = rows.get(point.id)
        return point_at(
            point.lat_deg,
            point.lon_deg,
            clean(point.id),
            teller.names.points[point.id],
            row.villages_by_plan + row.villages_as_today if row else 0,
            *(_people_at(teller, row) if row else _people(teller, 0)),
            row.parcels_per_week if row else 0,
            row.services_per_week if row else 0,
            day_list(teller, row.delivery_days) if row and row.delivery_days else None,
            not point.real,
        )

    symbol = Marker("square", 4.5, WHITE, INK, 0.5, letter=teller.say("letter.agent"))
    listed = (point for point in teller.bundle.scenario.pickup_points if point.kind == "agent")
    style = alike(symbol, name_of(teller.say, "gis.name"))
    return build_layer(teller.say, "gis.agents", _AGENT, map(feature, listed), style=style)


def _sites(teller: Teller) -> Layer:
    """Return candidate sites that stay empty."""
    opened = {one.pickup_point for one in teller.bundle.plan.opened}
    features = (
        point_at(
            point.lat_deg,
            point.lon_deg,
            clean(point.id),
            teller.names.points[point.id],
            not point.real,
        )
        for point in teller.bundle.scenario.pickup_points
        if point.kind == "site" and point.id not in opened
    )
    style = alike(Marker("square", 2.2, WHITE, GREY, 0.4), name_of(teller.say, "gis.name"))
    return build_layer(teller.say, "gis.sites", _SITE, features, style=style)


def _depots(teller: Teller) -> Layer:
    """Return where goods come from."""
    features = (
        point_at(
            depot.lat_deg,
            depot.lon_deg,
            clean(depot.id),
            teller.names.depots[depot.id],
            teller.say(_DEPOT_KINDS[depot.kind]),
        )
        for depot in teller.bundle.scenario.depots
    )
    style = alike(Marker("pentagon", 7.5, INK), name_of(teller.say, "gis.name"))
    return build_layer(teller.say, "gis.depots", _DEPOT, features, style=style)
