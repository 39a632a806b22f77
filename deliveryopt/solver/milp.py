"""Columns and rows of a mixed-integer programme, and their hand-over to OR-Tools.

The model is kept as plain lists, so that rules can be written one by one and a test can fix
decisions; `to_proto` makes the OR-Tools model in one go.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ortools.math_opt import model_pb2

TOLERANCE = 1e-6

Terms = Iterable[tuple[int, float]]
"""Pairs of column and coefficient; a column may come more than once."""


@dataclass(slots=True, eq=False)
class Milp:
    """A mixed-integer programme under construction; minimises, in whole öre."""

    name: str
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    integer: list[bool] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    column_names: list[str] = field(default_factory=list)
    row_lower: list[float] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)
    row_names: list[str] = field(default_factory=list)
    row_start: list[int] = field(default_factory=lambda: [0])
    row_columns: list[int] = field(default_factory=list)
    row_values: list[float] = field(default_factory=list)
    offset: float = 0.0

    @property
    def num_columns(self) -> int:
        """Return the number of columns."""
        return len(self.lower)

    @property
    def num_rows(self) -> int:
        """Return the number of rows."""
        return len(self.row_lower)

    def column(
        self,
        name: str,
        *,
        upper: float = 1.0,
        lower: float = 0.0,
        cost: float = 0.0,
        integer: bool = True,
    ) -> int:
        """Add a column and return its index."""
        self.lower.append(lower)
        self.upper.append(upper)
        self.integer.append(integer)
        self.cost.append(cost)
        self.column_names.append(name)
        return len(self.lower) - 1

    def row(self, name: str, terms: Terms, *, lower: float = -inf, upper: float = inf) -> None:
        """Add a row `lower <= sum of terms <= upper`; equal columns are added up.

        A row without columns is kept: if it cannot hold, the programme is infeasible.
        """
        summed: dict[int, float] = {}
        for column, value in terms:
            summed[column] = summed.get(column, 0.0) + value
        for column in sorted(summed):
            if summed[column] != 0:
                self.row_columns.append(column)
                self.row_values.append(summed[column])
        self.row_start.append(len(self.row_columns))
        self.row_lower.append(lower)
        self.row_upper.append(upper)
        self.row_names.append(name)

    def set_objective(self, terms: Mapping[int, float]) -> None:
        """Replace the objective; columns not named cost nothing."""
        self.cost = [0.0] * self.num_columns
        self.offset = 0.0
        for column, value in terms.items():
            self.cost[column] = value

    def is_kept_by(self, values: Mapping[int, int]) -> bool:
        """Return whether whole column values keep every bound and row."""
        for column, (lower, upper) in enumerate(zip(self.lower, self.upper, strict=True)):
            if not lower <= values.get(column, 0) <= upper:
                return False
        for row in range(self.num_rows):
            entries = range(self.row_start[row], self.row_start[row + 1])
            total = sum(
                self.row_values[entry] * values.get(self.row_columns[entry], 0) for entry in entries
            )
            if not self.row_lower[row] - TOLERANCE <= total <= self.row_upper[row] + TOLERANCE:
                return False
        return True

    def to_proto(self) -> "model_pb2.ModelProto":
        """Return the programme as an OR-Tools MathOpt model."""
        from ortools.math_opt import model_pb2  # noqa: PLC0415  heavy: loads the solver library

        proto = model_pb2.ModelProto(name=self.name)
        columns = proto.variables
        columns.ids.extend(range(self.num_columns))
        columns.lower_bounds.extend(self.lower)
        columns.upper_bounds.extend(self.upper)
        columns.integers.extend(self.integer)
        rows = proto.linear_constraints
        rows.ids.extend(range(self.num_rows))
        rows.lower_bounds.extend(self.row_lower)
        rows.upper_bounds.extend(self.row_upper)
        matrix = proto.linear_constraint_matrix
        for row in range(self.num_rows):
            start, end = self.row_start[row], self.row_start[row + 1]
            matrix.row_ids.extend([row] * (end - start))
        matrix.column_ids.extend(self.row_columns)
        matrix.coefficients.extend(self.row_values)
        proto.objective.offset = self.offset
        used = [column for column, value in enumerate(self.cost) if value]
        proto.objective.linear_coefficients.ids.extend(used)
        proto.objective.linear_coefficients.values.extend(self.cost[column] for column in used)
        return proto
