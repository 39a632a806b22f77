"""Solving a scenario with fewer choices when the wider one has been solved.

The wider one's plan may keep the rules of the narrower one, and no plan of the narrower one costs
less than the wider one's bound. So a way is never made to look dear by a shorter search.
"""

import threading
from dataclasses import replace
from fractions import Fraction

from deliveryopt.errors import PlanBreaksRuleError
from deliveryopt.language import gettext as _
from deliveryopt.plan.metrics import measure
from deliveryopt.plan.plan import Plan
from deliveryopt.plan.verify import verify
from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.result import Listener, SolveOptions, SolveResult, Status
from deliveryopt.solver.solve import solve


def solve_narrower(
    scenario: Scenario,
    wider: SolveResult,
    options: SolveOptions,
    *,
    stop: threading.Event,
    listener: Listener | None = None,
) -> SolveResult:
    """Return the best plan for a scenario that only takes choices away from a solved one.

    Parameters
    ----------
    scenario
        A scenario with the same kind of goal and prices as the solved one, each plan of which
        keeps the solved one's rules.
    wider
        The result of the solved one.
    options
        Limits of the search.
    stop
        Setting it ends the search soon.
    listener
        Called at every improvement.

    Raises
    ------
    PlanBreaksRuleError
        If a plan costs less than a proven bound: our fault.
    """
    known = _kept_by(scenario, wider)
    if known is not None and known.status == "OPTIMAL":
        return known
    result = solve(scenario, options, stop=stop, listener=listener)
    if known is not None and is_better(scenario, known.plan, result.plan):
        reproducible = known.reproducible and result.reproducible
        result = replace(
            result,
            status="FEASIBLE",
            plan=known.plan,
            cost_ore=known.cost_ore,
            reproducible=reproducible,
            coverage_is_proven=scenario.goal.kind == "least_cost",
        )
    return _with_bound_of(scenario, wider, result)


def _kept_by(scenario: Scenario, wider: SolveResult) -> SolveResult | None:
    """Return the wider scenario's result if its plan keeps the narrower one's rules."""
    if wider.plan is None or verify(scenario, wider.plan).violations:
        return None
    return wider


def is_better(scenario: Scenario, plan: Plan | None, than: Plan | None) -> bool:
    """Return whether a plan is better for a scenario's goal than another one, or than none."""
    if plan is None or than is None:
        return plan is not None
    return _worth(scenario, plan) > _worth(scenario, than)


def improved(scenario: Scenario, wider: SolveResult, plan: Plan | None) -> SolveResult:
    """Return a scenario's result with a plan of a narrower one, if that is better.

    Raises
    ------
    PlanBreaksRuleError
        If the plan breaks a rule, or costs less than the proven bound: our fault.
    """
    if plan is None or not is_better(scenario, plan, wider.plan):
        return wider
    violations = verify(scenario, plan).violations
    if violations:
        raise PlanBreaksRuleError("; ".join(str(violation) for violation in violations[:5]))
    better = replace(
        wider, status="FEASIBLE", plan=plan, cost_ore=measure(scenario, plan).cost_ore_per_week
    )
    return _with_bound_of(scenario, wider, better)


def _worth(scenario: Scenario, plan: Plan) -> tuple[Fraction, int]:
    """Return what the goal asks for, the greater the better."""
    metrics = measure(scenario, plan)
    covered = Fraction(0)
    if scenario.goal.kind == "greatest_coverage":
        weight = {
            village.id: village.inhabitants * Fraction(str(village.priority))
            for village in scenario.villages
        }
        rows = (row for row in metrics.village_rows if row.covered)
        covered = sum((weight[row.village] for row in rows), covered)
    return covered, -metrics.cost_ore_per_week


def _with_bound_of(scenario: Scenario, wider: SolveResult, result: SolveResult) -> SolveResult:
    """Return a result with the better of both bounds; for coverage each has a bound of its own."""
    if scenario.goal.kind == "greatest_coverage" or wider.truncated or result.cost_ore is None:
        return result
    bounds = [bound for bound in (wider.bound_ore, result.bound_ore) if bound is not None]
    bound_ore = max(bounds, default=None)
    if bound_ore is not None and bound_ore > result.cost_ore:
        message = _("a plan costs {cost} öre a week, below the proven bound {bound}")
        raise PlanBreaksRuleError(message.format(cost=result.cost_ore, bound=bound_ore))
    status: Status = "OPTIMAL" if bound_ore == result.cost_ore else result.status
    is_of_whole = bound_ore is not None and bound_ore == wider.bound_ore
    truncated = () if is_of_whole else result.truncated
    return replace(result, bound_ore=bound_ore, status=status, truncated=truncated)
