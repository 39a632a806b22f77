"""How the best plan and its cost change if an uncertain number has another value.

Each number with a lowest or highest plausible value is set to it, one at a time, all others as they
are. Then two things are asked: what would the plan cost and cover that is to be decided, if it is
kept as it is; and what would the best plan then be. Today's delivery is measured with the same
value, so that costs above today are comparable.
"""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from deliveryopt.errors import UsageError
from deliveryopt.plan.figures import Metrics
from deliveryopt.plan.metrics import measure
from deliveryopt.plan.plan import Plan
from deliveryopt.plan.today import todays_plan
from deliveryopt.plan.verify import verify
from deliveryopt.reports.bundle import Bundle
from deliveryopt.reports.bundle_sensitivity import (
    EndHow,
    EndName,
    EndStatus,
    EndWhy,
    KeptPlan,
    MeasureName,
    PlanAt,
    Sensitivity,
    SensitivityEnd,
    SiteStays,
    Span,
    UncertainNumber,
)
from deliveryopt.scenario.changes import value_of, with_value
from deliveryopt.scenario.defaults import DEFAULT_PROVENANCE, Parameter, parameters, unit_of
from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.result import SolveResult
from deliveryopt.studies.bundles import bundle_of
from deliveryopt.studies.cases import (
    SEARCH_SHARE,
    Case,
    CaseListener,
    Known,
    StudyOptions,
    known_plan,
    left_s,
    offered,
    solve_cases,
)
from deliveryopt.studies.few_orders import hides_costs
from deliveryopt.studies.kept_plan import kept_plan
from deliveryopt.studies.repaired import REPAIR_SHARE, repaired
from deliveryopt.studies.same_question import has_no_part, is_harder, is_still_best
from deliveryopt.units import WEEKS_PER_YEAR, sek_from_ore

_ONLY_DEFAULTS: Final = "homes."
"""Numbers of single orders: their defaults are told, but no number of the scenario holds them."""


def study_sensitivity(
    scenario: Scenario,
    plan_result: SolveResult | Bundle,
    options: StudyOptions | None = None,
    *,
    stop: threading.Event,
    listener: CaseListener | None = None,
) -> Sensitivity:
    """Return what each uncertain number does to the best plan, and to the plan itself.

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
        Called at every improvement with the number's name and value, in the caller's thread.

    Returns
    -------
    Sensitivity
        The numbers that matter most first. Values that could not be sought in time say so.

    Raises
    ------
    UsageError
        If the scenario's provenance names a number that it does not have.
    ValueError
        If the result has no plan.
    PlanBreaksRuleError
        If a proof and a plan contradict each other: our fault.
    """
    options = options or StudyOptions()
    started = time.monotonic()
    bundle = plan_result if isinstance(plan_result, Bundle) else bundle_of(scenario, plan_result)
    repair_ends = None if options.deterministic else started + REPAIR_SHARE * options.seconds
    looked = [
        _look(bundle, number, end, repair_ends)
        for number in uncertain_numbers(scenario)
        for end in _ends(number.parameter)
    ]
    cases = [
        Case(one.name, one.known)
        for one in sorted(looked, key=_order)
        if one.known is not None and one.how == "sought"
    ]
    seconds = left_s(options, started, SEARCH_SHARE)
    found = solve_cases(cases, options, seconds=seconds, stop=stop, listener=listener)
    found = offered(found, ends=None if options.deterministic else started + options.seconds)
    ends = {
        one.name: _end(bundle, one, found.get(one.name, one.known), is_stopped=stop.is_set())
        for one in looked
    }
    numbers = _ranked(looked, ends, _measure_of(scenario))
    plans = [bundle.plan]
    plans += [known.plan for known in found.values() if known.is_sought and known.plan is not None]
    plans += [bundle.plan for one in looked if one.how == "still best"]
    return Sensitivity(
        bundle=bundle,
        measure=_measure_of(scenario),
        numbers=tuple(
            replace(number, hides_costs=hides_costs(bundle, number)) for number in numbers
        ),
        sites=_stays(plans),
        plans=len(plans),
        seconds=time.monotonic() - started,
        seed=options.seed,
        interrupted=stop.is_set(),
        reproducible=all(known.reproducible for known in found.values()),
    )


def uncertain_numbers(scenario: Scenario) -> tuple[UncertainNumber, ...]:
    """Return the numbers of a scenario with a lowest or highest plausible value, by name.

    Where the scenario gives no range but the format has one for its default, that one is used, as
    far as the number lies in it.

    Raises
    ------
    UsageError
        If the scenario's provenance names a number that it does not have.
    """
    own = {about.field: about for about in scenario.provenance}
    listed = {one.name: one for one in parameters(scenario)}
    for about in scenario.provenance:
        value = value_of(scenario, about.field)
        if about.field not in listed and value is not None:
            listed[about.field] = Parameter(
                name=about.field,
                value=value,
                unit=unit_of(about.field.rpartition(".")[2]),
                source=about.source,
                tag=about.tag,
                low=about.low,
                high=about.high,
                is_default=False,
            )
    found = []
    for name in sorted(listed):
        one = listed[name]
        if name.startswith(_ONLY_DEFAULTS):
            continue
        given = own.get(name)
        is_own = given is not None and (given.low is not None or given.high is not None)
        if not is_own:
            one = _with_default_range(one)
        if _ends(one):
            found.append(UncertainNumber(one, range_is_default=not is_own, ends=()))
    return tuple(found)


def _with_default_range(one: Parameter) -> Parameter:
    """Return a number with the range that the format gives for its default, if it has one."""
    section, field = one.name.partition(".")[0], one.name.rpartition(".")[2]
    name = f"vans.{field}" if section == "vans" else one.name
    about = DEFAULT_PROVENANCE.get(name)
    if about is None:
        return one
    return replace(one, low=about.low, high=about.high)


def _ends(one: Parameter) -> tuple[EndName, ...]:
    """Return the ends of a range that differ from the value; a value outside has one end."""
    ends: list[EndName] = []
    if one.low is not None and one.low < one.value:
        ends.append("low")
    if one.high is not None and one.high > one.value:
        ends.append("high")
    return tuple(ends)


@dataclass(frozen=True, slots=True, eq=False)
class _Looked:
    """One value of one number, before any search."""

    number: UncertainNumber
    end: EndName
    value: float
    how: EndHow
    known: Known | None
    """None if the number may not have the value."""
    kept: KeptPlan | None
    todays_ore: int
    """Cost of today's delivery, öre a week."""
    trouble: str = ""

    @property
    def name(self) -> str:
        """Return the number's name and value."""
        return f"{self.number.parameter.name}={self.value:g}"


def _look(
    bundle: Bundle, number: UncertainNumber, end: EndName, repair_ends: float | None
) -> _Looked:
    """Return what is known of one value without a search; repairs end at some time."""
    before, one = bundle.scenario, number.parameter
    value = one.low if end == "low" else one.high
    if value is None:  # pragma: no cover - the end is there
        raise AssertionError
    try:
        after = with_value(before, one.name, value)
    except UsageError as error:
        return _Looked(number, end, value, "not sought", None, None, 0, str(error))
    if has_no_part(before, after, one.name):
        known = Known(after, bundle.plan, bundle.metrics, is_best=bundle.proof.status == "OPTIMAL")
        kept = KeptPlan((), _plan_at(bundle, bundle.metrics, bundle.today.cost_ore_per_week))
        return _Looked(number, end, value, "no part", known, kept, bundle.today.cost_ore_per_week)
    plan = kept_plan(after, bundle.plan)
    broken = verify(after, plan).broken_rules
    metrics = measure(after, plan)
    todays_ore = measure(after, todays_plan(after)).cost_ore_per_week
    known = Known(after, plan, metrics)
    if broken:
        in_time = repair_ends is None or time.monotonic() < repair_ends
        other = repaired(after, plan) if in_time else None
        known = Known(after) if other is None else known_plan(after, other)
    kept = KeptPlan(broken, _plan_at(bundle, metrics, todays_ore))
    looked = _Looked(number, end, value, "sought", known, kept, todays_ore)
    is_only_harder = (
        is_harder(one.name, is_up=end == "high")
        and todays_ore <= bundle.today.cost_ore_per_week
        and not bundle.proof.truncated
    )
    return _if_harder(bundle, looked, known) if is_only_harder else looked


def _if_harder(bundle: Bundle, looked: _Looked, known: Known) -> _Looked:
    """Return what is known of a value that only makes things harder: the bounds still hold."""
    is_least_cost = bundle.scenario.goal.kind == "least_cost"
    bounded = replace(
        known,
        bound_ore=bundle.proof.bound_ore_per_week if is_least_cost else None,
        coverage_bound_share=None if is_least_cost else bundle.proof.coverage_bound_share,
    )
    if (
        known.metrics is not None
        and is_still_best(bundle.metrics, known.metrics)
        and bundle.proof.status == "OPTIMAL"
    ):
        return replace(looked, how="still best", known=replace(bounded, is_best=True))
    return replace(looked, known=bounded)


def _stands(one: _Looked) -> bool:
    """Return whether the plan was found to be the best one without a search."""
    return one.how in {"no part", "still best"}


def _order(one: _Looked) -> tuple[bool, float, int, str]:
    """Return what is less for values that are to be sought before others."""
    if one.kept is None:
        return True, 0.0, 0, one.name
    figures = one.kept.figures
    changes = abs(figures.coverage_change_share), abs(figures.cost_change_ore_per_week)
    return one.kept.is_valid, -changes[0], -changes[1], one.name


def _plan_at(bundle: Bundle, metrics: Metrics, todays_ore: int) -> PlanAt:
    """Return the figures of a plan with another value."""
    base = bundle.metrics
    cost_ore = metrics.cost_ore_per_week
    base_above_ore = base.cost_ore_per_week - bundle.today.cost_ore_per_week
    above_ore = cost_ore - todays_ore
    return PlanAt(
        cost_ore_per_week=cost_ore,
        cost_change_ore_per_week=cost_ore - base.cost_ore_per_week,
        above_today_sek_per_year=_sek_per_year(above_ore),
        above_today_change_sek_per_year=_sek_per_year(above_ore - base_above_ore),
        coverage_share=metrics.coverage_share,
        coverage_change_share=round(metrics.coverage_share - base.coverage_share, 6),
        covered_inhabitants=metrics.covered_inhabitants,
        sites=_sites(metrics),
    )


def _sites(metrics: Metrics) -> tuple[str, ...]:
    """Return the sites with boxes."""
    return tuple(sorted(row.pickup_point for row in metrics.pickup_point_rows if row.boxes))


def _sek_per_year(ore_per_week: int) -> float:
    """Return a weekly amount as kronor a year."""
    return sek_from_ore(ore_per_week * WEEKS_PER_YEAR)


def _measure_of(scenario: Scenario) -> MeasureName:
    """Return what the goal makes least or greatest."""
    return "cost" if scenario.goal.kind == "least_cost" else "coverage"


def _end(bundle: Bundle, one: _Looked, known: Known | None, *, is_stopped: bool) -> SensitivityEnd:
    """Return what is told of one value."""
    end = SensitivityEnd(one.end, one.value, "UNKNOWN", one.how, trouble=one.trouble, kept=one.kept)
    if known is None:
        return replace(end, why="not allowed")
    end = replace(
        end,
        how="not sought" if one.how == "sought" and not known.is_sought else one.how,
        trouble=known.trouble,
        seconds=known.seconds,
        bound_ore_per_week=known.bound_ore,
        coverage_bound_share=known.coverage_bound_share,
        truncated=known.truncated,
    )
    if known.is_impossible:
        return replace(end, status="INFEASIBLE", why="proven impossible")
    if known.metrics is None:
        return replace(end, why=_why(known, is_stopped=is_stopped))
    status: EndStatus = "OPTIMAL" if known.is_best else "FEASIBLE"
    best = _plan_at(bundle, known.metrics, one.todays_ore)
    return replace(end, status=status, best=best, change=_span(bundle, one, known, best))


def _why(known: Known, *, is_stopped: bool) -> EndWhy:
    """Return why no plan is known."""
    if known.trouble:
        return "failed"
    if is_stopped:
        return "stopped"
    return "not found in time" if known.is_sought else "not sought in time"


def _span(bundle: Bundle, one: _Looked, known: Known, best: PlanAt) -> Span:
    """Return between what two values the best plan's change lies."""
    if _measure_of(bundle.scenario) == "coverage":
        found = best.coverage_change_share
        if known.is_best or _stands(one):
            return Span(found, found)
        bound, base = known.coverage_bound_share, bundle.metrics.weighted_coverage_share
        is_plain = all(village.priority == 1 for village in bundle.scenario.villages)
        most = round(max(found, bound - base), 6) if bound is not None and is_plain else None
        return Span(found, most)
    found = best.above_today_change_sek_per_year
    if known.is_best or _stands(one):
        return Span(found, found)
    if known.bound_ore is None:
        return Span(None, found)
    base_above_ore = bundle.metrics.cost_ore_per_week - bundle.today.cost_ore_per_week
    return Span(_sek_per_year(known.bound_ore - one.todays_ore - base_above_ore), found)


def _ranked(
    looked: list[_Looked], ends: dict[str, SensitivityEnd], measure_name: MeasureName
) -> Iterator[UncertainNumber]:
    """Return the numbers with their values, those that matter most first."""
    numbers: dict[str, UncertainNumber] = {}
    for one in looked:
        name = one.number.parameter.name
        earlier = numbers.get(name, one.number)
        numbers[name] = replace(earlier, ends=(*earlier.ends, ends[one.name]))
    yield from sorted(
        numbers.values(),
        key=lambda number: (
            number.has_no_part,
            not number.is_impossible,
            -number.certain_swing,
            -number.found_swing(measure_name),
            -number.found_swing("cost"),
            number.parameter.name,
        ),
    )


def _stays(plans: list[Plan]) -> tuple[SiteStays, ...]:
    """Return in how many plans each site has boxes; the first plan is the one that is studied."""
    times = Counter(site for plan in plans for site in {row.pickup_point for row in plan.opened})
    own = {row.pickup_point for row in plans[0].opened}
    return tuple(
        SiteStays(site, site in own, times[site], len(plans))
        for site in sorted(times, key=lambda site: (-times[site], site not in own, site))
    )
