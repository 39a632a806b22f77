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
from tests.plan.corruptions_of_places import (
    fridays_parcel_is_gone_on_monday,
    the_budget_is_just_kept,
)
from tests.plan.corruptions_of_runs import with_small_large_parcels
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
)
