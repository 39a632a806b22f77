"""No names, addresses or personal numbers in a scenario, and no home's place in a message."""

from pathlib import Path

import pytest

from deliveryopt.scenario.home_delivery import HomeOrder
from deliveryopt.scenario.private import is_personal
from deliveryopt.scenario.schema import Stop
from tests.scenario.base_folder import change, faults_of, the_fault
from tests.scenario.homes_folder import write_homes

HOMES = "homes.csv"
YAML = "scenario.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_homes(tmp_path / "homes")


def _with_column(folder: Path, column: str) -> Path:
    text = f"id,days,place_id,origin,{column}\nhem_9,mon,lillby,terminal,Eva Canary\n"
    (folder / HOMES).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "column",
    [
        *("namn", "Name", "Förnamn", "efternamn", "kundens namn", "customer_name", "adress"),
        *("Address", "gatuadress", "street", "postnummer", "Telefon", "tel.", "phone", "mobilnr"),
        *("epost", "e-post", "E-mail", "mail", "portkod", "fastighetsbeteckning"),
    ],
)
def test_a_column_for_names_or_addresses_is_refused(folder: Path, column: str) -> None:
    fault = the_fault(_with_column(folder, column))

    assert fault.code == "DO-S044"
    assert fault.where == f"homes.csv, row 1, field {column!r}"
    assert fault.found == "a column looks like one for names, addresses, telephones or e-mail."
    assert "pseudonyms only" in fault.allowed
    assert fault.advice.startswith("Remove the whole column")
    assert "Canary" not in str(fault)


@pytest.mark.parametrize("column", ["personnummer", "Person-nr", "SSN"])
def test_a_column_for_personal_numbers_is_refused(folder: Path, column: str) -> None:
    assert the_fault(_with_column(folder, column)).code == "DO-S042"


def test_a_heading_that_is_a_personal_number_is_refused_and_not_shown(folder: Path) -> None:
    fault = the_fault(_with_column(folder, "19121212-1212"))

    assert fault.code == "DO-S042"
    assert "1212" not in str(fault)


def test_such_a_column_elsewhere_is_only_unknown(folder: Path) -> None:
    change(folder, "depots.csv", "id,name,kind", "id,name,adress,kind")
    change(folder, "depots.csv", ",Terminalen,", ",Terminalen,,")
    change(folder, "depots.csv", ",Butiken,", ",Butiken,,")

    assert the_fault(folder).code == "DO-S051"


@pytest.mark.parametrize("number", ["19121212-1212", "121212+1212", "191212121212", "1212121212"])
@pytest.mark.parametrize(
    ("old", "column"),
    [
        ("hem_01,", "id"),
        ("hush_a,", "household"),
        ("lillby,", "place_id"),
        ("grocery,", "goods"),
        ("butik,", "origin"),
    ],
)
def test_a_personal_number_in_a_home_is_refused_and_not_shown(
    folder: Path, old: str, column: str, number: str
) -> None:
    change(folder, HOMES, old, f"{number},")

    fault = the_fault(folder)

    assert fault.code == "DO-S042"
    assert fault.where.startswith("homes.csv, row 2")
    assert fault.where.endswith(f"field {column}")
    assert fault.found == "it holds a personal number (not shown here)."
    assert "1212" not in str(fault)


def test_two_homes_under_one_personal_number_do_not_show_it(folder: Path) -> None:
    change(folder, HOMES, "hem_01,", "191212121212,")
    change(folder, HOMES, "hem_02,", "191212121212,")

    faults = faults_of(folder)

    assert [fault.code for fault in faults] == ["DO-S042", "DO-S042"]
    assert "1212" not in str(faults)


def test_rows_with_too_many_cells_do_not_show_it_either(folder: Path) -> None:
    change(folder, HOMES, "hem_01,", "191212121212,x,")
    change(folder, HOMES, "hem_02,", "191212121212,x,")

    faults = faults_of(folder)

    assert [fault.code for fault in faults] == ["DO-S053", "DO-S053"]
    assert "1212" not in str(faults)


@pytest.mark.parametrize(("file", "old"), [("villages.csv", "åsele,"), ("depots.csv", "butik,")])
def test_a_personal_number_as_the_id_of_a_place_is_not_listed(
    folder: Path, file: str, old: str
) -> None:
    change(folder, file, old, "121212-1212,")
    change(folder, "stop_times.csv", "2,stop_lillby", "2,nowhere")

    faults = faults_of(folder)

    assert {"DO-S042", "DO-S062"} <= {fault.code for fault in faults}
    assert "1212" not in str(faults)
    assert not any("Known: ''" in fault.allowed for fault in faults)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- id: skåpbil", "- id: 19121212-1212"),
        ("base: terminal", "base: 19121212-1212"),
        ("[terminal, butik]", "[terminal, 19121212-1212]"),
        ("operator: Kommunen", "operator: Eva 19121212-1212"),
        ("max_trips: 2", "19121212-1212: 2"),
        ("max_boxes: 3", "unusable_runs: [19121212-1212]"),
    ],
)
def test_a_personal_number_in_yaml_is_refused_and_not_shown(
    folder: Path, old: str, new: str
) -> None:
    change(folder, YAML, old, new)

    fault = the_fault(folder)

    assert fault.code == "DO-S042"
    assert "1212" not in str(fault)


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        ('"65,1634"', "22.1734", "DO-S031"),
        ("65.1634N", "22.1734", "DO-S030"),
        ("7221634", "22.1734", "DO-S033"),
        ("22.1634", "65.1734", "DO-S056"),
        ("65.1634", "", "DO-S084"),
    ],
)
def test_a_coordinate_of_a_home_is_in_no_message(
    folder: Path, lat: str, lon: str, code: str
) -> None:
    change(folder, HOMES, "65.16,22.17", f"{lat},{lon}")

    fault = the_fault(folder)

    assert fault.code == code
    assert fault.advice
    assert "1634" not in str(fault)
    assert "1734" not in str(fault)


def test_a_decimal_comma_in_a_coordinate_is_still_told(folder: Path) -> None:
    change(folder, HOMES, "65.16,22.17", '"65,16",22.17')

    fault = the_fault(folder)

    assert fault.where == "homes.csv, row 3, home order 'hem_02', field lat"
    assert fault.found == "a coordinate of a home (not shown here) has a decimal comma."
    assert fault.advice == "Write WGS 84 degrees with a decimal point, such as 65.85 and 23.14."


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("191212121212", True),
        ("kund 1212121212", True),
        ("19121212\u20131212", True),
        ("19121212 - 1212", True),
        ("121299-1212", False),
        ("121299 1212", False),
        ("hem_01", False),
        ("9021001004001000", False),
        ("1213121212", False),
    ],
)
def test_what_looks_like_a_personal_number_in_a_home(text: str, *, is_found: bool) -> None:
    assert is_personal(HomeOrder, text) is is_found


def test_ten_digits_are_a_fine_id_of_a_stop() -> None:
    assert not is_personal(Stop, "1212121212")
    assert is_personal(Stop, "121212-1212")
