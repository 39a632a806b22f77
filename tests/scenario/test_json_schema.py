"""The schema for editors agrees with the loader."""

import copy
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest

from deliveryopt.scenario.json_schema import scenario_json_schema
from deliveryopt.scenario.rates import Rates
from deliveryopt.scenario.schema import BoxType, Goal, Rules, Scenario
from deliveryopt.scenario.terms import RunKinds, RunTerms
from deliveryopt.scenario.yaml_values import TABLE_FIELDS
from tests.scenario.base_folder import FILES, faults_of, write_base

BASE: dict[str, Any] = {
    "name": "lillby",
    "week_start": "2026-10-05",
    "days": ["mon", "tue", "wed", "thu", "fri"],
    "rules": {
        "reach_km": 2.5,
        "max_boxes": {"value": 3, "source": "council", "tag": "assumed", "low": 1},
        "max_boxes_per_operator": [{"operator": "Boxbolaget", "max_boxes": 2}],
        "unusable_runs": [],
    },
    "goal": {"kind": "least_cost", "coverage_share": 0.9, "count_co2": True},
    "rates": {"car_sek_per_km": 2.5},
    "run_kinds": {"bus": {"capacity_parcels": 8, "may_detour": "no", "payer": "region"}},
    "box_types": [
        {
            "id": "small",
            "operator": "Boxbolaget",
            "compartments_s": 8,
            "compartments_m": 3,
            "compartments_l": 1,
            "sek_per_year": 9000,
        }
    ],
    "vans": [
        {
            "id": "bilen",
            "base": "terminal",
            "origins": ["terminal"],
            "days": ["mon", "wed"],
            "shift_start": "07:30",
            "shift_end": "15:00",
            "max_trips": 2,
            "sek_per_km": {"value": 4.5, "source": "lease", "low": 3, "high": 6},
            "may_enter_homes": "yes",
            "payer": "shop",
        }
    ],
    "home_delivery": {"no_bypass": "rule", "unserved_sek": 600, "grant_share": None},
    "sources": [{"name": "Lantmäteriet", "licence": "CC0"}],
}
ODD_VALUES: list[Any] = [
    *[None, 0, 1, -1, 2.5, 7, 1e12, True, False, "", "yes", "maybe", "mon", "x" * 300],
    *[
        "06:15",
        "72:01",
        "7:5",
        "08:00:00",
        "2026-10-05",
        "2026",
        [],
        ["mon"],
        [7],
        [[]],
        {},
        {"value": 1},
        {"value": 1, "unit": "km"},
    ],
    *[{"value": None}, {"value": "x"}, {"source": "s"}, {"value": 1, "tag": "guessed"}],
    *[{"value": 1, "tag": "official", "low": 0, "high": 2.5}],
]
VALUE_CODES = re.compile(r"DO-S0(?:1[0-8]|2|3|4[0-1]|49)")
TYPES: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "null": lambda value: value is None,
}


def is_valid(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any]) -> bool:  # noqa: ANN401
    """Return whether a value keeps a schema; knows the words that ours uses."""
    if "$ref" in schema:
        return is_valid(value, root["definitions"][schema["$ref"].rpartition("/")[2]], root)
    if "anyOf" in schema and not any(is_valid(value, one, root) for one in schema["anyOf"]):
        return False
    if "enum" in schema and not any(
        value == one and type(value) is type(one) for one in schema["enum"]
    ):
        return False
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(TYPES[kind](value) for kind in kinds):
        return False
    return all(_keeps(value, schema)) and _has_valid_parts(value, schema, root)


def _keeps(value: Any, schema: Mapping[str, Any]) -> Iterator[bool]:  # noqa: ANN401
    if TYPES["number"](value):
        yield value >= schema.get("minimum", value)
        yield value > schema.get("exclusiveMinimum", value - 1)
        yield value <= schema.get("maximum", value)
        yield "multipleOf" not in schema or float(value).is_integer()
    if isinstance(value, str):
        yield schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", 10**9)
        yield re.search(schema.get("pattern", ""), value) is not None
    if isinstance(value, list):
        yield len(value) >= schema.get("minItems", 0)
        yield "uniqueItems" not in schema or len(set(map(str, value))) == len(value)


def _has_valid_parts(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any]) -> bool:  # noqa: ANN401
    if isinstance(value, list) and "items" in schema:
        return all(is_valid(item, schema["items"], root) for item in value)
    if isinstance(value, dict) and "properties" in schema:
        known = schema["properties"]
        return (
            set(value) <= set(known)
            and set(schema.get("required", ())) <= set(value)
            and all(is_valid(item, known[key], root) for key, item in value.items())
        )
    return True


def _paths(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:  # noqa: ANN401
    if path:
        yield path
    if isinstance(node, dict | list):
        for key, child in node.items() if isinstance(node, dict) else enumerate(node):
            yield from _paths(child, (*path, key))


def _mutated(seed: int) -> dict[str, Any]:
    """Return the base with one part replaced, removed, or added."""
    random = Random(seed)  # noqa: S311 - no secret
    document = copy.deepcopy(BASE)
    *way, last = random.choice(list(_paths(document)))
    parent: Any = document
    for key in way:
        parent = parent[key]
    action = random.choice(["replace", "replace", "replace", "remove", "add"])
    if action == "replace":
        parent[last] = copy.deepcopy(random.choice(ODD_VALUES))
    elif action == "remove":
        del parent[last]
    elif isinstance(parent, dict):
        parent["odd_key"] = 1
    return document


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_base(tmp_path_factory.mktemp("schema"))


def loads(folder: Path, document: object) -> bool:
    """Return whether the loader finds no fault that a schema can know."""
    text = json.dumps(document, ensure_ascii=False)
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    return not any(VALUE_CODES.match(fault.code) for fault in faults_of(folder))


def test_the_base_document_is_valid_for_both(folder: Path) -> None:
    schema = scenario_json_schema()

    assert is_valid(BASE, schema, schema)
    assert loads(folder, BASE)
    assert faults_of(folder) == ()


def test_schema_and_loader_agree_on_mutated_documents(folder: Path) -> None:
    schema = scenario_json_schema()
    verdicts = []
    for document in (_mutated(seed) for seed in range(400)):
        verdicts.append(is_valid(document, schema, schema))

        assert loads(folder, document) == verdicts[-1], document
    assert 50 < sum(verdicts) < 350


def test_the_schema_names_every_field_of_the_models() -> None:
    properties: Any = scenario_json_schema()["properties"]

    assert set(properties) == set(Scenario.model_fields) - TABLE_FIELDS
    assert set(properties["rules"]["properties"]) == set(Rules.model_fields)
    assert set(properties["goal"]["properties"]) == set(Goal.model_fields)
    assert set(properties["rates"]["anyOf"][0]["properties"]) == set(Rates.model_fields)
    kinds = properties["run_kinds"]["anyOf"][0]["properties"]
    assert set(kinds) == set(RunKinds.model_fields)
    assert set(kinds["meal_van"]["anyOf"][0]["properties"]) == set(RunTerms.model_fields)
    boxes = properties["box_types"]["anyOf"][0]["items"]["properties"]
    assert set(boxes) == set(BoxType.model_fields)


def test_every_property_has_words_for_the_editor() -> None:
    schema: Any = scenario_json_schema()
    bus = schema["properties"]["run_kinds"]["anyOf"][0]["properties"]["meal_van"]["anyOf"][0]

    assert all(words["description"] for words in bus["properties"].values())
    assert schema["properties"]["rules"]["properties"]["reach_km"]["description"]


def test_the_schema_is_plain_json_and_no_table_is_in_it() -> None:
    text = json.dumps(scenario_json_schema())

    assert json.loads(text) == scenario_json_schema()
    assert '"villages"' not in text
    assert "scenario.yaml" in FILES
