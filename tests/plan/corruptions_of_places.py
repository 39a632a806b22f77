"""Plans that break one rule about villages, pickup points or the goal, or name unknown things."""

from deliveryopt.plan.plan import Collection, OpenedBoxes, TodaysCollection
from deliveryopt.scenario.schema import GivenDemand, OperatorLimit
from tests.plan.changes import (
    Case,
    corruption,
    plus_services,
    tuesday,
    with_distance,
    with_goal,
    with_plan,
    with_point,
    with_rules,
)
from tests.plan.small_world import (
    bus_to_alby,
    changed,
    service,
    shipment,
    small_plan,
    small_scenario,
)

# village_has_one_pickup_point


@corruption("village_has_one_pickup_point")
def a_village_is_skipped() -> Case:
    return with_plan(as_today=small_plan().as_today[1:])


@corruption("village_has_one_pickup_point")
def a_village_keeps_an_agent_that_is_not_nearest() -> Case:
    kept = TodaysCollection(village="dal", agent="coop")
    return with_plan(as_today=(kept, *small_plan().as_today[1:]))


@corruption("village_has_one_pickup_point")
def a_village_keeps_no_agent_though_one_can_be_reached() -> Case:
    kept = TodaysCollection(village="dal", agent=None)
    return with_plan(as_today=(kept, *small_plan().as_today[1:]))


@corruption("village_has_one_pickup_point")
def a_village_without_a_road_keeps_an_agent() -> Case:
    kept = TodaysCollection(village="ensam", agent="ica")
    return with_plan(as_today=(*small_plan().as_today[:1], kept))


@corruption("village_has_one_pickup_point")
def a_village_collects_at_two_points() -> Case:
    second = Collection(village="alby", pickup_point="berg_box")
    return with_plan(collections=(*small_plan().collections, second))


@corruption("village_has_one_pickup_point")
def a_village_is_served_and_keeps_todays_arrangement() -> Case:
    kept = TodaysCollection(village="alby", agent="ica")
    return with_plan(as_today=(*small_plan().as_today, kept))


# pickup_point_is_open


@corruption("pickup_point_is_open")
def a_site_that_must_open_is_closed() -> Case:
    return with_point("tomt_box", state="must_open"), small_plan()


@corruption("pickup_point_is_open")
def a_site_that_must_not_open_has_a_box() -> Case:
    return with_point("tomt_box", state="must_not"), plus_services(opened=("tomt_box",))


@corruption("pickup_point_is_open")
def a_site_has_more_boxes_than_fit() -> Case:
    first, *rest = small_plan().opened
    return with_plan(opened=(changed(first, boxes=2), *rest))


@corruption("pickup_point_is_open")
def a_box_is_of_a_type_that_is_not_allowed() -> Case:
    box = OpenedBoxes(pickup_point="tomt_box", box_type="mini", boxes=1)
    return with_plan(opened=(*small_plan().opened, box))


@corruption("pickup_point_is_open")
def a_box_stands_at_an_agent() -> Case:
    return small_scenario(), plus_services(opened=("ica",))


@corruption("pickup_point_is_open")
def a_run_serves_a_closed_site() -> Case:
    return small_scenario(), plus_services(tuesday("at_stop", 30, "tomt_box", latest=492))


# pickup_point_is_within_reach


@corruption("pickup_point_is_within_reach")
def a_village_is_beyond_reach() -> Case:
    return with_distance("ceder", "ceder_box", 5.001), small_plan()


@corruption("pickup_point_is_within_reach")
def no_road_leads_to_the_pickup_point() -> Case:
    return with_distance("ceder", "ceder_box", None), small_plan()


# delivered_often_enough


@corruption("delivered_often_enough")
def a_point_has_too_few_delivery_days() -> Case:
    return with_rules(min_deliveries_per_week=3)


@corruption("delivered_often_enough")
def an_empty_run_without_a_depot_is_no_delivery() -> Case:
    scenario, _ = with_rules(min_deliveries_per_week=3)
    third_at_berg = service("buss_1", "wed", "through", 20, "berg_box", latest=492)
    empty_at_ceder = service("skol_2", "fri", "at_stop", 20, "ceder_box", latest=578)
    return scenario, plus_services(third_at_berg, empty_at_ceder)


# box_holds_its_parcels


@corruption("box_holds_its_parcels")
def a_box_is_too_small_for_the_parcels() -> Case:
    at_alby, _, at_ceder = small_plan().opened
    mini = OpenedBoxes(pickup_point="berg_box", box_type="mini", boxes=1)
    return with_plan(opened=(at_alby, mini, at_ceder))


def _with_monday_parcel(max_dwell_days: int) -> Case:
    """Return one more large parcel on Mondays at the box that gets one on Fridays."""
    scenario = small_scenario()
    extra = GivenDemand(village_id="alby", day="mon", size="L", parcels=1)
    scenario = changed(
        scenario,
        given_demand=(*scenario.given_demand, extra),
        rates=changed(scenario.rates, max_dwell_days=max_dwell_days),
    )
    monday = shipment("alby_box", ("mon", "L", 1), bus_to_alby("mon"))
    return scenario, changed(small_plan(), shipments=(*small_plan().shipments, monday))


@corruption("box_holds_its_parcels")
def fridays_parcel_still_fills_the_box_on_monday() -> Case:
    return _with_monday_parcel(max_dwell_days=4)


def fridays_parcel_is_gone_on_monday() -> Case:
    """Return the same with one day less of dwell, which is allowed."""
    return _with_monday_parcel(max_dwell_days=3)


# goal_is_met


@corruption("goal_is_met")
def too_few_inhabitants_are_covered() -> Case:
    return with_goal(coverage_share=0.955)


@corruption("goal_is_met")
def a_village_that_must_be_served_is_not_covered() -> Case:
    scenario = small_scenario()
    *rest, lonely = scenario.villages
    villages = (*rest, changed(lonely, must_serve=True))
    return changed(scenario, villages=villages), small_plan()


@corruption("goal_is_met")
def the_budget_is_passed() -> Case:
    return with_goal(kind="greatest_coverage", budget_sek_per_year=TOO_LITTLE_SEK)


def the_budget_is_just_kept() -> Case:
    """Return the same with 20 öre more a year, which is one öre more a week."""
    return with_goal(kind="greatest_coverage", budget_sek_per_year=ENOUGH_SEK)


TOO_LITTLE_SEK = 33_033.7
"""The plan costs 68,027 öre a week and today 15 x 300: 63,527 more, or 33,034.04 SEK a year."""
ENOUGH_SEK = 33_033.9


@corruption("goal_is_met")
def there_are_more_boxes_than_allowed() -> Case:
    return with_rules(max_boxes=2)


@corruption("goal_is_met")
def an_operator_has_more_boxes_than_allowed() -> Case:
    limit = OperatorLimit(operator="Boxbolaget", max_boxes=2)
    return with_rules(max_boxes_per_operator=(limit,))


@corruption("goal_is_met")
def a_run_that_may_carry_nothing_is_used() -> Case:
    return with_rules(unusable_runs=("hem_4",))


# plan_is_well_formed


@corruption("plan_is_well_formed")
def a_service_is_by_an_unknown_run() -> Case:
    unknown = service("okänd", "mon", "at_stop", 10, "alby_box", latest=0)
    return small_scenario(), plus_services(unknown)


@corruption("plan_is_well_formed")
def a_service_is_from_an_unknown_stop() -> Case:
    return small_scenario(), plus_services(tuesday("at_stop", 10**30, "alby_box", latest=0))


@corruption("plan_is_well_formed")
def an_unknown_village_collects() -> Case:
    unknown = Collection(village="okänd", pickup_point="alby_box")
    return with_plan(collections=(*small_plan().collections, unknown))


@corruption("plan_is_well_formed")
def an_unknown_box_type_is_opened() -> Case:
    box = OpenedBoxes(pickup_point="tomt_box", box_type="okänd", boxes=1)
    return with_plan(opened=(*small_plan().opened, box))


@corruption("plan_is_well_formed")
def a_shipment_is_from_an_unknown_depot() -> Case:
    first = small_plan().shipments[0]
    unknown = changed(first, depot="okänd")
    return with_plan(shipments=(*small_plan().shipments, unknown))


@corruption("plan_is_well_formed")
def a_shipment_has_absurdly_many_parcels() -> Case:
    many = changed(small_plan().shipments[0], parcels=10**400)
    return with_plan(shipments=(*small_plan().shipments, many))


@corruption("plan_is_well_formed")
def a_service_at_a_stop_has_two_points() -> Case:
    return small_scenario(), plus_services(tuesday("at_stop", 20, "alby_box", "ica", latest=462))


@corruption("plan_is_well_formed")
def a_run_goes_on_from_its_last_stop() -> Case:
    return small_scenario(), plus_services(tuesday("through", 30, "berg_box", latest=492))


@corruption("plan_is_well_formed")
def absurdly_many_boxes_are_opened() -> Case:
    many = OpenedBoxes(pickup_point="tomt_box", box_type="liten", boxes=10**400)
    return with_plan(opened=(*small_plan().opened, many))
