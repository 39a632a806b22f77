"""Plans from ways: which ways to take, real run-days for them, and plans near a plan.

The ways that column generation found are mixed into whole ones by a small programme. Their visits
are given to real run-days, and the plain model of just these services finds boxes and whole
parcels. Then a few neighbouring points at a time are decided anew in the plain model, with the
services that any way has ever wished for, while everything else stands.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
MOST_SPARE = len(SPARES) - 1
NEGLIGIBLE_LOSS_ORE = 100.0
ALONE_S = 2.0
"""Longest search whether a point can be served with what is given to it, seconds."""

Spares = Mapping[int, int | None]
"""Services to spare of each kind, by point; None where all of them may be given."""
Given = Mapping[int, Sequence[int]]
"""Columns of the services that are given to each point."""
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
    conflicts: list[dict[int, frozenset[int]]] = field(default_factory=list)
    """Villages by point that real run-days cannot serve there together."""
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
        """Return the cheapest whole mix of ways that shares the room; None if none was found.

        Villages may be in several ways of it, and are then left in one: serving fewer villages
        never costs more.
        """
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
        for village in range(rows.num_villages):
            again = milp.column("again", upper=float(len(of_point)))
            terms[village].append((again, -1.0))
            if rows.coverage is not None:
                inhabitants = float(rows.model.network.inhabitants[village])
                terms[rows.coverage].append((again, -inhabitants))
        for point, columns in of_point.items():
            lower = 1.0 if point in empty else 0.0
            milp.row("point", [(column, 1.0) for column in columns], lower=lower, upper=1.0)
        for conflict in self.conflicts:
            both = [
                (column, 1.0)
                for column, way in enumerate(ways)
                if way.point in conflict and conflict[way.point].issubset(way.villages)
            ]
            milp.row("conflict", both, upper=len(conflict) - 1.0)
        for row, (low, high) in enumerate(
            zip(rows.lower.tolist(), rows.upper.tolist(), strict=True)
        ):
            if terms[row]:
                milp.row("shared", terms[row], lower=low, upper=high)
        milp.set_objective(costs)
        outcome = search(milp, self.limits.exact(MIX_S))
        if outcome.values is None:
            return None
        return _once([way for column, way in enumerate(ways) if outcome.values.get(column)])

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
        each can and those that share run-days cannot together, all of these do. What cannot be
        served with all services is a conflict, which no mix has from then on.
        """
        self.lost_ore = {}
        steps = {way.point: 0 for way in mix}
        while not self.limits.are_reached:
            spares = {point: SPARES[step] for point, step in steps.items()}
            given = self._given(mix, spares)
            failed = self._carry_out(mix, given)
            if failed is None:
                return True
            alone = run_all(
                [partial(self._solve, [way], given, {}, alone=True) for way in failed], self.limits
            )
            short = [way.point for way, found in zip(failed, alone, strict=True) if found is None]
            hopeless = [
                way for way in failed if way.point in short and steps[way.point] == MOST_SPARE
            ]
            more = [p for p in short or (way.point for way in failed) if steps[p] < MOST_SPARE]
            if hopeless or not more:
                for ways in [[way] for way in hopeless] or self._apart(failed, given):
                    self._forbid(ways, given)
                return False
            for point in more:
                steps[point] += 1
        return False

    def _forbid(self, ways: Sequence[Way], given: Given) -> None:
        """Note ways that cannot be carried out together, without those that make no difference.

        Where time was too short to tell, a mix is passed over that might do; no bound knows of it.
        """
        core = list(ways)
        for way in ways:
            rest = [other for other in core if other is not way]
            if self.limits.are_reached:
                return
            if rest and self._solve(rest, given, {}, alone=True) is None:
                core = rest
        self.conflicts.append({way.point: frozenset(way.villages) for way in core})

    def _carry_out(self, mix: Sequence[Way], given: Given) -> Sequence[Way] | None:
        """Make a plan of a mix with the services given; return ways that failed, None if none."""
        settled = self._settled(mix)
        parts = self._apart(mix, given)
        jobs = [partial(self._solve, ways, given, settled) for ways in parts]
        found = run_all(jobs, self.limits)
        failed = [
            way for ways, values in zip(parts, found, strict=True) if values is None for way in ways
        ]
        if failed:
            return failed
        plan = dict(settled)
        for values in filter(None, found):
            plan |= values
        self.lost_ore = {way.point: self._paid_ore(plan, way.point) - way.cost_ore for way in mix}
        return None if self.keep(plan) else mix

    def _settled(self, mix: Sequence[Way]) -> Values:
        """Return what a mix settles: where villages collect, and sites that open empty."""
        model = self.work.model
        served = {village: way.point for way in mix for village in way.villages}
        values: Values = open_sites_that_must(self.work, {way.point for way in mix})
        for village, column in enumerate(model.keeps_today):
            point = served.get(village)
            values[column if point is None else model.collects[village, point]] = 1
        return values

    def _apart(self, mix: Sequence[Way], given: Given) -> list[list[Way]]:
        """Return ways in groups that share no run-day and no service.

        All are together where rows join all points.
        """
        if self.rows.budget is not None or self.rows.box_rows:
            return [list(mix)] if mix else []
        groups: list[tuple[set[object], list[Way]]] = []
        for way in mix:
            services = [self.work.service_of[column] for column in given[way.point]]
            keys: set[object] = {way.point}
            for option, day in services:  # a detour to two points is a service of both
                keys |= {(option.run, day), *option.points}
            with_it = [group for group in groups if not keys.isdisjoint(group[0])]
            groups = [group for group in groups if keys.isdisjoint(group[0])]
            joined = [way, *(other for _, ways in with_it for other in ways)]
            groups.append((keys.union(*(known for known, _ in with_it)), joined))
        return [ways for _, ways in groups]

    def _solve(
        self, ways: Sequence[Way], given: Given, settled: Values, *, alone: bool = False
    ) -> Values | None:
        """Find boxes and whole parcels for some ways, all else settled; None if there are none.

        With `alone` any will do, and rows that join points are left out.
        """
        model = self.work.model
        free = np.zeros(model.milp.num_columns, dtype=np.bool_)
        for way in ways:
            free[self.work.own[way.point]] = True
            free[list(given[way.point])] = True
        free[list(model.collects.values())] = False
        values = dict(settled)
        values |= {
            model.collects[village, way.point]: 1 for way in ways for village in way.villages
        }
        self._leave_idle(free, values)
        keep_row = ~self.work.coupled if alone else None
        part = self.work.frozen.part(free, values, keep_row=keep_row)
        seconds = ALONE_S
        if not alone:
            part.set_cost(model.cost_terms)
            seconds = min(CARRY_S, CARRY_SHARE * self.limits.left_s)
        outcome = search(part.milp, self.limits.exact(seconds))
        return None if outcome.values is None else part.whole(outcome.values)

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


def _once(ways: Iterable[Way]) -> list[Way]:
    """Return ways with each village in one of them, that with fewer villages."""
    found: list[Way] = []
    seen: set[int] = set()
    for way in sorted(ways, key=lambda way: (len(way.villages), way.point)):
        villages = tuple(village for village in way.villages if village not in seen)
        seen.update(villages)
        if villages == way.villages:
            found.append(way)
        elif villages:
            found.append(replace(way, villages=villages))
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
