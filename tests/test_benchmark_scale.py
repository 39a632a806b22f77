"""The comparison at scale measures what it says, on municipalities that a seed decides."""

import csv
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from unittest.mock import patch

import pytest

from benchmarks import ablations, scale, scale_solvers
from benchmarks.generate import CASES, generate
from deliveryopt.scenario.load import in_order, load_scenario
from deliveryopt.solver.result import relative_gap
from tests.strategies import random_scenario

ROOT = Path(__file__).parent.parent
FOUND = scale.Measured("ours", 0.005, 1.5, 120.4, 200_00, 199_00)
OPTIMUM_OF_S_1 = 716_328
"""Of S with seed 1, öre a week: plan and bound meet there."""
ASKED = scale.Asked("S", 1, 3.0, ("ours", "highs"))


@pytest.mark.e2e
def test_the_last_line_is_one_json_object_with_a_cost_and_a_bound_of_each_solver(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["--case", "S", "--seconds", "8", "--seed", "1", "--solvers", "ours,highs"]

    assert scale.main(words) == 0
    lines = capsys.readouterr().out.splitlines()
    figures = json.loads(lines[-1])
    assert lines[0] == "S, seed 1, 8 s each: 20 villages, 14 sites, 200 run-days"
    assert lines[1].split()[:3] == ["solver", "gap", "seconds"]
    assert [line.split()[0] for line in lines[2:4]] == list(figures) == ["ours", "highs"]
    for of_solver in figures.values():
        assert list(of_solver) == list(scale.MEASURED)
        cost_ore, bound_ore = of_solver["cost_ore_per_week"], of_solver["bound_ore_per_week"]
        assert of_solver["gap"] == relative_gap(cost_ore, bound_ore)
        assert cost_ore is None or bound_ore is None or bound_ore <= cost_ore
        assert 0 < of_solver["seconds"] < 8 + scale.OVERRUN_S
        assert 30 < of_solver["peak_mib"] < 4096
    costs = [f["cost_ore_per_week"] for f in figures.values() if f["cost_ore_per_week"]]
    bounds = [f["bound_ore_per_week"] for f in figures.values() if f["bound_ore_per_week"]]
    assert figures["ours"]["cost_ore_per_week"] in costs
    assert max(bounds, default=0) <= min(costs)  # the bound of one holds for the plan of another


@pytest.mark.parametrize("solver", scale_solvers.PLAIN)
def test_each_plain_solver_finds_the_best_plan_that_ours_finds(solver: str) -> None:
    scenario = scale_solvers.scenario_of("tiny", 1)

    own = scale_solvers.ours(scenario, 10, 1)
    found = scale_solvers.plain(scenario, solver, 10, 1)

    assert (found.cost_ore, found.bound_ore) == (own.cost_ore, own.bound_ore)
    assert found.cost_ore == found.bound_ore
    assert found.trouble == ""


@pytest.mark.parametrize("solver", scale_solvers.PLAIN)
def test_each_plain_solver_covers_as_much_as_ours_at_the_same_cost(solver: str) -> None:
    compared = 0
    for seed in range(60):
        scenario = random_scenario(seed)
        if scenario.goal.kind == "greatest_coverage":
            own = scale_solvers.ours(scenario, 10, 1)
            found = scale_solvers.plain(scenario, solver, 10, 1)
            assert (found.cost_ore, found.bound_ore) == (own.cost_ore, own.bound_ore)
            compared += own.cost_ore is not None

    assert compared > 5


@pytest.mark.parametrize(
    ("case", "seconds", "reason"),
    [
        ("vingaker", 5.0, "too many routes"),
        ("tiny", 1e-9, "time was over"),
    ],
)
def test_what_a_plain_solver_cannot_be_given_is_said(
    case: str, seconds: float, reason: str
) -> None:
    found = scale_solvers.plain(scale_solvers.scenario_of(case, 1), "highs", seconds, 1)

    assert (found.cost_ore, found.bound_ore) == (None, None)
    assert reason in found.trouble


def test_a_solver_that_overruns_is_stopped_and_nothing_is_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scale, "OVERRUN_S", -2.5)

    found = scale.measured(ASKED, "highs")

    assert found.figures | {"seconds": 0, "peak_mib": 0} == {
        "gap": None,
        "seconds": 0,
        "peak_mib": 0,
        "cost_ore_per_week": None,
        "bound_ore_per_week": None,
    }
    assert 0.5 <= found.seconds < 3
    assert found.peak_mib > 0
    assert "did not end" in found.trouble


def test_a_process_that_fails_is_said_with_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(scale, "_run", lambda *_: (1, 0.2, 50.0))

    assert scale.main(["--case", "S", "--solvers", "highs"]) == 0
    assert scale.main(["--case", "S", "--solvers", "ours"]) == 1
    shown = capsys.readouterr()
    assert json.loads(shown.out.splitlines()[-1])["ours"]["gap"] is None
    assert "bench-scale: highs: ended with exit code 1" in shown.err


def test_rows_are_appended_to_the_file_of_the_day(tmp_path: Path) -> None:
    sizes = scale.sizes_of(generate("S", 1))

    path = scale.save(ASKED, sizes, [FOUND], tmp_path)
    assert scale.save(ASKED, sizes, [FOUND, FOUND], tmp_path) == path

    assert path.name.endswith("-scale.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3
    assert {name: rows[2][name] for name in ("case", "seed", "time_limit_s", "run_days")} == {
        "case": "S",
        "seed": "1",
        "time_limit_s": "3.0",
        "run_days": "200",
    }
    assert (rows[2]["solver"], rows[2]["gap"], rows[2]["bound_ore_per_week"]) == (
        "ours",
        "0.005",
        "19900",
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["--case", "Q"], "'Q'"),
        (["--seconds", "0"], "'0'"),
        (["--seconds", "nan"], "'nan'"),
        (["--seed", "-1"], "-1"),
        (["--solvers", "ours,cplex"], "'cplex' is not known"),
    ],
)
def test_what_cannot_be_done_is_refused_with_2(
    words: list[str], found: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        scale.main(words)

    assert ended.value.code == 2
    assert found in capsys.readouterr().err


# --- the generator -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "villages", "sites", "run_days"),
    [("S", 20, 14, 200), ("M", 50, 30, 600), ("L", 100, 60, 1_040), ("XL", 300, 180, 3_000)],
)
def test_a_case_has_the_size_that_it_says(
    name: str, villages: int, sites: int, run_days: int
) -> None:
    scenario = generate(name, seed=1)

    assert scale.sizes_of(scenario) == {"villages": villages, "sites": sites, "run_days": run_days}
    case = CASES[name]
    kinds = Counter(run.kind for run in scenario.runs)
    assert case.run_days == run_days
    assert kinds == {
        "bus": case.lines * case.trips,
        "school_bus": case.school_buses,
        "home_care": case.rounds,
    }
    assert len(scenario.depots) == case.towns


def test_equal_seeds_give_equal_scenarios_and_other_seeds_others() -> None:
    first, again, other = generate("S", 1), generate("S", 1), generate("S", 2)

    assert first == again
    for part in ("villages", "pickup_points", "runs", "given_demand"):
        assert getattr(first, part) != getattr(other, part)


def test_the_folder_that_is_written_is_the_scenario_that_is_generated(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    words = ["-m", "benchmarks.generate", "S", "--seed", "1", "--into", str(folder)]

    subprocess.run([sys.executable, *words], cwd=ROOT, check=True)

    assert load_scenario(folder) == in_order(generate("S", 1)) == scale_solvers.scenario_of("S", 1)


@pytest.mark.parametrize("name", ablations.WITHOUT)
def test_an_idea_that_is_turned_off_exists_and_nothing_else_is_said(name: str) -> None:
    scenario = scale_solvers.scenario_of("S", 1)
    try:
        ablations.turn_off(name)
        found = scale_solvers.ours(scenario, 2.5, 1)
    finally:
        patch.stopall()

    assert found.bound_ore is None or found.bound_ore <= OPTIMUM_OF_S_1
    assert found.cost_ore is None or found.cost_ore >= OPTIMUM_OF_S_1
