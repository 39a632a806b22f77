"""Where boxes would stand if nobody thought of transport: the first step of the usual sequence.

A capacitated covering model: boxes, sites and where villages collect, at the cost of boxes, sites
and collecting, as if every parcel lay in its box on the day on which it becomes ready. Agents,
runs, vans and home orders are left as they are today.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import product

from deliveryopt.scenario.schema import Scenario
from deliveryopt.scenario.terms import SIZES
from deliveryopt.solver.milp import Milp
from deliveryopt.solver.network import Network, Pair, build_network
from deliveryopt.solver.result import SolveOptions
from deliveryopt.solver.search import Limits, Outcome, SearchStatus, Values, search
from deliveryopt.units import DAYS_PER_WEEK, PER_MILLE

NODES_WHEN_DETERMINISTIC = 5_000
"""Most nodes of a search when the result may not depend on the clock."""


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where boxes stand and who collects there."""

    status: SearchStatus
    """`OPTIMAL`: no better choice by this model; without a choice `INFEASIBLE` or `UNKNOWN`."""
    sites: frozenset[str]
    """Sites with boxes."""
    collections: dict[str, str]
    """Site by village; other villages keep today's arrangement."""
    covered: frozenset[str]
    """Villages that are covered, as today or at a site."""
    reproducible: bool
    """Whether the clock played no part."""


@dataclass(slots=True, eq=False)
class _Location:
    """The programme, and what its columns mean."""

    network: Network
    pairs: tuple[Pair, ...]
    milp: Milp
    opens: dict[int, int] = field(default_factory=dict)
    """Column by site."""
    boxes: dict[tuple[int, int], int] = field(default_factory=dict)
    """Column by site and box type."""
    collects: dict[tuple[int, int], int] = field(default_factory=dict)
    """Column by village and site."""
    at_sites: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Columns of `collects` by village."""
    keeps_today: list[int] = field(default_factory=list)
    """Column by village."""
    cost: dict[int, float] = field(default_factory=dict)
    """What one unit of each column costs a week, öre."""

    def covers(self, village: int) -> list[int]:
        """Return the columns by which a village is covered."""
        is_today = bool(self.network.today_covered[village])
        return [*self.at_sites[village], *([self.keeps_today[village]] if is_today else ())]


def choose_places(
    scenario: Scenario,
    options: SolveOptions,
    *,
    stop: threading.Event,
    barred: Collection[tuple[str, str]] = (),
) -> Places:
    """Return the places that the goal asks for where transport is free and always possible.

    Parameters
    ----------
    scenario
        Gives coverage share or budget, pins, limits on boxes, and prices.
    options
        Limits of the search.
    stop
        Setting it ends the search soon.
    barred
        Villages and sites that may not go together.

    Returns
    -------
    Places
        Places for boxes that hold the parcels; if there are none, places for boxes of any size.
    """
    network = build_network(scenario)
    sites = {i for i, point in enumerate(scenario.pickup_points) if point.kind == "site"}
    pairs = tuple(
        pair
        for pair in network.pairs
        if pair.point in sites
        and (network.village_ids[pair.village], network.point_ids[pair.point]) not in barred
    )
    nodes = NODES_WHEN_DETERMINISTIC if options.deterministic else None
    limits = Limits(time.monotonic() + options.time_limit_s, 0.0, options.seed, nodes, stop)
    sized = _build(network, pairs)
    _boxes_hold_parcels(sized)
    outcome = _search(sized, limits)
    if outcome.status == "INFEASIBLE":
        outcome = _search(_build(network, pairs), limits)
    return _places(sized, outcome)


def _build(network: Network, pairs: tuple[Pair, ...]) -> _Location:
    """Return the programme without the rows on compartments."""
    location = _Location(network, pairs, Milp("location"))
    _add_boxes(location)
    _add_villages(location)
    _add_limits(location)
    _add_goal(location)
    return location


def _add_boxes(location: _Location) -> None:
    """Add sites and boxes; a site is open if, and only if, it has a box."""
    milp, network = location.milp, location.network
    type_idx = {box_type: idx for idx, box_type in enumerate(network.box_type_ids)}
    for site, point in enumerate(network.scenario.pickup_points):
        if point.kind != "site" or point.state == "must_not":
            continue
        opens = milp.column(f"opens[{point.id}]", lower=float(point.state == "must_open"))
        location.opens[site] = opens
        location.cost[opens] = network.site_ore[site]
        boxes = []
        for box_type in point.box_types or network.box_type_ids:
            column = milp.column(f"boxes[{point.id},{box_type}]", upper=point.max_boxes)
            location.boxes[site, type_idx[box_type]] = column
            location.cost[column] = network.box_ore[type_idx[box_type]]
            boxes.append((column, 1.0))
        milp.row(f"some[{point.id}]", [*boxes, (opens, -1)], lower=0)
        milp.row(f"most[{point.id}]", [*boxes, (opens, -point.max_boxes)], upper=0)


def _add_villages(location: _Location) -> None:
    """Let each village collect at one open site or keep today's arrangement."""
    milp, network = location.milp, location.network
    for pair in location.pairs:
        names = f"{network.village_ids[pair.village]},{network.point_ids[pair.point]}"
        column = milp.column(f"collects[{names}]")
        location.collects[pair.village, pair.point] = column
        location.cost[column] = pair.cost_ore
        location.at_sites[pair.village].append(column)
        milp.row(f"open[{names}]", [(column, 1), (location.opens[pair.point], -1)], upper=0)
    for village, village_id in enumerate(network.village_ids):
        keeps = milp.column(f"keeps_today[{village_id}]")
        location.keeps_today.append(keeps)
        location.cost[keeps] = int(network.today_ore[village])
        columns = [(column, 1.0) for column in (keeps, *location.at_sites[village])]
        milp.row(f"one[{village_id}]", columns, lower=1, upper=1)


def _add_limits(location: _Location) -> None:
    """Limit the number of boxes, in all and by operator."""
    network = location.network
    rules = network.scenario.rules
    operators = [box_type.operator for box_type in network.scenario.box_types]
    if rules.max_boxes is not None:
        every = [(column, 1.0) for column in location.boxes.values()]
        location.milp.row("max_boxes", every, upper=rules.max_boxes)
    for limit in rules.max_boxes_per_operator:
        own = [
            (column, 1.0)
            for (_, box_type), column in location.boxes.items()
            if operators[box_type] == limit.operator
        ]
        location.milp.row(f"max_boxes[{limit.operator}]", own, upper=limit.max_boxes)


def _add_goal(location: _Location) -> None:
    """Ask for coverage, for the villages that must be served, and keep the budget."""
    milp, network = location.milp, location.network
    covered = [
        (column, float(network.inhabitants[village]))
        for village in range(len(network.village_ids))
        for column in location.covers(village)
    ]
    milp.row("coverage", covered, lower=network.needed_inhabitants)
    for village, about in enumerate(network.scenario.villages):
        if about.must_serve:
            own = [(column, 1.0) for column in location.covers(village)]
            milp.row(f"must_serve[{about.id}]", own, lower=1)
    if network.budget_ore is not None:
        most = int(network.today_ore.sum()) + network.budget_ore
        milp.row("budget", location.cost.items(), upper=most)


def _boxes_hold_parcels(location: _Location) -> None:
    """Let the boxes of each site hold the parcels still there, a small one in any compartment."""
    network = location.network
    collects: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (village, site), column in location.collects.items():
        collects[site].append((village, column))
    boxes: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (site, box_type), column in location.boxes.items():
        boxes[site].append((box_type, column))
    for site, villages in collects.items():
        for day, smallest in product(range(DAYS_PER_WEEK), range(len(SIZES))):
            still = [
                (column, float(_still_there(network, village, smallest, day)))
                for village, column in villages
            ]
            room = [
                (column, -PER_MILLE * float(network.compartments[box_type, smallest:].sum()))
                for box_type, column in boxes[site]
            ]
            name = f"holds[{network.point_ids[site]},{day},{smallest}]"
            location.milp.row(name, [*still, *room], upper=0)


def _still_there(network: Network, village: int, smallest: int, day: int) -> int:
    """Return thousandths of a village's parcels of a size or larger in the box on a day."""
    return sum(
        share * int(network.demand[village, smallest:, (day - later) % DAYS_PER_WEEK].sum())
        for later, share in enumerate(network.still_there)
    )


def _search(location: _Location, limits: Limits) -> Outcome:
    """Search for the goal: the greatest coverage first where it asks for that, then least cost."""
    milp, network = location.milp, location.network
    if network.scenario.goal.kind == "least_cost":
        milp.set_objective(location.cost)
        return search(milp, limits)
    weights: dict[int, float] = defaultdict(float)
    for village in range(len(network.village_ids)):
        for column in location.covers(village):
            weights[column] += int(network.weight[village])
    milp.set_objective({column: -weight for column, weight in weights.items()})
    widest = search(milp, limits)
    if widest.values is None or widest.objective is None:
        return widest
    milp.row("greatest coverage", weights.items(), lower=-widest.objective)
    milp.set_objective(location.cost)
    cheapest = search(milp, limits, hints=(widest.values,))
    if cheapest.values is None:
        return widest
    both = widest.status == cheapest.status == "OPTIMAL"
    return Outcome(
        "OPTIMAL" if both else "FEASIBLE",
        cheapest.values,
        cheapest.objective,
        cheapest.bound,
        stopped_by_clock=widest.stopped_by_clock or cheapest.stopped_by_clock,
    )


def _places(location: _Location, outcome: Outcome) -> Places:
    """Return what a search chose in the scenario's words."""
    network = location.network
    chosen: Values = outcome.values or {}
    collections = {
        network.village_ids[village]: network.point_ids[site]
        for (village, site), column in location.collects.items()
        if chosen.get(column)
    }
    covered = (
        network.village_ids[village]
        for village in range(len(network.village_ids))
        if any(chosen.get(column) for column in location.covers(village))
    )
    return Places(
        status=outcome.status,
        sites=frozenset(
            network.point_ids[site] for site, column in location.opens.items() if chosen.get(column)
        ),
        collections=collections,
        covered=frozenset(covered),
        reproducible=not outcome.stopped_by_clock,
    )
