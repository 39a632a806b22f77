"""The least tour over every set of stops, against every order of them."""

from itertools import pairwise, permutations

import numpy as np
import pytest

from deliveryopt.solver.tour_table import NO_WAY, sums_over_sets, tour_costs

SEEDS = range(12)


def _least(legs: np.ndarray, work: np.ndarray, stops: tuple[int, ...]) -> int:
    """Return the least cost of a tour over stops, from every order of them."""
    ways = [
        sum(int(legs[pair]) for pair in pairwise((0, *(stop + 1 for stop in order), 0)))
        for order in permutations(stops)
    ]
    return min(ways) + sum(int(work[stop]) for stop in stops)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_set_has_the_cost_of_its_best_order(seed: int) -> None:
    random = np.random.default_rng(seed)
    num_stops = 1 + seed % 5
    legs = random.integers(1, 1000, (num_stops + 1, num_stops + 1))
    legs[random.random(legs.shape) < 0.2] = NO_WAY
    work = random.integers(0, 50, num_stops)

    costs = tour_costs(legs, work)

    assert costs[0] == 0
    for number in range(1, 2**num_stops):
        stops = tuple(stop for stop in range(num_stops) if number >> stop & 1)
        least = _least(legs, work, stops)
        assert costs[number] == least if least < NO_WAY else costs[number] >= NO_WAY


def test_sums_over_sets_count_the_stops_of_each() -> None:
    sums = sums_over_sets(np.array([1, 10, 100]))

    assert sums.tolist() == [0, 1, 10, 11, 100, 101, 110, 111]
