"""Today's delivery as a plan: every village collects at its nearest existing agent."""

from deliveryopt.plan.plan import Plan, TodaysCollection
from deliveryopt.scenario.schema import Scenario
from deliveryopt.scenario.travel import build_travel, nearest_agent


def todays_plan(scenario: Scenario) -> Plan:
    """Return the plan in which every village keeps today's arrangement.

    A village from which no agent can be reached keeps none.
    """
    travel = build_travel(scenario)
    nearest = (
        (village.id, nearest_agent(scenario, travel, village.id)) for village in scenario.villages
    )
    return Plan(
        as_today=tuple(
            TodaysCollection(village=village_id, agent=found[0] if found else None)
            for village_id, found in nearest
        )
    )
