"""Reading the CSV tables, one defect at a time."""

from pathlib import Path

import pytest

from deliveryopt.scenario import tables
from deliveryopt.scenario.load import load_scenario
from tests.scenario.base_folder import FILES, change, faults_of, rewrite, the_fault, write_base


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_base(tmp_path / "base")


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "words"),
    [
        ("villages.csv", "65.10", '"59,33"', "DO-S031", "'59,33' has a decimal comma"),
        ("villages.csv", ",120,", ",1 200,", "DO-S030", "not a number"),
        ("villages.csv", ",120,", ",-5,", "DO-S033", "-5 is outside"),
        ("villages.csv", ",120,", ",1.5,", "DO-S032", "not a whole number"),
        ("villages.csv", ",120,", ",NaN,", "DO-S034", "not a finite number"),
        ("villages.csv", ",120,", ",,", "DO-S022", "nothing is given"),
        ("villages.csv", "65.10,22.10", "22.10,65.10", "DO-S056", "look swapped"),
        ("villages.csv", "65.10,22.10", "0,0.0", "DO-S057", "sea"),
        ("villages.csv", "65.10,22.10", "7220000,22.10", "DO-S033", "outside"),
        ("villages.csv", "lillby,Lillby", ",Lillby", "DO-S022", "nothing is given"),
        ("villages.csv", ",Lillby,", ",Eva 19121212-1212,", "DO-S042", "personal number"),
        ("villages.csv", "depot\n", "depot,personnummer\n", "DO-S042", "personal numbers"),
        ("villages.csv", "depot\n", "depot,depot\n", "DO-S052", "stands twice"),
        ("villages.csv", "depot\n", "depot,\n", "DO-S051", "has no name"),
        ("villages.csv", ",120,terminal", ",120,terminal,x", "DO-S053", "7 cells"),
        ("villages.csv", ",120,terminal", ",120", "DO-S053", "5 cells"),
        ("villages.csv", "inhabitants", "inhabitant", "DO-S050", "is missing"),
        ("villages.csv", ",Lillby,", ',"Lillby,', "DO-S054", "cannot be read on"),
        ("villages.csv", ",Lillby,", ",Lill\0by,", "DO-S008", "line 2"),
        ("pickup_points.csv", "handel,", "hand\x07el,", "DO-S041", "control characters"),
        ("pickup_points.csv", ",site,", ",sit,", "DO-S035", "not one of"),
        ("runs.csv", "mon-fri", "mon-frid", "DO-S038", "not a day"),
        ("runs.csv", "mon-fri", "", "DO-S022", "nothing is given"),
        ("stop_times.csv", "07:30,07:30", "07.30,07:30", "DO-S037", "not a clock time"),
        ("stop_times.csv", "07:30,07:30", "0.3125,07:30", "DO-S037", "not a clock time"),
        ("stop_times.csv", "07:30,07:30", "07:30:15,07:31", "DO-S037", "has seconds"),
        ("stop_times.csv", "07:30,07:30", "07:30,73:00", "DO-S037", "later than 72:00"),
        ("stop_times.csv", "07:30,07:30", "07:30,07:60", "DO-S037", "not a clock time"),
        ("depots.csv", "06:00", "6", "DO-S037", "not a clock time"),
        ("parcels.csv", ",4", ",-4", "DO-S033", "outside"),
        ("distances.csv", "0.7", "", "DO-S022", "nothing is given"),
        ("distances.csv", "0.7", "far", "DO-S030", "not a number"),
    ],
)
def test_one_wrong_cell_gives_a_fault_in_plain_words(
    folder: Path, file: str, old: str, new: str, code: str, words: str
) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    faults = [fault for fault in faults_of(folder) if fault.code == code]

    assert faults
    assert faults[0].where.startswith(file)
    assert words in faults[0].found
    assert "1212" not in str(faults)


def test_a_cell_is_named_by_file_row_id_and_column(folder: Path) -> None:
    change(folder, "villages.csv", "65.20", "sixty")

    assert the_fault(folder).where == "villages.csv, row 3, village 'åsele', field lat"


def test_swapped_coordinates_are_offered_the_right_way(folder: Path) -> None:
    change(folder, "villages.csv", "65.20,22.20", "22.2,65.2")

    assert the_fault(folder).advice == "Write lat 65.2 and lon 22.2."


def test_sweref_coordinates_are_recognised(folder: Path) -> None:
    change(folder, "stops.csv", "65.10,22.10", "7220000,22.10")

    assert "SWEREF" in the_fault(folder).advice


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_recognised_from_the_heading(folder: Path, separator: str) -> None:
    expected = load_scenario(folder)
    for name in FILES:
        if name.endswith(".csv"):
            change(folder, name, ",", separator)

    assert load_scenario(folder) == expected


def test_quoted_headings_cells_and_blank_rows_are_read(folder: Path) -> None:
    expected = load_scenario(folder)
    change(folder, "villages.csv", "id,name,lat", '"ID","name", Lat ')
    change(folder, "villages.csv", "lillby,Lillby,65.10", '\n,,,,,\nlillby,"Lillby",  65.10 ')

    assert load_scenario(folder) == expected


def test_rows_are_counted_as_a_spreadsheet_counts_them(folder: Path) -> None:
    change(folder, "villages.csv", "lillby,Lillby,", '\nlillby,"Lill\nby",')
    change(folder, "villages.csv", ",80,", ",x,")

    assert "row 4" in the_fault(folder).where


def test_a_name_over_two_lines_becomes_one_line(folder: Path) -> None:
    change(folder, "villages.csv", "lillby,Lillby,", 'lillby,"Lilla\r\n byn\x1b",')

    assert load_scenario(folder).villages[0].name == "Lilla byn"


def test_times_past_midnight_and_whole_seconds_are_read(folder: Path) -> None:
    change(folder, "stop_times.csv", "07:30,07:30", "25:10,25:10:00")

    stop = load_scenario(folder).runs[0].stop_times[1]

    assert (stop.arrival_min, stop.departure_min) == (1510, 1510)


def test_a_day_of_its_own_wins_over_the_shortcut_for_all_days(folder: Path) -> None:
    (folder / "depots.csv").write_text(
        "id,name,lat,lon,parcels_ready,ready_mon\nterminal,T,65,22,05:30,07:00\n",
        encoding="utf-8",
    )

    depot = load_scenario(folder).depots[0]

    assert (depot.ready_mon, depot.ready_tue) == (420, 330)


@pytest.mark.parametrize(
    ("word", "value"), [("yes", True), ("Ja", True), ("TRUE", True), ("nej", False), ("no", False)]
)
def test_yes_and_no_in_two_languages(folder: Path, *, word: str, value: bool) -> None:
    change(folder, "villages.csv", "depot\n", "depot,must_serve\n")
    change(folder, "villages.csv", "terminal\n", f"terminal,{word}\n")

    assert load_scenario(folder).villages[0].must_serve is value


def test_maybe_is_neither_yes_nor_no(folder: Path) -> None:
    change(folder, "runs.csv", ",days", ",days,may_detour")
    change(folder, "runs.csv", ",mon-fri", ",mon-fri,maybe")

    assert the_fault(folder).code == "DO-S036"


def test_the_guard_before_a_formula_is_taken_away(folder: Path) -> None:
    change(folder, "villages.csv", ",Lillby,", ",'=HYPERLINK(1),")

    assert load_scenario(folder).villages[0].name == "=HYPERLINK(1)"


@pytest.mark.parametrize("content", ["", "\n\n", ",,,\n"])
def test_a_table_without_a_heading_is_a_fault(folder: Path, content: str) -> None:
    (folder / "parcels.csv").write_text(content, encoding="utf-8")

    assert the_fault(folder).code == "DO-S009"


def test_too_many_rows_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_ROWS", 1)

    assert {fault.code for fault in faults_of(folder)} == {"DO-S055"}


def test_a_cell_of_a_megabyte_is_a_fault(folder: Path) -> None:
    rewrite(folder, "stops.csv", lambda data: data.replace(b"Lillby", b"x" * 1_000_000))

    fault = the_fault(folder)

    assert fault.code == "DO-S054"
    assert len(str(fault)) < 500


def test_a_long_name_is_cut_in_the_message(folder: Path) -> None:
    change(folder, "stops.csv", "Lillby", "x" * 11_000)

    fault = the_fault(folder)

    assert fault.code == "DO-S040"
    assert len(fault.found) < 120
