"""The same demand in other ways: real plans, measured alike, and never better than together."""

import threading

import pytest

from deliveryopt.errors import PlanBreaksRuleError
from deliveryopt.job import best_plan
from deliveryopt.plan.metrics import measure
from deliveryopt.plan.today import todays_plan
from deliveryopt.plan.verify import verify
from deliveryopt.reports.bundle import Way, WayName
from deliveryopt.reports.result_json import result_as_dict
from deliveryopt.scenario.schema import (
    Goal,
    PickupPoint,
    Scenario,
)
from deliveryopt.solver.location import Places, choose_places
from deliveryopt.solver.result import Progress, SolveOptions, SolveResult
from deliveryopt.solver.solve import solve
from deliveryopt.studies.comparators import compare_ways
from deliveryopt.studies.variants import with_vans_only, without_goal
from tests.by_hand import little_world
from tests.strategies import replaced
from tests.strategies_homes import random_scenario_with_homes
from tests.studies.worlds import EXACT, HOME, NAMES, OFF, two_sites, unproven, ways_of, with_vans

# --- vans and home orders ------------------------------------------------------------------------


def test_ways_by_van_say_that_there_is_no_van_or_no_order() -> None:
    without_vans, without_homes = ways_of(little_world()), ways_of(with_vans(homes=()))

    for name in ("vans_only", "boxes_and_vans"):
        way = without_vans[name]
        assert (way.status, way.why) == ("ABSENT", "no van in the scenario")
        assert (way.plan, way.cost_ore_per_week, way.above_together_ore_per_week) == (None,) * 3
    assert without_homes["vans_only"].why == "no home order in the scenario"
    assert without_homes["boxes_and_vans"].plan is not None


def test_vans_alone_drive_home_orders_and_villages_collect_as_today() -> None:
    scenario = with_vans()
    way = ways_of(scenario)["vans_only"]

    assert way.status == "OPTIMAL"
    assert way.plan is not None
    assert verify(with_vans_only(scenario), way.plan).violations == ()
    assert (way.plan.opened, way.plan.services, way.plan.collections) == ((), (), ())
    assert [stop.place for route in way.plan.van_routes for stop in route.trips[0].stops] == ["h"]
    assert way.unserved_orders == 0
    assert way.coverage_share == 0.0
    assert way.metrics is not None
    assert way.cost_ore_per_week == way.metrics.cost_by_item.vans_ore > 0


def test_an_order_that_no_van_can_bring_counts_as_unserved_even_if_it_comes_today() -> None:
    inside = replaced(HOME, needs_entry=True, box_size="S")
    agent = PickupPoint.model_validate({"id": "a", "name": "a", "kind": "agent", **OFF})
    ways = ways_of(with_vans(homes=(inside,), pickup_points=(agent,)))

    assert ways["today"].unserved_orders == 0
    assert ways["vans_only"].unserved_orders == 1
    assert ways["vans_only"].cost_ore_per_week == 50_000, "unserved_sek of the scenario"
    assert ways["today"].cost_ore_per_week == 10_000, "today_sek of the order"


def test_costs_that_the_goal_counts_are_counted_in_every_way() -> None:
    agent = PickupPoint.model_validate({"id": "a", "name": "a", "kind": "agent", **OFF})
    goal = Goal(kind="least_cost", coverage_share=1, count_resident_trips=True, count_co2=True)
    ways = ways_of(with_vans(pickup_points=(agent,), goal=goal))
    metrics = ways["vans_only"].metrics

    assert metrics is not None
    items = metrics.cost_by_item
    assert items.resident_trips_ore > 0
    assert items.co2_ore > 0
    counted = items.vans_ore + items.resident_trips_ore + items.co2_ore
    assert ways["vans_only"].cost_ore_per_week == counted


def test_boxes_fed_by_vans_use_no_run() -> None:
    scenario = with_vans(homes=())
    ways = ways_of(scenario)
    way = ways["boxes_and_vans"]

    assert way.plan is not None
    assert verify(scenario, way.plan).violations == ()
    assert way.plan.services == ()
    assert sum(sent.parcels for sent in way.plan.van_shipments) == 2
    assert way.coverage_share == ways["together"].coverage_share == 1.0
    assert way.above_together_ore_per_week is not None
    assert way.above_together_ore_per_week > 0


@pytest.mark.parametrize("seed", [0, 2, 3, 4, 5, 7, 11, 13])
def test_no_way_is_better_than_together_with_vans_and_homes(seed: int) -> None:
    scenario = random_scenario_with_homes(seed)
    ways = ways_of(scenario)
    together = ways["together"]

    assert together.status in {"OPTIMAL", "INFEASIBLE"}
    names: tuple[WayName, ...] = ("boxes_and_vans", "boxes_then_routes")
    for way in (ways[name] for name in names):
        assert (way.plan is None) == (way.why is not None)
        if way.plan is None or way.metrics is None:
            continue
        assert together.metrics is not None
        assert verify(scenario, way.plan).violations == ()
        as_wide = way.metrics.weighted_coverage_share == together.metrics.weighted_coverage_share
        if scenario.goal.kind == "least_cost" or as_wide:
            assert way.above_together_ore_per_week is not None
            assert way.above_together_ore_per_week >= 0
    vans = ways["vans_only"]
    if vans.plan is not None:
        assert verify(with_vans_only(scenario), vans.plan).violations == ()
        assert vans.coverage_share == ways["today"].coverage_share


# --- today, and what every way says --------------------------------------------------------------


def test_today_is_measured_as_a_plan_though_it_misses_the_goal() -> None:
    scenario = replaced(
        little_world(), villages=(replaced(little_world().villages[0], must_serve=True),)
    )
    way = ways_of(scenario)["today"]

    assert way.plan == todays_plan(scenario)
    assert way.metrics == measure(scenario, todays_plan(scenario))
    assert (way.status, way.bound_ore_per_week, way.why) == ("GIVEN", None, None)
    assert verify(scenario, todays_plan(scenario)).violations != ()
    assert verify(without_goal(scenario), todays_plan(scenario)).violations == ()


def test_the_plan_itself_is_the_last_way() -> None:
    scenario = little_world()
    result = solve(scenario, EXACT)
    way = compare_ways(scenario, result, EXACT, stop=threading.Event())[-1]

    assert way.plan == result.plan
    assert way.bound_ore_per_week == way.cost_ore_per_week == result.cost_ore == 2000
    assert way.above_together_ore_per_week == 0


def test_changed_scenarios_keep_the_demand_and_refuse_nonsense() -> None:
    scenario = with_vans()

    assert with_vans_only(scenario).given_demand == scenario.given_demand
    with pytest.raises(ValueError, match="optional"):
        replaced(scenario.pickup_points[0], state="closed")


# --- limits --------------------------------------------------------------------------------------


def test_a_stop_ends_every_search_and_says_so() -> None:
    stop = threading.Event()
    stop.set()
    ways = ways_of(with_vans(), stop=stop)

    for name in ("vans_only", "boxes_and_vans", "boxes_then_routes"):
        assert (ways[name].status, ways[name].why) == ("UNKNOWN", "stopped")
    assert ways["today"].plan is not None
    assert ways["together"].plan is not None


def test_a_stop_in_the_midst_keeps_what_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    scenario = with_vans()
    together = solve(scenario, EXACT)

    def stopping(*words: Scenario, **_: object) -> SolveResult:
        result = solve(words[0], EXACT)
        stop.set()
        return result

    monkeypatch.setattr("deliveryopt.studies.comparators.solve", stopping)
    ways = {way.name: way for way in compare_ways(scenario, together, EXACT, stop=stop)}

    assert ways["vans_only"].plan is not None
    assert ways["boxes_and_vans"].why == ways["boxes_then_routes"].why == "stopped"


def test_ways_without_time_are_not_found_in_time_and_never_called_impossible() -> None:
    ways = ways_of(with_vans(), SolveOptions(time_limit_s=0))

    for name in ("vans_only", "boxes_and_vans", "boxes_then_routes"):
        assert (ways[name].status, ways[name].why) == ("UNKNOWN", "not found in time")


def test_each_way_gets_an_equal_share_of_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[float] = []

    def asked(scenario: Scenario, options: SolveOptions, **_: object) -> SolveResult:
        limits.append(options.time_limit_s)
        return solve(scenario, EXACT)

    def places(scenario: Scenario, options: SolveOptions, **_: object) -> Places:
        limits.append(options.time_limit_s)
        return choose_places(scenario, EXACT, stop=threading.Event())

    scenario = with_vans()
    together = unproven(solve(scenario, EXACT))
    monkeypatch.setattr("deliveryopt.studies.sequence.choose_places", places)
    monkeypatch.setattr("deliveryopt.studies.comparators.solve", asked)
    monkeypatch.setattr("deliveryopt.studies.narrower.solve", asked)
    compare_ways(scenario, together, SolveOptions(time_limit_s=3000), stop=threading.Event())
    shared = limits.copy()
    limits.clear()
    compare_ways(scenario, together, EXACT, stop=threading.Event())

    assert shared[0] == pytest.approx(1000, abs=1)
    assert shared[1] == pytest.approx(1500, abs=15)
    assert shared[2] == pytest.approx(900, abs=9), "three tenths for the places"
    assert shared[3] == pytest.approx(3000, abs=30)
    assert limits == [EXACT.time_limit_s] * 4, "a deterministic search shares no clock"


@pytest.mark.parametrize(
    "error", [PlanBreaksRuleError("the plan found breaks rules"), ValueError("an empty list")]
)
def test_a_fault_of_ours_in_one_way_does_not_lose_the_others(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> SolveResult:
        raise error

    monkeypatch.setattr("deliveryopt.studies.narrower.solve", fail)
    bundle = best_plan(two_sites(), EXACT, threading.Event(), "none")

    assert bundle is not None
    way = next(way for way in bundle.ways if way.name == "boxes_then_routes")
    assert (way.status, way.why) == ("UNKNOWN", "failed")
    assert bundle.ways[-1].cost_ore_per_week == 3000
    said = capsys.readouterr().err
    assert f"boxes_then_routes: {type(error).__name__}: {error}" in said
    assert "[DO-P005]" in said


def test_progress_names_the_way_that_is_sought() -> None:
    heard: set[str] = set()

    def hear(name: WayName, progress: Progress) -> None:
        assert progress.stage in {"coverage", "cost"}
        heard.add(name)

    scenario = with_vans()
    together = unproven(solve(scenario, EXACT))
    compare_ways(scenario, together, EXACT, stop=threading.Event(), listener=hear)

    assert heard == {"vans_only", "boxes_and_vans", "boxes_then_routes"}


# --- as the command line runs it -----------------------------------------------------------------


def test_every_result_tells_the_ways_unless_they_are_switched_off() -> None:
    told = best_plan(little_world(), EXACT, threading.Event(), "none")
    quiet = best_plan(little_world(), EXACT, threading.Event(), "none", ways=False)

    assert told is not None
    assert quiet is not None
    ways = result_as_dict(told)["ways"]
    assert isinstance(ways, list)
    assert [way["name"] for way in ways] == list(NAMES)
    assert ways[-1]["cost_ore_per_week"] == 2000
    assert ways[1]["why"] == "no van in the scenario"
    assert result_as_dict(quiet)["ways"] == []


@pytest.mark.parametrize(
    ("has_vans", "ways", "deterministic", "main_s"),
    [
        (True, True, False, 70.0),
        (True, False, False, 100.0),
        (True, True, True, 100.0),
        (False, True, False, 100.0),
    ],
)
def test_the_plan_leaves_time_for_the_ways_where_vans_are_to_be_compared(
    *,
    has_vans: bool,
    ways: bool,
    deterministic: bool,
    main_s: float,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limits: list[float] = []

    def asked(scenario: Scenario, options: SolveOptions, **_: object) -> SolveResult:
        limits.append(options.time_limit_s)
        return solve(scenario, EXACT)

    def none(*words: object, **_: object) -> tuple[Way, ...]:
        assert isinstance(words[2], SolveOptions)
        limits.append(words[2].time_limit_s)
        return ()

    monkeypatch.setattr("deliveryopt.job.solve", asked)
    monkeypatch.setattr("deliveryopt.job.compare_ways", none)
    options = SolveOptions(time_limit_s=100.0, deterministic=deterministic)
    scenario = with_vans() if has_vans else little_world()
    bundle = best_plan(scenario, options, threading.Event(), "none", ways=ways)

    assert bundle is not None
    assert limits[0] == main_s
    if not ways:
        assert len(limits) == 1
    elif has_vans or deterministic:
        share = 1.0 if deterministic else 0.6  # the rest is for reasons
        assert limits[1] == pytest.approx(share * 100, abs=10)
    else:
        assert limits[1] == pytest.approx(30)
