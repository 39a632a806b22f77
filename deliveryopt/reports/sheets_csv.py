"""Run sheets and van sheets as CSV, and the names of their files."""

from collections.abc import Sequence

from deliveryopt.reports.csv_text import Value, csv_text, slug
from deliveryopt.reports.formats import clock_time
from deliveryopt.reports.names import departure_min
from deliveryopt.reports.run_sheets import Sheet, Step
from deliveryopt.reports.sentences import Teller
from deliveryopt.reports.sheets_page import instruction, is_rounded, step_times, van_instruction
from deliveryopt.reports.texts import Texts
from deliveryopt.reports.van_sheets import VanSheet, VanStep
from deliveryopt.units import DAYS


def sheet_names(
    of_runs: Sequence[Sheet], of_vans: Sequence[VanSheet], say: Texts, *, internal: bool = False
) -> list[str]:
    """Return file names without ending: safe, unique, in order of day and time.

    A name holds the number and name of the day, the departure and the run or van; that of a sheet
    with home orders, or each in an internal report, ends with the word for internal.
    """
    has_homes = [sheet.has_homes for sheet in of_runs] + [sheet.has_homes for sheet in of_vans]
    stems = [
        _stem(
            sheet.row.day,
            departure_min(sheet.run, internal=internal or sheet.has_homes),
            sheet.run.id,
            say,
        )
        for sheet in of_runs
    ]
    stems += [
        _stem(sheet.row.day, sheet.row.start_min, f"{say('file.van')}-{sheet.van.id}", say)
        for sheet in of_vans
    ]
    names: list[str] = []
    for stem in stems:
        name, number = stem, 2
        while name in names:
            name, number = f"{stem}-{number}", number + 1
        names.append(name)
    mark = say("file.internal")
    return [
        name + mark * (internal or is_marked)
        for name, is_marked in zip(names, has_homes, strict=True)
    ]


def sheets_by_operator(
    teller: Teller, of_runs: Sequence[Sheet], of_vans: Sequence[VanSheet]
) -> dict[str, tuple[list[Sheet], list[VanSheet]]]:
    """Return each operator's own sheets of runs and vans, by a safe file name without ending."""
    found: dict[str, tuple[list[Sheet], list[VanSheet]]] = {}

    def own(operator: str) -> tuple[list[Sheet], list[VanSheet]]:
        name = slug(operator) if operator else teller.say("file.no_operator")
        return found.setdefault(f"0-{name}", ([], []))

    for sheet in of_runs:
        own(sheet.run.operator)[0].append(sheet)
    for van_sheet in of_vans:
        own(van_sheet.van.operator)[1].append(van_sheet)
    return dict(sorted(found.items()))


def _stem(day: str, departure_min: int, identity: str, say: Texts) -> str:
    """Return day, time and who drives as part of a file name."""
    time = clock_time(departure_min)[:5].replace(":", "")
    return f"{DAYS.index(day) + 1}-{say.of('day_file', day)}_{time}_{slug(identity)}"


def _marked(teller: Teller, rows: list[list[Value]], *, has_homes: bool) -> list[list[Value]]:
    """Return rows below a line that says that the sheet is internal, if it is."""
    return [[teller.say("page.internal")], *rows] if has_homes or teller.internal else rows


def run_sheet_csv(teller: Teller, sheet: Sheet) -> str:
    """Return one run sheet: facts about the run-day, then what to do in order."""
    say, row = teller.say, sheet.row
    facts: list[list[Value]] = [
        [say("sheet.run"), teller.names.runs[row.run]],
        [say("sheet.day"), say.of("day", row.day)],
        [say("sheet.operator"), sheet.run.operator],
        [say("sheet.parcels"), row.parcels],
        [say("sheet.extra"), row.extra_min],
        [say("sheet.delay"), row.delay_min],
        [say("sheet.budget"), sheet.delay_budget_min],
        [],
    ]
    if row.orders:
        facts.insert(4, [say("sheet.orders"), row.orders])
    if teller.internal or sheet.has_homes:
        facts.insert(3, [say("sheet.vehicle"), sheet.run.vehicle])
    names = ("order", "time", "stop", "what", "small", "medium", "large", "latest")
    heads: list[Value] = [say.of("sheet_head", name) for name in names]
    steps = [
        _step_cells(number, step, instruction(teller, step), is_rounded=is_rounded(teller, sheet))
        for number, step in enumerate(sheet.steps, 1)
    ]
    rows = _marked(teller, [*facts, heads, *steps], has_homes=sheet.has_homes)
    return csv_text(teller.language, rows)


def _step_cells(number: int, step: Step, what: str, *, is_rounded: bool) -> list[Value]:
    """Return the cells of one step."""
    time, latest = step_times(step, is_rounded=is_rounded)
    return [number, time, step.stop, what, *step.parcels, latest or None]


def van_sheet_csv(teller: Teller, sheet: VanSheet) -> str:
    """Return one van sheet: facts about the day, then what to do in order."""
    say, row = teller.say, sheet.row
    facts: list[list[Value]] = [
        [say("sheet.van"), teller.names.vans[sheet.van.id]],
        [say("sheet.day"), say.of("day", row.day)],
        [say("sheet.operator"), sheet.van.operator],
        [say("sheet.start"), clock_time(row.start_min)],
        [say("sheet.end"), clock_time(row.end_min)],
        [say("sheet.km"), row.km],
        [say("sheet.orders"), row.orders],
        [say("sheet.parcels"), row.parcels],
        [],
    ]
    names = ("order", "clock", "place", "what", "small", "medium", "large", "minutes")
    heads: list[Value] = [say.of("sheet_head", name) for name in names]
    steps = [_van_step_cells(teller, number, step) for number, step in enumerate(sheet.steps, 1)]
    rows = _marked(teller, [*facts, heads, *steps], has_homes=sheet.has_homes)
    return csv_text(teller.language, rows)


def _van_step_cells(teller: Teller, number: int, step: VanStep) -> list[Value]:
    """Return the cells of one step of a van."""
    return [
        number,
        clock_time(step.time_min),
        step.place,
        van_instruction(teller, step),
        *step.parcels,
        step.minutes,
    ]
