"""How the plan fares if one thing that it uses disappears: a run, a driver, a host, an agent.

Two things are asked of each. What happens the same week, before anything is planned anew, follows
from the plan alone and is told of everything. What the best plan without it would be is sought,
groups of things first and then the runs that carry most, as far as the time allows.

Where it is proven that no plan without it meets the goal, the plan that covers most at any cost is
sought too. Things that the plan does not use need no search: without one of them it stays a plan,
and if it was proven best it still is, because nothing is gained by losing a choice. Agents are an
exception, because today's delivery, with which plans are compared, may use one that the plan does
not.
"""

import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from deliveryopt.plan.figures import Metrics
from deliveryopt.plan.metrics import measure
from deliveryopt.plan.plan import Plan
from deliveryopt.plan.today import todays_plan
from deliveryopt.plan.verify import verify
from deliveryopt.reports.bundle import Bundle
from deliveryopt.reports.bundle_fragility import (
    AtOnce,
    FragilePart,
    Fragility,
    LossHow,
    LossStatus,
    LossWhy,
    PartKind,
    PlanWithout,
)
from deliveryopt.reports.home_counts import points_hidden
from deliveryopt.reports.suppression import is_few
from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.result import ANY_COST_GAP, NO_BUDGET_SEK_PER_YEAR, SolveResult
from deliveryopt.studies.bundles import bundle_of
from deliveryopt.studies.cases import (
    SEARCH_SHARE,
    Case,
    CaseListener,
    Known,
    StudyOptions,
    covered_villages,
    is_widest,
    known_plan,
    left_s,
    offered,
    solve_cases,
)
from deliveryopt.studies.parts import Part, all_parts, used_by, without_part
from deliveryopt.studies.plan_without import Hit, hit_by, plan_without
from deliveryopt.studies.variants import with_most_coverage
from deliveryopt.units import WEEKS_PER_YEAR, sek_from_ore

FIRST_SHARE: Final = 0.7
"""Share of the time for plans that meet the goal, where no such plan may exist."""
_FIRST: Final = frozenset({"operator", "vehicle", "host", "van"})
"""Kinds that are sought before single agents, sites and runs."""
_UNUSED_TOLD: Final[tuple[PartKind, ...]] = ("run", "site", "van")


Removed = tuple[frozenset[str], ...]
"""Runs, sites, agents and vans that disappear."""


@dataclass(frozen=True, slots=True, eq=False)
class _Looked:
    """One part, before any search."""

    part: Part
    hit: Hit
    rest: Plan
    """What is left of the plan."""
    at_once: AtOnce
    known: Known
    how: LossHow
    todays_ore: int
    """Cost of today's delivery without it, öre a week."""

    @property
    def name(self) -> str:
        """Return the name of its case."""
        return f"{self.part.kind}:{self.part.key}"


def study_fragility(
    scenario: Scenario,
    plan_result: SolveResult | Bundle,
    options: StudyOptions | None = None,
    *,
    stop: threading.Event,
    listener: CaseListener | None = None,
) -> Fragility:
    """Return what becomes of the plan if one of the things that it uses disappears.

    Parameters
    ----------
    scenario
        The scenario that was solved.
    plan_result
        Its result, with a plan.
    options
        Limits of all searches together; the defaults if None.
    stop
        Setting it ends the searches soon and keeps what is found.
    listener
        Called at every improvement with the kind and name of the part, in the caller's thread.

    Returns
    -------
    Fragility
        The most fragile parts first. Parts that could not be examined in time say so.

    Raises
    ------
    ValueError
        If the result has no plan.
    PlanBreaksRuleError
        If a proof and a plan contradict each other: our fault.
    """
    options = options or StudyOptions()
    started = time.monotonic()
    bundle = plan_result if isinstance(plan_result, Bundle) else bundle_of(scenario, plan_result)
    used = used_by(scenario, bundle.plan, bundle.metrics)
    parts = all_parts(scenario)
    looked = [_look(bundle, part) for part in parts if used.of(part)]
    found = _sought(looked, options, started, stop=stop, listener=listener)
    told = [_told(bundle, one, found, is_stopped=stop.is_set()) for one in looked]
    unused = Counter(part.kind for part in parts if not used.of(part))
    return Fragility(
        bundle=bundle,
        parts=tuple(sorted(told, key=_rank)),
        unused=tuple((kind, unused[kind]) for kind in _UNUSED_TOLD if unused[kind]),
        seconds=time.monotonic() - started,
        seed=options.seed,
        interrupted=stop.is_set(),
        reproducible=all(
            known.reproducible for known in (*found.best.values(), *found.widest.values())
        ),
    )


def _look(bundle: Bundle, part: Part) -> _Looked:
    """Return what is known of a part without a search."""
    before = bundle.scenario
    after = without_part(before, part)
    hit = hit_by(before, bundle.plan, part)
    rest = plan_without(after, bundle.plan, part, hit)
    todays_ore = measure(after, todays_plan(after)).cost_ore_per_week
    known = known_plan(after, rest)
    how: LossHow = "not sought"
    if not part.agents:
        known = _with_bounds_of(bundle, known)
        if not verify(after, bundle.plan).violations:
            is_best = bundle.proof.status == "OPTIMAL" and not bundle.proof.truncated
            known = replace(known, plan=bundle.plan, metrics=bundle.metrics, is_best=is_best)
            how = "still best" if is_best else how
    return _Looked(
        part=part,
        hit=hit,
        rest=rest,
        at_once=_at_once(bundle, hit, measure(after, rest)),
        known=known,
        how=how,
        todays_ore=todays_ore,
    )


def _with_bounds_of(bundle: Bundle, known: Known) -> Known:
    """Return what is known of a case that only takes choices away: the plan's bounds hold."""
    if bundle.proof.truncated:
        return known
    if bundle.scenario.goal.kind == "least_cost":
        return replace(known, bound_ore=bundle.proof.bound_ore_per_week)
    return replace(known, coverage_bound_share=bundle.proof.coverage_bound_share)


def _at_once(bundle: Bundle, hit: Hit, rest: Metrics) -> AtOnce:
    """Return what happens before anything is planned anew."""
    inhabitants = {village.id: village.inhabitants for village in bundle.scenario.villages}
    return AtOnce(
        parcels_per_week=hit.parcels,
        orders_per_week=len(hit.orders),
        villages=tuple(sorted(hit.villages, key=lambda village: (-inhabitants[village], village))),
        inhabitants=sum(inhabitants[village] for village in hit.villages),
        covered_inhabitants=rest.covered_inhabitants,
        coverage_share=rest.coverage_share,
        coverage_change_share=_change(rest.coverage_share, bundle.metrics.coverage_share),
    )


def _change(share: float, base: float) -> float:
    """Return a difference of shares, rounded as they are."""
    return round(share - base, 6)


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """What the searches found, by what disappears."""

    best: Mapping[Removed, Known]
    widest: Mapping[Removed, Known]
    """Where no plan meets the goal."""


def _sought(
    looked: Sequence[_Looked],
    options: StudyOptions,
    started: float,
    *,
    stop: threading.Event,
    listener: CaseListener | None,
) -> _Found:
    """Return what is known after the searches."""
    todo = _todo(looked)
    cases = [Case(one.name, one.known) for one in todo]
    may_fail = any(one.known.plan is None for one in todo)
    first_s = left_s(options, started, FIRST_SHARE if may_fail else SEARCH_SHARE)
    best = solve_cases(cases, options, seconds=first_s, stop=stop, listener=listener)
    impossible = [one for one in todo if best[one.name].is_impossible]
    asked = [Case(one.name, _asked_for_most(one), gap=ANY_COST_GAP) for one in impossible]
    last_s = left_s(options, started, SEARCH_SHARE)
    widest = solve_cases(asked, options, seconds=last_s, stop=stop, listener=listener)
    best = offered(best, ends=None if options.deterministic else started + options.seconds)
    return _Found(
        {one.part.removed: best[one.name] for one in todo},
        {one.part.removed: widest[one.name] for one in impossible},
    )


def _todo(looked: Sequence[_Looked]) -> list[_Looked]:
    """Return what is to be sought, each case once, the most important first."""
    ordered = sorted(
        looked,
        key=lambda one: (
            one.part.kind not in _FIRST,
            -one.at_once.inhabitants,
            -one.at_once.parcels_per_week,
            one.name,
        ),
    )
    first: dict[Removed, _Looked] = {}
    for one in ordered:
        if one.how != "still best":
            first.setdefault(one.part.removed, one)
    return list(first.values())


def _asked_for_most(one: _Looked) -> Known:
    """Return the case of a part that asks for the most coverage at any cost."""
    scenario = one.known.scenario
    asked = with_most_coverage(scenario, budget_sek_per_year=NO_BUDGET_SEK_PER_YEAR)
    return known_plan(asked, one.rest)


def _told(bundle: Bundle, one: _Looked, found: _Found, *, is_stopped: bool) -> FragilePart:
    """Return what is told of one part."""
    part, removed = one.part, one.part.removed
    known = found.best.get(removed, one.known)
    how: LossHow = "sought" if known.is_sought else one.how
    used = {row.run for row in bundle.metrics.run_rows}
    told = FragilePart(
        kind=part.kind,
        key=part.key,
        runs=tuple(sorted(part.runs)),
        runs_used=tuple(sorted(part.runs & used)),
        points=tuple(sorted(part.closed)),
        vans=tuple(sorted(part.vans)),
        at_once=one.at_once,
        status="UNKNOWN",
        how=how,
        trouble=known.trouble,
        seconds=known.seconds,
        bound_ore_per_week=known.bound_ore,
        coverage_bound_share=known.coverage_bound_share,
        truncated=known.truncated,
        hides_homes=_hides_homes(bundle, one),
    )
    if known.is_impossible:
        widest = found.widest.get(removed)
        told = replace(told, status="INFEASIBLE", why="proven impossible")
        if widest is None or widest.metrics is None:
            return told
        plan = _plan_without(bundle, one, widest.metrics)
        is_proven = is_widest(widest)
        certain = plan.coverage_change_share if is_proven else 0.0
        return replace(told, widest=plan, widest_is_proven=is_proven, certain_change_share=certain)
    if known.metrics is None:
        return replace(told, why=_why(known, is_stopped=is_stopped))
    status: LossStatus = "OPTIMAL" if known.is_best else "FEASIBLE"
    plan = _plan_without(bundle, one, known.metrics)
    certain = _certain_change(bundle, known, plan)
    return replace(told, status=status, best=plan, certain_change_share=certain)


def _certain_change(bundle: Bundle, known: Known, plan: PlanWithout) -> float:
    """Return the change of coverage that is certain, whatever plan is made without a part."""
    if known.is_best:
        return plan.coverage_change_share
    bound, villages = known.coverage_bound_share, bundle.scenario.villages
    if bound is None or any(village.priority != 1 for village in villages):
        return 0.0
    return min(0.0, _change(bound, bundle.metrics.coverage_share))


def _why(known: Known, *, is_stopped: bool) -> LossWhy:
    """Return why no plan is known."""
    if known.trouble:
        return "failed"
    if is_stopped:
        return "stopped"
    return "not found in time" if known.is_sought else "not sought in time"


def _plan_without(bundle: Bundle, one: _Looked, metrics: Metrics) -> PlanWithout:
    """Return the figures of a plan without a part."""
    base, cost_ore = bundle.metrics, metrics.cost_ore_per_week
    change_ore = cost_ore - base.cost_ore_per_week
    inhabitants = covered_villages(base)
    lost = inhabitants.keys() - covered_villages(metrics).keys()
    return PlanWithout(
        cost_ore_per_week=cost_ore,
        cost_change_ore_per_week=change_ore,
        cost_change_sek_per_year=sek_from_ore(change_ore * WEEKS_PER_YEAR),
        above_today_sek_per_year=sek_from_ore((cost_ore - one.todays_ore) * WEEKS_PER_YEAR),
        coverage_share=metrics.coverage_share,
        coverage_change_share=_change(metrics.coverage_share, base.coverage_share),
        covered_inhabitants=metrics.covered_inhabitants,
        villages_lost=tuple(sorted(lost, key=lambda village: (-inhabitants[village], village))),
        sites=tuple(sorted(row.pickup_point for row in metrics.pickup_point_rows if row.boxes)),
    )


def _hides_homes(bundle: Bundle, one: _Looked) -> bool:
    """Return whether figures of a part would tell of one to four home orders."""
    if is_few(one.at_once.orders_per_week):
        return True
    hidden = points_hidden(bundle.metrics)
    return bool(hidden & ({point for point, _ in one.hit.pairs} | one.part.closed))


def _rank(part: FragilePart) -> tuple[bool, bool, float, int, int, str, str]:
    """Return what is less for what is more fragile."""
    plan = part.told if part.is_examined else None
    lost = 0.0 if plan is None else plan.coverage_change_share
    dearer_ore = 0 if plan is None else plan.cost_change_ore_per_week
    return (
        part.status != "INFEASIBLE",
        plan is None,
        lost,
        -dearer_ore,
        -part.at_once.inhabitants,
        part.kind,
        part.key,
    )
