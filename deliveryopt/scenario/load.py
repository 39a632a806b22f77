"""Read a scenario's folder: a `Scenario`, or every fault in it at once."""

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pydantic import BaseModel

from deliveryopt.language import gettext as _
from deliveryopt.scenario.checks import check_draft
from deliveryopt.scenario.draft import PLACE_TABLES, Draft
from deliveryopt.scenario.entries import Entry
from deliveryopt.scenario.faults import SCENARIO_FILE, FaultLog, Spot
from deliveryopt.scenario.files import Folder, open_folder, read_text
from deliveryopt.scenario.schema import Run, Scenario, StopTime
from deliveryopt.scenario.tables import TABLES, read_table
from deliveryopt.scenario.terms import SIZES
from deliveryopt.scenario.text import nearest, shown
from deliveryopt.scenario.yaml_text import parse_yaml
from deliveryopt.scenario.yaml_values import Document, read_document
from deliveryopt.units import DAYS

_TABLE_ENDING: Final = ".csv"


def load_scenario(folder: Path | str, *, encoding: str = "utf-8") -> Scenario:
    """Read and check a scenario.

    Parameters
    ----------
    folder
        Folder that holds `scenario.yaml` and the tables, or the path of `scenario.yaml` itself.
    encoding
        Encoding of those files that are not valid UTF-8, for example `cp1252`.

    Returns
    -------
    Scenario
        Its tuples are sorted by id; the order of rows, line ends and a byte order mark make no
        difference.

    Raises
    ------
    ScenarioError
        If anything is at fault; it carries every fault of every file.
    UsageError
        If there is no such encoding.
    """
    log = FaultLog()
    place = open_folder(Path(folder), encoding=encoding, log=log)
    log.raise_if_any()
    if place is None:  # pragma: no cover - open_folder has said why
        raise AssertionError
    text = read_text(place, SCENARIO_FILE, is_needed=True, log=log)
    root = None if text is None else parse_yaml(text, log)
    document = None if root is None else read_document(root, log)
    tables: dict[str, list[Entry] | None] = {}
    for name, table in TABLES.items():
        text = read_text(place, table.file, is_needed=table.is_needed, log=log)
        if text is None:
            is_absent = not table.is_needed and not os.path.lexists(place.path / table.file)
            tables[name] = [] if is_absent else None
        else:
            tables[name] = read_table(table, text, log)
    _check_names(place, log)
    check_draft(Draft(document, tables), log)
    log.raise_if_any()
    if document is None:  # pragma: no cover - read_document has said why
        raise AssertionError
    return _assemble(document, {name: entries or [] for name, entries in tables.items()})


def _check_names(folder: Folder, log: FaultLog) -> None:
    """Find files that look like a misspelt optional table and would not be read."""
    optional = [table.file for table in TABLES.values() if not table.is_needed]
    absent = [file for file in optional if not os.path.lexists(folder.path / file)]
    known = {table.file for table in TABLES.values()}
    for name in folder.file_names():
        if name.endswith(_TABLE_ENDING) and name not in known:
            near = nearest(name.removesuffix(_TABLE_ENDING), [file[:-4] for file in absent])
            if near is not None:
                file = f"{near}{_TABLE_ENDING}"
                found = _("a table of this name is not read, and there is no {file}.")
                allowed = _("Optional tables: {files}.").format(files=", ".join(optional))
                advice = _("Rename it to {file}, or move it out of the folder.")
                found, advice = found.format(file=file), advice.format(file=file)
                log.add(Spot(shown(name)), found, allowed, advice, "DO-S019")


def _assemble(document: Document, tables: dict[str, list[Entry]]) -> Scenario:
    """Return the scenario of entries that are without fault."""
    values = dict(document.head.values)
    values["rules"] = document.rules.values | {
        "max_boxes_per_operator": _ordered(document.operator_limits, "operator")
    }
    values["goal"] = document.goal.values
    values["rates"] = document.rates.values
    values["run_kinds"] = {name: entry.values for name, entry in document.run_kinds.items()}
    values["box_types"] = _ordered(document.box_types, "id")
    values["vans"] = _ordered(document.vans, "id")
    values["home_delivery"] = document.home_delivery.values
    values["sources"] = tuple(entry.values for entry in document.sources)
    values["provenance"] = _ordered(document.provenance, "field")
    stops_of_run: dict[object, list[StopTime]] = {}
    for entry in tables["stop_times"]:
        fields = {name: entry.values[name] for name in StopTime.model_fields}
        stop = StopTime.model_validate(fields)
        stops_of_run.setdefault(entry.values["run_id"], []).append(stop)
    for name in (*PLACE_TABLES, "homes"):
        values[name] = _ordered(tables[name], "id")
    runs = []
    for entry in tables["runs"]:
        stops = stops_of_run[entry.values["id"]]
        ordered = tuple(sorted(stops, key=lambda stop: stop.stop_sequence))
        runs.append(Run.model_validate(entry.values | {"stop_times": ordered}))
    values["runs"] = tuple(sorted(runs, key=lambda run: run.id))
    given = tables["given_demand"]
    values["given_demand"] = tuple(sorted((entry.values for entry in given), key=_demand_order))
    values["distances"] = _ordered(tables["distances"], "from_id", "to_id")
    return Scenario.model_validate(values)


def _ordered(entries: Iterable[Entry], *names: str) -> tuple[dict[str, object], ...]:
    """Return the values of entries, sorted by some fields, without what only a table has."""
    ordered = sorted(entries, key=lambda entry: [str(entry.values[name]) for name in names])
    return tuple(
        {name: value for name, value in entry.values.items() if name != "parcels_ready"}
        for entry in ordered
    )


def _demand_order(values: dict[str, object]) -> tuple[str, int, int]:
    day, size = str(values["day"]), str(values["size"])
    return str(values["village_id"]), DAYS.index(day), SIZES.index(size)


def in_order(scenario: Scenario) -> Scenario:
    """Return a scenario with its tuples sorted as `load_scenario` sorts them."""
    by_id = (*PLACE_TABLES, "homes", "runs", "box_types")
    changes: dict[str, object] = {
        name: tuple(sorted(getattr(scenario, name), key=_id_of)) for name in by_id
    }
    changes["vans"] = tuple(
        van.model_copy(update={"origins": tuple(sorted(set(van.origins)))})
        for van in sorted(scenario.vans, key=_id_of)
    )
    rules = scenario.rules
    limits = tuple(sorted(rules.max_boxes_per_operator, key=lambda limit: limit.operator))
    unusable = tuple(sorted(set(rules.unusable_runs)))
    changes["rules"] = rules.model_copy(
        update={"max_boxes_per_operator": limits, "unusable_runs": unusable}
    )
    changes["provenance"] = tuple(sorted(scenario.provenance, key=lambda about: about.field))
    changes["given_demand"] = tuple(
        sorted(scenario.given_demand, key=lambda row: _demand_order(row.model_dump()))
    )
    changes["distances"] = tuple(
        sorted(scenario.distances, key=lambda row: (row.from_id, row.to_id))
    )
    return scenario.model_copy(update=changes)


def _id_of(model: BaseModel) -> str:
    return str(getattr(model, "id", ""))


def scenario_hash(scenario: Scenario) -> str:
    """Return the SHA-256 of a scenario's content, in hexadecimal digits.

    It does not depend on the order of rows, line ends or anything else that is not content.
    """
    content = json.dumps(
        _without_minus_zero(scenario.model_dump(mode="json")),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    )
    return hashlib.sha256(content.encode()).hexdigest()


def _without_minus_zero(value: object) -> object:
    """Return a JSON value in which -0.0, equal to 0.0 and written otherwise, is 0.0."""
    if isinstance(value, dict):
        return {key: _without_minus_zero(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_without_minus_zero(part) for part in value]
    return value + 0.0 if isinstance(value, float) else value
