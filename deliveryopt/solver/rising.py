"""A programme searched under a limit on its cost that rises from what is proven.

A solver proves much faster that nothing costs less than a limit than that its own best solution is
the best. So the limit starts just above the bound and is doubled until there is a solution.
"""

from collections.abc import Iterator
from dataclasses import replace
from math import inf

from deliveryopt.solver.milp import Milp
from deliveryopt.solver.search import Limits, Outcome, search

FIRST_STEP, MOST_STEP = 1e-3, 5e-2
"""First and largest step of the limit above what is proven, as shares of the cost."""
NEAR = 1e-2
"""Share of the cost within which a known solution is the only limit."""


def search_rising(
    milp: Milp, limits: Limits, *, least: int, below: int | None = None, enough: float = 0.0
) -> Outcome:
    """Minimise a programme that costs nothing below zero, within limits.

    Parameters
    ----------
    milp
        The programme; takes a row that limits its cost.
    limits
        When to stop.
    least
        What is proven: no solution costs less.
    below
        Only solutions that cost less are of interest.
    enough
        How near to `below` the bound may be for the search to end.

    Returns
    -------
    Outcome
        `INFEASIBLE` if it is proven that there is no solution of interest; else the bound holds
        for those of interest.
    """
    milp.row("limit", [(column, cost) for column, cost in enumerate(milp.cost) if cost])
    for most in _limits(least, below):
        if below is not None and below - least <= enough:
            break
        milp.row_upper[-1] = inf if most is None else float(most)
        outcome = search(milp, limits)
        if outcome.bound is not None:  # of solutions within the limit: others cost more
            least = max(least, outcome.bound if most is None else min(outcome.bound, most + 1))
        if (
            outcome.status != "INFEASIBLE"
            or most is None
            or (below is not None and most + 1 == below)
        ):
            return replace(outcome, bound=None if outcome.status == "INFEASIBLE" else least)
        least = max(least, most + 1)
    return Outcome("UNKNOWN", None, None, least, stopped_by_clock=False)


def _limits(least: int, below: int | None) -> Iterator[int | None]:
    """Yield limits on the cost, ever higher, up to just below a known solution; None is none."""
    share = FIRST_STEP
    if least <= 0 or (below is not None and below - least <= NEAR * below):
        share = inf  # no steps
    while share <= MOST_STEP:
        most = round(least * (1 + share))
        if below is not None and most >= below - 1:
            break
        yield most
        share *= 2
    yield None if below is None else below - 1
