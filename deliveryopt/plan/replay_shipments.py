"""Shipments by runs lived through: where and when parcels board, change runs and alight."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from deliveryopt.plan.plan import Leg, Shipment
from deliveryopt.plan.replay_services import Position, ServiceReplay
from deliveryopt.plan.world import DAY_NUMBER, World
from deliveryopt.scenario.field_types import Day
from deliveryopt.scenario.schema import Run
from deliveryopt.units import DAYS_PER_WEEK, MIN_PER_DAY

RunDay = tuple[str, Day]
"""Run and service day."""

MAX_PARCELS: Final = 10_000_000


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
        return range(self.stop, self.alights_by.way.gap_end)


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
        return self.service_days[-1] + last.way.latest_min // MIN_PER_DAY

    @property
    def transfer_days(self) -> range:
        """Days in transfer, the first and the last included; empty without a transfer."""
        first = self.rides[0].alights_by
        if len(self.rides) == 1 or first is None:
            return range(0)
        start = self.service_days[0] + first.way.latest_min // MIN_PER_DAY
        end = self.service_days[1] + self.rides[1].departure_min // MIN_PER_DAY
        return range(start, end + 1)

    @property
    def transfer_slack_min(self) -> int | None:
        """Minutes from the first run's latest arrival to the second one's departure."""
        first = self.rides[0].alights_by
        if len(self.rides) == 1 or first is None:
            return None
        days = self.service_days[1] - self.service_days[0]
        return days * MIN_PER_DAY + self.rides[1].departure_min - first.way.latest_min


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
        here = (d for d in services if d.way.stop == stop and transfer_at in d.service.points)
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


def replay_shipment(
    world: World, shipment: Shipment, services_of: Mapping[RunDay, list[ServiceReplay]]
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
