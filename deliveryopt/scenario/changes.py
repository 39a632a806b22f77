"""A scenario with one number changed, named as its provenance names it.

The change is checked as a file would be: no value outside its limits, no share of a whole that
breaks the whole, no rule that does not fit the operating days.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from deliveryopt.errors import UsageError
from deliveryopt.language import gettext as _
from deliveryopt.scenario.entries import KEY_OF_FIELD
from deliveryopt.scenario.fields import kinds_of
from deliveryopt.scenario.schema import Goal, Scenario
from deliveryopt.scenario.text import did_you_mean, shown
from deliveryopt.units import DAYS

Model = TypeVar("Model", bound=BaseModel)

_FIELD_OF_KEY: Final[Mapping[str, str]] = MappingProxyType(
    {key: field for field, key in KEY_OF_FIELD.items()}
)
_WHOLES: Final = (
    ("share_s", "share_m", "share_l"),
    tuple(f"share_{day}" for day in DAYS),
)
"""Rates that add up to 1."""
_DECIMALS: Final = 9
"""Shares that follow from another one are rounded to so many decimals."""


class _Holder(NamedTuple):
    """What holds a number."""

    section: str
    """Field of the scenario."""
    item: str
    """Kind of run, or id of the box type, van or operator; empty for the section itself."""
    model: BaseModel


def replaced(value: Model, **changes: object) -> Model:
    """Return a copy with some fields changed, validated again.

    Raises
    ------
    pydantic.ValidationError
        If a value is outside its limits.
    """
    fields = {name: getattr(value, name) for name in type(value).model_fields}
    return type(value).model_validate(fields | changes)


def with_goal(scenario: Scenario, **asked: object) -> Scenario:
    """Return a scenario with another goal, which counts the same costs."""
    counted = {
        "count_resident_trips": scenario.goal.count_resident_trips,
        "count_co2": scenario.goal.count_co2,
    }
    return replaced(scenario, goal=Goal.model_validate(asked | counted))


def with_greatest_coverage(scenario: Scenario, *, budget_sek_per_year: float) -> Scenario:
    """Return a scenario that asks for the greatest coverage, all inhabitants alike."""
    asked = with_goal(scenario, kind="greatest_coverage", budget_sek_per_year=budget_sek_per_year)
    villages = tuple(replaced(village, priority=1.0) for village in scenario.villages)
    return replaced(asked, villages=villages)


def value_of(scenario: Scenario, dotted: str) -> float | None:
    """Return a number of a scenario; None if it is not given.

    Parameters
    ----------
    scenario
        Any scenario.
    dotted
        Its name, such as `rules.reach_km`, `run_kinds.bus.stop_min`, `box_types.small.sek_per_year`
        or `vans.bil_1.speed_kmh`.

    Raises
    ------
    UsageError
        If there is no such number.
    """
    holder, field = _find(scenario, dotted)
    value: float | None = getattr(holder.model, field)
    return value


def with_value(scenario: Scenario, dotted: str, value: float) -> Scenario:
    """Return a scenario with one number changed, checked again.

    A share of a whole takes from the others, or gives to them, in proportion: sizes and days still
    add up to 1.

    Parameters
    ----------
    scenario
        Any scenario.
    dotted
        The number's name, as in `value_of`.
    value
        Its new value; clock times are minutes after 00:00.

    Raises
    ------
    UsageError
        If there is no such number, or the value is not allowed.

    Examples
    --------
    >>> from pathlib import Path
    >>> from deliveryopt.scenario.load import load_scenario
    >>> scenario = load_scenario(Path("scenarios/tiny"))
    >>> with_value(scenario, "rules.reach_km", 5).rules.reach_km
    5.0
    """
    holder, field = _find(scenario, dotted)
    changes = {field: value} | _rest_of_whole(holder, field, value)
    try:
        model = replaced(holder.model, **changes)
        changed = replaced(scenario, **{holder.section: _section_with(scenario, holder, model)})
    except ValidationError as error:
        allowed = kinds_of(type(holder.model))[field].allowed
        raise _not_allowed(dotted, value, allowed) from error
    before = set(_misfits(scenario))
    for allowed in _misfits(changed):
        if allowed not in before:
            raise _not_allowed(dotted, value, allowed)
    return changed


def _find(scenario: Scenario, dotted: str) -> tuple[_Holder, str]:
    """Return what holds a number, and the number's field in it."""
    for prefix, holder in _holders(scenario):
        name = dotted.removeprefix(prefix)
        field = _FIELD_OF_KEY.get(name, name)
        kind = kinds_of(type(holder.model)).get(field)
        if dotted.startswith(prefix) and kind and kind.shape in {"number", "whole", "clock"}:
            return holder, field
    known = [
        prefix + name
        for prefix, holder in _holders(scenario)
        for name, kind in kinds_of(type(holder.model)).items()
        if kind.shape in {"number", "whole", "clock"}
    ]
    otherwise = _("Write a name as the report's table of numbers has it.")
    advice = did_you_mean(dotted, known, otherwise)
    found = _("{name} is no number of this scenario.").format(name=shown(dotted))
    message = f"{found}\n    {advice}  [DO-U031]"
    raise UsageError(message)


def _holders(scenario: Scenario) -> Iterator[tuple[str, _Holder]]:
    """Yield everything that holds numbers, with the start of their names."""
    limits = scenario.rules.max_boxes_per_operator
    for limit in limits:
        name = limit.operator
        yield f"rules.max_boxes_per_operator.{name}.", _Holder("rules", name, limit)
    for section in ("goal", "rules", "rates", "home_delivery"):
        yield f"{section}.", _Holder(section, "", getattr(scenario, section))
    for kind in type(scenario.run_kinds).model_fields:
        model: BaseModel = getattr(scenario.run_kinds, kind)
        yield f"run_kinds.{kind}.", _Holder("run_kinds", kind, model)
    for box in scenario.box_types:
        yield f"box_types.{box.id}.", _Holder("box_types", box.id, box)
    for van in scenario.vans:
        yield f"vans.{van.id}.", _Holder("vans", van.id, van)


def _section_with(scenario: Scenario, holder: _Holder, model: BaseModel) -> object:
    """Return a field of the scenario in which one model is replaced."""
    section: object = getattr(scenario, holder.section)
    if not holder.item:
        return model
    if holder.section == "run_kinds":
        return replaced(scenario.run_kinds, **{holder.item: model})
    if holder.section == "rules":
        limits = tuple(
            model if limit is holder.model else limit
            for limit in scenario.rules.max_boxes_per_operator
        )
        return replaced(scenario.rules, max_boxes_per_operator=limits)
    items: tuple[BaseModel, ...] = section  # type: ignore[assignment]  # box types or vans
    return tuple(model if item is holder.model else item for item in items)


def _rest_of_whole(holder: _Holder, field: str, value: float) -> dict[str, float]:
    """Return what the other shares of a whole become."""
    whole = next((names for names in _WHOLES if field in names), None)
    if holder.section != "rates" or whole is None:
        return {}
    others = {name: float(getattr(holder.model, name)) for name in whole if name != field}
    total = sum(others.values())
    if not total:
        return {}
    return {name: round(share * (1 - value) / total, _DECIMALS) for name, share in others.items()}


def _misfits(scenario: Scenario) -> Iterator[str]:
    """Yield what would have to hold between numbers and does not."""
    days = len(scenario.days)
    if scenario.rules.max_lead_days > days - 1:
        yield _("Allowed: fewer than the {days} operating days.").format(days=days)
    if scenario.rules.min_deliveries_per_week > days:
        yield _("Allowed: at most the {days} operating days.").format(days=days)
    pinned = sum(point.state == "must_open" for point in scenario.pickup_points)
    if scenario.rules.max_boxes is not None and scenario.rules.max_boxes < pinned:
        yield _("Allowed: at least {count}, a box for each site that must open.").format(
            count=pinned
        )
    for names in _WHOLES:
        if abs(sum(getattr(scenario.rates, name) for name in names) - 1) > 1e-6:  # noqa: PLR2004
            yield _("Allowed: {names} that add up to 1.").format(names=", ".join(names))
    for van in scenario.vans:
        if van.shift_end_min <= van.shift_start_min:
            yield _("Allowed: a shift that ends after it begins.")


def _not_allowed(dotted: str, value: float, allowed: str) -> UsageError:
    """Return the error for a value that a number may not have."""
    found = _("{name}: {value:.9g} is not allowed.").format(name=shown(dotted), value=value)
    return UsageError(f"{found}\n    {allowed}  [DO-U032]")
