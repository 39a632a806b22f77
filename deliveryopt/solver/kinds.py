"""Offers of runs to a pickup point at given prices: equal ones together, beaten ones left out."""

from collections import defaultdict
from dataclasses import dataclass, field
from math import ceil, inf

from deliveryopt.solver.alike import PIECES, QUANTITIES
from deliveryopt.solver.columns import Commodity
from deliveryopt.solver.milp import FloatArray
from deliveryopt.solver.visits_needed import MANY, NEGLIGIBLE
from deliveryopt.solver.ways import Prices, Site, amounts_of

Brings = tuple[tuple[int, Commodity], ...]


@dataclass(slots=True, eq=False)
class Kind:
    """Offers that are alike at the prices."""

    arrival_day: int
    brings: Brings
    room: tuple[float, float, float]
    visit: float
    """Price of one visit."""
    load: dict[tuple[int, int], float]
    """Price of one unit of load, by boarding stop and quantity."""
    copies: int = 0
    members: list[int] = field(default_factory=list)
    """Positions among the offers of the point."""


def _priced(uses: tuple[tuple[int, float], ...], shared: FloatArray) -> float:
    return float(sum(shared[row] * amount for row, amount in uses))


def kinds_of(site: Site, prices: Prices, *, keep_all: bool = False) -> list[Kind]:
    """Return the offers of a point at prices, equal ones together, beaten ones left out.

    With `keep_all` every offer is a kind of its own.
    """
    found: dict[tuple[object, ...], Kind] = {}
    for position, offer in enumerate(site.offers):
        service = offer.service
        visit = service.cost_ore * prices.scale + _priced(offer.of_visit, prices.shared)
        load = {
            (boarding, quantity): _priced(
                offer.of_load.get((boarding, quantity), ()), prices.shared
            )
            + (offer.parcel_ore * prices.scale if quantity == PIECES else 0.0)
            for boarding in sorted({boarding for boarding, _ in service.brings})
            for quantity in QUANTITIES
        }
        key: tuple[object, ...] = (
            service.arrival_day,
            service.brings,
            offer.room,
            round(visit, 6),
            tuple(round(price, 9) for price in load.values()),
        )
        if keep_all:
            key = (*key, position)
        if key not in found:
            found[key] = Kind(service.arrival_day, service.brings, offer.room, visit, load)
        found[key].copies += offer.copies
        found[key].members.append(position)
    kinds = list(found.values())
    return kinds if keep_all else _unbeaten(site, kinds)


def visits_for(room: tuple[float, float, float], total: FloatArray) -> int:
    """Return how many visits of a room bring amounts."""
    needed = 1
    for limit, amount in zip(room, total, strict=True):
        if limit != inf and amount > 0:
            needed = max(needed, ceil(amount / limit) if limit > 0 else int(MANY))
    return needed


def _beats(better: Kind, worse: Kind) -> bool:
    return (
        better.visit <= worse.visit + NEGLIGIBLE
        and all(mine >= theirs for mine, theirs in zip(better.room, worse.room, strict=True))
        and set(worse.brings) <= set(better.brings)
        and all(better.load[key] <= price + NEGLIGIBLE for key, price in worse.load.items())
    )


def _unbeaten(site: Site, kinds: list[Kind]) -> list[Kind]:
    """Leave out kinds beaten in everything by others that together bring all there can be.

    If one of those is idle, it takes over the visit. If none is, the load fits beside theirs:
    where only one quantity is short, in what they have left of it; where several are, each can
    hold its share of all, which is no dearer only among kinds with equal prices of loads.
    """
    size, most = site.model.network.parcel_size, site.most
    kinds.sort(key=lambda kind: (kind.visit, -kind.copies, kind.members[0]))
    kept: list[Kind] = []
    for kind in kinds:
        shares: dict[tuple[object, ...], float] = defaultdict(float)
        for other in kept:
            if other.arrival_day == kind.arrival_day and _beats(other, kind):
                total = amounts_of((c for _, c in other.brings), most, size)
                short = _short(other.room, total)
                prices = tuple(sorted(other.load.items())) if len(short) > 1 else ()
                held = min(short.values(), default=1.0)
                shares[other.brings, tuple(short), prices] += other.copies * held
        if max(shares.values(), default=0.0) < 1:
            kept.append(kind)
    return kept


def _short(room: tuple[float, float, float], total: FloatArray) -> dict[int, float]:
    """Return the share of everything that one visit holds, by quantity that is short."""
    return {
        quantity: room[quantity] / float(amount)
        for quantity, amount in enumerate(total)
        if room[quantity] < amount
    }
