"""The command line in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
SCENARIOS = ROOT / "scenarios"
COMMAND = (sys.executable, "-m", "deliveryopt")
LONGEST_S = 100


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


def words_of(*words: str | Path) -> list[str]:
    """Return the command with its arguments."""
    return [*COMMAND, *map(str, words)]


def run_apart(
    *words: str | Path, environment: Mapping[str, str] | None = None, folder: Path = ROOT
) -> Ended:
    """Run a command in a folder and return how it ended."""
    done = subprocess.run(
        words_of(*words),
        capture_output=True,
        check=False,
        cwd=folder,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        timeout=LONGEST_S,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def run_shell(line: str, *, folder: Path) -> Ended:
    """Run a line of shell in which `$DELIVERYOPT` is the command."""
    done = subprocess.run(
        ["bash", "-c", line],
        capture_output=True,
        check=False,
        cwd=folder,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "DELIVERYOPT": " ".join(COMMAND)},
        timeout=LONGEST_S,
    )
    return Ended(done.returncode, done.stdout, done.stderr)
