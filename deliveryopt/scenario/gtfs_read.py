"""Read the tables of an opened GTFS feed as streams of rows."""

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from operator import itemgetter
from typing import Final

from deliveryopt.language import gettext as _
from deliveryopt.scenario.gtfs_feed import (
    MAX_TABLE_BYTES,
    TABLES,
    UNREADABLE,
    Feed,
    Finding,
    reason_unreadable,
)

BLOCK_BYTES: Final = 1 << 20
MAX_LINE_BYTES: Final = 1 << 20
HEADER_ROW: Final = 1


def check_table(feed: Feed, table: str) -> Iterator[Finding]:
    """Find what keeps a table from being read: bytes, heading, quotes, rows of wrong length."""
    try:
        damage = _check_bytes(feed, table)
        if damage is not None:
            yield damage
            return
        yield from _check_rows(feed, table)
    except UNREADABLE as error:
        found = _("The file cannot be read ({reason}).").format(reason=reason_unreadable(error))
        allowed, advice = _("The feed must be whole."), _("Download it again.")
        yield Finding(table, None, found, allowed, advice, "DO-G002")


def _check_bytes(feed: Feed, table: str) -> Finding | None:
    """Return the first thing in the bytes that does not belong in a table."""
    decoder = codecs.getincrementaldecoder(feed.encoding)("strict")
    num_read, num_lines, line_bytes = 0, 1, 0
    with feed.stream(table) as raw:
        while True:
            block = raw.read(BLOCK_BYTES)
            if num_read == 0 and block.startswith(codecs.BOM_UTF8) and not feed.is_utf8:
                return _encoding_fault(feed, table, num_lines, 0)
            pending = len(decoder.getstate()[0])
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeError as error:
                start = error.start if isinstance(error, UnicodeDecodeError) else 0
                row = num_lines + block[: max(0, start - pending)].count(b"\n")
                return _encoding_fault(feed, table, row, num_read - pending + start)
            num_read += len(block)
            num_lines += block.count(b"\n")
            line_end = max(block.rfind(b"\n"), block.rfind(b"\r"))
            line_bytes = len(block) - line_end - 1 + (line_bytes if line_end < 0 else 0)
            problem = _check_block(table, text, (num_read, num_lines, line_bytes))
            if problem is not None or not block:
                return problem


def _check_block(table: str, text: str, counts: tuple[int, int, int]) -> Finding | None:
    """Return what is wrong with a decoded block, given bytes, lines and bytes of the open line."""
    num_read, num_lines, line_bytes = counts
    if "\0" in text:
        found, allowed = _("The file holds NUL characters."), _("Tables are plain text.")
        advice = _("Save it as plain text, or name its encoding, such as --encoding utf-16.")
        return Finding(table, None, found, allowed, advice, "DO-G012")
    if num_read > MAX_TABLE_BYTES:
        found = _("The file is too long.")
        allowed = _("At most {count} bytes.").format(count=MAX_TABLE_BYTES)
        return Finding(table, None, found, allowed, _("Clip the feed first."), "DO-G008")
    if line_bytes > MAX_LINE_BYTES:
        found = _("The line is too long.")
        allowed = _("At most {count} bytes.").format(count=MAX_LINE_BYTES)
        return Finding(table, num_lines, found, allowed, _("Check its line ends."), "DO-G008")
    return None


def _encoding_fault(feed: Feed, table: str, row: int, at: int) -> Finding:
    found = _("Byte {number} of the file is not {encoding}.").format(
        number=at + 1, encoding=feed.encoding
    )
    allowed = _("The whole file must be {encoding}.").format(encoding=feed.encoding)
    advice = _("Leave out --encoding; the file seems to be utf-8.")
    if feed.is_utf8:
        advice = _("If it was saved in Windows or Excel, add --encoding cp1252.")
    return Finding(table, row, found, allowed, advice, "DO-G011")


@contextmanager
def _rows(feed: Feed, table: str) -> Iterator[Iterator[list[str]]]:
    encoding = "utf-8-sig" if feed.is_utf8 else feed.encoding
    with feed.stream(table) as raw, io.TextIOWrapper(raw, encoding, newline="") as text:
        yield csv.reader(text, strict=True)


def _check_rows(feed: Feed, table: str) -> Iterator[Finding]:
    number = HEADER_ROW
    with _rows(feed, table) as rows:
        try:
            header = [cell.strip() for cell in next(rows, [])]
            problems = list(_check_header(table, header))
            yield from problems
            for number, row in enumerate(rows if not problems else (), start=HEADER_ROW + 1):
                if len(row) != len(header):
                    yield from _check_width(table, number, row, len(header))
        except csv.Error as error:
            found = _("The table cannot be read on after this row ({reason}).").format(
                reason=reason_unreadable(error)
            )
            allowed = _('A quote inside a quoted field is doubled: "".')
            yield Finding(table, number, found, allowed, _("Check the quotes."), "DO-G017")


def _check_width(table: str, number: int, row: list[str], width: int) -> Iterator[Finding]:
    """Find a row that neither is blank nor ends in nothing but empty fields too many."""
    if any(row[width:]) or (any(row) and len(row) < width):
        found = _("The row has {count} fields.").format(count=len(row))
        allowed = _("The heading has {count}.").format(count=width)
        advice = _("Check commas: a decimal comma or a comma in a name needs quotes.")
        yield Finding(table, number, found, allowed, advice, "DO-G016")


def _check_header(table: str, header: list[str]) -> Iterator[Finding]:
    if not any(header):
        found, allowed = _("The table is empty."), _("It needs a heading.")
        advice = _("Ask the publisher for the complete feed.")
        yield Finding(table, HEADER_ROW, found, allowed, advice, "DO-G014")
        return
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        found = _("The heading {heading!r} is not separated by commas.").format(
            heading=header[0][:80]
        )
        allowed, advice = _("GTFS uses commas."), _("Save the table with commas.")
        yield Finding(table, HEADER_ROW, found, allowed, advice, "DO-G013")
        return
    for name in sorted({name for name in header if name and header.count(name) > 1}):
        found = _("The column {name!r} stands more than once.").format(name=name[:80])
        yield Finding(table, HEADER_ROW, found, _("Once."), _("Remove one of them."), "DO-G015")
    for name in TABLES[table]:
        if name not in header:
            found = _("The column {name!r} is missing.").format(name=name)
            allowed = _("Needed: {columns}.").format(columns=", ".join(TABLES[table]))
            advice = _("Ask the publisher for the complete feed.")
            yield Finding(table, HEADER_ROW, found, allowed, advice, "DO-G014")


def read_rows(feed: Feed, table: str, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Read some columns of a table that `check_table` found nothing wrong with.

    Parameters
    ----------
    feed
        The feed.
    table
        The table; nothing is read if the feed has none.
    columns
        Names of the columns wanted; one that the table lacks reads as empty text.

    Yields
    ------
    tuple
        Row number, the heading being 1, and the values in the order of `columns`, trimmed.
    """
    if not feed.has(table):
        return
    with _rows(feed, table) as rows:
        header = [cell.strip() for cell in next(rows, [])]
        width = len(header)
        pick = itemgetter(
            *(header.index(name) if name in header else width for name in columns), width
        )
        for number, row in enumerate(rows, start=HEADER_ROW + 1):
            if any(row):
                row[width:] = [""]
                *values, _last = map(str.strip, pick(row))
                yield number, values
