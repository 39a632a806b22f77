"""The public names, and that nothing heavy is loaded before it is needed."""

import json
import subprocess
import sys

import pytest

import deliveryopt

MOST_NAMES = 20
HEAVY = ("ortools", "pandas", "pydantic", "numpy", "jinja2")


def _loaded_by(statement: str) -> set[str]:
    """Return the modules that a statement loads in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-c", f"import json, sys\n{statement}\nprint(json.dumps([*sys.modules]))"],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_there_are_at_most_twenty_public_names() -> None:
    assert len(deliveryopt.__all__) <= MOST_NAMES
    assert list(deliveryopt.__all__) == sorted(set(deliveryopt.__all__))


@pytest.mark.parametrize("name", deliveryopt.__all__)
def test_a_public_name_loads_and_says_what_it_is(name: str) -> None:
    value = getattr(deliveryopt, name)

    assert value.__name__ == name
    assert value.__doc__


def test_another_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'solvee'"):
        _ = deliveryopt.solvee


@pytest.mark.parametrize(
    "statement",
    [
        "import deliveryopt",
        "from deliveryopt.cli import cli; cli.main(['--help'], standalone_mode=False)",
        "from deliveryopt.cli import cli; cli.main(['solve', '--help'], standalone_mode=False)",
    ],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(statement: str) -> None:
    assert _loaded_by(statement).intersection(HEAVY) == set()


def test_checking_a_scenario_loads_no_solver() -> None:
    loaded = _loaded_by(
        "from deliveryopt.cli import cli\n"
        "cli.main(['check', 'scenarios/tiny'], standalone_mode=False)"
    )

    assert loaded.intersection({"ortools", "pandas"}) == set()
