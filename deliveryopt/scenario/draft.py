"""A scenario as it was read, before it is known to be right."""

from dataclasses import dataclass

from deliveryopt.scenario.entries import Entry
from deliveryopt.scenario.text import identifier
from deliveryopt.scenario.yaml_values import Document

PLACE_TABLES = ("villages", "pickup_points", "depots", "stops")
"""Tables whose ids share one name space."""


@dataclass(slots=True, eq=False)
class Draft:
    """What the files say, as far as they could be read."""

    document: Document | None
    """What `scenario.yaml` says; None if it could not be read."""
    tables: dict[str, list[Entry] | None]
    """Rows by the scenario's field; None if a table could not be read."""

    def rows(self, table: str) -> list[Entry]:
        """Return the rows of a table; none if it could not be read."""
        return self.tables[table] or []

    def known_ids(self, *tables: str) -> set[str] | None:
        """Return the ids of some tables, or None if one of them could not be read."""
        if any(self.tables[table] is None for table in tables):
            return None
        return {id_of(row) for table in tables for row in self.rows(table)} - {""}

    def box_types(self) -> list[Entry] | None:
        """Return the box types, or None if they could not be read."""
        if self.document is None or "box_types" in self.document.faulty_lists:
            return None
        return self.document.box_types

    def vans(self) -> list[Entry]:
        """Return the vans; none if they could not be read."""
        return [] if self.document is None else self.document.vans

    def days(self) -> tuple[str, ...]:
        """Return the operating days; none if they could not be read."""
        return () if self.document is None else self.document.head.texts("days")


def id_of(entry: Entry) -> str:
    """Return an entry's id, also where it is at fault."""
    value = entry.values.get("id")
    if isinstance(value, str):
        return value
    try:
        return str(identifier(entry.raw_id))
    except ValueError:
        return entry.raw_id
