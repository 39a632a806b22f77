"""All run sheets as one HTML page, one sheet to a printed page."""

from collections.abc import Sequence
from dataclasses import dataclass

from deliveryopt.reports.formats import clean, clock_time, quarter
from deliveryopt.reports.html import asset, environment, policy
from deliveryopt.reports.map_data import HIDDEN_KIND
from deliveryopt.reports.run_sheets import Sheet, Step
from deliveryopt.reports.sentences import Teller
from deliveryopt.reports.van_sheets import VanSheet, VanStep


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """One run sheet or van sheet as the template places it."""

    title: str
    facts: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


def sheets_html(teller: Teller, sheets: Sequence[Sheet], vans: Sequence[VanSheet] = ()) -> str:
    """Return all run sheets and van sheets as one page that works without a network.

    Parameters
    ----------
    teller
        What tells the bundle.
    sheets
        The run sheets; without any and without van sheets, the page says so.
    vans
        The van sheets; they come after the run sheets.
    """
    say = teller.say
    printed = [_printed(teller, sheet) for sheet in sheets]
    printed += [_printed_van(teller, sheet) for sheet in vans]
    has_homes = [sheet.has_homes for sheet in sheets] + [sheet.has_homes for sheet in vans]
    is_internal = teller.internal or any(has_homes)
    style = asset("sheets.css") + (asset("sheets_internal.css") if is_internal else "")
    return (
        environment()
        .get_template("sheets.html")
        .render(
            language=teller.language,
            title=say("sheet.title"),
            scenario=teller.title,
            no_sheets=say("sheet.none"),
            caption=say("sheet.caption"),
            internal=say("page.internal") if is_internal else "",
            sheets=printed,
            style=style,
            policy=policy(style, ()),
        )
    )


def _printed(teller: Teller, sheet: Sheet) -> PrintedSheet:
    """Return one sheet with finished texts; times of home care are rounded."""
    say, row, run = teller.say, sheet.row, sheet.run
    rounded = is_rounded(teller, sheet)
    day = say.of("day", row.day)
    delay = say(
        "sheet.delay_of",
        delay=teller.number(row.delay_min, 1),
        budget=teller.number(sheet.delay_budget_min, 1),
    )
    facts = [
        (say("sheet.operator"), clean(run.operator) or say("word.none")),
        (say("sheet.parcels"), teller.number(row.parcels)),
        (say("sheet.extra"), teller.number(row.extra_min, 1)),
        (say("sheet.delay"), delay),
    ]
    if row.orders:
        facts.insert(2, (say("sheet.orders"), teller.number(row.orders)))
    if teller.internal or sheet.has_homes:
        facts.insert(1, (say("sheet.vehicle"), clean(run.vehicle) or say("word.none")))
    names = ("order", "time", "stop", "what", "small", "medium", "large", "latest")
    return PrintedSheet(
        title=f"{day[:1].upper()}{day[1:]}: {teller.names.runs[run.id]}",
        facts=tuple(facts),
        heads=tuple(say.of("sheet_head", name) for name in names),
        rows=tuple(
            _row(teller, number, step, rounded=rounded)
            for number, step in enumerate(sheet.steps, 1)
        ),
        note=say("sheet.rounded") if rounded else "",
    )


def is_rounded(teller: Teller, sheet: Sheet) -> bool:
    """Return whether times of a sheet are told to the quarter: of home care, where all may read."""
    return sheet.run.kind == HIDDEN_KIND and not teller.internal and not sheet.has_homes


def step_times(step: Step, *, is_rounded: bool) -> tuple[str, str]:
    """Return when a step is, and the latest arrival, empty without one; the latter rounded up."""
    time, latest = step.stop_min, step.latest_min
    if is_rounded:
        time, latest = quarter(time), None if latest is None else quarter(latest, up=True)
    return clock_time(time), "" if latest is None else clock_time(latest)


def _row(teller: Teller, number: int, step: Step, *, rounded: bool) -> tuple[str, ...]:
    """Return the cells of one step."""
    time, latest = step_times(step, is_rounded=rounded)
    return (
        teller.number(number),
        time,
        step.stop,
        instruction(teller, step),
        *(teller.number(parcels) if parcels else "" for parcels in step.parcels),
        latest,
    )


def _printed_van(teller: Teller, sheet: VanSheet) -> PrintedSheet:
    """Return one van sheet with finished texts."""
    say, row = teller.say, sheet.row
    day = say.of("day", row.day)
    names = ("order", "clock", "place", "what", "small", "medium", "large", "minutes")
    facts = (
        (say("sheet.operator"), clean(sheet.van.operator) or say("word.none")),
        (say("sheet.start"), clock_time(row.start_min)),
        (say("sheet.end"), clock_time(row.end_min)),
        (say("sheet.km"), teller.number(row.km, 1)),
        (say("sheet.orders"), teller.number(row.orders)),
        (say("sheet.parcels"), teller.number(row.parcels)),
    )
    return PrintedSheet(
        title=f"{day[:1].upper()}{day[1:]}: {teller.names.vans[sheet.van.id]}",
        facts=facts,
        heads=tuple(say.of("sheet_head", name) for name in names),
        rows=tuple(_van_row(teller, number, step) for number, step in enumerate(sheet.steps, 1)),
        note="",
    )


def _van_row(teller: Teller, number: int, step: VanStep) -> tuple[str, ...]:
    """Return the cells of one step of a van."""
    return (
        teller.number(number),
        clock_time(step.time_min),
        step.place,
        van_instruction(teller, step),
        *(teller.number(parcels) if parcels else "" for parcels in step.parcels),
        "" if step.minutes is None else teller.number(step.minutes),
    )


def van_instruction(teller: Teller, step: VanStep) -> str:
    """Return what the driver of a van does, in words."""
    goods = teller.say.of("goods", step.goods) if step.goods else ""
    targets = teller.joined(step.targets, most=len(step.targets))
    return teller.say(f"do_van.{step.what}", trip=step.trip, goods=goods, targets=targets)


def instruction(teller: Teller, step: Step) -> str:
    """Return what to do, in words."""
    values = {"place": step.place, "via": step.via, "target": step.target}
    if step.goods:
        minutes = teller.number(step.minutes or 0)
        values |= {"goods": teller.say.of("goods", step.goods), "min": minutes}
    told = teller.say(f"do.{step.what}", **values)
    return f"{teller.say.of('detour', step.detour)} {told}" if step.detour else told
