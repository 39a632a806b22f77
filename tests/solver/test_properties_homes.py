"""Properties of solving with vans and home orders on random micro-scenarios."""

import pytest

from deliveryopt.scenario.load import in_order
from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.solve import SolveOptions, solve
from tests.strategies import replaced
from tests.strategies_homes import random_scenario_with_homes

EXACT = SolveOptions(time_limit_s=20)


def least_cost_scenarios(number: int) -> list[Scenario]:
    """Return random micro-scenarios that ask for the least cost and have vans and home orders."""
    found: list[Scenario] = []
    seed = 7000
    while len(found) < number:
        scenario = random_scenario_with_homes(seed)
        if scenario.goal.kind == "least_cost" and scenario.vans and scenario.homes:
            found.append(scenario)
        seed += 1
    return found


SCENARIOS = least_cost_scenarios(12)


def optimum_ore(scenario: Scenario) -> float:
    """Return the proven least cost; infinity if no plan exists."""
    result = solve(scenario, EXACT)
    assert result.status in {"OPTIMAL", "INFEASIBLE"}
    return float("inf") if result.cost_ore is None else result.cost_ore


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_one_more_van_never_costs_more(scenario: Scenario) -> None:
    fewer = replaced(scenario, vans=scenario.vans[1:])

    assert optimum_ore(scenario) <= optimum_ore(fewer)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_longer_shift_and_more_room_never_cost_more(scenario: Scenario) -> None:
    wider = replaced(
        scenario,
        vans=tuple(
            replaced(
                van,
                shift_start_min=max(0, van.shift_start_min - 60),
                shift_end_min=van.shift_end_min + 60,
                capacity_litres=None,
                capacity_kg=None,
                capacity_parcels=None,
                max_trips=van.max_trips + 1,
            )
            for van in scenario.vans
        ),
    )

    assert optimum_ore(wider) <= optimum_ore(scenario)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_run_less_never_costs_less(scenario: Scenario) -> None:
    fewer = replaced(scenario, runs=scenario.runs[1:])

    assert optimum_ore(scenario) <= optimum_ore(fewer)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_names_and_order_of_vans_and_orders_change_nothing(scenario: Scenario) -> None:
    renamed = replaced(
        scenario,
        vans=tuple(replaced(van, id=f"z{9 - n}") for n, van in enumerate(scenario.vans)),
        homes=tuple(replaced(home, id=f"y{9 - n}") for n, home in enumerate(scenario.homes)),
        distances=tuple(
            row
            for row in scenario.distances
            if not {row.from_id, row.to_id} & {home.id for home in scenario.homes}
        ),
    )
    same = replaced(
        scenario,
        distances=tuple(
            row
            for row in scenario.distances
            if not {row.from_id, row.to_id} & {home.id for home in scenario.homes}
        ),
    )

    assert optimum_ore(in_order(renamed)) == optimum_ore(same)
