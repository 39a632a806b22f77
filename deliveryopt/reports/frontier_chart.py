"""The drawing of cost against coverage: what each plan covers and costs, and what is proven.

It is told without colour: proven plans are filled circles, others open ones with a bar down to
their bound, the turning point has a ring around it, and today is a square.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from deliveryopt.reports.bundle_frontier import Frontier, FrontierPoint
from deliveryopt.reports.formats import money, number, percent
from deliveryopt.reports.svg import drawing, element, polyline
from deliveryopt.reports.texts import Texts

WIDTH: Final = 680
HEIGHT: Final = 400
_LEFT: Final = 96
_TOP: Final = 34
_BOTTOM: Final = 58
_RIGHT: Final = 30
_TICKS: Final = 6
_DOT: Final = 5.0
_RING: Final = 9.5
_SQUARE: Final = 4.5
_CAP: Final = 4
_ROOM: Final = 0.06
"""Empty share of the range at each end."""
_LOWEST_NAMED: Final = 15
"""Least distance of a name below the upper edge."""
_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)


def ticks(low: float, high: float, about: int = _TICKS) -> list[float]:
    """Return round numbers within a range, about so many.

    Examples
    --------
    >>> ticks(-97_000, 36_000), ticks(0.76, 1.0), ticks(0, 0)
    ([-75000.0, -50000.0, -25000.0, 0.0, 25000.0], [0.8, 0.85, 0.9, 0.95, 1.0], [0.0])
    """
    if high <= low:
        return [float(low)]
    raw = (high - low) / about
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * size for factor in _STEPS if factor * size >= raw * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(count * step, 10) + 0.0 for count in range(first, last + 1)]


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where coverage and cost lie in the drawing."""

    from_share: float
    to_share: float
    from_sek: float
    to_sek: float

    def x(self, share: float) -> float:
        """Return how far to the right a coverage lies."""
        return (WIDTH - _RIGHT) * (share - self.from_share) / (self.to_share - self.from_share)

    def y(self, sek: float) -> float:
        """Return how far down a cost lies."""
        height = HEIGHT - _TOP - _BOTTOM
        return _TOP + height * (self.to_sek - sek) / (self.to_sek - self.from_sek)

    @property
    def floor(self) -> float:
        """Return where the lower edge lies."""
        return HEIGHT - _BOTTOM


def frontier_drawing(frontier: Frontier, say: Texts) -> Markup:
    """Return the drawing of a frontier."""
    scale = _scale(frontier)
    return drawing(
        [
            *_grid(scale, say),
            *_curve(frontier, scale),
            *_todays_mark(frontier, scale, say),
            *(part for point in frontier.plans for part in _plan(frontier, point, scale, say)),
            *(
                part
                for point in frontier.points
                if point.bundle is None
                for part in _missing(point, scale)
            ),
        ],
        width=WIDTH,
        height=HEIGHT,
        left=_LEFT,
        title=say("frontier.chart_title"),
        text=_told(frontier, say),
    )


def _told(frontier: Frontier, say: Texts) -> str:
    """Return what the drawing shows, for those who do not see it."""
    plans = frontier.plans
    if not plans:
        return say("frontier.chart_empty")
    language = say.language
    first, last = plans[0], plans[-1]
    return say(
        "frontier.chart_text",
        count=number(len(plans), language),
        share=percent(first.coverage_share or 0.0, language),
        cost=money(first.above_today_sek_per_year or 0.0, language),
        most=percent(last.coverage_share or 0.0, language),
        most_cost=money(last.above_today_sek_per_year or 0.0, language),
    )


def _scale(frontier: Frontier) -> _Scale:
    """Return a scale with room for every mark."""
    shares = [frontier.today.coverage_share, 1.0]
    shares += [point.asked_share for point in frontier.points if point.bundle is None]
    amounts = [0.0]
    for point in frontier.plans:
        shares.append(point.coverage_share or 0.0)
        amounts += [
            sek
            for sek in (point.above_today_sek_per_year, point.bound_above_today_sek_per_year)
            if sek is not None
        ]
    low, high = min(amounts), max(amounts)
    spread = (high - low) or 1.0
    widest = max(shares) - min(shares) or 1.0
    return _Scale(
        from_share=max(0.0, min(shares) - _ROOM * widest),
        to_share=1.0,
        from_sek=low - _ROOM * spread,
        to_sek=high + _ROOM * spread,
    )


def _grid(scale: _Scale, say: Texts) -> Iterator[Markup]:
    """Yield lines, numbers and names of both axes."""
    right = WIDTH - _RIGHT
    for sek in ticks(scale.from_sek, scale.to_sek):
        y = scale.y(sek)
        style = "axis" if sek == 0 else "grid"
        yield element("line", x1=0, x2=right, y1=y, y2=y, class_=style)
        told = number(sek, say.language)
        yield element("text", told, x=-8, y=y + 4, text_anchor="end", class_="ink")
    for share in ticks(scale.from_share, scale.to_share):
        x = scale.x(share)
        yield element("line", x1=x, x2=x, y1=_TOP, y2=scale.floor, class_="grid")
        told = percent(share, say.language)
        at = {"x": x, "y": scale.floor + 17}
        yield element("text", told, **at, text_anchor="middle", class_="ink")
    yield element("line", x1=0, x2=right, y1=scale.floor, y2=scale.floor, class_="axis")
    yield element("line", x1=0, x2=0, y1=_TOP, y2=scale.floor, class_="axis")
    yield element("text", say("frontier.axis_cost"), x=-_LEFT + 4, y=16, class_="ink")
    told = say("frontier.axis_coverage")
    yield element("text", told, x=right, y=HEIGHT - 12, text_anchor="end", class_="ink")


def _curve(frontier: Frontier, scale: _Scale) -> Iterator[Markup]:
    """Yield the line that joins the plans."""
    places = [_place(point, scale) for point in frontier.plans]
    if len(places) > 1:
        yield element("polyline", points=polyline(places), class_="series-a")


def _place(point: FrontierPoint, scale: _Scale) -> tuple[float, float]:
    """Return where a plan lies."""
    return (
        scale.x(point.coverage_share or 0.0),
        scale.y(point.above_today_sek_per_year or 0.0),
    )


def _plan(frontier: Frontier, point: FrontierPoint, scale: _Scale, say: Texts) -> Iterator[Markup]:
    """Yield a plan, the bar down to its bound, its number, and its name if it is the knee."""
    x, y = _place(point, scale)
    is_knee = frontier.knee is not None and frontier.knee.number == point.number
    if point.status != "OPTIMAL" and point.bound_above_today_sek_per_year is not None:
        low = scale.y(point.bound_above_today_sek_per_year)
        yield element("line", x1=x, x2=x, y1=y, y2=low, class_="axis")
        yield element("line", x1=x - _CAP, x2=x + _CAP, y1=low, y2=low, class_="axis")
    if is_knee:
        yield element("circle", cx=x, cy=y, r=_RING, fill="none", class_="axis")
        at = {"x": x + _RING + 4, "y": y + 18}
        yield element("text", say("frontier.mark_knee"), **at, class_="ink")
    if point.status == "OPTIMAL":
        yield element("circle", cx=x, cy=y, r=_DOT, class_="dot-a")
    else:
        yield element("circle", cx=x, cy=y, r=_DOT, fill="#ffffff", stroke="#1b1f24")
    above = max(y - _RING - 3, _LOWEST_NAMED)
    told = number(point.number, say.language)
    yield element("text", told, x=x - 3, y=above, text_anchor="end", class_="ink")


def _todays_mark(frontier: Frontier, scale: _Scale, say: Texts) -> Iterator[Markup]:
    """Yield today's delivery."""
    x, y = scale.x(frontier.today.coverage_share), scale.y(0.0)
    size = 2 * _SQUARE
    at = {"x": x - _SQUARE, "y": y - _SQUARE, "width": size, "height": size}
    yield element("rect", **at, fill="#ffffff", stroke="#1b1f24", stroke_width=2)
    beside = {"x": x + _RING + 2, "y": y - 7}
    yield element("text", say("frontier.mark_today"), **beside, class_="ink")


def _missing(point: FrontierPoint, scale: _Scale) -> Iterator[Markup]:
    """Yield the mark of a share for which there is no plan."""
    x, y = scale.x(point.asked_share), scale.floor - 8
    if point.status == "INFEASIBLE":
        cross = f"M{x - 4:.1f} {y - 4:.1f}l8 8m0-8l-8 8"
        yield element("path", d=cross, fill="none", stroke="#1b1f24", stroke_width=2)
    else:
        yield element("text", "?", x=x, y=y + 5, text_anchor="middle", class_="ink")
