"""Read the small tables of a GTFS feed: stops, routes, trips and who drives."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from deliveryopt.language import gettext as _
from deliveryopt.scenario.gtfs_feed import Feed, Finding
from deliveryopt.scenario.gtfs_read import read_rows
from deliveryopt.scenario.terms import RunKindName

MAX_NAME: Final = 200
STATION_OR_STOP: Final = {"", "0", "1"}
"""Values of `location_type` that need coordinates."""
SWEDISH_LATS_DEG: Final = (55.0, 70.0)
SWEDISH_LONS_DEG: Final = (10.0, 25.0)
NULL_ISLAND_DEG: Final = 0.01
MAX_LAT_DEG: Final = 90
MAX_LON_DEG: Final = 180
MAX_ROUTE_TYPE: Final = 1_799
_SCHOOL_BUSES: Final = frozenset({712, 713})
_ON_DEMAND: Final = frozenset({715, 1500, 1501, 1503, 1505, 1506, 1507})
_BUSES: Final = frozenset({3, 11, *range(200, 210), *range(700, 717), 800})
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_ROUTE_TYPE: Final = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class FeedStop:
    """A stop of a feed."""

    id: str
    """Id in the feed."""
    name: str
    """Name."""
    lat_deg: float | None
    """Latitude; None if the feed gives none that can be used."""
    lon_deg: float | None
    """Longitude; None if the feed gives none that can be used."""


@dataclass(frozen=True, slots=True)
class FeedRoute:
    """A line of a feed."""

    id: str
    """Id in the feed."""
    line: str
    """What people call it."""
    kind: RunKindName | None
    """Kind of its runs; None if no road vehicle drives it."""
    is_on_demand: bool
    """Whether it is driven only when somebody has booked."""
    agency_id: str
    """Agency."""


@dataclass(frozen=True, slots=True)
class FeedTrip:
    """A trip of a feed."""

    id: str
    """Id in the feed."""
    row: int
    """Row in `trips.txt`."""
    route_id: str
    """Route."""
    service_id: str
    """Service: the days it is driven."""
    headsign: str
    """Where it says it goes; empty if not given."""
    block: str
    """Vehicle's duty; empty if not given."""


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """The small tables of a feed, by id."""

    stops: dict[str, FeedStop]
    """Stops."""
    routes: dict[str, FeedRoute]
    """Routes."""
    trips: dict[str, FeedTrip]
    """Trips."""
    num_trips_read: int
    """Rows in `trips.txt`."""
    findings: tuple[Finding, ...]
    """What was found in them."""


def clean(text: str) -> str:
    r"""Return a name on one line in Unicode form NFC, all of it printable, of bounded length.

    Examples
    --------
    >>> clean("Kalix\n resecentrum\x00")
    'Kalix resecentrum'
    """
    text = unicodedata.normalize("NFC", text)
    words = ("".join(char for char in word if char.isprintable()) for word in text.split())
    return " ".join(word for word in words if word)[:MAX_NAME].rstrip()


def parse_number(text: str) -> float | None:
    """Return a finite number, or None if the text is none.

    Examples
    --------
    >>> parse_number("65.85"), parse_number("65,85"), parse_number("nan"), parse_number("1e999")
    (65.85, None, None, None)
    """
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    return number if math.isfinite(number) else None


def read_tables(feed: Feed) -> Tables:
    """Read stops, routes and trips, and find what is wrong inside each of them."""
    findings: list[Finding] = []
    stops = _read_stops(feed, findings)
    routes = _read_routes(feed, findings)
    trips: dict[str, FeedTrip] = {}
    rows_of_trip: dict[str, int] = {}
    num_trips_read = 0
    columns = ("trip_id", "route_id", "service_id", "trip_headsign", "block_id")
    for row, (trip_id, route_id, service_id, headsign, block) in read_rows(
        feed, "trips.txt", columns
    ):
        num_trips_read += 1
        if _is_new("trips.txt", row, ("trip_id", trip_id), rows_of_trip, findings):
            trip = FeedTrip(trip_id, row, route_id, service_id, clean(headsign), clean(block))
            trips[trip_id] = trip
    return Tables(stops, routes, trips, num_trips_read, tuple(findings))


def _is_new(
    table: str, row: int, key: tuple[str, str], seen: dict[str, int], findings: list[Finding]
) -> bool:
    """Return whether an id is given and stands here first; else add what is wrong."""
    column, value = key
    if not value:
        found, advice = _("{column} is empty.").format(column=column), _("Give the row an id.")
        findings.append(Finding(table, row, found, _("Every row has one."), advice, "DO-G038"))
        return False
    if value in seen:
        found = _("{column} {value!r} stands in row {row} already.").format(
            column=column, value=value, row=seen[value]
        )
        advice = _("Remove one of the rows, or give it an id of its own.")
        findings.append(Finding(table, row, found, _("Ids stand once."), advice, "DO-G020"))
        return False
    seen[value] = row
    return True


def _read_stops(feed: Feed, findings: list[Finding]) -> dict[str, FeedStop]:
    table = "stops.txt"
    stops: dict[str, FeedStop] = {}
    seen: dict[str, int] = {}
    columns = ("stop_id", "stop_name", "stop_lat", "stop_lon", "location_type")
    for row, (stop_id, name, lat, lon, location_type) in read_rows(feed, table, columns):
        if not _is_new(table, row, ("stop_id", stop_id), seen, findings):
            continue
        position = parse_number(lat), parse_number(lon)
        problem = _check_position(row, (lat, lon), position)
        if problem is not None:
            if location_type in STATION_OR_STOP or lat or lon:
                findings.append(problem)
            position = None, None
        stops[stop_id] = FeedStop(stop_id, clean(name) or clean(stop_id), *position)
    return stops


def _check_position(
    row: int, texts: tuple[str, str], position: tuple[float | None, float | None]
) -> Finding | None:
    """Return what is wrong with a coordinate pair."""
    lat_deg, lon_deg = position
    shown = f"stop_lat {texts[0][:40]!r}, stop_lon {texts[1][:40]!r}"
    allowed, code = (
        _("Allowed: degrees with a decimal point, such as 65.8544 and 23.1422."),
        "DO-G023",
    )
    if lat_deg is None or lon_deg is None:
        found = _("{shown}: no coordinates.")
        advice = _("Write numbers with a decimal point, not a comma.")
    elif _looks_swapped(lat_deg, lon_deg):
        found, code = _("{shown} look swapped."), "DO-G024"
        advice = _("Swap them: latitude {lat}, longitude {lon}.").format(lat=lon_deg, lon=lat_deg)
    elif abs(lat_deg) > MAX_LAT_DEG or abs(lon_deg) > MAX_LON_DEG:
        found, advice = _("{shown}: outside the world."), _("Give WGS 84 degrees.")
    elif max(abs(lat_deg), abs(lon_deg)) < NULL_ISLAND_DEG:
        found = _("{shown}: in the sea at 0, 0.")
        advice = _("Give the stop's real coordinates.")
    else:
        return None
    return Finding("stops.txt", row, found.format(shown=shown), allowed, advice, code)


def _looks_swapped(lat_deg: float, lon_deg: float) -> bool:
    """Return whether the pair is a Swedish one the wrong way round.

    Examples
    --------
    >>> _looks_swapped(23.1, 65.8), _looks_swapped(65.8, 23.1)
    (True, False)
    """
    lat_min, lat_max = SWEDISH_LATS_DEG
    lon_min, lon_max = SWEDISH_LONS_DEG
    return lon_min <= lat_deg <= lon_max and lat_min <= lon_deg <= lat_max


def _read_routes(feed: Feed, findings: list[Finding]) -> dict[str, FeedRoute]:
    table = "routes.txt"
    routes: dict[str, FeedRoute] = {}
    seen: dict[str, int] = {}
    columns = ("route_id", "route_short_name", "route_long_name", "route_type", "agency_id")
    for row, (route_id, short, long, text, agency) in read_rows(feed, table, columns):
        if not _is_new(table, row, ("route_id", route_id), seen, findings):
            continue
        if not _ROUTE_TYPE.fullmatch(text) or int(text) > MAX_ROUTE_TYPE:
            found, advice = f"route_type {text[:40]!r}.", _("Correct the row.")
            allowed = _("Allowed: 0 to 1799, such as 3 or 700.")
            findings.append(Finding(table, row, found, allowed, advice, "DO-G037"))
            continue
        line = clean(short) or clean(long) or clean(route_id)
        number = int(text)
        routes[route_id] = FeedRoute(route_id, line, _kind_of(number), number in _ON_DEMAND, agency)
    bad = seen.keys() - routes.keys()
    return routes | {route: FeedRoute(route, route, None, False, "") for route in bad}  # noqa: FBT003


def _kind_of(route_type: int) -> RunKindName | None:
    """Return the kind of run of a basic or extended route type.

    Examples
    --------
    >>> _kind_of(3), _kind_of(700), _kind_of(712), _kind_of(1501), _kind_of(2)
    ('bus', 'bus', 'school_bus', 'minibus', None)
    """
    if route_type in _SCHOOL_BUSES:
        return "school_bus"
    if route_type in _ON_DEMAND:
        return "minibus"
    return "bus" if route_type in _BUSES else None


def find_orphans(tables: Tables, services: Iterable[str]) -> Iterator[tuple[str, Finding]]:
    """Find trips whose route or service the feed does not hold.

    Yields
    ------
    tuple
        Trip id and what is wrong with it.
    """
    known = set(services)
    for trip in tables.trips.values():
        if trip.route_id not in tables.routes:
            yield trip.id, orphan("trips.txt", trip.row, ("route_id", trip.route_id), "routes.txt")
        if trip.service_id not in known:
            where = _("calendar.txt or calendar_dates.txt")
            yield trip.id, orphan("trips.txt", trip.row, ("service_id", trip.service_id), where)


def orphan(table: str, row: int, key: tuple[str, str], home: str) -> Finding:
    """Return the finding for an id that is used and stands nowhere."""
    column, value = key
    found = _("{column} {value!r} is not in {file}.").format(
        column=column, value=value[:MAX_NAME], file=home
    )
    allowed = _("Every {column} stands there.").format(column=column)
    advice = _("Correct it, or add --lenient to leave such trips out.")
    return Finding(table, row, found, allowed, advice, "DO-G022")


def read_operators(feed: Feed, tables: Tables) -> tuple[dict[str, str], list[Finding]]:
    """Return who drives each trip: attributed by trip, route or agency, else the agency itself."""
    columns = ("agency_id", "agency_name")
    agencies = {key: clean(name) for _row, (key, name) in read_rows(feed, "agency.txt", columns)}
    only_agency = next(iter(agencies)) if len(agencies) == 1 else None
    of_trip: dict[str, str] = {}
    of_route: dict[str, str] = {}
    of_agency: dict[str, str] = {}
    names = ("organization_name", "is_operator", "trip_id", "route_id", "agency_id")
    num_lost = 0
    for _row, (name, flag, trip, route, agency) in read_rows(feed, "attributions.txt", names):
        if flag != "1":
            continue
        num_lost += bool(trip and trip not in tables.trips)
        if trip:
            of_trip.setdefault(trip, clean(name))
        elif route:
            of_route.setdefault(route, clean(name))
        elif agency:
            of_agency.setdefault(agency, clean(name))
    operators: dict[str, str] = {}
    unknown: Counter[str] = Counter()
    for trip_id, one in tables.trips.items():
        line = tables.routes.get(one.route_id)
        agency = (line.agency_id if line else "") or only_agency or ""
        unknown[agency] += bool(agency and agencies and agency not in agencies)
        operators[trip_id] = (
            of_trip.get(trip_id)
            or of_route.get(one.route_id)
            or of_agency.get(agency)
            or agencies.get(agency, "")
        )
    return operators, list(_operator_notes(num_lost, unknown))


def _operator_notes(num_lost: int, unknown: Counter[str]) -> Iterator[Finding]:
    allowed = _("Every id stands in its own table.")
    advice = _("The operator of the trips concerned may be missing.")
    if num_lost:
        found = _("{count} rows name a trip that is not in trips.txt.").format(count=num_lost)
        yield Finding("attributions.txt", None, found, allowed, advice, "DO-G060", "warning")
    for agency in sorted(agency for agency, number in unknown.items() if number):
        found = _("agency_id {agency!r} is not in agency.txt ({count} trips).").format(
            agency=agency[:MAX_NAME], count=unknown[agency]
        )
        yield Finding("routes.txt", None, found, allowed, advice, "DO-G060", "warning")
