"""One number at a time is another: the best plan then, and the plan kept."""

import threading
from typing import Final

import pytest

from deliveryopt.errors import UsageError
from deliveryopt.plan.metrics import measure
from deliveryopt.plan.verify import verify
from deliveryopt.reports.bundle_sensitivity import (
    EndName,
    Sensitivity,
    SensitivityEnd,
    UncertainNumber,
)
from deliveryopt.scenario.changes import with_value
from deliveryopt.scenario.schema import BoxType, Provenance, Scenario, Village
from deliveryopt.scenario.terms import RunKinds, RunTerms
from deliveryopt.solver.result import Progress
from deliveryopt.solver.solve import solve
from deliveryopt.studies.bundles import bundle_of
from deliveryopt.studies.cases import StudyOptions
from deliveryopt.studies.kept_plan import kept_plan
from deliveryopt.studies.repaired import repaired
from deliveryopt.studies.sensitivity import study_sensitivity, uncertain_numbers
from tests.brute_force import least_cost_by_brute_force
from tests.by_hand import THERE, little_run, little_world
from tests.strategies import random_scenario, replaced
from tests.studies.worlds import EXACT, two_sites

EXACTLY: Final = StudyOptions(seconds=20.0, deterministic=True)
NO_TIME: Final = StudyOptions(seconds=0.0)


def _given(scenario: Scenario, *ranges: tuple[str, float | None, float | None]) -> Scenario:
    """Return a scenario with ranges of some numbers."""
    return replaced(
        scenario,
        provenance=tuple(Provenance(field=name, low=low, high=high) for name, low, high in ranges),
    )


def _by_kind(scenario: Scenario, **terms: float) -> Scenario:
    """Return a scenario whose buses take some of their terms from their kind."""
    none = dict.fromkeys(terms)
    return replaced(
        scenario,
        run_kinds=RunKinds(bus=RunTerms.model_validate(terms)),
        runs=tuple(replaced(run, **none) for run in scenario.runs),
    )


def _studied(scenario: Scenario, options: StudyOptions = EXACTLY) -> Sensitivity:
    result = solve(scenario, EXACT)
    return study_sensitivity(scenario, result, options, stop=threading.Event())


def _number(study: Sensitivity, name: str) -> UncertainNumber:
    return next(number for number in study.numbers if number.parameter.name == name)


def _end(study: Sensitivity, name: str, end: EndName) -> SensitivityEnd:
    return next(one for one in _number(study, name).ends if one.end == end)


# --- the best plan, and the plan kept ------------------------------------------------------------


def test_the_price_of_the_only_box_goes_straight_into_the_cost() -> None:
    study = _studied(_given(little_world(), ("box_types.b.sek_per_year", 260, 1040)))
    low, high = _number(study, "box_types.b.sek_per_year").ends

    assert study.bundle.metrics.cost_ore_per_week == 2000
    assert low.best is not None
    assert high.best is not None
    assert (low.status, low.best.cost_ore_per_week) == ("OPTIMAL", 1500)
    assert (high.status, high.best.cost_ore_per_week) == ("OPTIMAL", 3000)
    assert high.best.cost_change_ore_per_week == 1000
    assert high.best.above_today_change_sek_per_year == 520
    assert high.change is not None
    assert high.change.certain == 520
    assert low.kept is not None
    assert low.kept.is_valid
    assert low.kept.figures.cost_ore_per_week == 1500


def test_a_new_plan_may_be_another_one_while_the_plan_kept_stays_dear() -> None:
    world = _by_kind(two_sites(), sek_per_minute=1, sek_per_detour_km=20)
    study = _studied(_given(world, ("run_kinds.bus.sek_per_detour_km", 0, 30)))
    low = _end(study, "run_kinds.bus.sek_per_detour_km", "low")

    assert study.bundle.metrics.cost_ore_per_week == 2100, "site 10, box 10, one minute 1"
    assert low.best is not None
    assert low.kept is not None
    assert low.best.sites == ("off",)
    assert low.kept.figures.sites == ("p",)
    assert low.kept.figures.cost_ore_per_week == 2100
    changed = with_value(world, "run_kinds.bus.sek_per_detour_km", 0)
    assert low.best.cost_ore_per_week == least_cost_by_brute_force(changed).cost_ore
    assert low.best.cost_ore_per_week < 2100
    stays = {one.site: (one.times, one.of) for one in study.sites}
    assert stays["off"][0] == 1
    assert stays["p"][0] == stays["p"][1] - 1


def test_the_number_that_matters_most_comes_first() -> None:
    world = _by_kind(little_world(), sek_per_minute=10)
    study = _studied(
        _given(
            world,
            ("run_kinds.bus.sek_per_minute", 9, 11),
            ("box_types.b.sek_per_year", 260, 1040),
            ("rules.transfer_min", 5, 30),
        )
    )

    names = [number.parameter.name for number in study.numbers]
    assert names[:2] == ["box_types.b.sek_per_year", "run_kinds.bus.sek_per_minute"]
    assert study.measure == "cost"


def _daily_world() -> Scenario:
    """Return a world with a bus every weekday, a fee of 2 kr a parcel, and 18 parcels a week."""
    world = little_world()
    box = BoxType(id="b", compartments_s=20, compartments_m=20, compartments_l=20, sek_per_year=520)
    run = little_run("r", [("d", 400), ("s", 410)], capacity_parcels=30)
    village = Village(id="v", name="v", inhabitants=100, depot="d", **THERE)
    return replaced(
        world,
        box_types=(box,),
        runs=(replaced(run, days=("mon", "tue", "wed", "thu", "fri")),),
        villages=(village,),
        pickup_points=(replaced(world.pickup_points[0], sek_per_parcel=2),),
        given_demand=(),
    )


def test_a_plan_that_is_kept_carries_more_or_fewer_parcels_on_the_same_runs() -> None:
    name = "rates.parcels_per_inhabitant_per_year"
    study = _studied(_given(_daily_world(), (name, 10, 30)))
    low, high = (_end(study, name, end).kept for end in ("low", "high"))

    assert study.bundle.metrics.parcels_per_week == 18
    assert low is not None
    assert high is not None
    assert low.is_valid
    assert high.is_valid
    assert low.figures.cost_change_ore_per_week == (10 - 18) * 200
    assert high.figures.cost_change_ore_per_week == (29 - 18) * 200
    assert high.figures.above_today_change_sek_per_year == 11 * 2 * 52


def test_parcels_of_a_size_that_the_plan_did_not_have_ride_as_their_like() -> None:
    world = replaced(
        _daily_world(),
        villages=(replaced(_daily_world().villages[0], share_s=1.0, share_m=0.0, share_l=0.0),),
    )
    plan = solve(world, EXACT).plan
    other = replaced(
        world, villages=(replaced(world.villages[0], share_s=0.0, share_m=1.0, share_l=0.0),)
    )

    assert plan is not None
    kept = kept_plan(other, plan)
    assert {sent.size for sent in kept.shipments} == {"M"}
    assert verify(other, kept).violations == ()


def test_times_of_a_plan_that_is_kept_follow_the_delay_budget() -> None:
    world = _by_kind(little_world(), delay_budget_min=5)
    plan = solve(world, EXACT).plan
    wider = with_value(world, "run_kinds.bus.delay_budget_min", 9)

    assert plan is not None
    assert plan.services[0].latest_arrival_min == 415
    assert verify(wider, plan).broken_rules != ()
    kept = kept_plan(wider, plan)
    assert kept.services[0].latest_arrival_min == kept.shipments[0].legs[0].alight_min == 419
    assert verify(wider, kept).violations == ()


def test_a_kept_plan_in_its_own_scenario_is_the_plan() -> None:
    for seed in (0, 6, 9, 11):
        scenario = random_scenario(seed)
        plan = solve(scenario, EXACT).plan

        assert plan is not None
        assert measure(scenario, kept_plan(scenario, plan)) == measure(scenario, plan)


def test_a_rule_that_the_kept_plan_breaks_is_named() -> None:
    world = _by_kind(little_world(), delay_budget_min=5)
    study = _studied(_given(world, ("run_kinds.bus.delay_budget_min", 0, None)))
    low = _end(study, "run_kinds.bus.delay_budget_min", "low")

    assert low.kept is not None
    assert low.kept.broken_rules == ("run_keeps_within_delay",)
    assert not low.kept.works


# --- what is proven ------------------------------------------------------------------------------


def test_no_plan_is_said_only_if_it_is_proven() -> None:
    world = _by_kind(little_world(), delay_budget_min=5)
    given = _given(world, ("run_kinds.bus.delay_budget_min", 0, None))
    proven = _end(_studied(given), "run_kinds.bus.delay_budget_min", "low")
    unknown = _end(_studied(given, NO_TIME), "run_kinds.bus.delay_budget_min", "low")

    assert (proven.status, proven.why, proven.best) == ("INFEASIBLE", "proven impossible", None)
    assert (unknown.status, unknown.why) == ("UNKNOWN", "not sought in time")


@pytest.mark.parametrize("seed", [0, 6, 9, 11])
def test_each_best_plan_is_that_of_full_enumeration(seed: int) -> None:
    scenario = random_scenario(seed)
    result = solve(scenario, EXACT)
    box = scenario.box_types[0].id
    given = _given(
        scenario,
        ("rules.reach_km", scenario.rules.reach_km / 2, None),
        (f"box_types.{box}.sek_per_year", 100, 90_000),
    )
    study = study_sensitivity(given, result, EXACTLY, stop=threading.Event())

    for name in ("rules.reach_km", f"box_types.{box}.sek_per_year"):
        for end in _number(study, name).ends:
            brute = least_cost_by_brute_force(with_value(scenario, name, end.value))
            assert end.status == brute.status
            assert (end.best and end.best.cost_ore_per_week) == brute.cost_ore
            if end.kept is not None and end.kept.is_valid and end.best is not None:
                worse = end.kept.figures.cost_ore_per_week >= end.best.cost_ore_per_week
                assert worse or scenario.goal.kind == "greatest_coverage"


def test_what_needs_no_search_is_not_sought() -> None:
    study = _studied(
        _given(
            little_world(),
            ("rules.transfer_min", None, 30),
            ("rates.resident_sek_per_h", 10, 200),
            ("run_kinds.bus.stop_min", 1, 6),
        ),
        NO_TIME,
    )

    harder = _end(study, "rules.transfer_min", "high")
    assert (harder.status, harder.how) == ("OPTIMAL", "still best")
    for name in ("rates.resident_sek_per_h", "run_kinds.bus.stop_min"):
        assert _number(study, name).has_no_part, "residents do not count; the run has its own time"


def test_without_time_the_plan_kept_is_the_best_one_known() -> None:
    study = _studied(_given(little_world(), ("box_types.b.sek_per_year", 260, 1040)), NO_TIME)
    low = _end(study, "box_types.b.sek_per_year", "low")

    assert (low.status, low.how, low.why) == ("FEASIBLE", "not sought", None)
    assert low.best is not None
    assert low.best.cost_ore_per_week == 1500
    assert low.change is not None
    assert low.change.certain == -260, "no plan made anew costs more than the plan kept"


def test_a_stop_ends_the_study_and_says_so() -> None:
    stop = threading.Event()
    stop.set()
    world = _by_kind(little_world(), delay_budget_min=5)
    given = _given(world, ("run_kinds.bus.delay_budget_min", 0, 9))
    study = study_sensitivity(given, solve(given, EXACT), EXACTLY, stop=stop)
    low, high = _number(study, "run_kinds.bus.delay_budget_min").ends

    assert study.interrupted
    assert (low.status, low.why) == ("UNKNOWN", "stopped")
    assert high.best is not None


def test_the_same_study_in_two_processes_says_the_same() -> None:
    given = _given(two_sites(), ("box_types.b.sek_per_year", 260, 1040))
    heard: set[str] = set()

    def hear(name: str, progress: Progress) -> None:
        assert progress.stage == "cost"
        heard.add(name)

    two = study_sensitivity(
        given,
        solve(given, EXACT),
        StudyOptions(seconds=60, processes=2),
        stop=threading.Event(),
        listener=hear,
    )

    one = _studied(given)
    costs = [
        [end.best and end.best.cost_ore_per_week for end in study.ends] for study in (one, two)
    ]
    assert costs[0] == costs[1]
    assert all(end.status == "OPTIMAL" for end in two.ends)
    assert heard <= {
        f"{number.parameter.name}={end.value:g}" for number in two.numbers for end in number.ends
    }


# --- which numbers -------------------------------------------------------------------------------


def test_a_number_without_a_range_has_that_of_the_programs_default() -> None:
    numbers = {one.parameter.name: one for one in uncertain_numbers(little_world())}
    given = uncertain_numbers(_given(little_world(), ("rules.detour_factor", 1.1, None)))
    own = next(one for one in given if one.parameter.name == "rules.detour_factor")

    assert numbers["rules.detour_factor"].range_is_default
    assert numbers["rules.detour_factor"].parameter.high == 1.6
    assert not own.range_is_default
    assert (own.parameter.low, own.parameter.high) == (1.1, None)
    assert "rules.reach_km" not in numbers, "nobody gives it a range"


def test_a_value_that_is_the_plans_own_is_not_tried() -> None:
    given = _given(little_world(), ("box_types.b.sek_per_year", 520, 520), ("rules.reach_km", 1, 2))
    names = {one.parameter.name for one in uncertain_numbers(given)}
    study = _studied(given, NO_TIME)

    assert "box_types.b.sek_per_year" not in names
    assert [end.end for end in _number(study, "rules.reach_km").ends] == ["high"]


def test_a_value_that_the_number_may_not_have_is_told() -> None:
    study = _studied(_given(little_world(), ("rules.transfer_min", 2.5, None)), NO_TIME)
    low = _end(study, "rules.transfer_min", "low")

    assert (low.status, low.why, low.best) == ("UNKNOWN", "not allowed", None)
    assert "a whole number" in low.trouble


def test_provenance_of_a_number_that_is_not_there_is_an_error() -> None:
    with pytest.raises(UsageError, match="is no number of this scenario"):
        _studied(_given(little_world(), ("rules.reech_km", 1, 2)))


def test_a_result_without_a_plan_cannot_be_studied() -> None:
    world = little_world()
    none = replaced(world, runs=(replaced(world.runs[0], delay_budget_min=0),))

    with pytest.raises(ValueError, match="no plan to study"):
        study_sensitivity(none, solve(none, EXACT), EXACTLY, stop=threading.Event())


def test_options_that_mean_nothing_are_refused() -> None:
    with pytest.raises(UsageError, match="DO-U033"):
        StudyOptions(processes=0)
    with pytest.raises(UsageError, match="DO-U002"):
        StudyOptions(seconds=-1)


# --- a plan made to do ---------------------------------------------------------------------------


def _two_villages() -> Scenario:
    """Return the little world with a second, smaller village that wants one parcel more."""
    world = little_world()
    small = replaced(world.villages[0], id="w", name="w", inhabitants=3)
    more = replaced(world.given_demand[0], village_id="w", parcels=1)
    return replaced(
        world,
        villages=(*world.villages, small),
        given_demand=(*world.given_demand, more),
        goal=replaced(world.goal, coverage_share=0.5),
        box_types=(replaced(world.box_types[0], compartments_s=3),),
        runs=(replaced(world.runs[0], capacity_parcels=3),),
    )


def test_a_plan_that_no_longer_fits_serves_fewer_villages_the_smallest_first() -> None:
    world = replaced(_two_villages(), goal=replaced(_two_villages().goal, coverage_share=1.0))
    plan = solve(world, EXACT).plan
    tight = replaced(_two_villages(), runs=(replaced(world.runs[0], capacity_parcels=2),))

    assert plan is not None
    kept = kept_plan(tight, plan)
    assert verify(tight, kept).broken_rules == ("run_keeps_within_capacity",)
    fewer = repaired(tight, kept)
    assert fewer is not None
    assert [row.village for row in fewer.collections] == ["v"]
    assert verify(tight, fewer).violations == ()


def test_no_plan_is_made_where_the_goal_forbids_to_leave_a_village() -> None:
    world = replaced(_two_villages(), goal=replaced(_two_villages().goal, coverage_share=1.0))
    plan = solve(world, EXACT).plan
    tight = replaced(world, runs=(replaced(world.runs[0], capacity_parcels=2),))

    assert plan is not None
    assert repaired(tight, kept_plan(tight, plan)) is None


def test_a_bundle_may_be_studied_in_place_of_a_result() -> None:
    world = _given(little_world(), ("box_types.b.sek_per_year", 260, None))
    bundle = bundle_of(world, solve(world, EXACT))

    assert study_sensitivity(world, bundle, NO_TIME, stop=threading.Event()).bundle is bundle
