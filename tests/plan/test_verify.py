"""Each rule is broken alone and caught by name; plans at the limit are accepted."""

import copy
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from deliveryopt.plan.metrics import measure
from deliveryopt.plan.plan import OpenedBoxes, Plan
from deliveryopt.plan.replay import replay_plan
from deliveryopt.plan.today import todays_plan
from deliveryopt.plan.verify import RULES, plan_cost_ore, verify, verify_result
from deliveryopt.plan.world import build_world
from deliveryopt.scenario.schema import Scenario
from deliveryopt.scenario.terms import SIZES
from deliveryopt.units import DAYS
from tests.plan.changes import with_goal, with_plan, with_run
from tests.plan.corruptions import ALLOWED, CORRUPTIONS, Case, Corruption
from tests.plan.corruptions_of_places import fridays_parcel_still_fills_the_box_on_monday
from tests.plan.corruptions_of_runs import (
    one_parcel_too_few_is_carried,
    parcels_come_in_the_next_week,
    storage_overnight_adds_up_with_the_next_day,
)
from tests.plan.small_world import (
    bus_to_alby,
    changed,
    leg,
    service,
    shipment,
    small_plan,
    small_scenario,
)
from tests.strategies import scenarios

MODEL_MD = Path(__file__).parents[2] / "docs" / "model.md"


def test_rules_are_the_headings_of_the_model_in_its_order() -> None:
    text = MODEL_MD.read_text(encoding="utf-8")
    rules = text.split("\n## Rules\n")[1].split("\n## ")[0]

    assert list(RULES) == re.findall(r"^### (\w+)$", rules, flags=re.MULTILINE)


def test_each_check_has_the_name_of_its_rule() -> None:
    assert {name: check.__name__ for name, check in RULES.items()} == {name: name for name in RULES}


def test_the_small_plan_keeps_every_rule() -> None:
    report = verify(small_scenario(), small_plan())

    assert report.violations == ()
    assert report.is_ok


@pytest.mark.parametrize("corruption", CORRUPTIONS, ids=lambda corruption: corruption.why)
def test_a_corrupt_plan_breaks_one_rule_and_no_other(corruption: Corruption) -> None:
    report = verify(*corruption.make())

    assert report.broken_rules == (corruption.rule,)
    assert not report.is_ok


def test_every_rule_is_broken_by_some_corruption() -> None:
    tried = Counter(corruption.rule for corruption in CORRUPTIONS)

    assert tried.keys() == RULES.keys() | {"plan_is_well_formed"}


@pytest.mark.parametrize("make", ALLOWED, ids=lambda make: make.__name__)
def test_a_plan_at_the_limit_is_accepted(make: Callable[[], Case]) -> None:
    assert verify(*make()).violations == ()


def test_a_violation_says_where_by_how_much_and_in_a_sentence() -> None:
    (violation,) = verify(*fridays_parcel_still_fills_the_box_on_monday()).violations

    assert (violation.place, violation.day) == ("alby_box", "mon")
    assert (violation.found, violation.allowed) == ("1.125 parcels", "1 compartments")
    assert violation.excess == 0.125
    assert str(violation).startswith("box_holds_its_parcels: On mon 1.125 large parcels")


def test_storage_counts_the_days_of_arrival_and_departure_and_those_between() -> None:
    (violation,) = verify(*storage_overnight_adds_up_with_the_next_day()).violations

    assert (violation.place, violation.day) == ("alby_box", "wed")
    assert violation.found == "3 parcels"


def test_lead_days_leave_out_the_weekend() -> None:
    (violation,) = verify(*parcels_come_in_the_next_week()).violations

    assert violation.found == "3 days"  # Thursday to Tuesday: Friday, Monday, Tuesday


def test_an_arrival_on_saturday_counts_as_one_on_monday() -> None:
    plan = small_plan()
    night = leg("natt_3", "fri", (10, 1410), ("alby_box", 1465))
    arrives_saturday = changed(plan.shipments[2], legs=(night,))
    plan = changed(
        plan,
        services=(
            *plan.services,
            service("natt_3", "fri", "at_stop", 20, "alby_box", latest=1465),
        ),
        shipments=(*plan.shipments[:2], arrives_saturday, *plan.shipments[3:]),
    )
    scenario = small_scenario()
    same_day = changed(scenario, rules=changed(scenario.rules, max_lead_days=0))

    assert verify(scenario, plan).is_ok
    assert {v.found for v in verify(same_day, plan).violations} == {"1 days"}


def test_parcels_ready_after_midnight_wait_for_the_next_days_run() -> None:
    scenario = small_scenario()
    late = changed(scenario.depots[0], ready_wed=24 * 60 + 10)
    scenario = changed(scenario, depots=(late,))
    broken = verify(scenario, small_plan()).violations

    assert {violation.rule for violation in broken} == {"parcels_wait_until_ready"}
    assert {violation.run for violation in broken} == {"natt_3", "buss_1"}


@pytest.mark.parametrize(("ready_min", "broken"), [(10, ()), (11, ("parcels_wait_until_ready",))])
def test_a_run_of_the_day_before_may_be_boarded_after_midnight(
    ready_min: int, broken: tuple[str, ...]
) -> None:
    """Wednesday's run leaves at 24:10: Thursday's parcels take it, and are there on Thursday."""
    night = next(run for run in small_scenario().runs if run.id == "natt_3")
    later = tuple(
        changed(stop, arrival_min=stop.arrival_min + 40, departure_min=stop.departure_min + 40)
        for stop in night.stop_times
    )
    scenario = with_run("natt_3", stop_times=later)
    thursday = tuple(
        changed(row, day="thu") if (row.village_id, row.day) == ("alby", "wed") else row
        for row in scenario.given_demand
    )
    scenario = changed(
        scenario,
        given_demand=thursday,
        depots=(changed(scenario.depots[0], ready_thu=ready_min),),
        rules=changed(scenario.rules, max_lead_days=0),
    )
    plan = small_plan()
    services = tuple(
        changed(done, latest_arrival_min=1505) if done.run == "natt_3" else done
        for done in plan.services
    )
    board = leg("natt_3", "wed", (10, 1450), ("alby_box", 1505))
    boarded = changed(plan.shipments[1], ready_day="thu", legs=(board,))
    shipments = (plan.shipments[0], boarded, *plan.shipments[2:])

    report = verify(scenario, changed(plan, services=services, shipments=shipments))

    assert report.broken_rules == broken


def test_a_transfer_may_lead_to_an_earlier_clock_time_on_a_later_day() -> None:
    scenario = small_scenario()
    plan = small_plan()
    overnight = shipment(
        "ceder_box",
        ("mon", "S", 2),
        bus_to_alby("mon"),
        leg("skol_2", "wed", (10, 540), ("ceder_box", 578)),
    )
    kept = tuple(s for s in plan.shipments if s.ready_day != "mon" or s.pickup_point != "ceder_box")
    plan = changed(plan, shipments=(*kept, overnight))
    rules = changed(scenario.rules, max_lead_days=2, min_deliveries_per_week=1)
    runs = (changed(run, parcel_s=1) if run.id == "skol_2" else run for run in scenario.runs)

    assert verify(changed(scenario, rules=rules, runs=tuple(runs)), plan).is_ok


def test_a_point_on_the_same_detour_may_pass_parcels_on() -> None:
    """A leg may board and alight in one detour, if its transfer comes earlier in the order."""
    scenario = small_scenario()
    points = tuple(
        changed(point, transfer_parcels=5) if point.id == "kulle_box" else point
        for point in scenario.pickup_points
    )
    rules = changed(scenario.rules, transfer_min=0, max_lead_days=1)
    scenario = changed(scenario, pickup_points=points, rules=rules)
    plan = small_plan()

    def by_way_of(first: str, second: str) -> Plan:
        services = (
            *plan.services,
            service("hem_4", "tue", "through", 10, "kulle_box", latest=650),
            service("buss_1", "wed", "through", 20, first, second, latest=492),
        )
        legs = (
            leg("hem_4", "tue", (10, 600), ("kulle_box", 650)),
            leg("buss_1", "wed", (20, 451), ("berg_box", 492)),
        )
        extra = shipment("berg_box", ("tue", "S", 1), *legs)
        opened = OpenedBoxes(pickup_point="kulle_box", box_type="liten", boxes=1)
        return changed(
            plan,
            services=services,
            shipments=(*plan.shipments, extra),
            opened=(*plan.opened, opened),
        )

    given_demand = (
        *scenario.given_demand,
        changed(scenario.given_demand[0], village_id="berg", day="tue", size="S", parcels=1),
    )
    distances = (
        *scenario.distances,
        changed(scenario.distances[0], from_id="terminalen", to_id="kulle_box", km=9),
    )
    scenario = changed(scenario, given_demand=given_demand, distances=distances)

    assert verify(scenario, by_way_of("kulle_box", "berg_box")).violations == ()
    assert verify(scenario, by_way_of("berg_box", "kulle_box")).broken_rules == (
        "parcels_are_carried",
    )


def test_loads_fall_where_parcels_alight() -> None:
    """Eight small parcels leave the depot; two go on by the detour after hpl_a, none beyond."""
    replay = replay_plan(build_world(small_scenario()), small_plan())

    assert [gap["S"] for gap in replay.aboard(("buss_1", "mon"))] == [8, 2, 0]
    assert [gap["S"] for gap in replay.aboard(("skol_2", "mon"))] == [2, 0]


def test_a_plan_that_pydantic_would_refuse_is_reported_and_not_raised() -> None:
    odd = small_plan().model_copy(update={"opened": (1, {"boxes": {2}})})

    assert verify(small_scenario(), odd).broken_rules == ("plan_is_well_formed",)


def test_cost_leaves_out_what_names_unknown_things() -> None:
    scenario, plan = with_plan(
        opened=(
            *small_plan().opened,
            OpenedBoxes(pickup_point="okänd", box_type="liten", boxes=1),
        )
    )

    assert plan_cost_ore(scenario, plan) == 68_027


def _paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the path to every value inside plain values."""
    inside: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    return [path, *(found for key, part in inside for found in _paths(part, (*path, key)))]


def _replaced_at(value: Any, path: tuple[str | int, ...], new: object) -> Any:  # noqa: ANN401 - JSON
    """Return plain values with another value at a path."""
    if not path:
        return new
    result = copy.copy(value)
    result[path[0]] = _replaced_at(value[path[0]], path[1:], new)
    return result


PLAIN_PLAN = small_plan().model_dump(mode="json")
odd_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(min_value=-1, max_value=2000),
    st.sampled_from([10**12, 10**400, 0.5, "", [], {}]),
    st.sampled_from(["mon", "sun", "S", "L", "alby_box", "ica", "alby", "buss_1", "hem_4"]),
    st.sampled_from(["at_stop", "through", "out_and_back", "terminalen", "okänd"]),
    st.sampled_from([[], ["berg_box", "berg_box"], ["alby_box"], ["tomt_box", "kulle_box"]]),
    st.sampled_from([PLAIN_PLAN["services"], PLAIN_PLAN["shipments"][5]["legs"][::-1]]),
)
mutations = st.lists(
    st.tuples(st.sampled_from(_paths(PLAIN_PLAN)[1:]), odd_values), min_size=1, max_size=4
)


def _mutated(changes: list[tuple[tuple[str | int, ...], object]]) -> object:
    """Return the small plan as plain values, changed where that is still possible."""
    plan: object = PLAIN_PLAN
    for path, new in changes:
        try:
            plan = _replaced_at(plan, path, new)
        except (KeyError, IndexError, TypeError):
            continue
    return plan


@settings(max_examples=300, deadline=None)
@given(mutations)
def test_verify_never_raises_and_cost_never_differs(
    changes: list[tuple[tuple[str | int, ...], object]],
) -> None:
    mutated = _mutated(changes)
    report = verify_result(small_scenario(), {"plan": mutated})
    try:
        plan = Plan.model_validate_json(json.dumps(mutated), strict=True)
    except ValidationError:
        assert "plan_is_well_formed" in report.broken_rules
    else:
        metrics = measure(small_scenario(), plan)

        assert metrics.cost_ore_per_week == plan_cost_ore(small_scenario(), plan)


def _value_at(path: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - JSON
    """Return the value at a path of the small plan."""
    value: Any = PLAIN_PLAN
    for key in path:
        value = value[key]
    return value


def _kind_of(path: tuple[str | int, ...]) -> str:
    """Return the last name on a path, which says what kind of value stands there."""
    return next(key for key in reversed(path) if isinstance(key, str))


def _one_change_each() -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Yield every path of the small plan with each value near the one that stands there."""
    alike: dict[str, set[str]] = {}
    for path in _paths(PLAIN_PLAN)[1:]:
        if isinstance(value := _value_at(path), str):
            alike.setdefault(_kind_of(path), set()).add(value)
    for path in _paths(PLAIN_PLAN)[1:]:
        value = _value_at(path)
        others: Iterable[object] = ()
        if isinstance(value, int):
            others = (value - 1, value + 1)
        elif isinstance(value, list):
            others = (value[:number] + value[number + 1 :] for number in range(len(value)))
        elif path[-1] in {"day", "ready_day"}:
            others = DAYS
        elif path[-1] == "kind":
            others = ("at_stop", "through", "out_and_back")
        elif path[-1] == "size":
            others = SIZES
        elif isinstance(value, str):
            others = alike[_kind_of(path)]
        yield from ((path, other) for other in others if other != value)


def test_any_single_change_to_the_plan_is_noticed() -> None:
    """No number, day, name or row of the small plan can change alone and keep every rule.

    But one: Friday's parcel may ride on Monday, when the same bus stands at the same box.
    """
    changes = list(_one_change_each())
    unnoticed = []
    for path, new in changes:
        plain = json.dumps(_replaced_at(PLAIN_PLAN, path, new))
        try:
            is_ok = verify(small_scenario(), Plan.model_validate_json(plain, strict=True)).is_ok
        except ValidationError:
            is_ok = False
        if is_ok:
            unnoticed.append((path, new))

    assert len(changes) > 400
    assert unnoticed == [(("shipments", 2, "legs", 0, "day"), "mon")]


@settings(deadline=None)
@given(scenarios)
def test_a_plan_of_another_scenario_is_malformed(scenario: Scenario) -> None:
    assert "plan_is_well_formed" in verify(scenario, small_plan()).broken_rules


@settings(deadline=None)
@given(scenarios)
def test_todays_plan_breaks_no_rule_but_goals_and_pins(scenario: Scenario) -> None:
    broken = verify(scenario, todays_plan(scenario)).broken_rules

    assert set(broken) <= {"goal_is_met", "pickup_point_is_open"}


# Results


def _result(**changes: object) -> dict[str, object]:
    """Return the content of a result.json of the small plan."""
    scenario, plan = small_scenario(), small_plan()
    return {
        "format": "deliveryopt-result/1",
        "scenario": {"name": "small", "sha256": "abc"},
        "status": "FEASIBLE",
        "cost_ore_per_week": 68_027,
        "bound_ore_per_week": 60_000,
        "gap": 8_027 / 68_027,
        "coverage_bound_share": None,
        "seconds": 1.5,
        "seed": 0,
        "versions": {},
        "truncated": [],
        "plan": plan.model_dump(mode="json"),
        "metrics": measure(scenario, plan).model_dump(mode="json"),
        "today": measure(scenario, todays_plan(scenario)).model_dump(mode="json"),
        "violations": [],
    } | changes


def _claims(**changes: object) -> list[str]:
    """Return what is found untrue in a changed result."""
    result = json.loads(json.dumps(_result(**changes)))
    report = verify_result(small_scenario(), result, sha256="abc")

    assert report.broken_rules in ((), ("claims_are_true",))
    return [violation.message for violation in report.violations]


def test_a_true_result_is_accepted() -> None:
    assert _claims() == []
    assert _claims(bound_ore_per_week=None, gap=None) == []
    assert _claims(bound_ore_per_week=68_027, gap=0.0, status="OPTIMAL") == []
    assert _claims(coverage_bound_share=0.955) == []


UNTRUE: dict[str, dict[str, object]] = {
    "cost_ore_per_week": {"cost_ore_per_week": 68_026, "gap": 8_026 / 68_026},
    "bound_ore_per_week": {"bound_ore_per_week": 68_028},
    "gap": {"gap": 0.1},
    "status": {"status": "OPTIMAL"},
    "coverage_bound_share": {"coverage_bound_share": 0.9},
    "format": {"format": "deliveryopt-result/2"},
    "scenario.name": {"scenario": {"name": "large", "sha256": "abc"}},
    "scenario.sha256": {"scenario": {"name": "small", "sha256": "abd"}},
}


@pytest.mark.parametrize("claim", UNTRUE)
def test_an_untrue_claim_is_named(claim: str) -> None:
    messages = _claims(**UNTRUE[claim])

    assert any(message.startswith(f"The result claims {claim} ") for message in messages)
    assert all(claim in message or " gap " in message for message in messages)


def test_a_gap_without_a_bound_is_untrue() -> None:
    assert _claims(bound_ore_per_week=None, gap=0.1) == ["The result claims gap 0.1; it is None."]


def test_a_wrong_coverage_is_found_in_the_figures() -> None:
    metrics = measure(small_scenario(), small_plan()).model_dump(mode="json")
    metrics["coverage_share"] = 1.0
    metrics["village_rows"][4]["covered"] = 1

    assert _claims(metrics=metrics) == [
        "The result claims metrics.coverage_share 1.0; it is 0.954545.",
        "The result claims metrics.village_rows.4.covered 1; it is False.",
    ]


def test_missing_and_unknown_figures_are_found() -> None:
    today = measure(small_scenario(), todays_plan(small_scenario())).model_dump(mode="json")
    del today["boxes"]
    today["happiness"] = 7

    assert _claims(today=today) == [
        "The result claims today.boxes 'missing'; it is 'given'.",
        "The result claims today.happiness 'given'; it is 'none'.",
    ]


def test_a_result_whose_plan_breaks_a_rule_names_the_rule() -> None:
    _, plan = one_parcel_too_few_is_carried()
    report = verify_result(small_scenario(), _result(plan=plan.model_dump(mode="json")))

    assert report.broken_rules[0] == "parcels_are_carried"


def test_a_result_of_another_goal_is_checked_against_the_scenario_given() -> None:
    scenario, _ = with_goal(coverage_share=1)

    assert "goal_is_met" in verify_result(scenario, _result()).broken_rules


@pytest.mark.parametrize("plan", [None, 7, "plan", [], {"opened": 1}, {"opened": {1, 2}}])
def test_a_result_without_a_readable_plan_is_malformed(plan: object) -> None:
    report = verify_result(small_scenario(), _result(plan=plan))

    assert report.broken_rules == ("plan_is_well_formed",)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(_result())), odd_values))
def test_an_odd_result_never_makes_verify_raise(changes: dict[str, object]) -> None:
    report = verify_result(small_scenario(), _result() | changes, sha256="abc")

    assert isinstance(report.violations, tuple)
