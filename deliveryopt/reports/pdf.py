"""The report as a PDF that screen readers can read: tagged, with every picture told.

The template gets everything as data: no text becomes a part of its source, so what looks like code
in a stranger's name comes out as it is written.
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final

from deliveryopt.reports.blocks import (
    Block,
    Bullets,
    Cell,
    Chart,
    MapBlock,
    Page,
    Paragraphs,
    Picture,
    Section,
    Table,
)
from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.chart_picture import (
    alternative,
    chart_svg,
    standalone,
    swatch_svg,
    told_in,
)
from deliveryopt.reports.files import write_bytes
from deliveryopt.reports.formats import clean
from deliveryopt.reports.html import asset
from deliveryopt.reports.map_picture import symbol_svg
from deliveryopt.reports.page_decision import NUMBERED
from deliveryopt.reports.paper import Paper, is_wide, level_of_sections, paper_of, shares
from deliveryopt.reports.texts import LANGUAGES, Texts

STANDARD: Final = "ua-1"
_NOT_SHOWN: Final = "\ufffd"
_USUAL: Final = frozenset(
    [chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180))]
    + list("\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2212\u2248\u2264\u2265\u200b\n")
)
"""Characters that the fonts of the template have for certain."""
_SHORT: Final = 72
"""Letters of a title that the head of a page has room for."""
_WHOLE_WIDTH: Final = 100
_CHART_WIDTH: Final = 82
"""How wide drawings and charts are, per cent of the page."""
_LONG: Final = re.compile(r"\S{25,}")
_EVERY: Final = re.compile(r"(\S{12})(?=\S)")
_MAY_BREAK: Final = "\u200b"

Data = dict[str, object]


def write_pdf(bundle: Bundle, path: Path, *, language: Language, internal: bool = False) -> None:
    """Write the decision paper and the report as one tagged PDF.

    Parameters
    ----------
    bundle
        One solved scenario.
    path
        File to write; an existing one is replaced.
    language
        `sv` or `en`.
    internal
        Whether it also tells what is secret; every page then says that it is internal, and only
        the user who writes the file may read it.

    Raises
    ------
    OutputError
        If the file cannot be written; nothing half-written is left.
    ScenarioError
        If it is to be published and a text of the scenario tells how a person is reached.
    """
    paper = paper_of(bundle, language, internal=internal)
    content = page_pdf(paper.page, paper.pictures, front=paper.front)
    write_bytes(path, content, is_private=internal)


def page_pdf(
    page: Page, pictures: Mapping[str, str] | None = None, *, front: tuple[Section, ...] = ()
) -> bytes:
    """Return any page as a tagged PDF; the same page gives the same bytes.

    Parameters
    ----------
    page
        The page: finished texts.
    pictures
        The picture of a section's map as SVG, by the name of the section; a map without one is
        left out.
    front
        Sections that stand on the first page by themselves, on one page.
    """
    data = _data(Paper(page, front, pictures or {}))
    return _compiled(asset("report.typ"), json.dumps(data, ensure_ascii=False))


def _compiled(source: str, data: str) -> bytes:
    """Return the PDF of a template and its data; characters without a sign are marked."""
    missing = _without_sign(frozenset(data) - _USUAL)
    shown = data.translate(dict.fromkeys(map(ord, missing), _NOT_SHOWN))
    return _typeset(source, shown)


def _typeset(source: str, data: str) -> bytes:
    """Return a PDF/UA-1 document, without the system's fonts and without a date."""
    import typst  # noqa: PLC0415  large, and only documents need it

    return typst.compile(
        source.encode("utf-8"),
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        format="pdf",
        pdf_standards=[STANDARD],
        timestamp=0,
    )


def _without_sign(characters: frozenset[str]) -> frozenset[str]:
    """Return the characters that no font of the template has: halves are tried until none is."""
    if not characters or _are_shown(characters):
        return frozenset()
    if len(characters) == 1:
        return characters
    ordered = sorted(characters)
    middle = len(ordered) // 2
    return _without_sign(frozenset(ordered[:middle])) | _without_sign(frozenset(ordered[middle:]))


@cache
def _are_shown(characters: frozenset[str]) -> bool:
    """Return whether the template's fonts have all of some characters."""
    import typst  # noqa: PLC0415  large, and only documents need it

    page: Data = {"language": LANGUAGES[0], "probe": sorted(characters)}
    try:
        _typeset(asset("report_probe.typ"), json.dumps(page))
    except typst.TypstError:
        return False
    return True


def _data(paper: Paper) -> Data:
    """Return everything that the template places, as plain values."""
    page = paper.page
    say = Texts("sv" if page.language == "sv" else "en")
    level = level_of_sections(paper)
    return {
        "language": page.language,
        "title": _broken(page.title),
        "short": clean(page.title, longest=_SHORT),
        "document": f"{page.title} \u2013 {page.kind}",
        "kind": page.kind,
        "notice": page.notice,
        "goal": _broken(" ".join((*page.goal, page.week)).strip()),
        "figures": [[_broken(text) for text in figure] for figure in page.figures],
        "words": {
            "front": say("paper.title"),
            "report": say("paper.report"),
            "contents": say("paper.contents"),
            "page": say("paper.page", page="{page}", pages="{pages}"),
        },
        "level": level,
        "front": [_section(section, {}) for section in paper.front],
        "parts": [
            {"wide": wide, "sections": [_section(section, paper.pictures) for section in sections]}
            for wide, sections in groupby(page.sections, key=is_wide)
        ],
    }


def _section(section: Section, pictures: Mapping[str, str]) -> Data:
    """Return one section."""
    blocks: list[Data] = []
    for block in section.blocks:
        blocks += _block(block, pictures.get(section.name))
    return {"title": _broken(section.title), "blocks": blocks}


def _block(block: Block, picture: str | None) -> list[Data]:
    """Return one block; a drawing with a table is two."""
    if isinstance(block, Table):
        return [_table(block)]
    if isinstance(block, Paragraphs):
        kind = "numbers" if block.style == NUMBERED else "paragraphs"
        texts = [_broken(text) for text in block.texts]
        return [{"kind": kind, "style": block.style, "texts": texts}] if texts else []
    if isinstance(block, Bullets):
        texts = [_broken(text) for text in block.texts]
        return [{"kind": "bullets", "heading": _broken(block.heading), "texts": texts}]
    if isinstance(block, MapBlock):
        return [_map(block, picture)] if picture else []
    if isinstance(block, Chart):
        return [_drawing(block.title, chart_svg(block), alternative(block), block.legend)]
    return _picture(block)


def _map(block: MapBlock, picture: str) -> Data:
    """Return the map and its legend."""
    return {
        "kind": "map",
        "svg": picture,
        "alt": block.label,
        "legend_title": block.legend_title,
        "legend": [
            {"svg": symbol_svg(symbol, block.letter), "text": meaning}
            for symbol, meaning in block.legend
        ],
    }


def _picture(block: Picture) -> list[Data]:
    """Return a drawing and, where it has one, its table."""
    told = _drawing(block.title, standalone(block.svg), told_in(block.svg), block.key)
    told["width"] = _WHOLE_WIDTH
    return [told] if block.table is None else [told, _table(block.table)]


def _drawing(title: str, svg: str, alt: str, key: Iterable[tuple[str, str]]) -> Data:
    """Return a drawing with its title and what its styles mean."""
    legend = [{"svg": swatch_svg(style), "text": meaning} for style, meaning in key]
    return {
        "kind": "drawing",
        "title": _broken(title),
        "svg": svg,
        "alt": alt,
        "legend": legend,
        "width": _CHART_WIDTH,
    }


def _table(table: Table) -> Data:
    """Return one table."""
    return {
        "kind": "table",
        "caption": _broken(table.caption),
        "shares": shares(table),
        "numeric": [head.style == "num" for head in table.heads],
        "heads": [_broken(head.text) for head in table.heads],
        "rows": [[_cell(cell) for cell in line] for line in table.rows],
        "total": table.last_is_total,
    }


def _cell(cell: Cell) -> str | Data:
    """Return the text of a cell, or its small chart."""
    if cell.chart is None:
        return _broken(cell.text)
    return {"svg": chart_svg(cell.chart), "alt": alternative(cell.chart)}


def _broken(text: str) -> str:
    """Return a text in which words that no line has room for may be broken."""
    return _LONG.sub(lambda word: _EVERY.sub(rf"\1{_MAY_BREAK}", word[0]), text)
