"""How parcels are delivered today, as a plan in the same words."""

from deliveryopt.plan.plan import HomeLeft, Plan, TodaysCollection
from deliveryopt.scenario.home_delivery import HomeOrder
from deliveryopt.scenario.schema import Scenario
from deliveryopt.scenario.travel import build_travel, nearest_agent


def left(order: HomeOrder) -> HomeLeft:
    """Return a home order that the plan leaves: as today, or delivered by nobody."""
    return HomeLeft(order=order.id, how="none" if order.today_sek is None else "today")


def todays_plan(scenario: Scenario) -> Plan:
    """Return today's plan: each village collects at its nearest agent, each home order is left."""
    travel = build_travel(scenario)
    as_today = []
    for village in scenario.villages:
        nearest = nearest_agent(scenario, travel, village.id)
        as_today.append(TodaysCollection(village=village.id, agent=nearest[0] if nearest else None))
    return Plan(as_today=tuple(as_today), homes_left=tuple(left(order) for order in scenario.homes))
