"""Several solves at a time, each in a process of its own.

A worker is a fresh process that solves one scenario after the other, and builds one model for all
of those that differ in their goal only. It does not hear Ctrl-C, which
reaches every process of a terminal: it is told to stop, and then gives back the best that it has.
If it cannot start, or if one process is enough, this process does the work.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Final, Self

from deliveryopt.language import Spoken, speak, spoken
from deliveryopt.language import gettext as _
from deliveryopt.plan.plan import Plan
from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.built import Kept
from deliveryopt.solver.result import Progress, SolveOptions, SolveResult
from deliveryopt.solver.solve import solve

POLL_S: Final = 0.1
"""Seconds between two looks at the stop event."""
END_S: Final = 5.0
"""Longest wait for a process that was told to end, seconds."""
_DEAF_TO: Final = ("SIGINT", "SIGHUP", "SIGBREAK")
"""Signals that a terminal sends to all its processes."""
_READY: Final = "ready"

JobListener = Callable[[int, Progress], None]
"""Called with the number of a job and what is known of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """One scenario to solve."""

    number: int
    scenario: Scenario
    options: SolveOptions
    start: Plan | None = None
    """A plan to begin with."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """How a job ended."""

    job: Job
    result: SolveResult | None
    """None if the search failed."""
    trouble: str = ""
    """What went wrong: our fault."""


@dataclass(slots=True, eq=False)
class _Worker:
    """A process, and the job that it does."""

    process: SpawnProcess
    jobs: Connection
    control: Connection
    job: Job | None = None
    is_ready: bool = False


class Workers:
    """Processes that solve; to be used in a `with` block, which ends them.

    Parameters
    ----------
    number
        How many solves at a time; 1 means in this process.
    stop
        Setting it ends every search soon.
    listener
        Called at every improvement, in the caller's thread.
    """

    def __init__(
        self, number: int, *, stop: threading.Event, listener: JobListener | None = None
    ) -> None:
        self._stop, self._listener = stop, listener
        self._workers: list[_Worker] = []
        self._own: list[Job] = []
        self._kept = Kept()
        self._is_told = False
        if number > 1:
            self._start_processes(number)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the processes, also those that still search."""
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            _end(worker)
        self._workers.clear()

    @property
    def num_free(self) -> int:
        """Return how many more jobs can be begun now."""
        if not self._workers:
            return 0 if self._own else 1
        return sum(worker.job is None for worker in self._workers)

    @property
    def are_busy(self) -> bool:
        """Return whether a job is under way."""
        return bool(self._own) or any(worker.job is not None for worker in self._workers)

    def begin(self, job: Job) -> None:
        """Begin a job; `num_free` must be above zero."""
        worker = next((worker for worker in self._workers if worker.job is None), None)
        if worker is None:
            self._own.append(job)
            return
        worker.job = job
        try:
            worker.jobs.send(job)
        except OSError:  # it ended; what becomes of the job is seen when waiting
            return

    def wait(self) -> list[Answer]:
        """Return the answers that come next; none if no job is under way."""
        while self.are_busy:
            if self._own:
                return [_solved(self._own.pop(0), self._stop, self._listener, self._kept)]
            self._pass_on_stop()
            answers = [
                answer
                for connection in wait([worker.jobs for worker in self._workers], POLL_S)
                if (answer := self._heard(connection)) is not None
            ]
            if answers:
                return answers
        return []

    def _start_processes(self, number: int) -> None:
        """Start the processes; none if the system does not let us."""
        context = multiprocessing.get_context("spawn")
        for _number in range(number):
            jobs, their_jobs = context.Pipe()
            control, their_control = context.Pipe()
            process = context.Process(
                target=_serve, args=(their_jobs, their_control, spoken()), daemon=True
            )
            try:
                process.start()
            except OSError:  # too many processes, or no memory
                return
            their_jobs.close()
            their_control.close()
            self._workers.append(_Worker(process, jobs, control))

    def _pass_on_stop(self) -> None:
        """Tell the processes once that they are to stop."""
        if self._is_told or not self._stop.is_set():
            return
        self._is_told = True
        for worker in self._workers:
            worker.control.close()

    def _heard(self, connection: object) -> Answer | None:
        """Return the answer that a process gave, or None if it said something else."""
        worker = next(worker for worker in self._workers if worker.jobs is connection)
        try:
            said: object = worker.jobs.recv()
        except (EOFError, OSError):
            return self._lost(worker)
        if said == _READY:
            worker.is_ready = True
        elif isinstance(said, Progress):
            if self._listener is not None and worker.job is not None:
                self._listener(worker.job.number, said)
        elif worker.job is not None:
            job, worker.job = worker.job, None
            if isinstance(said, SolveResult):
                return Answer(job, said)
            return Answer(job, None, str(said))
        return None

    def _lost(self, worker: _Worker) -> Answer | None:
        """Return what becomes of the job of a process that ended: not begun, it is done here."""
        self._workers.remove(worker)
        _end(worker)
        if worker.job is None:
            return None
        if not worker.is_ready:
            self._own.append(worker.job)
            return None
        code = worker.process.exitcode
        told = _("the process that searched ended with code {code}").format(code=code)
        return Answer(worker.job, None, told)


def _end(worker: _Worker) -> None:
    """Wait for the end of a process, and end it if it does not."""
    worker.jobs.close()
    worker.control.close()
    worker.process.join(END_S)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()


def _solved(job: Job, stop: threading.Event, listener: JobListener | None, kept: Kept) -> Answer:
    """Return the answer to a job that this process does."""

    def listen(progress: Progress) -> None:
        if listener is not None:
            listener(job.number, progress)

    try:
        result = solve(
            job.scenario, job.options, stop=stop, listener=listen, start=job.start, kept=kept
        )
    except Exception as error:  # noqa: BLE001  told; one search must not cost the others
        return Answer(job, None, f"{type(error).__name__}: {error}")
    return Answer(job, result)


def _serve(jobs: Connection, control: Connection, language: Spoken) -> None:
    """Solve what comes until nothing more comes; runs in a process of its own."""
    speak(language)
    for name in _DEAF_TO:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    stop = threading.Event()
    threading.Thread(target=_watch, args=(control, stop), daemon=True).start()
    kept = Kept()
    try:
        jobs.send(_READY)
        while True:
            job: Job = jobs.recv()
            answer = _solved(job, stop, lambda _number, progress: jobs.send(progress), kept)
            jobs.send(answer.result if answer.result is not None else answer.trouble)
    except (EOFError, OSError):
        os._exit(0)  # a search that cannot be interrupted may be left behind


def _watch(control: Connection, stop: threading.Event) -> None:
    """Set the stop event when told so; end this process when the one that started it is gone."""
    parent = multiprocessing.parent_process()
    gone = [] if parent is None else [parent.sentinel]
    ready = wait([control, *gone])
    stop.set()
    if control in ready:
        wait(gone)
    os._exit(0)
