"""Corrupt plans, and plans at the limit that keep every rule."""

from collections.abc import Callable

from deliveryopt.plan.plan import OpenedBoxes
from tests.plan.changes import (
    CORRUPTIONS,
    Case,
    Corruption,
    with_distance,
    with_plan,
    with_rules,
    with_run,
)
from tests.plan.corruptions_of_home_runs import (
    a_detour_to_a_home_just_uses_the_budget,
    an_order_is_collected_where_its_village_does_not,
    handling_and_the_door_just_use_the_budget,
)
from tests.plan.corruptions_of_homes import (
    a_run_comes_just_before_midnight,
    a_run_past_midnight_delivers_on_the_next_day,
    an_order_is_collected_just_within_reach,
    goods_are_long_in_a_chilled_van,
    goods_are_long_on_a_chilled_run,
    goods_board_a_run_when_they_are_ready,
    goods_board_at_the_stop_from_which_the_detour_leaves,
    groceries_come_past_a_nearer_shop_with_a_warning,
)
from tests.plan.corruptions_of_places import (
    fridays_parcel_is_gone_on_monday,
    the_budget_is_just_kept,
)
from tests.plan.corruptions_of_runs import with_small_large_parcels
from tests.plan.corruptions_of_vans import (
    a_van_leaves_when_parcels_of_the_day_before_are_ready,
    a_van_stops_at_an_open_site_where_nobody_collects,
    a_van_waits_and_drives_on_its_own_days,
    an_empty_van_counts_as_a_delivery,
    the_goods_are_ready_when_the_van_leaves,
    vans_and_home_orders_just_keep_the_budget,
)
from tests.plan.small_world import changed, small_plan, small_scenario

__all__ = ["ALLOWED", "CORRUPTIONS", "Case", "Corruption"]

# Neighbours of corruptions that keep every rule


def large_compartments_hold_small_parcels() -> Case:
    """Return a box with large compartments only, for two small parcels and a medium one."""
    at_alby, _, at_ceder = small_plan().opened
    roomy = OpenedBoxes(pickup_point="berg_box", box_type="rymlig", boxes=1)
    return with_plan(opened=(at_alby, roomy, at_ceder))


def a_village_is_exactly_within_reach() -> Case:
    """Return a village at the limit of reach."""
    return with_distance("ceder", "ceder_box", 5), small_plan()


def the_hold_is_exactly_full() -> Case:
    """Return eight parcels of 6 litres and 2 kg in room for just that."""
    scenario = with_run("buss_1", capacity_parcels=8, capacity_litres=48, capacity_kg=16)
    return with_small_large_parcels(scenario), small_plan()


def the_delay_budget_is_exactly_used() -> Case:
    """Return 280 s of stops and driving and 8 parcels of 55 s: 720 s."""
    return with_run("buss_1", parcel_s=55), small_plan()


def the_transfer_is_exactly_long_enough() -> Case:
    """Return 78 minutes from 07:42 to 09:00."""
    return with_rules(transfer_min=78)


def the_parcels_are_ready_when_the_run_departs() -> Case:
    """Return parcels ready at 07:00 for the run at 07:00."""
    depot = changed(small_scenario().depots[0], ready_mon=420)
    return changed(small_scenario(), depots=(depot,)), small_plan()


ALLOWED: tuple[Callable[[], Case], ...] = (
    fridays_parcel_is_gone_on_monday,
    the_budget_is_just_kept,
    large_compartments_hold_small_parcels,
    a_village_is_exactly_within_reach,
    the_hold_is_exactly_full,
    the_delay_budget_is_exactly_used,
    the_transfer_is_exactly_long_enough,
    the_parcels_are_ready_when_the_run_departs,
    a_detour_to_a_home_just_uses_the_budget,
    a_run_comes_just_before_midnight,
    a_run_past_midnight_delivers_on_the_next_day,
    goods_board_at_the_stop_from_which_the_detour_leaves,
    an_order_is_collected_just_within_reach,
    an_order_is_collected_where_its_village_does_not,
    goods_are_long_in_a_chilled_van,
    goods_are_long_on_a_chilled_run,
    goods_board_a_run_when_they_are_ready,
    groceries_come_past_a_nearer_shop_with_a_warning,
    handling_and_the_door_just_use_the_budget,
    a_van_leaves_when_parcels_of_the_day_before_are_ready,
    a_van_stops_at_an_open_site_where_nobody_collects,
    a_van_waits_and_drives_on_its_own_days,
    an_empty_van_counts_as_a_delivery,
    the_goods_are_ready_when_the_van_leaves,
    vans_and_home_orders_just_keep_the_budget,
)
