"""What `check` tells of home orders and vans."""

from pathlib import Path

import pytest

from deliveryopt.plan.inventory import take_inventory
from deliveryopt.scenario.demo import demo_scenario
from deliveryopt.scenario.home_delivery import HomeDelivery, HomeOrder
from deliveryopt.scenario.load import load_scenario
from deliveryopt.scenario.schema import Scenario
from tests.scenario.homes_folder import write_homes
from tests.strategies import replaced


@pytest.fixture
def scenario(tmp_path: Path) -> Scenario:
    return load_scenario(write_homes(tmp_path / "homes"))


def _with_order(scenario: Scenario, **changes: object) -> Scenario:
    """Return the scenario with its first order changed."""
    first: HomeOrder = replaced(scenario.homes[0], **changes)
    return replaced(scenario, homes=(first, *scenario.homes[1:]))


def test_orders_households_and_vans_are_counted(scenario: Scenario) -> None:
    inventory = take_inventory(scenario)

    assert (inventory.home_orders, inventory.home_orders_today, inventory.households) == (2, 1, 2)
    assert (inventory.vans, inventory.van_days) == (1, 3)
    assert inventory.lines()[5:7] == [
        "  home orders a week 2, households 2, delivered today 1",
        "  vans 1, van-days a week 3",
    ]


def test_nothing_is_said_of_them_where_there_are_none() -> None:
    text = "\n".join(take_inventory(demo_scenario()).lines())

    assert "home" not in text
    assert "van" not in text


def test_a_van_without_days_may_drive_on_every_operating_day(scenario: Scenario) -> None:
    vans = (replaced(scenario.vans[0], days=()),)

    assert take_inventory(replaced(scenario, vans=vans)).van_days == 5


def test_a_van_without_an_operating_day_is_noted(scenario: Scenario) -> None:
    inventory = take_inventory(
        replaced(scenario, vans=(replaced(scenario.vans[0], days=("sun",)),))
    )

    assert inventory.van_days == 0
    assert "no day of these vans is an operating day: 'skåpbil'" in inventory.notes


def test_an_order_that_nobody_may_carry_is_noted(scenario: Scenario) -> None:
    note = "no run and no van may carry these home orders: 'hem_01'"
    assert note not in take_inventory(scenario).notes

    vans = (replaced(scenario.vans[0], may_enter_homes=False),)

    assert note in take_inventory(replaced(scenario, vans=vans)).notes


@pytest.mark.parametrize(
    ("no_bypass", "note"),
    [
        ("rule", "these home orders come past a nearer shop, so no run or van brings them: "),
        ("warning", "these home orders come past a nearer shop: "),
    ],
)
def test_a_bypass_is_noted(scenario: Scenario, no_bypass: str, note: str) -> None:
    terms = replaced(scenario.home_delivery, no_bypass=no_bypass)
    passing = replaced(_with_order(scenario, origin="terminal"), home_delivery=terms)

    assert f"{note}'hem_01'" in take_inventory(passing).notes
    off = replaced(passing, home_delivery=HomeDelivery(no_bypass="off"))
    assert not any("nearer shop" in text for text in take_inventory(off).notes)


def test_more_orders_than_the_state_pays_for_are_noted(scenario: Scenario) -> None:
    terms = replaced(scenario.home_delivery, max_per_household_week=1)
    second = replaced(scenario.homes[1], household="hush_a")
    often = replaced(scenario, homes=(scenario.homes[0], second), home_delivery=terms)

    note = "the state pays for at most 1 a week, and more have: 'hush_a'"
    assert note in take_inventory(often).notes
    assert take_inventory(often).households == 1


def test_an_id_that_may_be_a_name_is_noted_and_not_shown(scenario: Scenario) -> None:
    terms = replaced(scenario.home_delivery, max_per_household_week=0)
    named = _with_order(scenario, household="Eva Canary")
    notes = take_inventory(replaced(named, home_delivery=terms)).notes

    assert any(
        text.startswith("1 home orders have an id or household with a space") for text in notes
    )
    assert "the state pays for at most 0 a week, and more have: '(not shown)', 'hem_02'" in notes
    assert "Canary" not in str(notes)


def test_assumed_orders_are_counted(scenario: Scenario) -> None:
    assert "1 of 2 home orders are assumed" in take_inventory(scenario).notes
