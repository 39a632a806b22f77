"""Vans whose routes are not listed: the bound stays below the optimum, the plan above it."""

import pytest

from deliveryopt.plan.verify import plan_cost_ore, verify
from deliveryopt.solver import aims, relaxed_vans, routing
from deliveryopt.solver import solve as solve_module
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
    found = solve(scenario, OPTIONS)
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


@pytest.fixture
def no_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never list all routes, so that small scenarios are solved as large ones are."""
    monkeypatch.setattr(routing, "MOST_LISTED", -1)


@pytest.mark.usefixtures("no_lists")
@pytest.mark.parametrize("seed", SEEDS)
def test_relaxed_vans_bound_every_plan(seed: int) -> None:
    check_against_the_oracle(seed)


@pytest.mark.usefixtures("no_lists")
@pytest.mark.parametrize("seed", SEEDS)
def test_point_by_point_bounds_stay_valid_with_vans_and_homes(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
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
