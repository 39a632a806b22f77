"""Choices of points explored in order of their bounds, until the best plan is proven.

Each choice is bounded together (`together.py`) and put together (`assemble.py`); what is not
explored is bounded by the next best choice. The least of these bounds holds for every plan.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from deliveryopt.solver.assemble import Assembly, assemble, finish, mend, open_empty, orders
from deliveryopt.solver.choice import Chosen, choose
from deliveryopt.solver.columns import Model
from deliveryopt.solver.combinations import Transfers
from deliveryopt.solver.decompose import (
    Decomposition,
    Key,
    Pattern,
    all_patterns,
    bound_homes,
    decompose,
    least_transfer_ore,
)
from deliveryopt.solver.one_choice import OneChoice
from deliveryopt.solver.proposal import Proposal
from deliveryopt.solver.search import Limits, Values
from deliveryopt.solver.together import bound_together

CHOICES_TRIED = 200


@dataclass(frozen=True, slots=True)
class _Explored:
    """A choice that was looked at."""

    covered: int | None
    bound_ore: int | None
    """No plan of it costs less; None if it has no plan."""


@dataclass(slots=True, eq=False)
class _Search:
    """Choices explored in order of their bounds, and the best plan so far."""

    work: Decomposition
    patterns: list[Pattern]
    limits: Limits
    tell: Callable[[Proposal], None]
    best: Proposal
    least_transfer_ore: int
    """What any plan with a transfer pays at transfer places, at least."""
    kinds: tuple[bool, ...]
    """Plans without transfers, and with them if there can be any."""
    explored: dict[bool, dict[frozenset[Key], _Explored]] = field(default_factory=dict)
    """By kind and patterns."""
    front: dict[bool, Chosen] = field(default_factory=dict)
    """The best choice of each kind that is not explored."""

    @property
    def is_widest(self) -> bool:
        """Return whether the goal asks for the greatest coverage."""
        return self.work.model.network.scenario.goal.kind == "greatest_coverage"

    def choose(self, *, by_transfer: bool, coverage_at_least: int | None = None) -> Chosen:
        """Return the best choice of a kind that is not explored."""
        return choose(
            self.work,
            self.patterns,
            self.limits,
            by_transfer=by_transfer,
            forbidden=tuple(self.explored.get(by_transfer, ())),
            coverage_at_least=coverage_at_least,
        )

    def start(self) -> None:
        """Find the best choice of each kind."""
        for by_transfer in self.kinds:
            self.explored[by_transfer] = {}
            self.front[by_transfer] = self.choose(by_transfer=by_transfer)
        self.update_bounds()

    def explore(self, *, by_transfer: bool) -> None:
        """Bound the front choice of a kind and make plans of it, and go on to the next one."""
        chosen = self.front[by_transfer]
        if self.best.cost_ore is None:
            self.make_first_plan(chosen)
        ways = [self.look_together, self.solve_whole]
        if self.work.model.left:  # home orders share the runs, which only the whole model knows
            ways.reverse()
        least_ore = (
            chosen.outcome.bound or 0
        )  # nothing proven is no more than that, never "no plan"
        for way in ways:
            bound_ore = way(chosen, least_ore, by_transfer=by_transfer)
            if bound_ore is None or self.is_settled(chosen, bound_ore):
                break
            least_ore = bound_ore
        self.go_on(by_transfer=by_transfer)
        self.update_bounds()

    def is_settled(self, chosen: Chosen, bound_ore: int) -> bool:
        """Return whether the best plan costs no more than a choice does, but for the gap asked."""
        cost_ore = self.best.cost_ore
        if cost_ore is None or not self.covers_the_same(chosen):
            return False
        return cost_ore - bound_ore <= self.limits.gap * cost_ore

    def covers_the_same(self, chosen: Chosen) -> bool:
        """Return whether a choice covers as much as the best plan, if that is asked for."""
        return chosen.covered in {None, self.best.coverage}

    def note(self, chosen: Chosen, bound_ore: int | None, *, by_transfer: bool) -> None:
        """Note what is proven of a choice."""
        done = _Explored(chosen.covered, bound_ore)
        self.explored[by_transfer][chosen.keys] = done
        self.update_bounds()

    def go_on(self, *, by_transfer: bool) -> None:
        """Move to the best choice of a kind that is not explored; its bound is no lower."""
        before, front = self.front[by_transfer].outcome, self.choose(by_transfer=by_transfer)
        if front.outcome.status == "UNKNOWN" and front.outcome.bound is None:
            front = replace(front, outcome=replace(front.outcome, bound=before.bound))
        self.front[by_transfer] = front

    def solve_whole(self, chosen: Chosen, least_ore: int, *, by_transfer: bool) -> int | None:
        """Search the plain model of a choice if it is small; return its bound, None if no plan."""
        one = OneChoice(self.work, chosen.picked, by_transfer)
        bound_ore: int | None = least_ore
        if one.is_small:
            below_ore = self.best.cost_ore if self.covers_the_same(chosen) else None
            bound_ore, values = one.solve(self.limits, least_ore=least_ore, below_ore=below_ore)
            if values is not None:
                self.offer_values(values)
        self.note(chosen, bound_ore, by_transfer=by_transfer)
        return bound_ore

    def look_together(self, chosen: Chosen, least_ore: int, *, by_transfer: bool) -> int | None:
        """Bound a choice together and make plans of it; return its bound, None if no plan."""
        joint = bound_together(
            self.work,
            chosen.picked,
            self.limits,
            transfers=self.transfers(by_transfer),
            below_ore=self.known_ore(chosen, by_transfer),
        )
        bound_ore: int | None = least_ore
        if joint.bound_ore is not None:
            bound_ore = max(least_ore, joint.bound_ore + self.rest_ore(chosen, by_transfer))
        if joint.is_impossible or self.is_too_dear(bound_ore):
            bound_ore = None
        tried = by_transfer and chosen.keys in self.explored[False]
        self.note(chosen, bound_ore, by_transfer=by_transfer)
        if bound_ore is not None and not tried:
            self.make_plans(chosen, joint.services, bound_ore)
        return bound_ore

    def make_first_plan(self, chosen: Chosen) -> None:
        """Put a choice together in the quickest way, so that there is a plan early."""
        for order in orders(self.work, chosen.picked):
            first = assemble(self.work, order, self.limits)
            if first is not None:
                self.offer(first)
                return

    def known_ore(self, chosen: Chosen, by_transfer: bool) -> int | None:  # noqa: FBT001
        """Return what a choice's points may cost for it to be no better than the best plan."""
        if self.best.cost_ore is None or not self.covers_the_same(chosen):
            return None
        return self.best.cost_ore - self.rest_ore(chosen, by_transfer)

    def rest_ore(self, chosen: Chosen, by_transfer: bool) -> int:  # noqa: FBT001
        """Return what a choice costs besides its points and what is paid in their joint bound."""
        points_ore = sum(p.bound_ore(by_transfer=by_transfer) or 0 for p in chosen.picked)
        return (chosen.outcome.objective or 0) - points_ore

    def transfers(self, by_transfer: bool) -> Transfers:  # noqa: FBT001
        """Return how transfers are bounded.

        Where something is paid at transfer places in any case, that is quick and enough; where
        services there may serve villages too, boarding services are paid in the joint bound.
        """
        if not by_transfer:
            return "none"
        return "boarding is free" if self.least_transfer_ore > 0 else "boarding is paid"

    def is_too_dear(self, bound_ore: int | None) -> bool:
        """Return whether a choice passes the budget, so that no plan has it."""
        network = self.work.model.network
        if network.budget_ore is None or bound_ore is None:
            return False
        return bound_ore > network.today_total_ore + network.budget_ore

    def make_plans(self, chosen: Chosen, services: tuple[int, ...], bound_ore: int) -> None:
        """Put a choice together in several ways until one costs its bound."""
        if services:
            assembly = Assembly(self.work, self.limits, chosen.picked)
            open_empty(assembly)
            if assembly.place_with(services):
                self.offer(assembly)
        assemblies = []
        for order in orders(self.work, chosen.picked):
            if self.is_settled(chosen, bound_ore):
                return
            one = assemble(self.work, order, self.limits)
            if one is not None:
                assemblies.append(one)
                self.offer(one)
        for one in assemblies:
            if not self.is_settled(chosen, bound_ore):
                mend(one, partial(self.offer, one))

    def offer(self, assembly: Assembly) -> None:
        """Keep a plan if it is better."""
        self.offer_values(finish(assembly))

    def offer_values(self, values: Values) -> None:
        """Keep a plan, told by its columns, if it is better."""
        before = self.best.coverage
        if self.best.offer(self.work, values):
            if self.best.coverage != before:
                self.update_bounds()
            self.tell(self.best)

    def update_bounds(self) -> None:
        """Set the bounds from what is explored and what is not."""
        if self.is_widest:
            proven = [self.best.coverage_bound, self._coverage_bound()]
            known = [bound for bound in proven if bound is not None]
            self.best.coverage_bound = min(known, default=None)
            if self.best.coverage is None:
                return
        bounds: list[int | None] = []
        for by_transfer in self.kinds:
            bounds += [
                done.bound_ore
                for done in self.explored[by_transfer].values()
                if done.bound_ore is not None and self._covers_enough(done.covered)
            ]
            bounds += self._front_bounds(by_transfer)
        known_ore = [bound for bound in bounds if bound is not None]
        if known_ore and len(known_ore) == len(bounds):
            # a bound stays one when the plan covers more; a new one may only be better
            proven_ore = max(min(known_ore), self.best.bound_ore or min(known_ore))
            cost_ore = self.best.cost_ore
            self.best.bound_ore = proven_ore if cost_ore is None else min(proven_ore, cost_ore)

    def _covers_enough(self, covered: int | None) -> bool:
        return covered is None or self.best.coverage is None or covered >= self.best.coverage

    def _front_bounds(self, by_transfer: bool) -> list[int | None]:  # noqa: FBT001
        """Return the bound of everything of a kind that is not explored; empty if nothing is."""
        front = self.front[by_transfer]
        if front.outcome.status == "INFEASIBLE" or not self._covers_enough(front.may_cover):
            return []
        if self.is_widest and front.covered != self.best.coverage:
            front = self.choose(by_transfer=by_transfer, coverage_at_least=self.best.coverage)
            if front.outcome.status == "INFEASIBLE":
                return []
        return [front.outcome.bound]

    def _coverage_bound(self) -> int | None:
        """Return the greatest weighted coverage that any plan can have; None if not proven."""
        best = [] if self.best.coverage is None else [self.best.coverage]
        for by_transfer in self.kinds:
            front = self.front[by_transfer].coverage
            if front is not None and front.status != "INFEASIBLE":
                if front.bound is None:
                    return None
                best.append(-front.bound)
            best += [
                done.covered
                for done in self.explored[by_transfer].values()
                if done.bound_ore is not None and done.covered is not None
            ]
        return max(best, default=None)

    def next_kind(self) -> bool | None:
        """Return the kind whose front may still hold a better plan, the cheaper one first."""
        open_kinds = []
        for by_transfer in self.kinds:
            front = self.front[by_transfer]
            if front.outcome.values is not None and not _cannot_improve(front, self.best):
                open_kinds.append((-(front.covered or 0), front.outcome.bound or 0, by_transfer))
        if not open_kinds:
            return None
        kind = min(open_kinds)[2]
        if len(open_kinds) > 1 and self.front[False].keys == self.front[True].keys:
            kind = False  # it is settled sooner, and its plan limits what transfers may cost
        return kind


def propose(
    model: Model, limits: Limits, tell: Callable[[Proposal], None], first: Values | None
) -> Proposal:
    """Return a plan put together point by point, and the bound of all choices.

    Parameters
    ----------
    model
        The whole model.
    limits
        When to stop.
    tell
        Called at every improvement of plan or bound.
    first
        A plan to start from, if one is known.

    Returns
    -------
    Proposal
        Without a bound if the limits came before all patterns were known.
    """
    work = decompose(model)
    best = Proposal()
    if first is not None:
        best.offer(work, first)
        tell(best)
    bound_homes(work, limits)
    patterns = all_patterns(work, limits)
    if patterns is None:
        return best
    transfers = any(model.transfers_out.values())
    kinds = (False, True) if transfers else (False,)
    trial = _Search(work, patterns, limits, tell, best, least_transfer_ore(work), kinds)
    trial.start()
    if all(front.outcome.status == "INFEASIBLE" for front in trial.front.values()):
        best.is_infeasible = True
        return best
    for _ in range(CHOICES_TRIED):
        tell(best)
        kind = trial.next_kind()
        if kind is None or limits.are_reached or best.is_closed(limits.gap):
            break
        trial.explore(by_transfer=kind)
    return best


def _cannot_improve(chosen: Chosen, best: Proposal) -> bool:
    """Return whether every further choice is at least as dear as the best plan."""
    if chosen.outcome.bound is None or best.cost_ore is None:
        return chosen.outcome.status == "INFEASIBLE"
    if chosen.covered is not None and chosen.covered != best.coverage:
        return best.coverage is not None and chosen.covered < best.coverage
    return chosen.outcome.bound >= best.cost_ore
