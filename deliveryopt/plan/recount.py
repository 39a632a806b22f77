"""The second opinion on cost: counted from the cost table of `docs/model.md`, exactly.

Written without a look at `scenario/prices.py` and `scenario/homes.py`, whose sums it must equal.
"""

from fractions import Fraction

from deliveryopt.plan.plan import Plan
from deliveryopt.plan.replay import Replay, replay_plan
from deliveryopt.plan.replay_services import Way
from deliveryopt.plan.replay_vans import VanRouteReplay
from deliveryopt.plan.world import build_world
from deliveryopt.scenario.home_delivery import HomeOrder
from deliveryopt.scenario.schema import Run, Scenario
from deliveryopt.units import (
    G_PER_KG,
    M_PER_KM,
    MIN_PER_H,
    ORE_PER_SEK,
    S_PER_MIN,
    WEEKS_PER_YEAR,
)


def _ore(sek: Fraction) -> int:
    """Return an amount in öre, rounded once, ties to even."""
    return round(sek * ORE_PER_SEK)


def _number(value: float) -> Fraction:
    """Return a decimal number as the user wrote it."""
    return Fraction(str(value))


def _boxes_ore(replay: Replay) -> int:
    """Return the cost of boxes and of sites with a box."""
    total = 0
    for place, boxes in replay.boxes.items():
        for box_type, num_boxes in boxes.items():
            yearly = _number(replay.world.box_types[box_type].sek_per_year)
            total += num_boxes * _ore(yearly / WEEKS_PER_YEAR)
        point = replay.world.points[place]
        if point.kind == "site":
            total += _ore(_number(point.fixed_sek_per_year) / WEEKS_PER_YEAR)
    return total


def _co2_ore(replay: Replay, g_per_km: float, metres: int) -> int:
    """Return the value of the carbon dioxide of a drive where the goal counts it."""
    if not replay.world.scenario.goal.count_co2:
        return 0
    co2_kg = Fraction(metres, M_PER_KM) * _number(g_per_km) / G_PER_KG
    return _ore(co2_kg * _number(replay.world.scenario.rates.co2_sek_per_kg))


def _way_ore(replay: Replay, run: Run, way: Way, num_stops: int) -> int:
    """Return the cost of one service or home delivery, and of its carbon dioxide if counted."""
    terms = replay.world.terms[run.id]
    stops = num_stops * _number(terms.sek_per_stop)
    driving = Fraction(way.extra_m, M_PER_KM) * _number(terms.sek_per_detour_km)
    minutes = Fraction(way.extra_s, S_PER_MIN) * _number(terms.sek_per_minute)
    co2_ore = _co2_ore(replay, terms.co2_g_per_detour_km, way.extra_m)
    return _ore(stops + driving + minutes) + co2_ore


def _van_ore(replay: Replay, done: VanRouteReplay) -> int:
    """Return the cost of what a van drives on one day."""
    van = done.van
    sek = _number(van.sek_per_day)
    sek += Fraction(done.metres, M_PER_KM) * _number(van.sek_per_km)
    sek += Fraction(done.minutes, MIN_PER_H) * _number(van.sek_per_h)
    return _ore(sek) + _co2_ore(replay, van.co2_g_per_km, done.metres)


def _collected_ore(replay: Replay, order: HomeOrder, point: str) -> int:
    """Return what a home order costs that is collected at a pickup point."""
    fee = _ore(_number(replay.world.points[point].sek_per_parcel))
    return _ore(_number(order.box_sek)) + fee


def _left_ore(replay: Replay, order: HomeOrder) -> int:
    """Return what a home order costs that the plan leaves."""
    if order.today_sek is not None:
        return _ore(_number(order.today_sek))
    return _ore(_number(replay.world.scenario.home_delivery.unserved_sek))


def _village_ore(replay: Replay, village: str) -> int:
    """Return what a village's collecting costs: fees, own trips, their carbon dioxide."""
    point = replay.point_of(village)
    if point is None:
        return 0
    goal, rates = replay.world.scenario.goal, replay.world.scenario.rates
    parcels = replay.world.parcels_of[village]
    total = parcels * _ore(_number(replay.world.points[point].sek_per_parcel))
    metres = replay.world.travel.road_m(village, point)
    if metres is None:
        return total
    km = Fraction(metres, M_PER_KM)
    both_ways_km = 2 * km * parcels * _number(rates.dedicated_trip_share)
    by_car = km > _number(rates.car_beyond_km)
    if goal.count_resident_trips:
        speed_kmh = _number(rates.car_speed_kmh if by_car else rates.walk_speed_kmh)
        sek = both_ways_km / speed_kmh * _number(rates.resident_sek_per_h)
        if by_car:
            sek += both_ways_km * _number(rates.car_sek_per_km)
        total += _ore(sek)
    if goal.count_co2 and by_car:
        co2_kg = both_ways_km * _number(rates.car_co2_g_per_km) / G_PER_KG
        total += _ore(co2_kg * _number(rates.co2_sek_per_kg))
    return total


def cost_of_replay(replay: Replay) -> int:
    """Return the goal's cost of a plan lived through, öre a week."""
    carried = (
        sent.shipment.parcels * _ore(_number(replay.world.terms[ride.run.id].sek_per_parcel))
        for sent in replay.shipments
        for ride in sent.rides
    )
    return (
        _boxes_ore(replay)
        + sum(
            _way_ore(replay, done.run, done.way, len(done.service.points))
            for done in replay.services
        )
        + sum(carried)
        + sum(_way_ore(replay, done.run, done.way, 1) for done in replay.home_rides)
        + sum(_van_ore(replay, done) for done in replay.van_routes)
        + sum(
            _collected_ore(replay, replay.world.homes[order], point)
            for order, point in replay.in_box.items()
        )
        + sum(_left_ore(replay, order) for order in replay.left)
        + sum(_village_ore(replay, village) for village in replay.world.villages)
    )


def plan_cost_ore(scenario: Scenario, plan: Plan) -> int:
    """Return the goal's cost of a plan, öre a week, each amount rounded once, ties to even.

    Parts of the plan that name unknown things cost nothing.
    """
    return cost_of_replay(replay_plan(build_world(scenario), plan))
