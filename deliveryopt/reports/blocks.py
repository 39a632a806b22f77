"""What a page is built of: sections with paragraphs, lists, tables and small charts.

Blocks hold finished text; the template only places it, escaped.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from deliveryopt.units import DAYS_PER_WEEK

BAR_WIDTH = 14
BAR_STEP = 18
BARS_HEIGHT = 40
CHART_WIDTH = 320
ROW_HEIGHT = 34
ROW_BAR_HEIGHT = 13


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart, in the chart's own units."""

    x: float
    y: float
    width: float
    height: float
    style: str
    """Class of the bar: `now` or `plan`."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A small drawing of bars with a title and a text for those who do not see it."""

    title: str
    text: str
    width: int
    height: int
    bars: tuple[Bar, ...]
    limit_y: float | None = None
    """Height of a line for the limit, if there is one."""
    labels: tuple[tuple[float, str], ...] = ()
    """Height and text of labels at the left."""
    legend: tuple[tuple[str, str], ...] = ()
    """Style and meaning of bars."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    text: str
    style: str = ""
    """Class: `num` for numbers, `yes` and `no` for answers, or none."""
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption and column heads; the first cell of each row is its head."""

    caption: str
    heads: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    last_is_total: bool = False


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Sentences, one paragraph each."""

    texts: tuple[str, ...]
    style: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list with a heading."""

    heading: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MapBlock:
    """The map: its data as JSON and its legend."""

    label: str
    no_script: str
    legend_title: str
    legend: tuple[tuple[str, str], ...]
    """Symbol and meaning."""
    letter: str
    """Letter of an agent's symbol."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing under a heading, with a table of the same figures where one is wanted."""

    title: str
    """Heading; the drawing has its own title and text, see `svg.drawing`."""
    svg: Markup
    """The drawing, made by `svg.drawing`; a plain text is shown as text, never as markup."""
    table: Table | None = None
    """The same figures as a table, for those who do not see the drawing."""
    key: tuple[tuple[str, str], ...] = ()
    """Style (`a` to `e`, `now`, `plan`) and meaning of what is drawn."""


Block = Table | Paragraphs | Bullets | MapBlock | Chart | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the page."""

    name: str
    """Id, also of the link to it."""
    title: str
    blocks: tuple[Block, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the template places; a study has a page of its own kind."""

    language: str
    title: str
    kind: str
    """What sort of report it is, told above the title."""
    skip: str
    """Words of the link past the navigation."""
    nav: str
    """Name of the navigation."""
    sections: tuple[Section, ...]
    goal: tuple[str, ...] = ()
    """Sentences under the title."""
    week: str = ""
    """Which week it is, after those sentences."""
    figures: tuple[tuple[str, str, str], ...] = ()
    """Heading, value, note of the large figures at the top; none without."""
    notice: str = ""
    """Words of a banner at the top, also of every printed page: that the report is internal."""

    @property
    def has_map(self) -> bool:
        """Return whether any section has a map."""
        return any(isinstance(block, MapBlock) for one in self.sections for block in one.blocks)


def heads(numeric: str, *texts: str) -> tuple[Cell, ...]:
    """Return column heads; `numeric` has an `n` for each column of numbers.

    Examples
    --------
    >>> [cell.style for cell in heads("-n", "Village", "Residents")]
    ['', 'num']
    """
    return tuple(
        Cell(text, "num" if mark == "n" else "") for mark, text in zip(numeric, texts, strict=True)
    )


def row(numeric: str, *texts: str) -> tuple[Cell, ...]:
    """Return a row of cells; `numeric` as in `heads`."""
    return heads(numeric, *texts)


def week_chart(values: Sequence[float], limit: float, *, title: str, text: str) -> Chart:
    """Return seven upright bars under a line for the limit."""
    top = max([limit, *values, 1.0])
    scale = (BARS_HEIGHT - 2) / top
    bars = tuple(
        Bar(
            x=number * BAR_STEP + 2,
            y=round(BARS_HEIGHT - value * scale, 1),
            width=BAR_WIDTH,
            height=round(value * scale, 1),
            style="plan",
        )
        for number, value in enumerate(values)
    )
    return Chart(
        title=title,
        text=text,
        width=DAYS_PER_WEEK * BAR_STEP,
        height=BARS_HEIGHT + 1,
        bars=bars,
        limit_y=round(BARS_HEIGHT - limit * scale, 1),
    )


def paired_chart(
    pairs: Iterable[tuple[str, float, float]],
    *,
    title: str,
    text: str,
    legend: tuple[tuple[str, str], ...],
) -> Chart:
    """Return two level bars, today and plan, for each label."""
    listed = list(pairs)
    widest = max([value for _, now, plan in listed for value in (now, plan)] + [1.0])
    bars, labels = [], []
    for number, (label, now, plan) in enumerate(listed):
        top = number * ROW_HEIGHT + 4
        labels.append((top + ROW_BAR_HEIGHT + 4.0, label))
        for place, (style, value) in enumerate((("now", now), ("plan", plan))):
            width = round(CHART_WIDTH * value / widest, 1)
            bars.append(Bar(0, top + place * ROW_BAR_HEIGHT, width, ROW_BAR_HEIGHT - 1, style))
    return Chart(
        title=title,
        text=text,
        width=CHART_WIDTH,
        height=len(listed) * ROW_HEIGHT,
        bars=tuple(bars),
        labels=tuple(labels),
        legend=legend,
    )
