"""What is known of a changed scenario without any search, because one number has changed.

Two things are exact. A number that has no part in cost, rules or demand changes nothing. And where
a change only takes choices away or makes them dearer, a plan that was proven best and does not
suffer from it is still the best one.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from deliveryopt.plan.figures import Metrics
from deliveryopt.scenario.demand import build_demand
from deliveryopt.scenario.schema import Scenario, terms_of

_TRIPS: Final = frozenset(
    {
        "dedicated_trip_share",
        "car_beyond_km",
        "car_sek_per_km",
        "car_speed_kmh",
        "walk_speed_kmh",
        "resident_sek_per_h",
    }
)
"""Rates of residents' own trips."""
_CO2: Final = frozenset({"car_co2_g_per_km", "co2_sek_per_kg"})
_OF_DEMAND: Final = (
    "parcels_per_inhabitant_per_year",
    "rural_multiplier",
    "out_of_home_share",
    "not_boxable_share",
    "share_",
)
_PAYERS_ONLY: Final = frozenset(
    {
        "customer_fee_sek",
        "shop_share_sek",
        "max_per_household_week",
        "grant_share",
        "grant_cap_sek",
    }
)
"""Terms that move cost between payers and never change the sum."""

_UP: Final = 1
_DOWN: Final = -1
_HARDER: Final[Mapping[str, int]] = MappingProxyType(
    {
        "goal.coverage_share": _UP,
        "goal.budget_sek_per_year": _DOWN,
        "rules.reach_km": _DOWN,
        "rules.max_lead_days": _DOWN,
        "rules.min_deliveries_per_week": _UP,
        "rules.max_transfers": _DOWN,
        "rules.transfer_min": _UP,
        "rules.max_points_per_detour": _DOWN,
        "rules.max_boxes": _DOWN,
        "rates.collected_first_day_share": _DOWN,
        "rates.max_dwell_days": _UP,
        "rates.parcel_litres_s": _UP,
        "rates.parcel_litres_m": _UP,
        "rates.parcel_litres_l": _UP,
        "rates.parcel_kg_s": _UP,
        "rates.parcel_kg_m": _UP,
        "rates.parcel_kg_l": _UP,
    }
)
_HARDER_ANYWHERE: Final[Mapping[str, int]] = MappingProxyType(
    {
        "capacity_litres": _DOWN,
        "capacity_parcels": _DOWN,
        "capacity_kg": _DOWN,
        "parcel_s": _UP,
        "sek_per_stop": _UP,
        "sek_per_detour_km": _UP,
        "sek_per_minute": _UP,
        "sek_per_parcel": _UP,
        "compartments_s": _DOWN,
        "compartments_m": _DOWN,
        "compartments_l": _DOWN,
        "sek_per_year": _UP,
        "max_trips": _DOWN,
        "sek_per_day": _UP,
        "sek_per_km": _UP,
        "sek_per_h": _UP,
        "max_boxes": _DOWN,
    }
)
"""Terms of runs, boxes, vans and operators."""


def has_no_part(before: Scenario, after: Scenario, dotted: str) -> bool:
    """Return whether a changed number has no part in cost, rules or demand.

    Parameters
    ----------
    before, after
        A scenario, and the same with one number changed.
    dotted
        The number's name.
    """
    section, _, rest = dotted.partition(".")
    field = dotted.rpartition(".")[2]
    goal = before.goal
    if section == "rates":
        return _rate_has_no_part(before, after, field)
    if section == "home_delivery":
        return field in _PAYERS_ONLY or not before.homes
    if field.startswith("co2_"):
        return not goal.count_co2
    if section == "run_kinds":
        kind = rest.partition(".")[0]
        runs = [run for run in before.runs if run.kind == kind]
        return all(terms_of(before, run) == terms_of(after, run) for run in runs)
    return False


def _rate_has_no_part(before: Scenario, after: Scenario, field: str) -> bool:
    """Return whether a changed rate has no part in cost, rules or demand."""
    goal = before.goal
    if field in _CO2:
        return not goal.count_co2
    if field in _TRIPS:
        return not goal.count_resident_trips and not goal.count_co2
    if field.startswith(_OF_DEMAND):
        return build_demand(before) == build_demand(after)
    if field.startswith(("parcel_litres_", "parcel_kg_")):
        limit = "capacity_litres" if field.startswith("parcel_litres_") else "capacity_kg"
        carriers = [*(terms_of(before, run) for run in before.runs), *before.vans]
        return all(getattr(carrier, limit) is None for carrier in carriers)
    return False


def is_harder(dotted: str, *, is_up: bool) -> bool:
    """Return whether a change only takes choices away, covers less or makes something dearer.

    Examples
    --------
    >>> is_harder("rules.transfer_min", is_up=True), is_harder("rules.transfer_min", is_up=False)
    (True, False)
    >>> is_harder("run_kinds.bus.stop_min", is_up=True), "latest arrivals do not depend on it"
    (False, 'latest arrivals do not depend on it')
    """
    way = _UP if is_up else _DOWN
    if dotted in _HARDER:
        return _HARDER[dotted] == way
    section, field = dotted.partition(".")[0], dotted.rpartition(".")[2]
    if section in {"run_kinds", "box_types", "vans"} or dotted.startswith("rules.max_boxes_per_"):
        return _HARDER_ANYWHERE.get(field) == way
    return False


def is_still_best(before: Metrics, after: Metrics) -> bool:
    """Return whether a plan that was proven best still is, after a change that only is harder.

    Every plan that keeps the rules now kept them before, cost no more then and covered no less,
    as long as today's delivery, above which a budget counts, costs no more than before. So a plan
    that costs and covers the same as before is still as good as every other one, or better.
    """
    return (
        after.cost_ore_per_week == before.cost_ore_per_week
        and after.covered_inhabitants == before.covered_inhabitants
        and after.weighted_coverage_share == before.weighted_coverage_share
    )
