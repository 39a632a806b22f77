"""The example that `new` writes: it solves in seconds, to a plan that is worth a look."""

from pathlib import Path

from deliveryopt.plan.metrics import measure
from deliveryopt.plan.today import todays_plan
from deliveryopt.plan.verify import verify
from deliveryopt.scenario.demo import demo_scenario
from deliveryopt.scenario.load import load_scenario, scenario_hash
from deliveryopt.scenario.save import save_scenario
from deliveryopt.solver.solve import SolveOptions, solve


def test_the_example_has_no_fault_and_survives_the_way_to_files(tmp_path: Path) -> None:
    save_scenario(demo_scenario(), tmp_path / "a")

    assert scenario_hash(load_scenario(tmp_path / "a")) == scenario_hash(demo_scenario())


def test_every_number_in_the_example_that_is_invented_says_so() -> None:
    scenario = demo_scenario()

    assert not any(village.real for village in scenario.villages)
    assert not any(point.real for point in scenario.pickup_points)
    assert {entry.tag for entry in scenario.provenance} == {"assumed"}


def test_the_example_is_solved_to_a_plan_that_opens_boxes_and_covers_more() -> None:
    scenario = demo_scenario()
    result = solve(scenario, SolveOptions(time_limit_s=20))

    assert result.status == "OPTIMAL"
    assert result.plan is not None
    assert verify(scenario, result.plan).is_ok
    assert result.plan.opened
    today = measure(scenario, todays_plan(scenario)).coverage_share
    assert today < 0.9 <= measure(scenario, result.plan).coverage_share
    assert result.seconds < 20
