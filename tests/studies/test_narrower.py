"""A way starts from what is known of the whole: its plan, and its bound."""

import dataclasses
import threading

import pytest

from deliveryopt.errors import PlanBreaksRuleError
from deliveryopt.job import best_plan
from deliveryopt.plan.plan import OpenedBoxes
from deliveryopt.plan.today import todays_plan
from deliveryopt.plan.verify import verify
from deliveryopt.reports.bundle import Way
from deliveryopt.scenario.schema import Goal, Scenario
from deliveryopt.solver.result import SolveOptions, SolveResult
from deliveryopt.solver.solve import solve
from deliveryopt.studies.comparators import compare_ways, with_best_plan
from deliveryopt.studies.narrower import improved, is_better, solve_narrower
from deliveryopt.studies.variants import at_sites
from tests.by_hand import little_world
from tests.strategies import replaced
from tests.studies.worlds import EXACT, two_sites, unproven

NOTHING = SolveResult("UNKNOWN", None, None, None, 1.0, EXACT)
"""What a search leaves that ended before there was a plan."""


def _dear() -> SolveResult:
    """Return the plan of the little world with a box more than it needs, as the best one found."""
    best = solve(little_world(), EXACT)
    assert best.plan is not None
    two = (OpenedBoxes(pickup_point="p", box_type="b", boxes=2),)
    plan = replaced(best.plan, opened=two)
    return dataclasses.replace(unproven(best), plan=plan, cost_ore=3000)


def _without(*_: object, **__: object) -> SolveResult:
    return NOTHING


def _ways(scenario: Scenario, together: SolveResult) -> tuple[Way, ...]:
    return compare_ways(scenario, together, EXACT, stop=threading.Event())


def test_a_proven_plan_that_a_narrower_scenario_allows_is_not_sought_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = two_sites()
    best = solve(world, EXACT)
    monkeypatch.setattr("deliveryopt.studies.narrower.solve", _without)

    at_p = solve_narrower(at_sites(world, {"p"}), best, EXACT, stop=threading.Event())
    at_off = solve_narrower(at_sites(world, {"off"}), best, EXACT, stop=threading.Event())

    assert (at_p.status, at_p.plan) == ("OPTIMAL", best.plan)
    assert at_off.plan is None, "its plan opens another site"


def test_a_known_plan_is_kept_where_the_search_finds_none_or_a_dearer_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = little_world()
    best, dear = unproven(solve(world, EXACT)), _dear()
    for found in (NOTHING, dear):
        monkeypatch.setattr(
            "deliveryopt.studies.narrower.solve", lambda *_, _found=found, **__: _found
        )
        result = solve_narrower(world, best, EXACT, stop=threading.Event())

        assert (result.status, result.plan, result.cost_ore) == ("FEASIBLE", best.plan, 2000)


def test_the_bound_of_the_whole_holds_for_a_narrower_scenario(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = little_world()
    wider = dataclasses.replace(_dear(), bound_ore=1999)
    found = unproven(solve(world, EXACT))
    monkeypatch.setattr("deliveryopt.studies.narrower.solve", lambda *_, **__: found)

    result = solve_narrower(world, wider, EXACT, stop=threading.Event())
    cut = dataclasses.replace(wider, truncated=("rides",))
    of_cut = solve_narrower(world, cut, EXACT, stop=threading.Event())
    exact = dataclasses.replace(wider, bound_ore=2000)
    proven = solve_narrower(world, exact, EXACT, stop=threading.Event())

    assert (result.status, result.cost_ore, result.bound_ore) == ("FEASIBLE", 2000, 1999)
    assert of_cut.bound_ore is None
    assert (proven.status, proven.bound_ore) == ("OPTIMAL", 2000)


def test_lists_that_were_cut_are_named_unless_the_bound_is_of_the_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = little_world()
    found = dataclasses.replace(solve(world, EXACT), bound_ore=1500, truncated=("rides",))
    monkeypatch.setattr("deliveryopt.studies.narrower.solve", lambda *_, **__: found)
    for bound_ore, truncated in ((1999, ()), (1000, ("rides",)), (None, ("rides",))):
        wider = dataclasses.replace(_dear(), bound_ore=bound_ore)
        result = solve_narrower(world, wider, EXACT, stop=threading.Event())

        assert result.truncated == truncated


def test_less_coverage_may_cost_less_than_the_bound_for_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    goal = Goal(kind="greatest_coverage", budget_sek_per_year=1e6)
    world = replaced(little_world(), goal=goal)
    closed = at_sites(world, frozenset())
    today = todays_plan(world)
    found = dataclasses.replace(NOTHING, status="OPTIMAL", plan=today, cost_ore=0, bound_ore=0)
    monkeypatch.setattr("deliveryopt.studies.narrower.solve", lambda *_, **__: found)

    assert solve_narrower(closed, solve(world, EXACT), EXACT, stop=threading.Event()) == found


def test_a_plan_that_breaks_a_rule_is_never_taken_for_a_better_one() -> None:
    world = little_world()
    nothing = todays_plan(world)
    assert is_better(world, nothing, _dear().plan), "it costs nothing, and covers nobody"

    with pytest.raises(PlanBreaksRuleError, match="0 of 10 inhabitants"):
        improved(world, _dear(), nothing)


def test_a_plan_below_a_proven_bound_is_a_fault_of_ours_and_said() -> None:
    wider = dataclasses.replace(_dear(), bound_ore=2001)

    with pytest.raises(PlanBreaksRuleError, match="below the proven bound 2001"):
        solve_narrower(little_world(), wider, EXACT, stop=threading.Event())
    way = next(w for w in _ways(little_world(), wider) if w.name == "boxes_then_routes")
    assert (way.why, way.plan) == ("failed", None)
    assert "below the proven bound 2001" in way.trouble


def test_more_coverage_is_better_than_less_cost_where_the_goal_says_so() -> None:
    world = little_world()
    served, today = solve(world, EXACT).plan, todays_plan(world)
    widest = replaced(world, goal=Goal(kind="greatest_coverage", budget_sek_per_year=1e6))

    assert is_better(widest, served, today)
    assert is_better(world, today, served)
    assert is_better(world, served, None)
    assert not is_better(world, served, served)


@pytest.mark.parametrize("earlier", [_dear(), NOTHING], ids=["dearer", "none"])
def test_the_plan_of_another_way_is_taken_if_it_is_better_than_the_plan(
    earlier: SolveResult,
) -> None:
    ways = _ways(little_world(), earlier)
    best = with_best_plan(earlier, ways)

    assert ways[-1].cost_ore_per_week == best.cost_ore == 2000
    assert best.plan is not None
    assert verify(little_world(), best.plan).violations == ()
    assert best.status == "FEASIBLE"
    assert ways[-2].above_together_ore_per_week == 0


def test_a_search_that_found_nothing_is_saved_by_another_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("deliveryopt.job.solve", _without)
    options = SolveOptions(time_limit_s=100.0)
    bundle = best_plan(little_world(), options, threading.Event(), "none")

    assert bundle is not None
    assert bundle.proof.cost_ore_per_week == 2000
    assert bundle.ways[-1].plan == bundle.plan


def test_without_a_better_plan_the_result_stays_as_it_is() -> None:
    best = solve(little_world(), EXACT)

    assert with_best_plan(best, _ways(little_world(), best)) is best
    assert with_best_plan(best, ()) is best
