"""Plans from ways: which ways to take, real run-days for them, and plans near a plan.

The ways that column generation found are mixed into whole ones by a small programme. Their visits
are given to real run-days, and the plain model of just these services finds boxes and whole
parcels. Then a few neighbouring points at a time are decided anew in the plain model, with the
services that any way has ever wished for, while everything else stands.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from deliveryopt.solver.alike import Alike, Group, Service
from deliveryopt.solver.assemble import open_sites_that_must
from deliveryopt.solver.decompose import Decomposition
from deliveryopt.solver.master import Rows
from deliveryopt.solver.milp import BoolArray, IntArray, Milp
from deliveryopt.solver.proposal import Proposal
from deliveryopt.solver.search import Limits, Values, objective_of, search
from deliveryopt.solver.threads import run_all
from deliveryopt.solver.ways import Site, Way

MIX_S = 6.0
"""Longest search for the best mix of ways, seconds."""
CARRY_S = 6.0
CARRY_SHARE = 0.08
"""Longest search for boxes and parcels of a mix, seconds, and as a share of the time left."""
SPARES = (0, 1, 4, None)
"""Services of each kind beyond those wished for: none first, more where they do not do, then all
services of the points."""
NEGLIGIBLE_LOSS_ORE = 100.0
ALONE_S = 2.0
"""Longest search whether a point can be served with what is given to it, seconds."""

Spares = Mapping[int, int | None]
"""Services to spare of each kind, by point; None where all of them may be given."""
Change = dict[int, int]
"""New values of some columns."""


@dataclass(slots=True, eq=False)
class Workshop:
    """Where plans are made from ways and improved."""

    work: Decomposition
    alike: Alike
    rows: Rows
    sites: dict[int, Site]
    limits: Limits
    best: Proposal
    tell: Callable[[Proposal], None]
    """Called with every better plan."""
    wished: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    """Services that any way has wished for, by point."""

    lost_ore: dict[int, float] = field(default_factory=dict)
    """By how much each point of the last mix that was carried out costs more than in it."""
    flow_columns: IntArray = field(init=False)
    """Parcels on their way; shape (flows,)."""
    flow_services: IntArray = field(init=False)
    """The service that brings them; shape (flows,)."""

    def __post_init__(self) -> None:
        """Look up which service brings what."""
        takes, flows = self.work.model.takes, self.work.model.flows
        self.flow_columns = np.array([flow.column for flow in flows], dtype=np.int64)
        self.flow_services = np.array(
            [takes[flow.ride.option, flow.ride.day] for flow in flows], dtype=np.int64
        )

    # --- a mix of ways ---------------------------------------------------------------------------

    def mix(self, ways: Sequence[Way]) -> list[Way] | None:
        """Return the cheapest whole mix of ways that shares the room; None if none was found."""
        milp, rows = Milp("mix"), self.rows
        terms: list[list[tuple[int, float]]] = [[] for _ in rows.lower]
        of_point: dict[int, list[int]] = defaultdict(list)
        costs: dict[int, float] = {}
        for way in ways:
            column = milp.column("way")
            costs[column] = round(way.cost_ore)
            of_point[way.point].append(column)
            for row, amount in rows.of_way(way).items():
                terms[row].append((column, amount))
        empty = rows.add_the_rest(milp, terms, costs, of_point)
        for point, columns in of_point.items():
            lower = 1.0 if point in empty else 0.0
            milp.row("point", [(column, 1.0) for column in columns], lower=lower, upper=1.0)
        for row, (low, high) in enumerate(
            zip(rows.lower.tolist(), rows.upper.tolist(), strict=True)
        ):
            if terms[row]:
                milp.row("shared", terms[row], lower=low, upper=high)
        milp.set_objective(costs)
        outcome = search(milp, self.limits.exact(MIX_S))
        if outcome.values is None:
            return None
        return [way for column, way in enumerate(ways) if outcome.values.get(column)]

    # --- real run-days ---------------------------------------------------------------------------

    def remember(self, ways: Iterable[Way]) -> None:
        """Remember what ways wish for."""
        for way in ways:
            offers = self.sites[way.point].offers
            for position, _ in way.visits:
                offer = offers[position]
                columns = self.alike.groups[offer.group].columns[offer.service]
                self.wished[way.point].update(columns)

    def _given(self, mix: Sequence[Way], spares: Spares) -> dict[int, list[int]]:
        """Give the visits of a mix to real run-days, and some to spare; return columns by point."""
        visits: dict[int, list[tuple[Service, int]]] = defaultdict(list)
        for way in mix:
            for position, times in way.visits:
                offer = self.sites[way.point].offers[position]
                visits[offer.group].append((offer.service, times))
        found: dict[int, list[int]] = defaultdict(list)
        for group, wanted in visits.items():
            for service, columns in _share_out(self.alike.groups[group], wanted, spares):
                found[service.point] += columns
        for point, spare in spares.items():
            if spare is None:
                found[point] = list(self.work.services[point])
        return found

    def carry_out(self, mix: Sequence[Way]) -> bool:
        """Make a plan of a mix; return whether that worked.

        Points that cannot be served with the services given to them get more to choose from; where
        each can and all together cannot, all of them do.
        """
        self.lost_ore = {}
        steps = {way.point: 0 for way in mix}
        while not self.limits.are_reached:
            spares = {point: SPARES[step] for point, step in steps.items()}
            given = self._given(mix, spares)
            if self._carry_out(mix, given):
                return True
            alone = run_all(
                [partial(self._serves, way, given[way.point]) for way in mix], self.limits
            )
            short = {way.point for way, is_served in zip(mix, alone, strict=True) if not is_served}
            for point in short or steps:
                steps[point] += 1
            if max(steps.values(), default=len(SPARES)) >= len(SPARES):
                return False
        return False

    def _serves(self, way: Way, given: Sequence[int]) -> bool:
        """Return whether some services alone can serve a point as a way does."""
        free = np.zeros(self.work.model.milp.num_columns, dtype=np.bool_)
        free[self.work.own[way.point]] = True
        free[given] = True
        values = self._with_villages(free, [way])
        self._leave_idle(free, values)
        part = self.work.frozen.part(free, values, keep_row=~self.work.coupled)
        outcome = search(part.milp, self.limits.exact(ALONE_S))
        return outcome.values is not None

    def _with_villages(self, free: BoolArray, mix: Sequence[Way]) -> Values:
        """Settle which villages collect at the points of a mix; return what is settled."""
        served = {village: way.point for way in mix for village in way.villages}
        values: Values = {}
        for (village, point), column in self.work.model.collects.items():
            if free[column]:
                free[column] = False
                if served.get(village) == point:
                    values[column] = 1
        return values

    def _carry_out(self, mix: Sequence[Way], given: Mapping[int, Sequence[int]]) -> bool:
        """Make a plan of a mix with the services given to its points; return whether it worked."""
        model = self.work.model
        points = {way.point for way in mix}
        free = np.zeros(model.milp.num_columns, dtype=np.bool_)
        for point in points:
            free[self.work.own[point]] = True
            free[list(given[point])] = True
        values = self._with_villages(free, mix) | open_sites_that_must(self.work, points)
        served = {village for way in mix for village in way.villages}
        for village, column in enumerate(model.keeps_today):
            if village not in served:
                values[column] = 1
        self._leave_idle(free, values)
        part = self.work.frozen.part(free, values)
        part.set_cost(model.cost_terms)
        outcome = search(
            part.milp, self.limits.exact(min(CARRY_S, CARRY_SHARE * self.limits.left_s))
        )
        if outcome.values is None:
            return False
        kept = {column: value for column, value in values.items() if not free[column]}
        plan = kept | part.whole(outcome.values)
        self.lost_ore = {way.point: self._paid_ore(plan, way.point) - way.cost_ore for way in mix}
        return self.keep(plan)

    def _paid_ore(self, plan: Values, point: int) -> float:
        """Return what a point costs in a plan, its services in full."""
        costs = self.work.model.cost_terms
        columns = (*self.work.own[point], *self.work.services[point])
        return sum(costs.get(column, 0.0) * plan.get(column, 0) for column in columns)

    def losing(self) -> list[int]:
        """Return points that cost more than the last mix wanted, those that lose most first."""
        losing = [p for p, lost_ore in self.lost_ore.items() if lost_ore > NEGLIGIBLE_LOSS_ORE]
        return sorted(losing, key=lambda point: (-self.lost_ore[point], point))

    def keep(self, values: Values) -> bool:
        """Offer a plan if it keeps every row; return whether it does."""
        before = self.best.values
        is_plan = self.best.offer(self.work, values)
        if self.best.values is not before:
            self.tell(self.best)
        return is_plan

    def _leave_idle(self, free: BoolArray, values: Values) -> None:
        """Leave out parcels on services that are not given: they have nothing to ride on."""
        given = free.copy()
        given[[column for column, value in values.items() if value]] = True
        free[self.flow_columns] &= given[self.flow_services]

    # --- plans near a plan -----------------------------------------------------------------------

    def near(self, points: set[int], seconds: float) -> Change | None:
        """Decide some points anew, all else standing; return what changes if that gains."""
        model, values = self.work.model, self.best.values
        if values is None:
            return None
        free = np.zeros(model.milp.num_columns, dtype=np.bool_)
        for point in points:
            free[self.work.own[point]] = True
            free[list(self.wished[point])] = True
            used = [column for column in self.work.services[point] if values.get(column)]
            free[used] = True
        where = {v: p for (v, p), column in model.collects.items() if values.get(column)}
        for (village, point), column in model.collects.items():
            if point not in points:
                continue
            if where.get(village, point) in points:
                free[model.keeps_today[village]] = True
            else:
                free[column] = False
        self._leave_idle(free, values)
        part = self.work.frozen.part(free, values)
        part.set_cost(model.cost_terms)
        hint = part.inside(values)
        outcome = search(part.milp, self.limits.exact(seconds), hints=[hint])
        if outcome.values is None or outcome.objective == objective_of(part.milp, hint):
            return None
        new = part.whole(outcome.values)
        return {
            column: new.get(column, 0)
            for column in part.columns.tolist()
            if new.get(column, 0) != values.get(column, 0)
        }

    def take_over(self, changes: Iterable[Change | None]) -> None:
        """Change the plan one change after the other, where they fit and gain."""
        for change in changes:
            if change is not None and self.best.values is not None:
                values = self.best.values | change
                self.keep({column: value for column, value in values.items() if value})

    def neighbourhoods(self, rng: np.random.Generator, widest: int) -> list[set[int]]:
        """Return sets of points that could take over villages or runs from each other.

        Those come first whose points lose most against the mix; a set has `widest` points at most.
        """
        points = sorted(self.sites)
        villages = {point: set(self.sites[point].villages) for point in points}
        run_days = {point: {offer.group for offer in self.sites[point].offers} for point in points}
        losing = self.losing()
        rest = [int(point) for point in rng.permutation(points) if point not in losing]
        found = []
        for point in (*losing, *rest):
            size = int(rng.integers(1, widest + 1))
            others = sorted(
                (other for other in points if other != point),
                key=lambda other: (
                    -len(villages[point] & villages[other]),
                    -len(run_days[point] & run_days[other]) * rng.uniform(0.5, 1.0),
                ),
            )
            found.append({point, *others[: size - 1]})
        return found


def _share_out(
    group: Group, wanted: list[tuple[Service, int]], spares: Spares
) -> Iterator[tuple[Service, list[int]]]:
    """Give visits to the run-days of a group, the longest first, each to the idlest that fits.

    What fits nowhere is given to the idlest all the same: the plain model decides. A few more
    services are given for a choice. Yields services and their columns.
    """
    left_s = [group.budget_s] * group.copies
    gaps: list[set[int]] = [set() for _ in range(group.copies)]
    for service, times in sorted(wanted, key=lambda entry: -entry[0].extra_s):
        order = sorted(range(group.copies), key=lambda copy: -left_s[copy])
        fits = [
            copy
            for copy in order
            if left_s[copy] >= service.extra_s
            and not (service.is_detour and service.stop in gaps[copy])
        ]
        chosen = [*fits, *(copy for copy in order if copy not in fits)]
        for copy in chosen[:times]:
            left_s[copy] -= service.extra_s
            if service.is_detour:
                gaps[copy].add(service.stop)
        number = times + (spares[service.point] or 0)
        yield service, [group.columns[service][copy] for copy in chosen[:number]]
