"""SolveResult -> Bundle: what every report reads of a solved scenario."""

from math import ceil

from deliveryopt.plan.figures import Metrics
from deliveryopt.plan.metrics import compare_with_today, measure
from deliveryopt.plan.today import todays_plan
from deliveryopt.reports.bundle import Bundle, Proof, Way
from deliveryopt.scenario.load import scenario_hash
from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.result import SolveResult, versions

COVERAGE_STEPS = 1_000_000
ROUNDING = 1e-6


def _bound_as_told(bound: float | None, metrics: Metrics) -> float | None:
    """Return the coverage bound to as many decimals as the coverage itself, never below it."""
    if bound is None:
        return None
    rounded = ceil(bound * COVERAGE_STEPS - ROUNDING) / COVERAGE_STEPS
    near = abs(rounded - metrics.weighted_coverage_share) < 2 / COVERAGE_STEPS
    return metrics.weighted_coverage_share if near else rounded


def bundle_of(scenario: Scenario, result: SolveResult, ways: tuple[Way, ...] = ()) -> Bundle:
    """Return what every report reads.

    Raises
    ------
    ValueError
        If the result has no plan.
    """
    if result.plan is None or result.cost_ore is None:
        message = f"a result with status {result.status} has no plan to study or report"
        raise ValueError(message)
    metrics = measure(scenario, result.plan)
    today = measure(scenario, todays_plan(scenario))
    proof = Proof(
        status="OPTIMAL" if result.status == "OPTIMAL" else "FEASIBLE",
        cost_ore_per_week=result.cost_ore,
        bound_ore_per_week=result.bound_ore,
        gap=result.gap,
        coverage_bound_share=_bound_as_told(result.coverage_bound, metrics),
        truncated=result.truncated,
        seconds=result.seconds,
        seed=result.options.seed,
        interrupted=result.interrupted,
        versions=versions(),
    )
    return Bundle(
        scenario=scenario,
        scenario_sha256=scenario_hash(scenario),
        plan=result.plan,
        proof=proof,
        metrics=metrics,
        today=today,
        comparison=compare_with_today(metrics, today),
        ways=ways,
    )
