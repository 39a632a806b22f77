"""The report as a Word document that an officer can go on writing in.

It says the same as the PDF and in the same order: the decision paper first, then the report.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from deliveryopt.reports.blocks import (
    Block,
    Bullets,
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
    as_png,
    chart_svg,
    standalone,
    swatch_svg,
    told_in,
)
from deliveryopt.reports.files import write_bytes
from deliveryopt.reports.formats import clean
from deliveryopt.reports.map_picture import symbol_svg
from deliveryopt.reports.page_decision import NUMBERED
from deliveryopt.reports.paper import Paper, is_wide, letters, level_of_sections, paper_of, shares
from deliveryopt.reports.texts import Texts
from deliveryopt.reports.word_parts import (
    TABLE_STYLE,
    add_bookmark,
    add_field,
    add_inner_link,
    add_table_style,
    begin_field,
    end_field,
    mark_table,
    set_language,
    tell_picture,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as DocxTable
    from docx.text.paragraph import Paragraph

FONT: Final = "Calibri"
_PAGE_CM: Final = (21.0, 29.7)
_MARGIN_CM: Final = 2.0
_TEXT_CM: Final = _PAGE_CM[0] - 2 * _MARGIN_CM
_WIDE_TEXT_CM: Final = _PAGE_CM[1] - 2 * _MARGIN_CM
_MAP_CM: Final = 14.5
_CHART_CM: Final = 13.5
_CELL_CHART_CM: Final = 2.7
_SYMBOL_CM: Final = 0.9
_LETTER_CM: Final = 0.17
"""Width of a letter in a table."""
_TABLE_PT: Final = 9.0
_WIDE_TABLE_PT: Final = 8.0
_MANY_COLUMNS: Final = 6
_INK, _SOFT, _ACCENT, _WARNING = "1B1F24", "4D5661", "17518F", "A3211A"
_SHORT: Final = 90
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)
_STYLES: Final = {
    "Normal": (10.5, False, _INK, 0.0, 4.0),
    "Title": (20.0, True, _INK, 0.0, 6.0),
    "Heading 1": (16.0, True, _ACCENT, 14.0, 6.0),
    "Heading 2": (13.0, True, _ACCENT, 12.0, 4.0),
    "Heading 3": (11.0, True, _INK, 8.0, 3.0),
    "Caption": (10.0, True, _INK, 8.0, 2.0),
    "List Bullet": (10.5, False, _INK, 0.0, 2.0),
    "List Number": (10.5, False, _INK, 0.0, 2.0),
    "Header": (8.5, False, _SOFT, 0.0, 0.0),
    "Footer": (8.5, False, _SOFT, 0.0, 0.0),
}
"""Size, weight, colour and room before and after, pt."""


@dataclass(frozen=True, slots=True, eq=False)
class _Desk:
    """The document that is written, and what every block needs to know."""

    document: "Document"
    paper: Paper
    level: int
    """Level of the section's heading."""
    text_cm: float = _TEXT_CM
    picture: str | None = None
    """The picture of the section's map."""


def write_word(bundle: Bundle, path: Path, *, language: Language, internal: bool = False) -> None:
    """Write the decision paper and the report as one Word document.

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
    content = page_word(paper.page, paper.pictures, front=paper.front)
    write_bytes(path, content, is_private=internal)


def page_word(
    page: Page, pictures: Mapping[str, str] | None = None, *, front: tuple[Section, ...] = ()
) -> bytes:
    """Return any page as a Word document; the same page gives the same bytes.

    Parameters
    ----------
    page
        The page: finished texts.
    pictures
        The picture of a section's map as SVG, by the name of the section; a map without one is
        left out.
    front
        Sections that stand before the report, on pages of their own.
    """
    import docx  # noqa: PLC0415  only documents need it

    paper = Paper(page, front, pictures or {})
    document = docx.Document()
    _set_up(document, page)
    desk = _Desk(document, paper, level_of_sections(paper))
    say = Texts("sv" if page.language == "sv" else "en")
    _add_top(desk)
    if front:
        document.add_heading(say("paper.title"), 1)
        for section in front:
            document.add_heading(section.title, 2)
            _add_blocks(desk, section.blocks)
        document.add_heading(say("paper.report"), 1).paragraph_format.page_break_before = True
    _add_beginning(desk)
    _add_contents(desk, say("paper.contents"))
    _add_sections(desk)
    return _saved(document)


def _set_up(document: "Document", page: Page) -> None:
    """Set styles, page, language, properties, head and foot."""
    from docx.shared import Cm, Pt, RGBColor  # noqa: PLC0415  only documents need it

    for name, (size, bold, colour, before, after) in _STYLES.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
        style.font.italic = False
        style.font.color.rgb = RGBColor.from_string(colour)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
    document.styles["Caption"].paragraph_format.keep_with_next = True
    add_table_style(document)
    set_language(document, page.language)
    section = document.sections[0]
    section.page_width, section.page_height = (Cm(side) for side in _PAGE_CM)
    section.left_margin = section.right_margin = Cm(_MARGIN_CM)
    section.top_margin = section.bottom_margin = Cm(_MARGIN_CM)
    _set_properties(document, page)
    _set_head_and_foot(document, page)


def _set_properties(document: "Document", page: Page) -> None:
    """Set what the document says of itself; no author is made up, and no date."""
    told = document.core_properties
    told.title = f"{page.title} \u2013 {page.kind}"[:255]
    told.subject, told.language = page.kind, page.language
    told.author = told.last_modified_by = told.comments = told.keywords = ""
    whole = told._element  # noqa: SLF001  the library has no way to leave dates out
    for part in [one for one in whole if one.tag.endswith(("}created", "}modified"))]:
        whole.remove(part)


def _set_head_and_foot(document: "Document", page: Page) -> None:
    """Set the head, with the notice of an internal report, and the foot with the page's number."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415  only documents need it
    from docx.shared import RGBColor  # noqa: PLC0415  only documents need it

    section = document.sections[0]
    head = section.header.paragraphs[0]
    if page.notice:
        warning = head.add_run(page.notice)
        warning.bold, warning.font.color.rgb = True, RGBColor.from_string(_WARNING)
        head.add_run("   ")
    head.add_run(clean(page.title, longest=_SHORT))
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    told = Texts("sv" if page.language == "sv" else "en")("paper.page", page="\n", pages="\n")
    before, between, after = told.split("\n")
    foot.add_run(before)
    add_field(foot, "PAGE", "1")
    foot.add_run(between)
    add_field(foot, "NUMPAGES", "1")
    foot.add_run(after)


def _add_top(desk: _Desk) -> None:
    """Add the title, and the notice of an internal report."""
    page = desk.paper.page
    if page.notice:
        _add_text(desk, page.notice, colour=_WARNING, bold=True)
    _add_text(desk, page.kind, colour=_SOFT)
    desk.document.add_paragraph(page.title, style="Title")


def _add_beginning(desk: _Desk) -> None:
    """Add the goal and the large figures."""
    page = desk.paper.page
    goal = " ".join((*page.goal, page.week)).strip()
    if goal:
        _add_text(desk, goal)
    for heading, value, note in page.figures:
        paragraph = desk.document.add_paragraph(f"{heading}: ")
        paragraph.add_run(value).bold = True
        paragraph.add_run(f" ({note})")


def _add_contents(desk: _Desk, heading: str) -> None:
    """Add the contents: links that the reader's program can turn into a list with page numbers."""
    paragraph = _add_text(desk, heading, colour=_ACCENT, bold=True)
    paragraph.paragraph_format.keep_with_next = True
    sections = desk.paper.page.sections
    for number, section in enumerate(sections):
        entry = _add_line(desk)
        if number == 0:
            begin_field(entry, f'TOC \\o "1-{desk.level}" \\h \\z \\u')
        add_inner_link(entry, section.title, _bookmark(number))
        if number == len(sections) - 1:
            end_field(entry)


def _bookmark(number: int) -> str:
    """Return the name of a section's place."""
    return f"section_{number + 1}"


def _add_sections(desk: _Desk) -> None:
    """Add every section, those with wide tables on pages that lie on their side."""
    numbers = {section.name: number for number, section in enumerate(desk.paper.page.sections)}
    was_wide = False
    for wide, sections in groupby(desk.paper.page.sections, key=is_wide):
        if wide or was_wide:
            _turn_page(desk.document, wide=wide)
        was_wide = wide
        for section in sections:
            heading = desk.document.add_heading(section.title, desk.level)
            number = numbers[section.name]
            add_bookmark(heading, _bookmark(number), number + 1)
            inner = _Desk(
                desk.document,
                desk.paper,
                desk.level,
                _WIDE_TEXT_CM if wide else _TEXT_CM,
                desk.paper.pictures.get(section.name),
            )
            _add_blocks(inner, section.blocks)


def _turn_page(document: "Document", *, wide: bool) -> None:
    """Begin a new page that lies on its side, or stands again."""
    from docx.enum.section import WD_ORIENT, WD_SECTION  # noqa: PLC0415  only documents need it
    from docx.shared import Cm  # noqa: PLC0415  only documents need it

    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    width, height = reversed(_PAGE_CM) if wide else _PAGE_CM
    section.page_width, section.page_height = Cm(width), Cm(height)


def _add_blocks(desk: _Desk, blocks: Iterable[Block]) -> None:
    """Add the blocks of a section."""
    for block in blocks:
        if isinstance(block, Table):
            _add_table(desk, block)
        elif isinstance(block, Paragraphs):
            _add_paragraphs(desk, block)
        elif isinstance(block, Bullets):
            desk.document.add_heading(block.heading, desk.level + 1)
            for text in block.texts:
                desk.document.add_paragraph(text, style="List Bullet")
        elif isinstance(block, MapBlock):
            _add_map(desk, block)
        elif isinstance(block, Chart):
            svg, told = chart_svg(block), alternative(block)
            _add_drawing(desk, block.title, svg, told, block.legend, width_cm=_CHART_CM)
        else:
            _add_picture(desk, block)


def _add_text(
    desk: _Desk, text: str, *, colour: str | None = None, bold: bool = False
) -> "Paragraph":
    """Add one paragraph."""
    from docx.shared import RGBColor  # noqa: PLC0415  only documents need it

    paragraph = desk.document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold = bold or None
    if colour is not None:
        run.font.color.rgb = RGBColor.from_string(colour)
    return paragraph


def _add_line(desk: _Desk) -> "Paragraph":
    """Add an empty paragraph close to the next."""
    from docx.shared import Pt  # noqa: PLC0415  only documents need it

    paragraph = desk.document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    return paragraph


def _add_paragraphs(desk: _Desk, block: Paragraphs) -> None:
    """Add sentences; notes are paler, points of a proposal are numbered."""
    for text in block.texts:
        if block.style == NUMBERED:
            desk.document.add_paragraph(text, style="List Number")
        else:
            _add_text(desk, text, colour=_SOFT if block.style == "note" else None)


def _add_image(paragraph: "Paragraph", svg: str, width_cm: float, text: str) -> None:
    """Add a picture to a paragraph, with words for those who do not see it."""
    from docx.shared import Cm  # noqa: PLC0415  only documents need it

    tell_picture(paragraph.add_run().add_picture(BytesIO(as_png(svg)), width=Cm(width_cm)), text)


def _add_map(desk: _Desk, block: MapBlock) -> None:
    """Add the map and its legend."""
    if desk.picture is None:
        return
    _add_image(desk.document.add_paragraph(), desk.picture, _MAP_CM, block.label)
    desk.document.add_heading(block.legend_title, desk.level + 1)
    for symbol, meaning in block.legend:
        entry = _add_line(desk)
        _add_image(entry, symbol_svg(symbol, block.letter), _SYMBOL_CM, "")
        entry.add_run(f"  {meaning}")


def _add_picture(desk: _Desk, block: Picture) -> None:
    """Add a drawing and, where it has one, its table."""
    _add_drawing(desk, block.title, standalone(block.svg), told_in(block.svg), block.key)
    if block.table is not None:
        _add_table(desk, block.table)


def _add_drawing(
    desk: _Desk,
    title: str,
    svg: str,
    text: str,
    key: Iterable[tuple[str, str]],
    *,
    width_cm: float = _TEXT_CM,
) -> None:
    """Add a drawing with its title and what its styles mean."""
    desk.document.add_paragraph(title, style="Caption")
    styles = list(key)
    if styles:
        legend = desk.document.add_paragraph()
        legend.paragraph_format.keep_with_next = True
        for style, meaning in styles:
            _add_image(legend, swatch_svg(style), _SYMBOL_CM / 2, "")
            legend.add_run(f" {meaning}    ")
    _add_image(desk.document.add_paragraph(), svg, width_cm, text)


def _add_table(desk: _Desk, table: Table) -> None:
    """Add a table under its caption; its heads are repeated on every page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415  only documents need it
    from docx.shared import Pt  # noqa: PLC0415  only documents need it

    desk.document.add_paragraph(table.caption, style="Caption")
    num_columns = len(table.heads)
    made = desk.document.add_table(len(table.rows) + 1, num_columns, style=TABLE_STYLE)
    size = Pt(_WIDE_TABLE_PT if num_columns > _MANY_COLUMNS else _TABLE_PT)
    for row, line in zip(made.rows, (table.heads, *table.rows), strict=True):
        is_bold = line is table.heads or (table.last_is_total and line is table.rows[-1])
        for cell, head, told in zip(row.cells, table.heads, line, strict=True):
            paragraph = cell.paragraphs[0]
            if told.chart is None:
                run = paragraph.add_run(told.text)
                run.font.size, run.bold = size, is_bold or None
            else:
                words = alternative(told.chart)
                _add_image(paragraph, chart_svg(told.chart), _CELL_CHART_CM, words)
            if head.style == "num":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _set_widths(made, _widths_cm(desk, table))
    mark_table(made, table.caption, has_total=table.last_is_total)
    desk.document.add_paragraph().paragraph_format.space_after = Pt(2)


def _widths_cm(desk: _Desk, table: Table) -> list[float]:
    """Return the widths of columns: what their texts want, or their shares of the page."""
    parts = shares(table)
    if parts is None:
        return [_LETTER_CM * many for many in letters(table)]
    return [desk.text_cm * part / sum(parts) for part in parts]


def _set_widths(table: "DocxTable", widths_cm: list[float]) -> None:
    """Set the widths of columns."""
    from docx.shared import Cm  # noqa: PLC0415  only documents need it

    table.autofit = False
    widths = [Cm(width) for width in widths_cm]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _saved(document: "Document") -> bytes:
    """Return the file, with one date for all its parts, so that equal documents are equal."""
    first, second = BytesIO(), BytesIO()
    document.save(first)
    with ZipFile(first) as before, ZipFile(second, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = ZipInfo(name, _ZIP_DATE)
            part.compress_type = ZIP_DEFLATED
            after.writestr(part, before.read(name))
    return second.getvalue()
