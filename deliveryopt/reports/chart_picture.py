"""Drawings of a page as pictures that stand alone, for documents that are printed.

The look is the page's own: the rules of its style that concern drawings go into each picture.
"""

import re
from functools import cache
from html import unescape
from typing import Final

from markupsafe import Markup

from deliveryopt.reports.blocks import Chart
from deliveryopt.reports.html import asset
from deliveryopt.reports.svg import drawing, element

FONT: Final = "Libertinus Serif"
_LABEL_ROOM: Final = 190
_SWATCH: Final = (22.0, 12.0)
_PIXELS_PER_INCH: Final = 170.0
_PAINTED: Final = re.compile(r"(?:fill|stroke)(?:-[a-z]+)?:")
_OF_DRAWINGS: Final = re.compile(r"(?:fill|stroke)(?:-[a-z]+)?:|font-size:")
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE: Final = re.compile(r"^([.][^{}@]*)\{([^{}]*)\}", re.MULTILINE)
_VARIABLE: Final = re.compile(r"(--[a-z]+):\s*([^;]+);")
_OWN_RULES: Final = (
    f'text {{ font-family: "{FONT}"; font-size: 12px; fill: #1b1f24; }}\n'
    ".frame { fill: #f6f7f5; stroke: #c9d0d8; stroke-width: 1; }\n"
    ".label { stroke: #ffffff; stroke-width: 3; stroke-linejoin: round; paint-order: stroke; }\n"
)


@cache
def picture_style() -> str:
    """Return the rules of the page's style that concern drawings, with colours written out."""
    text = _COMMENT.sub("", asset("report.css"))
    colours = dict(_VARIABLE.findall(text))
    rules = []
    for selector, declared in _RULE.findall(text):
        listed = [one.strip() for one in declared.split(";")]
        kept = [one for one in listed if _OF_DRAWINGS.match(one)]
        if selector.startswith(".drawing") or any(_PAINTED.match(one) for one in kept):
            rules.append(f"{selector.strip()} {{ {'; '.join(kept)} }}")
    written = "\n".join(rules)
    for name, colour in colours.items():
        written = written.replace(f"var({name})", colour)
    return _OWN_RULES + written


def standalone(svg: Markup) -> str:
    """Return a drawing of `svg.drawing` as an SVG file with its style inside."""
    style = element("style", picture_style())
    opened, _, rest = svg.partition(">")
    return f'{opened} xmlns="http://www.w3.org/2000/svg">{unescape(style)}{rest}'


def told_in(svg: Markup) -> str:
    """Return the title and text of a drawing, for those who do not see it."""
    found = [
        unescape(match[1])
        for name in ("title", "desc")
        if (match := re.search(rf"<{name}>(.*?)</{name}>", svg, re.DOTALL))
    ]
    return ". ".join(part.rstrip(".") for part in found if part) + "." if any(found) else ""


def alternative(chart: Chart) -> str:
    """Return the words for a chart that is not seen."""
    return told_in(chart_drawing(chart))


def chart_drawing(chart: Chart) -> Markup:
    """Return a chart of bars as a drawing."""
    left = _LABEL_ROOM if chart.labels else 0
    parts = [
        element("text", label, x=-8, y=y, text_anchor="end", class_="ink")
        for y, label in chart.labels
    ]
    parts += [
        element(
            "rect",
            x=bar.x,
            y=bar.y,
            width=bar.width,
            height=bar.height,
            class_=f"bar-{bar.style}",
        )
        for bar in chart.bars
    ]
    if chart.limit_y is not None:
        height = chart.limit_y
        parts.append(element("line", x1=0, x2=chart.width, y1=height, y2=height, class_="limit"))
    ends: dict[str, float] = {"x1": 0, "x2": 0, "y1": 0, "y2": chart.height}
    if not chart.labels:
        ends = {"x1": 0, "x2": chart.width, "y1": chart.height - 0.5, "y2": chart.height - 0.5}
    parts.append(element("line", **ends, class_="base"))
    return drawing(
        parts,
        width=chart.width + (10 if left else 0),
        height=chart.height,
        title=chart.title,
        text=chart.text,
        left=left,
    )


def chart_svg(chart: Chart) -> str:
    """Return a chart of bars as an SVG file."""
    return standalone(chart_drawing(chart))


def swatch_svg(style: str) -> str:
    """Return the sample of a style in a chart's legend."""
    width, height = _SWATCH
    name = f"bar-{style}" if style in {"now", "plan"} else f"dot-{style}"
    box = element("rect", x=0.5, y=0.5, width=width - 1, height=height - 1, class_=name)
    return standalone(drawing([box], width=width, height=height, title="", text=""))


@cache
def as_png(svg: str) -> bytes:
    """Return an SVG file as PNG, fine enough for print."""
    import typst  # noqa: PLC0415  large, and only documents need it

    source = (
        "#set page(width: auto, height: auto, margin: 0pt)\n"
        '#image(bytes(sys.inputs.svg), format: "svg")'
    )
    picture = typst.compile(
        source.encode("utf-8"),
        ignore_system_fonts=True,
        sys_inputs={"svg": svg},
        format="png",
        ppi=_PIXELS_PER_INCH,
    )
    return bytes(picture)
