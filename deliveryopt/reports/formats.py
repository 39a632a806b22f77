"""How numbers, money, shares, clock times and strangers' names are written in each language."""

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Final

from deliveryopt.reports.bundle import Language
from deliveryopt.scenario.text import one_line
from deliveryopt.units import MIN_PER_DAY, ORE_PER_SEK, clock

HARD_SPACE: Final = "\u00a0"
MINUS: Final = "\u2212"
ELLIPSIS: Final = "\u2026"
MAX_NAME: Final = 80
FEW: Final = 5
"""Counts of people below this are not told."""
QUARTER_MIN: Final = 15
_PER_CENT: Final = 100
_FIVE: Final = 5
_THOUSANDS: Final = {"sv": HARD_SPACE, "en": ","}
_DECIMAL_MARK: Final = {"sv": ",", "en": "."}


def number(value: float, language: Language, *, decimals: int = 0) -> str:
    r"""Return a number as people write it: hard spaces and a comma in Swedish.

    Examples
    --------
    >>> ascii(number(1234.5, "sv", decimals=1)), ascii(number(-1234.5, "en", decimals=1))
    ("'1\\xa0234,5'", "'\\u22121,234.5'")
    """
    return _written(Decimal(str(value)), language, decimals, ROUND_HALF_EVEN)


def _written(value: Decimal, language: Language, decimals: int, rounding: str) -> str:
    """Return a number rounded to some decimals, with the language's marks."""
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding)
    digits = f"{abs(rounded):,.{decimals}f}"
    swapped = digits.translate({ord(","): _THOUSANDS[language], ord("."): _DECIMAL_MARK[language]})
    return MINUS + swapped if rounded < 0 else swapped


def percent(
    share: float, language: Language, *, decimals: int = 1, rounding: str = ROUND_HALF_EVEN
) -> str:
    r"""Return a share as per cent; whole per cent are written without decimals.

    What is not quite 0 or 100 is never written as 0 or 100.

    Examples
    --------
    >>> percent(0.973, "sv"), percent(0.99999, "sv"), percent(1, "sv"), percent(0.00001, "en")
    ('97,3\xa0%', '99,9\xa0%', '100\xa0%', '0.1%')
    """
    value = Decimal(str(share)) * _PER_CENT
    sign = "%" if language == "en" else f"{HARD_SPACE}%"
    if value == value.to_integral_value():
        return f"{int(value)}{sign}"
    step = Decimal(1).scaleb(-decimals)
    if 0 < value < step:
        rounding = ROUND_CEILING
    elif _PER_CENT - step < value < _PER_CENT:
        rounding = ROUND_FLOOR
    return _written(value, language, decimals, rounding) + sign


def percent_at_most(share: float, language: Language, *, decimals: int = 2) -> str:
    r"""Return a share as per cent, rounded up, for sentences that say "at most".

    Examples
    --------
    >>> percent_at_most(0.00071, "sv"), percent_at_most(0.999999, "en")
    ('0,08\xa0%', '100%')
    """
    value = Decimal(str(share)) * _PER_CENT
    sign = "%" if language == "en" else f"{HARD_SPACE}%"
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_CEILING)
    if rounded == rounded.to_integral_value():
        return f"{int(rounded)}{sign}"
    return _written(value, language, decimals, ROUND_CEILING) + sign


def money(sek: float, language: Language, *, decimals: int = 0) -> str:
    r"""Return an amount in kronor.

    Examples
    --------
    >>> money(1234.5, "sv", decimals=1), money(1234.5, "en")
    ('1\xa0234,5\xa0kr', 'SEK\xa01,234')
    """
    written = number(sek, language, decimals=decimals)
    if language == "en":
        return f"SEK{HARD_SPACE}{written}"
    return f"{written}{HARD_SPACE}kr"


def money_from_ore(ore: float, language: Language, *, decimals: int = 0) -> str:
    r"""Return an amount of öre in kronor.

    Examples
    --------
    >>> money_from_ore(48440, "sv", decimals=2)
    '484,40\xa0kr'
    """
    return money(ore / ORE_PER_SEK, language, decimals=decimals)


def km(value: float, language: Language, *, decimals: int = 1) -> str:
    r"""Return a distance in kilometres.

    Examples
    --------
    >>> km(2.44, "sv"), km(0.5, "en")
    ('2,4\xa0km', '0.5\xa0km')
    """
    return f"{number(value, language, decimals=decimals)}{HARD_SPACE}km"


def signed(written: str, value: float) -> str:
    """Return a written change with a plus sign where it is above zero.

    Examples
    --------
    >>> signed("3", 3.0), signed("-3", -3.0), signed("0", 0.0)
    ('+3', '-3', '0')
    """
    return f"+{written}" if value > 0 else written


def people(value: int, language: Language) -> str:
    """Return a number of people; one to four are told as fewer than five.

    Examples
    --------
    >>> people(12, "sv"), people(3, "sv"), people(0, "en")
    ('12', '<5', '0')
    """
    return f"<{FEW}" if 0 < value < FEW else number(value, language)


def to_fives(value: int) -> int:
    """Return a whole number rounded to fives, never to zero unless it is.

    Examples
    --------
    >>> to_fives(0), to_fives(1), to_fives(7), to_fives(8)
    (0, 5, 5, 10)
    """
    nearest = (value + _FIVE // 2) // _FIVE * _FIVE
    return max(_FIVE, nearest) if value else 0


def clock_time(minutes: int) -> str:
    """Return a clock time; times after midnight of the service day are marked.

    Examples
    --------
    >>> clock_time(485), clock_time(1510)
    ('08:05', '01:10 (+1)')
    """
    days, rest = divmod(minutes, MIN_PER_DAY)
    return f"{clock(rest)} (+{days})" if days else clock(rest)


def quarter(minutes: int, *, up: bool = False) -> int:
    """Return a clock time rounded to a quarter of an hour, halves up; or always up.

    Examples
    --------
    >>> quarter(487), quarter(488), quarter(481, up=True)
    (480, 495, 495)
    """
    if up:
        return math.ceil(minutes / QUARTER_MIN) * QUARTER_MIN
    return math.floor(minutes / QUARTER_MIN + 0.5) * QUARTER_MIN


def clean(text: str, *, longest: int = MAX_NAME) -> str:
    r"""Return a stranger's text on one line, without hidden characters, cut where it is long.

    Examples
    --------
    >>> clean("Lill\u202ebyn\x1b[31m\n x"), clean("y" * 100, longest=5)
    ('Lillbyn[31m x', 'yyyy…')
    """
    line = str(one_line(text))
    return line if len(line) <= longest else line[: longest - 1].rstrip() + ELLIPSIS
