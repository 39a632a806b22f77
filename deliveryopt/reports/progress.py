"""How a search under way is shown: one line of words, or one line of JSON."""

import json
from collections.abc import Mapping

from deliveryopt.language import gettext as _
from deliveryopt.language import spoken
from deliveryopt.reports.formats import MINUS, number
from deliveryopt.units import sek_from_ore

Values = Mapping[str, str | float | None]
"""`stage`, `seconds`, `cost_ore_per_week`, `bound_ore_per_week`, `gap`, `coverage_share`."""


def as_json_line(values: Values) -> str:
    """Return progress as one line of JSON."""
    return json.dumps(dict(values), sort_keys=True)


def in_language(value: float, *, decimals: int = 0, thousands: str = "") -> str:
    """Return a number as messages in the language in force write it.

    Parameters
    ----------
    value
        The number.
    decimals
        How many decimals to write.
    thousands
        What English puts between thousands: nothing or a comma.

    Examples
    --------
    >>> in_language(1234.5, decimals=2), in_language(1234, thousands=",")
    ('1234.50', '1,234')
    """
    language = spoken()
    if language == "en":
        return f"{value:{thousands}.{decimals}f}"
    return number(value, language, decimals=decimals).replace(MINUS, "-")


def _sek(ore: str | float | None) -> str:
    if not isinstance(ore, int | float):
        return "-"
    return in_language(sek_from_ore(round(ore)), decimals=2)


def _percent(share: str | float | None, *, decimals: int = 1) -> str:
    return "-" if share is None else f"{in_language(100 * float(share), decimals=decimals)} %"


def as_line(values: Values) -> str:
    """Return progress as one line of words.

    Examples
    --------
    >>> as_line({"stage": "cost", "seconds": 2.5, "cost_ore_per_week": 48440,
    ...          "bound_ore_per_week": 48000, "gap": 0.00908, "coverage_share": None})
    '     2.5 s  best 484.40 kr a week  proven at least 480.00 kr  gap 0.91 %'
    """
    seconds = in_language(float(values.get("seconds") or 0), decimals=1)
    text = f"{seconds:>8} s"
    share = values.get("coverage_share")
    if values.get("stage") == "coverage":
        return f"{text}  " + _("best coverage {share}").format(share=_percent(share))
    if share is not None:
        covers = _("covers {share}, at most {most} can be covered")
        most = _percent(values.get("coverage_bound_share"))
        text += "  " + covers.format(share=_percent(share), most=most)
    best = _("best {cost} kr a week  proven at least {bound} kr  gap {gap}").format(
        cost=_sek(values.get("cost_ore_per_week")),
        bound=_sek(values.get("bound_ore_per_week")),
        gap=_percent(values.get("gap"), decimals=2),
    )
    return f"{text}  {best}"
