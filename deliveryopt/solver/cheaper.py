"""The least cost of serving one more village or home order, if it is below a cost that is known.

Most changes of a scenario cannot beat the best one found so far, and that is cheap to prove: no
plan serves a village at a point for less than the villages there cost *alone* (`alone.py`). Points
that cannot beat the known cost are left out, and what is left is searched for a plan below it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from math import ceil, inf, isfinite

from deliveryopt.solver.alone import build_alone, group_visits
from deliveryopt.solver.decompose import decompose
from deliveryopt.solver.milp import Part
from deliveryopt.solver.search import Limits, Values, search
from deliveryopt.solver.standing import Standing, least_cost, part_of_order, part_of_village

ALONE_S = 2.0
"""Longest search for what villages cost at a point alone, seconds."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search for a cheaper plan found."""

    values: Values | None
    """The plan in its model; None if none is known that costs less than asked."""
    bound_ore: float
    """No plan costs less than this more than the plan that stands; infinity if there is none."""
    is_least: bool
    """Whether no plan costs less: proven."""


@dataclass(slots=True, eq=False)
class Floors:
    """What villages cost at single points at least; filled as it is asked for."""

    standing: Standing
    shared_ore: dict[tuple[int, int], float]
    collecting: dict[int, tuple[int, ...]]
    """Villages that collect at each point in the plan."""
    known: dict[tuple[int, tuple[int, ...], bool], float] = field(default_factory=dict)

    def alone_ore(
        self, point: int, villages: tuple[int, ...], limits: Limits, *, by_transfer: bool
    ) -> float:
        """Return what villages cost at a point at least; infinity if they cannot collect there."""
        if not villages:
            return 0.0
        key = point, villages, by_transfer
        if key not in self.known:
            model = self.standing.model
            visits = group_visits(model, point, self.shared_ore, by_transfer=by_transfer)
            alone = build_alone(model, point, villages, visits)
            outcome = search(alone.milp, limits.exact(ALONE_S))
            if outcome.status == "INFEASIBLE":
                self.known[key] = inf
            elif outcome.bound is None:
                self.known[key] = -inf
            else:
                self.known[key] = outcome.bound + alone.constant_ore
        return self.known[key]


def floors_of(standing: Standing) -> Floors:
    """Return what villages cost at single points where a plan stands, nothing worked out yet."""
    collecting: dict[int, list[int]] = defaultdict(list)
    for (village, point), column in standing.model.collects.items():
        if standing.values.get(column):
            collecting[point].append(village)
    shared_ore = decompose(standing.model).shared_ore
    return Floors(standing, shared_ore, {at: tuple(sorted(v)) for at, v in collecting.items()})


def _at_least_ore(
    floors: Floors, village: int, point: int, shut: Collection[int], limits: Limits
) -> float:
    """Return what the free columns cost at least where a village collects at a point.

    Either its parcels come without transfers, or some place of transfer is open.
    """
    model = floors.standing.model
    here = tuple(sorted({*floors.collecting.get(point, ()), village}))
    places = {
        flow.ride.origin
        for flow in model.arrivals.get(point, [])
        if flow.ride.kind == "from_transfer" and flow.ride.origin not in shut
    }
    least_ore = floors.alone_ore(point, here, limits, by_transfer=False)
    if places:
        opening_ore = min(_opening_ore(floors.standing, place) for place in places)
        by_transfer_ore = floors.alone_ore(point, here, limits, by_transfer=True)
        least_ore = min(least_ore, by_transfer_ore + opening_ore)
    for one, other in model.collects:
        if one == village and other != point:
            kept = floors.collecting.get(other, ())
            least_ore += floors.alone_ore(other, kept, limits, by_transfer=True)
    return least_ore


def _opening_ore(standing: Standing, place: int) -> int:
    """Return what opening a place costs at least; nothing if it is open or needs no box."""
    model = standing.model
    opens = model.opens.get(place)
    if opens is None or standing.values.get(opens):
        return 0
    boxes = [model.network.box_ore[kind] for site, kind in model.boxes if site == place]
    return int(model.network.site_ore[place]) + int(min(boxes, default=0))


def village_for_less(  # noqa: PLR0913  what is asked, and what is known already
    floors: Floors,
    village: int,
    limits: Limits,
    *,
    below_ore: float = inf,
    only: Collection[int] | None = None,
    shut: Collection[int] = (),
    one_of: Collection[int] = (),
) -> Found:
    """Find the cheapest plan that serves a village, everything else unchanged.

    Parameters
    ----------
    floors
        The plan in the scenario, with what is known of its points.
    village
        The village.
    limits
        When to stop.
    below_ore
        What the plan must cost less than, above the plan that stands.
    only
        Points where the village may collect; all within reach if None.
    shut
        Sites that must stay closed.
    one_of
        Columns of routes of which one must be driven; any if empty.
    """
    standing = floors.standing
    model = standing.model
    part = part_of_village(standing, village)
    if part is None:
        return Found(None, inf, is_least=False)
    before_ore = _cost_ore(standing, part)
    drive_ore = min((model.cost_terms.get(column, 0.0) for column in one_of), default=0.0)
    allowed = [
        point for one, point in model.collects if one == village and (only is None or point in only)
    ]
    least_ore = {
        point: _at_least_ore(floors, village, point, shut, limits) + drive_ore - before_ore
        for point in allowed
    }
    hopeful = {point for point, ore in least_ore.items() if ore < below_ore}
    floor_ore = min(least_ore.values(), default=inf)
    if not hopeful:
        return Found(None, floor_ore, is_least=False)
    for (one, point), column in model.collects.items():
        if one == village and point not in hopeful:
            part.fix(column, 0.0)
    for site in shut:
        if model.opens[site] in part.place_of:
            part.fix(model.opens[site], 0.0)
    return _search(standing, part, limits, below_ore, floor_ore, one_of)


def order_for_less(
    standing: Standing,
    home: int,
    limits: Limits,
    *,
    below_ore: float = inf,
    one_of: Collection[int] = (),
) -> Found:
    """Find the cheapest plan that serves a home order, everything else unchanged.

    The parameters are as for a village.
    """
    part = part_of_order(standing, home)
    return _search(standing, part, limits, below_ore, -inf, one_of)


def _cost_ore(standing: Standing, part: Part) -> int:
    """Return what the columns of a part cost in the plan that stands."""
    costs = standing.model.cost_terms
    inside = (column for column in standing.values if column in part.place_of)
    return round(sum(costs.get(column, 0.0) * standing.values[column] for column in inside))


def _search(
    standing: Standing,
    part: Part,
    limits: Limits,
    below_ore: float,
    floor_ore: float,
    one_of: Iterable[int],
) -> Found:
    """Search a part for a plan that costs less than asked."""
    milp, before_ore = part.milp, _cost_ore(standing, part)
    if one_of:
        drives = [(part.place_of[column], 1.0) for column in one_of]
        milp.row("one of these is driven", drives, lower=1)
    if isfinite(below_ore):
        costs = [(column, cost) for column, cost in enumerate(milp.cost) if cost]
        milp.row("cheaper", costs, upper=before_ore + below_ore - 1)
    bound = ceil(floor_ore + before_ore) if isfinite(floor_ore) else None
    outcome, values = least_cost(standing, part, limits, bound=bound)
    if outcome.status == "INFEASIBLE":
        return Found(None, below_ore, is_least=False)
    if outcome.bound is not None:
        floor_ore = max(floor_ore, outcome.bound - before_ore)
    return Found(values, floor_ore, is_least=outcome.status == "OPTIMAL")
