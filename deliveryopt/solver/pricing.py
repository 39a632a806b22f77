"""The cheapest way to serve one pickup point at given prices of villages and shared room.

What a way costs at the prices is found by a small programme, solved to the end, so that its proven
bound may enter the bound of the whole.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from deliveryopt.scenario.terms import SIZES
from deliveryopt.solver.alike import PIECES, QUANTITIES, Offer
from deliveryopt.solver.kinds import Brings, Kind, kinds_of, visits_for
from deliveryopt.solver.milp import BoolArray, Milp
from deliveryopt.solver.programme import Programme
from deliveryopt.solver.search import Effort, solve_small
from deliveryopt.solver.set_rows import add_set_rows, add_triples
from deliveryopt.solver.visits_needed import MANY, NEGLIGIBLE
from deliveryopt.solver.ways import Prices, Site, Way, amounts_of
from deliveryopt.units import DAYS_PER_WEEK, PER_MILLE

if TYPE_CHECKING:
    from deliveryopt.solver.columns import Commodity

HALF = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Priced:
    """What was found for one point at prices."""

    least: float
    """No way costs less at the prices, the empty one (nothing) left out; proven."""
    way: Way | None
    """The cheapest way found."""


# --- the programme -------------------------------------------------------------------------------


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
        total = amounts_of((c for _, c in kind.brings), most, size)
        needed = visits_for(kind.room, total)
        visits = work.column("visits", kind.visit, upper=min(kind.copies, needed))
        work.visits.append(visits)
        milp.row("open", [(visits, 1.0), (work.opens, -milp.upper[visits])], upper=0)
        for boarding in sorted({boarding for boarding, _ in kind.brings}):
            here = [c for where, c in kind.brings if where == boarding]
            total = amounts_of(here, most, size)
            for quantity in QUANTITIES:
                if not _counts(work, quantity) or not total[quantity]:
                    continue
                price = kind.load[boarding, quantity]
                amount = work.column("amount", price, upper=float(total[quantity]), integer=False)
                work.amounts[number, boarding, quantity] = amount
                room = min(kind.room[quantity], float(total[quantity]))
                milp.row("room", [(amount, 1.0), (visits, -room)], upper=0)
        _arrive_together(work, number)
        for boarding, commodity in kind.brings:
            key = (kind.arrival_day, kind.brings, boarding, commodity)
            if commodity in most and key not in work.loads:
                upper = most[commodity]
                work.loads[key] = work.column("load", 0.0, upper=upper, integer=work.is_whole)


def _arrive_together(work: Programme, number: int) -> None:
    """Keep what boarded at different stops within the room: all of it is aboard on arrival."""
    visits, kind = work.visits[number], work.kinds[number]
    for quantity in QUANTITIES:
        amounts = [c for (k, _, q), c in work.amounts.items() if (k, q) == (number, quantity)]
        if len(amounts) > 1 and kind.room[quantity] < MANY:
            terms = [*((amount, 1.0) for amount in amounts), (visits, -kind.room[quantity])]
            work.milp.row("room", terms, upper=0)


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


def programme_of(
    site: Site,
    prices: Prices,
    *,
    keep_all: bool = False,
    sets: BoolArray | None = None,
    whole: bool = False,
) -> Programme:
    """Return the programme of a point at prices.

    With `keep_all` each offer has its own column; with `sets`, shape (sets, villages), only these
    sets of villages may collect; with `whole` parcels that arrive on a day are whole.
    """
    kinds = kinds_of(site, prices, keep_all=keep_all)
    work = Programme(site, prices, kinds, Milp("way"), is_whole=whole)
    _columns(work)
    _visits(work)
    _carry(work)
    _promise(work)
    if not site.is_agent:
        _store(work)
    if sets is None or not add_set_rows(work, sets):
        add_triples(work)
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
    return Way(
        site.point, villages, cost, tuple(sorted(visits)), dict(shared), boxes, work.is_whole
    )


def _given(site: Site, kind: Kind, total: int) -> Iterator[tuple[int, int]]:
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


def cheapest_way(
    site: Site,
    prices: Prices,
    effort: Effort,
    *,
    below: float = inf,
    sets: BoolArray | None = None,
    whole: bool = False,
) -> Priced:
    """Return the cheapest way to serve a point at prices, and a proven bound.

    Parameters
    ----------
    site
        The point.
    prices
        What villages are worth and shared room costs.
    effort
        How long and how well to search.
    below
        Only ways that cost less at the prices are of interest: the bound is never above this.
    sets
        Sets of villages to choose from; shape (sets, villages); all if None.
    whole
        Whether parcels are whole: a higher bound, and more work.

    Returns
    -------
    Priced
        The bound is infinite if the point can serve no village at all.
    """
    work = programme_of(site, prices, sets=sets, whole=whole)
    answer = solve_small(work.milp, effort, below=below)
    if answer.is_infeasible:
        return Priced(inf, None)
    way = None if answer.values is None else _way(work, answer.values)
    return Priced(answer.bound, way)
