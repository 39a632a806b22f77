"""Loading a scenario's folder as a whole."""

import json
import os
from pathlib import Path

import pytest

from deliveryopt.errors import ScenarioError, UsageError
from deliveryopt.scenario.load import in_order, load_scenario, scenario_hash
from deliveryopt.scenario.schema import Provenance
from tests.scenario.base_folder import FILES, change, faults_of, rewrite, the_fault, write_base


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_base(tmp_path / "base")


def test_the_base_scenario_says_what_its_files_say(folder: Path) -> None:
    scenario = load_scenario(folder)

    assert [village.id for village in scenario.villages] == ["lillby", "åsele"]
    assert scenario.run_kinds.bus.capacity_parcels == 8
    assert scenario.provenance == (
        Provenance(
            field="run_kinds.bus.capacity_parcels",
            source="the operator",
            tag="measured",
            low=5,
            high=10,
        ),
    )
    assert scenario.runs[0].days == ("mon", "tue", "wed", "thu", "fri")
    assert [stop.arrival_min for stop in scenario.runs[0].stop_times] == [420, 450]
    assert scenario.depots[0].ready_sun == 360
    assert [distance.km for distance in scenario.distances] == [0.7, None]
    assert scenario.pickup_points[0].max_boxes == 1


def test_the_path_of_the_yaml_file_stands_for_its_folder(folder: Path) -> None:
    assert load_scenario(folder / "scenario.yaml") == load_scenario(folder)


@pytest.mark.parametrize(
    "edit",
    [
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.rstrip(b"\n"),
        lambda data: data + b"\n\n",
    ],
    ids=["CRLF", "BOM", "no final newline", "blank lines"],
)
def test_line_ends_and_marks_make_no_difference(
    folder: Path, edit: "type[bytes]", tmp_path: Path
) -> None:
    other = write_base(tmp_path / "other")
    for name in FILES:
        rewrite(other, name, edit)

    assert scenario_hash(load_scenario(other)) == scenario_hash(load_scenario(folder))


def test_the_order_of_rows_makes_no_difference(folder: Path, tmp_path: Path) -> None:
    other = write_base(tmp_path / "other")
    for name in FILES:
        if name.endswith(".csv"):
            head, *rows = FILES[name].splitlines()
            (other / name).write_text("\n".join([head, *reversed(rows)]), encoding="utf-8")

    assert load_scenario(other) == load_scenario(folder)
    assert in_order(load_scenario(folder)) == load_scenario(folder)


def test_another_number_gives_another_hash(folder: Path) -> None:
    before = scenario_hash(load_scenario(folder))
    change(folder, "villages.csv", ",120,", ",121,")

    assert scenario_hash(load_scenario(folder)) != before


def test_every_fault_of_every_file_comes_at_once_and_in_order(folder: Path) -> None:
    change(folder, "scenario.yaml", "name: lillby\n", "")
    change(folder, "scenario.yaml", "week_start: 2026-10-05\n", "")
    change(folder, "scenario.yaml", "  reach_km: 2.5\n", "")
    change(folder, "scenario.yaml", "max_boxes: 3", "max_boxes: many")
    change(folder, "scenario.yaml", "coverage_share: 0.9", "coverage_share: [1]")
    change(folder, "villages.csv", ",120,", ",few,")
    change(folder, "stop_times.csv", "07:30,07:30", "half past,07:30")

    faults = faults_of(folder)

    assert sorted(fault.code for fault in faults) == [
        *["DO-S022"] * 3,
        *["DO-S023", "DO-S030", "DO-S030", "DO-S037"],
    ]
    assert {fault.where.split(",")[0] for fault in faults} == {
        "scenario.yaml",
        "villages.csv",
        "stop_times.csv",
    }


def test_a_message_says_where_what_allowed_and_what_to_do(folder: Path) -> None:
    change(folder, "stop_times.csv", "2,stop_lillby", "2,stop_lilby")

    fault = the_fault(folder)

    assert fault.where == "stop_times.csv, row 3, run 'linje_1', field place_id"
    assert fault.found == "'stop_lilby' is not a known place."
    assert fault.allowed.startswith("Known: 'handel'")
    assert fault.advice == "Did you mean 'stop_lillby'?"
    assert fault.code == "DO-S062"


def test_no_message_speaks_the_language_of_a_library(folder: Path) -> None:
    change(folder, "villages.csv", ",120,", ",-120,")
    change(folder, "scenario.yaml", "kind: least_cost", "kind: cheap")

    text = "\n".join(str(fault) for fault in faults_of(folder))

    assert "pydantic" not in text
    assert "Input should" not in text
    assert "Allowed: a whole number from 0 to 10 000 000." in text


@pytest.mark.parametrize(
    "name",
    ["scenario.yaml", "villages.csv", "pickup_points.csv", "depots.csv", "runs.csv"],
)
def test_a_missing_file_is_one_fault_and_hides_no_other_and_makes_none(
    folder: Path, name: str
) -> None:
    (folder / name).unlink()

    fault = the_fault(folder)

    assert fault.code == "DO-S001"
    assert fault.where == name


def test_missing_stop_times_are_a_fault_without_echo(folder: Path) -> None:
    (folder / "stop_times.csv").unlink()

    assert the_fault(folder).where == "stop_times.csv"


def test_a_missing_folder_and_a_file_for_a_folder_are_told_apart(tmp_path: Path) -> None:
    file = tmp_path / "other.txt"
    file.touch()

    assert the_fault(tmp_path / "nowhere").code == "DO-S001"
    assert the_fault(file).code == "DO-S002"
    assert the_fault(tmp_path / "no\0where").code == "DO-S001"


def test_optional_tables_may_be_missing(folder: Path) -> None:
    change(folder, "stop_times.csv", "stop_lillby", "site_lillby")
    for name in ("stops.csv", "parcels.csv", "distances.csv"):
        (folder / name).unlink()

    scenario = load_scenario(folder)

    assert (scenario.stops, scenario.given_demand, scenario.distances) == ((), (), ())


def test_a_scenario_without_villages_points_and_runs_loads(folder: Path) -> None:
    for name, text in FILES.items():
        if name.endswith(".csv"):
            (folder / name).write_text(text.partition("\n")[0], encoding="utf-8")

    scenario = load_scenario(folder)

    assert (scenario.villages, scenario.pickup_points, scenario.runs) == ((), (), ())


@pytest.mark.parametrize("name", ["parcel.csv", "Distances.csv", "distance.csv", "stop.csv"])
def test_a_misspelt_optional_table_is_not_silently_ignored(folder: Path, name: str) -> None:
    wanted = next(
        file for file in FILES if file[:4] == name[:4].lower() and file != "stop_times.csv"
    )
    change(folder, "stop_times.csv", "stop_lillby", "site_lillby")
    (folder / wanted).rename(folder / name)

    fault = the_fault(folder)

    assert fault.code == "DO-S019"
    assert wanted in fault.advice


def test_ids_stay_the_text_that_was_written(folder: Path) -> None:
    for old, new in (("lillby,", "010,"), ("åsele,", "1e3,")):
        for name in ("villages.csv", "distances.csv", "parcels.csv"):
            text = (folder / name).read_text(encoding="utf-8")
            lines = [
                new + line[len(old) :] if line.startswith(old) else line
                for line in text.splitlines()
            ]
            (folder / name).write_text("\n".join(lines), encoding="utf-8")
    change(folder, "scenario.yaml", "- id: small", "- id: 0136")
    change(folder, "pickup_points.csv", "small", "0136")
    change(folder, "scenario.yaml", "name: lillby", "name: NO")

    scenario = load_scenario(folder)

    assert [village.id for village in scenario.villages] == ["010", "1e3"]
    assert scenario.box_types[0].id == "0136"
    assert scenario.pickup_points[1].box_types == ("0136",)
    assert scenario.name == "NO"


def test_windows_text_is_refused_with_its_byte_and_loads_with_the_flag(folder: Path) -> None:
    rewrite(folder, "villages.csv", lambda data: data.decode().encode("cp1252"))

    fault = the_fault(folder)

    assert fault.code == "DO-S007"
    assert "byte 73" in fault.found
    assert "0xe5" in fault.found
    assert "--encoding cp1252" in fault.advice
    assert load_scenario(folder, encoding="cp1252").villages[1].name == "Åsele"


def test_utf_16_is_refused_with_advice_and_loads_with_the_flag(folder: Path) -> None:
    rewrite(folder, "villages.csv", lambda data: data.decode().encode("utf-16"))

    assert "--encoding utf-16" in the_fault(folder).advice
    assert load_scenario(folder, encoding="utf-16").villages[1].name == "Åsele"


def test_the_flag_harms_no_file_that_is_utf_8(folder: Path) -> None:
    rewrite(folder, "stops.csv", lambda data: data.replace(b"Lillby skola", b"\xc5by skola"))

    scenario = load_scenario(folder, encoding="cp1252")

    assert scenario.stops[0].name == "Åby skola"
    assert scenario.villages[1].name == "Åsele"


def test_a_byte_that_the_named_encoding_lacks_is_a_fault(folder: Path) -> None:
    rewrite(folder, "stops.csv", lambda data: data.replace(b"skola", b"\x81"))

    assert (
        "byte 35 (counted from 0) is not valid cp1252" in the_fault(folder, encoding="cp1252").found
    )


def test_an_unknown_encoding_is_wrong_usage(folder: Path) -> None:
    with pytest.raises(UsageError, match="'klingon' is not known"):
        load_scenario(folder, encoding="klingon")
    with pytest.raises(UsageError):
        load_scenario(folder, encoding="zlib")


@pytest.mark.parametrize("name", ["scenario.yaml", "villages.csv", "parcels.csv"])
def test_a_link_out_of_the_folder_is_refused_and_not_echoed(
    folder: Path, tmp_path: Path, name: str
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("canary 4711\n", encoding="utf-8")
    (folder / name).unlink()
    (folder / name).symlink_to(secret)

    faults = faults_of(folder)

    assert [fault.code for fault in faults] == ["DO-S005"]
    assert "canary" not in str(faults)


def test_a_link_inside_the_folder_is_fine_and_a_circle_is_a_fault(folder: Path) -> None:
    (folder / "stops.csv").rename(folder / "real.txt")
    (folder / "stops.csv").symlink_to("real.txt")
    assert faults_of(folder) == ()

    (folder / "real.txt").unlink()
    (folder / "real.txt").symlink_to("stops.csv")

    assert the_fault(folder).code == "DO-S006"


@pytest.mark.parametrize("name", ["scenario.yaml", "runs.csv"])
def test_a_pipe_is_a_fault_and_nobody_waits_for_it(folder: Path, name: str) -> None:
    (folder / name).unlink()
    os.mkfifo(folder / name)

    assert the_fault(folder).code == "DO-S003"


def test_a_folder_for_a_file_is_a_fault(folder: Path) -> None:
    (folder / "depots.csv").unlink()
    (folder / "depots.csv").mkdir()

    assert the_fault(folder).code == "DO-S002"


def test_200_megabytes_are_refused_unread(folder: Path) -> None:
    for name in ("scenario.yaml", "stop_times.csv"):
        with (folder / name).open("r+b") as file:
            file.truncate(200_000_000)

    faults = faults_of(folder)

    assert [fault.code for fault in faults] == ["DO-S004", "DO-S004"]
    assert "200.0 MB" in faults[0].found


def test_a_file_that_may_not_be_read_is_a_fault(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)

    assert {fault.code for fault in faults_of(folder)} == {"DO-S006"}


def test_a_folder_that_may_not_be_listed_is_no_traceback(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> list[Path]:
        raise PermissionError(13, "Permission denied")

    (folder / "runs.csv").unlink()
    monkeypatch.setattr(Path, "iterdir", refuse)

    assert the_fault(folder).code == "DO-S001"


def test_the_hash_is_made_of_the_content_as_json(folder: Path) -> None:
    scenario = load_scenario(folder)

    assert len(scenario_hash(scenario)) == 64
    assert json.loads(scenario.model_dump_json())["name"] == "lillby"


def test_the_error_exits_with_two(folder: Path) -> None:
    (folder / "scenario.yaml").unlink()

    with pytest.raises(ScenarioError) as caught:
        load_scenario(folder)

    assert caught.value.exit_code == 2


def test_a_thousand_faults_of_one_kind_are_shown_and_the_rest_is_counted(folder: Path) -> None:
    rows = "".join(f"v{number},V,59.3,-1,x,terminal\n" for number in range(1500))
    with (folder / "villages.csv").open("a", encoding="utf-8") as file:
        file.write(rows)

    faults = faults_of(folder)

    assert len(faults) == 1001
    assert faults[-1].code == "DO-S090"
    assert faults[-1].found.startswith("500 more")
