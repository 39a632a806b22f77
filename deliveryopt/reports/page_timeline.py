"""Section of the page about the day of each run that carries parcels: when it loads and where."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from markupsafe import Markup

from deliveryopt.plan.figures import RunRow
from deliveryopt.reports.blocks import Paragraphs, Picture, Section, Table, heads, row
from deliveryopt.reports.formats import clean, clock_time, quarter
from deliveryopt.reports.home_counts import (
    hides_homes,
    parcel_days,
    public_runs,
    runs_to_hidden_points,
)
from deliveryopt.reports.map_data import HIDDEN_KIND
from deliveryopt.reports.page_places import day_list
from deliveryopt.reports.sentences import Teller
from deliveryopt.reports.sentences_of_homes import parcels_text
from deliveryopt.reports.svg import drawing, element
from deliveryopt.scenario.schema import Run
from deliveryopt.units import DAYS, MIN_PER_H

_COLUMNS: Final = ("run", "days", "from", "loads", "serves", "parcels", "peak")
_NUMERIC: Final = "-----nn"
_LABEL_PX, _PLOT_PX, _ROW_PX, _TOP_PX = 250, 620, 26, 22
_LONGEST_LABEL: Final = 34
_MOST_HOURS: Final = 14
"""Above this, only every second hour has a label."""


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """Something that a run does with parcels: when and where."""

    time_min: int
    """Timetabled time at the stop, or at the stop where the run leaves its road."""
    latest_min: int
    """Latest arrival at a pickup point, the whole delay counted; the time itself when loading."""
    place: str
    """Name of the depot or pickup point."""


@dataclass(frozen=True, slots=True, eq=False)
class RunDay:
    """The day of one run, the same on all its days."""

    row: RunRow
    days: tuple[str, ...]
    start_min: int
    end_min: int
    loads: tuple[Event, ...]
    serves: tuple[Event, ...]
    parcels: int
    """Parcels on these days."""
    peak_parcels: int
    """Most aboard on any of them."""


def timeline_sections(teller: Teller) -> tuple[Section, ...]:
    """Return the section on the day of each run that carries parcels; none without such runs."""
    say, listed = teller.say, run_days(teller)
    if not listed:
        return ()
    names = (say.of("timeline", name) for name in _COLUMNS)
    table = Table(
        say("timeline.caption"),
        heads(_NUMERIC, *names),
        tuple(row(_NUMERIC, *_cells(teller, one)) for one in listed),
    )
    picture = Picture(
        say("timeline.title"),
        _chart(teller, listed),
        table,
        key=(
            ("e", say("timeline.drives")),
            ("a", say("timeline.carries")),
            ("b", say("timeline.at_load")),
            ("c", say("timeline.at_point")),
        ),
    )
    notes = [say("timeline.note")]
    if any(_is_rounded(teller, one.row.kind) for one in listed):
        notes.append(say("timeline.rounded"))
    return (Section("timeline", say("section.timeline"), (picture, Paragraphs((*notes,), "note"))),)


def run_days(teller: Teller) -> tuple[RunDay, ...]:
    """Return the days of runs that carry parcels, by departure; alike days of a run as one.

    Times of home-care rounds are rounded to the quarter in a report that may be published.
    """
    bundle = teller.bundle
    runs = {run.id: run for run in bundle.scenario.runs}
    found: list[RunDay] = []
    for one in public_runs(bundle.metrics, teller.few):
        alike: dict[tuple[tuple[Event, ...], tuple[Event, ...]], list[str]] = {}
        for day in sorted(parcel_days(bundle.metrics, one, teller.few), key=DAYS.index):
            events = (_loads(teller, runs[one.run], day), _serves(teller, runs[one.run], day))
            if any(events):
                alike.setdefault(events, []).append(day)
        for (loads, serves), days in alike.items():
            found.append(_run_day(teller, runs[one.run], one, tuple(days), loads, serves))
    return tuple(sorted(found, key=lambda one: (one.start_min, one.row.run, one.days)))


def _run_day(
    teller: Teller,
    run: Run,
    one: RunRow,
    days: tuple[str, ...],
    loads: tuple[Event, ...],
    serves: tuple[Event, ...],
) -> RunDay:
    """Return the day of a run, with what it carries on these days."""
    rows = [
        day for day in teller.bundle.metrics.run_day_rows if day.run == one.run and day.day in days
    ]
    first, last = run.stop_times[0].departure_min, run.stop_times[-1].arrival_min
    return RunDay(
        row=one,
        days=days,
        start_min=_told_min(teller, run, first),
        end_min=_told_min(teller, run, last, up=True),
        loads=loads,
        serves=serves,
        parcels=sum(day.parcels for day in rows),
        peak_parcels=max((day.peak_parcels for day in rows), default=0),
    )


def _is_rounded(teller: Teller, kind: str) -> bool:
    """Return whether times of a kind of run are told to the quarter."""
    return kind == HIDDEN_KIND and not teller.internal


def _told_min(teller: Teller, run: Run, minutes: int, *, up: bool = False) -> int:
    """Return a time as it may be told."""
    return quarter(minutes, up=up) if _is_rounded(teller, run.kind) else minutes


def _loads(teller: Teller, run: Run, day: str) -> tuple[Event, ...]:
    """Return when and where a run takes parcels aboard at a depot."""
    legs = {
        (leg.board_min, shipment.depot)
        for shipment in teller.bundle.plan.shipments
        for leg in shipment.legs[:1]
        if (leg.run, leg.day) == (run.id, day)
    }
    return tuple(
        Event(time, time, teller.names.depots[depot])
        for minutes, depot in sorted(legs)
        for time in [_told_min(teller, run, minutes)]
    )


def _serves(teller: Teller, run: Run, day: str) -> tuple[Event, ...]:
    """Return when and where a run leaves or takes parcels at pickup points."""
    stops = {stop.stop_sequence: stop.departure_min for stop in run.stop_times}
    return tuple(
        sorted(
            Event(
                _told_min(teller, run, stops[service.stop_sequence]),
                _told_min(teller, run, service.latest_arrival_min, up=True),
                teller.names.points[point],
            )
            for service in teller.bundle.plan.services
            if (service.run, service.day) == (run.id, day)
            for point in service.points
        )
    )


def _cells(teller: Teller, one: RunDay) -> list[str]:
    """Return the texts of the day of one run."""
    say = teller.say
    to_hidden = one.row.run in runs_to_hidden_points(teller.bundle, teller.few)
    peak = teller.number(one.peak_parcels)
    if to_hidden or hides_homes(one.row, teller.few):
        peak = say("word.withheld")
    return [
        teller.names.runs[one.row.run],
        day_list(teller, one.days),
        f"{clock_time(one.start_min)}\u2013{clock_time(one.end_min)}",
        "; ".join(f"{clock_time(event.time_min)} {event.place}" for event in one.loads)
        or say("word.none"),
        "; ".join(
            say("timeline.by", point=event.place, time=clock_time(event.latest_min))
            for event in one.serves
        )
        or say("word.none"),
        parcels_text(teller, one.parcels, is_hidden=to_hidden),
        peak,
    ]


def _chart(teller: Teller, listed: Sequence[RunDay]) -> Markup:
    """Return the days of runs side by side over the hours of the day."""
    first = min(one.start_min for one in listed) // MIN_PER_H
    ends = [event.latest_min for one in listed for event in one.serves]
    last = ceil(max([*ends, *(one.end_min for one in listed)]) / MIN_PER_H)
    hours = max(1, last - first)

    def x_px(minutes: int) -> float:
        return (minutes - first * MIN_PER_H) / (hours * MIN_PER_H) * _PLOT_PX

    height = _TOP_PX + _ROW_PX * len(listed) + 4
    step = 1 if hours <= _MOST_HOURS else 2
    parts: list[Markup] = []
    for hour in range(first, last + 1):
        x = x_px(hour * MIN_PER_H)
        parts.append(element("path", d=f"M{x:.1f} {_TOP_PX - 4}V{height}", class_="grid"))
        if (hour - first) % step == 0:
            clock = clock_time(hour * MIN_PER_H)[:2]
            parts.append(element("text", clock, x=x, y=12, text_anchor="middle", class_="soft"))
    for number, one in enumerate(listed):
        parts += _strip(teller, one, _TOP_PX + _ROW_PX * (number + 0.5), x_px)
    return drawing(
        parts,
        width=_PLOT_PX + 20,
        height=height,
        title=teller.say("timeline.title"),
        text=teller.say("timeline.text"),
        left=_LABEL_PX,
    )


def _strip(teller: Teller, one: RunDay, y: float, x_px: Callable[[int], float]) -> list[Markup]:
    """Return one row of the drawing: its name, the drive, the part with parcels, and stops."""
    name = clean(teller.names.runs[one.row.run], longest=_LONGEST_LABEL)
    days = day_list(teller, one.days)
    start, end = x_px(one.start_min), x_px(max(one.end_min, one.start_min))
    parts = [
        element("text", name, x=-10, y=y, text_anchor="end"),
        element("text", days, x=-10, y=y + 11, text_anchor="end", class_="soft small"),
        element("path", d=f"M{start:.1f} {y:.1f}H{end:.1f}", class_="series-e"),
    ]
    times = [event.time_min for event in (*one.loads, *one.serves)]
    aboard = (x_px(min(times)), x_px(max(times)))
    parts.append(
        element("path", d=f"M{aboard[0]:.1f} {y:.1f}H{aboard[1]:.1f}", class_="series-a thick")
    )
    for events, style in ((one.loads, "dot-b"), (one.serves, "dot-c")):
        for event in events:
            x = x_px(event.time_min)
            if style == "dot-b":
                parts.append(element("rect", x=x - 4, y=y - 4, width=8, height=8, class_=style))
            else:
                parts.append(element("circle", cx=x, cy=y, r=4.5, class_=style))
    return parts
