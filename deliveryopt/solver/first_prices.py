"""First prices: those of one linear programme over all points at once.

It joins the programmes of all points (`pricing.py`) by the rows that they share, with every whole
number allowed to be a fraction. Its optimum is a weak bound, its dual prices are a good place to
begin from.
"""

from collections import defaultdict
from datetime import timedelta

import numpy as np

from deliveryopt.solver.master import Rows
from deliveryopt.solver.milp import FloatArray, Milp
from deliveryopt.solver.pricing import programme_of
from deliveryopt.solver.programme import Programme
from deliveryopt.solver.ways import Site


def _joined(rows: Rows, sites: list[Site]) -> tuple[Milp, int]:
    """Return the programme of all points, and the index of the first row that joins them."""
    joint = Milp("joint")
    costs: dict[int, float] = {}
    terms: list[list[tuple[int, float]]] = [[] for _ in rows.lower]
    nothing = rows.prices(np.zeros(len(rows.lower)))
    of_point: dict[int, list[int]] = defaultdict(list)
    for site in sites:
        work = programme_of(site, nothing, keep_all=True)
        first = _append(joint, work.milp, optional=work.opens)
        for column, cost in work.costs.items():
            costs[first + column] = cost
        _join(rows, work, first, terms)
        of_point[site.point].append(first + work.opens)
    for point in rows.add_the_rest(joint, terms, costs, of_point, integer=False):
        joint.row("must open", [(column, 1.0) for column in of_point[point]], lower=1, upper=1)
    first_row = joint.num_rows
    for row, (low, high) in enumerate(zip(rows.lower.tolist(), rows.upper.tolist(), strict=True)):
        joint.row("shared", terms[row], lower=low, upper=high)
    joint.set_objective(costs)
    return joint, first_row


def _append(joint: Milp, part: Milp, *, optional: int) -> int:
    """Append a programme that may stay idle: its last row asks for a village only if it is open."""
    first = joint.num_columns
    for column in range(part.num_columns):
        joint.column("", lower=part.lower[column], upper=part.upper[column], integer=False)
    for row, name in enumerate(part.row_names):
        start, end = part.row_start[row], part.row_start[row + 1]
        entries = [
            (first + part.row_columns[entry], part.row_values[entry]) for entry in range(start, end)
        ]
        if name == "some village":
            joint.row(name, [*entries, (first + optional, -1.0)], lower=0)
        else:
            joint.row(name, entries, lower=part.row_lower[row], upper=part.row_upper[row])
    return first


def _join(rows: Rows, work: Programme, first: int, terms: list[list[tuple[int, float]]]) -> None:
    """Add what a point's columns take of the rows that join points."""
    network, site = rows.model.network, work.site
    for village, column in work.collects.items():
        terms[village].append((first + column, 1.0))
        if rows.coverage is not None:
            terms[rows.coverage].append((first + column, float(network.inhabitants[village])))
    for number, kind in enumerate(work.kinds):
        offer = site.offers[kind.members[0]]
        for row, taken in offer.of_visit:
            terms[rows.num_villages + row].append((first + work.visits[number], taken))
    for (number, boarding, quantity), column in work.amounts.items():
        offer = site.offers[work.kinds[number].members[0]]
        for row, taken in offer.of_load.get((boarding, quantity), ()):
            terms[rows.num_villages + row].append((first + column, taken))
    for row, types in rows.box_rows:
        terms[row] += [(first + c, 1.0) for t, c in work.boxes.items() if t in types]
    if rows.budget is not None:
        terms[rows.budget] += [(first + column, cost) for column, cost in work.costs.items()]


def first_duals(rows: Rows, sites: list[Site], seconds: float) -> tuple[FloatArray, float] | None:
    """Return the dual prices of all points as one linear programme, and its optimum.

    None if time is too short. The optimum is a bound for every plan, a weak one.
    """
    from ortools.math_opt.python import mathopt  # noqa: PLC0415  takes a second to load

    joint, first_row = _joined(rows, sites)
    program = mathopt.Model.from_model_proto(joint.to_proto())
    parameters = mathopt.SolveParameters(
        time_limit=timedelta(seconds=max(0.01, seconds)),
        lp_algorithm=mathopt.LPAlgorithm.DUAL_SIMPLEX,  # faster here than barrier
    )
    answer = mathopt.solve(program, mathopt.SolverType.HIGHS, params=parameters)
    if answer.termination.reason != mathopt.TerminationReason.OPTIMAL:
        return None
    by_row = answer.dual_values()
    found = {line.id: value for line, value in by_row.items()}
    duals = np.array([found[first_row + row] for row in range(len(rows.lower))])
    return rows.allowed(duals), answer.termination.objective_bounds.dual_bound
