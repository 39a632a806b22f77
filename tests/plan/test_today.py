"""Today's delivery as a plan."""

from deliveryopt.plan.plan import Plan, TodaysCollection
from deliveryopt.plan.today import todays_plan
from deliveryopt.plan.verify import verify
from tests.plan.small_world import changed, small_scenario


def test_every_village_keeps_its_nearest_agent_by_road() -> None:
    agents = {kept.village: kept.agent for kept in todays_plan(small_scenario()).as_today}

    assert agents == {"alby": "ica", "berg": "ica", "ceder": "ica", "dal": "ica", "ensam": None}


def test_agents_equally_near_are_chosen_by_id() -> None:
    scenario = small_scenario()
    equal = tuple(
        changed(row, km=3) if (row.from_id, row.to_id) == ("dal", "coop") else row
        for row in scenario.distances
    )
    plan = todays_plan(changed(scenario, distances=equal))

    assert TodaysCollection(village="dal", agent="coop") in plan.as_today


def test_nothing_is_opened_served_or_carried() -> None:
    plan = todays_plan(small_scenario())

    assert plan == Plan(as_today=plan.as_today)


def test_todays_plan_breaks_only_the_goal() -> None:
    scenario = small_scenario()
    goal = changed(scenario.goal, coverage_share=0)

    assert verify(scenario, todays_plan(scenario)).broken_rules == ("goal_is_met",)
    assert verify(changed(scenario, goal=goal), todays_plan(scenario)).is_ok


def test_a_scenario_without_agents_has_no_arrangement_today() -> None:
    scenario = small_scenario()
    sites = tuple(point for point in scenario.pickup_points if point.kind == "site")
    plan = todays_plan(changed(scenario, pickup_points=sites))

    assert {kept.agent for kept in plan.as_today} == {None}
