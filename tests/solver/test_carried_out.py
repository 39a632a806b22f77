"""Where ways and plans differ: halves of parcels, and halves of ways around a triangle."""

from dataclasses import replace

import numpy as np
import pytest

from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.by_prices import plan_by_prices
from deliveryopt.solver.carried_out import Workshop
from deliveryopt.solver.priced import Pricer, start
from deliveryopt.solver.pricing import cheapest_way
from deliveryopt.solver.proposal import Proposal
from deliveryopt.solver.search import Effort, search
from tests.by_hand import parcels_and_a_half, triangle
from tests.pricing_worlds import Parts, best_of, limits_of, odd_scenario, parts_of
from tests.strategies import replaced

EXACTLY = Effort(gap=0.0, seconds=10)


def _workshop(parts: Parts) -> Workshop:
    sites = {site.point: site for site in parts.sites}
    return Workshop(
        parts.work, parts.alike, parts.rows, sites, limits_of(20), Proposal(), lambda _: None
    )


def _priced(parts: Parts) -> Pricer:
    """Return pricing that has settled, without triples and with fractions of parcels."""
    pricer = start(parts.rows, parts.sites, limits_of(20))
    for _ in range(60):
        if pricer.step(0.01):
            break
    return pricer


def test_a_mix_that_its_services_cannot_bring_gets_more_and_says_what_it_lost() -> None:
    parts = parts_of(parcels_and_a_half())
    nothing = parts.rows.prices(np.zeros(len(parts.rows.lower)))
    [site] = parts.sites
    way = cheapest_way(site, nothing, EXACTLY).way
    assert way is not None
    shop = _workshop(parts)

    assert sum(times for _, times in way.visits) == 2
    assert shop.carry_out([way])
    assert shop.best.cost_ore == best_of(parts.model).objective
    assert shop.losing() == [site.point]
    assert shop.lost_ore[site.point] == pytest.approx(1000)


def test_a_mix_that_fits_loses_nothing() -> None:
    parts = parts_of(parcels_and_a_half())
    nothing = parts.rows.prices(np.zeros(len(parts.rows.lower)))
    [site] = parts.sites
    way = cheapest_way(site, nothing, EXACTLY, whole=True).way
    assert way is not None
    shop = _workshop(parts)

    assert shop.carry_out([way])
    assert shop.losing() == []
    assert shop.best.cost_ore == best_of(parts.model).objective


def test_a_mix_of_an_empty_way_has_no_plan() -> None:
    parts = parts_of(replaced(parcels_and_a_half(), runs=()))
    assert _workshop(parts).carry_out([]) is (best_of(parts.model).values is not None)


@pytest.mark.parametrize("seed", range(150))
def test_a_mix_is_carried_out_if_all_services_of_its_points_can(seed: int) -> None:
    scenario = odd_scenario(seed)
    if scenario is None:
        return
    parts = parts_of(scenario)
    ways = _priced(parts).master.ways
    shop = _workshop(parts)
    mix = shop.mix(ways)
    if not mix:
        return
    where = {village: way.point for way in mix for village in way.villages}
    milp = parts.model.milp
    fixed = replace(milp, lower=list(milp.lower), upper=list(milp.upper))
    for (village, point), column in parts.model.collects.items():
        fixed.lower[column] = fixed.upper[column] = float(where.get(village) == point)
    is_possible = search(fixed, limits_of(20)).values is not None

    assert shop.carry_out(mix) is is_possible
    if not is_possible:
        served = {way.point: set(way.villages) for way in mix}
        [conflict] = shop.conflicts[:1]
        assert all(villages <= served[point] for point, villages in conflict.items())
        again = shop.mix(ways)
        assert again is None or served != {way.point: set(way.villages) for way in again}


def test_whole_parcels_raise_the_bound_to_the_optimum() -> None:
    parts = parts_of(parcels_and_a_half())
    pricer = _priced(parts)
    optimum = best_of(parts.model).objective
    assert optimum is not None
    before = pricer.bound

    assert pricer.make_whole([parts.sites[0].point])
    assert not pricer.make_whole([parts.sites[0].point])
    for _ in range(60):
        if pricer.step(0.01):
            break
    assert before == pytest.approx(optimum - 1000, abs=2)
    assert pricer.bound == pytest.approx(optimum, abs=2)


def test_rows_on_three_villages_raise_the_bound_to_the_optimum() -> None:
    parts = parts_of(triangle())
    pricer = _priced(parts)
    before = pricer.bound

    assert pricer.divide()
    for _ in range(60):
        if pricer.step(0.01) and not pricer.divide():
            break
    assert before == pytest.approx(4500, abs=2)
    assert pricer.bound == pytest.approx(5000, abs=2)
    assert best_of(parts.model).objective == 5000


@pytest.mark.parametrize("scenario", [parcels_and_a_half(), triangle()], ids=["halves", "triangle"])
@pytest.mark.parametrize("nodes", [None, 1000])
def test_plan_and_bound_meet(scenario: Scenario, nodes: int | None) -> None:
    model = parts_of(scenario).model
    limits = replace(limits_of(20), nodes=nodes)
    said = plan_by_prices(model, limits, lambda _: None, None)

    assert said.cost_ore == said.bound_ore == best_of(model).objective
