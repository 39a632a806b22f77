"""What a map layer is, and the two coordinate systems it is written in.

Positions stand as WGS 84 degrees until a writer puts them into its own system.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import isfinite
from typing import Final, Literal, NamedTuple, cast

from deliveryopt.reports.qgis_styles import Style
from deliveryopt.reports.texts import Texts

SWEREF_99_TM: Final = 3006
"""EPSG code of the system that Swedish authorities use."""
WGS_84: Final = 4326
"""EPSG code of the system of latitude and longitude."""
_MM: Final = 3
"""Decimals of metres that are written."""

Kind = Literal["TEXT", "INTEGER", "REAL", "BOOLEAN"]
Shape = Literal["POINT", "LINESTRING"]
Value = str | int | float | None
"""A text is clean already; a number or answer is always ours; None is not known or not told."""
Columns = Sequence[tuple[str, Kind]]
"""Key of the text with name and title, and kind of values."""


class Position(NamedTuple):
    """A place, WGS 84 degrees."""

    lat_deg: float
    lon_deg: float


@dataclass(frozen=True, slots=True)
class Field:
    """One attribute of a layer."""

    name: str
    """Name in ASCII, small letters and underscores."""
    title: str
    """What people call it, with its unit."""
    kind: Kind


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing on the map."""

    path: tuple[Position, ...]
    """One position of a point, two or more of a line; empty if it cannot be drawn."""
    values: tuple[Value, ...]
    """Values in the order of the layer's fields."""


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One layer of the map."""

    name: str
    """Name of table and file, in ASCII."""
    title: str
    description: str
    shape: Shape
    fields: tuple[Field, ...]
    features: tuple[Feature, ...]
    style: Style


def build_layer(
    say: Texts,
    key: str,
    columns: Columns,
    features: Iterable[Feature],
    *,
    style: Style,
    shape: Shape = "POINT",
) -> Layer:
    """Return a layer whose names stand in the texts.

    Parameters
    ----------
    say
        Texts of the language.
    key
        Key of the text `name|title|description` of the layer.
    columns
        Keys of the texts `name|title` of its attributes, and their kinds.
    features
        What it holds.
    style
        How it is drawn.
    shape
        What its geometries are.
    """
    name, title, description = say(key).split("|")
    heads = [say(column).split("|") for column, _ in columns]
    return Layer(
        name=name,
        title=title,
        description=description,
        shape=shape,
        fields=tuple(
            Field(head[0], head[1], kind) for head, (_, kind) in zip(heads, columns, strict=True)
        ),
        features=tuple(features),
        style=style,
    )


def name_of(say: Texts, key: str) -> str:
    """Return the name of an attribute or a layer from its text."""
    return say(key).partition("|")[0]


def point_at(lat_deg: float, lon_deg: float, *values: Value) -> Feature:
    """Return a point with its values."""
    return Feature((Position(lat_deg, lon_deg),), values)


def line_along(positions: Iterable[Position], *values: Value) -> Feature:
    """Return a line without repeated points; it has no geometry if it goes nowhere."""
    path: list[Position] = []
    for position in positions:
        if not path or path[-1] != position:
            path.append(position)
    return Feature(tuple(path) if len(path) > 1 else (), values)


@cache
def wkt(epsg: int) -> str:
    """Return the definition of a coordinate system as text."""
    from pyproj import CRS  # noqa: PLC0415  pyproj is heavy, and only layers need it

    return CRS.from_epsg(epsg).to_wkt("WKT1_GDAL")


def to_sweref(positions: Sequence[Position]) -> list[tuple[float, float]]:
    """Return easting and northing in SWEREF 99 TM, metres; empty if a place is too far away.

    Examples
    --------
    >>> to_sweref([Position(65.85, 23.13)])
    [(870328.393, 7327218.994)]
    """
    lons = [position.lon_deg for position in positions]
    lats = [position.lat_deg for position in positions]
    eastings, northings = _moved(WGS_84, SWEREF_99_TM, lons, lats)
    pairs = list(zip(eastings, northings, strict=True))
    if not all(isfinite(value) for pair in pairs for value in pair):
        return []
    return [(round(easting, _MM), round(northing, _MM)) for easting, northing in pairs]


def from_sweref(easting_m: float, northing_m: float) -> Position:
    """Return the WGS 84 position of a place in SWEREF 99 TM."""
    lons, lats = _moved(SWEREF_99_TM, WGS_84, [easting_m], [northing_m])
    return Position(lats[0], lons[0])


def _moved(
    from_epsg: int, to_epsg: int, xs: list[float], ys: list[float]
) -> tuple[list[float], list[float]]:
    """Return coordinates in another system, always x before y."""
    if not xs:
        return [], []
    moved = _transformer(from_epsg, to_epsg).transform(xs, ys)  # type: ignore[attr-defined]  # pyproj is imported late
    return cast("tuple[list[float], list[float]]", moved)


@cache
def _transformer(from_epsg: int, to_epsg: int) -> object:
    """Return what moves coordinates from one system to another."""
    from pyproj import Transformer  # noqa: PLC0415  pyproj is heavy, and only layers need it

    return Transformer.from_crs(from_epsg, to_epsg, always_xy=True)
