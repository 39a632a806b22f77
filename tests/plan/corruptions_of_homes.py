"""Plans of `small_world_vans` in which a home order breaks one rule."""

from deliveryopt.plan.plan import HomeLeft, Plan
from deliveryopt.scenario.schema import Depot, Distance
from tests.plan.changes import Case, corruption
from tests.plan.changes_of_vans import (
    boxed,
    by_run,
    home_changed,
    later,
    part_changed,
    planned,
    routes,
    row_changed,
    run_changed,
    van_changed,
)
from tests.plan.small_world import changed
from tests.plan.small_world_vans import (
    AT_STOP,
    BROUGHT,
    FRIDAY,
    LEFT,
    ON_DETOUR,
    trip,
    van_plan,
    van_scenario,
)

# home_gets_its_delivery, each order once


@corruption("home_gets_its_delivery")
def an_order_is_forgotten() -> Case:
    return planned(homes_left=LEFT[:1])


@corruption("home_gets_its_delivery")
def an_order_is_delivered_and_left() -> Case:
    return planned(homes_left=(*LEFT, HomeLeft(order="hem_bo", how="none")))


@corruption("home_gets_its_delivery")
def an_order_is_left_twice() -> Case:
    return planned(homes_left=(*LEFT, LEFT[0]))


@corruption("home_gets_its_delivery")
def an_order_is_delivered_on_two_days() -> Case:
    scenario, _ = home_changed("hem_dan", days=("wed", "fri"), litres=20)
    again = trip("terminalen", 495, ("hem_dan", 507), ("ek_box", 517), back=535)
    return scenario, routes(friday=changed(FRIDAY, trips=(again,), end_min=540))


@corruption("home_gets_its_delivery")
def an_order_delivered_today_is_left_to_nobody() -> Case:
    return planned(homes_left=(changed(LEFT[0], how="none"), LEFT[1]))


@corruption("home_gets_its_delivery")
def an_order_that_nobody_delivers_is_left_as_today() -> Case:
    return planned(homes_left=(LEFT[0], changed(LEFT[1], how="today")))


# home_gets_its_delivery, origin, goods and entry


@corruption("home_gets_its_delivery")
def an_order_comes_from_another_origin_by_van() -> Case:
    return home_changed("hem_dan", origin="handlarn")


@corruption("home_gets_its_delivery")
def an_order_boards_where_its_origin_does_not_stand() -> Case:
    return home_changed("hem_bo", origin="storkop")


@corruption("home_gets_its_delivery")
def an_order_has_no_origin() -> Case:
    """There is no shop; the shop of before is a kitchen."""
    scenario, plan = row_changed("depots", "handlarn", kind="kitchen")
    kept = tuple(depot for depot in scenario.depots if depot.id != "storkop")
    return changed(scenario, depots=kept), plan


@corruption("home_gets_its_delivery")
def an_order_in_a_van_has_no_origin() -> Case:
    """There is no shop, and the order names none; the van loads at a kitchen."""
    scenario, plan = row_changed("depots", "handlarn", kind="kitchen")
    kept = tuple(depot for depot in scenario.depots if depot.id != "storkop")
    named = {"hem_anna": "handlarn", "hem_bo": "handlarn", "hem_cia": None}
    homes = tuple(
        changed(order, origin=named[order.id]) if order.id in named else order
        for order in scenario.homes
    )
    return changed(scenario, depots=kept, homes=homes), plan


@corruption("home_gets_its_delivery")
def an_order_boards_at_the_first_stop_and_its_origin_stands_at_none() -> Case:
    scenario, _ = home_changed("hem_bo", origin="storkop")
    return scenario, by_run(on_detour=changed(ON_DETOUR, board_sequence=10, board_min=510))


def goods_board_at_the_stop_from_which_the_detour_leaves() -> Case:
    """Return a shop that stands at its own stop and at the next one, where one home stands too.

    The order on the detour boards at the later stop, the one at that stop at the one before.
    """
    scenario, _ = row_changed("depots", "handlarn", lat_deg=65.1)
    return scenario, by_run(on_detour=changed(ON_DETOUR, board_sequence=30, board_min=572))


def _with_a_nearer_shop(no_bypass: str) -> Case:
    """Return a new shop nearer to one order than the shop that it names."""
    scenario, plan = part_changed("home_delivery", no_bypass=no_bypass)
    kiosk = Depot(id="kiosken", name="Kiosken", kind="shop", lat_deg=66.1, lon_deg=22.0)
    near = Distance(from_id="kiosken", to_id="hem_cia", km=6.999)
    scenario = changed(
        scenario, depots=(*scenario.depots, kiosk), distances=(*scenario.distances, near)
    )
    return scenario, plan


@corruption("home_gets_its_delivery")
def groceries_come_past_a_nearer_shop() -> Case:
    return _with_a_nearer_shop("rule")


def groceries_come_past_a_nearer_shop_with_a_warning() -> Case:
    """Return the same where bypassing is only told."""
    return _with_a_nearer_shop("warning")


@corruption("home_gets_its_delivery")
def a_van_brings_goods_that_it_may_not() -> Case:
    return van_changed(carries_home_parcels=False)


@corruption("home_gets_its_delivery")
def a_van_may_not_enter_the_home() -> Case:
    return home_changed("hem_cia", needs_entry=True)


@corruption("home_gets_its_delivery")
def a_run_may_not_enter_the_home() -> Case:
    return run_changed(may_enter_homes=False)


# Days and times of home_gets_its_delivery


@corruption("home_gets_its_delivery")
def an_order_comes_by_run_on_a_wrong_day() -> Case:
    return home_changed("hem_anna", days=("mon", "wed"))


@corruption("home_gets_its_delivery")
def an_order_comes_by_van_on_a_wrong_day() -> Case:
    return home_changed("hem_dan", days=("tue", "fri"))


@corruption("home_gets_its_delivery")
def a_run_may_come_too_early_at_a_stop() -> Case:
    return home_changed("hem_anna", earliest_min=571)


@corruption("home_gets_its_delivery")
def a_run_may_come_too_late_at_a_stop() -> Case:
    return home_changed("hem_anna", latest_min=579)


@corruption("home_gets_its_delivery")
def a_run_may_come_too_early_on_a_detour() -> Case:
    return home_changed("hem_bo", earliest_min=573)


@corruption("home_gets_its_delivery")
def a_run_may_come_too_late_on_a_detour() -> Case:
    return home_changed("hem_bo", latest_min=609)


@corruption("home_gets_its_delivery")
def a_van_comes_too_early() -> Case:
    return home_changed("hem_cia", earliest_min=563)


@corruption("home_gets_its_delivery")
def a_van_comes_too_late() -> Case:
    return home_changed("hem_dan", latest_min=506)


@corruption("home_gets_its_delivery")
def goods_board_a_run_before_they_are_ready() -> Case:
    return row_changed("depots", "handlarn", ready_tue=546)


def goods_board_a_run_when_they_are_ready() -> Case:
    """Return a shop whose goods are ready just when the run leaves."""
    return row_changed("depots", "handlarn", ready_tue=545)


@corruption("home_gets_its_delivery")
def a_departure_of_a_home_order_is_moved() -> Case:
    return van_scenario(), by_run(at_stop=changed(AT_STOP, board_min=544))


@corruption("home_gets_its_delivery")
def a_latest_arrival_at_a_home_is_moved() -> Case:
    return van_scenario(), by_run(on_detour=changed(ON_DETOUR, latest_arrival_min=609))


@corruption("home_gets_its_delivery")
def goods_board_at_an_earlier_stop_than_the_last_one() -> Case:
    """Let the shop stand at the first stop and at the second one."""
    scenario, _ = row_changed("depots", "handlarn", lat_deg=65.0)
    not_cold = tuple(changed(order, cold_chain_min=None) for order in scenario.homes)
    first = changed(AT_STOP, board_sequence=10, board_min=510)
    return changed(scenario, homes=not_cold), by_run(at_stop=first)


@corruption("home_gets_its_delivery")
def goods_board_after_the_home() -> Case:
    late = changed(AT_STOP, board_sequence=40, board_min=600)
    return van_scenario(), by_run(at_stop=late)


def _late_in_the_evening(minutes: int) -> Case:
    """Return the run later by minutes, for homes that open all night."""
    scenario, plan = later(minutes)
    homes = tuple(changed(order, latest_min=2000) for order in scenario.homes)
    return changed(scenario, homes=homes), plan


@corruption("home_gets_its_delivery")
def a_run_may_come_at_midnight() -> Case:
    """Boards at 22:55, at the second door at 24:00 at the latest."""
    return _late_in_the_evening(830)


def a_run_comes_just_before_midnight() -> Case:
    """Return the same a minute earlier."""
    return _late_in_the_evening(829)


def a_run_past_midnight_delivers_on_the_next_day() -> Case:
    """Return the run a whole day later: Tuesday's run comes on Wednesday, Thursday's on Friday."""
    scenario, plan = later(1440)
    days = {"hem_anna": ("wed",), "hem_bo": ("fri",)}
    homes = tuple(
        changed(order, days=days[order.id]) if order.id in days else order
        for order in scenario.homes
    )
    return changed(scenario, homes=homes), plan


@corruption("home_gets_its_delivery")
def a_run_past_midnight_does_not_deliver_on_its_service_day() -> Case:
    return later(1440)


@corruption("home_gets_its_delivery")
def an_order_comes_on_a_day_that_is_not_an_operating_day() -> Case:
    """Friday's run comes on Saturday; nothing else is carried by it."""
    scenario, plan = later(1440)
    (run,) = scenario.runs
    homes = tuple(
        changed(order, days=days) if (days := DAYS_LATER.get(order.id)) else order
        for order in scenario.homes
    )
    scenario = changed(
        scenario,
        homes=homes,
        runs=(changed(run, days=("tue", "fri")),),
        rules=changed(scenario.rules, min_deliveries_per_week=1),
    )
    tuesday, _ = plan.services
    anna, bo = plan.homes_by_run
    return scenario, changed(plan, services=(tuesday,), homes_by_run=(anna, changed(bo, day="fri")))


DAYS_LATER = {"hem_anna": ("wed",), "hem_bo": ("sat",)}


# Cold chain of home_gets_its_delivery


@corruption("home_gets_its_delivery")
def goods_are_too_long_on_a_run_that_is_not_chilled() -> Case:
    return home_changed("hem_anna", cold_chain_min=34)


@corruption("home_gets_its_delivery")
def goods_are_too_long_in_a_van_that_is_not_chilled() -> Case:
    return home_changed("hem_cia", cold_chain_min=6)


def goods_are_long_in_a_chilled_van() -> Case:
    """Return the same in a chilled van."""
    scenario, plan = home_changed("hem_cia", cold_chain_min=0)
    return changed(scenario, vans=(changed(scenario.vans[0], chilled=True),)), plan


def goods_are_long_on_a_chilled_run() -> Case:
    """Return a chilled run."""
    scenario, plan = home_changed("hem_anna", cold_chain_min=0)
    return changed(scenario, runs=(changed(scenario.runs[0], chilled=True),)), plan


# Orders of home_gets_its_delivery that are collected


def _without_its_parcel() -> Plan:
    """Return the plan in which the order that is collected is brought by nobody."""
    return changed(van_plan(), van_shipments=(changed(BROUGHT[0], parcels=2), *BROUGHT[1:]))


@corruption("home_gets_its_delivery")
def an_order_for_its_home_only_is_collected() -> Case:
    return home_changed("hem_eva", box_size=None)[0], _without_its_parcel()


@corruption("home_gets_its_delivery")
def an_order_is_collected_that_becomes_ready_on_no_operating_day() -> Case:
    return home_changed("hem_eva", days=("sat", "sun"))[0], _without_its_parcel()


def _collected_at(km: float | None) -> Case:
    """Return the order that is collected at its own distance from the pickup point."""
    scenario, plan = home_changed("hem_eva", place_id=None, lat_deg=65.3, lon_deg=22.3)
    row = Distance(from_id="hem_eva", to_id="ek_box", km=km)
    return changed(scenario, distances=(*scenario.distances, row)), plan


@corruption("home_gets_its_delivery")
def an_order_is_collected_beyond_reach() -> Case:
    return _collected_at(5.001)


@corruption("home_gets_its_delivery")
def an_order_is_collected_where_no_road_leads() -> Case:
    return _collected_at(None)


def an_order_is_collected_just_within_reach() -> Case:
    """Return the same at the limit of reach."""
    return _collected_at(5)


# plan_is_well_formed


@corruption("plan_is_well_formed")
def an_unknown_order_is_left() -> Case:
    return planned(homes_left=(*LEFT, HomeLeft(order="okänd", how="none")))


@corruption("plan_is_well_formed")
def an_unknown_order_is_collected() -> Case:
    return planned(homes_in_box=(*van_plan().homes_in_box, boxed("okänd")))


@corruption("plan_is_well_formed")
def an_unknown_order_is_delivered_by_a_run() -> Case:
    plan = van_plan()
    return planned(homes_by_run=(*plan.homes_by_run, changed(AT_STOP, order="okänd")))


@corruption("plan_is_well_formed")
def an_unknown_run_delivers() -> Case:
    return van_scenario(), by_run(at_stop=changed(AT_STOP, run="okänd"))


@corruption("plan_is_well_formed")
def goods_board_at_an_unknown_stop() -> Case:
    return van_scenario(), by_run(at_stop=changed(AT_STOP, board_sequence=10**30))


@corruption("plan_is_well_formed")
def a_run_goes_on_from_its_last_stop_by_way_of_a_home() -> Case:
    return van_scenario(), by_run(on_detour=changed(ON_DETOUR, stop_sequence=40))
