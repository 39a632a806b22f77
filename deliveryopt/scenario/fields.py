"""Read what a user wrote as the value that a field of the scenario needs.

What a field needs is taken from the model: its type and its limits stand in `schema.py` alone.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Final, Literal, Union, cast, get_args, get_origin

from annotated_types import Ge, Gt, Le, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from deliveryopt.language import gettext as _
from deliveryopt.scenario.faults import UnreadableError
from deliveryopt.scenario.field_types import Day
from deliveryopt.scenario.text import did_you_mean, identifier, one_line, shown
from deliveryopt.units import DAYS, MIN_PER_H

Shape = Literal["number", "whole", "text", "id", "flag", "choice", "clock", "date", "days", "ids"]

MAX_CLOCK_MIN: Final = 72 * MIN_PER_H
UNREACHABLE: Final = "unreachable"
CLOCK_FIELDS: Final = frozenset(
    {
        *("arrival_min", "departure_min", "parcels_ready", *(f"ready_{day}" for day in DAYS)),
        *("earliest_min", "latest_min", "shift_start_min", "shift_end_min"),
    }
)
"""Fields that hold minutes and are written HH:MM."""
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_DECIMAL_COMMA: Final = re.compile(r"[+-]?[0-9]+,[0-9]+")
_GROUPED: Final = re.compile(r"[+-]?[0-9]{1,3}(?:[ '\u00a0\u202f][0-9]{3})+(?:[.,][0-9]+)?")
_NOT_FINITE: Final = re.compile(r"[+-]?\.?(?:nan|inf|infinity)", re.IGNORECASE)
_CLOCK: Final = re.compile(r"([0-9]{1,2}):([0-5][0-9])(?::([0-5][0-9]))?")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FLAGS: Final = MappingProxyType(
    {"yes": True, "true": True, "ja": True, "no": False, "false": False, "nej": False}
)
_SWEDISH_DAYS: Final = (
    ("må", "mån"),
    ("ti", "tis"),
    ("on", "ons"),
    ("to", "tor", "tors"),
    ("fr", "fre"),
    ("lö", "lör"),
    ("sö", "sön"),
)
DAY_OF_WORD: Final[Mapping[str, Day]] = MappingProxyType(
    {
        word: cast("Day", day)
        for day, words in zip(DAYS, _SWEDISH_DAYS, strict=True)
        for word in (day, *words)
    }
)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a field needs."""

    shape: Shape
    """Type, in the user's words."""
    choices: tuple[str, ...]
    """Allowed words, for a choice."""
    is_nullable: bool
    """Whether "not given" is a value of its own."""
    is_needed: bool
    """Whether the field has no default."""
    lowest: float | None
    """Lower limit."""
    is_lowest_allowed: bool
    """Whether the lower limit itself is allowed."""
    highest: float | None
    """Upper limit, which is allowed."""
    fewest: int
    """Least number of days or ids in a list."""

    @property
    def allowed(self) -> str:
        """What may stand there, in words."""
        head, last = ", ".join(self.choices[:-1]), "".join(self.choices[-1:])
        what = {
            "number": _("a number"),
            "whole": _("a whole number"),
            "text": _("text"),
            "id": _("an id of 1 to 200 characters"),
            "flag": _("yes or no"),
            "choice": _("{words} or {last}").format(words=head, last=last) if head else last,
            "clock": _("a clock time HH:MM from 00:00 to 72:00"),
            "date": _("a date such as 2026-10-05"),
            "days": _("days such as mon tue or mon-fri"),
            "ids": _("ids with a space between them"),
        }[self.shape]
        if self.shape not in {"number", "whole"}:
            return _("Allowed: {what}.").format(what=what)
        low, high = _spaced(self.lowest), _spaced(self.highest)
        return self._within().format(what=what, low=low, high=high)

    def _within(self) -> str:
        """Return the sentence on what a number may be, with the limits that there are."""
        if self.lowest is None and self.highest is None:
            return _("Allowed: {what}.")
        if self.lowest is None:
            return _("Allowed: {what} to {high}.")
        if self.highest is None and self.is_lowest_allowed:
            return _("Allowed: {what} from {low}.")
        if self.highest is None:
            return _("Allowed: {what} above {low}.")
        if self.is_lowest_allowed:
            return _("Allowed: {what} from {low} to {high}.")
        return _("Allowed: {what} above {low} and at most {high}.")


def _spaced(limit: float | None) -> str:
    """Return a limit with spaces between thousands; nothing if there is none."""
    return "" if limit is None else f"{limit:,.16g}".replace(",", " ")


@cache
def kinds_of(model: type[BaseModel]) -> Mapping[str, Kind]:
    """Return what each simple field of a model needs; fields that hold models are left out."""
    kinds = {name: _kind(name, info) for name, info in model.model_fields.items()}
    return MappingProxyType({name: kind for name, kind in kinds.items() if kind is not None})


def _kind(name: str, info: FieldInfo) -> Kind | None:
    """Return what a field needs, or None if it holds models."""
    parts = _parts(info.annotation)
    limits: list[object] = [*info.metadata, *(limit for part in parts for limit in part[1])]
    bare = next(part for part, _limits in parts if part is not NoneType)
    shape = _shape(name, bare)
    if shape is None:
        return None
    lowest = highest = None
    is_lowest_allowed, fewest = True, 0
    for limit in limits:
        if isinstance(limit, Ge):
            lowest = float(str(limit.ge))
        elif isinstance(limit, Gt):
            lowest, is_lowest_allowed = float(str(limit.gt)), False
        elif isinstance(limit, Le):
            highest = float(str(limit.le))
        elif isinstance(limit, MinLen):
            fewest = limit.min_length
            shape = "id" if bare is str else shape
    return Kind(
        shape=shape,
        choices=tuple(str(choice) for choice in get_args(bare)) if shape == "choice" else (),
        is_nullable=any(part is NoneType for part, _ in parts),
        is_needed=info.is_required(),
        lowest=lowest,
        is_lowest_allowed=is_lowest_allowed,
        highest=highest,
        fewest=fewest,
    )


def _parts(annotation: object) -> list[tuple[object, list[object]]]:
    """Return the alternatives of an annotation, each with its limits."""
    if get_origin(annotation) in {Union, UnionType}:
        return [part for choice in get_args(annotation) for part in _parts(choice)]
    if get_origin(annotation) is Annotated:
        bare, *extras = get_args(annotation)
        limits = [
            limit
            for extra in extras
            for limit in (extra.metadata if isinstance(extra, FieldInfo) else [extra])
        ]
        return [(bare, limits)]
    return [(annotation, [])]


def _shape(name: str, bare: object) -> Shape | None:
    """Return the shape of a bare type."""
    if name in CLOCK_FIELDS:
        return "clock"
    if get_origin(bare) is Literal:
        return "choice"
    if get_origin(bare) is tuple:
        item = _parts(get_args(bare)[0])[0][0]
        if get_origin(item) is Literal:
            return "days"
        return "ids" if item is str else None
    simple: dict[object, Shape] = {
        str: "text",
        int: "whole",
        float: "number",
        bool: "flag",
        date: "date",
    }
    return simple.get(bare)


def read_value(kind: Kind, text: str) -> object:
    """Return the value of a text that is not empty.

    Raises
    ------
    UnreadableError
        If the text is none of what the field needs; its limits are not looked at.
    """
    return _READERS[kind.shape](kind, text)


def _read_number(kind: Kind, text: str) -> float:
    word = text.strip()
    if _NUMBER.fullmatch(word) is None:
        raise _not_a_number(kind, word)
    number = float(word)
    if not math.isfinite(number):
        found = _("the number {number} is too large.").format(number=shown(word))
        raise UnreadableError(found, kind.allowed, _("Correct the number."), "DO-S034")
    return number + 0.0


def _not_a_number(kind: Kind, word: str) -> UnreadableError:
    """Return why a text is no number."""
    if _DECIMAL_COMMA.fullmatch(word):
        found = _("{value} has a decimal comma.").format(value=shown(word))
        advice = _("Write {number}, with a decimal point.")
        advice = advice.format(number=word.replace(",", ".")[:80])
        return UnreadableError(found, kind.allowed, advice, "DO-S031")
    if _NOT_FINITE.fullmatch(word):
        found = _("{value} is not a finite number.").format(value=shown(word))
        advice = _("Write the number, or leave it out if it is not known.")
        return UnreadableError(found, kind.allowed, advice, "DO-S034")
    found = _("{value} is not a number.").format(value=shown(word))
    advice = _("Write digits with a decimal point, without a unit.")
    if _GROUPED.fullmatch(word):
        advice = _("Write the digits without spaces.")
    return UnreadableError(found, kind.allowed, advice, "DO-S030")


def _read_whole(kind: Kind, text: str) -> int:
    number = _read_number(kind, text)
    if not number.is_integer():
        found = _("{value} is not a whole number.").format(value=shown(text.strip()))
        raise UnreadableError(found, kind.allowed, _("Round it to a whole number."), "DO-S032")
    return int(number)


def _read_text(_kind: Kind, text: str) -> str:
    return str(one_line(text))


def _read_id(kind: Kind, text: str) -> str:
    try:
        return str(identifier(text))
    except ValueError:
        found = _("{value} holds control characters or line breaks.").format(value=shown(text))
        advice = _("Type the id anew, on one line.")
        raise UnreadableError(found, kind.allowed, advice, "DO-S041") from None


def _read_flag(kind: Kind, text: str) -> bool:
    word = text.strip().casefold()
    if word not in _FLAGS:
        found = _("{value} is neither yes nor no.").format(value=shown(text))
        raise UnreadableError(found, kind.allowed, _("Write yes or no."), "DO-S036")
    return _FLAGS[word]


def _read_choice(kind: Kind, text: str) -> str:
    word = text.strip()
    if word not in kind.choices:
        advice = did_you_mean(word, kind.choices, _("Choose one of them."))
        found = _("{value} is not one of the words allowed here.").format(value=shown(text))
        raise UnreadableError(found, kind.allowed, advice, "DO-S035")
    return word


def _read_clock(kind: Kind, text: str) -> int:
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        found = _("{value} is not a clock time.").format(value=shown(text))
        advice = _("Write hours and minutes, such as 07:15, or 25:10 for 01:10 the next day.")
        raise UnreadableError(found, kind.allowed, advice, "DO-S037")
    if int(match[3] or 0) != 0:
        found = _("{value} has seconds.").format(value=shown(text))
        advice = _("Round it to a whole minute.")
        raise UnreadableError(found, kind.allowed, advice, "DO-S037")
    minutes = int(match[1]) * MIN_PER_H + int(match[2])
    if minutes > MAX_CLOCK_MIN:
        found = _("{value} is later than 72:00.").format(value=shown(text))
        advice = _("Count the time from 00:00 of the day on which the run starts.")
        raise UnreadableError(found, kind.allowed, advice, "DO-S037")
    return minutes


def _read_date(kind: Kind, text: str) -> date:
    word = text.strip()
    try:
        if _DATE.fullmatch(word):
            return date.fromisoformat(word)
    except ValueError:
        pass
    found = _("{value} is not a date.").format(value=shown(text))
    advice = _("Write year, month and day, such as 2026-10-05.")
    raise UnreadableError(found, kind.allowed, advice, "DO-S039")


def _read_days(kind: Kind, text: str) -> tuple[Day, ...]:
    """Return days Monday first, from words and ranges in English or Swedish."""
    days: list[Day] = []
    for word in re.split(r"[\s,;]+", text.strip()):
        days.extend(_days_of(kind, word))
    if len(set(days)) < len(days):
        twice = next(day for day in DAYS if days.count(day) > 1)
        found = _("{value} names {day} twice.").format(value=shown(text), day=twice)
        raise UnreadableError(found, kind.allowed, _("Name each day once."), "DO-S038")
    return tuple(day for day in DAYS if day in days)


def _days_of(kind: Kind, word: str) -> Iterator[Day]:
    """Yield the days of one word, such as `mon`, `må` or `fri-mon`."""
    ends = [DAY_OF_WORD.get(end) for end in str(one_line(word)).casefold().split("-", 1)]
    first, last = ends[0], ends[-1]
    if first is None or last is None:
        advice = did_you_mean(word, DAY_OF_WORD, _("Use mon tue wed thu fri sat sun."))
        found = _("{value} is not a day of the week.").format(value=shown(word))
        raise UnreadableError(found, kind.allowed, advice, "DO-S038")
    day_idx = DAYS.index(first)
    while True:
        yield DAYS[day_idx]
        if DAYS[day_idx] == last:
            return
        day_idx = (day_idx + 1) % len(DAYS)


def _read_ids(kind: Kind, text: str) -> tuple[str, ...]:
    return tuple(sorted({_read_id(kind, word) for word in text.split()}))


_READERS: Final[Mapping[Shape, Callable[[Kind, str], object]]] = MappingProxyType(
    {
        "number": _read_number,
        "whole": _read_whole,
        "text": _read_text,
        "id": _read_id,
        "flag": _read_flag,
        "choice": _read_choice,
        "clock": _read_clock,
        "date": _read_date,
        "days": _read_days,
        "ids": _read_ids,
    }
)
