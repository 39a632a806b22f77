"""Import one real week of a GTFS timetable, clipped to an area, as stops and runs of a scenario."""

import csv
import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final, Self

from deliveryopt.errors import FeedError, OutputError, UsageError
from deliveryopt.language import gettext as _
from deliveryopt.scenario.field_types import Day
from deliveryopt.scenario.files import reason_of
from deliveryopt.scenario.gtfs_calendar import clock_changes, read_service_week
from deliveryopt.scenario.gtfs_feed import (
    TABLES,
    UNUSED_TABLES,
    Feed,
    Finding,
    Severity,
    missing_tables,
    open_feed,
    shown,
)
from deliveryopt.scenario.gtfs_read import check_table
from deliveryopt.scenario.gtfs_runs import (
    RISKY_STARTS,
    build_runs,
    build_stops,
    merge_days,
    name_places,
)
from deliveryopt.scenario.gtfs_select import (
    ClippedTrips,
    ImportOptions,
    Selection,
    clip_trips,
    select_trips,
)
from deliveryopt.scenario.gtfs_tables import (
    MAX_LAT_DEG,
    MAX_LON_DEG,
    FeedStop,
    Tables,
    parse_number,
    read_tables,
)
from deliveryopt.scenario.schema import Depot, Run, Stop
from deliveryopt.scenario.travel import straight_line_m
from deliveryopt.units import DAYS, clock

__all__ = [
    "BoundingBox",
    "FeedImport",
    "FeedNotice",
    "ImportFigures",
    "ImportOptions",
    "import_gtfs",
    "write_gtfs_import",
]

FIRST_YEAR, LAST_YEAR = 1990, 2100
NUM_BOX_NUMBERS: Final = 4
FILE_MODE: Final = 0o644
MAX_RADIUS_M: Final = 5_000
DEG_PER_RADIUS: Final = 1.0
"""A stop further than this in latitude is not within any radius."""


@dataclass(frozen=True, slots=True)
class BoundingBox:
    """An area between two parallels and two meridians, edges included."""

    lat_min_deg: float
    """Southern edge, degrees."""
    lat_max_deg: float
    """Northern edge, degrees."""
    lon_min_deg: float
    """Western edge, degrees."""
    lon_max_deg: float
    """Eastern edge, degrees."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the box of a text `lat_min,lon_min,lat_max,lon_max`.

        Raises
        ------
        UsageError
            If the text is no such box.

        Examples
        --------
        >>> BoundingBox.parse("65.65,22.55,66.15,23.65").lat_max_deg
        66.15
        """
        numbers = [parse_number(part.strip()) for part in text.split(",")]
        known = [number for number in numbers if number is not None]
        if len(known) != NUM_BOX_NUMBERS or len(numbers) != NUM_BOX_NUMBERS:
            raise _box_error(text, _("these are not four numbers"))
        south, west, north, east = known
        if max(abs(south), abs(north)) > MAX_LAT_DEG or max(abs(west), abs(east)) > MAX_LON_DEG:
            raise _box_error(text, _("it is outside the world"))
        if south >= north or west >= east:
            ordered = (min(south, north), min(west, east), max(south, north), max(west, east))
            hint = ",".join(f"{number:g}" for number in ordered)
            problem = _("its corners are in the wrong order; perhaps {hint}").format(hint=hint)
            raise _box_error(text, problem)
        return cls(south, north, west, east)

    def holds(self, lat_deg: float, lon_deg: float) -> bool:
        """Return whether a point lies in the box."""
        in_lats = self.lat_min_deg <= lat_deg <= self.lat_max_deg
        return in_lats and self.lon_min_deg <= lon_deg <= self.lon_max_deg


def _box_error(text: str, problem: str) -> UsageError:
    message = _(
        "box {text!r}: {problem}. Allowed: lat_min,lon_min,lat_max,lon_max, such as "
        "65.65,22.55,66.15,23.65."
    )
    return UsageError(f"{message.format(text=text[:100], problem=problem)}  [DO-G070]")


@dataclass(frozen=True, slots=True)
class FeedNotice:
    """One thing to know about an import that succeeded."""

    code: str
    """The message id."""
    severity: Severity
    """`warning` or `info`."""
    file: str
    """File inside the feed; empty for the feed itself."""
    row: int | None
    """Row as a spreadsheet counts it: the heading is row 1."""
    text: str
    """What was found and what was done."""


@dataclass(frozen=True, slots=True)
class ImportFigures:
    """Counts of one import; by-day tuples begin with Monday."""

    num_trips_read: int
    """Trips in the feed."""
    num_trips_in_week: int
    """Trips of them driven in the week, any kind, stopping at least twice in the area."""
    trips_by_day: tuple[int, ...]
    """Trips that became runs, by day."""
    on_demand_by_day: tuple[int, ...]
    """Trips driven only when booked, by day, whether they became runs or not."""
    num_on_demand_left_out: int
    """Trips left out since they are driven only when booked."""
    num_other_left_out: int
    """Trips left out since no road vehicle drives them, or since their times are a headway."""
    num_dropped: int
    """Trips dropped since they name what the feed does not hold (lenient only)."""
    num_interpolated: int
    """Stop times that were blank and are interpolated, before merging over days."""
    num_rounded: int
    """Stop times rounded to whole minutes, before merging over days."""
    num_passed: int
    """Calls at kept stops where nobody may get on or off."""

    def num_trips(self, day: Day) -> int:
        """Return the trips that became runs on a day."""
        return self.trips_by_day[DAYS.index(day)]


@dataclass(frozen=True, slots=True)
class FeedImport:
    """One week of a feed as stops and runs."""

    stops: tuple[Stop, ...]
    """Stops that runs use, sorted by id."""
    runs: tuple[Run, ...]
    """Runs, sorted by id."""
    notices: tuple[FeedNotice, ...]
    """What its user should know, at most 1,000 of a kind, with the total."""
    figures: ImportFigures
    """Counts."""


def import_gtfs(
    feed: Path,
    *,
    week_start: date,
    box: BoundingBox | None,
    depots: tuple[Depot, ...] = (),
    options: ImportOptions | None = None,
) -> FeedImport:
    """Import the runs of one week inside an area.

    Parameters
    ----------
    feed
        Zip file or folder.
    week_start
        The Monday of the week.
    box
        The area; None keeps every stop.
    depots
        Depots; stops near them are kept though they lie outside the box.
    options
        How the feed is read; the defaults if None.

    Returns
    -------
    FeedImport
        At least one run; the order of rows in the feed does not change it.

    Raises
    ------
    FeedError
        With every fault found, also if no run remains.
    UsageError
        If an option is used wrongly.
    """
    chosen = options or ImportOptions()
    _check_usage(week_start, chosen)
    sound, tables, findings = _read(feed, chosen)
    week = read_service_week(sound, week_start)
    findings += [*week.findings, *clock_changes(sound, week_start), *_unused(sound)]
    kept = {stop.id for stop in tables.stops.values() if _is_kept(stop, box, depots, chosen)}
    selection = select_trips(sound, tables, week, kept, options=chosen)
    findings += selection.findings
    trips = clip_trips(sound, tables, selection, kept)
    findings += trips.findings
    _raise_errors(findings)
    if not trips.trips:
        _raise_errors([_no_run(tables, selection, kept)])
    vehicles, notes = merge_days(trips.trips)
    findings += notes
    used = {stop_id for one in vehicles for stop_id, *_times in one.pattern.times}
    places = name_places((tables.stops[stop] for stop in used), (depot.id for depot in depots))
    runs, notes = build_runs(vehicles, places)
    return FeedImport(
        build_stops(tables, places, used),
        tuple(runs),
        _notices([*findings, *notes]),
        _figures(tables, selection, trips),
    )


def _read(path: Path, options: ImportOptions) -> tuple[Feed, Tables, list[Finding]]:
    """Open a feed and read its small tables; refuse it if any table cannot be read."""
    feed, findings = open_feed(path, encoding=options.encoding)
    findings += missing_tables(feed)
    for table in sorted(TABLES.keys() & feed.members.keys()):
        findings += shown(check_table(feed, table))
    unsound = {finding.file for finding in findings if finding.severity == "error"}
    members = {name: at for name, at in feed.members.items() if name not in unsound}
    sound = replace(feed, members=members)
    tables = read_tables(sound)
    findings += tables.findings
    if unsound:
        _raise_errors(findings)
    return sound, tables, findings


def _check_usage(week_start: date, options: ImportOptions) -> None:
    if week_start.weekday() != 0 or not FIRST_YEAR <= week_start.year <= LAST_YEAR:
        monday = week_start - timedelta(days=min(week_start.weekday(), week_start.toordinal() - 1))
        found = _(
            "week_start {week_start} is no Monday of the years {first} to {last}."
            " Did you mean {monday}?"
        ).format(week_start=week_start, first=FIRST_YEAR, last=LAST_YEAR, monday=monday)
        message = f"{found}  [DO-G071]"
        raise UsageError(message)
    if not 0 <= options.depot_radius_m <= MAX_RADIUS_M:
        found = _("depot_radius_m {radius_m}: allowed are 0 to {most_m} m.").format(
            radius_m=options.depot_radius_m, most_m=MAX_RADIUS_M
        )
        message = f"{found}  [DO-G072]"
        raise UsageError(message)


def _raise_errors(findings: Iterable[Finding]) -> None:
    """Raise a `FeedError` with every error among the findings, if there is one."""
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        raise FeedError(finding.as_fault() for finding in shown(iter(errors)))


def _is_kept(
    stop: FeedStop, box: BoundingBox | None, depots: Iterable[Depot], options: ImportOptions
) -> bool:
    """Return whether a stop lies in the box or near a depot."""
    lat_deg, lon_deg = stop.lat_deg, stop.lon_deg
    if lat_deg is None or lon_deg is None:
        return False
    if box is None or box.holds(lat_deg, lon_deg):
        return True
    return any(
        abs(depot.lat_deg - lat_deg) < DEG_PER_RADIUS
        and straight_line_m(lat_deg, lon_deg, depot.lat_deg, depot.lon_deg)
        <= options.depot_radius_m
        for depot in depots
    )


def _unused(feed: Feed) -> Iterator[Finding]:
    for name in UNUSED_TABLES:
        if feed.has(name):
            found = _("{file} is not used.").format(file=name)
            yield Finding(name, None, found, "", "", "DO-G056", "info")


def _no_run(tables: Tables, selection: Selection, kept: Collection[str]) -> Finding:
    """Return why no run remains."""
    lats = [stop.lat_deg for stop in tables.stops.values() if stop.lat_deg is not None]
    lons = [stop.lon_deg for stop in tables.stops.values() if stop.lon_deg is not None]
    if not kept and lats:
        found = _("No stop of the feed lies in the box or near a depot.")
        area = f"{min(lats)},{min(lons)},{max(lats)},{max(lons)}"
        allowed = _("The feed's stops lie in {area}.").format(area=area)
        return Finding("stops.txt", None, found, allowed, _("Check the box."), "DO-G036")
    found = _(
        "No scheduled road trip of that week stops twice or more at the {count} stops of the area."
    ).format(count=len(kept))
    left_out = _("{on_demand} trips run only when booked, {other} are of other kinds.").format(
        on_demand=len(selection.trips("on_demand")),
        other=len(selection.trips("not_road", "headway")),
    )
    advice = _("Choose another week or box, or add --include-on-demand.")
    return Finding("trips.txt", None, found, left_out, advice, "DO-G036")


def _figures(tables: Tables, selection: Selection, trips: ClippedTrips) -> ImportFigures:
    on_demand = selection.trips("on_demand")
    return ImportFigures(
        num_trips_read=tables.num_trips_read,
        num_trips_in_week=len(selection.fates),
        trips_by_day=_by_day(trip.days for trip in trips.trips),
        on_demand_by_day=_by_day(selection.days[trip] for trip in on_demand),
        num_on_demand_left_out=0 if selection.with_on_demand else len(on_demand),
        num_other_left_out=len(selection.trips("not_road", "headway")),
        num_dropped=selection.num_dropped,
        num_interpolated=trips.num_interpolated,
        num_rounded=trips.num_rounded,
        num_passed=trips.num_passed,
    )


def _by_day(days_of_trips: Iterable[frozenset[int]]) -> tuple[int, ...]:
    numbers = Counter(day for days in days_of_trips for day in days)
    return tuple(numbers[day] for day in range(len(DAYS)))


def _notices(findings: Iterable[Finding]) -> tuple[FeedNotice, ...]:
    return tuple(
        FeedNotice(one.code, one.severity, one.file, one.row, one.text())
        for one in shown(iter(findings))
    )


def write_gtfs_import(result: FeedImport, folder: Path, *, force: bool) -> tuple[Path, ...]:
    """Write stops and runs as the tables of a scenario folder; each file whole or not at all.

    Parameters
    ----------
    result
        What `import_gtfs` returned.
    folder
        Scenario folder; made if it is not there.
    force
        Whether tables that are there already are replaced.

    Returns
    -------
    tuple
        The files written: `stops.csv`, `runs.csv` and `stop_times.csv`.

    Raises
    ------
    OutputError
        If a table is there and `force` is not given, or if it cannot be written.
    """
    run_fields = [name for name in Run.model_fields if name != "stop_times"]
    stops = (
        ("id", "name", "lat", "lon"),
        *((s.id, _cell(s.name), s.lat_deg, s.lon_deg) for s in result.stops),
    )
    runs = (
        tuple(run_fields),
        *(tuple(_cell(getattr(run, name)) for name in run_fields) for run in result.runs),
    )
    times = (
        ("run_id", "stop_sequence", "place_id", "arrival_time", "departure_time"),
        *(
            (run.id, at.stop_sequence, at.place_id, clock(at.arrival_min), clock(at.departure_min))
            for run in result.runs
            for at in run.stop_times
        ),
    )
    files = (folder / "stops.csv", folder / "runs.csv", folder / "stop_times.csv")
    tables = dict(zip(files, (stops, runs, times), strict=True))
    present = [path.name for path in tables if path.exists()]
    if present and not force:
        found = _(
            "{folder}: {files} stand there already."
            " Add --force to replace them, or name another folder."
        ).format(folder=folder, files=", ".join(present))
        message = f"{found}  [DO-G073]"
        raise OutputError(message)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, rows in tables.items():
            _write_table(path, rows)
    except OSError as error:
        found = _("{folder}: the tables cannot be written ({reason}).").format(
            folder=folder, reason=reason_of(error)
        )
        message = f"{found}  [DO-G074]"
        raise OutputError(message) from error
    return tuple(tables)


def _cell(value: object) -> object:
    """Return a value as it stands in a table: days as codes, None as nothing, no formula."""
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, str) and value.startswith(tuple(RISKY_STARTS)):
        return f"'{value}"
    return "" if value is None else value


def _write_table(path: Path, rows: Iterable[tuple[object, ...]]) -> None:
    """Write a table beside its place and move it there."""
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as out:
        draft = Path(out.name)
        try:
            csv.writer(out, lineterminator="\n").writerows(rows)
            out.flush()
            os.fsync(out.fileno())
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
    draft.chmod(FILE_MODE)
    draft.replace(path)
