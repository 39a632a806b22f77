"""Bundles for the tests of reports: the small worlds of `tests/plan`, and hostile ones."""

from dataclasses import replace

from deliveryopt.plan.metrics import compare_with_today, measure
from deliveryopt.plan.plan import HomeLeft, Plan, VanRoute
from deliveryopt.plan.today import todays_plan
from deliveryopt.reports.bundle import Bundle, Proof, Way
from deliveryopt.scenario.field_types import Day
from deliveryopt.scenario.schema import Scenario
from tests.plan.small_world import changed, small_plan, small_scenario
from tests.plan.small_world_vans import AT_STOP, IN_BOX, trip, van, van_plan, van_scenario

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


def ways(bundle: Bundle) -> tuple[Way, ...]:
    """Return five ways: two with figures, one without time, one without a plan, and the plan."""
    cost_ore, todays_ore = bundle.metrics.cost_ore_per_week, bundle.today.cost_ore_per_week
    return (
        Way(
            "today",
            "GIVEN",
            0.0,
            metrics=bundle.today,
            cost_ore_per_week=todays_ore,
            above_together_ore_per_week=todays_ore - cost_ore,
        ),
        Way("vans_only", "UNKNOWN", 2.0, why="not found in time"),
        Way("boxes_and_vans", "INFEASIBLE", 1.0, why="proven impossible"),
        Way(
            "boxes_then_routes",
            "FEASIBLE",
            2.5,
            metrics=bundle.metrics,
            cost_ore_per_week=cost_ore + 12_345,
            bound_ore_per_week=cost_ore + 10_000,
            above_together_ore_per_week=12_345,
            repaired=tuple(village.id for village in bundle.scenario.villages[:1]),
        ),
        Way(
            "together",
            bundle.proof.status,
            1.5,
            metrics=bundle.metrics,
            cost_ore_per_week=cost_ore,
            bound_ore_per_week=bundle.proof.bound_ore_per_week,
            above_together_ore_per_week=0,
        ),
    )


def homes_bundle(**proof_changes: object) -> Bundle:
    """Return the small world with a van and seven home orders, beside four other ways."""
    bundle = bundle_of(van_scenario(), van_plan(), **proof_changes)
    return replace(bundle, ways=ways(bundle))


def only_vans_bundle() -> Bundle:
    """Return the small world with a van and home orders in which nothing is planned."""
    scenario = van_scenario()
    return bundle_of(scenario, todays_plan(scenario))


def many_homes_bundle(
    *, by_run: int = 8, as_today: int = 6, unserved: int = 7, in_box: bool = False
) -> Bundle:
    """Return the small world with more home orders; the round brings many to the same stop.

    One more is collected or left to nobody. The plan breaks rules, but figures and reports do not
    ask about that.
    """
    scenario, plan = van_scenario(), van_plan()
    like = {order.id: order for order in scenario.homes}

    def more(order_id: str, number: int) -> list[str]:
        return [f"{order_id}_{count:02d}" for count in range(number)]

    runs, todays, nobodys = (
        more("hem_anna", by_run),
        more("hem_fia", as_today),
        more("hem_gun", unserved),
    )
    homes = [
        changed(like[order_id.rpartition("_")[0]], id=order_id)
        for order_id in (*runs, *todays, *nobodys)
    ]
    bigger = changed(scenario, homes=(*homes, like["hem_eva"]))
    left = (
        *(HomeLeft(order=order, how="today") for order in todays),
        *(HomeLeft(order=order, how="none") for order in nobodys),
        *(() if in_box else (HomeLeft(order="hem_eva", how="none"),)),
    )
    wide = changed(
        plan,
        homes_by_run=tuple(changed(AT_STOP, order=order) for order in runs),
        homes_in_box=(IN_BOX,) if in_box else (),
        homes_left=left,
        van_routes=(),
        van_shipments=(),
    )
    bundle = bundle_of(bigger, wide)
    return replace(bundle, ways=ways(bundle))


def hostile_homes_bundle() -> Bundle:
    """Return the small world with a van and homes, every name replaced by something hostile."""
    scenario = van_scenario()
    names = iter(HOSTILE * 10)

    def renamed(*parts: object) -> tuple[dict[str, object], ...]:
        return tuple(part.model_dump() | {"name": next(names)} for part in parts)  # type: ignore[attr-defined]

    hostile = changed(
        scenario,
        vans=tuple(named | {"operator": next(names)} for named in renamed(*scenario.vans)),
        villages=renamed(*scenario.villages),
        pickup_points=renamed(*scenario.pickup_points),
        depots=renamed(*scenario.depots),
        stops=renamed(*scenario.stops),
    )
    bundle = bundle_of(hostile, van_plan(), truncated=HOSTILE)
    return replace(bundle, ways=ways(bundle))


def busy_van_bundle() -> Bundle:
    """Return the small world with twelve orders by van on Wednesday, and one on Friday.

    A second van brings one order on Monday; six orders are as today.
    """
    scenario, plan = van_scenario(), van_plan()
    like = {order.id: order for order in scenario.homes}
    by_van = [f"hem_dan_{number:02d}" for number in range(14)]
    todays = [f"hem_fia_{number:02d}" for number in range(6)]
    homes = [changed(like[order[:7]], id=order) for order in (*by_van, *todays)]
    minutes = {"wed": by_van[:12], "fri": by_van[12:13], "mon": by_van[13:]}

    def route(van_id: str, day: Day) -> VanRoute:
        stops = [(order, 507 + 10 * number) for number, order in enumerate(minutes[day])]
        driven = trip("terminalen", 495, *stops, back=700)
        return VanRoute(van=van_id, day=day, start_min=481, trips=(driven,), end_min=712)

    return bundle_of(
        changed(scenario, homes=homes, vans=(van(), changed(van(), id="van_2", name="Lillbilen"))),
        changed(
            plan,
            homes_by_run=(),
            homes_in_box=(),
            homes_left=tuple(HomeLeft(order=order, how="today") for order in todays),
            van_routes=(route("van_2", "mon"), route("van_1", "wed"), route("van_1", "fri")),
            van_shipments=(),
        ),
    )


def bus_bundle(*, with_parcels: bool) -> Bundle:
    """Return the small world in which a bus, not home care, brings two home orders."""
    scenario, plan = van_scenario(), van_plan()
    bus = changed(scenario.runs[0], kind="bus", name="Bussen")
    nothing = {} if with_parcels else {"services": (), "shipments": ()}
    return bundle_of(changed(scenario, runs=(bus,)), changed(plan, **nothing))
