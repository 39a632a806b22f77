"""Why something is not served: each answer stands on a plan, and brute force finds none cheaper."""

import threading
import time
from math import ceil

import pytest

from deliveryopt.plan.metrics import measure
from deliveryopt.plan.reasons import Unserved
from deliveryopt.scenario.load import load_scenario
from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.explain import explain_unserved
from deliveryopt.solver.from_plan import values_of
from deliveryopt.solver.larger import asking_least_cost
from deliveryopt.solver.result import SolveOptions, SolveResult
from deliveryopt.solver.search import Limits
from deliveryopt.solver.solve import solve
from deliveryopt.solver.standing import stand
from deliveryopt.solver.to_plan import build_plan
from tests.command import SCENARIOS
from tests.strategies import random_scenario, replaced
from tests.strategies_homes import random_scenario_with_homes

STEADY = SolveOptions(20.0, deterministic=True)
SEEDS = range(4, 13)
NUMBERED = {
    "costs_more",
    "over_budget",
    "costs_more_than_leaving",
    "point_beyond_reach",
    "agent_beyond_reach",
    "too_few_days",
    "size_not_carried",
    "no_run_in_time",
}


def _limits(seconds: float = 30.0) -> Limits:
    return Limits(time.monotonic() + seconds, 0.0, 1, None, threading.Event())


def _explained(scenario: Scenario) -> tuple[SolveResult, tuple[Unserved, ...]]:
    result = solve(scenario, STEADY)
    if result.plan is None:
        return result, ()
    return result, explain_unserved(scenario, result.plan, _limits())


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("draw", [random_scenario, random_scenario_with_homes])
def test_a_plan_stands_in_its_model_at_its_own_cost(seed: int, draw: object) -> None:
    assert callable(draw)
    scenario = draw(seed)
    result = solve(scenario, STEADY)
    if result.plan is None:
        return

    standing = stand(scenario, result.plan, _limits())

    assert standing is not None
    assert standing.cost_ore == result.cost_ore
    assert values_of(standing.model, result.plan) is not None
    again = build_plan(standing.model, standing.values)
    assert measure(scenario, again).cost_ore_per_week == result.cost_ore


@pytest.mark.parametrize("seed", SEEDS)
def test_no_plan_serves_the_village_for_less_than_proven_and_none_where_none_is_found(
    seed: int,
) -> None:
    scenario = random_scenario(seed)
    result, found = _explained(scenario)
    for one in found:
        villages = tuple(
            replaced(village, must_serve=village.must_serve or village.id == one.id)
            for village in scenario.villages
        )
        asked = asking_least_cost(replaced(scenario, villages=villages))
        wider = solve(asked, STEADY)
        pays = one.change is not None and one.change.kinds == ("accept_cost",)
        if wider.status == "INFEASIBLE":
            assert not pays
        if pays and one.change is not None:
            assert wider.bound_ore is not None
            assert result.cost_ore is not None
            assert result.cost_ore + one.change.cost_ore_per_week >= wider.bound_ore


@pytest.mark.parametrize("draw", [random_scenario, random_scenario_with_homes])
@pytest.mark.parametrize("seed", SEEDS)
def test_everything_unserved_has_a_reason_and_numbers_where_the_code_has_them(
    seed: int, draw: object
) -> None:
    assert callable(draw)
    scenario = draw(seed)
    result, found = _explained(scenario)
    if result.plan is None:
        return
    metrics = measure(scenario, result.plan)

    names = [row.village for row in metrics.village_rows if not row.covered]
    names += [row.order for row in metrics.home_rows if row.how in {"as_today", "unserved"}]
    assert [one.id for one in found] == names
    for one in found:
        assert one.reasons
        for reason in one.reasons:
            assert reason.code != "not_examined"
            assert (reason.found is not None) or reason.code not in NUMBERED


def test_what_time_does_not_allow_is_said_and_not_guessed() -> None:
    scenario = replaced(
        load_scenario(SCENARIOS / "tiny"),
        goal=replaced(load_scenario(SCENARIOS / "tiny").goal, coverage_share=0.0),
    )
    plan = solve(scenario, STEADY).plan
    assert plan is not None

    found = explain_unserved(scenario, plan, _limits(0.0))

    assert found
    assert all(one.reasons[-1].code == "not_examined" for one in found)
    assert {one.change for one in found} == {None}


def test_in_tiny_a_village_left_out_costs_what_serving_it_costs() -> None:
    tiny = load_scenario(SCENARIOS / "tiny")
    scenario = replaced(tiny, goal=replaced(tiny.goal, coverage_share=0.0))
    result, found = _explained(scenario)

    for one in found:
        assert one.change is not None
        villages = tuple(replaced(v, must_serve=v.id == one.id) for v in tiny.villages)
        served = solve(replaced(scenario, villages=villages), STEADY)
        assert served.cost_ore is not None
        assert result.cost_ore is not None
        assert one.change.cost_ore_per_week == served.cost_ore - result.cost_ore
        assert one.change.is_least
    assert {one.id for one in found} == {"bortby", "mellanby"}


@pytest.mark.parametrize("draw", [random_scenario, random_scenario_with_homes])
@pytest.mark.parametrize("seed", range(4, 10))
def test_a_plan_to_begin_with_changes_no_answer(seed: int, draw: object) -> None:
    assert callable(draw)
    scenario = draw(seed)
    result = solve(scenario, STEADY)

    again = solve(scenario, STEADY, start=result.plan)

    assert (again.status, again.cost_ore, again.bound_ore) == (
        result.status,
        result.cost_ore,
        result.bound_ore,
    )


@pytest.mark.slow
def test_a_plan_to_begin_with_is_kept_where_time_finds_no_better() -> None:
    scenario = load_scenario(SCENARIOS / "kalix")
    asked = asking_least_cost(scenario)
    villages = tuple(replaced(v, must_serve=v.id == "vallen") for v in scenario.villages)
    first = solve(replaced(asked, villages=villages), SolveOptions(12.0, gap=0.9)).plan
    assert first is not None
    wanted = replaced(scenario.goal, budget_sek_per_year=200_000.0)
    scenario = replaced(scenario, goal=wanted)

    result = solve(scenario, SolveOptions(3.0), start=first)

    assert result.plan is not None
    covered = measure(scenario, result.plan).covered_inhabitants
    assert covered >= measure(scenario, first).covered_inhabitants


def test_a_run_that_is_too_small_is_named_with_what_it_lacks() -> None:
    tiny = load_scenario(SCENARIOS / "tiny")
    small = tuple(replaced(run, capacity_parcels=1) for run in tiny.runs)
    scenario = replaced(tiny, runs=small, goal=replaced(tiny.goal, coverage_share=0.0))
    _, found = _explained(scenario)

    reasons = [reason for one in found for reason in one.reasons]
    short = [one for one in reasons if one.code == "run_keeps_within_capacity"]
    assert short
    for reason in short:
        assert reason.run in {run.id for run in tiny.runs}
        assert (reason.unit, reason.day is not None) == ("parcels", True)
        assert reason.found is not None
        wide = tuple(replaced(run, capacity_parcels=1 + ceil(reason.found)) for run in tiny.runs)
        _, again = _explained(replaced(scenario, runs=wide))
        assert "run_keeps_within_capacity" not in {r.code for o in again for r in o.reasons}


def test_a_run_with_no_minutes_to_spare_is_named_with_minutes() -> None:
    tiny = load_scenario(SCENARIOS / "tiny")
    hurried = tuple(replaced(run, delay_budget_min=0.5) for run in tiny.runs)
    scenario = replaced(tiny, runs=hurried, goal=replaced(tiny.goal, coverage_share=0.0))
    _, found = _explained(scenario)

    codes = {reason.code for one in found for reason in one.reasons}
    assert codes <= {"no_run_near", "run_keeps_within_delay", "agent_beyond_reach"}
    near = [r for one in found for r in one.reasons if r.code == "no_run_near"]
    assert all(r.found is not None and r.allowed is not None and r.found > r.allowed for r in near)
    assert found
