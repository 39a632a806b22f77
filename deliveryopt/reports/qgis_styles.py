"""How QGIS draws our layers: symbols as the XML that QGIS keeps beside a layer.

Things differ by shape first and by colour second, so that a map printed in black and white says
the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

INK: Final = (27, 31, 36)
WHITE: Final = (255, 255, 255)
BLUE: Final = (23, 81, 143)
GREEN: Final = (23, 104, 63)
RED: Final = (163, 33, 26)
BROWN: Final = (138, 67, 0)
ORANGE: Final = (194, 112, 26)
SAND: Final = (240, 205, 160)
GREY: Final = (107, 116, 128)

Colour = tuple[int, int, int]
_DOCTYPE: Final = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_VERSION: Final = "3.28.0"
_EXPRESSION: Final = "3"
"""A property that is set by an expression, in the words of QGIS."""
_LETTER_SHARE: Final = 0.7
"""Height of a letter over the size of the shape around it."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A shape on a point."""

    shape: str
    """Name of a simple shape of QGIS, such as `circle`, `diamond`, `triangle` or `cross2`."""
    size_mm: float
    fill: Colour
    outline: Colour = WHITE
    outline_mm: float = 0.3
    letter: str = ""
    """Letter inside the shape."""
    size: str = ""
    """Expression for the size in mm, where it follows an attribute."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line."""

    width_mm: float
    colour: Colour
    dashed: bool = False
    width: str = ""
    """Expression for the width in mm, where it follows an attribute."""


@dataclass(frozen=True, slots=True)
class Category:
    """Things whose attribute has one value, and how they are drawn."""

    value: str
    symbol: Marker | Line


@dataclass(frozen=True, slots=True)
class Style:
    """How a layer is drawn: all alike, or by the values of one attribute."""

    categories: tuple[Category, ...]
    attribute: str = ""
    """Attribute that tells categories apart; empty if all things are drawn alike."""
    label: str = ""
    """Attribute by which QGIS calls a thing."""


def alike(symbol: Marker | Line, label: str) -> Style:
    """Return a style in which all things are drawn alike."""
    return Style((Category("", symbol),), label=label)


def grown(least_mm: float, more_mm: float, attribute: str, greatest: float) -> str:
    """Return an expression for a size that grows with the root of an attribute.

    Examples
    --------
    >>> grown(3, 2.5, "fack", 76)
    'coalesce(3 + 2.5 * sqrt("fack" / 76.0), 3)'
    """
    if greatest <= 0:
        return ""
    root = f'sqrt("{attribute}" / {float(greatest)})'
    return f"coalesce({least_mm} + {more_mm} * {root}, {least_mm})"


def qml(style: Style, aliases: Mapping[str, str]) -> str:
    """Return a style as QGIS keeps it.

    Parameters
    ----------
    style
        How the layer is drawn.
    aliases
        Titles of the layer's attributes, by name, in their order.
    """
    root = Element("qgis", version=_VERSION, styleCategories="Symbology|Fields|MapTips")
    attributes = {"forceraster": "0", "enableorderby": "0", "symbollevels": "0"}
    kind = "categorizedSymbol" if style.attribute else "singleSymbol"
    renderer = SubElement(root, "renderer-v2", attributes | {"type": kind, "referencescale": "-1"})
    if style.attribute:
        renderer.set("attr", style.attribute)
        categories = SubElement(renderer, "categories")
        for number, one in enumerate(style.categories):
            of_category = {"value": one.value, "label": one.value, "type": "string"}
            SubElement(categories, "category", of_category, symbol=str(number), render="true")
    symbols = SubElement(renderer, "symbols")
    for number, one in enumerate(style.categories):
        _add_symbol(symbols, str(number), one.symbol)
    listed = SubElement(root, "aliases")
    for number, (name, title) in enumerate(aliases.items()):
        SubElement(listed, "alias", index=str(number), field=name, name=title)
    if style.label:
        SubElement(root, "previewExpression").text = f'"{style.label}"'
    indent(root, " ")
    return _DOCTYPE + tostring(root, encoding="unicode") + "\n"


def _add_symbol(parent: Element, name: str, symbol: Marker | Line) -> None:
    """Add one symbol with its layers."""
    kind = "marker" if isinstance(symbol, Marker) else "line"
    fixed = {"alpha": "1", "clip_to_extent": "1", "force_rhr": "0"}
    element = SubElement(parent, "symbol", fixed, type=kind, name=name)
    if isinstance(symbol, Line):
        _add_layer(element, "SimpleLine", _line_options(symbol), {"outlineWidth": symbol.width})
        return
    _add_layer(element, "SimpleMarker", _marker_options(symbol), {"size": symbol.size})
    if symbol.letter:
        _add_layer(element, "FontMarker", _letter_options(symbol), {})


def _line_options(line: Line) -> dict[str, str]:
    """Return the options of a line."""
    return {
        "capstyle": "round",
        "customdash": "4;2",
        "customdash_unit": "MM",
        "joinstyle": "round",
        "line_color": _colour(line.colour),
        "line_style": "dash" if line.dashed else "solid",
        "line_width": str(line.width_mm),
        "line_width_unit": "MM",
        "use_custom_dash": "1" if line.dashed else "0",
    }


def _marker_options(marker: Marker) -> dict[str, str]:
    """Return the options of a shape."""
    return {
        "angle": "0",
        "color": _colour(marker.fill),
        "horizontal_anchor_point": "1",
        "joinstyle": "miter",
        "name": marker.shape,
        "offset": "0,0",
        "offset_unit": "MM",
        "outline_color": _colour(marker.outline),
        "outline_style": "solid",
        "outline_width": str(marker.outline_mm),
        "outline_width_unit": "MM",
        "scale_method": "diameter",
        "size": str(marker.size_mm),
        "size_unit": "MM",
        "vertical_anchor_point": "1",
    }


def _letter_options(marker: Marker) -> dict[str, str]:
    """Return the options of the letter inside a shape."""
    return {
        "angle": "0",
        "chr": marker.letter,
        "color": _colour(marker.outline),
        "font": "Arial",
        "horizontal_anchor_point": "1",
        "offset": "0,0",
        "offset_unit": "MM",
        "size": str(round(marker.size_mm * _LETTER_SHARE, 2)),
        "size_unit": "MM",
        "vertical_anchor_point": "1",
    }


def _add_layer(
    symbol: Element, name: str, options: Mapping[str, str], expressions: Mapping[str, str]
) -> None:
    """Add one layer of a symbol, with what follows attributes."""
    layer = SubElement(symbol, "layer", {"class": name}, enabled="1", locked="0")
    layer.set("pass", "0")
    listed = SubElement(layer, "Option", type="Map")
    for key, value in options.items():
        SubElement(listed, "Option", name=key, type="QString", value=value)
    defined = SubElement(layer, "data_defined_properties")
    collection = SubElement(defined, "Option", type="Map")
    SubElement(collection, "Option", name="name", type="QString", value="")
    properties = SubElement(collection, "Option", name="properties")
    for key, expression in expressions.items():
        if expression:
            properties.set("type", "Map")
            one = SubElement(properties, "Option", name=key, type="Map")
            SubElement(one, "Option", name="active", type="bool", value="true")
            SubElement(one, "Option", name="expression", type="QString", value=expression)
            SubElement(one, "Option", name="type", type="int", value=_EXPRESSION)
    SubElement(collection, "Option", name="type", type="QString", value="collection")


def _colour(colour: Colour) -> str:
    """Return a colour as QGIS writes it."""
    return ",".join(str(part) for part in (*colour, 255))
