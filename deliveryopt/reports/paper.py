"""What goes on paper: the page, the decision paper before it, and its pictures.

The documents for printing, PDF and Word, are made of the same parts here, so that they say the
same as the report in a browser.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Final

from deliveryopt.reports.blocks import (
    Block,
    Cell,
    MapBlock,
    Page,
    Paragraphs,
    Section,
    Table,
)
from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.map_data import map_data
from deliveryopt.reports.map_picture import map_svg
from deliveryopt.reports.page import build_page
from deliveryopt.reports.page_decision import decision_sections
from deliveryopt.reports.publish import refuse_private_texts
from deliveryopt.reports.sentences import Teller, teller_of

_MOST_LETTERS: Final = 106
"""Letters that a line of a table has room for on a page that stands upright."""
_BETWEEN: Final = 4
"""Letters' room between two columns."""
_CHART_LETTERS: Final = 16
_LONG_WORD: Final = 16
"""A word as long as this may be broken."""
_BOLD: Final = 1.1
"""How much wider bold letters and figures are."""
_PREFERRED: Final = 14


@dataclass(frozen=True, slots=True, eq=False)
class Paper:
    """Everything that a document for printing places."""

    page: Page
    front: tuple[Section, ...] = ()
    """The decision paper on the first page; none without."""
    pictures: Mapping[str, str] = field(default_factory=dict)
    """The picture of a section's map as SVG, by the name of the section."""


def paper_of(bundle: Bundle, language: Language, *, internal: bool = False) -> Paper:
    """Return what goes on paper of a bundle.

    Parameters
    ----------
    bundle
        One solved scenario.
    language
        `sv` or `en`.
    internal
        Whether it also tells what is secret; every page then says that it is internal.

    Raises
    ------
    ScenarioError
        If it is to be published and a text of the scenario tells how a person is reached.
    """
    if not internal:
        refuse_private_texts(bundle.scenario)
    teller = teller_of(bundle, language, internal=internal)
    page = _for_paper(build_page(teller, teller.say("file.sheets")), teller)
    label = teller.say("paper.map_alone")
    picture = map_svg(map_data(teller), language=language, title=label, text="")
    maps = [
        section.name
        for section in page.sections
        if any(isinstance(block, MapBlock) for block in section.blocks)
    ]
    return Paper(page, decision_sections(teller), dict.fromkeys(maps, picture))


def _for_paper(page: Page, teller: Teller) -> Page:
    """Return the page without what is true of its form in a browser only."""
    say = teller.say
    instead = {say("map.note"): say("paper.map_note"), say("about.leaflet"): ""}
    label = say("paper.map_alone")
    sections = tuple(
        replace(
            section,
            blocks=tuple(_told_again(block, instead, label) for block in section.blocks),
        )
        for section in page.sections
    )
    return replace(page, sections=sections)


def _told_again(block: Block, instead: Mapping[str, str], label: str) -> Block:
    """Return a block with some texts replaced by others, or by none."""
    if isinstance(block, MapBlock):
        return replace(block, label=label)
    if isinstance(block, Paragraphs):
        told = (instead.get(text, text) for text in block.texts)
        return replace(block, texts=tuple(text for text in told if text))
    return block


def level_of_sections(paper: Paper) -> int:
    """Return the level of the report's section headings: one lower behind a decision paper."""
    return 2 if paper.front else 1


def is_wide(section: Section) -> bool:
    """Return whether a section has a table that needs a page that lies on its side."""
    tables = (block for block in section.blocks if isinstance(block, Table))
    return any(sum(_least(table)) > _MOST_LETTERS for table in tables)


def letters(table: Table) -> tuple[int, ...]:
    """Return how many letters each column wants: those of its longest text."""
    return tuple(
        max(len(cell.text) if cell.chart is None else _CHART_LETTERS for cell in column) + _BETWEEN
        for column in _columns(table)
    )


def shares(table: Table) -> tuple[float, ...] | None:
    """Return how wide columns are against each other; None if each may be as wide as it wants."""
    wanted = letters(table)
    if sum(wanted) <= _MOST_LETTERS:
        return None
    return tuple(
        float(few if head.style == "num" else max(few, min(many, _PREFERRED + many / 3)))
        for head, few, many in zip(table.heads, _least(table), wanted, strict=True)
    )


def _columns(table: Table) -> list[tuple[Cell, ...]]:
    """Return the columns of a table, heads first."""
    return list(zip(table.heads, *table.rows, strict=True))


def _least(table: Table) -> list[int]:
    """Return how many letters each column needs at least: numbers are never broken."""
    least = []
    for head, *cells in _columns(table):
        numeric = head.style == "num"
        longest = [_CHART_LETTERS if cell.chart else _longest_word(cell.text) for cell in cells]
        if numeric:
            longest = [ceil(_BOLD * len(cell.text)) for cell in cells]
        least.append(max([ceil(_BOLD * _longest_word(head.text)), *longest]) + _BETWEEN)
    return least


def _longest_word(text: str) -> int:
    """Return the letters of the longest part of a text that is not broken."""
    return max(min(len(word), _LONG_WORD) for word in text.split(" "))
