"""Tables as CSV, and the run sheets for those who drive: one CSV a run and day, one page to print.

Swedish files use `;` between cells and a decimal comma, English ones `,` and a point; all are
UTF-8 with a byte order mark, as spreadsheets want it.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final

from deliveryopt.plan.figures import PickupPointRow, VillageRow
from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.files import remove_file, write_text
from deliveryopt.reports.formats import FEW, clean, clock_time
from deliveryopt.reports.run_sheets import Sheet, Step, run_sheets
from deliveryopt.reports.sentences import Teller, teller_of
from deliveryopt.reports.sheets_page import instruction, sheets_html
from deliveryopt.reports.texts import LANGUAGES, Texts
from deliveryopt.units import DAYS, ORE_PER_SEK

Value = str | int | float | None
"""A text is a stranger's or ours; a number is always ours."""

_LONGEST: Final = 10_000
_LONGEST_SLUG: Final = 60
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", *"\uff1d\uff0b\uff0d\uff20")
_DECIMALS: Final = 6


def write_tables(bundle: Bundle, folder: Path, *, language: Language) -> list[Path]:
    """Write the villages, the boxes and the run sheets into a folder.

    Tables and sheets that an earlier result left there under the names used here are removed.

    Parameters
    ----------
    bundle
        One solved scenario.
    folder
        Folder to write into.
    language
        `sv` or `en`.

    Returns
    -------
    list[Path]
        The files written.

    Raises
    ------
    OutputError
        If a file cannot be written; none is left half-written.
    """
    teller = teller_of(bundle, language)
    say, sheets = teller.say, run_sheets(teller)
    sheets_folder = folder / say("file.sheets")
    written = {
        folder / f"{say('file.villages')}.csv": villages_csv(teller),
        folder / f"{say('file.boxes')}.csv": boxes_csv(teller),
    }
    for sheet, stem in zip(sheets, sheet_names(sheets, say), strict=True):
        written[sheets_folder / f"{stem}.csv"] = sheet_csv(teller, sheet)
    for path, text in written.items():
        write_text(path, text, encoding="utf-8-sig")
    page = folder / f"{say('file.sheets')}.html"
    write_text(page, sheets_html(teller, sheets))
    paths = [*written, page]
    _remove_stale(folder, set(paths))
    return paths


def _remove_stale(folder: Path, written: set[Path]) -> None:
    """Remove tables and sheets of an earlier result, in either language."""
    for language in LANGUAGES:
        say = Texts(language)
        stale = [folder / f"{say(key)}.csv" for key in ("file.villages", "file.boxes")]
        stale.append(folder / f"{say('file.sheets')}.html")
        days = "|".join(say.of("day_file", day) for day in DAYS)
        ours = re.compile(rf"[1-7]-(?:{days})_[0-9]{{4}}_[a-z0-9-]+\.csv")
        sheets = folder / say("file.sheets")
        if sheets.is_dir():
            stale += [path for path in sorted(sheets.iterdir()) if ours.fullmatch(path.name)]
        for path in stale:
            if path not in written:
                remove_file(path)


def sheet_names(sheets: Sequence[Sheet], say: Texts) -> list[str]:
    """Return file names without ending: safe, unique, in order of day and time.

    A name holds the number and name of the day, the departure and the run.
    """
    names: list[str] = []
    for sheet in sheets:
        day = f"{DAYS.index(sheet.row.day) + 1}-{say.of('day_file', sheet.row.day)}"
        time = clock_time(sheet.run.stop_times[0].departure_min)[:5].replace(":", "")
        stem = f"{day}_{time}_{slug(sheet.run.id)}"
        name, number = stem, 2
        while name in names:
            name, number = f"{stem}-{number}", number + 1
        names.append(name)
    return names


def slug(text: str) -> str:
    """Return a text as part of a file name: small letters, digits and hyphens only.

    Examples
    --------
    >>> slug("Linje 1: Högåsen/../x"), slug("..")
    ('linje-1-hogasen-x', 'x')
    """
    plain = unicodedata.normalize("NFKD", text[:_LONGEST]).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:_LONGEST_SLUG].strip("-") or "x"


def _csv(language: Language, rows: Iterable[Sequence[Value]]) -> str:
    """Return rows as CSV text; no cell can be taken for a formula."""
    text = io.StringIO()
    delimiter = ";" if language == "sv" else ","
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([_cell(value, language) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: Value, language: Language) -> str:
    """Return a cell: numbers plainly, texts clean and harmless."""
    if value is None:
        return ""
    if isinstance(value, str):
        line = clean(value, longest=_LONGEST)
        return f"'{line}" if value.startswith(_DANGEROUS) or line.startswith(_DANGEROUS) else line
    if isinstance(value, int):
        return str(value)
    rounded = round(Decimal(str(value)), _DECIMALS).normalize()
    plain = f"{rounded + 0:f}"
    return plain.replace(".", ",") if language == "sv" else plain


def _people(value: int | None) -> Value:
    """Return a number of people; one to four are not told."""
    return f"<{FEW}" if value is not None and 0 < value < FEW else value


def _sek(ore: int) -> float:
    """Return öre as kronor."""
    return ore / ORE_PER_SEK


def villages_csv(teller: Teller) -> str:
    """Return a row for each village."""
    say = teller.say
    names = (
        "id",
        "name",
        "people",
        "old",
        "how",
        "point_id",
        "point",
        "km",
        "estimate",
        "covered",
        "agent_id",
        "agent",
        "agent_km",
        "covered_today",
        "parcels",
        "cost",
    )
    before = {row.village: row for row in teller.bundle.today.village_rows}
    rows = [
        _village_cells(teller, before[row.village], row)
        for row in teller.bundle.metrics.village_rows
    ]
    return _csv(teller.language, [[say.of("csv_village", name) for name in names], *rows])


def _village_cells(teller: Teller, today: VillageRow, row: VillageRow) -> list[Value]:
    """Return the cells of one village."""
    say, points = teller.say, _raw_points(teller)
    return [
        row.village,
        row.name,
        _people(row.inhabitants),
        _people(row.inhabitants_65),
        say.of("how", row.how),
        row.pickup_point,
        points.get(row.pickup_point or ""),
        row.distance_km,
        say("word.yes" if row.distance_is_estimate else "word.no"),
        say("word.yes" if row.covered else "word.no"),
        row.agent_today,
        points.get(row.agent_today or ""),
        row.agent_today_km,
        say("word.yes" if today.covered else "word.no"),
        row.parcels_per_week,
        _sek(row.cost_ore_per_week),
    ]


def _raw_points(teller: Teller) -> dict[str, str]:
    """Return pickup points' names as the scenario has them."""
    return {point.id: point.name for point in teller.bundle.scenario.pickup_points}


def boxes_csv(teller: Teller) -> str:
    """Return a row for each site with boxes."""
    say = teller.say
    names = (
        "id",
        "name",
        "boxes",
        "types",
        "small",
        "medium",
        "large",
        "villages",
        "people",
        "parcels",
        "services",
        "days",
        "peak",
        "mean",
        "tightest",
        "box_cost",
        "site_cost",
        "fees",
    )
    heads = [say.of("csv_box", name) for name in names]
    heads += [say("csv_box.still", day=say.of("day", day)) for day in DAYS]
    rows = [_box_cells(teller, row) for row in teller.bundle.metrics.pickup_point_rows if row.boxes]
    return _csv(teller.language, [heads, *rows])


def _box_cells(teller: Teller, row: PickupPointRow) -> list[Value]:
    """Return the cells of one site."""
    types = (
        f"{opened.boxes} {teller.names.box_types[opened.box_type]}"
        for opened in teller.bundle.plan.opened
        if opened.pickup_point == row.pickup_point
    )
    return [
        row.pickup_point,
        row.name,
        row.boxes,
        " + ".join(types),
        row.compartments.small,
        row.compartments.medium,
        row.compartments.large,
        row.villages_by_plan,
        _people(row.inhabitants),
        row.parcels_per_week,
        row.services_per_week,
        " ".join(teller.say.of("day_short", day) for day in row.delivery_days),
        row.peak_use_share,
        row.mean_use_share,
        row.tightest_share,
        _sek(row.boxes_ore_per_week),
        _sek(row.site_ore_per_week),
        _sek(row.fees_ore_per_week),
        *row.still_here_parcels,
    ]


def sheet_csv(teller: Teller, sheet: Sheet) -> str:
    """Return one run sheet: facts about the run-day, then what to do in order."""
    say, row = teller.say, sheet.row
    facts: list[list[Value]] = [
        [say("sheet.run"), teller.names.runs[row.run]],
        [say("sheet.day"), say.of("day", row.day)],
        [say("sheet.operator"), sheet.run.operator],
        [say("sheet.vehicle"), sheet.run.vehicle],
        [say("sheet.parcels"), row.parcels],
        [say("sheet.extra"), row.extra_min],
        [say("sheet.delay"), row.delay_min],
        [say("sheet.budget"), sheet.delay_budget_min],
        [],
    ]
    names = ("order", "time", "stop", "what", "small", "medium", "large", "latest")
    heads: list[Value] = [say.of("sheet_head", name) for name in names]
    steps = [_step_cells(teller, number, step) for number, step in enumerate(sheet.steps, 1)]
    return _csv(teller.language, [*facts, heads, *steps])


def _step_cells(teller: Teller, number: int, step: Step) -> list[Value]:
    """Return the cells of one step."""
    latest = None if step.latest_min is None else clock_time(step.latest_min)
    return [
        number,
        clock_time(step.stop_min),
        step.stop,
        instruction(teller, step),
        *step.parcels,
        latest,
    ]
