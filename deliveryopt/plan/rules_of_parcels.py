"""Checks of the rules about parcels on their way to pickup points; one function per rule."""

from collections import Counter
from collections.abc import Iterator

from deliveryopt.language import gettext as _
from deliveryopt.plan.plan import Shipment, VanShipment
from deliveryopt.plan.replay import Replay
from deliveryopt.plan.replay_shipments import MAX_PARCELS, Ride, ShipmentReplay
from deliveryopt.plan.replay_vans import VanShipmentReplay
from deliveryopt.plan.violation import Violation
from deliveryopt.scenario.homes import ready_day_in_box
from deliveryopt.units import DAYS, DAYS_PER_WEEK, MIN_PER_DAY, clock

ParcelKey = tuple[str, str, str, str]


def _orders_at_points(replay: Replay) -> Iterator[ParcelKey]:
    """Yield the parcel that each home order becomes which is collected at a pickup point."""
    for order_id, point in replay.in_box.items():
        order, origin = replay.world.homes[order_id], replay.world.origins[order_id]
        ready_day = ready_day_in_box(replay.world.scenario, order)
        if origin is not None and order.box_size is not None and ready_day is not None:
            yield point, origin, order.box_size, ready_day


def _sums_of_parcels(replay: Replay) -> Iterator[Violation]:
    """Check that shipments equal demand by pickup point, depot, size and ready day."""
    demanded, sent = Counter[ParcelKey](), Counter[ParcelKey]()
    for (village_id, ready_day, size), parcels in replay.world.demand.items():
        point = replay.served.get(village_id)
        if point is not None:
            depot = replay.world.villages[village_id].depot
            demanded[point, depot, size, ready_day] += parcels
    demanded.update(_orders_at_points(replay))
    for done in replay.shipments:
        load = done.shipment
        sent[load.pickup_point, load.depot, load.size, load.ready_day] += load.parcels
    for by_van in replay.van_shipments:
        row, depot_of_trip = by_van.shipment, by_van.depot
        if depot_of_trip is not None:
            sent[row.pickup_point, depot_of_trip, row.size, row.ready_day] += row.parcels
    for key in sorted(demanded.keys() | sent.keys()):
        point, depot, size, ready_day = key
        if demanded[key] != sent[key]:
            yield Violation(
                rule="parcels_are_carried",
                message=_(
                    "Shipments carry {sent} parcels of size {size} ready on {day} from {depot!r} "
                    "to {point!r}; the villages and orders there get {demanded}."
                ).format(
                    sent=sent[key],
                    size=size,
                    day=ready_day,
                    depot=depot,
                    point=point,
                    demanded=demanded[key],
                ),
                found=_("{count} parcels").format(count=sent[key]),
                allowed=_("{count} parcels").format(count=demanded[key]),
                excess=abs(sent[key] - demanded[key]),
                place=point,
                day=next(day for day in DAYS if day == ready_day),
            )


def _faults_of_boarding(
    replay: Replay, done: ShipmentReplay, number: int
) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with where a leg boards: message, found, allowed."""
    ride, load = done.rides[number], done.shipment
    if number == 0:
        if ride.stop not in replay.world.stands_at(load.depot, ride.run):
            stop = ride.run.stop_times[ride.stop].place_id
            what = _("it boards at {stop!r}, where depot {depot!r} does not stand")
            yield what.format(stop=stop, depot=load.depot), stop, load.depot
        return
    first = done.rides[number - 1]
    if (first.leg.run, first.leg.day) == (ride.leg.run, ride.leg.day):
        what = _("it changes to the run-day on which it already rides")
        yield what, _("the same"), _("another run-day")
    if ride.boards_by is None:
        place = first.leg.alight_point
        what = _("the run does not serve the transfer {point!r} from stop {sequence}").format(
            point=place, sequence=ride.leg.board_sequence
        )
        yield what, _("no service"), _("a service of {point!r} from that stop").format(point=place)


def _faults_of_ride(
    replay: Replay, done: ShipmentReplay, number: int
) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with one leg: message, found, allowed."""
    yield from _faults_of_boarding(replay, done, number)
    ride, load = done.rides[number], done.shipment
    leg, is_last = ride.leg, number + 1 == len(done.rides)
    if is_last and leg.alight_point != load.pickup_point:
        what = _("it ends at {point!r}").format(point=leg.alight_point)
        yield what, leg.alight_point, load.pickup_point
    if ride.alights_by is None and (number == 0 or ride.boards_by is not None):
        what = _("the run does not serve {point!r} after it boards").format(point=leg.alight_point)
        yield what, _("no service"), _("a service later along the run")
    if leg.board_min != ride.departure_min:
        found, allowed = clock(leg.board_min), clock(ride.departure_min)
        what = _("the plan says that it departs {found}, the timetable {true}").format(
            found=found, true=allowed
        )
        yield what, found, allowed
    if ride.alights_by is not None and leg.alight_min != ride.alights_by.way.latest_min:
        found, allowed = clock(leg.alight_min), clock(ride.alights_by.way.latest_min)
        what = _("the plan says that it arrives at the latest {found}, but it is {true}").format(
            found=found, true=allowed
        )
        yield what, found, allowed


def _rides_of_vans(replay: Replay) -> Iterator[Violation]:
    """Check that each van shipment rides a trip of the plan which stops at its pickup point."""
    for done in replay.van_shipments:
        load = done.shipment
        if done.trip is None:
            number = str(load.trip)
            if load.trip > MAX_PARCELS:
                number = _("above {count}").format(count=MAX_PARCELS)
            what = _("has no trip {number}").format(number=number)
            found, allowed = _("trip {number}").format(number=number), _("a trip of the van")
        elif not done.trip.stops_at(load.pickup_point):
            what = _("does not stop there on trip {number}").format(number=load.trip)
            found, allowed = _("no stop"), _("a stop of the trip")
        else:
            continue
        yield Violation(
            rule="parcels_are_carried",
            message=_(
                "Van {van!r} on {day}, which brings parcels of size {size} ready on {ready_day} "
                "to {point!r}, {what}."
            ).format(
                van=load.van,
                day=load.day,
                size=load.size,
                ready_day=load.ready_day,
                point=load.pickup_point,
                what=what,
            ),
            found=found,
            allowed=allowed,
            place=load.pickup_point,
            van=load.van,
            day=load.day,
        )


def parcels_are_carried(replay: Replay) -> Iterator[Violation]:
    """Check that shipments equal demand and that each rides run-days or a trip of the plan."""
    yield from _sums_of_parcels(replay)
    yield from _rides_of_vans(replay)
    for done in replay.shipments:
        load = done.shipment
        for number, ride in enumerate(done.rides):
            for what, found, allowed in _faults_of_ride(replay, done, number):
                yield Violation(
                    rule="parcels_are_carried",
                    message=_(
                        "Leg {number} of the parcels of size {size} ready on {ready_day} for "
                        "{point!r} rides run {run!r} on {day}: {what}."
                    ).format(
                        number=number + 1,
                        size=load.size,
                        ready_day=load.ready_day,
                        point=load.pickup_point,
                        run=ride.run.id,
                        day=ride.leg.day,
                        what=what,
                    ),
                    found=found,
                    allowed=allowed,
                    place=load.pickup_point,
                    run=ride.run.id,
                    day=ride.leg.day,
                )


def parcels_wait_until_ready(replay: Replay) -> Iterator[Violation]:
    """Check that first legs depart when the parcels are ready, or later."""
    for done in replay.shipments:
        load = done.shipment
        ready_min = replay.world.depots[load.depot].ready_min(load.ready_day)
        if done.boards_at_min < ready_min:
            run = done.rides[0].run.id
            yield Violation(
                rule="parcels_wait_until_ready",
                message=_(
                    "Run {run!r} departs with parcels for {point!r} at {time} counted from "
                    "{ready_day}, but they are ready at {ready}."
                ).format(
                    run=run,
                    point=load.pickup_point,
                    time=clock(done.boards_at_min),
                    ready_day=load.ready_day,
                    ready=clock(ready_min),
                ),
                found=clock(done.boards_at_min),
                allowed=_("{time} or later").format(time=clock(ready_min)),
                excess=ready_min - done.boards_at_min,
                place=load.pickup_point,
                run=run,
                day=load.ready_day,
            )

    for by_van in replay.van_shipments:
        yield from _van_leaves_too_soon(replay, by_van)


def _van_leaves_too_soon(replay: Replay, done: VanShipmentReplay) -> Iterator[Violation]:
    """Check parcels that became ready on a day before; the van's own day is a rule of vans."""
    load = done.shipment
    if done.depot is None or done.departs_at_min is None or done.arrival == done.ready:
        return
    ready_min = replay.world.depots[done.depot].ready_min(load.ready_day)
    if done.departs_at_min < ready_min:
        yield Violation(
            rule="parcels_wait_until_ready",
            message=_(
                "Van {van!r} leaves {depot!r} with parcels for {point!r} at {time} counted from "
                "{ready_day}, but they are ready at {ready}."
            ).format(
                van=load.van,
                depot=done.depot,
                point=load.pickup_point,
                time=clock(done.departs_at_min),
                ready_day=load.ready_day,
                ready=clock(ready_min),
            ),
            found=clock(done.departs_at_min),
            allowed=_("{time} or later").format(time=clock(ready_min)),
            excess=ready_min - done.departs_at_min,
            place=load.pickup_point,
            van=load.van,
            day=load.ready_day,
        )


def _too_late(replay: Replay, load: Shipment | VanShipment, lead_days: int) -> Iterator[Violation]:
    """Check the lead days of one shipment."""
    most = replay.world.scenario.rules.max_lead_days
    if lead_days > most:
        yield Violation(
            rule="promise_is_kept",
            message=_(
                "Parcels ready on {ready_day} are at {point!r} after {days} operating days; at "
                "most {most} are promised."
            ).format(ready_day=load.ready_day, point=load.pickup_point, days=lead_days, most=most),
            found=_("{count} days").format(count=lead_days),
            allowed=_("{count} days").format(count=most),
            excess=lead_days - most,
            place=load.pickup_point,
            run=load.legs[-1].run if isinstance(load, Shipment) else None,
            van=load.van if isinstance(load, VanShipment) else None,
            day=load.ready_day,
        )


def promise_is_kept(replay: Replay) -> Iterator[Violation]:
    """Check the lead days of every shipment."""
    for done in replay.shipments:
        if done.arrival is not None:
            lead_days = replay.world.lead_days(done.ready, done.arrival)
            yield from _too_late(replay, done.shipment, lead_days)
    for by_van in replay.van_shipments:
        lead_days = replay.world.lead_days(by_van.ready, by_van.arrival)
        yield from _too_late(replay, by_van.shipment, lead_days)


def _transfer_storage(replay: Replay) -> Iterator[Violation]:
    """Check the parcels in transfer at each place on each day of the week."""
    stored = Counter[tuple[str, int]]()
    for done in replay.shipments:
        for day in done.transfer_days:
            place = done.rides[0].leg.alight_point
            stored[place, day % DAYS_PER_WEEK] += done.shipment.parcels
    for (place, day_number), parcels in sorted(stored.items()):
        most = replay.world.points[place].transfer_parcels
        if parcels > most:
            yield Violation(
                rule="transfer_is_secure",
                message=_(
                    "On {day} {count} parcels are in transfer at {point!r}, which can store {most}."
                ).format(day=DAYS[day_number], count=parcels, point=place, most=most),
                found=_("{count} parcels").format(count=parcels),
                allowed=_("{count} parcels").format(count=most),
                excess=parcels - most,
                place=place,
                day=DAYS[day_number],
            )


def _second_run(ride: Ride, slack_min: int, needed_min: int) -> Violation:
    """Return the violation of a transfer that is too tight."""
    return Violation(
        rule="transfer_is_secure",
        message=_(
            "Run {run!r} on {day} departs {minutes} min after the latest arrival of the run "
            "before; {needed} min are needed."
        ).format(run=ride.run.id, day=ride.leg.day, minutes=slack_min, needed=needed_min),
        found=f"{slack_min} min",
        allowed=_("at least {count} min").format(count=needed_min),
        excess=needed_min - slack_min,
        run=ride.run.id,
        day=ride.leg.day,
    )


def _second_boarding(done: ShipmentReplay) -> Iterator[Violation]:
    """Check that the second leg boards before midnight and within six days."""
    ride = done.rides[1]
    days = done.service_days[1] - done.ready
    if ride.departure_min >= MIN_PER_DAY:
        yield Violation(
            rule="transfer_is_secure",
            message=_(
                "Parcels change to run {run!r} after midnight of its service day {day}; a "
                "transfer boards before 24:00."
            ).format(run=ride.run.id, day=ride.leg.day),
            found=f"{ride.departure_min} min",
            allowed=_("before {count} min").format(count=MIN_PER_DAY),
            excess=ride.departure_min - MIN_PER_DAY + 1,
            run=ride.run.id,
            day=ride.leg.day,
        )
    if days >= DAYS_PER_WEEK:
        yield Violation(
            rule="transfer_is_secure",
            message=_(
                "Parcels board run {run!r} {days} days after they became ready; {most} days are "
                "allowed."
            ).format(run=ride.run.id, days=days, most=DAYS_PER_WEEK - 1),
            found=_("{count} days").format(count=days),
            allowed=_("at most {count} days").format(count=DAYS_PER_WEEK - 1),
            excess=days - DAYS_PER_WEEK + 1,
            run=ride.run.id,
            day=ride.leg.day,
        )


def transfer_is_secure(replay: Replay) -> Iterator[Violation]:
    """Check number, minutes and storage of transfers."""
    rules = replay.world.scenario.rules
    for done in replay.shipments:
        transfers = len(done.rides) - 1
        if transfers > rules.max_transfers:
            yield Violation(
                rule="transfer_is_secure",
                message=_(
                    "Parcels for {point!r} change runs {count} times; at most {most} times are "
                    "allowed."
                ).format(
                    point=done.shipment.pickup_point, count=transfers, most=rules.max_transfers
                ),
                found=_("{count} transfers").format(count=transfers),
                allowed=_("{count} transfers").format(count=rules.max_transfers),
                excess=transfers - rules.max_transfers,
                place=done.shipment.pickup_point,
                day=done.shipment.ready_day,
            )
        slack_min = done.transfer_slack_min
        if slack_min is not None and slack_min < rules.transfer_min:
            yield _second_run(done.rides[1], slack_min, rules.transfer_min)
        if transfers:
            yield from _second_boarding(done)
    yield from _transfer_storage(replay)
