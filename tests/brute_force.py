"""An oracle for micro-scenarios: the least cost by full enumeration, from `docs/model.md` alone.

Nothing here knows the optimiser or the verifier. Every rule of the contract becomes either a list
of what can be chosen at all (services, itineraries, boxes) or a *use* of something limited: one
unit of a gap's room, a second of the delay budget, a thousandth of a compartment. The search then
only adds up uses and costs. Pruning is by cost that is already spent, and by relaxations: more
points open, boxes without limits. `tests/brute_force_homes.py` adds vans and home orders.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby, pairwise, permutations, product
from math import ceil, inf
from typing import Literal

from deliveryopt.plan.plan import (
    Collection,
    Leg,
    OpenedBoxes,
    Plan,
    Service,
    Shipment,
    TodaysCollection,
)
from deliveryopt.scenario.demand import Demand, build_demand
from deliveryopt.scenario.field_types import Day
from deliveryopt.scenario.prices import (
    box_ore_per_week,
    run_ore_per_parcel,
    service_co2_ore,
    service_ore,
    site_ore_per_week,
    village_ore_per_week,
)
from deliveryopt.scenario.schema import BoxType, PickupPoint, Run, Scenario, terms_of
from deliveryopt.scenario.terms import SIZES, RunTerms, Size
from deliveryopt.scenario.travel import Travel, build_travel, nearest_agent, reach_m
from deliveryopt.units import DAYS, MIN_PER_DAY, ore_per_week, s_from_min, tenths_down, tenths_up

Key = tuple[object, ...]
Kind = Literal["at_stop", "through", "out_and_back"]
Want = tuple[str, int, tuple[str, ...]]
"""Kind, stop, and a point to visit there, or two points to visit in this order."""
Lot = tuple[str, str, Size, Day]
"""What shipments of one kind have in common: pickup point, depot, size, ready day."""


MAX_TRIES = 50_000
"""Most itineraries tried for one scenario; one that needs more is no micro-scenario."""


class NotMicroError(Exception):
    """The scenario is too large for full enumeration."""


@dataclass(frozen=True, slots=True, eq=False)
class BruteResult:
    """The proven optimum of a micro-scenario."""

    status: Literal["OPTIMAL", "INFEASIBLE"]
    cost_ore: int | None = None
    weighted_coverage: Fraction | None = None
    plan: Plan | None = None


class _VehicleDay:
    """A vehicle on one day: what is wanted of it is a `_Week`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, eq=False)
class _RunDay(_VehicleDay):
    """One run on one of its service days that are operating days."""

    run: Run
    day: int
    terms: RunTerms


@dataclass(frozen=True, slots=True, eq=False)
class _Option:
    """A service that a run-day can make."""

    run_day: _RunDay
    kind: Kind
    k: int
    points: tuple[str, ...]
    extra_s: int
    cost_ore: int

    def meets(self, want: Want) -> bool:
        """Return whether this is the service wanted, or one that visits the points in order."""
        kind, k, points = want
        at = [self.points.index(point) if point in self.points else -1 for point in points]
        return (kind, k) == (self.kind, self.k) and at[0] >= 0 and at == sorted(set(at))


@dataclass(frozen=True, slots=True, eq=False)
class _Visit:
    """A point served at a stop or in a gap of a run-day, by whichever service."""

    run_day: _RunDay
    kind: Kind
    k: int
    point: str
    latest_min: int
    after_depot: bool

    @property
    def want(self) -> Want:
        """What the run-day must do."""
        return (self.kind, self.k, (self.point,))

    @property
    def arrival_day(self) -> int:
        """Day of the week of the latest arrival."""
        return (self.run_day.day + self.latest_min // MIN_PER_DAY) % 7

    @property
    def position(self) -> tuple[int, int]:
        """Position along the run: stop, then gap."""
        return (self.k, int(self.kind != "at_stop"))

    @property
    def leaves_at_min(self) -> int:
        """Timetabled departure from stop k."""
        return self.run_day.run.stop_times[self.k].departure_min


@dataclass(frozen=True, slots=True, eq=False)
class _Itinerary:
    """One way of one parcel."""

    wants: tuple[tuple[_VehicleDay, frozenset[Want], Fraction], ...]
    """For each run-day what it must do, and the seconds of handling one parcel."""
    cost_ore: int
    uses: dict[Key, int]
    delivery: tuple[str, int]
    legs: tuple[Leg, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _World:
    """A scenario with everything that can be chosen written out."""

    scenario: Scenario
    travel: Travel
    demand: Demand
    options: dict[_RunDay, tuple[_Option, ...]]
    visits: tuple[_Visit, ...]
    limits: dict[Key, int]
    tries: Counter[str] = field(default_factory=Counter)
    itineraries: dict[tuple[Lot, frozenset[str]], tuple[_Itinerary, ...]] = field(
        default_factory=dict
    )


def _stands_at(world_travel: Travel, scenario: Scenario, place: str, stop_place: str) -> bool:
    return (
        place == stop_place
        or world_travel.apart_m(place, stop_place) <= scenario.rules.on_stop_radius_m
    )


def _may_ever_open(scenario: Scenario, point: PickupPoint) -> bool:
    if point.kind == "agent":
        return True
    allowed = [box for box in scenario.box_types if _is_allowed(point, box)]
    return point.state != "must_not" and point.max_boxes > 0 and bool(allowed)


def _is_allowed(point: PickupPoint, box: BoxType) -> bool:
    return not point.box_types or box.id in point.box_types


# Services


def _run_days(scenario: Scenario) -> Iterator[_RunDay]:
    for run in scenario.runs:
        if run.id in scenario.rules.unusable_runs:
            continue
        for day in run.days:
            if day in scenario.days:
                yield _RunDay(run, DAYS.index(day), terms_of(scenario, run))


def _drive(
    travel: Travel, places: Sequence[str], terms: RunTerms
) -> tuple[int, int] | tuple[None, None]:
    """Return metres and seconds of a drive, or None twice if a leg is unreachable."""
    metres = seconds = 0
    for here, there in pairwise(places):
        leg_m = travel.road_m(here, there)
        leg_s = travel.road_s(here, there, speed_kmh=terms.speed_kmh)
        if leg_m is None or leg_s is None:
            return None, None
        metres += leg_m
        seconds += leg_s
    return metres, seconds


def _option(
    scenario: Scenario,
    travel: Travel,
    run_day: _RunDay,
    chosen: tuple[Kind, int, tuple[str, ...]],
    stop_min: float,
) -> _Option | None:
    """Return one service with its cost and seconds, or None if it cannot be driven."""
    kind, k, points = chosen
    stops, terms = run_day.run.stop_times, run_day.terms
    extra_m = drive_s = 0
    if kind != "at_stop":
        end = stops[k + 1] if kind == "through" else stops[k]
        ways_m, ways_s = _drive(travel, (stops[k].place_id, *points, end.place_id), terms)
        direct_m, direct_s = _drive(travel, (stops[k].place_id, end.place_id), terms)
        if ways_m is None or ways_s is None or direct_m is None or direct_s is None:
            return None
        extra_m, drive_s = max(0, ways_m - direct_m), max(0, ways_s - direct_s)
    extra_s = drive_s + len(points) * s_from_min(stop_min)
    cost_ore = service_ore(terms, num_stops=len(points), extra_m=extra_m, extra_s=extra_s)
    if scenario.goal.count_co2:
        cost_ore += service_co2_ore(terms, scenario.rates, extra_m=extra_m)
    return _Option(run_day, kind, k, points, extra_s, cost_ore)


def _visit(
    scenario: Scenario, travel: Travel, run_day: _RunDay, chosen: tuple[Kind, int, str]
) -> _Visit:
    """Return a visit with its latest arrival, which does not depend on the rest of a detour."""
    kind, k, point = chosen
    stops = run_day.run.stop_times
    reference_min = {
        "at_stop": stops[k].arrival_min,
        "through": stops[min(k + 1, len(stops) - 1)].arrival_min,
        "out_and_back": stops[k].departure_min,
    }[kind]
    return _Visit(
        run_day,
        kind,
        k,
        point,
        latest_min=reference_min + ceil(Fraction(str(run_day.terms.delay_budget_min))),
        after_depot=any(
            _stands_at(travel, scenario, depot.id, stop.place_id)
            for stop in (stops[:k] if kind == "at_stop" else stops[: k + 1])
            for depot in scenario.depots
            if any(depot.id == village.depot for village in scenario.villages)
        ),
    )


def _choices(
    scenario: Scenario, travel: Travel, run_day: _RunDay
) -> Iterator[tuple[Kind, int, tuple[str, ...]]]:
    """Yield kind, stop and points of every service, drivable in time or not."""
    stops = run_day.run.stop_times
    points = [point.id for point in scenario.pickup_points if _may_ever_open(scenario, point)]
    off_road = set(points)
    for k, stop in enumerate(stops):
        for point in points:
            if _stands_at(travel, scenario, point, stop.place_id):
                off_road.discard(point)
                yield "at_stop", k, (point,)
    if not run_day.terms.may_detour:
        return
    for num_points in range(1, scenario.rules.max_points_per_detour + 1):
        for order in permutations(sorted(off_road), num_points):
            for k in range(len(stops)):
                yield "out_and_back", k, order
                if k + 1 < len(stops):
                    yield "through", k, order


def _limits(scenario: Scenario) -> dict[Key, int]:
    """Return the limits of runs and storage; those of boxes depend on what is opened."""
    limits: dict[Key, int] = {}
    for point in scenario.pickup_points:
        for day in range(7):
            limits["storage", point.id, day] = point.transfer_parcels
    for run_day in _run_days(scenario):
        run, day, terms = run_day.run.id, run_day.day, run_day.terms
        for k in range(len(run_day.run.stop_times)):
            if terms.capacity_parcels is not None:
                limits["parcels", run, day, k] = terms.capacity_parcels
            if terms.capacity_litres is not None:
                limits["litres", run, day, k] = tenths_down(terms.capacity_litres)
            if terms.capacity_kg is not None:
                limits["kg", run, day, k] = tenths_down(terms.capacity_kg)
    return limits


def _build_world(scenario: Scenario) -> _World:
    travel = build_travel(scenario)
    options: dict[_RunDay, tuple[_Option, ...]] = {}
    visits: dict[tuple[_RunDay, Kind, int, str], _Visit] = {}
    for run_day in _run_days(scenario):
        found = []
        for chosen in _choices(scenario, travel, run_day):
            option = _option(scenario, travel, run_day, chosen, run_day.terms.stop_min)
            if option is None or option.extra_s > s_from_min(run_day.terms.delay_budget_min):
                continue
            found.append(option)
            for point in option.points:
                where = (option.kind, option.k, point)
                visits[run_day, *where] = _visit(scenario, travel, run_day, where)
        options[run_day] = tuple(found)
    return _World(
        scenario, travel, build_demand(scenario), options, tuple(visits.values()), _limits(scenario)
    )


# Itineraries


def lead_days(scenario: Scenario, *, ready_day: int, arrival_day: int) -> int:
    """Return the lead days between two days counted on from the same Monday."""
    operating = [DAYS.index(day) for day in scenario.days]
    if arrival_day == ready_day:
        return 0
    while arrival_day % 7 not in operating:
        arrival_day += 1
    return sum(day % 7 in operating for day in range(ready_day + 1, arrival_day + 1))


def _may_carry(run_day: _RunDay, size: Size) -> bool:
    return SIZES.index(size) <= SIZES.index(run_day.terms.max_size)


def _aboard(world: _World, board_k: int, alight: _Visit, size: Size) -> dict[Key, int]:
    """Return what a parcel takes of a run's room, gap by gap."""
    rates, run, day = world.scenario.rates, alight.run_day.run.id, alight.run_day.day
    litres = {"S": rates.parcel_litres_s, "M": rates.parcel_litres_m, "L": rates.parcel_litres_l}
    kg = {"S": rates.parcel_kg_s, "M": rates.parcel_kg_m, "L": rates.parcel_kg_l}
    uses: dict[Key, int] = {}
    for gap in range(board_k, alight.k if alight.kind == "at_stop" else alight.k + 1):
        uses["parcels", run, day, gap] = 1
        uses["litres", run, day, gap] = tenths_up(litres[size])
        uses["kg", run, day, gap] = tenths_up(kg[size])
    return uses


def _in_box(scenario: Scenario, point: str, size: Size, arrival_day: int) -> dict[Key, int]:
    """Return thousandths of compartments on the days that a parcel may lie in a box."""
    left = 1 - Fraction(str(scenario.rates.collected_first_day_share))
    classes = SIZES[: SIZES.index(size) + 1]  # an L counts in "L", in "M and L", and in "all"
    return {
        ("box", point, smallest, (arrival_day + k) % 7): ceil(1000 * left**k)
        for k in range(scenario.rates.max_dwell_days)
        for smallest in classes
    }


def _first_rides(
    world: _World, lot: Lot, visits: Iterable[_Visit]
) -> Iterator[tuple[int, _Visit, int]]:
    """Yield boarding stop, visit and service day (from the ready day's Monday) of first legs."""
    _, depot_id, size, ready_day = lot
    ready = DAYS.index(ready_day)
    depot = next(depot for depot in world.scenario.depots if depot.id == depot_id)
    for visit in visits:
        for k, stop in enumerate(visit.run_day.run.stop_times):
            stands = _stands_at(world.travel, world.scenario, depot_id, stop.place_id)
            if not stands or (k, 0) >= visit.position or not _may_carry(visit.run_day, size):
                continue
            days_on = stop.departure_min // MIN_PER_DAY
            boarding_day = ready + (visit.run_day.day + days_on - ready) % 7
            service_day = boarding_day - days_on
            leaves = service_day * MIN_PER_DAY + stop.departure_min
            if leaves >= ready * MIN_PER_DAY + depot.ready_min(ready_day):
                yield k, visit, service_day


def _leg(visit: _Visit, board_k: int) -> Leg:
    stop = visit.run_day.run.stop_times[board_k]
    return Leg(
        run=visit.run_day.run.id,
        day=DAYS[visit.run_day.day],
        board_sequence=stop.stop_sequence,
        board_min=stop.departure_min,
        alight_point=visit.point,
        alight_min=visit.latest_min,
    )


def _keeps_promise(world: _World, lot: Lot, arrival_day: int) -> bool:
    lead = lead_days(world.scenario, ready_day=DAYS.index(lot[3]), arrival_day=arrival_day)
    return lead <= world.scenario.rules.max_lead_days


def _handling(visit: _Visit) -> Fraction:
    return Fraction(str(visit.run_day.terms.parcel_s))


def _direct(world: _World, lot: Lot, visits: Sequence[_Visit]) -> Iterator[_Itinerary]:
    point, _, size, _ = lot
    for board_k, visit, service_day in _first_rides(world, lot, visits):
        arrival_day = service_day + visit.latest_min // MIN_PER_DAY
        if point == visit.point and _keeps_promise(world, lot, arrival_day):
            yield _Itinerary(
                wants=((visit.run_day, frozenset({visit.want}), _handling(visit)),),
                cost_ore=run_ore_per_parcel(visit.run_day.terms),
                uses=_aboard(world, board_k, visit, size)
                | _in_box(world.scenario, point, size, arrival_day),
                delivery=(point, arrival_day % 7),
                legs=(_leg(visit, board_k),),
            )


def _second_rides(lot: Lot, visits: Sequence[_Visit]) -> Iterator[tuple[_Visit, _Visit]]:
    """Yield visits of one run-day at a transfer and then at the lot's pickup point."""
    point, _, size, _ = lot
    for alight in visits:
        if point != alight.point or not _may_carry(alight.run_day, size):
            continue
        for board in visits:
            is_same_detour = board.position == alight.position and board.kind == alight.kind
            is_before = board.position < alight.position or (
                is_same_detour and board.kind != "at_stop" and board.point != point
            )
            if board.run_day is alight.run_day and is_before:
                yield board, alight


def _with_transfer(world: _World, lot: Lot, visits: Sequence[_Visit]) -> Iterator[_Itinerary]:
    point, _, size, ready_day = lot
    second_rides = list(_second_rides(lot, visits))
    for board_k, first, first_day in _first_rides(world, lot, visits):
        latest = first_day * MIN_PER_DAY + first.latest_min
        for board, alight in second_rides:
            if board.point != first.point or first.run_day is board.run_day:
                continue
            second_day = first_day + (board.run_day.day - first.run_day.day) % 7
            if board.leaves_at_min >= MIN_PER_DAY or second_day - DAYS.index(ready_day) > 6:
                continue
            leaves = second_day * MIN_PER_DAY + board.leaves_at_min
            arrival_day = second_day + alight.latest_min // MIN_PER_DAY
            if leaves < latest + world.scenario.rules.transfer_min:
                continue
            if not _keeps_promise(world, lot, arrival_day):
                continue
            stored: Counter[Key] = Counter(
                ("storage", first.point, day % 7)
                for day in range(latest // MIN_PER_DAY, leaves // MIN_PER_DAY + 1)
            )
            wanted = {board.want, alight.want}
            if board.position == alight.position:
                wanted = {(alight.kind, alight.k, (board.point, alight.point))}
            yield _Itinerary(
                wants=(
                    (first.run_day, frozenset({first.want}), _handling(first)),
                    (alight.run_day, frozenset(wanted), 2 * _handling(alight)),
                ),
                cost_ore=run_ore_per_parcel(first.run_day.terms)
                + run_ore_per_parcel(alight.run_day.terms),
                uses=_aboard(world, board_k, first, size)
                | _aboard(world, board.k, alight, size)
                | dict(stored)
                | _in_box(world.scenario, point, size, arrival_day),
                delivery=(point, arrival_day % 7),
                legs=(_leg(first, board_k), _leg(alight, board.k)),
            )


def _itineraries(world: _World, lot: Lot, opened: frozenset[str]) -> tuple[_Itinerary, ...]:
    """Return every itinerary of a lot that only uses opened points."""
    if (lot, opened) not in world.itineraries:
        visits = [visit for visit in world.visits if visit.point in opened]
        found = list(_direct(world, lot, visits))
        if world.scenario.rules.max_transfers:
            found += _with_transfer(world, lot, visits)
        world.itineraries[lot, opened] = tuple(
            way
            for way in found
            if all(world.limits.get(key, inf) >= use for key, use in way.uses.items())
        )
    return world.itineraries[lot, opened]


# The cheapest transport of given lots


@dataclass(frozen=True, slots=True, eq=False)
class _Week:
    """What one run-day does: what is wanted of it, handling, and the cheapest services."""

    wants: frozenset[Want] = frozenset()
    handling_s: Fraction = Fraction(0)
    cost_ore: int = 0
    options: tuple[_Option, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Carried:
    """The cheapest transport of given lots."""

    cost_ore: int
    weeks: Mapping[_VehicleDay, _Week]
    itineraries: tuple[tuple[Lot, _Itinerary], ...]

    @property
    def options(self) -> Iterator[_Option]:
        """All services."""
        return (option for week in self.weeks.values() for option in week.options)


class _RunDays:
    """The cheapest services of a run-day for what is wanted of it."""

    def __init__(self, world: _World, opened: frozenset[str]) -> None:
        self.options = {
            run_day: [option for option in options if opened.issuperset(option.points)]
            for run_day, options in world.options.items()
        }
        self.known: dict[tuple[_RunDay, frozenset[Want], Fraction], _Week | None] = {}

    def cheapest(
        self, run_day: _RunDay, wants: frozenset[Want], handling_s: Fraction
    ) -> _Week | None:
        """Return the cheapest services that do what is wanted in time; None if there are none."""
        key = (run_day, wants, handling_s)
        if key not in self.known:
            self.known[key] = self._cheapest(run_day, wants, handling_s)
        return self.known[key]

    def _cheapest(
        self, run_day: _RunDay, wants: frozenset[Want], handling_s: Fraction
    ) -> _Week | None:
        left_s = s_from_min(run_day.terms.delay_budget_min) - handling_s
        groups: dict[Key, list[Want]] = {}
        for want in sorted(wants):
            kind, k, points = want
            groups.setdefault((k, kind, points) if kind == "at_stop" else (k, kind), []).append(
                want
            )
        candidates = [
            [option for option in self.options[run_day] if all(map(option.meets, group))]
            for group in groups.values()
        ]
        best: _Week | None = None
        for options in product(*candidates):
            cost_ore = sum(option.cost_ore for option in options)
            if best is not None and cost_ore >= best.cost_ore:
                continue
            gaps = [option.k for option in options if option.kind != "at_stop"]
            points_served = [point for option in options for point in option.points]
            if (
                sum(option.extra_s for option in options) <= left_s
                and len(set(gaps)) == len(gaps)
                and len(set(points_served)) == len(points_served)
            ):
                best = _Week(wants, handling_s, cost_ore, options)
        return best


class _Transport:
    """A search over the itineraries of every parcel, then over visits for delivery days."""

    def __init__(
        self,
        world: _World,
        lots: Mapping[Lot, int],
        run_days: _RunDays,
        opened: frozenset[str],
        boxes: Mapping[Key, int],
    ) -> None:
        self.tries = world.tries
        self.left: dict[Key, int] = {**world.limits, **boxes}
        self.min_days = world.scenario.rules.min_deliveries_per_week
        self.points = sorted({point for point, _, _, _ in lots})
        self.visits = [visit for visit in world.visits if visit.point in opened]
        self.visit_of = {
            (visit.run_day, visit.kind, visit.k, visit.point): visit for visit in self.visits
        }
        self.run_days = run_days
        self.itineraries = {lot: self._ways(world, lot, opened) for lot in lots}
        self.uses = {
            way: tuple((key, use) for key, use in way.uses.items() if key in self.left)
            for ways in self.itineraries.values()
            for way in ways
        }
        order = sorted(lots, key=lambda lot: (len(self.itineraries[lot]), lot))
        self.parcels = [lot for lot in order for _ in range(lots[lot])]
        carrying = [
            min((way.cost_ore for way in self.itineraries[lot]), default=0) for lot in self.parcels
        ]
        self.still_carrying = [sum(carrying[n:]) for n in range(len(carrying) + 1)]
        vehicles: tuple[_VehicleDay, ...] = tuple(world.options)
        self.weeks = dict.fromkeys(vehicles, _Week())
        self.ways: list[_Itinerary] = []
        self.least_spent_ore: dict[Key, int] = {}
        self.best_ore: float = inf
        self.best: _Carried | None = None

    def _ways(self, world: _World, lot: Lot, opened: frozenset[str]) -> tuple[_Itinerary, ...]:
        """Return every way of a lot's parcels."""
        return _itineraries(world, lot, opened)

    def _joined(
        self, vehicle: _VehicleDay, wants: frozenset[Want], handling_s: Fraction
    ) -> _Week | None:
        """Return what a vehicle does if more is wanted of it, or None if it cannot."""
        assert isinstance(vehicle, _RunDay)
        week = self.weeks[vehicle]
        return self.run_days.cheapest(vehicle, week.wants | wants, week.handling_s + handling_s)

    def _left_ore(self) -> float:
        """Return what the weeks cost in the end besides what they were charged."""
        return 0

    def _more_deliveries(
        self, point: str, days: frozenset[int]
    ) -> Iterator[tuple[_VehicleDay, _Week]]:
        """Yield vehicles that may deliver to a point on yet another day, and what they then do."""
        for visit in self.visits:
            if visit.point == point and visit.after_depot and visit.arrival_day not in days:
                after = self._joined(visit.run_day, frozenset({visit.want}), Fraction(0))
                if after is not None:
                    yield visit.run_day, after

    def solve(self) -> _Carried | None:
        """Return the cheapest transport, or None if there is none."""
        everything = {lot: list(enumerate(ways)) for lot, ways in self.itineraries.items()}
        if all(everything.values()) and self._boxes_may_hold(0):
            self._place(0, 0, 0, everything)
        return self.best

    def _boxes_may_hold(self, number: int) -> bool:
        """Return whether boxes can hold parcel `number` and all after it, whatever runs can do."""
        if number == len(self.parcels):
            return True
        loads = {
            tuple((key, use) for key, use in self.uses[way] if key[0] == "box")
            for way in self.itineraries[self.parcels[number]]
        }
        for load in loads:
            if all(self.left[key] >= use for key, use in load):
                self._load(load, 1)
                holds = self._boxes_may_hold(number + 1)
                self._load(load, -1)
                if holds:
                    return True
        return False

    def _load(self, load: Iterable[tuple[Key, int]], sign: int) -> None:
        for key, use in load:
            self.left[key] -= sign * use

    def _was_here_cheaper(self, number: int, start: int, spent_ore: int) -> bool:
        """Return whether the search has been in this very state at no greater cost."""
        state = (
            number,
            start,
            tuple((week.wants, week.handling_s) for week in self.weeks.values()),
            tuple(self.left.values()),
            frozenset(way.delivery for way in self.ways),
        )
        if self.least_spent_ore.get(state, inf) <= spent_ore:
            return True
        self.least_spent_ore[state] = spent_ore
        return False

    def _try(self) -> None:
        self.tries["all"] += 1
        if self.tries["all"] > MAX_TRIES:
            raise NotMicroError

    def _after(self, way: _Itinerary) -> dict[_VehicleDay, _Week] | None:
        """Return the run-days that an itinerary would change, or None if it does not fit."""
        self._try()
        if any(self.left[key] < use for key, use in self.uses[way]):
            return None
        changed = {}
        for vehicle, wants, handling_s in way.wants:
            after = self._joined(vehicle, wants, handling_s)
            if after is None:
                return None
            changed[vehicle] = after
        return changed

    def _added_ore(self, changed: Mapping[_VehicleDay, _Week]) -> int:
        return sum(
            week.cost_ore - self.weeks[vehicle].cost_ore for vehicle, week in changed.items()
        )

    def _place(
        self,
        number: int,
        start: int,
        spent_ore: int,
        alive: Mapping[Lot, Sequence[tuple[int, _Itinerary]]],
    ) -> None:
        """Place parcel `number` and all after it; `start` keeps like parcels in order."""
        if number == len(self.parcels):
            self._deliver(spent_ore)
            return
        if self._was_here_cheaper(number, start, spent_ore):
            return
        fitting: dict[Lot, list[tuple[int, int, _Itinerary]]] = {}
        for lot in dict.fromkeys(self.parcels[number:]):
            fitting[lot] = [
                (self._added_ore(changed), place, way)
                for place, way in alive[lot]
                if (changed := self._after(way)) is not None
            ]
            if not fitting[lot]:
                return
        if spent_ore + self._least_ore(number, fitting) >= self.best_ore:
            return
        lot = self.parcels[number]
        still_alive = {
            other: [(place, way) for _, place, way in ways] for other, ways in fitting.items()
        }
        is_same_next = self.parcels[number + 1 : number + 2] == [lot]
        for added_ore, place, way in sorted(
            fitting[lot], key=lambda fit: (fit[0] + fit[2].cost_ore, fit[1])
        ):
            now_ore = spent_ore + added_ore + way.cost_ore
            if place >= start and now_ore + self.still_carrying[number + 1] < self.best_ore:
                before = self._take(way)
                self._place(number + 1, place if is_same_next else 0, now_ore, still_alive)
                self._undo(way, before)

    def _least_ore(
        self, number: int, fitting: Mapping[Lot, Sequence[tuple[int, int, _Itinerary]]]
    ) -> float:
        """Return a bound for parcel `number` and all after it, given the ways that still fit."""
        added_ore = max(min(added for added, _, _ in ways) for ways in fitting.values())
        return self.still_carrying[number] + added_ore

    def _take(self, way: _Itinerary) -> dict[_VehicleDay, _Week]:
        """Send a parcel by an itinerary; return what the run-days did before."""
        changed = self._after(way)
        assert changed is not None
        before = {vehicle: self.weeks[vehicle] for vehicle in changed}
        self.weeks.update(changed)
        self._load(self.uses[way], 1)
        self.ways.append(way)
        return before

    def _undo(self, way: _Itinerary, before: Mapping[_VehicleDay, _Week]) -> None:
        self.ways.pop()
        self._load(self.uses[way], -1)
        self.weeks.update(before)

    def _delivery_days(self) -> dict[str, set[int]]:
        days_of: dict[str, set[int]] = {point: set() for point in self.points}
        for way in self.ways:
            if way.delivery[0] in days_of:
                days_of[way.delivery[0]].add(way.delivery[1])
        for week in self.weeks.values():
            for option in week.options:
                for point in days_of.keys() & option.points:
                    visit = self.visit_of[option.run_day, option.kind, option.k, point]
                    if visit.after_depot:
                        days_of[point].add(visit.arrival_day)
        return days_of

    def _deliver(self, spent_ore: int) -> None:
        """Add visits until every point has its delivery days; keep the cheapest."""
        if spent_ore >= self.best_ore:
            return
        self._try()
        days_of = self._delivery_days()
        short = [point for point in self.points if len(days_of[point]) < self.min_days]
        if not short:
            self._keep(spent_ore)
            return
        for vehicle, after in self._more_deliveries(short[0], frozenset(days_of[short[0]])):
            week = self.weeks[vehicle]
            self.weeks[vehicle] = after
            self._deliver(spent_ore + after.cost_ore - week.cost_ore)
            self.weeks[vehicle] = week

    def _keep(self, spent_ore: int) -> None:
        """Keep what is complete, if it is the cheapest so far."""
        total_ore = spent_ore + self._left_ore()
        if total_ore < self.best_ore:
            self.best_ore = total_ore
            ways = tuple(zip(self.parcels, self.ways, strict=True))
            self.best = _Carried(int(total_ore), dict(self.weeks), ways)


# Boxes and villages


@dataclass(frozen=True, slots=True, eq=False)
class _Boxes:
    """Boxes at all sites."""

    opened: tuple[OpenedBoxes, ...]
    points: frozenset[str]
    limits: dict[Key, int]
    cost_ore: int


def _counts(scenario: Scenario, site: PickupPoint) -> list[tuple[OpenedBoxes, ...]]:
    """Return every way to put boxes at one site."""
    allowed = [box for box in scenario.box_types if _is_allowed(site, box)]
    ways = []
    for numbers in product(range(site.max_boxes + 1), repeat=len(allowed)):
        if sum(numbers) > site.max_boxes:
            continue
        if sum(numbers) == 0 and site.state == "must_open":
            continue
        if sum(numbers) > 0 and site.state == "must_not":
            continue
        ways.append(
            tuple(
                OpenedBoxes(pickup_point=site.id, box_type=box.id, boxes=number)
                for box, number in zip(allowed, numbers, strict=True)
                if number
            )
        )
    return ways


def _boxes_are_permitted(scenario: Scenario, opened: Iterable[OpenedBoxes]) -> bool:
    operator_of = {box.id: box.operator for box in scenario.box_types}
    by_operator: Counter[str] = Counter()
    for boxes in opened:
        by_operator[operator_of[boxes.box_type]] += boxes.boxes
    most = scenario.rules.max_boxes
    return (most is None or by_operator.total() <= most) and all(
        by_operator[limit.operator] <= limit.max_boxes
        for limit in scenario.rules.max_boxes_per_operator
    )


def _all_boxes(scenario: Scenario) -> list[_Boxes]:
    """Return every way to put boxes at all sites, cheapest first."""
    type_of = {box.id: box for box in scenario.box_types}
    sites = {point.id: point for point in scenario.pickup_points if point.kind == "site"}
    agents = [point.id for point in scenario.pickup_points if point.kind == "agent"]
    found = []
    for ways in product(*(_counts(scenario, site) for site in sites.values())):
        opened = tuple(boxes for way in ways for boxes in way)
        if not _boxes_are_permitted(scenario, opened):
            continue
        rooms: Counter[Key] = Counter()
        cost_ore = 0
        for boxes in opened:
            box = type_of[boxes.box_type]
            of_size = (box.compartments_s, box.compartments_m, box.compartments_l)
            cost_ore += boxes.boxes * box_ore_per_week(box)
            for smallest, day in product(range(3), range(7)):
                key: Key = ("box", boxes.pickup_point, SIZES[smallest], day)
                rooms[key] += 1000 * boxes.boxes * sum(of_size[smallest:])
        at = {boxes.pickup_point for boxes in opened}
        cost_ore += sum(site_ore_per_week(sites[site]) for site in at)
        found.append(_Boxes(opened, frozenset((*at, *agents)), dict(rooms), cost_ore))
    return sorted(found, key=lambda boxes: boxes.cost_ore)


@dataclass(frozen=True, slots=True, eq=False)
class _Assignment:
    """Where every village collects."""

    point_of: dict[str, str | None]
    cost_ore: int
    covered: int
    weighted: Fraction


def _assignments(world: _World) -> Iterator[_Assignment]:
    """Yield every assignment of villages that keeps the rules about coverage."""
    scenario, travel = world.scenario, world.travel
    openable = [point.id for point in scenario.pickup_points if _may_ever_open(scenario, point)]
    within_reach = {
        village.id: [
            point
            for point in openable
            if (metres := travel.road_m(village.id, point)) is not None
            and metres <= reach_m(scenario)
        ]
        for village in scenario.villages
    }
    for points in product(*([None, *within_reach[village.id]] for village in scenario.villages)):
        point_of = dict(zip((village.id for village in scenario.villages), points, strict=True))
        covered = [
            village for village in scenario.villages if _is_covered(world, point_of, village.id)
        ]
        if any(village.must_serve and village not in covered for village in scenario.villages):
            continue
        yield _Assignment(
            point_of,
            sum(_village_ore(world, village_id, point_of[village_id]) for village_id in point_of),
            sum(village.inhabitants for village in covered),
            sum(
                (village.inhabitants * Fraction(str(village.priority)) for village in covered),
                Fraction(0),
            ),
        )


def _is_covered(world: _World, point_of: Mapping[str, str | None], village_id: str) -> bool:
    today = nearest_agent(world.scenario, world.travel, village_id)
    return point_of[village_id] is not None or (
        today is not None and today[1] <= reach_m(world.scenario)
    )


def _village_ore(world: _World, village_id: str, point_id: str | None) -> int:
    """Return the cost of one village's collecting, at a point or as today."""
    if point_id is None:
        today = nearest_agent(world.scenario, world.travel, village_id)
        point_id = today[0] if today else None
    if point_id is None:
        return 0
    metres = world.travel.road_m(village_id, point_id)
    assert metres is not None
    return village_ore_per_week(
        world.scenario,
        next(point for point in world.scenario.pickup_points if point.id == point_id),
        parcels=sum(parcels for key, parcels in world.demand.items() if key[0] == village_id),
        distance_m=metres,
    )


def _lots(world: _World, point_of: Mapping[str, str | None]) -> dict[Lot, int]:
    """Return the parcels that the plan must carry."""
    depot_of = {village.id: village.depot for village in world.scenario.villages}
    lots: Counter[Lot] = Counter()
    for (village, day, size), parcels in world.demand.items():
        point = point_of[village]
        if point is not None:
            of_size = next(s for s in SIZES if s == size)
            of_day = next(d for d in DAYS if d == day)
            lots[point, depot_of[village], of_size, of_day] += parcels
    return dict(lots)


class _Search:
    """The least cost over boxes and assignments."""

    def __init__(self, world: _World) -> None:
        self.world = world
        self.boxes = _all_boxes(world.scenario)
        self.openable = frozenset(
            point.id
            for point in world.scenario.pickup_points
            if _may_ever_open(world.scenario, point)
        )
        self.run_days: dict[frozenset[str], _RunDays] = {}
        self.known: dict[Key, _Carried | None] = {}

    def _transport(
        self, lots: Mapping[Lot, int], opened: frozenset[str], rooms: Mapping[Key, int]
    ) -> _Carried | None:
        key = (frozenset(lots.items()), opened, frozenset(rooms.items()))
        if key not in self.known:
            run_days = self.run_days.setdefault(opened, _RunDays(self.world, opened))
            self.known[key] = _Transport(self.world, lots, run_days, opened, rooms).solve()
        return self.known[key]

    def cheapest(
        self, assignments: Iterable[_Assignment], bound_ore: float
    ) -> tuple[int, Plan] | None:
        """Return the cheapest plan below a bound, if there is one."""
        best: tuple[int, Plan] | None = None
        for assignment in sorted(assignments, key=lambda each: each.cost_ore):
            lots = _lots(self.world, assignment.point_of)
            if assignment.cost_ore >= bound_ore:
                break
            floor = self._transport(lots, self.openable, {})
            if floor is None:
                continue
            for boxes in self.boxes:
                fixed_ore = assignment.cost_ore + boxes.cost_ore
                if fixed_ore + floor.cost_ore >= bound_ore:
                    break
                used = {point for point in assignment.point_of.values() if point is not None}
                carried = (
                    self._carry(lots, boxes, bound_ore - fixed_ore)
                    if used <= boxes.points
                    else None
                )
                if carried is not None and fixed_ore + carried.cost_ore < bound_ore:
                    bound_ore = fixed_ore + carried.cost_ore
                    best = bound_ore, self._plan(assignment, boxes, carried)
        return best

    def _plan(self, assignment: _Assignment, boxes: _Boxes, carried: _Carried) -> Plan:
        return _plan(self.world, assignment, boxes, carried)

    def _carry(self, lots: Mapping[Lot, int], boxes: _Boxes, bound_ore: float) -> _Carried | None:
        floor = self._transport(lots, boxes.points, {})
        if floor is None or floor.cost_ore >= bound_ore:
            return None
        load: Counter[Key] = Counter()
        for _, way in floor.itineraries:
            load.update(way.uses)
        if all(load[key] <= room for key, room in boxes.limits.items()):
            return floor
        used = self._used_points(lots)
        rooms = {key: room for key, room in boxes.limits.items() if key[1] in used}
        return self._transport(lots, boxes.points, rooms)

    def _used_points(self, lots: Mapping[Lot, int]) -> set[str]:
        """Return the points where parcels may end."""
        return {point for point, _, _, _ in lots}


def _plan(world: _World, assignment: _Assignment, boxes: _Boxes, carried: _Carried) -> Plan:
    shipments: Counter[tuple[Lot, tuple[Leg, ...]]] = Counter(
        (lot, way.legs) for lot, way in carried.itineraries
    )
    latest_min = {(visit.run_day, visit.kind, visit.k): visit.latest_min for visit in world.visits}
    as_today = [village for village, point in assignment.point_of.items() if point is None]
    nearest = {
        village: nearest_agent(world.scenario, world.travel, village) for village in as_today
    }
    return Plan(
        opened=boxes.opened,
        collections=tuple(
            Collection(village=village, pickup_point=point)
            for village, point in assignment.point_of.items()
            if point is not None
        ),
        as_today=tuple(
            TodaysCollection(village=village, agent=today[0] if today else None)
            for village, today in nearest.items()
        ),
        services=tuple(
            Service(
                run=option.run_day.run.id,
                day=DAYS[option.run_day.day],
                kind=option.kind,
                stop_sequence=option.run_day.run.stop_times[option.k].stop_sequence,
                points=option.points,
                latest_arrival_min=latest_min[option.run_day, option.kind, option.k],
            )
            for option in carried.options
        ),
        shipments=tuple(
            Shipment(
                depot=depot,
                pickup_point=point,
                size=size,
                ready_day=ready_day,
                parcels=parcels,
                legs=legs,
            )
            for ((point, depot, size, ready_day), legs), parcels in shipments.items()
        ),
    )


def least_cost_by_brute_force(scenario: Scenario) -> BruteResult:
    """Return the optimum of a micro-scenario by full enumeration.

    For `greatest_coverage` it is the least cost among plans of the greatest weighted coverage.

    Raises
    ------
    NotMicroError
        If the search takes more than `MAX_TRIES` tries.
    """
    return _optimum(_Search(_build_world(scenario)), homes_today_ore=0)


def _optimum(search: _Search, *, homes_today_ore: int) -> BruteResult:
    """Return the optimum by a search; today's cost of home orders is part of the budget."""
    world = search.world
    scenario, goal = world.scenario, world.scenario.goal
    inhabitants = sum(village.inhabitants for village in scenario.villages)
    share = Fraction(str(goal.coverage_share or 0))
    permitted = [each for each in _assignments(world) if each.covered >= share * inhabitants]
    bound_ore: float = inf
    if goal.budget_sek_per_year is not None:
        today_ore = sum(_village_ore(world, village.id, None) for village in scenario.villages)
        bound_ore = today_ore + homes_today_ore + ore_per_week(goal.budget_sek_per_year) + 1
    groups: Iterable[Iterable[_Assignment]] = [permitted]
    if goal.kind == "greatest_coverage":
        permitted.sort(key=lambda each: each.weighted, reverse=True)
        groups = [list(group) for _, group in groupby(permitted, key=lambda each: each.weighted)]
    for group in groups:
        best = search.cheapest(group, bound_ore)
        if best is not None:
            cost_ore, plan = best
            served = {collection.village for collection in plan.collections}
            point_of = {v.id: "" if v.id in served else None for v in scenario.villages}
            weighted = sum(
                (
                    village.inhabitants * Fraction(str(village.priority))
                    for village in scenario.villages
                    if _is_covered(world, point_of, village.id)
                ),
                Fraction(0),
            )
            return BruteResult("OPTIMAL", cost_ore, weighted, plan)
    return BruteResult("INFEASIBLE")
