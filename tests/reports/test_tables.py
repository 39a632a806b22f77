"""The tables and run sheets open in a spreadsheet, and no cell is a formula."""

import csv
import io
from pathlib import Path

import pytest

from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.tables import write_tables
from tests.plan.small_world import changed, small_plan, small_scenario
from tests.reports.bundles import (
    bundle_of,
    homes_bundle,
    hostile_bundle,
    hostile_homes_bundle,
    many_homes_bundle,
    small_bundle,
    todays_bundle,
)

GOLDEN = Path(__file__).parent / "golden"


def _cells(path: Path, language: Language) -> list[list[str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(
        csv.reader(io.StringIO(text, newline=""), delimiter=";" if language == "sv" else ",")
    )


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    ("name", "bundle"),
    [
        ("tables", small_bundle()),
        ("tables_homes", homes_bundle()),
        ("tables_many_homes", many_homes_bundle()),
    ],
)
def test_the_files_read_as_agreed(
    tmp_path: Path, name: str, bundle: Bundle, language: Language
) -> None:
    paths = write_tables(bundle, tmp_path, language=language)

    expected = GOLDEN / f"{name}_{language}"
    written = {str(path.relative_to(tmp_path)): path.read_bytes() for path in paths}
    agreed = {
        str(path.relative_to(expected)): path.read_bytes()
        for path in expected.rglob("*")
        if path.is_file()
    }

    assert written.keys() == agreed.keys()
    assert written == agreed


def test_each_operator_has_a_page_with_its_own_sheets_and_no_others(tmp_path: Path) -> None:
    bundle = homes_bundle()
    paths = write_tables(bundle, tmp_path, language="sv")
    whole = next(path for path in paths if path.name == "korlistor_intern.html")
    pages = [path for path in paths if path.name.startswith("0-")]
    used = {row.run for row in bundle.metrics.run_rows}
    operators = {run.operator for run in bundle.scenario.runs if run.id in used}
    operators |= {van.operator for van in bundle.scenario.vans}

    assert len(pages) == len(operators) > 1
    texts = [page.read_text(encoding="utf-8") for page in pages]
    in_all = whole.read_text(encoding="utf-8").count('<section class="sheet">')
    assert sum(text.count('<section class="sheet">') for text in texts) == in_all
    for text in texts:
        named = {name for name in operators if name and f"<dd>{name}</dd>" in text}
        assert len(named) <= 1


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("bundle", [hostile_bundle(), hostile_homes_bundle()])
def test_no_cell_can_be_taken_for_a_formula(
    tmp_path: Path, bundle: Bundle, language: Language
) -> None:
    paths = write_tables(bundle, tmp_path, language=language)
    tables = [path for path in paths if path.suffix == ".csv"]

    assert len(tables) > 3
    for path in tables:
        for cell in (cell for row in _cells(path, language) for cell in row):
            assert not cell.startswith(("=", "+", "@", "\t", "\r", "\n", "\0"))
            assert not (cell.startswith("-") and not cell[1:].replace(",", "").isdigit())
            assert "\u202e" not in cell
            assert "\x1b" not in cell


def test_a_hostile_name_stays_readable(tmp_path: Path) -> None:
    write_tables(hostile_bundle(), tmp_path, language="en")
    names = [row[1] for row in _cells(tmp_path / "villages.csv", "en")[1:]]

    assert names[0] == "<script>alert(1)</script>"
    assert names[1] == "{{7*7}}"
    assert names[2] == '\'=HYPERLINK("http://evil.example";"click")'
    assert names[3] == "gnp.exe"
    assert names[4] == "x" * 10_000


def test_a_village_with_few_people_is_told_with_its_neighbour(tmp_path: Path) -> None:
    scenario = small_scenario()
    villages = [village.model_dump() for village in scenario.villages]
    villages[4] |= {"inhabitants": 4, "inhabitants_65": 1}
    bundle = bundle_of(changed(scenario, villages=villages), small_plan())
    write_tables(bundle, tmp_path, language="sv")
    write_tables(bundle, tmp_path, language="sv", internal=True)
    public, exact = (_cells(tmp_path / name, "sv")[1:] for name in ("byar.csv", "byar_intern.csv"))

    few = next(row for row in exact if row[2] == "4")
    together = next(row for row in public if few[0] in row[0])
    assert few[3] == "1"
    assert len(public) == len(exact) - 1
    assert together[0].count(" + ") == 1
    assert int(together[2]) - 4 in {int(row[2]) for row in exact}


def test_a_plan_without_runs_has_no_sheets_and_says_so(tmp_path: Path) -> None:
    paths = write_tables(todays_bundle(), tmp_path, language="sv")

    assert [path.name for path in paths] == ["byar.csv", "paketboxar.csv", "korlistor.html"]
    assert "Planen använder inga turer" in paths[-1].read_text(encoding="utf-8")


def test_what_an_earlier_result_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    write_tables(small_bundle(), tmp_path, language="sv")
    own = tmp_path / "korlistor" / "egna anteckningar.csv"
    own.write_text("x", encoding="utf-8")

    paths = write_tables(todays_bundle(), tmp_path, language="en")

    left = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {*paths, own}


def test_names_of_sheets_are_safe_and_unique(tmp_path: Path) -> None:
    paths = write_tables(hostile_bundle(), tmp_path, language="sv")
    names = [path.name for path in paths]

    assert len(set(paths)) == len(paths)
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_.") for name in names)


def test_every_parcel_that_rides_is_on_a_sheet(tmp_path: Path) -> None:
    bundle = small_bundle()
    write_tables(bundle, tmp_path, language="en")
    done = dict.fromkeys(("Load", "Put in", "Leave", "Pick up"), 0)
    for path in (tmp_path / "run_sheets").iterdir():
        for row in (row for row in _cells(path, "en") if len(row) > 3 and row[0].isdigit()):
            words = row[3].removeprefix("Detour on the way to the next stop: ")
            done[next(word for word in done if words.startswith(word))] += sum(map(int, row[4:7]))

    parcels = bundle.metrics.parcels_by_plan_per_week
    moved = bundle.metrics.transferred_parcels_per_week
    assert done == {"Load": parcels, "Put in": parcels, "Leave": moved, "Pick up": moved}
