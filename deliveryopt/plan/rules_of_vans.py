"""Check of the rule about vans: their day, their times, where they load and what they carry."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_
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
_LEAVES: Final = N_("leaves {place!r} at {found}, but it cannot before {allowed}")
_BEGINS_WORK: Final = N_("begins work at {place!r} at {found}, but it cannot before {allowed}")
_IS_BACK: Final = N_("is back at {place!r} at {found}, but it cannot before {allowed}")


def _times_of(done: VanRouteReplay) -> Iterator[Fault]:
    """Yield faults of a route against shift, days and number of trips."""
    van, route = done.van, done.route
    if route.start_min < van.shift_start_min:
        found, allowed = clock(route.start_min), clock(van.shift_start_min)
        early = van.shift_start_min - route.start_min
        what = _("leaves its base at {time}, before its shift").format(time=found)
        yield what, found, _("{time} or later").format(time=allowed), early
    if route.end_min > van.shift_end_min:
        found, allowed = clock(route.end_min), clock(van.shift_end_min)
        late = route.end_min - van.shift_end_min
        what = _("is back at {time}, after its shift").format(time=found)
        yield what, found, _("{time} or earlier").format(time=allowed), late
    if len(route.trips) > van.max_trips:
        trips = len(route.trips)
        yield (
            _("makes {count} trips").format(count=trips),
            _("{count} trips").format(count=trips),
            _("{count} trips").format(count=van.max_trips),
            trips - van.max_trips,
        )


def _days_of(replay: Replay, done: VanRouteReplay) -> Iterator[Fault]:
    """Yield faults of the day of a route."""
    day, operating = done.route.day, replay.world.scenario.days
    if done.van.days and day not in done.van.days:
        yield _("drives on a day on which it does not drive"), day, ", ".join(done.van.days), 1
    if day not in operating:
        yield _("drives on a day that is not an operating day"), day, ", ".join(operating), 1


def _work_min(done: VanRouteReplay, stop: VanStopReplay) -> int:
    """Return the minutes of work at a stop."""
    return done.van.stop_min if stop.order is None else stop.order.service_min


def _moments(done: VanRouteReplay) -> Iterator[tuple[str, str, int, int, int]]:
    """Yield the end of every drive: place, what happens, when, minutes of work before and after."""
    for trip in done.trips:
        yield trip.trip.origin, _LEAVES, trip.trip.departure_min, done.van.load_min, 0
        for stop in trip.stops:
            arrival_min = stop.stop.arrival_min
            yield stop.stop.place, _BEGINS_WORK, arrival_min, 0, _work_min(done, stop)
        yield trip.trip.origin, _IS_BACK, trip.trip.return_min, 0, 0
    yield done.van.base, _IS_BACK, done.route.end_min, 0, 0


def _drives(replay: Replay, done: VanRouteReplay) -> Iterator[Fault]:
    """Yield where the times of a route leave no room for a drive, loading or work at a stop."""
    here, free_min = done.van.base, done.route.start_min
    for place, told, at_min, load_min, work_min in _moments(done):
        drive_min = van_drive_min(replay.world.travel, done.van, here, place)
        if drive_min is None:
            what = _("drives from {here!r} to {there!r}, where no road leads")
            yield what.format(here=here, there=place), _("no road"), _("a road"), 1
        needed_min = free_min + (drive_min or 0) + load_min
        if at_min < needed_min:
            found, allowed = clock(at_min), clock(needed_min)
            what = _(told).format(place=place, found=found, allowed=allowed)
            yield what, found, _("{time} or later").format(time=allowed), needed_min - at_min
        here, free_min = place, at_min + work_min


def _loading(replay: Replay, done: VanRouteReplay, trip: VanTripReplay) -> Iterator[Fault]:
    """Yield faults of where, when and how much a trip loads."""
    origin, van = trip.trip.origin, done.van
    if van.origins and origin not in van.origins:
        allowed = ", ".join(map(repr, van.origins))
        what = _("loads at {origin!r}, where it may not").format(origin=origin)
        yield what, repr(origin), allowed, 1
    ready_min = replay.world.depots[origin].ready_min(done.route.day)
    early = ready_min - trip.trip.departure_min
    if early > 0:
        found, allowed = clock(trip.trip.departure_min), clock(ready_min)
        what = _("leaves {origin!r} at {time}, but that day's parcels are ready at {ready}").format(
            origin=origin, time=found, ready=allowed
        )
        yield what, found, _("{time} or later").format(time=allowed), early
    litres, kg = van.capacity_litres, van.capacity_kg
    limits = (
        (N_("{count:g} litres"), None if litres is None else tenths_down(litres), 10),
        (N_("{count:g} kg"), None if kg is None else tenths_down(kg), 10),
        (N_("{count:g} pieces"), van.capacity_parcels, 1),
    )
    for (amount, room, parts), load in zip(limits, replay.load_of_trip(trip), strict=True):
        if room is not None and load > room:
            found = _(amount).format(count=load / parts)
            allowed = _(amount).format(count=room / parts)
            what = _("leaves {origin!r} with {load}; it has room for {room:g}").format(
                origin=origin, load=found, room=room / parts
            )
            yield what, found, allowed, (load - room) / parts


def _may_be_fed(replay: Replay, origin: str, point: str, van: Van) -> bool:
    """Return whether parcels of an origin that a van may bring may be collected at a point."""
    world = replay.world
    smallest = [
        (village, SIZES.index(size))
        for village, _day, size in world.demand
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
            what = _("stops at {place!r} {count} times").format(place=place, count=times)
            yield what, _("{count} times").format(count=times), _("once"), times - 1
    points = dict.fromkeys(stop.stop.place for stop in done.stops if stop.point is not None)
    if points and not van.feeds_points:
        what = _("stops at pickup points, which it may not")
        yield what, next(iter(points)), _("homes only"), 1
    for trip in done.trips:
        for stop in trip.stops:
            if stop.point is not None and not _may_be_fed(
                replay, trip.trip.origin, stop.point.id, van
            ):
                what = _("stops at {point!r}, where no parcels of {origin!r} go").format(
                    point=stop.point.id, origin=trip.trip.origin
                )
                allowed = _("a point for parcels of the trip's origin")
                yield what, repr(stop.point.id), allowed, 1
    trips = {id(trip) for trip in done.trips}
    sizes = {sent.shipment.size for sent in replay.van_shipments if id(sent.trip) in trips}
    for size in sorted(sizes):
        if SIZES.index(size) > SIZES.index(van.max_size):
            what = _("brings parcels of size {size}").format(size=size)
            yield what, size, _("at most {size}").format(size=van.max_size), 1


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
                message=_("Van {van!r} drives {count} routes on {day}, not one.").format(
                    van=van, count=routes, day=day
                ),
                found=_("{count} routes").format(count=routes),
                allowed=_("one route"),
                excess=routes - 1,
                van=van,
                day=day,
            )
    for done in replay.van_routes:
        for what, found, allowed, excess in _faults(replay, done):
            yield Violation(
                rule=rule,
                message=_("Van {van!r} on {day} {what}.").format(
                    van=done.van.id, day=done.route.day, what=what
                ),
                found=found,
                allowed=allowed,
                excess=excess,
                van=done.van.id,
                day=done.route.day,
            )
