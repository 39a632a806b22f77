"""What differs between two scenarios: single fields by their dotted name, tables by their rows.

Names, sources and other words that no plan follows from are passed over, but not in tables.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel

from deliveryopt.scenario.entries import KEY_OF_FIELD
from deliveryopt.scenario.schema import Scenario

Value = str | float | bool | None
"""A number, a word, yes or no, a list in words; None where nothing is given."""

_SINGLE: Final = ("week_start", "days")
_SECTIONS: Final = ("goal", "rules", "rates", "home_delivery")
_NAMED: Final = ("box_types", "vans")
"""Tuples whose items are few: each field of an item is told by itself."""
_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "villages": ("id",),
    "pickup_points": ("id",),
    "depots": ("id",),
    "stops": ("id",),
    "runs": ("id",),
    "given_demand": ("village_id", "day", "size"),
    "distances": ("from_id", "to_id"),
    "homes": ("id",),
}
"""Tables, and the fields that name their rows."""


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field that has another value."""

    field: str
    """Dotted name, such as `rules.reach_km` or `box_types.small.sek_per_year`."""
    before: Value
    """Its value in the first scenario."""
    after: Value
    """Its value in the second one."""


@dataclass(frozen=True, slots=True)
class TableDifference:
    """One table whose rows differ; rows are named by their ids, joined by a space."""

    table: str
    """Name of the table: that of the scenario's field."""
    added: tuple[str, ...]
    """Rows that only the second scenario has."""
    removed: tuple[str, ...]
    """Rows that only the first one has."""
    changed: tuple[str, ...]
    """Rows that both have, with other values."""
    fields: tuple[str, ...]
    """Fields in which these rows differ."""


@dataclass(frozen=True, slots=True)
class ScenarioDifferences:
    """Everything that differs between two scenarios."""

    fields: tuple[FieldDifference, ...] = ()
    """Sorted by name."""
    tables: tuple[TableDifference, ...] = ()
    """In the order of the scenario."""

    @property
    def are_none(self) -> bool:
        """Return whether a plan of one scenario faces the very same questions in the other."""
        return not self.fields and not self.tables

    def touches(self, *starts: str) -> bool:
        """Return whether a field starts with one of these names, or a table has one of them.

        Examples
        --------
        >>> one = FieldDifference("rates.car_sek_per_km", 2.5, 3.0)
        >>> ScenarioDifferences((one,)).touches("rates.", "villages")
        True
        """
        named = any(one.field.startswith(starts) for one in self.fields)
        return named or any(one.table in starts for one in self.tables)


def scenario_differences(first: Scenario, second: Scenario) -> ScenarioDifferences:
    """Return what differs between two scenarios.

    Parameters
    ----------
    first, second
        Any two scenarios.
    """
    before, after = dict(_leaves(first)), dict(_leaves(second))
    shared = [name for name in before if name in after]
    fields = [
        FieldDifference(name, before[name], after[name])
        for name in sorted(shared)
        if before[name] != after[name]
    ]
    tables = [_table(name, first, second) for name in (*_NAMED, *_KEYS)]
    return ScenarioDifferences(tuple(fields), tuple(table for table in tables if table))


def _leaves(scenario: Scenario) -> Iterator[tuple[str, Value]]:
    """Yield the fields that are told by themselves, by dotted name."""
    for name in _SINGLE:
        yield name, _plain(getattr(scenario, name))
    for name in _SECTIONS:
        yield from _of_model(f"{name}.", getattr(scenario, name))
    for kind in type(scenario.run_kinds).model_fields:
        yield from _of_model(f"run_kinds.{kind}.", getattr(scenario.run_kinds, kind))
    for name in _NAMED:
        for item in getattr(scenario, name):
            yield from _of_model(f"{name}.{item.id}.", item)


def _of_model(prefix: str, model: BaseModel) -> Iterator[tuple[str, Value]]:
    """Yield the fields of a model, named as in `scenario.yaml`."""
    for name in type(model).model_fields:
        if name not in {"id", "name"}:
            yield prefix + KEY_OF_FIELD.get(name, name), _plain(getattr(model, name))


def _plain(value: object) -> Value:
    """Return a value as a number or a word."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, tuple):
        return ", ".join(_word(item) for item in value)
    return str(value)


def _word(item: object) -> str:
    """Return one item of a list as a word."""
    if isinstance(item, BaseModel):
        return " ".join(str(getattr(item, name)) for name in type(item).model_fields)
    return str(item)


def _table(name: str, first: Scenario, second: Scenario) -> TableDifference | None:
    """Return what differs in one table; None if nothing does."""
    keys = _KEYS.get(name, ("id",))
    before, after = _rows(getattr(first, name), keys), _rows(getattr(second, name), keys)
    both = [key for key in before if key in after]
    changed = [] if name in _NAMED else [key for key in both if before[key] != after[key]]
    fields = {
        field
        for key in changed
        for field in type(before[key]).model_fields
        if getattr(before[key], field) != getattr(after[key], field)
    }
    found = TableDifference(
        name,
        added=tuple(sorted(key for key in after if key not in before)),
        removed=tuple(sorted(key for key in before if key not in after)),
        changed=tuple(sorted(changed)),
        fields=tuple(sorted(fields)),
    )
    return found if found.added or found.removed or found.changed else None


def _rows(rows: tuple[BaseModel, ...], keys: tuple[str, ...]) -> dict[str, BaseModel]:
    """Return the rows of a table by what names them."""
    return {" ".join(str(getattr(row, key)) for key in keys): row for row in rows}
