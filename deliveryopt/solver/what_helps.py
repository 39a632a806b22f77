"""Changes of a scenario with which a village or a home order would be served, and the cheapest.

Every kind of change is tried by itself, with everything else unchanged, and has to cost less than
the best one so far; where they cost the same, the one that asks for less is kept. Two changes
together are tried where no single one helps. Each change stands on a plan that the verifier
accepts.
"""

import threading
import time
from dataclasses import dataclass, field, replace
from math import inf
from typing import Final, Literal

from deliveryopt.errors import PlanBreaksRuleError
from deliveryopt.plan.metrics import measure
from deliveryopt.plan.plan import Plan
from deliveryopt.plan.reasons import Change, ChangeKind
from deliveryopt.plan.verify import verify
from deliveryopt.scenario.schema import Scenario
from deliveryopt.scenario.travel import Travel
from deliveryopt.solver.cheaper import Floors, Found, floors_of, order_for_less, village_for_less
from deliveryopt.solver.larger import asking_least_cost, larger
from deliveryopt.solver.search import Limits
from deliveryopt.solver.standing import Standing, stand
from deliveryopt.solver.to_plan import build_plan

ONE_S = 10.0
"""Longest search for one village or order in one scenario, seconds."""
CHEAPER_S = 5.0
"""The same where something that helps is known already and only a cheaper one is sought."""
Kinds = tuple[ChangeKind, ...]
AS_IT_IS: Final[Kinds] = ("accept_cost",)
SINGLE: Final[dict[str, tuple[Kinds, ...]]] = {
    "village": (AS_IT_IS, ("new_site",), ("longer_promise",), ("fewer_days",), ("van",)),
    "order": (AS_IT_IS, ("any_time",), ("van",)),
}
"""Changes to try one at a time, from what asks for the least to what asks for the most."""
TOGETHER: Final[dict[str, tuple[Kinds, ...]]] = {
    "village": (("new_site", "longer_promise"), ("new_site", "fewer_days"), ("new_site", "van")),
    "order": (),
}
"""Changes to try together where none of them helps alone."""


@dataclass(slots=True, eq=False)
class Work:
    """An explanation under way."""

    scenario: Scenario
    plan: Plan
    limits: Limits
    cost_ore: int
    travel: Travel
    new_sites: dict[str, str] = field(default_factory=dict)
    """Id of the new site, where that is tried, of each village that gets one."""
    changed: dict[Kinds, Scenario | None] = field(default_factory=dict)
    """Changed scenarios, made on first use; None if a change changes nothing."""
    floors: dict[Kinds, Floors | None] = field(default_factory=dict)
    """The plan in each changed scenario, made on first use; None if it cannot be made."""
    making: threading.RLock = field(default_factory=threading.RLock)
    """Held while one of these is made, so that it is made once."""

    def floors_with(self, kinds: Kinds) -> Floors | None:
        """Return the plan standing in a changed scenario, and what is known of its points."""
        with self.making:
            if kinds not in self.floors:
                changed = self.scenario_with(kinds)
                standing = None
                if changed is not None and not self.limits.are_reached:
                    standing = stand(changed, self.plan, self.limits, more_stops=True)
                self.floors[kinds] = None if standing is None else floors_of(standing)
            return self.floors[kinds]

    def standing(self, kinds: Kinds) -> Standing | None:
        """Return the plan standing in a changed scenario; None if it does not."""
        floors = self.floors_with(kinds)
        return None if floors is None else floors.standing

    def scenario_with(self, kinds: Kinds) -> Scenario | None:
        """Return a changed scenario; None if the change leaves the scenario as it is."""
        with self.making:
            if kinds not in self.changed:
                self.changed[kinds] = larger(self.scenario, kinds, self.new_sites)
            return self.changed[kinds]


@dataclass(slots=True, eq=False)
class Asked:
    """A village or a home order, and what was tried for it."""

    kind: Literal["village", "order"]
    id: str
    bound_ore: dict[Kinds, float] = field(default_factory=dict)
    """What each change tried costs at least; infinity if it does not help."""
    best: Change | None = None
    open: set[Kinds] = field(default_factory=set)
    """Changes that are still to be tried for something cheaper."""

    @property
    def is_impossible(self) -> bool:
        """Return whether it cannot be served as things are: proven."""
        return self.bound_ore.get(AS_IT_IS) == inf

    @property
    def examined(self) -> Kinds:
        """Return the changes that were examined to the end."""
        found = list[ChangeKind]()
        for kinds in self.bound_ore:
            if self.is_settled(kinds):
                found += [kind for kind in kinds if kind not in found]
        return tuple(found)

    @property
    def all_tried(self) -> bool:
        """Return whether no other change that is to be tried can cost less than the best."""
        tried = bool(self.bound_ore) and not self.open
        return tried and all(map(self.is_settled, self.bound_ore))

    def is_proven(self, kinds: Kinds) -> bool:
        """Return whether a change that was tried cannot cost less than the best."""
        if self.best is not None and self.best.kinds == kinds:
            return self.best.is_least
        return self.is_settled(kinds)

    @property
    def all_proven(self) -> bool:
        """Return whether longer searches could not find anything cheaper."""
        return all(map(self.is_proven, self.bound_ore))

    def is_settled(self, kinds: Kinds) -> bool:
        """Return whether a change that was tried is told, or proven to cost no less."""
        if self.best is None:
            return self.bound_ore[kinds] == inf
        is_told = self.best.kinds == kinds
        return is_told or self.bound_ore[kinds] >= self.best.cost_ore_per_week


def first_that_helps(work: Work, asked: Asked) -> None:
    """Try changes, first single ones and then several together, until one helps."""
    for group in (SINGLE[asked.kind], TOGETHER[asked.kind]):
        for kinds in group:
            if asked.best is None:
                try_change(work, asked, kinds)


def open_others(asked: Asked) -> None:
    """Open the other changes, where one is known that helps: one of them may cost less."""
    if asked.best is not None:
        single, together = SINGLE[asked.kind], TOGETHER[asked.kind]
        asked.open.update(single if asked.best.kinds in single else together)


def cheaper_ones(work: Work, asked: Asked) -> None:
    """Try the changes that are open, for one that costs less than the best so far."""
    for kinds in (*SINGLE[asked.kind], *TOGETHER[asked.kind]):
        if kinds in asked.open:
            try_change(work, asked, kinds)


def settle(work: Work, asked: Asked, seconds: float) -> None:
    """Look again, for longer, at changes that might still be cheaper than what is told."""
    end = time.monotonic() + seconds
    todo = [kinds for kinds in asked.bound_ore if not asked.is_proven(kinds)]
    for number, kinds in enumerate(todo):
        if work.limits.are_reached or asked.is_proven(kinds):
            continue
        look_for(work, asked, kinds, (end - time.monotonic()) / (len(todo) - number))
        best, bound_ore = asked.best, asked.bound_ore[kinds]
        if best is not None and best.kinds == kinds and bound_ore >= best.cost_ore_per_week:
            asked.best = replace(best, is_least=True)


def try_change(work: Work, asked: Asked, kinds: Kinds) -> None:
    """Look for a change once, where it changes anything at all."""
    if kinds not in asked.bound_ore and work.scenario_with(kinds) is not None:
        look_for(work, asked, kinds, ONE_S if asked.best is None else CHEAPER_S)
    asked.open.discard(kinds)


def look_for(work: Work, asked: Asked, kinds: Kinds, seconds: float) -> None:
    """Find the least cost of a change, if it is less than the best so far.

    Raises
    ------
    PlanBreaksRuleError
        If the verifier refuses the plan.
    """
    known_ore = asked.bound_ore.get(kinds, -inf)
    floors = work.floors_with(kinds)
    if floors is None or work.limits.are_reached:
        asked.bound_ore[kinds] = known_ore
        return
    below_ore = inf if asked.best is None else float(asked.best.cost_ore_per_week)
    found = _found(work, floors, asked, kinds, below_ore, seconds)
    asked.bound_ore[kinds] = max(known_ore, found.bound_ore)
    if found.values is None:
        return
    change = _change(work, floors.standing, kinds, found, asked.id)
    if change.cost_ore_per_week < below_ore:
        asked.best = change


def _found(
    work: Work, floors: Floors, asked: Asked, kinds: Kinds, below_ore: float, seconds: float
) -> Found:
    """Search a changed scenario for a plan that serves a village or an order for less."""
    standing, limits = floors.standing, work.limits.exact(seconds)
    network = standing.model.network
    drives = _drives_of_new_vans(work, standing)
    if "van" in kinds and not drives:
        return Found(None, inf, is_least=False)
    if asked.kind == "order":
        homes = network.homes
        home = next(idx for idx, home in enumerate(homes) if home.order.id == asked.id)
        return order_for_less(standing, home, limits, below_ore=below_ore, one_of=drives)
    village = network.village_ids.index(asked.id)
    only, shut = None, frozenset[int]()
    if "new_site" in kinds:
        places = {name: network.point_ids.index(site) for name, site in work.new_sites.items()}
        only = {places.pop(asked.id)}
        shut = frozenset(places.values())
    return village_for_less(
        floors, village, limits, below_ore=below_ore, only=only, shut=shut, one_of=drives
    )


def _drives_of_new_vans(work: Work, standing: Standing) -> list[int]:
    """Return the columns of the routes of vans that the scenario itself does not have."""
    model, first_new = standing.model, len(work.scenario.vans)
    routes = zip(model.vans.routes, model.drives, strict=True)
    return [column for route, column in routes if route.van >= first_new]


def _change(work: Work, standing: Standing, kinds: Kinds, found: Found, name: str) -> Change:
    """Return a change whose plan the verifier accepts, and what it costs."""
    plan = build_plan(standing.model, found.values or {})
    broken = verify(asking_least_cost(standing.scenario), plan).violations
    if broken:
        message = f"the plan that would serve {name!r} breaks rules: {broken[0]}"
        raise PlanBreaksRuleError(message)
    metrics = measure(standing.scenario, plan)
    point, carrier = _where(plan, name)
    rules = standing.scenario.rules
    return Change(
        kinds=kinds,
        pickup_point=point,
        carrier=carrier,
        cost_ore_per_week=metrics.cost_ore_per_week - work.cost_ore,
        is_least=found.is_least,
        lead_days=rules.max_lead_days if "longer_promise" in kinds else None,
        deliveries_per_week=rules.min_deliveries_per_week if "fewer_days" in kinds else None,
    )


def _where(plan: Plan, name: str) -> tuple[str | None, str | None]:
    """Return pickup point and carrier of a village or an order."""
    for served in plan.collections:
        if served.village == name:
            return served.pickup_point, None
    for boxed in plan.homes_in_box:
        if boxed.order == name:
            return boxed.pickup_point, None
    for done in plan.homes_by_run:
        if done.order == name:
            return None, done.run
    for route in plan.van_routes:
        if any(stop.place == name for trip in route.trips for stop in trip.stops):
            return None, route.van
    return None, None
