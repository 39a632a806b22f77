"""One thing that the plan uses disappears: what happens at once, and the best plan without it."""

import threading
from typing import Final

import pytest

from deliveryopt.plan.metrics import measure
from deliveryopt.plan.verify import verify
from deliveryopt.reports.bundle_fragility import FragilePart, Fragility
from deliveryopt.scenario.schema import Goal, PickupPoint, Provenance, Scenario
from deliveryopt.solver.solve import solve
from deliveryopt.studies.cases import StudyOptions
from deliveryopt.studies.fragility import study_fragility
from deliveryopt.studies.parts import all_parts, used_by, without_part
from deliveryopt.studies.plan_without import hit_by, plan_without
from tests.brute_force import least_cost_by_brute_force
from tests.by_hand import THERE, little_run, little_world
from tests.strategies import random_scenario, replaced
from tests.strategies_homes import random_scenario_with_homes
from tests.studies.worlds import EXACT, two_sites, with_vans

EXACTLY: Final = StudyOptions(seconds=20.0, deterministic=True)
NO_TIME: Final = StudyOptions(seconds=0.0)
AFTERWARDS: Final = {"goal_is_met", "delivered_often_enough"}
"""Rules that what is left of a plan may break: what is left is carried and collected as before."""


def _studied(scenario: Scenario, options: StudyOptions = EXACTLY) -> Fragility:
    return study_fragility(scenario, solve(scenario, EXACT), options, stop=threading.Event())


def _part(study: Fragility, kind: str, key: str) -> FragilePart:
    return next(part for part in study.parts if (part.kind, part.key) == (kind, key))


def _two_runs() -> Scenario:
    """Return the little world with a second run of another operator, 5 kr dearer."""
    world = little_world()
    own = replaced(world.runs[0], operator="Bussbolaget")
    dearer = little_run("r2", [("d", 500), ("s", 510)], sek_per_stop=5)
    return replaced(world, runs=(own, replaced(dearer, operator="Taxi")))


# --- by hand -------------------------------------------------------------------------------------


def test_without_its_run_another_one_carries_the_parcels_at_a_price() -> None:
    study = _studied(_two_runs())
    part = _part(study, "run", "r")

    assert part.at_once.parcels_per_week == 2
    assert part.at_once.villages == ("v",)
    assert part.at_once.inhabitants == 10
    assert (part.at_once.coverage_share, part.at_once.coverage_change_share) == (0.0, -1.0)
    assert (part.status, part.how) == ("OPTIMAL", "sought")
    assert part.best is not None
    assert part.best.cost_ore_per_week == 2500
    assert part.best.cost_change_sek_per_year == 260
    assert part.best.coverage_change_share == 0.0
    assert study.unused == (("run", 1),)


def test_a_driver_with_one_run_is_the_same_case_as_the_run() -> None:
    study = _studied(_two_runs())
    driver, run = _part(study, "operator", "Bussbolaget"), _part(study, "run", "r")

    assert driver.runs == driver.runs_used == ("r",)
    assert (driver.status, driver.best) == (run.status, run.best)
    assert [part.key for part in study.parts if part.kind == "operator"] == ["Bussbolaget"]


def test_all_runs_of_a_driver_and_of_a_vehicle_go_together() -> None:
    world = _two_runs()
    both = replaced(
        world,
        runs=tuple(replaced(run, operator="Ett bolag", vehicle="Buss 1") for run in world.runs),
    )
    study = _studied(both)

    for kind, key in (("operator", "Ett bolag"), ("vehicle", "Buss 1")):
        part = _part(study, kind, key)
        assert (part.runs, part.runs_used) == (("r", "r2"), ("r",))
        assert (part.status, part.why) == ("INFEASIBLE", "proven impossible")
    assert _part(study, "run", "r").status == "OPTIMAL"


def test_where_no_plan_meets_the_goal_the_most_that_can_be_covered_is_told() -> None:
    study = _studied(little_world())
    part = _part(study, "run", "r")

    assert (part.status, part.best) == ("INFEASIBLE", None)
    assert part.widest is not None
    assert (part.widest.coverage_share, part.widest.villages_lost) == (0.0, ("v",))
    assert part.widest_is_proven
    assert part.told is part.widest
    assert study.parts[0].status == "INFEASIBLE"


def test_without_a_site_its_boxes_stand_elsewhere() -> None:
    world = two_sites()
    hosted = replaced(
        world, pickup_points=tuple(replaced(site, host="kommunen") for site in world.pickup_points)
    )
    study = _studied(hosted)
    site, host = _part(study, "site", "p"), _part(study, "host", "kommunen")
    parts = {(part.kind, part.key): part for part in all_parts(hosted)}
    alone = least_cost_by_brute_force(without_part(hosted, parts["site", "p"]))

    assert site.best is not None
    assert site.best.sites == ("off",)
    assert site.best.cost_ore_per_week == alone.cost_ore
    assert site.at_once.parcels_per_week == 2
    assert (host.status, host.points) == ("INFEASIBLE", ("off", "p"))


def test_without_its_van_an_order_comes_as_it_does_today() -> None:
    study = _studied(with_vans())
    van = _part(study, "van", "van")

    assert van.at_once.orders_per_week == 1
    assert van.hides_homes, "one order is fewer than five"
    assert van.best is not None
    assert van.best.cost_ore_per_week - study.bundle.metrics.cost_ore_per_week > 0


def _with_agents() -> Scenario:
    """Return the little world with an agent in the village and one 5 km away, and no boxes."""
    world = little_world()
    agents = (
        PickupPoint.model_validate({"id": "a", "name": "a", "kind": "agent", **THERE}),
        PickupPoint.model_validate(
            {"id": "far", "name": "far", "kind": "agent", "lat_deg": 62.0, "lon_deg": 15.2}
        ),
    )
    goal = Goal(kind="greatest_coverage", budget_sek_per_year=0)
    return replaced(world, pickup_points=agents, goal=goal)


def test_when_an_agent_closes_its_villages_go_to_the_next_one() -> None:
    world = _with_agents()
    study = _studied(world)
    part = _part(study, "agent", "a")
    after = without_part(world, next(one for one in all_parts(world) if one.key == "a"))

    assert [point.id for point in after.pickup_points] == ["far"]
    assert "a" in {stop.id for stop in after.stops}, "runs may still stop there"
    assert part.at_once.parcels_per_week == 2
    assert part.at_once.coverage_share == 0.0
    assert (part.status, part.best is not None) == ("OPTIMAL", True)
    assert part.certain_change_share == -1.0


def test_a_part_that_the_plan_does_without_needs_no_search() -> None:
    world = _two_runs()
    plan = solve(world, EXACT).plan
    assert plan is not None
    metrics = measure(world, plan)
    used = used_by(world, plan, metrics)

    assert used.runs == {"r"}
    assert not any(used.of(part) for part in all_parts(world) if part.key in {"r2", "Taxi"})


# --- what is proven, and what is not known -------------------------------------------------------


def test_without_time_only_what_happens_at_once_is_told() -> None:
    study = _studied(little_world(), NO_TIME)
    part = _part(study, "run", "r")

    assert (part.status, part.why, part.is_examined) == ("UNKNOWN", "not sought in time", False)
    assert part.at_once.inhabitants == 10
    assert study.examined == ()
    assert study.not_examined == study.parts


def test_a_stop_ends_the_study_and_says_so() -> None:
    stop = threading.Event()
    stop.set()
    study = study_fragility(little_world(), solve(little_world(), EXACT), EXACTLY, stop=stop)

    assert study.interrupted
    assert _part(study, "run", "r").why == "stopped"


def test_the_same_study_in_two_processes_says_the_same() -> None:
    world = _two_runs()
    two = study_fragility(
        world,
        solve(world, EXACT),
        StudyOptions(seconds=60, processes=2),
        stop=threading.Event(),
    )

    def told(study: Fragility) -> list[tuple[str, str, int]]:
        return [
            (part.key, part.status, part.told.cost_ore_per_week if part.told else 0)
            for part in study.parts
        ]

    assert told(two) == told(_studied(world))


@pytest.mark.parametrize("seed", [0, 6, 9, 21, 29])
def test_each_best_plan_without_a_part_is_that_of_full_enumeration(seed: int) -> None:
    scenario = random_scenario(seed)
    result = solve(scenario, EXACT)
    study = study_fragility(scenario, result, EXACTLY, stop=threading.Event())
    parts = {(part.kind, part.key): part for part in all_parts(scenario)}

    assert study.parts != ()
    for told in study.parts[:6]:
        after = without_part(scenario, parts[told.kind, told.key])
        brute = least_cost_by_brute_force(after)
        assert told.status == brute.status
        assert (told.best and told.best.cost_ore_per_week) == brute.cost_ore


@pytest.mark.parametrize("seed", [0, 1, 2, 5, 6, 8, 10])
def test_what_is_left_of_a_plan_is_a_plan_but_for_the_goal(seed: int) -> None:
    scenario = random_scenario_with_homes(seed)
    plan = solve(scenario, EXACT).plan
    assert plan is not None
    used = used_by(scenario, plan, measure(scenario, plan))

    for part in all_parts(scenario):
        after, hit = without_part(scenario, part), hit_by(scenario, plan, part)
        rest = plan_without(after, plan, part, hit)
        assert set(verify(after, rest).broken_rules) <= AFTERWARDS, part
        if not used.of(part):
            assert (hit.villages, hit.orders, hit.parcels) == (frozenset(), frozenset(), 0)


def test_the_most_fragile_part_comes_first() -> None:
    world = _two_runs()
    dearest = [part.key for part in _studied(world).parts]

    assert dearest[0] == "p", "no plan at all without the only site"
    assert set(dearest[1:]) == {"r", "Bussbolaget"}


def test_provenance_plays_no_part() -> None:
    given = replaced(_two_runs(), provenance=(Provenance(field="rules.reach_km", low=1),))

    assert len(_studied(given, NO_TIME).parts) == 3
