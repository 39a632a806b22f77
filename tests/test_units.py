"""Conversions are exact, and ties go to even."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliveryopt import units

WHOLE = st.integers(-(10**15), 10**15)
CENTS = st.integers(0, 10**9).map(lambda cents: cents / 100)


@given(WHOLE, st.integers(1, 10**6))
def test_rounding_is_to_the_nearest_whole_number_ties_to_even(number: int, divisor: int) -> None:
    assert units.round_half_even(number, divisor) == round(Fraction(number, divisor))


@pytest.mark.parametrize("divisor", [0, -1])
def test_rounding_needs_a_divisor_above_zero(divisor: int) -> None:
    with pytest.raises(ValueError, match="must be above zero"):
        units.round_half_even(1, divisor)


@given(st.integers(-(10**11), 10**11))
def test_ore_survive_the_way_to_kronor_and_back(ore: int) -> None:
    assert units.ore_from_sek(units.sek_from_ore(ore)) == ore


@pytest.mark.parametrize(
    ("sek", "ore"), [(0.005, 0), (0.015, 2), (0.025, 2), (1e9, 10**11), (1.15, 115), (-0.5, -50)]
)
def test_ore_are_rounded_once(sek: float, ore: int) -> None:
    assert units.ore_from_sek(sek) == ore


@pytest.mark.parametrize(
    ("sek", "ore"), [(0, 0), (5200, 10000), (0.26, 0), (0.78, 2), (13000, 25000)]
)
def test_a_year_has_fifty_two_weeks(sek: float, ore: int) -> None:
    assert units.ore_per_week(sek) == ore


@pytest.mark.parametrize(
    ("km", "metres"), [(0.0005, 0), (0.0015, 2), (1.2345, 1234), (65.1, 65100)]
)
def test_kilometres_are_whole_metres(km: float, metres: int) -> None:
    assert units.m_from_km(km) == metres


@given(CENTS)
def test_tenths_of_what_is_needed_go_up_and_of_what_there_is_down(amount: float) -> None:
    exact = Decimal(str(amount)) * 10

    assert 0 <= units.tenths_up(amount) - exact < 1
    assert 0 <= exact - units.tenths_down(amount) < 1


@pytest.mark.parametrize(("minutes", "seconds"), [(0.5, 30), (1.008, 60), (8, 480)])
def test_minutes_are_whole_seconds(minutes: float, seconds: int) -> None:
    assert units.s_from_min(minutes) == seconds


@given(st.integers(0, 10**6), st.integers(1, 200))
def test_driving_time_is_rounded_up(metres: int, speed_kmh: int) -> None:
    exact = Fraction(metres * 3600, speed_kmh * 1000)

    assert 0 <= units.driving_s(metres, speed_kmh) - exact < 1


@pytest.mark.parametrize(
    ("minutes", "text"), [(0, "00:00"), (59, "00:59"), (1439, "23:59"), (1510, "25:10")]
)
def test_a_clock_may_pass_midnight(minutes: int, text: str) -> None:
    assert units.clock(minutes) == text
