"""Run-days that are alike: each is counted once, one more never does harm, order plays no part."""

from math import inf, isfinite
from random import Random

import numpy as np

from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.alike import find_alike
from deliveryopt.solver.decompose import decompose
from deliveryopt.solver.first_prices import first_duals
from deliveryopt.solver.priced import start
from tests.busy_road import busy_road
from tests.by_hand import little_run, little_world
from tests.pricing_worlds import limits_of, model_of, odd_scenario, parts_of
from tests.strategies import replaced

SEEDS = range(24)


def _first_bound(scenario: Scenario) -> float:
    """Return the optimum of the first linear programme, infinity if it has none."""
    parts = parts_of(scenario)
    found = first_duals(parts.rows, parts.sites, 20)
    return inf if found is None else found[1]


def _margin(ore: float) -> float:
    return 0.01 + 1e-6 * abs(ore)


def test_copies_add_up_to_the_run_days_that_can_bring_something() -> None:
    most = 0
    for scenario in filter(None, [*map(busy_road, SEEDS), *map(odd_scenario, SEEDS)]):
        model = model_of(scenario)
        alike = find_alike(decompose(model))
        run_days = [run_day for group in alike.groups for run_day in group.run_days]
        direct = {
            (ride.run, ride.day)
            for ride in model.itineraries.direct
            if (ride.option, ride.day) in model.takes
        }

        assert len(run_days) == len(set(run_days)) == sum(g.copies for g in alike.groups)
        assert set(run_days) == direct
        for group in alike.groups:
            assert {len(columns) for columns in group.columns.values()} == {group.copies}
            services = [model.milp.column_names[c[0]] for c in group.columns.values()]
            assert all(name.startswith("takes[") for name in services)
        most = max([most, *(group.copies for group in alike.groups)])
    assert most >= 2


def test_two_runs_of_the_same_terms_are_one_group() -> None:
    world = little_world()
    road = [("d", 400), ("s", 410)]
    later = [("d", 500), ("s", 515)]
    other = little_run("r3", road, capacity_parcels=5)
    runs = (little_run("r1", road), little_run("r2", later), other)
    alike = find_alike(decompose(model_of(replaced(world, runs=runs))))

    assert sorted(group.copies for group in alike.groups) == [1, 2]


def test_no_offer_comes_of_a_world_without_runs() -> None:
    alike = find_alike(decompose(model_of(replaced(little_world(), runs=()))))

    assert (alike.groups, alike.offers, alike.row_upper) == ((), {}, ())


def test_one_run_more_never_raises_the_first_bound() -> None:
    compared = 0
    for seed in SEEDS:
        scenario = busy_road(seed)
        before = _first_bound(scenario)
        twin = replaced(scenario.runs[-1], id="zz")
        other = replaced(busy_road(seed + 1000).runs[0], id="zz")
        for run in (twin, other):
            if {stop.place_id for stop in run.stop_times} <= {s.id for s in scenario.stops}:
                after = _first_bound(replaced(scenario, runs=(*scenario.runs, run)))
                assert after <= before + _margin(before), f"{scenario.name}: {before} -> {after}"
                compared += isfinite(before)
    assert compared > 10


def _renamed(scenario: Scenario, rng: Random) -> Scenario:
    """Return the same scenario with other ids, and its lists in another order."""
    villages, points, runs = scenario.villages, scenario.pickup_points, scenario.runs
    old = [*(v.id for v in villages), *(p.id for p in points), *(r.id for r in runs)]
    new = rng.sample(range(100, 999), len(old))
    names = {one: f"x{other}" for one, other in zip(old, new, strict=True)}
    given = [replaced(each, village_id=names[each.village_id]) for each in scenario.given_demand]
    return replaced(
        scenario,
        villages=rng.sample([replaced(v, id=names[v.id]) for v in villages], len(villages)),
        pickup_points=rng.sample([replaced(p, id=names[p.id]) for p in points], len(points)),
        runs=rng.sample([replaced(r, id=names[r.id]) for r in runs], len(runs)),
        given_demand=rng.sample(given, len(given)),
    )


def test_order_and_ids_do_not_matter_to_the_first_bound() -> None:
    for seed in SEEDS[:12]:
        rng = Random(seed)  # noqa: S311  no secret
        scenario = busy_road(seed)
        one, other = _first_bound(scenario), _first_bound(_renamed(scenario, rng))
        assert one == other or abs(one - other) <= _margin(one), scenario.name


def _priced_out(scenario: Scenario) -> tuple[float, float] | None:
    """Return the bound when pricing ends by itself, and what it may be off by."""
    parts = parts_of(scenario)
    pricer = start(parts.rows, parts.sites, limits_of(5))
    for _ in range(60):
        if pricer.step(1.0):
            return pricer.bound, 2.0 * len(pricer.points) + 0.1
    return None


def test_order_and_ids_do_not_matter_to_the_bound_by_prices() -> None:
    compared = 0
    for seed in SEEDS[:8]:
        rng = Random(seed)  # noqa: S311  no secret
        scenario = busy_road(seed)
        if not np.isfinite(_first_bound(scenario)):
            continue
        found = [_priced_out(each) for each in (scenario, _renamed(scenario, rng))]
        if found[0] is not None and found[1] is not None:
            compared += 1
            (one, margin), (other, _) = found[0], found[1]
            assert abs(one - other) <= margin, scenario.name
    assert compared >= 3
