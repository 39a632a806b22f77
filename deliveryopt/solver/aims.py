"""The goal's aims in one model: the greatest coverage first where it is asked for, then cost."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from deliveryopt.solver.by_prices import is_priceable, plan_by_prices
from deliveryopt.solver.columns import Model
from deliveryopt.solver.decompose import is_decomposable
from deliveryopt.solver.model import coverage_terms, covered_weight
from deliveryopt.solver.proposal import Proposal
from deliveryopt.solver.propose import propose
from deliveryopt.solver.result import Listener, Progress, relative_gap
from deliveryopt.solver.search import (
    Limits,
    Outcome,
    Values,
    relaxed_bound,
    search,
    whole_bound,
)

LARGE_NODES_WHEN_DETERMINISTIC = 20
"""Most nodes for the whole model where it is large: its nodes are slow."""
PLAIN_COLUMNS = 3_000
"""Models up to this size are searched as they are, without looking point by point first."""
COVERAGE_TIME_SHARE = 0.6
"""Share of the time left for the greatest coverage, before cost."""


@dataclass(slots=True)
class Aims:
    """The search of one model under way."""

    model: Model
    limits: Limits
    started: float
    listener: Listener | None
    first: Values | None
    """A first plan: today's delivery, if it keeps every rule."""
    on_plan: Callable[[Values], None] | None = None
    """Called with every better plan that is put together point by point."""
    known: Proposal | None = None
    """What is known already; the model is then searched as it is, without looking point by
    point."""

    @property
    def total_weight(self) -> int:
        """Return the weight that full coverage would have."""
        return max(1, int(self.model.network.weight.sum()))

    def tell(self, stage: str, cost: int | None, bound: int | None, covered: int | None) -> None:
        """Report progress."""
        if self.listener is not None:
            seconds = time.monotonic() - self.started
            share = None if covered is None else covered / self.total_weight
            self.listener(Progress(stage, seconds, cost, bound, share))

    def tell_best(self, best: Proposal) -> None:
        """Report the best plan put together so far, and what is proven."""
        if self.on_plan is not None and best.values is not None:
            self.on_plan(best.values)
        if self.listener is None:
            return
        widest = self.model.network.scenario.goal.kind == "greatest_coverage"
        covered = best.coverage if widest else None
        most = best.coverage_bound if widest else None
        self.listener(
            Progress(
                "cost",
                time.monotonic() - self.started,
                best.cost_ore,
                best.bound_ore,
                None if covered is None else covered / self.total_weight,
                None if most is None else most / self.total_weight,
            )
        )

    def by_point(self) -> Proposal:
        """Put a plan together point by point, if the model is large enough to deserve it."""
        if self.known is not None:
            return self.known
        if is_priceable(self.model):
            return plan_by_prices(self.model, self.limits, self.tell_best, self.first)
        if self.model.milp.num_columns <= PLAIN_COLUMNS or not is_decomposable(self.model):
            return Proposal(values=self.first)
        return propose(
            self.model,
            self.limits,
            self.tell_best,
            self.first,
        )

    def cheapest(self, best: Proposal) -> Outcome:
        """Search the plain model for the least cost."""
        self.model.milp.set_objective(self.model.cost_terms)
        bound = best.bound_ore
        if bound is None:
            bound = whole_bound(relaxed_bound(self.model.milp, self.limits))
            self.tell("cost", best.cost_ore, bound, None)
        return search(
            self.model.milp,
            self._limits_of_plain(),
            hints=() if best.values is None else (best.values,),
            bound=bound,
            watch=lambda _, cost, bound: self.tell("cost", cost, bound, None),
        )

    def _limits_of_plain(self) -> Limits:
        """Return the limits for the whole model."""
        if self.limits.nodes is None or self.model.milp.num_columns <= PLAIN_COLUMNS:
            return self.limits
        return replace(self.limits, nodes=LARGE_NODES_WHEN_DETERMINISTIC)

    def widest(self, hint: Values | None) -> Outcome:
        """Search the plain model for the greatest coverage; the objective is its negative."""
        terms = coverage_terms(self.model, self.model.network.weight)
        self.model.milp.set_objective({column: -value for column, value in terms.items()})
        return search(
            self.model.milp,
            self._limits_of_plain().exact(COVERAGE_TIME_SHARE * self.limits.left_s),
            hints=() if hint is None else (hint,),
            watch=lambda _, objective, bound: self.tell(
                "coverage", None, bound, None if objective is None else -objective
            ),
        )


def search_goal(work: Aims) -> tuple[Outcome, float | None]:
    """Search for the scenario's goal; return the outcome in cost and the coverage bound."""
    best = work.by_point()
    if best.is_infeasible:
        return Outcome("INFEASIBLE", None, None, None, stopped_by_clock=False), None
    if work.model.network.scenario.goal.kind == "least_cost":
        return _cheapest_outcome(work, best), None
    return _widest_then_cheapest(work, best)


def _cheapest_outcome(work: Aims, best: Proposal) -> Outcome:
    """Return the best of a proposal and a search of the plain model in the time left.

    Where the clock may play no part, a model that was priced is left at that: one node of it may
    take longer than there is time.
    """
    limits = work.limits
    if best.values is not None and best.cost_ore is not None and best.bound_ore is not None:
        gap = relative_gap(best.cost_ore, best.bound_ore)
        is_near = gap is not None and gap <= limits.gap
        if is_near or (limits.nodes is not None and is_priceable(work.model)):
            return Outcome(
                "OPTIMAL" if gap == 0 else "FEASIBLE",
                best.values,
                best.cost_ore,
                best.bound_ore,
                stopped_by_clock=not is_near and limits.are_reached,
            )
    return work.cheapest(best)


def _widest_then_cheapest(work: Aims, best: Proposal) -> tuple[Outcome, float | None]:
    """Search for the greatest coverage, unless it is proven, and then for the least cost."""
    terms = coverage_terms(work.model, work.model.network.weight)
    coverage, bound = best.coverage, best.coverage_bound
    by_clock = False
    if coverage is None or coverage != bound:
        wide = work.widest(best.values)
        if wide.values is None or wide.objective is None:
            return wide, None
        by_clock = wide.stopped_by_clock
        if -wide.objective != coverage:
            coverage = -wide.objective
            best = Proposal(values=wide.values)  # the bound on cost was for less coverage
        proven = None if wide.bound is None else -wide.bound
        bound = min((b for b in (bound, proven) if b is not None), default=None)
    work.model.milp.row("goal_is_met[greatest coverage]", terms.items(), lower=coverage)
    outcome = _cheapest_outcome(work, best)
    if coverage != bound and outcome.status == "OPTIMAL":
        outcome = replace(outcome, status="FEASIBLE", stopped_by_clock=by_clock)
    return outcome, None if bound is None else bound / work.total_weight


def coverage_is_proven(model: Model, outcome: Outcome, bound: float | None) -> bool:
    """Return whether no plan covers more than the one found, where the goal asks for that."""
    if model.network.scenario.goal.kind == "least_cost":
        return True
    if outcome.values is None or bound is None:
        return False
    return round(bound * max(1, int(model.network.weight.sum()))) <= covered_weight(
        model, outcome.values
    )
