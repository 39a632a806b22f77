"""The least cost of one choice of points together, with the runs' room shared.

A run-day can give one *combination* of services out of those that fit its delay budget. Run-days
with the same combinations are alike for the chosen points and are counted instead of named. What
is left out is that parcels are whole, how a group's parcels are split over its run-days, and how
parcels come to transfer places; so the optimum is a bound for every plan of this choice, and
its combinations, given to real run-days, are nearly always a plan.
"""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from deliveryopt.solver.alike import room_or_endless
from deliveryopt.solver.alone import delivery_rows, needs_of, store_rows
from deliveryopt.solver.columns import Commodity
from deliveryopt.solver.combinations import (
    Call,
    Combination,
    RunDayOptions,
    Transfers,
    groups_of,
)
from deliveryopt.solver.decompose import Decomposition, Pattern
from deliveryopt.solver.milp import Milp
from deliveryopt.solver.search import Limits, Values, search
from deliveryopt.solver.visits_needed import Visit, visits_needed

TOGETHER_S = 25.0
"""Longest search of one choice, seconds."""


@dataclass(frozen=True, slots=True, eq=False)
class Joint:
    """The bound of one choice, and the services that it uses."""

    bound_ore: int | None
    """No plan of this choice costs less, öre; None if nothing is proven."""
    is_impossible: bool
    """Whether it is proven that the choice has no plan."""
    services: tuple[int, ...] = ()
    """Columns of real services that stand for the optimum."""


@dataclass(slots=True, eq=False)
class _Together:
    """The programme of one choice under construction."""

    work: Decomposition
    patterns: list[Pattern]
    milp: Milp
    costs: dict[int, float] = field(default_factory=dict)
    used: list[tuple[Combination, int, list[RunDayOptions]]] = field(default_factory=list)
    """Combination, its column, and the run-days that can give it."""
    loads: list[tuple[Call, int, Commodity, int]] = field(default_factory=list)
    """Call, its combination's column, commodity, and the column of the parcels."""
    boxes: dict[int, dict[int, int]] = field(default_factory=dict)
    """Column by site and box type."""


def _add_combinations(work: _Together, groups: list[list[RunDayOptions]]) -> None:
    needs = {p.point: needs_of(work.work.model, p.villages) for p in work.patterns}
    for group in groups:
        columns = []
        for combination in group[0].columns:
            column = work.milp.column("times", upper=len(group))
            columns.append(column)
            work.costs[column] = combination.cost_ore
            work.used.append((combination, column, group))
            for call in combination.calls:
                for commodity in sorted(call.commodities & needs[call.point].keys()):
                    most = needs[call.point][commodity]
                    load = work.milp.column("load", upper=most, integer=False)
                    work.costs[load] = combination.parcel_ore
                    work.loads.append((call, column, commodity, load))
        work.milp.row("run-days", [(column, 1.0) for column in columns], upper=len(group))


def _add_room(work: _Together) -> None:
    size = work.work.model.network.parcel_size
    of_column: dict[int, list[tuple[Call, Commodity, int]]] = defaultdict(list)
    for call, column, commodity, load in work.loads:
        of_column[column].append((call, commodity, load))
    for combination, column, _ in work.used:
        loads = of_column[column]
        handled = [(load, 1.0) for _, _, load in loads]
        work.milp.row("handled", [*handled, (column, -combination.handled)], upper=0)
        for boarding in {call.boarding for call, _, _ in loads}:
            for kind, room in enumerate(combination.room):
                if room is not None:
                    aboard = [
                        (load, float(size[commodity[1], kind]))
                        for call, commodity, load in loads
                        if call.boarding == boarding
                    ]
                    work.milp.row("room", [*aboard, (column, -room)], upper=0)


def _add_demand(work: _Together) -> None:
    bring: dict[tuple[int, Commodity], list[int]] = defaultdict(list)
    able: dict[tuple[int, Commodity], set[int]] = defaultdict(set)
    for call, column, commodity, load in work.loads:
        bring[call.point, commodity].append(load)
        able[call.point, commodity].add(column)
    fewest = work.work.model.network.scenario.rules.min_deliveries_per_week
    for pattern in work.patterns:
        needs = needs_of(work.work.model, pattern.villages)
        for commodity, parcels in needs.items():
            key = (pattern.point, commodity)
            loads = [(load, 1.0) for load in bring[key]]
            work.milp.row("all", loads, lower=parcels, upper=parcels)
            work.milp.row("promise", [(column, 1.0) for column in sorted(able[key])], lower=1)
        if needs and fewest > 1:
            arrivals = [
                (call.arrival_day, column)
                for combination, column, _ in work.used
                for call in combination.calls
                if call.point == pattern.point
            ]
            delivery_rows(work.milp, arrivals, fewest=fewest)


def _add_visits_needed(work: _Together) -> None:
    """Ask for as many visits on a stretch of days as bring what must arrive on it."""
    size = work.work.model.network.parcel_size
    for pattern in work.patterns:
        needs = needs_of(work.work.model, pattern.villages)
        commodities = sorted(needs)
        visits = [
            Visit(column, call.arrival_day, call.commodities, _room(combination))
            for combination, column, _ in work.used
            for call in combination.calls
            if call.point == pattern.point
        ]
        parcels = np.array([[float(needs[commodity]) for commodity in commodities]])
        for terms, needed in visits_needed(commodities, parcels, visits, size):
            work.milp.row("visits needed", terms, lower=float(needed[0]))


def _add_least(work: _Together, *, by_transfer: bool) -> None:
    """Ask of each point what it costs alone: no plan pays less for it."""
    model, network = work.work.model, work.work.model.network
    for pattern in work.patterns:
        point = pattern.point
        paid: list[tuple[int, float]] = []
        for combination, column, group in work.used:
            # the most that it may be on any run-day of the group: the row holds for all of them
            share = max(_paid_at(work.work, point, day.columns[combination]) for day in group)
            if share:
                paid.append((column, share))
        paid += [
            (load, float(of_load))
            for call, _, _, load in work.loads
            if call.point == point and (of_load := work.costs[load])
        ]
        paid += [(column, work.costs[column]) for column in work.boxes.get(point, {}).values()]
        fixed = sum(model.cost_terms[model.collects[v, point]] for v in pattern.villages)
        if point in model.opens:
            fixed += network.site_ore[point]
        least_ore = pattern.bound_ore(by_transfer=by_transfer) or 0
        work.milp.row("least of a point", paid, lower=least_ore - fixed)


def _paid_at(work: Decomposition, point: int, services: tuple[int, ...]) -> float:
    """Return what a point pays of some services."""
    return sum(
        work.share_ore(point, column)
        for column in services
        if point in work.service_of[column][0].points
    )


def _room(combination: Combination) -> tuple[float, float, float]:
    """Return what one combination can bring to a point."""
    litres, kilograms, parcels = room_or_endless(combination.room)
    return litres, kilograms, min(parcels, float(combination.handled))


def _add_boxes(work: _Together) -> int:
    """Add boxes and their rows; return the sites' own cost."""
    model = work.work.model
    network = model.network
    constant_ore = 0
    for pattern in work.patterns:
        site = pattern.point
        if site not in model.opens:
            continue
        constant_ore += network.site_ore[site]
        most = network.scenario.pickup_points[site].max_boxes
        work.boxes[site] = {}
        for where, box_type in model.boxes:
            if where == site:
                column = work.milp.column("boxes", upper=most)
                work.costs[column] = network.box_ore[box_type]
                work.boxes[site][box_type] = column
        loads = [
            (load, commodity[1], call.arrival_day)
            for call, _, commodity, load in work.loads
            if call.point == site
        ]
        store_rows(work.milp, network, work.boxes[site], loads, most=most)
    _add_box_limits(work)
    return constant_ore


def _add_box_limits(work: _Together) -> None:
    scenario = work.work.model.network.scenario
    columns = [(t, c) for by_type in work.boxes.values() for t, c in by_type.items()]
    if scenario.rules.max_boxes is not None:
        terms = [(column, 1.0) for _, column in columns]
        work.milp.row("boxes", terms, upper=scenario.rules.max_boxes)
    for limit in scenario.rules.max_boxes_per_operator:
        terms = [
            (column, 1.0)
            for box_type, column in columns
            if scenario.box_types[box_type].operator == limit.operator
        ]
        work.milp.row("operator", terms, upper=limit.max_boxes)


def _real_services(work: _Together, values: Values) -> tuple[int, ...]:
    """Give combinations to real run-days; return the services' columns."""
    free: dict[int, list[RunDayOptions]] = {}
    services: list[int] = []
    for combination, column, group in work.used:
        idle = free.setdefault(id(group), list(group))
        for _ in range(values.get(column, 0)):
            services += idle.pop().columns[combination]
    return tuple(services)


def bound_together(
    work: Decomposition,
    patterns: list[Pattern],
    limits: Limits,
    *,
    transfers: Transfers,
    below_ore: int | None = None,
) -> Joint:
    """Return the bound of one choice with the runs' room shared.

    Parameters
    ----------
    work
        The model by pickup point.
    patterns
        The choice.
    limits
        When to stop.
    transfers
        Whether parcels may come by transfer; how they come to the transfer place is left out, and
        what is paid there too if boarding is free.
    below_ore
        Cost that is known already: only cheaper plans are of interest, and if there is none this
        cost is the bound.

    Returns
    -------
    Joint
        Bound on the cost of the chosen points, villages that keep today's arrangement left out.
    """
    groups = groups_of(work, patterns, transfers)
    if groups is None:
        return Joint(None, is_impossible=False)
    model = work.model
    together = _Together(work, patterns, Milp("together"))
    _add_combinations(together, groups)
    _add_room(together)
    _add_demand(together)
    _add_visits_needed(together)
    constant_ore = _add_boxes(together) + sum(
        int(model.cost_terms[model.collects[village, pattern.point]])
        for pattern in patterns
        for village in pattern.villages
    )
    _add_least(together, by_transfer=transfers != "none")
    together.milp.set_objective(together.costs)
    if below_ore is not None:
        most = below_ore - constant_ore - 1
        together.milp.row("cheaper", list(together.costs.items()), upper=most)
    outcome = search(together.milp, limits.exact(TOGETHER_S))
    if outcome.status == "INFEASIBLE":
        return Joint(below_ore, is_impossible=below_ore is None)
    bound_ore = None if outcome.bound is None else outcome.bound + constant_ore
    services = _real_services(together, outcome.values or {})
    return Joint(bound_ore, is_impossible=False, services=services)
