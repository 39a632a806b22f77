"""The second opinion on cost: counted from the cost table of `docs/model.md`, exactly.

Written without a look at `scenario/prices.py`, whose sums it must equal.
"""

from fractions import Fraction

from deliveryopt.plan.plan import Plan
from deliveryopt.plan.replay import Replay, ServiceReplay, replay_plan
from deliveryopt.plan.world import build_world
from deliveryopt.scenario.schema import Scenario
from deliveryopt.units import G_PER_KG, M_PER_KM, ORE_PER_SEK, S_PER_MIN, WEEKS_PER_YEAR


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


def _service_ore(replay: Replay, done: ServiceReplay) -> int:
    """Return the cost of one service, and of its carbon dioxide where the goal counts it."""
    terms = replay.world.terms[done.run.id]
    extra_km = Fraction(done.extra_m, M_PER_KM)
    stops = len(done.service.points) * _number(terms.sek_per_stop)
    driving = extra_km * _number(terms.sek_per_detour_km)
    minutes = Fraction(done.extra_s, S_PER_MIN) * _number(terms.sek_per_minute)
    total = _ore(stops + driving + minutes)
    if replay.world.scenario.goal.count_co2:
        co2_kg = extra_km * _number(terms.co2_g_per_detour_km) / G_PER_KG
        total += _ore(co2_kg * _number(replay.world.scenario.rates.co2_sek_per_kg))
    return total


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
        + sum(_service_ore(replay, done) for done in replay.services)
        + sum(carried)
        + sum(_village_ore(replay, village) for village in replay.world.villages)
    )


def plan_cost_ore(scenario: Scenario, plan: Plan) -> int:
    """Return the goal's cost of a plan, öre a week, each amount rounded once, ties to even.

    Parts of the plan that name unknown things cost nothing.
    """
    return cost_of_replay(replay_plan(build_world(scenario), plan))
