"""What must hold between the optima of a scenario and of a changed one (metamorphic tests).

More delay budget is not always better by `docs/model.md`: latest arrivals count the whole budget,
so a connection or the day of delivery may be lost. It is tested where neither can happen.
"""

from collections.abc import Callable, Iterator
from random import Random
from typing import Final

import pytest
from pydantic import BaseModel

from deliveryopt.scenario.schema import (
    BoxType,
    Depot,
    PickupPoint,
    Run,
    Scenario,
    terms_of,
)
from deliveryopt.scenario.travel import build_travel
from deliveryopt.solver.solve import SolveOptions, solve
from deliveryopt.units import DAYS, DAYS_PER_WEEK, MIN_PER_DAY
from tests.strategies import random_scenario, replaced

EXACT: Final = SolveOptions(time_limit_s=20.0, gap=0.0, seed=1, deterministic=True)
SEEDS: Final = range(7000, 7030)
INFEASIBLE: Final = float("inf")
FEES: Final = ("sek_per_stop", "sek_per_detour_km", "sek_per_minute", "sek_per_parcel")


def _cost_ore(scenario: Scenario) -> float:
    """Return the proven least cost, infinite if there is no plan."""
    result = solve(scenario, EXACT)

    assert result.status in {"OPTIMAL", "INFEASIBLE"}
    return INFEASIBLE if result.cost_ore is None else result.cost_ore


def _cheapest(seed: int) -> Scenario:
    """Return a scenario that asks for the least cost without a budget."""
    scenario = random_scenario(seed)
    goal = replaced(
        scenario.goal,
        kind="least_cost",
        coverage_share=scenario.goal.coverage_share or 0.6,
        budget_sek_per_year=None,
    )
    return replaced(scenario, goal=goal)


def _with_runs(scenario: Scenario, change: Callable[[Run], Run]) -> Scenario:
    return replaced(scenario, runs=tuple(change(run) for run in scenario.runs))


def _given_only(scenario: Scenario) -> Scenario:
    """Return the scenario with no demand but what is given day by day."""
    villages = tuple(replaced(village, parcels_per_week=0) for village in scenario.villages)
    return replaced(scenario, villages=villages)


@pytest.mark.parametrize("seed", SEEDS)
def test_another_run_never_costs_more(seed: int) -> None:
    scenario = _cheapest(seed)
    another = replaced(
        random_scenario(seed + 1).runs[0], id="r9", stop_times=scenario.runs[0].stop_times
    )
    more = replaced(scenario, runs=(*scenario.runs, another))

    assert _cost_ore(more) <= _cost_ore(scenario)


@pytest.mark.parametrize("seed", SEEDS)
def test_more_room_never_costs_more(seed: int) -> None:
    scenario = _cheapest(seed)

    def roomier(run: Run) -> Run:
        terms = terms_of(scenario, run)
        return replaced(
            run,
            capacity_parcels=None if terms.capacity_parcels is None else terms.capacity_parcels + 2,
            capacity_litres=None if terms.capacity_litres is None else terms.capacity_litres + 20,
            capacity_kg=None if terms.capacity_kg is None else terms.capacity_kg + 4,
        )

    assert _cost_ore(_with_runs(scenario, roomier)) <= _cost_ore(scenario)


@pytest.mark.parametrize("seed", SEEDS)
def test_more_delay_costs_no_more_without_transfers_and_midnight(seed: int) -> None:
    scenario = _cheapest(seed)
    scenario = replaced(scenario, rules=replaced(scenario.rules, max_transfers=0))
    longest = max(terms_of(scenario, run).delay_budget_min for run in scenario.runs) + 5
    if any(run.stop_times[-1].departure_min + longest >= MIN_PER_DAY for run in scenario.runs):
        return

    def later(run: Run) -> Run:
        return replaced(run, delay_budget_min=terms_of(scenario, run).delay_budget_min + 4)

    assert _cost_ore(_with_runs(scenario, later)) <= _cost_ore(scenario)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_budget_only_bounds_the_cost(seed: int) -> None:
    scenario = _cheapest(seed)
    free_ore = _cost_ore(scenario)
    costs = [
        _cost_ore(replaced(scenario, goal=replaced(scenario.goal, budget_sek_per_year=budget)))
        for budget in (0, 5_200, 26_000)
    ]

    assert costs == sorted(costs, reverse=True)
    assert set(costs) <= {free_ore, INFEASIBLE}


def _ids_of(scenario: Scenario) -> Iterator[str]:
    for places in (scenario.villages, scenario.pickup_points, scenario.depots, scenario.stops):
        yield from (place.id for place in places)
    yield from (run.id for run in scenario.runs)
    yield from (box.id for box in scenario.box_types)


def _renamed(value: object, new: dict[str, str]) -> object:
    """Return dumped fields with every id replaced, and rows sorted by their new ids."""
    if isinstance(value, dict):
        return {name: _renamed(field, new) for name, field in value.items()}
    if isinstance(value, list | tuple):
        items = [_renamed(item, new) for item in value]
        if items and isinstance(items[0], dict) and "stop_sequence" not in items[0]:
            items.sort(
                key=lambda item: str(item.get("id", item) if isinstance(item, dict) else item)
            )
        return items
    return new.get(value, value) if isinstance(value, str) else value


def _has_tied_agents(scenario: Scenario) -> bool:
    """Return whether names decide which agent is nearest."""
    travel = build_travel(scenario)
    agents = [point.id for point in scenario.pickup_points if point.kind == "agent"]
    ways = [[travel.road_m(v.id, agent) for agent in agents] for v in scenario.villages]
    return any(len(set(metres)) < len(metres) for metres in ways)


@pytest.mark.parametrize("seed", SEEDS)
def test_names_and_their_order_change_nothing(seed: int) -> None:
    scenario = _cheapest(seed)
    if _has_tied_agents(scenario):
        return
    old = sorted(set(_ids_of(scenario)))
    shuffled = [f"x{number:03d}" for number in range(len(old))]
    Random(seed).shuffle(shuffled)  # noqa: S311  # no secret
    fields = _renamed(scenario.model_dump(), dict(zip(old, shuffled, strict=True)))

    assert _cost_ore(Scenario.model_validate(fields)) == _cost_ore(scenario)


def _priced(scenario: Scenario, times: int) -> Scenario:
    """Return the scenario with prices that need no rounding, times a factor."""

    def scaled(value: BaseModel, **prices: float) -> dict[str, float]:
        return {name: price * times for name, price in prices.items() if hasattr(value, name)}

    def box(value: BoxType) -> BoxType:
        return replaced(value, **scaled(value, sek_per_year=520 * (1 + value.compartments_s)))

    def point(value: PickupPoint) -> PickupPoint:
        return replaced(value, **scaled(value, fixed_sek_per_year=1040, sek_per_parcel=3))

    def run(value: Run) -> Run:
        terms = terms_of(scenario, value)
        whole = dict(zip(FEES, (5, 10, 6, round(terms.sek_per_parcel)), strict=True))
        return replaced(value, **{name: price * times for name, price in whole.items()})

    return replaced(
        scenario,
        goal=replaced(scenario.goal, count_resident_trips=False, count_co2=False),
        box_types=tuple(map(box, scenario.box_types)),
        pickup_points=tuple(map(point, scenario.pickup_points)),
        runs=tuple(map(run, scenario.runs)),
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_prices_times_three_cost_three_times_as_much(seed: int) -> None:
    scenario = _cheapest(seed)

    assert _cost_ore(_priced(scenario, 3)) == 3 * _cost_ore(_priced(scenario, 1))


@pytest.mark.parametrize("seed", SEEDS)
def test_an_empty_village_changes_nothing(seed: int) -> None:
    scenario = _cheapest(seed)
    empty = replaced(
        scenario.villages[0], id="v9", inhabitants=0, parcels_per_week=0, must_serve=False
    )
    more = replaced(scenario, villages=(*scenario.villages, empty))

    assert _cost_ore(more) == _cost_ore(scenario)


def _split(scenario: Scenario) -> Scenario:
    """Return the scenario with its first village's parcels and people shared by two villages."""
    village = scenario.villages[0]
    twin = replaced(village, id="v9", inhabitants=village.inhabitants // 2)
    rest = replaced(village, inhabitants=village.inhabitants - village.inhabitants // 2)
    own = [row for row in scenario.given_demand if row.village_id == village.id]
    moved = {id(row) for row in own[::2]}
    roads = [
        replaced(
            row,
            from_id="v9" if row.from_id == village.id else row.from_id,
            to_id="v9" if row.to_id == village.id else row.to_id,
        )
        for row in scenario.distances
        if village.id in {row.from_id, row.to_id}
    ]
    demand = [replaced(r, village_id="v9") if id(r) in moved else r for r in scenario.given_demand]
    return replaced(
        scenario,
        villages=(rest, *scenario.villages[1:], twin),
        given_demand=tuple(sorted(demand, key=lambda row: row.village_id)),
        distances=(*scenario.distances, *roads),
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_a_split_village_costs_no_more(seed: int) -> None:
    """Two villages may do all that one can, and collect at different points besides."""
    scenario = _given_only(_cheapest(seed))
    goal = replaced(scenario.goal, count_resident_trips=False, count_co2=False)  # no rounding
    scenario = replaced(scenario, goal=goal)

    assert _cost_ore(_split(scenario)) <= _cost_ore(scenario)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_parcel_less_costs_no_more(seed: int) -> None:
    """Without a budget, which today's cost moves, and without days that parcels alone make."""
    scenario = _given_only(_cheapest(seed))
    fewest = min(1, scenario.rules.min_deliveries_per_week)
    scenario = replaced(scenario, rules=replaced(scenario.rules, min_deliveries_per_week=fewest))
    first, *others = scenario.given_demand
    less = (replaced(first, parcels=first.parcels - 1), *others)

    assert _cost_ore(replaced(scenario, given_demand=less)) <= _cost_ore(scenario)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_week_that_starts_on_another_day_costs_the_same(seed: int) -> None:
    scenario = replaced(_given_only(_cheapest(seed)), days=DAYS)
    shift = 1 + seed % (DAYS_PER_WEEK - 1)
    later = {day: DAYS[(place + shift) % DAYS_PER_WEEK] for place, day in enumerate(DAYS)}

    def turned(depot: Depot) -> Depot:
        ready = {f"ready_{later[day]}": depot.ready_min(day) for day in DAYS}
        return replaced(depot, **ready)

    def turned_run(run: Run) -> Run:
        return replaced(run, days=sorted((later[day] for day in run.days), key=DAYS.index))

    turned_week = replaced(
        scenario,
        depots=tuple(map(turned, scenario.depots)),
        runs=tuple(map(turned_run, scenario.runs)),
        given_demand=tuple(replaced(row, day=later[row.day]) for row in scenario.given_demand),
    )

    assert _cost_ore(turned_week) == _cost_ore(scenario)


def test_the_seeds_of_these_tests_have_plans_that_serve_villages() -> None:
    served = 0
    for seed in SEEDS:
        plan = solve(_cheapest(seed), EXACT).plan
        served += plan is not None and bool(plan.collections)

    assert served >= 8
