"""What in the timetable keeps parcels from a pickup point: facts that need no solving."""

from dataclasses import dataclass
from math import inf

from deliveryopt.plan.reasons import Reason
from deliveryopt.solver.itineraries import Itineraries, Ride
from deliveryopt.solver.network import Network, RunNet
from deliveryopt.units import DAYS, DAYS_PER_WEEK, MIN_PER_DAY, S_PER_MIN


@dataclass(frozen=True, slots=True)
class _Pass:
    """How near a run comes to a pickup point."""

    extra_min: float
    """Least minutes to go there and come back to the road, the stop included."""
    allowed_min: float
    """Minutes that the run may be delayed; 0 if it may make no detour."""
    run: RunNet

    @property
    def missing_min(self) -> float:
        """Return the minutes by which the run is too far."""
        return self.extra_min - self.allowed_min


def obstacles(
    network: Network, itineraries: Itineraries, village: int, point: int
) -> tuple[Reason, ...]:
    """Return what keeps a village's parcels from a pickup point, as far as the timetable tells.

    Parameters
    ----------
    network, itineraries
        The scenario in integers, and every ride.
    village, point
        The village, and the pickup point where it would collect.

    Returns
    -------
    tuple[Reason, ...]
        `no_run_near`, or any of `size_not_carried`, `no_run_in_time` and `too_few_days`; empty if
        runs pass in time for every parcel, so that room or delay must be what is missing.
    """
    depot = int(network.depot_of[village])
    point_id = network.point_ids[point]
    direct = [ride for ride in itineraries.direct if (ride.origin, ride.point) == (depot, point)]
    onward = [ride for ride in itineraries.from_transfer if ride.point == point]
    if not direct and not onward:
        return (_nearest(network, depot, point),)
    found = []
    by_size = network.demand[village].sum(axis=1)
    largest = max(network.runs[ride.run].max_size for ride in (*direct, *onward))
    too_large = int(by_size[largest + 1 :].sum())
    if too_large:
        found.append(Reason("size_not_carried", pickup_point=point_id, found=float(too_large)))
    late = _lateness(network, direct, village) if direct and not onward else None
    if late is not None:
        found.append(late_reason(network, point_id, late))
    fewest = network.scenario.rules.min_deliveries_per_week
    days = {ride.arrival_day for ride in (*direct, *onward)}
    if len(days) < fewest:
        found.append(
            Reason(
                "too_few_days",
                pickup_point=point_id,
                found=float(len(days)),
                allowed=float(fewest),
            )
        )
    return tuple(found)


def late_reason(network: Network, point_id: str, late: tuple[int, int]) -> Reason:
    """Return the reason that parcels of some day come too late."""
    day, lead_days = late
    return Reason(
        "no_run_in_time",
        pickup_point=point_id,
        day=DAYS[day],
        found=float(lead_days),
        allowed=float(network.scenario.rules.max_lead_days),
    )


def _lateness(network: Network, rides: list[Ride], village: int) -> tuple[int, int] | None:
    """Return the ready day whose parcels come latest, and their lead days; None if all is well."""
    depot = int(network.depot_of[village])
    worst: tuple[int, int] | None = None
    for day in range(DAYS_PER_WEEK):
        if not network.demand[village, :, day].sum():
            continue
        soonest = min(_lead_days(network, ride, depot, day) for ride in rides)
        is_late = soonest > network.scenario.rules.max_lead_days
        if is_late and (worst is None or soonest > worst[1]):
            worst = day, int(soonest)
    return worst


def _lead_days(network: Network, ride: Ride, depot: int, ready_day: int) -> int:
    """Return the lead days of parcels that ride as soon as they may."""
    board_min = ride.board_after_min(ready_day)
    if board_min < int(network.ready_min[depot, ready_day]):
        board_min += DAYS_PER_WEEK * MIN_PER_DAY
    arrival_min = board_min + ride.option.latest_arrival_min - ride.board_min
    return network.lead_days(ready_day, arrival_min // MIN_PER_DAY)


def _nearest(network: Network, depot: int, point: int) -> Reason:
    """Return how near the run comes that comes nearest, of those from the depot."""
    point_id = network.point_ids[point]
    passes = [
        near
        for run in network.runs
        if run.days and (near := _pass_of(network, run, depot, point)) is not None
    ]
    best = min(passes, key=lambda near: (near.missing_min, near.run.run_idx), default=None)
    if best is None:
        return Reason("no_run_near", pickup_point=point_id)
    return Reason(
        "no_run_near",
        pickup_point=point_id,
        run=network.run_ids[best.run.run_idx],
        found=round(best.extra_min, 1),
        allowed=round(best.allowed_min, 1),
    )


def _pass_of(network: Network, run: RunNet, depot: int, point: int) -> _Pass | None:
    """Return how near a run comes to a pickup point after the depot; None if it never does."""
    stops = [stop for stop, depots in enumerate(run.depots_at_stop) if depot in depots]
    if not stops:
        return None
    point_id = network.point_ids[point]
    least_s = inf
    speed_kmh = run.terms.speed_kmh
    for place_id in run.place_ids[stops[0] :]:
        there = network.travel.road_s(place_id, point_id, speed_kmh=speed_kmh)
        back = network.travel.road_s(point_id, place_id, speed_kmh=speed_kmh)
        if there is not None and back is not None:
            least_s = min(least_s, there + back)
    if least_s == inf:
        return None
    allowed_s = run.budget_s if run.terms.may_detour else 0
    return _Pass((least_s + run.stop_s) / S_PER_MIN, allowed_s / S_PER_MIN, run)
