"""What a scenario's goal asks for, in whole numbers."""

from fractions import Fraction
from math import ceil

import numpy as np
from numpy.typing import NDArray

from deliveryopt.scenario.schema import Scenario
from deliveryopt.units import ore_per_week

PRIORITY_SCALE = 1000


def needed_inhabitants(scenario: Scenario) -> int:
    """Return the fewest inhabitants to cover for the coverage share; 0 without one."""
    if scenario.goal.coverage_share is None:
        return 0
    total = sum(village.inhabitants for village in scenario.villages)
    return ceil(Fraction(str(scenario.goal.coverage_share)) * total)


def budget_ore(scenario: Scenario) -> int | None:
    """Return the most that the plan may cost a week above today; None without a budget."""
    budget = scenario.goal.budget_sek_per_year
    return None if budget is None else ore_per_week(budget)


def weight(scenario: Scenario) -> NDArray[np.int64]:
    """Return inhabitants times priority in thousandths; shape (villages,)."""
    return np.array(
        [
            round(village.inhabitants * Fraction(str(village.priority)) * PRIORITY_SCALE)
            for village in scenario.villages
        ],
        dtype=np.int64,
    )
