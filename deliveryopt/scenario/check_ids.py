"""Check that ids stand once, cannot be mistaken for each other, and exist where they are used."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_
from deliveryopt.scenario.draft import PLACE_TABLES, Draft, id_of
from deliveryopt.scenario.entries import COLUMN_OF_FIELD, Entry
from deliveryopt.scenario.faults import FaultLog, Spot
from deliveryopt.scenario.text import all_of, did_you_mean, listed, shown

MAX_SUGGESTIONS = 100
"""Suggestions worked out for one kind of reference; each takes a while in a long list."""


def check_ids(draft: Draft, log: FaultLog) -> None:
    """Check ids and references of a draft."""
    places = (row for table in (*PLACE_TABLES, "homes") for row in draft.rows(table))
    allowed = _("Allowed: ids unique among villages, pickup points, depots, stops and home orders.")
    _check_unique(places, allowed, log)
    _check_unique(draft.rows("runs"), _("Allowed: ids unique among runs."), log)
    _check_unique(draft.box_types() or (), _("Allowed: ids unique among box types."), log)
    _check_unique(draft.vans(), _("Allowed: ids unique among vans."), log)
    if draft.document is not None:
        limits = draft.document.operator_limits
        _check_pairs(limits, ("operator",), log)
    _check_pairs(draft.rows("distances"), ("from_id", "to_id"), log)
    _check_pairs(draft.rows("given_demand"), ("village_id", "day", "size"), log)
    _check_pairs(draft.rows("stop_times"), ("run_id", "stop_sequence"), log, code="DO-S081")
    for rows, name, known, what in _references(draft):
        if known is not None:
            _check_references(rows, name, _Known(frozenset(known), _(what)), log)
    for row in draft.rows("distances"):
        if row.text("from_id") is not None and row.text("from_id") == row.text("to_id"):
            found = _("from and to are both {place}.").format(place=shown(row.text("from_id")))
            log.add(row.spot, found, _("Allowed: two places."), _("Remove the row."), "DO-S083")


def _references(
    draft: Draft,
) -> Iterator[tuple[Iterable[Entry], str, set[str] | None, str]]:
    """Yield each field that names something: rows, field, known ids, what they are.

    In Swedish each of these words is an en-word, or the sentences around it do not fit.
    """
    places = draft.known_ids(*PLACE_TABLES)
    places_and_homes = draft.known_ids(*PLACE_TABLES, "homes")
    villages, depots = draft.known_ids("villages"), draft.known_ids("depots")
    runs = draft.known_ids("runs")
    boxes = draft.box_types()
    box_ids = None if boxes is None else {id_of(box) for box in boxes}
    yield draft.rows("villages"), "depot", depots, N_("depot")
    yield draft.rows("pickup_points"), "box_types", box_ids, N_("box type")
    yield draft.rows("stop_times"), "run_id", runs, N_("run")
    yield draft.rows("stop_times"), "place_id", places, N_("place")
    yield draft.rows("given_demand"), "village_id", villages, N_("village")
    yield draft.rows("homes"), "place_id", places, N_("place")
    yield draft.rows("homes"), "origin", depots, N_("depot")
    yield draft.rows("distances"), "from_id", places_and_homes, N_("place")
    yield draft.rows("distances"), "to_id", places_and_homes, N_("place")
    yield draft.vans(), "base", places, N_("place")
    yield draft.vans(), "origins", depots, N_("depot")
    if draft.document is not None:
        operators = None if boxes is None else {box.text("operator") or "" for box in boxes}
        yield [draft.document.rules], "unusable_runs", runs, N_("run")
        what = N_("operator of a box type")
        yield draft.document.operator_limits, "operator", operators, what


@dataclass(slots=True, eq=False)
class _Known:
    """What a reference may name."""

    ids: frozenset[str]
    what: str
    """What it is, in the language in force."""
    advices: dict[str, str] = field(default_factory=dict)

    def advice(self, word: str) -> str:
        """Return what to do about an unknown word."""
        if word not in self.advices and len(self.advices) < MAX_SUGGESTIONS:
            otherwise = _("Add the {what}.").format(what=self.what)
            self.advices[word] = did_you_mean(word, self.ids, otherwise)
        if word in self.advices:
            return self.advices[word]
        return _("Add the {what}, or correct the id.").format(what=self.what)


def _check_references(rows: Iterable[Entry], name: str, known: _Known, log: FaultLog) -> None:
    """Check that what a field names is known."""
    allowed = _("There is no {what} at all.").format(what=known.what)
    if known.ids:
        allowed = _("Known: {words}.").format(words=listed(known.ids))
    for row in rows:
        value = row.get(name)
        for word in (value,) if isinstance(value, str) else row.texts(name):
            if word not in known.ids:
                found = _("{word} is not a known {what}.")
                found = found.format(word=shown(word), what=known.what)
                log.add(row.at(name), found, allowed, known.advice(word), "DO-S062")


def _twin_key(raw: str) -> str:
    """Return what is left of an id when case, spaces, form and invisible signs are ignored."""
    text = unicodedata.normalize("NFKC", raw).strip().casefold()
    return "".join(char for char in text if unicodedata.category(char) not in {"Cf", "Cc"})


def _check_unique(entries: Iterable[Entry], allowed: str, log: FaultLog) -> None:
    """Check that no id stands twice or looks like another one."""
    seen: dict[str, Entry] = {}
    for entry in entries:
        key = _twin_key(entry.raw_id)
        if not key:
            continue
        other = seen.setdefault(key, entry)
        if other is entry:
            continue
        where = _place_of(other.spot)
        advice = _("Give one of them another id, and use it wherever it is named.")
        if entry.raw_id == other.raw_id:
            found = _("the id {id} stands already in {where}.")
            found = found.format(id=shown(entry.raw_id), where=where)
            code = "DO-S060"
        else:
            found = _(
                "the id {first!a} and the id {second!a} in {where} differ only in {difference}."
            ).format(
                first=entry.raw_id[:200],
                second=other.raw_id[:200],
                where=where,
                difference=_difference(entry.raw_id, other.raw_id),
            )
            code = "DO-S061"
        log.add(entry.at("id"), found, allowed, advice, code)


def _difference(one: str, other: str) -> str:
    """Return in words how two ids differ that look alike."""
    if one.strip() == other.strip():
        return _("spaces around them")
    if unicodedata.normalize("NFKC", one.strip()) == unicodedata.normalize("NFKC", other.strip()):
        return _("their Unicode form (the letters look the same)")
    if one.strip().casefold() == other.strip().casefold():
        return _("capital and small letters")
    return _("capital letters, spaces or Unicode form")


def _place_of(spot: Spot) -> str:
    """Return file and row or line."""
    if spot.row:
        return _("{file}, row {row}").format(file=spot.file, row=spot.row)
    return _("{file}, line {line}").format(file=spot.file, line=spot.line)


def _check_pairs(
    entries: Iterable[Entry], names: tuple[str, ...], log: FaultLog, *, code: str = "DO-S060"
) -> None:
    """Check that no combination of fields stands twice."""
    seen: dict[tuple[object, ...], Entry] = {}
    for entry in entries:
        key = tuple(entry.get(name) for name in names)
        if None in key:
            continue
        other = seen.setdefault(key, entry)
        if other is not entry:
            words = ", ".join(shown(part) for part in key)
            found = _("{words} stands already in {where}.")
            found = found.format(words=words, where=_place_of(other.spot))
            columns = all_of(COLUMN_OF_FIELD.get(name, name) for name in names)
            allowed = _("Allowed: each {columns} once.").format(columns=columns)
            log.add(entry.spot, found, allowed, _("Remove one of them."), code)
