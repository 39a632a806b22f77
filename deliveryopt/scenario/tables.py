"""Read the CSV tables of a scenario as entries, one a row, with the place of every cell."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pydantic import BaseModel

from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_
from deliveryopt.scenario.entries import COLUMN_OF_FIELD, Entry, check_entry
from deliveryopt.scenario.faults import (
    PERSONAL_NUMBER,
    FaultLog,
    Spot,
    UnreadableError,
    translated,
)
from deliveryopt.scenario.field_types import Clock, Identifier
from deliveryopt.scenario.fields import UNREACHABLE, Kind, kinds_of, read_value
from deliveryopt.scenario.home_delivery import HomeOrder
from deliveryopt.scenario.private import (
    NAMING_COLUMN,
    is_hidden,
    is_naming_column,
    is_personal,
    is_personal_column,
    without_value,
)
from deliveryopt.scenario.schema import (
    Depot,
    Distance,
    GivenDemand,
    PickupPoint,
    Run,
    Stop,
    StopTime,
    Village,
)
from deliveryopt.scenario.text import did_you_mean, is_personal_number, shown
from deliveryopt.units import DAYS

MAX_ROWS: Final = 300_000
_DELIMITERS: Final = (",", ";", "\t")
_QUOTED: Final = re.compile('"[^"]*"')
_GUARDED: Final = re.compile("'[=+\\-@']")
"""A cell that starts so has an apostrophe in front, so that no spreadsheet runs it."""


class DepotRow(Depot):
    """A row of `depots.csv`."""

    parcels_ready: Clock | None = None
    """Time when parcels are ready on every day that has no time of its own."""


class RunRow(Run):
    """A row of `runs.csv`; its stops stand in another table."""

    stop_times: tuple[StopTime, ...] = ()
    """Not in this table."""


class StopTimeRow(StopTime):
    """A row of `stop_times.csv`."""

    run_id: Identifier
    """Run."""


@dataclass(frozen=True, slots=True)
class Table:
    """What one CSV file holds."""

    file: str
    """File name."""
    model: type[BaseModel]
    """What a row describes."""
    label: str
    """What a row is called in a message, with the fields that tell which row it is."""
    is_needed: bool
    """Whether the file must exist."""
    key: tuple[str, ...] = ("id",)
    """Fields that tell which row it is."""

    @property
    def columns(self) -> Mapping[str, str]:
        """Return the fields by column, in the model's order."""
        kinds = kinds_of(self.model)
        return {COLUMN_OF_FIELD.get(name, name): name for name in kinds}


TABLES: Final[Mapping[str, Table]] = MappingProxyType(
    {
        "villages": Table("villages.csv", Village, N_("village {id}"), is_needed=True),
        "pickup_points": Table(
            "pickup_points.csv", PickupPoint, N_("pickup point {id}"), is_needed=True
        ),
        "depots": Table("depots.csv", DepotRow, N_("depot {id}"), is_needed=True),
        "stops": Table("stops.csv", Stop, N_("stop {id}"), is_needed=False),
        "runs": Table("runs.csv", RunRow, N_("run {id}"), is_needed=True),
        "stop_times": Table(
            "stop_times.csv", StopTimeRow, N_("run {run_id}"), is_needed=True, key=("run_id",)
        ),
        "given_demand": Table(
            "parcels.csv",
            GivenDemand,
            N_("village {village_id}"),
            is_needed=False,
            key=("village_id",),
        ),
        "homes": Table("homes.csv", HomeOrder, N_("home order {id}"), is_needed=False),
        "distances": Table(
            "distances.csv",
            Distance,
            N_("pair {from_id} to {to_id}"),
            is_needed=False,
            key=("from_id", "to_id"),
        ),
    }
)
"""The tables by the scenario's field."""


def read_table(table: Table, text: str, log: FaultLog) -> list[Entry] | None:
    """Return one entry for each row that is not empty, or None if not all rows can be read.

    Parameters
    ----------
    table
        What the file holds.
    text
        The whole file.
    log
        Takes every fault.
    """
    rows = _rows(table, text, log)
    header = next(rows, (0, []))[1]
    if header is None:
        return None
    if not header:
        found = _("the file is empty; not even a heading row.")
        allowed = _("Columns: {columns}.").format(columns=", ".join(table.columns))
        advice = _("Write the heading row; no rows below it are needed.")
        log.add(Spot(table.file), found, allowed, advice, "DO-S009")
        return None
    fields = _check_header(table, header, log)
    if fields is None:
        return None
    entries: list[Entry] = []
    for row, cells in rows:
        if cells is None:
            return None
        if len(entries) == MAX_ROWS:
            found = _("the table has more than {num} rows.").format(num=MAX_ROWS)
            allowed = _("Allowed: at most {num} rows.").format(num=MAX_ROWS)
            advice = _("Cut it down to the area and the week that you plan for.")
            log.add(Spot(table.file, row=row), found, allowed, advice, "DO-S055")
            return None
        entries.append(_read_row(table, fields, row, cells, log))
    return entries


def _rows(table: Table, text: str, log: FaultLog) -> Iterator[tuple[int, list[str] | None]]:
    """Yield rows that are not empty with their numbers, as a spreadsheet counts them.

    A row that cannot be read is None, and the last one.
    """
    first_line = _QUOTED.sub("", text.lstrip().partition("\n")[0])
    delimiter = max(_DELIMITERS, key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, start=1):
            if any(cell and not cell.isspace() for cell in cells):
                yield row, cells
    except csv.Error as error:
        found = _("it cannot be read on from here, line {line} of the file.")
        found = found.format(line=reader.line_num)
        if "field larger" in str(error):
            found = _("a cell holds more than {num} characters.")
            found = found.format(num=csv.field_size_limit())
        allowed = _('Allowed: cells with , or ; between them; quotes in pairs, doubled inside: "".')
        advice = _("Look for a quote that is opened and not closed, or a quote inside a cell.")
        log.add(Spot(table.file, row=row + 1), found, allowed, advice, "DO-S054")
        yield row + 1, None


def _check_header(table: Table, cells: list[str], log: FaultLog) -> list[str | None] | None:
    """Return the field of each column, or None if a column that is needed is missing."""
    spot = Spot(table.file, row=1)
    names = [cell.strip().casefold() for cell in cells]
    known = table.columns
    allowed = _("Columns: {columns}.").format(columns=", ".join(known))
    missing = [
        column
        for column, name in known.items()
        if kinds_of(table.model)[name].is_needed and column not in names
    ]
    for position, name in enumerate(names):
        if is_personal_column(name):
            where = spot.at(shown(name) if not is_personal_number(name) else "")
            found = _("a column holds personal numbers.")
            advice = _("Remove the whole column.")
            log.add(where, found, _(PERSONAL_NUMBER[1]), advice, PERSONAL_NUMBER[3])
        elif name not in known and table.model is HomeOrder and is_naming_column(name):
            log.add(spot.at(shown(cells[position])), *translated(NAMING_COLUMN))
        elif name not in known:
            found = _("the column {column} is not known.").format(column=shown(cells[position]))
            if not name:
                found = _("column {number} has no name.").format(number=position + 1)
            advice = did_you_mean(name, missing or known, _("Remove the column."))
            log.add(spot, found, allowed, advice, "DO-S051")
        elif name in names[:position]:
            found = _("the column {column} stands twice.").format(column=shown(name))
            once = _("Allowed: each column once.")
            log.add(spot, found, once, _("Remove one of them."), "DO-S052")
    for column in missing:
        found = _("the column {column} is missing.").format(column=shown(column))
        log.add(spot, found, allowed, _("Add the column."), "DO-S050")
    return None if missing else [known.get(name) for name in names]


def _read_row(
    table: Table, fields: list[str | None], row: int, cells: list[str], log: FaultLog
) -> Entry:
    """Return the entry of a row."""
    raw = dict(zip(fields, cells, strict=False))
    parts = {name: str(raw.get(name, "")) for name in table.key}
    label = _(table.label).format_map({name: shown(part) for name, part in parts.items()})
    if is_personal(table.model, label):
        label = ""
    entry = Entry(table.model, Spot(table.file, row=row, label=label))
    if len(cells) != len(fields):
        found = _("the row has {cells} cells, and the heading {columns}.")
        found = found.format(cells=len(cells), columns=len(fields))
        advice = _("Put texts that hold the separator in double quotes; fill up missing cells.")
        allowed = _("Allowed: {num} cells.").format(num=len(fields))
        log.add(entry.spot, found, allowed, advice, "DO-S053")
        entry.faulty.update(table.model.model_fields)
        entry.raw_id = parts[table.key[0]] if label else ""
        return entry
    kinds = kinds_of(table.model)
    for name, cell in raw.items():
        if name is not None:
            _read_cell(entry, name, kinds[name], cell, log)
    entry.raw_id = str(raw.get("id", "")) if label else ""
    _finish(entry)
    check_entry(entry, log)
    return entry


def _read_cell(entry: Entry, name: str, kind: Kind, cell: str, log: FaultLog) -> None:
    """Put the value of a cell into an entry; nothing if the cell is empty."""
    text = cell[1:] if _GUARDED.match(cell) else cell
    if not text or text.isspace():
        if kind.shape == "text" and kind.is_needed:
            entry.values[name] = ""
        return
    if kind.is_nullable and kind.is_needed and text.strip().casefold() == UNREACHABLE:
        entry.values[name] = None
        return
    is_word = kind.shape in {"id", "text", "choice"}
    if is_personal_number(text) or (is_word and is_personal(entry.model, text)):
        entry.add_fault(name, log, words=translated(PERSONAL_NUMBER))
        return
    try:
        entry.values[name] = read_value(kind, text)
    except UnreadableError as error:
        entry.faulty.add(name)
        if is_hidden(entry.model, name):
            error = without_value(error, text)
        log.add_error(entry.at(name), error)


def _finish(entry: Entry) -> None:
    """Fill in what follows from other cells."""
    if entry.model is DepotRow:
        ready = entry.values.get("parcels_ready")
        if ready is not None:
            for day in DAYS:
                entry.values.setdefault(f"ready_{day}", ready)
    elif entry.model is RunRow:
        entry.values["stop_times"] = ()
