"""Results in folders: everything that later questions about them need, read back and checked.

Beside `result.json` stands the scenario that it answers, in the folder `scenario`.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from deliveryopt.errors import Fault, PlanBreaksRuleError, ScenarioError
from deliveryopt.language import gettext as _
from deliveryopt.plan.metrics import compare_with_today, measure
from deliveryopt.plan.plan import Plan
from deliveryopt.plan.reasons import Unserved
from deliveryopt.plan.today import todays_plan
from deliveryopt.plan.verify import verify_result
from deliveryopt.reports.bundle import Bundle, Proof, Way
from deliveryopt.reports.result_file import read_result
from deliveryopt.scenario.load import load_scenario, scenario_hash
from deliveryopt.scenario.save import save_scenario
from deliveryopt.scenario.schema import Scenario
from deliveryopt.studies.variants import without_todays_deliveries

FOLDER: Final = "scenario"
_PRIVATE_FOLDER: Final = 0o700
_WAY_FIELDS: Final = ("name", "status", "why", "bound_ore_per_week", "above_together_ore_per_week")


def keep_scenario(scenario: Scenario, folder: Path) -> None:
    """Write the scenario beside its result; with home orders for the user who writes it only.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    path = folder / FOLDER
    save_scenario(scenario, path, force=True)
    if scenario.homes:
        path.chmod(_PRIVATE_FOLDER)


def open_result(path: Path, scenario: Path | None = None, *, encoding: str = "utf-8") -> Bundle:
    """Return a result as a bundle, every figure computed anew.

    Parameters
    ----------
    path
        A `result.json` or the folder that holds one.
    scenario
        Folder of its scenario; None takes the one that stands beside the result.
    encoding
        Text encoding of the scenario's files.

    Raises
    ------
    ScenarioError
        If result or scenario cannot be read.
    PlanBreaksRuleError
        If the result is not true of the scenario.
    """
    content = read_result(path)
    folder = path if path.is_dir() else path.parent
    place = scenario if scenario is not None else folder / FOLDER
    if scenario is None and not place.is_dir():
        found, advice = _("its scenario does not stand beside it."), _("Name it with --scenario.")
        raise _fault(path, found, advice)
    loaded = load_scenario(place, encoding=encoding)
    report = verify_result(loaded, content, sha256=scenario_hash(loaded))
    if report.violations:
        raise PlanBreaksRuleError("\n".join(str(violation) for violation in report.violations))
    plan = Plan.model_validate(content["plan"])
    metrics, today = measure(loaded, plan), measure(loaded, todays_plan(loaded))
    try:
        return Bundle(
            scenario=loaded,
            scenario_sha256=scenario_hash(loaded),
            plan=plan,
            proof=_proof(content),
            metrics=metrics,
            today=today,
            comparison=compare_with_today(metrics, today),
            ways=tuple(_way(loaded, way) for way in _list(content.get("ways"))),
            unserved=TypeAdapter(tuple[Unserved, ...]).validate_python(
                _tuples(content.get("unserved") or ())
            ),
        )
    except (ValidationError, KeyError, TypeError, ValueError) as error:
        found = _("a part of it is not as 'solve' writes it.")
        raise _fault(path, found, _("Solve again.")) from error


def _fault(path: Path, found: str, advice: str) -> ScenarioError:
    allowed = _("Allowed: a result written by 'solve', with its folder 'scenario'.")
    return ScenarioError([Fault(str(path), found, allowed, advice, "DO-R007")])


def _proof(content: Mapping[str, Any]) -> Proof:
    """Return what is proven, as the result says; `verify_result` has checked it."""
    return Proof(
        status=content["status"],
        cost_ore_per_week=content["cost_ore_per_week"],
        bound_ore_per_week=content["bound_ore_per_week"],
        gap=content["gap"],
        coverage_bound_share=content["coverage_bound_share"],
        truncated=tuple(content["truncated"]),
        seconds=float(content["seconds"]),
        seed=int(content["seed"]),
        interrupted=bool(content.get("interrupted", False)),
        versions=dict(content["versions"]),
    )


def _way(scenario: Scenario, content: Mapping[str, Any]) -> Way:
    """Return one other way, its plan measured anew."""
    way = Way(
        **{name: content[name] for name in _WAY_FIELDS},
        seconds=float(content["seconds"]),
        truncated=tuple(content["truncated"]),
        repaired=tuple(content["repaired"]),
    )
    if content.get("plan") is None:
        return way
    plan = Plan.model_validate(content["plan"])
    measured_in = without_todays_deliveries(scenario) if way.name == "vans_only" else scenario
    metrics = measure(measured_in, plan)
    return replace(way, plan=plan, metrics=metrics, cost_ore_per_week=metrics.cost_ore_per_week)


def _list(value: object) -> list[Mapping[str, Any]]:
    return list(value) if isinstance(value, list) else []


def _tuples(value: object) -> object:
    """Return JSON lists as tuples, as values hold them."""
    if isinstance(value, list | tuple):
        return tuple(_tuples(one) for one in value)
    if isinstance(value, dict):
        return {key: _tuples(one) for key, one in value.items()}
    return value
