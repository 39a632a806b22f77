"""The solver against full enumeration on random micro-scenarios; its plans against the verifier."""

import pytest

from deliveryopt.plan.verify import plan_cost_ore, verify
from deliveryopt.solver import solve as solve_module
from deliveryopt.solver.solve import SolveOptions, solve
from tests.brute_force import NotMicroError, least_cost_by_brute_force
from tests.strategies import random_scenario

NUM_SEEDS = 240
PER_TEST = 20
EXACT = SolveOptions(time_limit_s=20.0, gap=0.0, seed=1, deterministic=True)


def _disagreement(seed: int) -> str | None:
    """Return what the solver, the oracle and the verifier do not agree on."""
    scenario = random_scenario(seed)
    try:
        expected = least_cost_by_brute_force(scenario)
    except NotMicroError:
        return None
    result = solve(scenario, EXACT)
    if result.status != expected.status:
        return f"seed {seed}: solver {result.status}, oracle {expected.status}"
    if result.cost_ore != expected.cost_ore or result.bound_ore != expected.cost_ore:
        return f"seed {seed}: solver {result.cost_ore}, oracle {expected.cost_ore}"
    if result.truncated:
        return f"seed {seed}: lists were cut: {result.truncated}"
    for who, plan in (("solver", result.plan), ("oracle", expected.plan)):
        if plan is None:
            continue
        violations = verify(scenario, plan).violations
        if violations:
            return f"seed {seed}: {who}'s plan: {violations[0]}"
        if plan_cost_ore(scenario, plan) != expected.cost_ore:
            return f"seed {seed}: verifier {plan_cost_ore(scenario, plan)}, {who} not"
    return None


@pytest.mark.parametrize("first", range(0, NUM_SEEDS, PER_TEST))
def test_solver_agrees_with_brute_force(first: int) -> None:
    found = [_disagreement(seed) for seed in range(first, first + PER_TEST)]

    assert [text for text in found if text] == []


@pytest.mark.parametrize("first", range(300, 340, PER_TEST))
def test_point_by_point_search_agrees_with_brute_force(
    first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Micro-scenarios are too small for the search by pickup point unless it is asked for."""
    monkeypatch.setattr(solve_module, "PLAIN_COLUMNS", -1)
    found = [_disagreement(seed) for seed in range(first, first + PER_TEST)]

    assert [text for text in found if text] == []


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1000, 4000, 100))
def test_solver_agrees_with_brute_force_on_many_more(first: int) -> None:
    found = [_disagreement(seed) for seed in range(first, first + 100)]

    assert [text for text in found if text] == []


@pytest.mark.slow
@pytest.mark.parametrize("first", range(4000, 5000, 100))
def test_point_by_point_search_agrees_with_brute_force_on_many_more(
    first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solve_module, "PLAIN_COLUMNS", -1)
    found = [_disagreement(seed) for seed in range(first, first + 100)]

    assert [text for text in found if text] == []
