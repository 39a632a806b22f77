"""The least cost of a tour over every set of a few stops, by dynamic programming over sets.

After Held, M. and Karp, R. M. (1962). A dynamic programming approach to sequencing problems.
*Journal of the Society for Industrial and Applied Mathematics* 10, 196-210. A set is a number
whose bit *k* says that it holds stop *k*.
"""

import numpy as np

from deliveryopt.solver.milp import IntArray

NO_WAY = 2**50
"""Cost where no road leads; sums of it stay whole numbers of 64 bits."""


def tour_costs(legs: IntArray, work: IntArray) -> IntArray:
    """Return the least cost of every tour from the origin over a set of stops and back.

    Parameters
    ----------
    legs
        Cost of each drive, in any unit; the origin comes first, shape (stops + 1, stops + 1).
        `NO_WAY` where no road leads.
    work
        Cost of each stop, in the same unit; shape (stops,).

    Returns
    -------
    ndarray
        By set, shape (2 ** stops,); 0 for none, `NO_WAY` or more where no road leads.
    """
    num_stops = len(work)
    sets = np.arange(2**num_stops)
    size = sums_over_sets(np.ones(num_stops, dtype=np.int64))
    ending = np.full((2**num_stops, num_stops), NO_WAY)  # least cost by set and last stop
    for stop in range(num_stops):
        ending[1 << stop, stop] = legs[0, stop + 1] + work[stop]
    for visited in range(1, num_stops):
        layer = sets[size == visited]
        for stop in range(num_stops):
            before = layer[layer >> stop & 1 == 0]
            onward = (ending[before] + legs[1:, stop + 1]).min(axis=1) + work[stop]
            ending[before | 1 << stop, stop] = np.minimum(onward, NO_WAY)
    costs: IntArray = (ending + legs[1:, 0]).min(axis=1, initial=NO_WAY)
    costs[0] = 0
    return costs


def sums_over_sets(values: IntArray) -> IntArray:
    """Return the sum of stops' values for every set of them; shape (2 ** stops,)."""
    sums = np.zeros(1, dtype=np.int64)
    for value in values:
        sums = np.concatenate((sums, sums + value))
    return sums
