"""A drawing of how far things swing from a middle: two bars for each, the widest swing first.

The upper bar of a pair is light with an outline, the lower one dark, so that they differ without
colour. What is not proven of a bar is only an outline of dashes.
"""

import math
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from deliveryopt.reports.svg import drawing, element

_LABEL_ROOM: Final = 258
_PLOT_WIDTH: Final = 430
_END_ROOM: Final = 66
"""Least room for the text at a bar's end, on each side of the plot."""
_LETTER_WIDTH: Final = 6.5
_ROW_HEIGHT: Final = 42
_BAR_HEIGHT: Final = 14
_TOP: Final = 26
_LETTERS: Final = 40
"""Letters in a line of a label."""
_TICKS: Final = 5
_STYLE: Final = ("now", "plan")


@dataclass(frozen=True, slots=True)
class Swing:
    """One bar, from the middle."""

    change: float | None
    """How far it goes; None if there is nothing to draw, only the words."""
    certain: float
    """So far it is drawn whole; what is beyond is outlined."""
    words: str
    """Written at its end."""


@dataclass(frozen=True, slots=True)
class Swings:
    """What one thing does: an upper and a lower bar, either of which may be missing."""

    label: str
    upper: Swing | None
    lower: Swing | None


def tornado(
    rows: Sequence[Swings],
    *,
    title: str,
    text: str,
    axis: str,
    written: Callable[[float], str],
) -> Markup:
    """Return the drawing of some swings, in the order given.

    Parameters
    ----------
    rows
        What swings.
    title, text
        Name of the picture, and what it shows in a sentence.
    axis
        What is measured along the axis.
    written
        Returns a value of the axis as people write it.
    """
    swings = [swing for row in rows for swing in (row.upper, row.lower) if swing is not None]
    ends = [swing.change for swing in swings if swing.change is not None]
    longest = max((len(swing.words) for swing in swings), default=0)
    room = max(_END_ROOM, _LETTER_WIDTH * longest + 8)
    low, high = min([0.0, *ends]), max([0.0, *ends])
    if low == high:
        high = low + 1.0
    scale = (_PLOT_WIDTH - 2 * room) / (high - low)
    zero = room - low * scale
    height = _TOP + len(rows) * _ROW_HEIGHT + 8
    parts = [element("text", axis, x=0, y=11, class_="soft")]
    for tick in ticks(low, high):
        x = zero + tick * scale
        parts.append(element("line", x1=x, x2=x, y1=_TOP, y2=height - 6, class_="grid"))
        parts.append(
            element("text", written(tick), x=x, y=_TOP - 3, text_anchor="middle", class_="soft")
        )
    for number, row in enumerate(rows):
        parts += _row(row, top=_TOP + number * _ROW_HEIGHT + 5, zero=zero, scale=scale)
    parts.append(element("line", x1=zero, x2=zero, y1=_TOP, y2=height - 6, class_="axis"))
    return drawing(
        parts, width=_PLOT_WIDTH, height=height, title=title, text=text, left=_LABEL_ROOM
    )


def _row(row: Swings, *, top: float, zero: float, scale: float) -> list[Markup]:
    """Return label and bars of one row."""
    lines = textwrap.wrap(row.label, _LETTERS, max_lines=2, placeholder=" \u2026") or [""]
    first = top + _BAR_HEIGHT + 4 - 7 * (len(lines) - 1)
    parts = [
        element("text", line, x=-10, y=first + 14 * at, text_anchor="end", class_="ink")
        for at, line in enumerate(lines)
    ]
    for at, (swing, style) in enumerate(zip((row.upper, row.lower), _STYLE, strict=True)):
        if swing is not None:
            parts += _bar(swing, style, y=top + at * (_BAR_HEIGHT + 2), zero=zero, scale=scale)
    return parts


def _bar(swing: Swing, style: str, *, y: float, zero: float, scale: float) -> list[Markup]:
    """Return one bar and the words at its end."""
    parts = []
    change = swing.change or 0.0
    near, far = zero + swing.certain * scale, zero + change * scale
    if swing.certain:
        parts.append(_rect(zero, near, y=y, class_=f"bar-{style}"))
    if change != swing.certain:
        parts.append(_rect(near, far, y=y, fill="none", stroke="#1b1f24", stroke_dasharray="3 2"))
    is_left = change < 0
    parts.append(
        element(
            "text",
            swing.words,
            x=far + (-5 if is_left else 5),
            y=y + _BAR_HEIGHT - 3,
            text_anchor="end" if is_left else "start",
            class_="ink",
        )
    )
    return parts


def _rect(start: float, end: float, *, y: float, **attributes: str) -> Markup:
    """Return a bar between two positions."""
    return element(
        "rect",
        x=min(start, end),
        y=y,
        width=abs(end - start),
        height=_BAR_HEIGHT,
        **attributes,
    )


def ticks(low: float, high: float) -> list[float]:
    """Return round values between two ends, zero among them.

    Examples
    --------
    >>> ticks(-12.0, 30.0), ticks(0.0, 0.004)
    ([-10.0, 0.0, 10.0, 20.0, 30.0], [0.0, 0.001, 0.002, 0.003, 0.004])
    """
    rough = (high - low) / _TICKS
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * times for times in (1, 2, 5, 10) if size * times >= rough)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(number * step, 12) + 0.0 for number in range(first, last + 1)]
