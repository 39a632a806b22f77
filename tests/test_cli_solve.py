"""`solve` from the command line: limits, texts, files and exit codes."""

import json
import re
import shutil
import time
from pathlib import Path

import pytest

from deliveryopt.errors import OutputError
from tests.command import SCENARIOS, run_apart
from tests.conftest import Command

FEW = ("--format", "html,csv")
"""Formats of tests that are about something else."""
TINY, KALIX, VINGAKER = (SCENARIOS / name for name in ("tiny", "kalix", "vingaker"))


def _with_text(folder: Path, old: str, new: str) -> Path:
    """Return a copy of the three invented villages with another text in scenario.yaml."""
    copy = folder / "scenario"
    shutil.copytree(TINY, copy)
    text = (copy / "scenario.yaml").read_text(encoding="utf-8")
    assert old in text
    (copy / "scenario.yaml").write_text(text.replace(old, new), encoding="utf-8")
    return copy


def test_the_invented_villages_are_solved_to_the_cost_found_by_hand(
    tmp_path: Path, command: Command
) -> None:
    ended = command("solve", TINY, "--out", tmp_path / "å b", "--json", "--progress", "none")

    assert (ended.code, ended.err) == (0, "")
    result = json.loads(ended.out)
    expected = json.loads((TINY / "expected.json").read_text(encoding="utf-8"))
    assert result["cost_ore_per_week"] == expected["cost_ore_per_week"]
    assert result["status"] == "OPTIMAL"
    written = json.loads((tmp_path / "å b" / "result.json").read_text(encoding="utf-8"))
    assert written == result


def test_a_result_has_every_report_and_the_summary_names_the_page(
    tmp_path: Path, command: Command
) -> None:
    ended = command("solve", TINY, "--out", tmp_path / "a", "--lang", "en", "--progress", "plain")

    assert ended.code == 0
    assert ended.out.splitlines()[-1] == str(tmp_path / "a" / "report.html")
    assert "kr a week" in ended.err
    names = {path.name for path in (tmp_path / "a").iterdir()}
    assert {"result.json", "report.html", "villages.csv", "boxes.csv"} <= names


def test_progress_as_json_is_one_object_a_line(tmp_path: Path, command: Command) -> None:
    ended = command("solve", TINY, "--out", tmp_path / "a", "--progress", "json")

    lines = [json.loads(line) for line in ended.err.splitlines()]
    assert lines
    assert {line["stage"] for line in lines} <= {"cost", "coverage"}


@pytest.mark.parametrize("limit", ["0", "1e-9"])
def test_without_time_todays_delivery_is_the_plan_if_it_meets_the_goal(
    limit: str, tmp_path: Path, command: Command
) -> None:
    ended = command("solve", KALIX, "--out", tmp_path / "a", "--time-limit", limit, "--json", *FEW)

    assert (ended.code, ended.err) == (0, "")
    result = json.loads(ended.out)
    assert result["status"] == "FEASIBLE"
    assert result["bound_ore_per_week"] is None
    assert result["metrics"]["coverage_share"] == result["today"]["coverage_share"]


def test_without_time_and_with_a_goal_beyond_today_the_first_plan_found_is_kept(
    tmp_path: Path, command: Command
) -> None:
    ended = command("solve", TINY, "--out", tmp_path / "a", "--time-limit", "0", "--json")

    assert ended.code == 0
    result = json.loads(ended.out)
    assert result["status"] == "FEASIBLE"
    assert result["metrics"]["coverage_share"] >= 0.95
    assert command("verify", TINY, tmp_path / "a").code == 0


def test_a_limit_too_short_for_a_plan_is_not_called_infeasible(
    tmp_path: Path, command: Command
) -> None:
    ended = command("solve", VINGAKER, "--out", tmp_path / "a", "--time-limit", "0.01")

    assert (ended.code, ended.out) == (5, "")
    assert "that does not mean that there is none" in ended.err
    assert "[DO-P002]" in ended.err


def test_coverage_that_no_plan_reaches_is_said_with_the_greatest_that_one_does(
    tmp_path: Path, command: Command
) -> None:
    scenario = _with_text(tmp_path, "reach_km: 2.0", "reach_km: 0.1")

    ended = command("solve", scenario, "--out", tmp_path / "a", "--progress", "none")

    assert (ended.code, ended.out) == (3, "")
    found = re.search(r"the most that any plan covers is ([0-9.]+) %", ended.err)
    assert found is not None, ended.err
    assert "[DO-P001]" in ended.err
    assert not (tmp_path / "a").exists()
    shutil.rmtree(scenario)
    share = float(found[1]) / 100
    lower = _with_text(tmp_path, "coverage_share: 0.95", f"coverage_share: {share}")
    text = (lower / "scenario.yaml").read_text(encoding="utf-8")
    text = text.replace("reach_km: 2.0", "reach_km: 0.1")
    (lower / "scenario.yaml").write_text(text, encoding="utf-8")
    assert command("solve", lower, "--out", tmp_path / "b", "--progress", "none").code == 0


def test_a_goal_that_no_budget_allows_is_said(tmp_path: Path, command: Command) -> None:
    scenario = _with_text(
        tmp_path, "coverage_share: 0.95", "coverage_share: 0.95\n  budget_sek_per_year: 1"
    )

    ended = command("solve", scenario, "--out", tmp_path / "a", "--progress", "none")

    assert (ended.code, ended.out) == (3, "")
    assert "coverage of at least 95.00 %" in ended.err
    assert "at most 1.00 SEK a year above today" in ended.err
    assert "Without any one of them there is a plan: checked by solving." in ended.err
    enough = re.search(r"A budget of ([0-9,]+) SEK a year is enough", ended.err)
    least = re.search(r"No plan does with less than ([0-9,]+) SEK", ended.err)
    assert enough is not None, ended.err
    assert least is not None, ended.err
    budget = int(enough[1].replace(",", ""))
    assert 0 <= budget - int(least[1].replace(",", "")) <= 1
    shutil.rmtree(scenario)
    wide = _with_text(
        tmp_path, "coverage_share: 0.95", f"coverage_share: 0.95\n  budget_sek_per_year: {budget}"
    )
    assert command("solve", wide, "--out", tmp_path / "b", "--progress", "none").code == 0


def test_an_earlier_result_is_overwritten_only_when_forced(
    tmp_path: Path, command: Command
) -> None:
    words = ("solve", KALIX, "--time-limit", "0", "--out", tmp_path / "a", *FEW)
    assert command(*words).code == 0
    before = (tmp_path / "a" / "result.json").read_bytes()

    refused = command(*words)
    assert (refused.code, refused.out) == (4, "")
    assert "--force" in refused.err
    assert (tmp_path / "a" / "result.json").read_bytes() == before
    assert command(*words, "--force").code == 0


def test_without_out_the_result_lies_in_out_by_the_scenarios_name(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert command("solve", KALIX, "--time-limit", "0", *FEW).code == 0
    assert (tmp_path / "out" / "kalix" / "result.json").exists()


def test_a_plan_that_cannot_be_written_is_kept_elsewhere(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        message = "report.html: cannot be written (No space left on device)."
        raise OutputError(message)

    monkeypatch.setattr("deliveryopt.reports.all_files._WRITERS", {"html": ("report", fail)})
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    ended = command("solve", KALIX, "--time-limit", "0", "--out", tmp_path / "a")

    assert (ended.code, ended.out) == (4, "")
    kept = re.search(r"The plan was kept in (\S+)", ended.err)
    assert kept is not None
    assert json.loads(Path(kept[1]).read_text(encoding="utf-8"))["status"] == "FEASIBLE"


@pytest.mark.e2e
def test_a_limited_search_ends_soon_after_its_limit_with_a_plan(tmp_path: Path) -> None:
    started = time.monotonic()
    ended = run_apart(
        *("solve", KALIX, "--out", tmp_path / "a", "--time-limit", "3", "--json"),
        *("--progress", "none", *FEW),
    )
    seconds = time.monotonic() - started

    assert (ended.code, ended.err) == (0, "")
    assert json.loads(ended.out)["status"] in {"FEASIBLE", "OPTIMAL"}
    assert seconds < 3 + 2.5 + 3, "the last three seconds are for a busy computer"


def test_a_deterministic_search_that_the_clock_ended_says_so(
    tmp_path: Path, command: Command
) -> None:
    words = ("solve", KALIX, "--deterministic", "--time-limit", "1", "--progress", "none", *FEW)

    ended = command(*words, "--out", tmp_path / "a")

    assert ended.code == 0
    assert "[DO-P004]" in ended.err


def _without_seconds(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.lstrip().startswith('"seconds"')]


def _solved_twice(scenario: Path, folder: Path) -> list[list[str]]:
    for name in "ab":
        ended = run_apart(
            "solve", scenario, "--out", folder / name, "--deterministic", "--progress", "none"
        )
        assert ended.code == 0, ended.err
    return [_without_seconds(folder / name / "result.json") for name in "ab"]


@pytest.mark.e2e
def test_a_deterministic_result_is_equal_but_for_the_seconds(tmp_path: Path) -> None:
    first, second = _solved_twice(TINY, tmp_path)

    assert first == second


@pytest.mark.slow
@pytest.mark.e2e
def test_a_larger_deterministic_result_is_equal_but_for_the_seconds(tmp_path: Path) -> None:
    first, second = _solved_twice(VINGAKER, tmp_path)

    assert first == second
