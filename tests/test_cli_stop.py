"""Stop signals while `solve` works: the best plan is kept, or it is said that there is none."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.command import ROOT, SCENARIOS, Ended, words_of

LONGEST_S = 2.0
BUSY_S = 2.0
"""More for a computer that does other work as well."""
EXIT_CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 143}


@pytest.fixture(autouse=True)
def _hangs_up_as_in_a_terminal() -> Iterator[None]:
    """Let commands hear SIGHUP, also where nohup or a server has the tests ignore it."""
    earlier = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, earlier)


@contextmanager
def _solving(scenario: str, out: Path) -> Iterator[subprocess.Popen[str]]:
    words = words_of("solve", SCENARIOS / scenario, "--out", out, "--json", "--progress", "json")
    with subprocess.Popen(
        words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _wait_for_folder(out: Path) -> None:
    """Wait until the result's folder is there: the solver starts next."""
    deadline = time.monotonic() + 30
    while not out.exists() and time.monotonic() < deadline:
        time.sleep(0.01)


def _stopped(process: subprocess.Popen[str], *numbers: signal.Signals) -> tuple[Ended, float]:
    started = time.monotonic()
    for number in numbers:
        process.send_signal(number)
        time.sleep(0.02)
    out, err = process.communicate(timeout=60)
    return Ended(process.returncode, out, err), time.monotonic() - started


@pytest.mark.e2e
@pytest.mark.parametrize(
    "number",
    [signal.SIGINT, *(pytest.param(n, marks=pytest.mark.slow) for n in EXIT_CODES if n != 2)],
)
def test_the_first_signal_keeps_the_best_plan(number: signal.Signals, tmp_path: Path) -> None:
    with _solving("kalix", tmp_path / "a") as process:
        assert process.stderr is not None
        process.stderr.readline()  # the search has found something
        ended, seconds = _stopped(process, number)

    assert ended.code == EXIT_CODES[number]
    kept = f"Stopped; the best plan was kept. More reports: deliveryopt report {tmp_path / 'a'}\n"
    assert ended.err.endswith(kept)
    result = json.loads((tmp_path / "a" / "result.json").read_text(encoding="utf-8"))
    assert json.loads(ended.out) == result
    assert result["status"] == "FEASIBLE"
    assert (tmp_path / "a" / "report.html").exists()
    assert seconds < LONGEST_S + BUSY_S


@pytest.mark.e2e
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_the_model_is_built_keeps_todays_delivery(
    number: signal.Signals, tmp_path: Path
) -> None:
    with _solving("kalix", tmp_path / "a") as process:
        _wait_for_folder(tmp_path / "a")
        ended, seconds = _stopped(process, number)

    assert ended.code == EXIT_CODES[number]
    assert json.loads(ended.out)["status"] == "FEASIBLE"
    assert seconds < LONGEST_S + BUSY_S


@pytest.mark.e2e
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_before_there_is_a_plan_leaves_nothing(
    number: signal.Signals, tmp_path: Path
) -> None:
    with _solving("vingaker", tmp_path / "a") as process:
        _wait_for_folder(tmp_path / "a")
        ended, seconds = _stopped(process, number)

    assert ended.code == EXIT_CODES[number]
    assert (ended.out, ended.err) == (
        "",
        "Stopped before there was a plan; nothing was written.\n",
    )
    assert list(tmp_path.iterdir()) == []
    assert seconds < LONGEST_S + BUSY_S


@pytest.mark.e2e
def test_the_second_signal_ends_at_once_without_half_a_file(tmp_path: Path) -> None:
    with _solving("kalix", tmp_path / "a") as process:
        _wait_for_folder(tmp_path / "a")
        ended, seconds = _stopped(process, signal.SIGINT, signal.SIGINT)

    assert (ended.code, ended.out) == (130, "")
    assert not (tmp_path / "a" / "result.json").exists()
    assert seconds < 0.5 + BUSY_S


@pytest.mark.e2e
def test_hanging_up_does_not_stop_what_nohup_protects(tmp_path: Path) -> None:
    code = (
        "import signal, sys\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "from deliveryopt.process import raise_when_stopped\n"
        "raise_when_stopped()\n"
        "signal.raise_signal(signal.SIGHUP)\n"
        "print('still here')\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        encoding="utf-8",
    )

    assert (done.returncode, done.stdout) == (0, "still here\n")
