"""The best choice among routes that are known: set partitioning.

Every stop that must be served is in exactly one chosen route, every other one in at most one. The
linear relaxation comes first: by its reduced costs the few routes are found that a better choice
can be made of, and only those go into the whole-number programme.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from deliveryopt.solver.milp import Milp
from deliveryopt.solver.routes import Route, RouteProblem
from deliveryopt.solver.search import Limits, Values, search

LEAST_TIME_S = 0.01
WHOLE = 1 - 1e-6
"""By how much a better choice costs less, as costs are whole; less what arithmetic may lose."""


@dataclass(frozen=True, slots=True)
class Column:
    """A route that may be driven, and what it costs without the prizes of its stops."""

    route: Route
    cost: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What a choice came to."""

    columns: tuple[Column, ...] | None
    """Routes that cost less than those known before; None if none were found."""
    finished: bool
    """Whether the search ended by itself and not at its limits."""


def cheapest_of_each(columns: Iterable[Column]) -> list[Column]:
    """Return the cheapest column of each vehicle type and set of stops, in the order they come."""
    found: dict[tuple[int, frozenset[int]], Column] = {}
    for column in columns:
        key = (column.route.vehicle, frozenset(column.route.stops))
        if key not in found or column.cost < found[key].cost:
            found[key] = column
    return list(found.values())


def choose_routes(
    problem: RouteProblem,
    columns: Sequence[Column],
    best: Sequence[Column],
    limits: Limits,
    *,
    most_columns: int,
) -> Choice:
    """Choose routes that cost less than the best ones known.

    Parameters
    ----------
    problem
        What must be driven.
    columns
        Routes to choose from.
    best
        The best routes known; they keep every rule.
    limits
        When to stop.
    most_columns
        Most routes in the whole-number programme, beside the best ones.

    Returns
    -------
    Choice
        Better routes, or none.
    """
    known = sum(column.cost for column in best) + _prizes_left(problem, best)
    everything = cheapest_of_each([*best, *columns])
    relaxation = _relaxed(partition(problem, everything), limits)
    if relaxation is None:
        return Choice(None, finished=False)
    bound, reduced_costs = relaxation
    if bound > known - WHOLE:
        return Choice(None, finished=True)
    useful = np.argsort(reduced_costs, kind="stable")[:most_columns]
    useful = useful[reduced_costs[useful] <= known - WHOLE - bound]
    chosen = cheapest_of_each([*best, *(everything[idx] for idx in useful)])
    outcome = search(
        partition(problem, chosen), limits, hints=[_values(chosen, cheapest_of_each(best))]
    )
    if outcome.values is None or outcome.objective is None or outcome.objective >= known:
        return Choice(None, finished=outcome.status == "OPTIMAL")
    better = tuple(chosen[idx] for idx in sorted(outcome.values))
    return Choice(better, finished=outcome.status == "OPTIMAL")


def partition(problem: RouteProblem, columns: Sequence[Column]) -> Milp:
    """Return the programme that chooses among routes; its columns are theirs, in order."""
    milp = Milp("routes", offset=float(problem.prizes))
    serving: list[list[tuple[int, float]]] = [[] for _ in problem.stops]
    driving: list[list[tuple[int, float]]] = [[] for _ in problem.vehicles]
    for idx, column in enumerate(columns):
        stops = column.route.stops
        collected = sum(problem.stops[stop].prize or 0 for stop in stops)
        milp.column(f"drive[{idx}]", cost=float(column.cost - collected))
        driving[column.route.vehicle].append((idx, 1.0))
        for stop in stops:
            serving[stop].append((idx, 1.0))
    for idx, terms in enumerate(serving):
        must = problem.stops[idx].prize is None
        milp.row(f"serve[{idx}]", terms, lower=1.0 if must else 0.0, upper=1.0)
    for idx, terms in enumerate(driving):
        milp.row(f"fleet[{idx}]", terms, upper=float(problem.vehicles[idx].number))
    return milp


def _prizes_left(problem: RouteProblem, columns: Iterable[Column]) -> int:
    """Return the prizes of the stops that routes leave out."""
    stops = (stop for column in columns for stop in column.route.stops)
    return problem.prizes - sum(problem.stops[stop].prize or 0 for stop in stops)


def _values(columns: Sequence[Column], chosen: Iterable[Column]) -> Values:
    """Return the values of the programme's columns where some routes are chosen."""
    place_of = {
        (column.route.vehicle, frozenset(column.route.stops)): idx
        for idx, column in enumerate(columns)
    }
    return {place_of[column.route.vehicle, frozenset(column.route.stops)]: 1 for column in chosen}


def _relaxed(milp: Milp, limits: Limits) -> tuple[float, NDArray[np.float64]] | None:
    """Return optimum and reduced costs of the linear relaxation; None if time does not allow."""
    from ortools.math_opt.python import mathopt  # noqa: PLC0415  takes a second to load

    if limits.are_reached:
        return None
    proto = milp.to_proto()
    del proto.variables.integers[:]
    proto.variables.integers.extend([False] * milp.num_columns)
    model = mathopt.Model.from_model_proto(proto)
    seconds = max(LEAST_TIME_S, limits.left_s)
    result = mathopt.solve(
        model,
        mathopt.SolverType.GLOP,
        params=mathopt.SolveParameters(time_limit=timedelta(seconds=seconds)),
    )
    if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
        return None
    by_variable = result.reduced_costs()
    costs = [by_variable[variable] for variable in model.variables()]
    return float(result.objective_value()), np.array(costs, dtype=np.float64)
