"""Large scenarios by prices: a bound from column generation, and plans made of its ways.

For the least cost without vans, home orders and transfers. `priced.py` finds the bound,
`carried_out.py` makes the plans; this file shares the time between them.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from math import inf

import numpy as np

from deliveryopt.solver.alike import find_alike
from deliveryopt.solver.carried_out import Workshop
from deliveryopt.solver.columns import Model
from deliveryopt.solver.decompose import decompose
from deliveryopt.solver.master import rows_of
from deliveryopt.solver.priced import Pricer, start
from deliveryopt.solver.proposal import Proposal
from deliveryopt.solver.search import Limits, Values, whole_bound
from deliveryopt.solver.threads import run_all
from deliveryopt.solver.ways import sites_of

LARGE_COLUMNS = 5_000
"""Models from this size on are treated by prices."""
BOUND_SHARE = 0.7
"""Share of the time for the bound, before plans get all of it."""
TOLERANCE = 3e-4
"""What pricing may be off by in all, as a share of the cost."""
TIGHTER, LEAST_TOLERANCE = 0.1, 1e-7
"""What it is multiplied by when the bound lags behind the plan, and the least it gets to."""
LEAST_ORE = 0.005
"""Pricing of one point is asked for no better than that."""
MOST_ROUNDS, MOST_PASSES = 100, 3
"""Most rounds of pricing at a time and most passes of plans where the clock may play no part."""
LATER_SHARE = 0.5
"""Share of the time for the bound, once plans no longer gain."""
NEAR_S = 2.0
"""First limit of one search around a few points, seconds; it doubles when none gains."""
WIDEST = 6
"""Most points decided anew together."""
FEW_ORE = 500
"""If a pass over all points gains less than this, searches become longer and wider."""
PLAN_ROUNDS = 3
"""After so many rounds of pricing a plan is made; after every round until there is one."""


def is_priceable(model: Model) -> bool:
    """Return whether a model is of the kind that this engine is for."""
    network = model.network
    return (
        network.scenario.goal.kind == "least_cost"
        and model.milp.num_columns >= LARGE_COLUMNS
        and not any(model.transfers_out.values())
        and not model.left
        and not model.van_columns
        and not model.drives
    )


@dataclass(slots=True, eq=False)
class _Run:
    """One search by prices."""

    pricer: Pricer
    shop: Workshop
    best: Proposal
    tell: Callable[[Proposal], None]
    limits: Limits

    def raise_bound(self) -> None:
        """Take over the bound of the prices, unless it says that there is no plan."""
        if self.pricer.is_impossible:
            return
        bound = whole_bound(self.pricer.bound)
        if bound is not None and (self.best.bound_ore is None or bound > self.best.bound_ore):
            cost_ore = self.best.cost_ore
            self.best.bound_ore = bound if cost_ore is None else min(bound, cost_ore)
            self.tell(self.best)

    def is_over(self) -> bool:
        """Return whether nothing is left to do, or no time to do it."""
        return self._is_over(self.limits)

    def _is_over(self, limits: Limits) -> bool:
        return limits.are_reached or self.best.is_closed(limits.gap)

    def make_plan(self) -> None:
        """Make a plan of the ways found so far."""
        ways = self.pricer.master.ways
        self.shop.remember(ways)
        known = -1
        while known < len(self.shop.conflicts) and not self.is_over():
            known = len(self.shop.conflicts)
            mix = self.shop.mix(ways)
            if mix is not None:
                self.shop.carry_out(mix)

    def find_bound(self, deadline: float, tolerance: float) -> bool:
        """Generate ways and prices until they are as good as was asked, or time is over.

        Parameters
        ----------
        deadline
            When to stop, as `Limits.deadline`.
        tolerance
            What pricing may be off by in all, as a share of the cost.

        Returns
        -------
        bool
            Whether they are as good as was asked, and no row or whole parcel would make the bound
            any better.
        """
        pricer = self.pricer
        pricer.limits = replace(self.limits, deadline=deadline)
        last = inf if self.limits.nodes is None else pricer.rounds + MOST_ROUNDS
        while not self._is_over(pricer.limits) and pricer.rounds < last:
            each = 1.0
            if np.isfinite(pricer.bound):
                each = max(LEAST_ORE, tolerance * pricer.bound / max(1, len(pricer.points)))
            done = pricer.step(each)
            self.raise_bound()
            if done and (pricer.is_impossible or not (pricer.divide() or self.strengthen())):
                return True
            if not done and (self.best.values is None or pricer.rounds % PLAN_ROUNDS == 0):
                self.make_plan()
        return False

    def strengthen(self) -> bool:
        """Price points with whole parcels where a plan pays more than the ways that it is made of.

        Return whether there are more of these than before.
        """
        self.make_plan()
        return self.pricer.make_whole(self.shop.losing())

    def go_on(self) -> None:
        """Work on what lags behind more, the plan or its bound, until time is over."""
        tolerance, share = TOLERANCE, BOUND_SHARE
        rng, seconds, widest = np.random.default_rng(self.limits.seed), NEAR_S, 2
        passes = 0
        while not self.is_over() and (self.limits.nodes is None or passes < MOST_PASSES):
            deadline = self.limits.deadline
            if self.limits.nodes is None:
                deadline -= (1 - share) * self.limits.left_s
            is_proven = self.find_bound(deadline, tolerance)
            if self.pricer.is_impossible or self.is_over():
                return
            if not is_proven:
                self.make_plan()
            elif tolerance > LEAST_TOLERANCE and self.bound_lags():
                tolerance *= TIGHTER
                continue
            while self.improve(rng, seconds, widest) >= FEW_ORE:
                pass
            passes += 1
            seconds, widest = 2 * seconds, min(widest + 1, WIDEST)
            tolerance, share = max(LEAST_TOLERANCE, TIGHTER * tolerance), LATER_SHARE

    def bound_lags(self) -> bool:
        """Return whether the bound is farther from what ways cost together than the plan is."""
        value = self.pricer.master.objective
        cost_ore = inf if self.best.cost_ore is None else self.best.cost_ore
        return bool(cost_ore - value <= value - self.pricer.bound)

    def improve(self, rng: np.random.Generator, seconds: float, widest: int) -> int:
        """Decide every few points anew, two sets at a time; return what that gained, öre."""
        before = self.best.cost_ore
        if before is None:
            return 0
        for pair in _apart(self.shop.neighbourhoods(rng, widest)):
            if self.is_over():
                break
            jobs = [partial(self.shop.near, points, seconds) for points in pair]
            self.shop.take_over(run_all(jobs, self.limits))
        return before - (self.best.cost_ore or 0)


def _apart(sets: list[set[int]]) -> list[list[set[int]]]:
    """Return sets in pairs that have no point in common, as far as there are any."""
    left, pairs = list(sets), []
    while left:
        first = left.pop(0)
        second = next((other for other in left if not first & other), None)
        if second is not None:
            left.remove(second)
        pairs.append([first] if second is None else [first, second])
    return pairs


def plan_by_prices(
    model: Model, limits: Limits, tell: Callable[[Proposal], None], first: Values | None
) -> Proposal:
    """Return a plan and a bound, found by prices.

    Parameters
    ----------
    model
        The whole model, for which `is_priceable` is true.
    limits
        When to stop.
    tell
        Called at every improvement of plan or bound.
    first
        A plan to start from, if one is known.
    """
    work = decompose(model)
    alike = find_alike(work)
    rows = rows_of(model, alike)
    sites = sites_of(model, alike)
    best = Proposal()
    pricer = start(rows, sites, limits)
    by_point = {site.point: site for site in sites}
    shop = Workshop(work, alike, rows, by_point, limits, best, tell)
    run = _Run(pricer, shop, best, tell, limits)
    if first is not None:
        shop.keep(first)
    run.raise_bound()
    run.go_on()
    if pricer.is_impossible and best.values is None:
        best.is_infeasible, best.bound_ore = True, None
    return best
