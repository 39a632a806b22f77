"""`verify` from the command line: fresh results pass, corrupt ones are refused by name."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.command import SCENARIOS
from tests.conftest import Command

TINY, VINGAKER = (SCENARIOS / name for name in ("tiny", "vingaker"))
Result = dict[str, Any]


def test_a_fresh_result_is_accepted(solved_tiny: Path, command: Command) -> None:
    for path in (solved_tiny, solved_tiny / "result.json"):
        ended = command("verify", TINY, path)
        assert (ended.code, ended.err) == (0, "")
        assert "keeps every rule" in ended.out


def test_verify_as_json_is_json_and_nothing_else(solved_tiny: Path, command: Command) -> None:
    ended = command("verify", TINY, solved_tiny, "--json")

    assert (ended.code, ended.err) == (0, "")
    assert json.loads(ended.out) == {"violations": []}


def _no_box(result: Result) -> None:
    result["plan"]["opened"] = []


def _no_runs(result: Result) -> None:
    result["plan"]["shipments"] = []


def _cheaper(result: Result) -> None:
    result["cost_ore_per_week"] -= 1


@pytest.mark.parametrize(
    ("corrupt", "rule"),
    [
        (_no_box, "pickup_point_is_open"),
        (_no_runs, "parcels_are_carried"),
        (_cheaper, "claims_are_true"),
    ],
)
def test_a_corrupt_result_is_refused_by_the_name_of_the_rule(
    corrupt: Callable[[Result], None],
    rule: str,
    solved_tiny: Path,
    tmp_path: Path,
    command: Command,
) -> None:
    result = json.loads((solved_tiny / "result.json").read_text(encoding="utf-8"))
    corrupt(result)
    path = tmp_path / "result.json"
    path.write_text(json.dumps(result), encoding="utf-8")

    ended = command("verify", TINY, path)
    assert (ended.code, ended.out) == (4, "")
    assert f"{rule}: " in ended.err
    as_json = command("verify", TINY, path, "--json")
    assert as_json.code == 4
    assert rule in {violation["rule"] for violation in json.loads(as_json.out)["violations"]}


def test_a_result_of_another_scenario_is_refused(solved_tiny: Path, command: Command) -> None:
    ended = command("verify", VINGAKER, solved_tiny)

    assert (ended.code, ended.out) == (4, "")


@pytest.mark.parametrize(
    "text",
    ["", "garbage", "[1]", "[" * 100_000, '{"a": NaN}', '{"a": 1e999}', '{"a": 1, "a": 2}', "\xff"],
)
def test_what_is_no_proper_json_ends_with_2(text: str, tmp_path: Path, command: Command) -> None:
    path = tmp_path / "result.json"
    path.write_text(text, encoding="latin-1")

    ended = command("verify", TINY, path)

    assert (ended.code, ended.out) == (2, "")
    assert str(path) in ended.err
    assert ended.err.endswith("1 fault found.\n")
