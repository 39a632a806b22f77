"""Bundles for the tests of reports: the small world of `tests/plan`, and a hostile one."""

from deliveryopt.plan.metrics import compare_with_today, measure
from deliveryopt.plan.plan import Plan
from deliveryopt.plan.today import todays_plan
from deliveryopt.reports.bundle import Bundle, Proof
from deliveryopt.scenario.schema import Scenario
from tests.plan.small_world import changed, small_plan, small_scenario

HOSTILE = (
    "<script>alert(1)</script>",
    "{{7*7}}",
    '=HYPERLINK("http://evil.example";"click")',
    "\u202egnp.exe",
    "x" * 10_000,
    "🛒 Byn 👵🏽",
    "",
    "@SUM(1)",
    "-2+3",
    "\t=1+1",
    "a\r\n=2",
    "\x1b[31mred%s$(id)",
    "'; DROP TABLE",
    "</script><img src=x onerror=alert(1)>",
)


def proof(cost_ore: int, **changes: object) -> Proof:
    """Return a proof that the plan is best, or one with other values."""
    values: dict[str, object] = {
        "status": "OPTIMAL",
        "cost_ore_per_week": cost_ore,
        "bound_ore_per_week": cost_ore,
        "gap": 0.0,
        "coverage_bound_share": None,
        "truncated": (),
        "seconds": 1.5,
        "seed": 1,
        "interrupted": False,
        "versions": {"deliveryopt": "0.1.0", "ortools": "9.15"},
        **changes,
    }
    return Proof(**values)  # type: ignore[arg-type]  # the tests name real fields


def bundle_of(scenario: Scenario, plan: Plan, **proof_changes: object) -> Bundle:
    """Return the bundle of a plan."""
    metrics = measure(scenario, plan)
    today = measure(scenario, todays_plan(scenario))
    return Bundle(
        scenario=scenario,
        scenario_sha256="0123456789abcdef" * 4,
        plan=plan,
        proof=proof(metrics.cost_ore_per_week, **proof_changes),
        metrics=metrics,
        today=today,
        comparison=compare_with_today(metrics, today),
    )


def small_bundle(**proof_changes: object) -> Bundle:
    """Return the small world with its hand-made plan."""
    return bundle_of(small_scenario(), small_plan(), **proof_changes)


def todays_bundle(**proof_changes: object) -> Bundle:
    """Return the small world in which nothing changes: no boxes, no runs."""
    scenario = small_scenario()
    return bundle_of(scenario, todays_plan(scenario), **proof_changes)


def hostile_bundle() -> Bundle:
    """Return the small world with every name replaced by something hostile."""
    scenario = small_scenario()
    names = iter(HOSTILE * 10)

    def renamed(*parts: object) -> tuple[dict[str, object], ...]:
        return tuple(part.model_dump() | {"name": next(names)} for part in parts)  # type: ignore[attr-defined]

    hostile = changed(
        scenario,
        title=HOSTILE[0],
        villages=renamed(*scenario.villages),
        pickup_points=renamed(*scenario.pickup_points),
        depots=renamed(*scenario.depots),
        stops=renamed(*scenario.stops),
        box_types=renamed(*scenario.box_types),
        runs=tuple(run | {"operator": next(names)} for run in renamed(*scenario.runs)),
        sources=tuple({"name": name, "note": name} for name in HOSTILE),
    )
    return bundle_of(hostile, small_plan(), truncated=HOSTILE, versions={"x<y": "<b>"})


def greatest_coverage_bundle(**proof_changes: object) -> Bundle:
    """Return the small world with a budget for a goal."""
    goal = {"kind": "greatest_coverage", "budget_sek_per_year": 40_000}
    return bundle_of(changed(small_scenario(), goal=goal), small_plan(), **proof_changes)
