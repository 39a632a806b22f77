"""An oracle for micro-scenarios: the least cost by full enumeration, from `docs/model.md` alone.

Nothing here knows the optimiser or the verifier. Every rule of the contract becomes either a list
of what can be chosen at all (services, itineraries, boxes) or a *use* of something limited: one
unit of a gap's room, a second of the delay budget, a thousandth of a compartment. The search then
only adds up uses and costs. Pruning is by cost that is already spent, and by relaxations: more
points open, boxes without limits.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby, permutations, product
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
from deliveryopt.scenario.prices import (
    box_ore_per_week,
    run_ore_per_parcel,
    service_co2_ore,
    service_ore,
    site_ore_per_week,
    village_ore_per_week,
)
from deliveryopt.scenario.schema import BoxType, Day, PickupPoint, Run, Scenario, terms_of
from deliveryopt.scenario.terms import SIZES, RunTerms, Size
from deliveryopt.scenario.travel import Travel, build_travel, nearest_agent, reach_m
from deliveryopt.units import DAYS, MIN_PER_DAY, ore_per_week, s_from_min, tenths_down, tenths_up

Key = tuple[object, ...]
Uses = tuple[tuple[Key, int | Fraction], ...]
Kind = Literal["at_stop", "through", "out_and_back"]
Lot = tuple[str, str, Size, Day]
"""What shipments of one kind have in common: pickup point, depot, size, ready day."""


@dataclass(frozen=True, slots=True, eq=False)
class BruteResult:
    """The proven optimum of a micro-scenario."""

    status: Literal["OPTIMAL", "INFEASIBLE"]
    cost_ore: int | None = None
    weighted_coverage: Fraction | None = None
    plan: Plan | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _RunDay:
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
    latest_min: int
    cost_ore: int
    uses: Uses
    after_depot: bool

    @property
    def arrival_day(self) -> int:
        """Day of the week of the latest arrival."""
        return (self.run_day.day + self.latest_min // MIN_PER_DAY) % 7

    def position(self, point: str) -> tuple[int, int, int]:
        """Position of a point along the run: stop, then gap, then order in the detour."""
        return (self.k, int(self.kind != "at_stop"), self.points.index(point))

    @property
    def leaves_at_min(self) -> int:
        """Timetabled departure from stop k."""
        return self.run_day.run.stop_times[self.k].departure_min


@dataclass(frozen=True, slots=True, eq=False)
class _Itinerary:
    """One way of one parcel, with the services it needs."""

    options: tuple[_Option, ...]
    cost_ore: int
    uses: Uses
    delivery: tuple[str, int]
    legs: tuple[Leg, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _World:
    """A scenario with everything that can be chosen written out."""

    scenario: Scenario
    travel: Travel
    demand: Demand
    options: tuple[_Option, ...]
    limits: dict[Key, int | Fraction]
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
    for here, there in zip(places, places[1:], strict=False):
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
) -> _Option | None:
    """Return one service with its cost and uses, or None if it cannot be driven."""
    kind, k, points = chosen
    stops, terms = run_day.run.stop_times, run_day.terms
    extra_m, drive_s, reference_min = 0, 0, stops[k].arrival_min
    if kind != "at_stop":
        end = stops[k + 1] if kind == "through" else stops[k]
        ways_m, ways_s = _drive(travel, (stops[k].place_id, *points, end.place_id), terms)
        direct_m, direct_s = _drive(travel, (stops[k].place_id, end.place_id), terms)
        if ways_m is None or ways_s is None or direct_m is None or direct_s is None:
            return None
        extra_m, drive_s = max(0, ways_m - direct_m), max(0, ways_s - direct_s)
        reference_min = end.arrival_min if kind == "through" else stops[k].departure_min
    extra_s = drive_s + len(points) * s_from_min(terms.stop_min)
    cost_ore = service_ore(terms, num_stops=len(points), extra_m=extra_m, extra_s=extra_s)
    if scenario.goal.count_co2:
        cost_ore += service_co2_ore(terms, scenario.rates, extra_m=extra_m)
    run_id, day = run_day.run.id, run_day.day
    uses: list[tuple[Key, int | Fraction]] = [(("delay_s", run_id, day), extra_s)]
    uses += [(("serves_once", run_id, day, point), 1) for point in points]
    if kind != "at_stop":
        uses.append((("one_detour", run_id, day, k), 1))
    before = stops[: k + 1] if kind != "at_stop" else stops[:k]
    return _Option(
        run_day=run_day,
        kind=kind,
        k=k,
        points=points,
        latest_min=reference_min + ceil(Fraction(str(terms.delay_budget_min))),
        cost_ore=cost_ore,
        uses=tuple(uses),
        after_depot=any(
            _stands_at(travel, scenario, depot.id, stop.place_id)
            for stop in before
            for depot in scenario.depots
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


def _limits(scenario: Scenario) -> dict[Key, int | Fraction]:
    """Return every limit except those of boxes, which depend on what is opened."""
    limits: dict[Key, int | Fraction] = {}
    for point in scenario.pickup_points:
        for day in range(7):
            limits["storage", point.id, day] = point.transfer_parcels
    for run_day in _run_days(scenario):
        run, day, terms = run_day.run.id, run_day.day, run_day.terms
        limits["delay_s", run, day] = s_from_min(terms.delay_budget_min)
        for point in scenario.pickup_points:
            limits["serves_once", run, day, point.id] = 1
        for k in range(len(run_day.run.stop_times)):
            limits["one_detour", run, day, k] = 1
            if terms.capacity_parcels is not None:
                limits["parcels", run, day, k] = terms.capacity_parcels
            if terms.capacity_litres is not None:
                limits["litres", run, day, k] = tenths_down(terms.capacity_litres)
            if terms.capacity_kg is not None:
                limits["kg", run, day, k] = tenths_down(terms.capacity_kg)
    return limits


def _build_world(scenario: Scenario) -> _World:
    travel = build_travel(scenario)
    limits = _limits(scenario)
    options = []
    for run_day in _run_days(scenario):
        for chosen in _choices(scenario, travel, run_day):
            option = _option(scenario, travel, run_day, chosen)
            if option is not None and all(limits[key] >= use for key, use in option.uses):
                options.append(option)
    return _World(scenario, travel, build_demand(scenario), tuple(options), limits)


# Itineraries


def lead_days(scenario: Scenario, *, ready_day: int, arrival_day: int) -> int:
    """Return the lead days between two days counted on from the same Monday."""
    operating = [DAYS.index(day) for day in scenario.days]
    if arrival_day == ready_day:
        return 0
    while arrival_day % 7 not in operating:
        arrival_day += 1
    return sum(day % 7 in operating for day in range(ready_day + 1, arrival_day + 1))


def _ride_uses(
    world: _World, run_day: _RunDay, size: Size, gaps: Iterable[int], num_handled: int
) -> Uses:
    """Return what a parcel aboard in some gaps uses, handled once or twice on the way."""
    rates, run, day = world.scenario.rates, run_day.run.id, run_day.day
    litres = {"S": rates.parcel_litres_s, "M": rates.parcel_litres_m, "L": rates.parcel_litres_l}
    kg = {"S": rates.parcel_kg_s, "M": rates.parcel_kg_m, "L": rates.parcel_kg_l}
    handling = Fraction(str(run_day.terms.parcel_s)) * num_handled
    uses: list[tuple[Key, int | Fraction]] = [(("delay_s", run, day), handling)]
    for gap in gaps:
        uses.append((("parcels", run, day, gap), 1))
        uses.append((("litres", run, day, gap), tenths_up(litres[size])))
        uses.append((("kg", run, day, gap), tenths_up(kg[size])))
    return tuple(uses)


def _box_uses(scenario: Scenario, point: str, size: Size, arrival_day: int) -> Uses:
    """Return thousandths of compartments on the days that a parcel may lie in a box."""
    left = 1 - Fraction(str(scenario.rates.collected_first_day_share))
    classes = SIZES[: SIZES.index(size) + 1]  # an L counts in "L", "M and L", and "all"
    return tuple(
        (("box", point, smallest, (arrival_day + k) % 7), ceil(1000 * left**k))
        for k in range(scenario.rates.max_dwell_days)
        for smallest in classes
    )


def _gaps(board_k: int, alight: _Option) -> range:
    return range(board_k, alight.k if alight.kind == "at_stop" else alight.k + 1)


def _first_rides(
    world: _World, lot: Lot, options: Iterable[_Option]
) -> Iterator[tuple[int, _Option, int]]:
    """Yield boarding stop, service and service day (from the ready day's Monday) of first legs."""
    _, depot_id, size, ready_day = lot
    ready = DAYS.index(ready_day)
    depot = next(depot for depot in world.scenario.depots if depot.id == depot_id)
    for option in options:
        if SIZES.index(size) > SIZES.index(option.run_day.terms.max_size):
            continue
        for k, stop in enumerate(option.run_day.run.stop_times):
            is_before = k <= option.k if option.kind != "at_stop" else k < option.k
            if not is_before or not _stands_at(
                world.travel, world.scenario, depot_id, stop.place_id
            ):
                continue
            days_on = stop.departure_min // MIN_PER_DAY
            boarding_day = ready + (option.run_day.day + days_on - ready) % 7
            service_day = boarding_day - days_on
            leaves = service_day * MIN_PER_DAY + stop.departure_min
            if leaves >= ready * MIN_PER_DAY + depot.ready_min(ready_day):
                yield k, option, service_day


def _leg(option: _Option, board_k: int, point: str) -> Leg:
    stop = option.run_day.run.stop_times[board_k]
    return Leg(
        run=option.run_day.run.id,
        day=DAYS[option.run_day.day],
        board_sequence=stop.stop_sequence,
        board_min=stop.departure_min,
        alight_point=point,
        alight_min=option.latest_min,
    )


def _direct(world: _World, lot: Lot, options: Sequence[_Option]) -> Iterator[_Itinerary]:
    point, _, size, ready_day = lot
    for board_k, option, service_day in _first_rides(world, lot, options):
        arrival_day = service_day + option.latest_min // MIN_PER_DAY
        lead = lead_days(world.scenario, ready_day=DAYS.index(ready_day), arrival_day=arrival_day)
        if point in option.points and lead <= world.scenario.rules.max_lead_days:
            yield _Itinerary(
                options=(option,),
                cost_ore=run_ore_per_parcel(option.run_day.terms),
                uses=_ride_uses(world, option.run_day, size, _gaps(board_k, option), 1)
                + _box_uses(world.scenario, point, size, arrival_day),
                delivery=(point, arrival_day % 7),
                legs=(_leg(option, board_k, point),),
            )


def _connections(
    world: _World, lot: Lot, options: Sequence[_Option]
) -> Iterator[tuple[_Option, _Option, str]]:
    """Yield services of one run-day that take a parcel aboard at a transfer and drop it."""
    point, _, size, _ = lot
    for alight in options:
        if point not in alight.points:
            continue
        if SIZES.index(size) > SIZES.index(alight.run_day.terms.max_size):
            continue
        for board in options:
            if board.run_day is not alight.run_day:
                continue
            for place in board.points:
                if board.position(place) < alight.position(point):
                    yield board, alight, place


def _with_transfer(world: _World, lot: Lot, options: Sequence[_Option]) -> Iterator[_Itinerary]:
    rules = world.scenario.rules
    point, _, size, ready_day = lot
    connections = list(_connections(world, lot, options))
    for board_k, first, first_day in _first_rides(world, lot, options):
        latest = first_day * MIN_PER_DAY + first.latest_min
        for board, alight, place in connections:
            if place not in first.points or first.run_day is board.run_day:
                continue
            second_day = first_day + (board.run_day.day - first.run_day.day) % 7
            leaves = second_day * MIN_PER_DAY + board.leaves_at_min
            arrival_day = second_day + alight.latest_min // MIN_PER_DAY
            lead = lead_days(
                world.scenario, ready_day=DAYS.index(ready_day), arrival_day=arrival_day
            )
            if leaves < latest + rules.transfer_min or lead > rules.max_lead_days:
                continue
            stored = range(latest // MIN_PER_DAY, leaves // MIN_PER_DAY + 1)
            yield _Itinerary(
                options=tuple({id(option): option for option in (first, board, alight)}.values()),
                cost_ore=run_ore_per_parcel(first.run_day.terms)
                + run_ore_per_parcel(alight.run_day.terms),
                uses=_ride_uses(world, first.run_day, size, _gaps(board_k, first), 1)
                + _ride_uses(world, alight.run_day, size, _gaps(board.k, alight), 2)
                + tuple((("storage", place, day % 7), 1) for day in stored)
                + _box_uses(world.scenario, point, size, arrival_day),
                delivery=(point, arrival_day % 7),
                legs=(_leg(first, board_k, place), _leg(alight, board.k, point)),
            )


def _itineraries(world: _World, lot: Lot, opened: frozenset[str]) -> tuple[_Itinerary, ...]:
    """Return every itinerary of a lot that only uses opened points."""
    if (lot, opened) not in world.itineraries:
        options = [option for option in world.options if opened.issuperset(option.points)]
        found = list(_direct(world, lot, options))
        if world.scenario.rules.max_transfers:
            found += _with_transfer(world, lot, options)
        world.itineraries[lot, opened] = tuple(found)
    return world.itineraries[lot, opened]


# The cheapest transport of given lots


@dataclass(frozen=True, slots=True, eq=False)
class _Carried:
    """The cheapest transport of given lots."""

    cost_ore: int
    options: tuple[_Option, ...]
    itineraries: tuple[tuple[Lot, _Itinerary], ...]


class _Transport:
    """A search over the itineraries of every parcel, then over visits for delivery days."""

    def __init__(
        self,
        world: _World,
        lots: Mapping[Lot, int],
        opened: frozenset[str],
        boxes: Mapping[Key, int],
    ) -> None:
        self.left: dict[Key, int | Fraction] = {**world.limits, **boxes}
        self.min_days = world.scenario.rules.min_deliveries_per_week
        self.points = sorted({point for point, _, _, _ in lots})
        self.visits = [
            option
            for option in world.options
            if option.after_depot and opened.issuperset(option.points)
        ]
        self.itineraries = {lot: _itineraries(world, lot, opened) for lot in lots}
        order = sorted(lots, key=lambda lot: (len(self.itineraries[lot]), lot))
        self.parcels = [lot for lot in order for _ in range(lots[lot])]
        carrying = [
            min((way.cost_ore for way in self.itineraries[lot]), default=0) for lot in self.parcels
        ]
        self.still_carrying = [sum(carrying[n:]) for n in range(len(carrying) + 1)]
        self.chosen: dict[_Option, None] = {}
        self.ways: list[_Itinerary] = []
        self.best_ore: float = inf
        self.best: _Carried | None = None
        self.needs: dict[tuple[_Itinerary | None, tuple[_Option, ...]], Uses] = {}

    def solve(self) -> _Carried | None:
        """Return the cheapest transport, or None if there is none."""
        self._place(0, 0, 0, self.itineraries)
        return self.best

    def _need(self, way: _Itinerary | None, new: tuple[_Option, ...]) -> Uses:
        """Return the limited uses of an itinerary and of the services it adds."""
        if (way, new) not in self.needs:
            total: Counter[Key] = Counter()
            for uses in (*(option.uses for option in new), way.uses if way else ()):
                for key, use in uses:
                    total[key] += use  # type: ignore[assignment]  # a fraction of a second
            self.needs[way, new] = tuple(
                (key, use) for key, use in total.items() if key in self.left and use
            )
        return self.needs[way, new]

    def _new(self, way: _Itinerary) -> tuple[_Option, ...]:
        return tuple(option for option in way.options if option not in self.chosen)

    def _fits(self, need: Uses) -> bool:
        return all(self.left[key] >= use for key, use in need)

    def _use(self, need: Uses, sign: int) -> None:
        for key, use in need:
            self.left[key] -= sign * use

    def _place(
        self,
        number: int,
        start: int,
        spent_ore: int,
        alive: Mapping[Lot, Sequence[_Itinerary]],
    ) -> None:
        """Place parcel `number` and all after it; `start` keeps like parcels in order."""
        if number == len(self.parcels):
            self._deliver(spent_ore)
            return
        lot = self.parcels[number]
        fitting: dict[Lot, list[_Itinerary]] = {}
        least_added_ore = 0
        for other in dict.fromkeys(self.parcels[number:]):
            ways = [way for way in alive[other] if self._fits(self._need(way, self._new(way)))]
            added = [sum(option.cost_ore for option in self._new(way)) for way in ways]
            least_added_ore = max(least_added_ore, min(added, default=0))
            fitting[other] = ways
            if not ways:
                return
        if spent_ore + self.still_carrying[number] + least_added_ore >= self.best_ore:
            return
        everything = self.itineraries[lot]
        place_of = {id(way): place for place, way in enumerate(everything)}
        in_turn = sorted(
            fitting[lot], key=lambda way: sum(option.cost_ore for option in self._new(way))
        )
        for way in in_turn:
            place = place_of[id(way)]
            if place >= start:
                is_same_next = number + 1 < len(self.parcels) and self.parcels[number + 1] == lot
                self._take(number, place if is_same_next else 0, spent_ore, way, fitting)

    def _take(
        self,
        number: int,
        start: int,
        spent_ore: int,
        way: _Itinerary,
        alive: Mapping[Lot, Sequence[_Itinerary]],
    ) -> None:
        new = self._new(way)
        spent_ore += way.cost_ore + sum(option.cost_ore for option in new)
        if spent_ore + self.still_carrying[number + 1] >= self.best_ore:
            return
        need = self._need(way, new)
        self._use(need, 1)
        self.chosen.update(dict.fromkeys(new))
        self.ways.append(way)
        self._place(number + 1, start, spent_ore, alive)
        self.ways.pop()
        for option in new:
            del self.chosen[option]
        self._use(need, -1)

    def _deliver(self, spent_ore: int) -> None:
        """Add visits until every point has its delivery days; keep the cheapest."""
        if spent_ore >= self.best_ore:
            return
        days_of: dict[str, set[int]] = {point: set() for point in self.points}
        for way in self.ways:
            days_of[way.delivery[0]].add(way.delivery[1])
        for option in self.chosen:
            for point in option.points:
                if option.after_depot and point in days_of:
                    days_of[point].add(option.arrival_day)
        short = [point for point in self.points if len(days_of[point]) < self.min_days]
        if not short:
            self.best_ore = spent_ore
            ways = tuple(zip(self.parcels, self.ways, strict=True))
            self.best = _Carried(spent_ore, tuple(self.chosen), ways)
            return
        for visit in self.visits:
            helps = short[0] in visit.points and visit.arrival_day not in days_of[short[0]]
            need = self._need(None, (visit,))
            if helps and visit not in self.chosen and self._fits(need):
                self._use(need, 1)
                self.chosen[visit] = None
                self._deliver(spent_ore + visit.cost_ore)
                del self.chosen[visit]
                self._use(need, -1)


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
        self.relaxed: dict[tuple[frozenset[tuple[Lot, int]], frozenset[str]], _Carried | None] = {}

    def _without_box_limits(
        self, lots: Mapping[Lot, int], opened: frozenset[str]
    ) -> _Carried | None:
        key = (frozenset(lots.items()), opened)
        if key not in self.relaxed:
            self.relaxed[key] = _Transport(self.world, lots, opened, {}).solve()
        return self.relaxed[key]

    def cheapest(
        self, assignments: Iterable[_Assignment], bound_ore: float
    ) -> tuple[int, Plan] | None:
        """Return the cheapest plan below a bound, if there is one."""
        best: tuple[int, Plan] | None = None
        for assignment in sorted(assignments, key=lambda each: each.cost_ore):
            lots = _lots(self.world, assignment.point_of)
            if assignment.cost_ore >= bound_ore:
                break
            floor = self._without_box_limits(lots, self.openable)
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
                    best = (
                        fixed_ore + carried.cost_ore,
                        _plan(self.world, assignment, boxes, carried),
                    )
        return best

    def _carry(self, lots: Mapping[Lot, int], boxes: _Boxes, bound_ore: float) -> _Carried | None:
        floor = self._without_box_limits(lots, boxes.points)
        if floor is None or floor.cost_ore >= bound_ore:
            return None
        return _Transport(self.world, lots, boxes.points, boxes.limits).solve()


def _plan(world: _World, assignment: _Assignment, boxes: _Boxes, carried: _Carried) -> Plan:
    shipments: Counter[tuple[Lot, tuple[Leg, ...]]] = Counter(
        (lot, way.legs) for lot, way in carried.itineraries
    )
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
                latest_arrival_min=option.latest_min,
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
    """
    world = _build_world(scenario)
    goal = scenario.goal
    inhabitants = sum(village.inhabitants for village in scenario.villages)
    share = Fraction(str(goal.coverage_share or 0))
    permitted = [each for each in _assignments(world) if each.covered >= share * inhabitants]
    bound_ore: float = inf
    if goal.budget_sek_per_year is not None:
        today_ore = sum(_village_ore(world, village.id, None) for village in scenario.villages)
        bound_ore = today_ore + ore_per_week(goal.budget_sek_per_year) + 1
    search = _Search(world)
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
