"""The cheapest way to serve one pickup point at given prices of villages and shared room.

A *way* is a whole plan of one point: its villages, boxes, visits by groups of alike run-days, and
the parcels that they bring. Prices make villages worth serving and shared room dear. What a way
costs at the prices is found by a small programme, solved to the end, so that its proven bound may
enter the bound of the whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil, inf

import numpy as np
from numpy.typing import NDArray

from deliveryopt.scenario.terms import SIZES
from deliveryopt.solver.alike import PIECES, QUANTITIES, Alike, Offer
from deliveryopt.solver.alone import needs_of
from deliveryopt.solver.columns import Commodity, Model
from deliveryopt.solver.milp import IntArray, Milp
from deliveryopt.solver.search import solve_small
from deliveryopt.units import DAYS_PER_WEEK, PER_MILLE

NEGLIGIBLE = 1e-7
MANY = 1e6
HALF = 0.5
SMALL_S = 20.0
"""Longest search of one point, seconds; then its bound so far is used."""

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """A whole plan of one pickup point."""

    point: int
    villages: tuple[int, ...]
    cost_ore: float
    visits: tuple[tuple[int, int], ...]
    """Offer of the point, by position, and how often."""
    shared: dict[int, float]
    """What it takes of each shared row."""
    boxes: tuple[tuple[int, int], ...]
    """Box type and number."""

    @property
    def key(self) -> tuple[object, ...]:
        """Return what tells it from other ways."""
        return self.point, self.villages, self.visits, self.boxes, round(self.cost_ore, 3)


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """Prices at which ways are sought; all in öre."""

    village: FloatArray
    """What serving a village is worth, shape (villages,); coverage and budget are in it."""
    shared: FloatArray
    """Price of one unit of each shared row, not below zero; shape (shared rows,)."""
    box: FloatArray
    """Price of one box of each type beyond its cost; shape (box types,)."""
    scale: float = 1.0
    """By what costs are multiplied: more than 1 where a budget is short."""


@dataclass(frozen=True, slots=True, eq=False)
class Priced:
    """What was found for one point at prices."""

    least: float
    """No way costs less at the prices, the empty one (nothing) left out; proven."""
    way: Way | None
    """The cheapest way found."""


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """One pickup point, as far as its pricing needs."""

    model: Model
    point: int
    villages: tuple[int, ...]
    offers: tuple[Offer, ...]
    needs: dict[int, dict[Commodity, int]]
    """Parcels by village."""
    boxes: tuple[int, ...]
    """Box types that may stand here; none at an agent."""
    is_agent: bool

    most: dict[Commodity, int]
    """Parcels of all villages together."""

    @property
    def most_boxes(self) -> int:
        """Return the most boxes that may stand here."""
        return (
            0 if self.is_agent else self.model.network.scenario.pickup_points[self.point].max_boxes
        )


def sites_of(model: Model, alike: Alike) -> list[Site]:
    """Return every pickup point where a village may collect."""
    villages: dict[int, list[int]] = defaultdict(list)
    for village, point in model.collects:
        villages[point].append(village)
    return [
        Site(
            model=model,
            point=point,
            villages=tuple(sorted(here)),
            offers=alike.offers.get(point, ()),
            needs={village: needs_of(model, (village,)) for village in here},
            boxes=tuple(t for where, t in model.boxes if where == point),
            is_agent=point not in model.opens,
            most=needs_of(model, here),
        )
        for point, here in sorted(villages.items())
    ]


@dataclass(frozen=True, slots=True, eq=False)
class Appetite:
    """The most that a point can take of shared rows: how much cheaper ways can become."""

    visit_rows: IntArray
    visit_most: FloatArray
    """Most that visits take of each of these rows."""
    load_rows: IntArray
    load_takes: FloatArray
    """What one unit of load takes of each of these rows."""
    load_most: FloatArray
    """Most units of load."""
    load_quantity: IntArray
    total: FloatArray
    """Most units of load of all runs together, by quantity."""

    def gain(self, before: FloatArray, now: FloatArray) -> float:
        """Return by how much a way can become cheaper at most when shared rows do.

        Loads of different runs add up to what the villages need, so that only the rows that have
        become cheapest count: a continuous knapsack for each quantity.
        """
        cheaper = np.maximum(0.0, before - now)
        total = float(cheaper[self.visit_rows] @ self.visit_most)
        each = cheaper[self.load_rows] * self.load_takes
        for quantity in QUANTITIES:
            here = np.flatnonzero((self.load_quantity == quantity) & (each > 0))
            here = here[np.argsort(-each[here])]
            before_it = np.cumsum(self.load_most[here]) - self.load_most[here]
            room = np.clip(self.total[quantity] - before_it, 0.0, self.load_most[here])
            total += float(each[here] @ room)
        return total


def appetite_of(site: Site) -> Appetite:
    """Return the most that a point can take of shared rows."""
    size, most = site.model.network.parcel_size, site.most
    visits: dict[tuple[int, int], float] = defaultdict(float)
    loads: dict[tuple[int, int, int], tuple[float, float]] = {}
    for offer in site.offers:
        for row, taken in offer.of_visit:
            key = (row, offer.group)
            visits[key] = max(visits[key], taken * offer.copies)
        for boarding in {boarding for boarding, _ in offer.service.brings}:
            here = [c for where, c in offer.service.brings if where == boarding]
            total = _amounts(here, most, size)
            for quantity in QUANTITIES:
                for row, taken in offer.of_load.get((boarding, quantity), ()):
                    known = loads.get((row, boarding, quantity), (0.0, 0.0))[1]
                    loads[row, boarding, quantity] = (taken, max(known, float(total[quantity])))
    return Appetite(
        visit_rows=np.array([row for row, _ in visits], dtype=np.int64),
        visit_most=np.array(list(visits.values()), dtype=np.float64),
        load_rows=np.array([row for row, _, _ in loads], dtype=np.int64),
        load_takes=np.array([taken for taken, _ in loads.values()], dtype=np.float64),
        load_most=np.array([amount for _, amount in loads.values()], dtype=np.float64),
        load_quantity=np.array([quantity for _, _, quantity in loads], dtype=np.int64),
        total=_amounts(most, most, size),
    )


# --- what is on offer at the prices --------------------------------------------------------------

Brings = tuple[tuple[int, Commodity], ...]


@dataclass(slots=True, eq=False)
class _Kind:
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


def _kinds(site: Site, prices: Prices, *, keep_all: bool = False) -> list[_Kind]:
    """Return the offers of a point at prices, equal ones together, beaten ones left out.

    With `keep_all` every offer is a kind of its own.
    """
    found: dict[tuple[object, ...], _Kind] = {}
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
            found[key] = _Kind(service.arrival_day, service.brings, offer.room, visit, load)
        found[key].copies += offer.copies
        found[key].members.append(position)
    kinds = list(found.values())
    return kinds if keep_all else _unbeaten(site, kinds)


def _amounts(
    commodities: Iterable[Commodity], most: Mapping[Commodity, int], size: IntArray
) -> FloatArray:
    """Return the most that some commodities amount to, by quantity."""
    total = np.zeros(len(QUANTITIES))
    for commodity in set(commodities):
        total += most.get(commodity, 0) * size[commodity[1]]
    return total


def _visits_needed(room: tuple[float, float, float], total: FloatArray) -> int:
    """Return how many visits of a room bring amounts."""
    needed = 1
    for limit, amount in zip(room, total, strict=True):
        if limit != inf and amount > 0:
            needed = max(needed, ceil(amount / limit) if limit > 0 else int(MANY))
    return needed


def _beats(better: _Kind, worse: _Kind) -> bool:
    return (
        better.visit <= worse.visit + NEGLIGIBLE
        and all(mine >= theirs for mine, theirs in zip(better.room, worse.room, strict=True))
        and set(worse.brings) <= set(better.brings)
        and all(better.load[key] <= price + NEGLIGIBLE for key, price in worse.load.items())
    )


def _unbeaten(site: Site, kinds: list[_Kind]) -> list[_Kind]:
    """Leave out kinds beaten in everything by others that together bring all there can be.

    If one of those is idle, it takes over the visit; if none is, they hold the load as well.
    """
    size, most = site.model.network.parcel_size, site.most
    kinds.sort(key=lambda kind: (kind.visit, -kind.copies, kind.members[0]))
    kept: list[_Kind] = []
    for kind in kinds:
        beaters = [
            other for other in kept if other.arrival_day == kind.arrival_day and _beats(other, kind)
        ]
        total = _amounts({c for other in beaters for _, c in other.brings}, most, size)
        together = sum((other.copies * np.array(other.room) for other in beaters), np.zeros(3))
        if not beaters or np.any(together < total):
            kept.append(kind)
    return kept


# --- the programme -------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class Programme:
    """The programme of one point at prices."""

    site: Site
    prices: Prices
    kinds: list[_Kind]
    milp: Milp
    costs: dict[int, float] = field(default_factory=dict)
    collects: dict[int, int] = field(default_factory=dict)
    """Column by village."""
    visits: list[int] = field(default_factory=list)
    """Column by kind."""
    amounts: dict[tuple[int, int, int], int] = field(default_factory=dict)
    """Column by kind, boarding stop and quantity."""
    loads: dict[tuple[int, Brings, int, Commodity], int] = field(default_factory=dict)
    """Column by arrival day, what may be brought, boarding stop and commodity."""
    boxes: dict[int, int] = field(default_factory=dict)
    """Column by box type."""
    opens: int = -1

    def column(self, name: str, cost: float, *, upper: float = 1.0, integer: bool = True) -> int:
        """Add a column with its price."""
        column = self.milp.column(name, upper=upper, integer=integer)
        if cost:
            self.costs[column] = cost
        return column


def _columns(work: Programme) -> None:
    site, prices, model = work.site, work.prices, work.site.model
    site_ore = 0.0 if site.is_agent else float(model.network.site_ore[site.point])
    work.opens = work.column("open", site_ore * prices.scale)
    for village in site.villages:
        fee = float(model.cost_terms[model.collects[village, site.point]])
        price = fee * prices.scale - float(prices.village[village])
        work.collects[village] = work.column("collects", price)
    for box_type in site.boxes:
        most_boxes = model.network.scenario.pickup_points[site.point].max_boxes
        price = model.network.box_ore[box_type] * prices.scale + float(prices.box[box_type])
        work.boxes[box_type] = work.column("boxes", price, upper=most_boxes)


def _visits(work: Programme) -> None:
    """Add visits, what they bring in all of each quantity, and the parcels by arrival day."""
    site, milp = work.site, work.milp
    most, size = site.most, site.model.network.parcel_size
    for number, kind in enumerate(work.kinds):
        total = _amounts((c for _, c in kind.brings), most, size)
        needed = _visits_needed(kind.room, total)
        visits = work.column("visits", kind.visit, upper=min(kind.copies, needed))
        work.visits.append(visits)
        milp.row("open", [(visits, 1.0), (work.opens, -milp.upper[visits])], upper=0)
        for boarding in sorted({boarding for boarding, _ in kind.brings}):
            here = [c for where, c in kind.brings if where == boarding]
            total = _amounts(here, most, size)
            for quantity in QUANTITIES:
                if not _counts(work, quantity) or not total[quantity]:
                    continue
                price = kind.load[boarding, quantity]
                amount = work.column("amount", price, upper=float(total[quantity]), integer=False)
                work.amounts[number, boarding, quantity] = amount
                room = min(kind.room[quantity], float(total[quantity]))
                milp.row("room", [(amount, 1.0), (visits, -room)], upper=0)
        for boarding, commodity in kind.brings:
            key = (kind.arrival_day, kind.brings, boarding, commodity)
            if commodity in most and key not in work.loads:
                upper = most[commodity]
                work.loads[key] = work.column("load", 0.0, upper=upper, integer=False)


def _counts(work: Programme, quantity: int) -> bool:
    """Return whether a quantity can bind or has a price anywhere."""
    return any(
        kind.room[quantity] < MANY or any(p for (_, q), p in kind.load.items() if q == quantity)
        for kind in work.kinds
    )


def _carry(work: Programme) -> None:
    """Bring every parcel of the villages chosen; visits hold what arrives on their day."""
    milp, site = work.milp, work.site
    size, most = site.model.network.parcel_size, site.most
    of_commodity: dict[Commodity, list[int]] = defaultdict(list)
    of_class: dict[tuple[int, Brings, int], list[tuple[Commodity, int]]] = defaultdict(list)
    for (day, brings, boarding, commodity), load in work.loads.items():
        of_commodity[commodity].append(load)
        of_class[day, brings, boarding].append((commodity, load))
    for commodity in most:
        terms = [(load, 1.0) for load in of_commodity[commodity]]
        terms += [
            (work.collects[village], -float(parcels))
            for village in site.villages
            if (parcels := site.needs[village].get(commodity))
        ]
        milp.row("all", terms, lower=0, upper=0)
    of_amount: dict[tuple[int, Brings, int, int], list[int]] = defaultdict(list)
    for (number, boarding, quantity), amount in work.amounts.items():
        kind = work.kinds[number]
        of_amount[kind.arrival_day, kind.brings, boarding, quantity].append(amount)
    for (day, brings, boarding, quantity), columns in of_amount.items():
        loads = [
            (load, -float(size[commodity[1], quantity]))
            for commodity, load in of_class[day, brings, boarding]
        ]
        terms = [(column, 1.0) for column in columns]
        milp.row("amount", [*terms, *loads], lower=0, upper=0)
    _link_quantities(work)


def _link_quantities(work: Programme) -> None:
    """Keep what one visit holds of different quantities together: no parcel is of no size."""
    size = work.site.model.network.parcel_size
    for (number, boarding, quantity), amount in work.amounts.items():
        pieces = work.amounts.get((number, boarding, PIECES))
        if quantity == PIECES or pieces is None:
            continue
        smallest, largest = float(size[:, quantity].min()), float(size[:, quantity].max())
        if smallest > 0:
            work.milp.row("smallest", [(pieces, smallest), (amount, -1.0)], upper=0)
        work.milp.row("largest", [(amount, 1.0), (pieces, -largest)], upper=0)


def _promise(work: Programme) -> None:
    """Ask for a visit within the promise of each ready day of a village that collects here."""
    milp, site = work.milp, work.site
    able: dict[Commodity, set[int]] = defaultdict(set)
    for number, kind in enumerate(work.kinds):
        for _, commodity in kind.brings:
            able[commodity].add(work.visits[number])
    fewest = site.model.network.scenario.rules.min_deliveries_per_week
    for village, collects in work.collects.items():
        milp.row("open", [(collects, 1.0), (work.opens, -1.0)], upper=0)
        windows = {frozenset(able[commodity]) for commodity in site.needs[village]}
        for window in windows:
            if not any(other < window for other in windows):
                terms = [(column, 1.0) for column in sorted(window)]
                milp.row("promise", [*terms, (collects, -1.0)], lower=0)
    milp.row("some village", [*((c, 1.0) for c in work.collects.values())], lower=1)
    if fewest > 1 and any(site.needs.values()):
        _deliveries(work, fewest)


def _deliveries(work: Programme, fewest: int) -> None:
    """Ask for enough delivery days where a village with demand collects."""
    milp = work.milp
    on_day: dict[int, list[int]] = defaultdict(list)
    for number, kind in enumerate(work.kinds):
        on_day[kind.arrival_day].append(work.visits[number])
    delivered = []
    for day in sorted(on_day):
        delivered.append(milp.column("delivered", integer=False))
        terms = [(delivered[-1], 1.0), *((column, -1.0) for column in on_day[day])]
        milp.row("delivered", terms, upper=0)
    for village, collects in work.collects.items():
        if work.site.needs[village]:
            terms = [(column, 1.0) for column in delivered]
            milp.row("often enough", [*terms, (collects, -float(fewest))], lower=0)


def _store(work: Programme) -> None:
    """Keep the parcels still there within the compartments on every day."""
    site, milp = work.site, work.milp
    network = site.model.network
    boxes = [(column, 1.0) for column in work.boxes.values()]
    most = network.scenario.pickup_points[site.point].max_boxes
    milp.row("some box", [*boxes, (work.opens, -1.0)], lower=0)
    milp.row("most boxes", [*boxes, (work.opens, -float(most))], upper=0)
    still_there = network.still_there
    for smallest in range(len(SIZES)):
        room = [
            (column, -float(PER_MILLE * network.compartments[box_type, smallest:].sum()))
            for box_type, column in work.boxes.items()
        ]
        for day in range(DAYS_PER_WEEK):
            terms = []
            for (arrival_day, _, _, commodity), load in work.loads.items():
                days = (day - arrival_day) % DAYS_PER_WEEK
                if commodity[1] >= smallest and days < len(still_there):
                    terms.append((load, float(still_there[days])))
            if terms:
                milp.row("store", [*terms, *room], upper=0)


def programme_of(site: Site, prices: Prices, *, keep_all: bool = False) -> Programme:
    """Return the programme of a point at prices; with `keep_all` each offer has its own column."""
    work = Programme(site, prices, _kinds(site, prices, keep_all=keep_all), Milp("way"))
    _columns(work)
    _visits(work)
    _carry(work)
    _promise(work)
    if not site.is_agent:
        _store(work)
    work.milp.set_objective(work.costs)
    return work


# --- the answer ----------------------------------------------------------------------------------


def _way(work: Programme, values: Mapping[int, float]) -> Way:
    """Return a solution as a way: visits and parcels shared out over the offers of each kind."""
    site, model = work.site, work.site.model
    villages = tuple(v for v, column in work.collects.items() if values.get(column, 0) > HALF)
    boxes = tuple((t, n) for t, c in work.boxes.items() if (n := round(values.get(c, 0))))
    cost = sum(float(model.cost_terms[model.collects[v, site.point]]) for v in villages)
    cost += sum(model.network.box_ore[t] * n for t, n in boxes)
    if not site.is_agent:
        cost += float(model.network.site_ore[site.point])
    shared: dict[int, float] = defaultdict(float)
    visits: list[tuple[int, int]] = []
    amounts: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
    for (number, boarding, quantity), column in work.amounts.items():
        if (amount := values.get(column, 0.0)) > NEGLIGIBLE:
            amounts[number].append((boarding, quantity, amount))
    for number, kind in enumerate(work.kinds):
        total = round(values.get(work.visits[number], 0))
        for position, times in _given(site, kind, total):
            each = [(where, what, amount / total) for where, what, amount in amounts[number]]
            visits.append((position, times))
            cost += times * _take(site.offers[position], each, times, shared)
    return Way(site.point, villages, cost, tuple(sorted(visits)), dict(shared), boxes)


def _given(site: Site, kind: _Kind, total: int) -> Iterator[tuple[int, int]]:
    """Give visits of a kind to its offers; yield the offer's position and how often."""
    left = total
    for position in kind.members:
        times = min(left, site.offers[position].copies)
        if times:
            left -= times
            yield position, times


def _take(
    offer: Offer, each: list[tuple[int, int, float]], times: int, shared: dict[int, float]
) -> float:
    """Take from the shared rows for so many visits with equal loads; return what one costs."""
    cost = offer.service.cost_ore
    for row, taken in offer.of_visit:
        shared[row] += taken * times
    for boarding, quantity, amount in each:
        if quantity == PIECES:
            cost += offer.parcel_ore * amount
        for row, taken in offer.of_load.get((boarding, quantity), ()):
            shared[row] += taken * amount * times
    return cost


def price_of(way: Way, prices: Prices) -> float:
    """Return what a way costs at prices."""
    return (
        way.cost_ore * prices.scale
        - sum(float(prices.village[village]) for village in way.villages)
        + sum(float(prices.shared[row]) * amount for row, amount in way.shared.items())
        + sum(float(prices.box[box_type]) * number for box_type, number in way.boxes)
    )


def cheapest_way(
    site: Site, prices: Prices, *, gap: float, seconds: float, below: float = inf
) -> Priced:
    """Return the cheapest way to serve a point at prices, and a proven bound.

    Parameters
    ----------
    site
        The point.
    prices
        What villages are worth and shared room costs.
    gap
        Stop when the way is proven to within so many öre.
    seconds
        Longest search.
    below
        Only ways that cost less at the prices are of interest: the bound is never above this.

    Returns
    -------
    Priced
        The bound is infinite if the point can serve no village at all.
    """
    work = programme_of(site, prices)
    answer = solve_small(work.milp, gap=gap, seconds=min(seconds, SMALL_S), below=below)
    if answer.is_infeasible:
        return Priced(inf, None)
    way = None if answer.values is None else _way(work, answer.values)
    return Priced(answer.bound, way)
