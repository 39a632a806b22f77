"""Van trips and routes: their timing against a simulation minute by minute, and all of them."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliveryopt.solver.network import build_network
from deliveryopt.solver.trips import NEVER_MIN, Timing, VanDay, all_trips, make_trip, van_days
from deliveryopt.solver.van_routes import all_routes, best_order
from tests.strategies_homes import random_scenario_with_homes

DAY_MIN = 200

Legs = list[tuple[int, int, int]]
"""Drive, first and last minute of a window, stop by stop."""


def timed(legs: Legs) -> Timing:
    """Return the timing of drives to windows, without work."""
    timing = Timing(0, DAY_MIN, 0, -NEVER_MIN)
    for drive, first, last in legs:
        timing = timing.then(drive).within(first, last)
    return timing


def simulated(legs: Legs, start: int) -> int | None:
    """Return when a vehicle that starts at a minute has ended, driving as soon as it can."""
    now = start
    for drive, first, last in legs:
        now = max(now + drive, first)
        if now > last:
            return None
    return now


legs_lists = st.lists(
    st.tuples(st.integers(1, 30), st.integers(0, 90), st.integers(1, 90)).map(
        lambda leg: (leg[0], leg[1], leg[1] + leg[2])
    ),
    min_size=1,
    max_size=5,
)


@given(legs_lists)
def test_a_timing_says_for_each_start_when_it_ends(legs: Legs) -> None:
    timing = timed(legs)
    ends = {start: simulated(legs, start) for start in range(DAY_MIN + 1)}

    for start, end in ends.items():
        if timing.earliest <= start <= timing.latest:
            assert end == max(start + timing.pure, timing.fixed)
        else:
            assert end is None
    durations = [end - start for start, end in ends.items() if end is not None]
    assert timing.is_possible == bool(durations)
    if durations:
        assert timing.shortest == min(durations)


@given(legs_lists, legs_lists)
def test_two_timings_in_a_row_are_the_timing_of_both(first: Legs, second: Legs) -> None:
    one, other = timed(first), timed(second)

    both = one.followed_by(other)

    if one.is_possible and other.is_possible:
        whole = timed([*first, *second])
        assert both.is_possible == whole.is_possible
        if whole.is_possible:
            assert (both.latest, both.pure) == (whole.latest, whole.pure)
            assert max(both.fixed, both.pure) == max(whole.fixed, whole.pure)


def some_days(number: int) -> list[VanDay]:
    """Return van-days of random micro-scenarios."""
    found: list[VanDay] = []
    seed = 0
    while len(found) < number:
        found += van_days(build_network(random_scenario_with_homes(seed)))
        seed += 1
    return found


@pytest.mark.parametrize("van_day", some_days(40))
def test_listed_trips_are_as_good_as_every_order_of_stops(van_day: VanDay) -> None:
    for origin, stops in van_day.stops.items():
        listed = all_trips(van_day, origin)
        assert listed is not None
        by_stops = {frozenset(trip.places) for trip in listed}
        for size in range(1, min(3, len(stops)) + 1):
            for order in permutations(stops, size):
                trip = make_trip(van_day, origin, order)
                if trip is None:
                    continue
                assert frozenset(order) in by_stops
                assert any(
                    other.metres <= trip.metres and other.timing.shortest <= trip.timing.shortest
                    for other in listed
                    if set(other.places) == set(order)
                )


@pytest.mark.parametrize("van_day", some_days(40))
def test_a_route_keeps_its_own_times(van_day: VanDay) -> None:
    van = van_day.van.van
    routes = all_routes(van_day, 5_000)
    assert routes is not None
    for route in routes[:60]:
        assert van.shift_start_min <= route.start_min <= route.end_min <= van.shift_end_min
        assert len(route.trips) <= van.max_trips
        now = route.start_min
        for trip, departure, arrivals, back in zip(
            route.trips, route.departures, route.arrivals, route.returns, strict=True
        ):
            assert now + van.load_min <= departure
            assert (departure, *arrivals, back) == tuple(sorted((departure, *arrivals, back)))
            for place, arrival in zip(trip.places, arrivals, strict=True):
                home = van_day.home(place)
                if home is not None:
                    assert home.order.earliest_min <= arrival <= home.order.latest_min
            now = back
        assert now <= route.end_min
        same = best_order(van_day, route.trips)
        assert same is not None
        assert same.cost_ore <= route.cost_ore
