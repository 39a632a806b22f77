"""Write a scenario as a folder that loads as the same scenario, or write nothing at all."""

import csv
import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from pydantic import BaseModel

from deliveryopt.errors import Fault, OutputError
from deliveryopt.language import gettext as _
from deliveryopt.scenario.entries import COLUMN_OF_FIELD
from deliveryopt.scenario.faults import SCENARIO_FILE
from deliveryopt.scenario.fields import CLOCK_FIELDS, UNREACHABLE, kinds_of
from deliveryopt.scenario.files import reason_of
from deliveryopt.scenario.json_schema import SCHEMA_FILE, scenario_json_schema
from deliveryopt.scenario.load import in_order, load_scenario
from deliveryopt.scenario.save_yaml import is_whole, yaml_of
from deliveryopt.scenario.schema import Depot, PickupPoint, Scenario
from deliveryopt.scenario.tables import TABLES, Table
from deliveryopt.scenario.text import shown
from deliveryopt.units import DAYS, clock

_TO_GUARD: Final = re.compile("[=+\\-@]|'[=+\\-@']")
_READY: Final = tuple(f"ready_{day}" for day in DAYS)
Row = Mapping[str, str]


def save_scenario(scenario: Scenario, folder: Path, *, force: bool = False) -> None:
    """Write a scenario's folder: `scenario.yaml`, its tables and the schema for editors.

    Everything is written beside the old files, read back and compared; only then do the new
    files take their places, one by one.

    Parameters
    ----------
    scenario
        What to write; the order of its tuples is not kept.
    folder
        Where to; made if it is not there.
    force
        Whether files that are there already may be replaced.

    Raises
    ------
    OutputError
        If a file is there already, or something cannot be written.
    ScenarioError
        If the scenario could not be loaded again; it carries every fault.
    """
    texts = _texts_of(scenario)
    for table in TABLES.values():
        if table.file not in texts and os.path.lexists(folder / table.file):
            texts[table.file] = _csv_text(_required_columns(table), ())
    if not force:
        _refuse_existing(folder, texts)
    is_new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".deliveryopt-") as name:
            _write_and_check(scenario, texts, Path(name))
            for file in texts:
                (Path(name) / file).replace(folder / file)
        _sync_folder(folder)
        is_new = False
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        reason = reason_of(error) if error.strerror else _("unknown reason")
        found = _("it could not be written ({reason}).").format(reason=reason)
        advice = _("Free some space, close the files elsewhere, or choose another folder.")
        raise _output_error(folder, found, advice) from error
    finally:
        if is_new:
            shutil.rmtree(folder, ignore_errors=True)


def _output_error(path: Path, found: str, advice: str) -> OutputError:
    allowed = _("Allowed: a folder that you may write to.")
    return OutputError(str(Fault(str(path), found, allowed, advice, "DO-S095")))


def _refuse_existing(folder: Path, files: Iterable[str]) -> None:
    existing = [file for file in files if os.path.lexists(folder / file)]
    if existing:
        found = _("these files are there already: {files}.").format(files=", ".join(existing))
        advice = _("Choose another folder, or add --force to replace them.")
        raise _output_error(folder, found, advice)


def _write_and_check(scenario: Scenario, texts: Mapping[str, str], folder: Path) -> None:
    """Write files for good and make sure that they say what the scenario says."""
    for file, text in texts.items():
        with (folder / file).open("w", encoding="utf-8", newline="") as output:
            output.write(text)
            output.flush()
            os.fsync(output.fileno())
    loaded, ordered = load_scenario(folder), in_order(scenario)
    for name in Scenario.model_fields:
        if getattr(loaded, name) != getattr(ordered, name):
            found = _("{field} of scenario {scenario} would not be read back as it is.").format(
                field=name, scenario=shown(scenario.name)
            )
            advice = _("Look for provenance that names no number, and for parcels given twice.")
            raise _output_error(folder, found, advice)


def _sync_folder(folder: Path) -> None:
    """Make the new names last; systems that cannot do that are left in peace."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _texts_of(scenario: Scenario) -> dict[str, str]:
    """Return the text of each file by name."""
    ordered = in_order(scenario)
    schema = json.dumps(scenario_json_schema(), ensure_ascii=False, separators=(",", ":"))
    texts = {SCENARIO_FILE: yaml_of(ordered), SCHEMA_FILE: f"{schema}\n"}
    for name, table in TABLES.items():
        models: tuple[BaseModel, ...] = () if name == "stop_times" else getattr(ordered, name)
        if name == "stop_times":
            rows = [
                {"run_id": _guarded(run.id), **_cells(stop)}
                for run in ordered.runs
                for stop in run.stop_times
            ]
        else:
            rows = [_cells(model) for model in models]
        if rows or table.is_needed:
            used = {column for row in rows for column in row}
            columns = [
                column for column in table.columns if column in used | set(_required_columns(table))
            ]
            texts[table.file] = _csv_text(_with_run_first(columns), rows)
    return texts


def _with_run_first(columns: list[str]) -> list[str]:
    return sorted(columns, key=lambda column: column != "run_id")


def _required_columns(table: Table) -> list[str]:
    kinds = kinds_of(table.model)
    columns = [column for column, name in table.columns.items() if kinds[name].is_needed]
    return _with_run_first(columns)


def _csv_text(columns: list[str], rows: Iterable[Row]) -> str:
    """Return a table with headings; cells that a row does not name are empty."""
    output = io.StringIO(newline="")
    writer = csv.DictWriter(output, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return output.getvalue()


def _cells(model: BaseModel) -> dict[str, str]:
    """Return a model's cells by column; what is at its default is left out where that is safe."""
    if isinstance(model, Depot):
        return _depot_cells(model)
    cells = {}
    for name, info in type(model).model_fields.items():
        value: object = getattr(model, name)
        if name == "stop_times" or (not info.is_required() and value == info.default):
            continue
        cells[COLUMN_OF_FIELD.get(name, name)] = _cell(name, value)
    if isinstance(model, PickupPoint) and model.kind == "site":
        cells.setdefault("max_boxes", str(model.max_boxes))
    return cells


def _depot_cells(depot: Depot) -> dict[str, str]:
    """Return a depot's cells; a time that is the same on every day stands once."""
    cells = {
        COLUMN_OF_FIELD.get(name, name): _cell(name, getattr(depot, name))
        for name in Depot.model_fields
        if name != "kind" or depot.kind != Depot.model_fields["kind"].default
    }
    times = {cells[name] for name in _READY}
    if len(times) == 1:
        for name in _READY:
            del cells[name]
        cells["parcels_ready"] = times.pop()
    return cells


def _cell(name: str, value: object) -> str:
    """Return a value as a cell that is read back as the same value."""
    if value is None:
        return UNREACHABLE if name == "km" else ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in CLOCK_FIELDS and isinstance(value, int):
        return clock(value)
    if isinstance(value, int | float):
        return repr(int(value) if is_whole(value) else value)
    text = " ".join(str(part) for part in value) if isinstance(value, tuple) else str(value)
    return _guarded(text)


def _guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; `load` takes the guard away.

    Examples
    --------
    >>> _guarded("=1+1"), _guarded("'s Hertog"), _guarded("'-x")
    ("'=1+1", "'s Hertog", "''-x")
    """
    return f"'{text}" if _TO_GUARD.match(text) else text
