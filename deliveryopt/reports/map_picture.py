"""The map as a still picture, drawn from the same data as the map of the page.

What the data leave out is not drawn. Every kind of place has a shape of its own and every kind of
line a width or dashes of its own, so that the map can be read without colours.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, cos, floor, log10, radians
from typing import Final, cast

from markupsafe import Markup

from deliveryopt.reports.bundle import Language
from deliveryopt.reports.chart_picture import standalone
from deliveryopt.reports.formats import ELLIPSIS, km
from deliveryopt.reports.map_data import Point, Thing
from deliveryopt.reports.svg import drawing, element, polyline

WIDTH: Final = 720.0
_LEAST_HEIGHT: Final = 300.0
_MOST_HEIGHT: Final = 700.0
_MARGIN: Final = 46.0
_LEAST_SPAN_DEG: Final = 0.02
_KM_PER_DEG: Final = 111.2
"""Length of a degree of latitude, for the scale."""
_SCALE_PX: Final = 140.0
_LIFT: Final = {"box": -1, "agent": -1, "depot": 1}
"""Places that stand above or below their point, so that they do not cover a village."""
_LINES: Final = {"carrying": 6, "van": 3, "detour": None, "passing": None}
"""Kinds of lines, and how wide they are in the legend; None as their style says."""
_STEM: Final = 12.0
_LETTER_PX: Final = 5.7
_LINE_PX: Final = 14.0
_LONGEST_LABEL: Final = 28
_ROUND_LENGTHS: Final = (5, 2, 1)


@dataclass(frozen=True, slots=True)
class _Box:
    """A rectangle that something covers."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "_Box") -> bool:
        """Return whether two rectangles share room."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def is_within(self, width: float, height: float) -> bool:
        """Return whether the rectangle lies in the picture."""
        return self.left > 0 and self.top > 0 and self.right < width and self.bottom < height


@dataclass(frozen=True, slots=True)
class _View:
    """How degrees become the picture's own units."""

    west_deg: float
    north_deg: float
    px_per_deg: float
    """Of latitude."""
    narrowing: float
    """How much shorter a degree of longitude is."""
    left: float
    top: float
    height: float

    def at(self, point: Point) -> tuple[float, float]:
        """Return where a point is in the picture."""
        lat_deg, lon_deg = point
        return (
            self.left + (lon_deg - self.west_deg) * self.narrowing * self.px_per_deg,
            self.top + (self.north_deg - lat_deg) * self.px_per_deg,
        )


def map_drawing(data: Mapping[str, object], *, language: Language, title: str, text: str) -> Markup:
    """Return the map as a drawing.

    Parameters
    ----------
    data
        What `map_data.map_data` returns.
    language
        Language of the scale.
    title, text
        Name of the picture, and words for those who do not see it.
    """
    villages, points, depots = (_things(data, name) for name in ("villages", "points", "depots"))
    homes, vans, carrying = (_things(data, name) for name in ("homes", "vans", "carrying"))
    view = _view_of([*villages, *points, *depots, *homes], carrying)
    empty = [point for point in points if point["shape"] == "candidate"]
    used = [point for point in points if point["shape"] != "candidate"]
    letter = str(cast("Mapping[str, object]", data["texts"])["letter"])
    symbols = [*empty, *used, *depots, *homes, *villages]
    inside = [
        *(_line(view, path, "line-passing") for path in _paths(data, "passing")),
        *_wide_lines(view, carrying, "line-carrying"),
        *(_line(view, path, "line-detour") for path in _paths(data, "detours")),
        *_wide_lines(view, vans, "line-van"),
        *(_symbol(view, thing, letter) for thing in symbols),
        *_labels(view, villages, [_covered(view, thing) for thing in [*used, *depots, *villages]]),
    ]
    size: dict[str, float] = {"width": WIDTH, "height": view.height}
    clip = element("clipPath", element("rect", x=0, y=0, **size), id="frame")
    parts = [
        element("defs", clip),
        element("rect", x=0.5, y=0.5, width=WIDTH - 1, height=view.height - 1, class_="frame"),
        element("g", *inside, clip_path="url(#frame)"),
        *_scale(view, language),
    ]
    return drawing(parts, title=title, text=text, **size)


def map_svg(data: Mapping[str, object], *, language: Language, title: str, text: str) -> str:
    """Return the map as an SVG file; see `map_drawing`."""
    return standalone(map_drawing(data, language=language, title=title, text=text))


def symbol_svg(symbol: str, letter: str) -> str:
    """Return one sign of the map's legend as an SVG file."""
    if symbol in _LINES:
        wide = _LINES[symbol]
        sign = element("path", d="M-13 0H13", class_=f"line-{symbol}", stroke_width=wide)
    else:
        sign = _shape(symbol, 4.0 if symbol == "candidate" else 6.5, letter)
    placed = element("g", sign, transform="translate(14 9)")
    return standalone(drawing([placed], width=28, height=18, title="", text=""))


def _things(data: Mapping[str, object], name: str) -> list[Thing]:
    """Return the places or runs of one kind."""
    return cast("list[Thing]", data.get(name, []))


def _paths(data: Mapping[str, object], name: str) -> list[list[Point]]:
    """Return the lines of one kind."""
    return cast("list[list[Point]]", data.get(name, []))


def _number(thing: Thing, name: str) -> float:
    """Return a number of a thing."""
    return float(cast("float", thing[name]))


def _place(thing: Thing) -> Point:
    """Return where a thing is."""
    return cast("Point", thing["at"])


def _view_of(places: Iterable[Thing], carrying: Iterable[Thing]) -> _View:
    """Return a view of all places and of the runs that carry."""
    shown = [_place(thing) for thing in places]
    shown += [point for run in carrying for point in cast("list[Point]", run["path"])]
    lats, lons = [lat for lat, _ in shown], [lon for _, lon in shown]
    south, north, west, east = min(lats), max(lats), min(lons), max(lons)
    narrowing = max(cos(radians((south + north) / 2)), 0.05)
    tall = max(north - south, _LEAST_SPAN_DEG)
    wide = max((east - west) * narrowing, _LEAST_SPAN_DEG)
    room = WIDTH - 2 * _MARGIN
    height = min(max(room * tall / wide + 2 * _MARGIN, _LEAST_HEIGHT), _MOST_HEIGHT)
    px_per_deg = min(room / wide, (height - 2 * _MARGIN) / tall)
    return _View(
        west_deg=west,
        north_deg=north,
        px_per_deg=px_per_deg,
        narrowing=narrowing,
        left=(WIDTH - (east - west) * narrowing * px_per_deg) / 2,
        top=(height - (north - south) * px_per_deg) / 2,
        height=height,
    )


def _line(view: _View, path: Iterable[Point], style: str, width: float | None = None) -> Markup:
    """Return one line."""
    points = polyline(view.at(point) for point in path)
    return element("polyline", points=points, class_=style, stroke_width=width)


def _wide_lines(view: _View, runs: Iterable[Thing], style: str) -> list[Markup]:
    """Return lines that have a width of their own, the widest first."""
    return [
        _line(view, cast("list[Point]", run["path"]), style, _number(run, "width"))
        for run in sorted(runs, key=lambda run: -_number(run, "width"))
    ]


def _symbol(view: _View, thing: Thing, letter: str) -> Markup:
    """Return the sign of a place, on a stem where it stands beside its point."""
    x, y = view.at(_place(thing))
    shape, size = str(thing["shape"]), _number(thing, "size")
    away = _away(thing)
    sign = element("g", _shape(shape, size, letter), transform=f"translate(0 {away:g})")
    stem = element("path", d=f"M0 0V{away:g}", class_="stem")
    parts = (stem, sign) if away else (sign,)
    return element("g", *parts, transform=f"translate({x:.1f} {y:.1f})")


def _away(thing: Thing) -> float:
    """Return how far below its point a sign stands; above is negative."""
    side = _LIFT.get(str(thing["shape"]), 0)
    return side * (_number(thing, "size") + _STEM) if side else 0.0


def _shape(shape: str, size: float, letter: str) -> Markup:
    """Return the outline of one kind of place."""
    name = f"shape-{shape}"
    if shape == "kept":
        return element("circle", r=size, class_=name)
    outlines = {
        "gained": (1.25, "M0 -1 1 0 0 1 -1 0Z"),
        "without": (1.15, "M0 -1 1 1 -1 1Z"),
        "lost": (1.0, "M-1 -1 1 1M-1 1 1 -1"),
        "home": (1.0, "M-1 1 -1 -0.2 0 -1.2 1 -0.2 1 1Z"),
        "depot": (1.0, "M0 -1 0.95 -0.31 0.59 0.81 -0.59 0.81 -0.95 -0.31Z"),
    }
    grown, outline = outlines.get(shape, (1.0, "M-1 -1 1 -1 1 1 -1 1Z"))
    path = element("path", d=_scaled(outline, grown * size), class_=name)
    if shape != "agent":
        return path
    sign = element(
        "text", letter, y=4, text_anchor="middle", class_="shape-letter", font_weight="700"
    )
    return element("g", path, sign)


def _scaled(outline: str, size: float) -> str:
    """Return an outline of a unit's size in another size."""
    words = outline.replace("M", " M ").replace("Z", " Z ").split()
    return " ".join(word if word in {"M", "Z"} else f"{float(word) * size:g}" for word in words)


def _covered(view: _View, thing: Thing) -> _Box:
    """Return what a sign covers."""
    x, y = view.at(_place(thing))
    size, middle = _number(thing, "size") * 1.1, y + _away(thing)
    return _Box(x - size, middle - size, x + size, middle + size)


def _labels(view: _View, villages: list[Thing], taken: list[_Box]) -> list[Markup]:
    """Return the names of villages, the largest first; what has no room is left out."""
    placed: list[Markup] = []
    taken = list(taken)
    for village in villages:
        name = str(village["name"])
        if len(name) > _LONGEST_LABEL:
            name = name[: _LONGEST_LABEL - 1] + ELLIPSIS
        for box, x, y, anchor in _around(view, village, name):
            if box.is_within(WIDTH, view.height) and not any(map(box.overlaps, taken)):
                taken.append(box)
                at: dict[str, float | str] = {"x": x, "y": y, "text_anchor": anchor}
                placed.append(element("text", name, class_="label", **at))
                break
    return placed


def _around(view: _View, village: Thing, name: str) -> list[tuple[_Box, float, float, str]]:
    """Return where a name may stand: right, left, under and over its village."""
    x, y = view.at(_place(village))
    away, wide = _number(village, "size") * 1.25 + 3, len(name) * _LETTER_PX + 2
    half = _LINE_PX / 2
    under, over = y + away + half, y - away - half
    return [
        (_Box(x + away, y - half, x + away + wide, y + half), x + away, y + 4, "start"),
        (_Box(x - away - wide, y - half, x - away, y + half), x - away, y + 4, "end"),
        (_Box(x - wide / 2, under - half, x + wide / 2, under + half), x, under + 4, "middle"),
        (_Box(x - wide / 2, over - half, x + wide / 2, over + half), x, over + 4, "middle"),
    ]


def _scale(view: _View, language: Language) -> list[Markup]:
    """Return a bar of a round length, with that length."""
    px_per_km = view.px_per_deg / _KM_PER_DEG
    longest_km = _SCALE_PX / px_per_km
    power = 10.0 ** floor(log10(longest_km))
    length_km = next(one * power for one in _ROUND_LENGTHS if one * power <= longest_km)
    decimals = max(0, ceil(-log10(length_km)))
    left, low = 14.0, view.height - 14.0
    right = left + length_km * px_per_km
    d = f"M{left:.1f} {low - 5:.1f}V{low:.1f}H{right:.1f}V{low - 5:.1f}"
    told = km(length_km, language, decimals=decimals)
    at: dict[str, float | str] = {"x": (left + right) / 2, "y": low - 6, "text_anchor": "middle"}
    return [
        element("path", d=d, class_="axis"),
        element("text", told, class_="label", **at),
    ]
