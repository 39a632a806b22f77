"""Results in folders: read back whole, checked, and refused where they are not true."""

import json
import shutil
import stat
from pathlib import Path

import pytest

from deliveryopt.errors import PlanBreaksRuleError, ScenarioError
from deliveryopt.reports.result_json import result_as_dict
from deliveryopt.results import FOLDER, keep_scenario, open_result
from deliveryopt.scenario.load import load_scenario
from tests.command import SCENARIOS
from tests.reports.bundles import homes_bundle

TINY = SCENARIOS / "tiny"


@pytest.fixture
def copied(solved_tiny: Path, tmp_path: Path) -> Path:
    """Return a copy of a result that may be changed."""
    shutil.copytree(solved_tiny, tmp_path / "result")
    return tmp_path / "result"


def _change(folder: Path, **values: object) -> None:
    path = folder / "result.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(content | values), encoding="utf-8")


def test_a_result_is_read_back_as_it_was_written(solved_tiny: Path) -> None:
    written = json.loads((solved_tiny / "result.json").read_text(encoding="utf-8"))

    assert json.loads(json.dumps(result_as_dict(open_result(solved_tiny)))) == written
    assert open_result(solved_tiny / "result.json").plan == open_result(solved_tiny).plan


def test_the_scenario_beside_it_is_the_one_that_was_solved(solved_tiny: Path) -> None:
    assert load_scenario(solved_tiny / FOLDER) == load_scenario(TINY)


def test_a_result_without_its_scenario_says_so_and_takes_one_that_is_named(copied: Path) -> None:
    shutil.rmtree(copied / FOLDER)

    with pytest.raises(ScenarioError, match="--scenario"):
        open_result(copied)
    assert open_result(copied, TINY).scenario == load_scenario(TINY)


def test_a_result_of_another_scenario_is_refused(copied: Path) -> None:
    with pytest.raises(PlanBreaksRuleError, match="sha256"):
        open_result(copied, SCENARIOS / "vingaker")


def test_a_result_whose_cost_was_changed_is_refused(copied: Path) -> None:
    _change(copied, cost_ore_per_week=1)

    with pytest.raises(PlanBreaksRuleError, match="cost_ore_per_week"):
        open_result(copied)


@pytest.mark.parametrize(
    "values",
    [
        {"unserved": [{"kind": "village"}]},
        {"unserved": [{"kind": "star", "id": "a", "reasons": [], "change": None, "examined": []}]},
        {"ways": [{"name": "today"}]},
    ],
)
def test_a_part_that_is_not_as_it_was_written_is_refused(
    copied: Path, values: dict[str, object]
) -> None:
    _change(copied, **values)

    with pytest.raises(ScenarioError, match="DO-R007"):
        open_result(copied)


def test_a_scenario_with_home_orders_is_kept_for_its_user_only(tmp_path: Path) -> None:
    keep_scenario(homes_bundle().scenario, tmp_path)

    assert stat.S_IMODE((tmp_path / FOLDER).stat().st_mode) == 0o700
