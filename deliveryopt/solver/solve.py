"""Scenario -> SolveResult: the best verified plan and a proven bound.

The whole solve reads on one screen: build the model, search for the goal's first aim and then for
the second, and keep the best plan that the verifier accepts.
"""

import threading
import time
from dataclasses import replace

from deliveryopt.errors import PlanBreaksRuleError
from deliveryopt.language import gettext as _
from deliveryopt.plan.plan import Plan
from deliveryopt.plan.today import todays_plan
from deliveryopt.plan.verify import plan_cost_ore, verify
from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.aims import PLAIN_COLUMNS, Aims, coverage_is_proven, search_goal
from deliveryopt.solver.built import Built, Kept
from deliveryopt.solver.columns import Model
from deliveryopt.solver.from_plan import counted, keep_routes_of, values_of
from deliveryopt.solver.model import covered_weight
from deliveryopt.solver.result import (
    Listener,
    Progress,
    SolveOptions,
    SolveResult,
    Status,
    relative_gap,
    versions,
)
from deliveryopt.solver.search import Limits, Outcome, SearchStatus, Values
from deliveryopt.solver.to_plan import build_plan
from deliveryopt.solver.turns import search_with_vans

NODES_WHEN_DETERMINISTIC = 5_000
"""Most nodes of each small search when the result may not depend on the clock."""
QUICK_S = 1e-3
"""A time limit below this asks for the quick plan: today's, if it meets the goal."""
FIRST_PLAN_S = 10.0
"""Longest search for the quick plan where today's delivery does not meet the goal, seconds."""
ANY_GAP = 0.99


def _stage_values(model: Model, today: Plan) -> Values | None:
    """Return today's delivery as column values, if it keeps every rule."""
    if verify(model.network.scenario, today).violations:
        return None
    return model.todays_values


def _begun(
    built: Built, today: Plan, start: Plan | None, limits: Limits
) -> tuple[Model, Values | None]:
    """Return the model, and in it the plan to begin with; today's delivery may do as one."""
    if start is not None and verify(built.fleet.network.scenario, start).violations:
        start = None
    if start is not None:
        keep_routes_of(built.fleet, start)
    model = built.model()
    return model, _first_values(model, today, start, limits)


def _first_values(model: Model, today: Plan, start: Plan | None, limits: Limits) -> Values | None:
    """Return the better of today's delivery and a plan to begin with, as column values."""
    first = _stage_values(model, today)
    values = None if start is None else values_of(model, start)
    begun = None if values is None else counted(model, values, limits)
    if begun is None or first is None:
        return first if begun is None else begun

    def worth(values: Values) -> tuple[int, float]:
        widest = model.network.scenario.goal.kind == "greatest_coverage"
        covered = covered_weight(model, values) if widest else 0
        return covered, -sum(model.cost_terms.get(c, 0) * v for c, v in values.items())

    return max(first, begun, key=worth)


def _no_plan(outcome: Outcome, *, truncated: tuple[str, ...]) -> SearchStatus:
    """Return the status of a search without a plan: after cutting, nothing is infeasible."""
    return "UNKNOWN" if truncated else outcome.status


def _checked(scenario: Scenario, plan: Plan, cost_ore: int) -> None:
    """Raise unless the verifier accepts a plan and its cost."""
    violations = verify(scenario, plan).violations
    if violations:
        broken = "; ".join(str(violation) for violation in violations[:5])
        message = _("the plan found breaks rules: {rules}").format(rules=broken)
        raise PlanBreaksRuleError(message)
    recomputed = plan_cost_ore(scenario, plan)
    if recomputed != cost_ore:
        message = _("the plan found costs {cost} öre, not {expected}")
        raise PlanBreaksRuleError(message.format(cost=recomputed, expected=cost_ore))


def solve(
    scenario: Scenario,
    options: SolveOptions | None = None,
    *,
    stop: threading.Event | None = None,
    listener: Listener | None = None,
    start: Plan | None = None,
    kept: Kept | None = None,
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
    start
        A plan to begin with; one that breaks a rule or that the model cannot hold is left out.
    kept
        What was built for the scenario that was solved with it last. The same scenario with another
        goal is not built again: the goal's rows are exchanged.

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
    built = (kept or Kept()).built(scenario, limits)
    if built is None:
        too_late = _quick(scenario, today, options, started)
        return replace(too_late, interrupted=stop.is_set(), reproducible=False)
    fleet = built.fleet
    model, first = _begun(built, today, start, limits)
    work = Aims(model, limits, started, listener, first)
    if fleet.is_complete and (not fleet.routes or model.milp.num_columns <= PLAIN_COLUMNS):
        outcome, coverage_bound = search_goal(work)
    else:
        model, outcome, coverage_bound = search_with_vans(work, fleet)
    seconds = time.monotonic() - started
    plan = None if outcome.values is None else build_plan(model, outcome.values)
    if plan is not None and outcome.objective is not None:
        _checked(scenario, plan, outcome.objective)
    return SolveResult(
        status=outcome.status if plan is not None else _no_plan(outcome, truncated=built.truncated),
        plan=plan,
        cost_ore=outcome.objective,
        bound_ore=outcome.bound,
        seconds=seconds,
        options=options,
        truncated=built.truncated,
        coverage_bound=coverage_bound,
        sizes=built.sizes | {"columns": model.milp.num_columns, "rows": model.milp.num_rows},
        interrupted=stop.is_set(),
        reproducible=not outcome.stopped_by_clock,
        coverage_is_proven=coverage_is_proven(model, outcome, coverage_bound),
    )


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
