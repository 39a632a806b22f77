"""One model asked several goals: it answers as a model built for each of them does."""

import threading
import time
from collections.abc import Iterator
from typing import Final

import pytest

from deliveryopt.scenario.changes import with_goal, with_greatest_coverage
from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver import aims
from deliveryopt.solver import solve as solve_module
from deliveryopt.solver.built import Kept
from deliveryopt.solver.search import Limits
from deliveryopt.solver.solve import SolveOptions, solve
from tests.by_hand import little_world
from tests.strategies import random_scenario, replaced
from tests.strategies_homes import random_scenario_with_homes

EXACT: Final = SolveOptions(time_limit_s=20.0, gap=0.0, seed=1, deterministic=True)
PER_TEST: Final = 10


def _limits() -> Limits:
    return Limits(time.monotonic() + 60.0, 0.0, 1, None, threading.Event())


def _asked(scenario: Scenario) -> Iterator[Scenario]:
    """Yield a scenario with one goal after the other."""
    yield with_goal(scenario, kind="least_cost", coverage_share=0.0)
    yield with_goal(scenario, kind="least_cost", coverage_share=0.7)
    yield with_greatest_coverage(scenario, budget_sek_per_year=2_000.0)
    yield scenario
    yield with_goal(scenario, kind="least_cost", coverage_share=0.4, budget_sek_per_year=9_000.0)
    yield with_goal(scenario, kind="least_cost", coverage_share=0.0)


def _differences(scenario: Scenario) -> Iterator[str]:
    """Yield where answers of one model differ from those of models of their own."""
    kept = Kept()
    for number, asked in enumerate(_asked(scenario)):
        one, own = solve(asked, EXACT, kept=kept), solve(asked, EXACT)
        told = [(r.status, r.cost_ore, r.bound_ore, r.coverage_bound) for r in (one, own)]
        if one.truncated or "UNKNOWN" in {one.status, own.status}:
            continue  # cut short: either may know less
        if told[0] != told[1]:
            yield f"{scenario.name}, goal {number}: {told[0]}, not {told[1]}"


def test_the_rows_are_those_of_a_model_built_for_the_goal() -> None:
    for seed in range(PER_TEST):
        kept = Kept()
        models = []
        for asked in _asked(random_scenario(seed)):
            built, own = kept.built(asked, _limits()), Kept().built(asked, _limits())
            assert built is not None
            assert own is not None
            model, fresh = built.model(), own.model()
            model.milp.name = fresh.milp.name
            assert vars_of(model.milp) == vars_of(fresh.milp)
            assert model.network.scenario == asked
            models.append(model)
        assert all(model is models[0] for model in models)


def vars_of(milp: object) -> dict[str, object]:
    """Return the fields of an object with slots."""
    return {name: getattr(milp, name) for name in type(milp).__slots__}  # type: ignore[attr-defined]


def test_another_scenario_is_built_anew() -> None:
    kept, world = Kept(), little_world()
    first = kept.built(world, _limits())

    assert kept.built(with_goal(world, kind="least_cost", coverage_share=0.5), _limits()) is first
    more = replaced(world, rules=replaced(world.rules, reach_km=world.rules.reach_km + 1))
    assert kept.built(more, _limits()) is not first
    counted = replaced(world, goal=replaced(world.goal, count_co2=not world.goal.count_co2))
    assert kept.built(counted, _limits()) is not first


@pytest.mark.parametrize("first", range(10, 30, PER_TEST))
def test_one_model_answers_as_models_of_their_own(first: int) -> None:
    seeds = range(first, first + PER_TEST)
    assert [d for seed in seeds for d in _differences(random_scenario(seed))] == []


@pytest.mark.parametrize(
    "first", [600, *(pytest.param(s, marks=pytest.mark.slow) for s in range(610, 800, PER_TEST))]
)
def test_one_model_answers_as_models_of_their_own_point_by_point(
    first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aims, "PLAIN_COLUMNS", -1)
    seeds = range(first, first + PER_TEST)
    assert [d for seed in seeds for d in _differences(random_scenario(seed))] == []


def test_vans_and_homes_of_one_model_claim_nothing_false_where_routes_are_not_listed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for seed in range(6):
        scenario = random_scenario_with_homes(seed)
        true = [solve(asked, EXACT) for asked in _asked(scenario)]
        with monkeypatch.context() as large:
            large.setattr(aims, "PLAIN_COLUMNS", -1)
            large.setattr(solve_module, "PLAIN_COLUMNS", -1)
            kept = Kept()
            for asked, exact in zip(_asked(scenario), true, strict=True):
                found = solve(asked, EXACT, kept=kept)
                if exact.status == "OPTIMAL" and asked.goal.kind == "least_cost":
                    assert exact.cost_ore is not None
                    assert found.status != "INFEASIBLE"
                    assert found.cost_ore is None or found.cost_ore >= exact.cost_ore
                    assert found.bound_ore is None or found.bound_ore <= exact.cost_ore


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1000, 1200, PER_TEST))
def test_one_model_answers_many_more_as_models_of_their_own(first: int) -> None:
    seeds = range(first, first + PER_TEST)
    assert [d for seed in seeds for d in _differences(random_scenario(seed))] == []
