"""Reading `homes.csv` and the kinds of `depots.csv`, one defect at a time."""

from pathlib import Path

import pytest

from deliveryopt.scenario.home_delivery import HomeOrder
from deliveryopt.scenario.load import in_order, load_scenario, scenario_hash
from deliveryopt.scenario.travel import build_travel
from tests.scenario.base_folder import change, faults_of, the_fault, write_base
from tests.scenario.homes_folder import HOME_FILES, write_homes

HOMES = "homes.csv"
FIRST = "hem_01,hush_a,lillby,,,grocery,40.5,12,tue thu,10:00,15:30,5,butik,90,ja,M,12.5,120,no"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_homes(tmp_path / "homes")


def test_every_column_is_read(folder: Path) -> None:
    assert load_scenario(folder).homes == (
        HomeOrder(
            id="hem_01",
            household="hush_a",
            place_id="lillby",
            goods="grocery",
            litres=40.5,
            kg=12,
            days=("tue", "thu"),
            earliest_min=600,
            latest_min=930,
            service_min=5,
            origin="butik",
            cold_chain_min=90,
            needs_entry=True,
            box_size="M",
            box_sek=12.5,
            today_sek=120,
            real=False,
        ),
        HomeOrder(
            id="hem_02",
            lat_deg=65.16,
            lon_deg=22.17,
            goods="parcel",
            days=("mon", "tue", "wed", "thu", "fri"),
            origin="terminal",
        ),
    )


def test_an_empty_cell_is_the_default(folder: Path) -> None:
    order = load_scenario(folder).homes[1]

    assert (order.litres, order.kg, order.service_min) == (35, 15, 4)
    assert (order.earliest_min, order.latest_min) == (480, 1080)
    assert (order.household, order.cold_chain_min, order.today_sek) == (None, None, None)


def test_the_table_may_be_left_out(folder: Path) -> None:
    (folder / HOMES).unlink()

    assert load_scenario(folder).homes == ()


def test_a_table_of_id_days_place_and_origin_is_enough(folder: Path) -> None:
    text = "id,days,place_id,origin\nhem_9,må to,lillby,terminal\n"
    (folder / HOMES).write_text(text, encoding="utf-8")

    assert load_scenario(folder).homes == (
        HomeOrder(id="hem_9", days=("mon", "thu"), place_id="lillby", origin="terminal"),
    )


def test_orders_come_sorted_and_the_order_of_rows_makes_no_difference(folder: Path) -> None:
    before = load_scenario(folder)
    head, *rows = HOME_FILES[HOMES].splitlines()
    (folder / HOMES).write_text("\n".join([head, *reversed(rows)]), encoding="utf-8")

    assert load_scenario(folder) == before
    assert in_order(before) == before
    assert in_order(before.model_copy(update={"homes": before.homes[::-1]})) == before


def test_another_order_gives_another_hash(folder: Path) -> None:
    before = scenario_hash(load_scenario(folder))
    change(folder, HOMES, "40.5", "41")

    assert scenario_hash(load_scenario(folder)) != before


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_recognised(folder: Path, separator: str) -> None:
    expected = load_scenario(folder)
    change(folder, HOMES, ",", separator)

    assert load_scenario(folder) == expected


def test_a_depot_has_a_kind_and_is_a_terminal_if_none_is_given(folder: Path) -> None:
    change(folder, "depots.csv", "Terminalen,terminal", "Terminalen,")

    kinds = {depot.id: depot.kind for depot in load_scenario(folder).depots}

    assert kinds == {"butik": "shop", "terminal": "terminal"}


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("40.5", '"40,5"', "DO-S031", "'40,5' has a decimal comma"),
        ("40.5", "40 litres", "DO-S030", "'40 litres' is not a number"),
        ("40.5", "-1", "DO-S033", "-1 is outside"),
        (",12,tue", ",10001,tue", "DO-S033", "10001 is outside"),
        (",5,butik", ",4.5,butik", "DO-S032", "'4.5' is not a whole number"),
        (",5,butik", ",241,butik", "DO-S033", "241 is outside"),
        (",90,ja", ",1441,ja", "DO-S033", "1441 is outside"),
        (",90,ja", ",90,maybe", "DO-S036", "neither yes nor no"),
        ("grocery", "groceries", "DO-S035", "'groceries' is not one of"),
        (",M,12.5", ",XL,12.5", "DO-S035", "'XL' is not one of"),
        ("12.5,120", "12.5,-120", "DO-S033", "-120 is outside"),
        ("tue thu", "tue tue", "DO-S038", "tue twice"),
        ("tue thu", "", "DO-S022", "nothing is given"),
        ("10:00", "10.00", "DO-S037", "'10.00' is not a clock time"),
        ("15:30", "15:30:10", "DO-S037", "has seconds"),
        ("15:30", "10:00", "DO-S085", "latest 10:00 is not after earliest 10:00"),
        ("15:30", "09:59", "DO-S085", "latest 09:59 is not after earliest 10:00"),
        ("10:00,15:30", "18:00,", "DO-S085", "latest 18:00, the default, is not after"),
        ("10:00,15:30", ",08:00", "DO-S085", "is not after earliest 08:00, the default."),
        ("hem_01,hush_a", ",hush_a", "DO-S022", "nothing is given"),
        ("hem_01,", "he\x07m,", "DO-S041", "control characters"),
        ("hush_a", "h" * 201, "DO-S040", "too long"),
        ("hem_01,", "hem_02,", "DO-S060", "'hem_02' stands already in homes.csv, row 2"),
        ("hem_01,", "HEM_02,", "DO-S061", "capital and small letters"),
        ("hem_01,", "åsele,", "DO-S060", "stands already in villages.csv, row 3"),
        ("hem_01,", "butik,", "DO-S060", "stands already in depots.csv, row 3"),
        ("lillby,,", "lilby,,", "DO-S062", "'lilby' is not a known place"),
        ("lillby,,", "hem_02,,", "DO-S062", "'hem_02' is not a known place"),
        ("butik,90", "butiken,90", "DO-S062", "'butiken' is not a known depot"),
        ("butik,90", "lillby,90", "DO-S062", "'lillby' is not a known depot"),
        ("lillby,,", ",,", "DO-S084", "neither a place nor coordinates are given"),
        ("lillby,,", "lillby,65.1,22.1", "DO-S084", "a place is given and coordinates too"),
        ("lillby,,", "lillby,65.1,", "DO-S084", "a place is given and coordinates too"),
        ("65.16,22.17", "65.16,", "DO-S084", "lon is not given"),
        ("65.16,22.17", ",22.17", "DO-S084", "lat is not given"),
        ("tue thu", "sat sun", "DO-S086", "none of its days (sat sun) is an operating day"),
        ("65.16,22.17", "22.17,65.16", "DO-S056", "lat and lon look swapped"),
        ("65.16,22.17", "0,0", "DO-S057", "sea"),
        ("days,", "day,", "DO-S050", "the column 'days' is missing"),
        ("hush_a,lillby", "hush_a,x,lillby", "DO-S053", "20 cells"),
    ],
)
def test_one_wrong_cell_gives_a_fault_in_plain_words(
    folder: Path, old: str, new: str, code: str, words: str
) -> None:
    text = (folder / HOMES).read_text(encoding="utf-8")
    assert old in text
    (folder / HOMES).write_text(text.replace(old, new, 1), encoding="utf-8")

    faults = [fault for fault in faults_of(folder) if fault.code == code]

    assert faults
    assert faults[0].where.startswith(HOMES)
    assert words in faults[0].found
    assert faults[0].allowed
    assert faults[0].advice


def test_a_cell_is_named_by_file_row_id_and_column(folder: Path) -> None:
    change(folder, HOMES, "15:30", "half past three")

    fault = the_fault(folder)

    assert fault.where == "homes.csv, row 2, home order 'hem_01', field latest"
    assert fault.allowed == "Allowed: a clock time HH:MM from 00:00 to 72:00."


def test_a_window_is_told_by_what_was_written(folder: Path) -> None:
    change(folder, HOMES, "10:00,15:30", "19:30,")

    fault = the_fault(folder)

    assert fault.where.endswith("field earliest")
    assert fault.found == "latest 18:00, the default, is not after earliest 19:30."
    assert fault.allowed == "Allowed: latest later than earliest."


@pytest.mark.parametrize(
    ("column", "advice"),
    [
        ("long", "Did you mean 'lon'?"),
        ("earliest_min", "Did you mean 'earliest'?"),
        ("today_ore", "Did you mean 'today_sek'?"),
        ("coldchain_min", "Did you mean 'cold_chain_min'?"),
        ("colour", "Remove the column."),
    ],
)
def test_an_unknown_column_gets_the_nearest_one(folder: Path, column: str, advice: str) -> None:
    text = f"id,days,place_id,origin,{column}\nhem_9,mon,lillby,terminal,\n"
    (folder / HOMES).write_text(text, encoding="utf-8")

    fault = the_fault(folder)

    assert (fault.code, fault.advice) == ("DO-S051", advice)


def test_an_unknown_kind_of_depot_gets_the_nearest_one(folder: Path) -> None:
    change(folder, "depots.csv", ",shop,", ",shops,")

    fault = the_fault(folder)

    assert fault.where == "depots.csv, row 3, depot 'butik', field kind"
    assert fault.allowed == "Allowed: terminal, shop, pharmacy or kitchen."
    assert fault.advice == "Did you mean 'shop'?"


def test_every_fault_comes_at_once(folder: Path) -> None:
    for old, new in (
        ("tue thu", "sun"),
        ("15:30", "09:30"),
        ("40.5", "much"),
        ("65.16,22.17", "65.16,"),
        ("terminal", "terminus"),
    ):
        change(folder, HOMES, old, new)

    faults = faults_of(folder)

    assert sorted(fault.code for fault in faults) == [
        *["DO-S030", "DO-S062", "DO-S084", "DO-S085", "DO-S086"]
    ]
    assert [fault.where[:16] for fault in faults] == 3 * ["homes.csv, row 2"] + 2 * [
        "homes.csv, row 3"
    ]


def test_an_order_without_origin_comes_from_a_shop(folder: Path) -> None:
    change(folder, HOMES, "butik,90", ",90")
    assert faults_of(folder) == ()

    change(folder, "depots.csv", ",shop,", ",pharmacy,")
    fault = the_fault(folder)

    assert fault.code == "DO-S087"
    assert fault.where == "homes.csv, row 2, home order 'hem_01', field origin"
    assert fault.found == "no origin is given, and no depot is a shop."
    assert fault.allowed == "Allowed: an origin, or at least one shop in depots.csv."
    assert fault.advice.startswith("Name the depot it comes from")


def test_a_depot_whose_kind_cannot_be_read_may_be_the_shop(folder: Path) -> None:
    change(folder, HOMES, "butik,90", ",90")
    change(folder, "depots.csv", ",shop,", ",butik,")

    assert the_fault(folder).code == "DO-S035"


@pytest.mark.parametrize("file", ["depots.csv", "villages.csv"])
def test_an_unreadable_table_makes_no_faults_in_homes(folder: Path, file: str) -> None:
    change(folder, file, "id,name", "ident,name")

    assert {fault.where.split(",")[0] for fault in faults_of(folder)} == {file}


def test_an_unreadable_table_of_homes_makes_no_faults_in_distances(folder: Path) -> None:
    change(folder, "distances.csv", "lillby,site_lillby", "hem_02,site_lillby")
    change(folder, HOMES, "id,household", "ident,household")

    assert {fault.where.split(",")[0] for fault in faults_of(folder)} == {HOMES}


def test_distances_may_name_a_home_with_coordinates(folder: Path) -> None:
    change(folder, "distances.csv", "lillby,site_lillby", "hem_02,site_lillby")

    scenario = load_scenario(folder)

    assert build_travel(scenario).road_m("site_lillby", "hem_02") == 700


def test_a_distance_to_a_home_at_a_place_would_be_ignored_and_is_a_fault(folder: Path) -> None:
    change(folder, "distances.csv", "åsele,site_lillby", "butik,hem_01")

    fault = the_fault(folder)

    assert fault.code == "DO-S088"
    assert fault.where == "distances.csv, row 3, pair 'butik' to 'hem_01', field to"
    assert fault.found == "the home 'hem_01' stands at the place 'lillby'."
    assert fault.advice == "Write 'lillby': a home's distances are those of its place."


def test_no_run_stops_at_a_home(folder: Path) -> None:
    change(folder, "stop_times.csv", "2,stop_lillby", "2,hem_02")

    assert the_fault(folder).code == "DO-S062"


def test_many_orders_of_one_household_are_no_fault(folder: Path) -> None:
    with (folder / HOMES).open("a", encoding="utf-8") as file:
        for number in range(9):
            file.write(FIRST.replace("hem_01", f"hem_1{number}") + "\n")

    assert len(load_scenario(folder).homes) == 11


def test_a_misspelt_table_is_found(tmp_path: Path) -> None:
    folder = write_base(tmp_path / "base")
    (folder / "home.csv").write_text(HOME_FILES[HOMES], encoding="utf-8")

    fault = the_fault(folder)

    assert fault.code == "DO-S019"
    assert fault.advice.startswith("Rename it to homes.csv")
