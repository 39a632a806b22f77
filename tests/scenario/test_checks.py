"""What must hold between the files, one defect at a time."""

from pathlib import Path

import pytest

from tests.scenario.base_folder import change, faults_of, the_fault, write_base

YAML = "scenario.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_base(tmp_path / "base")


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "words"),
    [
        (YAML, "2026-10-05", "2026-10-06", "DO-S070", "not a Monday"),
        (YAML, "  coverage_share: 0.9\n", "", "DO-S071", "least_cost"),
        (YAML, "least_cost", "greatest_coverage", "DO-S071", "greatest_coverage"),
        (YAML, "max_boxes: 3", "max_lead_days: 5", "DO-S075", "5 is too many"),
        (YAML, "max_boxes: 3", "min_deliveries_per_week: 6", "DO-S075", "6 is too many"),
        (YAML, "max_boxes: 3", "max_boxes: 0", "DO-S078", "1 sites must open"),
        (YAML, "max_boxes: 3", "unusable_runs: [linje_2]", "DO-S062", "not a known run"),
        (
            YAML,
            "max_boxes: 3",
            "max_boxes_per_operator: [{operator: Lådan, max_boxes: 2}]",
            "DO-S062",
            "'Lådan' is not a known operator",
        ),
        (
            YAML,
            "max_boxes: 3",
            "max_boxes_per_operator:\n" + 2 * "    - {operator: Boxbolaget, max_boxes: 2}\n",
            "DO-S060",
            "'Boxbolaget' stands already",
        ),
        (YAML, "goal:", "rates: {share_s: 0.5}\ngoal:", "DO-S072", "add up to 0.93"),
        (YAML, "goal:", "rates: {share_fri: 0.1}\ngoal:", "DO-S072", "add up to 0.9"),
        (
            YAML,
            "goal:",
            "rates: {share_fri: 0, share_sat: 0.2}\ngoal:",
            "DO-S073",
            "no operating day",
        ),
        ("parcels.csv", "mon", "sun", "DO-S073", "sun is no operating day"),
        ("parcels.csv", "lillby", "storby", "DO-S062", "not a known village"),
        ("parcels.csv", ",4\n", ",4\nlillby,mon,S,2\n", "DO-S060", "stands already in"),
        ("villages.csv", "120,terminal", "120,terminalen", "DO-S062", "not a known depot"),
        ("pickup_points.csv", ",small,", ",smal,", "DO-S062", "not a known box type"),
        ("pickup_points.csv", ",,,", ",small,,", "DO-S076", "an agent has box_types"),
        ("pickup_points.csv", ",,,", ",,2,", "DO-S076", "an agent has max_boxes"),
        ("pickup_points.csv", ",,,", ",,,must_open", "DO-S076", "an agent has state"),
        ("pickup_points.csv", ",2,must_open", ",0,must_open", "DO-S077", "max_boxes is 0"),
        ("stop_times.csv", "2,stop_lillby", "2,lilla", "DO-S062", "not a known place"),
        ("stop_times.csv", "linje_1,2", "linje_7,2", "DO-S062", "not a known run"),
        ("stop_times.csv", "linje_1,2", "linje_1,1", "DO-S081", "stands already in"),
        ("stop_times.csv", "07:30,07:30", "07:04,07:30", "DO-S082", "before departure 07:05"),
        ("stop_times.csv", "07:00,07:05", "07:00,06:59", "DO-S082", "before arrival 07:00"),
        ("distances.csv", "lillby,site_lillby", "lillby,lillby", "DO-S083", "are both 'lillby'"),
        ("distances.csv", "åsele,site", "lillby,site", "DO-S060", "stands already in"),
        ("distances.csv", "lillby,site_lillby", "lillby,site_x", "DO-S062", "not a known place"),
        ("depots.csv", "terminal,", "lillby,", "DO-S060", "stands already in villages.csv, row 2"),
        ("villages.csv", "åsele,", "lillby ,", "DO-S061", "spaces"),
        ("villages.csv", "åsele,", "LILLBY,", "DO-S061", "capital"),
        ("stops.csv", "stop_lillby,", "a\u030asele,", "DO-S061", "Unicode form"),
        ("stops.csv", "stop_lillby,", "lill\u200bby,", "DO-S061", "differ only in"),
        ("runs.csv", "linje_1,", "linje_9,", "DO-S080", "0 of the stop times"),
    ],
)
def test_one_broken_bond_is_found_by_its_code(
    folder: Path, file: str, old: str, new: str, code: str, words: str
) -> None:
    change(folder, file, old, new)

    faults = [fault for fault in faults_of(folder) if fault.code == code]

    assert faults
    assert words in faults[0].found
    assert faults[0].advice


def test_the_monday_of_the_week_is_offered(folder: Path) -> None:
    change(folder, YAML, "2026-10-05", "2026-10-11")

    assert the_fault(folder).advice == "The Monday of that week is 2026-10-05."


def test_two_box_types_and_two_runs_may_not_share_an_id(folder: Path) -> None:
    change(
        folder,
        YAML,
        "box_types:\n",
        "box_types:\n  - {id: Small, compartments_s: 1, "
        "compartments_m: 1, compartments_l: 1, sek_per_year: 1}\n",
    )
    change(folder, "runs.csv", "linje_1,Linje 1", "linje_1,Linje 1,bus,,mon\nlinje_1,Linje 1")

    faults = faults_of(folder)

    assert [fault.code for fault in faults] == ["DO-S061", "DO-S060"]
    assert "'Small'" in faults[0].found
    assert "'small'" in faults[0].found


def test_a_run_and_a_village_may_share_an_id(folder: Path) -> None:
    for file in ("runs.csv", "stop_times.csv"):
        change(folder, file, "linje_1", "lillby")

    assert faults_of(folder) == ()


def test_both_ids_are_shown_when_they_look_the_same(folder: Path) -> None:
    change(folder, "stops.csv", "stop_lillby,", "a\u030asele,")
    change(folder, "stop_times.csv", "stop_lillby", "åsele")

    fault = the_fault(folder)

    assert r"'a\u030asele'" in fault.found
    assert r"'\xe5sele' in villages.csv, row 3" in fault.found


def test_a_run_with_one_stop_is_too_short(folder: Path) -> None:
    change(folder, "stop_times.csv", "linje_1,2,stop_lillby,07:30,07:30\n", "")

    fault = the_fault(folder)

    assert fault.code == "DO-S080"
    assert fault.where == "runs.csv, row 2, run 'linje_1'"


def test_a_fast_run_is_not_a_fault(folder: Path) -> None:
    change(folder, "stop_times.csv", "07:30,07:30", "07:06,07:06")

    assert faults_of(folder) == ()


def test_village_shares_are_all_given_or_none_and_add_up(folder: Path) -> None:
    change(folder, "villages.csv", "depot\n", "depot,share_s,share_m,share_l\n")
    change(folder, "villages.csv", "120,terminal", "120,terminal,0.5,0.5,")
    change(folder, "villages.csv", "80,terminal", "80,terminal,0.5,0.5,0.5")

    assert [fault.code for fault in faults_of(folder)] == ["DO-S074", "DO-S072"]


def test_a_site_must_not_open_without_a_box_type(folder: Path) -> None:
    text = (folder / YAML).read_text(encoding="utf-8").partition("box_types:")[0]
    (folder / YAML).write_text(text, encoding="utf-8")
    change(folder, "pickup_points.csv", ",small,", ",,")

    assert the_fault(folder).code == "DO-S077"


def test_an_id_of_a_box_type_holds_no_space(folder: Path) -> None:
    change(folder, YAML, "- id: small", "- id: small box")
    change(folder, "pickup_points.csv", ",small,", ",,")

    assert the_fault(folder).code == "DO-S041"


def test_references_in_a_faulty_row_are_checked_too(folder: Path) -> None:
    change(folder, "villages.csv", ",120,terminal", ",many,nowhere")

    assert sorted(fault.code for fault in faults_of(folder)) == ["DO-S030", "DO-S062"]


def test_an_unreadable_table_makes_no_faults_elsewhere(folder: Path) -> None:
    change(folder, "stops.csv", "id,name", "ident,name")

    assert {fault.where.split(",")[0] for fault in faults_of(folder)} == {"stops.csv"}


def test_default_day_shares_that_do_not_fit_the_days_say_what_to_set(folder: Path) -> None:
    change(folder, YAML, "[mon, tue, wed, thu, fri]", "[mon, tue, wed, thu]")

    fault = the_fault(folder)

    assert fault.code == "DO-S073"
    assert "the default" in fault.found
    assert "rates.share_fri" in fault.advice
