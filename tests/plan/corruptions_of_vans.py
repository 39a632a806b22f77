"""Plans of `small_world_vans` in which a van breaks one rule."""

from deliveryopt.plan.plan import VanStop
from tests.plan.changes import Case, corruption
from tests.plan.changes_of_vans import (
    demand_changed,
    distance_changed,
    first_trip,
    opened,
    part_changed,
    planned,
    routes,
    row_changed,
    van_changed,
)
from tests.plan.small_world import changed
from tests.plan.small_world_vans import (
    BROUGHT,
    FRIDAY,
    WEDNESDAY,
    brought,
    trip,
    van_plan,
    van_scenario,
)

# parcels_are_carried

OF_WEDNESDAY, OF_THURSDAY, OF_FRIDAY = BROUGHT


@corruption("parcels_are_carried")
def a_van_brings_one_parcel_too_few() -> Case:
    return planned(van_shipments=(changed(OF_WEDNESDAY, parcels=2), OF_THURSDAY, OF_FRIDAY))


@corruption("parcels_are_carried")
def a_van_brings_one_parcel_too_many() -> Case:
    return planned(van_shipments=(OF_WEDNESDAY, changed(OF_THURSDAY, parcels=2), OF_FRIDAY))


@corruption("parcels_are_carried")
def a_van_has_no_such_trip() -> Case:
    return planned(van_shipments=(OF_WEDNESDAY, changed(OF_THURSDAY, trip=2), OF_FRIDAY))


@corruption("parcels_are_carried")
def a_van_brings_parcels_from_another_depot_than_the_villages() -> Case:
    return row_changed("villages", "ekby", depot="handlarn")


@corruption("parcels_are_carried")
def a_van_does_not_stop_at_the_parcels_point() -> Case:
    elsewhere = first_trip(FRIDAY, stops=(VanStop(place="ny_box", arrival_min=510),))
    plan = changed(routes(friday=elsewhere), opened=opened("ek_box", "lid_box", "ny_box"))
    scenario, _ = part_changed("rules", min_deliveries_per_week=1)
    return scenario, plan


# parcels_wait_until_ready


@corruption("parcels_wait_until_ready")
def a_van_leaves_before_parcels_of_the_day_before_are_ready() -> Case:
    return row_changed("depots", "terminalen", ready_thu=24 * 60 + 496)


def a_van_leaves_when_parcels_of_the_day_before_are_ready() -> Case:
    """Return parcels of Thursday that are ready on Friday when the van leaves."""
    return row_changed("depots", "terminalen", ready_thu=24 * 60 + 495)


# promise_is_kept


@corruption("promise_is_kept")
def a_van_brings_parcels_a_day_too_late() -> Case:
    return part_changed("rules", max_lead_days=0)


# delivered_often_enough


def _only_wednesdays_parcels() -> Case:
    """Return demand at the van's point on one day, with the run's point left out."""
    scenario = demand_changed(van_scenario(), ("aby", "mon"), ("ekby", "wed"), ("lidby", "tue"))
    return scenario, changed(van_plan(), van_shipments=BROUGHT[:1])


@corruption("delivered_often_enough")
def a_van_stops_on_too_few_days() -> Case:
    scenario, plan = _only_wednesdays_parcels()
    return scenario, changed(plan, van_routes=(WEDNESDAY,))


def an_empty_van_counts_as_a_delivery() -> Case:
    """Return a second day on which the van stops at the point and brings nothing."""
    return _only_wednesdays_parcels()


# box_holds_its_parcels


@corruption("box_holds_its_parcels")
def a_van_brings_more_than_the_box_holds() -> Case:
    return planned(opened=(*opened("ek_box", box_type="mini"), *opened("lid_box")))


# pickup_point_is_open

BY_WAY_OF_A_CLOSED_SITE = changed(
    FRIDAY,
    trips=(trip("terminalen", 495, ("ek_box", 510), ("ny_box", 515), back=533),),
    end_min=538,
)


@corruption("pickup_point_is_open")
def a_van_stops_at_a_closed_site() -> Case:
    return van_scenario(), routes(friday=BY_WAY_OF_A_CLOSED_SITE)


def a_van_stops_at_an_open_site_where_nobody_collects() -> Case:
    """Return the same with a box there."""
    plan = routes(friday=BY_WAY_OF_A_CLOSED_SITE)
    return van_scenario(), changed(plan, opened=opened("ek_box", "lid_box", "ny_box"))


# goal_is_met

TOO_LITTLE_SEK = 107_806.5
"""The plan costs 221,721 öre a week and today 14,400, if an order for nobody counts nothing:

207,321 more, or 107,806.92 SEK a year.
"""
ENOUGH_SEK = 107_806.7


def _with_budget(budget_sek: float) -> Case:
    scenario, plan = part_changed("home_delivery", unserved_sek=0)
    goal = changed(scenario.goal, kind="greatest_coverage", budget_sek_per_year=budget_sek)
    return changed(scenario, goal=goal), plan


@corruption("goal_is_met")
def vans_and_home_orders_pass_the_budget() -> Case:
    return _with_budget(TOO_LITTLE_SEK)


def vans_and_home_orders_just_keep_the_budget() -> Case:
    """Return the same with one öre more a week."""
    return _with_budget(ENOUGH_SEK)


# van_keeps_its_shift


@corruption("van_keeps_its_shift")
def a_van_drives_two_routes_on_a_day() -> Case:
    return planned(van_routes=(WEDNESDAY, FRIDAY, FRIDAY))


@corruption("van_keeps_its_shift")
def a_van_drives_on_a_day_on_which_it_does_not_drive() -> Case:
    return van_changed(days=("wed",))


@corruption("van_keeps_its_shift")
def a_van_drives_on_a_day_that_is_not_an_operating_day() -> Case:
    scenario, _ = van_changed(days=())
    scenario = changed(scenario, rules=changed(scenario.rules, max_lead_days=2))
    saturday = changed(FRIDAY, day="sat")
    shipments = tuple(changed(row, day="sat") if row.day == "fri" else row for row in BROUGHT)
    return scenario, changed(routes(friday=saturday), van_shipments=shipments)


@corruption("van_keeps_its_shift")
def a_van_leaves_its_base_before_the_shift() -> Case:
    return van_changed(shift_start_min=481)


@corruption("van_keeps_its_shift")
def a_van_is_back_after_the_shift() -> Case:
    return van_changed(shift_end_min=580)


@corruption("van_keeps_its_shift")
def a_van_makes_too_many_trips() -> Case:
    return van_changed(max_trips=1)


@corruption("van_keeps_its_shift")
def a_van_has_no_time_to_load() -> Case:
    return van_changed(load_min=11)


@corruption("van_keeps_its_shift")
def a_van_has_no_time_at_a_pickup_point() -> Case:
    return van_changed(stop_min=4)


@corruption("van_keeps_its_shift")
def a_van_comes_sooner_than_it_can_drive() -> Case:
    stops = (VanStop(place="hem_dan", arrival_min=506), WEDNESDAY.trips[0].stops[1])
    return van_scenario(), routes(first_trip(WEDNESDAY, stops=stops))


@corruption("van_keeps_its_shift")
def a_van_is_back_at_its_base_sooner_than_it_can_drive() -> Case:
    return van_scenario(), routes(friday=changed(FRIDAY, end_min=532))


@corruption("van_keeps_its_shift")
def a_van_drives_where_no_road_leads() -> Case:
    return distance_changed("terminalen", "hem_dan", None), van_plan()


@corruption("van_keeps_its_shift")
def part_of_a_minute_of_driving_is_a_whole_one() -> Case:
    return distance_changed("terminalen", "hem_dan", 12.001), van_plan()


@corruption("van_keeps_its_shift")
def a_van_loads_where_it_may_not() -> Case:
    return van_changed(origins=("terminalen", "storkop"))


@corruption("van_keeps_its_shift")
def a_van_leaves_before_the_days_goods_are_ready() -> Case:
    return row_changed("depots", "handlarn", ready_wed=556)


@corruption("van_keeps_its_shift")
def a_van_has_too_many_pieces_aboard() -> Case:
    return van_changed(capacity_parcels=3)


@corruption("van_keeps_its_shift")
def a_van_has_too_many_litres_aboard() -> Case:
    return van_changed(capacity_litres=52.99)


@corruption("van_keeps_its_shift")
def a_van_has_too_many_kilograms_aboard() -> Case:
    return van_changed(capacity_kg=20.99)


@corruption("van_keeps_its_shift")
def a_van_stops_at_points_and_may_not() -> Case:
    return van_changed(feeds_points=False)


@corruption("van_keeps_its_shift")
def a_van_brings_parcels_larger_than_it_may() -> Case:
    return van_changed(max_size="S")


@corruption("van_keeps_its_shift")
def a_van_stops_at_a_point_twice() -> Case:
    twice = trip("terminalen", 495, ("ek_box", 510), ("ek_box", 513), back=531)
    return van_scenario(), routes(friday=changed(FRIDAY, trips=(twice,), end_min=536))


@corruption("van_keeps_its_shift")
def a_van_stops_where_no_parcels_of_the_trips_origin_go() -> Case:
    shop_trip = trip("handlarn", 640, ("ny_box", 760), back=890)
    scenario, _ = van_changed(shift_end_min=1000)
    return scenario, changed(
        routes(friday=changed(FRIDAY, trips=(*FRIDAY.trips, shop_trip), end_min=990)),
        opened=opened("ek_box", "lid_box", "ny_box"),
    )


def a_van_waits_and_drives_on_its_own_days() -> Case:
    """Return Friday's route ten minutes later, with a wait before the point."""
    waits = trip("terminalen", 505, ("ek_box", 540), back=558)
    late = changed(FRIDAY, start_min=490, trips=(waits,), end_min=563)
    return van_scenario(), routes(friday=late)


def the_goods_are_ready_when_the_van_leaves() -> Case:
    """Return a shop whose goods are ready just when the second trip leaves."""
    return row_changed("depots", "handlarn", ready_wed=555)


# plan_is_well_formed


@corruption("plan_is_well_formed")
def an_unknown_van_drives() -> Case:
    return planned(van_routes=(WEDNESDAY, FRIDAY, changed(FRIDAY, van="okänd")))


@corruption("plan_is_well_formed")
def a_trip_is_from_an_unknown_origin() -> Case:
    unknown = changed(FRIDAY.trips[0], origin="okänd")
    return van_scenario(), routes(friday=changed(FRIDAY, trips=(*FRIDAY.trips, unknown)))


@corruption("plan_is_well_formed")
def a_van_stops_at_an_unknown_place() -> Case:
    stops = (VanStop(place="alby", arrival_min=1), *FRIDAY.trips[0].stops)
    return van_scenario(), routes(friday=first_trip(FRIDAY, stops=stops))


@corruption("plan_is_well_formed")
def an_unknown_van_brings_parcels() -> Case:
    return planned(van_shipments=(*BROUGHT, changed(BROUGHT[0], van="okänd")))


@corruption("plan_is_well_formed")
def a_van_brings_parcels_to_an_unknown_point() -> Case:
    unknown = brought("fri", ("fri", "S", 1), point="okänd")
    return planned(van_shipments=(*BROUGHT, unknown))


@corruption("plan_is_well_formed")
def a_van_brings_absurdly_many_parcels() -> Case:
    return planned(van_shipments=(*BROUGHT, changed(BROUGHT[0], parcels=10**400)))
