"""Check of the rule about home orders: each once, in its window, from its origin, kept cold."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_
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
_BOARDS: Final = N_("boards at {true}, but the plan says {found}")
_COMES: Final = N_("comes at the latest {true}, but the plan says {found}")

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
                message=_(
                    "Home order {order!r} stands {count} times in the plan, not once."
                ).format(order=order, count=times[order]),
                found=_("{count} times").format(count=times[order]),
                allowed=_("once"),
                excess=abs(times[order] - 1),
                order=order,
            )
    for row in plan.homes_left:
        left = replay.world.homes.get(row.order)
        how = "none" if left is None or left.today_sek is None else "today"
        if left is not None and row.how != how:
            yield Violation(
                rule=RULE,
                message=_("Home order {order!r} is left {found!r}; it is {allowed!r}.").format(
                    order=row.order, found=row.how, allowed=how
                ),
                found=repr(row.how),
                allowed=repr(how),
                order=row.order,
            )


def _may_not_come(replay: Replay, order: HomeOrder) -> Iterator[Fault]:
    """Yield why an order may not come to its door at all."""
    scenario = replay.world.scenario
    if replay.world.origins[order.id] is None:
        yield _("has no origin"), _("no origin"), _("a depot or shop"), 1
    if scenario.home_delivery.no_bypass == "rule" and bypasses(
        scenario, replay.world.travel, order
    ):
        origin = repr(order.origin)
        what = _("comes from {origin}, past a nearer shop").format(origin=origin)
        yield what, origin, _("the nearest shop"), 1


def _window(order: HomeOrder, earliest_min: int, latest_min: int) -> Iterator[Fault]:
    """Yield faults of arrivals, minutes after 00:00 of their day, against an order's window."""
    if earliest_min < order.earliest_min:
        found, allowed = _clock(earliest_min), clock(order.earliest_min)
        early = order.earliest_min - earliest_min
        what = _("may come at {time}").format(time=found)
        yield what, found, _("{time} or later").format(time=allowed), early
    if latest_min > order.latest_min:
        found, allowed = _clock(latest_min), clock(order.latest_min)
        late = latest_min - order.latest_min
        what = _("may come at {time}").format(time=found)
        yield what, found, _("{time} or earlier").format(time=allowed), late


def _clock(minutes: int) -> str:
    """Return a clock time that may lie before 00:00 of its day."""
    if minutes < 0:
        return _("{time} of a day before").format(time=clock(minutes % MIN_PER_DAY))
    return clock(minutes)


def _cold_chain(order: HomeOrder, carrier: Carrier, minutes: int) -> Iterator[Fault]:
    """Yield that goods are longer out of the cold than they may be."""
    most = order.cold_chain_min
    if most is not None and not carrier.chilled and minutes > most:
        what = _("is {minutes} min on its way without being kept cold or hot").format(
            minutes=minutes
        )
        yield what, f"{minutes} min", f"{most} min", minutes - most


def _boarding(done: HomeRide) -> Iterator[Fault]:
    """Yield faults of where and when the goods board a run, as the plan says it."""
    stops = done.run.stop_times
    if done.board_stop != done.origin_stop:
        here = stops[done.board_stop]
        allowed = _("a stop at its origin before the home")
        if done.origin_stop is not None:
            sequence = stops[done.origin_stop].stop_sequence
            allowed = _("stop {sequence}").format(sequence=sequence)
        what = _("boards at stop {sequence} ({stop!r})").format(
            sequence=here.stop_sequence, stop=here.place_id
        )
        yield what, here.place_id, allowed, 1
    for told, claimed, true in (
        (_BOARDS, done.delivery.board_min, done.departure_min),
        (_COMES, done.delivery.latest_arrival_min, done.way.latest_min),
    ):
        if claimed != true:
            found, allowed = clock(claimed), clock(true)
            yield _(told).format(true=allowed, found=found), found, allowed, abs(claimed - true)


def _faults_of_ride(replay: Replay, done: HomeRide) -> Iterator[Fault]:
    """Yield what is wrong with a delivery by a run."""
    order, world, terms = done.order, replay.world, replay.world.terms[done.run.id]
    yield from _may_not_come(replay, order)
    yield from _boarding(done)
    if order.needs_entry and not terms.may_enter_homes:
        what, found = _("must be taken into the home"), _("a driver who may not enter")
        yield what, found, _("one who may"), 1
    latest_min = done.way.latest_min - done.midnight_min
    day = DAY_NAMES[done.day % DAYS_PER_WEEK]
    if latest_min >= MIN_PER_DAY:
        yield _("may come after midnight"), clock(latest_min), _("the day of boarding"), 1
    if day not in order.days:
        yield _("comes on {day}").format(day=day), day, ", ".join(order.days), 1
    if not world.operates(done.day):
        what = _("comes on {day}, not an operating day").format(day=day)
        yield what, day, ", ".join(world.scenario.days), 1
    origin = world.origins[order.id]
    boards_min = done.departure_min - done.midnight_min
    if origin is not None and boards_min < (ready_min := world.depots[origin].ready_min(day)):
        found, allowed = clock(boards_min), _("{time} or later").format(time=clock(ready_min))
        what = _("boards at {time}, before it is ready").format(time=found)
        yield what, found, allowed, ready_min - boards_min
    yield from _window(order, done.way.earliest_min - done.midnight_min, latest_min)
    yield from _cold_chain(order, terms, done.way.latest_min - done.departure_min)


def _faults_by_van(
    replay: Replay, done: VanRouteReplay, trip: VanTripReplay, order: HomeOrder, at_min: int
) -> Iterator[Fault]:
    """Yield what is wrong with a delivery by a van."""
    yield from _may_not_come(replay, order)
    origin, loads_at, day = replay.world.origins[order.id], trip.trip.origin, done.route.day
    if origin is not None and origin != loads_at:
        what = _("comes from {origin!r}").format(origin=loads_at)
        yield what, repr(loads_at), repr(origin), 1
    if not may_carry(done.van, order):
        goods = _("{goods}, to be taken into the home") if order.needs_entry else "{goods}"
        goods = goods.format(goods=order.goods)
        what = _("is {goods}, which the van may not bring").format(goods=goods)
        yield what, goods, _("goods that it may bring"), 1
    if day not in order.days:
        yield _("comes on {day}").format(day=day), day, ", ".join(order.days), 1
    yield from _window(order, at_min, at_min)
    yield from _cold_chain(order, done.van, at_min - trip.trip.departure_min)


def _faults_in_box(replay: Replay, order: HomeOrder, point: str) -> Iterator[Fault]:
    """Yield what is wrong with an order that is collected at a pickup point."""
    scenario = replay.world.scenario
    if order.box_size is None:
        found = _("collected at {point!r}").format(point=point)
        yield _("is for its home only"), found, _("delivered or left"), 1
    if replay.world.origins[order.id] is None:
        yield _("has no origin"), _("no origin"), _("a depot or shop"), 1
    if ready_day_in_box(scenario, order) is None:
        days = ", ".join(order.days)
        yield _("becomes ready on no operating day"), days, ", ".join(scenario.days), 1
    metres, limit_m = replay.world.travel.road_m(order.id, point), reach_m(scenario)
    if metres is None or metres > limit_m:
        found = _("no road") if metres is None else f"{metres / M_PER_KM} km"
        excess = 1 if metres is None else (metres - limit_m) / M_PER_KM
        what = _("has {distance} to {point!r}").format(distance=found, point=point)
        yield what, found, f"{limit_m / M_PER_KM} km", excess


def home_gets_its_delivery(replay: Replay) -> Iterator[Violation]:
    """Check that each order has one end, and everything about how it comes or is collected."""
    yield from _ends(replay)
    for done in replay.home_rides:
        for what, found, allowed, excess in _faults_of_ride(replay, done):
            yield Violation(
                rule=RULE,
                message=_("Home order {order!r}, by run {run!r} on {day}, {what}.").format(
                    order=done.order.id, run=done.run.id, day=done.delivery.day, what=what
                ),
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
                        message=_("Home order {order!r}, by van {van!r} on {day}, {what}.").format(
                            order=stop.order.id, van=route.van.id, day=route.route.day, what=what
                        ),
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
                message=_("Home order {order!r}, collected at {point!r}, {what}.").format(
                    order=order_id, point=point, what=what
                ),
                found=found,
                allowed=allowed,
                excess=excess,
                order=order_id,
                place=point,
            )
