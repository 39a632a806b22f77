"""Many changed scenarios solved within one limit, side by side, and merged with what is known.

Each case is a scenario that differs a little from one that has been solved. A plan that is known
to keep its rules is never lost: the search can only do better.
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final

from deliveryopt.errors import PlanBreaksRuleError, UsageError
from deliveryopt.language import gettext as _
from deliveryopt.plan.figures import Metrics
from deliveryopt.plan.metrics import measure
from deliveryopt.plan.plan import Plan
from deliveryopt.plan.verify import verify
from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.result import Progress, SolveOptions, SolveResult
from deliveryopt.solver.solve import QUICK_S
from deliveryopt.studies.kept_plan import kept_plan
from deliveryopt.studies.narrower import is_better
from deliveryopt.studies.workers import Answer, Job, Workers

SEARCH_SHARE: Final = 0.9
"""Share of the time for searches; the rest is for offering each case the plans of all others."""
_ROUNDING_SHARE: Final = 2e-6
_ROUNDING_INHABITANTS: Final = 0.4
"""Bounds of coverage may be rounded to millionths; a difference below both is none."""

CaseListener = Callable[[str, Progress], None]
"""Called with the name of a case that is sought and what is known of it."""


@dataclass(frozen=True, slots=True)
class StudyOptions:
    """How long and how exactly to search many cases."""

    seconds: float = 300.0
    """Limit of all searches together; of each search if it is deterministic."""
    least_seconds: float = 15.0
    """Least time of a search: where there is not so much for each case, the last ones are not
    sought at all."""
    seed: int = 1
    gap: float = 0.0
    """Relative gap between cost and bound at which a search may stop."""
    deterministic: bool = False
    """Whether the search is limited by its own work rather than the clock; then one at a time."""
    processes: int = 2
    """Searches at a time, each in a process of its own; 1 means in this process."""

    def __post_init__(self) -> None:
        """Refuse what means nothing."""
        SolveOptions(self.seconds, self.gap, self.seed)
        SolveOptions(self.least_seconds)
        if self.processes < 1:
            message = _(
                "{count!r} processes: at least one must search.\n    Write 1 or 2  [DO-U033]"
            )
            raise UsageError(message.format(count=self.processes))


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What is known of a case before it is sought, or after."""

    scenario: Scenario
    plan: Plan | None = None
    """The best plan known, which keeps every rule; None if none is known."""
    metrics: Metrics | None = None
    """Its figures."""
    is_best: bool = False
    """Whether it is proven that no plan is better."""
    is_impossible: bool = False
    """Whether it is proven that there is no plan."""
    bound_ore: int | None = None
    """No plan that covers as much costs less, öre a week; None if nothing is proven."""
    coverage_bound_share: float | None = None
    """No plan covers more, weighted; None if nothing is proven or it is not asked for."""
    truncated: tuple[str, ...] = ()
    seconds: float = 0.0
    trouble: str = ""
    """What went wrong in the search: our fault."""
    is_sought: bool = False
    """Whether it was sought at all."""
    reproducible: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A changed scenario to solve, the most important ones first."""

    name: str
    known: Known
    gap: float | None = None
    """Gap at which this search may stop, if not as all."""


def left_s(options: StudyOptions, started: float, share: float = 1.0) -> float:
    """Return the seconds left of a share of the limit; the whole limit if the clock plays no part.

    Parameters
    ----------
    options
        Limits.
    started
        When the study began, on the monotonic clock.
    share
        Share of the limit that may be used until then.
    """
    if options.deterministic:
        return options.seconds
    return max(0.0, options.seconds * share - (time.monotonic() - started))


def known_plan(scenario: Scenario, plan: Plan) -> Known:
    """Return a case with a plan, if the plan keeps every rule of its scenario."""
    if verify(scenario, plan).violations:
        return Known(scenario)
    return Known(scenario, plan, measure(scenario, plan))


@dataclass(slots=True)
class _Search:
    """The search of many cases under way."""

    cases: Sequence[Case]
    options: StudyOptions
    stop: threading.Event
    ends: float
    queue: list[int] = field(default_factory=list)
    found: dict[str, Known] = field(default_factory=dict)

    @property
    def left_s(self) -> float:
        """Return the seconds left; the whole limit if the clock plays no part."""
        if self.options.deterministic:
            return self.options.seconds
        return max(0.0, self.ends - time.monotonic())

    @property
    def num_at_a_time(self) -> int:
        """Return how many searches go on at a time."""
        if self.options.deterministic:
            return 1
        return min(self.options.processes, len(self.queue))

    def next(self, number: int) -> Job | None:
        """Return the next search; None if nothing is left to seek or no time to do it."""
        left_s = self.left_s
        least_s = min(self.options.least_seconds, self.options.seconds)
        if not self.queue or self.stop.is_set() or left_s < max(QUICK_S, least_s / 2):
            return None
        share_s = left_s
        if not self.options.deterministic:
            share_s = min(left_s, max(least_s, left_s * number / len(self.queue)))
        at = self.queue.pop(0)
        case = self.cases[at]
        gap = self.options.gap if case.gap is None else case.gap
        limits = SolveOptions(share_s, gap, self.options.seed, self.options.deterministic)
        return Job(at, case.known.scenario, limits, case.known.plan)

    def take(self, answer: Answer) -> None:
        """Keep what a search found and proved."""
        case = self.cases[answer.job.number]
        if answer.result is None:
            self.found[case.name] = replace(case.known, trouble=answer.trouble, is_sought=True)
        else:
            self.found[case.name] = merged(case.known, answer.result)


def solve_cases(
    cases: Sequence[Case],
    options: StudyOptions,
    *,
    seconds: float,
    stop: threading.Event,
    listener: CaseListener | None = None,
) -> dict[str, Known]:
    """Return what is known of each case after its search, by name; all if time is short.

    Parameters
    ----------
    cases
        What to seek, the most important first; a case that is settled is not sought.
    options
        How exactly to search.
    seconds
        Limit of all searches together; of each if they are deterministic.
    stop
        Setting it ends every search soon and keeps what is found.
    listener
        Called at every improvement, in the caller's thread.

    Raises
    ------
    PlanBreaksRuleError
        If a proof and a plan contradict each other: our fault.
    """
    search = _Search(
        cases, replace(options, seconds=seconds), stop, ends=time.monotonic() + seconds
    )
    search.found = {case.name: case.known for case in cases}
    search.queue = [
        number
        for number, case in enumerate(cases)
        if not case.known.is_best and not case.known.is_impossible
    ]
    number = search.num_at_a_time
    if not search.queue or stop.is_set() or seconds < QUICK_S:
        return search.found

    def listen(at: int, progress: Progress) -> None:
        if listener is not None:
            listener(cases[at].name, progress)

    with Workers(number, stop=stop, listener=listen) as workers:
        while True:
            while workers.num_free:
                job = search.next(number)
                if job is None:
                    break
                workers.begin(job)
            if not workers.are_busy:
                return search.found
            for answer in workers.wait():
                search.take(answer)


def merged(known: Known, result: SolveResult) -> Known:
    """Return what is known of a case after a search: the better plan and the better bounds.

    Raises
    ------
    PlanBreaksRuleError
        If a proof and a plan contradict each other, or a plan breaks a rule: our fault.
    """
    scenario = known.scenario
    searched = replace(
        known,
        truncated=result.truncated,
        seconds=known.seconds + result.seconds,
        is_sought=True,
        reproducible=result.reproducible,
    )
    if result.status == "INFEASIBLE":
        if known.plan is not None:
            message = _("a case was proven to have no plan, but a plan keeps its rules")
            raise PlanBreaksRuleError(message)
        return replace(searched, is_impossible=True)
    is_new = is_better(scenario, result.plan, known.plan)
    if is_new and result.plan is not None:
        violations = verify(scenario, result.plan).violations
        if violations:
            raise PlanBreaksRuleError("; ".join(str(violation) for violation in violations[:5]))
        searched = replace(searched, plan=result.plan, metrics=measure(scenario, result.plan))
    is_proven = result.status == "OPTIMAL" and not result.truncated
    if is_proven and is_better(scenario, known.plan, result.plan):
        message = _("a plan was proven best, but a better one keeps the rules")
        raise PlanBreaksRuleError(message)
    return _with_bounds(searched, result)


def _with_bounds(searched: Known, result: SolveResult) -> Known:
    """Return a case with the bounds of a search, as far as they hold for the plan kept."""
    metrics, bound_ore = searched.metrics, result.bound_ore
    coverage_bound = searched.coverage_bound_share
    if searched.scenario.goal.kind == "greatest_coverage":
        if result.coverage_bound is not None:
            given = 1.0 if coverage_bound is None else coverage_bound
            coverage_bound = min(given, result.coverage_bound)
        if (
            not is_widest(replace(searched, coverage_bound_share=coverage_bound))
            or not result.coverage_is_proven
        ):
            bound_ore = None
    bounds = [bound for bound in (searched.bound_ore, bound_ore) if bound is not None]
    best_bound = max(bounds, default=None)
    cost_ore = None if metrics is None else metrics.cost_ore_per_week
    if best_bound is not None and cost_ore is not None and best_bound > cost_ore:
        if not result.truncated:
            message = _("a plan costs {cost} öre a week, below the proven bound {bound}")
            raise PlanBreaksRuleError(message.format(cost=cost_ore, bound=best_bound))
        best_bound = searched.bound_ore
    return replace(
        searched,
        bound_ore=best_bound,
        coverage_bound_share=coverage_bound,
        is_best=not result.truncated and cost_ore is not None and best_bound == cost_ore,
    )


def is_widest(known: Known) -> bool:
    """Return whether it is proven that no plan covers more."""
    coverage_bound = known.coverage_bound_share
    if known.metrics is None or coverage_bound is None:
        return False
    weight = {
        village.id: village.inhabitants * Fraction(str(village.priority))
        for village in known.scenario.villages
    }
    covered = sum((weight[village] for village in covered_villages(known.metrics)), Fraction(0))
    total = sum(weight.values(), Fraction(0))
    above = coverage_bound * float(total) - float(covered)
    return above <= min(_ROUNDING_INHABITANTS, _ROUNDING_SHARE * float(total))


def covered_villages(metrics: Metrics) -> Mapping[str, int]:
    """Return the inhabitants of each covered village."""
    return {row.village: row.inhabitants for row in metrics.village_rows if row.covered}


def offered(found: Mapping[str, Known], *, ends: float | None) -> dict[str, Known]:
    """Return what is known of each case after it was offered the plans of all others.

    Parameters
    ----------
    found
        What is known of each case, by name.
    ends
        Time of the monotonic clock at which to stop; None for no limit.

    Raises
    ------
    PlanBreaksRuleError
        If a plan is better than what was proven best: our fault.
    """
    pool = {
        id(known.plan): (known.plan, known.metrics)
        for known in found.values()
        if known.is_sought and known.plan is not None and known.metrics is not None
    }
    told = dict(found)
    for name, known in found.items():
        if known.is_best or known.is_impossible:
            continue
        for plan, metrics in pool.values():
            if ends is not None and time.monotonic() > ends:
                return told
            if _promises_more(told[name], metrics):
                told[name] = _with_plan(told[name], kept_plan(known.scenario, plan))
    return told


def _promises_more(known: Known, metrics: Metrics) -> bool:
    """Return whether a plan of another case may be better for a case than the one known."""
    if known.metrics is None:
        return True
    if known.scenario.goal.kind == "greatest_coverage":
        return metrics.covered_inhabitants > known.metrics.covered_inhabitants
    return metrics is not known.metrics


def _with_plan(known: Known, plan: Plan) -> Known:
    """Return a case with a plan of another case, if it is one here too, and a better one."""
    if not is_better(known.scenario, plan, known.plan):
        return known
    if verify(known.scenario, plan).violations:
        return known
    metrics = measure(known.scenario, plan)
    cost_ore = metrics.cost_ore_per_week
    better = replace(known, plan=plan, metrics=metrics)
    if known.scenario.goal.kind == "greatest_coverage":
        return replace(better, bound_ore=None)
    if known.bound_ore is not None and known.bound_ore > cost_ore and not known.truncated:
        message = _("a plan costs {cost} öre a week, below the proven bound {bound}")
        raise PlanBreaksRuleError(message.format(cost=cost_ore, bound=known.bound_ore))
    return replace(better, is_best=known.bound_ore == cost_ore and not known.truncated)
