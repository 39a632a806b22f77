"""Checks of the rules about runs: room, delay and what they may do; one function per rule."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from deliveryopt.plan.replay import Replay
from deliveryopt.plan.replay_services import Way
from deliveryopt.plan.replay_shipments import RunDay
from deliveryopt.plan.violation import Violation
from deliveryopt.scenario.homes import FLAG_OF_GOODS
from deliveryopt.scenario.schema import Run
from deliveryopt.scenario.terms import SIZES
from deliveryopt.units import S_PER_MIN, clock, s_from_min, tenths_down


def run_keeps_within_capacity(replay: Replay) -> Iterator[Violation]:
    """Check litres, kilograms and parcels aboard, home orders too; reports the worst gap."""
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
            limits, zip(*replay.loads(run_day), strict=True), strict=True
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
    """Check that a run-day serves each point once and makes one detour in a gap.

    That an order is delivered once is `home_gets_its_delivery`.
    """
    run, day = run_day
    services = replay.services_of.get(run_day, [])
    points = Counter(point for done in services for point in done.service.points)
    ways = [(done.way, done.service.stop_sequence) for done in services]
    ways += [
        (done.way, done.delivery.stop_sequence) for done in replay.home_rides_of.get(run_day, ())
    ]
    detours = Counter(sequence for way, sequence in ways if way.is_detour)
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
        if claimed != done.way.latest_min:
            yield Violation(
                rule="run_keeps_within_delay",
                message=f"Run {run!r} on {day} reaches {', '.join(map(repr, done.service.points))} "
                f"at the latest {clock(done.way.latest_min)}, but the plan says {clock(claimed)}.",
                found=clock(claimed),
                allowed=clock(done.way.latest_min),
                excess=abs(claimed - done.way.latest_min),
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


def _faults_of_way(
    replay: Replay, run: Run, way: Way, places: tuple[str, ...]
) -> Iterator[tuple[str, str, str]]:
    """Yield what a run may not drive, or where it may not stop: message, found, allowed."""
    if way.is_detour and not replay.world.terms[run.id].may_detour:
        yield "leaves its road, which it may not", "detour", "no detour"
    if way.no_road is not None:
        pair = " to ".join(map(repr, way.no_road))
        yield f"drives from {pair}, where no road leads", "no road", "a road"
    for place in dict.fromkeys(places):
        stands = replay.world.stands_at(place, run)
        if way.is_detour and stands:
            yield f"makes a detour to {place!r}, which stands at one of its stops", "detour", "stop"
        if not way.is_detour and way.stop not in stands:
            stop = run.stop_times[way.stop].place_id
            yield f"serves {place!r} at stop {stop!r}, where it does not stand", stop, place


def _faults_of_services(replay: Replay, run_day: RunDay) -> Iterator[tuple[str, str, str]]:
    """Yield what a run may not do in its services: message, found, allowed."""
    most = replay.world.scenario.rules.max_points_per_detour
    for done in replay.services_of.get(run_day, ()):
        points = done.service.points
        if done.way.is_detour and len(points) > most:
            yield (
                f"visits {len(points)} points on one detour",
                f"{len(points)} points",
                f"{most} points",
            )
        yield from _faults_of_way(replay, done.run, done.way, points)


def _faults_of_home_rides(replay: Replay, run_day: RunDay) -> Iterator[tuple[str, str, str]]:
    """Yield what a run may not do for home orders: message, found, allowed."""
    for done in replay.home_rides_of.get(run_day, ()):
        flag = FLAG_OF_GOODS[done.order.goods]
        if not getattr(replay.world.terms[done.run.id], flag):
            yield (
                f"carries home order {done.order.id!r} ({done.order.goods})",
                done.order.goods,
                f"only goods that it carries ({flag})",
            )
        yield from _faults_of_way(replay, done.run, done.way, (done.order.id,))


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
    yield from _faults_of_services(replay, run_day)
    yield from _faults_of_home_rides(replay, run_day)


def run_is_permitted(replay: Replay) -> Iterator[Violation]:
    """Check days, sizes, goods and detours of every run-day."""
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
