"""What a number of a scenario is called, and how its values are written."""

from typing import Final

from deliveryopt.reports.formats import HARD_SPACE, clean, clock_time, number, percent
from deliveryopt.reports.sentences import Teller
from deliveryopt.scenario.defaults import Parameter

_FAMILY: Final = {
    "vans": "parameter_van",
    "home_delivery": "parameter_home",
    "homes": "parameter_home",
}
"""Families of names of sections whose fields mean something of their own."""
_SHARE: Final = "share"
_CLOCK: Final = "HH:MM"
_MOST_DECIMALS: Final = 4


def parameter_name(teller: Teller, dotted: str) -> str:
    """Return what a number is called; that of a run, box or van with what it belongs to."""
    say, names = teller.say, teller.names
    section, _, rest = dotted.partition(".")
    owner, _, field = rest.rpartition(".")
    key = f"{_FAMILY.get(section, 'parameter')}.{field}"
    name = say(key) if say.has(key) else clean(field)
    if section == "run_kinds":
        kind = say.of("run_kind", owner)
        return f"{kind[:1].upper()}{kind[1:]}: {name}"
    if section == "box_types":
        return f"{names.box_types.get(owner, clean(owner))}: {name}"
    if section == "vans":
        return f"{names.vans.get(owner, clean(owner))}: {name}"
    return f"{name} ({clean(owner.rpartition('.')[2])})" if owner else name


def parameter_value(teller: Teller, one: Parameter, value: float) -> str:
    """Return a value as people write it, without needless decimals and without its unit."""
    if one.unit == _SHARE:
        return percent(value, teller.language)
    if one.unit == _CLOCK:
        return clock_time(int(value))
    decimals = next(
        (count for count in range(_MOST_DECIMALS) if round(value, count) == value), _MOST_DECIMALS
    )
    return number(value, teller.language, decimals=decimals)


def parameter_unit(teller: Teller, one: Parameter) -> str:
    """Return the unit in words; empty if it has none or the value is written with it."""
    if one.unit in {"", _SHARE, _CLOCK}:
        return ""
    return teller.say.of("unit", one.unit) if teller.say.has(f"unit.{one.unit}") else one.unit


def parameter_amount(teller: Teller, one: Parameter, value: float) -> str:
    """Return a value with its unit."""
    unit = parameter_unit(teller, one)
    written = parameter_value(teller, one, value)
    return f"{written}{HARD_SPACE}{unit}" if unit else written
