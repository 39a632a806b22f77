"""Check of the rule about vans: their day, their times, where they load and what they carry."""

from collections import Counter
from collections.abc import Iterator

from deliveryopt.plan.replay import Replay
from deliveryopt.plan.replay_vans import VanRouteReplay, VanStopReplay, VanTripReplay
from deliveryopt.plan.violation import Violation
from deliveryopt.scenario.homes import ready_day_in_box, van_drive_min
from deliveryopt.scenario.terms import SIZES
from deliveryopt.scenario.travel import reach_m
from deliveryopt.scenario.vans import Van
from deliveryopt.units import clock, tenths_down

Fault = tuple[str, str, str, float]
"""What is wrong, what the plan has, what it may have, and by how much."""


def _times_of(done: VanRouteReplay) -> Iterator[Fault]:
    """Yield faults of a route against shift, days and number of trips."""
    van, route = done.van, done.route
    if route.start_min < van.shift_start_min:
        found, allowed = clock(route.start_min), clock(van.shift_start_min)
        early = van.shift_start_min - route.start_min
        yield f"leaves its base at {found}, before its shift", found, f"{allowed} or later", early
    if route.end_min > van.shift_end_min:
        found, allowed = clock(route.end_min), clock(van.shift_end_min)
        late = route.end_min - van.shift_end_min
        yield f"is back at {found}, after its shift", found, f"{allowed} or earlier", late
    if len(route.trips) > van.max_trips:
        trips = len(route.trips)
        yield (
            f"makes {trips} trips",
            f"{trips} trips",
            f"{van.max_trips} trips",
            trips - van.max_trips,
        )


def _days_of(replay: Replay, done: VanRouteReplay) -> Iterator[Fault]:
    """Yield faults of the day of a route."""
    day, operating = done.route.day, replay.world.scenario.days
    if done.van.days and day not in done.van.days:
        yield "drives on a day on which it does not drive", day, ", ".join(done.van.days), 1
    if day not in operating:
        yield "drives on a day that is not an operating day", day, ", ".join(operating), 1


def _work_min(done: VanRouteReplay, stop: VanStopReplay) -> int:
    """Return the minutes of work at a stop."""
    return done.van.stop_min if stop.order is None else stop.order.service_min


def _moments(done: VanRouteReplay) -> Iterator[tuple[str, str, int, int, int]]:
    """Yield the end of every drive: place, what happens, when, minutes of work before and after."""
    for trip in done.trips:
        yield trip.trip.origin, "leaves", trip.trip.departure_min, done.van.load_min, 0
        for stop in trip.stops:
            arrival_min = stop.stop.arrival_min
            yield stop.stop.place, "begins work at", arrival_min, 0, _work_min(done, stop)
        yield trip.trip.origin, "is back at", trip.trip.return_min, 0, 0
    yield done.van.base, "is back at", done.route.end_min, 0, 0


def _drives(replay: Replay, done: VanRouteReplay) -> Iterator[Fault]:
    """Yield where the times of a route leave no room for a drive, loading or work at a stop."""
    here, free_min = done.van.base, done.route.start_min
    for place, what, at_min, load_min, work_min in _moments(done):
        drive_min = van_drive_min(replay.world.travel, done.van, here, place)
        if drive_min is None:
            yield f"drives from {here!r} to {place!r}, where no road leads", "no road", "a road", 1
        needed_min = free_min + (drive_min or 0) + load_min
        if at_min < needed_min:
            found, allowed = clock(at_min), clock(needed_min)
            yield (
                f"{what} {place!r} at {found}, but it cannot before {allowed}",
                found,
                f"{allowed} or later",
                needed_min - at_min,
            )
        here, free_min = place, at_min + work_min


def _loading(replay: Replay, done: VanRouteReplay, trip: VanTripReplay) -> Iterator[Fault]:
    """Yield faults of where, when and how much a trip loads."""
    origin, van = trip.trip.origin, done.van
    if van.origins and origin not in van.origins:
        allowed = ", ".join(map(repr, van.origins))
        yield f"loads at {origin!r}, where it may not", repr(origin), allowed, 1
    ready_min = replay.world.depots[origin].ready_min(done.route.day)
    early = ready_min - trip.trip.departure_min
    if early > 0:
        found, allowed = clock(trip.trip.departure_min), clock(ready_min)
        yield (
            f"leaves {origin!r} at {found}, but that day's parcels are ready at {allowed}",
            found,
            f"{allowed} or later",
            early,
        )
    litres, kg = van.capacity_litres, van.capacity_kg
    limits = (
        ("litres", None if litres is None else tenths_down(litres), 10),
        ("kg", None if kg is None else tenths_down(kg), 10),
        ("pieces", van.capacity_parcels, 1),
    )
    for (unit, room, parts), load in zip(limits, replay.load_of_trip(trip), strict=True):
        if room is not None and load > room:
            found, allowed = f"{load / parts:g} {unit}", f"{room / parts:g} {unit}"
            what = f"leaves {origin!r} with {found}; it has room for {room / parts:g}"
            yield what, found, allowed, (load - room) / parts


def _may_be_fed(replay: Replay, origin: str, point: str, van: Van) -> bool:
    """Return whether parcels of an origin that a van may bring may be collected at a point."""
    world = replay.world
    smallest = [
        (village, SIZES.index(size))
        for village, _, size in world.demand
        if world.villages[village].depot == origin
    ]
    smallest += [
        (order.id, SIZES.index(order.box_size))
        for order in world.homes.values()
        if order.box_size is not None
        and world.origins[order.id] == origin
        and ready_day_in_box(world.scenario, order) is not None
    ]
    limit_m, largest = reach_m(world.scenario), SIZES.index(van.max_size)
    return any(
        size <= largest
        and (metres := world.travel.road_m(place, point)) is not None
        and metres <= limit_m
        for place, size in smallest
    )


def _stops_of(replay: Replay, done: VanRouteReplay) -> Iterator[Fault]:
    """Yield faults of where a route stops and of the sizes that it brings there."""
    van = done.van
    for place, times in Counter(stop.stop.place for stop in done.stops).items():
        if times > 1:
            yield f"stops at {place!r} {times} times", f"{times} times", "once", times - 1
    points = dict.fromkeys(stop.stop.place for stop in done.stops if stop.point is not None)
    if points and not van.feeds_points:
        yield "stops at pickup points, which it may not", next(iter(points)), "homes only", 1
    for trip in done.trips:
        for stop in trip.stops:
            if stop.point is not None and not _may_be_fed(
                replay, trip.trip.origin, stop.point.id, van
            ):
                what = f"stops at {stop.point.id!r}, where no parcels of {trip.trip.origin!r} go"
                yield what, repr(stop.point.id), "a point for parcels of the trip's origin", 1
    trips = {id(trip) for trip in done.trips}
    sizes = {sent.shipment.size for sent in replay.van_shipments if id(sent.trip) in trips}
    for size in sorted(sizes):
        if SIZES.index(size) > SIZES.index(van.max_size):
            yield f"brings parcels of size {size}", size, f"at most {van.max_size}", 1


def _faults(replay: Replay, done: VanRouteReplay) -> Iterator[Fault]:
    """Yield everything that one route may not be."""
    yield from _days_of(replay, done)
    yield from _times_of(done)
    yield from _drives(replay, done)
    for trip in done.trips:
        yield from _loading(replay, done, trip)
    yield from _stops_of(replay, done)


def van_keeps_its_shift(replay: Replay) -> Iterator[Violation]:
    """Check days, shift, drives, loading, room and stops of every route, one a van and day."""
    rule = "van_keeps_its_shift"
    days = Counter((done.van.id, done.route.day) for done in replay.van_routes)
    for (van, day), routes in days.items():
        if routes > 1:
            yield Violation(
                rule=rule,
                message=f"Van {van!r} drives {routes} routes on {day}, not one.",
                found=f"{routes} routes",
                allowed="one route",
                excess=routes - 1,
                van=van,
                day=day,
            )
    for done in replay.van_routes:
        for what, found, allowed, excess in _faults(replay, done):
            yield Violation(
                rule=rule,
                message=f"Van {done.van.id!r} on {done.route.day} {what}.",
                found=found,
                allowed=allowed,
                excess=excess,
                van=done.van.id,
                day=done.route.day,
            )
