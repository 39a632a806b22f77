"""What a workbook is built of: sheets with one table each, and cells that know their format.

Sheets hold values; only `excel.py` knows the library that writes them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from deliveryopt.reports.formats import clock_time, to_fives
from deliveryopt.reports.sentences import Teller
from deliveryopt.reports.suppression import Told, is_few
from deliveryopt.units import ORE_PER_SEK

Format = Literal["text", "told", "long", "count", "tenths", "money", "share", "fine", "plain"]
"""Text; text among numbers; text that may be long; whole number; with a tenth; kronor; share; share
with four decimals of a per cent; as it is."""


class Cell(NamedTuple):
    """One cell: a text is typed as a text, a number as a number, whatever stands in it."""

    value: str | int | float | None
    format: Format = "text"


class Change(NamedTuple):
    """A cell that says by a formula how much one column is above another, in the same row."""

    column: int
    minus: int


class Sum(NamedTuple):
    """A cell below a table that adds up a column by a formula."""

    format: Format


Row = tuple[Cell | Change, ...]


@dataclass(frozen=True, slots=True, eq=False)
class SheetTable:
    """One sheet: a table from its first cell, with one row of heads."""

    name: str
    """Name of the sheet."""
    about: str
    """One sentence on it, for the first sheet."""
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    totals: tuple[Cell | Sum, ...] = ()
    """Cells of a row below the table; none if there is none."""


def text(value: str | None) -> Cell:
    """Return a text."""
    return Cell(value)


def count(value: int | None) -> Cell:
    """Return a whole number."""
    return Cell(value, "count")


def tenths(value: float | None) -> Cell:
    """Return a number with a tenth: km, minutes, kilograms."""
    return Cell(value, "tenths")


def share(value: float | None) -> Cell:
    """Return a share, shown as per cent."""
    return Cell(value, "share")


def money(ore: float | None) -> Cell:
    """Return öre as kronor."""
    return Cell(None if ore is None else ore / ORE_PER_SEK, "money")


def people(teller: Teller, value: int | None) -> Cell:
    """Return a number of people; publicly one to four are told as fewer than five."""
    if value is not None and is_few(value, teller.few):
        return Cell(teller.people(value), "told")
    return count(value)


def told(teller: Teller, value: Told) -> Cell:
    """Return a count as it may be told."""
    if isinstance(value, int):
        return count(value)
    return Cell(teller.say("word.few" if value == "few" else "word.withheld"), "told")


def withheld(teller: Teller) -> Cell:
    """Return the cell of a figure that is not told."""
    return Cell(teller.say("word.withheld"), "told")


def parcels(teller: Teller, value: int, *, is_hidden: bool) -> Cell:
    """Return a number of parcels, only about where it would tell of home orders among them."""
    if not is_hidden or not value:
        return count(value)
    about = teller.say("word.about", count=teller.number(to_fives(value)))
    return Cell(about, "told")


def answer(teller: Teller, value: bool) -> Cell:  # noqa: FBT001  the value is the cell
    """Return yes or no."""
    return Cell(teller.say("word.yes" if value else "word.no"))


def clock(minutes: int | None) -> Cell:
    """Return a clock time."""
    return Cell(None if minutes is None else clock_time(minutes), "told")


def shown(teller: Teller, cell: Cell, *, may_be: bool) -> Cell:
    """Return a cell, or that it is not told."""
    return cell if may_be else withheld(teller)


def totals(
    label: str, heads: Iterable[str], rows: tuple[Row, ...], summed: set[int]
) -> tuple[Cell | Sum, ...]:
    """Return the row below a table; a column with something that is not told gets no sum.

    Parameters
    ----------
    label
        What the row is called.
    heads
        Heads of the table.
    rows
        Its rows.
    summed
        Columns to add up, from 0.
    """
    if not rows:
        return ()
    cells: list[Cell | Sum] = [text(label)]
    for column, _ in list(enumerate(heads))[1:]:
        own = [row[column] for row in rows]
        numbers = [cell for cell in own if isinstance(cell, Cell) and _is_number(cell.value)]
        whole = column in summed and len(numbers) == len(own)
        cells.append(Sum(numbers[0].format) if whole else text(None))
    return tuple(cells)


def _is_number(value: object) -> bool:
    """Return whether a value is a number."""
    return isinstance(value, int | float) and not isinstance(value, bool)
