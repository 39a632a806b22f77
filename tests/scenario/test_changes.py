"""One number of a scenario changed by its dotted name, and checked again."""

from pathlib import Path

import pytest

from deliveryopt.errors import UsageError
from deliveryopt.scenario.changes import value_of, with_value
from deliveryopt.scenario.defaults import parameters
from deliveryopt.scenario.load import load_scenario
from deliveryopt.scenario.schema import OperatorLimit
from tests.by_hand import little_world
from tests.strategies import replaced
from tests.studies.worlds import with_vans

KALIX = load_scenario(Path("scenarios/kalix-hemsandning"))


@pytest.mark.parametrize(
    ("dotted", "value"),
    [
        ("rules.reach_km", 5.0),
        ("goal.coverage_share", 0.5),
        ("rates.parcels_per_inhabitant_per_year", 30.0),
        ("box_types.b.sek_per_year", 1040.0),
        ("run_kinds.bus.stop_min", 4.0),
        ("vans.van.sek_per_km", 6.0),
        ("vans.van.shift_start", 500),
        ("home_delivery.unserved_sek", 300.0),
    ],
)
def test_a_number_of_any_section_is_changed_and_nothing_else(dotted: str, value: float) -> None:
    scenario = with_vans()
    changed = with_value(scenario, dotted, value)
    before = value_of(scenario, dotted)

    assert value_of(changed, dotted) == value
    assert before is not None
    assert before != value
    assert with_value(changed, dotted, before) == scenario


def test_every_number_that_a_report_lists_can_be_changed() -> None:
    listed = [one for one in parameters(KALIX) if not one.name.startswith("homes.")]

    assert len(listed) > 100
    for one in listed:
        assert value_of(KALIX, one.name) == one.value
        assert with_value(KALIX, one.name, one.value).rules == KALIX.rules


def test_an_id_with_a_dot_in_it_is_found() -> None:
    world = little_world()
    dotted = replaced(
        world,
        box_types=(replaced(world.box_types[0], id="a.b"),),
        rules=replaced(
            world.rules, max_boxes_per_operator=(OperatorLimit(operator="op.x", max_boxes=2),)
        ),
    )

    assert with_value(dotted, "box_types.a.b.sek_per_year", 1).box_types[0].sek_per_year == 1
    limited = with_value(dotted, "rules.max_boxes_per_operator.op.x.max_boxes", 1)
    assert limited.rules.max_boxes_per_operator[0].max_boxes == 1


def test_shares_of_a_whole_still_add_up_to_one() -> None:
    rates = with_value(little_world(), "rates.share_l", 0.34).rates

    assert rates.share_s == pytest.approx(0.66 * 57 / 88)
    assert rates.share_m == pytest.approx(0.66 * 31 / 88)
    assert rates.share_l == 0.34


@pytest.mark.parametrize(
    "dotted",
    [
        "rules.reach",
        "rules.unusable_runs",
        "goal.kind",
        "box_types.none.sek_per_year",
        "vans.van.base",
        "reach_km",
        "homes.litres",
        "",
    ],
)
def test_an_unknown_number_is_an_error(dotted: str) -> None:
    with pytest.raises(UsageError, match=r"is no number of this scenario.*\n.*DO-U031"):
        with_value(with_vans(), dotted, 1)


def test_a_misspelt_number_gets_advice() -> None:
    with pytest.raises(UsageError, match=r"Did you mean 'rules\.reach_km'"):
        with_value(little_world(), "rules.reach_kmm", 1)


@pytest.mark.parametrize(
    ("dotted", "value", "allowed"),
    [
        ("rules.reach_km", -1, "above 0"),
        ("rules.max_transfers", 2, "from 0 to 1"),
        ("rules.transfer_min", 2.5, "a whole number"),
        ("rules.max_lead_days", 5, "fewer than the 5 operating days"),
        ("rules.min_deliveries_per_week", 6, "at most the 5"),
        ("rates.share_s", 1.5, "from 0 to 1"),
        ("vans.van.shift_end", 400, "ends after it begins"),
    ],
)
def test_a_value_that_a_file_could_not_hold_is_refused(
    dotted: str, value: float, allowed: str
) -> None:
    with pytest.raises(UsageError, match=allowed) as caught:
        with_value(with_vans(), dotted, value)

    assert "[DO-U032]" in str(caught.value)
    assert "pydantic" not in str(caught.value)
