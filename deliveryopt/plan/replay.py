"""A plan lived through: times, metres, seconds and loads that follow from the scenario.

Nothing here trusts a number in the plan, and nothing here knows of the optimiser.
Parts of a plan that name unknown things are left out; `plan_is_well_formed` reports them.
"""

import math
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeVar

from deliveryopt.plan.plan import Plan, Shipment
from deliveryopt.plan.replay_homes import HomeRide, replay_home
from deliveryopt.plan.replay_services import ServiceReplay, replay_service
from deliveryopt.plan.replay_shipments import Ride, RunDay, ShipmentReplay, replay_shipment
from deliveryopt.plan.replay_vans import (
    VanRouteReplay,
    VanShipmentReplay,
    VanTripReplay,
    replay_route,
    replay_van_shipment,
)
from deliveryopt.plan.world import DAY_NUMBER, Load, World, load_sum
from deliveryopt.scenario.home_delivery import HomeOrder
from deliveryopt.scenario.homes import order_load
from deliveryopt.scenario.terms import SIZES, Size
from deliveryopt.scenario.travel import reach_m
from deliveryopt.units import DAYS, DAYS_PER_WEEK, PER_MILLE

Part = TypeVar("Part")
Lived = TypeVar("Lived")

MAX_BOXES: Final = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class Replay:
    """A plan lived through; made by `replay_plan`."""

    world: World
    """The scenario by id."""
    plan: Plan
    """The plan."""
    served: dict[str, str]
    """Pickup point by village that the plan serves."""
    boxes: dict[str, dict[str, int]]
    """Boxes by pickup point and box type."""
    services: tuple[ServiceReplay, ...]
    """Services, by run-day."""
    shipments: tuple[ShipmentReplay, ...]
    """Shipments, in the plan's order."""
    services_of: dict[RunDay, list[ServiceReplay]]
    """Services by run-day."""
    rides_of: dict[RunDay, list[tuple[Ride, Shipment]]]
    """Rides by run-day, with their shipments."""
    home_rides: tuple[HomeRide, ...]
    """Home orders delivered by runs, in the plan's order."""
    home_rides_of: dict[RunDay, list[HomeRide]]
    """Home orders delivered by runs, by run-day."""
    van_routes: tuple[VanRouteReplay, ...]
    """Van routes, in the plan's order."""
    van_shipments: tuple[VanShipmentReplay, ...]
    """Shipments by vans, in the plan's order."""
    in_box: dict[str, str]
    """Pickup point by home order that is collected there."""

    @property
    def open_points(self) -> set[str]:
        """Existing agents and sites with at least one box."""
        agents = {point.id for point in self.world.points.values() if point.kind == "agent"}
        return agents | (self.boxes.keys() - agents)

    def is_covered(self, village: str) -> bool:
        """Return whether a village is covered."""
        if village in self.served:
            return True
        nearest = self.world.nearest[village]
        return nearest is not None and nearest[1] <= reach_m(self.world.scenario)

    def point_of(self, village: str) -> str | None:
        """Return where a village collects, by the plan or as today; None if nowhere."""
        nearest = self.world.nearest[village]
        return self.served.get(village) or (nearest[0] if nearest else None)

    @property
    def left(self) -> list[HomeOrder]:
        """Home orders that the plan neither delivers nor brings to a pickup point."""
        taken = {done.order.id for done in self.home_rides} | self.in_box.keys()
        taken |= {order.id for done in self.van_routes for order in done.orders}
        return [order for order in self.world.homes.values() if order.id not in taken]

    @property
    def run_days(self) -> list[RunDay]:
        """Run-days that serve, carry or deliver, by run and then by day of the week."""
        used = self.services_of.keys() | self.rides_of.keys() | self.home_rides_of.keys()
        return sorted(used, key=lambda run_day: (run_day[0], DAY_NUMBER[run_day[1]]))

    def handled_parcels(self, run_day: RunDay) -> int:
        """Return the parcels that alight or board by a service of a run-day."""
        return sum(
            shipment.parcels * ((ride.boards_by is not None) + (ride.alights_by is not None))
            for ride, shipment in self.rides_of.get(run_day, ())
        )

    def extra_of(self, run_day: RunDay) -> tuple[int, int]:
        """Return the extra metres and seconds of a run-day's services and home deliveries."""
        ways = [done.way for done in self.services_of.get(run_day, ())]
        ways += [done.way for done in self.home_rides_of.get(run_day, ())]
        return sum(way.extra_m for way in ways), sum(way.extra_s for way in ways)

    def delay_s(self, run_day: RunDay) -> Fraction:
        """Return the seconds by which services, deliveries and handling may delay a run-day."""
        parcel_s = Fraction(str(self.world.terms[run_day[0]].parcel_s))
        return self.extra_of(run_day)[1] + self.handled_parcels(run_day) * parcel_s

    def aboard(self, run_day: RunDay) -> list[dict[Size, int]]:
        """Return the parcels aboard in each gap of a run-day, by size."""
        gaps: list[dict[Size, int]] = [
            dict.fromkeys(SIZES, 0) for _ in self.world.runs[run_day[0]].stop_times
        ]
        for ride, shipment in self.rides_of.get(run_day, ()):
            for gap in ride.gaps:
                gaps[gap][shipment.size] += shipment.parcels
        return gaps

    def loads(self, run_day: RunDay) -> list[Load]:
        """Return what parcels and home orders aboard take in each gap of a run-day."""
        gaps = [
            [(self.world.parcel_loads[size], parcels) for size, parcels in aboard.items()]
            for aboard in self.aboard(run_day)
        ]
        for done in self.home_rides_of.get(run_day, ()):
            for gap in done.gaps:
                gaps[gap].append((order_load(done.order), 1))
        return [load_sum(gap) for gap in gaps]

    def load_of_trip(self, trip: VanTripReplay) -> Load:
        """Return what is aboard when a van's trip leaves its origin: home orders and parcels."""
        loads = [(order_load(order), 1) for order in trip.orders]
        loads += [
            (self.world.parcel_loads[sent.shipment.size], sent.shipment.parcels)
            for sent in self.van_shipments
            if sent.trip is trip
        ]
        return load_sum(loads)

    def _arrivals(self, point: str) -> Iterator[tuple[int, Size, int]]:
        """Yield day, size and parcels of everything that comes to a point to be collected."""
        for sent in self.shipments:
            if sent.shipment.pickup_point == point and sent.arrival is not None:
                yield sent.arrival, sent.shipment.size, sent.shipment.parcels
        for by_van in self.van_shipments:
            if by_van.shipment.pickup_point == point:
                yield by_van.arrival, by_van.shipment.size, by_van.shipment.parcels

    def still_here(self, point: str) -> list[dict[Size, int]]:
        """Return the parcels still at a point on each day, by size, in thousandths of a parcel.

        Of parcels put in on one day the share (1 - `collected_first_day_share`)^k, in thousandths
        rounded up, is still there k days later, and nothing from `max_dwell_days` on.
        """
        rates = self.world.scenario.rates
        stays = 1 - Fraction(str(rates.collected_first_day_share))
        shares = [math.ceil(PER_MILLE * stays**k) for k in range(rates.max_dwell_days)]
        week: list[dict[Size, int]] = [dict.fromkeys(SIZES, 0) for _ in DAYS]
        for arrival, size, parcels in self._arrivals(point):
            for k, share in enumerate(shares):
                week[(arrival + k) % DAYS_PER_WEEK][size] += parcels * share
        return week

    def compartments(self, point: str) -> dict[Size, int]:
        """Return the compartments at a point, by size."""
        total: dict[Size, int] = dict.fromkeys(SIZES, 0)
        for box_type_id, num_boxes in self.boxes.get(point, {}).items():
            box_type = self.world.box_types[box_type_id]
            total["S"] += num_boxes * box_type.compartments_s
            total["M"] += num_boxes * box_type.compartments_m
            total["L"] += num_boxes * box_type.compartments_l
        return total

    def delivery_days(self, point: str) -> list[int]:
        """Return the days of the week with a delivery to a pickup point, 0 to 6, sorted."""
        brought = {
            id(sent.rides[-1].alights_by)
            for sent in self.shipments
            if sent.shipment.pickup_point == point and sent.rides[-1].leg.alight_point == point
        }
        days = {
            done.arrival_day % DAYS_PER_WEEK
            for done in self.services
            if point in done.service.points and (id(done) in brought or self._passed_a_depot(done))
        }
        days |= {
            DAY_NUMBER[done.route.day]
            for done in self.van_routes
            if any(trip.stops_at(point) for trip in done.trips)
        }
        return sorted(days)

    def _passed_a_depot(self, done: ServiceReplay) -> bool:
        """Return whether the run stands at a village's depot earlier in position than a service."""
        return any(
            number < done.way.gap_end
            for depot in {village.depot for village in self.world.villages.values()}
            for number in self.world.stands_at(depot, done.run)
        )


def _by_run_day(
    parts: Iterable[Part], run_day_of: Callable[[Part], RunDay]
) -> dict[RunDay, list[Part]]:
    """Return parts of a plan by run-day."""
    found: dict[RunDay, list[Part]] = {}
    for part in parts:
        found.setdefault(run_day_of(part), []).append(part)
    return found


def _known(lived: Iterable[Lived | None]) -> tuple[Lived, ...]:
    """Return what names only things that exist."""
    return tuple(done for done in lived if done is not None)


def _boxes(world: World, plan: Plan) -> dict[str, dict[str, int]]:
    """Return the boxes of known types at known points."""
    boxes: dict[str, dict[str, int]] = {}
    for opened in plan.opened:
        known = opened.pickup_point in world.points and opened.box_type in world.box_types
        if known and opened.boxes <= MAX_BOXES:
            here = boxes.setdefault(opened.pickup_point, {})
            here[opened.box_type] = here.get(opened.box_type, 0) + opened.boxes
    return boxes


def _first_point(
    choices: Iterable[tuple[str, str]], known: Container[str], points: Container[str]
) -> dict[str, str]:
    """Return the first known pickup point of each known village or home order."""
    found: dict[str, str] = {}
    for who, point in choices:
        if who in known and point in points:
            found.setdefault(who, point)
    return found


def replay_plan(world: World, plan: Plan) -> Replay:
    """Return a plan lived through, without the parts that name unknown things."""
    services_of = _by_run_day(
        _known(replay_service(world, service) for service in plan.services),
        lambda done: (done.service.run, done.service.day),
    )
    shipments = _known(replay_shipment(world, row, services_of) for row in plan.shipments)
    home_rides = _known(replay_home(world, delivery) for delivery in plan.homes_by_run)
    routes = _known(replay_route(world, route) for route in plan.van_routes)
    villages = ((row.village, row.pickup_point) for row in plan.collections)
    orders = ((row.order, row.pickup_point) for row in plan.homes_in_box)
    return Replay(
        world=world,
        plan=plan,
        served=_first_point(villages, world.villages, world.points),
        boxes=_boxes(world, plan),
        services=tuple(done for services in services_of.values() for done in services),
        shipments=shipments,
        services_of=services_of,
        rides_of=_by_run_day(
            ((ride, sent.shipment) for sent in shipments for ride in sent.rides),
            lambda ridden: (ridden[0].leg.run, ridden[0].leg.day),
        ),
        home_rides=home_rides,
        home_rides_of=_by_run_day(home_rides, lambda done: (done.delivery.run, done.delivery.day)),
        van_routes=routes,
        van_shipments=_known(replay_van_shipment(world, row, routes) for row in plan.van_shipments),
        in_box=_first_point(orders, world.homes, world.points),
    )
