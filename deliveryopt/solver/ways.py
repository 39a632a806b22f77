"""Ways of serving one pickup point, the prices that they pay, and what a point can want.

A *way* is a whole plan of one point: its villages, boxes, visits by groups of alike run-days, and
the parcels that they bring. Prices make villages worth serving and shared room dear.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from deliveryopt.solver.alike import QUANTITIES, Alike, Offer
from deliveryopt.solver.alone import needs_of
from deliveryopt.solver.columns import Commodity, Model
from deliveryopt.solver.decompose import villages_of
from deliveryopt.solver.milp import FloatArray, IntArray
from deliveryopt.solver.triples import Triple


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
    is_whole: bool = False
    """Whether it was sought with whole parcels."""

    @property
    def key(self) -> tuple[object, ...]:
        """Return what tells it from other ways."""
        takes = tuple((row, round(amount, 3)) for row, amount in sorted(self.shared.items()))
        what = (self.point, self.villages, self.visits, self.boxes, self.is_whole)
        return *what, round(self.cost_ore, 3), takes


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
    triples: Mapping[Triple, float] = field(default_factory=dict)
    """Price of holding two of three, above zero."""


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
    return [
        Site(
            model=model,
            point=point,
            villages=here,
            offers=alike.offers.get(point, ()),
            needs={village: needs_of(model, (village,)) for village in here},
            boxes=tuple(t for where, t in model.boxes if where == point),
            is_agent=point not in model.opens,
            most=needs_of(model, here),
        )
        for point, here in villages_of(model).items()
    ]


@dataclass(frozen=True, slots=True, eq=False)
class Appetite:
    """The most that a point can take of shared rows: how much cheaper ways can become."""

    visit_rows: IntArray
    visit_most: FloatArray
    """Most that visits take of each of these rows."""
    entry_load: IntArray
    """Load, by position, of each pair of a load and a row that it takes from."""
    entry_row: IntArray
    entry_takes: FloatArray
    """What one unit of load takes of the row."""
    load_most: FloatArray
    """Most units of each load: one quantity, boarding one group at one stop."""
    load_quantity: IntArray

    def gains(self, before: FloatArray, now: FloatArray, totals: FloatArray) -> FloatArray:
        """Return by how much ways can become cheaper at most when shared rows do.

        Loads of different runs add up to what the villages need, so that only the rows that have
        become cheapest count: a continuous knapsack for each quantity.

        Parameters
        ----------
        before, now
            Prices of shared rows; shape (shared rows,).
        totals
            Most units of load of all runs together, for each set of villages and each quantity;
            shape (sets, quantities).
        """
        cheaper = np.maximum(0.0, before - now)
        found = np.full(len(totals), float(cheaper[self.visit_rows] @ self.visit_most))
        each = np.bincount(
            self.entry_load,
            weights=cheaper[self.entry_row] * self.entry_takes,
            minlength=len(self.load_most),
        )
        for quantity in QUANTITIES:
            here = np.flatnonzero((self.load_quantity == quantity) & (each > 0))
            here = here[np.argsort(-each[here])]
            before_it = np.cumsum(self.load_most[here]) - self.load_most[here]
            room = np.clip(totals[:, quantity, None] - before_it, 0.0, self.load_most[here])
            found += room @ each[here]
        return found


def appetite_of(site: Site) -> Appetite:
    """Return the most that a point can take of shared rows."""
    size, most = site.model.network.parcel_size, site.most
    visits: dict[tuple[int, int], float] = defaultdict(float)
    loads: dict[tuple[int, int, int], float] = defaultdict(float)
    takes: dict[tuple[int, int, int], tuple[tuple[int, float], ...]] = {}
    for offer in site.offers:
        for row, taken in offer.of_visit:
            key = (row, offer.group)
            visits[key] = max(visits[key], taken * offer.copies)
        for boarding in {boarding for boarding, _ in offer.service.brings}:
            here = [c for where, c in offer.service.brings if where == boarding]
            total = amounts_of(here, most, size)
            for quantity in QUANTITIES:
                if uses := offer.of_load.get((boarding, quantity), ()):
                    load = (offer.group, boarding, quantity)
                    loads[load] += float(total[quantity])
                    takes[load] = uses
    entries = [(at, row, taken) for at, load in enumerate(loads) for row, taken in takes[load]]
    return Appetite(
        visit_rows=np.array([row for row, _ in visits], dtype=np.int64),
        visit_most=np.array(list(visits.values()), dtype=np.float64),
        entry_load=np.array([at for at, _, _ in entries], dtype=np.int64),
        entry_row=np.array([row for _, row, _ in entries], dtype=np.int64),
        entry_takes=np.array([taken for _, _, taken in entries], dtype=np.float64),
        load_most=np.array(list(loads.values()), dtype=np.float64),
        load_quantity=np.array([quantity for _, _, quantity in loads], dtype=np.int64),
    )


def amounts_of(
    commodities: Iterable[Commodity], most: Mapping[Commodity, int], size: IntArray
) -> FloatArray:
    """Return the most that some commodities amount to, by quantity."""
    total = np.zeros(len(QUANTITIES))
    for commodity in set(commodities):
        total += most.get(commodity, 0) * size[commodity[1]]
    return total


def price_of(way: Way, prices: Prices) -> float:
    """Return what a way costs at prices."""
    return (
        way.cost_ore * prices.scale
        - sum(float(prices.village[village]) for village in way.villages)
        + sum(float(prices.shared[row]) * amount for row, amount in way.shared.items())
        + sum(float(prices.box[box_type]) * number for box_type, number in way.boxes)
        + sum(
            price
            for triple, price in prices.triples.items()
            if triple.is_held_by(way.point, way.villages)
        )
    )
