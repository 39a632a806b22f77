"""The linear programme over ways: which mix of ways serves everything at the least cost.

Its dual prices say what a village is worth and what shared room costs. Dual prices of a small
master swing wildly, so they are kept in a box around the prices of the best bound so far: every
row may be broken at a price at the edge of the box (the box step of Marsten, Hogan and
Blankenship 1975).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from deliveryopt.solver.alike import Alike
from deliveryopt.solver.choice import empty_open
from deliveryopt.solver.columns import Model
from deliveryopt.solver.milp import FloatArray, Milp
from deliveryopt.solver.triples import Triple, broken_triples
from deliveryopt.solver.ways import Prices, Way

if TYPE_CHECKING:
    from ortools.math_opt.python import mathopt


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows that join points, with what each kind of column takes of them.

    Rows are, in order: one for each village, one for each shared row of run-days, then coverage,
    budget, limit on boxes and limits on operators, as far as the scenario has them, and triples.
    """

    model: Model
    alike: Alike
    lower: FloatArray
    upper: FloatArray
    coverage: int | None
    budget: int | None
    box_rows: tuple[tuple[int, tuple[int, ...]], ...]
    """Row and the box types that it limits."""
    most_ore: float
    """More than any plan can cost."""
    triples: tuple[Triple, ...] = ()
    """Rows at the end: of three, two are held together once at most."""

    @property
    def first_triple(self) -> int:
        """Return the first row of triples."""
        return len(self.lower) - len(self.triples)

    def with_triples(self, triples: Sequence[Triple]) -> "Rows":
        """Return these rows and more triples."""
        return replace(
            self,
            lower=np.concatenate([self.lower, np.full(len(triples), -inf)]),
            upper=np.concatenate([self.upper, np.ones(len(triples))]),
            triples=(*self.triples, *triples),
        )

    @property
    def num_villages(self) -> int:
        """Return the number of villages."""
        return len(self.model.keeps_today)

    def of_way(self, way: Way) -> dict[int, float]:
        """Return what a way takes of each row."""
        inhabitants = self.model.network.inhabitants
        terms = dict.fromkeys(way.villages, 1.0)
        for row, amount in way.shared.items():
            terms[self.num_villages + row] = amount
        if self.coverage is not None:
            terms[self.coverage] = float(sum(int(inhabitants[v]) for v in way.villages))
        if self.budget is not None:
            terms[self.budget] = way.cost_ore
        for row, types in self.box_rows:
            terms[row] = float(sum(number for t, number in way.boxes if t in types))
        for row, triple in enumerate(self.triples, start=self.first_triple):
            if triple.is_held_by(way.point, way.villages):
                terms[row] = 1.0
        return terms

    def of_keeping(self, village: int) -> dict[int, float]:
        """Return what keeping today's arrangement takes of each row."""
        network = self.model.network
        terms = {village: 1.0}
        if self.coverage is not None and network.today_covered[village]:
            terms[self.coverage] = float(network.inhabitants[village])
        if self.budget is not None:
            terms[self.budget] = float(network.today_ore[village])
        return terms

    def may_keep(self, village: int) -> bool:
        """Return whether a village may keep today's arrangement."""
        network = self.model.network
        must_serve = network.scenario.villages[village].must_serve
        return bool(network.today_covered[village]) or not must_serve

    def add_the_rest(
        self,
        milp: Milp,
        terms: list[list[tuple[int, float]]],
        costs: dict[int, float],
        of_point: dict[int, list[int]],
        *,
        integer: bool = True,
    ) -> dict[int, int]:
        """Add columns for villages that keep today's arrangement and sites that open empty.

        Parameters
        ----------
        milp
            The programme to add columns to.
        terms
            Terms of each of these rows, added to.
        costs
            Cost by column, added to.
        of_point
            Columns of each point, of which it has one at most; added to.
        integer
            Whether the columns are whole.

        Returns
        -------
        dict
            What each site that must open costs without villages.
        """
        for village in range(self.num_villages):
            if self.may_keep(village):
                column = milp.column("keeps_today", integer=integer)
                costs[column] = float(self.model.network.today_ore[village])
                for row, amount in self.of_keeping(village).items():
                    terms[row].append((column, amount))
        empty = empty_open(self.model)
        for point, cost in empty.items():
            column = milp.column("open and empty", integer=integer)
            costs[column] = float(cost)
            of_point[point].append(column)
            if self.budget is not None:
                terms[self.budget].append((column, float(cost)))
        return empty

    def prices(self, duals: FloatArray) -> Prices:
        """Return duals as prices of ways."""
        network = self.model.network
        village = duals[: self.num_villages].copy()
        if self.coverage is not None:
            village += duals[self.coverage] * network.inhabitants
        box = np.zeros(len(network.box_ore))
        for row, types in self.box_rows:
            box[list(types)] -= duals[row]
        return Prices(
            village=village,
            shared=-duals[self.num_villages : self.num_villages + len(self.alike.row_upper)],
            box=box,
            scale=1.0 if self.budget is None else 1.0 - duals[self.budget],
            triples={
                triple: -float(dual)
                for triple, dual in zip(self.triples, duals[self.first_triple :], strict=True)
                if dual < 0
            },
        )

    def allowed(self, duals: FloatArray) -> FloatArray:
        """Return the nearest duals of the right sign: without a lower limit none is above 0."""
        low = np.where(self.upper < inf, -inf, 0.0)
        high = np.where(self.lower > -inf, inf, 0.0)
        return np.clip(duals, low, high)

    def worth(self, duals: FloatArray) -> float:
        """Return the sum of duals times the limits that they stand for."""
        limit = np.where(duals > 0, self.lower, self.upper)
        return float(np.sum(np.where(duals == 0, 0.0, duals * np.where(duals == 0, 0.0, limit))))

    def least_of_villages(self, duals: FloatArray) -> float:
        """Return the least of keeping today's arrangement or not at given duals, over villages."""
        network, total = self.model.network, 0.0
        for village in range(self.num_villages):
            if self.may_keep(village):
                taken = self.of_keeping(village).items()
                cost = float(network.today_ore[village])
                total += min(0.0, cost - sum(duals[row] * amount for row, amount in taken))
        return total


def rows_of(model: Model, alike: Alike) -> Rows:
    """Return the rows that join points."""
    network, rules = model.network, model.network.scenario.rules
    villages = len(model.keeps_today)
    lower = [1.0] * villages + [-inf] * len(alike.row_upper)
    upper = [1.0] * villages + list(alike.row_upper)
    coverage = budget = None
    if network.needed_inhabitants:
        coverage = len(lower)
        lower.append(float(network.needed_inhabitants))
        upper.append(inf)
    if network.budget_ore is not None:
        budget = len(lower)
        lower.append(-inf)
        upper.append(float(network.today_total_ore + network.budget_ore))
    box_rows: list[tuple[int, tuple[int, ...]]] = []
    types = network.scenario.box_types
    limits: list[tuple[int, str | None]] = [
        (limit.max_boxes, limit.operator) for limit in rules.max_boxes_per_operator
    ]
    if rules.max_boxes is not None:
        limits.append((rules.max_boxes, None))
    for most, operator in limits:
        which = tuple(
            t for t, box_type in enumerate(types) if operator in {None, box_type.operator}
        )
        box_rows.append((len(lower), which))
        lower.append(-inf)
        upper.append(float(most))
    costs = model.cost_terms.items()
    return Rows(
        model=model,
        alike=alike,
        lower=np.array(lower),
        upper=np.array(upper),
        coverage=coverage,
        budget=budget,
        box_rows=tuple(box_rows),
        most_ore=1.0 + sum(cost * model.milp.upper[column] for column, cost in costs if cost > 0),
    )


@dataclass(slots=True, eq=False)
class Master:
    """The programme over the ways found so far; solved again as ways and boxes change."""

    rows: Rows
    program: "mathopt.Model"
    solver: "mathopt.IncrementalSolver"
    lines: "list[mathopt.LinearConstraint]"
    site_lines: "dict[int, mathopt.LinearConstraint]"
    above: "list[mathopt.Variable]"
    """Columns by which each row may be broken, at a price."""
    below: "list[mathopt.Variable]"
    ways: list[Way] = field(default_factory=list)
    columns: "list[mathopt.Variable]" = field(default_factory=list)
    """Column by way."""
    weights: FloatArray = field(default_factory=lambda: np.zeros(0))
    """How much of each way the last solution takes; shape (ways known then,)."""
    known: set[tuple[object, ...]] = field(default_factory=set)
    duals: FloatArray = field(default_factory=lambda: np.zeros(0))
    slack: FloatArray = field(default_factory=lambda: np.zeros(0))
    """By how much each row is broken."""
    objective: float = inf

    def add(self, way: Way) -> None:
        """Add a way, unless it is known."""
        if way.key in self.known:
            return
        self.known.add(way.key)
        column = self.program.add_variable(lb=0.0)
        self.program.objective.set_linear_coefficient(column, way.cost_ore)
        for row, amount in self.rows.of_way(way).items():
            if amount:
                self.lines[row].set_coefficient(column, amount)
        self.site_lines[way.point].set_coefficient(column, 1.0)
        self.ways.append(way)
        self.columns.append(column)

    def drop(self, points: Collection[int]) -> None:
        """Drop the ways of points whose parcels are not whole."""
        for way, column in zip(self.ways, self.columns, strict=True):
            if way.point in points and not way.is_whole:
                column.upper_bound = 0.0
        left = [
            (way, column)
            for way, column in zip(self.ways, self.columns, strict=True)
            if way.is_whole or way.point not in points
        ]
        self.ways = [way for way, _ in left]
        self.columns = [column for _, column in left]
        self.weights = np.zeros(0)

    def add_triples(self, triples: Sequence[Triple]) -> None:
        """Add rows: of each three, two are held together once at most."""
        self.rows = self.rows.with_triples(triples)
        for triple in triples:
            self.lines.append(self.program.add_linear_constraint(ub=1.0))
            self.above.append(self.program.add_variable(lb=0.0, ub=0.0))
            self.below.append(self.program.add_variable(lb=0.0))
            self.lines[-1].set_coefficient(self.below[-1], -1.0)
            for way, column in zip(self.ways, self.columns, strict=True):
                if triple.is_held_by(way.point, way.villages):
                    self.lines[-1].set_coefficient(column, 1.0)

    def broken_triples(self) -> list[Triple]:
        """Return rows that the last solution breaks."""
        ways = self.ways[: len(self.weights)]  # later ones were not in it
        return broken_triples(
            [way.point for way in ways], [way.villages for way in ways], self.weights
        )

    def set_box(self, centre: FloatArray, width: FloatArray) -> None:
        """Let duals move by a width around a centre, and no further."""
        for row, (above, below) in enumerate(zip(self.above, self.below, strict=True)):
            self.program.objective.set_linear_coefficient(above, float(centre[row] + width[row]))
            self.program.objective.set_linear_coefficient(below, float(width[row] - centre[row]))

    def solve(self) -> bool:
        """Solve it; return whether that worked."""
        from ortools.math_opt.python import mathopt  # noqa: PLC0415  takes a second to load

        answer = self.solver.solve()
        if answer.termination.reason != mathopt.TerminationReason.OPTIMAL:
            return False
        self.objective = answer.objective_value()
        duals = answer.dual_values()
        self.duals = self.rows.allowed(np.array([duals[line] for line in self.lines]))
        values = answer.variable_values()
        self.weights = np.array([values[column] for column in self.columns])
        self.slack = np.array(
            [values[a] + values[b] for a, b in zip(self.above, self.below, strict=True)]
        )
        return True


def build_master(rows: Rows, points: Iterable[int]) -> Master:
    """Return the programme without ways: every village keeps today's arrangement."""
    from ortools.math_opt.python import mathopt  # noqa: PLC0415  takes a second to load

    program = mathopt.Model(name="master")
    network = rows.model.network
    lines = [
        program.add_linear_constraint(lb=low, ub=high)
        for low, high in zip(rows.lower.tolist(), rows.upper.tolist(), strict=True)
    ]
    empty = empty_open(rows.model)
    site_lines = {
        point: program.add_linear_constraint(lb=1.0 if point in empty else 0.0, ub=1.0)
        for point in sorted({*points, *empty})
    }
    for village in range(rows.num_villages):
        if rows.may_keep(village):
            column = program.add_variable(lb=0.0, ub=1.0)  # rows may be broken: no limit by them
            program.objective.set_linear_coefficient(column, float(network.today_ore[village]))
            for row, amount in rows.of_keeping(village).items():
                lines[row].set_coefficient(column, amount)
    for point, cost in empty.items():
        column = program.add_variable(lb=0.0)
        program.objective.set_linear_coefficient(column, float(cost))
        site_lines[point].set_coefficient(column, 1.0)
        if rows.budget is not None:
            lines[rows.budget].set_coefficient(column, float(cost))
    above, below = [], []
    for line, low, high in zip(lines, rows.lower.tolist(), rows.upper.tolist(), strict=True):
        above.append(program.add_variable(lb=0.0, ub=inf if low > -inf else 0.0))
        below.append(program.add_variable(lb=0.0, ub=inf if high < inf else 0.0))
        line.set_coefficient(above[-1], 1.0)
        line.set_coefficient(below[-1], -1.0)
    solver = mathopt.IncrementalSolver(program, mathopt.SolverType.GLOP)
    return Master(rows, program, solver, lines, site_lines, above, below)
