"""Several searches at a time, left behind when it is time to stop.

A search of a small programme cannot be interrupted. Whoever waits for it can: at a stop, searches
under way go on in threads that nobody listens to, and the command line ends the process.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

from deliveryopt.solver.search import POLL_S, Limits

WORKERS = 2
"""Searches at a time: office computers have two cores at least."""

T = TypeVar("T")


def run_all(jobs: Iterable[Callable[[], T]], limits: Limits) -> list[T | None]:
    """Run jobs in threads; return their results in order.

    Parameters
    ----------
    jobs
        Functions without arguments.
    limits
        A stop, or the deadline with some grace, ends the waiting.

    Returns
    -------
    list
        None for each job that was not done in time.
    """
    pool = ThreadPoolExecutor(WORKERS)
    waiting = [pool.submit(job) for job in jobs]
    left = set(waiting)
    while left and not limits.are_reached:
        _, left = wait(left, timeout=POLL_S)
    pool.shutdown(wait=False, cancel_futures=True)
    return [
        future.result() if future.done() and not future.cancelled() else None for future in waiting
    ]
