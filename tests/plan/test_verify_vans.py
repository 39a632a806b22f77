"""What the checks say about plans with vans and home orders, and plans that say anything."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from deliveryopt.plan.metrics import measure
from deliveryopt.plan.plan import Plan
from deliveryopt.plan.replay import replay_plan
from deliveryopt.plan.today import todays_plan
from deliveryopt.plan.verify import plan_cost_ore, verify, verify_result
from deliveryopt.plan.world import build_world
from deliveryopt.scenario.terms import SIZES
from deliveryopt.units import DAYS
from tests.plan.changes_of_vans import home_changed, planned, run_changed, van_changed
from tests.plan.small_world import changed, small_plan, small_scenario
from tests.plan.small_world_vans import BROUGHT, van_plan, van_scenario


def test_the_small_plan_with_a_van_keeps_every_rule() -> None:
    assert verify(van_scenario(), van_plan()).violations == ()


def test_a_violation_about_a_van_says_which_by_how_much_and_in_a_sentence() -> None:
    (violation,) = verify(*van_changed(shift_end_min=570)).violations

    assert (violation.van, violation.day, violation.order) == ("van_1", "wed", None)
    assert (violation.found, violation.allowed) == ("09:41", "09:30 or earlier")
    assert violation.excess == 11
    assert str(violation) == (
        "van_keeps_its_shift: Van 'van_1' on wed is back at 09:41, after its shift."
    )


def test_a_violation_about_a_home_order_on_a_run_names_both() -> None:
    (violation,) = verify(*home_changed("hem_anna", cold_chain_min=30)).violations

    assert (violation.order, violation.run, violation.day) == ("hem_anna", "vard_6", "tue")
    assert (violation.found, violation.allowed, violation.excess) == ("35 min", "30 min", 5)


def test_a_violation_about_a_home_order_in_a_van_names_both() -> None:
    (violation,) = verify(*home_changed("hem_dan", latest_min=500)).violations

    assert (violation.order, violation.van, violation.day) == ("hem_dan", "van_1", "wed")
    assert violation.message == ("Home order 'hem_dan', by van 'van_1' on wed, may come at 08:27.")


def test_loads_of_a_run_count_home_orders_from_their_origin_to_their_door() -> None:
    replay = replay_plan(build_world(van_scenario()), van_plan())

    # two parcels of 6 litres and 2 kg; an order of 35 litres and 15 kg from stop 2 to stop 3
    assert replay.loads(("vard_6", "tue")) == [
        (120, 40, 2),
        (470, 190, 3),
        (120, 40, 2),
        (0, 0, 0),
    ]
    # an order of 20 litres and 10 kg from stop 2 by a detour after stop 3
    assert replay.loads(("vard_6", "thu")) == [
        (0, 0, 0),
        (200, 100, 1),
        (200, 100, 1),
        (0, 0, 0),
    ]


def test_parcels_aboard_a_van_are_those_of_the_trip() -> None:
    replay = replay_plan(build_world(van_scenario()), van_plan())
    loads = [replay.load_of_trip(trip) for route in replay.van_routes for trip in route.trips]

    # 35 litres and 3 x 6; then 35; then 6 and 20
    assert loads == [(530, 210, 4), (350, 150, 1), (260, 40, 2)]


def test_a_van_without_limits_carries_anything() -> None:
    unlimited = van_changed(capacity_litres=None, capacity_kg=None, capacity_parcels=None)

    assert verify(*unlimited).is_ok


def test_terms_of_its_kind_say_what_a_run_carries() -> None:
    scenario, plan = run_changed(kind="library_bus")

    assert set(verify(scenario, plan).broken_rules) >= {"run_is_permitted"}


def test_the_first_of_an_orders_days_that_is_an_operating_day_is_its_ready_day() -> None:
    scenario, plan = home_changed("hem_eva", days=("wed", "fri"))
    no_wednesday = changed(
        scenario,
        homes=tuple(
            changed(order, days=("fri", "sat")) if order.id == "hem_eva" else order
            for order in scenario.homes
        ),
    )
    (missing, extra) = verify(no_wednesday, plan).violations

    assert verify(scenario, plan).is_ok
    assert {missing.day, extra.day} == {"wed", "fri"}


def test_a_run_day_that_delivers_one_order_twice_is_told_once_as_a_fault_of_the_order() -> None:
    scenario, plan = run_changed(delay_budget_min=10)
    twice = changed(plan, homes_by_run=(plan.homes_by_run[0], *plan.homes_by_run))
    quick = tuple(changed(order, service_min=0) for order in scenario.homes)
    roomy = tuple(
        changed(run, capacity_litres=None, capacity_kg=None, capacity_parcels=None)
        for run in scenario.runs
    )
    report = verify(changed(scenario, homes=quick, runs=roomy), twice)

    assert report.broken_rules == ("home_gets_its_delivery",)


@pytest.mark.parametrize("trip", [3, 10**400])
def test_a_trip_that_a_van_does_not_make_is_named(trip: int) -> None:
    odd = (changed(BROUGHT[0], trip=trip), *BROUGHT[1:])
    report = verify(*planned(van_shipments=odd))

    assert report.broken_rules == ("parcels_are_carried",)
    assert max(len(violation.message) for violation in report.violations) < 200


def test_todays_plan_leaves_every_order() -> None:
    scenario = van_scenario()
    plan = todays_plan(scenario)

    assert [(row.order, row.how) for row in plan.homes_left] == [
        ("hem_anna", "none"),
        ("hem_bo", "none"),
        ("hem_cia", "none"),
        ("hem_dan", "none"),
        ("hem_eva", "none"),
        ("hem_fia", "today"),
        ("hem_gun", "none"),
    ]
    assert verify(scenario, plan).broken_rules == ("goal_is_met",)
    assert measure(scenario, plan) == measure(scenario, Plan())


def test_a_plan_without_homes_and_vans_is_as_before() -> None:
    metrics = measure(small_scenario(), small_plan())

    assert (metrics.home_rows, metrics.van_rows, metrics.van_day_rows) == ((), (), ())
    assert metrics.home_orders.orders == metrics.vans.van_days == 0
    assert metrics.home_delivery.state_grant_ore == 0


Path = tuple[str | int, ...]
PLAIN_PLAN = van_plan().model_dump(mode="json")


def _paths(value: object, path: Path = ()) -> list[Path]:
    """Return the path to every value inside plain values."""
    inside: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    return [path, *(found for key, part in inside for found in _paths(part, (*path, key)))]


def _with(value: Any, path: Path, new: object) -> Any:  # noqa: ANN401 - JSON
    """Return plain values with another value at a path, if it still leads somewhere."""
    if not path:
        return new
    if isinstance(value, dict) and path[0] in value:
        return value | {path[0]: _with(value[path[0]], path[1:], new)}
    if isinstance(value, list) and isinstance(path[0], int) and path[0] < len(value):
        here = path[0]
        return [*value[:here], _with(value[here], path[1:], new), *value[here + 1 :]]
    return value


odd_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(min_value=-1, max_value=2000),
    st.sampled_from([10**12, 100_000, 10**400, 0.5, "", [], {}]),
    st.sampled_from([*DAYS, *SIZES, "today", "none", "at_stop", "through", "out_and_back"]),
    st.sampled_from(["hem_anna", "hem_gun", "ek_box", "ica", "ekby", "vard_6", "van_1", "okänd"]),
    st.sampled_from(["terminalen", "handlarn", "garaget", "hpl_d"]),
    st.sampled_from([PLAIN_PLAN["van_routes"], PLAIN_PLAN["van_routes"][0]["trips"][::-1]]),
    st.sampled_from([PLAIN_PLAN["homes_by_run"] * 2, PLAIN_PLAN["homes_in_box"] * 2]),
)
mutations = st.lists(
    st.tuples(st.sampled_from(_paths(PLAIN_PLAN)[1:]), odd_values), min_size=1, max_size=4
)


@settings(max_examples=300, deadline=None)
@given(mutations)
def test_verify_never_raises_and_cost_never_differs(changes: list[tuple[Path, object]]) -> None:
    plain: object = PLAIN_PLAN
    for path, new in changes:
        plain = _with(plain, path, new)
    scenario = van_scenario()
    report = verify_result(scenario, {"plan": plain})
    try:
        plan = Plan.model_validate_json(json.dumps(plain), strict=True)
    except ValidationError:
        assert "plan_is_well_formed" in report.broken_rules
    else:
        metrics = measure(scenario, plan)
        payers, items = metrics.cost_by_payer.model_dump(), metrics.cost_by_item

        assert metrics.cost_ore_per_week == plan_cost_ore(scenario, plan)
        assert metrics.home_orders.orders == len(scenario.homes)
        assert sum(payers.values()) == (
            sum(items.model_dump().values()) - items.co2_ore - items.unserved_orders_ore
        )


ids = st.sampled_from(["van_1", "hem_anna", "ek_box", "terminalen", "vard_6", "okänd"])
minutes = st.integers(min_value=0, max_value=100_000)
days = st.sampled_from(DAYS)
van_stops = st.fixed_dictionaries({"place": ids, "arrival_min": minutes})
van_trips = st.fixed_dictionaries(
    {
        "origin": ids,
        "departure_min": minutes,
        "stops": st.lists(van_stops, min_size=1, max_size=3),
        "return_min": minutes,
    }
)
garbage = st.fixed_dictionaries(
    {
        "van_routes": st.lists(
            st.fixed_dictionaries(
                {
                    "van": ids,
                    "day": days,
                    "start_min": minutes,
                    "trips": st.lists(van_trips, min_size=1, max_size=3),
                    "end_min": minutes,
                }
            ),
            max_size=3,
        ),
        "van_shipments": st.lists(
            st.fixed_dictionaries(
                {
                    "van": ids,
                    "day": days,
                    "trip": st.integers(min_value=1, max_value=10**40),
                    "pickup_point": ids,
                    "size": st.sampled_from(SIZES),
                    "ready_day": days,
                    "parcels": st.integers(min_value=1, max_value=10**40),
                }
            ),
            max_size=3,
        ),
        "homes_by_run": st.lists(
            st.fixed_dictionaries(
                {
                    "order": ids,
                    "run": ids,
                    "day": days,
                    "kind": st.sampled_from(["at_stop", "through", "out_and_back"]),
                    "stop_sequence": st.sampled_from([10, 20, 30, 40, 50]),
                    "board_sequence": st.sampled_from([10, 20, 30, 40, 50]),
                    "board_min": minutes,
                    "latest_arrival_min": minutes,
                }
            ),
            max_size=3,
        ),
        "homes_in_box": st.lists(
            st.fixed_dictionaries({"order": ids, "pickup_point": ids}), max_size=3
        ),
        "homes_left": st.lists(
            st.fixed_dictionaries({"order": ids, "how": st.sampled_from(["today", "none"])}),
            max_size=3,
        ),
    }
)


@settings(max_examples=200, deadline=None)
@given(garbage)
def test_a_plan_of_anything_never_makes_verify_or_measure_raise(plain: dict[str, object]) -> None:
    scenario = van_scenario()
    plan = Plan.model_validate_json(json.dumps(plain))
    report = verify(scenario, plan)
    metrics = measure(scenario, plan)

    assert "home_gets_its_delivery" in report.broken_rules
    assert metrics.cost_ore_per_week == plan_cost_ore(scenario, plan)


def _value_at(path: Path) -> Any:  # noqa: ANN401 - JSON
    """Return the value at a path of the small plan."""
    value: Any = PLAIN_PLAN
    for key in path:
        value = value[key]
    return value


def _kind_of(path: Path) -> str:
    """Return the last name on a path, which says what kind of value stands there."""
    return next(key for key in reversed(path) if isinstance(key, str))


NAMED = {
    "day": DAYS,
    "ready_day": DAYS,
    "kind": ("at_stop", "through", "out_and_back"),
    "size": SIZES,
    "how": ("today", "none"),
}


def _others(path: Path, alike: dict[str, set[str]]) -> list[object]:
    """Return values near the one that stands at a path."""
    value = _value_at(path)
    if isinstance(value, int):
        return [value - 1, value + 1]
    if isinstance(value, list):
        return [value[:number] + value[number + 1 :] for number in range(len(value))]
    if isinstance(value, str):
        return list(NAMED.get(str(path[-1]), alike[_kind_of(path)]))
    return []


def test_any_single_change_to_what_vans_and_homes_do_is_noticed() -> None:
    """No number, day, name or row can change alone and keep every rule.

    But one: on Friday, when its shift is not over, the van may come back later than it can.
    """
    paths = [path for path in _paths(PLAIN_PLAN) if path and "van" in str(path[0])]
    paths += [path for path in _paths(PLAIN_PLAN) if path and "home" in str(path[0])]
    alike: dict[str, set[str]] = {}
    for path in _paths(PLAIN_PLAN)[1:]:
        if isinstance(value := _value_at(path), str):
            alike.setdefault(_kind_of(path), set()).add(value)
    changes = [
        (path, other)
        for path in paths
        for other in _others(path, alike)
        if other != _value_at(path)
    ]
    unnoticed = []
    for path, new in changes:
        plain = json.dumps(_with(PLAIN_PLAN, path, new))
        try:
            is_ok = verify(van_scenario(), Plan.model_validate_json(plain, strict=True)).is_ok
        except ValidationError:
            is_ok = False
        if is_ok:
            unnoticed.append((path, new))

    assert len(changes) > 150
    assert unnoticed == [(("van_routes", 1, "end_min"), 534)]
