"""What `check` tells of a scenario without fault."""

import pytest

from deliveryopt.plan.inventory import take_inventory
from deliveryopt.scenario.demo import demo_scenario
from tests.by_hand import little_world
from tests.strategies import replaced


def test_places_people_runs_and_parcels_are_counted() -> None:
    inventory = take_inventory(demo_scenario())

    assert (inventory.villages, inventory.inhabitants) == (4, 2985)
    assert (inventory.agents, inventory.sites) == (1, 4)
    assert (inventory.runs, inventory.run_days) == (3, 13)
    assert inventory.coverage_today_share == pytest.approx(2400 / 2985)


def test_parcels_are_counted_by_week() -> None:
    assert take_inventory(little_world()).parcels_per_week == 2


def test_only_run_days_that_are_operating_days_count() -> None:
    scenario = demo_scenario()

    assert take_inventory(replaced(scenario, days=("mon", "tue"))).run_days == 2 + 1 + 2


def test_the_lines_say_the_name_and_every_note() -> None:
    inventory = take_inventory(demo_scenario())
    lines = inventory.lines()

    assert lines[0] == "exempel: no fault found."
    assert "  villages 4, inhabitants 2985, covered today 80.4 %" in lines
    assert [line.removeprefix("  note: ") for line in lines[5:]] == list(inventory.notes)


def test_estimated_roads_and_runs_at_a_depot_are_noted() -> None:
    notes = take_inventory(demo_scenario()).notes

    assert "no distances are given; road distances are estimates" in notes
    assert "3 of 3 runs stop at a depot" in notes


def test_a_village_beyond_every_agent_and_site_is_named() -> None:
    far = replaced(little_world().pickup_points[0], lat_deg=62.5)
    notes = take_inventory(replaced(little_world(), pickup_points=(far,))).notes

    assert "'v' has no agent and no candidate site within 1 km" in notes


def test_a_scenario_without_villages_or_runs_is_noted() -> None:
    empty = replaced(little_world(), villages=(), runs=(), given_demand=())
    inventory = take_inventory(empty)

    assert "there are no villages; the plan will be empty" in inventory.notes
    assert "there are no runs; nothing can be carried" in inventory.notes
    assert (inventory.inhabitants, inventory.coverage_today_share) == (0, 1.0)
