"""Which services of a GTFS feed run on which days of one real week."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_
from deliveryopt.scenario.gtfs_feed import Feed, Finding
from deliveryopt.scenario.gtfs_read import read_rows
from deliveryopt.units import DAYS, DAYS_PER_WEEK

ADDED, REMOVED = "1", "2"
_ALLOWED_DATES: Final = N_("Allowed: YYYYMMDD, such as 20260105.")
DAY_COLUMNS: Final = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
_DATE: Final = re.compile(r"[0-9]{8}")
_RANGE_ADVICE: Final = N_("Choose another week, or get the feed of that time.")


@dataclass(frozen=True, slots=True, eq=False)
class ServiceWeek:
    """The services of one week."""

    days_of_service: dict[str, frozenset[int]]
    """Days, Monday being 0, on which a service runs that week; known services only."""
    findings: tuple[Finding, ...]
    """What was found in the calendars."""


@dataclass(frozen=True, slots=True)
class _Period:
    """One good row of `calendar.txt`."""

    service: str
    days: frozenset[int]
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class _Exception:
    """One good row of `calendar_dates.txt`."""

    service: str
    day: date
    is_added: bool


def parse_date(text: str) -> date | None:
    """Return a GTFS date, or None if it is none.

    Examples
    --------
    >>> parse_date("20221003"), parse_date("20221332")
    (datetime.date(2022, 10, 3), None)
    """
    if not _DATE.fullmatch(text):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def read_service_week(feed: Feed, week_start: date) -> ServiceWeek:
    """Return the services of the week that begins on a Monday, and every fault in the calendars."""
    periods, findings = _read_periods(feed)
    exceptions, more = _read_exceptions(feed)
    findings += more
    days: dict[str, set[int]] = {
        service: set()
        for table in ("calendar.txt", "calendar_dates.txt")
        for _row, (service,) in read_rows(feed, table, ("service_id",))
    }
    for period in periods:
        days[period.service] |= {
            day
            for day in period.days
            if period.first <= week_start + timedelta(days=day) <= period.last
        }
    for change in exceptions:
        day = (change.day - week_start).days
        if 0 <= day < DAYS_PER_WEEK:
            (days[change.service].add if change.is_added else days[change.service].discard)(day)
    served = frozenset().union(*days.values())
    if not any(finding.severity == "error" for finding in findings):
        findings += _check_week(feed, week_start, served, (periods, exceptions))
    return ServiceWeek(
        {service: frozenset(numbers) for service, numbers in days.items()}, tuple(findings)
    )


def _read_periods(feed: Feed) -> tuple[list[_Period], list[Finding]]:
    table = "calendar.txt"
    columns = ("service_id", "start_date", "end_date", *DAY_COLUMNS)
    periods: list[_Period] = []
    findings: list[Finding] = []
    seen: dict[str, int] = {}
    for row, (service, start, end, *flags) in read_rows(feed, table, columns):
        if service in seen:
            found = _("service_id {service!r} stands in row {row} already.").format(
                service=service, row=seen[service]
            )
            findings.append(_duplicate(table, row, found))
            continue
        seen[service] = row
        first, last = parse_date(start), parse_date(end)
        bad = [repr(flag) for flag in flags if flag not in {"0", "1"}]
        if bad:
            found = _("day column {value}.").format(value=bad[0])
            findings.append(_bad(table, row, found, _("Allowed: 0 or 1.")))
        if first is None or last is None:
            found = _("date {value!r}.").format(value=start if first is None else end)
            findings.append(_bad(table, row, found, _(_ALLOWED_DATES)))
        elif last < first:
            found = _("end_date {end} before start_date {start}.").format(end=end, start=start)
            findings.append(_bad(table, row, found, _("Allowed: an end_date not before it.")))
        elif not bad:
            days = frozenset(day for day, flag in enumerate(flags) if flag == "1")
            periods.append(_Period(service, days, first, last))
    return periods, findings


def _read_exceptions(feed: Feed) -> tuple[list[_Exception], list[Finding]]:
    table = "calendar_dates.txt"
    exceptions: list[_Exception] = []
    findings: list[Finding] = []
    seen: dict[tuple[str, str], int] = {}
    columns = ("service_id", "date", "exception_type")
    for row, (service, text, kind) in read_rows(feed, table, columns):
        if (service, text) in seen:
            found = _("service_id {service!r} on {date!r} stands in row {row} already.").format(
                service=service, date=text, row=seen[service, text]
            )
            findings.append(_duplicate(table, row, found))
            continue
        seen[service, text] = row
        day = parse_date(text)
        if day is None:
            found = _("date {value!r}.").format(value=text)
            findings.append(_bad(table, row, found, _(_ALLOWED_DATES)))
        if kind not in {ADDED, REMOVED}:
            found = _("exception_type {value!r}.").format(value=kind)
            findings.append(_bad(table, row, found, _("Allowed: 1 (added) or 2 (removed).")))
        elif day is not None:
            exceptions.append(_Exception(service, day, kind == ADDED))
    return exceptions, findings


def _bad(table: str, row: int, found: str, allowed: str) -> Finding:
    return Finding(table, row, found, allowed, _("Correct the row."), "DO-G030")


def _duplicate(table: str, row: int, found: str) -> Finding:
    return Finding(table, row, found, _("Once."), _("Remove one of the rows."), "DO-G020")


def _valid_range(
    feed: Feed, periods: list[_Period], exceptions: list[_Exception]
) -> tuple[date, date] | None:
    """Return the first and last day of service, within the feed's own limits."""
    first_days = [row.first for row in periods if row.days]
    last_days = [row.last for row in periods if row.days]
    added = [row.day for row in exceptions if row.is_added]
    if not first_days and not added:
        return None
    first, last = min([*first_days, *added]), max([*last_days, *added])
    for _row, (start, end) in read_rows(
        feed, "feed_info.txt", ("feed_start_date", "feed_end_date")
    ):
        first = max(first, parse_date(start) or first)
        last = min(last, parse_date(end) or last)
    return first, last


def _check_week(
    feed: Feed,
    week_start: date,
    served: frozenset[int],
    rows: tuple[list[_Period], list[_Exception]],
) -> Iterator[Finding]:
    """Find a week that the feed does not cover, and days without service."""
    periods, exceptions = rows
    valid = _valid_range(feed, periods, exceptions)
    if valid is None:
        found = _("The calendars hold no day of service at all.")
        advice = _("Ask the publisher for the complete feed.")
        yield Finding("calendar.txt", None, found, _("At least one."), advice, "DO-G034")
        return
    first, last = valid
    week_end = week_start + timedelta(days=DAYS_PER_WEEK - 1)
    usual = {day for row in periods for day in row.days}
    usual |= {row.day.weekday() for row in exceptions if row.is_added}
    outside = [
        day for day in sorted(usual) if not first <= week_start + timedelta(days=day) <= last
    ]
    allowed = _("The feed holds service from {first} to {last}.").format(first=first, last=last)
    week = {"start": week_start, "end": week_end}
    if week_end < first or week_start > last or outside:
        names = ", ".join(DAYS[day] for day in outside)
        found = _("The week {start} to {end} is outside the feed.").format(**week)
        if outside and served:
            found = _(
                "The week {start} to {end} is outside the feed (days not covered: {days})."
            ).format(**week, days=names)
        yield Finding("", None, found, allowed, _(_RANGE_ADVICE), "DO-G034")
    elif not served:
        found = _("No service runs in the week {start} to {end}.").format(**week)
        yield Finding("", None, found, allowed, _(_RANGE_ADVICE), "DO-G035")
    elif len(served) < DAYS_PER_WEEK:
        names = ", ".join(name for day, name in enumerate(DAYS) if day not in served)
        found = _("No service runs on {days} of the week from {start}.").format(
            days=names, start=week_start
        )
        yield Finding("", None, found, allowed, "", "DO-G064", "info")


def clock_changes(feed: Feed, week_start: date) -> Iterator[Finding]:
    """Find days of the week, by the agencies' time zones, on which the clocks change."""
    zones = {zone: row for row, (zone,) in read_rows(feed, "agency.txt", ("agency_timezone",))}
    for name, row in sorted(zones.items()):
        try:
            zone = ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            found = _("agency_timezone {name!r} is not known here.").format(name=name[:80])
            advice = _("Days on which the clocks change are not told.")
            allowed = _("Allowed: names such as Europe/Stockholm.")
            yield Finding("agency.txt", row, found, allowed, advice, "DO-G058", "warning")
            continue
        for number in range(DAYS_PER_WEEK):
            day = datetime.combine(week_start, datetime.min.time(), zone) + timedelta(days=number)
            if day.utcoffset() != (day + timedelta(days=1)).utcoffset():
                found = _("The clocks change on {date}.").format(date=day.date())
                advice = _("Times are kept as the feed gives them, so durations stay right.")
                yield Finding("agency.txt", row, found, "", advice, "DO-G058", "info")
