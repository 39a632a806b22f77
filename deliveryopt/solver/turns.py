"""Vans in a large scenario: a bound from relaxed vans, and plans from real routes, turn by turn.

The relaxed model has the rules of the plain one, but each van's day in parts (`relaxed_vans.py`).
Its optimum is a bound for every plan. What it wants of each van is put together into real routes,
which become columns of the plain model; the plain model, with villages where the relaxed one puts
them, gives a plan. Then routes are searched around the plan, and the plan around the routes, until
neither gains or time is up.
"""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from deliveryopt.solver.aims import Aims, search_goal
from deliveryopt.solver.columns import Model
from deliveryopt.solver.milp import Milp
from deliveryopt.solver.model import covered_weight
from deliveryopt.solver.proposal import Proposal
from deliveryopt.solver.proposals import propose_routes
from deliveryopt.solver.result import Progress, relative_gap
from deliveryopt.solver.routing import Fleet, Wanted, realise, realise_short, wanted_of
from deliveryopt.solver.search import Limits, Outcome, Values, objective_of, search

FIX_S = 30.0
"""Longest search of one turn, seconds."""
BOUND_TIME_SHARE, SHORT_S, MOST_TIME_SHARE = 0.6, 8.0, 0.85
"""Share of the time for the relaxed model, before plans are made of it; so many seconds at least if
there are, and never more than the last share."""
MOST_TURNS = 12
EARLY_S = 4.0
"""Longest search for an early plan, seconds."""
EARLY_PAUSE = 5.0
"""Pause after an early plan, as a multiple of the time that it took."""


@dataclass(slots=True, eq=False)
class Real:
    """A plan of real routes, in the model that it belongs to."""

    model: Model
    outcome: Outcome


def carry_over(values: Values, old: Model, new: Model) -> Values:
    """Return column values of one model in another one, by name; unknown columns are dropped.

    Of several columns with one name, the first is the first in the other model too, and so on.
    """
    place = {key: column for column, key in enumerate(_numbered(new.milp.column_names))}
    keys = list(_numbered(old.milp.column_names))
    return {place[keys[column]]: value for column, value in values.items() if keys[column] in place}


def _numbered(names: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield each name with how often it came before."""
    seen: Counter[str] = Counter()
    for name in names:
        yield name, seen[name]
        seen[name] += 1


def complete_homes(model: Model, values: Values) -> Values:
    """Return values in which home orders without any delivery are left."""
    values = {column: value for column, value in values.items() if value}
    done = {ride.home for ride, column in model.home_rides if values.get(column)}
    done |= {home for (home, _), column in model.in_box.items() if values.get(column)}
    for home, columns in model.by_van.items():
        if any(values.get(column) for column in columns):
            done.add(home)
    for home, column in enumerate(model.left):
        values.pop(column, None)
        if home not in done:
            values[column] = 1
    return values


def _drives_for(model: Model, fleet: Fleet, wanted: Wanted) -> Values:
    """Return the columns of the routes that deliver exactly what was wanted of each van."""
    chosen: Values = {}
    for (van, day), trips in wanted.items():
        places = frozenset(place for _, stops in trips for place in stops)
        able = [
            (route.cost_ore, column)
            for route, column in zip(fleet.routes, model.drives, strict=True)
            if (route.van, route.day) == (van, day)
            and frozenset(p for trip in route.trips for p in trip.places) == places
        ]
        if able:
            chosen[min(able)[1]] = 1
    return chosen


def _parcels_on(model: Model, drives: Values, source: Model, values: Values) -> Values:
    """Return parcels that a relaxed solution gives to any van, on the routes that are driven."""
    any_van = {run.run.run_idx for run in source.vans.runs if run.route is None}
    driven = {
        run.run.run_idx
        for run in model.vans.runs
        if run.route is not None and drives.get(model.drives[run.route])
    }
    column_of = {
        (flow.ride.day, flow.ride.point, flow.commodity): flow.column
        for flow in model.flows
        if flow.ride.run in driven
    }
    found: Values = {}
    for flow in source.flows:
        parcels = values.get(flow.column, 0)
        key = (flow.ride.day, flow.ride.point, flow.commodity)
        if parcels and flow.ride.run in any_van and key in column_of:
            found[column_of[key]] = parcels
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Near:
    """The plain model with villages and sites where a solution puts them."""

    model: Model
    milp: Milp
    """Its programme, those columns fixed."""
    hint: Values
    """The solution itself as far as real routes deliver it."""

    def at_once(self) -> Real | None:
        """Return the solution itself as a plan; None if it breaks a row."""
        if not self.milp.frozen().is_kept_by(self.hint):
            return None
        cost_ore = objective_of(self.milp, self.hint)
        outcome = Outcome("FEASIBLE", self.hint, cost_ore, None, stopped_by_clock=False)
        return Real(self.model, outcome)

    def search(self, limits: Limits, bound_ore: int | None = None) -> Real:
        """Search for the cheapest plan; a bound that is reached ends the search."""
        outcome = search(self.milp, limits.exact(FIX_S), hints=[self.hint], bound=bound_ore)
        return Real(self.model, replace(outcome, bound=None))


def _near(fleet: Fleet, source: Model, values: Values, wanted: Wanted) -> _Near:
    """Return the plain model near a solution.

    Parameters
    ----------
    fleet
        Vans and the routes known so far.
    source, values
        A solution of the relaxed or of an earlier plain model.
    wanted
        Trips that the solution wants.
    """
    model = fleet.model()
    start = carry_over(values, source, model)
    milp = replace(model.milp, lower=list(model.milp.lower), upper=list(model.milp.upper))
    for column in (*model.collects.values(), *model.keeps_today):
        milp.lower[column] = milp.upper[column] = float(start.get(column, 0))
    milp.set_objective(model.cost_terms)
    drives = _drives_for(model, fleet, wanted)
    parcels = _parcels_on(model, drives, source, values)
    return _Near(model, milp, complete_homes(model, start | drives | parcels))


@dataclass(slots=True, eq=False)
class _Turns:
    """The search under way."""

    fleet: Fleet
    work: Aims
    """The plain model as it stands, for progress and for the goal."""
    relaxed: Model
    bound: int | None = None
    """No plan that covers as much as the relaxed solution costs less."""
    coverage_bound: float | None = None
    relaxed_covered: int = 0
    """Weighted coverage of the relaxed solution."""
    best: Real | None = None
    told_ore: int | None = None
    """The bound on cost that was told last, while the relaxed search is under way."""
    tried: Values | None = None
    """The relaxed solution of which a plan was made last."""
    next_try: float = 0.0
    """`time.monotonic()` from which the next early plan may be made."""

    @property
    def is_widest(self) -> bool:
        """Return whether the goal asks for the greatest coverage."""
        return self.relaxed.network.scenario.goal.kind == "greatest_coverage"

    def offer(self, real: Real) -> bool:
        """Keep a plan if it covers more, or as much for less; return whether it does."""
        if real.outcome.values is None or real.outcome.objective is None:
            return False
        if self.best is not None and self.best.outcome.values is not None:
            new = covered_weight(real.model, real.outcome.values) if self.is_widest else 0
            old = covered_weight(self.best.model, self.best.outcome.values) if self.is_widest else 0
            if (-new, real.outcome.objective) >= (-old, self.best.outcome.objective or 0):
                return False
        self.best = real
        bound = self.told_ore if self.bound is None else self.bound
        self.work.tell("cost", real.outcome.objective, bound, None)
        return True

    def hear(self, progress: Progress) -> None:
        """Tell of the relaxed search what holds for real plans: its bound, beside the best plan.

        Where coverage comes first, the bound is for covering as much as the relaxed solution does,
        which the best plan may not do: its cost is then left out.
        """
        if self.work.listener is None:
            return
        cost_ore = None
        if not self.is_widest:
            self.told_ore = progress.bound_ore
            cost_ore = None if self.best is None else self.best.outcome.objective
        self.work.listener(replace(progress, cost_ore=cost_ore, coverage_share=None))

    def early_plan(self, values: Values) -> None:
        """Make a plan of a relaxed solution while the search for better ones goes on."""
        is_new = values is not self.tried and values != self.tried
        now = time.monotonic()
        if not is_new or (self.work.limits.nodes is None and now < self.next_try):
            return
        self.tried = values
        wanted = wanted_of(self.relaxed, values)
        realise(self.fleet, wanted)
        near = _near(self.fleet, self.relaxed, values, wanted)
        self.offer(near.at_once() or near.search(self.work.limits.exact(EARLY_S)))
        self.next_try = time.monotonic() + EARLY_PAUSE * (time.monotonic() - now)

    def known(self, model: Model) -> Proposal:
        """Return what is known so far, for a model with all routes."""
        best = self.best
        most = None
        if self.coverage_bound is not None:
            most = round(self.coverage_bound * self.work.total_weight)
        if best is None or best.outcome.values is None:
            return Proposal(bound_ore=None if self.is_widest else self.bound, coverage_bound=most)
        values = carry_over(best.outcome.values, best.model, model)
        return Proposal(
            values=values,
            cost_ore=best.outcome.objective,
            bound_ore=self.bound_for(best),
            coverage=covered_weight(model, values),
            coverage_bound=most,
        )

    def bound_for(self, real: Real) -> int | None:
        """Return the bound on the cost of covering as much as a plan does."""
        values = real.outcome.values
        if self.is_widest and values is not None:
            covers_less = covered_weight(real.model, values) < self.relaxed_covered
            return None if covers_less else self.bound  # the bound is for covering as much
        return self.bound

    @property
    def is_closed(self) -> bool:
        """Return whether the best plan is proven to be as good as was asked."""
        if self.best is None or self.best.outcome.objective is None:
            return False
        gap = relative_gap(self.best.outcome.objective, self.bound_for(self.best))
        return gap is not None and gap <= self.work.limits.gap


def search_with_vans(work: Aims, fleet: Fleet) -> tuple[Model, Outcome, float | None]:
    """Search for the goal where vans' routes are too many to be listed.

    Parameters
    ----------
    work
        The search, with limits; its model is the plain one with the routes known so far.
    fleet
        The vans.

    Returns
    -------
    tuple
        The plain model that the outcome belongs to, the outcome in cost, and the bound on weighted
        coverage where the goal asks for the greatest.
    """
    limits = work.limits
    relaxed = fleet.relaxed_model(limits)
    left_s = limits.left_s
    seconds = min(max(BOUND_TIME_SHARE * left_s, SHORT_S), MOST_TIME_SHARE * left_s)
    part = replace(limits, gap=limits.gap / 2)  # real routes cost more than relaxed ones
    if limits.nodes is None:
        part = replace(part, deadline=time.monotonic() + seconds)
    turns = _Turns(fleet, work, relaxed)
    first = None
    if work.first is not None:
        first = relaxed.todays_values
        turns.tried = first
        _offer_first(turns, work.first)
    listener = None if work.listener is None else turns.hear
    aims = Aims(relaxed, part, work.started, listener, first, on_plan=turns.early_plan)
    outcome, turns.coverage_bound = search_goal(aims)
    if outcome.status == "INFEASIBLE":
        return work.model, outcome, None
    turns.bound = outcome.bound
    if outcome.values is not None:
        turns.relaxed_covered = covered_weight(relaxed, outcome.values)
        _take_turns(turns, outcome.values)
    return _finish(turns, outcome)


def _offer_first(turns: _Turns, values: Values) -> None:
    """Keep the first plan: today's delivery, or one to begin with."""
    model = turns.work.model
    cost_ore = round(sum(model.cost_terms.get(column, 0) for column in values))
    turns.offer(Real(model, Outcome("FEASIBLE", values, cost_ore, None, stopped_by_clock=False)))


def _take_turns(turns: _Turns, values: Values) -> None:
    """Make plans of the relaxed solution, and search routes and plan around each other."""
    fleet, limits = turns.fleet, turns.work.limits
    wanted = wanted_of(turns.relaxed, values)
    realise(fleet, wanted)
    source = turns.relaxed
    for _ in range(MOST_TURNS):
        real = _near(fleet, source, values, wanted).search(limits, turns.bound)
        gained = turns.offer(real)
        if turns.is_closed or limits.are_reached or real.outcome.values is None:
            return
        source, values, wanted = real.model, real.outcome.values, {}
        if not gained or not propose_routes(fleet, source, values, limits):
            return


def _finish(turns: _Turns, relaxed: Outcome) -> tuple[Model, Outcome, float | None]:
    """Search the whole plain model in the time left, and return the best with what is proven."""
    limits = turns.work.limits
    if not turns.is_closed and not limits.are_reached:
        if turns.best is None:
            realise_short(turns.fleet)
        model = turns.fleet.model()
        known = turns.known(model)
        whole, _ = search_goal(replace(turns.work, model=model, known=known))
        turns.offer(Real(model, whole))
    best = turns.best
    if best is None or best.outcome.values is None or best.outcome.objective is None:
        nothing = replace(relaxed, status="UNKNOWN", values=None, objective=None)
        return turns.work.model, nothing, None
    bound = turns.bound_for(best)
    if bound is not None:
        bound = min(bound, best.outcome.objective)
    is_best = bound == best.outcome.objective
    outcome = replace(
        best.outcome,
        bound=bound,
        status="OPTIMAL" if is_best else "FEASIBLE",
        stopped_by_clock=limits.nodes is None and limits.are_reached,
    )
    return best.model, outcome, turns.coverage_bound
