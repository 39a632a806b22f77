"""Every difference between two scenarios is named, and nothing that is the same."""

import pytest
from pydantic import BaseModel

from deliveryopt.scenario.differences import (
    FieldDifference,
    ScenarioDifferences,
    TableDifference,
    scenario_differences,
)
from deliveryopt.scenario.schema import Scenario
from tests.plan.small_world import changed, small_scenario
from tests.plan.small_world_vans import van_scenario
from tests.strategies import replaced

WORDS = {"format", "name", "title", "language", "time_zone", "sources", "provenance"}
"""Fields of a scenario from which no plan follows."""


def test_a_scenario_does_not_differ_from_itself() -> None:
    assert scenario_differences(van_scenario(), van_scenario()) == ScenarioDifferences()
    assert scenario_differences(van_scenario(), van_scenario()).are_none


def test_names_and_sources_are_no_differences() -> None:
    scenario = small_scenario()
    other = changed(
        scenario, name="other", title="Other", language="en", sources=({"name": "someone"},)
    )

    assert scenario_differences(scenario, other).are_none


def test_a_number_is_named_with_both_its_values() -> None:
    scenario = small_scenario()
    rules = replaced(scenario.rules, reach_km=7.5, unusable_runs=("buss_1", "hem_4"))
    goal = replaced(scenario.goal, coverage_share=0.5)
    found = scenario_differences(scenario, replaced(scenario, rules=rules, goal=goal))

    assert found.fields == (
        FieldDifference("goal.coverage_share", scenario.goal.coverage_share, 0.5),
        FieldDifference("rules.reach_km", scenario.rules.reach_km, 7.5),
        FieldDifference("rules.unusable_runs", "", "buss_1, hem_4"),
    )
    assert found.tables == ()
    assert found.touches("rules.")
    assert not found.touches("rates.", "villages")


def test_terms_of_runs_boxes_and_vans_have_the_names_of_the_file() -> None:
    scenario = van_scenario()
    bus = replaced(scenario.run_kinds.bus, stop_min=9.0)
    box = replaced(scenario.box_types[0], sek_per_year=1.0)
    van = replaced(scenario.vans[0], shift_start_min=300)
    other = replaced(
        scenario,
        run_kinds=replaced(scenario.run_kinds, bus=bus),
        box_types=(box, *scenario.box_types[1:]),
        vans=(van, *scenario.vans[1:]),
    )

    assert [one.field for one in scenario_differences(scenario, other).fields] == [
        f"box_types.{box.id}.sek_per_year",
        "run_kinds.bus.stop_min",
        f"vans.{van.id}.shift_start",
    ]


def test_rows_of_tables_are_added_removed_or_changed() -> None:
    scenario = small_scenario()
    first, *rest = scenario.villages
    other = replaced(
        scenario,
        villages=(
            replaced(first, inhabitants=1, parcels_per_week=9.0),
            *rest[1:],
            replaced(first, id="new"),
        ),
    )

    assert scenario_differences(scenario, other).tables == (
        TableDifference(
            "villages",
            added=("new",),
            removed=(rest[0].id,),
            changed=(first.id,),
            fields=("inhabitants", "parcels_per_week"),
        ),
    )


def test_box_types_that_only_one_has_are_rows_not_fields() -> None:
    scenario = small_scenario()
    more = replaced(scenario.box_types[0], id="zzz")
    found = scenario_differences(
        scenario, replaced(scenario, box_types=(*scenario.box_types, more))
    )

    assert found.fields == ()
    assert found.tables == (TableDifference("box_types", ("zzz",), (), (), ()),)


def _emptied(scenario: Scenario, name: str) -> Scenario:
    """Return a scenario with nothing in a table; the rest may no longer fit to it."""
    return scenario.model_copy(update={name: ()})


@pytest.mark.parametrize("name", sorted(set(Scenario.model_fields) - WORDS))
def test_no_field_of_a_scenario_is_forgotten(name: str) -> None:
    scenario = van_scenario()
    value = getattr(scenario, name)
    if isinstance(value, tuple):
        other = _emptied(scenario, name)
        if not value:
            pytest.skip("the small world has none")
    elif isinstance(value, BaseModel):
        other = scenario.model_copy(update={name: _other(value)})
    else:
        other = scenario.model_copy(update={name: None})

    assert not scenario_differences(scenario, other).are_none


def _other(model: BaseModel) -> BaseModel:
    """Return a model with one value changed."""
    for name, value in model:
        if isinstance(value, BaseModel):
            return model.model_copy(update={name: _other(value)})
        if isinstance(value, float):
            return model.model_copy(update={name: value + 1})
    return model.model_copy(update={next(iter(type(model).model_fields)): None})
