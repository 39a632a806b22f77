"""Check of the rule about home orders: each once, in its window, from its origin, kept cold."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from deliveryopt.plan.replay import Replay
from deliveryopt.plan.replay_homes import HomeRide
from deliveryopt.plan.replay_vans import VanRouteReplay, VanTripReplay
from deliveryopt.plan.violation import Violation
from deliveryopt.plan.world import DAY_NAMES
from deliveryopt.scenario.home_delivery import HomeOrder
from deliveryopt.scenario.homes import Carrier, bypasses, may_carry, ready_day_in_box
from deliveryopt.scenario.travel import reach_m
from deliveryopt.units import DAYS_PER_WEEK, M_PER_KM, MIN_PER_DAY, clock

RULE: Final = "home_gets_its_delivery"

Fault = tuple[str, str, str, float]
"""What is wrong, what the plan has, what it may have, and by how much."""


def _ends(replay: Replay) -> Iterator[Violation]:
    """Check that each order has one end, and that an order left is as today if it is today."""
    plan = replay.plan
    times = Counter(row.order for row in plan.homes_by_run)
    times.update(row.order for row in plan.homes_in_box)
    times.update(row.order for row in plan.homes_left)
    times.update(
        stop.place for route in plan.van_routes for trip in route.trips for stop in trip.stops
    )
    for order in replay.world.homes:
        if times[order] != 1:
            yield Violation(
                rule=RULE,
                message=f"Home order {order!r} stands {times[order]} times in the plan, not once.",
                found=f"{times[order]} times",
                allowed="once",
                excess=abs(times[order] - 1),
                order=order,
            )
    for row in plan.homes_left:
        left = replay.world.homes.get(row.order)
        how = "none" if left is None or left.today_sek is None else "today"
        if left is not None and row.how != how:
            yield Violation(
                rule=RULE,
                message=f"Home order {row.order!r} is left {row.how!r}; it is {how!r}.",
                found=repr(row.how),
                allowed=repr(how),
                order=row.order,
            )


def _may_not_come(replay: Replay, order: HomeOrder) -> Iterator[Fault]:
    """Yield why an order may not come to its door at all."""
    scenario = replay.world.scenario
    if replay.world.origins[order.id] is None:
        yield "has no origin", "no origin", "a depot or shop", 1
    if scenario.home_delivery.no_bypass == "rule" and bypasses(
        scenario, replay.world.travel, order
    ):
        origin = repr(order.origin)
        yield f"comes from {origin}, past a nearer shop", origin, "the nearest shop", 1


def _window(order: HomeOrder, earliest_min: int, latest_min: int) -> Iterator[Fault]:
    """Yield faults of arrivals, minutes after 00:00 of their day, against an order's window."""
    if earliest_min < order.earliest_min:
        found, allowed = _clock(earliest_min), clock(order.earliest_min)
        early = order.earliest_min - earliest_min
        yield f"may come at {found}", found, f"{allowed} or later", early
    if latest_min > order.latest_min:
        found, allowed = _clock(latest_min), clock(order.latest_min)
        late = latest_min - order.latest_min
        yield f"may come at {found}", found, f"{allowed} or earlier", late


def _clock(minutes: int) -> str:
    """Return a clock time that may lie before 00:00 of its day."""
    if minutes < 0:
        return f"{clock(minutes % MIN_PER_DAY)} of a day before"
    return clock(minutes)


def _cold_chain(order: HomeOrder, carrier: Carrier, minutes: int) -> Iterator[Fault]:
    """Yield that goods are longer out of the cold than they may be."""
    most = order.cold_chain_min
    if most is not None and not carrier.chilled and minutes > most:
        what = f"is {minutes} min on its way without being kept cold or hot"
        yield what, f"{minutes} min", f"{most} min", minutes - most


def _boarding(done: HomeRide) -> Iterator[Fault]:
    """Yield faults of where and when the goods board a run, as the plan says it."""
    stops = done.run.stop_times
    if done.board_stop != done.origin_stop:
        here = stops[done.board_stop]
        allowed = "a stop at its origin before the home"
        if done.origin_stop is not None:
            allowed = f"stop {stops[done.origin_stop].stop_sequence}"
        yield f"boards at stop {here.stop_sequence} ({here.place_id!r})", here.place_id, allowed, 1
    for what, claimed, true in (
        ("boards at", done.delivery.board_min, done.departure_min),
        ("comes at the latest", done.delivery.latest_arrival_min, done.way.latest_min),
    ):
        if claimed != true:
            found, allowed = clock(claimed), clock(true)
            yield (
                f"{what} {allowed}, but the plan says {found}",
                found,
                allowed,
                abs(claimed - true),
            )


def _faults_of_ride(replay: Replay, done: HomeRide) -> Iterator[Fault]:
    """Yield what is wrong with a delivery by a run."""
    order, world, terms = done.order, replay.world, replay.world.terms[done.run.id]
    yield from _may_not_come(replay, order)
    yield from _boarding(done)
    if order.needs_entry and not terms.may_enter_homes:
        yield "must be taken into the home", "a driver who may not enter", "one who may", 1
    latest_min = done.way.latest_min - done.midnight_min
    day = DAY_NAMES[done.day % DAYS_PER_WEEK]
    if latest_min >= MIN_PER_DAY:
        yield "may come after midnight", clock(latest_min), "the day of boarding", 1
    if day not in order.days:
        yield f"comes on {day}", day, ", ".join(order.days), 1
    if not world.operates(done.day):
        yield f"comes on {day}, not an operating day", day, ", ".join(world.scenario.days), 1
    origin = world.origins[order.id]
    boards_min = done.departure_min - done.midnight_min
    if origin is not None and boards_min < (ready_min := world.depots[origin].ready_min(day)):
        found, allowed = clock(boards_min), f"{clock(ready_min)} or later"
        yield f"boards at {found}, before it is ready", found, allowed, ready_min - boards_min
    yield from _window(order, done.way.earliest_min - done.midnight_min, latest_min)
    yield from _cold_chain(order, terms, done.way.latest_min - done.departure_min)


def _faults_by_van(
    replay: Replay, done: VanRouteReplay, trip: VanTripReplay, order: HomeOrder, at_min: int
) -> Iterator[Fault]:
    """Yield what is wrong with a delivery by a van."""
    yield from _may_not_come(replay, order)
    origin, loads_at, day = replay.world.origins[order.id], trip.trip.origin, done.route.day
    if origin is not None and origin != loads_at:
        yield f"comes from {loads_at!r}", repr(loads_at), repr(origin), 1
    if not may_carry(done.van, order):
        entry = ", to be taken into the home" if order.needs_entry else ""
        goods = f"{order.goods}{entry}"
        yield f"is {goods}, which the van may not bring", goods, "goods that it may bring", 1
    if day not in order.days:
        yield f"comes on {day}", day, ", ".join(order.days), 1
    yield from _window(order, at_min, at_min)
    yield from _cold_chain(order, done.van, at_min - trip.trip.departure_min)


def _faults_in_box(replay: Replay, order: HomeOrder, point: str) -> Iterator[Fault]:
    """Yield what is wrong with an order that is collected at a pickup point."""
    scenario = replay.world.scenario
    if order.box_size is None:
        yield "is for its home only", f"collected at {point!r}", "delivered or left", 1
    if replay.world.origins[order.id] is None:
        yield "has no origin", "no origin", "a depot or shop", 1
    if ready_day_in_box(scenario, order) is None:
        days = ", ".join(order.days)
        yield "becomes ready on no operating day", days, ", ".join(scenario.days), 1
    metres, limit_m = replay.world.travel.road_m(order.id, point), reach_m(scenario)
    if metres is None or metres > limit_m:
        found = "no road" if metres is None else f"{metres / M_PER_KM} km"
        excess = 1 if metres is None else (metres - limit_m) / M_PER_KM
        yield f"has {found} to {point!r}", found, f"{limit_m / M_PER_KM} km", excess


def home_gets_its_delivery(replay: Replay) -> Iterator[Violation]:
    """Check that each order has one end, and everything about how it comes or is collected."""
    yield from _ends(replay)
    for done in replay.home_rides:
        for what, found, allowed, excess in _faults_of_ride(replay, done):
            yield Violation(
                rule=RULE,
                message=f"Home order {done.order.id!r}, by run {done.run.id!r} on "
                f"{done.delivery.day}, {what}.",
                found=found,
                allowed=allowed,
                excess=excess,
                order=done.order.id,
                run=done.run.id,
                day=done.delivery.day,
            )
    for route in replay.van_routes:
        for trip in route.trips:
            for stop in trip.stops:
                if stop.order is None:
                    continue
                at_min = stop.stop.arrival_min
                for what, found, allowed, excess in _faults_by_van(
                    replay, route, trip, stop.order, at_min
                ):
                    yield Violation(
                        rule=RULE,
                        message=f"Home order {stop.order.id!r}, by van {route.van.id!r} on "
                        f"{route.route.day}, {what}.",
                        found=found,
                        allowed=allowed,
                        excess=excess,
                        order=stop.order.id,
                        van=route.van.id,
                        day=route.route.day,
                    )
    for order_id, point in replay.in_box.items():
        for what, found, allowed, excess in _faults_in_box(
            replay, replay.world.homes[order_id], point
        ):
            yield Violation(
                rule=RULE,
                message=f"Home order {order_id!r}, collected at {point!r}, {what}.",
                found=found,
                allowed=allowed,
                excess=excess,
                order=order_id,
                place=point,
            )
