"""Collect every fault of a scenario with its place, and say what each code means."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from deliveryopt.errors import Fault, ScenarioError
from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_

SCENARIO_FILE: Final = "scenario.yaml"
MAX_PER_CODE: Final = 1_000
_FILE_ORDER: Final = (
    "",
    SCENARIO_FILE,
    "villages.csv",
    "pickup_points.csv",
    "depots.csv",
    "stops.csv",
    "runs.csv",
    "stop_times.csv",
    "parcels.csv",
    "homes.csv",
    "distances.csv",
)

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "DO-S001": "A file or folder is missing.",
        "DO-S002": "A folder stands where a file should be, or a file where the folder should be.",
        "DO-S003": "Something other than a file (a pipe, a device) stands where a file should be.",
        "DO-S004": "A file is too large.",
        "DO-S005": "A link leads out of the scenario's folder.",
        "DO-S006": "A file cannot be opened.",
        "DO-S007": "A file is not in the encoding that was named.",
        "DO-S008": "A NUL byte stands in a file.",
        "DO-S009": "A file is empty.",
        "DO-S010": "The file holds only comments.",
        "DO-S011": "The file holds an empty mapping.",
        "DO-S012": "The text cannot be read as YAML.",
        "DO-S013": "An alias stands in the YAML file.",
        "DO-S014": "A tag stands in the YAML file.",
        "DO-S015": "The YAML file is nested too deeply.",
        "DO-S016": "The YAML file holds too many values.",
        "DO-S017": "The YAML file holds several documents.",
        "DO-S018": "A list, mapping or value stands where another of them is needed.",
        "DO-S019": "A file is named almost like an optional table.",
        "DO-S020": "A key is not known.",
        "DO-S021": "A key stands twice.",
        "DO-S022": "A key or cell that is needed is missing.",
        "DO-S023": "A value has another type than the field.",
        "DO-S030": "A value is not a number.",
        "DO-S031": "A number has a decimal comma.",
        "DO-S032": "A number is not whole.",
        "DO-S033": "A number is outside its limits.",
        "DO-S034": "A number is not finite.",
        "DO-S035": "A value is not one of those that are allowed.",
        "DO-S036": "A value is neither yes nor no.",
        "DO-S037": "A value is not a clock time.",
        "DO-S038": "A value is not a day of the week, or a day stands twice.",
        "DO-S039": "A value is not a date.",
        "DO-S040": "A text is too short or too long.",
        "DO-S041": "An id holds characters that it may not hold.",
        "DO-S042": "A personal number, or a column for one, stands in a file.",
        "DO-S043": "A value's low and high do not fit it.",
        "DO-S044": "A column of homes.csv looks like one for names or addresses.",
        "DO-S049": "A value is not allowed for another reason.",
        "DO-S050": "A column that is needed is missing.",
        "DO-S051": "A column is not known.",
        "DO-S052": "A column stands twice.",
        "DO-S053": "A row has too many or too few cells.",
        "DO-S054": "A table cannot be read as CSV.",
        "DO-S055": "A table has too many rows.",
        "DO-S056": "Latitude and longitude look swapped.",
        "DO-S057": "Coordinates lie in the sea at 0, 0.",
        "DO-S060": "An id or a pair stands twice.",
        "DO-S061": "Two ids differ only in case, spaces or Unicode form.",
        "DO-S062": "A reference names something that does not exist.",
        "DO-S070": "The week does not start on a Monday.",
        "DO-S071": "The goal lacks the number it needs.",
        "DO-S072": "Shares do not add up to 1.",
        "DO-S073": "A share or parcels are given for a day that is no operating day.",
        "DO-S074": "Some but not all of a village's shares are given.",
        "DO-S075": "More days are asked for than there are operating days.",
        "DO-S076": "An agent has something that only sites have.",
        "DO-S077": "A site that must open cannot hold a box.",
        "DO-S078": "More sites must open than boxes are allowed.",
        "DO-S080": "A run stops at fewer than two places.",
        "DO-S081": "A stop sequence stands twice in a run.",
        "DO-S082": "Times of a run go backwards.",
        "DO-S083": "A distance leads from a place to itself.",
        "DO-S084": "A home stands neither at one place nor at its own coordinates.",
        "DO-S085": "A time window or a shift ends before it has begun.",
        "DO-S086": "A home order has no day that is an operating day.",
        "DO-S087": "A home order has no origin, and there is no shop.",
        "DO-S088": "A distance names a home that stands at a place.",
        "DO-S090": "Too many faults of one kind to show them all.",
        "DO-S095": "A scenario could not be written.",
    }
)
"""What each code of the loader and saver means."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a scenario's files, as the user would look it up."""

    file: str
    """File name; empty for the folder as a whole."""
    row: int = 0
    """Row of a table, the header being row 1; 0 if none."""
    line: int = 0
    """Line of the YAML file, from 1; 0 if none."""
    column: int = 0
    """Column of the YAML file, from 1; 0 if none."""
    label: str = ""
    """What the row describes, for example `run 'linje_1'`."""
    field: str = ""
    """Column or dotted name."""

    def at(self, name: str) -> "Spot":
        """Return the same place with a field."""
        return replace(self, field=name)

    def __str__(self) -> str:
        """Return the place in words."""
        parts = [self.file] if self.file else []
        if self.row:
            parts.append(_("row {row}").format(row=self.row))
        if self.line:
            place = _("line {line}, column {column}")
            parts.append(place.format(line=self.line, column=self.column))
        if self.label:
            parts.append(self.label)
        if self.field:
            parts.append(_("field {field}").format(field=self.field))
        return ", ".join(parts)


class UnreadableError(ValueError):
    """A text cannot be read as what its field needs; in the words of a fault."""

    def __init__(self, found: str, allowed: str, advice: str, code: str) -> None:
        self.found = found
        self.allowed = allowed
        self.advice = advice
        self.code = code
        super().__init__(found)


PERSONAL_NUMBER: Final = (
    N_("it holds a personal number (not shown here)."),
    N_("Allowed: no personal data at all."),
    N_("Remove the number; use a name or an id that says nothing about a person."),
    "DO-S042",
)
"""The words of the fault for a personal number, which is never shown; see `translated`."""


def translated(words: tuple[str, str, str, str]) -> tuple[str, str, str, str]:
    """Return the words of a fault in the language in force; the code stays as it is."""
    found, allowed, advice, code = words
    return _(found), _(allowed), _(advice), code


@dataclass(slots=True, eq=False)
class FaultLog:
    """The faults found so far."""

    _faults: dict[Fault, tuple[int, int, int]] = field(default_factory=dict)
    _num_by_code: Counter[str] = field(default_factory=Counter)

    def add(self, spot: Spot, found: str, allowed: str, advice: str, code: str) -> None:
        """Add a fault; of each code only the first thousand are kept."""
        if self._num_by_code[code] >= MAX_PER_CODE:
            self._num_by_code[code] += 1
            return
        fault = Fault(where=str(spot), found=found, allowed=allowed, advice=advice, code=code)
        if fault in self._faults:
            return
        self._num_by_code[code] += 1
        file_idx = _FILE_ORDER.index(spot.file) if spot.file in _FILE_ORDER else 0
        self._faults[fault] = (file_idx, spot.row or spot.line, spot.column)

    def add_error(self, spot: Spot, error: UnreadableError) -> None:
        """Add what could not be read."""
        self.add(spot, error.found, error.allowed, error.advice, error.code)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been found."""
        return not self._faults

    def faults(self) -> tuple[Fault, ...]:
        """Return the faults by file, row and column, and a last word on those left out."""
        ordered = sorted(self._faults, key=lambda fault: (*self._faults[fault], fault))
        for code, num in sorted(self._num_by_code.items()):
            if num > MAX_PER_CODE:
                found = _("{num} more faults with the code {code} are not shown.")
                found = found.format(num=num - MAX_PER_CODE, code=code)
                advice = _("Correct those above first; they often have one cause.")
                ordered.append(Fault(_("scenario"), found, "", advice, "DO-S090"))
        return tuple(ordered)

    def raise_if_any(self) -> None:
        """Raise every fault as one error.

        Raises
        ------
        ScenarioError
            If anything has been found.
        """
        if not self.is_empty:
            raise ScenarioError(self.faults())
