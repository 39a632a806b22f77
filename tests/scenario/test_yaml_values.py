"""What the keys of scenario.yaml may say, one defect at a time."""

from pathlib import Path

import pytest

from deliveryopt.scenario.load import load_scenario
from tests.scenario.base_folder import change, faults_of, the_fault, write_base


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_base(tmp_path / "base")


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("max_boxes: 3", "max_boxes: .nan", "DO-S034", "not a finite number"),
        ("max_boxes: 3", "max_boxes: -.inf", "DO-S034", "not a finite number"),
        ("max_boxes: 3", "max_boxes: Infinity", "DO-S034", "not a finite number"),
        ("reach_km: 2.5", "reach_km: 1e999", "DO-S034", "too large"),
        ("reach_km: 2.5", "reach_km: 2,5", "DO-S031", "decimal comma"),
        ("reach_km: 2.5", "reach_km: '2.5'", "DO-S023", "quotes"),
        ("reach_km: 2.5", "reach_km: 2.5 km", "DO-S030", "not a number"),
        ("reach_km: 2.5", "reach_km: 0x10", "DO-S030", "not a number"),
        ("reach_km: 2.5", "reach_km: 12:30", "DO-S030", "not a number"),
        ("reach_km: 2.5", "reach_km: 0", "DO-S033", "outside"),
        ("reach_km: 2.5", "reach_km: -1", "DO-S033", "-1 is outside"),
        ("reach_km: 2.5", "reach_km: [2.5]", "DO-S023", "a list"),
        ("reach_km: 2.5", "reach_km:", "DO-S022", "nothing is given"),
        ("max_boxes: 3", "max_boxes: 2.5", "DO-S032", "not a whole number"),
        ("max_boxes: 3", f"max_boxes: {10**30}", "DO-S033", "outside"),
        ("sek_per_year: 9000", f"sek_per_year: {2**63}", "DO-S033", "outside"),
        ("sek_per_year: 9000", "sek_per_year: -1", "DO-S033", "outside"),
        ("compartments_s: 8", "compartments_s: -8", "DO-S033", "outside"),
        ("kind: least_cost", "kind: least_costs", "DO-S035", "not one of"),
        ("week_start: 2026-10-05", "week_start: 5/10 2026", "DO-S039", "not a date"),
        ("week_start: 2026-10-05", "week_start: 2026-13-05", "DO-S039", "not a date"),
        ("tue, wed", "tuesdays, wed", "DO-S038", "not a day"),
        ("tue, wed", "mon, wed", "DO-S038", "mon twice"),
        ("[mon, tue, wed, thu, fri]", "[]", "DO-S040", "empty"),
        ("[mon, tue, wed, thu, fri]", "[[mon]]", "DO-S023", "a list stands in the list"),
        ("max_boxes: 3", "unusable_runs: linje_1", "DO-S023", "'linje_1'"),
        ("max_boxes: 3", "unusable_runs: [{a: b}]", "DO-S023", "a section"),
        ("goal:\n", "goal: 7\nx:\n", "DO-S018", "'7'"),
        ("name: lillby", "name: ''", "DO-S040", "empty"),
        ("name: lillby", f"name: {'x' * 201}", "DO-S040", "too long"),
        ("name: lillby", "name: ../lillby", "DO-S041", "starts with a dot"),
        ("tag: measured", "tag: mesured", "DO-S035", "not one of"),
        ("high: 10", "high: 6", "DO-S043", "not in this order"),
        ("value: 8, ", "", "DO-S022", "there is no value"),
        ("box_types:\n  -", "box_types:\n   ", "DO-S018", "not a list"),
        ("- id: small", "- id: sm\x7fall", "DO-S012", "U+007F"),
        ("- id: small", '- id: "sm\\tall"', "DO-S041", "control characters"),
        ("title: Lillby", "title: 19121212-1212", "DO-S042", "personal number"),
    ],
)
def test_one_wrong_value_gives_a_fault_in_plain_words(
    folder: Path, old: str, new: str, code: str, words: str
) -> None:
    change(folder, "scenario.yaml", old, new)

    faults = [fault for fault in faults_of(folder) if fault.code == code]

    assert faults
    assert faults[0].where.startswith("scenario.yaml")
    assert words in faults[0].found
    assert faults[0].allowed
    assert faults[0].advice


def test_a_personal_number_is_never_shown(folder: Path) -> None:
    change(folder, "scenario.yaml", "title: Lillby", "title: Eva 19121212-1212")

    assert "1212" not in str(the_fault(folder))


@pytest.mark.parametrize(
    ("old", "new", "advice"),
    [
        ("title:", "titel:", "Did you mean 'title'?"),
        ("reach_km: 2.5", "reach_km: 2.5\n  reech: 1", "Did you mean 'reach_km'?"),
        ("capacity_parcels: {", "capcity_parcels: {", "Did you mean 'capacity_parcels'?"),
        ("  bus:", "  buss:", "Did you mean 'bus'?"),
        ("source: the", "unit: parcels, source: the", "Leave it out: the unit"),
        ("title: Lillby kommun", "villages: []", "This stands in villages.csv."),
        ("title: Lillby kommun", "provenance: []", "Write source and tag beside the value"),
        ("title: Lillby kommun", "<<: {title: x}", "Remove it."),
    ],
)
def test_an_unknown_key_gets_the_nearest_one(folder: Path, old: str, new: str, advice: str) -> None:
    change(folder, "scenario.yaml", old, new)

    fault = the_fault(folder)

    assert fault.code == "DO-S020"
    assert advice in fault.advice


def test_capcity_in_a_table_gets_the_nearest_column(folder: Path) -> None:
    change(folder, "runs.csv", "operator,days", "operator,days,capcity_parcels")
    change(folder, "runs.csv", ",mon-fri", ",mon-fri,3")

    fault = the_fault(folder)

    assert fault.code == "DO-S051"
    assert fault.advice == "Did you mean 'capacity_parcels'?"


def test_a_fault_in_yaml_names_line_column_and_dotted_field(folder: Path) -> None:
    change(folder, "scenario.yaml", "sek_per_year: 9000", "sek_per_year: lots")

    assert the_fault(folder).where == (
        "scenario.yaml, line 20, column 19, field box_types.small.sek_per_year"
    )


def test_nothing_given_is_the_default_or_none(folder: Path) -> None:
    change(folder, "scenario.yaml", "max_boxes: 3", "max_boxes:\n  transfer_min: ~")
    change(folder, "scenario.yaml", "title: Lillby kommun", "title:\nrates:\nsources:")
    change(folder, "scenario.yaml", "value: 8,", "value: null,")
    change(folder, "scenario.yaml", ", low: 5, high: 10", "")

    scenario = load_scenario(folder)

    assert scenario.rules.max_boxes is None
    assert scenario.rules.transfer_min == 10
    assert scenario.title == ""
    assert scenario.rates.share_s == 0.57
    assert scenario.run_kinds.bus.capacity_parcels is None


def test_minus_zero_is_zero(folder: Path) -> None:
    change(folder, "scenario.yaml", "sek_per_year: 9000", "sek_per_year: -0.0")

    assert str(load_scenario(folder).box_types[0].sek_per_year) == "0.0"


def test_days_may_be_swedish_words_and_ranges_and_come_monday_first(folder: Path) -> None:
    change(folder, "scenario.yaml", "[mon, tue, wed, thu, fri]", "fre sön må-to")

    assert load_scenario(folder).days == ("mon", "tue", "wed", "thu", "fri", "sun")


def test_text_with_line_breaks_becomes_one_line(folder: Path) -> None:
    change(folder, "scenario.yaml", "title: Lillby kommun", "title: |\n  Lillby\n  kommun\n")

    assert load_scenario(folder).title == "Lillby kommun"


def test_limits_by_operator_are_read_with_their_sources(folder: Path) -> None:
    limits = (
        "max_boxes: 3\n  max_boxes_per_operator:\n"
        "    - {operator: Boxbolaget, max_boxes: {value: 2, tag: assumed}}"
    )
    change(folder, "scenario.yaml", "max_boxes: 3", limits)

    scenario = load_scenario(folder)

    assert scenario.rules.max_boxes_per_operator[0].max_boxes == 2
    assert scenario.provenance[0].field == "rules.max_boxes_per_operator.Boxbolaget.max_boxes"


def test_three_missing_keys_and_four_wrong_types_come_in_one_run(folder: Path) -> None:
    for old, new in (
        ("name: lillby\n", ""),
        ("week_start: 2026-10-05\n", ""),
        ("    compartments_l: 1\n", ""),
        ("reach_km: 2.5", "reach_km: far"),
        ("max_boxes: 3", "max_boxes: few"),
        ("coverage_share: 0.9", "coverage_share: most"),
        ("sek_per_year: 9000", "sek_per_year: dear"),
    ):
        change(folder, "scenario.yaml", old, new)

    codes = [fault.code for fault in faults_of(folder)]

    assert sorted(codes) == ["DO-S022"] * 3 + ["DO-S030"] * 4


def test_missing_sections_are_named(folder: Path) -> None:
    (folder / "scenario.yaml").write_text("name: x\nweek_start: 2026-10-05\n", encoding="utf-8")

    where = [fault.where for fault in faults_of(folder) if fault.code == "DO-S022"]

    assert where == ["scenario.yaml, field goal", "scenario.yaml, field rules"]
