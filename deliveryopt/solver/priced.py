"""A bound for every plan from prices, and the ways that a good plan is made of.

Column generation over ways of single points (`pricing.py`) with a master programme (`master.py`).
At any prices the sum of what every point costs at least, of what every village costs at least, and
of the prices of what is shared is a bound for every plan (Geoffrion 1974). A point is priced
again only if its bound at the new prices, reckoned from its last one, is not good enough.
"""

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import inf

import numpy as np

from deliveryopt.solver.choice import empty_open
from deliveryopt.solver.first_prices import first_duals
from deliveryopt.solver.master import Master, Rows, build_master
from deliveryopt.solver.milp import BoolArray, FloatArray
from deliveryopt.solver.pricing import Priced, cheapest_way
from deliveryopt.solver.search import Effort, Limits
from deliveryopt.solver.threads import run_all
from deliveryopt.solver.village_sets import VillageSets, village_sets
from deliveryopt.solver.ways import Prices, Site, Way, price_of

ROUND_S = 6.0
"""Longest search of one point in a round, seconds."""
GROW, SHRINK, WIDEN = 1.25, 0.4, 1.5
"""How boxes of prices change when the bound improves, when it does not, where they bind."""
FIRST_WIDTH = 0.05
"""Widths of the first boxes, as a share of the prices."""
LEAST_WIDTH = 1e-4
AGAIN = 0.1
"""Share of the first widths that boxes get again when rows or whole parcels are new."""
COARSE = 0.1
"""Share of what bound and master still differ by that pricing may be off by."""
ENOUGH = 2.0
"""The bound is good enough when it is so many times what pricing may be off by below the master."""
NEGLIGIBLE_SLACK = 1e-7
MARGIN_ORE = 0.01
"""Taken off the bound of each point, for the tolerances of the solver."""


@dataclass(slots=True, eq=False)
class _Known:
    """What is known of one point."""

    site: Site
    sets: VillageSets
    ways: list[Way] = field(default_factory=list)
    took_s: float = 0.0
    """How long its last pricing took."""
    is_whole: bool = False
    """Whether it is priced with whole parcels."""

    def best_at(self, prices: Prices) -> float:
        """Return what the cheapest known way costs at prices."""
        return min((price_of(way, prices) for way in self.ways), default=inf)


@dataclass(slots=True, eq=False)
class Pricer:
    """Column generation under way."""

    limits: Limits
    points: list[_Known]
    master: Master
    empty: dict[int, int]
    """What a point that must open costs without villages."""
    centre: FloatArray
    width: FloatArray
    bound: float = -inf
    """No plan costs less, öre."""
    rounds: int = 0
    solved: int = 0
    """Programmes of points solved so far."""

    @property
    def rows(self) -> Rows:
        """Return the rows that join points; there may be more of them later."""
        return self.master.rows

    @property
    def is_impossible(self) -> bool:
        """Return whether the bound has passed what any plan could cost: then there is none."""
        return self.bound > self.rows.most_ore

    def nothing(self, known: _Known, prices: Prices) -> float:
        """Return what a point costs at prices without villages."""
        return self.empty.get(known.site.point, 0) * prices.scale

    def price(self, duals: FloatArray, tolerance: float) -> float:
        """Price points at duals until each is known to within a tolerance; return the bound."""
        prices = self.rows.prices(duals)
        least_of_sets = [known.sets.least(prices) for known in self.points]
        bounds = np.array([least.min() for least in least_of_sets])
        nothing = np.array([self.nothing(known, prices) for known in self.points])
        best = np.minimum(nothing, [known.best_at(prices) for known in self.points])
        unsure = [i for i in range(len(bounds)) if bounds[i] < best[i] - tolerance]
        unsure.sort(key=lambda i: -self.points[i].took_s)  # the longest first: none waits alone
        open_sets = {i: least_of_sets[i] < best[i] - tolerance for i in unsure}
        jobs = [self._pricing(i, prices, best[i], tolerance, open_sets[i]) for i in unsure]
        answers = dict(zip(unsure, run_all(jobs, self.limits), strict=True))
        for index, priced in sorted(answers.items()):  # the order of ways tells nothing of time
            if priced is None:
                continue
            known, least = self.points[index], least_of_sets[index]
            self.solved += 1
            looked_at = open_sets[index]
            least[looked_at] = np.maximum(least[looked_at], priced.least - MARGIN_ORE)
            known.sets.learn(prices, least)
            bounds[index] = least.min()
            if priced.way is not None:
                known.ways.append(priced.way)
                self.master.add(priced.way)
        least = np.minimum(nothing, bounds)
        total = self.rows.worth(duals) + self.rows.least_of_villages(duals) + float(least.sum())
        served = {known.site.point for known in self.points}
        total += prices.scale * sum(c for point, c in self.empty.items() if point not in served)
        return total

    def _pricing(
        self, index: int, prices: Prices, best: float, tolerance: float, open_sets: BoolArray
    ) -> Callable[[], Priced | None]:
        """Return the job of pricing a point, where ways below `best` are of interest.

        Sets of villages that are not open are proven to cost no less than that.
        """
        sets = self.points[index].sets
        members = sets.members[open_sets] if sets.is_listed else None

        def job() -> Priced | None:
            if self.limits.are_reached:
                return None
            began = time.monotonic()
            priced = cheapest_way(
                self.points[index].site,
                prices,
                self._effort(tolerance / 2),
                below=best - tolerance / 2,
                sets=members,
                whole=self.points[index].is_whole,
            )
            self.points[index].took_s = time.monotonic() - began
            return priced

        return job

    def _effort(self, gap: float) -> Effort:
        """Return how long and how well to search one point."""
        left_s, nodes = self.limits.left_s, self.limits.nodes
        return Effort(gap, left_s if nodes is not None else min(ROUND_S, left_s), nodes)

    def step(self, tolerance: float) -> bool:
        """Move to the best prices inside the box and price there; return whether that is all."""
        self.master.set_box(self.centre, self.width)
        if not self.master.solve():
            return True
        duals, value, slack = self.master.duals, self.master.objective, self.master.slack
        coarse = COARSE * (value - max(0.0, self.bound)) / max(1, len(self.points))
        bound = self.price(duals, max(tolerance, coarse))
        self.rounds += 1
        if bound > self.bound:
            self.bound, self.centre = bound, duals
            self.width *= GROW
        else:
            self.width *= SHRINK
        binds = slack > NEGLIGIBLE_SLACK
        self.width[binds] *= WIDEN / SHRINK
        if self.is_impossible:
            return True
        return not binds.any() and value - self.bound <= ENOUGH * tolerance * max(
            1, len(self.points)
        )

    def make_whole(self, points: Collection[int]) -> bool:
        """Price points with whole parcels from now on; return whether that is new for any."""
        new = [known for known in self.points if known.site.point in points and not known.is_whole]
        for known in new:
            known.is_whole = True
            known.ways = [way for way in known.ways if way.is_whole]
        if new:
            self.master.drop({known.site.point for known in new})
            self._widen()
        return bool(new)

    def _widen(self) -> None:
        """Let prices move again where something new was learned."""
        first = _first_width(self.rows, self.centre)
        self.width = np.maximum(self.width, AGAIN * first)

    def divide(self) -> bool:
        """Forbid halves of ways that no whole ways can stand for; return whether there were any.

        The master must have been solved last.
        """
        triples = [t for t in self.master.broken_triples() if t not in self.rows.triples]
        if not triples:
            return False
        worth = float(np.abs(self.rows.prices(self.centre).village).mean())
        self.master.add_triples(triples)
        self.centre = np.concatenate([self.centre, np.zeros(len(triples))])
        self.width = np.concatenate([self.width, np.full(len(triples), worth)])
        self._widen()
        return True


def start(rows: Rows, sites: Sequence[Site], limits: Limits) -> Pricer:
    """Return column generation at its first prices: villages are worth what they cost today."""
    master = build_master(rows, [site.point for site in sites])
    points = [_Known(site, village_sets(site)) for site in sites]
    found = run_all([partial(first_duals, rows, list(sites), limits.left_s)], limits)[0]
    # without first prices the bound is 0: no cost is below that
    centre, bound = (np.zeros(len(rows.lower)), 0.0) if found is None else found
    width = _first_width(rows, centre)
    return Pricer(limits, points, master, empty_open(rows.model), centre, width, bound)


def _first_width(rows: Rows, centre: FloatArray) -> FloatArray:
    """Return by how much prices may move around a centre at first."""
    width = FIRST_WIDTH * np.abs(centre)
    village = slice(0, rows.num_villages)
    today_ore = np.array(rows.model.network.today_ore)
    width[village] = np.maximum(width[village], FIRST_WIDTH * today_ore)
    scale = float(np.mean(np.abs(centre[centre != 0]))) if np.any(centre) else 1.0
    return np.maximum(width, LEAST_WIDTH * scale)
