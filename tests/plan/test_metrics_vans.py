"""Figures of the small plan with a van and home orders, computed by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliveryopt.plan.figures import CostByItem, CostByPayer, Metrics, RunDayRow
from deliveryopt.plan.figures_of_homes import HomeRow, OrderCounts, VanDayRow, VanFigures, VanRow
from deliveryopt.plan.metrics import compare_with_today, measure
from deliveryopt.plan.plan import Plan
from deliveryopt.plan.today import todays_plan
from deliveryopt.plan.verify import plan_cost_ore
from deliveryopt.scenario.schema import Scenario
from tests.plan.changes_of_vans import home_changed, planned, van_changed
from tests.plan.corruptions_of_homes import groceries_come_past_a_nearer_shop_with_a_warning
from tests.plan.small_world import changed
from tests.plan.small_world_vans import FRIDAY, WEDNESDAY, van_plan, van_scenario


@pytest.fixture(name="metrics", scope="module")
def _metrics() -> Metrics:
    """Return the figures of the small plan, which most tests read."""
    return measure(van_scenario(), van_plan())


def test_orders_are_counted_by_what_becomes_of_them(metrics: Metrics) -> None:
    assert metrics.home_orders == OrderCounts(
        orders=7, by_run=2, by_van=2, in_box=1, as_today=1, unserved=1, bypassing=0
    )


def test_a_van_day_is_told_from_leaving_the_base_to_coming_back(metrics: Metrics) -> None:
    assert metrics.van_day_rows == (
        VanDayRow(
            van="van_1",
            day="wed",
            start_min=480,
            end_min=581,
            minutes=101,
            trips=2,
            stops=3,
            home_stops=2,
            point_stops=1,
            km=70,  # 5 + 12 + 6 + 15, 10 + 7 + 7, 8
            orders=2,
            parcels=3,
            peak_pieces=4,
            peak_litres=53,
            peak_kg=21,
            cost_ore=105_333,  # 100 + 70 x 4 + 101 / 60 x 400 SEK
        ),
        VanDayRow(
            van="van_1",
            day="fri",
            start_min=480,
            end_min=533,
            minutes=53,
            trips=1,
            stops=1,
            home_stops=0,
            point_stops=1,
            km=40,  # 5 + 15 + 15 + 5
            orders=0,
            parcels=2,
            peak_pieces=2,
            peak_litres=26,
            peak_kg=4,
            cost_ore=61_333,  # 100 + 160 + 53 / 60 x 400 SEK
        ),
    )


def test_a_van_is_told_over_the_week(metrics: Metrics) -> None:
    assert metrics.van_rows == (
        VanRow(
            van="van_1",
            name="Varubilen",
            operator="Kommunen",
            payer="municipality",
            days=("wed", "fri"),
            trips=3,
            stops=4,
            km=110,
            minutes=154,
            orders=2,
            parcels=5,
            peak_pieces=4,
            capacity_pieces=4,
            cost_ore_per_week=166_666,
            co2_kg_per_week=22,  # 110 km x 200 g
        ),
    )
    assert metrics.vans == VanFigures(
        vans_used=1,
        van_days=2,
        trips=3,
        stops=4,
        km=110,
        minutes=154,
        orders=2,
        parcels=5,
        co2_kg=22,
    )


def test_a_van_that_does_not_drive_is_told_too() -> None:
    metrics = measure(van_scenario(), todays_plan(van_scenario()))
    (row,) = metrics.van_rows

    assert (row.van, row.days, row.km, row.cost_ore_per_week) == ("van_1", (), 0, 0)
    assert (metrics.vans.vans_used, metrics.van_day_rows) == (0, ())


def test_an_order_by_run_is_told_with_its_window_and_its_own_cost(metrics: Metrics) -> None:
    anna, bo, *_ = metrics.home_rows

    assert anna.model_copy(update={"distance_km": None}) == HomeRow(
        order="hem_anna",
        household="hem_anna",
        goods="grocery",
        origin="handlarn",  # the nearest shop
        how="by_run",
        day="tue",
        carrier="vard_6",
        payer="municipality",
        trip=None,
        pickup_point=None,
        earliest_min=570,
        latest_min=580,
        distance_km=None,
        bypasses=False,
        cost_ore=4168,  # 5 SEK and 4 min x 9.17 SEK
        real=True,
    )
    assert (bo.earliest_min, bo.latest_min, bo.distance_km) == (572, 610, 30)
    assert bo.cost_ore == 5485  # 5 SEK, 1 km x 4 SEK and 5 min x 9.17 SEK


def test_an_order_by_van_bears_its_stops_part_of_the_day(metrics: Metrics) -> None:
    cia, dan = metrics.home_rows[2:4]

    assert (cia.how, cia.carrier, cia.trip, cia.day) == ("by_van", "van_1", 2, "wed")
    assert (cia.earliest_min, cia.latest_min) == (562, 562)
    assert cia.cost_ore == dan.cost_ore == 35_111  # 105,333 over three stops
    assert (dan.trip, dan.origin, dan.distance_km) == (1, "terminalen", 12)


def test_what_cannot_be_shared_goes_to_the_first_stops() -> None:
    metrics = measure(*van_changed(sek_per_day=100.02))  # 105,335 öre

    assert [row.cost_ore for row in metrics.home_rows[2:4]] == [35_111, 35_112]


def test_orders_in_a_box_as_today_and_for_nobody_are_told(metrics: Metrics) -> None:
    eva, fia, gun = metrics.home_rows[4:]

    assert (eva.how, eva.pickup_point, eva.day) == ("in_box", "ek_box", "wed")
    assert eva.cost_ore == 1300  # 12 SEK and the point's fee
    assert (fia.how, fia.payer, fia.cost_ore) == ("as_today", "municipality", 12_000)
    assert (gun.how, gun.payer, gun.cost_ore) == ("unserved", None, 50_000)
    assert {row.carrier for row in (eva, fia, gun)} == {None}


def test_a_run_past_midnight_comes_at_a_time_of_its_calendar_day() -> None:
    scenario, plan = van_scenario(), van_plan()
    (run,) = scenario.runs
    stop_times = tuple(
        changed(stop, arrival_min=stop.arrival_min + 1440, departure_min=stop.departure_min + 1440)
        for stop in run.stop_times
    )
    metrics = measure(changed(scenario, runs=(changed(run, stop_times=stop_times),)), plan)

    assert (metrics.home_rows[0].day, metrics.home_rows[0].earliest_min) == ("wed", 570)


def test_groceries_past_a_nearer_shop_are_marked() -> None:
    metrics = measure(*groceries_come_past_a_nearer_shop_with_a_warning())

    assert [row.order for row in metrics.home_rows if row.bypasses] == ["hem_cia"]
    assert metrics.home_orders.bypassing == 1


def test_a_pickup_point_counts_orders_and_stops_of_vans(metrics: Metrics) -> None:
    ek_box = metrics.pickup_point_rows[0]

    assert (ek_box.pickup_point, ek_box.parcels_per_week, ek_box.orders_per_week) == (
        "ek_box",
        4,
        1,
    )
    assert (ek_box.services_per_week, ek_box.van_stops_per_week) == (0, 2)
    assert ek_box.fees_ore_per_week == 5 * 100
    assert ek_box.delivery_days == ("wed", "fri")
    # Wednesday 3; halved, and quartered on Friday, when 2 more come
    assert list(ek_box.still_here_parcels) == [0, 0, 3, 1.5, 2.75, 1, 0.5]


def test_a_run_day_counts_home_deliveries(metrics: Metrics) -> None:
    assert metrics.run_day_rows == (
        RunDayRow(
            run="vard_6",
            day="tue",
            services=1,
            parcels=2,
            orders=1,
            extra_min=7,  # 3 at the box, 4 at the door
            delay_min=8.4,  # and 2 parcels of 42 s
            detour_km=0,
            peak_parcels=3,
        ),
        RunDayRow(
            run="vard_6",
            day="thu",
            services=1,
            parcels=0,
            orders=1,
            extra_min=8,  # 3 at the box, 4 at the door, 1 of driving
            delay_min=8,
            detour_km=1,
            peak_parcels=1,
        ),
    )
    (run,) = metrics.run_rows
    assert (run.orders_per_week, run.detour_km_per_week) == (2, 1)
    assert run.cost_ore_per_week == 2 * 3251 + 2 * 200 + 4168 + 5485
    assert (metrics.extra_min_per_week, metrics.detour_km_per_week) == (15, 1)


def test_cost_by_item_has_vans_and_home_orders(metrics: Metrics) -> None:
    assert metrics.cost_by_item == CostByItem(
        boxes_ore=20_000,
        sites_ore=4_000,
        fees_ore=7 * 100 + 2 * 300,
        services_ore=2 * 3251,
        carrying_ore=2 * 200,
        resident_trips_ore=1575 + 1050 + 1050,
        co2_ore=98 + 9800 + 5600 + 412 + 274 + 274,
        vans_ore=105_333 + 61_333,
        home_deliveries_ore=4168 + 5485,
        orders_in_boxes_ore=1200,
        orders_as_today_ore=12_000,
        unserved_orders_ore=50_000,
    )
    assert metrics.cost_ore_per_week == 271_721


def test_parcels_and_home_deliveries_have_costs_of_their_own(metrics: Metrics) -> None:
    to_door = 4168 + 5485 + 2 * 35_111 + 12_000
    of_homes = to_door + 1300 + 50_000  # and those in a box and left
    parcels = sum(row.parcels_per_week for row in metrics.village_rows if row.pickup_point)

    assert metrics.cost_ore_per_home_delivery == to_door / 5
    assert metrics.cost_ore_per_parcel == round((271_721 - of_homes) / parcels, 3)
    assert parcels == 8


def test_fees_shares_and_the_grant_move_cost_between_payers(metrics: Metrics) -> None:
    fees, shares, grant = 5 * 2000, 4 * 1000, 22_382
    municipality = 20_000 + 4_000 + 700 + 6502 + 400 + 166_666 + 9653 + 1200 + 12_000

    assert metrics.cost_by_payer == CostByPayer(
        municipality_ore=municipality - fees - shares - grant,
        region_ore=0,
        carrier_ore=600,
        residents_ore=3675 + fees,
        state_ore=grant,
        shops_ore=shares,
    )


def test_carbon_dioxide_of_vans_is_part_of_the_operators(metrics: Metrics) -> None:
    assert metrics.co2_operators_kg_per_week == 22.14  # 22 and 1 km x 140 g
    assert metrics.co2_residents_kg_per_week == 1.372


def test_the_goal_counts_carbon_dioxide_of_vans_and_home_deliveries() -> None:
    scenario = van_scenario()
    goal = changed(scenario.goal, count_resident_trips=True, count_co2=True)
    metrics = measure(changed(scenario, goal=goal), van_plan())

    assert metrics.cost_ore_per_week == 271_721 + 3675 + 16_458


def test_lead_days_count_parcels_of_vans(metrics: Metrics) -> None:
    # Tuesday's two by run; Wednesday's three and Friday's one on their day, Thursday's one later
    assert metrics.parcels_by_lead_days == (6, 1)
    assert metrics.parcels_by_plan_per_week == 6


def test_drives_of_vans_and_detours_to_homes_count_as_distances(metrics: Metrics) -> None:
    scenario = van_scenario()
    kept = tuple(row for row in scenario.distances if "hem_dan" not in (row.from_id, row.to_id))
    fewer = measure(changed(scenario, distances=kept), van_plan())

    # 3 villages; 3 legs of a detour; 4 + 4 drives on Wednesday, 4 on Friday
    assert (metrics.distances_used, metrics.distances_estimated) == (18, 0)
    assert (fewer.distances_used, fewer.distances_estimated) == (18, 2)


def test_today_costs_what_every_order_costs_that_is_left(metrics: Metrics) -> None:
    today = measure(van_scenario(), todays_plan(van_scenario()))

    assert today.home_orders.as_today == 1
    assert today.home_orders.unserved == 6
    assert today.cost_ore_per_week == 8 * 300 + 12_000 + 6 * 50_000
    assert compare_with_today(metrics, today).cost_above_today_ore_per_week == (271_721 - 314_400)


def test_a_van_of_a_shop_is_paid_by_the_shop_and_gets_no_grant() -> None:
    metrics = measure(*van_changed(payer="shop"))
    payers, figures = metrics.cost_by_payer, metrics.home_delivery

    # its own van, less the fees of two orders; it pays its share to itself and to the municipality
    assert payers.shops_ore == 166_666 - 2 * 2000 + 3 * 1000
    assert figures.deliveries == figures.grant_deliveries == 3
    assert metrics.cost_ore_per_week == 271_721


def test_what_a_van_brings_twice_is_told_once_and_paid_twice() -> None:
    scenario, plan = planned(van_routes=(WEDNESDAY, WEDNESDAY, FRIDAY))
    metrics = measure(scenario, plan)

    assert metrics.home_orders.by_van == 2
    assert metrics.cost_by_item.vans_ore == 2 * 105_333 + 61_333
    assert metrics.cost_ore_per_week == plan_cost_ore(scenario, plan)


def test_a_plan_that_says_nothing_of_an_order_leaves_it() -> None:
    scenario, _ = home_changed("hem_fia", today_sek=None)
    metrics = measure(scenario, Plan())

    assert metrics.home_orders.unserved == 7
    assert metrics.cost_ore_per_week == 8 * 300 + 7 * 50_000


def test_figures_survive_json(metrics: Metrics) -> None:
    assert Metrics.model_validate_json(metrics.model_dump_json()) == metrics


amounts = st.floats(min_value=0, max_value=1000).map(lambda value: round(value, 2))


@st.composite
def priced_scenarios(draw: st.DrawFn) -> Scenario:
    """Draw the small scenario with other prices, payers and things that the goal counts."""
    scenario = van_scenario()
    (van,), (run,) = scenario.vans, scenario.runs
    payers = st.sampled_from(["municipality", "region", "carrier", "residents", "shop"])
    van_prices = ("sek_per_day", "sek_per_km", "sek_per_h", "co2_g_per_km")
    run_prices = ("sek_per_stop", "sek_per_detour_km", "sek_per_minute", "sek_per_parcel")
    terms = ("unserved_sek", "customer_fee_sek", "shop_share_sek", "grant_cap_sek")
    return changed(
        scenario,
        goal=changed(
            scenario.goal, count_resident_trips=draw(st.booleans()), count_co2=draw(st.booleans())
        ),
        rates=changed(scenario.rates, co2_sek_per_kg=draw(amounts)),
        vans=(changed(van, payer=draw(payers), **{name: draw(amounts) for name in van_prices}),),
        runs=(changed(run, **{name: draw(amounts) for name in run_prices}),),
        home_delivery=changed(scenario.home_delivery, **{name: draw(amounts) for name in terms}),
        homes=tuple(
            changed(order, box_sek=draw(amounts), today_sek=draw(st.none() | amounts))
            for order in scenario.homes
        ),
    )


@settings(deadline=None)
@given(priced_scenarios())
def test_cost_equals_the_second_opinion_and_payers_add_up_at_any_prices(
    scenario: Scenario,
) -> None:
    metrics = measure(scenario, van_plan())
    items, payers = metrics.cost_by_item, metrics.cost_by_payer.model_dump()

    assert metrics.cost_ore_per_week == plan_cost_ore(scenario, van_plan())
    assert sum(payers.values()) == (
        sum(items.model_dump().values()) - items.co2_ore - items.unserved_orders_ore
    )
    assert 0 <= metrics.home_delivery.state_grant_ore == payers["state_ore"]
