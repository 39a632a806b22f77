"""Tables as CSV, and the run sheets for those who drive: one CSV a run and day, one page to print.

Swedish files use `;` between cells and a decimal comma, English ones `,` and a point; all are
UTF-8 with a byte order mark, as spreadsheets want it.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from deliveryopt.plan.figures import PickupPointRow
from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.csv_text import Value, csv_text, sek
from deliveryopt.reports.files import remove_file, write_text
from deliveryopt.reports.home_counts import points_hidden
from deliveryopt.reports.home_order_rows import orders_csv
from deliveryopt.reports.page_places import use_at_most, yes_no
from deliveryopt.reports.publish import refuse_private_texts
from deliveryopt.reports.run_sheets import run_sheets
from deliveryopt.reports.sentences import Teller, teller_of
from deliveryopt.reports.sheets_csv import (
    run_sheet_csv,
    sheet_names,
    sheets_by_operator,
    van_sheet_csv,
)
from deliveryopt.reports.sheets_page import sheets_html
from deliveryopt.reports.small_villages import ToldVillage, told_villages, withheld_people
from deliveryopt.reports.suppression import is_few
from deliveryopt.reports.tables_homes import homes_csv, vans_csv
from deliveryopt.reports.texts import LANGUAGES, Texts
from deliveryopt.reports.van_sheets import van_sheets
from deliveryopt.units import DAYS

_TABLES = ("file.villages", "file.boxes", "file.homes", "file.orders", "file.vans")


def write_tables(
    bundle: Bundle, folder: Path, *, language: Language, internal: bool = False
) -> list[Path]:
    """Write the villages, the boxes and the run sheets into a folder.

    The sheets come all on one page, on a page for each operator, and each as a table.

    Tables and sheets that an earlier result left there under the names used here are removed.

    Parameters
    ----------
    bundle
        One solved scenario.
    folder
        Folder to write into.
    language
        `sv` or `en`.
    internal
        Whether the tables show exact counts and order rows; the names of all files that do end in
        `_intern` (`_internal`). Without it, the tables may be published, but not the sheets of
        runs and vans that bring home orders.

    Returns
    -------
    list[Path]
        The files written.

    Raises
    ------
    OutputError
        If a file cannot be written; none is left half-written.
    ScenarioError
        If the tables may be published and a text of the scenario tells of a person.
    """
    if not internal:
        refuse_private_texts(bundle.scenario)
    teller = teller_of(bundle, language, internal=internal)
    mark = teller.say("file.internal")
    public, private = dict[str, str](), dict[str, str]()
    for stem, text in _tables(teller).items():
        (private if internal else public)[f"{stem}{mark * internal}.csv"] = text
    say, of_runs, of_vans = teller.say, run_sheets(teller), van_sheets(teller)
    sheets = [(run_sheet_csv(teller, sheet), sheet.has_homes) for sheet in of_runs]
    sheets += [(van_sheet_csv(teller, sheet), sheet.has_homes) for sheet in of_vans]
    names = sheet_names(of_runs, of_vans, say, internal=internal)
    for (text, has_homes), stem in zip(sheets, names, strict=True):
        (private if internal or has_homes else public)[f"{say('file.sheets')}/{stem}.csv"] = text
    page = say("file.sheets") + (mark if private else "") + ".html"
    paths = []
    for name, text in (public | private).items():
        write_text(folder / name, text, encoding="utf-8-sig", is_private=name in private)
        paths.append(folder / name)
    paths.append(folder / page)
    write_text(paths[-1], sheets_html(teller, of_runs, of_vans), is_private=bool(private))
    for stem, (runs, vans) in sheets_by_operator(teller, of_runs, of_vans).items():
        is_secret = internal or any(s.has_homes for s in runs) or any(s.has_homes for s in vans)
        paths.append(folder / say("file.sheets") / f"{stem}{mark * is_secret}.html")
        write_text(paths[-1], sheets_html(teller, runs, vans), is_private=is_secret)
    _remove_stale(folder, set(paths), internal=internal)
    return paths


def _tables(teller: Teller) -> dict[str, str]:
    """Return the tables by file name without ending; those of single orders only inside."""
    say, scenario = teller.say, teller.bundle.scenario
    tables = {say("file.villages"): villages_csv(teller), say("file.boxes"): boxes_csv(teller)}
    if scenario.homes:
        tables[say("file.homes")] = homes_csv(teller)
        if teller.internal:
            tables[say("file.orders")] = orders_csv(teller)
    if scenario.vans:
        tables[say("file.vans")] = vans_csv(teller)
    return tables


def _remove_stale(folder: Path, written: set[Path], *, internal: bool) -> None:
    """Remove tables and sheets of an earlier result, in either language.

    Internal tables are written beside those that may be published, after them, and remove only
    internal ones.
    """
    for language in LANGUAGES:
        say = Texts(language)
        sheets, mark = folder / say("file.sheets"), say("file.internal")
        marks = (mark,) if internal else ("", mark)
        stale = [folder / f"{say(key)}{end}.csv" for key in _TABLES for end in marks]
        stale += [folder / f"{say('file.sheets')}{end}.html" for end in marks]
        days = "|".join(say.of("day_file", day) for day in DAYS)
        ending = mark if internal else f"(?:{mark})?"
        of_day = rf"[1-7]-(?:{days})_[0-9]{{4}}_[a-z0-9-]+{ending}\.csv"
        ours = re.compile(rf"{of_day}|0-[a-z0-9-]+{ending}\.html")
        if sheets.is_dir():
            stale += [path for path in sorted(sheets.iterdir()) if ours.fullmatch(path.name)]
        for path in stale:
            if path not in written:
                remove_file(path)


def _people(teller: Teller, value: int | None) -> Value:
    """Return a number of people; one to four are not told in public."""
    return value if value is None or not is_few(value, teller.few) else f"<{teller.few}"


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
    rows = [_village_cells(teller, one) for one in told_villages(teller.bundle, teller.few)]
    return csv_text(teller.language, [[say.of("csv_village", name) for name in names], *rows])


def _village_cells(teller: Teller, told: ToldVillage) -> list[Value]:
    """Return the cells of one village, or of several that are told together."""
    say, points, rows = teller.say, _raw_points(teller), told.rows
    agents = _known(row.agent_today for row in rows)
    collect = _known(told.points(plan=True))
    agents_km = [row.agent_today_km for row in rows if row.agent_today_km is not None]
    return [
        " + ".join(told.villages),
        " + ".join(row.name for row in rows),
        _people(teller, told.inhabitants),
        _people(teller, told.inhabitants_65),
        " + ".join(dict.fromkeys(say.of("how", row.how) for row in rows)),
        " + ".join(collect),
        " + ".join(points[point] for point in collect),
        max(told.distances_km(plan=True), default=None),
        say("word.yes" if any(row.distance_is_estimate for row in rows) else "word.no"),
        yes_no(teller, answer=told.covered),
        " + ".join(agents),
        " + ".join(points[agent] for agent in agents),
        max(agents_km, default=None),
        yes_no(teller, answer=told.covered_today),
        told.parcels_per_week,
        sek(told.cost_ore_per_week),
    ]


def _known(points: Iterable[str | None]) -> list[str]:
    """Return the pickup points that are given, each once."""
    return list(dict.fromkeys(point for point in points if point is not None))


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
        _point_people(teller, row),
        row.parcels_per_week,
        row.services_per_week,
        " ".join(teller.say.of("day_short", day) for day in row.delivery_days),
        *_use_cells(teller, row),
    ]


def _point_people(teller: Teller, row: PickupPointRow) -> Value:
    """Return the inhabitants who collect at a site, unless they tell of a small village."""
    if row.pickup_point in withheld_people(teller.bundle, teller.few).points:
        return teller.say("word.withheld")
    return _people(teller, row.inhabitants)


def _use_cells(teller: Teller, row: PickupPointRow) -> list[Value]:
    """Return how full a site is and what it costs; less where that tells of few home orders."""
    if row.pickup_point not in points_hidden(teller.bundle.metrics, teller.few):
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
