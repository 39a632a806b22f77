"""Map layers of home orders and vans: coarse ones that give no home away, and exact internal ones.

A public layer counts home orders by cell of a grid and tells a band instead of a number, so that
two reports that differ by one household do not tell where it lives.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from deliveryopt.plan.figures_of_homes import HomeRow
from deliveryopt.plan.home_payers import household_of
from deliveryopt.plan.plan import VanRoute
from deliveryopt.reports.formats import FEW, clean, clock_time
from deliveryopt.reports.home_counts import home_counts, van_days
from deliveryopt.reports.layers import (
    Columns,
    Feature,
    Layer,
    Position,
    Value,
    build_layer,
    from_sweref,
    line_along,
    name_of,
    point_at,
    to_sweref,
)
from deliveryopt.reports.page_places import day_list
from deliveryopt.reports.qgis_styles import BLUE, INK, WHITE, Line, Marker, alike, grown
from deliveryopt.reports.sentences import Teller
from deliveryopt.scenario.travel import build_travel
from deliveryopt.scenario.vans import Van
from deliveryopt.units import DAYS, sek_from_ore

SIDES_M: Final = (1000, 5000)
"""Sides of the cells of the grid, the fine one first."""
_CELL: Final[Columns] = (
    ("gis.cell_m", "INTEGER"),
    ("gis.least", "INTEGER"),
    ("gis.most", "INTEGER"),
    ("gis.band", "TEXT"),
)
_HOME: Final[Columns] = (
    ("gis.id", "TEXT"),
    ("gis.household", "TEXT"),
    ("gis.goods", "TEXT"),
    ("gis.origin", "TEXT"),
    ("gis.how", "TEXT"),
    ("gis.day", "TEXT"),
    ("gis.carrier", "TEXT"),
    ("gis.trip", "INTEGER"),
    ("gis.sequence", "INTEGER"),
    ("gis.point", "TEXT"),
    ("gis.start", "TEXT"),
    ("gis.end", "TEXT"),
    ("gis.distance", "REAL"),
    ("gis.cost", "REAL"),
    ("gis.assumed", "BOOLEAN"),
)
_VAN: Final[Columns] = (
    ("gis.id", "TEXT"),
    ("gis.van", "TEXT"),
    ("gis.operator", "TEXT"),
    ("gis.payer", "TEXT"),
    ("gis.days", "TEXT"),
    ("gis.places", "TEXT"),
)
_VAN_TRIP: Final[Columns] = (
    *_VAN,
    ("gis.trip", "INTEGER"),
    ("gis.start", "TEXT"),
    ("gis.end", "TEXT"),
)
_VAN_STOP: Final[Columns] = (
    ("gis.id", "TEXT"),
    ("gis.van", "TEXT"),
    ("gis.day", "TEXT"),
    ("gis.trip", "INTEGER"),
    ("gis.sequence", "INTEGER"),
    ("gis.kind", "TEXT"),
    ("gis.place", "TEXT"),
    ("gis.clock", "TEXT"),
)


class Cell(NamedTuple):
    """A cell of the grid: its side, and how many sides its corner is east and north of 0."""

    side_m: int
    east: int
    north: int


class Household(NamedTuple):
    """A home order's place on the grid, and whose it is."""

    easting_m: float
    northing_m: float
    household: str


def grid_cells(orders: Iterable[Household]) -> dict[Cell, int]:
    """Return the home orders of cells that may be told; the others are left out.

    A cell of 1 km is told if orders of at least five households are in it; what is left of a cell
    of 5 km likewise. What is then left out is nothing or orders of at least five households, or
    the sum of all orders would tell of it.

    Parameters
    ----------
    orders
        Place and household of each order, SWEREF 99 TM, metres.

    Returns
    -------
    dict[Cell, int]
        Home orders by cell; no order is in two cells.
    """
    left, told = list(orders), dict[Cell, list[Household]]()
    for side_m in SIDES_M:
        by_cell: dict[Cell, list[Household]] = {}
        for order in left:
            east, north = int(order.easting_m // side_m), int(order.northing_m // side_m)
            by_cell.setdefault(Cell(side_m, east, north), []).append(order)
        left = []
        for cell, inside in sorted(by_cell.items()):
            if _households(inside) < FEW:
                left += inside
            else:
                told[cell] = inside
    while told and 0 < _households(left) < FEW:
        smallest = min(told, key=lambda cell: (len(told[cell]), cell))
        left += told.pop(smallest)
    return {cell: len(inside) for cell, inside in told.items()}


def _households(orders: Iterable[Household]) -> int:
    """Return how many households orders are of."""
    return len({order.household for order in orders})


def cells_layer(teller: Teller) -> Layer:
    """Return home orders by cell of the grid, as bands of five; none if their sum is not told."""
    scenario, at = teller.bundle.scenario, build_travel(teller.bundle.scenario).positions
    orders = [
        Household(*pairs[0], household_of(order))
        for order in scenario.homes
        if (pairs := to_sweref([Position(*at[order.id])]))
    ]
    features = []
    if isinstance(home_counts(teller.bundle, teller.few).orders, int):
        features = [_cell(cell, count) for cell, count in sorted(grid_cells(orders).items())]
    _, least, _, band = (name_of(teller.say, key) for key, _ in _CELL)
    greatest = max((int(feature.values[1] or 0) for feature in features), default=0)
    symbol = Marker("hexagon", 5.0, WHITE, BLUE, 0.7, size=grown(3.0, 4.0, least, greatest))
    return build_layer(teller.say, "gis.cells", _CELL, features, style=alike(symbol, band))


def _cell(cell: Cell, orders: int) -> Feature:
    """Return the middle of one cell, with a band of five that its orders are in."""
    least = orders // FEW * FEW
    most = least + FEW - 1
    middle = from_sweref((cell.east + 0.5) * cell.side_m, (cell.north + 0.5) * cell.side_m)
    return point_at(*middle, cell.side_m, least, most, f"{least}\u2013{most}")


def homes_layer(teller: Teller) -> Layer:
    """Return each home order exactly; internal."""
    at = build_travel(teller.bundle.scenario).positions
    order_of: dict[tuple[str | None, str | None, str], int] = {
        (route.van, route.day, stop.place): number
        for route in teller.bundle.plan.van_routes
        for number, stop in enumerate(_stops(route), start=1)
    }
    names = teller.names.runs | teller.names.vans

    def feature(row: HomeRow) -> Feature:
        return point_at(
            *at[row.order],
            clean(row.order),
            clean(row.household),
            teller.say.of("goods", row.goods),
            names_of_place(teller, row.origin),
            teller.say.of("home", row.how),
            None if row.day is None else teller.say.of("day", row.day),
            None if row.carrier is None else names[row.carrier],
            row.trip,
            order_of.get((row.carrier, row.day, row.order)),
            None if row.pickup_point is None else teller.names.points[row.pickup_point],
            None if row.earliest_min is None else clock_time(row.earliest_min),
            None if row.latest_min is None else clock_time(row.latest_min),
            row.distance_km,
            sek_from_ore(row.cost_ore),
            not row.real,
        )

    rows = teller.bundle.metrics.home_rows
    label = name_of(teller.say, "gis.id")
    style = alike(Marker("star", 4.0, BLUE), label)
    return build_layer(teller.say, "gis.homes", _HOME, map(feature, rows), style=style)


def names_of_place(teller: Teller, place: str | None) -> str | None:
    """Return what a place is called; a home by its pseudonym."""
    return None if place is None else teller.names.places.get(place, clean(place))


def _about(teller: Teller, van: Van) -> tuple[Value, ...]:
    """Return id, name, operator and payer of a van."""
    payer = teller.say.of("payer", van.payer)
    return (clean(van.id), teller.names.vans[van.id], clean(van.operator) or None, payer)


def vans_layer(teller: Teller) -> Layer:
    """Return what vans drive: publicly between depots and pickup points only."""
    vans = {van.id: van for van in teller.bundle.scenario.vans}
    make = _whole_trips if teller.internal else _trips_to_points
    key = "gis.vans_internal" if teller.internal else "gis.vans"
    columns = _VAN_TRIP if teller.internal else _VAN
    label = name_of(teller.say, "gis.van")
    style = alike(Line(1.0, BLUE, dashed=True), label)
    features = make(teller, vans)
    return build_layer(teller.say, key, columns, features, style=style, shape="LINESTRING")


def _trips_to_points(teller: Teller, vans: dict[str, Van]) -> list[Feature]:
    """Return trips by way of pickup points as if there were no homes, each way once."""
    bundle = teller.bundle
    points = {point.id for point in bundle.scenario.pickup_points}
    public = {(day.van, day.day) for day, _ in van_days(bundle, home_counts(bundle, teller.few))}
    days_of: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for route in bundle.plan.van_routes:
        for trip in route.trips:
            places = tuple(stop.place for stop in trip.stops if stop.place in points)
            if places and (route.van, route.day) in public:
                way = (route.van, (trip.origin, *places, trip.origin))
                days_of.setdefault(way, []).append(route.day)
    at = build_travel(bundle.scenario).positions
    return [
        line_along(
            (Position(*at[place]) for place in way),
            *_about(teller, vans[van]),
            day_list(teller, tuple(sorted(set(days), key=DAYS.index))),
            _places(teller, way),
        )
        for (van, way), days in sorted(days_of.items())
    ]


def _whole_trips(teller: Teller, vans: dict[str, Van]) -> list[Feature]:
    """Return every trip with all its stops, and the way from and to the base; internal."""
    at = build_travel(teller.bundle.scenario).positions
    features = []
    for route in teller.bundle.plan.van_routes:
        base, last = vans[route.van].base, len(route.trips)
        for number, trip in enumerate(route.trips, start=1):
            way = [trip.origin, *(stop.place for stop in trip.stops), trip.origin]
            way = [*([base] if number == 1 else []), *way, *([base] if number == last else [])]
            start_min = route.start_min if number == 1 else trip.departure_min
            end_min = route.end_min if number == last else trip.return_min
            values: tuple[Value, ...] = (
                *_about(teller, vans[route.van]),
                day_list(teller, (route.day,)),
                _places(teller, way),
                number,
                clock_time(start_min),
                clock_time(end_min),
            )
            features.append(line_along((Position(*at[place]) for place in way), *values))
    return features


def _places(teller: Teller, way: Iterable[str]) -> str:
    """Return the names of places in order, without repeats."""
    names = [names_of_place(teller, place) or "" for place in way]
    return " \u2013 ".join(
        name for number, name in enumerate(names) if number == 0 or name != names[number - 1]
    )


class _Stop(NamedTuple):
    """Loading at an origin, or a stop."""

    trip: int
    kind: str
    place: str
    time_min: int


def _stops(route: VanRoute) -> list[_Stop]:
    """Return everything a van stops for on a day, in order; the kind is not known yet."""
    return [
        stop
        for number, trip in enumerate(route.trips, start=1)
        for stop in (
            _Stop(number, "gis.at_load", trip.origin, trip.departure_min),
            *(_Stop(number, "", stop.place, stop.arrival_min) for stop in trip.stops),
        )
    ]


def van_stops_layer(teller: Teller) -> Layer:
    """Return the stops of vans in order; internal."""
    at = build_travel(teller.bundle.scenario).positions
    points = {point.id for point in teller.bundle.scenario.pickup_points}
    features = [
        point_at(
            *at[stop.place],
            clean(route.van),
            teller.names.vans[route.van],
            teller.say.of("day", route.day),
            stop.trip,
            number,
            teller.say(stop.kind or ("gis.at_point" if stop.place in points else "gis.at_home")),
            names_of_place(teller, stop.place),
            clock_time(stop.time_min),
        )
        for route in teller.bundle.plan.van_routes
        for number, stop in enumerate(_stops(route), start=1)
    ]
    label = name_of(teller.say, "gis.sequence")
    style = alike(Marker("circle", 2.0, WHITE, INK, 0.4), label)
    return build_layer(teller.say, "gis.van_stops", _VAN_STOP, features, style=style)
