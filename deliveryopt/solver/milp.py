"""Columns and rows of a mixed-integer programme, and their hand-over to OR-Tools.

The model is kept as plain lists, so that rules can be written one by one and a test can fix
decisions; `to_proto` makes the OR-Tools model in one go.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from ortools.math_opt import model_pb2

TOLERANCE = 1e-6
FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

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

    def drop_rows(self, first: int) -> None:
        """Drop a row and all rows after it."""
        del self.row_lower[first:], self.row_upper[first:], self.row_names[first:]
        del self.row_start[first + 1 :]
        del self.row_columns[self.row_start[-1] :], self.row_values[self.row_start[-1] :]

    def set_objective(self, terms: Mapping[int, float]) -> None:
        """Replace the objective; columns not named cost nothing."""
        self.cost = [0.0] * self.num_columns
        self.offset = 0.0
        for column, value in terms.items():
            self.cost[column] = value

    def frozen(self) -> "FrozenMilp":
        """Return the programme as arrays, for cutting parts out of it."""
        starts = np.array(self.row_start, dtype=np.int64)
        return FrozenMilp(
            milp=self,
            lower=np.array(self.lower, dtype=np.float64),
            upper=np.array(self.upper, dtype=np.float64),
            row_lower=np.array(self.row_lower, dtype=np.float64),
            row_upper=np.array(self.row_upper, dtype=np.float64),
            entry_row=np.repeat(np.arange(self.num_rows, dtype=np.int64), np.diff(starts)),
            entry_column=np.array(self.row_columns, dtype=np.int64),
            entry_value=np.array(self.row_values, dtype=np.float64),
        )

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


@dataclass(frozen=True, slots=True, eq=False)
class FrozenMilp:
    """A programme as read-only arrays; entries of its rows in row order."""

    milp: Milp
    lower: FloatArray
    upper: FloatArray
    row_lower: FloatArray
    row_upper: FloatArray
    entry_row: IntArray
    entry_column: IntArray
    entry_value: FloatArray

    def is_kept_by(self, values: Mapping[int, int]) -> bool:
        """Return whether whole column values keep every bound and row."""
        chosen = np.zeros(len(self.lower))
        for column, value in values.items():
            chosen[column] = value
        activity = np.bincount(
            self.entry_row,
            weights=self.entry_value * chosen[self.entry_column],
            minlength=len(self.row_lower),
        )
        in_bounds = np.all((self.lower <= chosen) & (chosen <= self.upper))
        in_rows = np.all(
            (self.row_lower - TOLERANCE <= activity) & (activity <= self.row_upper + TOLERANCE)
        )
        return bool(in_bounds and in_rows)

    def part(
        self,
        free: NDArray[np.bool_],
        values: Mapping[int, int],
        *,
        keep_row: NDArray[np.bool_] | None = None,
    ) -> "Part":
        """Return the programme of some columns, the others standing at given values.

        Parameters
        ----------
        free
            Columns to decide; shape (columns,).
        values
            Values of the other columns; 0 where none is given.
        keep_row
            Rows to keep; shape (rows,); all if None. Rows without free columns are left out.

        Returns
        -------
        Part
            A programme without objective, and the way back to these columns.
        """
        fixed = np.zeros(len(self.lower))
        for column, value in values.items():
            fixed[column] = value
        fixed[free] = 0.0
        is_free = free[self.entry_column]
        used = np.bincount(self.entry_row[is_free], minlength=len(self.row_lower)) > 0
        if keep_row is not None:
            used &= keep_row
        activity = np.bincount(
            self.entry_row[~is_free],
            weights=self.entry_value[~is_free] * fixed[self.entry_column[~is_free]],
            minlength=len(self.row_lower),
        )
        columns = np.flatnonzero(free)
        rows = np.flatnonzero(used)
        new_column = np.cumsum(free) - 1
        keep = is_free & used[self.entry_row]
        counts = np.bincount(self.entry_row[keep], minlength=len(self.row_lower))[rows]
        part = Milp(
            name=self.milp.name,
            lower=self.lower[columns].tolist(),
            upper=self.upper[columns].tolist(),
            integer=[self.milp.integer[column] for column in columns],
            cost=[0.0] * len(columns),
            column_names=[self.milp.column_names[column] for column in columns],
            row_lower=(self.row_lower - activity)[rows].tolist(),
            row_upper=(self.row_upper - activity)[rows].tolist(),
            row_names=[self.milp.row_names[row] for row in rows],
            row_start=np.concatenate(([0], np.cumsum(counts))).tolist(),
            row_columns=new_column[self.entry_column[keep]].tolist(),
            row_values=self.entry_value[keep].tolist(),
        )
        return Part(part, columns, {int(column): idx for idx, column in enumerate(columns)})


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A part of a programme, and which of its columns are which."""

    milp: Milp
    columns: IntArray
    """Column of the whole programme; shape (columns of the part,)."""
    place_of: dict[int, int]
    """Column of the part, by column of the whole."""

    def set_cost(self, costs: Mapping[int, float]) -> None:
        """Set the objective from costs by column of the whole programme."""
        self.milp.set_objective(
            {place: costs[column] for column, place in self.place_of.items() if costs.get(column)}
        )

    def fix(self, column: int, value: float) -> None:
        """Fix a column, named as in the whole programme."""
        place = self.place_of[column]
        self.milp.lower[place] = self.milp.upper[place] = value

    def inside(self, values: Mapping[int, int]) -> dict[int, int]:
        """Return values of the whole programme by column of the part."""
        places = self.place_of
        return {places[column]: value for column, value in values.items() if column in places}

    def whole(self, values: Mapping[int, int]) -> dict[int, int]:
        """Return values of the part by column of the whole programme."""
        return {int(self.columns[place]): value for place, value in values.items()}
