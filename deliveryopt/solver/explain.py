"""Why a village or a home order is not served, and what would serve it at least cost.

The plan stands in its model (`standing.py`), and the village or the order is asked for besides.
If that works, the answer is what it costs. If not, rules are relaxed one at a time, the timetable
is looked at, and changes of the scenario are tried. Each answer is a plan that the verifier
accepts.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal, cast

from deliveryopt.errors import PlanBreaksRuleError
from deliveryopt.plan.metrics import measure
from deliveryopt.plan.plan import Plan
from deliveryopt.plan.reasons import Change, ChangeKind, Reason, ReasonCode, Unserved
from deliveryopt.plan.verify import verify
from deliveryopt.scenario.homes import may_be_delivered, origin_of
from deliveryopt.scenario.schema import Scenario
from deliveryopt.scenario.travel import Travel, build_travel, nearest_agent
from deliveryopt.solver.larger import asking_least_cost, larger, new_site_id
from deliveryopt.solver.milp import Part
from deliveryopt.solver.obstacles import obstacles
from deliveryopt.solver.search import Limits
from deliveryopt.solver.standing import (
    RELAXABLE,
    Excess,
    Standing,
    in_the_way,
    least_cost,
    part_of_order,
    part_of_village,
    stand,
)
from deliveryopt.solver.to_plan import build_plan
from deliveryopt.units import M_PER_KM, PER_MILLE, S_PER_MIN, WEEKS_PER_YEAR, ore_from_sek

ONE_S = 10.0
"""Longest search for one village or order in one scenario, seconds."""
MOST_REASONS = 3
VILLAGE_CHANGES: Final[tuple[tuple[ChangeKind, ...], ...]] = (
    ("new_site",),
    ("new_site", "longer_promise"),
    ("new_site", "fewer_days"),
    ("new_site", "van"),
)
"""Changes that are tried for villages that cannot be served as things are."""
ORDER_CHANGES: Final[tuple[tuple[ChangeKind, ...], ...]] = (("any_time",), ("van",))
SCALE: Final = {"run_keeps_within_delay": S_PER_MIN, "box_holds_its_parcels": PER_MILLE}
"""What the rows of a rule count to one minute or one parcel."""
CARRIED: Final = "parcels_are_carried"
ROOM: Final[tuple[tuple[Literal["litres", "kg", "parcels"], int], ...]] = (
    ("litres", 10),
    ("kg", 10),
    ("parcels", 1),
)
"""Unit and scale of each kind of room in a run, as its rows are numbered."""

Told = Callable[[Unserved], None]


@dataclass(slots=True, eq=False)
class _Work:
    """An explanation under way."""

    scenario: Scenario
    plan: Plan
    limits: Limits
    cost_ore: int
    travel: Travel
    standings: dict[tuple[ChangeKind, ...], Standing | None] = field(default_factory=dict)
    """The plan in each changed scenario, made on first use."""
    villages: tuple[str, ...] = ()
    """Villages that get a new site where that is tried."""

    def standing(self, kinds: tuple[ChangeKind, ...]) -> Standing | None:
        """Return the plan standing in a changed scenario; None if that says nothing new."""
        if kinds not in self.standings:
            changed = larger(self.scenario, kinds, self.villages)
            self.standings[kinds] = (
                None
                if changed is None or self.limits.are_reached
                else stand(changed, self.plan, self.limits, more_stops=True)
            )
        return self.standings[kinds]


def explain_unserved(
    scenario: Scenario,
    plan: Plan,
    limits: Limits,
    *,
    only: Iterable[str] | None = None,
    told: Told | None = None,
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
    told
        Called with each explanation.

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
    work = _Work(
        scenario,
        plan,
        limits,
        metrics.cost_ore_per_week,
        build_travel(scenario),
        villages=tuple(villages),
    )
    found = []
    for kind, names in (("village", villages), ("order", orders)):
        for name in names:
            one = _village(work, name) if kind == "village" else _order(work, name)
            found.append(one)
            if told is not None:
                told(one)
    return tuple(found)


# --- a village ------------------------------------------------------------------------------------


def _village(work: _Work, village: str) -> Unserved:
    """Return why a village is not covered."""
    standing = work.standing(("accept_cost",))
    if standing is None:
        return _village_not_examined(work, village)
    part = part_of_village(standing, _village_idx(standing, village))
    change, is_known = _change(work, standing, ("accept_cost",), part, village)
    if change is not None:
        return Unserved("village", village, (_cost_reason(work, change),), change, ("accept_cost",))
    if not is_known:
        return _village_not_examined(work, village)
    reasons = [*_beyond_reach(work, village)]
    if part is not None:
        reasons += _rules_in_the_way(work, standing, part, village)
    best, examined = _best_change(work, VILLAGE_CHANGES, village)
    if best is None:
        reasons += _at_the_village(work, village)
    if not reasons:
        reasons = [Reason("several_rules")]
    return Unserved("village", village, tuple(reasons), best, ("accept_cost", *examined))


def _village_not_examined(work: _Work, village: str) -> Unserved:
    """Return what is known of a village without solving, where time ended."""
    reasons = (*_beyond_reach(work, village), Reason("not_examined"))
    return Unserved("village", village, reasons, None, ())


def _village_idx(standing: Standing, village: str) -> int:
    """Return a village's index."""
    return standing.model.network.village_ids.index(village)


def _cost_reason(work: _Work, change: Change) -> Reason:
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


def _budget_left_ore(work: _Work) -> float | None:
    """Return what the plan leaves of the budget, öre a week."""
    standing = work.standings.get(("accept_cost",))
    budget = work.scenario.goal.budget_sek_per_year
    if standing is None or budget is None:
        return None
    most_ore = standing.model.network.today_total_ore + ore_from_sek(budget) / WEEKS_PER_YEAR
    return max(0.0, most_ore - work.cost_ore)


def _beyond_reach(work: _Work, village: str) -> list[Reason]:
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


def _rules_in_the_way(work: _Work, standing: Standing, part: Part, village: str) -> list[Reason]:
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


def _at_the_village(work: _Work, village: str) -> list[Reason]:
    """Return why not even a site in the village itself can be served."""
    standing = work.standing(("new_site",))
    if standing is None:
        return []
    network = standing.model.network
    point = network.point_ids.index(new_site_id(work.scenario, village))
    idx = _village_idx(standing, village)
    return list(obstacles(network, standing.model.itineraries, idx, point))[:MOST_REASONS]


# --- an order -------------------------------------------------------------------------------------


def _order(work: _Work, order: str) -> Unserved:
    """Return why a home order is left."""
    scenario = work.scenario
    one = next(home for home in scenario.homes if home.id == order)
    travel = work.travel
    if origin_of(scenario, travel, one) is None:
        return Unserved("order", order, (Reason("no_origin"),), None, ())
    standing = work.standing(("accept_cost",))
    if standing is None:
        return _order_not_examined(order)
    part = part_of_order(standing, _home_idx(standing, order))
    change, is_known = _change(work, standing, ("accept_cost",), part, order)
    if change is not None:
        found = Reason("costs_more_than_leaving", found=float(change.cost_ore_per_week))
        return Unserved("order", order, (found,), change, ("accept_cost",))
    if not is_known:
        return _order_not_examined(order)
    reasons: list[Reason] = []
    if may_be_delivered(scenario, travel, one):
        reasons = reasons_of(in_the_way(part, work.limits.exact(ONE_S)))[:MOST_REASONS]
    best, examined = _best_change(work, ORDER_CHANGES, order)
    reasons = reasons or [Reason("nobody_carries")]
    return Unserved("order", order, tuple(reasons), best, ("accept_cost", *examined))


def _home_idx(standing: Standing, order: str) -> int:
    """Return a home order's index."""
    homes = standing.model.network.homes
    return next(idx for idx, home in enumerate(homes) if home.order.id == order)


# --- changes --------------------------------------------------------------------------------------


def _best_change(
    work: _Work, tried: Sequence[tuple[ChangeKind, ...]], name: str
) -> tuple[Change | None, tuple[ChangeKind, ...]]:
    """Return the first change that serves a village or an order, and the kinds examined.

    A later one asks for more: it is tried only where the earlier ones do not serve it.
    """
    examined = list[ChangeKind]()
    for kinds in tried:
        standing = work.standing(kinds)
        if standing is None or work.limits.are_reached:
            continue
        if name in standing.model.network.village_ids:
            part = part_of_village(standing, _village_idx(standing, name))
        else:
            part = part_of_order(standing, _home_idx(standing, name))
        change, is_known = _change(work, standing, kinds, part, name)
        if is_known:
            examined += [kind for kind in kinds if kind not in examined]
        if change is not None:
            return change, tuple(examined)
    return None, tuple(examined)


def _change(
    work: _Work, standing: Standing, kinds: tuple[ChangeKind, ...], part: Part | None, name: str
) -> tuple[Change | None, bool]:
    """Return what serving a village or an order costs in a changed scenario.

    Returns
    -------
    tuple
        The change, None if no plan with it was found; and whether the answer is known: a plan, or
        proof that there is none. No part means that there is nowhere to serve it.

    Raises
    ------
    PlanBreaksRuleError
        If the verifier refuses the plan.
    """
    if part is None:
        return None, True
    outcome, values = least_cost(standing, part, work.limits.exact(ONE_S))
    if values is None:
        return None, outcome.status == "INFEASIBLE"
    plan = build_plan(standing.model, values)
    broken = verify(asking_least_cost(standing.scenario), plan).violations
    if broken:
        message = f"the plan that would serve {name!r} breaks rules: {broken[0]}"
        raise PlanBreaksRuleError(message)
    metrics = measure(standing.scenario, plan)
    point, carrier = _where(plan, name)
    kept = {served.pickup_point for served in plan.collections if served.village == name}
    made = {new_site_id(work.scenario, village) for village in work.villages}
    needed = tuple(kind for kind in kinds if kind != "new_site" or kept & made)
    rules = standing.scenario.rules
    change = Change(
        kinds=needed or ("accept_cost",),
        pickup_point=point,
        carrier=carrier,
        cost_ore_per_week=metrics.cost_ore_per_week - work.cost_ore,
        is_least=outcome.status == "OPTIMAL",
        lead_days=rules.max_lead_days if "longer_promise" in kinds else None,
        deliveries_per_week=rules.min_deliveries_per_week if "fewer_days" in kinds else None,
    )
    return change, True


def _where(plan: Plan, name: str) -> tuple[str | None, str | None]:
    """Return pickup point and carrier of a village or an order."""
    for served in plan.collections:
        if served.village == name:
            return served.pickup_point, None
    for boxed in plan.homes_in_box:
        if boxed.order == name:
            return boxed.pickup_point, None
    for done in plan.homes_by_run:
        if done.order == name:
            return None, done.run
    for route in plan.van_routes:
        if any(stop.place == name for trip in route.trips for stop in trip.stops):
            return None, route.van
    return None, None


def _order_not_examined(order: str) -> Unserved:
    """Return what is told of an order where time ended."""
    return Unserved("order", order, (Reason("not_examined"),), None, ())


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
