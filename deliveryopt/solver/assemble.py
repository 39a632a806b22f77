"""A plan put together point by point, for one choice of points after another.

Each point is placed with the room that the runs still have; where it finds none, or pays more than
its bound, a few points are re-solved together while the others stand.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from deliveryopt.solver.choice import empty_open
from deliveryopt.solver.decompose import (
    Decomposition,
    Pattern,
)
from deliveryopt.solver.milp import BoolArray
from deliveryopt.solver.search import Limits, Values, search

WIDEST_GROUP = 8
SPARE_SERVICES = 4
PLACE_S = 3.0
"""Longest search when placing points, seconds."""


@dataclass(slots=True, eq=False)
class Assembly:
    """A plan under construction for one choice."""

    work: Decomposition
    limits: Limits
    patterns: list[Pattern]
    values: Values = field(default_factory=dict)
    busy: dict[tuple[int, int], int] = field(default_factory=dict)
    """Services that each run-day gives so far."""

    def cost_of(self, points: set[int]) -> int:
        """Return what some points cost now."""
        costs = self.work.model.cost_terms
        free = self._columns(points)
        return round(sum(costs.get(c, 0) * v for c, v in self.values.items() if free[c]))

    def _columns(self, points: set[int]) -> BoolArray:
        free = np.zeros(self.work.model.milp.num_columns, dtype=np.bool_)
        for point in points:
            free[self.work.own[point]] = True
            free[self.work.services[point]] = True
        return free

    def place(
        self, points: set[int], *, by_transfer: bool = False, spare: int | None = None
    ) -> bool:
        """Re-solve some points while the others stand; return whether that worked.

        With `spare`, a point may use the services that its bound would use and so many more of
        each kind, the idlest first, besides those that it uses now: that is quick.
        """
        free = self._columns(points)
        if spare is not None:
            for pattern in self.patterns:
                if pattern.point in points:
                    services = self.work.services[pattern.point]
                    free[[column for column in services if not self.values.get(column)]] = False
            for pattern in self.patterns:
                if pattern.point in points:
                    for alike, number in pattern.wish:
                        idle = sorted(alike, key=lambda column: (self._is_busy(column), column))
                        free[idle[: number + spare]] = True
        return self._solve(free, points, by_transfer=by_transfer)

    def place_with(self, services: tuple[int, ...]) -> bool:
        """Place every point with these services and no others."""
        points = {pattern.point for pattern in self.patterns}
        free = self._columns(points)
        for point in points:
            free[self.work.services[point]] = False
        free[list(services)] = True
        return self._solve(free, points, by_transfer=False)

    def _is_busy(self, column: int) -> int:
        """Return how many services the run-day of a service gives already."""
        option, day = self.work.service_of[column]
        return self.busy.get((option.run, day), 0)

    def _solve(self, free: BoolArray, points: set[int], *, by_transfer: bool) -> bool:
        model = self.work.model
        if by_transfer:
            free[self.work.transfer_columns] = True
        else:
            for flows in model.transfers_out.values():
                free[[flow.column for flow in flows]] = False
        part = self.work.frozen.part(free, self.values, keep_row=~self.work.coupled)
        wanted = {
            (village, pattern.point) for pattern in self.patterns for village in pattern.villages
        }
        for key, column in model.collects.items():
            if free[column]:
                part.fix(column, float(key in wanted))
        part.set_cost(model.cost_terms)
        kept = {column: value for column, value in self.values.items() if not free[column]}
        outcome = search(
            part.milp,
            self.limits.exact(PLACE_S),
            hints=[part.inside(self.values)],
            bound=None if by_transfer else self.least_ore(points),
        )
        if outcome.values is None:
            return False
        self.values = kept | part.whole(outcome.values)
        self.busy = defaultdict(int)
        for column in self.values:
            if column in self.work.service_of:
                option, day = self.work.service_of[column]
                self.busy[option.run, day] += 1
        return True

    def least_ore(self, points: set[int]) -> int | None:
        """Return the bound on the cost of some points without transfers."""
        bounds = [p.direct_ore for p in self.patterns if p.point in points]
        known = [bound for bound in bounds if bound is not None]
        return sum(known) if len(known) == len(bounds) else None


def _neighbours(work: Decomposition, point: int, points: list[int]) -> list[int]:
    """Return other points, those first that most services of the same run-days contain."""
    run_days: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for option, day in work.model.takes:
        for member in option.points:
            run_days[member].add((option.run, day))
    others = [other for other in points if other != point]
    return sorted(others, key=lambda o: (-len(run_days[point] & run_days[o]), o))


def open_sites_that_must(work: Decomposition, used: set[int]) -> Values:
    """Return the values of sites that must open although nobody collects there."""
    model = work.model
    values: Values = {}
    for site in empty_open(model):
        boxes = [
            (model.network.box_ore[box_type], column)
            for (where, box_type), column in model.boxes.items()
            if where == site
        ]
        if site not in used and boxes:
            values |= {model.opens[site]: 1, min(boxes)[1]: 1}
    return values


def open_empty(assembly: Assembly) -> None:
    """Open the sites that must open although nobody collects there."""
    used = {pattern.point for pattern in assembly.patterns}
    assembly.values |= open_sites_that_must(assembly.work, used)


def assemble(work: Decomposition, order: list[Pattern], limits: Limits) -> Assembly | None:
    """Put points together one by one in an order; None if one finds no room."""
    assembly = Assembly(work, limits, order)
    open_empty(assembly)
    placed: list[int] = []
    for pattern in order:
        point = pattern.point
        if limits.are_reached:
            return None
        near = _neighbours(work, point, placed)
        done = (
            assembly.place({point}, spare=1)
            or assembly.place({point}, spare=SPARE_SERVICES)
            or assembly.place({point})
            or assembly.place({point}, by_transfer=True)
        )
        width = 2
        while not done and width <= 2 * len(near) and width <= WIDEST_GROUP:
            done = assembly.place({point, *near[:width]}, by_transfer=True)
            width *= 2
        if not done:
            return None
        placed.append(point)
    return assembly


def orders(work: Decomposition, patterns: list[Pattern]) -> list[list[Pattern]]:
    """Return orders in which to place points: fewest services first, most services first."""
    few = sorted(patterns, key=lambda p: (len(work.services[p.point]), p.point))
    dear = sorted(patterns, key=lambda p: (-sum(n for _, n in p.wish), p.point))
    return [few, dear] if few != dear else [few]


def mend(assembly: Assembly, gained: Callable[[], None]) -> None:
    """Re-solve points that cost more than their bound, with ever more neighbours."""
    points = sorted(pattern.point for pattern in assembly.patterns)
    width = 2
    while width <= max(2, min(WIDEST_GROUP, len(points))):
        dear = [p for p in points if assembly.cost_of({p}) != assembly.least_ore({p})]
        better = False
        for point in dear:
            if assembly.limits.are_reached:
                return
            group = {point, *_neighbours(assembly.work, point, points)[: width - 1]}
            before = assembly.cost_of(group)
            for spare in (SPARE_SERVICES, None):
                assembly.place(group, spare=spare, by_transfer=spare is None and width > 2)  # noqa: PLR2004
                if assembly.cost_of(group) < before:
                    better = True
                    gained()
                    break
        if not dear:
            return
        if not better:
            width *= 2


def finish(assembly: Assembly) -> Values:
    """Return the values of a whole plan: villages that nobody serves keep today's arrangement."""
    model = assembly.work.model
    served = {village for pattern in assembly.patterns for village in pattern.villages}
    values = dict(assembly.values)
    for village, column in enumerate(model.keeps_today):
        if village not in served:
            values[column] = 1
    return _with_homes(assembly, values) if model.left else values


def _with_homes(assembly: Assembly, values: Values) -> Values:
    """Return the values with home orders and vans: as they would be alone, or what room is left."""
    work, model = assembly.work, assembly.work.model
    boxed = set(model.in_box.values())
    alone = {column: value for column, value in work.homes.items() if column not in boxed}
    for (home, _), column in model.in_box.items():
        if work.homes.get(column):
            alone[model.left[home]] = 1
    if work.frozen.is_kept_by(values | alone):
        return values | alone
    free = np.zeros(model.milp.num_columns, dtype=np.bool_)
    free[model.home_columns] = True
    part = work.frozen.part(free, values)
    part.set_cost(model.cost_terms)
    left = dict.fromkeys(model.left, 1)
    outcome = search(part.milp, assembly.limits.exact(PLACE_S), hints=[part.inside(left)])
    return values | (left if outcome.values is None else part.whole(outcome.values))
