"""What follows from home orders and vans alone: origins, bypassing, who may carry, prices."""

from typing import Final, Protocol

from deliveryopt.scenario.home_delivery import HomeOrder
from deliveryopt.scenario.schema import Scenario
from deliveryopt.scenario.terms import Goods
from deliveryopt.scenario.travel import Travel
from deliveryopt.scenario.vans import Van
from deliveryopt.units import (
    DAYS,
    G_PER_KG,
    M_PER_KM,
    MIN_PER_H,
    S_PER_MIN,
    exact,
    ore_from_sek,
    rounded_ore,
    tenths_up,
)

FLAG_OF_GOODS: Final[dict[Goods, str]] = {
    "parcel": "carries_home_parcels",
    "grocery": "carries_groceries",
    "pharmacy": "carries_pharmacy",
    "meal": "carries_meals",
}
"""The flag of a run's terms or a van for each kind of goods."""


class Carrier(Protocol):
    """Terms of a run, or a van: what it says about homes."""

    @property
    def may_enter_homes(self) -> bool:
        """Whether the driver may enter homes."""

    @property
    def chilled(self) -> bool:
        """Whether no cold-chain limit counts."""


def nearest_shop(scenario: Scenario, travel: Travel, order: HomeOrder) -> tuple[str, int] | None:
    """Return the shop nearest to a home by road and its distance in metres; ties by id."""
    candidates = [
        (metres, depot.id)
        for depot in scenario.depots
        if depot.kind == "shop" and (metres := travel.road_m(depot.id, order.id)) is not None
    ]
    if not candidates:
        return None
    metres, shop = min(candidates)
    return shop, metres


def origin_of(scenario: Scenario, travel: Travel, order: HomeOrder) -> str | None:
    """Return the depot or shop that an order comes from; None if there is none."""
    if order.origin is not None:
        return order.origin
    nearest = nearest_shop(scenario, travel, order)
    return None if nearest is None else nearest[0]


def bypasses(scenario: Scenario, travel: Travel, order: HomeOrder) -> bool:
    """Return whether an order's groceries come past a nearer shop."""
    if order.goods != "grocery" or order.origin is None:
        return False
    nearest = nearest_shop(scenario, travel, order)
    if nearest is None:
        return False
    metres = travel.road_m(order.origin, order.id)
    kind = next(depot.kind for depot in scenario.depots if depot.id == order.origin)
    return kind != "shop" or metres is None or metres > nearest[1]


def may_be_delivered(scenario: Scenario, travel: Travel, order: HomeOrder) -> bool:
    """Return whether an order has an origin from which the rules let it be delivered."""
    if origin_of(scenario, travel, order) is None:
        return False
    return scenario.home_delivery.no_bypass != "rule" or not bypasses(scenario, travel, order)


def may_carry(carrier: Carrier, order: HomeOrder) -> bool:
    """Return whether a run's terms or a van let it bring an order to its door."""
    carries: bool = getattr(carrier, FLAG_OF_GOODS[order.goods])
    return carries and (carrier.may_enter_homes or not order.needs_entry)


def ready_day_in_box(scenario: Scenario, order: HomeOrder) -> str | None:
    """Return the day on which an order becomes ready as a parcel; None if it never does."""
    return next((day for day in DAYS if day in order.days and day in scenario.days), None)


def order_load(order: HomeOrder) -> tuple[int, int, int]:
    """Return tenths of a litre, tenths of a kilogram, and 1 piece."""
    return tenths_up(order.litres), tenths_up(order.kg), 1


def left_ore(scenario: Scenario, order: HomeOrder) -> int:
    """Return what an order costs that is left, öre: today's payment, or that of not delivering."""
    sek = scenario.home_delivery.unserved_sek if order.today_sek is None else order.today_sek
    return ore_from_sek(sek)


def van_drive_min(travel: Travel, van: Van, place_a: str, place_b: str) -> int | None:
    """Return a van's driving time, whole minutes rounded up; None if no road leads there."""
    seconds = travel.road_s(place_a, place_b, speed_kmh=van.speed_kmh)
    return None if seconds is None else -(-seconds // S_PER_MIN)


def van_route_ore(van: Van, *, metres: int, minutes: int) -> int:
    """Return what a van's day costs, öre, carbon dioxide left out."""
    return rounded_ore(
        exact(van.sek_per_day)
        + exact(van.sek_per_km) * metres / M_PER_KM
        + exact(van.sek_per_h) * minutes / MIN_PER_H
    )


def van_co2_ore(scenario: Scenario, van: Van, *, metres: int) -> int:
    """Return the value of the carbon dioxide of a van's day, öre."""
    grams = exact(van.co2_g_per_km) * metres / M_PER_KM
    return rounded_ore(exact(scenario.rates.co2_sek_per_kg) * grams / G_PER_KG)
