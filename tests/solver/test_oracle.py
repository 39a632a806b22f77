"""The solver against full enumeration on random micro-scenarios; its plans against the verifier."""

from collections.abc import Callable, Iterator

import pytest

from deliveryopt.plan.verify import plan_cost_ore, verify
from deliveryopt.scenario.schema import Distance, GivenDemand, Scenario, Stop
from deliveryopt.solver import aims, one_choice
from deliveryopt.solver.solve import SolveOptions, solve
from deliveryopt.units import DAYS
from tests.brute_force import NotMicroError, least_cost_by_brute_force
from tests.by_hand import little_run, little_world
from tests.strategies import random_scenario, replaced

NUM_SEEDS = 240
PER_TEST = 20
EXACT = SolveOptions(time_limit_s=20.0, gap=0.0, seed=1, deterministic=True)


def _disagreements(scenario: Scenario) -> Iterator[str]:
    """Yield what the solver, the oracle and the verifier do not agree on."""
    name = scenario.name
    try:
        expected = least_cost_by_brute_force(scenario)
    except NotMicroError:
        return
    result = solve(scenario, EXACT)
    best = (expected.status, expected.cost_ore, expected.cost_ore, ())
    found = (result.status, result.cost_ore, result.bound_ore, result.truncated)
    if found != best:
        yield f"{name}: solver {found}, oracle {best}"
    for who, plan, cost_ore in (
        ("solver", result.plan, result.cost_ore),
        ("oracle", expected.plan, expected.cost_ore),
    ):
        if plan is not None:
            yield from (f"{name}: {who}: {fault}" for fault in verify(scenario, plan).violations)
            if plan_cost_ore(scenario, plan) != cost_ore:
                yield f"{name}: {who} {cost_ore}, verifier {plan_cost_ore(scenario, plan)}"


def _all_disagreements(first: int, number: int) -> list[str]:
    return [
        text
        for seed in range(first, first + number)
        for text in _disagreements(random_scenario(seed))
    ]


def _loop_with_one_early_call() -> Scenario:
    """Return a world where only the first of two calls at the depot is within six days."""
    world = little_world()
    tuesday = GivenDemand(village_id="v", day="tue", size="S", parcels=2)
    away = Stop(id="a", name="a", lat_deg=62.0, lon_deg=15.03)
    return replaced(
        world,
        name="loop with one early call",
        days=("mon", "tue"),
        rules=replaced(world.rules, max_lead_days=6),
        stops=(away, *world.stops),
        runs=(little_run("r", [("d", 1430), ("a", 1440), ("d", 1470), ("s", 1480)]),),
        given_demand=(tuesday,),
    )


def _later_day_by_the_worse_detour() -> Scenario:
    """Return a world where only the longer, later detour arrives on a second delivery day."""
    world = little_world()
    near = {"lat_deg": 62.002, "lon_deg": 15.0}
    return replaced(
        world,
        name="later day by the worse detour",
        days=DAYS,
        rules=replaced(world.rules, max_lead_days=6, min_deliveries_per_week=2),
        villages=(replaced(world.villages[0], **near),),
        pickup_points=(replaced(world.pickup_points[0], **near),),
        runs=(
            little_run("r1", [("d", 1420), ("s", 1440)]),
            little_run("r2", [("d", 600), ("s", 620)]),
        ),
        distances=(
            Distance(from_id="d", to_id="p", km=0.1),
            Distance(from_id="d", to_id="s", km=5.2),
            Distance(from_id="p", to_id="s", km=5.6),
        ),
    )


@pytest.mark.parametrize("build", [_loop_with_one_early_call, _later_day_by_the_worse_detour])
def test_solver_agrees_on_cases_that_seeds_hardly_reach(build: Callable[[], Scenario]) -> None:
    assert list(_disagreements(build())) == []


@pytest.mark.parametrize(
    ("seed", "what"),
    [
        (1862, "parcels board and alight by one detour"),
        (2008, "parcels board and alight by one detour"),
        (225, "parcels board at a transfer after midnight"),
        (1949, "parcels board at a transfer after midnight"),
        (1194, "the second run leaves more than six days after the ready day"),
        (2255, "the second run leaves more than six days after the ready day"),
        (1396, "a detour is shorter by way of a point where nothing is done"),
        (1090, "a run that can bring no parcels in time counts as a delivery"),
    ],
)
def test_solver_agrees_on_seeds_that_once_differed(seed: int, what: str) -> None:
    assert (what, list(_disagreements(random_scenario(seed)))) == (what, [])


@pytest.mark.parametrize("first", range(0, NUM_SEEDS, PER_TEST))
def test_solver_agrees_with_brute_force(first: int) -> None:
    assert _all_disagreements(first, PER_TEST) == []


@pytest.fixture(params=[-1, one_choice.MOST_COLUMNS], ids=["together", "as they are"])
def point_by_point(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Look point by point: micro-scenarios are too small for that unless it is asked for."""
    monkeypatch.setattr(aims, "PLAIN_COLUMNS", -1)
    monkeypatch.setattr(one_choice, "MOST_COLUMNS", request.param)


@pytest.mark.usefixtures("point_by_point")
@pytest.mark.parametrize("first", range(300, 340, PER_TEST))
def test_point_by_point_search_agrees_with_brute_force(first: int) -> None:
    assert _all_disagreements(first, PER_TEST) == []


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1000, 4000, 100))
def test_solver_agrees_with_brute_force_on_many_more(first: int) -> None:
    assert _all_disagreements(first, 100) == []


@pytest.mark.slow
@pytest.mark.usefixtures("point_by_point")
@pytest.mark.parametrize("first", range(4000, 5000, 100))
def test_point_by_point_search_agrees_with_brute_force_on_many_more(first: int) -> None:
    assert _all_disagreements(first, 100) == []
