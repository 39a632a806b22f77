"""What is left of a plan the week something disappears, before anything is planned anew.

A village of whose parcels some rode on it, or were collected there, is no longer served: its
parcels come as they do without the plan. Everything else goes on as before.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from deliveryopt.plan.plan import Plan, Service, TodaysCollection, VanRoute, VanShipment
from deliveryopt.plan.replay import Replay, replay_plan
from deliveryopt.plan.today import left
from deliveryopt.plan.world import World, build_world
from deliveryopt.scenario.changes import replaced
from deliveryopt.scenario.schema import Scenario
from deliveryopt.studies.kept_plan import retimed
from deliveryopt.studies.parts import Part

_Pair = tuple[str, str]
"""Pickup point and depot."""


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """What a plan loses at once."""

    pairs: frozenset[_Pair]
    """Pickup points and depots of which some parcels can no longer come."""
    villages: frozenset[str]
    """Villages that get parcels by it."""
    orders: frozenset[str]
    """Home orders."""
    parcels: int
    """Parcels a week."""


def hit_by(scenario: Scenario, plan: Plan, part: Part) -> Hit:
    """Return what a plan loses at once if something disappears.

    Parameters
    ----------
    scenario
        The scenario before it does.
    plan
        A plan that keeps every rule of it.
    part
        What disappears.
    """
    world = build_world(scenario)
    replay = replay_plan(world, plan)
    pairs, parcels = set[_Pair](), 0
    for sent in plan.shipments:
        places = {sent.pickup_point, *(leg.alight_point for leg in sent.legs)}
        if part.closed & places or any(leg.run in part.runs for leg in sent.legs):
            pairs.add((sent.pickup_point, sent.depot))
            parcels += sent.parcels
    for done in replay.van_shipments:
        by_van = done.shipment
        if by_van.van in part.vans or by_van.pickup_point in part.closed:
            pairs.add((by_van.pickup_point, done.depot or ""))
            parcels += by_van.parcels
    todays = {kept.village for kept in plan.as_today if kept.agent in part.agents}
    served = {
        row.village
        for row in plan.collections
        if row.pickup_point in part.closed
        or (
            (row.pickup_point, world.villages[row.village].depot) in pairs
            and world.parcels_of[row.village]
        )
    }
    return Hit(
        pairs=frozenset(pairs),
        villages=frozenset(todays | served),
        orders=frozenset(_orders_hit(replay, part, pairs)),
        parcels=parcels + sum(world.parcels_of[village] for village in todays),
    )


def _orders_hit(replay: Replay, part: Part, pairs: AbstractSet[_Pair]) -> set[str]:
    """Return the home orders that are lost."""
    plan, origins = replay.plan, replay.world.origins
    by_run = {row.order for row in plan.homes_by_run if row.run in part.runs}
    by_van = {
        order.id
        for done in replay.van_routes
        if done.route.van in part.vans
        for order in done.orders
    }
    in_box = {
        row.order
        for row in plan.homes_in_box
        if row.pickup_point in part.closed or (row.pickup_point, origins[row.order] or "") in pairs
    }
    return by_run | by_van | in_box


def plan_without(after: Scenario, plan: Plan, part: Part, hit: Hit) -> Plan:
    """Return what is left of a plan, in the scenario in which something has disappeared.

    Parameters
    ----------
    after
        The scenario without it.
    plan
        The plan with it.
    part, hit
        What disappears, and what the plan loses by it.
    """
    world = build_world(after)
    collections = tuple(row for row in plan.collections if row.village not in hit.villages)
    in_box = tuple(row for row in plan.homes_in_box if row.order not in hit.orders)
    shipments = tuple(
        sent for sent in plan.shipments if (sent.pickup_point, sent.depot) not in hit.pairs
    )
    needed = {row.pickup_point for row in collections} | {row.pickup_point for row in in_box}
    needed |= {leg.alight_point for sent in shipments for leg in sent.legs}
    routes, van_shipments = _vans_left(plan, part, hit, needed)
    pinned = {point.id for point in after.pickup_points if point.state == "must_open"}
    rest = replaced(
        plan,
        opened=tuple(row for row in plan.opened if row.pickup_point in needed | pinned),
        collections=collections,
        as_today=_as_today(world, {row.village for row in collections}),
        services=services_left(plan, part.runs, needed),
        shipments=shipments,
        homes_by_run=tuple(row for row in plan.homes_by_run if row.order not in hit.orders),
        van_routes=routes,
        van_shipments=van_shipments,
        homes_in_box=in_box,
        homes_left=(
            *plan.homes_left,
            *(left(world.homes[order]) for order in sorted(hit.orders)),
        ),
    )
    return retimed(world, rest)


def _as_today(world: World, served: AbstractSet[str]) -> tuple[TodaysCollection, ...]:
    """Return the villages that are not served, each with its nearest agent."""
    found = []
    for village in world.villages:
        if village not in served:
            nearest = world.nearest[village]
            agent = None if nearest is None else nearest[0]
            found.append(TodaysCollection(village=village, agent=agent))
    return tuple(found)


def services_left(
    plan: Plan, gone: AbstractSet[str], needed: AbstractSet[str]
) -> tuple[Service, ...]:
    """Return the services of runs that are not gone, to the points that are still needed."""
    found = []
    for service in plan.services:
        points = tuple(point for point in service.points if point in needed)
        if service.run not in gone and points:
            found.append(service if points == service.points else replaced(service, points=points))
    return tuple(found)


def _vans_left(
    plan: Plan, part: Part, hit: Hit, needed: AbstractSet[str]
) -> tuple[tuple[VanRoute, ...], tuple[VanShipment, ...]]:
    """Return the routes of the vans that are left, and what they bring.

    A stop that is no longer needed falls out, and so do trips and routes without stops; the van
    waits instead.
    """
    points = {sent.pickup_point for sent in plan.van_shipments} | {
        row.pickup_point for row in plan.opened
    }
    gone = (points | part.closed) - needed
    routes, shipments = [], []
    for route in plan.van_routes:
        if route.van in part.vans:
            continue
        trips, number_of = [], dict[int, int]()
        for number, trip in enumerate(route.trips, start=1):
            stops = tuple(
                stop
                for stop in trip.stops
                if stop.place not in gone and stop.place not in hit.orders
            )
            if stops:
                trips.append(replaced(trip, stops=stops))
                number_of[number] = len(trips)
        if trips:
            routes.append(replaced(route, trips=tuple(trips)))
        shipments += [
            replaced(sent, trip=number_of[sent.trip])
            for sent in plan.van_shipments
            if (sent.van, sent.day) == (route.van, route.day)
            and sent.trip in number_of
            and (sent.pickup_point, route.trips[sent.trip - 1].origin) not in hit.pairs
        ]
    return tuple(routes), tuple(shipments)
