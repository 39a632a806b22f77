"""Cells and names of CSV files: numbers plainly, strangers' texts harmless.

Swedish files use `;` between cells and a decimal comma, English ones `,` and a point.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from deliveryopt.reports.bundle import Language
from deliveryopt.reports.formats import clean
from deliveryopt.units import ORE_PER_SEK

Value = str | int | float | None
"""A text is a stranger's or ours; a number is always ours."""

_LONGEST: Final = 10_000
_LONGEST_SLUG: Final = 60
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", *"\uff1d\uff0b\uff0d\uff20")
_DECIMALS: Final = 6


def slug(text: str) -> str:
    """Return a text as part of a file name: small letters, digits and hyphens only.

    Examples
    --------
    >>> slug("Linje 1: Högåsen/../x"), slug("..")
    ('linje-1-hogasen-x', 'x')
    """
    plain = unicodedata.normalize("NFKD", text[:_LONGEST]).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:_LONGEST_SLUG].strip("-") or "x"


def csv_text(language: Language, rows: Iterable[Sequence[Value]]) -> str:
    """Return rows as CSV text; no cell can be taken for a formula."""
    text = io.StringIO()
    delimiter = ";" if language == "sv" else ","
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([_cell(value, language) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: Value, language: Language) -> str:
    """Return a cell: numbers plainly, texts clean and harmless."""
    if value is None:
        return ""
    if isinstance(value, str):
        line = clean(value, longest=_LONGEST)
        return f"'{line}" if value.startswith(_DANGEROUS) or line.startswith(_DANGEROUS) else line
    if isinstance(value, int):
        return str(value)
    rounded = round(Decimal(str(value)), _DECIMALS).normalize()
    plain = f"{rounded + 0:f}"
    return plain.replace(".", ",") if language == "sv" else plain


def sek(ore: int) -> float:
    """Return öre as kronor."""
    return ore / ORE_PER_SEK
