"""A plan lived through: times, metres, seconds and loads that follow from the scenario.

Nothing here trusts a number in the plan, and nothing here knows of the optimiser.
Parts of a plan that name unknown things are left out; `plan_is_well_formed` reports them.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final

from deliveryopt.plan.plan import Leg, Plan, Service, Shipment
from deliveryopt.plan.world import DAY_NUMBER, World
from deliveryopt.scenario.schema import Day, Run
from deliveryopt.scenario.terms import SIZES, Size
from deliveryopt.scenario.travel import reach_m
from deliveryopt.units import DAYS, DAYS_PER_WEEK, MIN_PER_DAY, PER_MILLE, s_from_min

Position = tuple[int, int]
"""Order along a run: twice the stop, plus one in the gap after it; order in a detour."""

MAX_PARCELS: Final = 10_000_000
MAX_BOXES: Final = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class ServiceReplay:
    """One service lived through."""

    service: Service
    """The service."""
    run: Run
    """Its run."""
    stop: int
    """Number of its stop *k* along the run, from 0."""
    extra_m: int
    """Extra metres."""
    extra_s: int
    """Extra seconds: driving and stop time."""
    latest_min: int
    """Latest arrival, minutes after 00:00 of the service day."""
    no_road: tuple[str, str] | None
    """Two places on the way between which no road leads."""
    estimates: tuple[bool, ...]
    """For each drive of a detour, whether its distance is an estimate."""

    @property
    def is_detour(self) -> bool:
        """Whether the run leaves its road."""
        return self.service.kind != "at_stop"

    @property
    def arrival_day(self) -> int:
        """Day of the latest arrival, counted from the Monday of the service day's week."""
        return DAY_NUMBER[self.service.day] + self.latest_min // MIN_PER_DAY

    def position(self, point: str) -> Position:
        """Return the position of a point of this service along the run."""
        return 2 * self.stop + self.is_detour, self.service.points.index(point)


@dataclass(frozen=True, slots=True, eq=False)
class Ride:
    """One leg lived through."""

    leg: Leg
    """The leg."""
    run: Run
    """Its run."""
    stop: int
    """Number of the boarding stop along the run, from 0."""
    departure_min: int
    """Timetabled departure from the boarding stop."""
    boards_by: ServiceReplay | None
    """Service by which it boards at a transfer."""
    alights_by: ServiceReplay | None
    """Service by which it alights, later in position than it boards; none if there is none."""

    @property
    def gaps(self) -> range:
        """Gaps in which the parcels are aboard; empty if they cannot alight."""
        if self.alights_by is None:
            return range(0)
        return range(self.stop, self.alights_by.stop + self.alights_by.is_detour)


@dataclass(frozen=True, slots=True, eq=False)
class ShipmentReplay:
    """One shipment lived through; days count from the Monday of its ready day's week."""

    shipment: Shipment
    """The shipment."""
    rides: tuple[Ride, ...]
    """Its legs."""
    service_days: tuple[int, ...]
    """Service day of each leg."""
    ready: int
    """Ready day, 0 to 6."""

    @property
    def boards_at_min(self) -> int:
        """Timetabled departure of the first leg, minutes after 00:00 of the ready day."""
        days = self.service_days[0] - self.ready
        return days * MIN_PER_DAY + self.rides[0].departure_min

    @property
    def arrival(self) -> int | None:
        """Arrival day at the pickup point; none if the last leg cannot alight."""
        last = self.rides[-1].alights_by
        if last is None:
            return None
        return self.service_days[-1] + last.latest_min // MIN_PER_DAY

    @property
    def transfer_days(self) -> range:
        """Days in transfer, the first and the last included; empty without a transfer."""
        first = self.rides[0].alights_by
        if len(self.rides) == 1 or first is None:
            return range(0)
        start = self.service_days[0] + first.latest_min // MIN_PER_DAY
        end = self.service_days[1] + self.rides[1].departure_min // MIN_PER_DAY
        return range(start, end + 1)

    @property
    def transfer_slack_min(self) -> int | None:
        """Minutes from the first run's latest arrival to the second one's departure."""
        first = self.rides[0].alights_by
        if len(self.rides) == 1 or first is None:
            return None
        days = self.service_days[1] - self.service_days[0]
        return days * MIN_PER_DAY + self.rides[1].departure_min - first.latest_min


RunDay = tuple[str, Day]
"""Run and service day."""


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
    def run_days(self) -> list[RunDay]:
        """Run-days that serve or carry, by run and then by day of the week."""
        used = self.services_of.keys() | self.rides_of.keys()
        return sorted(used, key=lambda run_day: (run_day[0], DAY_NUMBER[run_day[1]]))

    def handled_parcels(self, run_day: RunDay) -> int:
        """Return the parcels that alight or board by a service of a run-day."""
        return sum(
            shipment.parcels * ((ride.boards_by is not None) + (ride.alights_by is not None))
            for ride, shipment in self.rides_of.get(run_day, ())
        )

    def delay_s(self, run_day: RunDay) -> Fraction:
        """Return the seconds by which services and handling may delay a run-day."""
        parcel_s = Fraction(str(self.world.terms[run_day[0]].parcel_s))
        extra_s = sum(done.extra_s for done in self.services_of.get(run_day, ()))
        return extra_s + self.handled_parcels(run_day) * parcel_s

    def aboard(self, run_day: RunDay) -> list[dict[Size, int]]:
        """Return the parcels aboard in each gap of a run-day, by size."""
        gaps: list[dict[Size, int]] = [
            dict.fromkeys(SIZES, 0) for _ in self.world.runs[run_day[0]].stop_times
        ]
        for ride, shipment in self.rides_of.get(run_day, ()):
            for gap in ride.gaps:
                gaps[gap][shipment.size] += shipment.parcels
        return gaps

    def still_here(self, point: str) -> list[dict[Size, int]]:
        """Return the parcels still at a point on each day, by size, in thousandths of a parcel.

        Of parcels put in on one day the share (1 - `collected_first_day_share`)^k, in thousandths
        rounded up, is still there k days later, and nothing from `max_dwell_days` on.
        """
        rates = self.world.scenario.rates
        stays = 1 - Fraction(str(rates.collected_first_day_share))
        shares = [math.ceil(PER_MILLE * stays**k) for k in range(rates.max_dwell_days)]
        week: list[dict[Size, int]] = [dict.fromkeys(SIZES, 0) for _ in DAYS]
        for sent in self.shipments:
            if sent.shipment.pickup_point != point or sent.arrival is None:
                continue
            for k, share in enumerate(shares):
                day = week[(sent.arrival + k) % DAYS_PER_WEEK]
                day[sent.shipment.size] += sent.shipment.parcels * share
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
        return sorted(days)

    def _passed_a_depot(self, done: ServiceReplay) -> bool:
        """Return whether the run stands at a depot earlier in position than a service."""
        first_stop_not_before = done.stop + done.is_detour
        return any(
            number < first_stop_not_before
            for depot in self.world.depots
            for number in self.world.stands_at(depot, done.run)
        )


def _drive(world: World, places: Iterable[str], *, speed_kmh: float) -> tuple[int, int]:
    """Return metres and seconds by way of places; a pair without a road counts nothing."""
    total_m = total_s = 0
    for pair in pairwise(places):
        total_m += world.travel.road_m(*pair) or 0
        total_s += world.travel.road_s(*pair, speed_kmh=speed_kmh) or 0
    return total_m, total_s


def replay_service(world: World, service: Service) -> ServiceReplay | None:
    """Return a service lived through; None if it names something that does not exist."""
    stop = world.stop_number.get((service.run, service.stop_sequence))
    known = stop is not None and all(point in world.points for point in service.points)
    if stop is None or not known:
        return None
    run, terms = world.runs[service.run], world.terms[service.run]
    here = run.stop_times[stop]
    stop_s = s_from_min(terms.stop_min) * len(service.points)
    if service.kind == "at_stop":
        if len(service.points) > 1:
            return None
        way: tuple[str, ...] = ()
        direct: tuple[str, ...] = ()
        base_min, stop_s = here.arrival_min, s_from_min(terms.stop_min)
    elif service.kind == "out_and_back":
        way, direct = (here.place_id, *service.points, here.place_id), ()
        base_min = here.departure_min
    elif stop + 1 == len(run.stop_times):
        return None
    else:
        onward = run.stop_times[stop + 1]
        way = (here.place_id, *service.points, onward.place_id)
        direct, base_min = (here.place_id, onward.place_id), onward.arrival_min
    way_m, way_s = _drive(world, way, speed_kmh=terms.speed_kmh)
    direct_m, direct_s = _drive(world, direct, speed_kmh=terms.speed_kmh)
    drives = (*pairwise(way), *pairwise(direct))
    return ServiceReplay(
        service=service,
        run=run,
        stop=stop,
        extra_m=max(0, way_m - direct_m),
        extra_s=max(0, way_s - direct_s) + stop_s,
        latest_min=base_min + math.ceil(Fraction(str(terms.delay_budget_min))),
        no_road=next((pair for pair in drives if world.travel.road_m(*pair) is None), None),
        estimates=tuple(world.travel.is_estimate(*pair) for pair in drives),
    )


def _replay_ride(
    world: World, leg: Leg, services: Iterable[ServiceReplay], *, transfer_at: str | None
) -> Ride | None:
    """Return a leg lived through; None if it names something that does not exist.

    Parameters
    ----------
    world
        The scenario by id.
    leg
        The leg.
    services
        The services of its run-day.
    transfer_at
        Pickup point where it boards; None if it boards at a depot.
    """
    stop = world.stop_number.get((leg.run, leg.board_sequence))
    if stop is None or leg.alight_point not in world.points:
        return None
    boards_by = None
    from_position: Position | None = (2 * stop, 0)
    if transfer_at is not None:
        here = (d for d in services if d.stop == stop and transfer_at in d.service.points)
        boards_by = next(here, None)
        from_position = boards_by.position(transfer_at) if boards_by else None
    later = [
        (done.position(leg.alight_point), number, done)
        for number, done in enumerate(services)
        if leg.alight_point in done.service.points
        and from_position is not None
        and done.position(leg.alight_point) > from_position
    ]
    return Ride(
        leg=leg,
        run=world.runs[leg.run],
        stop=stop,
        departure_min=world.runs[leg.run].stop_times[stop].departure_min,
        boards_by=boards_by,
        alights_by=min(later)[2] if later else None,
    )


def _replay_shipment(
    world: World, shipment: Shipment, services_of: dict[RunDay, list[ServiceReplay]]
) -> ShipmentReplay | None:
    """Return a shipment lived through; None if it names something that does not exist."""
    known = shipment.depot in world.depots and shipment.pickup_point in world.points
    if not known or shipment.parcels > MAX_PARCELS:
        return None
    rides: list[Ride] = []
    service_days: list[int] = []
    ready = DAY_NUMBER[shipment.ready_day]
    for leg in shipment.legs:
        transfer_at = rides[-1].leg.alight_point if rides else None
        services = services_of.get((leg.run, leg.day), [])
        ride = _replay_ride(world, leg, services, transfer_at=transfer_at)
        if ride is None:
            return None
        if service_days:
            wait = (DAY_NUMBER[leg.day] - service_days[-1]) % DAYS_PER_WEEK
            service_days.append(service_days[-1] + wait)
        else:
            past_midnight = ride.departure_min // MIN_PER_DAY
            wait = (DAY_NUMBER[leg.day] + past_midnight - ready) % DAYS_PER_WEEK
            service_days.append(ready + wait - past_midnight)
        rides.append(ride)
    return ShipmentReplay(
        shipment=shipment, rides=tuple(rides), service_days=tuple(service_days), ready=ready
    )


def replay_plan(world: World, plan: Plan) -> Replay:
    """Return a plan lived through, without the parts that name unknown things."""
    served: dict[str, str] = {}
    for collection in plan.collections:
        if collection.village in world.villages and collection.pickup_point in world.points:
            served.setdefault(collection.village, collection.pickup_point)
    boxes: dict[str, dict[str, int]] = {}
    for opened in plan.opened:
        known = opened.pickup_point in world.points and opened.box_type in world.box_types
        if known and opened.boxes <= MAX_BOXES:
            here = boxes.setdefault(opened.pickup_point, {})
            here[opened.box_type] = here.get(opened.box_type, 0) + opened.boxes
    services_of: dict[RunDay, list[ServiceReplay]] = {}
    for done in (replay_service(world, service) for service in plan.services):
        if done is not None:
            services_of.setdefault((done.service.run, done.service.day), []).append(done)
    sent = (_replay_shipment(world, shipment, services_of) for shipment in plan.shipments)
    shipments = tuple(done for done in sent if done is not None)
    rides_of: dict[RunDay, list[tuple[Ride, Shipment]]] = {}
    for done_shipment in shipments:
        for ride in done_shipment.rides:
            rides = rides_of.setdefault((ride.leg.run, ride.leg.day), [])
            rides.append((ride, done_shipment.shipment))
    return Replay(
        world=world,
        plan=plan,
        served=served,
        boxes=boxes,
        services=tuple(done for services in services_of.values() for done in services),
        shipments=shipments,
        services_of=services_of,
        rides_of=rides_of,
    )
