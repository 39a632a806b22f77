"""Vans whose routes are not listed: the bound stays below the optimum, the plan above it."""

import pytest

from deliveryopt.plan.verify import plan_cost_ore, verify
from deliveryopt.solver import aims, one_choice, relaxed_vans, routing
from deliveryopt.solver import solve as solve_module
from deliveryopt.solver.result import Progress
from deliveryopt.solver.solve import SolveOptions, SolveResult, solve
from tests.brute_force import NotMicroError
from tests.brute_force_homes import least_cost_with_homes
from tests.strategies_homes import random_scenario_with_homes

SEEDS = range(1000, 1024)
OPTIONS = SolveOptions(time_limit_s=20)


def check_against_the_oracle(seed: int) -> SolveResult | None:
    """Solve a micro-scenario and compare; return None if the oracle gives up."""
    scenario = random_scenario_with_homes(seed)
    try:
        best = least_cost_with_homes(scenario)
    except NotMicroError:
        return None
    told: list[Progress] = []
    found = solve(scenario, OPTIONS, listener=told.append)
    if scenario.goal.kind == "least_cost" and best.cost_ore is not None:
        check_what_was_told(told, best.cost_ore)
    if best.cost_ore is None:
        assert found.plan is None
        return found
    assert found.status != "INFEASIBLE"
    if found.plan is not None and found.cost_ore is not None:
        assert verify(scenario, found.plan).violations == ()
        assert plan_cost_ore(scenario, found.plan) == found.cost_ore
        if scenario.goal.kind == "least_cost":
            assert found.cost_ore >= best.cost_ore
    if found.bound_ore is not None and scenario.goal.kind == "least_cost":
        assert found.bound_ore <= best.cost_ore
    if found.status == "OPTIMAL":
        assert found.cost_ore == best.cost_ore
    return found


def check_what_was_told(told: list[Progress], best_ore: int) -> None:
    """Once there is a plan it is told with every bound, and neither passes the optimum."""
    costs = [progress.cost_ore for progress in told]
    first = next((k for k, cost in enumerate(costs) if cost is not None), len(costs))
    known = [cost for cost in costs[first:] if cost is not None]
    assert len(known) == len(costs) - first
    assert known == sorted(known, reverse=True)
    assert all(cost >= best_ore for cost in known)
    bounds = [progress.bound_ore for progress in told if progress.bound_ore is not None]
    assert all(bound <= best_ore for bound in bounds)


@pytest.fixture
def no_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never list all routes, so that small scenarios are solved as large ones are."""
    monkeypatch.setattr(routing, "MOST_LISTED", -1)


@pytest.mark.usefixtures("no_lists")
@pytest.mark.parametrize("seed", SEEDS)
def test_relaxed_vans_bound_every_plan(seed: int) -> None:
    check_against_the_oracle(seed)


@pytest.mark.usefixtures("no_lists")
@pytest.mark.parametrize("most_columns", [-1, one_choice.MOST_COLUMNS])
@pytest.mark.parametrize("seed", SEEDS)
def test_point_by_point_bounds_stay_valid_with_vans_and_homes(
    seed: int, most_columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_choice, "MOST_COLUMNS", most_columns)
    monkeypatch.setattr(aims, "PLAIN_COLUMNS", -1)
    monkeypatch.setattr(solve_module, "PLAIN_COLUMNS", -1)
    check_against_the_oracle(seed)


@pytest.mark.usefixtures("no_lists")
@pytest.mark.parametrize("seed", SEEDS)
def test_prices_of_stops_bound_home_orders_too(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relaxed_vans, "MAX_LISTED_STOPS", 0)
    check_against_the_oracle(seed)


@pytest.mark.usefixtures("no_lists")
def test_most_plans_are_found_and_some_are_proven_without_lists() -> None:
    found = [check_against_the_oracle(seed) for seed in SEEDS]
    solved = [result for result in found if result is not None and result.plan is not None]

    assert len(solved) >= len(SEEDS) / 2
    assert any(result.status == "OPTIMAL" for result in solved)
