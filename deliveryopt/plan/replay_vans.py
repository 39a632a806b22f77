"""Van routes lived through: what vans drive, where they stop and what is aboard."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from deliveryopt.plan.plan import VanRoute, VanShipment, VanStop, VanTrip
from deliveryopt.plan.replay_shipments import MAX_PARCELS
from deliveryopt.plan.world import DAY_NUMBER, World
from deliveryopt.scenario.home_delivery import HomeOrder
from deliveryopt.scenario.schema import PickupPoint
from deliveryopt.scenario.vans import Van
from deliveryopt.units import DAYS_PER_WEEK, MIN_PER_DAY


@dataclass(frozen=True, slots=True, eq=False)
class VanStopReplay:
    """One stop of a van: at a home or at a pickup point."""

    stop: VanStop
    """The stop."""
    order: HomeOrder | None
    """Home order delivered there."""
    point: PickupPoint | None
    """Pickup point."""


@dataclass(frozen=True, slots=True, eq=False)
class VanTripReplay:
    """One trip of a van lived through."""

    trip: VanTrip
    """The trip."""
    number: int
    """Its number in the route, from 1."""
    stops: tuple[VanStopReplay, ...]
    """Its stops at known places."""

    @property
    def orders(self) -> list[HomeOrder]:
        """Home orders delivered."""
        return [done.order for done in self.stops if done.order is not None]

    def stops_at(self, point: str) -> bool:
        """Return whether a pickup point is a stop of this trip."""
        return any(done.point is not None and done.point.id == point for done in self.stops)

    @property
    def way(self) -> tuple[str, ...]:
        """Places from the origin by way of the stops and back."""
        return self.trip.origin, *(done.stop.place for done in self.stops), self.trip.origin


@dataclass(frozen=True, slots=True, eq=False)
class VanRouteReplay:
    """What a van drives on one day, lived through."""

    route: VanRoute
    """The route."""
    van: Van
    """Its van."""
    trips: tuple[VanTripReplay, ...]
    """Its trips from known origins."""
    metres: int
    """Metres; a pair of places without a road counts nothing."""
    estimates: tuple[bool, ...]
    """For each drive between two places, whether its distance is an estimate."""

    @property
    def minutes(self) -> int:
        """Minutes from leaving the base to coming back."""
        return max(0, self.route.end_min - self.route.start_min)

    @property
    def stops(self) -> list[VanStopReplay]:
        """All stops in order."""
        return [done for trip in self.trips for done in trip.stops]

    @property
    def orders(self) -> list[HomeOrder]:
        """Home orders delivered."""
        return [order for trip in self.trips for order in trip.orders]


@dataclass(frozen=True, slots=True, eq=False)
class VanShipmentReplay:
    """Parcels brought by a van; days count from the Monday of their ready day's week."""

    shipment: VanShipment
    """The shipment."""
    trip: VanTripReplay | None
    """The trip that it rides; none if the van has no such trip on that day."""

    @property
    def depot(self) -> str | None:
        """Origin of its trip."""
        return None if self.trip is None else self.trip.trip.origin

    @property
    def ready(self) -> int:
        """Ready day, 0 to 6."""
        return DAY_NUMBER[self.shipment.ready_day]

    @property
    def arrival(self) -> int:
        """Day of the route: the ready day or one of the six days after it."""
        return self.ready + (DAY_NUMBER[self.shipment.day] - self.ready) % DAYS_PER_WEEK

    @property
    def departs_at_min(self) -> int | None:
        """When the trip leaves its origin, minutes after 00:00 of the ready day."""
        if self.trip is None:
            return None
        return (self.arrival - self.ready) * MIN_PER_DAY + self.trip.trip.departure_min


def _replay_stop(world: World, stop: VanStop) -> VanStopReplay | None:
    """Return a stop; None if its place is neither a home order nor a pickup point."""
    order, point = world.homes.get(stop.place), world.points.get(stop.place)
    if order is None and point is None:
        return None
    return VanStopReplay(stop=stop, order=order, point=None if order is not None else point)


def replay_route(world: World, route: VanRoute) -> VanRouteReplay | None:
    """Return a route lived through; None if its van does not exist."""
    van = world.vans.get(route.van)
    if van is None:
        return None
    trips = []
    for number, trip in enumerate(route.trips, start=1):
        if trip.origin in world.depots:
            stops = (_replay_stop(world, stop) for stop in trip.stops)
            known = tuple(done for done in stops if done is not None)
            trips.append(VanTripReplay(trip=trip, number=number, stops=known))
    places = [van.base, *(place for trip in trips for place in trip.way), van.base]
    drives = [(here, there) for here, there in pairwise(places) if here != there]
    return VanRouteReplay(
        route=route,
        van=van,
        trips=tuple(trips),
        metres=sum(world.travel.road_m(*pair) or 0 for pair in drives),
        estimates=tuple(world.travel.is_estimate(*pair) for pair in drives),
    )


def replay_van_shipment(
    world: World, shipment: VanShipment, routes: Iterable[VanRouteReplay]
) -> VanShipmentReplay | None:
    """Return parcels brought by a van; None if they name something that does not exist."""
    known = shipment.van in world.vans and shipment.pickup_point in world.points
    if not known or shipment.parcels > MAX_PARCELS:
        return None
    trips = (
        trip
        for done in routes
        if (done.van.id, done.route.day) == (shipment.van, shipment.day)
        for trip in done.trips
        if trip.number == shipment.trip
    )
    return VanShipmentReplay(shipment=shipment, trip=next(trips, None))
