"""The best plan so far and what is proven, while a search is under way."""

from dataclasses import dataclass

from deliveryopt.solver.decompose import Decomposition
from deliveryopt.solver.model import covered_weight
from deliveryopt.solver.search import Values


@dataclass(slots=True, eq=False)
class Proposal:
    """The best plan so far and what is proven."""

    values: Values | None = None
    cost_ore: int | None = None
    bound_ore: int | None = None
    """No plan covering as much as this one costs less."""
    coverage: int | None = None
    """Weighted coverage of the plan."""
    coverage_bound: int | None = None
    """No plan covers more, weighted; None unless the goal asks for the greatest coverage."""
    is_infeasible: bool = False
    """Whether it is proven that no plan exists."""

    def is_closed(self, gap: float) -> bool:
        """Return whether a plan is proven to be as good as was asked."""
        full = self.coverage_bound is None or self.coverage == self.coverage_bound
        if not full or self.cost_ore is None or self.bound_ore is None:
            return False
        return self.cost_ore - self.bound_ore <= gap * self.cost_ore

    def offer(self, work: Decomposition, values: Values) -> bool:
        """Keep a plan if it keeps every row and is better; return whether it keeps every row."""
        if not work.frozen.is_kept_by(values):
            return False
        model = work.model
        cost_ore = round(sum(model.cost_terms.get(c, 0) * v for c, v in values.items()))
        coverage = covered_weight(model, values)
        widest = model.network.scenario.goal.kind == "greatest_coverage"
        if self._is_beaten_by(cost_ore, coverage, widest=widest):
            self.values, self.cost_ore, self.coverage = values, cost_ore, coverage
        return True

    def _is_beaten_by(self, cost_ore: int, coverage: int, *, widest: bool) -> bool:
        if self.cost_ore is None or self.coverage is None:
            return True
        if widest and coverage != self.coverage:
            return coverage > self.coverage
        return cost_ore < self.cost_ore
