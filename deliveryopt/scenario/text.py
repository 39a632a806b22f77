"""What a name or an id may look like, and how a stranger's text is shown in a message."""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import reduce
from typing import Final

from deliveryopt.language import gettext as _

MAX_SHOWN: Final = 80
MAX_LISTED: Final = 3
MAX_COMPARED: Final = 2_000
_BREAK: Final = re.compile(
    "[ \t]*[\t\n\r\x0b\x0c\x85\u2028\u2029][ \t\n\r\x0b\x0c\x85\u2028\u2029]*"
)
_BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BYTE_ORDER_MARK: Final = "\ufeff"
_PERSONAL_NUMBER: Final = re.compile(
    r"(?<![0-9])(?:1[89]|20)?[0-9]{2}(?:0[1-9]|1[0-2])"
    r"(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])[-+][0-9]{4}(?![0-9])"
)


def _is_hidden(char: str) -> bool:
    """Return whether a character is a control, a direction mark or no character at all."""
    if char.isascii():
        return not char.isprintable()
    return (
        char in _BIDI
        or char == _BYTE_ORDER_MARK
        or unicodedata.category(char) in {"Cc", "Cs"}
        or (ord(char) & 0xFFFE) == 0xFFFE  # noqa: PLR2004 - the last two of each plane
        or "\ufdd0" <= char <= "\ufdef"
    )


def one_line(value: object) -> object:
    r"""Return a text on one line, in Unicode form NFC, without hidden characters.

    Line breaks and tabs become a space, other control characters and marks that turn the
    direction of writing go, and so do spaces at both ends. What is not text is returned as it is.

    Examples
    --------
    >>> one_line("  Lilla \n byn\x1b[31m ")
    'Lilla byn[31m'
    """
    if not isinstance(value, str):
        return value
    text = _BREAK.sub(" ", value)
    if not text.isprintable():
        text = "".join(char for char in text if not _is_hidden(char))
    return unicodedata.normalize("NFC", text).strip()


def identifier(value: object) -> object:
    r"""Return an id in Unicode form NFC without spaces at its ends.

    Raises
    ------
    ValueError
        If a hidden character stands in the id.

    Examples
    --------
    >>> identifier(" lillby ")
    'lillby'
    """
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", value.strip())
    if any(_is_hidden(char) for char in text):
        message = _("an id may not hold control characters")
        raise ValueError(message)
    return text


def shown(value: object) -> str:
    r"""Return a value as a message shows it: quoted, on one line, at most 80 characters.

    Examples
    --------
    >>> shown("Lill\x1bby"), len(shown("x" * 100_000))
    ("'Lillby'", 82)
    """
    text = value if isinstance(value, str) else str(value)
    text = str(one_line(text[: 10 * MAX_SHOWN]))
    if len(text) > MAX_SHOWN:
        text = text[: MAX_SHOWN - 3] + "..."
    return repr(text)


def is_personal_number(text: str) -> bool:
    """Return whether a Swedish personal number stands in a text.

    Examples
    --------
    >>> is_personal_number("Eva 19121212-1212"), is_personal_number("9021001004001000")
    (True, False)
    """
    return _PERSONAL_NUMBER.search(text) is not None


def listed(words: Iterable[str]) -> str:
    """Return the first few words, quoted, and how many more there are.

    Examples
    --------
    >>> listed(["b", "a", "d", "c", "e"])
    "'a', 'b', 'c' and 2 more"
    """
    ordered = sorted(words)
    if not ordered:
        return _("none")
    first = ", ".join(shown(word) for word in ordered[:MAX_LISTED])
    more = len(ordered) - MAX_LISTED
    return _("{words} and {num} more").format(words=first, num=more) if more > 0 else first


def all_of(words: Iterable[str]) -> str:
    """Return words as they are with "and" between each two of them.

    Examples
    --------
    >>> all_of(["village_id", "day", "size"])
    'village_id and day and size'
    """
    both = _("{first} and {second}")
    return reduce(lambda first, second: both.format(first=first, second=second), words)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most like a given one, or None if none is like it.

    Examples
    --------
    >>> nearest("capcity_kg", ["capacity_kg", "days"]), nearest("LILLBY", ["lillby"])
    ('capacity_kg', 'lillby')
    """
    lowered = word[: 2 * MAX_SHOWN].casefold().strip()
    candidates: dict[str, str] = {}
    for candidate in known:
        candidates.setdefault(candidate.casefold(), candidate)
    if lowered in candidates:
        return candidates[lowered]
    pool = list(candidates)
    if len(pool) > MAX_COMPARED:
        pool = [candidate for candidate in pool if candidate[:1] == lowered[:1]][:MAX_COMPARED]
    matches = difflib.get_close_matches(lowered, pool, n=1, cutoff=0.6)
    return candidates[matches[0]] if matches else None


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return the advice that names the nearest known word, or another advice if none is near."""
    near = nearest(word, known)
    return otherwise if near is None else _("Did you mean {word}?").format(word=shown(near))
