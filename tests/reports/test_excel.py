"""The workbook opens, its numbers are numbers, and no stranger's text becomes a formula."""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from deliveryopt.errors import OutputError, ScenarioError
from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.excel import write_workbook
from deliveryopt.reports.sentences import teller_of
from tests.plan.small_world import changed
from tests.reports.bundles import (
    bundle_of,
    busy_van_bundle,
    greatest_coverage_bundle,
    homes_bundle,
    hostile_bundle,
    hostile_homes_bundle,
    many_homes_bundle,
    small_bundle,
    todays_bundle,
)

OFFICE = shutil.which("soffice")
OURS = re.compile(r"=(?:[A-Z]+[0-9]+-[A-Z]+[0-9]+|SUM\([A-Z]+[0-9]+(:[A-Z]+[0-9]+)?\))")
BUNDLES = {
    "small": small_bundle(),
    "today": todays_bundle(),
    "coverage": greatest_coverage_bundle(coverage_bound_share=0.9),
    "homes": homes_bundle(),
    "many": many_homes_bundle(),
    "vans": busy_van_bundle(),
    "hostile": hostile_bundle(),
    "hostile_homes": hostile_homes_bundle(),
}


def _written(
    bundle: Bundle, folder: Path, language: Language = "sv", *, internal: bool = False
) -> Path:
    path = folder / "result.xlsx"
    write_workbook(bundle, path, language=language, internal=internal)
    return path


def _opened(path: Path, *, values: bool = True) -> Workbook:
    return load_workbook(path, data_only=values)


def _cells(sheet: Worksheet) -> list[Cell]:
    return [cell for row in sheet.iter_rows() for cell in row if isinstance(cell, Cell)]


def _row(sheet: Worksheet, first: str) -> list[object]:
    return next([cell.value for cell in row] for row in sheet.iter_rows() if row[0].value == first)


def _column(sheet: Worksheet, head: str) -> list[object]:
    heads = [cell.value for cell in sheet[1]]
    at = heads.index(head)
    return [row[at].value for row in sheet.iter_rows(min_row=2)]


@pytest.mark.parametrize(
    ("name", "language", "internal"),
    [
        ("small", "sv", False),
        ("coverage", "en", False),
        ("homes", "en", True),
        ("many", "sv", False),
        ("hostile_homes", "sv", True),
    ],
)
def test_each_sheet_is_one_table_from_its_first_cell(
    tmp_path: Path, name: str, language: Language, *, internal: bool
) -> None:
    book = _opened(_written(BUNDLES[name], tmp_path, language, internal=internal))

    for sheet in book.worksheets:
        heads = [cell.value for cell in sheet[1]]

        assert all(isinstance(head, str) and head.strip() for head in heads)
        assert len(set(heads)) == len(heads)
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref is not None
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.max_column == len(heads)
        assert sheet.sheet_state == "visible"
        assert sheet.print_title_rows == "$1:$1"


@pytest.mark.parametrize("internal", [False, True])
@pytest.mark.parametrize("name", list(BUNDLES))
def test_only_changes_and_sums_are_formulas_and_nothing_is_a_link(
    tmp_path: Path, name: str, *, internal: bool
) -> None:
    path = _written(BUNDLES[name], tmp_path, internal=internal)
    formulas, values = _opened(path, values=False), _opened(path)

    for sheet in formulas.worksheets:
        for cell in _cells(sheet):
            if cell.data_type == "f":
                cached = values[sheet.title][cell.coordinate].value

                assert OURS.fullmatch(str(cell.value))
                assert isinstance(cached, int | float)
            elif isinstance(cell.value, str):
                assert cell.data_type == "s"
            assert cell.hyperlink is None
    with zipfile.ZipFile(path) as parts:
        names = parts.namelist()
    assert not [part for part in names if "externalLink" in part or "vba" in part.lower()]


def test_a_name_that_looks_like_a_formula_stays_a_text_also_when_it_is_edited(
    tmp_path: Path,
) -> None:
    sheet = _opened(_written(hostile_bundle(), tmp_path))["Byar"]
    suspects = [cell for cell in sheet["A"] if str(cell.value).startswith(("=", "@", "-"))]

    assert suspects
    assert all(cell.quotePrefix for cell in suspects)
    assert not re.search("[\x00-\x1f\u202e]", "".join(str(cell.value) for cell in sheet["A"]))


def test_kronor_are_numbers_and_a_change_is_plan_minus_today(tmp_path: Path) -> None:
    bundle = homes_bundle()
    sheet = _opened(_written(bundle, tmp_path))["Kostnad per slag"]
    total = _row(sheet, "Målets kostnad")

    assert total[1:4] == [
        bundle.today.cost_ore_per_week / 100,
        bundle.metrics.cost_ore_per_week / 100,
        pytest.approx(bundle.comparison.cost_above_today_ore_per_week / 100),
    ]
    for row in sheet.iter_rows(min_row=2, max_row=sheet.max_row - 1):
        _, today, plan, change, _ = (cell.value for cell in row)

        assert change == pytest.approx(plan - today)
        assert [cell.number_format for cell in row[1:4]] == ["#,##0.00"] * 3


def test_the_summary_says_what_the_figures_say(tmp_path: Path) -> None:
    bundle = small_bundle()
    sheet = _opened(_written(bundle, tmp_path, "en"))["Summary"]
    covered = _row(sheet, "Residents covered")
    coverage = next(row for row in sheet.iter_rows() if row[0].value == "Residents covered, share")

    assert covered[1:4] == [
        "persons",
        bundle.today.covered_inhabitants,
        bundle.metrics.covered_inhabitants,
    ]
    assert coverage[3].value == bundle.metrics.coverage_share
    assert coverage[3].number_format == "0.0%"


def test_rows_below_tables_add_them_up(tmp_path: Path) -> None:
    bundle = small_bundle()
    book = _opened(_written(bundle, tmp_path, "en"))
    villages = _row(book["Villages"], "Sum")
    payers = _row(book["Cost by payer"], "Sum")
    paid = bundle.metrics.cost_by_payer.model_dump()

    assert villages[2] == bundle.metrics.inhabitants
    assert villages[12] == bundle.metrics.parcels_per_week
    assert payers[2] == pytest.approx(sum(paid.values()) / 100)


def test_boxes_tell_their_use_on_each_day(tmp_path: Path) -> None:
    bundle = small_bundle()
    sheet = _opened(_written(bundle, tmp_path))["Beläggning"]
    boxes = [row for row in bundle.metrics.pickup_point_rows if row.boxes]

    assert [[cell.value for cell in row][2:9] for row in sheet.iter_rows(min_row=2)] == [
        list(row.still_here_parcels) for row in boxes
    ]


def test_every_parameter_stands_with_its_value_as_a_number(tmp_path: Path) -> None:
    sheet = _opened(_written(homes_bundle(), tmp_path, "en"))["Assumptions"]
    values = dict(zip(_column(sheet, "Assumption"), _column(sheet, "Value"), strict=True))

    assert values["Varubilen: Cost of a kilometre"] == 4.0
    assert all(isinstance(value, int | float | str) for value in values.values())
    assert all(_column(sheet, "Certainty"))


def test_a_village_of_few_people_is_told_with_its_neighbour_but_exactly_inside(
    tmp_path: Path,
) -> None:
    bundle = small_bundle()
    first, *others = bundle.scenario.villages
    few = changed(bundle.scenario, villages=(changed(first, inhabitants=3), *others))
    told = bundle_of(few, bundle.plan)
    public = _opened(_written(told, tmp_path, "en"))["Villages"]
    inside = _opened(_written(told, tmp_path, "en", internal=True))["Villages"]

    assert not [cell.value for cell in public["A"] if cell.value == first.name]
    assert not [value for value in _column(public, "Residents") if value in {1, 2, 3, 4}]
    assert _row(inside, first.name)[2] == 3


def test_single_orders_stand_in_the_internal_workbook_only(tmp_path: Path) -> None:
    bundle = homes_bundle()
    path = _written(bundle, tmp_path)
    with zipfile.ZipFile(path) as parts:
        public = b"".join(parts.read(name) for name in parts.namelist()).decode("utf-8", "replace")
    inside = _opened(_written(bundle, tmp_path, internal=True))
    sheet = inside["Varje hemsändning"]
    ids = [order.id for order in bundle.scenario.homes]

    assert not [order for order in ids if order in public]
    assert [cell.value for cell in sheet["A"]][1:-1] == ids
    assert _row(sheet, "Summa")[13] == pytest.approx(
        sum(row.cost_ore for row in bundle.metrics.home_rows) / 100
    )


def test_what_would_tell_of_few_homes_is_a_word_and_not_a_number(tmp_path: Path) -> None:
    book = _opened(_written(homes_bundle(), tmp_path, "en"))
    run, day = book["Runs"], book["Runs day by day"]
    points = book["Boxes and agents"]

    assert {*_column(run, "SEK a week"), *_column(run, "Most aboard")} == {"not shown", None}
    assert {*_column(day, "Most aboard"), *_column(day, "Extra minutes")} == {"not shown", None}
    assert "not shown" in _column(points, "Fees, SEK a week")


def test_an_internal_workbook_says_so_on_every_sheet_and_a_public_one_nowhere(
    tmp_path: Path,
) -> None:
    bundle = homes_bundle()
    notice = teller_of(bundle, "sv").say("page.internal")
    inside = _opened(_written(bundle, tmp_path, internal=True))

    assert inside.properties.description == notice
    assert inside["Läs mig"]["B2"].value == notice
    assert all(notice in str(sheet.oddHeader.left.text) for sheet in inside.worksheets)
    public = _opened(_written(bundle, tmp_path))
    texts = [cell.value for sheet in public.worksheets for cell in _cells(sheet)]
    assert notice not in texts
    assert not any(notice in str(sheet.oddHeader.left.text) for sheet in public.worksheets)


def test_the_first_sheet_lists_the_others_and_the_properties_name_no_author(tmp_path: Path) -> None:
    bundle = homes_bundle()
    book = _opened(_written(bundle, tmp_path, "en"))
    listed = {cell.value for cell in book.worksheets[0]["A"]}

    assert {sheet.title for sheet in book.worksheets[1:]} <= listed
    assert all(len(sheet.title) <= 31 for sheet in book.worksheets)
    assert book.properties.title == teller_of(bundle, "en").title
    assert not book.properties.creator
    assert not book.properties.lastModifiedBy
    assert str(book.properties.created.date()) == bundle.scenario.week_start.isoformat()


@pytest.mark.parametrize("internal", [False, True])
def test_the_same_bundle_gives_the_same_bytes(tmp_path: Path, *, internal: bool) -> None:
    first = _written(homes_bundle(), tmp_path / "a", internal=internal).read_bytes()
    second = _written(homes_bundle(), tmp_path / "b", internal=internal).read_bytes()

    assert first == second


def test_no_person_is_published_but_inside_the_name_is_kept(tmp_path: Path) -> None:
    bundle = small_bundle()
    first, *others = bundle.scenario.villages
    named = changed(first, name="Ring 070-123 45 67")
    told = bundle_of(changed(bundle.scenario, villages=(named, *others)), bundle.plan)

    with pytest.raises(ScenarioError, match="DO-O010"):
        _written(told, tmp_path)
    assert not (tmp_path / "result.xlsx").exists()
    assert _written(told, tmp_path, internal=True).stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")

    with pytest.raises(OutputError, match="DO-O001"):
        write_workbook(small_bundle(), tmp_path / "file" / "result.xlsx", language="sv")


@pytest.mark.e2e
@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice here: apt-get install libreoffice-calc")
def test_a_spreadsheet_program_opens_it_and_calculates_the_same(tmp_path: Path) -> None:
    bundle = hostile_homes_bundle()
    path = _written(bundle, tmp_path, "en")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    done = subprocess.run(
        [
            *(str(OFFICE), profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"),
            *("--outdir", str(tmp_path / "out"), str(path)),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    again = tmp_path / "out" / "result.xlsx"

    assert again.is_file(), done.stderr
    before, after = _opened(path), load_workbook(io.BytesIO(again.read_bytes()), data_only=True)
    assert before.sheetnames == after.sheetnames
    for sheet in before.worksheets:
        for cell in _cells(sheet):
            found = after[sheet.title][cell.coordinate].value
            if isinstance(cell.value, int | float):
                assert found == pytest.approx(cell.value)
            else:
                assert (found or None) == (cell.value or None)
