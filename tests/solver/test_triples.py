"""Rows on three of which two are held together once at most."""

from collections.abc import Iterable
from itertools import combinations, product
from random import Random

import numpy as np
import pytest

from deliveryopt.solver.triples import Triple, broken_triples

WAYS = [(p, sets) for p in range(3) for n in (1, 2, 3) for sets in combinations(range(4), n)]


def _disjoint(ways: Iterable[tuple[int, tuple[int, ...]]]) -> bool:
    """Return whether no two ways have a point or a village in common."""
    return all(
        one[0] != other[0] and not set(one[1]) & set(other[1])
        for one, other in combinations(list(ways), 2)
    )


def _triples() -> list[Triple]:
    three = [Triple(villages) for villages in combinations(range(4), 3)]
    two = [Triple(pair, point) for pair, point in product(combinations(range(4), 2), range(3))]
    return three + two


def test_no_whole_ways_break_a_row() -> None:
    mixes = [mix for n in (1, 2, 3) for mix in combinations(WAYS, n) if _disjoint(mix)]
    held = [
        sum(triple.is_held_by(point, villages) for point, villages in mix)
        for mix, triple in product(mixes, _triples())
    ]

    assert len(mixes) > 100
    assert max(held) == 1


@pytest.mark.parametrize(
    ("ways", "triple"),
    [
        ([(0, (0, 1)), (1, (1, 2)), (2, (0, 2))], Triple((0, 1, 2))),
        ([(0, (0, 1, 2)), (0, (0, 1, 3)), (1, (2, 3))], Triple((1, 2, 3))),
        ([(0, (1,)), (0, (2,)), (1, (1, 2))], Triple((1, 2), 0)),
    ],
    ids=["three points", "four villages", "two villages and a point"],
)
def test_halves_of_ways_break_a_row(
    ways: list[tuple[int, tuple[int, ...]]], triple: Triple
) -> None:
    points, sets = [point for point, _ in ways], [villages for _, villages in ways]

    assert triple in broken_triples(points, sets, np.full(3, 0.5))
    assert broken_triples(points, sets, np.ones(3)) == []
    assert broken_triples(points, sets, np.full(3, 0.33)) == []


def test_every_row_that_is_broken_is_found_most_broken_first() -> None:
    rng = Random(5)  # noqa: S311  no secret
    seen = 0
    for _ in range(300):
        ways = rng.sample(WAYS, 6)
        points, sets = [point for point, _ in ways], [villages for _, villages in ways]
        weights = np.array([rng.choice([0.3, 0.5, 0.7]) for _ in ways])
        loads = [weights[[v in here for here in sets]].sum() for v in range(4)]
        loads += [weights[[p == point for point in points]].sum() for p in range(3)]
        weights /= max(1.0, *loads)  # no village and no point more than once
        held = {
            triple: sum(
                weight
                for (point, villages), weight in zip(ways, weights.tolist(), strict=True)
                if triple.is_held_by(point, villages)
            )
            for triple in _triples()
        }
        found = broken_triples(points, sets, weights)
        seen += len(found)

        assert set(found) == {triple for triple, value in held.items() if value > 1.02}
        assert [held[triple] for triple in found] == sorted(
            (held[triple] for triple in found), reverse=True
        )
    assert seen > 50


def test_sets_are_told_as_ways_are() -> None:
    villages = (0, 2, 3)
    members = (np.arange(1, 8)[:, None] >> np.arange(3)) & 1 == 1
    for triple, point in product(_triples(), range(3)):
        held = triple.held(point, villages, members).tolist()
        for row, is_held in zip(members.tolist(), held, strict=True):
            here = [v for v, is_in in zip(villages, row, strict=True) if is_in]
            assert triple.is_held_by(point, here) is is_held
