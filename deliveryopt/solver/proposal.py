"""The best plan so far and what is proven, while a search is under way."""

from dataclasses import dataclass

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
