"""Rows that tighten the programme of one pickup point where few sets of villages are left.

One column for each set of villages that may still be the cheapest. For each set it is known how
many visits a stretch of days needs at least, since parcels must arrive within their promise, and
what boxes cost at least that hold its parcels: whole numbers, where the programme alone would
take fractions of visits and boxes.
"""

from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from deliveryopt.scenario.terms import SIZES
from deliveryopt.solver.columns import Commodity
from deliveryopt.solver.milp import BoolArray, FloatArray
from deliveryopt.solver.programme import Programme
from deliveryopt.solver.triples import TWO
from deliveryopt.solver.visits_needed import NEGLIGIBLE, Visit, days_of, visits_needed
from deliveryopt.units import DAYS_PER_WEEK, PER_MILLE

MOST_SETS = 40
"""Most sets that get a column each."""
MOST_BOXINGS = 500
"""Most ways to put up boxes that are looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class _Wanted:
    """What the sets of villages want."""

    sets: list[int]
    """Column of each set."""
    commodities: list[Commodity]
    parcels: FloatArray
    """Parcels of each set; shape (sets, commodities)."""
    visits: list[Visit]
    days: list[frozenset[int]]
    """Days on which each commodity may arrive."""


def add_set_rows(work: Programme, members: BoolArray) -> bool:
    """Allow some sets of villages only, and say what each of them needs at least.

    Parameters
    ----------
    work
        The programme of a point, its rows made.
    members
        Villages of each set; shape (sets, villages).

    Returns
    -------
    bool
        Whether each set has got a column, with the prices of triples in its cost.
    """
    milp, site = work.milp, work.site
    for place, column in enumerate(work.collects.values()):
        if not members[:, place].any():
            milp.upper[column] = 0.0
    if len(members) > MOST_SETS:
        return False
    prices = np.zeros(len(members))
    for triple, price in work.prices.triples.items():
        prices += price * triple.held(site.point, site.villages, members)
    sets = [work.column("set", price) for price in prices.tolist()]
    milp.row("one set", [*((c, 1.0) for c in sets), (work.opens, -1.0)], lower=0, upper=0)
    for place, column in enumerate(work.collects.values()):
        with_it = [(sets[number], 1.0) for number in np.flatnonzero(members[:, place]).tolist()]
        milp.row("of the set", [*with_it, (column, -1.0)], lower=0, upper=0)
    wanted = _wanted(work, sets, members)
    size = site.model.network.parcel_size
    for visits, needed in visits_needed(wanted.commodities, wanted.parcels, wanted.visits, size):
        asked = [(c, -float(n)) for c, n in zip(sets, needed, strict=True) if n > 0]
        milp.row("visits needed", [*visits, *asked], lower=0)
    if not site.is_agent and work.boxes:
        _boxes_needed(work, wanted)
    return True


def add_triples(work: Programme) -> None:
    """Add the prices of triples, where sets have no columns: two of the three cost it."""
    for triple, price in work.prices.triples.items():
        here = [work.collects[village] for village in triple.villages if village in work.collects]
        alone = 1 if triple.point == work.site.point else TWO
        if len(here) < alone:
            continue
        held = work.column("two of three", price, integer=False)
        for some in combinations(here, alone):
            terms = [(held, 1.0), *((column, -1.0) for column in some)]
            work.milp.row("two of three", terms, lower=1.0 - alone)


def _wanted(work: Programme, sets: list[int], members: BoolArray) -> _Wanted:
    """Return what each set wants."""
    commodities = sorted(work.site.most)
    needs = [[work.site.needs[v].get(c, 0) for c in commodities] for v in work.collects]
    each = np.array(needs, dtype=np.float64).reshape(len(needs), len(commodities))
    visits = [
        Visit(column, kind.arrival_day, frozenset(c for _, c in kind.brings), kind.room)
        for column, kind in zip(work.visits, work.kinds, strict=True)
    ]
    return _Wanted(sets, commodities, members @ each, visits, days_of(commodities, visits))


def _boxes_needed(work: Programme, wanted: _Wanted) -> None:
    """Ask for boxes that cost what those cost at least that hold the parcels of a set.

    Boxes hold what is there on average over the week, and on each day what cannot have gone yet
    or not have come, whenever it is brought.
    """
    network = work.site.model.network
    types = list(work.boxes)
    most = network.scenario.pickup_points[work.site.point].max_boxes
    if (most + 1) ** len(types) > MOST_BOXINGS:
        return
    boxings = np.array(
        [n for n in product(range(most + 1), repeat=len(types)) if 1 <= sum(n) <= most]
    ).reshape(-1, len(types))
    costs = np.array([work.costs.get(column, 0.0) for column in work.boxes.values()])
    still_there = np.zeros(DAYS_PER_WEEK)
    still_there[: len(network.still_there)] = network.still_there[:DAYS_PER_WEEK]
    least_there = np.array(
        [
            [
                min((still_there[(day - arrival) % DAYS_PER_WEEK] for arrival in able), default=0.0)
                for able in wanted.days
            ]
            for day in range(DAYS_PER_WEEK)
        ]
    )
    average = float(still_there.sum()) / DAYS_PER_WEEK
    sizes = np.array([commodity[1] for commodity in wanted.commodities])
    holds = np.ones((len(wanted.sets), len(boxings)), dtype=np.bool_)
    for smallest in range(len(SIZES)):
        here = sizes >= smallest
        there = np.maximum(
            wanted.parcels[:, here].sum(axis=1) * average,
            (wanted.parcels[:, here] @ least_there[:, here].T).max(axis=1),
        )
        room = boxings @ network.compartments[types, smallest:].sum(axis=1)
        holds &= room[None, :] * PER_MILLE >= there[:, None] - NEGLIGIBLE
    least = np.where(holds, boxings @ costs, np.inf).min(axis=1, initial=np.inf)
    asked = []
    for column, cost in zip(wanted.sets, least.tolist(), strict=True):
        if cost == np.inf:
            work.milp.upper[column] = 0.0
        else:
            asked.append((column, -cost))
    boxes = list(zip(work.boxes.values(), costs.tolist(), strict=True))
    work.milp.row("boxes needed", [*boxes, *asked], lower=0)
