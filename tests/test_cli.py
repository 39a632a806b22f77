"""Every command: help, exit code, and what it says when it is used wrongly."""

import json
import shutil
from pathlib import Path

import click
import pytest

from deliveryopt.cli import cli, parse_depot
from deliveryopt.cli_options import parse_share
from deliveryopt.errors import UsageError
from deliveryopt.scenario.load import load_scenario
from tests.command import SCENARIOS
from tests.conftest import Command
from tests.scenario.gtfs_small import small_feed, write_zip

TINY = SCENARIOS / "tiny"
COMMANDS = sorted(cli.commands)


def test_the_commands_are_these() -> None:
    assert COMMANDS == [
        "check",
        "compare",
        "explain",
        "fragility",
        "frontier",
        "import-gtfs",
        "new",
        "report",
        "schema",
        "sensitivity",
        "solve",
        "verify",
    ]


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_has_one_sentence_one_example_and_the_options(
    name: str, flag: str, command: Command
) -> None:
    ended = command(name, flag)

    assert ended.code == 0
    assert ended.err == ""
    assert ended.out.startswith(f"Usage: deliveryopt {name}")
    assert ended.out.splitlines()[2].endswith(".")
    assert ended.out.count(f"    deliveryopt {name}") == 1


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_in_kebab_case_and_explained(name: str) -> None:
    options = [found for found in cli.commands[name].params if isinstance(found, click.Option)]

    assert [word for found in options for word in found.opts if "_" in word] == []
    assert [found.name for found in options if not found.help] == []


def test_help_of_the_program_lists_every_command(command: Command) -> None:
    ended = command("--help")

    assert ended.code == 0
    assert all(f"\n  {name} " in ended.out for name in COMMANDS)


def test_no_command_shows_the_help_and_is_wrong_usage(command: Command) -> None:
    ended = command()

    assert ended.code == 2
    assert "Usage: deliveryopt" in ended.err


def test_the_version_is_said(command: Command) -> None:
    assert command("--version").out.startswith("deliveryopt, version ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["sovle"], "Did you mean 'solve'?"),
        (["frobnicate"], "No such command 'frobnicate'"),
        (["solve", "x", "--sead", "1"], "--seed"),
        (["solve"], "Missing argument 'SCENARIO'"),
        (["solve", TINY, "--time-limit", "soon"], "'soon' is not a valid float"),
        (["solve", TINY, "--time-limit", "-1"], "time limit -1.0: it must be from 0 to"),
        (["solve", TINY, "--time-limit", "nan"], "time limit nan: it must be from 0 to"),
        (["solve", TINY, "--time-limit", "inf"], "time limit inf: it must be from 0 to"),
        (["solve", TINY, "--time-limit", "1e300"], "time limit 1e+300: it must be from 0 to"),
        (["solve", TINY, "--gap", "little"], "--gap 'little': it must be at least 0 and below 1"),
        (["solve", TINY, "--gap", "nan"], "--gap 'nan': it must be"),
        (["solve", TINY, "--gap", "-1%"], "--gap '-1%': it must be"),
        (["solve", TINY, "--gap", "100%"], "--gap '100%': it must be"),
        (["solve", TINY, "--gap", "1e999"], "--gap '1e999': it must be"),
        (["solve", TINY, "--seed", "-1"], "seed -1: it must be a whole number"),
        (["solve", TINY, "--seed", "2147483648"], "seed 2147483648: it must be a whole number"),
        (["solve", TINY, "--seed", "1.5"], "'1.5' is not a valid integer"),
        (["solve", TINY, "--lang", "fi"], "'fi' is not one of 'sv', 'en'"),
        (["solve", TINY, "--progress", "loud"], "'loud' is not one of"),
        (["import-gtfs", "x"], "Missing option"),
    ],
)
def test_wrong_usage_is_said_and_ends_with_2(
    words: list[str | Path], said: str, command: Command
) -> None:
    ended = command(*words)

    assert ended.code == 2
    assert ended.out == ""
    assert said in ended.err


@pytest.mark.parametrize(
    ("text", "share"), [("0", 0), ("0.01", 0.01), ("1%", 0.01), ("0.5 %", 0.005), (" 5% ", 0.05)]
)
def test_a_gap_is_a_share_or_per_cent(text: str, share: float) -> None:
    assert parse_share(text) == share


@pytest.mark.parametrize("text", ["terminal", "terminal,65", "terminal,x,y", "t,95,22", "t,1,2,3"])
def test_a_depot_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="must be an id and degrees"):
        parse_depot(text)


@pytest.mark.parametrize("name", ["my village", "bygden på ön"])
def test_new_writes_a_scenario_that_checks(name: str, tmp_path: Path, command: Command) -> None:
    folder = tmp_path / name

    assert command("new", folder).code == 0
    ended = command("check", folder)
    assert (ended.code, ended.err) == (0, "")
    assert "no fault found" in ended.out


def test_new_overwrites_only_when_forced(tmp_path: Path, command: Command) -> None:
    assert command("new", tmp_path).code == 0
    (tmp_path / "villages.csv").write_text("mine", encoding="utf-8")

    refused = command("new", tmp_path)
    assert refused.code == 4
    assert "--force" in refused.err
    assert (tmp_path / "villages.csv").read_text(encoding="utf-8") == "mine"
    assert command("new", tmp_path, "--force").code == 0
    assert command("check", tmp_path).code == 0


def test_new_where_a_file_stands_is_said(tmp_path: Path, command: Command) -> None:
    (tmp_path / "a").write_text("a file", encoding="utf-8")

    ended = command("new", tmp_path / "a")

    assert (ended.code, ended.out) == (4, "")
    assert str(tmp_path / "a") in ended.err


def test_check_as_json_is_json_and_nothing_else(command: Command) -> None:
    ended = command("check", TINY, "--json")

    assert (ended.code, ended.err) == (0, "")
    found = json.loads(ended.out)
    assert (found["villages"], found["inhabitants"]) == (3, 400)


def test_check_says_every_fault_and_their_number(tmp_path: Path, command: Command) -> None:
    shutil.copytree(TINY, tmp_path / "tiny")
    text = (tmp_path / "tiny" / "scenario.yaml").read_text(encoding="utf-8")
    text = text.replace("reach_km: 2.0", "reach_km: far").replace("max_lead_days", "max_led_days")
    (tmp_path / "tiny" / "scenario.yaml").write_text(text, encoding="utf-8")

    ended = command("check", tmp_path / "tiny")

    assert (ended.code, ended.out) == (2, "")
    assert "reach_km" in ended.err
    assert "max_lead_days" in ended.err
    assert ended.err.splitlines()[-1].endswith("faults found.")


@pytest.mark.parametrize("words", [["check"], ["solve"], ["verify"]])
def test_a_scenario_that_is_missing_is_said(
    words: list[str], tmp_path: Path, command: Command
) -> None:
    extra = [tmp_path] if words == ["verify"] else []

    ended = command(*words, tmp_path / "nowhere", *extra)

    assert (ended.code, ended.out) == (2, "")
    assert "nowhere" in ended.err


def test_the_schema_is_json(command: Command) -> None:
    ended = command("schema")

    assert (ended.code, ended.err) == (0, "")
    assert json.loads(ended.out)["type"] == "object"


def test_a_feed_becomes_tables_of_a_scenario(tmp_path: Path, command: Command) -> None:
    feed = write_zip(small_feed(), tmp_path / "feed.zip")
    words = [
        "import-gtfs",
        feed,
        "--week",
        "2026-01-05",
        "--bbox",
        "65.80,23.00,66.00,23.50",
        "--into",
    ]

    ended = command(*words, tmp_path / "tables", "--json")
    assert (ended.code, ended.err) == (0, "")
    assert json.loads(ended.out)["runs"] >= 1
    again = command(*words, tmp_path / "tables")
    assert (again.code, again.out) == (4, "")
    assert "--force" in again.err
    forced = command(*words, tmp_path / "tables", "--force")
    assert forced.code == 0
    assert "written: " in forced.out


@pytest.mark.parametrize(
    ("bbox", "week"), [("60,10,70", "2026-10-05"), ("60,10,70,30", "2026-10-06")]
)
def test_an_import_that_is_asked_wrongly_ends_with_2(
    bbox: str, week: str, tmp_path: Path, command: Command
) -> None:
    feed = write_zip(small_feed(), tmp_path / "feed.zip")

    ended = command("import-gtfs", feed, "--week", week, "--bbox", bbox, "--into", tmp_path / "x")

    assert (ended.code, ended.out) == (2, "")
    assert not (tmp_path / "x").exists()


def test_a_fault_of_ours_is_said_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, command: Command
) -> None:
    def fail(*_: object, **__: object) -> None:
        message = "what nobody thought of"
        raise ZeroDivisionError(message)

    monkeypatch.setattr("deliveryopt.scenario.load.load_scenario", fail)

    ended = command("check", TINY)

    assert (ended.code, ended.out) == (1, "")
    assert "ZeroDivisionError: what nobody thought of" in ended.err
    assert "Traceback" not in ended.err


def test_the_example_loads_as_it_was_written(tmp_path: Path, command: Command) -> None:
    command("new", tmp_path / "a")

    assert load_scenario(tmp_path / "a").name == "exempel"
