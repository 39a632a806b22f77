"""The oracle against cases computed by hand, and its plans against the verifier.

The hand cases start from the little world of `tests/by_hand.py`.
"""

import pytest

from deliveryopt.plan.verify import plan_cost_ore, verify
from deliveryopt.scenario.schema import Distance, GivenDemand, Goal, PickupPoint, Scenario
from tests.brute_force import NotMicroError, lead_days, least_cost_by_brute_force
from tests.by_hand import little_run, little_world
from tests.strategies import random_scenario, replaced


def _cost_ore(scenario: Scenario) -> int | None:
    return least_cost_by_brute_force(scenario).cost_ore


def test_one_box_and_one_stop_suffice() -> None:
    assert _cost_ore(little_world()) == 1000 + 1000


def test_each_parcel_and_leg_is_carried_at_a_price() -> None:
    scenario = replaced(
        little_world(), runs=(little_run("r", [("d", 400), ("s", 410)], sek_per_parcel=1.5),)
    )

    assert _cost_ore(scenario) == 1000 + 1000 + 2 * 150


def test_a_detour_pays_metres_and_minutes_beyond_the_direct_drive() -> None:
    scenario = replaced(
        little_world(),
        pickup_points=(PickupPoint(id="p", name="p", kind="site", lat_deg=62.01, lon_deg=15.1),),
        distances=(
            Distance(from_id="d", to_id="s", km=5, minutes=5),
            Distance(from_id="d", to_id="p", km=5, minutes=5),
            Distance(from_id="p", to_id="s", km=1, minutes=2),
            Distance(from_id="v", to_id="p", km=1),
        ),
    )

    through = 1000 + 3 * 1000  # 1 km more, 2 minutes more and 1 minute of stop
    assert _cost_ore(scenario) == 1000 + through


def test_parcels_that_do_not_fit_one_day_need_a_second_box() -> None:
    scenario = replaced(
        little_world(), given_demand=(GivenDemand(village_id="v", day="mon", size="S", parcels=3),)
    )

    assert _cost_ore(scenario) == 2 * 1000 + 1000


def test_too_little_room_on_the_only_run_is_infeasible() -> None:
    scenario = replaced(
        little_world(), runs=(little_run("r", [("d", 400), ("s", 410)], capacity_parcels=1),)
    )

    assert least_cost_by_brute_force(scenario).status == "INFEASIBLE"


def test_parcels_of_friday_may_wait_over_the_weekend() -> None:
    friday = (GivenDemand(village_id="v", day="fri", size="S", parcels=1),)
    scenario = replaced(little_world(), given_demand=friday)

    assert _cost_ore(scenario) == 1000 + 1000
    same_day = replaced(scenario, rules=replaced(scenario.rules, max_lead_days=0))
    assert least_cost_by_brute_force(same_day).status == "INFEASIBLE"


def test_parcels_change_runs_at_an_agent_with_storage() -> None:
    agent = PickupPoint(
        id="a", name="a", kind="agent", lat_deg=62.0, lon_deg=15.05, transfer_parcels=2
    )
    scenario = replaced(
        little_world(),
        pickup_points=(agent, *little_world().pickup_points),
        runs=(
            little_run("r1", [("d", 400), ("a", 410)]),
            little_run("r2", [("a", 425), ("s", 440)]),
        ),
    )

    assert _cost_ore(scenario) == 1000 + 3 * 1000  # to the agent, from the agent, to the site
    late = replaced(scenario, rules=replaced(scenario.rules, transfer_min=11))
    # 410 and five minutes of delay leave ten minutes
    assert least_cost_by_brute_force(late).status == "INFEASIBLE"
    small = replaced(
        scenario, pickup_points=(replaced(agent, transfer_parcels=1), *little_world().pickup_points)
    )
    assert least_cost_by_brute_force(small).status == "INFEASIBLE"


def test_a_loop_boards_at_its_second_call_at_the_depot() -> None:
    loop = little_run("r", [("d", 300), ("s", 310), ("d", 400), ("s", 410)])
    scenario = replaced(
        little_world(), runs=(loop,), rules=replaced(little_world().rules, max_lead_days=0)
    )

    assert _cost_ore(scenario) == 1000 + 1000


def test_two_delivery_days_cost_a_second_stop() -> None:
    scenario = replaced(
        little_world(),
        rules=replaced(little_world().rules, min_deliveries_per_week=2),
        runs=(little_run("r", [("d", 400), ("s", 410)], days=["mon", "thu"]),),
    )

    assert _cost_ore(scenario) == 1000 + 2 * 1000


def test_the_greatest_coverage_comes_before_cost() -> None:
    goal = Goal(kind="greatest_coverage", budget_sek_per_year=1040)

    assert _cost_ore(replaced(little_world(), goal=goal)) == 2000
    poor = replaced(little_world(), goal=replaced(goal, budget_sek_per_year=988))
    assert _cost_ore(poor) == 0


def test_lead_days_count_operating_days_only() -> None:
    scenario = little_world()

    assert lead_days(scenario, ready_day=4, arrival_day=4) == 0
    assert lead_days(scenario, ready_day=4, arrival_day=5) == 1  # Saturday counts as Monday
    assert lead_days(scenario, ready_day=4, arrival_day=7) == 1
    assert lead_days(scenario, ready_day=0, arrival_day=3) == 3


@pytest.mark.parametrize("first", range(5000, 5030, 10))
def test_plans_of_the_oracle_keep_every_rule_and_cost_what_it_says(first: int) -> None:
    for seed in range(first, first + 10):
        scenario = random_scenario(seed)
        try:
            result = least_cost_by_brute_force(scenario)
        except NotMicroError:
            continue
        if result.plan is not None:
            assert (seed, verify(scenario, result.plan).violations) == (seed, ())
            assert (seed, plan_cost_ore(scenario, result.plan)) == (seed, result.cost_ore)
