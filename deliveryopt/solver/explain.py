"""Why a village or a home order is not served, and the cheapest change that would serve it.

The plan stands in its model (`standing.py`), and the village or the order is asked for besides.
If that does not work, rules are relaxed one at a time, and the timetable is looked at. Then
changes of the scenario are tried (`what_helps.py`). Each answer is a plan that the verifier
accepts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from math import ceil
from typing import Final, Literal, cast

from deliveryopt.plan.metrics import measure
from deliveryopt.plan.plan import Plan
from deliveryopt.plan.reasons import Change, Reason, ReasonCode, Unserved
from deliveryopt.scenario.homes import may_be_delivered, origin_of
from deliveryopt.scenario.schema import Scenario
from deliveryopt.scenario.travel import build_travel, nearest_agent
from deliveryopt.solver.larger import new_site_id
from deliveryopt.solver.milp import Part
from deliveryopt.solver.obstacles import obstacles
from deliveryopt.solver.search import Limits
from deliveryopt.solver.standing import (
    RELAXABLE,
    Excess,
    Standing,
    in_the_way,
    part_of_order,
    part_of_village,
)
from deliveryopt.solver.threads import WORKERS, run_all
from deliveryopt.solver.what_helps import (
    AS_IT_IS,
    ONE_S,
    Asked,
    Work,
    cheaper_ones,
    first_that_helps,
    open_others,
    settle,
    try_change,
)
from deliveryopt.units import M_PER_KM, PER_MILLE, S_PER_MIN, WEEKS_PER_YEAR, ore_from_sek

MOST_REASONS = 3
SCALE: Final = {"run_keeps_within_delay": S_PER_MIN, "box_holds_its_parcels": PER_MILLE}
"""What the rows of a rule count to one minute or one parcel."""
CARRIED: Final = "parcels_are_carried"
ROOM: Final[tuple[tuple[Literal["litres", "kg", "parcels"], int], ...]] = (
    ("litres", 10),
    ("kg", 10),
    ("parcels", 1),
)
"""Unit and scale of each kind of room in a run, as its rows are numbered."""

Answer = tuple[Asked, tuple[Reason, ...]]
"""What was tried for a village or an order, and why it is not served."""


def explain_unserved(
    scenario: Scenario,
    plan: Plan,
    limits: Limits,
    *,
    only: Iterable[str] | None = None,
) -> tuple[Unserved, ...]:
    """Return why each village that is not covered and each order that is left is not served.

    Parameters
    ----------
    scenario
        A scenario.
    plan
        A plan that keeps its rules.
    limits
        When to stop; what is not examined by then says so.
    only
        Villages and orders to explain; all if None.

    Returns
    -------
    tuple[Unserved, ...]
        Villages first, each with at least one reason.

    Raises
    ------
    PlanBreaksRuleError
        If the verifier refuses a plan that an answer stands on: our fault.
    """
    metrics = measure(scenario, plan)
    wanted = None if only is None else set(only)
    villages = [
        row.village
        for row in metrics.village_rows
        if not row.covered and (wanted is None or row.village in wanted)
    ]
    orders = [
        row.order
        for row in metrics.home_rows
        if row.how in {"as_today", "unserved"} and (wanted is None or row.order in wanted)
    ]
    work = Work(
        scenario,
        plan,
        limits,
        metrics.cost_ore_per_week,
        build_travel(scenario),
        new_sites={village: new_site_id(scenario, village) for village in villages},
    )
    begun = _first_answers(work, villages, orders)
    for asked, _ in begun:  # only now: whatever the time, everything has had its turn once
        open_others(asked)
    run_all([partial(cheaper_ones, work, asked) for asked, _ in begun], limits)
    _settle(work, [asked for asked, _ in begun])
    return tuple(
        Unserved(asked.kind, asked.id, why, asked.best, asked.examined, all_tried=asked.all_tried)
        for asked, why in begun
    )


def _first_answers(work: Work, villages: list[str], orders: list[str]) -> list[Answer]:
    """Return why each is not served, and the first change found that helps."""
    jobs = [partial(_village, work, name) for name in villages]
    jobs += [partial(_order, work, name) for name in orders]
    late = [partial(_late_village, work, name) for name in villages]
    late += [partial(_late_order, name) for name in orders]
    return [
        answer or too_late()
        for answer, too_late in zip(run_all(jobs, work.limits), late, strict=True)
    ]


def _late_village(work: Work, village: str) -> Answer:
    """Return what is known of a village that was not looked at in time."""
    return Asked("village", village), (*_beyond_reach(work, village), Reason("not_examined"))


def _late_order(order: str) -> Answer:
    """Return what is known of an order that was not looked at in time."""
    return Asked("order", order), (Reason("not_examined"),)


def _settle(work: Work, all_asked: list[Asked]) -> None:
    """Give the time that is left to changes whose searches were cut short."""
    if work.limits.nodes is not None:  # the same searches would end the same way
        return
    todo = [asked for asked in all_asked if not asked.all_proven]
    rounds = ceil(len(todo) / WORKERS)
    jobs = [partial(settle, work, asked, work.limits.left_s / rounds) for asked in todo]
    run_all(jobs, work.limits)


def _unexamined(work: Work) -> Reason:
    """Return why something was not examined: time, or a plan that the model cannot hold."""
    has_time = work.standing(AS_IT_IS) is None and not work.limits.are_reached
    return Reason("not_in_model" if has_time else "not_examined")


# --- a village ------------------------------------------------------------------------------------


def _village(work: Work, village: str) -> Answer:
    """Return why a village is not covered, and the first change found that helps."""
    asked = Asked("village", village)
    try_change(work, asked, AS_IT_IS)
    if asked.best is not None:
        return asked, (_cost_reason(work, asked.best),)
    reasons = _beyond_reach(work, village)
    standing = work.standing(AS_IT_IS)
    if standing is None or not asked.is_impossible:
        return Asked("village", village), (*reasons, _unexamined(work))
    part = part_of_village(standing, _village_idx(standing, village))
    if part is not None:
        reasons += _rules_in_the_way(work, standing, part, village)
    first_that_helps(work, asked)
    if asked.best is None:
        reasons += _at_the_village(work, village)
    return asked, tuple(reasons) or (Reason("several_rules"),)


def _village_idx(standing: Standing, village: str) -> int:
    """Return a village's index."""
    return standing.model.network.village_ids.index(village)


def _cost_reason(work: Work, change: Change) -> Reason:
    """Return the reason of a village that can be served at a cost."""
    goal, cost_ore = work.scenario.goal, float(change.cost_ore_per_week)
    if goal.budget_sek_per_year is None:
        return Reason("costs_more", pickup_point=change.pickup_point, found=cost_ore)
    left_ore = _budget_left_ore(work)
    if left_ore is not None and cost_ore > left_ore:
        return Reason(
            "over_budget", pickup_point=change.pickup_point, found=cost_ore, allowed=left_ore
        )
    return Reason("costs_more", pickup_point=change.pickup_point, found=cost_ore)


def _budget_left_ore(work: Work) -> float | None:
    """Return what the plan leaves of the budget, öre a week."""
    standing = work.standing(AS_IT_IS)
    budget = work.scenario.goal.budget_sek_per_year
    if standing is None or budget is None:
        return None
    most_ore = standing.model.network.today_total_ore + ore_from_sek(budget) / WEEKS_PER_YEAR
    return max(0.0, most_ore - work.cost_ore)


def _beyond_reach(work: Work, village: str) -> list[Reason]:
    """Return how far the nearest site and the nearest agent are, where they are too far."""
    scenario, travel = work.scenario, work.travel
    reach_km = scenario.rules.reach_km
    sites = [
        (metres, point.id)
        for point in scenario.pickup_points
        if point.kind == "site"
        and point.state != "must_not"
        and (metres := travel.road_m(village, point.id)) is not None
    ]
    found = []
    if sites and min(sites)[0] > reach_km * M_PER_KM:
        metres, site = min(sites)
        found.append(_far("point_beyond_reach", site, metres, reach_km))
    agent = nearest_agent(scenario, travel, village)
    if agent is not None and agent[1] > reach_km * M_PER_KM:
        found.append(_far("agent_beyond_reach", agent[0], agent[1], reach_km))
    if not sites and agent is None:
        found.append(Reason("no_road"))
    return found


def _far(code: ReasonCode, point: str, metres: int, reach_km: float) -> Reason:
    return Reason(code, pickup_point=point, found=metres / M_PER_KM, allowed=reach_km)


def _rules_in_the_way(work: Work, standing: Standing, part: Part, village: str) -> list[Reason]:
    """Return the timetable's obstacles at the points within reach, else rules in the way."""
    model = standing.model
    idx = _village_idx(standing, village)
    found: list[Reason] = []
    for one, point in sorted(model.collects):
        if one == idx:
            found += obstacles(model.network, model.itineraries, idx, point)
    if not found:
        found = reasons_of(in_the_way(part, work.limits.exact(ONE_S)))
    return found[:MOST_REASONS]


def _at_the_village(work: Work, village: str) -> list[Reason]:
    """Return why not even a site in the village itself can be served."""
    standing = work.standing(("new_site",))
    if standing is None:
        return []
    network = standing.model.network
    point = network.point_ids.index(work.new_sites[village])
    idx = _village_idx(standing, village)
    return list(obstacles(network, standing.model.itineraries, idx, point))[:MOST_REASONS]


# --- an order -------------------------------------------------------------------------------------


def _order(work: Work, order: str) -> Answer:
    """Return why a home order is left, and the first change found that helps."""
    scenario = work.scenario
    one = next(home for home in scenario.homes if home.id == order)
    travel, asked = work.travel, Asked("order", order)
    if origin_of(scenario, travel, one) is None:
        return asked, (Reason("no_origin"),)
    try_change(work, asked, AS_IT_IS)
    if asked.best is not None:
        found = float(asked.best.cost_ore_per_week)
        return asked, (Reason("costs_more_than_leaving", found=found),)
    standing = work.standing(AS_IT_IS)
    if standing is None or not asked.is_impossible:
        return Asked("order", order), (_unexamined(work),)
    reasons: list[Reason] = []
    if may_be_delivered(scenario, travel, one):
        part = part_of_order(standing, _home_idx(standing, order))
        reasons = reasons_of(in_the_way(part, work.limits.exact(ONE_S)))[:MOST_REASONS]
    first_that_helps(work, asked)
    return asked, tuple(reasons) or (Reason("nobody_carries"),)


def _home_idx(standing: Standing, order: str) -> int:
    """Return a home order's index."""
    homes = standing.model.network.homes
    return next(idx for idx, home in enumerate(homes) if home.order.id == order)


# --- rules in the way -----------------------------------------------------------------------------


def reasons_of(rules: Iterable[Sequence[Excess]]) -> list[Reason]:
    """Return rules that stand in the way as reasons, the row that gives way most for each.

    That parcels are not carried follows from the other rules: it is a reason, with all parcels of
    the week, only where none of them stands in the way alone.
    """
    found = [rows for rows in rules if rows]
    told = [
        _reason_of(max(rows, key=lambda row: row.amount))
        for rows in found
        if rows[0].rule != CARRIED
    ]
    if told or not found:
        return told
    (rows,) = found
    return [_reason_of(replace(rows[0], amount=sum(row.amount for row in rows)))]


def _reason_of(excess: Excess) -> Reason:
    """Return a row of a rule as a reason, in minutes, parcels, litres or kilograms."""
    match = RELAXABLE[excess.rule].fullmatch(excess.row)
    about = {} if match is None else match.groupdict()
    code = cast("ReasonCode", excess.rule)  # a rule's name is a code
    unit, scale = ROOM[int(about["kind"])] if "kind" in about else (None, SCALE.get(code, 1))
    return Reason(
        code,
        pickup_point=about.get("point"),
        run=about.get("run"),
        day=about.get("day"),
        found=excess.amount / scale,
        unit=unit,
    )
