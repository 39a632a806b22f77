"""One row or section as it was read, and the model made of it with faults in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from pydantic import BaseModel, ValidationError

from deliveryopt.language import gettext as _
from deliveryopt.scenario.faults import FaultLog, Spot
from deliveryopt.scenario.fields import kinds_of
from deliveryopt.scenario.private import HIDDEN, is_hidden
from deliveryopt.scenario.text import shown

COLUMN_OF_FIELD: Final[Mapping[str, str]] = MappingProxyType(
    {
        "lat_deg": "lat",
        "lon_deg": "lon",
        "from_id": "from",
        "to_id": "to",
        "arrival_min": "arrival_time",
        "departure_min": "departure_time",
        "earliest_min": "earliest",
        "latest_min": "latest",
    }
)
"""Columns that are not named as their field."""
KEY_OF_FIELD: Final[Mapping[str, str]] = MappingProxyType(
    {"shift_start_min": "shift_start", "shift_end_min": "shift_end"}
)
"""Keys of `scenario.yaml` that are not named as their field."""
MIN_SWEREF_NORTH_M: Final = 6_000_000
_OUTSIDE: Final = frozenset(
    {"greater_than", "greater_than_equal", "less_than", "less_than_equal", "int_parsing_size"}
)


@dataclass(slots=True, eq=False)
class Entry:
    """What one table row or one YAML section says, whether or not all of it could be read."""

    model: type[BaseModel]
    """What it describes."""
    spot: Spot
    """Where it stands."""
    values: dict[str, object] = field(default_factory=dict)
    """What could be read, by field."""
    faulty: set[str] = field(default_factory=set)
    """Fields that are at fault."""
    spots: dict[str, Spot] = field(default_factory=dict)
    """Where fields stand, if not simply in the row."""
    raw_id: str = ""
    """The id as it was written."""

    def at(self, name: str) -> Spot:
        """Return where a field stands."""
        return self.spots.get(name) or self.spot.at(COLUMN_OF_FIELD.get(name, name))

    def get(self, name: str) -> object:
        """Return a field's value or default; None if it is at fault, missing or not given."""
        if name in self.faulty:
            return None
        if name in self.values:
            return self.values[name]
        default: object = self.model.model_fields[name].get_default(call_default_factory=True)
        return None if self.model.model_fields[name].is_required() else default

    def text(self, name: str) -> str | None:
        """Return a field that is text."""
        value = self.get(name)
        return value if isinstance(value, str) else None

    def number(self, name: str) -> float | None:
        """Return a field that is a number."""
        value = self.get(name)
        return value if isinstance(value, int | float) else None

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a field that is several texts; empty if it is none or at fault."""
        value = self.get(name)
        return value if isinstance(value, tuple) else ()

    def add_fault(self, name: str, log: FaultLog, *, words: tuple[str, str, str, str]) -> None:
        """Add a fault of a field: what was found, what is allowed, what to do, the code."""
        self.faulty.add(name)
        log.add(self.at(name), *words)


def check_entry(entry: Entry, log: FaultLog) -> None:
    """Check an entry against its model's limits; add each fault and mark its field."""
    try:
        entry.model.model_validate(entry.values)
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_context=False):
            name = str(problem["loc"][0]) if problem["loc"] else ""
            if name not in entry.faulty:
                _add_model_fault(entry, name, problem["type"], log)


def _add_model_fault(entry: Entry, name: str, problem: str, log: FaultLog) -> None:
    """Add a fault that the model found, in our own words."""
    kind = kinds_of(entry.model).get(name)
    allowed = "" if kind is None else kind.allowed
    value = shown(entry.values.get(name))
    if problem == "missing":
        words = _("nothing is given."), allowed, _("Add it; it is needed."), "DO-S022"
    elif problem in _OUTSIDE:
        number = entry.number(name) or 0.0
        value = _(HIDDEN) if is_hidden(entry.model, name) else f"{number:.17g}"
        found = _("{value} is outside the limits.").format(value=value)
        advice = _("Correct the number, and check its unit.")
        if name in {"lat_deg", "lon_deg"}:
            advice = _("Give WGS 84 degrees, such as 65.85 and 23.14.")
            if number > MIN_SWEREF_NORTH_M:
                advice = _("This looks like SWEREF 99 TM; convert it to WGS 84 degrees.")
        words = found, allowed, advice, "DO-S033"
    elif problem in {"string_too_long", "too_long"}:
        found = _("{value} is too long.").format(value=value)
        words = found, allowed, _("Shorten it."), "DO-S040"
    elif problem in {"string_too_short", "too_short"}:
        words = _("it is empty."), allowed, _("Fill it in."), "DO-S040"
    else:
        found = _("{value} is not allowed here.").format(value=value)
        words = found, allowed, _("Correct it."), "DO-S049"
    entry.add_fault(name, log, words=words)
