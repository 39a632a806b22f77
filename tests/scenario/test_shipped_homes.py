"""The shipped scenarios with home orders: they load, and hold what their READMEs say."""

from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from deliveryopt.scenario.homes import bypasses, may_be_delivered, may_carry, origin_of
from deliveryopt.scenario.load import load_scenario
from deliveryopt.scenario.schema import Scenario, terms_of
from deliveryopt.scenario.travel import build_travel

SCENARIOS = Path(__file__).parents[2] / "scenarios"
WITH_HOMES = ["vingaker", "kalix-hemsandning"]
MOST_ORDERS_OF_A_SHOP_AND_DAY = 8


@cache
def shipped(name: str) -> Scenario:
    return load_scenario(SCENARIOS / name)


@pytest.mark.parametrize("name", WITH_HOMES)
def test_a_scenario_with_homes_loads_and_says_that_every_order_is_assumed(name: str) -> None:
    scenario = shipped(name)

    assert scenario.name == name
    assert scenario.homes
    assert scenario.vans
    assert not any(home.real for home in scenario.homes)


@pytest.mark.parametrize("name", WITH_HOMES)
def test_each_home_stands_within_3_km_of_a_village_and_is_named_after_it(name: str) -> None:
    scenario = shipped(name)
    travel = build_travel(scenario)
    villages = {village.id for village in scenario.villages}
    apart_m = {
        home.id: travel.apart_m(home.id, home.id.removeprefix("hem_").rsplit("_", 1)[0])
        for home in scenario.homes
    }

    assert {home.rsplit("_", 1)[0].removeprefix("hem_") for home in apart_m} <= villages
    assert max(apart_m.values()) <= 3000


@pytest.mark.parametrize("name", WITH_HOMES)
def test_each_order_can_be_delivered_and_passes_no_nearer_shop(name: str) -> None:
    scenario = shipped(name)
    travel = build_travel(scenario)

    assert [
        home.id for home in scenario.homes if not may_be_delivered(scenario, travel, home)
    ] == []
    assert [home.id for home in scenario.homes if bypasses(scenario, travel, home)] == []


@pytest.mark.parametrize("name", WITH_HOMES)
def test_each_order_may_be_carried_by_some_van_on_one_of_its_days(name: str) -> None:
    scenario = shipped(name)
    travel = build_travel(scenario)
    depots = tuple(depot.id for depot in scenario.depots)
    alone = [
        home.id
        for home in scenario.homes
        if not any(
            may_carry(van, home)
            and origin_of(scenario, travel, home) in (van.origins or depots)
            and set(home.days) & set(van.days or scenario.days)
            for van in scenario.vans
        )
    ]

    assert alone == []


def test_kalix_has_the_deliveries_of_2016_and_what_the_municipality_paid() -> None:
    homes = shipped("kalix-hemsandning").homes
    text = (SCENARIOS / "kalix-hemsandning" / "README.md").read_text(encoding="utf-8")

    assert len(homes) == 51
    assert len(homes) * 52 == 2652
    assert {home.today_sek for home in homes} == {120.0}
    assert {home.goods for home in homes} == {"grocery"}
    assert 2652 * 120 == 318_240
    assert all(figure in text for figure in ("2,652 / 52 = 51", "318,240", "6,120", "159,120"))


def test_a_household_in_kalix_has_at_most_two_orders_on_different_days() -> None:
    scenario = shipped("kalix-hemsandning")
    days_of: dict[str | None, list[str]] = defaultdict(list)
    for home in scenario.homes:
        days_of[home.household] += home.days
    orders = Counter(home.household for home in scenario.homes)

    assert None not in orders
    assert len(orders) == 45
    assert Counter(orders.values()) == {1: 39, 2: 6}
    assert scenario.home_delivery.max_per_household_week == 2
    assert all(len(set(days)) == len(days) for days in days_of.values())
    assert {len(home.days) for home in scenario.homes} == {1, 2}


def test_each_shop_in_kalix_has_few_enough_orders_on_a_day_to_list_every_trip() -> None:
    scenario = shipped("kalix-hemsandning")
    travel = build_travel(scenario)
    orders = Counter(origin_of(scenario, travel, home) for home in scenario.homes)
    of_day = Counter(
        (origin_of(scenario, travel, home), day) for home in scenario.homes for day in home.days
    )
    days_of_shop = Counter(shop for shop, _ in of_day)

    assert orders == {
        "butik_kalix": 21,
        "butik_nasby": 19,
        "butik_sangis": 6,
        "butik_nyborg": 3,
        "butik_tore": 1,
        "butik_morjarv": 1,
    }
    assert max(of_day.values()) == MOST_ORDERS_OF_A_SHOP_AND_DAY
    assert set(days_of_shop.values()) == {2, 3}


def test_home_care_in_kalix_loads_at_a_shop_and_buses_are_those_of_the_timetable() -> None:
    scenario, kalix = shipped("kalix-hemsandning"), shipped("kalix")
    shops = {depot.id for depot in scenario.depots if depot.kind == "shop"}
    rounds = [run for run in scenario.runs if run.kind == "home_care"]
    buses = {run.id: run.stop_times for run in scenario.runs if run.kind == "bus"}
    carrying = [run for run in scenario.runs if run.kind == "bus" and run.carries_groceries]

    assert len(rounds) == 6
    assert all(run.stop_times[0].place_id in shops for run in rounds)
    assert all(terms_of(scenario, run).carries_groceries for run in rounds)
    assert buses == {run.id: run.stop_times for run in kalix.runs}
    assert len(carrying) == 28


def test_villages_agents_and_sites_are_those_of_kalix() -> None:
    scenario, kalix = shipped("kalix-hemsandning"), shipped("kalix")

    assert scenario.villages == kalix.villages
    assert scenario.pickup_points == kalix.pickup_points
    assert set(kalix.distances) <= set(scenario.distances)
    assert len(scenario.distances) - len(kalix.distances) == 312


def test_vingaker_has_orders_of_every_kind_of_goods_and_ways_to_bring_them() -> None:
    scenario = shipped("vingaker")

    assert Counter(home.goods for home in scenario.homes) == {
        "grocery": 7,
        "parcel": 2,
        "meal": 2,
        "pharmacy": 1,
    }
    assert Counter(depot.kind for depot in scenario.depots) == {
        "shop": 2,
        "terminal": 1,
        "pharmacy": 1,
        "kitchen": 1,
    }
    assert sum(home.box_size is not None for home in scenario.homes) == 2
    assert sum(home.needs_entry for home in scenario.homes) == 2
    assert sum(home.today_sek is None for home in scenario.homes) == 4
    assert all("antagen" in run.name.casefold() for run in scenario.runs)
