"""Write the YAML half of a scenario, with source and tag beside the numbers they belong to."""

import io
import re
from collections.abc import Iterable
from typing import Final

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from deliveryopt.scenario.entries import KEY_OF_FIELD
from deliveryopt.scenario.fields import CLOCK_FIELDS
from deliveryopt.scenario.json_schema import SCHEMA_FILE
from deliveryopt.scenario.schema import Provenance, Scenario
from deliveryopt.units import clock

HEADER: Final = f"# yaml-language-server: $schema={SCHEMA_FILE}\n"
MAX_WIDTH: Final = 1_000_000
MAX_EXACT: Final = 10**15
_PLAIN: Final = re.compile(r"[^\W\d_](?:[\w /().%+-]*[\w).%])?")
_WORDS_OF_YAML: Final = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_HEAD: Final = ("format", "name", "title", "language", "week_start", "days", "time_zone")


def is_whole(value: float) -> bool:
    """Return whether a number may be written without decimals."""
    return abs(value) < MAX_EXACT and value == int(value)


def yaml_of(scenario: Scenario) -> str:
    """Return the text of `scenario.yaml`.

    Rules and goal are written out; rates, vans and the terms of run kinds and home delivery only
    where they differ from their defaults or have a source of their own.
    """
    writer = _Writer(scenario.provenance)
    root = CommentedMap()
    for name in _HEAD:
        value = getattr(scenario, name)
        if name != "title" or value:
            root[name] = _plain(value)
    rules = writer.section(scenario.rules, "rules.", is_full=True)
    if scenario.rules.max_boxes_per_operator:
        rules["max_boxes_per_operator"] = [
            writer.section(limit, f"rules.max_boxes_per_operator.{limit.operator}.", is_full=True)
            for limit in scenario.rules.max_boxes_per_operator
        ]
    root["rules"] = rules
    root["goal"] = writer.section(scenario.goal, "goal.", is_full=True)
    _put(root, "rates", writer.section(scenario.rates, "rates."))
    kinds = CommentedMap()
    for kind in type(scenario.run_kinds).model_fields:
        terms = getattr(scenario.run_kinds, kind)
        _put(kinds, kind, writer.section(terms, f"run_kinds.{kind}."))
    _put(root, "run_kinds", kinds)
    boxes = [
        writer.section(box, f"box_types.{box.id}.", is_full=True) for box in scenario.box_types
    ]
    _put(root, "box_types", boxes)
    _put(root, "vans", [writer.section(van, f"vans.{van.id}.") for van in scenario.vans])
    _put(root, "home_delivery", writer.section(scenario.home_delivery, "home_delivery."))
    _put(root, "sources", [writer.section(source, "") for source in scenario.sources])
    return HEADER + _dumped(root)


def _dumped(root: CommentedMap) -> str:
    yaml = YAML(typ="rt", pure=True)
    yaml.width = MAX_WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    output = io.StringIO()
    yaml.dump(root, output)
    return output.getvalue()


def _put(parent: CommentedMap, name: str, child: CommentedMap | list[CommentedMap]) -> None:
    """Put a section into its parent if anything stands in it."""
    if child:
        parent[name] = child


def _listed(values: Iterable[str]) -> CommentedSeq:
    """Return a list that is written on one line."""
    items = CommentedSeq([_quoted(value) for value in values])
    items.fa.set_flow_style()
    return items


class _Writer:
    """Makes sections; knows the provenance of every number."""

    def __init__(self, provenance: Iterable[Provenance]) -> None:
        self._provenance = {about.field: about for about in provenance}

    def section(self, model: BaseModel, prefix: str, *, is_full: bool = False) -> CommentedMap:
        """Return a model's fields, all that are given or only those not at their default."""
        section = CommentedMap()
        for name, info in type(model).model_fields.items():
            value = getattr(model, name)
            about = self._provenance.get(prefix + name)
            is_default = not info.is_required() and value == info.default
            is_empty = value is None or value in ("", ())
            if about is None and is_default and (is_empty or not is_full):
                continue
            if name == "max_boxes_per_operator":
                continue
            if name in CLOCK_FIELDS:
                value = clock(value)
            key = KEY_OF_FIELD.get(name, name)
            section[key] = _plain(value) if about is None else _with_source(value, about)
        return section


def _plain(value: object) -> object:
    """Return a value as it is written."""
    if isinstance(value, tuple):
        return _listed(value)
    if isinstance(value, float) and is_whole(value):
        return int(value)
    return _quoted(value) if isinstance(value, str) else value


def _quoted(text: str) -> object:
    """Return a text that is written in quotes unless it is plain words.

    The library leaves some texts bare that mean something else inside braces, such as `?`.
    """
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS_OF_YAML:
        return text
    return DoubleQuotedScalarString(text)


def _with_source(value: object, about: Provenance) -> CommentedMap:
    """Return a number with its source and tag, on one line."""
    words = CommentedMap(value=_plain(value))
    for name in ("source", "tag", "low", "high"):
        part = getattr(about, name)
        if part not in {None, ""}:
            words[name] = _plain(part)
    words.fa.set_flow_style()
    return words
