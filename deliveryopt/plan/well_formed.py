"""Check that a plan names only things that exist, each in a form that has a meaning."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_
from deliveryopt.plan.plan import HomeByRun, Plan, Service, Shipment
from deliveryopt.plan.replay import MAX_BOXES, Replay
from deliveryopt.plan.replay_shipments import MAX_PARCELS
from deliveryopt.plan.violation import Violation

RULE = "plan_is_well_formed"
_BOX: Final = N_("An opened box")
_COLLECTION: Final = N_("A collection")
_AS_TODAY: Final = N_("A collection as today")
_SERVICE: Final = N_("A service")
_SHIPMENT: Final = N_("A shipment")
_LEG: Final = N_("A leg of a shipment")
_DELIVERY: Final = N_("A delivery by a run")
_AT_POINT: Final = N_("An order at a pickup point")
_LEFT: Final = N_("An order that is left")
_ROUTE: Final = N_("A van route")
_TRIP: Final = N_("A trip of a van")
_STOP: Final = N_("A stop of a van")
_BY_VAN: Final = N_("A shipment by a van")
_BY_POINT: Final = N_(
    "Run {run!r} on {day} goes on from its last stop by way of a pickup point, but there is no "
    "next stop."
)
_BY_HOME: Final = N_(
    "Run {run!r} on {day} goes on from its last stop by way of a home, but there is no next stop."
)


def _unknown(what: str, name: str, where: str) -> Violation:
    """Return the violation of a name that the scenario does not have."""
    return Violation(
        rule=RULE,
        message=_("{where} names {what} {name!r}, which the scenario does not have.").format(
            where=_(where), what=_(what), name=name
        ),
        found=repr(name),
        allowed=_("a {what} of the scenario").format(what=_(what)),
    )


def _names(replay: Replay) -> Iterator[tuple[str, str, str]]:
    """Yield every name in the plan: what it should be, the name, where it stands."""
    plan = replay.plan
    for opened in plan.opened:
        yield "pickup point", opened.pickup_point, _BOX
        yield "box type", opened.box_type, _BOX
    for collection in plan.collections:
        yield "village", collection.village, _COLLECTION
        yield "pickup point", collection.pickup_point, _COLLECTION
    for kept in plan.as_today:
        yield "village", kept.village, _AS_TODAY
        if kept.agent is not None:
            yield "pickup point", kept.agent, _AS_TODAY
    for service in plan.services:
        yield "run", service.run, _SERVICE
        for point in service.points:
            yield "pickup point", point, _SERVICE
    for shipment in plan.shipments:
        yield "depot", shipment.depot, _SHIPMENT
        yield "pickup point", shipment.pickup_point, _SHIPMENT
        for leg in shipment.legs:
            yield "run", leg.run, _LEG
            yield "pickup point", leg.alight_point, _LEG
    yield from _names_of_homes(plan)
    yield from _names_of_vans(plan)


def _names_of_homes(plan: Plan) -> Iterator[tuple[str, str, str]]:
    """Yield every name in what becomes of home orders."""
    for delivery in plan.homes_by_run:
        yield "home order", delivery.order, _DELIVERY
        yield "run", delivery.run, _DELIVERY
    for collected in plan.homes_in_box:
        yield "home order", collected.order, _AT_POINT
        yield "pickup point", collected.pickup_point, _AT_POINT
    for left in plan.homes_left:
        yield "home order", left.order, _LEFT


def _names_of_vans(plan: Plan) -> Iterator[tuple[str, str, str]]:
    """Yield every name in what vans do."""
    for route in plan.van_routes:
        yield "van", route.van, _ROUTE
        for trip in route.trips:
            yield "depot", trip.origin, _TRIP
            for stop in trip.stops:
                yield "home order or pickup point", stop.place, _STOP
    for shipment in plan.van_shipments:
        yield "van", shipment.van, _BY_VAN
        yield "pickup point", shipment.pickup_point, _BY_VAN


def _unknown_names(replay: Replay) -> Iterator[Violation]:
    """Report every name that the scenario does not have, once for each kind of place."""
    world = replay.world
    known: dict[str, set[str]] = {
        N_("village"): set(world.villages),
        N_("pickup point"): set(world.points),
        N_("depot"): set(world.depots),
        N_("run"): set(world.runs),
        N_("box type"): set(world.box_types),
        N_("home order"): set(world.homes),
        N_("van"): set(world.vans),
        N_("home order or pickup point"): {*world.homes, *world.points},
    }
    for what, name, where in dict.fromkeys(_names(replay)):
        if name not in known[what]:
            yield _unknown(what, name, where)


def _stop_of(replay: Replay, run: str, sequence: int, where: str) -> Iterator[Violation]:
    """Report a stop that a known run does not have."""
    if run in replay.world.runs and (run, sequence) not in replay.world.stop_number:
        stops = [str(stop.stop_sequence) for stop in replay.world.runs[run].stop_times]
        found = str(sequence)
        if sequence > MAX_PARCELS:
            found = _("above {count}").format(count=MAX_PARCELS)
        yield Violation(
            rule=RULE,
            message=_("{where} names stop {stop} of run {run!r}, which it does not have.").format(
                where=_(where), stop=found, run=run
            ),
            found=found,
            allowed=", ".join(stops),
            run=run,
        )


def _odd_service(replay: Replay, service: Service) -> Iterator[Violation]:
    """Report a service whose form has no meaning."""
    yield from _stop_of(replay, service.run, service.stop_sequence, _SERVICE)
    if service.kind == "at_stop" and len(service.points) > 1:
        yield Violation(
            rule=RULE,
            message=_(
                "Run {run!r} on {day} serves {count} points by one service at a stop."
            ).format(run=service.run, day=service.day, count=len(service.points)),
            found=_("{count} points").format(count=len(service.points)),
            allowed=_("one point"),
            excess=len(service.points) - 1,
            run=service.run,
            day=service.day,
        )
    yield from _no_next_stop(replay, service, _BY_POINT)


def _no_next_stop(replay: Replay, row: Service | HomeByRun, told: str) -> Iterator[Violation]:
    """Report a run that goes on from its last stop."""
    stop = replay.world.stop_number.get((row.run, row.stop_sequence))
    if row.kind != "through" or stop is None:
        return
    if stop + 1 == len(replay.world.runs[row.run].stop_times):
        yield Violation(
            rule=RULE,
            message=_(told).format(run=row.run, day=row.day),
            found="through",
            allowed="out_and_back",
            run=row.run,
            day=row.day,
        )


def _odd_shipment(replay: Replay, shipment: Shipment) -> Iterator[Violation]:
    """Report a shipment by runs whose form has no meaning."""
    for leg in shipment.legs:
        yield from _stop_of(replay, leg.run, leg.board_sequence, _LEG)
    yield from _too_many(shipment.parcels, shipment.pickup_point)


def _too_many(parcels: int, point: str) -> Iterator[Violation]:
    """Report a shipment of absurdly many parcels."""
    if parcels > MAX_PARCELS:
        yield Violation(
            rule=RULE,
            message=_("A shipment for {point!r} has more than {most} parcels.").format(
                point=point, most=MAX_PARCELS
            ),
            found=_("more than {count}").format(count=MAX_PARCELS),
            allowed=_("at most {count}").format(count=MAX_PARCELS),
            place=point,
        )


def _odd_boxes(replay: Replay) -> Iterator[Violation]:
    """Report boxes that are listed twice or are absurdly many."""
    opened = replay.plan.opened
    for (point, box_type), times in Counter((o.pickup_point, o.box_type) for o in opened).items():
        if times > 1:
            yield Violation(
                rule=RULE,
                message=_(
                    "Boxes of type {box_type!r} at {point!r} stand {count} times in the plan, not "
                    "once."
                ).format(box_type=box_type, point=point, count=times),
                found=_("{count} times").format(count=times),
                allowed=_("once"),
                excess=times - 1,
                place=point,
            )
    for row in opened:
        if row.boxes > MAX_BOXES:
            yield Violation(
                rule=RULE,
                message=_("More than {most} boxes stand at {point!r}.").format(
                    most=MAX_BOXES, point=row.pickup_point
                ),
                found=_("more than {count} boxes").format(count=MAX_BOXES),
                allowed=_("at most {count} boxes").format(count=MAX_BOXES),
                place=row.pickup_point,
            )


def plan_is_well_formed(replay: Replay) -> Iterator[Violation]:
    """Check names, stops and numbers; what fails here is left out of every other check."""
    yield from _unknown_names(replay)
    yield from _odd_boxes(replay)
    for service in replay.plan.services:
        yield from _odd_service(replay, service)
    for shipment in replay.plan.shipments:
        yield from _odd_shipment(replay, shipment)
    for delivery in replay.plan.homes_by_run:
        for sequence in dict.fromkeys((delivery.stop_sequence, delivery.board_sequence)):
            yield from _stop_of(replay, delivery.run, sequence, _DELIVERY)
        yield from _no_next_stop(replay, delivery, _BY_HOME)
    for by_van in replay.plan.van_shipments:
        yield from _too_many(by_van.parcels, by_van.pickup_point)
