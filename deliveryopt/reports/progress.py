"""How a search under way is shown: one line of words, or one line of JSON."""

import json
from collections.abc import Mapping

from deliveryopt.units import sek_from_ore

Values = Mapping[str, str | float | None]
"""`stage`, `seconds`, `cost_ore_per_week`, `bound_ore_per_week`, `gap`, `coverage_share`."""


def as_json_line(values: Values) -> str:
    """Return progress as one line of JSON."""
    return json.dumps(dict(values), sort_keys=True)


def _sek(ore: str | float | None) -> str:
    return "-" if not isinstance(ore, int | float) else f"{sek_from_ore(round(ore)):.2f}"


def as_line(values: Values) -> str:
    """Return progress as one line of words.

    Examples
    --------
    >>> as_line({"stage": "cost", "seconds": 2.5, "cost_ore_per_week": 48440,
    ...          "bound_ore_per_week": 48000, "gap": 0.00908, "coverage_share": None})
    '     2.5 s  best 484.40 kr a week  proven at least 480.00 kr  gap 0.91 %'
    """
    text = f"{float(values.get('seconds') or 0):8.1f} s"
    share, gap = values.get("coverage_share"), values.get("gap")
    if values.get("stage") == "coverage":
        covered = "-" if share is None else f"{100 * float(share):.1f} %"
        return f"{text}  best coverage {covered}"
    if share is not None:
        most = values.get("coverage_bound_share")
        at_most = "-" if most is None else f"{100 * float(most):.1f} %"
        text += f"  covers {100 * float(share):.1f} %, at most {at_most} can be covered"
    shown_gap = "-" if gap is None else f"{100 * float(gap):.2f} %"
    return (
        f"{text}  best {_sek(values.get('cost_ore_per_week'))} kr a week"
        f"  proven at least {_sek(values.get('bound_ore_per_week'))} kr  gap {shown_gap}"
    )
