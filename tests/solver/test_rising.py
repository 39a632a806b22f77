"""A search under a rising limit finds what a plain search finds, and proves as much."""

import threading
import time

import numpy as np
import pytest

from deliveryopt.solver.milp import Milp
from deliveryopt.solver.rising import search_rising
from deliveryopt.solver.search import Limits, Outcome, search

SEEDS = range(15)


def limits(seconds: float = 60) -> Limits:
    """Return limits."""
    return Limits(time.monotonic() + seconds, 0.0, 1, None, threading.Event())


def covering(seed: int) -> Milp:
    """Return a small covering programme with whole costs."""
    random = np.random.default_rng(seed)
    milp = Milp("covering")
    columns = [milp.column("set", upper=2) for _ in range(8)]
    for _ in range(6):
        members = [(column, 1.0) for column in columns if random.random() < 0.5]
        milp.row("covered", members or [(columns[0], 1.0)], lower=float(random.integers(1, 3)))
    milp.set_objective({column: float(random.integers(5, 90)) for column in columns})
    return milp


def optimum(milp: Milp) -> Outcome:
    """Return the optimum by a plain search."""
    outcome = search(milp, limits())
    assert outcome.status in {"OPTIMAL", "INFEASIBLE"}
    return outcome


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("least", [0, 10, None])
def test_the_limit_rises_to_the_optimum(seed: int, least: int | None) -> None:
    best = optimum(covering(seed))
    if best.objective is None:
        assert search_rising(covering(seed), limits(), least=0).status == "INFEASIBLE"
        return
    proven = best.objective if least is None else min(least, best.objective)
    found = search_rising(covering(seed), limits(), least=proven)

    assert (found.status, found.objective, found.bound) == (
        "OPTIMAL",
        best.objective,
        best.objective,
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("more", [0, 1, 2, 40])
def test_only_cheaper_solutions_than_a_known_one_are_of_interest(seed: int, more: int) -> None:
    best = optimum(covering(seed))
    if best.objective is None:
        return
    found = search_rising(covering(seed), limits(), least=1, below=best.objective + more)

    if more == 0:
        assert (found.status, found.values) == ("INFEASIBLE", None)
    else:
        assert (found.status, found.objective) == ("OPTIMAL", best.objective)


def test_without_time_nothing_more_is_proven() -> None:
    found = search_rising(covering(1), limits(seconds=-1), least=7)

    assert (found.status, found.values, found.bound) == ("UNKNOWN", None, 7)


def test_a_bound_near_enough_to_a_known_solution_ends_the_search() -> None:
    found = search_rising(covering(1), limits(), least=95, below=100, enough=5.0)

    assert (found.status, found.bound) == ("UNKNOWN", 95)
