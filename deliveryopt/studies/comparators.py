"""Other ways of delivering the same demand, so that a plan can be compared with them.

Each way is a plan of its own that the verifier accepts, found by the same solver in a scenario
with fewer choices, and measured at the scenario's own prices.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from deliveryopt.errors import DeliveryoptError, PlanBreaksRuleError
from deliveryopt.language import gettext as _
from deliveryopt.plan.metrics import measure
from deliveryopt.plan.plan import Plan
from deliveryopt.plan.today import todays_plan
from deliveryopt.plan.verify import verify
from deliveryopt.reports.bundle import Way, WayName, WayStatus, WhyNot
from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.result import Listener, Progress, SolveOptions, SolveResult
from deliveryopt.solver.solve import QUICK_S, solve
from deliveryopt.studies.narrower import improved, solve_narrower
from deliveryopt.studies.sequence import solve_in_sequence
from deliveryopt.studies.variants import (
    with_vans_only,
    without_goal,
    without_runs,
    without_todays_deliveries,
)

WayListener = Callable[[WayName, Progress], None]
"""Called with the way that is sought and what is known of it."""


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """What each way is asked."""

    scenario: Scenario
    together: SolveResult
    stop: threading.Event
    listener: WayListener | None

    def hear(self, name: WayName) -> Listener | None:
        """Return what is told about the search for one way."""
        listener = self.listener
        return None if listener is None else lambda progress: listener(name, progress)


def compare_ways(
    scenario: Scenario,
    together: SolveResult,
    options: SolveOptions,
    *,
    stop: threading.Event,
    listener: WayListener | None = None,
) -> tuple[Way, ...]:
    """Return other ways of delivering the same demand, and the plan itself.

    Parameters
    ----------
    scenario
        The scenario that was solved.
    together
        The result of solving it.
    options
        Limits of all other ways together: each gets an equal share of the time left. A
        deterministic search is limited by its work, and each may take the whole time limit.
    stop
        Setting it ends the search at once; ways that are missing then say so.
    listener
        Called at every improvement, in the caller's thread.

    Returns
    -------
    tuple of Way
        `today`, `vans_only`, `boxes_and_vans`, `boxes_then_routes` and `together`, in this order.
        If another way's plan is better for the goal than the one given, `together` has that plan.
    """
    asked = _Asked(scenario, together, stop, listener)
    ends = time.monotonic() + options.time_limit_s
    found: dict[WayName, Way] = {"today": _today(scenario)}
    num_left = sum(_absent(name, scenario) is None for name in SEARCHES)
    for name in SEARCHES:
        absent = _absent(name, scenario)
        if absent is not None:
            found[name] = absent
            continue
        share_s = max(0.0, ends - time.monotonic()) / num_left
        limits = options if options.deterministic else replace(options, time_limit_s=share_s)
        found[name] = _sought(asked, name, limits)
        num_left -= 1
    best = together
    for name in NARROWER:
        try:
            best = improved(scenario, best, found[name].plan)
        except DeliveryoptError as error:
            found[name] = _failed(name, error)
    found["together"] = _from_result("together", scenario, best, together.seconds, stop)
    cost_ore = found["together"].cost_ore_per_week
    return tuple(_beside(way, cost_ore) for way in found.values())


def with_best_plan(together: SolveResult, ways: tuple[Way, ...]) -> SolveResult:
    """Return the result with the plan of the way `together`, which may be a better one."""
    way = next((way for way in ways if way.name == "together"), None)
    if way is None or way.plan is together.plan:
        return together
    return replace(
        together,
        status="OPTIMAL" if way.status == "OPTIMAL" else "FEASIBLE",
        plan=way.plan,
        cost_ore=way.cost_ore_per_week,
    )


def saving_ore(ways: tuple[Way, ...], against: WayName = "boxes_then_routes") -> int | None:
    """Return what deciding together saves against another way, öre a week.

    Returns
    -------
    int | None
        The other way's cost minus that of `together`; None if one of them has no plan. The two
        may cover different shares of the inhabitants.
    """
    return next((way.above_together_ore_per_week for way in ways if way.name == against), None)


def _beside(way: Way, cost_ore: int | None) -> Way:
    """Return a way with its cost above that of the plan."""
    if way.cost_ore_per_week is None or cost_ore is None:
        return way
    return replace(way, above_together_ore_per_week=way.cost_ore_per_week - cost_ore)


def _absent(name: WayName, scenario: Scenario) -> Way | None:
    """Return a way that the scenario has nothing for, and what is missing; else None."""
    why: WhyNot | None = None
    if name in {"vans_only", "boxes_and_vans"} and not scenario.vans:
        why = "no van in the scenario"
    elif name == "vans_only" and not scenario.homes:
        why = "no home order in the scenario"
    return None if why is None else Way(name, "ABSENT", 0.0, why)


def _sought(asked: _Asked, name: WayName, limits: SolveOptions) -> Way:
    """Return a way that was sought; a fault of ours in it does not lose the plan."""
    started = time.monotonic()
    if asked.stop.is_set() or limits.time_limit_s < QUICK_S:
        return Way(name, "UNKNOWN", 0.0, _missing("UNKNOWN", asked.stop))
    try:
        way = SEARCHES[name](asked, limits)
    except Exception as error:  # noqa: BLE001  told; a comparison must not cost the plan
        way = _failed(name, error)
    return replace(way, seconds=time.monotonic() - started)


def _failed(name: WayName, error: Exception) -> Way:
    """Return a way that was lost by a fault of ours."""
    return Way(name, "UNKNOWN", 0.0, "failed", trouble=f"{type(error).__name__}: {error}")


def _today(scenario: Scenario) -> Way:
    """Return today's delivery; what the goal asks for is not asked of it."""
    plan = todays_plan(scenario)
    violations = verify(without_goal(scenario), plan).violations
    if violations:
        raise PlanBreaksRuleError("; ".join(str(violation) for violation in violations[:5]))
    return _with_plan(Way("today", "GIVEN", 0.0), scenario, plan)


def _vans_only(asked: _Asked, limits: SolveOptions) -> Way:
    """Return the way in which vans drive home orders and villages collect as today."""
    own = with_vans_only(asked.scenario)
    result = solve(own, limits, stop=asked.stop, listener=asked.hear("vans_only"))
    measured_in = without_todays_deliveries(asked.scenario)
    return _from_result("vans_only", measured_in, result, result.seconds, asked.stop)


def _boxes_and_vans(asked: _Asked, limits: SolveOptions) -> Way:
    """Return the way in which boxes are fed by vans alone."""
    result = solve_narrower(
        without_runs(asked.scenario),
        asked.together,
        limits,
        stop=asked.stop,
        listener=asked.hear("boxes_and_vans"),
    )
    return _from_result("boxes_and_vans", asked.scenario, result, result.seconds, asked.stop)


def _boxes_then_routes(asked: _Asked, limits: SolveOptions) -> Way:
    """Return the usual sequence."""
    name: WayName = "boxes_then_routes"
    ended = solve_in_sequence(
        asked.scenario, asked.together, limits, stop=asked.stop, listener=asked.hear(name)
    )
    if ended.result is None:
        status: WayStatus = "INFEASIBLE" if ended.is_proven else "UNKNOWN"
        why = (
            "no transport for the places chosen"
            if ended.is_proven
            else _missing(status, asked.stop)
        )
        return Way(name, status, 0.0, why, reproducible=ended.reproducible)
    way = _from_result(name, asked.scenario, ended.result, 0.0, asked.stop)
    status = way.status if ended.is_proven else "FEASIBLE"
    return replace(way, status=status, repaired=ended.repaired, reproducible=ended.reproducible)


SEARCHES: Final[dict[WayName, Callable[[_Asked, SolveOptions], Way]]] = {
    "vans_only": _vans_only,
    "boxes_and_vans": _boxes_and_vans,
    "boxes_then_routes": _boxes_then_routes,
}
"""How each way other than today and the plan is sought, in the order of the report."""

NARROWER: Final[tuple[WayName, ...]] = ("boxes_and_vans", "boxes_then_routes")
"""Ways whose plans keep every rule of the scenario itself."""


def _missing(status: WayStatus, stop: threading.Event) -> WhyNot:
    """Return why a search found no plan."""
    if status == "INFEASIBLE":
        return "proven impossible"
    return "stopped" if stop.is_set() else "not found in time"


def _from_result(
    name: WayName, scenario: Scenario, result: SolveResult, seconds: float, stop: threading.Event
) -> Way:
    """Return a way from the solver's result, measured in a scenario."""
    way = Way(
        name,
        result.status,
        seconds,
        truncated=result.truncated,
        reproducible=result.reproducible,
    )
    if result.plan is None:
        return replace(way, why=_missing(result.status, stop))
    way = _with_plan(way, scenario, result.plan)
    if way.cost_ore_per_week != result.cost_ore:
        message = _("{way} costs {cost} öre a week, not {expected}")
        told = message.format(way=name, cost=way.cost_ore_per_week, expected=result.cost_ore)
        raise PlanBreaksRuleError(told)
    return replace(way, bound_ore_per_week=result.bound_ore)


def _with_plan(way: Way, scenario: Scenario, plan: Plan) -> Way:
    """Return a way with its plan and figures."""
    metrics = measure(scenario, plan)
    return replace(way, plan=plan, metrics=metrics, cost_ore_per_week=metrics.cost_ore_per_week)
