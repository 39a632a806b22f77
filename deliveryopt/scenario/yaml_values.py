"""Turn the tree of `scenario.yaml` into sections whose fields are values with places."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from pydantic import BaseModel

from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_
from deliveryopt.scenario.entries import KEY_OF_FIELD, Entry, check_entry
from deliveryopt.scenario.faults import (
    PERSONAL_NUMBER,
    SCENARIO_FILE,
    FaultLog,
    Spot,
    UnreadableError,
    translated,
)
from deliveryopt.scenario.fields import Kind, kinds_of, read_value
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
from deliveryopt.scenario.text import did_you_mean, is_personal_number, listed, shown
from deliveryopt.scenario.vans import Van
from deliveryopt.scenario.yaml_text import Items, Mapping, Node, Scalar

TABLE_FIELDS: Final = frozenset(
    {
        "villages",
        "pickup_points",
        "depots",
        "stops",
        "runs",
        "given_demand",
        "distances",
        "homes",
        "provenance",
    }
)
"""Fields of `Scenario` that no key of `scenario.yaml` sets directly."""
PROVENANCE_KEYS: Final = ("value", "source", "tag", "low", "high")
_HINTS: Final = {
    "unit": N_("Leave it out: the unit is in the name of the number."),
    "given_demand": N_("Given demand stands in parcels.csv."),
    "provenance": N_("Write source and tag beside the value: {value: 2, source: ..., tag: ...}."),
}


class Head(Scenario):
    """The simple keys at the top of `scenario.yaml`."""

    rules: Rules = Rules(reach_km=1)
    goal: Goal = Goal(kind="least_cost")


@dataclass(slots=True, eq=False)
class Document:
    """What `scenario.yaml` says."""

    head: Entry
    """Name, title, language, week, days and time zone."""
    rules: Entry
    """Rules."""
    goal: Entry
    """Goal."""
    rates: Entry
    """Rates."""
    home_delivery: Entry
    """Terms of home delivery."""
    run_kinds: dict[str, Entry] = field(default_factory=dict)
    """Terms by kind of run, of the kinds that are named."""
    box_types: list[Entry] = field(default_factory=list)
    """Box types."""
    vans: list[Entry] = field(default_factory=list)
    """Vans."""
    operator_limits: list[Entry] = field(default_factory=list)
    """Most boxes by operator."""
    sources: list[Entry] = field(default_factory=list)
    """Sources."""
    provenance: list[Entry] = field(default_factory=list)
    """Source and tag of numbers."""
    faulty_lists: set[str] = field(default_factory=set)
    """Lists that could not be read as lists."""


class _Reader:
    """Reads sections; holds the log and the provenance found on the way."""

    def __init__(self, log: FaultLog) -> None:
        self.log = log
        self.provenance: list[Entry] = []
        self.faulty_lists: set[str] = set()

    def section(
        self, node: Node | None, model: type[BaseModel], prefix: str, known: tuple[str, ...] = ()
    ) -> Entry:
        """Return the entry of a mapping; `known` names keys that are read elsewhere."""
        spot = Spot(SCENARIO_FILE) if node is None else node.spot
        entry = Entry(model, spot.at(prefix.rstrip(".")))
        if not isinstance(node, Mapping):
            is_given = node is not None and not (isinstance(node, Scalar) and node.is_null)
            if is_given or any(kind.is_needed for kind in kinds_of(model).values()):
                self._not_a_mapping(entry, node if is_given else None, model)
            return entry
        kinds = {name: kind for name, kind in kinds_of(model).items() if name not in TABLE_FIELDS}
        keys = {name: KEY_OF_FIELD.get(name, name) for name in kinds}
        self.check_keys(node, (*keys.values(), *known), prefix)
        for name, kind in kinds.items():
            child = node.nodes.get(keys[name])
            entry.spots[name] = (spot if child is None else child.spot).at(prefix + keys[name])
            if child is not None:
                self._read_field(entry, name, kind, child)
        check_entry(entry, self.log)
        return entry

    def _not_a_mapping(self, entry: Entry, node: Node | None, model: type[BaseModel]) -> None:
        entry.faulty.update(model.model_fields)
        needed = [name for name, kind in kinds_of(model).items() if kind.is_needed]
        allowed = _("Allowed: keys such as {keys}.")
        allowed = allowed.format(keys=listed(needed or model.model_fields))
        if node is None:
            found, code = _("nothing is given."), "DO-S022"
        else:
            found, code = _("{what} stands here, not keys.").format(what=_words(node)), "DO-S018"
        advice = _("Add the section with its keys, indented below it.")
        self.log.add(entry.spot, found, allowed, advice, code)

    def check_keys(self, node: Mapping, known: tuple[str, ...], prefix: str) -> None:
        for key, spot in node.key_spots.items():
            if key not in known and is_personal_number(key):
                self.log.add(spot, *translated(PERSONAL_NUMBER))
            elif key not in known:
                found = _("the key {key} is not known.").format(key=shown(key))
                if prefix:
                    found = _("the key {key} is not known in {section}.")
                    found = found.format(key=shown(key), section=shown(prefix.rstrip(".")))
                allowed = _("Known: {words}.").format(words=", ".join(known))
                if key in _HINTS:
                    advice = _(_HINTS[key])
                elif key in TABLE_FIELDS and not prefix:
                    advice = _("This stands in {file}.").format(file=f"{key}.csv")
                else:
                    advice = did_you_mean(key, known, _("Remove it."))
                self.log.add(spot, found, allowed, advice, "DO-S020")

    def _read_field(self, entry: Entry, name: str, kind: Kind, node: Node) -> None:
        spot = entry.spots[name]
        try:
            if _is_personal(entry, node):
                entry.add_fault(name, self.log, words=translated(PERSONAL_NUMBER))
            elif (
                isinstance(node, Mapping)
                and kind.shape in {"number", "whole"}
                and entry.model is not Provenance
            ):
                self._read_annotated(entry, name, kind, node)
            else:
                _set_value(entry, name, kind, node)
        except UnreadableError as error:
            entry.faulty.add(name)
            self.log.add_error(spot, error)

    def _read_annotated(self, entry: Entry, name: str, kind: Kind, node: Mapping) -> None:
        """Read a number that is written with its source and tag."""
        dotted = entry.spots[name].field
        about = Entry(Provenance, node.spot.at(dotted), {"field": dotted})
        self.check_keys(node, PROVENANCE_KEYS, f"{dotted}.")
        for part, part_kind in kinds_of(Provenance).items():
            child = node.nodes.get(part)
            about.spots[part] = (node if child is None else child).spot.at(f"{dotted}.{part}")
            if child is not None and part != "field":
                self._read_field(about, part, part_kind, child)
        check_entry(about, self.log)
        self.provenance.append(about)
        if "value" not in node.nodes:
            allowed = _("Allowed: the keys {keys}.").format(keys=", ".join(PROVENANCE_KEYS))
            found, advice = _("there is no value."), _("Add value: and the number.")
            raise UnreadableError(found, allowed, advice, "DO-S022")
        entry.spots[name] = node.nodes["value"].spot.at(dotted)
        _set_value(entry, name, kind, node.nodes["value"])
        _check_range(entry.values.get(name), about, self.log)

    def items(self, node: Node | None, name: str) -> Iterator[Node]:
        """Yield what stands in a list."""
        if isinstance(node, Items):
            yield from node.nodes
        elif node is not None and not (isinstance(node, Scalar) and node.is_null):
            self.faulty_lists.add(name)
            found = _("{what} stands here, not a list.").format(what=_words(node))
            advice = _("Start each of them with a dash on its own line.")
            self.log.add(node.spot.at(name), found, _("Allowed: a list."), advice, "DO-S018")


def read_document(root: Mapping, log: FaultLog) -> Document:
    """Return what a document says; every fault in it goes to the log."""
    reader = _Reader(log)
    sections = ("rules", "goal", "rates", "run_kinds", "box_types", "vans", "home_delivery")
    nodes = root.nodes
    rules_node = nodes.get("rules")
    document = Document(
        head=reader.section(root, Head, "", known=(*sections, "sources")),
        rules=reader.section(rules_node, Rules, "rules.", known=("max_boxes_per_operator",)),
        goal=reader.section(nodes.get("goal"), Goal, "goal."),
        rates=reader.section(nodes.get("rates"), Rates, "rates."),
        home_delivery=reader.section(nodes.get("home_delivery"), HomeDelivery, "home_delivery."),
        run_kinds=_read_run_kinds(reader, nodes.get("run_kinds")),
    )
    document.box_types = _read_list(reader, nodes.get("box_types"), BoxType, "box_types", "id")
    document.vans = _read_list(reader, nodes.get("vans"), Van, "vans", "id")
    limits = rules_node.nodes if isinstance(rules_node, Mapping) else {}
    name = "rules.max_boxes_per_operator"
    node = limits.get("max_boxes_per_operator")
    document.operator_limits = _read_list(reader, node, OperatorLimit, name, "operator")
    document.sources = _read_list(reader, nodes.get("sources"), Source, "sources", "")
    document.provenance = reader.provenance
    document.faulty_lists = reader.faulty_lists
    return document


def _read_run_kinds(reader: _Reader, node: Node | None) -> dict[str, Entry]:
    """Return the terms of the kinds that a document names."""
    models = {name: type(info.get_default()) for name, info in RunKinds.model_fields.items()}
    if isinstance(node, Mapping):
        reader.check_keys(node, tuple(models), "run_kinds.")
        return {
            name: reader.section(node.nodes[name], model, f"run_kinds.{name}.")
            for name, model in models.items()
            if name in node.nodes and issubclass(model, RunTerms)
        }
    reader.section(node, RunKinds, "run_kinds.")
    return {}


def _read_list(
    reader: _Reader, node: Node | None, model: type[BaseModel], name: str, id_field: str
) -> list[Entry]:
    """Return the entries of a list of mappings; dotted names take each one's id."""
    entries = []
    for position, item in enumerate(reader.items(node, name), start=1):
        key = ""
        id_node = item.nodes.get(id_field) if isinstance(item, Mapping) else None
        raw_id = id_node.text if isinstance(id_node, Scalar) else ""
        if is_personal_number(raw_id):
            raw_id = ""
        if isinstance(id_node, Scalar) and raw_id:
            try:
                key = str(read_value(kinds_of(model)[id_field], raw_id))
            except UnreadableError:
                key = ""
        entry = reader.section(item, model, f"{name}.{key or position}.")
        entry.raw_id = raw_id
        entries.append(entry)
    return entries


def _set_value(entry: Entry, name: str, kind: Kind, node: Node) -> None:
    """Put the value of a node into an entry; nothing if nothing is given."""
    if isinstance(node, Scalar) and node.is_null:
        if kind.is_nullable:
            entry.values[name] = None
        return
    if kind.shape in {"days", "ids"} and isinstance(node, Items):
        entry.values[name] = _read_items(kind, node)
    elif isinstance(node, Scalar) and kind.shape != "ids":
        if node.is_quoted and kind.shape in {"number", "whole"}:
            found = _("the text {text} stands in quotes.").format(text=shown(node.text))
            raise UnreadableError(found, kind.allowed, _("Write it without quotes."), "DO-S023")
        entry.values[name] = read_value(kind, node.text)
    else:
        found = _("{what} stands here.").format(what=_words(node))
        advice = _("Write one value.")
        if kind.shape == "ids":
            advice = _("Write a list, such as [a, b].")
        raise UnreadableError(found, kind.allowed, advice, "DO-S023")


def _read_items(kind: Kind, items: Items) -> object:
    """Return the value of a list of words."""
    words = []
    for item in items.nodes:
        if not isinstance(item, Scalar) or item.is_null or not item.text.strip():
            found = _("{what} stands in the list.").format(what=_words(item))
            raise UnreadableError(found, kind.allowed, _("Write single words there."), "DO-S023")
        words.append(item.text)
    if kind.shape == "days":
        return read_value(kind, " ".join(words)) if words else ()
    one = kinds_of(BoxType)["id"]
    return tuple(sorted({str(read_value(one, word)) for word in words}))


def _is_personal(entry: Entry, node: Node) -> bool:
    """Return whether a node holds a personal number; notes on sources may look like one."""
    if entry.model in {Source, Provenance}:
        return False
    if isinstance(node, Items):
        return any(_is_personal(entry, item) for item in node.nodes)
    return isinstance(node, Scalar) and is_personal_number(node.text)


def _words(node: Node) -> str:
    """Return what a node is, for a message."""
    if isinstance(node, Mapping):
        return _("a section with keys")
    if isinstance(node, Items):
        return _("a list")
    return _("nothing") if node.is_null else _("the value {value}").format(value=shown(node.text))


def _check_range(value: object, about: Entry, log: FaultLog) -> None:
    """Check that a value lies between its low and high."""
    low, high = about.number("low"), about.number("high")
    lowest = -float("inf") if low is None else low
    highest = float("inf") if high is None else high
    if lowest > highest or (isinstance(value, int | float) and not lowest <= value <= highest):
        found = _("low {low}, value {value} and high {high} are not in this order.")
        found = found.format(low=low, value=value, high=high)
        allowed = _("Allowed: low at most the value, high at least the value.")
        log.add(about.spot, found, allowed, _("Correct one of the three."), "DO-S043")
