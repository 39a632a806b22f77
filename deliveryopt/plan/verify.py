"""Check a plan against its scenario, rule by rule; knows nothing of the optimiser.

Each rule of `docs/model.md` has one check of the same name in `RULES`.
Nothing in the plan is trusted: times, loads, distances, parcels in boxes and cost are computed
again from the scenario.
"""

import json
import math
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_
from deliveryopt.plan.metrics import measure
from deliveryopt.plan.plan import Plan
from deliveryopt.plan.recount import plan_cost_ore
from deliveryopt.plan.replay import replay_plan
from deliveryopt.plan.rules_of_homes import home_gets_its_delivery
from deliveryopt.plan.rules_of_parcels import (
    parcels_are_carried,
    parcels_wait_until_ready,
    promise_is_kept,
    transfer_is_secure,
)
from deliveryopt.plan.rules_of_places import (
    box_holds_its_parcels,
    delivered_often_enough,
    goal_is_met,
    pickup_point_is_open,
    pickup_point_is_within_reach,
    village_has_one_pickup_point,
)
from deliveryopt.plan.rules_of_runs import (
    run_is_permitted,
    run_keeps_within_capacity,
    run_keeps_within_delay,
)
from deliveryopt.plan.rules_of_vans import van_keeps_its_shift
from deliveryopt.plan.today import todays_plan
from deliveryopt.plan.violation import Check, VerifyReport, Violation
from deliveryopt.plan.well_formed import plan_is_well_formed
from deliveryopt.plan.world import build_world
from deliveryopt.scenario.schema import Scenario

__all__ = [
    "RULES",
    "VerifyReport",
    "Violation",
    "plan_cost_ore",
    "plan_is_well_formed",
    "verify",
    "verify_result",
]

RULES: Final[Mapping[str, Check]] = MappingProxyType(
    {
        "village_has_one_pickup_point": village_has_one_pickup_point,
        "pickup_point_is_open": pickup_point_is_open,
        "pickup_point_is_within_reach": pickup_point_is_within_reach,
        "parcels_are_carried": parcels_are_carried,
        "parcels_wait_until_ready": parcels_wait_until_ready,
        "promise_is_kept": promise_is_kept,
        "delivered_often_enough": delivered_often_enough,
        "run_keeps_within_capacity": run_keeps_within_capacity,
        "run_keeps_within_delay": run_keeps_within_delay,
        "run_is_permitted": run_is_permitted,
        "transfer_is_secure": transfer_is_secure,
        "box_holds_its_parcels": box_holds_its_parcels,
        "van_keeps_its_shift": van_keeps_its_shift,
        "home_gets_its_delivery": home_gets_its_delivery,
        "goal_is_met": goal_is_met,
    }
)
"""The check of each rule, in the order of `docs/model.md`."""

RESULT_FORMAT: Final = "deliveryopt-result/1"
RESULT_KEYS = frozenset(
    {
        "format",
        "scenario",
        "status",
        "cost_ore_per_week",
        "bound_ore_per_week",
        "gap",
        "coverage_bound_share",
        "seconds",
        "seed",
        "versions",
        "truncated",
        "plan",
        "metrics",
        "today",
        "ways",
        "unserved",
        "violations",
    }
)
"""Keys of a result.json."""
_WORDS_OF_PYDANTIC: Final[Mapping[str, str]] = MappingProxyType(
    {
        "missing": N_("Field required"),
        "extra_forbidden": N_("Extra inputs are not permitted"),
        "string_type": N_("Input should be a valid string"),
        "int_type": N_("Input should be a valid integer"),
        "tuple_type": N_("Input should be a valid array"),
        "model_type": N_("Input should be an object"),
        "greater_than_equal": N_("Input should be greater than or equal to {ge}"),
        "less_than_equal": N_("Input should be less than or equal to {le}"),
        "literal_error": N_("Input should be {expected}"),
        "string_too_short": N_("String should have at least {min_length} character"),
        "string_too_long": N_("String should have at most {max_length} characters"),
        "too_short": N_(
            "Tuple should have at least {min_length} item after validation, not {actual_length}"
        ),
        "too_long": N_(
            "Tuple should have at most {max_length} items after validation, not {actual_length}"
        ),
        "value_error": N_("Value error, {error}"),
        "json_invalid": N_("Invalid JSON: {error}"),
    }
)
"""What can be wrong with a plan's values, in the words of pydantic."""
MAX_DIFFERENCES: Final = 20
MAX_SHOWN: Final = 200
GAP_TOLERANCE: Final = 1e-6
COVERAGE_TOLERANCE: Final = 1e-3  # the optimiser rounds an inhabitant's weight to thousandths


def verify(scenario: Scenario, plan: Plan) -> VerifyReport:
    """Return every violation of the rules by a plan; never raises for what a plan says.

    Parameters
    ----------
    scenario
        A scenario that the loader accepts.
    plan
        Any plan.

    Returns
    -------
    VerifyReport
        Without violations if the plan keeps every rule.
    """
    plan_or_faults = _read_plan(plan.model_dump(mode="python", warnings=False))
    if isinstance(plan_or_faults, tuple):
        return VerifyReport(violations=plan_or_faults)
    replay = replay_plan(build_world(scenario), plan_or_faults)
    checks = (plan_is_well_formed, *RULES.values())
    return VerifyReport(violations=tuple(found for check in checks for found in check(replay)))


def _read_plan(parsed: object) -> Plan | tuple[Violation, ...]:
    """Return a plan from plain values, or what is wrong with them."""
    try:
        return Plan.model_validate_json(json.dumps(parsed, allow_nan=False), strict=True)
    except ValidationError as error:
        return tuple(
            _malformed(
                f"{'.'.join(map(str, fault['loc'])) or 'plan'}: {_words_of(fault)}",
                repr(fault["type"]),
            )
            for fault in error.errors(include_url=False, include_input=False)
        )
    except (TypeError, ValueError, RecursionError) as error:
        return (_malformed(_("It is not made of JSON values."), type(error).__name__),)


def _words_of(fault: ErrorDetails) -> str:
    """Return what is wrong with a value, in the language in force where the words are known."""
    words = _WORDS_OF_PYDANTIC.get(fault["type"])
    if words is None:
        return fault["msg"]
    context = fault.get("ctx", {})
    first, _or, last = str(context.get("expected", "")).rpartition(" or ")
    if first:
        context["expected"] = _("{first} or {last}").format(first=first, last=last)
    return _(words).format(**context)


def _malformed(what: str, found: str) -> Violation:
    """Return the violation of a plan that cannot be read."""
    return Violation(
        rule="plan_is_well_formed",
        message=_("The plan cannot be read. {what}").format(what=what),
        found=found,
        allowed=_("a plan as docs/file-format.md describes"),
    )


def _claim(what: str, *, found: object, allowed: object, excess: float = 1.0) -> Violation:
    """Return the violation of a result that claims something untrue."""
    return Violation(
        rule="claims_are_true",
        message=_("The result claims {what} {found}; it is {allowed}.").format(
            what=what, found=_shown(found), allowed=_shown(allowed)
        ),
        found=_shown(found),
        allowed=_shown(allowed),
        excess=excess,
    )


def _shown(value: object) -> str:
    """Return a value as text, shortened."""
    try:
        text = repr(value)
    except ValueError:  # a whole number of more digits than Python will print
        text = _("a number too long to print")
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}..."


def _number(value: object) -> float | None:
    """Return a finite number, or None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _cost_claims(
    result: Mapping[str, object], cost_ore: int, *, may_cover_more: bool
) -> Iterator[Violation]:
    """Check the cost, bound and gap that a result claims.

    Where another plan may cover more, a result need not claim a gap.
    """
    claimed = result.get("cost_ore_per_week")
    if _number(claimed) != cost_ore:
        apart = abs((_number(claimed) or 0) - cost_ore)
        yield _claim("cost_ore_per_week", found=claimed, allowed=cost_ore, excess=apart)
    bound, gap = result.get("bound_ore_per_week"), result.get("gap")
    if bound is None:
        if gap is not None:
            yield _claim("gap", found=gap, allowed=None)
        return
    bound_ore, claimed_gap = _number(bound), _number(gap)
    if bound_ore is None or bound_ore > cost_ore:
        most = _("at most {count}").format(count=cost_ore)
        yield _claim("bound_ore_per_week", found=bound, allowed=most)
        return
    if gap is None and may_cover_more:
        return
    true_gap = (cost_ore - bound_ore) / max(1, abs(cost_ore))
    if claimed_gap is None or abs(claimed_gap - true_gap) > GAP_TOLERANCE:
        yield _claim("gap", found=gap, allowed=true_gap)


def _proof_claims(
    result: Mapping[str, object], cost_ore: int, coverage_share: float
) -> Iterator[Violation]:
    """Check the status and the bound on coverage that a result claims."""
    status = result.get("status")
    proven = _number(result.get("bound_ore_per_week")) == cost_ore
    if status != "FEASIBLE" and not (status == "OPTIMAL" and proven):
        yield _claim("status", found=status, allowed="OPTIMAL" if proven else "FEASIBLE")
    bound = result.get("coverage_bound_share")
    if bound is None:
        return
    bound_share = _number(bound)
    if bound_share is None or bound_share < coverage_share - COVERAGE_TOLERANCE:
        least = _("at least {count}").format(count=coverage_share)
        yield _claim("coverage_bound_share", found=bound, allowed=least)


def _differences(claimed: object, true: object, path: str) -> Iterator[Violation]:
    """Yield where claimed figures differ from true ones."""
    if isinstance(true, dict):
        given = claimed if isinstance(claimed, Mapping) else {}
        for key in dict.fromkeys((*true, *map(str, given))):
            if key not in given or key not in true:
                has = _("given") if key in given else _("missing")
                should = _("given") if key in true else _("none")
                yield _claim(f"{path}.{key}", found=has, allowed=should)
            else:
                yield from _differences(given[key], true[key], f"{path}.{key}")
    elif isinstance(true, list) and isinstance(claimed, list) and len(true) == len(claimed):
        for number, (theirs, ours) in enumerate(zip(claimed, true, strict=True)):
            yield from _differences(theirs, ours, f"{path}.{number}")
    elif isinstance(claimed, bool) != isinstance(true, bool) or claimed != true:
        yield _claim(path, found=claimed, allowed=true)


def _scenario_claims(
    scenario: Scenario, result: Mapping[str, object], sha256: str | None
) -> Iterator[Violation]:
    """Check that a result is of this format and this scenario."""
    if result.get("format") != RESULT_FORMAT:
        yield _claim("format", found=result.get("format"), allowed=RESULT_FORMAT)
    claimed = result.get("scenario")
    of_scenario: Mapping[str, object] = claimed if isinstance(claimed, Mapping) else {}
    if of_scenario.get("name") != scenario.name:
        yield _claim("scenario.name", found=of_scenario.get("name"), allowed=scenario.name)
    if sha256 is not None and of_scenario.get("sha256") != sha256:
        yield _claim("scenario.sha256", found=of_scenario.get("sha256"), allowed=sha256)


def verify_result(
    scenario: Scenario, result: Mapping[str, object], *, sha256: str | None = None
) -> VerifyReport:
    """Return every violation by the plan in a result, and every untrue claim about it.

    Parameters
    ----------
    scenario
        The scenario that the result is said to be of.
    result
        A parsed `result.json`.
    sha256
        The scenario's hash; None if it is not to be compared.

    Returns
    -------
    VerifyReport
        Untrue claims have the rule name `claims_are_true`.
    """
    found = list(_scenario_claims(scenario, result, sha256))
    plan_or_faults = _read_plan(result.get("plan"))
    if isinstance(plan_or_faults, tuple):
        return VerifyReport(violations=(*plan_or_faults, *found))
    plan = plan_or_faults
    found += verify(scenario, plan).violations
    cost_ore = plan_cost_ore(scenario, plan)
    metrics = measure(scenario, plan)
    widest = scenario.goal.kind == "greatest_coverage"
    found += _cost_claims(result, cost_ore, may_cover_more=widest)
    if result.get("violations"):
        found.append(_claim("violations", found=result["violations"], allowed=[]))
    unknown = sorted(str(key) for key in result.keys() - RESULT_KEYS)
    found += [
        _claim(_("the key {key!r}").format(key=key), found=key, allowed=_("no key of a result"))
        for key in unknown
    ]
    found += _proof_claims(result, cost_ore, metrics.weighted_coverage_share)
    for name, figures in (
        ("metrics", metrics),
        ("today", measure(scenario, todays_plan(scenario))),
    ):
        differences = list(_differences(result.get(name), figures.model_dump(mode="json"), name))
        found += differences[:MAX_DIFFERENCES]
    return VerifyReport(violations=tuple(found))
