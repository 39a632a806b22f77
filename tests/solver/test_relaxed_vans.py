"""What vans cost at least: prices and parts against every trip and route of small cases."""

import threading
import time
from fractions import Fraction

import pytest

from deliveryopt.solver import van_prices
from deliveryopt.solver.network import build_network
from deliveryopt.solver.relaxed_vans import prices_of, relax
from deliveryopt.solver.search import Limits
from deliveryopt.solver.trips import VanDay, all_trips, van_days
from deliveryopt.solver.van_prices import drive_ore, stop_prices
from deliveryopt.solver.van_routes import all_routes
from tests.strategies_homes import random_scenario_with_homes

SEEDS = range(60)
DEAR_ORE = 10**7


def limits() -> Limits:
    """Return limits that a small programme does not reach."""
    return Limits(time.monotonic() + 60, 0.0, 1, None, threading.Event())


def days_of(seed: int) -> list[VanDay]:
    """Return the van-days of a random micro-scenario."""
    return van_days(build_network(random_scenario_with_homes(seed)))


@pytest.fixture(params=[-1, van_prices.MOST_IN_TABLE], ids=["by programmes", "by a table"])
def both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Find prices where stops are many, and where they are few."""
    monkeypatch.setattr(van_prices, "MOST_IN_TABLE", request.param)


@pytest.mark.usefixtures("both_ways")
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("target_ore", [0, 3_000, DEAR_ORE])
def test_no_trip_costs_less_than_the_prices_of_its_stops(seed: int, target_ore: int) -> None:
    for van_day in days_of(seed)[:2]:
        for origin, stops in van_day.stops.items():
            prices = stop_prices(van_day, origin, dict.fromkeys(stops, target_ore), limits())
            for trip in all_trips(van_day, origin) or []:
                minutes = van_day.van.van.load_min + trip.timing.shortest
                cost = drive_ore(van_day, metres=trip.metres, minutes=minutes)
                paid = sum((Fraction(prices[place]) for place in trip.places), Fraction(0))
                assert paid <= cost


@pytest.mark.usefixtures("both_ways")
def test_prices_are_raised_where_that_is_possible() -> None:
    raised = 0
    for seed in SEEDS:
        for van_day in days_of(seed)[:1]:
            for origin, stops in van_day.stops.items():
                low = stop_prices(van_day, origin, dict.fromkeys(stops, 0), limits())
                high = stop_prices(van_day, origin, dict.fromkeys(stops, DEAR_ORE), limits())
                assert low.keys() == high.keys()
                assert all(high[place] >= low[place] for place in low)
                raised += any(high[place] > low[place] for place in low)

    assert raised > len(SEEDS) / 4


@pytest.mark.parametrize("seed", SEEDS)
def test_no_route_costs_less_than_its_parts(seed: int) -> None:
    for van_day in days_of(seed)[:2]:
        relaxed = relax(van_day, prices_of([van_day], {}, limits()))
        trip_ore = {(trip.origin, trip.places): trip.cost_ore for trip in relaxed.trips}
        part_ore = {(p.origin, p.place): p.cost_ore for p in (*relaxed.homes, *relaxed.points)}
        round_ore = {way.origins: way.cost_ore for way in relaxed.rounds}
        for route in all_routes(van_day, 5_000) or []:
            parts = round_ore[frozenset(trip.origin for trip in route.trips)]
            for trip in route.trips:
                key = (trip.origin, frozenset(trip.places))
                if key in trip_ore:
                    parts += trip_ore[key]
                else:
                    parts += sum(part_ore[trip.origin, place] for place in trip.places)
            assert parts <= route.cost_ore
