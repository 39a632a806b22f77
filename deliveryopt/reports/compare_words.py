"""How figures, differences and fields of input are written in a comparison."""

from typing import Final

from deliveryopt.reports.compare_rows import CompareRow, Fate
from deliveryopt.reports.formats import MINUS, clean, clock_time, number, percent, signed
from deliveryopt.reports.home_amounts import AmountRow
from deliveryopt.reports.page_cost import item_label, payer_label
from deliveryopt.reports.sentences_of_compare import Compared
from deliveryopt.reports.texts import Texts
from deliveryopt.scenario.defaults import unit_of
from deliveryopt.scenario.differences import Value
from deliveryopt.scenario.entries import KEY_OF_FIELD

_PER_CENT: Final = 100
_MOST_DECIMALS: Final = 4
_LONGEST: Final = 300
_NONE: Final = "word.none"
_PAYERS: Final = frozenset({"municipality", "region", "carrier", "residents", "state", "shops"})
FATE_TEXTS: Final[dict[Fate, str]] = {
    "gained": "compare.fate_gained",
    "lost": "compare.fate_lost",
    "moved": "compare.fate_moved",
}
TABLE_TEXTS: Final = {
    "villages": "compare.table_villages",
    "pickup_points": "compare.table_pickup_points",
    "depots": "compare.table_depots",
    "stops": "compare.table_stops",
    "runs": "compare.table_runs",
    "given_demand": "compare.table_given_demand",
    "distances": "compare.table_distances",
    "box_types": "compare.table_box_types",
    "vans": "compare.table_vans",
}
"""Tables whose rows may be named; home orders are not among them."""
_FAMILIES: Final = {"vans": "parameter_van", "home_delivery": "parameter_home"}


def row_label(plans: Compared, row: CompareRow) -> str:
    """Return what a figure is called, or amounts that are told together."""
    if row.text:
        return plans.say(row.text)
    amount = AmountRow(tuple(row.key.split("+")), 0, 0)
    if _PAYERS.intersection(amount.names):
        return payer_label(plans.baseline, amount)
    return item_label(plans.baseline, amount)


def value_text(row: CompareRow, value: float | None, say: Texts) -> str:
    """Return a figure as people write it."""
    if value is None:
        return say(_NONE)
    if row.unit == "share":
        return percent(value, say.language, decimals=row.decimals)
    return number(value, say.language, decimals=row.decimals)


def change_text(row: CompareRow, place: int, say: Texts) -> str:
    """Return the difference of one plan with its sign; of shares in percentage points."""
    change = row.change(place)
    if change is None:
        return say(_NONE)
    if row.unit == "share":
        points = number(change * _PER_CENT, say.language, decimals=row.decimals)
        return say("compare.points", count=signed(points, change))
    return signed(number(change, say.language, decimals=row.decimals), change)


def change_share_text(row: CompareRow, place: int, say: Texts) -> str:
    """Return the difference of one plan over the baseline, as per cent."""
    share = row.change_share(place)
    if share is None:
        return say(_NONE)
    sign = MINUS if share < 0 else ""
    return signed(sign + percent(abs(share), say.language), share)


def field_label(plans: Compared, field: str) -> str:
    """Return what a field of the input means; its own name if there are no words for it."""
    say = plans.say
    group, _, rest = field.partition(".")
    owner, _, name = rest.rpartition(".")
    field_name = {key: own for own, key in KEY_OF_FIELD.items()}.get(name, name)
    family = _FAMILIES.get(group, "parameter")
    words = next(
        (say(key) for key in (f"{family}.{field_name}", f"parameter.{field_name}") if say.has(key)),
        "",
    )
    if not words:
        return say(_NONE)
    if group == "run_kinds" and say.has(f"run_kind.{owner}"):
        return f"{say.of('run_kind', owner).capitalize()}: {words}"
    names = plans.baseline.names
    owners = {"box_types": names.box_types, "vans": names.vans}.get(group, {})
    return f"{owners[owner]}: {words}" if owner in owners else words


def field_value(value: Value, field: str, say: Texts) -> str:
    """Return a value of the input as people write it."""
    if value is None or value == "":
        return say(_NONE)
    if isinstance(value, bool):
        return say("word.yes" if value else "word.no")
    if isinstance(value, str):
        return clean(value, longest=_LONGEST)
    name = field.rpartition(".")[2]
    if name in KEY_OF_FIELD.values():
        return clock_time(int(value))
    if unit_of(name) == "share":
        return percent(value, say.language)
    decimals = next(
        (count for count in range(_MOST_DECIMALS) if round(value, count) == value), _MOST_DECIMALS
    )
    return number(value, say.language, decimals=decimals)
