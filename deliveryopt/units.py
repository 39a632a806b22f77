"""The only conversions: kronor and öre, kilometres and metres, hours and minutes."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Final

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MIN_PER_DAY: Final = 1440
MIN_PER_H: Final = 60
S_PER_MIN: Final = 60
S_PER_H: Final = 3600
M_PER_KM: Final = 1000
G_PER_KG: Final = 1000
ORE_PER_SEK: Final = 100
WEEKS_PER_YEAR: Final = 52
DAYS_PER_WEEK: Final = 7
PER_MILLE: Final = 1000


def round_half_even(numerator: int, denominator: int) -> int:
    """Return the whole number nearest to a fraction, ties to even, without floating point.

    Parameters
    ----------
    numerator
        Any whole number.
    denominator
        A whole number above zero.

    Raises
    ------
    ValueError
        If `denominator` is not above zero.

    Examples
    --------
    >>> [round_half_even(n, 2) for n in (1, 3, 5, -1)]
    [0, 2, 2, 0]
    """
    if denominator <= 0:
        message = f"denominator {denominator!r} must be above zero"
        raise ValueError(message)
    whole, rest = divmod(numerator, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1):
        return whole + 1
    return whole


def exact(value: float) -> Fraction:
    """Return the decimal number that a user wrote, exactly.

    Examples
    --------
    >>> exact(0.1)
    Fraction(1, 10)
    """
    return Fraction(str(value))


def rounded_ore(sek: Fraction) -> int:
    """Return an exact amount in whole öre, ties to even.

    Examples
    --------
    >>> rounded_ore(Fraction(1, 3))
    33
    """
    ore = sek * ORE_PER_SEK
    return round_half_even(ore.numerator, ore.denominator)


def ore_from_sek(sek: float) -> int:
    """Return an amount in whole öre, ties to even.

    Examples
    --------
    >>> ore_from_sek(2.5), ore_from_sek(0.1 + 0.2)
    (250, 30)
    """
    return int((Decimal(str(sek)) * ORE_PER_SEK).to_integral_value())


def sek_from_ore(ore: int) -> float:
    """Return an amount in kronor."""
    return ore / ORE_PER_SEK


def ore_per_week(sek_per_year: float) -> int:
    """Return a yearly amount as whole öre a week: a fifty-second part, ties to even.

    Examples
    --------
    >>> ore_per_week(5200)
    10000
    """
    return round_half_even(ore_from_sek(sek_per_year), WEEKS_PER_YEAR)


def m_from_km(km: float) -> int:
    """Return a distance in whole metres, ties to even."""
    return int((Decimal(str(km)) * M_PER_KM).to_integral_value())


def tenths_up(amount: float) -> int:
    """Return tenths of a litre or kilogram, rounded up: what a parcel takes.

    Examples
    --------
    >>> tenths_up(6.1), tenths_up(6.11)
    (61, 62)
    """
    return int((Decimal(str(amount)) * 10).to_integral_value(ROUND_CEILING))


def tenths_down(amount: float) -> int:
    """Return tenths of a litre or kilogram, rounded down: what a hold takes."""
    return int((Decimal(str(amount)) * 10).to_integral_value(ROUND_FLOOR))


def s_from_min(minutes: float) -> int:
    """Return minutes as whole seconds, ties to even."""
    return int((Decimal(str(minutes)) * S_PER_MIN).to_integral_value())


def driving_s(metres: int, speed_kmh: float) -> int:
    """Return the whole seconds, rounded up, that a distance takes at a speed.

    Examples
    --------
    >>> driving_s(1000, 45)
    80
    """
    seconds = Decimal(metres * S_PER_H) / (Decimal(str(speed_kmh)) * M_PER_KM)
    return int(seconds.to_integral_value(ROUND_CEILING))


def clock(minutes: int) -> str:
    """Return minutes after 00:00 of the service day as `HH:MM`; may pass 24:00.

    Examples
    --------
    >>> clock(1510)
    '25:10'
    """
    return f"{minutes // MIN_PER_H:02d}:{minutes % MIN_PER_H:02d}"
