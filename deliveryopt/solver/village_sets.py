"""What each set of villages costs at a pickup point at least, learned at prices after prices.

What villages are worth changes much from prices to prices, what shared room costs changes little.
So a bound on one point is kept apart for each set of its villages: what they are worth comes off
exactly, and only what shared room may have become cheaper is lost. Sets that cannot be cheaper
than what is known need not be looked at again.
"""

from dataclasses import dataclass, field

import numpy as np

from deliveryopt.solver.alike import QUANTITIES
from deliveryopt.solver.milp import BoolArray, FloatArray
from deliveryopt.solver.triples import Triple
from deliveryopt.solver.ways import Appetite, Prices, Site, appetite_of

MOST_VILLAGES = 10
"""Most villages of a point whose sets are listed; with more of them, all sets share one bound."""
MOST_RECORDS = 12
"""Most prices at which bounds are remembered."""


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """Bounds that were proven at some prices."""

    prices: Prices
    serving: FloatArray
    """What serving each set costs at least, what its villages are worth left out."""


@dataclass(slots=True, eq=False)
class VillageSets:
    """The sets of villages of one point, and what is known of them."""

    site: Site
    appetite: Appetite
    members: BoolArray
    """Villages of each set; shape (sets, villages). One row of all where sets are not listed."""
    totals: FloatArray
    """Most units of load of each set, by quantity; shape (sets, quantities)."""
    is_listed: bool
    records: list[Record] = field(default_factory=list)
    held: dict[Triple, BoolArray] = field(default_factory=dict)
    """Which sets hold two of three, as far as it was asked for."""

    def worth(self, prices: Prices) -> FloatArray:
        """Return what the villages of each set are worth, less the prices of triples.

        Where sets are not listed, that is the sum over villages that are worth anything: at least
        as much as any part of them.
        """
        each = prices.village[list(self.site.villages)]
        if not self.is_listed:
            return np.array([np.maximum(each, 0.0).sum()])
        worth: FloatArray = self.members @ each
        for triple, price in prices.triples.items():
            worth -= price * self._held(triple)
        return worth

    def _held(self, triple: Triple) -> BoolArray:
        """Return which sets hold two of three."""
        if triple not in self.held:
            self.held[triple] = triple.held(self.site.point, self.site.villages, self.members)
        return self.held[triple]

    def least(self, prices: Prices) -> FloatArray:
        """Return what each set costs at prices at least; shape (sets,)."""
        if not self.is_listed:
            return np.array([self._least_of_any(prices)])
        serving = np.zeros(len(self.members))  # no cost is below zero
        for record in self.records:
            serving = np.maximum(serving, self._carried_over(record, prices))
        # who serves more villages could serve fewer of them for no more
        for village in range(self.members.shape[1]):
            with_it = self.members[:, village]
            without = np.flatnonzero(with_it) + 1 - (1 << village)  # number of the smaller set
            smaller = np.where(without > 0, serving[without - 1], -np.inf)
            serving[with_it] = np.maximum(serving[with_it], smaller)
        return serving - self.worth(prices)

    def learn(self, prices: Prices, least: FloatArray) -> None:
        """Remember what sets cost at prices at least."""
        self.records = self.records[-MOST_RECORDS + 1 :]
        self.records.append(Record(prices, least + self.worth(prices)))

    def _carried_over(self, record: Record, prices: Prices) -> FloatArray:
        """Return bounds on serving sets at other prices than those at which they were proven."""
        # costs are not below zero: if they count for less, at most that share of all is lost
        share = min(1.0, prices.scale / record.prices.scale)
        carried: FloatArray = share * record.serving - self._lost(record.prices, prices)
        return carried

    def _lost(self, before: Prices, prices: Prices) -> FloatArray:
        """Return by how much serving each set may have become cheaper at other prices."""
        boxes = np.maximum(0.0, before.box - prices.box).sum() * self.site.most_boxes
        lost: FloatArray = boxes + self.appetite.gains(before.shared, prices.shared, self.totals)
        return lost

    def _least_of_any(self, prices: Prices) -> float:
        """Return what any set costs at least, where sets are not listed."""
        here = list(self.site.villages)
        found = -np.inf
        for record in self.records:
            before = record.prices
            if before.scale != prices.scale:
                continue
            proven = float(record.serving[0] - self.worth(before)[0])
            gain = np.maximum(0.0, prices.village[here] - before.village[here]).sum()
            gain += sum(
                max(0.0, price - prices.triples.get(triple, 0.0))
                for triple, price in before.triples.items()
                if self._held(triple)[0]
            )
            found = max(found, proven - float(gain) - float(self._lost(before, prices)[0]))
        return found


def village_sets(site: Site) -> VillageSets:
    """Return the sets of villages that may collect at a point, nothing known of them."""
    number, appetite = len(site.villages), appetite_of(site)
    is_listed = number <= MOST_VILLAGES
    if is_listed:
        numbers = np.arange(1, 1 << number)
        members = (numbers[:, None] >> np.arange(number)) & 1 == 1
    else:
        members = np.ones((1, number), dtype=np.bool_)
    size = site.model.network.parcel_size
    each = np.zeros((number, len(QUANTITIES)))
    for place, village in enumerate(site.villages):
        for commodity, parcels in site.needs[village].items():
            each[place] += parcels * size[commodity[1]]
    return VillageSets(site, appetite, members, members @ each, is_listed)
