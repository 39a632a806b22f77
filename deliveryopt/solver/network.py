"""Scenario -> Network: integer arrays and index<->id maps; the border between ids and indices.

Everything here is whole: öre, metres, seconds, minutes, parcels, tenths of a litre or kilogram.
Indices follow the order of ids in the scenario, which is sorted.
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, cos, radians

import numpy as np
from numpy.typing import NDArray

from deliveryopt.language import gettext as _
from deliveryopt.scenario.demand import build_demand
from deliveryopt.scenario.prices import (
    box_ore_per_week,
    run_ore_per_parcel,
    site_ore_per_week,
    village_ore_per_week,
)
from deliveryopt.scenario.schema import Run, Scenario, terms_of
from deliveryopt.scenario.terms import SIZES, RunTerms
from deliveryopt.scenario.travel import Travel, build_travel, nearest_agent, reach_m
from deliveryopt.solver import goal
from deliveryopt.solver.fleet import HomeNet, Room, VanNet, build_homes, build_vans
from deliveryopt.units import (
    DAYS,
    DAYS_PER_WEEK,
    PER_MILLE,
    s_from_min,
    tenths_down,
    tenths_up,
)

IntArray = NDArray[np.int64]
SAFE_SUM = 2**53
EARTH_M_PER_DEG = 111_320.0


class OverflowInCostsError(ValueError):
    """Costs are so large that sums would lose their last öre."""


@dataclass(frozen=True, slots=True, eq=False)
class RunNet:
    """One run in indices and whole units."""

    run_idx: int
    days: tuple[int, ...]
    """Service days on which it may carry parcels."""
    place_ids: tuple[str, ...]
    """Place of each stop, for distances."""
    stop_sequences: tuple[int, ...]
    arrival_min: tuple[int, ...]
    departure_min: tuple[int, ...]
    points_at_stop: tuple[tuple[int, ...], ...]
    """Pickup points that stand at each stop."""
    depots_at_stop: tuple[tuple[int, ...], ...]
    """Depots that stand at each stop."""
    homes_at_stop: tuple[tuple[int, ...], ...]
    """Home orders whose homes stand at each stop."""
    budget_s: int
    budget_min: int
    """Delay budget rounded up to whole minutes, for latest arrivals."""
    stop_s: int
    parcel_s: float
    max_size: int
    """Index of the largest size."""
    parcel_ore: int
    room: Room
    """Free room: tenths of a litre, tenths of a kilogram, parcels; None is no limit."""
    terms: RunTerms

    def last_depot_stop(self, depot: int, before: int) -> int | None:
        """Return the last stop below `before` where a depot stands, if any."""
        for stop in range(min(before, len(self.depots_at_stop)) - 1, -1, -1):
            if depot in self.depots_at_stop[stop]:
                return stop
        return None


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """A village and a pickup point within its reach."""

    village: int
    point: int
    metres: int
    cost_ore: int
    """What collecting there costs a week."""


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A scenario in integers; made by `build_network`."""

    scenario: Scenario
    travel: Travel
    village_ids: tuple[str, ...]
    point_ids: tuple[str, ...]
    depot_ids: tuple[str, ...]
    run_ids: tuple[str, ...]
    box_type_ids: tuple[str, ...]
    demand: IntArray
    """Parcels; shape (villages, sizes, days)."""
    depot_of: IntArray
    """Depot of each village; shape (villages,)."""
    inhabitants: IntArray
    weight: IntArray
    """Inhabitants times priority in thousandths, for the coverage goal; shape (villages,)."""
    today_agent: tuple[int | None, ...]
    today_ore: IntArray
    today_covered: NDArray[np.bool_]
    pairs: tuple[Pair, ...]
    """Villages and pickup points within reach, but for needless ones; see `_without_needless`."""
    within_reach: tuple[Pair, ...]
    """The same with the needless ones."""
    ready_min: IntArray
    """Ready times; shape (depots, days)."""
    runs: tuple[RunNet, ...]
    operating: tuple[bool, ...]
    """Whether each day of the week is an operating day."""
    next_operating: tuple[int, ...]
    """Days from each day to the next operating day, 0 if it is one."""
    parcel_size: IntArray
    """Tenths of a litre and of a kilogram, and 1, per parcel; shape (sizes, 3)."""
    still_there: tuple[int, ...]
    """Thousandths of the parcels of one day still in the box after 0, 1, 2 ... days."""
    compartments: IntArray
    """Compartments; shape (box types, sizes)."""
    box_ore: tuple[int, ...]
    site_ore: tuple[int, ...]
    budget_ore: int | None
    """Most that the plan may cost a week above today."""
    needed_inhabitants: int
    """Fewest inhabitants to cover for the coverage share; 0 without one."""
    homes: tuple[HomeNet, ...] = ()
    """Home orders."""
    vans: tuple[VanNet, ...] = ()
    """Vans."""

    @property
    def today_total_ore(self) -> int:
        """Return what today costs a week, öre: villages, and home orders that are left."""
        return int(self.today_ore.sum()) + sum(home.left_ore for home in self.homes)

    @property
    def place_ids(self) -> tuple[str, ...]:
        """Return the ids of pickup points and, after them, of home orders."""
        return self.point_ids + tuple(home.order.id for home in self.homes)

    @property
    def wanted_points(self) -> set[int]:
        """Return the pickup points where villages or home orders may be collected."""
        in_boxes = {point for home in self.homes for point in home.in_box_ore}
        return {pair.point for pair in self.pairs} | in_boxes

    def lead_days(self, ready_day: int, days_later: int) -> int:
        """Return the lead days of an arrival so many days after the ready day."""
        arrival = (ready_day + days_later) % DAYS_PER_WEEK
        end = days_later + self.next_operating[arrival]
        return sum(self.operating[(ready_day + day) % DAYS_PER_WEEK] for day in range(1, end + 1))


def rough_m(
    lat_deg: float, lon_deg: float, lats: NDArray[np.float64], lons: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return straight-line distances within about one percent, metres: a sieve, never a result."""
    north = (lats - lat_deg) * EARTH_M_PER_DEG
    east = (lons - lon_deg) * EARTH_M_PER_DEG * cos(radians(lat_deg))
    distances: NDArray[np.float64] = np.hypot(north, east)
    return distances


@dataclass(frozen=True, slots=True, eq=False)
class _Places:
    """Which of some places stand near a stop; remembers its answers."""

    travel: Travel
    ids: tuple[str, ...]
    radius_m: int
    lats: NDArray[np.float64]
    lons: NDArray[np.float64]
    seen: dict[str, tuple[int, ...]]

    @classmethod
    def of(cls, travel: Travel, ids: tuple[str, ...], radius_m: int) -> "_Places":
        positions = [travel.positions[place] for place in ids]
        return cls(
            travel,
            ids,
            radius_m,
            np.array([lat for lat, _ in positions], dtype=np.float64),
            np.array([lon for _, lon in positions], dtype=np.float64),
            {},
        )

    def standing_at(self, stop_place: str) -> tuple[int, ...]:
        if stop_place not in self.seen:
            rough = rough_m(*self.travel.positions[stop_place], self.lats, self.lons)
            near = np.flatnonzero(rough <= self.radius_m * 1.05 + 50)
            self.seen[stop_place] = tuple(
                int(idx)
                for idx in near
                if self.ids[idx] == stop_place
                or self.travel.apart_m(self.ids[idx], stop_place) <= self.radius_m
            )
        return self.seen[stop_place]


@dataclass(frozen=True, slots=True, eq=False)
class _Standing:
    """Which pickup points, depots and homes stand near a stop."""

    points: _Places
    depots: _Places
    homes: _Places

    @classmethod
    def of(cls, scenario: Scenario, travel: Travel) -> "_Standing":
        radius_m = scenario.rules.on_stop_radius_m
        points = tuple(point.id for point in scenario.pickup_points)
        depots = tuple(depot.id for depot in scenario.depots)
        homes = tuple(home.id for home in scenario.homes)
        return cls(*(_Places.of(travel, ids, radius_m) for ids in (points, depots, homes)))


def _build_run(scenario: Scenario, run: Run, run_idx: int, *, places: "_Standing") -> RunNet:
    terms = terms_of(scenario, run)
    usable = run.id not in scenario.rules.unusable_runs
    days = tuple(day for day, code in enumerate(DAYS) if code in run.days and code in scenario.days)
    return RunNet(
        run_idx=run_idx,
        days=days if usable else (),
        place_ids=tuple(stop.place_id for stop in run.stop_times),
        stop_sequences=tuple(stop.stop_sequence for stop in run.stop_times),
        arrival_min=tuple(stop.arrival_min for stop in run.stop_times),
        departure_min=tuple(stop.departure_min for stop in run.stop_times),
        points_at_stop=tuple(places.points.standing_at(s.place_id) for s in run.stop_times),
        depots_at_stop=tuple(places.depots.standing_at(s.place_id) for s in run.stop_times),
        homes_at_stop=tuple(places.homes.standing_at(s.place_id) for s in run.stop_times),
        budget_s=s_from_min(terms.delay_budget_min),
        budget_min=ceil(Fraction(str(terms.delay_budget_min))),
        stop_s=s_from_min(terms.stop_min),
        parcel_s=terms.parcel_s,
        max_size=SIZES.index(terms.max_size),
        parcel_ore=run_ore_per_parcel(terms),
        room=(
            None if terms.capacity_litres is None else tenths_down(terms.capacity_litres),
            None if terms.capacity_kg is None else tenths_down(terms.capacity_kg),
            terms.capacity_parcels,
        ),
        terms=terms,
    )


def _still_there(scenario: Scenario) -> tuple[int, ...]:
    """Return the dwell survival curve in thousandths, rounded up."""
    rates = scenario.rates
    stays = 1 - Fraction(str(rates.collected_first_day_share))
    return tuple(ceil(PER_MILLE * stays**day) for day in range(rates.max_dwell_days))


def _demand_array(scenario: Scenario) -> IntArray:
    demand = np.zeros((len(scenario.villages), len(SIZES), DAYS_PER_WEEK), dtype=np.int64)
    village_idx = {village.id: idx for idx, village in enumerate(scenario.villages)}
    for (village, day, size), parcels in build_demand(scenario).items():
        demand[village_idx[village], SIZES.index(size), DAYS.index(day)] = parcels
    return demand


def _pairs(scenario: Scenario, travel: Travel, parcels: IntArray) -> tuple[Pair, ...]:
    limit_m = reach_m(scenario)
    points = scenario.pickup_points
    lats = np.array([point.lat_deg for point in points], dtype=np.float64)
    lons = np.array([point.lon_deg for point in points], dtype=np.float64)
    found = []
    for village_idx, village in enumerate(scenario.villages):
        rough = rough_m(village.lat_deg, village.lon_deg, lats, lons)
        for point_idx, point in enumerate(points):
            given = not travel.is_estimate(village.id, point.id)
            if not given and rough[point_idx] > limit_m * 1.05 + 50:
                continue
            metres = travel.road_m(village.id, point.id)
            if metres is None or metres > limit_m or point.state == "must_not":
                continue
            cost_ore = village_ore_per_week(
                scenario, point, parcels=int(parcels[village_idx]), distance_m=metres
            )
            found.append(Pair(village_idx, point_idx, metres, cost_ore))
    return tuple(found)


def _without_needless(
    scenario: Scenario,
    pairs: tuple[Pair, ...],
    today_ore: IntArray,
    today_covered: NDArray[np.bool_],
) -> tuple[Pair, ...]:
    """Return pairs without those that no plan needs.

    A village that is covered today, for no more than collecting at the point would cost, could
    keep today's arrangement in any plan instead: coverage stays, cost does not rise, and every run
    and box has only more room. But its parcels that come by transfer may be what makes a delivery
    day for another village there, so it stays where another village may collect.
    """
    needless = {
        (pair.village, pair.point)
        for pair in pairs
        if today_covered[pair.village] and pair.cost_ore >= int(today_ore[pair.village])
    }
    rules = scenario.rules
    alone_counts = rules.min_deliveries_per_week <= 1 or rules.max_transfers == 0
    wanted = {pair.point for pair in pairs if (pair.village, pair.point) not in needless}
    return tuple(
        pair
        for pair in pairs
        if (pair.village, pair.point) not in needless or (pair.point in wanted and not alone_counts)
    )


def _today(
    scenario: Scenario, travel: Travel, parcels: IntArray
) -> tuple[tuple[int | None, ...], IntArray, NDArray[np.bool_]]:
    """Return each village's agent today, its weekly cost in öre and whether it is covered."""
    limit_m = reach_m(scenario)
    point_idx = {point.id: idx for idx, point in enumerate(scenario.pickup_points)}
    agents: list[int | None] = []
    costs, covered = [], []
    for idx, village in enumerate(scenario.villages):
        nearest = nearest_agent(scenario, travel, village.id)
        if nearest is None:
            agents.append(None)
            costs.append(0)
            covered.append(False)
            continue
        agent_id, metres = nearest
        agents.append(point_idx[agent_id])
        point = scenario.pickup_points[point_idx[agent_id]]
        costs.append(
            village_ore_per_week(scenario, point, parcels=int(parcels[idx]), distance_m=metres)
        )
        covered.append(metres <= limit_m)
    return (
        tuple(agents),
        np.array(costs, dtype=np.int64),
        np.array(covered, dtype=np.bool_),
    )


def _parcel_size(scenario: Scenario) -> IntArray:
    rates = scenario.rates
    return np.array(
        [
            [
                tenths_up(getattr(rates, f"parcel_litres_{size.lower()}")),
                tenths_up(getattr(rates, f"parcel_kg_{size.lower()}")),
                1,
            ]
            for size in SIZES
        ],
        dtype=np.int64,
    )


def with_goal_of(network: Network, scenario: Scenario) -> Network:
    """Return a network for a scenario that differs from its own in goal and priorities only."""
    return replace(
        network,
        scenario=scenario,
        weight=goal.weight(scenario),
        budget_ore=goal.budget_ore(scenario),
        needed_inhabitants=goal.needed_inhabitants(scenario),
    )


def _require_safe_sums(network: "Network") -> None:
    """Raise if costs could pass the whole numbers that a solver keeps exactly."""
    worst = abs(network.today_total_ore) + sum(pair.cost_ore for pair in network.pairs)
    worst += sum(network.box_ore) * len(network.point_ids) + sum(network.site_ore)
    if worst > SAFE_SUM:
        message = _("costs add up to {cost} öre a week, more than {most} can be kept exactly")
        raise OverflowInCostsError(message.format(cost=worst, most=SAFE_SUM))


def build_network(scenario: Scenario) -> Network:
    """Return a scenario as integers.

    Raises
    ------
    OverflowInCostsError
        If sums of costs could pass 2**53 öre.
    """
    travel = build_travel(scenario)
    point_ids = tuple(point.id for point in scenario.pickup_points)
    depot_ids = tuple(depot.id for depot in scenario.depots)
    standing = _Standing.of(scenario, travel)
    demand = _demand_array(scenario)
    parcels: IntArray = demand.sum(axis=(1, 2))
    today_agent, today_ore, today_covered = _today(scenario, travel, parcels)
    within_reach = _pairs(scenario, travel, parcels)
    operating = tuple(day in scenario.days for day in DAYS)
    network = Network(
        scenario=scenario,
        travel=travel,
        village_ids=tuple(village.id for village in scenario.villages),
        point_ids=point_ids,
        depot_ids=depot_ids,
        run_ids=tuple(run.id for run in scenario.runs),
        box_type_ids=tuple(box_type.id for box_type in scenario.box_types),
        demand=demand,
        depot_of=np.array(
            [depot_ids.index(village.depot) for village in scenario.villages], dtype=np.int64
        ),
        inhabitants=np.array([v.inhabitants for v in scenario.villages], dtype=np.int64),
        weight=goal.weight(scenario),
        today_agent=today_agent,
        today_ore=today_ore,
        today_covered=today_covered,
        pairs=_without_needless(scenario, within_reach, today_ore, today_covered),
        within_reach=within_reach,
        ready_min=np.array(
            [[depot.ready_min(day) for day in DAYS] for depot in scenario.depots], dtype=np.int64
        ).reshape(len(depot_ids), DAYS_PER_WEEK),
        runs=tuple(
            _build_run(scenario, run, idx, places=standing) for idx, run in enumerate(scenario.runs)
        ),
        operating=operating,
        next_operating=tuple(
            next(later for later in range(DAYS_PER_WEEK) if operating[(day + later) % 7])
            for day in range(DAYS_PER_WEEK)
        ),
        parcel_size=_parcel_size(scenario),
        still_there=_still_there(scenario),
        compartments=np.array(
            [[b.compartments_s, b.compartments_m, b.compartments_l] for b in scenario.box_types],
            dtype=np.int64,
        ).reshape(len(scenario.box_types), len(SIZES)),
        box_ore=tuple(box_ore_per_week(box_type) for box_type in scenario.box_types),
        site_ore=tuple(site_ore_per_week(point) for point in scenario.pickup_points),
        budget_ore=goal.budget_ore(scenario),
        needed_inhabitants=goal.needed_inhabitants(scenario),
        homes=build_homes(scenario, travel),
        vans=build_vans(scenario),
    )
    _require_safe_sums(network)
    return network
