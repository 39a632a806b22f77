"""Read the stop times of a GTFS feed: which trips matter, and when they stop where.

The table is streamed twice, so that a whole country can be clipped to one municipality.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from math import asin, cos, hypot, radians, sin, sqrt
from typing import Final

from deliveryopt.language import gettext as _
from deliveryopt.scenario.gtfs_feed import Feed, Finding
from deliveryopt.scenario.gtfs_read import read_rows
from deliveryopt.scenario.gtfs_tables import FeedStop, Tables, clean, orphan, parse_number
from deliveryopt.units import M_PER_KM, MIN_PER_H, S_PER_H, S_PER_MIN

TABLE: Final = "stop_times.txt"
NO_STOP, BOOKED = "1", "2"
MAX_CALLS: Final = 10_000
MAX_HOURS: Final = 72
MAX_SPEED_KMH: Final = 150
EARTH_RADIUS_M: Final = 6_371_000
CALL_TYPES: Final = {"", "0", "1", "2", "3"}
_TIME: Final = re.compile(r"([0-9]{1,3}):([0-5][0-9])(?::([0-5][0-9]))?")
_SEQUENCE: Final = re.compile(r"[0-9]{1,9}")
_BOOKING_COLUMNS: Final = ("pickup_booking_rule_id", "drop_off_booking_rule_id")
_FLEXIBLE_COLUMNS: Final = (
    "location_group_id",
    "location_id",
    "start_pickup_drop_off_window",
    "end_pickup_drop_off_window",
)


@dataclass(slots=True, eq=False)
class Tally:
    """What the first pass over the stop times tells of one trip."""

    num_served: int = 0
    """Stops at which somebody may get on or off."""
    num_kept: int = 0
    """Those of them at stops that are kept."""
    num_booked: int = 0
    """Those of all at which the vehicle stops only if it was booked."""
    is_flexible: bool = False
    """Whether it serves an area or a window of time rather than stops."""

    @property
    def is_on_demand(self) -> bool:
        """Return whether the trip is not driven unless somebody has booked."""
        return self.is_flexible or 0 < self.num_served == self.num_booked


@dataclass(frozen=True, slots=True)
class Call:
    """One stop of one trip."""

    row: int
    """Row in `stop_times.txt`."""
    sequence: int
    """Order within the trip."""
    stop_id: str
    """Stop in the feed."""
    arrival_s: int | None
    """Arrival, seconds after 00:00 of the service day; None if blank."""
    departure_s: int | None
    """Departure, seconds after 00:00 of the service day; None if blank."""
    distance: float | None
    """Distance travelled, in the feed's own unit; None if not given."""
    is_served: bool
    """Whether somebody may get on or off."""
    must_book: bool
    """Whether the vehicle stops only if it was booked."""
    headsign: str
    """Where it says it goes from here; empty if not given."""
    is_interpolated: bool = False
    """Whether the time was blank in the feed."""


def _is_served(pickup: str, drop_off: str) -> bool:
    return not (pickup == NO_STOP and drop_off == NO_STOP)


def _must_book(pickup: str, drop_off: str, rules: Collection[str]) -> bool:
    """Return whether nobody gets on or off here without having booked."""
    if any(rules):
        return True
    return _is_served(pickup, drop_off) and {pickup, drop_off} <= {NO_STOP, BOOKED}


def tally_trips(
    feed: Feed, tables: Tables, kept_stops: Collection[str]
) -> tuple[dict[str, Tally], list[tuple[str, Finding]]]:
    """Count the stops of each trip, and find rows whose trip or stop the feed does not hold.

    Parameters
    ----------
    feed
        The feed.
    tables
        Its small tables.
    kept_stops
        Ids of the stops inside the area.

    Returns
    -------
    tuple
        A tally by trip id, and pairs of trip id and what is wrong with it, each id told once.
    """
    tallies: dict[str, Tally] = {trip_id: Tally() for trip_id in tables.trips}
    problems: dict[tuple[str, str], Finding] = {}
    columns = (
        "trip_id",
        "stop_id",
        "pickup_type",
        "drop_off_type",
        *_BOOKING_COLUMNS,
        *_FLEXIBLE_COLUMNS,
    )
    first_flexible = 4 + len(_BOOKING_COLUMNS)
    for row, values in read_rows(feed, TABLE, columns):
        trip_id, stop_id, pickup, drop_off = values[:4]
        tally = tallies.get(trip_id)
        if tally is None:
            problem = orphan(TABLE, row, ("trip_id", trip_id), "trips.txt")
            problems.setdefault((trip_id, ""), problem)
        elif any(values[first_flexible:]):
            tally.is_flexible = True
        elif stop_id not in tables.stops:
            problem = orphan(TABLE, row, ("stop_id", stop_id), "stops.txt")
            problems.setdefault((trip_id, stop_id), problem)
        elif _is_served(pickup, drop_off):
            tally.num_served += 1
            tally.num_kept += stop_id in kept_stops
            tally.num_booked += _must_book(pickup, drop_off, values[4:first_flexible])
    return tallies, [(trip_id, problem) for (trip_id, _stop), problem in problems.items()]


def parse_time(text: str) -> int | None:
    """Return seconds after 00:00 of the service day, or None if the text is no time.

    Examples
    --------
    >>> parse_time("25:10:30"), parse_time("6:05"), parse_time("24h"), parse_time("80:00:00")
    (90630, 21900, None, None)
    """
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    total = (hours * MIN_PER_H + minutes) * S_PER_MIN + seconds
    return total if total <= MAX_HOURS * S_PER_H else None


def read_calls(
    feed: Feed, trips: Collection[str]
) -> tuple[dict[str, list[Call]], list[Finding], int]:
    """Read the stop times of some trips.

    Parameters
    ----------
    feed
        The feed.
    trips
        Ids of the trips wanted.

    Returns
    -------
    tuple
        Calls by trip id in order of `stop_sequence`, what is wrong with single rows, and the
        number of times given without seconds.
    """
    calls: dict[str, list[Call]] = {trip_id: [] for trip_id in trips}
    findings: list[Finding] = []
    num_without_seconds = 0
    columns = (
        "trip_id",
        "stop_sequence",
        "stop_id",
        "arrival_time",
        "departure_time",
        "shape_dist_traveled",
        "pickup_type",
        "drop_off_type",
        "stop_headsign",
        *_BOOKING_COLUMNS,
    )
    for row, (trip_id, *values) in read_rows(feed, TABLE, columns):
        if trip_id not in calls:
            continue
        problems = list(_check_row(row, values))
        findings += problems
        if not problems:
            calls[trip_id].append(_call(row, values))
            num_without_seconds += sum(text.count(":") == 1 for text in values[2:4])
    for members in calls.values():
        members.sort(key=lambda call: call.sequence)
    return calls, findings, num_without_seconds


def _call(row: int, values: list[str]) -> Call:
    sequence, stop_id, arrival, departure, distance, pickup, drop_off, headsign, *rules = values
    return Call(
        row=row,
        sequence=int(sequence),
        stop_id=stop_id,
        arrival_s=parse_time(arrival or departure),
        departure_s=parse_time(departure or arrival),
        distance=parse_number(distance),
        is_served=_is_served(pickup, drop_off),
        must_book=_must_book(pickup, drop_off, rules),
        headsign=clean(headsign),
    )


def _check_row(row: int, values: list[str]) -> Iterator[Finding]:
    """Find values of one row that cannot be read."""
    sequence, _stop, arrival, departure, distance, pickup, drop_off, *_rest = values
    advice = _("Correct the row.")
    if not _SEQUENCE.fullmatch(sequence):
        found, allowed = f"stop_sequence {sequence[:40]!r}.", _("Allowed: whole numbers from 0.")
        yield Finding(TABLE, row, found, allowed, advice, "DO-G029")
    for column, text in (("arrival_time", arrival), ("departure_time", departure)):
        if text and parse_time(text) is None:
            allowed = _("Allowed: HH:MM:SS up to {hours}:00:00, such as 25:10:00.").format(
                hours=MAX_HOURS
            )
            yield Finding(TABLE, row, f"{column} {text[:40]!r}.", allowed, advice, "DO-G025")
    for column, text in (("pickup_type", pickup), ("drop_off_type", drop_off)):
        if text not in CALL_TYPES:
            found, allowed = f"{column} {text[:40]!r}.", _("Allowed: 0 to 3 or blank.")
            yield Finding(TABLE, row, found, allowed, advice, "DO-G039")
    if distance and parse_number(distance) is None:
        found = f"shape_dist_traveled {distance[:40]!r}."
        yield Finding(TABLE, row, found, _("Allowed: a number or blank."), advice, "DO-G040")


def check_calls(trip_id: str, calls: list[Call]) -> Iterator[Finding]:
    """Find what is wrong with the times of one trip, given in order of `stop_sequence`."""
    advice = _("Correct the row, or ask the publisher for a corrected feed.")
    for before, after in pairwise(calls):
        if before.sequence == after.sequence:
            found = _("Trip {trip!r} has stop_sequence {sequence} in row {row} too.").format(
                trip=trip_id, sequence=after.sequence, row=before.row
            )
            yield Finding(TABLE, after.row, found, _("Once a trip."), advice, "DO-G021")
    if len(calls) > MAX_CALLS:
        found = _("Trip {trip!r} has {count} stops.").format(trip=trip_id, count=len(calls))
        allowed = _("At most {count}.").format(count=MAX_CALLS)
        yield Finding(TABLE, calls[0].row, found, allowed, advice, "DO-G041")
    first, last = (
        _("The first stop of trip {trip!r} has no time."),
        _("The last stop of trip {trip!r} has no time."),
    )
    for call, found in ((calls[0], first), (calls[-1], last)) if calls else ():
        if call.arrival_s is None:
            allowed = _("Only times between the first and last stop may be blank.")
            yield Finding(TABLE, call.row, found.format(trip=trip_id), allowed, advice, "DO-G026")
    yield from _check_order(trip_id, calls, advice)


def _check_order(trip_id: str, calls: list[Call], advice: str) -> Iterator[Finding]:
    """Find times of a trip that go backwards."""
    latest_s, latest_row = 0, 0
    for call in calls:
        if call.arrival_s is None or call.departure_s is None:
            continue
        if call.departure_s < call.arrival_s:
            found = _("Trip {trip!r} departs {departure} before it arrives {arrival}.").format(
                trip=trip_id, departure=_clock(call.departure_s), arrival=_clock(call.arrival_s)
            )
            allowed = _("Departure is not before arrival.")
            yield Finding(TABLE, call.row, found, allowed, advice, "DO-G028")
        elif call.arrival_s < latest_s:
            found = _("Trip {trip!r} arrives {arrival}, before row {row} at {time}.").format(
                trip=trip_id, arrival=_clock(call.arrival_s), row=latest_row, time=_clock(latest_s)
            )
            allowed = _("Times do not decrease; after midnight they pass 24:00.")
            yield Finding(TABLE, call.row, found, allowed, advice, "DO-G027")
        latest_s, latest_row = max(latest_s, call.departure_s), call.row


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, S_PER_MIN)
    return f"{minutes // MIN_PER_H:02d}:{minutes % MIN_PER_H:02d}:{rest:02d}"


def filled(calls: list[Call]) -> list[Call]:
    """Return calls with blank times interpolated; `check_calls` must find nothing in them.

    By distance travelled where the feed gives it between two known times, else evenly.
    """
    result = list(calls)
    anchors = [index for index, call in enumerate(calls) if call.arrival_s is not None]
    for first, last in pairwise(anchors):
        if last == first + 1:
            continue
        start_s, end_s = calls[first].departure_s, calls[last].arrival_s
        if start_s is None or end_s is None:
            continue
        shares = _shares([call.distance for call in calls[first : last + 1]])
        for index, share in zip(range(first + 1, last), shares, strict=True):
            at_s = start_s + round(share * (end_s - start_s))
            result[index] = replace(
                calls[index], arrival_s=at_s, departure_s=at_s, is_interpolated=True
            )
    return result


def _shares(distances: list[float | None]) -> list[float]:
    """Return how far along each stop between the first and the last lies, from 0 to 1.

    Examples
    --------
    >>> _shares([0.0, 100.0, 400.0]), _shares([0.0, None, 400.0])
    ([0.25], [0.5])
    """
    known = [distance for distance in distances if distance is not None]
    rises = all(before <= after for before, after in pairwise(known))
    if len(known) < len(distances) or not rises or known[0] == known[-1]:
        parts = len(distances) - 1
        return [number / parts for number in range(1, parts)]
    return [(distance - known[0]) / (known[-1] - known[0]) for distance in known[1:-1]]


def check_speed(trip_id: str, calls: Iterable[Call], tables: Tables) -> Iterator[Finding]:
    """Find the first stretch of a trip driven faster than any bus, a minute's rounding allowed."""
    for before, after in pairwise(calls):
        metres = _apart_m(tables.stops[before.stop_id], tables.stops[after.stop_id])
        seconds = (after.arrival_s or 0) - (before.departure_s or 0) + S_PER_MIN
        if metres * S_PER_H > MAX_SPEED_KMH * M_PER_KM * seconds:
            name = tables.stops[after.stop_id].name
            found = _("Trip {trip!r} drives {km:.1f} km to {stop!r} in {minutes:.0f} min.").format(
                trip=trip_id, km=metres / M_PER_KM, stop=name, minutes=seconds / S_PER_MIN - 1
            )
            allowed = _("Expected: at most {speed} km/h.").format(speed=MAX_SPEED_KMH)
            advice = _("Check the time, or the coordinates of both stops.")
            yield Finding(TABLE, after.row, found, allowed, advice, "DO-G057", "warning")
            return


def _apart_m(one: FeedStop, other: FeedStop) -> float:
    """Return the distance on a sphere, metres: near enough to judge a speed."""
    degrees = (one.lat_deg, one.lon_deg, other.lat_deg, other.lon_deg)
    lat_a, lon_a, lat_b, lon_b = (radians(angle or 0.0) for angle in degrees)
    half = hypot(sin((lat_b - lat_a) / 2), sqrt(cos(lat_a) * cos(lat_b)) * sin((lon_b - lon_a) / 2))
    return 2 * EARTH_RADIUS_M * asin(min(1.0, half))
