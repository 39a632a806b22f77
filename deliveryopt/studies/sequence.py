"""The usual sequence: first where boxes stand, then how parcels come there.

The first step (`solver/location.py`) knows nothing of transport. Its sites then stand, other sites
stay closed, the villages that it covers must be covered, and everything else is decided together:
box sizes, where villages collect among the open sites and agents, runs, vans and home orders. So
the sequence is given more freedom than it usually has, and what deciding all at once saves is
rather too low than too high.

Where transport cannot do what the first step wants, the sequence is repaired:

- `least_cost`: the villages that no transport supplies at the chosen sites are barred from them,
  and the first step chooses again, a few times at most.
- `greatest_coverage`: of the chosen sites, those stay that transport can supply and the budget
  pays for.
"""

import threading
import time
from dataclasses import dataclass, replace

from deliveryopt.plan.metrics import measure
from deliveryopt.plan.plan import Plan
from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.location import Places, choose_places
from deliveryopt.solver.result import NO_BUDGET_SEK_PER_YEAR, Listener, SolveOptions, SolveResult
from deliveryopt.solver.solve import QUICK_S, solve
from deliveryopt.studies.narrower import solve_narrower
from deliveryopt.studies.variants import at_sites, with_most_coverage

MOST_ROUNDS = 5
"""Most choices of places."""
FIRST_STEP_SHARE = 0.3
"""Share of the time left for choosing places."""
ANY_COST_GAP = 0.9
"""Where only coverage matters, the search for the least cost may end at the first plan."""


@dataclass(frozen=True, slots=True, eq=False)
class InSequence:
    """How the sequence ended."""

    result: SolveResult | None
    """The second step with a plan; None if there is none."""
    is_proven: bool
    """Whether the first step is proven best; without a plan, whether each choice is impossible."""
    repaired: tuple[str, ...]
    """Villages that the first step gave a place where transport or budget did not let it stay."""
    reproducible: bool
    """Whether the clock played no part."""


@dataclass(frozen=True, slots=True, eq=False)
class _Work:
    """What is asked, and how long."""

    scenario: Scenario
    together: SolveResult
    options: SolveOptions
    stop: threading.Event
    listener: Listener | None
    ends: float

    def limits(self, share: float = 1.0) -> SolveOptions:
        """Return limits with a share of the time left; the whole if the clock may play no part."""
        if self.options.deterministic:
            return self.options
        return replace(self.options, time_limit_s=max(QUICK_S, share * self.left_s))

    @property
    def left_s(self) -> float:
        """Return the seconds left, not below zero."""
        if self.options.deterministic:
            return self.options.time_limit_s
        return max(0.0, self.ends - time.monotonic())

    def is_over(self) -> bool:
        """Return whether it is time to stop."""
        return self.stop.is_set() or self.left_s < QUICK_S


def solve_in_sequence(
    scenario: Scenario,
    together: SolveResult,
    options: SolveOptions,
    *,
    stop: threading.Event,
    listener: Listener | None = None,
) -> InSequence:
    """Return the best plan for the places that a model without transport chooses.

    Parameters
    ----------
    scenario
        A valid scenario.
    together
        The result of solving it, all at once.
    options
        Limits of the whole sequence; of each search if it is deterministic.
    stop
        Setting it ends the search soon.
    listener
        Called at every improvement of the second step.
    """
    work = _Work(
        scenario, together, options, stop, listener, time.monotonic() + options.time_limit_s
    )
    if scenario.goal.kind == "greatest_coverage":
        return _within_budget(work)
    return _as_often_as_needed(work)


def _within_budget(work: _Work) -> InSequence:
    """Choose the widest places once and keep of them what transport and budget allow."""
    if work.is_over():
        return _none(is_proven=False)
    places = choose_places(work.scenario, work.limits(FIRST_STEP_SHARE), stop=work.stop)
    if places.status in {"INFEASIBLE", "UNKNOWN"} or work.is_over():
        return _none(is_proven=places.status == "INFEASIBLE", reproducible=places.reproducible)
    result = _routes(work, at_sites(work.scenario, places.sites))
    reproducible = places.reproducible and result.reproducible
    if result.plan is None:
        return _none(is_proven=result.status == "INFEASIBLE", reproducible=reproducible)
    lost = places.covered - _covered(work.scenario, result.plan)
    return InSequence(result, places.status == "OPTIMAL", tuple(sorted(lost)), reproducible)


def _as_often_as_needed(work: _Work) -> InSequence:
    """Choose the cheapest places, and choose again while transport cannot supply them."""
    barred: set[tuple[str, str]] = set()
    is_proven = reproducible = True
    for _ in range(MOST_ROUNDS):
        if work.is_over():
            return _none(is_proven=False, reproducible=reproducible)
        places = choose_places(
            work.scenario, work.limits(FIRST_STEP_SHARE), stop=work.stop, barred=barred
        )
        reproducible &= places.reproducible
        if places.status == "INFEASIBLE":
            break
        if places.status == "UNKNOWN" or work.is_over():
            return _none(is_proven=False, reproducible=reproducible)
        result = _routes(work, _standing(work.scenario, places))
        reproducible &= result.reproducible
        if result.plan is not None:
            moved = tuple(sorted({village for village, _ in barred}))
            return InSequence(result, places.status == "OPTIMAL", moved, reproducible)
        is_proven &= result.status == "INFEASIBLE"
        more = set() if work.is_over() else _not_supplied(work, places)
        if not more:
            break
        barred |= more
    return _none(is_proven=is_proven, reproducible=reproducible)


def _standing(scenario: Scenario, places: Places) -> Scenario:
    """Return a scenario in which the places are settled: sites, and which villages are covered."""
    asked = {village.id for village in scenario.villages if village.inhabitants}
    asked |= {village.id for village in scenario.villages if village.must_serve}
    return at_sites(scenario, places.sites, places.covered & asked)


def _routes(work: _Work, scenario: Scenario) -> SolveResult:
    """Decide everything but the places."""
    return solve_narrower(
        scenario, work.together, work.limits(), stop=work.stop, listener=work.listener
    )


def _not_supplied(work: _Work, places: Places) -> set[tuple[str, str]]:
    """Return villages that no transport supplies at the open sites, with each of these sites."""
    open_sites = at_sites(work.scenario, places.sites)
    asked = with_most_coverage(open_sites, budget_sek_per_year=NO_BUDGET_SEK_PER_YEAR)
    limits = replace(work.limits(FIRST_STEP_SHARE), gap=ANY_COST_GAP)
    result = solve(asked, limits, stop=work.stop)
    if result.plan is None:
        return set()
    covered = _covered(asked, result.plan)
    return {
        (village, site)
        for village in places.collections
        if village in places.covered - covered
        for site in places.sites
    }


def _covered(scenario: Scenario, plan: Plan) -> set[str]:
    """Return the villages that a plan covers."""
    return {row.village for row in measure(scenario, plan).village_rows if row.covered}


def _none(*, is_proven: bool, reproducible: bool = True) -> InSequence:
    """Return a sequence that ended without a plan."""
    return InSequence(None, is_proven, (), reproducible)
