"""The engine by prices beside the plain model on small random scenarios."""

import pytest

from deliveryopt.solver.by_prices import plan_by_prices
from deliveryopt.solver.columns import Model
from deliveryopt.solver.proposal import Proposal
from deliveryopt.solver.search import search
from tests.pricing_worlds import limits_of, model_of
from tests.strategies import random_scenario, replaced

SECONDS = 1.5


def direct_model(seed: int) -> Model:
    """Return the model of a random scenario of least cost and direct rides."""
    scenario = random_scenario(seed)
    share = scenario.goal.coverage_share or 0.0
    scenario = replaced(
        scenario,
        goal=replaced(scenario.goal, kind="least_cost", coverage_share=share),
        rules=replaced(scenario.rules, max_transfers=0),
        homes=(),
        vans=(),
    )
    return model_of(scenario)


def check(seed: int) -> tuple[str, Proposal]:
    """Compare both engines on a scenario; return the plain model's status and the proposal."""
    model = direct_model(seed)
    plain = search(model.milp, limits_of(20))
    found = plan_by_prices(model, limits_of(SECONDS), lambda _: None, None)
    if plain.status == "INFEASIBLE":
        assert found.values is None, seed
        return plain.status, found
    assert plain.status == "OPTIMAL"
    assert plain.objective is not None
    assert not found.is_infeasible, seed
    assert found.bound_ore is None or found.bound_ore <= plain.objective, seed
    if found.values is not None:
        assert model.milp.frozen().is_kept_by(found.values), seed
        assert found.cost_ore is not None
        assert found.cost_ore >= plain.objective, seed
    return plain.status, found


def test_no_bound_by_prices_passes_the_optimum_and_no_plan_is_below_it() -> None:
    checked = [check(seed) for seed in range(25)]
    plans = [found for status, found in checked if status == "OPTIMAL"]
    assert len(plans) >= 10
    assert sum(found.values is not None for found in plans) >= 0.9 * len(plans)
    assert sum(found.bound_ore == found.cost_ore for found in plans) >= 0.5 * len(plans)
    assert any(found.is_infeasible for status, found in checked if status == "INFEASIBLE")


@pytest.mark.slow
@pytest.mark.parametrize("first", range(100, 500, 50))
def test_no_bound_by_prices_passes_the_optimum_on_many_more(first: int) -> None:
    assert [check(seed) for seed in range(first, first + 50)] != []
