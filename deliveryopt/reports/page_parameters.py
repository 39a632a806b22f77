"""Section of the page about assumptions: every number that the plan stands on, with its source."""

from typing import Final

from deliveryopt.reports.blocks import Block, Cell, Paragraphs, Section, Table, heads, row
from deliveryopt.reports.formats import clean
from deliveryopt.reports.parameter_words import parameter_name, parameter_unit, parameter_value
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
_COLUMNS: Final = "-n-n--"
_LONGEST: Final = 300


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
        tuple(_row(teller, one) for one in listed),
    )


def _row(teller: Teller, one: Parameter) -> tuple[Cell, ...]:
    """Return the cells of one parameter."""
    say, none = teller.say, teller.say("word.none")
    spread = none
    if one.low is not None and one.high is not None:
        ends = (parameter_value(teller, one, end) for end in (one.low, one.high))
        spread = " \u2013 ".join(ends)
    return row(
        _COLUMNS,
        parameter_name(teller, one.name),
        parameter_value(teller, one, one.value),
        parameter_unit(teller, one) or none,
        spread,
        none if one.tag is None else say.of("tag", one.tag),
        _source(teller, one),
    )


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
