"""Checks of the rules about runs: room, delay and what they may do; one function per rule."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_
from deliveryopt.plan.replay import Replay
from deliveryopt.plan.replay_services import Way
from deliveryopt.plan.replay_shipments import RunDay
from deliveryopt.plan.violation import Violation
from deliveryopt.scenario.homes import FLAG_OF_GOODS
from deliveryopt.scenario.schema import Run
from deliveryopt.scenario.terms import SIZES
from deliveryopt.units import S_PER_MIN, clock, s_from_min, tenths_down

_LITRES: Final = (
    N_(
        "Run {run!r} on {day} has {load:g} litres aboard after stop {stop}; it has room for "
        "{room:g}."
    ),
    N_("{count:g} litres"),
)
_KG: Final = (
    N_("Run {run!r} on {day} has {load:g} kg aboard after stop {stop}; it has room for {room:g}."),
    N_("{count:g} kg"),
)
_PARCELS: Final = (
    N_(
        "Run {run!r} on {day} has {load:g} parcels aboard after stop {stop}; it has room for "
        "{room:g}."
    ),
    N_("{count:g} parcels"),
)
_SERVES: Final = N_("Run {run!r} on {day} serves {where!r} {count} times, not once.")
_LEAVES_ROAD: Final = N_(
    "Run {run!r} on {day} leaves its road after stop {where} {count} times, not once."
)


def run_keeps_within_capacity(replay: Replay) -> Iterator[Violation]:
    """Check litres, kilograms and parcels aboard, home orders too; reports the worst gap."""
    for run_day in replay.run_days:
        run, day = run_day
        terms = replay.world.terms[run]
        litres, kg = terms.capacity_litres, terms.capacity_kg
        limits = (
            (_LITRES, None if litres is None else tenths_down(litres), 10),
            (_KG, None if kg is None else tenths_down(kg), 10),
            (_PARCELS, terms.capacity_parcels, 1),
        )
        for ((told, amount), room, parts), loads in zip(
            limits, zip(*replay.loads(run_day), strict=True), strict=True
        ):
            load = max(loads)
            if room is not None and load > room:
                gap = replay.world.runs[run].stop_times[loads.index(load)].stop_sequence
                yield Violation(
                    rule="run_keeps_within_capacity",
                    message=_(told).format(
                        run=run, day=day, load=load / parts, stop=gap, room=room / parts
                    ),
                    found=_(amount).format(count=load / parts),
                    allowed=_(amount).format(count=room / parts),
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
    repeated = [(_SERVES, point, count, point) for point, count in points.items()]
    repeated += [(_LEAVES_ROAD, str(stop), count, "") for stop, count in detours.items()]
    for told, where, count, place in repeated:
        if count > 1:
            yield Violation(
                rule="run_keeps_within_delay",
                message=_(told).format(run=run, day=day, where=where, count=count),
                found=_("{count} times").format(count=count),
                allowed=_("once"),
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
                message=_(
                    "Run {run!r} on {day} reaches {points} at the latest {true}, but the plan "
                    "says {found}."
                ).format(
                    run=run,
                    day=day,
                    points=", ".join(map(repr, done.service.points)),
                    true=clock(done.way.latest_min),
                    found=clock(claimed),
                ),
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
                message=_(
                    "Run {run!r} on {day} may be delayed {found:.2f} min; its delay budget is "
                    "{allowed:.2f} min."
                ).format(run=run, day=day, found=found, allowed=allowed),
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
        yield _("leaves its road, which it may not"), _("detour"), _("no detour")
    if way.no_road is not None:
        here, there = way.no_road
        what = _("drives from {here!r} to {there!r}, where no road leads")
        yield what.format(here=here, there=there), _("no road"), _("a road")
    for place in dict.fromkeys(places):
        stands = replay.world.stands_at(place, run)
        if way.is_detour and stands:
            what = _("makes a detour to {place!r}, which stands at one of its stops")
            yield what.format(place=place), _("detour"), _("stop")
        if not way.is_detour and way.stop not in stands:
            stop = run.stop_times[way.stop].place_id
            what = _("serves {place!r} at stop {stop!r}, where it does not stand")
            yield what.format(place=place, stop=stop), stop, place


def _faults_of_services(replay: Replay, run_day: RunDay) -> Iterator[tuple[str, str, str]]:
    """Yield what a run may not do in its services: message, found, allowed."""
    most = replay.world.scenario.rules.max_points_per_detour
    for done in replay.services_of.get(run_day, ()):
        points = done.service.points
        if done.way.is_detour and len(points) > most:
            yield (
                _("visits {count} points on one detour").format(count=len(points)),
                _("{count} points").format(count=len(points)),
                _("{count} points").format(count=most),
            )
        yield from _faults_of_way(replay, done.run, done.way, points)


def _faults_of_home_rides(replay: Replay, run_day: RunDay) -> Iterator[tuple[str, str, str]]:
    """Yield what a run may not do for home orders: message, found, allowed."""
    for done in replay.home_rides_of.get(run_day, ()):
        flag = FLAG_OF_GOODS[done.order.goods]
        if not getattr(replay.world.terms[done.run.id], flag):
            yield (
                _("carries home order {order!r} ({goods})").format(
                    order=done.order.id, goods=done.order.goods
                ),
                done.order.goods,
                _("only goods that it carries ({flag})").format(flag=flag),
            )
        yield from _faults_of_way(replay, done.run, done.way, (done.order.id,))


def _faults_of_run_day(replay: Replay, run_day: RunDay) -> Iterator[tuple[str, str, str]]:
    """Yield what a run may not do on one day: message, found, allowed."""
    run, day = run_day
    days = replay.world.runs[run].days
    if day not in days:
        yield _("is used on a day on which it does not run"), day, ", ".join(days)
    operating = replay.world.scenario.days
    if day not in operating:
        yield _("is used on a day that is not an operating day"), day, ", ".join(operating)
    largest = replay.world.terms[run].max_size
    sizes = {shipment.size for _ride, shipment in replay.rides_of.get(run_day, ())}
    for size in sorted(sizes):
        if SIZES.index(size) > SIZES.index(largest):
            what = _("carries parcels of size {size}").format(size=size)
            yield what, size, _("at most {size}").format(size=largest)
    yield from _faults_of_services(replay, run_day)
    yield from _faults_of_home_rides(replay, run_day)


def run_is_permitted(replay: Replay) -> Iterator[Violation]:
    """Check days, sizes, goods and detours of every run-day."""
    for run_day in replay.run_days:
        run, day = run_day
        for what, found, allowed in _faults_of_run_day(replay, run_day):
            yield Violation(
                rule="run_is_permitted",
                message=_("Run {run!r} on {day} {what}.").format(run=run, day=day, what=what),
                found=found,
                allowed=allowed,
                run=run,
                day=day,
            )
