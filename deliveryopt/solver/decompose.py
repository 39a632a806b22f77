"""Large scenarios by pickup point: a bound from single points, and a plan put together from them.

For each pickup point and each set of villages that may collect there, the least cost of serving
them *as if no other point used the runs* is computed by a small programme (`alone.py`). No plan
can serve them for less, so the best choice of points by these costs (the *choice*, a small
programme with the goal's own rows, `choice.py`) is a bound for every plan. `assemble.py` puts the
plan together point by point with the runs' real room. If every point gets its least cost, the plan
is proven best.

What several points may share is split so that the bound stays valid: a detour to several points
is paid in parts that add up to at most its cost. Plans with transfers are bounded apart: services
at transfer places are free for the points, but the cheapest pair of them is paid once.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations

import numpy as np

from deliveryopt.solver.alone import build_alone, group_visits
from deliveryopt.solver.columns import Model
from deliveryopt.solver.detours import Option
from deliveryopt.solver.milp import BoolArray, FrozenMilp, Part
from deliveryopt.solver.search import Limits, Values, search
from deliveryopt.solver.threads import run_all
from deliveryopt.units import DAYS_PER_WEEK, MIN_PER_DAY

MAX_VILLAGES_AT_POINT = 6
MAX_PATTERNS = 600
PART_S = 8.0
"""Longest search of one small programme, seconds."""
SMALL_HOMES = 1_000
"""Most columns of home orders and vans that every choice of points can hold."""
HOMES_TIME_SHARE = 0.25
"""Share of the time left for the bound of home orders and vans."""

Key = tuple[int, tuple[int, ...]]
"""Point and villages of a pattern."""
Wish = tuple[tuple[tuple[int, ...], int], ...]
"""Columns of alike services and how many of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """Villages that may collect at one point, with the least cost of serving them there."""

    point: int
    villages: tuple[int, ...]
    direct_ore: int | None
    """No plan without transfers serves them here for less; None if none can serve them."""
    any_ore: int | None
    """No plan serves them here for less, what transfers cost at their places left out."""
    wish: Wish = ()
    """Which services the bound would use."""

    @property
    def key(self) -> Key:
        """Return what tells the pattern from others."""
        return self.point, self.villages

    def bound_ore(self, *, by_transfer: bool) -> int | None:
        """Return the bound with or without transfers."""
        return self.any_ore if by_transfer else self.direct_ore


@dataclass(slots=True, eq=False)
class Decomposition:
    """The model seen point by point; made by `decompose`."""

    model: Model
    own: dict[int, list[int]]
    """Columns of each point but services: boxes, collecting, arriving parcels, deliveries."""
    services: dict[int, list[int]]
    """Services that contain each point."""
    service_of: dict[int, tuple[Option, int]]
    """Service and day of each column that stands for one."""
    transfer_columns: list[int]
    """Parcels on the way to transfer places, and services there."""
    shared_ore: dict[tuple[int, int], float]
    """What a point pays of a service with several points, by point and column."""
    frozen: FrozenMilp = field(init=False)
    coupled: BoolArray = field(init=False)
    """Rows of the goal and of villages, which single points leave out; shape (rows,)."""
    patterns: list[Pattern] | None = None
    """Every pattern of every point, once they are known; they know nothing of the goal."""
    homes_ore: int = 0
    """No plan pays less for home orders and vans' days."""
    homes: Values = field(default_factory=dict)
    """Home orders and vans as they would be if pickup points used no run."""
    homes_part: Part | None = None
    """Their programme, if it is small enough to be part of every choice of points."""
    are_homes_proven: bool = False
    """Whether no longer search could raise their bound."""

    def __post_init__(self) -> None:
        """Take the model's rows as they are."""
        self.see_rows()

    def see_rows(self) -> None:
        """Take the model's rows as they are now, its goal having moved."""
        self.frozen = self.model.milp.frozen()
        coupled = ("goal_is_met", "village_has_one_pickup_point")
        names = self.model.milp.row_names
        self.coupled = np.array([name.startswith(coupled) for name in names], dtype=np.bool_)

    def arrival_day(self, option: Option, day: int) -> int:
        """Return the day of the week on which a service arrives at the latest."""
        return (day + option.latest_arrival_min // MIN_PER_DAY) % DAYS_PER_WEEK

    def share_ore(self, point: int, column: int) -> float:
        """Return what a point pays of a service."""
        return self.shared_ore.get((point, column), self.model.cost_terms.get(column, 0.0))


def villages_of(model: Model) -> dict[int, tuple[int, ...]]:
    """Return the villages that may collect at each point."""
    found: dict[int, list[int]] = defaultdict(list)
    for village, point in model.collects:
        found[point].append(village)
    return {point: tuple(sorted(villages)) for point, villages in sorted(found.items())}


def is_decomposable(model: Model) -> bool:
    """Return whether the sets of villages are few enough to be listed."""
    sizes = [len(villages) for villages in villages_of(model).values()]
    return max(sizes, default=0) <= MAX_VILLAGES_AT_POINT and (
        sum(2**size for size in sizes) <= MAX_PATTERNS
    )


def _shared_costs(model: Model) -> dict[tuple[int, int], float]:
    """Split the cost of services with several points in proportion to what each alone costs.

    Parts are rounded down, so that they never add up to more than the cost.
    """
    alone: dict[tuple[int, int, int], int] = {}
    for option, day in model.takes:
        if len(option.points) == 1:
            key = (option.run, day, option.points[0])
            alone[key] = min(alone.get(key, option.cost_ore), option.cost_ore)
    found = {}
    for (option, day), column in model.takes.items():
        if len(option.points) > 1:
            weights = [alone.get((option.run, day, point), 1) or 1 for point in option.points]
            for point, weight in zip(option.points, weights, strict=True):
                found[point, column] = float(option.cost_ore * weight // sum(weights))
    return found


def _own_columns(model: Model) -> dict[int, list[int]]:
    own: dict[int, list[int]] = defaultdict(list)
    for (site, _), column in model.boxes.items():
        own[site].append(column)
    for site, column in model.opens.items():
        own[site].append(column)
    for (_, point), column in model.collects.items():
        own[point].append(column)
    for point, flows in model.arrivals.items():
        own[point] += [flow.column for flow in flows]
    for column, point in model.delivery_columns.items():
        own[point].append(column)
    return own


def decompose(model: Model) -> Decomposition:
    """Return a model's columns by pickup point; what was learned of it before stays."""
    if isinstance(model.by_point, Decomposition):
        return model.by_point
    services: dict[int, list[int]] = defaultdict(list)
    for (option, _), column in model.takes.items():
        for point in option.points:
            services[point].append(column)
    places = sorted(model.transfers_in)
    transfer_columns = {flow.column for place in places for flow in model.transfers_in[place]}
    transfer_columns |= {column for place in places for column in services[place]}
    work = Decomposition(
        model=model,
        own=_own_columns(model),
        services=services,
        service_of={column: key for key, column in model.takes.items()},
        transfer_columns=sorted(transfer_columns),
        shared_ore=_shared_costs(model),
    )
    model.by_point = work
    return work


def bound_homes(work: Decomposition, limits: Limits) -> None:
    """Find the least cost of home orders and vans as if pickup points used no run.

    Their own rows and the runs' room and delay budgets are kept; that a pickup point must be open
    and hold what is collected there is left out.
    """
    model = work.model
    if not model.left or work.are_homes_proven:
        return
    free = np.zeros(model.milp.num_columns, dtype=np.bool_)
    free[model.home_columns] = True
    free[list(model.in_box.values())] = True
    own = ("home_gets_its_delivery", "van_keeps_its_shift", "run_keeps_within")
    keep_row = np.array([name.startswith(own) for name in model.milp.row_names], dtype=np.bool_)
    part = work.frozen.part(free, {}, keep_row=keep_row)
    part.set_cost(model.cost_terms)
    left = dict.fromkeys(model.left, 1)
    outcome = search(
        part.milp, limits.exact(HOMES_TIME_SHARE * limits.left_s), hints=[part.inside(left)]
    )
    if part.milp.num_columns <= SMALL_HOMES:
        work.homes_part = part
    work.are_homes_proven = outcome.status == "OPTIMAL"
    work.homes_ore = max(work.homes_ore, outcome.bound or 0)
    work.homes = left if outcome.values is None else part.whole(outcome.values)


# --- one point alone -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Bound:
    """The bound of one pattern."""

    ore: int | None
    """None if the pattern is impossible."""
    is_known: bool
    wish: Wish = ()


def _least(
    work: Decomposition, point: int, villages: tuple[int, ...], limits: Limits, *, by_transfer: bool
) -> _Bound:
    """Return the bound of serving villages at a point alone."""
    visits = group_visits(work.model, point, work.shared_ore, by_transfer=by_transfer)
    alone = build_alone(work.model, point, villages, visits)
    outcome = search(alone.milp, limits.exact(PART_S))
    if outcome.status == "INFEASIBLE":
        return _Bound(None, is_known=True)
    if outcome.bound is None:
        return _Bound(None, is_known=False)
    chosen = outcome.values or {}
    wish = tuple(
        (tuple(visits[visit]), chosen[column])
        for visit, column in alone.visits
        if chosen.get(column)
    )
    return _Bound(outcome.bound + alone.constant_ore, is_known=True, wish=wish)


def _patterns_at(
    work: Decomposition, point: int, villages: tuple[int, ...], limits: Limits
) -> list[Pattern] | None:
    """Return every pattern of a point; None if the limits came first."""
    transfers = any(f.ride.kind == "from_transfer" for f in work.model.arrivals.get(point, []))
    found = []
    for size in range(1, len(villages) + 1):
        for chosen in combinations(villages, size):
            direct = _least(work, point, chosen, limits, by_transfer=False)
            wider = direct
            if transfers:
                wider = _least(work, point, chosen, limits, by_transfer=True)
            if not (direct.is_known and wider.is_known):
                return None
            if wider.ore is not None:
                found.append(Pattern(point, chosen, direct.ore, wider.ore, direct.wish))
    return found


def all_patterns(work: Decomposition, limits: Limits) -> list[Pattern] | None:
    """Return every pattern of every point, found once; None if the limits came first."""
    if work.patterns is not None:
        return work.patterns
    jobs = [
        partial(_patterns_at, work, point, villages, limits)
        for point, villages in villages_of(work.model).items()
    ]
    lists = run_all(jobs, limits)
    if any(found is None for found in lists):
        return None
    work.patterns = [pattern for found in lists if found is not None for pattern in found]
    return work.patterns


def least_transfer_ore(work: Decomposition) -> int:
    """Return what any plan with a transfer pays for services at transfer places, at least.

    One run must come to a place and another one leave it. At places where villages may collect
    too, those services may be paid by them already.
    """
    model = work.model
    collecting = {point for _, point in (*model.collects, *model.in_box)}
    least = []
    for place, flows in model.transfers_in.items():
        came = {model.takes[flow.ride.option, flow.ride.day] for flow in flows}
        left = {
            model.takes[flow.ride.board_option, flow.ride.day]
            for flow in model.transfers_out[place]
            if flow.ride.board_option is not None
        }
        if place in collecting or not came or not left:
            least.append(0.0)
        else:
            least.append(
                min(work.share_ore(place, column) for column in came)
                + min(work.share_ore(place, column) for column in left)
            )
    return int(min(least, default=0.0))
