"""The plain model of one choice of points, home orders and vans included: its best plan, proven.

With the villages where the choice puts them, what is left of the plain model is small if the points
are few. What each point and the home orders cost alone is known, and no plan pays less: these are
rows, and the bound starts from their sum.
"""

from dataclasses import dataclass, field

import numpy as np

from deliveryopt.solver.choice import empty_open
from deliveryopt.solver.decompose import Decomposition, Pattern
from deliveryopt.solver.milp import Part
from deliveryopt.solver.search import Limits, Values, search

MOST_COLUMNS = 12_000
"""Most columns of a choice that is searched as it is."""
CHOICE_S = 30.0
"""Longest search of one choice, seconds."""


@dataclass(slots=True, eq=False)
class OneChoice:
    """The plain model of one choice."""

    work: Decomposition
    patterns: list[Pattern]
    by_transfer: bool
    part: Part = field(init=False)
    fixed: Values = field(init=False)
    """Where the villages collect."""

    def __post_init__(self) -> None:
        """Cut the choice out of the plain model."""
        model = self.work.model
        wanted = [(v, pattern.point) for pattern in self.patterns for v in pattern.villages]
        served = {village for village, _ in wanted}
        self.fixed = {model.collects[key]: 1 for key in wanted}
        self.fixed |= {c: 1 for v, c in enumerate(model.keeps_today) if v not in served}
        free = np.zeros(model.milp.num_columns, dtype=np.bool_)
        points = {pattern.point for pattern in self.patterns}
        points |= {point for _, point in model.in_box} | set(empty_open(model))
        for point in points:
            free[self.work.own[point]] = True
            free[self.work.services[point]] = True
        free[model.home_columns] = True
        free[list(model.in_box.values())] = True
        if self.by_transfer:
            free[self.work.transfer_columns] = True
        else:
            free[[flow.column for flows in model.transfers_out.values() for flow in flows]] = False
        free[list(model.collects.values())] = False
        self.part = self.work.frozen.part(free, self.fixed)
        self.part.set_cost(model.cost_terms)
        self._add_least()

    def _add_least(self) -> None:
        """Add what no plan pays less for: each point by itself, and the home orders."""
        work, costs, place = self.work, self.work.model.cost_terms, self.part.place_of
        for pattern in self.patterns:
            point = pattern.point
            paid = [
                (place[column], work.share_ore(point, column))
                for column in sorted({*work.own[point], *work.services[point]})
                if column in place and work.share_ore(point, column)
            ]
            fees_ore = sum(costs[work.model.collects[v, point]] for v in pattern.villages)
            least_ore = pattern.bound_ore(by_transfer=self.by_transfer) or 0
            self.part.milp.row("least of a point", paid, lower=least_ore - fees_ore)
        orders = [*work.model.home_columns, *work.model.in_box.values()]
        paid = [(place[column], costs[column]) for column in orders if costs.get(column)]
        if paid:
            self.part.milp.row("least of home orders", paid, lower=work.homes_ore)

    @property
    def is_small(self) -> bool:
        """Return whether the model can be searched as it is."""
        return self.part.milp.num_columns <= MOST_COLUMNS

    @property
    def fixed_ore(self) -> int:
        """Return what the villages cost where they collect."""
        costs = self.work.model.cost_terms
        return round(sum(costs.get(column, 0) for column in self.fixed))

    def solve(
        self, limits: Limits, *, least_ore: int, below_ore: int | None
    ) -> tuple[int | None, Values | None]:
        """Search for the cheapest plan of the choice.

        Parameters
        ----------
        limits
            When to stop.
        least_ore
            What is proven already.
        below_ore
            Cost of a known plan: only cheaper ones are of interest, and if there is none this is
            the bound.

        Returns
        -------
        tuple
            The bound on plans of interest, öre, None if there is no plan; and the columns of the
            best one that was found.
        """
        milp, fixed_ore = self.part.milp, self.fixed_ore
        if below_ore is not None:
            costs = [(column, cost) for column, cost in enumerate(milp.cost) if cost]
            milp.row("cheaper", costs, upper=below_ore - fixed_ore - 1)
        outcome = search(milp, limits.exact(CHOICE_S))
        if outcome.status == "INFEASIBLE":
            return below_ore, None
        if outcome.bound is not None:
            least_ore = max(least_ore, outcome.bound + fixed_ore)
        if outcome.values is None:
            return least_ore, None
        return least_ore, self.fixed | self.part.whole(outcome.values)
