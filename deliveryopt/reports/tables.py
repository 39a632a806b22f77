"""Tables as CSV, and the run sheets for those who drive: one CSV a run and day, one page to print.

Swedish files use `;` between cells and a decimal comma, English ones `,` and a point; all are
UTF-8 with a byte order mark, as spreadsheets want it.
"""

import re
from pathlib import Path

from deliveryopt.plan.figures import PickupPointRow, VillageRow
from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.csv_text import Value, csv_text, sek
from deliveryopt.reports.files import remove_file, write_text
from deliveryopt.reports.formats import FEW
from deliveryopt.reports.home_counts import points_hidden
from deliveryopt.reports.page_places import use_at_most
from deliveryopt.reports.run_sheets import run_sheets
from deliveryopt.reports.sentences import Teller, teller_of
from deliveryopt.reports.sheets_csv import run_sheet_csv, sheet_names, van_sheet_csv
from deliveryopt.reports.sheets_page import sheets_html
from deliveryopt.reports.tables_homes import homes_csv, vans_csv
from deliveryopt.reports.texts import LANGUAGES, Texts
from deliveryopt.reports.van_sheets import van_sheets
from deliveryopt.units import DAYS

_TABLES = ("file.villages", "file.boxes", "file.homes", "file.vans")


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
    public, internal = _public_tables(teller), dict[str, str]()
    say, of_runs, of_vans = teller.say, run_sheets(teller), van_sheets(teller)
    sheets = [(run_sheet_csv(teller, sheet), sheet.has_homes) for sheet in of_runs]
    sheets += [(van_sheet_csv(teller, sheet), sheet.has_homes) for sheet in of_vans]
    for (text, has_homes), stem in zip(sheets, sheet_names(of_runs, of_vans, say), strict=True):
        (internal if has_homes else public)[f"{say('file.sheets')}/{stem}.csv"] = text
    page = say("file.sheets") + (say("file.internal") if internal else "") + ".html"
    paths = []
    for name, text in (public | internal).items():
        write_text(folder / name, text, encoding="utf-8-sig", is_private=name in internal)
        paths.append(folder / name)
    paths.append(folder / page)
    write_text(paths[-1], sheets_html(teller, of_runs, of_vans), is_private=bool(internal))
    _remove_stale(folder, set(paths))
    return paths


def _public_tables(teller: Teller) -> dict[str, str]:
    """Return the tables that everybody may read, by file name."""
    say, scenario = teller.say, teller.bundle.scenario
    tables = {
        f"{say('file.villages')}.csv": villages_csv(teller),
        f"{say('file.boxes')}.csv": boxes_csv(teller),
    }
    if scenario.homes:
        tables[f"{say('file.homes')}.csv"] = homes_csv(teller)
    if scenario.vans:
        tables[f"{say('file.vans')}.csv"] = vans_csv(teller)
    return tables


def _remove_stale(folder: Path, written: set[Path]) -> None:
    """Remove tables and sheets of an earlier result, in either language."""
    for language in LANGUAGES:
        say = Texts(language)
        stale = [folder / f"{say(key)}.csv" for key in _TABLES]
        sheets, internal = folder / say("file.sheets"), say("file.internal")
        stale += [folder / f"{say('file.sheets')}{mark}.html" for mark in ("", internal)]
        days = "|".join(say.of("day_file", day) for day in DAYS)
        ours = re.compile(rf"[1-7]-(?:{days})_[0-9]{{4}}_[a-z0-9-]+(?:{internal})?\.csv")
        if sheets.is_dir():
            stale += [path for path in sorted(sheets.iterdir()) if ours.fullmatch(path.name)]
        for path in stale:
            if path not in written:
                remove_file(path)


def _people(value: int | None) -> Value:
    """Return a number of people; one to four are not told."""
    return f"<{FEW}" if value is not None and 0 < value < FEW else value


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
    return csv_text(teller.language, [[say.of("csv_village", name) for name in names], *rows])


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
        sek(row.cost_ore_per_week),
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
    return csv_text(teller.language, [heads, *rows])


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
        *_use_cells(teller, row),
    ]


def _use_cells(teller: Teller, row: PickupPointRow) -> list[Value]:
    """Return how full a site is and what it costs; less where that tells of few home orders."""
    if row.pickup_point not in points_hidden(teller.bundle.metrics):
        return [
            row.peak_use_share,
            row.mean_use_share,
            row.tightest_share,
            sek(row.boxes_ore_per_week),
            sek(row.site_ore_per_week),
            sek(row.fees_ore_per_week),
            *row.still_here_parcels,
        ]
    withheld = teller.say("word.withheld")
    return [
        use_at_most(teller, row.peak_use_share),
        withheld,
        use_at_most(teller, row.tightest_share),
        sek(row.boxes_ore_per_week),
        sek(row.site_ore_per_week),
        *(withheld for _ in ("fees", *DAYS)),
    ]
