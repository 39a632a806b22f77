"""Cost of a plan by item and by payer, and what travels for it: priced by `scenario/prices.py`."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from deliveryopt.plan.figures import (
    CostByItem,
    CostByPayer,
    PickupPointRow,
)
from deliveryopt.plan.home_payers import cost_of_home_ride, cost_of_route, door_deliveries
from deliveryopt.plan.replay import Replay
from deliveryopt.plan.rows import cost_of_service
from deliveryopt.plan.rows_of_homes import box_ore
from deliveryopt.scenario.homes import left_ore, van_co2_ore
from deliveryopt.scenario.prices import (
    resident_co2_ore,
    resident_km,
    resident_trip_ore,
    resident_trips,
    run_ore_per_parcel,
    service_co2_ore,
)
from deliveryopt.scenario.terms import Payer, RunTerms
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


def _detours(replay: Replay) -> Iterator[tuple[RunTerms, int]]:
    """Yield terms and extra metres of every service and home delivery by a run."""
    for served in replay.services:
        yield replay.world.terms[served.run.id], served.way.extra_m
    for ride in replay.home_rides:
        yield replay.world.terms[ride.run.id], ride.way.extra_m


def detours_co2_kg(replay: Replay) -> Fraction:
    """Return the carbon dioxide of all detours of runs in a week, kg."""
    grams = (
        Fraction(str(terms.co2_g_per_detour_km)) * extra_m / M_PER_KM
        for terms, extra_m in _detours(replay)
    )
    return sum(grams, Fraction(0)) / G_PER_KG


def _operators_co2_ore(replay: Replay) -> int:
    """Return the value of the carbon dioxide of detours and vans, öre a week."""
    scenario = replay.world.scenario
    detours_ore = sum(
        service_co2_ore(terms, scenario.rates, extra_m=extra_m)
        for terms, extra_m in _detours(replay)
    )
    return detours_ore + sum(
        van_co2_ore(scenario, done.van, metres=done.metres) for done in replay.van_routes
    )


@dataclass(frozen=True, slots=True, eq=False)
class Paid:
    """Amounts of one cost item, öre a week."""

    total_ore: int
    """Sum."""
    by_payer: Counter[Payer]
    """The same by payer."""


def _paid(amounts: Iterable[tuple[Payer, int]]) -> Paid:
    """Return amounts added up."""
    by_payer = Counter[Payer]()
    for payer, amount_ore in amounts:
        by_payer[payer] += amount_ore
    return Paid(sum(by_payer.values()), by_payer)


def _by_municipality(amounts_ore: Iterable[int]) -> Paid:
    """Return amounts that the municipality pays added up."""
    return _paid(("municipality", amount_ore) for amount_ore in amounts_ore)


def _items(replay: Replay, points: list[PickupPointRow], trips: Trips) -> dict[str, Paid]:
    """Return the cost items that somebody pays, by name and by payer."""
    terms, scenario = replay.world.terms, replay.world.scenario
    served = ((terms[d.run.id].payer, cost_of_service(replay, d)) for d in replay.services)
    rides = ((ride, sent) for sent in replay.shipments for ride in sent.rides)
    carried = (
        (terms[ride.run.id].payer, sent.shipment.parcels * run_ore_per_parcel(terms[ride.run.id]))
        for ride, sent in rides
    )
    homes = ((terms[d.run.id].payer, cost_of_home_ride(replay, d)) for d in replay.home_rides)
    boxed = [box_ore(replay.world.homes[order]) for order in replay.in_box]
    as_today = [left_ore(scenario, order) for order in replay.left if order.today_sek is not None]
    return {
        "boxes_ore": _by_municipality(row.boxes_ore_per_week for row in points),
        "sites_ore": _by_municipality(row.site_ore_per_week for row in points),
        "fees_ore": _paid((_host_payer(row), row.fees_ore_per_week) for row in points),
        "services_ore": _paid(served),
        "carrying_ore": _paid(carried),
        "resident_trips_ore": _paid([("residents", trips.cost_ore)]),
        "vans_ore": _paid((done.van.payer, cost_of_route(done)) for done in replay.van_routes),
        "home_deliveries_ore": _paid(homes),
        "orders_in_boxes_ore": _by_municipality(boxed),
        "orders_as_today_ore": _by_municipality(as_today),
    }


def _host_payer(row: PickupPointRow) -> Payer:
    """Return who pays the fees at a pickup point."""
    return "municipality" if row.kind == "site" else "carrier"


def _transfers(replay: Replay) -> Iterator[tuple[Payer, int]]:
    """Yield what households and shops pay for deliveries to the door, and to whom it goes."""
    for done in door_deliveries(replay):
        yield "residents", done.customer_fee_ore
        yield "shop", done.shop_share_ore
        yield done.payer, -done.customer_fee_ore - done.shop_share_ore


def costs_of(
    replay: Replay, points: Iterable[PickupPointRow], trips: Trips, *, grant_ore: int
) -> tuple[CostByItem, CostByPayer]:
    """Return the cost of a plan by item and by payer.

    Parameters
    ----------
    replay
        The plan lived through.
    points
        The figures of its pickup points.
    trips
        Residents' own trips.
    grant_ore
        The state's grant to the municipality for home delivery, öre a week.
    """
    items = _items(replay, list(points), trips)
    unserved_ore = sum(
        left_ore(replay.world.scenario, order) for order in replay.left if order.today_sek is None
    )
    by_item = CostByItem(
        co2_ore=_operators_co2_ore(replay) + trips.co2_ore,
        unserved_orders_ore=unserved_ore,
        **{name: paid.total_ore for name, paid in items.items()},
    )
    payers = _paid(_transfers(replay)).by_payer
    for paid in items.values():
        payers.update(paid.by_payer)
    return by_item, CostByPayer(
        municipality_ore=payers["municipality"] - grant_ore,
        region_ore=payers["region"],
        carrier_ore=payers["carrier"],
        residents_ore=payers["residents"],
        state_ore=grant_ore,
        shops_ore=payers["shop"],
    )


def goal_cost_ore(replay: Replay, by_item: CostByItem) -> int:
    """Return the goal's cost, öre a week: residents' trips and carbon dioxide if it counts them."""
    goal = replay.world.scenario.goal
    not_counted = {
        "resident_trips_ore": not goal.count_resident_trips,
        "co2_ore": not goal.count_co2,
    }
    amounts: dict[str, int] = by_item.model_dump()
    return sum(ore for name, ore in amounts.items() if not not_counted.get(name))
