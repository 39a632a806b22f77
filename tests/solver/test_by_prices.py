"""The engine that works by prices against the plain model on many small scenarios."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from math import inf
from pathlib import Path

import numpy as np
import pytest

from deliveryopt.scenario.schema import Goal, Scenario
from deliveryopt.solver.by_prices import plan_by_prices
from deliveryopt.solver.priced import start
from deliveryopt.solver.proposal import Proposal
from deliveryopt.solver.search import Outcome, objective_of, whole_bound
from tests.busy_road import busy_road
from tests.by_hand import little_run, little_world
from tests.pricing_worlds import Parts, best_of, limits_of, odd_scenario, parts_of
from tests.solver.test_pricing import crossing_rooms
from tests.strategies import replaced

ROOT = Path(__file__).parent.parent.parent
SMALL_CASE = """
from benchmarks.generate import generate
from deliveryopt.scenario.load import in_order
from deliveryopt.solver.solve import SolveOptions, solve
found = solve(in_order(generate("S", 1)), SolveOptions(120, deterministic=True))
print(found.status, found.reproducible, found.cost_ore, found.bound_ore, found.plan)
"""
NUM_SEEDS = 40
PER_TEST = 20
SOON_S, LONG_S = 0.1, 2.0
"""Limits of one search: what is said must hold at any time, so that a short one does."""
ROUNDS = 12


def _faults(scenario: Scenario, seconds: float) -> Iterator[str]:
    """Yield what the engine says that is not so."""
    parts = parts_of(scenario)
    best = best_of(parts.model)
    told: list[Proposal] = []
    told.append(plan_by_prices(parts.model, limits_of(seconds), told.append, None))
    for fault in (*_of_proposal(parts, best, told[-1]), *_of_bound(parts, best)):
        yield f"{scenario.name}: {fault}"


def _of_proposal(parts: Parts, best: Outcome, said: Proposal) -> Iterator[str]:
    milp = parts.model.milp
    optimum = inf if best.objective is None else best.objective
    if said.is_infeasible and best.values is not None:
        yield f"no plan, and yet one costs {optimum}"
    if said.bound_ore is not None and said.bound_ore > optimum:
        yield f"bound {said.bound_ore}, optimum {optimum}"
    if said.values is not None:
        if not milp.frozen().is_kept_by(said.values):
            yield "the plan breaks a row"
        if said.cost_ore != objective_of(milp, said.values) or said.cost_ore < optimum:
            yield f"cost {said.cost_ore}, optimum {optimum}"


def _of_bound(parts: Parts, best: Outcome) -> Iterator[str]:
    """Raise the bound beyond where a plan would have ended the search."""
    pricer = start(parts.rows, parts.sites, limits_of(5))
    for _ in range(ROUNDS):
        bound = whole_bound(pricer.bound)
        if best.objective is not None and bound is not None and bound > best.objective:
            yield f"priced to {bound}, optimum {best.objective}"
        if pricer.step(1.0):
            return


def _all_faults(scenarios: Iterator[Scenario | None], seconds: float) -> list[str]:
    return [fault for scenario in scenarios if scenario for fault in _faults(scenario, seconds)]


def _little(**changes: object) -> Scenario:
    world = little_world()
    return replaced(world, **{"rules": replaced(world.rules, max_transfers=0), **changes})


@pytest.mark.parametrize("first", range(0, NUM_SEEDS, PER_TEST))
def test_nothing_false_is_said_of_busy_roads(first: int) -> None:
    assert _all_faults(map(busy_road, range(first, first + PER_TEST)), SOON_S) == []


@pytest.mark.parametrize("first", range(0, NUM_SEEDS, 2 * PER_TEST))
def test_nothing_false_is_said_of_odd_scenarios(first: int) -> None:
    assert _all_faults(map(odd_scenario, range(first, first + 2 * PER_TEST)), SOON_S) == []


def test_seeds_reach_every_rule_that_joins_points() -> None:
    seen: Counter[str] = Counter()
    for seed in range(NUM_SEEDS):
        scenario = busy_road(seed)
        parts = parts_of(scenario)
        rules, names = scenario.rules, " ".join(parts.alike.row_names)
        options = [option for option, _ in parts.model.takes]
        features = {
            "budget": parts.rows.budget is not None,
            "coverage": parts.rows.coverage is not None,
            "must serve": any(village.must_serve for village in scenario.villages),
            "must open": any(point.state == "must_open" for point in scenario.pickup_points),
            "boxes in all": rules.max_boxes is not None,
            "boxes of an operator": bool(rules.max_boxes_per_operator),
            "often": rules.min_deliveries_per_week > 1,
            "depots": len(scenario.depots) > 1,
            "two points on a detour": any(len(option.points) > 1 for option in options),
            "alike": any(group.copies > 1 for group in parts.alike.groups),
            **{name: name in names for name in ("gap", "room 0", "room 1", "room 2", "minutes")},
        }
        seen.update(name for name, is_there in features.items() if is_there)

    assert {name: seen[name] for name in features if seen[name] < 3} == {}


def test_plan_and_bound_meet_in_a_world_computed_by_hand() -> None:
    said = plan_by_prices(parts_of(_little()).model, limits_of(10), lambda _: None, None)

    assert (said.cost_ore, said.bound_ore) == (2000, 2000)


def test_plans_are_told_as_they_improve_and_a_first_one_is_kept() -> None:
    model = parts_of(busy_road(1)).model
    best = best_of(model)
    costs: list[int] = []

    def hear(said: Proposal) -> None:
        costs.extend([said.cost_ore] if said.cost_ore is not None else [])

    said = plan_by_prices(model, limits_of(5), hear, best.values)

    assert said.cost_ore == best.objective
    assert costs == sorted(costs, reverse=True)
    assert costs[0] == best.objective


@pytest.mark.parametrize(
    "scenario",
    [
        _little(runs=()),
        _little(runs=(), goal=Goal(kind="least_cost", coverage_share=0)),
        _little(pickup_points=(), goal=Goal(kind="least_cost", coverage_share=0)),
        _little(given_demand=()),
        _little(given_demand=(), runs=()),
        _little(
            goal=Goal(kind="least_cost", coverage_share=0),
            runs=(little_run("r", [("s", 400), ("d", 410)]),),
        ),
        _little(goal=Goal(kind="least_cost", coverage_share=1, budget_sek_per_year=0)),
        _little(
            pickup_points=(replaced(little_world().pickup_points[0], state="must_open"),),
            runs=(),
            goal=Goal(kind="least_cost", coverage_share=0),
        ),
    ],
    ids=[
        "no runs",
        "no runs, nobody to cover",
        "no sites",
        "no parcels",
        "no parcels, no runs",
        "the wrong way",
        "no budget",
        "an empty site",
    ],
)
def test_worlds_where_something_is_missing_end_well(scenario: Scenario) -> None:
    assert list(_faults(scenario, 0.5)) == []


@pytest.mark.parametrize("seconds", [-1.0, 0.0, 0.001])
def test_without_time_nothing_false_is_said(seconds: float) -> None:
    assert list(_faults(busy_road(2), seconds)) == []


def test_a_plan_that_needs_runs_with_different_kinds_of_room_is_not_called_impossible() -> None:
    assert list(_faults(crossing_rooms(), 2.0)) == []


def test_a_bound_is_found_where_there_was_no_time_for_first_prices() -> None:
    parts = parts_of(busy_road(2))
    pricer = start(parts.rows, parts.sites, limits_of(20))
    pricer.bound, pricer.centre = -inf, np.zeros(len(parts.rows.lower))

    for _ in range(40):
        pricer.step(1.0)
    assert pricer.solved > 0
    assert pricer.bound > 0


def test_equal_work_gives_equal_plans_in_any_process() -> None:
    said = [
        subprocess.run(
            [sys.executable, "-c", SMALL_CASE],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
        ).stdout.splitlines()[-1]
        for seed in ("1", "2")
    ]

    assert said[0] == said[1]
    assert said[0].startswith("OPTIMAL True 716328 716328 ")


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1000, 2000, 50))
def test_nothing_false_is_said_of_many_more_busy_roads(first: int) -> None:
    assert _all_faults(map(busy_road, range(first, first + 50)), LONG_S) == []


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1000, 3000, 100))
def test_nothing_false_is_said_of_many_more_odd_scenarios(first: int) -> None:
    assert _all_faults(map(odd_scenario, range(first, first + 100)), LONG_S) == []
