"""Check that a plan names only things that exist, each in a form that has a meaning."""

from collections import Counter
from collections.abc import Iterator

from deliveryopt.plan.plan import HomeByRun, Plan, Service, Shipment
from deliveryopt.plan.replay import MAX_BOXES, Replay
from deliveryopt.plan.replay_shipments import MAX_PARCELS
from deliveryopt.plan.violation import Violation

RULE = "plan_is_well_formed"


def _unknown(what: str, name: str, where: str) -> Violation:
    """Return the violation of a name that the scenario does not have."""
    return Violation(
        rule=RULE,
        message=f"{where} names {what} {name!r}, which the scenario does not have.",
        found=repr(name),
        allowed=f"a {what} of the scenario",
    )


def _names(replay: Replay) -> Iterator[tuple[str, str, str]]:
    """Yield every name in the plan: what it should be, the name, where it stands."""
    plan = replay.plan
    for opened in plan.opened:
        yield "pickup point", opened.pickup_point, "An opened box"
        yield "box type", opened.box_type, "An opened box"
    for collection in plan.collections:
        yield "village", collection.village, "A collection"
        yield "pickup point", collection.pickup_point, "A collection"
    for kept in plan.as_today:
        yield "village", kept.village, "A collection as today"
        if kept.agent is not None:
            yield "pickup point", kept.agent, "A collection as today"
    for service in plan.services:
        yield "run", service.run, "A service"
        for point in service.points:
            yield "pickup point", point, "A service"
    for shipment in plan.shipments:
        yield "depot", shipment.depot, "A shipment"
        yield "pickup point", shipment.pickup_point, "A shipment"
        for leg in shipment.legs:
            yield "run", leg.run, "A leg of a shipment"
            yield "pickup point", leg.alight_point, "A leg of a shipment"
    yield from _names_of_homes(plan)
    yield from _names_of_vans(plan)


def _names_of_homes(plan: Plan) -> Iterator[tuple[str, str, str]]:
    """Yield every name in what becomes of home orders."""
    for delivery in plan.homes_by_run:
        yield "home order", delivery.order, "A delivery by a run"
        yield "run", delivery.run, "A delivery by a run"
    for collected in plan.homes_in_box:
        yield "home order", collected.order, "An order at a pickup point"
        yield "pickup point", collected.pickup_point, "An order at a pickup point"
    for left in plan.homes_left:
        yield "home order", left.order, "An order that is left"


def _names_of_vans(plan: Plan) -> Iterator[tuple[str, str, str]]:
    """Yield every name in what vans do."""
    for route in plan.van_routes:
        yield "van", route.van, "A van route"
        for trip in route.trips:
            yield "depot", trip.origin, "A trip of a van"
            for stop in trip.stops:
                yield "home order or pickup point", stop.place, "A stop of a van"
    for shipment in plan.van_shipments:
        yield "van", shipment.van, "A shipment by a van"
        yield "pickup point", shipment.pickup_point, "A shipment by a van"


def _unknown_names(replay: Replay) -> Iterator[Violation]:
    """Report every name that the scenario does not have, once for each kind of place."""
    world = replay.world
    known: dict[str, set[str]] = {
        "village": set(world.villages),
        "pickup point": set(world.points),
        "depot": set(world.depots),
        "run": set(world.runs),
        "box type": set(world.box_types),
        "home order": set(world.homes),
        "van": set(world.vans),
        "home order or pickup point": {*world.homes, *world.points},
    }
    for what, name, where in dict.fromkeys(_names(replay)):
        if name not in known[what]:
            yield _unknown(what, name, where)


def _stop_of(replay: Replay, run: str, sequence: int, where: str) -> Iterator[Violation]:
    """Report a stop that a known run does not have."""
    if run in replay.world.runs and (run, sequence) not in replay.world.stop_number:
        stops = [str(stop.stop_sequence) for stop in replay.world.runs[run].stop_times]
        found = str(sequence) if sequence <= MAX_PARCELS else f"above {MAX_PARCELS}"
        yield Violation(
            rule=RULE,
            message=f"{where} names stop {found} of run {run!r}, which it does not have.",
            found=found,
            allowed=", ".join(stops),
            run=run,
        )


def _odd_service(replay: Replay, service: Service) -> Iterator[Violation]:
    """Report a service whose form has no meaning."""
    yield from _stop_of(replay, service.run, service.stop_sequence, "A service")
    if service.kind == "at_stop" and len(service.points) > 1:
        yield Violation(
            rule=RULE,
            message=f"Run {service.run!r} on {service.day} serves {len(service.points)} points "
            "by one service at a stop.",
            found=f"{len(service.points)} points",
            allowed="one point",
            excess=len(service.points) - 1,
            run=service.run,
            day=service.day,
        )
    yield from _no_next_stop(replay, service, "a pickup point")


def _no_next_stop(replay: Replay, row: Service | HomeByRun, whom: str) -> Iterator[Violation]:
    """Report a run that goes on from its last stop."""
    stop = replay.world.stop_number.get((row.run, row.stop_sequence))
    if row.kind != "through" or stop is None:
        return
    if stop + 1 == len(replay.world.runs[row.run].stop_times):
        yield Violation(
            rule=RULE,
            message=f"Run {row.run!r} on {row.day} goes on from its last stop by way of {whom}, "
            "but there is no next stop.",
            found="through",
            allowed="out_and_back",
            run=row.run,
            day=row.day,
        )


def _odd_shipment(replay: Replay, shipment: Shipment) -> Iterator[Violation]:
    """Report a shipment by runs whose form has no meaning."""
    for leg in shipment.legs:
        yield from _stop_of(replay, leg.run, leg.board_sequence, "A leg of a shipment")
    yield from _too_many(shipment.parcels, shipment.pickup_point)


def _too_many(parcels: int, point: str) -> Iterator[Violation]:
    """Report a shipment of absurdly many parcels."""
    if parcels > MAX_PARCELS:
        yield Violation(
            rule=RULE,
            message=f"A shipment for {point!r} has more than {MAX_PARCELS} parcels.",
            found=f"more than {MAX_PARCELS}",
            allowed=f"at most {MAX_PARCELS}",
            place=point,
        )


def _odd_boxes(replay: Replay) -> Iterator[Violation]:
    """Report boxes that are listed twice or are absurdly many."""
    opened = replay.plan.opened
    for (point, box_type), times in Counter((o.pickup_point, o.box_type) for o in opened).items():
        if times > 1:
            yield Violation(
                rule=RULE,
                message=f"Boxes of type {box_type!r} at {point!r} stand {times} times in the "
                "plan, not once.",
                found=f"{times} times",
                allowed="once",
                excess=times - 1,
                place=point,
            )
    for row in opened:
        if row.boxes > MAX_BOXES:
            yield Violation(
                rule=RULE,
                message=f"More than {MAX_BOXES} boxes stand at {row.pickup_point!r}.",
                found=f"more than {MAX_BOXES} boxes",
                allowed=f"at most {MAX_BOXES} boxes",
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
        where = "A delivery by a run"
        for sequence in dict.fromkeys((delivery.stop_sequence, delivery.board_sequence)):
            yield from _stop_of(replay, delivery.run, sequence, where)
        yield from _no_next_stop(replay, delivery, "a home")
    for by_van in replay.plan.van_shipments:
        yield from _too_many(by_van.parcels, by_van.pickup_point)
