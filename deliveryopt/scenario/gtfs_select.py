"""Choose the trips of one week that become runs, and clip them to the area."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_
from deliveryopt.scenario.gtfs_calendar import ServiceWeek
from deliveryopt.scenario.gtfs_feed import Feed, Finding
from deliveryopt.scenario.gtfs_read import read_rows
from deliveryopt.scenario.gtfs_runs import ClippedTrip, Pattern, clip, minute_of
from deliveryopt.scenario.gtfs_tables import (
    FeedRoute,
    Tables,
    find_orphans,
    read_operators,
)
from deliveryopt.scenario.gtfs_times import (
    TABLE,
    Call,
    Tally,
    check_calls,
    check_speed,
    filled,
    read_calls,
    tally_trips,
)
from deliveryopt.units import S_PER_MIN

MIN_STOPS: Final = 2
MAX_LINES: Final = 10
_NOT_ROAD: Final = N_(
    "{count} trips in the area are not driven by road vehicles and are left out (lines {lines})."
)
_BY_HEADWAY: Final = N_(
    "{count} trips in the area have a headway in frequencies.txt, which is not used and are left "
    "out (lines {lines})."
)
_TIME_NOTES: Final = (
    ("interpolated", N_("{count} stop times were blank and are interpolated."), "DO-G051"),
    (
        "rounded",
        N_("{count} stop times are rounded to the nearest whole minute, ties to even."),
        "DO-G052",
    ),
    ("without_seconds", N_("{count} times have no seconds and are read as HH:MM."), "DO-G052"),
    ("passed", N_("{count} calls let nobody on or off and are no stops."), "DO-G062"),
)
"""What is told of the times of the trips that became runs: total, words and code."""

Fate = Literal["scheduled", "on_demand", "not_road", "headway"]


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a feed is read."""

    include_on_demand: bool = False
    """Whether trips driven only when booked become runs of kind `minibus`."""
    lenient: bool = False
    """Whether trips that name what the feed does not hold are left out instead of refused."""
    encoding: str = "utf-8"
    """Encoding of the tables."""
    depot_radius_m: int = 150
    """Stops this near a depot are kept though they lie outside the box, metres."""


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """What becomes of the trips of the week that stop at least twice in the area."""

    fates: dict[str, Fate]
    """What becomes of each trip, by id in id order."""
    days: dict[str, frozenset[int]]
    """Days by trip id, Monday being 0."""
    with_on_demand: bool
    """Whether trips driven only when booked become runs."""
    num_dropped: int
    """Trips dropped since they name what the feed does not hold."""
    findings: tuple[Finding, ...]
    """What was found."""

    def trips(self, *fates: Fate) -> list[str]:
        """Return the trips of some fates."""
        return [trip_id for trip_id, fate in self.fates.items() if fate in fates]

    @property
    def chosen(self) -> list[str]:
        """Return the trips that become runs."""
        return (
            self.trips("scheduled", "on_demand") if self.with_on_demand else self.trips("scheduled")
        )


@dataclass(frozen=True, slots=True, eq=False)
class ClippedTrips:
    """The chosen trips as far as they stop inside the area."""

    trips: tuple[ClippedTrip, ...]
    """Trips, by id."""
    num_interpolated: int
    """Stop times that were blank."""
    num_rounded: int
    """Stop times rounded to whole minutes."""
    num_passed: int
    """Calls at kept stops where nobody may get on or off."""
    findings: tuple[Finding, ...]
    """What was found."""


def select_trips(
    feed: Feed,
    tables: Tables,
    week: ServiceWeek,
    kept_stops: Collection[str],
    *,
    options: ImportOptions,
) -> Selection:
    """Choose the trips that are driven in the week and stop at least twice in the area."""
    tallies, problems = tally_trips(feed, tables, kept_stops)
    problems = [*find_orphans(tables, week.days_of_service), *problems]
    bad = {trip_id for trip_id, _problem in problems}
    by_headway = {trip for _row, (trip,) in read_rows(feed, "frequencies.txt", ("trip_id",))}
    days: dict[str, frozenset[int]] = {}
    fates: dict[str, Fate] = {}
    num_flexible = 0
    for trip in sorted(tables.trips.values(), key=lambda trip: trip.id):
        tally = tallies[trip.id]
        driven = week.days_of_service.get(trip.service_id)
        if trip.id in bad or not driven:
            continue
        num_flexible += tally.is_flexible
        if not tally.is_flexible and tally.num_kept >= MIN_STOPS:
            days[trip.id] = driven
            route = tables.routes[trip.route_id]
            fates[trip.id] = _fate(route, tally, by_headway=trip.id in by_headway)
    selection = Selection(
        fates,
        days,
        options.include_on_demand,
        len(bad & tables.trips.keys()) if options.lenient else 0,
        tuple(_told(trip_id, problem, lenient=options.lenient) for trip_id, problem in problems),
    )
    notes = _left_out_notes(selection, tables, num_flexible)
    return replace(selection, findings=(*selection.findings, *notes))


def _fate(route: FeedRoute, tally: Tally, *, by_headway: bool) -> Fate:
    if by_headway:
        return "headway"
    if route.kind is None:
        return "not_road"
    return "on_demand" if route.is_on_demand or tally.is_on_demand else "scheduled"


def _told(trip_id: str, problem: Finding, *, lenient: bool) -> Finding:
    """Return an orphan as an error, or as a warning once its trip is dropped."""
    if not lenient:
        return problem
    advice = _("Trip {trip!r} is left out.").format(trip=trip_id)
    return replace(problem, severity="warning", advice=advice)


def _left_out_notes(selection: Selection, tables: Tables, num_flexible: int) -> Iterator[Finding]:
    on_demand = [] if selection.with_on_demand else selection.trips("on_demand")
    if on_demand:
        found = _("{count} trips in the area run only when booked and are left out.").format(
            count=len(on_demand)
        )
        advice = _("Add --include-on-demand to use them as minibuses.")
        yield Finding("trips.txt", None, found, "", advice, "DO-G053", "info")
    for trips, told, code in (
        (selection.trips("not_road"), _NOT_ROAD, "DO-G054"),
        (selection.trips("headway"), _BY_HEADWAY, "DO-G055"),
    ):
        if trips:
            lines = sorted({tables.routes[tables.trips[trip].route_id].line for trip in trips})
            found = _(told).format(count=len(trips), lines=", ".join(lines[:MAX_LINES]))
            yield Finding("trips.txt", None, found, "", "", code, "warning")
    if num_flexible:
        found = _("{count} trips of the week serve areas or time windows and are not used.").format(
            count=num_flexible
        )
        yield Finding(TABLE, None, found, "", "", "DO-G056", "warning")


def clip_trips(
    feed: Feed, tables: Tables, selection: Selection, kept_stops: Collection[str]
) -> ClippedTrips:
    """Read, check and complete the times of the chosen trips, and clip them to the area."""
    calls_of_trip, findings, num_without_seconds = read_calls(feed, selection.chosen)
    operators, notes = read_operators(feed, tables)
    findings += notes
    totals: Counter[str] = Counter(without_seconds=num_without_seconds)
    trips: list[ClippedTrip] = []
    for trip_id, calls in calls_of_trip.items():
        problems = list(check_calls(trip_id, calls))
        findings += problems
        if problems:
            continue
        whole = filled(calls)
        kept = clip(whole, kept_stops)
        if len(kept) < MIN_STOPS:
            continue
        findings += check_speed(trip_id, kept, tables)
        totals["interpolated"] += sum(call.is_interpolated for call in kept)
        totals["rounded"] += sum(_is_rounded(call) for call in kept)
        totals["passed"] += sum(call.stop_id in kept_stops and not call.is_served for call in calls)
        pattern = _pattern(tables, trip_id, (whole, kept), selection.fates[trip_id])
        booked = [call.row for call in kept if call.must_book]
        trips.append(
            ClippedTrip(
                trip_id,
                replace(pattern, operator=operators[trip_id]),
                selection.days[trip_id],
                tables.trips[trip_id].block,
                booked[0] if booked else None,
                len(booked),
            )
        )
    findings += _time_notes(totals)
    return ClippedTrips(
        tuple(trips), totals["interpolated"], totals["rounded"], totals["passed"], tuple(findings)
    )


def _is_rounded(call: Call) -> bool:
    times = (call.arrival_s or 0, call.departure_s or 0)
    return not call.is_interpolated and any(time % S_PER_MIN for time in times)


def _pattern(
    tables: Tables, trip_id: str, calls: tuple[list[Call], list[Call]], fate: Fate
) -> Pattern:
    """Return a trip's pattern, its operator still open, from its whole and its kept calls."""
    whole, kept = calls
    trip = tables.trips[trip_id]
    route = tables.routes[trip.route_id]
    return Pattern(
        line=route.line,
        times=tuple(
            (call.stop_id, minute_of(call.arrival_s), minute_of(call.departure_s)) for call in kept
        ),
        headsign=trip.headsign or kept[0].headsign or tables.stops[whole[-1].stop_id].name,
        route_id=route.id,
        operator="",
        kind="minibus" if fate == "on_demand" or route.kind is None else route.kind,
    )


def _time_notes(totals: Counter[str]) -> Iterator[Finding]:
    """Tell what was done to the times of the trips that became runs."""
    for key, told, code in _TIME_NOTES:
        if totals[key]:
            found = _(told).format(count=totals[key])
            yield Finding(TABLE, None, found, "", "", code, "info")
