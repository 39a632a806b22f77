"""Turn GTFS trips into runs: clip, round to minutes, merge over days, give readable ids."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from deliveryopt.language import gettext as _
from deliveryopt.scenario.gtfs_feed import Finding
from deliveryopt.scenario.gtfs_tables import FeedStop, Tables, clean
from deliveryopt.scenario.gtfs_times import TABLE, Call
from deliveryopt.scenario.schema import Run, Stop, StopTime
from deliveryopt.scenario.terms import RunKindName
from deliveryopt.units import DAYS, MIN_PER_H, S_PER_MIN, round_half_even

MAX_SLUG: Final = 40
MAX_ID: Final = 100
RISKY_STARTS: Final = "=+-@'"
"""First characters of an id that a spreadsheet would not keep as text."""
_NOT_PLAIN: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, order=True)
class Pattern:
    """What two trips must share to be one run on different days."""

    line: str
    """What people call the line."""
    times: tuple[tuple[str, int, int], ...]
    """Stop in the feed, arrival and departure, minutes after 00:00 of the service day."""
    headsign: str
    """Where the trip goes."""
    route_id: str
    """Route in the feed."""
    operator: str
    """Who drives."""
    kind: RunKindName
    """Kind of run."""


@dataclass(frozen=True, slots=True)
class ClippedTrip:
    """A trip as far as it stops inside the area."""

    trip_id: str
    """Id in the feed."""
    pattern: Pattern
    """What makes it this run."""
    days: frozenset[int]
    """Days it is driven, Monday being 0."""
    block: str
    """Vehicle's duty; empty if not given."""
    booked_row: int | None
    """First row in `stop_times.txt` where it stops only if booked; None if it always stops."""
    num_booked: int
    """Stops where it stops only if booked."""


@dataclass(frozen=True, slots=True)
class Vehicle:
    """Trips on different days that make one run."""

    pattern: Pattern
    """What they share."""
    trips: tuple[ClippedTrip, ...]
    """Trips in order of first day."""

    @property
    def days(self) -> tuple[int, ...]:
        """Return the days it is driven, Monday being 0."""
        return tuple(sorted({day for trip in self.trips for day in trip.days}))


def slug(text: str) -> str:
    """Return text in the letters of an id.

    Examples
    --------
    >>> slug("Kalix busstation"), slug("Överkalix/Jock"), slug("???")
    ('kalix-busstation', 'overkalix-jock', '')
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return _NOT_PLAIN.sub("-", plain).strip("-")[:MAX_SLUG].strip("-")


def minute_of(seconds: int | None) -> int:
    """Return the nearest whole minute, ties to even.

    Examples
    --------
    >>> minute_of(89), minute_of(90), minute_of(150)
    (1, 2, 2)
    """
    return round_half_even(seconds or 0, S_PER_MIN)


def clip(calls: Iterable[Call], kept_stops: Collection[str]) -> list[Call]:
    """Return the calls where somebody may get on or off and whose stop is kept."""
    return [call for call in calls if call.is_served and call.stop_id in kept_stops]


def merge_days(trips: Iterable[ClippedTrip]) -> tuple[list[Vehicle], list[Finding]]:
    """Merge trips that are the same on different days.

    Two equal trips on the same day stay two runs, since two vehicles are driven.

    Parameters
    ----------
    trips
        Trips in any order.

    Returns
    -------
    tuple
        Vehicles in a fixed order, and a notice for each day that has two equal ones.
    """
    of_pattern: dict[Pattern, list[ClippedTrip]] = defaultdict(list)
    for trip in trips:
        of_pattern[trip.pattern].append(trip)
    vehicles: list[Vehicle] = []
    findings: list[Finding] = []
    for pattern, members in sorted(of_pattern.items()):
        groups: list[list[ClippedTrip]] = []
        for trip in sorted(members, key=lambda trip: (sorted(trip.days), trip.trip_id)):
            free = (group for group in groups if not any(one.days & trip.days for one in group))
            group = next(free, None)
            if group is None:
                groups.append([trip])
            else:
                group.append(trip)
        vehicles += [Vehicle(pattern, tuple(group)) for group in groups]
        if len(groups) > 1:
            names = ", ".join(repr(group[0].trip_id) for group in groups[:5])
            found = _("{count} equal trips of line {line!r} share a day: {names}.").format(
                count=len(groups), line=pattern.line, names=names
            )
            advice = _("Each became a run; remove one if it is the same vehicle.")
            findings.append(Finding("trips.txt", None, found, "", advice, "DO-G061", "warning"))
    return vehicles, findings


def build_runs(
    vehicles: Iterable[Vehicle], place_of_stop: dict[str, str]
) -> tuple[list[Run], list[Finding]]:
    """Return runs sorted by id, and a notice for each that stops somewhere only if booked.

    Parameters
    ----------
    vehicles
        What `merge_days` made.
    place_of_stop
        Id in the scenario by stop id in the feed.
    """
    ordered = sorted(vehicles, key=lambda one: (one.pattern, one.days, one.trips[0].trip_id))
    of_base: dict[str, list[Vehicle]] = defaultdict(list)
    for vehicle in ordered:
        of_base[_base_id(vehicle)].append(vehicle)
    taken = set(of_base)
    runs: list[Run] = []
    findings: list[Finding] = []
    for base, members in sorted(of_base.items()):
        for number, vehicle in enumerate(members, start=1):
            run_id = base if number == 1 else _next_free(base, number, taken)
            taken.add(run_id)
            runs.append(_run(run_id, vehicle, place_of_stop))
            findings += _booking_notes(run_id, vehicle)
    return sorted(runs, key=lambda run: run.id), findings


def _base_id(vehicle: Vehicle) -> str:
    pattern = vehicle.pattern
    departure_min = pattern.times[0][2]
    at = f"{departure_min // MIN_PER_H:02d}{departure_min % MIN_PER_H:02d}"
    return "-".join(part for part in (slug(pattern.line), at, slug(pattern.headsign)) if part)


def _next_free(base: str, number: int, taken: Collection[str]) -> str:
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"


def _run(run_id: str, vehicle: Vehicle, place_of_stop: dict[str, str]) -> Run:
    pattern = vehicle.pattern
    blocks = {trip.block for trip in vehicle.trips}
    return Run(
        id=run_id,
        name=f"{pattern.line} {pattern.headsign}".strip(),
        kind=pattern.kind,
        operator=pattern.operator,
        vehicle=blocks.pop() if len(blocks) == 1 else "",
        days=tuple(DAYS[day] for day in vehicle.days),
        stop_times=tuple(
            StopTime(
                stop_sequence=sequence,
                place_id=place_of_stop[stop_id],
                arrival_min=arrival_min,
                departure_min=departure_min,
            )
            for sequence, (stop_id, arrival_min, departure_min) in enumerate(pattern.times, start=1)
        ),
    )


def _booking_notes(run_id: str, vehicle: Vehicle) -> Iterator[Finding]:
    for trip in vehicle.trips:
        if trip.booked_row is not None:
            found = _(
                "Run {run!r} stops at {count} of {total} places only when somebody has booked."
            ).format(run=run_id, count=trip.num_booked, total=len(trip.pattern.times))
            advice = _("Ask the operator before counting on those stops.")
            yield Finding(TABLE, trip.booked_row, found, "", advice, "DO-G059", "warning")
            return


def name_places(stops: Iterable[FeedStop], taken: Iterable[str]) -> dict[str, str]:
    """Return an id in the scenario for each stop: the feed's own wherever it is safe and free.

    Ids that differ only in case or Unicode form count as the same, since the scenario says so.
    """
    used = {_folded(name) for name in taken}
    places: dict[str, str] = {}
    for stop in sorted(stops, key=lambda stop: stop.id):
        safe = clean(stop.id)[:MAX_ID].replace(" ", "_")
        if not safe or safe[0] in RISKY_STARTS:
            safe = f"stop{safe or '-'}"
        candidate, number = safe, 1
        while _folded(candidate) in used:
            number += 1
            candidate = f"{safe}-{number}"
        used.add(_folded(candidate))
        places[stop.id] = candidate
    return places


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def build_stops(
    tables: Tables, place_of_stop: dict[str, str], used: Collection[str]
) -> tuple[Stop, ...]:
    """Return the stops that runs use, sorted by id."""
    stops = (
        Stop(id=place_of_stop[one.id], name=one.name, lat_deg=one.lat_deg, lon_deg=one.lon_deg)
        for one in (tables.stops[stop_id] for stop_id in used)
        if one.lat_deg is not None and one.lon_deg is not None
    )
    return tuple(sorted(stops, key=lambda stop: stop.id))
