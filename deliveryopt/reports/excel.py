"""The result as one Excel workbook for the accountant: a table a sheet, numbers as numbers.

No text can become a formula or a link: texts are typed as texts, whatever stands in them.
"""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.excel_sheets import sheet_tables
from deliveryopt.reports.files import write_bytes
from deliveryopt.reports.formats import clean
from deliveryopt.reports.publish import refuse_private_texts
from deliveryopt.reports.sentences import Teller, teller_of
from deliveryopt.reports.workbook_parts import Cell, Change, Format, SheetTable, Sum, text

if TYPE_CHECKING:
    from xlsxwriter.format import Format as Look
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_NUMBER_FORMATS: Final[dict[Format, str]] = {
    "count": "#,##0",
    "tenths": "#,##0.0",
    "money": "#,##0.00",
    "share": "0.0%",
    "fine": "0.0000%",
}
_LONGEST: Final = 2000
_DANGEROUS: Final = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Beginnings for which a cell is also marked as text, so that editing it makes no formula."""
_NARROWEST, _WIDEST, _LONG = 9, 42, 90
_HEAD_LINE: Final = 15
"""Letters of a head that stand on one line, if its column is not wider anyway."""
_SPARE: Final = 3
"""Letters of a column that stay free for indents and the filter's button."""
_LINE_POINTS: Final = 15
_HIGHEST_POINTS: Final = 400
_PAGE_LETTERS: Final = 260
"""Letters that stand side by side on one printed page and can be read."""
_NUMBER_WIDTH: Final = 12
_HEADS: Final = frozenset({"head", "head_right"})
_LEFT: Final = frozenset({"text", "long"})
_A4: Final = 9
_LONGEST_HEADER: Final = 60
_DECIMALS: Final = 6
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_workbook(
    bundle: Bundle, path: Path, *, language: Language, internal: bool = False
) -> None:
    """Write the result as one Excel workbook.

    The same bundle gives the same bytes.

    Parameters
    ----------
    bundle
        One solved scenario.
    path
        File to write; an existing one is replaced.
    language
        `sv` or `en`.
    internal
        Whether exact counts and single home orders are told; every sheet then says that it is
        internal. Without it, the workbook may be published.

    Raises
    ------
    OutputError
        If the file cannot be written; nothing half-written is left.
    ScenarioError
        If the file may be published and a text of the scenario tells of a person.
    """
    if not internal:
        refuse_private_texts(bundle.scenario)
    teller = teller_of(bundle, language, internal=internal)
    write_bytes(path, workbook_bytes(teller, sheet_tables(teller)), is_private=internal)


def workbook_bytes(teller: Teller, tables: Sequence[SheetTable]) -> bytes:
    """Return sheets as the content of a workbook."""
    from xlsxwriter import Workbook  # noqa: PLC0415  only workbooks need it

    content = io.BytesIO()
    with Workbook(content, _OPTIONS) as book:
        start = teller.bundle.scenario.week_start
        book.set_properties(
            {
                "title": teller.title,
                "subject": teller.say("excel.subject"),
                "comments": teller.say("page.internal") if teller.internal else "",
                "created": datetime(start.year, start.month, start.day, tzinfo=UTC),
            }
        )
        looks = _Looks(book)
        for table in tables:
            _write_sheet(teller, book.add_worksheet(table.name), table, looks)
    return content.getvalue()


class _Looks:
    """The looks of cells, each made once."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[tuple[str, bool, bool], Look] = {}

    def of(self, name: str, *, bold: bool = False, quoted: bool = False) -> "Look":
        """Return how a cell of some format looks."""
        key = (name, bold, quoted)
        if key not in self._made:
            look = self._book.add_format({"valign": "top"})
            if name in _NUMBER_FORMATS:
                look.set_num_format(_NUMBER_FORMATS[name])
            if name in {"told", "head_right"}:
                look.set_align("right")
            if name in {"text", "long", "head"}:
                look.set_align("left")
                look.set_indent(1)
            if name in {"long", *_HEADS}:
                look.set_text_wrap()
            if bold or name in _HEADS:
                look.set_bold()
            if bold:
                look.set_top(1)
            if name in _HEADS:
                look.set_bg_color("#F3F5F7")
                look.set_bottom(2)
            if quoted:
                look.set_quote_prefix()
            self._made[key] = look
        return self._made[key]


def _write_sheet(teller: Teller, sheet: "Worksheet", table: SheetTable, looks: _Looks) -> None:
    """Write one sheet: heads, rows, a row of totals, and how it is seen and printed."""
    widths = [_width(table, column) for column in range(len(table.heads))]
    for column, head in enumerate(table.heads):
        look = "head" if _is_left(table, column) else "head_right"
        sheet.write_string(0, column, head, looks.of(look))
        sheet.set_column(column, column, widths[column])
    sheet.set_row(0, _height([text(head) for head in table.heads], widths))
    for number, row in enumerate(table.rows, start=1):
        sheet.set_row(number, _height(row, widths))
        for column, cell in enumerate(row):
            if isinstance(cell, Change):
                _write_change(sheet, (number, column), row, cell, looks)
            else:
                _write_cell(sheet, (number, column), cell, looks)
    last = len(table.rows)
    for column, total in enumerate(table.totals):
        if isinstance(total, Sum):
            _write_sum(sheet, (last + 1, column), table, total, looks)
        else:
            _write_cell(sheet, (last + 1, column), total, looks, bold=True)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, last), len(table.heads) - 1)
    _set_paper(teller, sheet, table, pages_wide=ceil(sum(widths) / _PAGE_LETTERS))


def _set_paper(teller: Teller, sheet: "Worksheet", table: SheetTable, *, pages_wide: int) -> None:
    """Set how a sheet is printed: heads on every page, and what it is in the margins."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(pages_wide, 0)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    title = clean(teller.title, longest=_LONGEST_HEADER).replace("&", "&&")
    notice = f"&B{teller.say('page.internal')}&B\n" if teller.internal else ""
    sheet.set_header(f"&L{notice}{title}&R{table.name.replace('&', '&&')}")
    sheet.set_footer("&C&P (&N)")


def _write_cell(
    sheet: "Worksheet", at: tuple[int, int], cell: Cell, looks: _Looks, *, bold: bool = False
) -> None:
    """Write a text as text, a number as number, and nothing as an empty cell."""
    if cell.value is None:
        sheet.write_blank(*at, None, looks.of(cell.format, bold=bold))
    elif isinstance(cell.value, str):
        line = clean(cell.value, longest=_LONGEST)
        name = "long" if cell.format == "text" and len(line) > _WIDEST - _SPARE else cell.format
        quoted = line.startswith(_DANGEROUS)
        sheet.write_string(*at, line, looks.of(name, bold=bold, quoted=quoted))
    else:
        sheet.write_number(*at, cell.value, looks.of(cell.format, bold=bold))


def _write_change(
    sheet: "Worksheet",
    at: tuple[int, int],
    row: Sequence[Cell | Change],
    change: Change,
    looks: _Looks,
) -> None:
    """Write how much one cell of a row is above another, if both are numbers."""
    from xlsxwriter.utility import xl_rowcol_to_cell  # noqa: PLC0415  as the library itself

    one, other = row[change.column], row[change.minus]
    values = [cell.value for cell in (one, other) if isinstance(cell, Cell)]
    numbers = [value for value in values if isinstance(value, int | float)]
    if not isinstance(one, Cell) or len(numbers) < len((one, other)):
        sheet.write_blank(*at, None, looks.of("told"))
        return
    cells = [xl_rowcol_to_cell(at[0], column) for column in (change.column, change.minus)]
    value = round(numbers[0] - numbers[1], _DECIMALS)
    sheet.write_formula(*at, f"={cells[0]}-{cells[1]}", looks.of(one.format), value)


def _write_sum(
    sheet: "Worksheet", at: tuple[int, int], table: SheetTable, total: Sum, looks: _Looks
) -> None:
    """Write the sum of a column below it."""
    from xlsxwriter.utility import xl_range  # noqa: PLC0415  as the library itself

    row, column = at
    values = [cells[column] for cells in table.rows]
    numbers = [
        cell.value
        for cell in values
        if isinstance(cell, Cell) and isinstance(cell.value, int | float)
    ]
    formula = f"=SUM({xl_range(1, column, row - 1, column)})"
    look = looks.of(total.format, bold=True)
    sheet.write_formula(row, column, formula, look, round(sum(numbers), _DECIMALS))


def _is_left(table: SheetTable, column: int) -> bool:
    """Return whether a column is of texts, not numbers."""
    cells = [row[column] for row in table.rows]
    return all(isinstance(cell, Cell) and cell.format in _LEFT for cell in cells)


def _width(table: SheetTable, column: int) -> int:
    """Return how wide a column is, letters."""
    cells = [row[column] for row in table.rows]
    texts = [cell for cell in cells if isinstance(cell, Cell) and isinstance(cell.value, str)]
    longest = max((len(str(cell.value)) for cell in texts), default=0)
    is_long = any(cell.format == "long" for cell in texts)
    word = max((len(word) for word in table.heads[column].split()), default=0)
    head = max(word, min(len(table.heads[column]), _HEAD_LINE))
    least = _NUMBER_WIDTH if len(texts) < len(cells) else _NARROWEST
    wanted = max(head + _SPARE, longest + _SPARE, least)
    return min(wanted, _LONG if is_long else _WIDEST)


def _height(cells: Sequence[Cell | Change], widths: Sequence[int]) -> int:
    """Return how high a row is, points, so that texts on several lines are seen whole."""
    lines = [
        len(wrap(cell.value, width - _SPARE))
        for cell, width in zip(cells, widths, strict=True)
        if isinstance(cell, Cell) and isinstance(cell.value, str)
    ]
    return min(_HIGHEST_POINTS, _LINE_POINTS * max([1, *lines]))
