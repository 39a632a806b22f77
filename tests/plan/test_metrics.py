"""Every figure of the small plan, computed by hand."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliveryopt.plan.figures import (
    BoxCount,
    CostByItem,
    CostByPayer,
    DistanceClass,
    Metrics,
    RunDayRow,
    SizeCounts,
    VillageRow,
)
from deliveryopt.plan.metrics import compare_with_today, measure
from deliveryopt.plan.plan import Plan
from deliveryopt.plan.today import todays_plan
from deliveryopt.plan.verify import plan_cost_ore
from deliveryopt.scenario.schema import Scenario
from tests.plan.changes import with_distance
from tests.plan.corruptions import CORRUPTIONS, Corruption
from tests.plan.small_world import changed, small_plan, small_scenario
from tests.strategies import scenarios


@pytest.fixture(name="metrics", scope="module")
def _metrics() -> Metrics:
    """Return the figures of the small plan, which most tests read."""
    return measure(small_scenario(), small_plan())


@pytest.fixture(name="today", scope="module")
def _today() -> Metrics:
    """Return today's figures, which plans are compared with."""
    return measure(small_scenario(), todays_plan(small_scenario()))


def test_coverage_counts_inhabitants_of_served_villages_and_of_those_near_an_agent(
    metrics: Metrics,
) -> None:
    assert metrics.inhabitants == 220
    assert metrics.covered_inhabitants == 210  # all but the ten of ensam
    assert metrics.coverage_share == 0.954545
    assert (metrics.covered_villages, metrics.villages) == (4, 5)
    assert metrics.villages_by_plan == 3
    assert metrics.villages_as_today == 1
    assert metrics.villages_without == 1


def test_coverage_of_the_old_leaves_out_villages_where_they_are_not_counted(
    metrics: Metrics,
) -> None:
    assert metrics.inhabitants_65 == 65
    assert metrics.covered_inhabitants_65 == 60
    assert metrics.coverage_65_share == 0.923077
    assert metrics.villages_65_unknown == 1


def test_coverage_is_whole_where_nobody_lives() -> None:
    scenario = small_scenario()
    empty = tuple(
        changed(village, inhabitants=0, inhabitants_65=None) for village in scenario.villages
    )
    metrics = measure(changed(scenario, villages=empty), small_plan())

    assert (metrics.coverage_share, metrics.weighted_coverage_share) == (1, 1)
    assert metrics.coverage_65_share is None
    assert (metrics.mean_distance_km, metrics.p90_distance_km) == (None, None)
    assert (metrics.worst_village, metrics.worst_distance_km) == (None, None)


def test_priority_weighs_coverage() -> None:
    scenario = small_scenario()
    *rest, lonely = scenario.villages
    villages = (*rest, changed(lonely, priority=21))
    metrics = measure(changed(scenario, villages=villages), small_plan())

    assert metrics.weighted_coverage_share == 0.5  # 210 of 210 + 10 x 21
    assert metrics.coverage_share == 0.954545


def test_inhabitants_are_classed_by_distance_with_the_lower_limit_in_the_class(
    metrics: Metrics,
) -> None:
    assert metrics.inhabitants_by_distance == (
        DistanceClass(from_km=0, to_km=1, inhabitants=100),
        DistanceClass(from_km=1, to_km=2, inhabitants=50),
        DistanceClass(from_km=2, to_km=5, inhabitants=60),
        DistanceClass(from_km=5, to_km=10, inhabitants=0),
        DistanceClass(from_km=10, to_km=None, inhabitants=0),
    )
    assert metrics.inhabitants_without == 10


def test_distances_are_weighted_by_inhabitants(metrics: Metrics) -> None:
    assert metrics.mean_distance_km == 1.143  # (50 + 50 + 80 + 60) / 210
    assert metrics.p90_distance_km == 2  # 190 of 210 live within 2 km, 150 within 1 km
    assert (metrics.worst_village, metrics.worst_distance_km) == ("dal", 3)


def test_parcels_are_counted_by_way_and_size(metrics: Metrics) -> None:
    assert metrics.parcels_per_week == 16
    assert metrics.parcels_by_plan_per_week == 13
    assert metrics.parcels_as_today_per_week == 2
    assert metrics.parcels_without_per_week == 1
    assert metrics.parcels_by_size == SizeCounts(small=11, medium=3, large=2)
    assert metrics.transferred_parcels_per_week == 3


def test_lead_days_are_weighted_by_parcels(metrics: Metrics) -> None:
    assert metrics.parcels_by_lead_days == (11, 2)  # two by the night run
    assert metrics.lead_days_mean == 0.154
    assert metrics.lead_days_max == 1


def test_boxes_are_counted_by_type_and_compartment(metrics: Metrics) -> None:
    assert metrics.boxes == metrics.sites_opened == 3
    assert metrics.boxes_by_type == (
        BoxCount(box_type="liten", name="", operator="Boxbolaget", boxes=3),
    )
    assert metrics.compartments == 27
    assert metrics.compartments_by_size == SizeCounts(small=18, medium=6, large=3)


def test_parcels_stay_in_the_box_over_days_and_over_the_weekend(metrics: Metrics) -> None:
    alby = next(row for row in metrics.pickup_point_rows if row.pickup_point == "alby_box")

    # Monday 4; Thursday 2 by the night run; Friday 1: each halved twice, then gone.
    assert list(alby.still_here_parcels) == [4, 2, 1, 2, 2, 1, 0.25]
    assert alby.peak_use_share == 0.444444  # 4 of 9
    assert alby.mean_use_share == 0.194444  # 12.25 of 63
    assert alby.tightest_share == 1  # Friday's large parcel in the large compartment
    assert metrics.box_peak_use_share == 0.444444
    assert metrics.box_mean_use_share == 0.12037  # (12.25 + 5.25 + 5.25) of 27 x 7


def test_deliveries_are_days_on_which_a_service_can_bring_parcels(metrics: Metrics) -> None:
    days = {row.pickup_point: row.delivery_days for row in metrics.pickup_point_rows}

    assert days == {
        "alby_box": ("mon", "wed", "thu", "fri"),
        "berg_box": ("mon", "thu"),
        "ceder_box": ("mon", "wed"),
        "ica": (),
    }
    assert metrics.delivery_days_per_week == 8
    assert metrics.services_per_week == 10


def test_runs_are_delayed_by_driving_stopping_and_handling(metrics: Metrics) -> None:
    assert metrics.run_day_rows[0] == RunDayRow(
        run="buss_1",
        day="mon",
        services=2,
        parcels=8,
        extra_min=4.667,  # stop 120 s; detour 160 + 200 - 320 s and stop 120 s
        delay_min=10.267,  # and 8 parcels of 42 s
        detour_km=0.5,
        peak_parcels=8,
    )
    assert metrics.run_days_used == 7
    assert metrics.runs_used == 4
    assert metrics.delay_min_max == 10.267
    assert metrics.delay_min_per_week == 38.467
    assert metrics.delay_min_mean == 5.495
    assert metrics.extra_min_per_week == 25.167
    assert metrics.detour_km_per_week == 4  # 0.5 and 10 + 2.5 - 9


def test_runs_are_added_up_over_the_week(metrics: Metrics) -> None:
    bus = metrics.run_rows[0]

    assert (bus.run, bus.days) == ("buss_1", ("mon", "wed", "fri"))
    assert bus.services_per_week == 4
    assert bus.parcels_per_week == 10
    assert bus.extra_min_per_week == 8.667
    assert bus.cost_ore_per_week == 2500 + 3767 + 2500 + 2500 + 10 * 150
    assert (bus.peak_parcels, bus.capacity_parcels) == (8, 30)


def test_residents_drive_beyond_car_beyond_km_and_walk_within(metrics: Metrics) -> None:
    assert metrics.resident_trips_per_week == 5.25  # 0.35 of 15 parcels
    assert metrics.resident_walk_km_per_week == 2.45  # alby: 2.45 trips of 1 km
    assert metrics.resident_car_km_per_week == 10.5  # berg 2.1, ceder 4.2, dal 4.2
    assert metrics.co2_operators_kg_per_week == 0.94  # 0.5 km x 900 g + 3.5 km x 140 g
    assert metrics.co2_residents_kg_per_week == 1.47
    assert metrics.co2_kg_per_week == 2.41


def test_cost_is_given_by_item_whether_the_goal_counts_it_or_not(metrics: Metrics) -> None:
    assert metrics.cost_by_item == CostByItem(
        boxes_ore=30_000,
        sites_ore=6_000,
        fees_ore=13 * 100 + 2 * 300,
        services_ore=2500 + 3767 + 2500 + 2500 + 7360 + 2000 + 8000,
        carrying_ore=1_500,
        resident_trips_ore=3828 + 788 + 1575 + 1575,
        co2_ore=315 + 343 + 206 + 412 + 412,
    )
    assert metrics.cost_ore_per_week == 68_027
    assert metrics.cost_ore_per_parcel == 4535.133  # over 15 parcels
    assert metrics.cost_ore_per_home_delivery is None


def test_cost_is_given_by_payer(metrics: Metrics) -> None:
    assert metrics.cost_by_payer == CostByPayer(
        municipality_ore=36_000 + 1_300 + 7_360 + 8_000,
        region_ore=11_267 + 1_500 + 2_000,
        carrier_ore=600,
        residents_ore=7_766,
    )


def test_the_goal_counts_trips_and_carbon_dioxide_if_it_says_so() -> None:
    scenario = small_scenario()
    goal = changed(scenario.goal, count_resident_trips=True, count_co2=True)
    metrics = measure(changed(scenario, goal=goal), small_plan())

    assert metrics.cost_ore_per_week == 68_027 + 7_766 + 1_688
    assert metrics.resident_trips_counted
    assert metrics.co2_counted


def test_a_village_row_says_where_it_collects_and_where_it_collects_today(
    metrics: Metrics,
) -> None:
    assert metrics.village_rows[0] == VillageRow(
        village="alby",
        name="Alby",
        inhabitants=100,
        inhabitants_65=30,
        how="plan",
        pickup_point="alby_box",
        distance_km=0.5,
        distance_is_estimate=False,
        covered=True,
        agent_today="ica",
        agent_today_km=30,
        parcels_per_week=7,
        cost_ore_per_week=700,
    )
    assert [row.how for row in metrics.village_rows] == ["plan", "plan", "plan", "today", "none"]


def test_distances_that_are_estimates_are_counted(metrics: Metrics) -> None:
    scenario = small_scenario()
    given = tuple(row for row in scenario.distances if row.from_id != "hpl_a")
    estimated = measure(changed(scenario, distances=given), small_plan())

    assert (metrics.distances_used, metrics.distances_estimated) == (10, 0)
    assert (estimated.distances_used, estimated.distances_estimated) == (10, 2)


def test_today_is_measured_in_the_same_words(today: Metrics) -> None:
    assert today.covered_inhabitants == 20
    assert today.cost_ore_per_week == 15 * 300
    assert (today.boxes, today.run_days_used, today.delay_min_max) == (0, 0, None)
    assert (today.lead_days_mean, today.parcels_by_lead_days) == (None, ())
    assert today.villages_as_today == 4
    assert (today.box_peak_use_share, today.box_mean_use_share) == (None, None)


def test_a_plan_is_compared_with_today(metrics: Metrics, today: Metrics) -> None:
    comparison = compare_with_today(metrics, today)

    assert comparison.newly_covered_inhabitants == 190
    assert comparison.newly_covered_inhabitants_65 == 60
    assert comparison.coverage_share_change == 0.863636
    assert comparison.cost_above_today_ore_per_week == 63_527
    assert comparison.cost_above_today_sek_per_year == 33_034.04
    assert comparison.cost_above_today_sek_per_newly_covered_year == 173.863
    # (3000 + 1250 + 2400 + 60) / 210 is 31.952 today
    assert comparison.mean_distance_km_change == -30.809
    # 0.35 x 2 x (7 x 30 + 3 x 25 + 3 x 60 + 2 x 3) is 329.7 today
    assert comparison.resident_car_km_per_week_change == -319.2
    assert comparison.detour_km_per_week_change == 4


def test_no_newly_covered_inhabitant_has_no_cost_each(today: Metrics) -> None:
    comparison = compare_with_today(today, today)

    assert comparison.cost_above_today_sek_per_newly_covered_year is None
    assert comparison.cost_above_today_ore_per_week == 0


def test_a_served_village_without_a_road_has_no_distance() -> None:
    metrics = measure(with_distance("ceder", "ceder_box", None), small_plan())
    ceder = metrics.village_rows[2]

    assert (ceder.pickup_point, ceder.distance_km) == ("ceder_box", None)
    assert metrics.inhabitants_without == 50


def test_metrics_survive_json(metrics: Metrics) -> None:
    assert Metrics.model_validate_json(metrics.model_dump_json()) == metrics


@pytest.mark.parametrize("corruption", CORRUPTIONS, ids=lambda corruption: corruption.why)
def test_cost_equals_the_second_opinion_on_odd_plans(corruption: Corruption) -> None:
    scenario, plan = corruption.make()

    assert measure(scenario, plan).cost_ore_per_week == plan_cost_ore(scenario, plan)


amounts = st.floats(min_value=0, max_value=1000).map(lambda value: round(value, 2))


@st.composite
def priced_scenarios(draw: st.DrawFn) -> Scenario:
    """Draw the small scenario with other prices, rates and things that the goal counts."""
    scenario = small_scenario()
    terms = ("sek_per_stop", "sek_per_detour_km", "sek_per_minute", "sek_per_parcel")
    rates = (
        "car_sek_per_km",
        "resident_sek_per_h",
        "car_co2_g_per_km",
        "co2_sek_per_kg",
    )
    return changed(
        scenario,
        goal=changed(
            scenario.goal, count_resident_trips=draw(st.booleans()), count_co2=draw(st.booleans())
        ),
        rates=changed(scenario.rates, **{name: draw(amounts) for name in rates}),
        runs=tuple(
            changed(run, **{name: draw(amounts) for name in terms}) for run in scenario.runs
        ),
        pickup_points=tuple(
            changed(point, sek_per_parcel=draw(amounts), fixed_sek_per_year=draw(amounts))
            for point in scenario.pickup_points
        ),
        box_types=tuple(
            changed(box_type, sek_per_year=draw(amounts)) for box_type in scenario.box_types
        ),
    )


@settings(deadline=None)
@given(priced_scenarios())
def test_cost_equals_the_second_opinion_at_any_prices(scenario: Scenario) -> None:
    cost_ore = measure(scenario, small_plan()).cost_ore_per_week

    assert cost_ore == plan_cost_ore(scenario, small_plan())


@settings(deadline=None)
@given(scenarios)
def test_today_costs_the_same_as_a_plan_that_says_nothing(scenario: Scenario) -> None:
    metrics = measure(scenario, todays_plan(scenario))

    assert metrics == measure(scenario, Plan())
    assert metrics.cost_ore_per_week == plan_cost_ore(scenario, Plan())


@settings(deadline=None)
@given(scenarios)
def test_parts_add_up(scenario: Scenario) -> None:
    metrics = measure(scenario, todays_plan(scenario))
    by_distance = sum(row.inhabitants for row in metrics.inhabitants_by_distance)
    items, payers = metrics.cost_by_item, metrics.cost_by_payer

    assert by_distance + metrics.inhabitants_without == metrics.inhabitants
    assert sum(payers.model_dump().values()) == (
        sum(items.model_dump().values()) - items.co2_ore - items.unserved_orders_ore
    )
    assert math.isclose(
        metrics.co2_kg_per_week,
        metrics.co2_operators_kg_per_week + metrics.co2_residents_kg_per_week,
        abs_tol=0.002,
    )
