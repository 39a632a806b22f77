"""Section of the page about assumptions: every number that the plan stands on, with its source."""

from typing import Final

from deliveryopt.reports.blocks import Block, Cell, Paragraphs, Section, Table, heads, row
from deliveryopt.reports.formats import clean, clock_time, number, percent
from deliveryopt.reports.sentences import Teller
from deliveryopt.reports.texts_sources import SOURCES_IN_SWEDISH
from deliveryopt.scenario.defaults import Parameter, parameters

_GROUPS: Final = (
    "goal",
    "rules",
    "rates",
    "run_kinds",
    "box_types",
    "vans",
    "home_delivery",
    "homes",
)
_FAMILY: Final = {
    "vans": "parameter_van",
    "home_delivery": "parameter_home",
    "homes": "parameter_home",
}
"""Families of names of groups whose fields mean something of their own."""
_COLUMNS: Final = "-n-n--"
_SHARE: Final = "share"
_CLOCK: Final = "HH:MM"
_LONGEST: Final = 300
_MOST_DECIMALS: Final = 4


def assumptions_section(teller: Teller) -> Section:
    """Return the section with a table for each group of parameters."""
    say = teller.say
    listed = parameters(teller.bundle.scenario)
    blocks: list[Block] = [
        _group_table(teller, group, [one for one in listed if one.name.startswith(f"{group}.")])
        for group in _GROUPS
        if any(one.name.startswith(f"{group}.") for one in listed)
    ]
    blocks.append(Paragraphs((say("assumptions.note"),), "note"))
    return Section("assumptions", say("section.assumptions"), tuple(blocks))


def _group_table(teller: Teller, group: str, listed: list[Parameter]) -> Table:
    """Return the table of one group."""
    say = teller.say
    names = ("name", "value", "unit", "range", "tag", "source")
    return Table(
        say("assumptions.caption", group=say.of("group", group)),
        heads(_COLUMNS, *(say.of("assumptions", name) for name in names)),
        tuple(_row(teller, group, one) for one in listed),
    )


def _row(teller: Teller, group: str, one: Parameter) -> tuple[Cell, ...]:
    """Return the cells of one parameter."""
    say, none = teller.say, teller.say("word.none")
    unit = none if one.unit in {"", _SHARE, _CLOCK} else one.unit
    if say.has(f"unit.{unit}"):
        unit = say.of("unit", unit)
    spread = none
    if one.low is not None and one.high is not None:
        spread = f"{_value(teller, one, one.low)} \u2013 {_value(teller, one, one.high)}"
    return row(
        _COLUMNS,
        _name(teller, group, one.name.removeprefix(f"{group}.")),
        _value(teller, one, one.value),
        unit,
        spread,
        none if one.tag is None else say.of("tag", one.tag),
        _source(teller, one),
    )


def _name(teller: Teller, group: str, dotted: str) -> str:
    """Return what a parameter is called; that of a run, box or van with what it belongs to."""
    say = teller.say
    owner, _, field = dotted.rpartition(".")
    key = f"{_FAMILY.get(group, 'parameter')}.{field}"
    name = say(key) if say.has(key) else clean(field)
    if group == "run_kinds":
        kind = say.of("run_kind", owner)
        return f"{kind[:1].upper()}{kind[1:]}: {name}"
    if group == "box_types":
        return f"{teller.names.box_types.get(owner, clean(owner))}: {name}"
    if group == "vans":
        return f"{teller.names.vans.get(owner, clean(owner))}: {name}"
    if owner:
        return f"{name} ({clean(owner.rpartition('.')[2])})"
    return name


def _value(teller: Teller, one: Parameter, value: float) -> str:
    """Return a value as people write it, without needless decimals."""
    if one.unit == _SHARE:
        return percent(value, teller.language)
    if one.unit == _CLOCK:
        return clock_time(int(value))
    decimals = next(
        (count for count in range(_MOST_DECIMALS) if round(value, count) == value), _MOST_DECIMALS
    )
    return number(value, teller.language, decimals=decimals)


def _source(teller: Teller, one: Parameter) -> str:
    """Return where a number comes from, as the input says it; a default's in our language."""
    say = teller.say
    source = one.source
    if one.is_default and teller.language == "sv":
        source = SOURCES_IN_SWEDISH.get(source, source)
    told = clean(source, longest=_LONGEST)
    if not one.is_default:
        return told or say("word.none")
    default = say("assumptions.default")
    return f"{default}: {told}" if told else default
