"""The JSON Schema of `scenario.yaml`, so that editors check and complete while one types."""

from typing import Final

from pydantic import BaseModel

from deliveryopt.scenario.entries import KEY_OF_FIELD
from deliveryopt.scenario.fields import DAY_OF_WORD, Kind, kinds_of
from deliveryopt.scenario.home_delivery import HomeDelivery
from deliveryopt.scenario.rates import Rates
from deliveryopt.scenario.schema import (
    BoxType,
    Goal,
    OperatorLimit,
    Provenance,
    Rules,
    Scenario,
    Source,
)
from deliveryopt.scenario.terms import RunKinds, RunTerms
from deliveryopt.scenario.vans import Van
from deliveryopt.scenario.yaml_values import PROVENANCE_KEYS, TABLE_FIELDS
from deliveryopt.units import clock

SCHEMA_FILE: Final = "scenario.schema.json"
DIALECT: Final = "http://json-schema.org/draft-07/schema#"
Schema = dict[str, object]

_FLAG: Final = {"enum": [True, False, "true", "false", "yes", "no", "ja", "nej"]}
_WORD: Final = f"({'|'.join(DAY_OF_WORD)})"
_DAY: Final = f"{_WORD}(-{_WORD})?"
_CLOCK: Final = "(([01]?[0-9]|[2-6][0-9]|7[01]):[0-5][0-9]|72:00)(:00)?"
_NOTHING: Final = {"type": "null"}
_SCALAR: Final = ["string", "number", "boolean"]


def scenario_json_schema() -> Schema:
    """Return the JSON Schema (draft 7) of `scenario.yaml`.

    It takes what the loader takes, apart from what only several fields together show. Where a
    field has a default, `null` stands for "not given".
    """
    head = _properties(Scenario, leave_out=TABLE_FIELDS)
    rules = _object(Rules)
    _insert(rules, "max_boxes_per_operator", _list_of(_object(OperatorLimit)))
    run_kinds: Schema = {
        "type": "object",
        "description": "Terms of each kind of run.",
        "additionalProperties": False,
        "properties": {
            name: _or_nothing(_object(type(info.get_default()), text=info.description or ""))
            for name, info in RunKinds.model_fields.items()
        },
    }
    sections: Schema = {
        "rules": rules,
        "goal": _object(Goal),
        "rates": _or_nothing(_object(Rates)),
        "run_kinds": _or_nothing(run_kinds),
        "box_types": _or_nothing(_list_of(_object(BoxType))),
        "vans": _or_nothing(_list_of(_object(Van))),
        "home_delivery": _or_nothing(_object(HomeDelivery)),
        "sources": _or_nothing(_list_of(_object(Source))),
    }
    return {
        "$schema": DIALECT,
        "title": "deliveryopt scenario",
        "description": "What scenario.yaml may say; the tables stand in CSV files beside it.",
        "type": "object",
        "additionalProperties": False,
        "properties": head | sections,
        "definitions": _properties(Provenance, leave_out=frozenset({"field"})),
        "required": [*_needed(Scenario, leave_out=TABLE_FIELDS), "rules", "goal"],
    }


def _object(model: type[BaseModel], *, text: str = "") -> Schema:
    """Return the schema of a section."""
    return {
        "type": "object",
        "description": text or (model.__doc__ or "").strip(),
        "additionalProperties": False,
        "properties": _properties(model),
        "required": _needed(model),
    }


def _insert(section: Schema, name: str, schema: Schema) -> None:
    properties = section["properties"]
    if isinstance(properties, dict):
        properties[name] = _or_nothing(schema)


def _list_of(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _or_nothing(schema: Schema) -> Schema:
    return {"anyOf": [schema, dict(_NOTHING)]}


def _needed(model: type[BaseModel], *, leave_out: frozenset[str] = frozenset()) -> list[str]:
    kinds = kinds_of(model)
    return [name for name, kind in kinds.items() if kind.is_needed and name not in leave_out]


def _properties(model: type[BaseModel], *, leave_out: frozenset[str] = frozenset()) -> Schema:
    """Return the schema of each simple field."""
    properties: Schema = {}
    for name, kind in kinds_of(model).items():
        if name in leave_out:
            continue
        info = model.model_fields[name]
        schema = _value(kind)
        if kind.shape in {"number", "whole"} and model is not Provenance:
            schema = {"anyOf": [schema, _annotated(schema, kind)]}
        if not kind.is_needed:
            schema = _or_nothing(schema)
            default = info.get_default()
            if default is not None:
                schema["default"] = _default(kind, default)
        schema["description"] = info.description or _inherited(model, name)
        properties[KEY_OF_FIELD.get(name, name)] = schema
    return properties


def _default(kind: Kind, value: object) -> object:
    """Return a default as it would be written."""
    if kind.shape == "clock" and isinstance(value, int):
        return clock(value)
    return list(value) if isinstance(value, tuple) else value


def _inherited(model: type[BaseModel], name: str) -> str:
    """Return the words of a field that a kind of run only gives another default."""
    info = RunTerms.model_fields.get(name) if issubclass(model, RunTerms) else None
    return "" if info is None or info.description is None else info.description


def _annotated(value: Schema, kind: Kind) -> Schema:
    """Return the schema of a number that is written with its source and tag."""
    can_be_nothing = kind.is_nullable or not kind.is_needed
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            PROVENANCE_KEYS[0]: _or_nothing(value) if can_be_nothing else value,
            **{name: {"$ref": f"#/definitions/{name}"} for name in PROVENANCE_KEYS[1:]},
        },
        "required": [PROVENANCE_KEYS[0]],
    }


def _value(kind: Kind) -> Schema:
    """Return the schema of a plain value."""
    an_id: Schema = {"type": list(_SCALAR), "minLength": 1, "maxLength": 200}
    schemas: dict[str, Schema] = {
        "number": {"type": "number", **_limits(kind)},
        "whole": {"type": "number", "multipleOf": 1, **_limits(kind)},
        "text": {"type": list(_SCALAR), "maxLength": 10_000},
        "id": an_id,
        "flag": dict(_FLAG),
        "choice": {"enum": list(kind.choices)},
        "clock": {"type": "string", "pattern": f"^{_CLOCK}$"},
        "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        "days": {
            "anyOf": [
                {
                    "type": "array",
                    "minItems": kind.fewest,
                    "uniqueItems": True,
                    "items": {"type": "string", "pattern": f"^{_DAY}$"},
                },
                {"type": "string", "pattern": f"^{_DAY}([ ,;]+{_DAY})*$"},
            ]
        },
        "ids": {"type": "array", "items": dict(an_id)},
    }
    return schemas[kind.shape]


def _limits(kind: Kind) -> Schema:
    limits: Schema = {}
    if kind.lowest is not None:
        limits["minimum" if kind.is_lowest_allowed else "exclusiveMinimum"] = kind.lowest
    if kind.highest is not None:
        limits["maximum"] = kind.highest
    return limits
