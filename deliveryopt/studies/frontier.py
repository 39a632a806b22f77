"""Cost against coverage: the least cost of covering at least so many, for several shares.

The epsilon constraint: each point asks for the least cost with a coverage at least as great as its
own share, in place of the scenario's goal; kind, share and budget of that goal are set aside, while
pins and villages that must be served stay. The shares go from no coverage asked, which finds the
cheapest plan of all, to the greatest coverage that any plan reaches, in equal steps between. All
inhabitants are asked for first; where no plan covers all, the greatest coverage is sought.

What one point finds serves the others:

- a plan that covers more and costs less than another point's is a plan for that point too;
- what no plan costs less than at a share, no plan that covers a greater share costs less than;
- where no plan covers a share, none covers a greater one.

So the curve never falls, and a point that is settled by another one is not sought.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import Final

from deliveryopt.errors import PlanBreaksRuleError, UsageError
from deliveryopt.language import gettext as _
from deliveryopt.plan.figures import Metrics
from deliveryopt.plan.metrics import measure
from deliveryopt.plan.plan import Plan
from deliveryopt.plan.today import todays_plan
from deliveryopt.plan.verify import verify
from deliveryopt.reports.bundle_frontier import Frontier
from deliveryopt.scenario.changes import with_goal, with_greatest_coverage
from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.result import (
    ANY_COST_GAP,
    NO_BUDGET_SEK_PER_YEAR,
    Progress,
    SolveOptions,
    SolveResult,
    relative_gap,
)
from deliveryopt.solver.solve import QUICK_S
from deliveryopt.studies.frontier_points import Found, Known, Looked, build_frontier
from deliveryopt.studies.workers import Answer, Job, Workers

MOST_POINTS: Final = 50
WIDEST: Final = -1
"""Number of the job that seeks the greatest coverage; other jobs have the inhabitants asked."""
AGAIN: Final = 2.0
"""A point is sought again where so many times the time of its first search is left."""
TOP_SHARE: Final = 1.5
"""How much longer than the others the point may be sought that covers all."""
_FEWEST_DECIMALS: Final = 3
_MOST_DECIMALS: Final = 12
_ROUNDING: Final = 1e-6

FrontierListener = Callable[[float | None, Progress], None]
"""Called with the share asked (None: the greatest coverage is sought) and what is known of it."""


@dataclass(frozen=True, slots=True)
class FrontierOptions:
    """How many points, and how long and exactly to search."""

    points: int = 8
    """Most points, the cheapest and the widest plan included."""
    seconds: float = 170.0
    """Limit of all searches together; of each search if it is deterministic."""
    seed: int = 1
    gap: float = 0.0
    """Relative gap between cost and bound at which a search may stop."""
    deterministic: bool = False
    """Whether the search is limited by its own work rather than the clock; then one at a time."""
    processes: int = 2
    """Searches at a time, each in a process of its own; 1 means in this process."""
    shares: tuple[float, ...] = ()
    """Shares to ask for, in place of equal steps; the cheapest plan is sought in any case."""

    def __post_init__(self) -> None:
        """Refuse what means nothing."""
        SolveOptions(self.seconds, self.gap, self.seed)
        if not 2 <= self.points <= MOST_POINTS:  # noqa: PLR2004  two ends
            message = _(
                "{count!r} points: it must be from 2 to {most}.\n"
                "    Write a number such as 8  [DO-U020]"
            )
            raise UsageError(message.format(count=self.points, most=MOST_POINTS))
        if self.processes < 1:
            message = _(
                "{count!r} processes: at least one must search.\n    Write 1 or 2  [DO-U021]"
            )
            raise UsageError(message.format(count=self.processes))
        if not all(0 <= share <= 1 for share in self.shares):
            message = _(
                "shares {shares!r}: each must be from 0 to 1.\n"
                "    Write shares such as 0.8 and 0.95  [DO-U022]"
            )
            raise UsageError(message.format(shares=self.shares))


def share_asked(inhabitants: int, total: int) -> float:
    """Return a share that asks for exactly so many inhabitants, with few decimals.

    Examples
    --------
    >>> share_asked(2, 3), share_asked(0, 3), share_asked(3, 3), share_asked(12345, 98765)
    (0.666, 0.0, 1.0, 0.12499)
    """
    if not total or inhabitants <= 0:
        return 0.0
    for decimals in range(_FEWEST_DECIMALS, _MOST_DECIMALS + 1):
        steps = 10**decimals
        share = Fraction(floor(Fraction(inhabitants, total) * steps), steps)
        if ceil(share * total) == inhabitants:
            return float(share)
    message = f"no share with {_MOST_DECIMALS} decimals asks for {inhabitants} of {total}"
    raise ValueError(message)


def asking(scenario: Scenario, share: float) -> Scenario:
    """Return a scenario that asks for the least cost with a coverage of at least a share."""
    return with_goal(scenario, kind="least_cost", coverage_share=share)


def asking_for_most(scenario: Scenario) -> Scenario:
    """Return a scenario that asks for the greatest coverage at any cost, all inhabitants alike."""
    return with_greatest_coverage(scenario, budget_sek_per_year=NO_BUDGET_SEK_PER_YEAR)


def trace_frontier(
    scenario: Scenario,
    options: FrontierOptions | None = None,
    *,
    stop: threading.Event,
    listener: FrontierListener | None = None,
) -> Frontier:
    """Return what each further share of inhabitants costs at least.

    Parameters
    ----------
    scenario
        A valid scenario; its goal's kind, share and budget are set aside.
    options
        Points and limits; the defaults if None. With more than one process, a script that calls
        this needs the usual guard `if __name__ == "__main__":`.
    stop
        Setting it ends the search soon and keeps what is found.
    listener
        Called at every improvement, in the caller's thread.

    Returns
    -------
    Frontier
        Each point with its plan, verified, or with the reason why it has none.

    Raises
    ------
    PlanBreaksRuleError
        If a plan breaks a rule, or costs less than a proven bound: our fault.
    """
    search = _Search(scenario, options or FrontierOptions(), stop)

    def listen(number: int, progress: Progress) -> None:
        if listener is not None:
            listener(None if number == WIDEST else search.share_of(number), progress)

    number = 1 if search.options.deterministic else search.options.processes
    with Workers(number, stop=stop, listener=listen) as workers:
        search.run(workers, number)
    return build_frontier(
        scenario,
        Looked(
            search.known,
            search.today,
            search.levels(),
            search.scenario_at,
            search.options.seed,
            search.seconds,
            stop.is_set(),
        ),
    )


@dataclass(slots=True)
class _Search:
    """The search under way; a level is the number of inhabitants that a point asks for."""

    scenario: Scenario
    options: FrontierOptions
    stop: threading.Event
    started: float = field(default_factory=time.monotonic)
    known: Known = field(default_factory=Known)
    begun: dict[int, float] = field(default_factory=dict)
    """Time limit of each job that was begun, seconds."""
    done: set[int] = field(default_factory=set)
    """Jobs whose last search ended."""
    today: Metrics = field(init=False)
    fixed: tuple[int, ...] | None = None
    """The levels, once both ends are known."""

    def __post_init__(self) -> None:
        """Begin with today's delivery, if it is a plan."""
        today = todays_plan(self.scenario)
        self.today = measure(self.scenario, today)
        if not verify(asking(self.scenario, 0.0), today).violations:
            self.known.plans.append(Found(today, self.today))

    @property
    def total(self) -> int:
        """Return the inhabitants of all villages."""
        return sum(village.inhabitants for village in self.scenario.villages)

    @property
    def seconds(self) -> float:
        """Return the seconds since the search began."""
        return time.monotonic() - self.started

    @property
    def left_s(self) -> float:
        """Return the seconds left, not below zero; the whole limit if the clock plays no part."""
        if self.options.deterministic:
            return self.options.seconds
        return max(0.0, self.options.seconds - self.seconds)

    def share_of(self, level: int) -> float:
        """Return the share that a level asks for, as the user wrote it if it was given."""
        own = {self.level_of(share): share for share in self.options.shares}
        return own[level] if level in own else share_asked(level, self.total)

    def level_of(self, share: float) -> int:
        """Return the inhabitants that a share asks for."""
        return ceil(Fraction(str(share)) * self.total)

    def scenario_at(self, level: int) -> Scenario:
        """Return the scenario that asks for a level."""
        return asking(self.scenario, self.share_of(level))

    @property
    def num_points(self) -> int:
        """Return about how many points there will be."""
        return 1 + len(self.options.shares) if self.options.shares else self.options.points

    def levels(self) -> tuple[int, ...]:
        """Return the levels, the lowest first: none asked, equal steps, the most that is known."""
        if self.fixed is not None:
            return self.fixed
        if self.options.shares:
            return tuple(sorted({0, *map(self.level_of, self.options.shares)}))
        low, high = self._ends()
        if high <= low or self.known.is_impossible(0):
            return (0,)
        steps = self.options.points - 1
        levels = {low + ceil(Fraction((high - low) * step, steps)) for step in range(1, steps)}
        return tuple(sorted({0, *(level for level in levels if low < level < high), high}))

    def _ends(self) -> tuple[int, int]:
        """Return what the cheapest plan covers, and the most that a plan covers, as far as known.

        No plan covers less than today's delivery. Where it is not known how much a plan can cover,
        what is proven to be the most is asked for, and the answer told.
        """
        cheapest = self.known.best(0)
        low = (cheapest.metrics if cheapest is not None else self.today).covered_inhabitants
        most = self.known.most_inhabitants
        if self.known.best(self.total) is not None or most is None:
            return low, self.total
        return low, min(most, self.total)

    def run(self, workers: Workers, number: int) -> None:
        """Search until every point is settled or time is up."""
        while True:
            while workers.num_free and not self._is_over():
                job = self._next(number)
                if job is None:
                    break
                self.begun[job.number] = job.options.time_limit_s
                workers.begin(job)
            if not workers.are_busy:
                return
            for answer in workers.wait():
                self._take(answer)

    def _is_over(self) -> bool:
        """Return whether nothing more may begin."""
        return self.stop.is_set() or self.left_s < QUICK_S

    def _next(self, number: int) -> Job | None:
        """Return what is sought next; None if that is not known yet, or nothing is left."""
        if 0 not in self.begun:
            return self._job(0, number / (self.num_points + 1))
        of_top = None if self.options.shares else self._next_of_top(number)
        if of_top is not None:
            return of_top
        is_low_known = bool(self.options.shares) or 0 in self.done
        if self.fixed is None and is_low_known and not self._seeks_widest():
            self.fixed = self.levels()
        return None if self.fixed is None else self._next_level(self.fixed, number)

    def _next_of_top(self, number: int) -> Job | None:
        """Return the next search for the greatest coverage: first all are asked for.

        Only where it is proven that no plan covers all, the greatest coverage is sought, and then
        its least cost; these need not wait for the cheapest plan.
        """
        level, share = self.total, TOP_SHARE * number / (self.num_points + 1)
        if self.known.is_impossible(0) or self.today.covered_inhabitants >= level:
            return None
        if self.known.is_impossible(level):
            level, share = WIDEST, number / (self.num_points + 1)
        if level == WIDEST and WIDEST in self.done and self.known.most_inhabitants is not None:
            level = self.known.most_inhabitants
        is_settled = level != WIDEST and self._is_settled(level)
        return None if level in self.begun or is_settled else self._job(level, share)

    def _seeks_widest(self) -> bool:
        """Return whether the search for the greatest coverage is under way."""
        return WIDEST in self.begun and WIDEST not in self.done

    def _next_level(self, levels: tuple[int, ...], number: int) -> Job | None:
        """Return the search for a level that is not settled, from both ends by turns."""
        todo = [level for level in levels if not self._is_settled(level)]
        fresh = [level for level in todo if level not in self.begun]
        if fresh:
            from_below = number == 1 or len(self.begun) % 2 == 1
            return self._job(fresh[0] if from_below else fresh[-1], 1 / ceil(len(fresh) / number))
        again = [
            level
            for level in todo
            if level in self.done and AGAIN * self.begun[level] <= self.left_s
        ]
        if not again or self.options.deterministic:
            return None
        self.done.discard(again[0])
        return self._job(again[0], 1.0)

    def _job(self, number: int, share: float) -> Job:
        """Return a job with a share of the time left."""
        widest = number == WIDEST
        options = SolveOptions(
            time_limit_s=self.left_s * (1.0 if self.options.deterministic else min(1.0, share)),
            gap=ANY_COST_GAP if widest else self.options.gap,
            seed=self.options.seed,
            deterministic=self.options.deterministic,
        )
        scenario = asking_for_most(self.scenario) if widest else self.scenario_at(number)
        known = None if widest else self.known.best(number)
        return Job(number, scenario, options, None if known is None else known.plan)

    def _is_settled(self, level: int) -> bool:
        """Return whether another search of a level would tell nothing new."""
        if self.known.is_impossible(level):
            return True
        best, bound = self.known.best(level), self.known.bound(level)
        if best is None or bound is None:
            return False
        gap = relative_gap(best.metrics.cost_ore_per_week, bound.ore)
        return gap is not None and gap <= self.options.gap

    def _take(self, answer: Answer) -> None:
        """Keep what a search found and proved."""
        level, result = answer.job.number, answer.result
        self.done.add(level)
        if result is None:
            self.known.troubles[level] = answer.trouble
            return
        self.known.results.setdefault(level, []).append(result)
        if result.plan is not None:
            self._offer(result.plan)
        if level == WIDEST:
            self._take_widest(result)
        elif result.status == "INFEASIBLE":
            self.known.impossible.append(level)
        elif result.bound_ore is not None:
            self.known.add_bound(level, result.bound_ore, result.truncated)

    def _take_widest(self, result: SolveResult) -> None:
        """Keep what is proven of the greatest coverage."""
        if result.status == "INFEASIBLE":
            self.known.impossible.append(0)
        if result.coverage_bound is not None and not result.truncated:
            most = floor(result.coverage_bound * self.total + _ROUNDING)
            self.known.most_inhabitants = most
            if self.fixed is not None:  # they went up to all inhabitants, which no plan covers
                self.fixed = tuple(sorted({*self.fixed, most}))

    def _offer(self, plan: Plan) -> None:
        """Keep a plan for every point that asks for no more than it covers.

        Its figures are the same whatever coverage is asked.
        """
        violations = verify(asking(self.scenario, 0.0), plan).violations
        if violations:
            raise PlanBreaksRuleError("; ".join(str(violation) for violation in violations[:5]))
        self.known.plans.append(Found(plan, measure(self.scenario, plan)))
