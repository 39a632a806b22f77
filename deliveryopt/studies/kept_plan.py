"""The same plan in a changed scenario: the same boxes, runs and vans, with what follows from them.

Nobody decides anew. Where the number of parcels is another one, those of each place, size and day
ride as their like ride in the plan, shared out in the same proportions. Clock times of runs follow
the changed scenario; those of vans stay. Whether the plan still keeps every rule is for the
verifier to say.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction

from deliveryopt.plan.plan import Plan, Shipment, TodaysCollection, VanShipment
from deliveryopt.plan.replay import Replay, replay_plan
from deliveryopt.plan.replay_shipments import ShipmentReplay
from deliveryopt.plan.world import World, build_world
from deliveryopt.scenario.changes import replaced
from deliveryopt.scenario.demand import apportion
from deliveryopt.scenario.homes import ready_day_in_box
from deliveryopt.scenario.schema import Scenario
from deliveryopt.scenario.terms import SIZES
from deliveryopt.units import DAYS

_Key = tuple[str, str, str, str]
"""Pickup point, depot, ready day and size."""
_Sent = Shipment | VanShipment


def kept_plan(scenario: Scenario, plan: Plan) -> Plan:
    """Return a plan as it is carried out in a scenario other than the one it was made for.

    Parameters
    ----------
    scenario
        A scenario with the same places, runs, vans and orders as the plan's own.
    plan
        A plan that keeps every rule of its own scenario.
    """
    world = build_world(scenario)
    carried = _carried(world, plan)
    as_today = tuple(
        TodaysCollection(village=kept.village, agent=_nearest(world, kept.village))
        for kept in plan.as_today
    )
    return retimed(world, replaced(carried, as_today=as_today))


def retimed(world: World, plan: Plan) -> Plan:
    """Return a plan with the clock times of runs that follow from a scenario."""
    replay = replay_plan(world, plan)
    services = {
        id(done.service): replaced(done.service, latest_arrival_min=done.way.latest_min)
        for done in replay.services
    }
    homes = {
        id(done.delivery): replaced(
            done.delivery,
            board_min=done.departure_min,
            latest_arrival_min=done.way.latest_min,
        )
        for done in replay.home_rides
    }
    shipments = {id(done.shipment): _retimed_shipment(done) for done in replay.shipments}
    return replaced(
        plan,
        services=tuple(services.get(id(service), service) for service in plan.services),
        shipments=tuple(shipments.get(id(sent), sent) for sent in plan.shipments),
        homes_by_run=tuple(homes.get(id(home), home) for home in plan.homes_by_run),
    )


def _retimed_shipment(done: ShipmentReplay) -> Shipment:
    """Return a shipment with the times at which it boards and alights at the latest."""
    legs = tuple(
        replaced(
            ride.leg,
            board_min=ride.departure_min,
            alight_min=(
                ride.leg.alight_min if ride.alights_by is None else ride.alights_by.way.latest_min
            ),
        )
        for ride in done.rides
    )
    return replaced(done.shipment, legs=legs)


def _nearest(world: World, village: str) -> str | None:
    """Return the nearest agent of a village."""
    nearest = world.nearest[village]
    return None if nearest is None else nearest[0]


def demanded(replay: Replay) -> Mapping[_Key, int]:
    """Return the parcels that a plan has to bring to pickup points."""
    world, wanted = replay.world, Counter[_Key]()
    for (village, ready_day, size), parcels in world.demand.items():
        point = replay.served.get(village)
        if point is not None:
            wanted[point, world.villages[village].depot, ready_day, size] += parcels
    for order_id, point in replay.in_box.items():
        order, origin = world.homes[order_id], world.origins[order_id]
        ready = ready_day_in_box(world.scenario, order)
        if origin is not None and order.box_size is not None and ready is not None:
            wanted[point, origin, ready, order.box_size] += 1
    return wanted


def _carried(world: World, plan: Plan) -> Plan:
    """Return a plan whose shipments bring the parcels of another demand."""
    replay = replay_plan(world, plan)
    sent: defaultdict[_Key, list[_Sent]] = defaultdict(list)
    for by_run in replay.shipments:
        load = by_run.shipment
        sent[load.pickup_point, load.depot, load.ready_day, load.size].append(load)
    for by_van in replay.van_shipments:
        row = by_van.shipment
        sent[row.pickup_point, by_van.depot or "", row.ready_day, row.size].append(row)
    wanted = demanded(replay)
    loads: list[_Sent] = []
    for key in sorted(wanted.keys() | sent.keys(), key=_order):
        parcels, like = wanted.get(key, 0), sent.get(key, [])
        if parcels == sum(load.parcels for load in like):
            loads += like
        elif parcels:
            loads += _shared_out(key, parcels, like or _alike(key, sent))
    return replaced(
        plan,
        shipments=tuple(load for load in loads if isinstance(load, Shipment)),
        van_shipments=tuple(load for load in loads if isinstance(load, VanShipment)),
    )


def _order(key: _Key) -> tuple[str, str, int, int]:
    point, depot, ready_day, size = key
    return (
        point,
        depot,
        next(number for number, day in enumerate(DAYS) if day == ready_day),
        next(number for number, one in enumerate(SIZES) if one == size),
    )


def _alike(key: _Key, sent: Mapping[_Key, list[_Sent]]) -> list[_Sent]:
    """Return how parcels of another size ride that are ready there on the same day."""
    point, depot, ready_day, _ = key
    others = (sent.get((point, depot, ready_day, size), []) for size in SIZES)
    return next((like for like in others if like), [])


def _shared_out(key: _Key, parcels: int, like: Iterable[_Sent]) -> list[_Sent]:
    """Return parcels that ride as their like do, in the same proportions."""
    rides = list(like)
    parts = apportion(parcels, [Fraction(load.parcels) for load in rides]) if rides else []
    return [
        replaced(load, parcels=part, size=key[-1])
        for load, part in zip(rides, parts, strict=True)
        if part
    ]
