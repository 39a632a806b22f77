"""What the process shares with its surroundings: standard output, stop signals, and its end.

The solver library prints to file descriptor 1 past Python and cannot be interrupted, so the
command line keeps standard output to itself and may leave while a search still runs.
"""

import errno
import io
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn, TextIO

import click

from deliveryopt.errors import OutputError
from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_

SIGNAL_EXIT = 128
"""Added to the number of a signal, the exit code."""
STANDARD_OUTPUT = 1
_NOBODY_READS = {errno.EPIPE, errno.EIO}
_STOP_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


def exit_code_of(number: int) -> int:
    """Return the exit code of a stop signal: as shells do, and a hang-up as a termination."""
    hang_up = getattr(signal, "SIGHUP", None)
    return SIGNAL_EXIT + (signal.SIGTERM if number == hang_up else number)


class StoppedError(BaseException):
    """A stop signal ended the command before it had a result.

    Its text is translated where it is shown.
    """

    def __init__(self, number: int, text: str = N_("Stopped.")) -> None:
        super().__init__(text)
        self.number = number

    @property
    def exit_code(self) -> int:
        """Return the exit code of this signal."""
        return exit_code_of(self.number)


def say(text: str) -> None:
    """Print a result on standard output; that nobody reads on does not stop the command.

    Raises
    ------
    OutputError
        If it cannot be written, for example for lack of space.
    """
    try:
        click.echo(text)
    except OSError as error:
        if error.errno in _NOBODY_READS:
            return
        message = _(
            "standard output: cannot be written ({reason}).\n"
            "    Check free space, or send it elsewhere  [DO-O002]"
        )
        reason = _(error.strerror) if error.strerror else str(error)
        raise OutputError(message.format(reason=reason)) from error


def tell(text: str = "", *, end_line: bool = True) -> None:
    """Print a message on standard error, if it can be written; there is nowhere else to say so."""
    try:
        click.echo(text, err=True, nl=end_line)
    except OSError:
        return


@contextmanager
def own_standard_output() -> Iterator[None]:
    """Send what libraries print to file descriptor 1 nowhere; `sys.stdout` goes on as before.

    If a search is left behind, it stays so until the process ends.
    """
    earlier = sys.stdout
    is_ours = _writes_to_standard_output(earlier)
    try:
        real = os.dup(STANDARD_OUTPUT)
    except OSError:  # closed: then it is filled, or the next file opened would take its place
        real = None
    _point_nowhere(STANDARD_OUTPUT)
    if real is not None and is_ours:
        sys.stdout = io.TextIOWrapper(
            os.fdopen(os.dup(real), "wb"), encoding=earlier.encoding, errors=earlier.errors
        )
    try:
        yield
    finally:
        if real is not None and not is_search_left():
            os.dup2(real, STANDARD_OUTPUT)
            os.close(real)
            if sys.stdout is not earlier:
                _close(sys.stdout)
                sys.stdout = earlier


def _point_nowhere(descriptor: int) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    if nowhere != descriptor:
        os.dup2(nowhere, descriptor)
        os.close(nowhere)


def _writes_to_standard_output(stream: TextIO | None) -> bool:
    """Return whether a stream, now flushed, ends in file descriptor 1."""
    if stream is None:
        return False
    try:
        stream.flush()
        return stream.fileno() == STANDARD_OUTPUT
    except (OSError, ValueError):
        return False


def _close(stream: TextIO) -> None:
    """Close a stream whose reader may have gone."""
    try:
        stream.close()
    except OSError:
        return


def _handle_stop_signals(handler: "signal._HANDLER") -> dict[int, "signal._HANDLER"]:
    """Set the handler of every stop signal; return the earlier ones."""
    numbers = [getattr(signal, name) for name in _STOP_SIGNALS if hasattr(signal, name)]
    hang_up = getattr(signal, "SIGHUP", None)
    return {
        number: signal.signal(number, handler)
        for number in numbers
        if number != hang_up or signal.getsignal(number) != signal.SIG_IGN  # nohup
    }


def raise_when_stopped() -> None:
    """Let the first stop signal raise `StoppedError` and the second one end at once."""
    received: list[int] = []

    def handle(number: int, _frame: FrameType | None) -> None:
        if received:
            os._exit(exit_code_of(number))
        received.append(number)
        raise StoppedError(number)

    _handle_stop_signals(handle)


@contextmanager
def finish_when_stopped(stop: threading.Event) -> Iterator[list[int]]:
    """Let the first stop signal set an event and the second one end at once.

    Yields
    ------
    list[int]
        The number of the signal, once it has come.
    """
    received: list[int] = []

    def handle(number: int, _frame: FrameType | None) -> None:
        if received:
            os._exit(exit_code_of(number))
        received.append(number)
        stop.set()

    earlier = _handle_stop_signals(handle)
    try:
        yield received
    finally:
        if not received:  # else a second signal still ends at once
            for number, handler in earlier.items():
                signal.signal(number, handler)


def is_search_left() -> bool:
    """Return whether a search that cannot be interrupted still runs in its thread."""
    main = threading.main_thread()
    return any(not thread.daemon for thread in threading.enumerate() if thread is not main)


def leave(code: int) -> NoReturn:
    """End with an exit code, also if a search is left behind or nobody reads the output."""
    must_go = is_search_left()
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            must_go = True
    if must_go:
        os._exit(code)
    sys.exit(code)
