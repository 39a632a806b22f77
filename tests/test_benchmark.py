"""The benchmark prints figures for people and, last, for programs."""

import csv
import json
from pathlib import Path

import pytest

from benchmarks import main_job
from deliveryopt.scenario.load import load_scenario

FOUND: main_job.Figures = {
    "status": "FEASIBLE",
    "gap": None,
    "seconds": 1.25,
    "peak_mib": 200.4,
    "cost_ore_per_week": 48440,
    "coverage": 1.0,
    "coverage_bound": None,
    "coverage_today": 0.5,
}


@pytest.mark.e2e
def test_a_scenario_is_measured_in_a_process_of_its_own(tmp_path: Path) -> None:
    found = main_job.measured("kalix", 0, tmp_path)

    assert found is not None
    assert found["status"] == "FEASIBLE"
    assert found["coverage"] == found["coverage_today"]
    assert 30 < float(found["peak_mib"] or 0) < 2000
    assert float(found["seconds"] or 0) > 0


def test_the_last_line_is_json_and_a_scenario_without_plan_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(main_job, "measured", lambda name, *_: None if name == "tiny" else FOUND)

    assert main_job.main([]) == 1
    lines = capsys.readouterr().out.splitlines()
    figures = json.loads(lines[-1])
    assert list(figures) == list(main_job.TIME_LIMITS_S)
    assert figures["kalix"] == {name: FOUND[name] for name in FOUND if name != "status"}
    assert figures["tiny"] is None
    assert lines[0].split()[0] == "scenario"
    monkeypatch.setattr(main_job, "measured", lambda *_: FOUND)
    assert main_job.main([]) == 0


def test_savings_over_other_ways_are_printed_a_week_and_a_year() -> None:
    found = FOUND | {"saving_over_vans_only_ore_per_week": 1_250_00}

    lines = list(main_job.savings({"kalix": found, "tiny": None}))

    assert lines == ["kalix: saves 1250.00 SEK a week over vans only, 65000 SEK a year"]


def test_the_variant_with_a_van_is_kalix_and_a_van(tmp_path: Path) -> None:
    folder = main_job.folder_of(main_job.WITH_VAN, tmp_path)

    scenario = load_scenario(folder)
    kalix = load_scenario(main_job.folder_of("kalix", tmp_path))
    assert [van.base for van in scenario.vans] == [kalix.depots[0].id]
    assert scenario.runs == kalix.runs


def test_figures_are_saved_as_csv(tmp_path: Path) -> None:
    path = main_job.save({"kalix": FOUND, "tiny": None}, tmp_path / "results")

    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["scenario"] for row in rows] == ["kalix", "tiny"]
    assert rows[0]["cost_ore_per_week"] == "48440"
