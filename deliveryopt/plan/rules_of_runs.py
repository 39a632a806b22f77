"""Checks of the rules about runs and what they carry; one function per rule."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from deliveryopt.plan.replay import Replay, Ride, RunDay, ServiceReplay, ShipmentReplay
from deliveryopt.plan.violation import Violation
from deliveryopt.scenario.terms import SIZES, Size
from deliveryopt.units import (
    DAYS,
    DAYS_PER_WEEK,
    MIN_PER_DAY,
    S_PER_MIN,
    clock,
    s_from_min,
    tenths_down,
    tenths_up,
)

ParcelKey = tuple[str, str, str, str]


def _sums_of_parcels(replay: Replay) -> Iterator[Violation]:
    """Check that shipments equal demand by pickup point, depot, size and ready day."""
    demanded, sent = Counter[ParcelKey](), Counter[ParcelKey]()
    for (village_id, ready_day, size), parcels in replay.world.demand.items():
        point = replay.served.get(village_id)
        if point is not None:
            depot = replay.world.villages[village_id].depot
            demanded[point, depot, size, ready_day] += parcels
    for done in replay.shipments:
        load = done.shipment
        sent[load.pickup_point, load.depot, load.size, load.ready_day] += load.parcels
    for key in sorted(demanded.keys() | sent.keys()):
        point, depot, size, ready_day = key
        if demanded[key] != sent[key]:
            yield Violation(
                rule="parcels_are_carried",
                message=f"Shipments carry {sent[key]} parcels of size {size} ready on {ready_day} "
                f"from {depot!r} to {point!r}; the villages there get {demanded[key]}.",
                found=f"{sent[key]} parcels",
                allowed=f"{demanded[key]} parcels",
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
            yield (
                f"it boards at {stop!r}, where depot {load.depot!r} does not stand",
                stop,
                load.depot,
            )
        return
    first = done.rides[number - 1]
    if (first.leg.run, first.leg.day) == (ride.leg.run, ride.leg.day):
        yield "it changes to the run-day on which it already rides", "the same", "another run-day"
    if ride.boards_by is None:
        place = first.leg.alight_point
        yield (
            f"the run does not serve the transfer {place!r} from stop {ride.leg.board_sequence}",
            "no service",
            f"a service of {place!r} from that stop",
        )


def _faults_of_ride(
    replay: Replay, done: ShipmentReplay, number: int
) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with one leg: message, found, allowed."""
    yield from _faults_of_boarding(replay, done, number)
    ride, load = done.rides[number], done.shipment
    leg, is_last = ride.leg, number + 1 == len(done.rides)
    if is_last and leg.alight_point != load.pickup_point:
        yield f"it ends at {leg.alight_point!r}", leg.alight_point, load.pickup_point
    if ride.alights_by is None and (number == 0 or ride.boards_by is not None):
        yield (
            f"the run does not serve {leg.alight_point!r} after it boards",
            "no service",
            "a service later along the run",
        )
    if leg.board_min != ride.departure_min:
        found, allowed = clock(leg.board_min), clock(ride.departure_min)
        yield f"the plan says that it departs {found}, the timetable {allowed}", found, allowed
    if ride.alights_by is not None and leg.alight_min != ride.alights_by.latest_min:
        found, allowed = clock(leg.alight_min), clock(ride.alights_by.latest_min)
        yield (
            f"the plan says that it arrives at the latest {found}, but it is {allowed}",
            found,
            allowed,
        )


def parcels_are_carried(replay: Replay) -> Iterator[Violation]:
    """Check that shipments equal demand and that every leg rides a run-day of the plan."""
    yield from _sums_of_parcels(replay)
    for done in replay.shipments:
        load = done.shipment
        for number, ride in enumerate(done.rides):
            for what, found, allowed in _faults_of_ride(replay, done, number):
                yield Violation(
                    rule="parcels_are_carried",
                    message=f"Leg {number + 1} of the parcels of size {load.size} ready on "
                    f"{load.ready_day} for {load.pickup_point!r} rides run {ride.run.id!r} "
                    f"on {ride.leg.day}: {what}.",
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
                message=f"Run {run!r} departs with parcels for {load.pickup_point!r} at "
                f"{clock(done.boards_at_min)} counted from {load.ready_day}, "
                f"but they are ready at {clock(ready_min)}.",
                found=clock(done.boards_at_min),
                allowed=f"{clock(ready_min)} or later",
                excess=ready_min - done.boards_at_min,
                place=load.pickup_point,
                run=run,
                day=load.ready_day,
            )


def promise_is_kept(replay: Replay) -> Iterator[Violation]:
    """Check the lead days of every shipment."""
    most = replay.world.scenario.rules.max_lead_days
    for done in replay.shipments:
        load = done.shipment
        if done.arrival is None:
            continue
        lead_days = replay.world.lead_days(done.ready, done.arrival)
        if lead_days > most:
            yield Violation(
                rule="promise_is_kept",
                message=f"Parcels ready on {load.ready_day} are at {load.pickup_point!r} after "
                f"{lead_days} operating days; at most {most} are promised.",
                found=f"{lead_days} days",
                allowed=f"{most} days",
                excess=lead_days - most,
                place=load.pickup_point,
                run=done.rides[-1].run.id,
                day=load.ready_day,
            )


def _loads(replay: Replay, run_day: RunDay) -> list[tuple[int, int, int]]:
    """Return tenths of a litre, tenths of a kg and parcels aboard in each gap."""
    rates = replay.world.scenario.rates
    litres: dict[Size, int] = {
        "S": tenths_up(rates.parcel_litres_s),
        "M": tenths_up(rates.parcel_litres_m),
        "L": tenths_up(rates.parcel_litres_l),
    }
    kg: dict[Size, int] = {
        "S": tenths_up(rates.parcel_kg_s),
        "M": tenths_up(rates.parcel_kg_m),
        "L": tenths_up(rates.parcel_kg_l),
    }
    return [
        (
            sum(gap[size] * litres[size] for size in SIZES),
            sum(gap[size] * kg[size] for size in SIZES),
            sum(gap.values()),
        )
        for gap in replay.aboard(run_day)
    ]


def run_keeps_within_capacity(replay: Replay) -> Iterator[Violation]:
    """Check litres, kilograms and parcels aboard in every gap; reports the worst gap."""
    for run_day in replay.run_days:
        run, day = run_day
        terms = replay.world.terms[run]
        litres, kg = terms.capacity_litres, terms.capacity_kg
        limits = (
            ("litres", None if litres is None else tenths_down(litres), 10),
            ("kg", None if kg is None else tenths_down(kg), 10),
            ("parcels", terms.capacity_parcels, 1),
        )
        for (unit, room, parts), loads in zip(
            limits, zip(*_loads(replay, run_day), strict=True), strict=True
        ):
            load = max(loads)
            if room is not None and load > room:
                gap = replay.world.runs[run].stop_times[loads.index(load)].stop_sequence
                yield Violation(
                    rule="run_keeps_within_capacity",
                    message=f"Run {run!r} on {day} has {load / parts:g} {unit} aboard after stop "
                    f"{gap}; it has room for {room / parts:g}.",
                    found=f"{load / parts:g} {unit}",
                    allowed=f"{room / parts:g} {unit}",
                    excess=(load - room) / parts,
                    run=run,
                    day=day,
                )


def _odd_services(replay: Replay, run_day: RunDay) -> Iterator[Violation]:
    """Check that a run-day serves each point once and makes one detour in a gap."""
    run, day = run_day
    services = replay.services_of.get(run_day, [])
    points = Counter(point for done in services for point in done.service.points)
    detours = Counter(done.service.stop_sequence for done in services if done.is_detour)
    repeated = [(f"serves {point!r}", count, point) for point, count in points.items()]
    repeated += [
        (f"leaves its road after stop {sequence}", count, "") for sequence, count in detours.items()
    ]
    for what, count, place in repeated:
        if count > 1:
            yield Violation(
                rule="run_keeps_within_delay",
                message=f"Run {run!r} on {day} {what} {count} times, not once.",
                found=f"{count} times",
                allowed="once",
                excess=count - 1,
                place=place or None,
                run=run,
                day=day,
            )
    for done in services:
        claimed = done.service.latest_arrival_min
        if claimed != done.latest_min:
            yield Violation(
                rule="run_keeps_within_delay",
                message=f"Run {run!r} on {day} reaches {', '.join(map(repr, done.service.points))} "
                f"at the latest {clock(done.latest_min)}, but the plan says {clock(claimed)}.",
                found=clock(claimed),
                allowed=clock(done.latest_min),
                excess=abs(claimed - done.latest_min),
                place=done.service.points[0],
                run=run,
                day=day,
            )


def run_keeps_within_delay(replay: Replay) -> Iterator[Violation]:
    """Check the delay of every run-day, and that its services are possible together."""
    for run_day in replay.run_days:
        run, day = run_day
        budget_s = s_from_min(replay.world.terms[run].delay_budget_min)
        delay_s = replay.delay_s(run_day)
        if delay_s > budget_s:
            found, allowed = float(delay_s / S_PER_MIN), budget_s / S_PER_MIN
            yield Violation(
                rule="run_keeps_within_delay",
                message=f"Run {run!r} on {day} may be delayed {found:.2f} min; "
                f"its delay budget is {allowed:.2f} min.",
                found=f"{found:.2f} min",
                allowed=f"{allowed:.2f} min",
                excess=float((delay_s - Fraction(budget_s)) / S_PER_MIN),
                run=run,
                day=day,
            )
        yield from _odd_services(replay, run_day)


def _faults_of_service(replay: Replay, done: ServiceReplay) -> Iterator[tuple[str, str, str]]:
    """Yield what a run may not do in one service: message, found, allowed."""
    most = replay.world.scenario.rules.max_points_per_detour
    points = done.service.points
    if done.is_detour and not replay.world.terms[done.run.id].may_detour:
        yield "leaves its road, which it may not", "detour", "no detour"
    if done.is_detour and len(points) > most:
        yield (
            f"visits {len(points)} points on one detour",
            f"{len(points)} points",
            f"{most} points",
        )
    if done.no_road is not None:
        pair = " to ".join(map(repr, done.no_road))
        yield f"drives from {pair}, where no road leads", "no road", "a road"
    for point in dict.fromkeys(points):
        stands = replay.world.stands_at(point, done.run)
        if done.is_detour and stands:
            yield f"makes a detour to {point!r}, which stands at one of its stops", "detour", "stop"
        if not done.is_detour and done.stop not in stands:
            stop = done.run.stop_times[done.stop].place_id
            yield f"serves {point!r} at stop {stop!r}, where it does not stand", stop, point


def _faults_of_run_day(replay: Replay, run_day: RunDay) -> Iterator[tuple[str, str, str]]:
    """Yield what a run may not do on one day: message, found, allowed."""
    run, day = run_day
    days = replay.world.runs[run].days
    if day not in days:
        yield "is used on a day on which it does not run", day, ", ".join(days)
    operating = replay.world.scenario.days
    if day not in operating:
        yield "is used on a day that is not an operating day", day, ", ".join(operating)
    largest = replay.world.terms[run].max_size
    sizes = {shipment.size for _, shipment in replay.rides_of.get(run_day, ())}
    for size in sorted(sizes):
        if SIZES.index(size) > SIZES.index(largest):
            yield f"carries parcels of size {size}", size, f"at most {largest}"
    for done in replay.services_of.get(run_day, ()):
        yield from _faults_of_service(replay, done)


def run_is_permitted(replay: Replay) -> Iterator[Violation]:
    """Check days, sizes and detours of every run-day."""
    for run_day in replay.run_days:
        run, day = run_day
        for what, found, allowed in _faults_of_run_day(replay, run_day):
            yield Violation(
                rule="run_is_permitted",
                message=f"Run {run!r} on {day} {what}.",
                found=found,
                allowed=allowed,
                run=run,
                day=day,
            )


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
                message=f"On {DAYS[day_number]} {parcels} parcels are in transfer at {place!r}, "
                f"which can store {most}.",
                found=f"{parcels} parcels",
                allowed=f"{most} parcels",
                excess=parcels - most,
                place=place,
                day=DAYS[day_number],
            )


def _second_run(ride: Ride, slack_min: int, needed_min: int) -> Violation:
    """Return the violation of a transfer that is too tight."""
    return Violation(
        rule="transfer_is_secure",
        message=f"Run {ride.run.id!r} on {ride.leg.day} departs {slack_min} min after the latest "
        f"arrival of the run before; {needed_min} min are needed.",
        found=f"{slack_min} min",
        allowed=f"at least {needed_min} min",
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
            message=f"Parcels change to run {ride.run.id!r} after midnight of its service day "
            f"{ride.leg.day}; a transfer boards before 24:00.",
            found=f"{ride.departure_min} min",
            allowed=f"before {MIN_PER_DAY} min",
            excess=ride.departure_min - MIN_PER_DAY + 1,
            run=ride.run.id,
            day=ride.leg.day,
        )
    if days >= DAYS_PER_WEEK:
        yield Violation(
            rule="transfer_is_secure",
            message=f"Parcels board run {ride.run.id!r} {days} days after they became ready; "
            f"{DAYS_PER_WEEK - 1} days are allowed.",
            found=f"{days} days",
            allowed=f"at most {DAYS_PER_WEEK - 1} days",
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
                message=f"Parcels for {done.shipment.pickup_point!r} change runs {transfers} "
                f"times; at most {rules.max_transfers} times are allowed.",
                found=f"{transfers} transfers",
                allowed=f"{rules.max_transfers} transfers",
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
