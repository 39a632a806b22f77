"""Unit prices in whole öre, computed exactly: what one box, stop, parcel or village costs a week.

Every price is rounded once, ties to even, from exact fractions of the decimal numbers that the
user wrote; sums of prices are then sums of whole numbers.
"""

from fractions import Fraction

from deliveryopt.scenario.rates import Rates
from deliveryopt.scenario.schema import BoxType, PickupPoint, Scenario
from deliveryopt.scenario.terms import RunTerms
from deliveryopt.units import (
    G_PER_KG,
    M_PER_KM,
    S_PER_MIN,
    exact,
    ore_from_sek,
    ore_per_week,
    rounded_ore,
)


def box_ore_per_week(box_type: BoxType) -> int:
    """Return the weekly cost of one box, öre."""
    return ore_per_week(box_type.sek_per_year)


def site_ore_per_week(point: PickupPoint) -> int:
    """Return the weekly cost of a site with at least one box, besides its boxes, öre."""
    return ore_per_week(point.fixed_sek_per_year)


def point_ore_per_parcel(point: PickupPoint) -> int:
    """Return the fee for a parcel collected at a pickup point, öre."""
    return ore_from_sek(point.sek_per_parcel)


def run_ore_per_parcel(terms: RunTerms) -> int:
    """Return the cost of carrying one parcel on one run, öre."""
    return ore_from_sek(terms.sek_per_parcel)


def service_ore(terms: RunTerms, *, num_stops: int, extra_m: int, extra_s: int) -> int:
    """Return what one service costs the run, öre: stops, detour kilometres, extra minutes."""
    return rounded_ore(
        num_stops * exact(terms.sek_per_stop)
        + exact(terms.sek_per_detour_km) * extra_m / M_PER_KM
        + exact(terms.sek_per_minute) * extra_s / S_PER_MIN
    )


def service_co2_ore(terms: RunTerms, rates: Rates, *, extra_m: int) -> int:
    """Return the value of the carbon dioxide of one service's detour, öre."""
    grams = exact(terms.co2_g_per_detour_km) * extra_m / M_PER_KM
    return rounded_ore(exact(rates.co2_sek_per_kg) * grams / G_PER_KG)


def resident_trips(rates: Rates, *, parcels: int) -> Fraction:
    """Return the residents' return trips a week made only to collect."""
    return parcels * exact(rates.dedicated_trip_share)


def resident_km(rates: Rates, *, parcels: int, distance_m: int) -> tuple[Fraction, Fraction]:
    """Return residents' kilometres a week by car and on foot, there and back."""
    km = resident_trips(rates, parcels=parcels) * 2 * distance_m / M_PER_KM
    by_car = distance_m > exact(rates.car_beyond_km) * M_PER_KM
    return (km, Fraction(0)) if by_car else (Fraction(0), km)


def resident_trip_ore(rates: Rates, *, parcels: int, distance_m: int) -> int:
    """Return what residents' own trips cost a week, car and time, öre."""
    car_km, walk_km = resident_km(rates, parcels=parcels, distance_m=distance_m)
    hours = car_km / exact(rates.car_speed_kmh) + walk_km / exact(rates.walk_speed_kmh)
    sek = car_km * exact(rates.car_sek_per_km) + hours * exact(rates.resident_sek_per_h)
    return rounded_ore(sek)


def resident_co2_ore(rates: Rates, *, parcels: int, distance_m: int) -> int:
    """Return the value of the carbon dioxide of residents' own trips a week, öre."""
    car_km, _ = resident_km(rates, parcels=parcels, distance_m=distance_m)
    grams = car_km * exact(rates.car_co2_g_per_km)
    return rounded_ore(exact(rates.co2_sek_per_kg) * grams / G_PER_KG)


def village_ore_per_week(
    scenario: Scenario, point: PickupPoint | None, *, parcels: int, distance_m: int
) -> int:
    """Return what one village's collecting costs a week as the goal counts it, öre.

    Parameters
    ----------
    scenario
        Gives rates and what the goal counts.
    point
        Where the village collects; None if nowhere, which costs nothing.
    parcels
        The village's parcels a week.
    distance_m
        Road distance from the village to the point, metres.

    Returns
    -------
    int
        The point's fees, and residents' trips and carbon dioxide where the goal counts them.
    """
    if point is None:
        return 0
    cost_ore = parcels * point_ore_per_parcel(point)
    if scenario.goal.count_resident_trips:
        cost_ore += resident_trip_ore(scenario.rates, parcels=parcels, distance_m=distance_m)
    if scenario.goal.count_co2:
        cost_ore += resident_co2_ore(scenario.rates, parcels=parcels, distance_m=distance_m)
    return cost_ore
