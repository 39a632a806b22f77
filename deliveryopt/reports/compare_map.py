"""A drawing of what differs between two plans: villages by what becomes of them, sites by boxes.

Every kind of place has a shape of its own, so that it can be read without colours.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import cos, radians
from typing import Final

from markupsafe import Markup

from deliveryopt.reports.compare_rows import Fate, site_changes, village_changes
from deliveryopt.reports.sentences_of_compare import Compared
from deliveryopt.reports.svg import drawing, element
from deliveryopt.scenario.schema import PickupPoint, Village

_WIDTH: Final = 640.0
_MOST_HEIGHT: Final = 560.0
_MARGIN: Final = 60.0
_LEAST_SPAN_DEG: Final = 0.02
_INK: Final = "#1b1f24"
_PAPER: Final = "#ffffff"
_SHAPES: Final[dict[Fate, str]] = {
    "gained": "M{x} {top}L{right} {y}L{x} {bottom}L{left} {y}Z",
    "lost": "M{left} {top}L{right} {bottom}M{left} {bottom}L{right} {top}",
    "moved": "M{left} {y}A7 7 0 1 1 {right} {y}A7 7 0 1 1 {left} {y}",
}
_HALF: Final = 7.0
_STEM: Final = 14.0


@dataclass(frozen=True, slots=True)
class _View:
    """How degrees become the drawing's own units."""

    west_deg: float
    north_deg: float
    px_per_deg: float
    narrowing: float
    height: float

    def at(self, place: Village | PickupPoint) -> tuple[float, float]:
        """Return where a place is."""
        return (
            _MARGIN + (place.lon_deg - self.west_deg) * self.narrowing * self.px_per_deg,
            _MARGIN + (self.north_deg - place.lat_deg) * self.px_per_deg,
        )


def changes_drawing(plans: Compared, number: int) -> Markup:
    """Return the drawing of what one other plan changes."""
    other, say = plans.others[number], plans.say
    villages = village_changes(plans.baseline.bundle, other.bundle)
    fates = {one.village: one.fate for one in villages.rows}
    scenario = other.bundle.scenario
    points = {point.id: point for point in plans.baseline.bundle.scenario.pickup_points}
    points |= {point.id: point for point in scenario.pickup_points}
    sites = site_changes(plans.baseline.bundle, other.bundle)
    view = _view([*scenario.villages, *(points[one.site] for one in sites)])
    parts: list[Markup] = []
    for village in scenario.villages:
        parts += _village(view, village, fates.get(village.id), other.names.villages[village.id])
    names = plans.baseline.names.points | other.names.points
    for one in sites:
        parts += _site(view, points[one.site], names[one.site], has_more=one.after > one.before)
    return drawing(
        parts,
        width=_WIDTH,
        height=view.height,
        title=say("compare.map_title", plan=plans.name(number)),
        text=say(
            "compare.map_text",
            gained=other.number(sum(fate == "gained" for fate in fates.values())),
            lost=other.number(sum(fate == "lost" for fate in fates.values())),
        ),
    )


def _view(places: Iterable[Village | PickupPoint]) -> _View:
    """Return a view with room for all places."""
    listed = list(places)
    lats, lons = [place.lat_deg for place in listed], [place.lon_deg for place in listed]
    narrowing = max(0.01, cos(radians((min(lats) + max(lats)) / 2)))
    wide = max((max(lons) - min(lons)) * narrowing, _LEAST_SPAN_DEG)
    tall = max(max(lats) - min(lats), _LEAST_SPAN_DEG)
    scale = min((_WIDTH - 2 * _MARGIN) / wide, (_MOST_HEIGHT - 2 * _MARGIN) / tall)
    return _View(min(lons), max(lats), scale, narrowing, tall * scale + 2 * _MARGIN)


def _village(view: _View, village: Village, fate: Fate | None, name: str) -> Iterator[Markup]:
    """Yield a village: a dot, or a shape with its name where it fares otherwise."""
    x, y = view.at(village)
    if fate is None:
        yield element("circle", cx=x, cy=y, r=2.5, class_="dot-e")
        return
    ends = {"x": x, "y": y, "left": x - _HALF, "right": x + _HALF}
    ends |= {"top": y - _HALF, "bottom": y + _HALF}
    path = _SHAPES[fate].format(**{key: f"{value:.1f}" for key, value in ends.items()})
    fill = _INK if fate == "gained" else "none"
    yield element("path", d=path, fill=fill, stroke=_INK, stroke_width=2)
    yield _label(x, y + 4, name)


def _site(view: _View, point: PickupPoint, name: str, *, has_more: bool) -> Iterator[Markup]:
    """Yield a site above its place: filled where it has more boxes, empty where fewer."""
    x, y = view.at(point)
    top = y - _STEM
    fill = _INK if has_more else _PAPER
    yield element("line", x1=x, x2=x, y1=y, y2=top, stroke=_INK)
    at = {"x": x - 5, "y": top - 5, "width": 10, "height": 10}
    yield element("rect", **at, fill=fill, stroke=_INK, stroke_width=2)
    at = {"x": min(max(x, _MARGIN), _WIDTH - _MARGIN), "y": top - 9}
    side = "middle" if at["x"] == x else ("start" if at["x"] > x else "end")
    yield element("text", name, **at, text_anchor=side, class_="ink")


def _label(x: float, y: float, name: str) -> Markup:
    """Return a name beside a village, on the side with room."""
    is_right = x > _WIDTH * 2 / 3
    at = {"x": x - _HALF - 4 if is_right else x + _HALF + 4, "y": y}
    return element("text", name, **at, text_anchor="end" if is_right else "start", class_="ink")
