"""Why no plan exists: the demands named conflict, and without any one of them there is a plan."""

import pytest

from deliveryopt.plan.verify import verify
from deliveryopt.scenario.load import load_scenario
from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.conflicts import Demand, asking_only, demands_of, find_conflict
from deliveryopt.solver.result import SolveOptions
from deliveryopt.solver.solve import solve
from tests.command import SCENARIOS
from tests.strategies import random_scenario, replaced

STEADY = SolveOptions(20.0, deterministic=True)


def _tiny(**changes: object) -> Scenario:
    return replaced(load_scenario(SCENARIOS / "tiny"), **changes)


def _kinds(scenario: Scenario) -> set[str]:
    conflict = find_conflict(scenario, STEADY)
    assert conflict.is_checked
    return {demand.kind for demand in conflict.demands}


def test_two_demands_that_only_together_are_impossible_are_both_named() -> None:
    tiny = _tiny()

    few = replaced(tiny, rules=replaced(tiny.rules, max_boxes=0))

    assert _kinds(few) == {"coverage", "max_boxes"}


def test_the_least_budget_is_named_and_is_enough() -> None:
    tiny = _tiny()
    poor = replaced(tiny, goal=replaced(tiny.goal, budget_sek_per_year=100.0))

    conflict = find_conflict(poor, STEADY)

    assert {demand.kind for demand in conflict.demands} == {"coverage", "budget"}
    enough = conflict.budget_sek_per_year
    assert enough is not None
    assert enough == conflict.least_budget_sek_per_year
    for budget, status in ((enough, "OPTIMAL"), (enough - 1, "INFEASIBLE")):
        goal = replaced(tiny.goal, budget_sek_per_year=budget)
        assert solve(replaced(tiny, goal=goal), STEADY).status == status


def test_the_greatest_coverage_within_the_budget_is_named() -> None:
    tiny = _tiny()
    poor = replaced(tiny, goal=replaced(tiny.goal, budget_sek_per_year=100.0))

    conflict = find_conflict(poor, STEADY)

    share = conflict.coverage_share
    assert share is not None
    reached = replaced(poor, goal=replaced(poor.goal, coverage_share=share))
    beyond = replaced(poor, goal=replaced(poor.goal, coverage_share=share + 0.01))
    assert solve(reached, STEADY).status == "OPTIMAL"
    assert solve(beyond, STEADY).status == "INFEASIBLE"


def test_a_village_that_nothing_reaches_is_named_with_distances() -> None:
    tiny = _tiny()
    far = replaced(
        tiny,
        rules=replaced(tiny.rules, reach_km=0.5),
        goal=replaced(tiny.goal, coverage_share=0.0),
        villages=tuple(replaced(one, must_serve=True) for one in tiny.villages),
    )

    conflict = find_conflict(far, STEADY)

    assert conflict.demands == (Demand("must_serve", ("bortby",)),)
    (bortby,) = conflict.unserved
    assert [(one.code, one.found, one.allowed) for one in bortby.reasons] == [
        ("point_beyond_reach", 1.4, 0.5),
        ("agent_beyond_reach", 16.6, 0.5),
    ]


def test_a_site_that_must_open_and_may_not_by_another_limit_is_named() -> None:
    tiny = _tiny()
    points = tuple(
        replaced(point, state="must_open") if point.kind == "site" else point
        for point in tiny.pickup_points
    )
    pinned = replaced(tiny, pickup_points=points, rules=replaced(tiny.rules, max_boxes=0))

    conflict = find_conflict(pinned, STEADY)

    kinds = [demand.kind for demand in conflict.demands]
    assert "max_boxes" in kinds
    assert set(kinds) <= {"max_boxes", "must_open"}


@pytest.mark.parametrize("seed", range(4, 24))
def test_without_any_one_demand_of_a_conflict_there_is_a_plan(seed: int) -> None:
    scenario = random_scenario(seed)
    if solve(scenario, STEADY).status != "INFEASIBLE":
        everything = asking_only(scenario, demands_of(scenario))
        assert everything.rules == scenario.rules
        assert everything.villages == scenario.villages
        return

    conflict = find_conflict(scenario, STEADY)

    assert conflict.is_checked
    assert conflict.demands
    assert solve(asking_only(scenario, conflict.demands), STEADY).status == "INFEASIBLE"
    for demand in conflict.demands:
        rest = [one for one in conflict.demands if one != demand]
        fewer = asking_only(scenario, rest)
        plan = solve(fewer, STEADY).plan
        assert plan is not None
        assert not verify(fewer, plan).violations
