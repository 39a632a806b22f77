"""Read YAML as a tree of source texts with positions, refusing all that a scenario never needs.

Values are not interpreted here: `010`, `1e3`, `12:30` and `NO` stay what was written, and the
field that a value goes into decides what it means. Nothing is built, so nothing can be executed;
aliases and tags are refused, and depth and size are limited while the text is being read.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_
from deliveryopt.scenario.faults import SCENARIO_FILE, FaultLog, Spot
from deliveryopt.scenario.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH: Final = 64
MAX_NODES: Final = 100_000
SNIPPET_BEFORE: Final = 50
SNIPPET_AFTER: Final = 20
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_PLAIN_WORDS: Final = (
    (
        "'\\t' that cannot start any token",
        N_("a tab stands where only spaces may stand."),
        N_("Replace the tab by spaces."),
    ),
    (
        "mapping values are not allowed here",
        N_("a colon stands where it has no meaning."),
        N_("Put a text that holds a colon in quotes, or put each key on its own line."),
    ),
    ("flow sequence", N_("a bracket [ is not closed."), N_("Close it with ].")),
    ("flow mapping", N_("a bracket { is not closed."), N_("Close it with }.")),
    ("flow node", N_("a bracket is not closed."), N_("Close it with ] or }.")),
    (
        "expected <block end>",
        N_("the indentation does not fit."),
        N_("Align the keys of one section."),
    ),
    (
        "unknown escape",
        N_("a backslash in double quotes."),
        N_("Use single quotes, or write \\\\."),
    ),
    (
        "cannot start any token",
        N_("a text starts with a character that YAML reserves."),
        N_("Put the text in quotes."),
    ),
)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value as it was written."""

    text: str
    """Source text, quotes and escapes resolved."""
    is_quoted: bool
    """Whether it was in quotes or a block of text."""
    spot: Spot
    """Where it stands."""

    @property
    def is_null(self) -> bool:
        """Whether nothing is given."""
        return not self.is_quoted and self.text in _NULLS


@dataclass(slots=True, eq=False)
class Items:
    """A list."""

    spot: Spot
    """Where it starts."""
    nodes: list["Node"] = field(default_factory=list)
    """What stands in it."""


@dataclass(slots=True, eq=False)
class Mapping:
    """A mapping."""

    spot: Spot
    """Where it starts."""
    nodes: dict[str, "Node"] = field(default_factory=dict)
    """Values by key."""
    key_spots: dict[str, Spot] = field(default_factory=dict)
    """Where each key stands."""


Node = Scalar | Items | Mapping


def parse_yaml(text: str, log: FaultLog) -> Mapping | None:
    """Return the document's mapping, or None if it cannot be read.

    Parameters
    ----------
    text
        The whole document.
    log
        Takes the faults.
    """
    spot = Spot(SCENARIO_FILE)
    allowed = _("Allowed: keys such as name, week_start, rules and goal.")
    advice = _("Start from a sample: 'deliveryopt new'.")
    if not text.strip():
        log.add(spot, _("the file is empty."), allowed, advice, "DO-S009")
        return None
    builder = _Builder(text, log)
    try:
        root = builder.build()
    except _StoppedError:
        return None
    except MarkedYAMLError as error:
        _add_syntax_fault(error, builder.innermost, text, log)
        return None
    except YAMLError as error:
        _add_character_fault(error, text, log)
        return None
    if isinstance(root, Scalar) and root.is_null:
        log.add(spot, _("the file is empty."), allowed, advice, "DO-S009")
    elif root is None:
        log.add(spot, _("the file holds only comments."), allowed, advice, "DO-S010")
    elif isinstance(root, Mapping) and not root.nodes and not root.key_spots:
        log.add(root.spot, _("the file holds an empty mapping."), allowed, advice, "DO-S011")
    elif isinstance(root, Mapping):
        return root
    else:
        found = _("the file holds a list, not keys.")
        if isinstance(root, Scalar):
            found = _("the file holds the single value {value}, not keys.")
            found = found.format(value=shown(root.text))
        log.add(root.spot, found, allowed, advice, "DO-S018")
    return None


class _StoppedError(Exception):
    """Reading was given up; the log says why."""


class _Builder:
    """Builds the tree from the parser's events, without recursion."""

    def __init__(self, text: str, log: FaultLog) -> None:
        self._events: Iterator[Any] = YAML(typ="safe", pure=True).parse(text)
        self._log = log
        self._root: Node | None = None
        self._open: list[Items | Mapping] = []
        self._keys: list[str | None] = []
        self._num_nodes = 0

    @property
    def innermost(self) -> Spot | None:
        """Where the innermost list or mapping that is still open starts."""
        return self._open[-1].spot if self._open else None

    def build(self) -> Node | None:
        """Return the root of the first document."""
        num_documents = 0
        for event in self._events:
            spot = _spot(event.start_mark)
            if isinstance(event, DocumentStartEvent):
                num_documents += 1
                if num_documents > 1:
                    found = _("a second document starts here.")
                    self._stop(spot, found, _("Allowed: one document."), "DO-S017")
            elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
                self._open.pop()
                self._keys.pop()
            elif isinstance(
                event, (ScalarEvent, AliasEvent, MappingStartEvent, SequenceStartEvent)
            ):
                self._place(event, spot)
        return self._root

    def _place(self, event: Any, spot: Spot) -> None:  # noqa: ANN401 - untyped library
        node = self._node(event, spot)
        parent = self._open[-1] if self._open else None
        if parent is None:
            self._root = node
        elif isinstance(parent, Items):
            parent.nodes.append(node)
        elif self._keys[-1] is None:
            self._add_key(parent, node)
            if isinstance(node, Scalar):
                return
        else:
            parent.nodes.setdefault(self._keys[-1], node)
            self._keys[-1] = None
        if not isinstance(node, Scalar):
            self._open.append(node)
            self._keys.append(None)
            if len(self._open) > MAX_DEPTH:
                found = _("lists or mappings stand more than {most} deep in each other.")
                allowed = _("Allowed: a scenario, at most 5 deep.")
                self._stop(spot, found.format(most=MAX_DEPTH), allowed, "DO-S015")

    def _node(self, event: Any, spot: Spot) -> Node:  # noqa: ANN401 - untyped library
        self._num_nodes += 1
        if self._num_nodes > MAX_NODES:
            found = _("the file holds more than {most} values.").format(most=MAX_NODES)
            allowed = _("Allowed: settings here, and long tables in the CSV files.")
            self._stop(spot, found, allowed, "DO-S016")
        if isinstance(event, AliasEvent):
            found = _("the alias {alias} stands for a value elsewhere.")
            found = found.format(alias=shown("*" + str(event.anchor)))
            self._stop(spot, found, _("Allowed: values written out in full."), "DO-S013")
        if event.tag:
            found = _("the tag {tag} asks to build an object; nothing was built.")
            found = found.format(tag=shown(event.tag))
            allowed = _("Allowed: plain values without tags.")
            self._log.add(spot, found, allowed, _("Remove the tag."), "DO-S014")
        if isinstance(event, MappingStartEvent):
            return Mapping(spot)
        if isinstance(event, SequenceStartEvent):
            return Items(spot)
        return Scalar(event.value, not event.implicit[0] and not event.tag, spot)

    def _add_key(self, parent: Mapping, node: Node) -> None:
        key = node.text if isinstance(node, Scalar) else ""
        if not isinstance(node, Scalar):
            found = _("a key is a list or a mapping.")
            self._stop(node.spot, found, _("Allowed: keys that are plain words."), "DO-S018")
        self._keys[-1] = key
        if key in parent.key_spots:
            first, second = parent.key_spots[key].line, node.spot.line
            found = _("the key {key} stands here and already in line {line}.")
            found = found.format(key=shown(key), line=first)
            advice = _("Remove line {first} or line {second}.").format(first=first, second=second)
            self._log.add(node.spot, found, _("Allowed: each key once."), advice, "DO-S021")
        else:
            parent.key_spots[key] = node.spot

    def _stop(self, spot: Spot, found: str, allowed: str, code: str) -> None:
        self._log.add(spot, found, allowed, _("Correct the file here."), code)
        raise _StoppedError


def _spot(mark: Any) -> Spot:  # noqa: ANN401 - untyped library
    """Return the place of one of the library's marks, which count from 0."""
    return Spot(SCENARIO_FILE, line=mark.line + 1, column=mark.column + 1)


def _add_syntax_fault(
    error: MarkedYAMLError, innermost: Spot | None, text: str, log: FaultLog
) -> None:
    """Say in plain words where YAML cannot be read, with the line and a caret."""
    mark = error.problem_mark or error.context_mark
    told = f"{error.context or ''} {error.problem or ''}"
    found = N_("it cannot be read as YAML.")
    advice = N_("Compare the line with those around it.")
    if "quoted scalar" in told and error.context_mark is not None and "escape" not in told:
        mark = error.context_mark
        found, advice = N_("a quote is opened and not closed."), N_("Close the quote.")
    else:
        for sign, words, todo in _PLAIN_WORDS:
            if sign in told:
                found, advice = words, todo
                break
    spot = Spot(SCENARIO_FILE) if mark is None else _spot(mark)
    if "bracket" in found and innermost is not None:
        spot = innermost
    found = _(found)
    if spot.line:
        found = f"{found}\n{_snippet(text, spot.line - 1, spot.column - 1)}"
    log.add(spot, found, _("Allowed: YAML 1.2."), _(advice), "DO-S012")


def _snippet(text: str, line_idx: int, column_idx: int) -> str:
    """Return a line, cut to its surroundings, and a caret below the place."""
    lines = text.split("\n")
    line = lines[line_idx] if line_idx < len(lines) else ""
    start = max(0, column_idx - SNIPPET_BEFORE)
    part = line[start : column_idx + SNIPPET_AFTER]
    plain = "".join(char if char.isprintable() else " " for char in part)
    return f"    {plain}\n    {' ' * (column_idx - start)}^"


def _add_character_fault(error: YAMLError, text: str, log: FaultLog) -> None:
    """Say which character YAML does not take."""
    spot = Spot(SCENARIO_FILE)
    found = _("it cannot be read as YAML.")
    if isinstance(error, ReaderError):
        before = text[: error.position]
        column = error.position - (before.rfind("\n") + 1) + 1
        spot = Spot(SCENARIO_FILE, line=before.count("\n") + 1, column=column)
        found = _("the control character U+{code:04X} stands here.")
        found = found.format(code=ord(text[error.position]))
    log.add(spot, found, _("Allowed: YAML 1.2."), _("Remove the character."), "DO-S012")
