"""Scenarios that let one way of delivering do the work, on the same demand and at the same prices.

Each is a validated copy of the scenario with fewer choices or a milder goal.
"""

from collections.abc import Collection
from typing import Literal

from deliveryopt.scenario.changes import replaced, with_goal
from deliveryopt.scenario.schema import PickupPoint, Rules, Scenario, Village

State = Literal["optional", "must_open", "must_not"]


def without_goal(scenario: Scenario) -> Scenario:
    """Return a scenario that asks for least cost and nothing else: no coverage, budget or pins."""
    return replaced(
        with_goal(scenario, kind="least_cost", coverage_share=0.0),
        villages=_must_serve(scenario, frozenset()),
        pickup_points=tuple(
            _pinned(point, "optional") if point.state == "must_open" else point
            for point in scenario.pickup_points
        ),
    )


def without_todays_deliveries(scenario: Scenario) -> Scenario:
    """Return a scenario in which nobody delivers home orders today: one that is left is unserved.

    It counts `unserved_sek`.
    """
    homes = tuple(replaced(order, today_sek=None) for order in scenario.homes)
    return replaced(scenario, homes=homes)


def with_vans_only(scenario: Scenario) -> Scenario:
    """Return a scenario in which vans drive home orders, and villages collect as today.

    Nothing can be brought to a pickup point, so no order is collected there either.
    """
    asked = without_runs(without_todays_deliveries(without_goal(scenario)))
    return replaced(
        asked,
        pickup_points=tuple(_pinned(point, "must_not") for point in asked.pickup_points),
        vans=tuple(replaced(van, feeds_points=False) for van in asked.vans),
    )


def without_runs(scenario: Scenario) -> Scenario:
    """Return a scenario in which no run may carry anything: what is carried rides in vans."""
    rules: Rules = replaced(scenario.rules, unusable_runs=tuple(run.id for run in scenario.runs))
    return replaced(scenario, rules=rules)


def at_sites(
    scenario: Scenario, sites: Collection[str], covered: Collection[str] | None = None
) -> Scenario:
    """Return a scenario in which other sites stay closed.

    Parameters
    ----------
    scenario
        Any scenario.
    sites
        Sites that were chosen.
    covered
        Villages that must be covered; each chosen site must then open. None asks for the
        scenario's goal, and a chosen site that is not pinned may stay closed.
    """
    points = tuple(
        _pinned(point, "must_not")
        if point.id not in sites
        else (point if covered is None else _pinned(point, "must_open"))
        for point in scenario.pickup_points
    )
    if covered is None:
        return replaced(scenario, pickup_points=points)
    return replaced(scenario, pickup_points=points, villages=_must_serve(scenario, covered))


def with_most_coverage(scenario: Scenario, *, budget_sek_per_year: float) -> Scenario:
    """Return a scenario that asks for the greatest coverage within a budget and nothing else."""
    asked = without_goal(scenario)
    return with_goal(asked, kind="greatest_coverage", budget_sek_per_year=budget_sek_per_year)


def _must_serve(scenario: Scenario, villages: Collection[str]) -> tuple[Village, ...]:
    return tuple(
        village
        if village.must_serve == (village.id in villages)
        else replaced(village, must_serve=village.id in villages)
        for village in scenario.villages
    )


def _pinned(point: PickupPoint, state: State) -> PickupPoint:
    """Return a site with another pin; an agent has none."""
    is_kept = point.kind == "agent" or point.state == state
    return point if is_kept else replaced(point, state=state)
