"""Depot -> pickup point connections over one run, or two with a transfer.

A *ride* is one leg on one run-day. A direct itinerary is one ride from the depot to the pickup
point. A transfer itinerary is a ride from the depot to a transfer place and a second ride onward;
rides meet at the transfer place through the stock that waits there, so that connections need no
list of their own: parcels of one depot, size and ready day are alike until they board again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor, inf
from typing import Literal

from deliveryopt.solver.detours import Detours, Option
from deliveryopt.solver.home_ways import HomeRide, enumerate_home_rides
from deliveryopt.solver.network import Network, RunNet
from deliveryopt.units import DAYS_PER_WEEK, MIN_PER_DAY

RideKind = Literal["direct", "to_transfer", "from_transfer"]
MAX_RIDES = 400_000


@dataclass(frozen=True, slots=True, eq=False)
class Ride:
    """One leg on one run-day; parcels may take it on several ready days."""

    kind: RideKind
    run: int
    day: int
    """Service day."""
    board_stop: int
    board_option: Option | None
    """Service by which parcels board at a transfer place; None at a depot."""
    origin: int
    """Depot, or the transfer place for `from_transfer`."""
    option: Option
    """Service by which parcels alight."""
    point: int
    """Pickup point, or the transfer place for `to_transfer`."""
    board_min: int

    @property
    def gaps(self) -> range:
        """Return the gaps in which the parcels are aboard."""
        return range(self.board_stop, self.option.first_stop_after)

    @property
    def arrival_day(self) -> int:
        """Return the day of the week of the latest arrival."""
        return (self.day + self.option.latest_arrival_min // MIN_PER_DAY) % DAYS_PER_WEEK

    def board_after_min(self, ready_day: int) -> int:
        """Return the minutes from 00:00 of the ready day to boarding, within seven days."""
        days = (self.day + self.board_min // MIN_PER_DAY - ready_day) % DAYS_PER_WEEK
        return days * MIN_PER_DAY + self.board_min % MIN_PER_DAY

    def arrival_after_min(self, ready_day: int) -> int:
        """Return the minutes from 00:00 of the ready day to the latest arrival."""
        return self.board_after_min(ready_day) + self.option.latest_arrival_min - self.board_min


@dataclass(frozen=True, slots=True, eq=False)
class Itineraries:
    """Every ride; made by `enumerate_itineraries`."""

    direct: tuple[Ride, ...]
    to_transfer: tuple[Ride, ...]
    from_transfer: tuple[Ride, ...]
    truncated: tuple[str, ...]
    homes: tuple[HomeRide, ...] = ()
    """Ways in which runs can deliver home orders."""


def room_for(network: Network, ride: Ride) -> tuple[float, float, int]:
    """Return what one run-day can bring by a service: tenths of a litre, of a kilogram, parcels.

    Parcels also fit what the service leaves of the delay budget.
    """
    run = network.runs[ride.run]
    litres, kilograms, parcels = (inf if limit is None else limit for limit in run.room)
    if run.parcel_s > 0:
        parcels = min(parcels, floor((run.budget_s - ride.option.extra_s) / run.parcel_s + 1e-9))
    return litres, kilograms, int(min(parcels, 10**6))


def _from_depots(run: RunNet, option: Option, depots: set[int]) -> Iterator[tuple[int, int]]:
    """Yield each depot and the stop at which its parcels board for a service.

    Of the stops at the depot before the service, the last one on each calendar day is the only one
    worth boarding at: more parcels are ready then, and they are aboard in fewer gaps.
    """
    for depot in sorted(depots):
        last: dict[int, int] = {}
        for stop, standing in enumerate(run.depots_at_stop[: option.first_stop_after]):
            if depot in standing:
                last[run.departure_min[stop] // MIN_PER_DAY] = stop
        for stop in last.values():
            yield depot, stop


def _transfer_points(network: Network) -> set[int]:
    """Return the pickup points where parcels may change runs."""
    if network.scenario.rules.max_transfers == 0:
        return set()
    return {
        idx
        for idx, point in enumerate(network.scenario.pickup_points)
        if point.transfer_parcels > 0
        and point.state != "must_not"
        and (point.kind == "agent" or point.max_boxes > 0)
    }


def _depot_rides(
    run: RunNet, option: Option, *, kind: RideKind, depots: set[int], wanted: set[int]
) -> Iterator[Ride]:
    """Yield the rides from each depot to each wanted point of a service."""
    for depot, stop in _from_depots(run, option, depots):
        for point in option.points:
            if point in wanted:
                for day in run.days:
                    yield Ride(
                        kind=kind,
                        run=run.run_idx,
                        day=day,
                        board_stop=stop,
                        board_option=None,
                        origin=depot,
                        option=option,
                        point=point,
                        board_min=run.departure_min[stop],
                    )


def _onward(
    options: tuple[Option, ...], transfer_points: set[int]
) -> Iterator[tuple[Option, int, Option, int]]:
    """Yield boarding service, transfer place, alighting service and point within one run."""
    for first in options:
        for position, place in enumerate(first.points):
            if place not in transfer_points:
                continue
            for later in first.points[position + 1 :]:
                yield first, place, first, later
            for second in options:
                if first.is_before(second) and place not in second.points:
                    for point in second.points:
                        if point not in first.points:
                            yield first, place, second, point


def _transfer_rides(
    run: RunNet, options: tuple[Option, ...], transfer_points: set[int], collected: set[int]
) -> Iterator[Ride]:
    """Yield the rides of one run from transfer places to pickup points."""
    for first, place, second, point in _onward(options, transfer_points):
        board_min = run.departure_min[first.stop]
        if point not in collected or board_min >= MIN_PER_DAY:
            continue
        for day in run.days:
            yield Ride(
                kind="from_transfer",
                run=run.run_idx,
                day=day,
                board_stop=first.stop,
                board_option=first,
                origin=place,
                option=second,
                point=point,
                board_min=board_min,
            )


def enumerate_itineraries(network: Network, detours: Detours) -> Itineraries:
    """Return every ride from a depot or a transfer place.

    Parameters
    ----------
    network
        The scenario in integers.
    detours
        Services by run.

    Returns
    -------
    Itineraries
        Rides by kind. Rides between transfer places and pickup points beyond `MAX_RIDES` are
        left out and named.
    """
    collected = network.wanted_points
    transfer_points = _transfer_points(network)
    depots = set(range(len(network.depot_ids)))
    direct: list[Ride] = []
    inbound: list[Ride] = []
    outbound: list[Ride] = []
    truncated: list[str] = []
    for run, options in zip(network.runs, detours.of_run, strict=True):
        for option in options:
            direct += _depot_rides(run, option, kind="direct", depots=depots, wanted=collected)
            inbound += _depot_rides(
                run, option, kind="to_transfer", depots=depots, wanted=transfer_points
            )
        rides = list(_transfer_rides(run, options, transfer_points, collected))
        if len(outbound) + len(rides) > MAX_RIDES:
            truncated.append(f"transfers to run {network.run_ids[run.run_idx]!r}")
        else:
            outbound += rides
    if not outbound:
        inbound = []
    return Itineraries(
        tuple(direct),
        tuple(inbound),
        tuple(outbound),
        tuple(truncated),
        enumerate_home_rides(network),
    )
