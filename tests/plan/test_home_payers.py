"""Who pays for home delivery, and the state's grant, computed by hand.

Groceries at the municipality's expense in the small plan: 41.68 and 54.85 SEK by run, 351.11 by
van and 120 as today, each minus 20 SEK of the customer and 10 of the shop: 447.64 SEK net.
"""

from datetime import date

import pytest

from deliveryopt.plan.figures_of_homes import HomeDeliveryFigures
from deliveryopt.plan.metrics import measure
from deliveryopt.scenario.schema import Scenario
from tests.plan.changes import Case
from tests.plan.changes_of_vans import home_changed, part_changed, planned, run_changed
from tests.plan.small_world import changed
from tests.plan.small_world_vans import LEFT, van_plan, van_scenario

NET_ORE = 44_764
GROCERIES = ("hem_anna", "hem_bo", "hem_cia", "hem_fia")


def _figures(case: Case) -> HomeDeliveryFigures:
    """Return who pays for home delivery."""
    scenario, plan = case
    return measure(scenario, plan).home_delivery


def _one_household(scenario: Scenario, *orders: str) -> Scenario:
    """Return a scenario in which some orders are of one household."""
    homes = tuple(
        changed(order, household="h1") if order.id in orders else order for order in scenario.homes
    )
    return changed(scenario, homes=homes)


def test_who_pays_for_home_delivery() -> None:
    assert _figures((van_scenario(), van_plan())) == HomeDeliveryFigures(
        deliveries=5,
        expenditure_ore=4168 + 5485 + 2 * 35_111 + 12_000,
        customer_fees_ore=5 * 2000,
        shops_share_ore=4 * 1000,
        net_expenditure_ore=77_875,
        grant_deliveries=4,  # the fifth one is a parcel
        grant_net_expenditure_ore=NET_ORE,
        occasions=4,
        state_grant_ore=NET_ORE // 2,
        municipality_net_ore=77_875 - NET_ORE // 2,
        grant_rule="SFS 2000:284 (2023)",
        grant_share=0.5,
        grant_cap_ore=10_000,
    )


def test_the_cap_holds_for_a_household_and_occasion() -> None:
    figures = _figures(part_changed("home_delivery", grant_cap_sek=50))

    assert figures.state_grant_ore == 4 * 5000
    assert figures.municipality_net_ore == 77_875 - 20_000


def test_a_household_counts_for_at_most_so_many_occasions_a_week() -> None:
    """Four days of one household; two of them count, or one, or three."""
    scenario = _one_household(van_scenario(), *GROCERIES)
    grants = {}
    for most in (0, 1, 2, 3):
        terms = changed(scenario.home_delivery, max_per_household_week=most)
        figures = _figures((changed(scenario, home_delivery=terms), van_plan()))
        assert figures.occasions == most
        grants[most] = figures.state_grant_ore

    assert grants == {0: 0, 1: 10_000, 2: 20_000, 3: NET_ORE // 2}


def test_two_orders_of_a_household_on_one_day_are_one_occasion() -> None:
    scenario, _ = home_changed("hem_dan", goods="grocery")

    assert _figures((scenario, van_plan())).occasions == 5
    assert _figures((_one_household(scenario, "hem_cia", "hem_dan"), van_plan())).occasions == 4


def test_orders_as_today_are_occasions_of_their_own() -> None:
    scenario, _ = home_changed("hem_gun", goods="grocery", today_sek=80)
    scenario = _one_household(scenario, "hem_fia", "hem_gun")
    _, plan = planned(homes_left=(LEFT[0], changed(LEFT[1], how="today")))
    figures = _figures((scenario, plan))

    assert (figures.deliveries, figures.occasions) == (6, 5)
    assert figures.grant_net_expenditure_ore == NET_ORE + 8000 - 3000


@pytest.mark.parametrize(
    ("week_start", "cap_ore", "grant_ore"),
    [
        (date(2010, 12, 27), 0, 0),  # no rule is known
        (date(2011, 1, 3), 6000, 12_000),
        (date(2022, 12, 26), 6000, 12_000),
        (date(2023, 1, 2), 10_000, 20_000),
    ],
)
def test_the_rules_of_the_year_hold(week_start: date, cap_ore: int, grant_ore: int) -> None:
    scenario = _one_household(van_scenario(), *GROCERIES)  # two occasions
    figures = _figures((changed(scenario, week_start=week_start), van_plan()))

    assert (figures.grant_cap_ore, figures.state_grant_ore) == (cap_ore, grant_ore)


def test_the_scenario_may_set_share_and_cap() -> None:
    own = _figures(part_changed("home_delivery", grant_share=0.3, grant_cap_sek=1000))

    assert own.state_grant_ore == 13_429  # 0.3 x 44,764 is 13,429.2
    assert (own.grant_rule, own.grant_share, own.grant_cap_ore) == (None, 0.3, 100_000)
    half = _figures(part_changed("home_delivery", grant_share=0.3))
    assert (half.grant_rule, half.grant_cap_ore) == ("SFS 2000:284 (2023)", 10_000)


def test_the_grant_is_rounded_once_with_ties_to_even() -> None:
    scenario, plan = home_changed("hem_fia", today_sek=120.01)
    odd = _figures((scenario, plan))
    even = _figures(home_changed("hem_fia", today_sek=120.03))

    assert (odd.grant_net_expenditure_ore, odd.state_grant_ore) == (44_765, 22_382)
    assert (even.grant_net_expenditure_ore, even.state_grant_ore) == (44_767, 22_384)


def test_fees_above_the_cost_bring_no_negative_grant() -> None:
    figures = _figures(part_changed("home_delivery", customer_fee_sek=500))

    assert figures.grant_net_expenditure_ore == figures.state_grant_ore == 0
    assert figures.municipality_net_ore == figures.net_expenditure_ore < 0


def test_a_run_of_the_region_is_no_expenditure_of_the_municipality() -> None:
    """A bus carries the groceries: the region pays, and gets the fees."""
    scenario, plan = run_changed(
        kind="bus",
        carries_groceries=True,
        may_enter_homes=True,
        delay_budget_min=10,
        stop_min=3,
    )
    metrics = measure(scenario, plan)

    assert metrics.home_delivery.deliveries == 3
    assert metrics.home_delivery.customer_fees_ore == 3 * 2000
    run = metrics.run_rows[0]
    assert metrics.cost_by_payer.region_ore == run.cost_ore_per_week - 2 * (2000 + 1000)


def test_nothing_is_paid_for_orders_that_are_collected_or_left_to_nobody() -> None:
    metrics = measure(van_scenario(), van_plan())
    paid = {row.order for row in metrics.home_rows if row.how not in {"in_box", "unserved"}}

    assert len(paid) == metrics.home_delivery.deliveries
