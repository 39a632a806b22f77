"""Three of which a plan has two together at most once: rows that forbid halves of ways.

Villages 1 and 2, 2 and 3, and 1 and 3 may each be served together by half a way; whole ways
cannot do that, since two sets of villages that hold two of three villages each have one in common.
A row on three villages, or on two and a pickup point, says so: ways that hold two of the three are
at most one (subset-row inequalities: Jepsen, Petersen, Spoorendonk and Pisinger 2008). What such a
row costs depends on a way's point and villages only, so that pricing stays as it is.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations

from deliveryopt.solver.milp import BoolArray, FloatArray

TWO = 2
BROKEN = 0.02
"""A row is of interest if it is broken by so much."""
MOST_AT_ONCE = 20
"""Most rows made at a time, those broken most."""
WHOLE = 1e-6


@dataclass(frozen=True, slots=True, order=True)
class Triple:
    """Three villages, or two villages and a pickup point."""

    villages: tuple[int, ...]
    point: int | None = None

    def is_held_by(self, point: int, villages: Collection[int]) -> bool:
        """Return whether a way of a point that serves these villages holds two of the three."""
        return (point == self.point) + sum(v in villages for v in self.villages) >= TWO

    def held(self, point: int, villages: Sequence[int], members: BoolArray) -> BoolArray:
        """Return which sets of a point's villages hold two of the three.

        Parameters
        ----------
        point
            The pickup point.
        villages
            Its villages, in the order of the columns of `members`.
        members
            Villages of each set; shape (sets, villages).

        Returns
        -------
        numpy.ndarray
            Shape (sets,).
        """
        places = [place for place, village in enumerate(villages) if village in self.villages]
        found: BoolArray = members[:, places].sum(axis=1) + (point == self.point) >= TWO
        return found


def broken_triples(
    points: Sequence[int], sets: Sequence[tuple[int, ...]], weights: FloatArray
) -> list[Triple]:
    """Return triples of which fractions of ways hold two more than once, the most broken first.

    Parameters
    ----------
    points, sets
        Pickup point and villages of each way.
    weights
        How much of each way is taken; shape (ways,).
    """
    parts = [
        (point, villages, float(weight))
        for point, villages, weight in zip(points, sets, weights.tolist(), strict=True)
        if WHOLE < weight < 1 - WHOLE
    ]
    candidates = {triple for part in _linked(parts) for triple in _triples(part)}
    found = []
    for triple in candidates:
        held = sum(weight for p, villages, weight in parts if triple.is_held_by(p, villages))
        if held > 1 + BROKEN:
            found.append((-held, triple))
    return [triple for _, triple in sorted(found)[:MOST_AT_ONCE]]


Part = tuple[int, tuple[int, ...], float]
"""Pickup point, villages and weight of a way that is taken in part."""


def _linked(parts: Sequence[Part]) -> list[list[Part]]:
    """Return ways in groups without a village or point in common."""
    groups: list[list[Part]] = []
    for part in parts:
        with_it = [g for g in groups if any(_share(part, other) for other in g)]
        groups = [g for g in groups if g not in with_it]
        groups.append([part, *(other for g in with_it for other in g)])
    return groups


def _share(one: Part, other: Part) -> bool:
    return one[0] == other[0] or not set(one[1]).isdisjoint(other[1])


def _triples(parts: Sequence[Part]) -> set[Triple]:
    """Return triples of which some way holds two."""
    villages = sorted({village for _, here, _ in parts for village in here})
    pairs = {pair for _, here, _ in parts for pair in combinations(sorted(here), TWO)}
    found = {
        Triple(tuple(sorted({*pair, third})))
        for pair in pairs
        for third in villages
        if third not in pair
    }
    for point in {point for point, _, _ in parts}:
        found |= {Triple(pair, point) for pair in pairs}
    return found
