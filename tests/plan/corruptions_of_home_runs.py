"""Plans of `small_world_vans` in which a home order breaks a rule about parcels or runs."""

from deliveryopt.scenario.schema import Distance
from tests.plan.changes import Case, corruption
from tests.plan.changes_of_vans import (
    boxed,
    by_run,
    distance_changed,
    home_changed,
    opened,
    part_changed,
    planned,
    routes,
    run_changed,
)
from tests.plan.small_world import changed, service
from tests.plan.small_world_vans import (
    AT_STOP,
    BROUGHT,
    FRIDAY,
    ON_DETOUR,
    brought,
    trip,
    van_plan,
    van_scenario,
)

# parcels_are_carried


@corruption("parcels_are_carried")
def an_order_at_a_pickup_point_is_not_brought_there() -> Case:
    return planned(van_shipments=(changed(BROUGHT[0], parcels=2), *BROUGHT[1:]))


@corruption("parcels_are_carried")
def an_order_is_a_larger_parcel_than_the_one_brought() -> Case:
    return home_changed("hem_eva", box_size="M")


def an_order_is_collected_where_its_village_does_not() -> Case:
    """Return an order at a site of its own, brought there two days after it is ready."""
    scenario, _ = part_changed("rules", max_lead_days=2)
    by_way_of = trip("terminalen", 495, ("ek_box", 510), ("ny_box", 515), back=533)
    eva = brought("fri", ("wed", "S", 1), point="ny_box")
    plan = changed(
        routes(friday=changed(FRIDAY, trips=(by_way_of,), end_min=538)),
        van_shipments=(changed(BROUGHT[0], parcels=2), *BROUGHT[1:], eva),
        homes_in_box=(boxed("hem_eva", "ny_box"),),
        opened=opened("ek_box", "lid_box", "ny_box"),
    )
    return scenario, plan


# run_keeps_within_capacity


@corruption("run_keeps_within_capacity")
def a_home_order_is_one_parcel_too_many() -> Case:
    return run_changed(capacity_parcels=2)


@corruption("run_keeps_within_capacity")
def a_home_order_takes_too_many_litres() -> Case:
    return home_changed("hem_anna", litres=35.01)


@corruption("run_keeps_within_capacity")
def a_home_order_is_too_heavy() -> Case:
    return home_changed("hem_anna", kg=15.01)


# run_keeps_within_delay


@corruption("run_keeps_within_delay")
def handling_and_the_door_take_longer_than_the_budget() -> Case:
    return run_changed(parcel_s=90.1)


def handling_and_the_door_just_use_the_budget() -> Case:
    """Return 240 s at the door, 180 s at the box and 2 parcels of 90 s: 600 s."""
    return run_changed(parcel_s=90)


@corruption("run_keeps_within_delay")
def a_detour_to_a_home_takes_longer_than_the_budget() -> Case:
    return distance_changed("hpl_d", "hem_bo", 5.001), van_plan()


def a_detour_to_a_home_just_uses_the_budget() -> Case:
    """Return 180 s of driving, 240 s at the door and 180 s at the box: 600 s."""
    return distance_changed("hpl_d", "hem_bo", 5), van_plan()


@corruption("run_keeps_within_delay")
def a_run_makes_detours_to_two_homes_in_one_gap() -> Case:
    scenario = van_scenario()
    quick = tuple(
        changed(order, service_min=0) if order.id == "hem_bo" else order for order in scenario.homes
    )
    ulf = changed(quick[1], id="hem_ulf", origin="handlarn", litres=5, kg=5)
    distances = (
        *scenario.distances,
        Distance(from_id="hpl_d", to_id="hem_ulf", km=3),
        Distance(from_id="hem_ulf", to_id="hpl_e", km=4),
    )
    scenario = changed(scenario, homes=(*quick, ulf), distances=distances)
    plan = van_plan()
    return scenario, changed(
        plan, homes_by_run=(*plan.homes_by_run, changed(ON_DETOUR, order="hem_ulf"))
    )


@corruption("run_keeps_within_delay")
def a_run_makes_detours_to_a_home_and_a_pickup_point_in_one_gap() -> Case:
    scenario = home_changed("hem_bo", service_min=0)[0]
    detour = service("vard_6", "thu", "through", 30, "ny_box", latest=610)
    plan = van_plan()
    return scenario, changed(
        plan, services=(*plan.services, detour), opened=opened("ek_box", "lid_box", "ny_box")
    )


# run_is_permitted


@corruption("run_is_permitted")
def a_run_carries_groceries_and_may_not() -> Case:
    return run_changed(carries_groceries=False)


@corruption("run_is_permitted")
def a_run_leaves_its_road_for_a_home_and_may_not() -> Case:
    return run_changed(may_detour=False)


@corruption("run_is_permitted")
def a_detour_goes_to_a_home_that_stands_at_a_stop() -> Case:
    scenario, _ = home_changed("hem_anna", cold_chain_min=None)
    out = changed(AT_STOP, kind="out_and_back", latest_arrival_min=582)
    return scenario, by_run(at_stop=out)


@corruption("run_is_permitted")
def a_home_is_served_at_a_stop_where_it_does_not_stand() -> Case:
    scenario, _ = home_changed("hem_bo", earliest_min=570)
    at_stop = changed(ON_DETOUR, kind="at_stop", latest_arrival_min=580)
    return scenario, by_run(on_detour=at_stop)


@corruption("run_is_permitted")
def no_road_leads_to_a_home() -> Case:
    return distance_changed("hpl_d", "hem_bo", None), van_plan()


@corruption("run_is_permitted")
def a_run_delivers_on_a_day_on_which_it_does_not_run() -> Case:
    return run_changed(days=("tue",))


# goal_is_met


@corruption("goal_is_met")
def a_run_that_may_carry_nothing_delivers_to_a_home() -> Case:
    return part_changed("rules", unusable_runs=("vard_6",))
