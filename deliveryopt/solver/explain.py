"""Why there is no plan: what the goal could ask for at most."""

import threading
from dataclasses import replace

from deliveryopt.plan.metrics import measure
from deliveryopt.scenario.schema import Goal, Scenario, Village
from deliveryopt.solver.solve import SolveOptions, solve

NO_BUDGET_SEK_PER_YEAR = 1e9
"""The greatest budget that a scenario can hold: as good as none."""
PROVEN_WITHIN = 1e-6  # shares are given to six decimals
ANY_COST_GAP = 0.9
"""Only coverage matters here: the search for the least cost may end at the first plan."""


def greatest_coverage_share(
    scenario: Scenario, options: SolveOptions, *, stop: threading.Event | None = None
) -> float | None:
    """Return the greatest coverage that any plan reaches, whatever it costs.

    Parameters
    ----------
    scenario
        A scenario, usually one whose goal no plan meets.
    options
        Limits of the search.
    stop
        Setting it ends the search.

    Returns
    -------
    float | None
        Share of all inhabitants in [0, 1]; None if it is not proven within the limits, or if
        no plan keeps the rules even so.
    """
    asked = _without_coverage_or_budget(scenario)
    result = solve(asked, replace(options, gap=ANY_COST_GAP), stop=stop)
    if result.plan is None or result.coverage_bound is None or result.truncated:
        return None
    share = measure(asked, result.plan).coverage_share
    return share if result.coverage_bound - share <= PROVEN_WITHIN else None


def _without_coverage_or_budget(scenario: Scenario) -> Scenario:
    """Return a scenario that asks for the greatest coverage, every inhabitant alike."""
    goal = Goal(
        kind="greatest_coverage",
        budget_sek_per_year=NO_BUDGET_SEK_PER_YEAR,
        count_resident_trips=scenario.goal.count_resident_trips,
        count_co2=scenario.goal.count_co2,
    )
    villages = tuple(
        Village.model_validate(_fields(village) | {"priority": 1.0})
        for village in scenario.villages
    )
    return Scenario.model_validate(_fields(scenario) | {"goal": goal, "villages": villages})


def _fields(value: Scenario | Village) -> dict[str, object]:
    return {name: getattr(value, name) for name in type(value).model_fields}
