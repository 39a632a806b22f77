"""Texts of a scenario that may tell of a person: telephones, e-mail and personal numbers.

Free texts, such as names, hosts, opening hours and notes, come into reports as they are. A report
that may be published is not written while one of them looks like this; `check` warns of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from pydantic import BaseModel

from deliveryopt.scenario.home_delivery import HomeOrder
from deliveryopt.scenario.private import is_personal
from deliveryopt.scenario.schema import Scenario

PrivateKind = Literal["personal_number", "telephone", "e_mail"]
_TELEPHONE: Final = re.compile(
    r"(?<![0-9+])(?:"
    r"(?:\+|00)46[ -]?(?:\(0\))?[ -]?[1-9][0-9]{0,2}[ -]?"
    r"(?:[0-9]{2,3}(?: [0-9]{2,3}){1,3}|[0-9]{5,8})"
    r"|0[0-9]{1,3}(?: ?[-/\u2013] ?| )"
    r"(?:[0-9]{2,3}(?: [0-9]{2,3}){2,3}|[0-9]{2} [0-9]{3}|[0-9]{3} [0-9]{2,3}|[0-9]{5,8})"
    r"|07[0-9]{8}"
    r")(?![-:.\u2013]?[0-9])"
)
"""Telephone numbers as they are written in Sweden; opening hours and dates are none."""
_E_MAIL: Final = re.compile(r"[^\s@<>\"']@[^\s@<>\"']{1,255}\.[A-Za-z]{2,}")
"""One character before the sign is enough to know it, and keeps long texts quick."""
_IS_ID: Final = re.compile(r"(?:^|_)ids?$")
"""Fields of ids: ten digits may be the id of a stop, so only a hyphen makes them personal."""


@dataclass(frozen=True, slots=True, order=True)
class PrivateText:
    """Where a text stands that may tell of a person; the text itself is never shown."""

    where: str
    """Table and row, for example `pickup_points 'lanthandeln'`."""
    field: str
    """Field."""
    kind: PrivateKind
    """What it looks like."""


def kind_of_private(text: str, *, is_free: bool = True) -> PrivateKind | None:
    """Return what a text looks like that may tell of a person; None if nothing.

    Parameters
    ----------
    text
        A name, note or other text.
    is_free
        Whether it is free text; False for an id, which may well be a long number.

    Examples
    --------
    >>> kind_of_private("Ring Eva 0923-123 45"), kind_of_private("eva@example.se")
    ('telephone', 'e_mail')
    >>> kind_of_private("mon-fri 08-12 13-17"), kind_of_private("2026-01-02 03:04")
    (None, None)
    """
    if is_personal(HomeOrder if is_free else BaseModel, text):
        return "personal_number"
    if _E_MAIL.search(text):
        return "e_mail"
    return "telephone" if is_free and _TELEPHONE.search(text) else None


def private_texts(scenario: Scenario) -> tuple[PrivateText, ...]:
    """Return where a scenario's texts look like something that tells of a person.

    Home orders are left out: nothing of them comes into a report that may be published, and what
    they may hold is checked when they are read.
    """
    found = {
        PrivateText(where, field, kind)
        for where, field, text in _texts("scenario", scenario)
        if (kind := kind_of_private(text, is_free=_IS_ID.search(field) is None)) is not None
    }
    return tuple(sorted(found))


def _texts(where: str, value: BaseModel) -> Iterator[tuple[str, str, str]]:
    """Return place, field and text of every text of a model and of the models in it."""
    for name in type(value).model_fields:
        inside = getattr(value, name)
        if isinstance(inside, str):
            yield where, name, inside
        elif isinstance(inside, BaseModel):
            yield from _texts(name, inside)
        elif isinstance(inside, tuple) and name != "homes":
            for number, part in enumerate(inside, start=1):
                if isinstance(part, BaseModel):
                    yield from _texts(_row(where, name, part, number), part)


def _row(where: str, name: str, part: BaseModel, number: int) -> str:
    """Return what a row is called: its table with its id, or its number where it has none."""
    if name == "stop_times":
        return where
    identity = getattr(part, "id", None)
    if isinstance(identity, str) and kind_of_private(identity) is None:
        return f"{name} {identity!r}"
    return f"{name} {number}"
