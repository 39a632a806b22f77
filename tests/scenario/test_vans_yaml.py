"""The sections `vans` and `home_delivery` of scenario.yaml, one defect at a time."""

import re
from pathlib import Path
from typing import Any

import pytest

from deliveryopt.scenario.entries import KEY_OF_FIELD
from deliveryopt.scenario.fields import kinds_of
from deliveryopt.scenario.home_delivery import HomeDelivery
from deliveryopt.scenario.json_schema import scenario_json_schema
from deliveryopt.scenario.load import in_order, load_scenario
from deliveryopt.scenario.schema import Provenance
from deliveryopt.scenario.vans import Van
from docs import generate
from tests.scenario.base_folder import change, faults_of, the_fault, write_base
from tests.scenario.homes_folder import write_homes

YAML = "scenario.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_homes(tmp_path / "homes")


def test_a_van_says_what_its_entry_says(folder: Path) -> None:
    assert load_scenario(folder).vans == (
        Van(
            id="skåpbil",
            name="Kommunens bil",
            operator="Kommunen",
            base="terminal",
            origins=("butik", "terminal"),
            days=("mon", "tue", "wed"),
            shift_start_min=450,
            shift_end_min=900,
            max_trips=2,
            capacity_litres=3000,
            capacity_parcels=None,
            max_size="M",
            feeds_points=False,
            may_enter_homes=True,
            payer="shop",
        ),
    )


def test_terms_of_home_delivery_are_read(folder: Path) -> None:
    assert load_scenario(folder).home_delivery == HomeDelivery(
        no_bypass="rule", unserved_sek=600, grant_cap_sek=100
    )


def test_numbers_carry_their_sources(folder: Path) -> None:
    about = {entry.field: entry for entry in load_scenario(folder).provenance}

    assert about["vans.skåpbil.capacity_litres"] == Provenance(
        field="vans.skåpbil.capacity_litres",
        source="the dealer",
        tag="official",
        low=2000,
        high=4000,
    )
    assert about["home_delivery.unserved_sek"].source == "the council"


def test_id_and_base_are_enough_and_sections_may_be_left_out(tmp_path: Path) -> None:
    folder = write_base(tmp_path / "base")
    assert load_scenario(folder).vans == ()
    assert load_scenario(folder).home_delivery == HomeDelivery()

    change(folder, YAML, "goal:\n", "vans: [{id: v, base: lillby}]\nhome_delivery:\ngoal:\n")

    assert load_scenario(folder).vans == (Van(id="v", base="lillby"),)
    assert load_scenario(folder).home_delivery == HomeDelivery()


@pytest.mark.parametrize(
    ("word", "minutes"), [("07:30", 450), ("'07:30'", 450), ("7:30", 450), ("12:30:00", 750)]
)
def test_a_shift_is_a_clock_time_in_quotes_or_not(folder: Path, word: str, minutes: int) -> None:
    change(folder, YAML, "shift_start: 07:30", f"shift_start: {word}")

    assert load_scenario(folder).vans[0].shift_start_min == minutes


def test_a_shift_may_end_after_midnight(folder: Path) -> None:
    change(folder, YAML, "shift_end: 15:00", "shift_end: 25:10")

    assert load_scenario(folder).vans[0].shift_end_min == 1510


def test_no_days_mean_all_operating_days(folder: Path) -> None:
    change(folder, YAML, "days: mon-wed", "days: []")
    schema: Any = scenario_json_schema()
    van = schema["properties"]["vans"]["anyOf"][0]["items"]

    assert load_scenario(folder).vans[0].days == ()
    assert van["properties"]["days"]["anyOf"][0]["anyOf"][0]["minItems"] == 0


def test_vans_come_sorted_by_id_and_origins_too(folder: Path) -> None:
    change(folder, YAML, "vans:\n", "vans:\n  - {id: övre, base: butik}\n")
    scenario = load_scenario(folder)
    backwards = tuple(
        van.model_copy(update={"origins": van.origins[::-1]}) for van in scenario.vans[::-1]
    )

    assert [van.id for van in scenario.vans] == ["skåpbil", "övre"]
    assert in_order(scenario.model_copy(update={"vans": backwards})) == scenario


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("shift_start: 07:30", "shift_start: 450", "DO-S037", "'450' is not a clock time"),
        ("shift_start: 07:30", "shift_start: 7.30", "DO-S037", "'7.30' is not a clock time"),
        ("shift_start: 07:30", "shift_start: [7]", "DO-S023", "a list"),
        ("shift_start: 07:30", "shift_start: {value: 07:30}", "DO-S023", "a section"),
        ("shift_end: 15:00", "shift_end: 73:00", "DO-S037", "later than 72:00"),
        ("shift_end: 15:00", "shift_end: 07:30", "DO-S085", "shift_end 07:30 is not after"),
        ("shift_end: 15:00", "shift_end: 07:00", "DO-S085", "is not after shift_start 07:30"),
        ("shift_start: 07:30\n    shift_end: 15:00", "shift_start: 16:00", "DO-S085", "default"),
        ("max_trips: 2", "max_trips: 0", "DO-S033", "0 is outside"),
        ("max_trips: 2", "max_trips: 2.5", "DO-S032", "not a whole number"),
        ("max_trips: 2", "max_trips: two", "DO-S030", "not a number"),
        ("max_trips: 2", "speed_kmh: 0", "DO-S033", "outside"),
        ("max_trips: 2", "sek_per_km: 4,5", "DO-S031", "decimal comma"),
        ("max_trips: 2", "sek_per_h: '400'", "DO-S023", "quotes"),
        ("max_trips: 2", "sek_per_h: .nan", "DO-S034", "not a finite number"),
        ("high: 4000", "high: 2500", "DO-S043", "not in this order"),
        ("max_size: M", "max_size: XL", "DO-S035", "not one of"),
        ("payer: shop", "payer: butik", "DO-S035", "not one of"),
        ("feeds_points: no", "feeds_points: maybe", "DO-S036", "neither yes nor no"),
        ("days: mon-wed", "days: weekdays", "DO-S038", "not a day"),
        ("base: terminal\n", "base: terminus\n", "DO-S062", "'terminus' is not a known place"),
        ("base: terminal\n", "base: hem_02\n", "DO-S062", "'hem_02' is not a known place"),
        ("    base: terminal\n", "", "DO-S022", "nothing is given"),
        ("[terminal, butik]", "[terminal, lillby]", "DO-S062", "'lillby' is not a known depot"),
        ("[terminal, butik]", "terminal", "DO-S023", "'terminal'"),
        ("- id: skåpbil", "- name: bil", "DO-S022", "nothing is given"),
        ("vans:\n", "vans:\n  - {id: skåpbil, base: butik}\n", "DO-S060", "'skåpbil' stands"),
        ("vans:\n", "vans:\n  - {id: Skåpbil, base: butik}\n", "DO-S061", "differ only in"),
        ("vans:\n  -", "vans:\n   ", "DO-S018", "not a list"),
        ("no_bypass: rule", "no_bypass: yes", "DO-S035", "not one of"),
        ("value: 600", "value: -600", "DO-S033", "outside"),
        ("grant_cap_sek: 100", "grant_share: 1.5", "DO-S033", "outside"),
        ("grant_cap_sek: 100", "max_per_household_week: 15", "DO-S033", "outside"),
        ("home_delivery:\n", "home_delivery: 7\nx:\n", "DO-S018", "'7' stands here, not keys"),
    ],
)
def test_one_wrong_value_gives_a_fault_in_plain_words(
    folder: Path, old: str, new: str, code: str, words: str
) -> None:
    change(folder, YAML, old, new)

    faults = [fault for fault in faults_of(folder) if fault.code == code]

    assert faults
    assert faults[0].where.startswith(YAML)
    assert words in faults[0].found
    assert faults[0].allowed
    assert faults[0].advice


@pytest.mark.parametrize(
    ("old", "new", "advice"),
    [
        ("shift_start:", "shift_start_min:", "Did you mean 'shift_start'?"),
        ("max_trips:", "max_trip:", "Did you mean 'max_trips'?"),
        ("max_trips: 2", "carries_grocery: no", "Did you mean 'carries_groceries'?"),
        ("no_bypass:", "nobypass:", "Did you mean 'no_bypass'?"),
        ("grant_cap_sek:", "grant_cap:", "Did you mean 'grant_cap_sek'?"),
        ("home_delivery:", "home_deliveries:", "Did you mean 'home_delivery'?"),
        ("vans:\n", "homes: []\nvans:\n", "This stands in homes.csv."),
    ],
)
def test_an_unknown_key_gets_the_nearest_one(folder: Path, old: str, new: str, advice: str) -> None:
    change(folder, YAML, old, new)

    fault = the_fault(folder)

    assert fault.code == "DO-S020"
    assert fault.advice == advice


def test_a_fault_names_line_column_and_dotted_key(folder: Path) -> None:
    change(folder, YAML, "shift_end: 15:00", "shift_end: 06:00")

    fault = the_fault(folder)

    assert re.fullmatch(
        r"scenario\.yaml, line \d+, column 16, field vans\.skåpbil\.shift_end", fault.where
    )
    assert fault.found == "shift_end 06:00 is not after shift_start 07:30."
    assert fault.allowed == "Allowed: shift_end later than shift_start."


def test_a_van_and_a_run_and_a_place_may_share_an_id(folder: Path) -> None:
    change(folder, YAML, "- id: skåpbil", "- id: terminal")
    for file in ("runs.csv", "stop_times.csv"):
        change(folder, file, "linje_1", "terminal")

    assert faults_of(folder) == ()


def test_the_base_of_a_van_is_any_place_that_is_no_home(folder: Path) -> None:
    for place in ("lillby", "handel", "butik", "stop_lillby"):
        text = (folder / YAML).read_text(encoding="utf-8")
        text = re.sub("base: .*", f"base: {place}", text)
        (folder / YAML).write_text(text, encoding="utf-8")

        assert load_scenario(folder).vans[0].base == place


def test_the_schema_for_editors_names_every_key() -> None:
    properties: Any = scenario_json_schema()["properties"]
    van = properties["vans"]["anyOf"][0]["items"]
    section = properties["home_delivery"]["anyOf"][0]

    assert set(van["properties"]) == {KEY_OF_FIELD.get(n, n) for n in Van.model_fields}
    assert van["required"] == ["id", "base"]
    assert van["properties"]["shift_start"]["anyOf"][0]["type"] == "string"
    assert van["properties"]["shift_start"]["default"] == "08:00"
    assert set(section["properties"]) == set(HomeDelivery.model_fields)
    assert all(words["description"] for words in van["properties"].values())


@pytest.mark.parametrize(("model", "heading"), [(Van, "vans"), (HomeDelivery, "home_delivery")])
def test_every_key_is_in_the_page_of_the_format(
    model: type[Van | HomeDelivery], heading: str
) -> None:
    section = generate.file_format().split(f"\n### {heading}\n")[1].split("\n### ")[0]
    words = set(re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE))

    assert words == {KEY_OF_FIELD.get(name, name) for name in kinds_of(model)}


def test_every_row_of_the_page_of_the_format_stands_on_one_line() -> None:
    lines = generate.file_format().splitlines()

    assert all(line.endswith(" |") for line in lines if line.startswith("| "))
