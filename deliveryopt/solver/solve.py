"""Scenario -> SolveResult: the best verified plan and a proven bound.

The whole solve reads on one screen: build the model, search for the goal's first aim and then for
the second, and keep the best plan that the verifier accepts.
"""

import threading
import time
from dataclasses import dataclass, replace

from deliveryopt.errors import PlanBreaksRuleError
from deliveryopt.plan.plan import Plan
from deliveryopt.plan.today import todays_plan
from deliveryopt.plan.verify import plan_cost_ore, verify
from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.columns import Model
from deliveryopt.solver.decompose import is_decomposable
from deliveryopt.solver.detours import enumerate_detours
from deliveryopt.solver.itineraries import enumerate_itineraries
from deliveryopt.solver.model import build_model, coverage_terms
from deliveryopt.solver.network import build_network
from deliveryopt.solver.propose import Proposal, propose
from deliveryopt.solver.result import (
    Listener,
    Progress,
    SolveOptions,
    SolveResult,
    Status,
    relative_gap,
    versions,
)
from deliveryopt.solver.search import (
    Limits,
    Outcome,
    SearchStatus,
    Values,
    relaxed_bound,
    search,
    whole_bound,
)
from deliveryopt.solver.to_plan import build_plan

NODES_WHEN_DETERMINISTIC = 5_000
"""Most nodes of each small search when the result may not depend on the clock."""
LARGE_NODES_WHEN_DETERMINISTIC = 20
"""The same for the whole model where it is large: its nodes are slow."""
PLAIN_COLUMNS = 3_000
"""Models up to this size are searched as they are, without looking point by point first."""
COVERAGE_TIME_SHARE = 0.6
"""Share of the time left for the greatest coverage, before cost."""
QUICK_S = 1e-3
"""A time limit below this asks for the quick plan: today's, if it meets the goal."""
FIRST_PLAN_S = 10.0
"""Longest search for the quick plan where today's delivery does not meet the goal, seconds."""
ANY_GAP = 0.99


def _stage_values(model: Model, today: Plan) -> Values | None:
    """Return today's delivery as column values, if it keeps every rule."""
    if verify(model.network.scenario, today).violations:
        return None
    return dict.fromkeys(model.keeps_today, 1)


@dataclass(slots=True)
class _Solve:
    """One solve under way."""

    model: Model
    limits: Limits
    started: float
    listener: Listener | None
    first: Values | None
    """Today's delivery, if it keeps every rule."""

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


def _no_plan(outcome: Outcome, *, truncated: tuple[str, ...]) -> SearchStatus:
    """Return the status of a search without a plan: after cutting, nothing is infeasible."""
    return "UNKNOWN" if truncated else outcome.status


def _checked(scenario: Scenario, plan: Plan, cost_ore: int) -> None:
    """Raise unless the verifier accepts a plan and its cost."""
    violations = verify(scenario, plan).violations
    if violations:
        message = "the plan found breaks rules: " + "; ".join(str(v) for v in violations[:5])
        raise PlanBreaksRuleError(message)
    recomputed = plan_cost_ore(scenario, plan)
    if recomputed != cost_ore:
        message = f"the plan found costs {recomputed} öre, not {cost_ore}"
        raise PlanBreaksRuleError(message)


def solve(
    scenario: Scenario,
    options: SolveOptions | None = None,
    *,
    stop: threading.Event | None = None,
    listener: Listener | None = None,
) -> SolveResult:
    """Return the best plan for a scenario's goal, and a proven bound.

    Parameters
    ----------
    scenario
        A valid scenario.
    options
        Limits; the defaults if None.
    stop
        Setting it ends the search soon and keeps the best plan.
    listener
        Called at every improvement, in the caller's thread.

    Returns
    -------
    SolveResult
        `OPTIMAL` if cost and bound are equal, `FEASIBLE` with a verified plan, `INFEASIBLE` only
        if it is proven that no plan exists, `UNKNOWN` if none was found in time.

    Raises
    ------
    PlanBreaksRuleError
        If the verifier refuses the plan found: our fault, and nobody is shown the plan.
    """
    options = options or SolveOptions()
    started = time.monotonic()
    stop = stop or threading.Event()
    nodes = NODES_WHEN_DETERMINISTIC if options.deterministic else None
    limits = Limits(started + options.time_limit_s, options.gap, options.seed, nodes, stop)
    today = todays_plan(scenario)
    if options.time_limit_s < QUICK_S:
        quick = _quick(scenario, today, options, started)
        return quick if quick.plan is not None else _first_plan(scenario, options, stop)
    built = _build(scenario, limits)
    if built is None:
        too_late = _quick(scenario, today, options, started)
        return replace(too_late, interrupted=stop.is_set(), reproducible=False)
    model, truncated, sizes = built
    work = _Solve(model, limits, started, listener, _stage_values(model, today))
    outcome, coverage_bound = _search_goal(work)
    seconds = time.monotonic() - started
    plan = None if outcome.values is None else build_plan(model, outcome.values)
    if plan is not None and outcome.objective is not None:
        _checked(scenario, plan, outcome.objective)
    return SolveResult(
        status=outcome.status if plan is not None else _no_plan(outcome, truncated=truncated),
        plan=plan,
        cost_ore=outcome.objective,
        bound_ore=outcome.bound,
        seconds=seconds,
        options=options,
        truncated=truncated,
        coverage_bound=coverage_bound,
        sizes=sizes,
        interrupted=stop.is_set(),
        reproducible=not outcome.stopped_by_clock,
        coverage_is_proven=_coverage_is_proven(model, outcome, coverage_bound),
    )


def _coverage_is_proven(model: Model, outcome: Outcome, bound: float | None) -> bool:
    """Return whether no plan covers more than the one found, where the goal asks for that."""
    if model.network.scenario.goal.kind == "least_cost":
        return True
    if outcome.values is None or bound is None:
        return False
    terms = coverage_terms(model, model.network.weight)
    covered = sum(terms.get(column, 0) * value for column, value in outcome.values.items())
    return round(bound * max(1, int(model.network.weight.sum()))) <= round(covered)


def _build(
    scenario: Scenario, limits: Limits
) -> tuple[Model, tuple[str, ...], dict[str, int]] | None:
    """Return the model, the lists that were cut and all sizes; None if time is up before."""
    network = build_network(scenario)
    detours = None if limits.are_reached else enumerate_detours(network)
    if detours is None:
        return None
    itineraries = None if limits.are_reached else enumerate_itineraries(network, detours)
    if itineraries is None or limits.are_reached:
        return None
    model = build_model(network, itineraries)
    sizes = {
        "services": sum(len(of_run) for of_run in detours.of_run),
        "rides": len(itineraries.direct)
        + len(itineraries.to_transfer)
        + len(itineraries.from_transfer),
        "columns": model.milp.num_columns,
        "rows": model.milp.num_rows,
    }
    return model, detours.truncated + itineraries.truncated, sizes


def _search_goal(work: _Solve) -> tuple[Outcome, float | None]:
    """Search for the scenario's goal; return the outcome in cost and the coverage bound."""
    best = work.by_point()
    if best.is_infeasible:
        return Outcome("INFEASIBLE", None, None, None, stopped_by_clock=False), None
    if work.model.network.scenario.goal.kind == "least_cost":
        return _cheapest_outcome(work, best), None
    return _widest_then_cheapest(work, best)


def _cheapest_outcome(work: _Solve, best: Proposal) -> Outcome:
    """Return the best of a proposal and a search of the plain model in the time left."""
    if best.cost_ore is not None and best.bound_ore is not None:
        gap = relative_gap(best.cost_ore, best.bound_ore)
        if gap is not None and gap <= work.limits.gap:
            status: SearchStatus = "OPTIMAL" if gap == 0 else "FEASIBLE"
            return Outcome(
                status, best.values, best.cost_ore, best.bound_ore, stopped_by_clock=False
            )
    return work.cheapest(best)


def _widest_then_cheapest(work: _Solve, best: Proposal) -> tuple[Outcome, float | None]:
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


def _quick(
    scenario: Scenario,
    today: Plan,
    options: SolveOptions,
    started: float,
) -> SolveResult:
    """Return today's delivery as the plan, if it keeps every rule."""
    keeps = not verify(scenario, today).violations
    return SolveResult(
        status="FEASIBLE" if keeps else "UNKNOWN",
        plan=today if keeps else None,
        cost_ore=plan_cost_ore(scenario, today) if keeps else None,
        bound_ore=None,
        seconds=time.monotonic() - started,
        options=options,
    )


def _first_plan(scenario: Scenario, options: SolveOptions, stop: threading.Event) -> SolveResult:
    """Return the first plan found soon, for a goal that today's delivery does not meet."""
    any_gap = replace(options, time_limit_s=FIRST_PLAN_S, gap=ANY_GAP)
    found = solve(scenario, any_gap, stop=stop)
    status: Status = found.status if found.plan is None else "FEASIBLE"
    return replace(found, status=status, options=options)


__all__ = [
    "Progress",
    "SolveOptions",
    "SolveResult",
    "relative_gap",
    "solve",
    "versions",
]
