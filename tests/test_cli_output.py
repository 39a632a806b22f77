"""Standard output: only results, whoever reads them or does not, and nothing of libraries."""

import io
import json
import os
import sys
from pathlib import Path

import pytest

from deliveryopt.errors import OutputError
from deliveryopt.process import own_standard_output, say, tell
from tests.command import run_apart, run_shell

KALIX = "/scenarios/kalix"
QUICK = "--time-limit 0 --force --progress none --format html,csv"
BY_LIBRARY = 'import os; os.write(1, b"HighsMipSolverData tmpSolver.run();\\n")'
NOISY = f"""
import sys
from deliveryopt import cli, job
def noisy(*words, **options):
    {BY_LIBRARY}
    return best_plan(*words, **options)
best_plan, job.best_plan = job.best_plan, noisy
cli.main()
"""


def _root() -> str:
    return str(Path(__file__).parent.parent)


@pytest.mark.e2e
@pytest.mark.parametrize("into", ["| cat", "> kept; cat kept"])
def test_what_a_library_prints_stays_out_of_the_json(into: str, tmp_path: Path) -> None:
    (tmp_path / "noisy.py").write_text(NOISY, encoding="utf-8")
    words = f"solve {_root()}{KALIX} --out a --json {QUICK}"

    ended = run_shell(f"{sys.executable} noisy.py {words} {into}", folder=tmp_path)

    assert (ended.code, ended.err) == (0, "")
    assert json.loads(ended.out)["status"] == "FEASIBLE"


@pytest.mark.e2e
@pytest.mark.parametrize(
    "words",
    [
        "schema | head -1",
        f"solve {_root()}{KALIX} --out a {QUICK} | head -1",
        f"solve {_root()}{KALIX} --out a {QUICK} | true",
        f"solve {_root()}{KALIX} --out a {QUICK} >&-",
        f"solve {_root()}{KALIX} --out a {QUICK} --progress plain >&- 2>&-",
        f"check {_root()}{KALIX} --json >&-",
        "--help | true",
    ],
)
def test_nobody_has_to_read_standard_output(words: str, tmp_path: Path) -> None:
    ended = run_shell(f"$DELIVERYOPT {words}; echo codes ${{PIPESTATUS[@]}}", folder=tmp_path)

    assert ended.err == ""
    assert ended.out.splitlines()[-1] in {"codes 0", "codes 0 0"}
    if "solve" in words:
        assert (tmp_path / "a" / "korlistor.html").exists()


@pytest.mark.e2e
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_below_standard_output_is_said(tmp_path: Path) -> None:
    ended = run_shell("$DELIVERYOPT schema > /dev/full", folder=tmp_path)

    assert ended.code == 4
    assert ended.err.startswith("standard output: cannot be written (No space left on device).")
    assert "Traceback" not in ended.err


@pytest.mark.e2e
@pytest.mark.parametrize(
    "environment",
    [
        {"NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "40"},
        {"FORCE_COLOR": "1", "COLUMNS": "40"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "COLUMNS": "40"},
    ],
)
def test_a_narrow_or_plain_terminal_gets_plain_text(
    environment: dict[str, str], tmp_path: Path
) -> None:
    ended = run_apart(
        *f"solve {_root()}{KALIX} --out a {QUICK}".split(),
        environment=environment,
        folder=tmp_path,
    )

    assert ended.code == 0
    assert "\x1b" not in ended.out + ended.err
    assert ended.err == ""
    if "PYTHONIOENCODING" not in environment:
        assert max(map(len, ended.out.splitlines())) <= 40


def test_python_prints_on_while_libraries_are_silent(capfd: pytest.CaptureFixture[str]) -> None:
    with own_standard_output():
        os.write(1, b"of a library\n")
        say("a result")
    os.write(1, b"afterwards\n")

    assert capfd.readouterr() == ("a result\nafterwards\n", "")


def test_standard_output_returns_after_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    earlier = sys.stdout
    with pytest.raises(KeyError), own_standard_output():
        raise KeyError

    assert sys.stdout is earlier
    os.write(1, b"back\n")
    assert capfd.readouterr().out == "back\n"


class _Failing(io.StringIO):
    """A stream that cannot be written to."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def write(self, _: str) -> int:
        raise OSError(self.number, os.strerror(self.number))


def test_a_message_that_cannot_be_shown_does_not_stop_the_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stderr", _Failing(28))

    tell("nobody reads this")


def test_a_result_that_nobody_reads_does_not_stop_the_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdout", _Failing(32))
    say("nobody reads this")
    monkeypatch.setattr(sys, "stdout", _Failing(28))

    with pytest.raises(OutputError, match="No space left on device"):
        say("no room for this")
