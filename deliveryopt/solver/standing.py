"""A plan standing in its model, and the least that serving one more village or order costs.

Everything that the plan decides stays; only what concerns the village or the order is decided anew
in the plain model. So the answer is exact for "everything else unchanged", and quick.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from deliveryopt.plan.plan import Plan
from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.columns import Model
from deliveryopt.solver.detours import enumerate_detours
from deliveryopt.solver.from_plan import counted, keep_routes_of, values_of
from deliveryopt.solver.itineraries import enumerate_itineraries
from deliveryopt.solver.milp import BoolArray, FrozenMilp, Milp, Part
from deliveryopt.solver.network import Network, build_network
from deliveryopt.solver.routing import Fleet, Wanted, build_fleet, realise
from deliveryopt.solver.search import Limits, Outcome, Values, search
from deliveryopt.units import DAYS

LEFT_OUT: Final = ("goal_is_met[budget]", "goal_is_met[coverage]")
"""Rows that do not count when something more is served: the budget is what is asked about."""
_DAY: Final = f"(?P<day>{'|'.join(DAYS)})"
_COMMODITY: Final = r"\(\d+, \d+, \d+\)"
RELAXABLE: Final = {
    rule: re.compile(rf"{rule}\[{about}\]")
    for rule, about in {
        "run_keeps_within_capacity": rf"(?P<run>.*),{_DAY},\d+,(?P<kind>\d)",
        "run_keeps_within_delay": rf"(?P<run>.*),{_DAY}",
        "box_holds_its_parcels": rf"(?P<point>.*),[SML],{_DAY}",
        "delivered_often_enough": r"(?!brings,|delivered\[).*",
        "transfer_is_secure": rf"(?P<point>.*),{_DAY}",
        "goal_is_met": r"(?!must_serve,).*",
        "parcels_are_carried": rf"(?P<point>.*),{_COMMODITY}",
    }.items()
}
"""Rules that are relaxed one by one to find which of them stands in the way, and the names of
their rows that say what may be; rows that only link columns never give way."""


FLOW, LINK = "flow[", "parcels_are_carried[takes"
"""How columns of parcels begin, and rows that let them ride only services that are given."""
MANY_PARCELS = 100_000.0


@dataclass(slots=True, eq=False)
class Standing:
    """A plan in the plain model of a scenario; made by `stand`."""

    scenario: Scenario
    model: Model
    frozen: FrozenMilp
    values: Values
    """The plan's values above 0."""
    keep_row: BoolArray
    """Rows that count; shape (rows,)."""

    @property
    def cost_ore(self) -> int:
        """Return what the plan costs a week, öre."""
        costs = self.model.cost_terms
        return round(sum(costs.get(column, 0) * value for column, value in self.values.items()))


@dataclass(frozen=True, slots=True)
class Excess:
    """By how much one row of a rule must give way."""

    rule: str
    row: str
    """Name of the row, which `RELAXABLE[rule]` reads."""
    amount: float


def stand(
    scenario: Scenario, plan: Plan, limits: Limits, *, more_stops: bool = False
) -> Standing | None:
    """Put a plan into the plain model of a scenario.

    Parameters
    ----------
    scenario
        A scenario whose rules the plan keeps, but perhaps for budget and coverage.
    plan
        The plan.
    limits
        When to stop.
    more_stops
        Whether vans get routes with one stop more than the plan's, for villages and orders that
        the plan does not serve.

    Returns
    -------
    Standing | None
        None if the model has no column for a part of the plan, or the plan does not keep its
        rows, or time is up.
    """
    network = build_network(scenario)
    if limits.are_reached:
        return None
    fleet = build_fleet(network, enumerate_itineraries(network, enumerate_detours(network)))
    if not fleet.is_complete:
        wanted = keep_routes_of(fleet, plan)
        if more_stops:
            for longer in _longer(network, fleet, wanted, plan):
                realise(fleet, longer)
    model = fleet.model()
    values = values_of(model, plan)
    if values is None:
        return None
    keep_row = np.array(
        [not name.startswith(LEFT_OUT) for name in model.milp.row_names], dtype=np.bool_
    )
    frozen = model.milp.frozen()
    whole = counted(model, values, limits, frozen=frozen, keep_row=keep_row)
    return None if whole is None else Standing(scenario, model, frozen, whole, keep_row)


def _longer(network: Network, fleet: Fleet, wanted: Wanted, plan: Plan) -> Iterator[Wanted]:
    """Yield for each van's day what it drives with one more stop."""
    place = {name: idx for idx, name in enumerate(network.place_ids)}
    left = {place[left.order] for left in plan.homes_left if left.order in place}
    unserved = {network.village_ids.index(kept.village) for kept in plan.as_today}
    points = {
        pair.point
        for pair in network.within_reach
        if pair.village in unserved and not network.today_covered[pair.village]
    }
    for van_day in fleet.days:
        key = van_day.van.van_idx, van_day.day
        trips = wanted.get(key, [])
        for origin, places in van_day.stops.items():
            for new in sorted((left | points) & set(places)):
                same = [number for number, (other, _) in enumerate(trips) if other == origin]
                yield {key: [*trips, (origin, (new,))]}
                for number in same:
                    longer = (origin, (*trips[number][1], new))
                    yield {key: [*trips[:number], longer, *trips[number + 1 :]]}


# --- one more village, one more order ------------------------------------------------------------


def part_of_village(standing: Standing, village: int) -> Part | None:
    """Return the programme in which a village must collect at a point; None if it has none."""
    model = standing.model
    points = {point for one, point in model.collects if one == village}
    if not points:
        return None
    free = _free_at(model, points)
    for (one, point), column in model.collects.items():
        if point in points or one == village:
            free[column] = one == village
    free[model.keeps_today[village]] = True
    part = standing.frozen.part(free, standing.values, keep_row=standing.keep_row)
    part.fix(model.keeps_today[village], 0.0)
    part.set_cost(model.cost_terms)
    return part


def part_of_order(standing: Standing, home: int) -> Part:
    """Return the programme in which a home order must be delivered or collected."""
    model = standing.model
    points = {point for one, point in model.in_box if one == home}
    free = _free_at(model, points)
    for column in model.collects.values():
        free[column] = False
    for (one, _), column in model.in_box.items():
        free[column] = one == home
    for ride, column in model.home_rides:
        if ride.home == home:
            free[column] = True
            free[model.takes[ride.option, ride.day]] = True
    free[model.left[home]] = True
    part = standing.frozen.part(free, standing.values, keep_row=standing.keep_row)
    part.fix(model.left[home], 0.0)
    part.set_cost(model.cost_terms)
    return part


def _free_at(model: Model, points: set[int]) -> BoolArray:
    """Return the columns of some points: boxes, services, parcels, transfers and vans."""
    free = np.zeros(model.milp.num_columns, dtype=np.bool_)
    free[[column for (site, _), column in model.boxes.items() if site in points]] = True
    free[[column for site, column in model.opens.items() if site in points]] = True
    places = set(model.transfers_in)
    for (option, _), column in model.takes.items():
        if points.intersection(option.points) or (points and places.intersection(option.points)):
            free[column] = True
    on_vans = {van_run.run.run_idx for van_run in model.vans.runs}
    for flow in model.flows:
        if flow.ride.point in points or flow.ride.kind == "to_transfer" or flow.ride.run in on_vans:
            free[flow.column] = True
    free[list(model.delivery_columns)] = True
    free[model.drives] = True
    return free


def least_cost(
    standing: Standing, part: Part, limits: Limits, *, bound: int | None = None
) -> tuple[Outcome, Values | None]:
    """Return the cheapest way, in cost of the part, and the values of the whole plan.

    A bound that is proven already ends the search where it is reached.
    """
    outcome = search(part.milp, limits, bound=bound)
    if outcome.values is None:
        return outcome, None
    return outcome, whole_values(standing, part, outcome.values)


def whole_values(standing: Standing, part: Part, values: Values) -> Values:
    """Return the values of the whole plan, some of its columns decided anew."""
    decided = set(part.place_of)
    kept = {column: value for column, value in standing.values.items() if column not in decided}
    return kept | part.whole(values)


# --- what stands in the way ----------------------------------------------------------------------


def in_the_way(part: Part, limits: Limits, rules: Iterable[str] = RELAXABLE) -> list[list[Excess]]:
    """Return for each rule that alone stands in the way by how much its rows must give way.

    Parameters
    ----------
    part
        A programme that has no solution.
    limits
        When to stop.
    rules
        Rules to relax, one at a time.

    Returns
    -------
    list[list[Excess]]
        One list for each rule whose relaxing alone gives a solution: found by solving, with the
        least sum of what its rows give way. Empty if no rule stands in the way alone.
    """
    found = []
    for rule in rules:
        if limits.are_reached:
            break
        loose, slack = _with_slack(part.milp, rule)
        if not slack:
            continue
        outcome = search(loose, limits)
        if outcome.values is None or outcome.status != "OPTIMAL":
            continue
        amounts: dict[int, float] = {}
        for column, value in outcome.values.items():
            if column in slack and value:
                amounts[slack[column]] = amounts.get(slack[column], 0.0) + value
        if amounts:
            found.append(
                [
                    Excess(rule, part.milp.row_names[row], amount)
                    for row, amount in sorted(amounts.items())
                ]
            )
    return found


def _with_slack(milp: Milp, rule: str) -> tuple[Milp, dict[int, int]]:
    """Return a programme whose rows of one rule may give way, and the row of each such column."""
    loose = Milp(
        milp.name,
        list(milp.lower),
        list(milp.upper),
        list(milp.integer),
        [0.0] * milp.num_columns,
        list(milp.column_names),
    )
    slack: dict[int, int] = {}
    is_of_room = rule == "run_keeps_within_capacity"
    if is_of_room:  # what a run can hold also stands in its flows' limits and links
        for column, name in enumerate(milp.column_names):
            if name.startswith(FLOW):
                loose.upper[column] = MANY_PARCELS
    for row, name in enumerate(milp.row_names):
        start, end = milp.row_start[row], milp.row_start[row + 1]
        terms = list(zip(milp.row_columns[start:end], milp.row_values[start:end], strict=True))
        if is_of_room and name.startswith(LINK):
            terms = [
                (column, min(value, -MANY_PARCELS) if value < 0 else value)
                for column, value in terms
            ]
        for value, limit in ((1.0, milp.row_lower[row]), (-1.0, milp.row_upper[row])):
            if np.isfinite(limit) and RELAXABLE[rule].fullmatch(name):
                column = loose.column("gives way", upper=np.inf, cost=1.0)
                slack[column] = row
                terms.append((column, value))
        loose.row(name, terms, lower=milp.row_lower[row], upper=milp.row_upper[row])
    return loose, slack
