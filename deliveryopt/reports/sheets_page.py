"""All run sheets as one HTML page, one sheet to a printed page."""

from collections.abc import Sequence
from dataclasses import dataclass

from deliveryopt.reports.formats import clean, clock_time, quarter
from deliveryopt.reports.html import asset, environment, policy
from deliveryopt.reports.map_data import HIDDEN_KIND
from deliveryopt.reports.run_sheets import Sheet, Step
from deliveryopt.reports.sentences import Teller


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """One run sheet as the template places it."""

    title: str
    facts: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


def sheets_html(teller: Teller, sheets: Sequence[Sheet]) -> str:
    """Return all run sheets as one page that works without a network.

    Parameters
    ----------
    teller
        What tells the bundle.
    sheets
        The sheets; without any, the page says so.
    """
    say = teller.say
    style = asset("sheets.css")
    names = ("order", "time", "stop", "what", "small", "medium", "large", "latest")
    return (
        environment()
        .get_template("sheets.html")
        .render(
            language=teller.language,
            title=say("sheet.title"),
            scenario=teller.title,
            no_sheets=say("sheet.none"),
            caption=say("sheet.caption"),
            heads=[say.of("sheet_head", name) for name in names],
            sheets=[_printed(teller, sheet) for sheet in sheets],
            style=style,
            policy=policy(style, ()),
        )
    )


def _printed(teller: Teller, sheet: Sheet) -> PrintedSheet:
    """Return one sheet with finished texts; times of home care are rounded."""
    say, row, run = teller.say, sheet.row, sheet.run
    hidden = run.kind == HIDDEN_KIND
    day = say.of("day", row.day)
    delay = say(
        "sheet.delay_of",
        delay=teller.number(row.delay_min, 1),
        budget=teller.number(sheet.delay_budget_min, 1),
    )
    facts = (
        (say("sheet.operator"), clean(run.operator) or say("word.none")),
        (say("sheet.vehicle"), clean(run.vehicle) or say("word.none")),
        (say("sheet.parcels"), teller.number(row.parcels)),
        (say("sheet.extra"), teller.number(row.extra_min, 1)),
        (say("sheet.delay"), delay),
    )
    return PrintedSheet(
        title=f"{day[:1].upper()}{day[1:]}: {teller.names.runs[run.id]}",
        facts=facts,
        rows=tuple(
            _row(teller, number, step, hidden=hidden) for number, step in enumerate(sheet.steps, 1)
        ),
        note=say("sheet.rounded") if hidden else "",
    )


def _row(teller: Teller, number: int, step: Step, *, hidden: bool) -> tuple[str, ...]:
    """Return the cells of one step."""
    time, latest = step.stop_min, step.latest_min
    if hidden:
        time, latest = quarter(time), None if latest is None else quarter(latest, up=True)
    return (
        teller.number(number),
        clock_time(time),
        step.stop,
        instruction(teller, step),
        *(teller.number(parcels) if parcels else "" for parcels in step.parcels),
        "" if latest is None else clock_time(latest),
    )


def instruction(teller: Teller, step: Step) -> str:
    """Return what to do, in words."""
    told = teller.say(f"do.{step.what}", place=step.place, via=step.via, target=step.target)
    return f"{teller.say.of('detour', step.detour)} {told}" if step.detour else told
