"""What every test may use: hypothesis profiles, the command line, and one solved example."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from deliveryopt.cli import main
from deliveryopt.language import speak
from tests.command import SCENARIOS, Ended, run_apart

settings.register_profile("ci", deadline=None, derandomize=True)
settings.register_profile("deep", deadline=None, max_examples=20_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

os.environ["DELIVERYOPT_LANG"] = "en"  # whatever the computer speaks; commands apart inherit it
speak("en")
Command = Callable[..., Ended]


@pytest.fixture
def command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Command]:
    """Return what runs the command line in this process, all but the end of it."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    earlier = {number: signal.getsignal(number) for number in numbers}

    def run(*words: str | Path) -> Ended:
        speak("en")  # or the language of an earlier command would count as asked for
        monkeypatch.setattr(sys, "argv", ["deliveryopt", *map(str, words)])
        # a search that an earlier test left behind must not end the tests with the command
        monkeypatch.setattr("deliveryopt.process.is_search_left", lambda: False)
        with pytest.raises(SystemExit) as ended:
            main()
        shown = capsys.readouterr()
        return Ended(int(ended.value.code or 0), shown.out, shown.err)

    yield run
    speak("en")
    for number, handler in earlier.items():
        signal.signal(number, handler)


@pytest.fixture(scope="session")
def solved_tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the solved three invented villages; not to be written to."""
    folder = tmp_path_factory.mktemp("solved") / "tiny"
    ended = run_apart("solve", SCENARIOS / "tiny", "--out", folder, "--progress", "none")
    assert ended.code == 0, ended.err
    return folder
