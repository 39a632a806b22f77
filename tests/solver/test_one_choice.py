"""A choice searched as it is has the optimum of the plain model, villages being where it says."""

import threading
import time
from dataclasses import replace

import pytest

from deliveryopt.solver.choice import choose
from deliveryopt.solver.columns import Model
from deliveryopt.solver.decompose import (
    Decomposition,
    Pattern,
    all_patterns,
    bound_homes,
    decompose,
    least_transfer_ore,
)
from deliveryopt.solver.detours import enumerate_detours
from deliveryopt.solver.itineraries import enumerate_itineraries
from deliveryopt.solver.network import build_network
from deliveryopt.solver.one_choice import OneChoice
from deliveryopt.solver.routing import build_fleet
from deliveryopt.solver.search import Limits, Outcome, search
from tests.strategies_homes import random_scenario_with_homes

SEEDS = range(60)


def limits() -> Limits:
    """Return limits that small programmes do not reach."""
    return Limits(time.monotonic() + 60, 0.0, 1, None, threading.Event())


def plain_optimum(model: Model, picked: list[Pattern], *, by_transfer: bool) -> Outcome:
    """Search the plain model with villages where a choice puts them."""
    milp = replace(model.milp, lower=list(model.milp.lower), upper=list(model.milp.upper))
    where = {village: pattern.point for pattern in picked for village in pattern.villages}
    for (village, point), column in model.collects.items():
        milp.lower[column] = milp.upper[column] = float(where.get(village) == point)
    if not by_transfer:
        for flows in model.transfers_out.values():
            for flow in flows:
                milp.upper[flow.column] = 0.0
    milp.set_objective(model.cost_terms)
    return search(milp, limits())


def choices_of(seed: int) -> list[tuple[Decomposition, list[Pattern], int, bool]]:
    """Return the best choices of a random micro-scenario, with what is proven and the kind."""
    network = build_network(random_scenario_with_homes(seed))
    itineraries = enumerate_itineraries(network, enumerate_detours(network))
    work = decompose(build_fleet(network, itineraries).model())
    bound_homes(work, limits())
    patterns = all_patterns(work, limits())
    assert patterns is not None
    found = []
    for by_transfer in (False, True):
        chosen = choose(work, patterns, limits(), by_transfer=by_transfer)
        least_ore = chosen.outcome.bound
        if chosen.covered is None and least_ore is not None:
            if by_transfer:  # what any plan with a transfer pays; here others are looked at too
                least_ore -= least_transfer_ore(work)
            found.append((work, chosen.picked, least_ore, by_transfer))
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_plan_of_a_choice_is_found_and_proven(seed: int) -> None:
    for work, picked, least_ore, by_transfer in choices_of(seed):
        best = plain_optimum(work.model, picked, by_transfer=by_transfer)
        one = OneChoice(work, picked, by_transfer)
        bound_ore, values = one.solve(limits(), least_ore=least_ore, below_ore=None)

        assert bound_ore == best.objective
        if values is not None:
            assert work.frozen.is_kept_by(values)
            paid = sum(work.model.cost_terms.get(c, 0) * v for c, v in values.items())
            assert round(paid) == best.objective


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("more_ore", [0, 1, 5_000])
def test_only_plans_cheaper_than_a_known_one_are_told(seed: int, more_ore: int) -> None:
    for work, picked, least_ore, by_transfer in choices_of(seed):
        best = plain_optimum(work.model, picked, by_transfer=by_transfer)
        if best.objective is None:
            continue
        one = OneChoice(work, picked, by_transfer)
        below_ore = best.objective + more_ore
        bound_ore, values = one.solve(limits(), least_ore=least_ore, below_ore=below_ore)

        assert bound_ore == best.objective
        assert (values is None) == (more_ore == 0)


def test_there_are_choices_of_both_kinds_with_home_orders_and_vans() -> None:
    choices = [choice for seed in SEEDS for choice in choices_of(seed)]

    assert len([work for work, picked, _, by_transfer in choices if picked and by_transfer]) > 5
    assert len([work for work, picked, *_ in choices if picked and work.model.left]) > 5
    assert len([work for work, picked, *_ in choices if picked and work.model.drives]) > 5
