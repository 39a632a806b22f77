"""The choice of points: which patterns together meet the goal at the least bound.

Its optimum is a bound for every plan, because each pattern's cost is one and the runs' shared room
is left out.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deliveryopt.solver.columns import Model
from deliveryopt.solver.decompose import Decomposition, Key, Pattern, least_transfer_ore
from deliveryopt.solver.milp import Milp
from deliveryopt.solver.search import Limits, Outcome, Values, search


@dataclass(slots=True, eq=False)
class Choice:
    """The programme that chooses patterns; its optimum is a bound for every plan."""

    work: Decomposition
    patterns: list[Pattern]
    milp: Milp
    chosen: list[int]
    """Column of each pattern."""
    keeps_today: list[int]
    """Column of each village."""
    cost_terms: dict[int, float]

    def coverage_terms(self, weights: NDArray[np.int64]) -> dict[int, float]:
        """Return the covered weight as terms."""
        covered = self.work.model.network.today_covered
        terms = {
            column: float(sum(int(weights[village]) for village in pattern.villages))
            for column, pattern in zip(self.chosen, self.patterns, strict=True)
        }
        for village, column in enumerate(self.keeps_today):
            if covered[village]:
                terms[column] = float(weights[village])
        return terms

    def picked(self, values: Values) -> list[Pattern]:
        """Return the chosen patterns."""
        return [
            pattern
            for column, pattern in zip(self.chosen, self.patterns, strict=True)
            if values.get(column)
        ]

    def forbid(self, keys: frozenset[Key]) -> None:
        """Ask for another choice than these patterns from now on."""
        pairs = list(zip(self.chosen, self.patterns, strict=True))
        picked = [column for column, pattern in pairs if pattern.key in keys]
        others = [column for column, pattern in pairs if pattern.key not in keys]
        terms = [(column, 1.0) for column in picked] + [(column, -1.0) for column in others]
        self.milp.row("another choice", terms, upper=len(picked) - 1)


def empty_open(model: Model) -> dict[int, int]:
    """Return the least cost of each site that must open even if nobody collects there."""
    network = model.network
    costs = {}
    for site in model.opens:
        if network.scenario.pickup_points[site].state == "must_open":
            boxes = [network.box_ore[t] for where, t in model.boxes if where == site]
            costs[site] = network.site_ore[site] + min(boxes, default=0)
    return costs


def build_choice(work: Decomposition, patterns: list[Pattern], *, by_transfer: bool) -> Choice:
    """Return the programme that chooses at most one pattern a point, by the goal's own rows.

    With `by_transfer` it bounds the plans with transfers, else those without.
    """
    model, network = work.model, work.model.network
    milp = Milp("choice")
    patterns = [p for p in patterns if p.bound_ore(by_transfer=by_transfer) is not None]
    chosen = [milp.column(f"chosen[{p.point},{p.villages}]") for p in patterns]
    costs = {
        column: float(pattern.bound_ore(by_transfer=by_transfer) or 0)
        for column, pattern in zip(chosen, patterns, strict=True)
    }
    if by_transfer:
        column = milp.column("transfers", lower=1.0)
        costs[column] = float(least_transfer_ore(work))
    if work.homes_part is None and work.homes_ore:
        column = milp.column("homes", lower=1.0)
        costs[column] = float(work.homes_ore)
    keeps_today = []
    for village in range(len(network.village_ids)):
        column = milp.column(f"keeps_today[{village}]")
        keeps_today.append(column)
        costs[column] = float(network.today_ore[village])
        served = [c for c, p in zip(chosen, patterns, strict=True) if village in p.villages]
        milp.row("village", [(column, 1.0), *((c, 1.0) for c in served)], lower=1, upper=1)
    empty = empty_open(model)
    for point in sorted({p.point for p in patterns} | set(empty)):
        here = [c for c, p in zip(chosen, patterns, strict=True) if p.point == point]
        lower = 0.0
        if point in empty:
            column = milp.column(f"open and empty[{point}]")
            costs[column] = float(empty[point])
            here.append(column)
            lower = 1.0
        milp.row("point", [(column, 1.0) for column in here], lower=lower, upper=1)
    choice = Choice(work, patterns, milp, chosen, keeps_today, costs)
    _add_homes(choice)
    _goal_rows(choice)
    return choice


def _add_homes(choice: Choice) -> None:
    """Add the programme of home orders and vans, if it is small.

    An order is collected at a point that a pattern uses, or the point is opened and visited for it.
    """
    work, milp = choice.work, choice.milp
    if work.homes_part is None:
        return
    place = {
        column: milp.column(
            work.homes_part.milp.column_names[idx],
            lower=work.homes_part.milp.lower[idx],
            upper=work.homes_part.milp.upper[idx],
        )
        for column, idx in work.homes_part.place_of.items()
    }
    for column, mine in place.items():
        choice.cost_terms[mine] = work.model.cost_terms.get(column, 0.0)
    part = work.homes_part.milp
    for row, name in enumerate(part.row_names):
        entries = range(part.row_start[row], part.row_start[row + 1])
        milp.row(
            name,
            [
                (place[int(work.homes_part.columns[part.row_columns[e]])], part.row_values[e])
                for e in entries
            ],
            lower=part.row_lower[row],
            upper=part.row_upper[row],
        )
    opened = _opened_for_orders(choice)
    for (_, point), column in work.model.in_box.items():
        here = [c for c, p in zip(choice.chosen, choice.patterns, strict=True) if p.point == point]
        terms = [(place[column], 1.0), (opened[point], -1.0), *((c, -1.0) for c in here)]
        milp.row("collected", terms, upper=0)


def _opened_for_orders(choice: Choice) -> dict[int, int]:
    """Return a column for each point that is open and visited for home orders alone."""
    work, model = choice.work, choice.work.model
    empty = empty_open(model)
    opened = {}
    for point in sorted({point for _, point in model.in_box}):
        visits = {
            model.takes[flow.ride.option, flow.ride.day] for flow in model.arrivals.get(point, [])
        }
        cost = min((work.share_ore(point, column) for column in visits), default=0.0)
        if point in model.opens and point not in empty:
            boxes = [model.network.box_ore[t] for where, t in model.boxes if where == point]
            cost += model.network.site_ore[point] + min(boxes, default=0)
        opened[point] = choice.milp.column(f"open for orders[{point}]")
        choice.cost_terms[opened[point]] = cost
    return opened


def _goal_rows(choice: Choice) -> None:
    """Add the goal's rows as far as patterns know them; box limits count one box a site."""
    network, milp = choice.work.model.network, choice.milp
    if network.needed_inhabitants:
        terms = choice.coverage_terms(network.inhabitants)
        milp.row("coverage", terms.items(), lower=network.needed_inhabitants)
    if network.budget_ore is not None:
        most = network.today_total_ore + network.budget_ore
        milp.row("budget", choice.cost_terms.items(), upper=most)
    for village_idx, village in enumerate(network.scenario.villages):
        if village.must_serve and not network.today_covered[village_idx]:
            milp.row("must_serve", [(choice.keeps_today[village_idx], 1.0)], upper=0)
    most_boxes = network.scenario.rules.max_boxes
    if most_boxes is not None:
        sites = [
            (column, 1.0)
            for column, pattern in zip(choice.chosen, choice.patterns, strict=True)
            if pattern.point in choice.work.model.opens
        ]
        milp.row("boxes", sites, upper=most_boxes)


@dataclass(frozen=True, slots=True)
class Chosen:
    """One solution of the choice."""

    outcome: Outcome
    coverage: Outcome | None
    picked: list[Pattern]

    @property
    def may_cover(self) -> int | None:
        """Return what no choice can pass in weighted coverage, where it is proven."""
        if self.coverage is None or self.coverage.bound is None:
            return None
        return -self.coverage.bound

    @property
    def keys(self) -> frozenset[Key]:
        """Return what tells the choice from others."""
        return frozenset(pattern.key for pattern in self.picked)

    @property
    def covered(self) -> int | None:
        """Return the weighted coverage chosen, where the goal asks for the greatest."""
        if self.coverage is None or self.coverage.objective is None:
            return None
        return -self.coverage.objective


def choose(
    work: Decomposition,
    patterns: list[Pattern],
    limits: Limits,
    *,
    by_transfer: bool,
    forbidden: tuple[frozenset[Key], ...] = (),
    coverage_at_least: int | None = None,
) -> Chosen:
    """Solve the choice for the goal: first coverage where the goal asks for it, then cost."""
    network = work.model.network
    choice = build_choice(work, patterns, by_transfer=by_transfer)
    for keys in forbidden:
        choice.forbid(keys)
    coverage = None
    if network.scenario.goal.kind == "greatest_coverage":
        terms = choice.coverage_terms(network.weight)
        if coverage_at_least is None:
            choice.milp.set_objective({column: -value for column, value in terms.items()})
            coverage = search(choice.milp, limits.exact(limits.left_s))
            if coverage.objective is None:
                return Chosen(coverage, coverage, [])
            coverage_at_least = -coverage.objective
        choice.milp.row("as much coverage", terms.items(), lower=coverage_at_least)
    choice.milp.set_objective(choice.cost_terms)
    outcome = search(choice.milp, limits.exact(limits.left_s))
    return Chosen(outcome, coverage, choice.picked(outcome.values or {}))
