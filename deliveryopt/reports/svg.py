"""Drawings as SVG, put together from parts whose texts and attributes are escaped.

Colours and lines come from classes of the page's style, because the page's policy allows no style
attribute. `ink`, `soft`, `grid`, `axis`, `series-a` to `series-e` (lines), `dot-a` to `dot-e`
(points) and `area-a` to `area-e` (areas) are there for every drawing; a writer may also give
presentation attributes such as `fill`.
"""

from collections.abc import Iterable

from markupsafe import Markup, escape

Value = str | float | int


def element(name: str, *children: Markup | str, **attributes: Value | None) -> Markup:
    r"""Return one element; texts and attributes are escaped, finished parts are not.

    Parameters
    ----------
    name
        Name of the element.
    *children
        Parts made by this function, or plain texts.
    **attributes
        Attributes; `_` stands for `-`, a last `_` is dropped (`class_`), None is left out.

    Examples
    --------
    >>> str(element("text", "a < b", x=1.25, text_anchor="end", class_="ink"))
    '<text x="1.2" text-anchor="end" class="ink">a &lt; b</text>'
    """
    named = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), written(value))
        for key, value in attributes.items()
        if value is not None
    )
    if not children:
        return Markup("<{}{}/>").format(name, named)
    inside = Markup("").join(escape(child) for child in children)
    return Markup("<{0}{1}>{2}</{0}>").format(name, named, inside)


def written(value: Value) -> str:
    """Return an attribute's value; numbers to a tenth.

    Examples
    --------
    >>> written(1.26), written(3.0), written("M0 0")
    ('1.3', '3', 'M0 0')
    """
    if isinstance(value, str):
        return value
    return f"{round(value, 1):g}" if abs(value) < 100_000 else str(round(value))  # noqa: PLR2004


def drawing(
    parts: Iterable[Markup],
    *,
    width: float,
    height: float,
    title: str,
    text: str,
    left: float = 0.0,
) -> Markup:
    """Return a whole drawing with a title and a text for those who do not see it.

    Parameters
    ----------
    parts
        Elements, the first drawn first.
    width, height
        Size in the drawing's own units; the page scales it to its own width, at most that size.
    title, text
        Name of the picture, and what it shows in a sentence.
    left
        Room at the left of x = 0, for labels.
    """
    return element(
        "svg",
        element("title", title),
        element("desc", text),
        *parts,
        class_="drawing",
        role="img",
        viewBox=f"{written(-left)} 0 {written(width + left)} {written(height)}",
        width=width + left,
        height=height,
    )


def polyline(points: Iterable[tuple[float, float]]) -> str:
    """Return the `points` attribute of a line.

    Examples
    --------
    >>> polyline([(0, 1.25), (3, 4)])
    '0,1.2 3,4'
    """
    return " ".join(f"{written(x)},{written(y)}" for x, y in points)
