"""Cost of a plan by item and by payer, and what travels for it: priced by `scenario/prices.py`."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from deliveryopt.plan.figures import (
    CostByItem,
    CostByPayer,
    PickupPointRow,
)
from deliveryopt.plan.replay import Replay
from deliveryopt.plan.rows import cost_of_service
from deliveryopt.scenario.prices import (
    resident_co2_ore,
    resident_km,
    resident_trip_ore,
    resident_trips,
    run_ore_per_parcel,
    service_co2_ore,
)
from deliveryopt.scenario.terms import Payer
from deliveryopt.units import G_PER_KG, M_PER_KM


@dataclass(frozen=True, slots=True, eq=False)
class Trips:
    """Residents' own trips in a week."""

    trips: Fraction
    """Return trips made only to collect."""
    car_km: Fraction
    """Kilometres by car."""
    walk_km: Fraction
    """Kilometres on foot."""
    cost_ore: int
    """Car and time, öre."""
    co2_ore: int
    """Value of the carbon dioxide, öre."""
    co2_kg: Fraction
    """Carbon dioxide, kg."""


def trips_of(replay: Replay) -> Trips:
    """Return residents' own trips of a plan in a week."""
    rates, trips, cost_ore, co2_ore = replay.world.scenario.rates, Fraction(0), 0, 0
    car_km = walk_km = Fraction(0)
    for village in replay.world.villages:
        point = replay.point_of(village)
        metres = replay.world.travel.road_m(village, point) if point else None
        if metres is None:
            continue
        parcels = replay.world.parcels_of[village]
        by_car, on_foot = resident_km(rates, parcels=parcels, distance_m=metres)
        trips += resident_trips(rates, parcels=parcels)
        car_km, walk_km = car_km + by_car, walk_km + on_foot
        cost_ore += resident_trip_ore(rates, parcels=parcels, distance_m=metres)
        co2_ore += resident_co2_ore(rates, parcels=parcels, distance_m=metres)
    return Trips(
        trips=trips,
        car_km=car_km,
        walk_km=walk_km,
        cost_ore=cost_ore,
        co2_ore=co2_ore,
        co2_kg=car_km * Fraction(str(rates.car_co2_g_per_km)) / G_PER_KG,
    )


def operators_co2_kg(replay: Replay) -> Fraction:
    """Return the carbon dioxide of all detours in a week, kg."""
    grams = (
        Fraction(str(replay.world.terms[done.run.id].co2_g_per_detour_km)) * done.extra_m / M_PER_KM
        for done in replay.services
    )
    return sum(grams, Fraction(0)) / G_PER_KG


def _runs_ore(replay: Replay) -> tuple[int, int, Counter[Payer]]:
    """Return the cost of services, of carrying, and of both by payer, öre a week."""
    terms, by_payer = replay.world.terms, Counter[Payer]()
    services_ore = carrying_ore = 0
    for done in replay.services:
        cost_ore = cost_of_service(replay, done)
        services_ore += cost_ore
        by_payer[terms[done.run.id].payer] += cost_ore
    for sent in replay.shipments:
        for ride in sent.rides:
            cost_ore = sent.shipment.parcels * run_ore_per_parcel(terms[ride.run.id])
            carrying_ore += cost_ore
            by_payer[terms[ride.run.id].payer] += cost_ore
    return services_ore, carrying_ore, by_payer


def costs_of(
    replay: Replay, points: Iterable[PickupPointRow], trips: Trips
) -> tuple[CostByItem, CostByPayer]:
    """Return the cost of a plan by item and by payer."""
    points = list(points)
    rates = replay.world.scenario.rates
    services_ore, carrying_ore, by_payer = _runs_ore(replay)
    boxes_ore = sum(row.boxes_ore_per_week for row in points)
    sites_ore = sum(row.site_ore_per_week for row in points)
    by_payer["municipality"] += boxes_ore + sites_ore
    by_payer["residents"] += trips.cost_ore
    for row in points:
        by_payer["municipality" if row.kind == "site" else "carrier"] += row.fees_ore_per_week
    detours_co2_ore = sum(
        service_co2_ore(replay.world.terms[done.run.id], rates, extra_m=done.extra_m)
        for done in replay.services
    )
    by_item = CostByItem(
        boxes_ore=boxes_ore,
        sites_ore=sites_ore,
        fees_ore=sum(row.fees_ore_per_week for row in points),
        services_ore=services_ore,
        carrying_ore=carrying_ore,
        resident_trips_ore=trips.cost_ore,
        co2_ore=detours_co2_ore + trips.co2_ore,
    )
    return by_item, CostByPayer(
        municipality_ore=by_payer["municipality"],
        region_ore=by_payer["region"],
        carrier_ore=by_payer["carrier"],
        residents_ore=by_payer["residents"],
    )


def goal_cost_ore(replay: Replay, by_item: CostByItem) -> int:
    """Return the goal's cost, öre a week: residents' trips and carbon dioxide if it counts them."""
    goal = replay.world.scenario.goal
    return (
        by_item.boxes_ore
        + by_item.sites_ore
        + by_item.fees_ore
        + by_item.services_ore
        + by_item.carrying_ore
        + goal.count_resident_trips * by_item.resident_trips_ore
        + goal.count_co2 * by_item.co2_ore
    )
