"""Searching small programmes whose optimum can be seen, with every way to end."""

import threading
import time
from pathlib import Path

import pytest

from deliveryopt.solver.milp import Milp
from deliveryopt.solver.search import (
    EngineError,
    Limits,
    Values,
    _read_solutions,
    objective_of,
    relaxed_bound,
    search,
    whole_bound,
)


def _limits(seconds: float = 20.0, *, gap: float = 0.0, stop: bool = False) -> Limits:
    event = threading.Event()
    if stop:
        event.set()
    return Limits(time.monotonic() + seconds, gap, 1, None, event)


def _knapsack() -> Milp:
    """Return the cheapest way to carry at least 7 by pieces of 2, 3 and 5: 2 + 5 for 11."""
    milp = Milp("knapsack")
    pieces = [
        milp.column(name, lower=0, upper=1, cost=cost)
        for name, cost in (("a", 4), ("b", 6), ("c", 7))
    ]
    milp.row("carry", zip(pieces, (2, 3, 5), strict=True), lower=7)
    return milp


def _impossible() -> Milp:
    milp = Milp("impossible")
    column = milp.column("x", lower=0, upper=1, cost=1)
    milp.row("too much", [(column, 1)], lower=2)
    return milp


def _hard(size: int = 60) -> Milp:
    """Return a programme that takes far longer than a test."""
    milp = Milp("hard")
    columns = [
        milp.column(f"x{k}", lower=0, upper=1, cost=1000 + (k * 7919) % 97) for k in range(size)
    ]
    for row in range(size // 3):
        weights = [100 + (k * 104729 + row * 1299709) % 89 for k in range(size)]
        milp.row(f"r{row}", zip(columns, weights, strict=True), lower=sum(weights) // 2 + row)
    return milp


def test_the_optimum_is_found_and_proven() -> None:
    outcome = search(_knapsack(), _limits())

    assert (outcome.status, outcome.objective, outcome.bound) == ("OPTIMAL", 11, 11)
    assert outcome.values == {0: 1, 2: 1}
    assert not outcome.stopped_by_clock


def test_a_programme_without_solution_is_infeasible() -> None:
    outcome = search(_impossible(), _limits())

    assert (outcome.status, outcome.values, outcome.bound) == ("INFEASIBLE", None, None)


def test_a_bound_known_before_ends_the_search_of_a_hint_that_reaches_it() -> None:
    outcome = search(_knapsack(), _limits(0), hints=[{0: 1, 2: 1}], bound=11)

    assert (outcome.status, outcome.objective) == ("OPTIMAL", 11)
    assert not outcome.stopped_by_clock


def test_a_hint_that_breaks_a_row_is_passed_over() -> None:
    outcome = search(_knapsack(), _limits(0), hints=[{0: 1}])

    assert (outcome.status, outcome.values) == ("UNKNOWN", None)


@pytest.mark.parametrize("limits", [_limits(-1), _limits(stop=True)])
def test_without_time_the_best_hint_is_kept_and_nothing_is_searched(limits: Limits) -> None:
    every, best = {0: 1, 1: 1, 2: 1}, {1: 1, 2: 1}

    outcome = search(_hard(300), limits)
    assert (outcome.status, outcome.values, outcome.stopped_by_clock) == ("UNKNOWN", None, True)
    kept = search(_knapsack(), limits, hints=[every, best, every], bound=5)
    assert (kept.status, kept.values, kept.objective, kept.bound) == ("FEASIBLE", best, 13, 5)
    assert kept.stopped_by_clock
    assert relaxed_bound(_knapsack(), limits) == float("-inf")


def test_the_clock_ends_a_search_and_keeps_the_best() -> None:
    milp = _hard()
    started = time.monotonic()
    outcome = search(milp, _limits(0.5), hints=[dict.fromkeys(range(milp.num_columns), 1)])

    assert time.monotonic() - started < 3
    assert outcome.status == "FEASIBLE"
    assert outcome.values is not None
    assert outcome.objective == objective_of(milp, outcome.values)
    assert milp.frozen().is_kept_by(outcome.values)
    assert outcome.stopped_by_clock
    assert outcome.bound is None or outcome.bound <= outcome.objective


def test_a_stop_ends_a_search_soon_and_keeps_the_best() -> None:
    milp = _hard()
    limits = _limits(2.0)
    threading.Timer(0.3, limits.stop.set).start()
    started = time.monotonic()

    outcome = search(milp, limits, hints=[dict.fromkeys(range(milp.num_columns), 1)])

    assert time.monotonic() - started < 1.5
    assert (outcome.status, outcome.stopped_by_clock) == ("FEASIBLE", True)


def test_improvements_are_told_in_the_callers_thread() -> None:
    told: list[tuple[int | None, str]] = []

    def watch(_: Values | None, objective: int | None, __: int | None) -> None:
        told.append((objective, threading.current_thread().name))

    search(_hard(), _limits(0.7), watch=watch)

    assert told
    assert {name for _, name in told} == {threading.current_thread().name}
    objectives = [objective for objective, _ in told if objective is not None]
    assert objectives == sorted(objectives, reverse=True)


def test_the_relaxation_bounds_from_below() -> None:
    assert 9 < relaxed_bound(_knapsack(), _limits()) <= 11


def test_a_bound_on_whole_costs_is_rounded_up_but_not_by_noise() -> None:
    assert whole_bound(10.2) == 11
    assert whole_bound(10.0 + 1e-6) == 10
    assert whole_bound(-0.5) == 0
    assert whole_bound(float("nan")) is None


def test_a_programme_that_the_library_refuses_is_our_fault() -> None:
    milp = Milp("refused")
    column = milp.column("x", lower=0, upper=1, cost=float("nan"))
    milp.row("r", [(column, 1)], lower=1)

    with pytest.raises(EngineError, match="the solver library failed"):
        search(milp, _limits())


def test_only_whole_solutions_are_read_from_a_file_that_is_being_written(tmp_path: Path) -> None:
    path = tmp_path / "improving.sol"
    assert _read_solutions(path, 0) == ([], 0)
    first = "Objective 12\n# Columns -2\nx0 1 0\nx3 2 3\n"
    path.write_text(first + "Objective 11\n# Columns -2\nx0 1 0\n", encoding="utf-8")

    assert _read_solutions(path, 0) == ([{0: 1, 3: 2}], 1)
    assert _read_solutions(path, 1) == ([], 1)
    path.write_text(first + "Objective 11\n# Columns -1\nx0 1 0\n", encoding="utf-8")
    assert _read_solutions(path, 1) == ([{0: 1}], 2)


def test_limits_for_an_exact_search_have_no_gap_and_no_more_time() -> None:
    limits = _limits(5, gap=0.1)

    assert limits.exact(1).gap == 0
    assert limits.exact(1).left_s <= 1
    assert limits.exact(100).deadline <= limits.deadline + 0.01
    assert not limits.are_reached
    assert _limits(-1).are_reached
    assert _limits(stop=True).are_reached
