"""Figures by home order, van, and van and day."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from deliveryopt.plan.figures_of_homes import (
    HomeRow,
    OrderCounts,
    VanDayRow,
    VanFigures,
    VanRow,
)
from deliveryopt.plan.home_payers import (
    cost_of_home_ride,
    cost_of_route,
    household_of,
    parts_of_route,
)
from deliveryopt.plan.replay import Replay
from deliveryopt.plan.replay_vans import VanRouteReplay
from deliveryopt.plan.world import DAY_NUMBER
from deliveryopt.scenario.home_delivery import HomeOrder
from deliveryopt.scenario.homes import bypasses, left_ore, ready_day_in_box
from deliveryopt.scenario.prices import point_ore_per_parcel
from deliveryopt.scenario.vans import Van
from deliveryopt.units import DAYS, DAYS_PER_WEEK, G_PER_KG, M_PER_KM, exact, ore_from_sek

DECIMALS: Final = 3
TENTHS: Final = 10
Values = dict[str, object]


def _delivered_by_runs(replay: Replay) -> dict[str, Values]:
    """Return when and by which run each order is delivered, the first time."""
    found: dict[str, Values] = {}
    for done in replay.home_rides:
        values: Values = {
            "how": "by_run",
            "day": DAYS[done.day % DAYS_PER_WEEK],
            "carrier": done.run.id,
            "payer": replay.world.terms[done.run.id].payer,
            "earliest_min": done.way.earliest_min - done.midnight_min,
            "latest_min": done.way.latest_min - done.midnight_min,
            "cost_ore": cost_of_home_ride(replay, done),
        }
        found.setdefault(done.order.id, values)
    return found


def _delivered_by_vans(replay: Replay) -> dict[str, Values]:
    """Return when and by which van each order is delivered, the first time."""
    found: dict[str, Values] = {}
    for done in replay.van_routes:
        numbers = [trip.number for trip in done.trips for _ in trip.stops]
        stops = zip(done.stops, numbers, parts_of_route(done), strict=True)
        for stop, number, part_ore in stops:
            if stop.order is None:
                continue
            values: Values = {
                "how": "by_van",
                "day": done.route.day,
                "carrier": done.van.id,
                "payer": done.van.payer,
                "trip": number,
                "earliest_min": stop.stop.arrival_min,
                "latest_min": stop.stop.arrival_min,
                "cost_ore": part_ore,
            }
            found.setdefault(stop.order.id, values)
    return found


def _collected(replay: Replay) -> dict[str, Values]:
    """Return where each order is collected that a pickup point holds."""
    world = replay.world
    return {
        order_id: {
            "how": "in_box",
            "day": ready_day_in_box(world.scenario, world.homes[order_id]),
            "pickup_point": point,
            "cost_ore": box_ore(world.homes[order_id]) + point_ore_per_parcel(world.points[point]),
        }
        for order_id, point in replay.in_box.items()
    }


def box_ore(order: HomeOrder) -> int:
    """Return what an order costs that is collected, besides the point's fee, öre."""
    return ore_from_sek(order.box_sek)


def _left(replay: Replay) -> dict[str, Values]:
    """Return what each order costs that the plan leaves."""
    return {
        order.id: {
            "how": "unserved" if order.today_sek is None else "as_today",
            "payer": None if order.today_sek is None else "municipality",
            "cost_ore": left_ore(replay.world.scenario, order),
        }
        for order in replay.left
    }


def home_rows(replay: Replay) -> tuple[HomeRow, ...]:
    """Return the figures of every home order; of two ends the first of run, van and box."""
    world = replay.world
    ends = _left(replay) | _collected(replay)
    ends |= _delivered_by_vans(replay) | _delivered_by_runs(replay)
    nowhere: Values = dict.fromkeys(
        ("day", "carrier", "payer", "trip", "pickup_point", "earliest_min", "latest_min")
    )
    rows = []
    for order in world.homes.values():
        origin = world.origins[order.id]
        metres = None if origin is None else world.travel.road_m(origin, order.id)
        of_order: Values = {
            "order": order.id,
            "household": household_of(order),
            "goods": order.goods,
            "origin": origin,
            "distance_km": None if metres is None else metres / M_PER_KM,
            "bypasses": bypasses(world.scenario, world.travel, order),
            "real": order.real,
        }
        rows.append(HomeRow.model_validate(nowhere | of_order | ends[order.id]))
    return tuple(rows)


def order_counts(rows: Iterable[HomeRow]) -> OrderCounts:
    """Return home orders by what becomes of them."""
    ends = [(row.how, row.bypasses) for row in rows]
    hows = [how for how, _ in ends]
    return OrderCounts(
        orders=len(hows),
        by_run=hows.count("by_run"),
        by_van=hows.count("by_van"),
        in_box=hows.count("in_box"),
        as_today=hows.count("as_today"),
        unserved=hows.count("unserved"),
        bypassing=sum(passed and how in {"by_run", "by_van"} for how, passed in ends),
    )


def _parcels(replay: Replay, done: VanRouteReplay) -> int:
    """Return the parcels that a route brings to pickup points."""
    trips = {id(trip) for trip in done.trips}
    return sum(sent.shipment.parcels for sent in replay.van_shipments if id(sent.trip) in trips)


def _van_day_row(replay: Replay, done: VanRouteReplay) -> VanDayRow:
    """Return the figures of one route."""
    loads = [replay.load_of_trip(trip) for trip in done.trips]
    return VanDayRow(
        van=done.van.id,
        day=done.route.day,
        start_min=done.route.start_min,
        end_min=done.route.end_min,
        minutes=done.minutes,
        trips=len(done.trips),
        stops=len(done.stops),
        home_stops=len(done.orders),
        point_stops=len(done.stops) - len(done.orders),
        km=done.metres / M_PER_KM,
        orders=len(done.orders),
        parcels=_parcels(replay, done),
        peak_pieces=max((pieces for _, _, pieces in loads), default=0),
        peak_litres=max((litres for litres, _, _ in loads), default=0) / TENTHS,
        peak_kg=max((kg for _, kg, _ in loads), default=0) / TENTHS,
        cost_ore=cost_of_route(done),
    )


def van_day_rows(replay: Replay) -> tuple[VanDayRow, ...]:
    """Return the figures of every route, by van and day."""
    rows = (_van_day_row(replay, done) for done in replay.van_routes)
    return tuple(sorted(rows, key=lambda row: (row.van, DAY_NUMBER[row.day])))


def co2_of_vans_kg(routes: Iterable[VanRouteReplay]) -> Fraction:
    """Return the carbon dioxide of routes, kg."""
    grams = (exact(done.van.co2_g_per_km) * done.metres / M_PER_KM for done in routes)
    return sum(grams, Fraction(0)) / G_PER_KG


def _van_row(van: Van, routes: list[VanRouteReplay], days: list[VanDayRow]) -> VanRow:
    """Return the figures of one van over the week."""
    return VanRow(
        van=van.id,
        name=van.name,
        operator=van.operator,
        payer=van.payer,
        days=tuple(dict.fromkeys(row.day for row in days)),
        trips=sum(row.trips for row in days),
        stops=sum(row.stops for row in days),
        km=sum(done.metres for done in routes) / M_PER_KM,
        minutes=sum(row.minutes for row in days),
        orders=sum(row.orders for row in days),
        parcels=sum(row.parcels for row in days),
        peak_pieces=max((row.peak_pieces for row in days), default=0),
        capacity_pieces=van.capacity_parcels,
        cost_ore_per_week=sum(row.cost_ore for row in days),
        co2_kg_per_week=round(float(co2_of_vans_kg(routes)), DECIMALS),
    )


def van_rows(replay: Replay, van_days: Iterable[VanDayRow]) -> tuple[VanRow, ...]:
    """Return the figures of every van of the scenario."""
    days = list(van_days)
    return tuple(
        _van_row(
            van,
            [done for done in replay.van_routes if done.van.id == van.id],
            [row for row in days if row.van == van.id],
        )
        for van in replay.world.vans.values()
    )


def van_figures(replay: Replay, van_days: Iterable[VanDayRow]) -> VanFigures:
    """Return what all vans drive."""
    days = list(van_days)
    return VanFigures(
        vans_used=len({row.van for row in days}),
        van_days=len(days),
        trips=sum(row.trips for row in days),
        stops=sum(row.stops for row in days),
        km=sum(done.metres for done in replay.van_routes) / M_PER_KM,
        minutes=sum(row.minutes for row in days),
        orders=sum(row.orders for row in days),
        parcels=sum(row.parcels for row in days),
        co2_kg=round(float(co2_of_vans_kg(replay.van_routes)), DECIMALS),
    )
