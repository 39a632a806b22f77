"""How many visits a stretch of days needs at least, since parcels must arrive within their promise.

What must arrive between Monday and Tuesday, divided by the largest room of a run and rounded up, is
the least number of visits on these days. A programme alone would take fractions of visits there
(rounded capacity inequalities, as those of vehicle routing: Laporte, Nobert and Desrochers 1985).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from deliveryopt.solver.alike import PIECES, QUANTITIES
from deliveryopt.solver.columns import Commodity
from deliveryopt.solver.milp import FloatArray, IntArray
from deliveryopt.units import DAYS_PER_WEEK

NEGLIGIBLE = 1e-7
MANY = 1e6
"""A room from which on it does not bind."""
ROOMS = 2
"""Rooms of visits, the largest first, for which a row is made."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit that may take place."""

    column: int
    arrival_day: int
    brings: frozenset[Commodity]
    room: tuple[float, float, float]
    """What one visit can bring: tenths of a litre, tenths of a kilogram, parcels. What is for one
    point is aboard together when the run comes to it, wherever it boarded."""


def days_of(commodities: Sequence[Commodity], visits: Sequence[Visit]) -> list[frozenset[int]]:
    """Return the days on which each commodity may arrive."""
    return [frozenset(v.arrival_day for v in visits if c in v.brings) for c in commodities]


def visits_needed(
    commodities: Sequence[Commodity],
    parcels: FloatArray,
    visits: Sequence[Visit],
    size: IntArray,
) -> Iterator[tuple[list[tuple[int, float]], FloatArray]]:
    """Yield rows on the visits to one point.

    Parameters
    ----------
    commodities
        What may be wanted.
    parcels
        Parcels that must come of each; shape (sets of villages, commodities).
    visits
        Visits that may take place.
    size
        Quantities of one parcel; shape (sizes, quantities).

    Yields
    ------
    tuple
        Terms of visits, and how much of them each set of villages needs at least.
    """
    for forced in _stretches(days_of(commodities, visits)):
        must = {commodities[number] for number in forced}
        able = [visit for visit in visits if visit.brings & must]
        for quantity in QUANTITIES:
            each = [size[commodities[number][1], quantity] for number in forced]
            amount = parcels[:, forced] @ np.array(each)
            rooms = sorted({visit.room[quantity] for visit in able}, reverse=True)
            if not rooms or rooms[0] >= MANY:
                continue
            for room in [room for room in rooms if room > 0][:ROOMS]:
                needed = np.ceil(amount / room - NEGLIGIBLE)
                if needed.max() <= (0 if quantity == PIECES else 1):
                    continue  # one visit is asked for by the rows on promises
                terms = {
                    visit.column: float(np.ceil(visit.room[quantity] / room - NEGLIGIBLE))
                    for visit in able
                }
                yield list(terms.items()), needed


def _stretches(days: list[frozenset[int]]) -> Iterator[list[int]]:
    """Yield which commodities must arrive within a stretch of days, each list once."""
    seen = set()
    for first, length in product(range(DAYS_PER_WEEK), range(1, DAYS_PER_WEEK + 1)):
        stretch = {(first + day) % DAYS_PER_WEEK for day in range(length)}
        forced = tuple(number for number, able in enumerate(days) if able and able <= stretch)
        if forced and forced not in seen:
            seen.add(forced)
            yield list(forced)
