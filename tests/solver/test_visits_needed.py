"""No feasible visits break a row on the visits that a stretch of days needs."""

from math import inf
from random import Random

import numpy as np

from deliveryopt.solver.columns import Commodity
from deliveryopt.solver.milp import Milp
from deliveryopt.solver.search import search
from deliveryopt.solver.visits_needed import Visit, days_of, visits_needed
from tests.pricing_worlds import limits_of

SIZE = np.array([[10, 5, 1], [30, 20, 1], [90, 60, 1]], dtype=np.int64)
WORLDS = 40


def _world(rng: Random) -> tuple[dict[Commodity, int], list[Visit]]:
    """Return parcels wanted and visits that may take place, some of which bring each of them."""
    wanted: dict[Commodity, int] = {
        (0, rng.randrange(3), day): rng.randint(1, 4) for day in rng.sample(range(5), 3)
    }
    visits = []
    for column in range(8):
        day = rng.randrange(5)
        brings = frozenset(c for c in wanted if (day - c[2]) % 7 <= 1)
        rooms = rng.choice([(40.0, inf, inf), (100.0, 80.0, inf), (inf, inf, 2.0)])
        visits.append(Visit(column, day, brings, rooms))
    return wanted, visits


def _least(
    wanted: dict[Commodity, int], visits: list[Visit], terms: list[tuple[int, float]]
) -> float:
    """Return the least of the terms over all visits that bring everything; infinite if none do."""
    milp = Milp("visits")
    for visit in visits:
        assert milp.column("visit") == visit.column
    loads = {
        (visit.column, commodity): milp.column("load", upper=wanted[commodity], integer=False)
        for visit in visits
        for commodity in sorted(visit.brings)
    }
    for commodity, parcels in wanted.items():
        bring = [(load, 1.0) for (_, what), load in loads.items() if what == commodity]
        if not bring:
            return inf
        milp.row("all", bring, lower=parcels, upper=parcels)
    for visit in visits:
        for quantity, room in enumerate(visit.room):
            if room < inf:
                aboard = [
                    (load, float(SIZE[what[1], quantity]))
                    for (column, what), load in loads.items()
                    if column == visit.column
                ]
                milp.row("room", [*aboard, (visit.column, -room)], upper=0)
    milp.set_objective(dict(terms))
    outcome = search(milp, limits_of(10))
    assert outcome.status in {"OPTIMAL", "INFEASIBLE"}
    return inf if outcome.objective is None else float(outcome.objective)


def test_no_visits_that_bring_everything_break_a_row_and_some_rows_are_tight() -> None:
    rng = Random(3)  # noqa: S311  no secret
    slack = []
    for _ in range(WORLDS):
        wanted, visits = _world(rng)
        commodities = sorted(wanted)
        parcels = np.array([[float(wanted[c]) for c in commodities]])
        for terms, needed in visits_needed(commodities, parcels, visits, SIZE):
            slack.append(_least(wanted, visits, terms) - float(needed[0]))

    assert len(slack) > WORLDS / 2
    assert min(slack) >= 0
    assert slack.count(0) > WORLDS / 10


def test_sets_of_villages_share_the_visits_and_have_needs_of_their_own() -> None:
    commodity = (0, 0, 0)
    visits = [Visit(k, k, frozenset({commodity}), (20.0, inf, inf)) for k in range(2)]

    [(terms, needed)] = visits_needed([commodity], np.array([[1.0], [3.0], [4.0]]), visits, SIZE)
    assert terms == [(0, 1.0), (1, 1.0)]
    assert needed.tolist() == [1.0, 2.0, 2.0]
    assert days_of([commodity], visits) == [frozenset({0, 1})]
