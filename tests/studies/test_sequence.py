"""Boxes first, routes afterwards: a real plan, repaired where it must be, never the better one."""

import dataclasses
import threading

import pytest

from deliveryopt.plan.verify import verify
from deliveryopt.scenario.schema import (
    Distance,
    GivenDemand,
    Goal,
    PickupPoint,
    Scenario,
    Village,
)
from deliveryopt.solver.location import Places, choose_places
from deliveryopt.studies.comparators import saving_ore
from tests.by_hand import HERE, little_run, little_world
from tests.strategies import random_scenario, replaced
from tests.studies.worlds import EXACT, OFF, two_sites, ways_of


def test_boxes_before_routes_take_the_cheaper_site_and_pay_more_for_the_way_there() -> None:
    ways = ways_of(two_sites())
    sequence, together = ways["boxes_then_routes"], ways["together"]

    assert sequence.plan is not None
    assert together.plan is not None
    assert [opened.pickup_point for opened in sequence.plan.opened] == ["off"]
    assert [opened.pickup_point for opened in together.plan.opened] == ["p"]
    assert together.cost_ore_per_week == 1000 + 1000 + 1000, "box, site and stop"
    assert (sequence.status, sequence.repaired) == ("OPTIMAL", ())
    metrics = sequence.metrics
    assert metrics is not None
    assert metrics.cost_by_item.boxes_ore == 1000
    assert metrics.cost_by_item.sites_ore == 0
    assert sequence.cost_ore_per_week == 1000 + metrics.cost_by_item.services_ore
    assert metrics.cost_by_item.services_ore > 2000
    saved = sequence.cost_ore_per_week - together.cost_ore_per_week
    assert saving_ore(tuple(ways.values())) == sequence.above_together_ore_per_week == saved > 0


def test_boxes_before_routes_also_take_the_cheaper_site_for_the_greatest_coverage() -> None:
    goal = Goal(kind="greatest_coverage", budget_sek_per_year=10_000)
    ways = ways_of(replaced(two_sites(), goal=goal))
    sequence, together = ways["boxes_then_routes"], ways["together"]

    assert sequence.plan is not None
    assert [opened.pickup_point for opened in sequence.plan.opened] == ["off"]
    assert sequence.coverage_share == together.coverage_share == 1.0
    assert sequence.above_together_ore_per_week is not None
    assert sequence.above_together_ore_per_week > 0


def _with_dear_agent(*, km: float, coverage_share: float, **run_terms: object) -> Scenario:
    """Return the little world with an agent so far from the village who takes 50 kr a parcel."""
    world = little_world()
    agent = PickupPoint.model_validate(
        {"id": "a", "name": "a", "kind": "agent", "sek_per_parcel": 50, **HERE}
    )
    return replaced(
        world,
        goal=Goal(kind="least_cost", coverage_share=coverage_share),
        pickup_points=(agent, *world.pickup_points),
        runs=(little_run("r", [("d", 400), ("s", 410)], **run_terms),),
        distances=(Distance(from_id="v", to_id="a", km=km),),
    )


def test_a_box_bought_to_save_fees_stands_also_where_the_way_there_costs_more() -> None:
    ways = ways_of(_with_dear_agent(km=0.9, coverage_share=0, sek_per_parcel=60))
    sequence, together = ways["boxes_then_routes"], ways["together"]

    assert sequence.plan is not None
    assert together.cost_ore_per_week == 2 * 5000, "as today"
    assert [opened.pickup_point for opened in sequence.plan.opened] == ["p"]
    assert sequence.cost_ore_per_week == 2 * 5000 + 1000, "as today, and a box for nothing"


def test_a_village_with_a_place_is_served_also_where_the_goal_asks_for_less() -> None:
    ways = ways_of(_with_dear_agent(km=5, coverage_share=0, sek_per_parcel=60))
    sequence, together = ways["boxes_then_routes"], ways["together"]

    assert (together.coverage_share, together.cost_ore_per_week) == (0.0, 2 * 5000)
    assert sequence.coverage_share == 1.0
    assert sequence.cost_ore_per_week == 1000 + 1000 + 2 * 6000, "box, stop, carrying"


def test_a_village_without_inhabitants_that_must_be_served_is_served_in_sequence() -> None:
    world = little_world()
    village = replaced(world.villages[0], inhabitants=0, must_serve=True)
    scenario = replaced(world, villages=(village,), goal=Goal(kind="least_cost", coverage_share=0))
    sequence = ways_of(scenario)["boxes_then_routes"]

    assert sequence.plan is not None
    assert verify(scenario, sequence.plan).violations == ()
    assert [collection.village for collection in sequence.plan.collections] == ["v"]


def test_a_first_step_that_is_not_proven_leaves_the_sequence_unproven(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unproven(*words: Scenario, **_: object) -> Places:
        places = choose_places(words[0], EXACT, stop=threading.Event())
        return dataclasses.replace(places, status="FEASIBLE")

    monkeypatch.setattr("deliveryopt.studies.sequence.choose_places", unproven)
    sequence = ways_of(little_world())["boxes_then_routes"]

    assert (sequence.status, sequence.cost_ore_per_week) == ("FEASIBLE", 2000)


def test_a_place_that_no_run_can_supply_is_chosen_anew_and_the_village_named() -> None:
    ways = ways_of(two_sites(may_detour=False))
    sequence = ways["boxes_then_routes"]

    assert sequence.repaired == ("v",)
    assert sequence.cost_ore_per_week == ways["together"].cost_ore_per_week == 3000
    assert sequence.above_together_ore_per_week == 0


def test_places_without_any_transport_end_the_sequence_with_the_reason() -> None:
    scenario = two_sites(may_detour=False)
    alone = replaced(scenario, pickup_points=scenario.pickup_points[:1])

    ways = ways_of(alone)

    sequence = ways["boxes_then_routes"]
    assert (sequence.status, sequence.plan) == ("INFEASIBLE", None)
    assert sequence.why == "no transport for the places chosen"
    assert ways["together"].why == "proven impossible"
    assert saving_ore(tuple(ways.values())) is None


def _two_villages(budget_sek_per_year: float) -> Scenario:
    """Return the little world with a village of 30 at the off site too, and a budget.

    A box costs 520 kr a year, the stop at the road another 520, the detour more than 1,040.
    """
    world = two_sites()
    off = Village.model_validate(
        {"id": "w", "name": "w", "inhabitants": 30, "depot": "d", "parcels_per_week": 0, **OFF}
    )
    demand = GivenDemand(village_id="w", day="mon", size="S", parcels=2)
    goal = Goal(kind="greatest_coverage", budget_sek_per_year=budget_sek_per_year)
    free = replaced(world.pickup_points[1], fixed_sek_per_year=0, max_boxes=1)
    return replaced(
        world,
        rules=replaced(world.rules, reach_km=0.2),
        pickup_points=(world.pickup_points[0], free),
        villages=(*world.villages, off),
        given_demand=(*world.given_demand, demand),
        goal=goal,
    )


def test_places_that_the_budget_cannot_also_supply_are_given_up_and_named() -> None:
    rich, poor = (ways_of(_two_villages(budget)) for budget in (10_000, 1_040))

    assert rich["boxes_then_routes"].coverage_share == 1.0
    assert rich["boxes_then_routes"].repaired == ()
    assert poor["boxes_then_routes"].coverage_share == poor["together"].coverage_share == 0.25
    assert poor["boxes_then_routes"].repaired == ("w",)


@pytest.mark.parametrize("seed", [*range(3), 4, *range(5, 16)])
def test_no_way_that_meets_the_goal_is_better_than_together(seed: int) -> None:
    scenario = random_scenario(seed)
    ways = ways_of(scenario)
    sequence, together = ways["boxes_then_routes"], ways["together"]

    assert together.status in {"OPTIMAL", "INFEASIBLE"}
    if sequence.plan is None or sequence.metrics is None:
        assert sequence.status == "INFEASIBLE"
        return
    assert together.metrics is not None
    assert verify(scenario, sequence.plan).violations == ()
    covered = sequence.metrics.weighted_coverage_share
    most = together.metrics.weighted_coverage_share
    if scenario.goal.kind == "greatest_coverage":
        assert covered <= most
    if scenario.goal.kind == "least_cost" or covered == most:
        assert sequence.above_together_ore_per_week is not None
        assert sequence.above_together_ore_per_week >= 0
