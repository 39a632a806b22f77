"""Why no plan exists: the fewest demands that cannot be met together, and the best that can.

Demands are what the scenario asks for beyond the rules of transport: goal, pins, limits on boxes,
runs that may not be used. They are left out one at a time and the rest is solved again; one that
can be left out without a plan appearing plays no part. So what is left conflicts, and without any
one of it there is a plan.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from deliveryopt.plan.metrics import measure
from deliveryopt.plan.reasons import Unserved
from deliveryopt.plan.today import todays_plan
from deliveryopt.scenario.changes import replaced, with_greatest_coverage
from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.explain import explain_unserved
from deliveryopt.solver.result import (
    ANY_COST_GAP,
    NO_BUDGET_SEK_PER_YEAR,
    SolveOptions,
    SolveResult,
)
from deliveryopt.solver.search import Limits
from deliveryopt.solver.solve import solve
from deliveryopt.units import WEEKS_PER_YEAR, sek_from_ore

DemandKind = Literal[
    "coverage", "budget", "must_serve", "must_open", "must_not", "max_boxes", "operator", "run"
]
ONE_TEST_S: Final = 20.0
"""Longest search of one test, seconds."""
NEAR_GAP: Final = 0.002
"""Gap at which the search for the least budget ends."""
MOST_ALONE: Final = 40
"""Most demands that are tested one at a time; those of larger kinds stand or fall together."""


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that the scenario asks for, or one kind of many such things."""

    kind: DemandKind
    names: tuple[str, ...] = ()
    """Villages, sites, operators or runs; empty for coverage, budget and the number of boxes."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Demands that cannot be met together."""

    demands: tuple[Demand, ...]
    """Without any one of them there is a plan, where that is checked."""
    is_checked: bool
    """Whether each of them was seen to be needed: without it a plan was found."""
    coverage_share: float | None = None
    """Greatest coverage of any plan that meets the other demands; None if not proven."""
    budget_sek_per_year: float | None = None
    """A budget that is enough: a plan was found for it; None if none was looked for or found."""
    least_budget_sek_per_year: float | None = None
    """No plan meets the other demands for less; None if nothing is proven."""
    unserved: tuple[Unserved, ...] = ()
    """Why villages that must be served cannot be, where such a demand is part of it."""


def demands_of(scenario: Scenario) -> tuple[Demand, ...]:
    """Return everything that a scenario asks for beyond the rules of transport."""
    goal, rules = scenario.goal, scenario.rules
    found: list[Demand] = []
    if goal.coverage_share:
        found.append(Demand("coverage"))
    if goal.budget_sek_per_year is not None:
        found.append(Demand("budget"))
    if rules.max_boxes is not None:
        found.append(Demand("max_boxes"))
    lists: tuple[tuple[DemandKind, list[str]], ...] = (
        ("operator", [limit.operator for limit in rules.max_boxes_per_operator]),
        ("must_serve", [one.id for one in scenario.villages if one.must_serve]),
        ("must_open", [p.id for p in scenario.pickup_points if p.state == "must_open"]),
        ("must_not", [p.id for p in scenario.pickup_points if p.state == "must_not"]),
        ("run", list(rules.unusable_runs)),
    )
    for kind, names in lists:
        if len(names) > MOST_ALONE:
            found.append(Demand(kind, tuple(names)))
        else:
            found += [Demand(kind, (name,)) for name in names]
    return tuple(found)


def asking_only(scenario: Scenario, demands: Sequence[Demand]) -> Scenario:
    """Return a scenario that asks for some of its demands and nothing else."""
    kinds = {demand.kind for demand in demands}
    names = {(demand.kind, name) for demand in demands for name in demand.names}
    goal, rules = scenario.goal, scenario.rules
    asked = replaced(
        goal,
        kind="least_cost",
        coverage_share=goal.coverage_share if "coverage" in kinds else 0.0,
        budget_sek_per_year=goal.budget_sek_per_year if "budget" in kinds else None,
    )
    kept = replaced(
        rules,
        max_boxes=rules.max_boxes if "max_boxes" in kinds else None,
        max_boxes_per_operator=tuple(
            one for one in rules.max_boxes_per_operator if ("operator", one.operator) in names
        ),
        unusable_runs=tuple(run for run in rules.unusable_runs if ("run", run) in names),
    )
    points = tuple(
        replaced(point, state="optional")
        if point.state != "optional" and (point.state, point.id) not in names
        else point
        for point in scenario.pickup_points
    )
    villages = tuple(
        replaced(one, must_serve=False)
        if one.must_serve and ("must_serve", one.id) not in names
        else one
        for one in scenario.villages
    )
    return replaced(scenario, goal=asked, rules=kept, pickup_points=points, villages=villages)


def find_conflict(
    scenario: Scenario, options: SolveOptions, *, stop: threading.Event | None = None
) -> Conflict:
    """Return demands of an infeasible scenario that cannot be met together, and what can.

    Parameters
    ----------
    scenario
        A scenario that is proven to have no plan.
    options
        Limits of everything together.
    stop
        Setting it ends the search soon.
    """
    stop = stop or threading.Event()
    ask = _asker(options, stop)
    core = list(demands_of(scenario))
    is_checked = True
    for demand in tuple(core):
        rest = [one for one in core if one is not demand]
        result = ask(asking_only(scenario, rest))
        if result.status == "INFEASIBLE":
            core = rest
        elif result.plan is None:
            is_checked = False
    conflict = Conflict(tuple(core), is_checked)
    return _with_best(scenario, conflict, ask, _limits(options, stop))


Ask = Callable[..., SolveResult]


def _asker(options: SolveOptions, stop: threading.Event) -> Ask:
    """Return what solves a scenario to its first plan, within what is left of the time."""
    deadline = time.monotonic() + options.time_limit_s

    def ask(scenario: Scenario, gap: float = ANY_COST_GAP) -> SolveResult:
        seconds = min(ONE_TEST_S, max(0.01, deadline - time.monotonic()))
        limits = replace(options, time_limit_s=seconds, gap=gap)
        return solve(scenario, limits, stop=stop)

    return ask


def _limits(options: SolveOptions, stop: threading.Event) -> Limits:
    """Return the limits of explaining villages that must be served."""
    deadline = time.monotonic() + max(ONE_TEST_S, options.time_limit_s / 2)
    return Limits(deadline, 0.0, options.seed, None, stop)


def _with_best(scenario: Scenario, conflict: Conflict, ask: Ask, limits: Limits) -> Conflict:
    """Return a conflict with the best that is possible of each demand in it."""
    kinds = {demand.kind for demand in conflict.demands}
    others = [one for one in demands_of(scenario) if one.kind not in {"coverage", "budget"}]
    if "coverage" in kinds:
        conflict = _with_coverage(scenario, conflict, others, ask)
    if "budget" in kinds:
        conflict = _with_budget(scenario, conflict, ask)
    must = {name for one in conflict.demands if one.kind == "must_serve" for name in one.names}
    if must:
        free = asking_only(scenario, ())
        unserved = explain_unserved(free, todays_plan(free), limits, only=must)
        conflict = replace(conflict, unserved=unserved)
    return conflict


def _with_coverage(
    scenario: Scenario, conflict: Conflict, others: Sequence[Demand], ask: Ask
) -> Conflict:
    """Return a conflict with the greatest coverage that keeps the other demands."""
    budget = scenario.goal.budget_sek_per_year
    asked = asking_only(scenario, others)
    within = NO_BUDGET_SEK_PER_YEAR if budget is None else budget
    result = ask(with_greatest_coverage(asked, budget_sek_per_year=within))
    if result.plan is None or not result.coverage_is_proven or result.truncated:
        return conflict
    return replace(conflict, coverage_share=result.coverage_bound)


def _with_budget(scenario: Scenario, conflict: Conflict, ask: Ask) -> Conflict:
    """Return a conflict with a budget that is enough, and what is proven of the least one."""
    rest = [one for one in demands_of(scenario) if one.kind != "budget"]
    asked = asking_only(scenario, rest)
    result = ask(asked, NEAR_GAP)
    if result.cost_ore is None:
        return conflict
    today_ore = measure(scenario, todays_plan(scenario)).cost_ore_per_week
    enough = _yearly_sek(result.cost_ore - today_ore)
    least = None if result.bound_ore is None else _yearly_sek(result.bound_ore - today_ore)
    return replace(conflict, budget_sek_per_year=enough, least_budget_sek_per_year=least)


def _yearly_sek(above_today_ore: int) -> float:
    """Return a weekly cost above today as SEK a year, not below 0."""
    return sek_from_ore(max(0, above_today_ore) * WEEKS_PER_YEAR)
