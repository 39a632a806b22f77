"""The solver against full enumeration on micro-scenarios with vans and home orders.

Status and cost must be the oracle's to the öre. Where the search is made to work as in a large
scenario, or may stop early, its bound must not pass the oracle's optimum, and its plan must not
cost less.
"""

from collections.abc import Iterator
from fractions import Fraction

import pytest

from deliveryopt.plan.plan import Plan
from deliveryopt.plan.verify import plan_cost_ore, verify
from deliveryopt.scenario.home_delivery import HomeOrder
from deliveryopt.scenario.schema import Depot, Scenario
from deliveryopt.solver import aims, one_choice
from deliveryopt.solver import solve as solve_module
from deliveryopt.solver.solve import SolveOptions, solve
from tests.brute_force import BruteResult, NotMicroError
from tests.brute_force_homes import least_cost_with_homes
from tests.by_hand import little_run, little_world
from tests.strategies import replaced
from tests.strategies_homes import random_scenario_with_homes

NUM_SEEDS = 240
PER_TEST = 20
EXACT = SolveOptions(time_limit_s=20.0, gap=0.0, seed=1, deterministic=True)
ROUGH = SolveOptions(time_limit_s=20.0, gap=0.1, seed=1, deterministic=True)


def _oracle(scenario: Scenario) -> BruteResult | None:
    """Return the optimum, or None if the scenario is too large for the oracle."""
    try:
        return least_cost_with_homes(scenario)
    except NotMicroError:
        return None


def _faults_of_plan(
    scenario: Scenario, who: str, plan: Plan | None, cost_ore: int | None
) -> Iterator[str]:
    """Yield what the verifier says of a plan."""
    if plan is None:
        return
    yield from (f"{who}: {fault}" for fault in verify(scenario, plan).violations)
    verified_ore = plan_cost_ore(scenario, plan)
    if verified_ore != cost_ore:
        yield f"{who} {cost_ore}, verifier {verified_ore}"


def _disagreements(scenario: Scenario) -> Iterator[str]:
    """Yield what an exact search, the oracle and the verifier do not agree on."""
    expected = _oracle(scenario)
    if expected is None:
        return
    result = solve(scenario, EXACT)
    best = (expected.status, expected.cost_ore, expected.cost_ore, ())
    found = (result.status, result.cost_ore, result.bound_ore, result.truncated)
    if found != best:
        yield f"{scenario.name}: solver {found}, oracle {best}"
    for who, plan, cost_ore in (
        ("solver", result.plan, result.cost_ore),
        ("oracle", expected.plan, expected.cost_ore),
    ):
        faults = _faults_of_plan(scenario, who, plan, cost_ore)
        yield from (f"{scenario.name}: {fault}" for fault in faults)


def _false_claims(scenario: Scenario, options: SolveOptions) -> Iterator[str]:
    """Yield what a search says that the oracle knows to be false."""
    expected = _oracle(scenario)
    if expected is None:
        return
    result = solve(scenario, options)
    faults = _faults_of_plan(scenario, "solver", result.plan, result.cost_ore)
    yield from (f"{scenario.name}: {fault}" for fault in faults)
    says = f"{scenario.name}: {result.status} {result.bound_ore} to {result.cost_ore}"
    if expected.cost_ore is None:
        if result.plan is not None:
            yield f"{says}, oracle {expected.status}"
        return
    if result.status == "INFEASIBLE":
        yield f"{says}, oracle {expected.cost_ore}"
    covers = expected.weighted_coverage or Fraction(0)
    is_same_aim = scenario.goal.kind == "least_cost" or result.coverage_is_proven
    if is_same_aim and result.bound_ore is not None and result.bound_ore > expected.cost_ore:
        yield f"{says}, oracle {expected.cost_ore}"
    if is_same_aim and result.cost_ore is not None and result.cost_ore < expected.cost_ore:
        yield f"{says}, oracle {expected.cost_ore}"
    if (
        result.coverage_bound is not None
        and result.coverage_bound < _share(scenario, covers) - 1e-9
    ):
        yield f"{says}, coverage at most {result.coverage_bound}, oracle {covers}"


def _share(scenario: Scenario, covers: Fraction) -> float:
    """Return weighted coverage as a share of all inhabitants, weighted."""
    everybody = sum(v.inhabitants * Fraction(str(v.priority)) for v in scenario.villages)
    return float(covers / everybody) if everybody else 0.0


def _all_disagreements(first: int, number: int) -> list[str]:
    return [
        text
        for seed in range(first, first + number)
        for text in _disagreements(random_scenario_with_homes(seed))
    ]


def _all_false_claims(first: int, number: int, options: SolveOptions) -> list[str]:
    return [
        text
        for seed in range(first, first + number)
        for text in _false_claims(random_scenario_with_homes(seed), options)
    ]


def _an_order_alone_makes_a_delivery_day() -> Scenario:
    """Return a world where Tuesday's only parcel is an order from a shop of no village."""
    world = little_world()
    shop = Depot(id="k", name="k", kind="shop", lat_deg=62.02, lon_deg=15.0)
    order = HomeOrder(id="h", place_id="v", origin="k", days=("tue",), box_size="S")
    return replaced(
        world,
        name="an order alone makes a delivery day",
        rules=replaced(world.rules, min_deliveries_per_week=2),
        box_types=(replaced(world.box_types[0], compartments_s=3),),
        depots=(*world.depots, shop),
        homes=(order,),
        runs=(
            little_run("r1", [("d", 400), ("s", 410)]),
            little_run("r2", [("k", 400), ("s", 410)], days=["tue"]),
        ),
    )


def test_solver_agrees_that_an_order_alone_makes_a_delivery_day() -> None:
    scenario = _an_order_alone_makes_a_delivery_day()

    # the box, and a stop on each day
    assert least_cost_with_homes(scenario).cost_ore == 1000 + 2 * 1000
    assert list(_disagreements(scenario)) == []


@pytest.fixture(params=[-1, one_choice.MOST_COLUMNS], ids=["together", "as they are"])
def as_if_large(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the search work as it does in a scenario that is too large for the plain model."""
    monkeypatch.setattr(one_choice, "MOST_COLUMNS", request.param)
    for module in (solve_module, aims):
        monkeypatch.setattr(module, "PLAIN_COLUMNS", -1, raising=False)


@pytest.mark.parametrize("first", range(0, NUM_SEEDS, PER_TEST))
def test_solver_agrees_with_brute_force_on_vans_and_homes(first: int) -> None:
    assert _all_disagreements(first, PER_TEST) == []


@pytest.mark.parametrize("first", range(300, 340, PER_TEST))
def test_a_rough_search_claims_nothing_false(first: int) -> None:
    assert _all_false_claims(first, PER_TEST, ROUGH) == []


@pytest.mark.usefixtures("as_if_large")
@pytest.mark.parametrize("first", range(400, 440, PER_TEST))
def test_a_search_as_in_large_scenarios_claims_nothing_false(first: int) -> None:
    assert _all_false_claims(first, PER_TEST, EXACT) == []


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1000, 4000, 100))
def test_solver_agrees_with_brute_force_on_many_more_vans_and_homes(first: int) -> None:
    assert _all_disagreements(first, 100) == []


@pytest.mark.slow
@pytest.mark.usefixtures("as_if_large")
@pytest.mark.parametrize("first", range(4000, 4600, 100))
def test_a_search_as_in_large_scenarios_claims_nothing_false_of_many_more(first: int) -> None:
    assert _all_false_claims(first, 100, EXACT) == []
