"""Plans that break one rule about runs and what they carry."""

from deliveryopt.scenario.schema import Scenario
from tests.plan.changes import (
    Case,
    corruption,
    plus_services,
    tuesday,
    with_distance,
    with_leg,
    with_plan,
    with_point,
    with_rules,
    with_run,
    with_shipment,
)
from tests.plan.small_world import (
    bus_to_alby,
    changed,
    leg,
    school_bus_to_ceder,
    service,
    shipment,
    small_plan,
    small_scenario,
)

# parcels_are_carried


@corruption("parcels_are_carried")
def one_parcel_too_few_is_carried() -> Case:
    return small_scenario(), with_shipment(1, parcels=1)


@corruption("parcels_are_carried")
def one_parcel_too_many_is_carried() -> Case:
    return small_scenario(), with_shipment(1, parcels=3)


@corruption("parcels_are_carried")
def parcels_are_delivered_twice() -> Case:
    shipments = small_plan().shipments
    return with_plan(shipments=(*shipments, shipments[4]))


@corruption("parcels_are_carried")
def parcels_of_a_village_are_forgotten() -> Case:
    shipments = small_plan().shipments
    return with_plan(shipments=(*shipments[:3], *shipments[4:]))


@corruption("parcels_are_carried")
def parcels_have_another_size_than_demanded() -> Case:
    return small_scenario(), with_shipment(3, size="M")


@corruption("parcels_are_carried")
def parcels_are_carried_for_a_village_that_is_not_served() -> Case:
    extra = shipment("alby_box", ("fri", "S", 1), bus_to_alby("fri"))
    return with_plan(shipments=(*small_plan().shipments, extra))


@corruption("parcels_are_carried")
def a_departure_is_moved() -> Case:
    return small_scenario(), with_leg(0, board_min=419)


@corruption("parcels_are_carried")
def an_arrival_of_a_leg_is_moved() -> Case:
    return small_scenario(), with_leg(0, alight_min=450)


@corruption("parcels_are_carried")
def parcels_ride_a_run_day_that_does_not_serve_their_point() -> Case:
    return small_scenario(), with_leg(2, day="mon", run="natt_3", board_min=1410)


@corruption("parcels_are_carried")
def parcels_board_where_the_depot_does_not_stand() -> Case:
    return small_scenario(), with_leg(3, board_sequence=20, board_min=451)


@corruption("parcels_are_carried")
def parcels_board_after_they_alight() -> Case:
    late = with_shipment(2, legs=(leg("buss_1", "fri", (30, 480), ("alby_box", 462)),))
    depot_at_b = changed(small_scenario().depots[0], lat_deg=65.2)
    return changed(small_scenario(), depots=(depot_at_b,)), late


@corruption("parcels_are_carried")
def parcels_end_at_the_wrong_point() -> Case:
    return small_scenario(), with_leg(3, alight_point="alby_box", alight_min=462)


@corruption("parcels_are_carried")
def the_second_run_does_not_serve_the_transfer() -> Case:
    plan = small_plan()
    services = tuple(s for s in plan.services if (s.run, s.day, s.points) != SECOND_BOARDING)
    scenario, _ = with_rules(min_deliveries_per_week=1)
    return scenario, changed(plan, services=services)


SECOND_BOARDING = ("skol_2", "wed", ("alby_box",))

# parcels_wait_until_ready


@corruption("parcels_wait_until_ready")
def parcels_are_ready_after_the_run_departs() -> Case:
    depot = changed(small_scenario().depots[0], ready_mon=421)
    return changed(small_scenario(), depots=(depot,)), small_plan()


@corruption("parcels_wait_until_ready")
def parcels_board_an_early_run_before_they_are_ready() -> Case:
    early = service("buss_1", "thu", "through", 20, "berg_box", latest=492)
    plan = plus_services(early)
    shipments = list(plan.shipments)
    board = leg("buss_1", "thu", (10, 420), ("berg_box", 492))
    shipments[4] = changed(shipments[4], legs=(board,))
    return small_scenario(), changed(plan, shipments=tuple(shipments))


# promise_is_kept


@corruption("promise_is_kept")
def parcels_come_a_day_too_late() -> Case:
    return small_scenario(), with_shipment(1, legs=(bus_to_alby("fri"),))


@corruption("promise_is_kept")
def parcels_come_in_the_next_week() -> Case:
    next_week = service("hem_4", "tue", "through", 10, "berg_box", latest=650)
    plan = plus_services(next_week)
    shipments = list(plan.shipments)
    board = leg("hem_4", "tue", (10, 600), ("berg_box", 650))
    shipments[4] = changed(shipments[4], legs=(board,))
    return small_scenario(), changed(plan, shipments=tuple(shipments))


@corruption("promise_is_kept")
def a_run_past_midnight_comes_a_day_later() -> Case:
    return with_rules(max_lead_days=0)


# run_keeps_within_capacity


@corruption("run_keeps_within_capacity")
def too_many_parcels_are_aboard() -> Case:
    return with_run("buss_1", capacity_parcels=7), small_plan()


@corruption("run_keeps_within_capacity")
def too_many_litres_are_aboard() -> Case:
    return with_small_large_parcels(with_run("buss_1", capacity_litres=47.99)), small_plan()


def with_small_large_parcels(scenario: Scenario) -> Scenario:
    """Return a scenario in which eight small parcels take the most room on buss_1."""
    return changed(scenario, rates=changed(scenario.rates, parcel_litres_l=40))


@corruption("run_keeps_within_capacity")
def too_many_kilograms_are_aboard() -> Case:
    return with_run("buss_1", capacity_kg=15.99), small_plan()


# run_keeps_within_delay


@corruption("run_keeps_within_delay")
def handling_and_stops_take_longer_than_the_budget() -> Case:
    return with_run("buss_1", parcel_s=55.1), small_plan()


@corruption("run_keeps_within_delay")
def one_more_stop_is_one_too_many() -> Case:
    extra = service("buss_1", "mon", "at_stop", 30, "tomt_box", latest=492)
    return small_scenario(), plus_services(extra, opened=("tomt_box",))


@corruption("run_keeps_within_delay")
def a_latest_arrival_of_a_service_is_moved() -> Case:
    first, *rest = small_plan().services
    return with_plan(services=(changed(first, latest_arrival_min=461), *rest))


@corruption("run_keeps_within_delay")
def two_detours_are_made_in_one_gap() -> Case:
    return small_scenario(), plus_services(
        tuesday("through", 20, "berg_box", latest=492),
        tuesday("out_and_back", 20, "kulle_box", latest=463),
        opened=("kulle_box",),
    )


@corruption("run_keeps_within_delay")
def a_point_is_served_twice_by_a_run_day() -> Case:
    twice = tuesday("at_stop", 20, "alby_box", latest=462)
    return small_scenario(), plus_services(twice, twice)


@corruption("run_keeps_within_delay")
def a_detour_visits_a_point_twice() -> Case:
    twice = tuesday("through", 20, "berg_box", "berg_box", latest=492)
    return small_scenario(), plus_services(twice)


# run_is_permitted


@corruption("run_is_permitted")
def a_run_is_used_on_a_day_on_which_it_does_not_run() -> Case:
    plan = plus_services(
        service("skol_2", "tue", "at_stop", 10, "alby_box", latest=543),
        service("skol_2", "tue", "at_stop", 20, "ceder_box", latest=578),
    )
    shipments = list(plan.shipments)
    tuesdays = changed(school_bus_to_ceder("mon"), day="tue")
    shipments[5] = changed(shipments[5], legs=(bus_to_alby("mon"), tuesdays))
    return small_scenario(), changed(plan, shipments=tuple(shipments))


@corruption("run_is_permitted")
def a_run_is_used_on_a_day_that_is_not_an_operating_day() -> Case:
    saturday = service("natt_3", "sat", "at_stop", 20, "alby_box", latest=1465)
    return small_scenario(), plus_services(saturday)


@corruption("run_is_permitted")
def parcels_are_larger_than_the_run_may_carry() -> Case:
    return with_run("hem_4", max_size="S"), small_plan()


@corruption("run_is_permitted")
def a_school_bus_makes_a_detour() -> Case:
    detour = service("skol_2", "fri", "through", 10, "kulle_box", latest=578)
    return small_scenario(), plus_services(detour, opened=("kulle_box",))


@corruption("run_is_permitted")
def a_detour_goes_to_a_point_that_stands_at_a_stop() -> Case:
    detour = tuesday("through", 20, "tomt_box", latest=492)
    return small_scenario(), plus_services(detour, opened=("tomt_box",))


@corruption("run_is_permitted")
def a_point_is_served_at_a_stop_where_it_does_not_stand() -> Case:
    return small_scenario(), plus_services(tuesday("at_stop", 30, "berg_box", latest=492))


@corruption("run_is_permitted")
def a_detour_has_too_many_points() -> Case:
    scenario, _ = with_rules(max_points_per_detour=1)
    detour = tuesday("through", 20, "kulle_box", "berg_box", latest=492)
    return scenario, plus_services(detour, opened=("kulle_box",))


@corruption("run_is_permitted")
def a_detour_goes_where_no_road_leads() -> Case:
    scenario = with_distance("kulle_box", "hpl_b", None)
    detour = tuesday("out_and_back", 30, "kulle_box", latest=492)
    return scenario, plus_services(detour, opened=("kulle_box",))


# transfer_is_secure


@corruption("transfer_is_secure")
def the_second_run_departs_too_soon() -> Case:
    return with_rules(transfer_min=79)


@corruption("transfer_is_secure")
def the_second_run_departs_before_the_first_one_arrives() -> Case:
    morning = with_run("skol_2", stop_times=_earlier_school_bus())
    plan = small_plan()
    services = tuple(
        changed(s, latest_arrival_min=s.latest_arrival_min - 100) if s.run == "skol_2" else s
        for s in plan.services
    )
    shipments = tuple(
        changed(s, legs=(s.legs[0], changed(s.legs[1], board_min=440, alight_min=478)))
        if len(s.legs) > 1
        else s
        for s in plan.shipments
    )
    return morning, changed(plan, services=services, shipments=shipments)


def _earlier_school_bus() -> tuple[object, ...]:
    run = next(run for run in small_scenario().runs if run.id == "skol_2")
    return tuple(
        changed(stop, arrival_min=stop.arrival_min - 100, departure_min=stop.departure_min - 100)
        for stop in run.stop_times
    )


@corruption("transfer_is_secure")
def more_parcels_are_in_transfer_than_can_be_stored() -> Case:
    return with_point("alby_box", transfer_parcels=1), small_plan()


@corruption("transfer_is_secure")
def parcels_are_in_transfer_where_none_may_be_stored() -> Case:
    return with_point("alby_box", transfer_parcels=0), small_plan()


@corruption("transfer_is_secure")
def storage_overnight_adds_up_with_the_next_day() -> Case:
    scenario = with_point("alby_box", transfer_parcels=2)
    rules = changed(scenario.rules, max_lead_days=2, min_deliveries_per_week=1)
    runs = with_run("skol_2", parcel_s=40).runs
    scenario = changed(scenario, rules=rules, runs=runs)
    plan = small_plan()
    shipments = list(plan.shipments)
    shipments[5] = changed(shipments[5], legs=(bus_to_alby("mon"), school_bus_to_ceder("wed")))
    return scenario, changed(plan, shipments=tuple(shipments))


@corruption("transfer_is_secure")
def parcels_change_runs_where_no_transfer_is_allowed() -> Case:
    return with_rules(max_transfers=0)
