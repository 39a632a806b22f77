"""A whole solve: limits, statuses, progress, and that no plan is shown which a rule forbids."""

import threading
import time
from pathlib import Path

import pytest

from deliveryopt.errors import PlanBreaksRuleError, UsageError
from deliveryopt.plan.plan import Plan
from deliveryopt.plan.today import todays_plan
from deliveryopt.plan.verify import plan_cost_ore, verify
from deliveryopt.scenario.demo import demo_scenario
from deliveryopt.scenario.load import load_scenario
from deliveryopt.scenario.schema import Goal, Rules, Scenario
from deliveryopt.solver.result import MOST_SECONDS
from deliveryopt.solver.solve import (
    Progress,
    SolveOptions,
    relative_gap,
    solve,
    versions,
)
from tests.by_hand import little_world
from tests.strategies import replaced

SCENARIOS = Path(__file__).parents[2] / "scenarios"
QUICK = SolveOptions(time_limit_s=0)
STEADY = SolveOptions(time_limit_s=30, deterministic=True)


def _within_budget(scenario: Scenario, sek_per_year: float) -> Scenario:
    """Return a scenario that asks for the greatest coverage within a budget."""
    goal = Goal(kind="greatest_coverage", budget_sek_per_year=sek_per_year)
    return replaced(scenario, goal=goal)


def _unreachable() -> Scenario:
    """Return the little world with a reach that no box lies in."""
    near = replaced(little_world().pickup_points[0], lat_deg=62.5)
    return replaced(little_world(), pickup_points=(near,))


@pytest.mark.parametrize(
    "options",
    [
        {"time_limit_s": -1.0},
        {"time_limit_s": float("nan")},
        {"time_limit_s": float("inf")},
        {"time_limit_s": MOST_SECONDS + 1.0},
        {"gap": -0.1},
        {"gap": 1.0},
        {"gap": float("nan")},
        {"seed": -1},
        {"seed": 2**31},
    ],
)
def test_options_that_mean_nothing_are_refused(options: dict[str, float]) -> None:
    with pytest.raises(UsageError, match="it must be"):
        SolveOptions(**options)  # type: ignore[arg-type]


def test_the_longest_limit_is_taken() -> None:
    assert solve(little_world(), SolveOptions(time_limit_s=MOST_SECONDS)).status == "OPTIMAL"


@pytest.mark.parametrize(
    ("cost", "bound", "gap"),
    [(100, 90, 0.1), (0, 0, 0.0), (-100, -110, 0.1), (None, 5, None), (5, None, None)],
)
def test_the_gap_is_relative_to_the_cost(
    cost: int | None, bound: int | None, gap: float | None
) -> None:
    assert relative_gap(cost, bound) == gap


def test_the_little_world_costs_what_was_found_by_hand() -> None:
    result = solve(little_world(), STEADY)

    assert (result.status, result.cost_ore, result.bound_ore, result.gap) == (
        "OPTIMAL",
        2000,
        2000,
        0,
    )
    assert result.plan is not None
    assert verify(little_world(), result.plan).is_ok
    assert plan_cost_ore(little_world(), result.plan) == 2000
    assert result.reproducible
    assert not result.interrupted
    assert set(result.sizes) == {"services", "rides", "columns", "rows"}


def test_without_time_todays_delivery_is_the_plan() -> None:
    scenario = load_scenario(SCENARIOS / "kalix")
    result = solve(scenario, QUICK)

    assert (result.status, result.plan, result.bound_ore) == (
        "FEASIBLE",
        todays_plan(scenario),
        None,
    )
    assert result.cost_ore == plan_cost_ore(scenario, todays_plan(scenario))


def test_without_time_a_goal_beyond_today_gets_the_first_plan_found() -> None:
    result = solve(little_world(), QUICK)

    assert result.plan is not None
    assert result.status == "FEASIBLE"
    assert verify(little_world(), result.plan).violations == ()


def test_without_time_a_goal_that_no_plan_meets_is_infeasible() -> None:
    result = solve(_unreachable(), QUICK)

    assert (result.status, result.plan, result.cost_ore) == ("INFEASIBLE", None, None)


def test_a_goal_that_no_plan_meets_is_infeasible() -> None:
    result = solve(_unreachable(), STEADY)

    assert (result.status, result.plan, result.cost_ore) == ("INFEASIBLE", None, None)


def test_a_village_that_must_be_covered_and_cannot_leaves_no_plan() -> None:
    scenario = _unreachable()
    village = replaced(scenario.villages[0], must_serve=True)
    scenario = _within_budget(replaced(scenario, villages=(village,)), 1e6)

    assert solve(scenario, STEADY).status == "INFEASIBLE"


@pytest.mark.parametrize(("budget", "coverage", "cost"), [(1040, 1, 2000), (1039, 0, 0), (0, 0, 0)])
def test_the_greatest_coverage_stays_within_the_budget(
    budget: float, coverage: float, cost: int
) -> None:
    result = solve(_within_budget(little_world(), budget), STEADY)

    assert (result.status, result.cost_ore, result.bound_ore) == ("OPTIMAL", cost, cost)
    assert result.coverage_bound == coverage


def test_a_scenario_with_nothing_in_it_has_an_empty_plan() -> None:
    empty = Scenario(
        name="empty",
        week_start=little_world().week_start,
        rules=Rules(reach_km=1),
        goal=Goal(kind="least_cost", coverage_share=1),
    )
    result = solve(empty, STEADY)

    assert (result.status, result.cost_ore, result.plan) == ("OPTIMAL", 0, Plan())


def test_a_solve_that_is_stopped_before_it_begins_keeps_todays_delivery() -> None:
    stop = threading.Event()
    stop.set()
    scenario = _within_budget(little_world(), 10_000)
    result = solve(scenario, stop=stop)

    assert (result.status, result.plan) == ("FEASIBLE", todays_plan(scenario))
    assert result.interrupted


def test_a_solve_that_is_stopped_before_any_plan_has_none() -> None:
    stop = threading.Event()
    stop.set()
    result = solve(little_world(), stop=stop)

    assert (result.status, result.plan, result.interrupted) == ("UNKNOWN", None, True)


def test_a_stop_during_the_search_keeps_a_verified_plan() -> None:
    scenario = load_scenario(SCENARIOS / "kalix")
    stop = threading.Event()
    told: list[float] = []

    def stop_at_once(_: Progress) -> None:
        told.append(time.monotonic())
        stop.set()

    result = solve(scenario, SolveOptions(time_limit_s=6), stop=stop, listener=stop_at_once)

    assert time.monotonic() - told[0] < 2
    assert (result.status, result.interrupted) == ("FEASIBLE", True)
    assert result.plan is not None
    assert verify(scenario, result.plan).is_ok


def test_a_search_within_a_gap_may_end_before_the_optimum() -> None:
    result = solve(demo_scenario(), SolveOptions(time_limit_s=20, gap=0.5))

    assert result.gap is not None
    assert result.gap <= 0.5


def test_progress_is_told_with_a_bound_that_never_passes_the_best() -> None:
    told: list[Progress] = []
    solve(demo_scenario(), STEADY, listener=told.append)

    assert told
    assert all(progress.gap is None or progress.gap >= 0 for progress in told)


def test_equal_input_gives_an_equal_plan_when_deterministic() -> None:
    first, second = (solve(demo_scenario(), STEADY) for _ in range(2))

    assert (first.plan, first.cost_ore, first.bound_ore) == (
        second.plan,
        second.cost_ore,
        second.bound_ore,
    )


def test_another_seed_finds_the_same_cost() -> None:
    costs = {
        solve(demo_scenario(), SolveOptions(time_limit_s=30, seed=seed)).cost_ore
        for seed in (1, 7, 2**31 - 1)
    }

    assert len(costs) == 1


def test_a_plan_that_breaks_a_rule_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deliveryopt.solver.solve.build_plan", lambda *_: Plan())

    with pytest.raises(PlanBreaksRuleError, match="the plan found breaks rules"):
        solve(little_world(), STEADY)


def test_a_plan_that_costs_something_else_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deliveryopt.solver.solve.plan_cost_ore", lambda *_: 1)

    with pytest.raises(PlanBreaksRuleError, match="costs 1 öre, not 2000"):
        solve(little_world(), STEADY)


def test_a_result_names_the_versions_that_it_depends_on() -> None:
    assert set(versions()) == {"deliveryopt", "ortools", "python"}
