"""The points of cost against coverage, from all plans and bounds that the searches found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final

from deliveryopt.errors import PlanBreaksRuleError
from deliveryopt.language import gettext as _
from deliveryopt.plan.figures import Metrics
from deliveryopt.plan.metrics import compare_with_today
from deliveryopt.plan.plan import Plan
from deliveryopt.plan.rows import share
from deliveryopt.plan.verify import verify
from deliveryopt.reports.bundle import Bundle, Proof, WhyNot
from deliveryopt.reports.bundle_frontier import Frontier, FrontierPoint, Knee
from deliveryopt.scenario.load import scenario_hash
from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.result import SolveResult, relative_gap, versions
from deliveryopt.units import WEEKS_PER_YEAR, sek_from_ore

FEWEST_FOR_KNEE: Final = 3
"""Plans: the two ends, and one between."""
_DECIMALS: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A plan that keeps every rule but perhaps a coverage that is asked, and its figures."""

    plan: Plan
    metrics: Metrics

    @property
    def order(self) -> tuple[int, int]:
        """Return what is less for the better of two plans that both cover enough."""
        return self.metrics.cost_ore_per_week, -self.metrics.covered_inhabitants


@dataclass(frozen=True, slots=True)
class Bound:
    """No plan that covers a level costs less."""

    ore: int
    truncated: tuple[str, ...]


@dataclass(slots=True)
class Known:
    """What all searches found and proved; a level is a number of inhabitants asked for."""

    plans: list[Found] = field(default_factory=list)
    bounds: dict[int, Bound] = field(default_factory=dict)
    impossible: list[int] = field(default_factory=list)
    """Levels that are proven to have no plan."""
    results: dict[int, list[SolveResult]] = field(default_factory=dict)
    troubles: dict[int, str] = field(default_factory=dict)
    most_inhabitants: int | None = None
    """No plan covers more; None if nothing is proven."""

    def best(self, level: int) -> Found | None:
        """Return the cheapest plan that covers a level, the widest of several."""
        able = (found for found in self.plans if found.metrics.covered_inhabitants >= level)
        return min(able, key=lambda found: found.order, default=None)

    def bound(self, level: int) -> Bound | None:
        """Return the greatest bound of this level and those below it, whose plans are more."""
        able = (bound for at, bound in self.bounds.items() if at <= level)
        return max(able, key=lambda bound: bound.ore, default=None)

    def add_bound(self, level: int, ore: int, truncated: tuple[str, ...]) -> None:
        """Keep a bound if it is the best at its level."""
        earlier = self.bounds.get(level)
        if earlier is None or ore > earlier.ore:
            self.bounds[level] = Bound(ore, truncated)

    def most(self, total: int) -> int | None:
        """Return so many inhabitants that no plan covers more; None if nothing is proven."""
        proven = [level - 1 for level in self.impossible if level]
        if self.most_inhabitants is not None:
            proven.append(self.most_inhabitants)
        if self.best(total) is not None:
            proven.append(total)
        return min(proven, default=None)

    def is_impossible(self, level: int) -> bool:
        """Return whether it is proven that no plan covers a level."""
        if any(at <= level for at in self.impossible):
            return True
        return self.most_inhabitants is not None and level > self.most_inhabitants


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """A search that ended."""

    known: Known
    today: Metrics
    levels: tuple[int, ...]
    scenario_at: Callable[[int], Scenario]
    seed: int
    seconds: float
    interrupted: bool


def build_frontier(scenario: Scenario, looked: Looked) -> Frontier:
    """Return the points of a search that ended, the least coverage first.

    Raises
    ------
    PlanBreaksRuleError
        If a plan breaks a rule, or costs less than a proven bound: our fault.
    """
    known, today = looked.known, looked.today
    points = _beside(
        [_point(number, level, looked) for number, level in enumerate(looked.levels, start=1)]
    )
    results = [result for of_level in known.results.values() for result in of_level]
    covered = [found.metrics.coverage_share for found in known.plans]
    most = known.most(today.inhabitants)
    return Frontier(
        scenario=scenario,
        scenario_sha256=scenario_hash(scenario),
        today=today,
        points=points,
        knee=knee_of(points),
        greatest_share=max(covered, default=None),
        greatest_bound_share=None if most is None else share(most, today.inhabitants or 1),
        seconds=looked.seconds,
        seed=looked.seed,
        interrupted=looked.interrupted,
        trouble=next(iter(known.troubles.values()), ""),
        reproducible=all(result.reproducible for result in results) and not known.troubles,
        truncated=tuple(dict.fromkeys(cut for result in results for cut in result.truncated)),
        versions=versions(),
    )


def _point(number: int, level: int, looked: Looked) -> FrontierPoint:
    """Return the point of one level."""
    known, scenario = looked.known, looked.scenario_at(level)
    best, bound = known.best(level), known.bound(level)
    point = FrontierPoint(
        number=number,
        asked_share=scenario.goal.coverage_share or 0.0,
        status="UNKNOWN",
        trouble=known.troubles.get(level, ""),
        bound_ore_per_week=None if bound is None else bound.ore,
        bound_above_today_sek_per_year=(
            None if bound is None else _sek_per_year(bound.ore - looked.today.cost_ore_per_week)
        ),
    )
    is_impossible = known.is_impossible(level)
    if best is None:
        why: WhyNot = "failed" if point.trouble else "not found in time"
        why = "stopped" if looked.interrupted else why
        if is_impossible:
            return replace(point, status="INFEASIBLE", why="proven impossible")
        return replace(point, why=why)
    if is_impossible:
        message = _("a plan covers {count}, which was proven impossible")
        raise PlanBreaksRuleError(message.format(count=best.metrics.covered_inhabitants))
    bundle = _bundle(scenario, best, bound, level, looked)
    return replace(point, status=bundle.proof.status, bundle=bundle)


def _bundle(
    scenario: Scenario, best: Found, bound: Bound | None, level: int, looked: Looked
) -> Bundle:
    """Return the bundle of a point, after its plan is verified in the point's own scenario."""
    violations = verify(scenario, best.plan).violations
    if violations:
        raise PlanBreaksRuleError("; ".join(str(violation) for violation in violations[:5]))
    cost_ore = best.metrics.cost_ore_per_week
    if bound is not None and bound.ore > cost_ore:
        message = _("a plan costs {cost} öre a week, below the proven bound {bound}")
        raise PlanBreaksRuleError(message.format(cost=cost_ore, bound=bound.ore))
    results = looked.known.results.get(level, [])
    proof = Proof(
        status="OPTIMAL" if bound is not None and bound.ore == cost_ore else "FEASIBLE",
        cost_ore_per_week=cost_ore,
        bound_ore_per_week=None if bound is None else bound.ore,
        gap=relative_gap(cost_ore, None if bound is None else bound.ore),
        coverage_bound_share=None,
        truncated=() if bound is None else bound.truncated,
        seconds=sum(result.seconds for result in results),
        seed=looked.seed,
        interrupted=any(result.interrupted for result in results),
        versions=versions(),
    )
    return Bundle(
        scenario=scenario,
        scenario_sha256=scenario_hash(scenario),
        plan=best.plan,
        proof=proof,
        metrics=best.metrics,
        today=looked.today,
        comparison=compare_with_today(best.metrics, looked.today),
    )


def _beside(points: Sequence[FrontierPoint]) -> tuple[FrontierPoint, ...]:
    """Return points with what each says of the ones before it."""
    told: list[FrontierPoint] = []
    first: FrontierPoint | None = None
    for point in points:
        if point.bundle is None:
            told.append(point)
        elif first is None or first.bundle is None:
            first = point
            told.append(point)
        elif point.bundle.plan is first.bundle.plan:
            told.append(replace(point, same_plan_as=first.number))
        else:
            told.append(_after(point, point.bundle.metrics, first.bundle.metrics))
            first = point
    return tuple(told)


def _after(point: FrontierPoint, metrics: Metrics, before: Metrics) -> FrontierPoint:
    """Return a point with how many more it covers than the one before, and what each costs."""
    return replace(
        point,
        further_inhabitants=metrics.covered_inhabitants - before.covered_inhabitants,
        further_sek_per_inhabitant_year=_each_sek(before, metrics),
    )


def _each_sek(before: Metrics, after: Metrics) -> float:
    """Return what each inhabitant costs that only the dearer plan covers, SEK a year."""
    further = after.covered_inhabitants - before.covered_inhabitants
    more_ore = after.cost_ore_per_week - before.cost_ore_per_week
    return round(_sek_per_year(more_ore) / further, _DECIMALS)


def knee_of(points: Sequence[FrontierPoint]) -> Knee | None:
    """Return the plan from which further coverage becomes dearer.

    The curve is scaled so that coverage and cost both go from 0, at the first plan, to 1, at the
    last; the knee is the plan farthest below the straight line between these two, the one that
    covers less of several as far.

    Returns
    -------
    Knee | None
        None if there are fewer than three plans or none lies below the line.

    Notes
    -----
    Greatest distance from the chord, after Satopää and others (2011), without smoothing.
    """
    curve = [
        (point.number, point.bundle.metrics)
        for point in points
        if point.bundle is not None and point.same_plan_as is None
    ]
    if len(curve) < FEWEST_FOR_KNEE:
        return None
    (_level, first), (_last_level, last) = curve[0], curve[-1]
    depth, number, metrics = max(
        ((_depth(metrics, first, last), -number, metrics) for number, metrics in curve),
        key=lambda one: one[:2],
    )
    if depth <= 0:
        return None
    return Knee(-number, _each_sek(first, metrics), _each_sek(metrics, last))


def _depth(metrics: Metrics, first: Metrics, last: Metrics) -> Fraction:
    """Return how far a plan lies below the line from the first to the last, all scaled to 1."""
    covered = last.covered_inhabitants - first.covered_inhabitants
    cost_ore = last.cost_ore_per_week - first.cost_ore_per_week
    return Fraction(metrics.covered_inhabitants - first.covered_inhabitants, covered) - Fraction(
        metrics.cost_ore_per_week - first.cost_ore_per_week, cost_ore
    )


def _sek_per_year(ore_per_week: int) -> float:
    """Return a weekly amount as kronor a year."""
    return sek_from_ore(ore_per_week * WEEKS_PER_YEAR)
