"""Searches in threads that a stop leaves behind."""

import threading
import time

import numpy as np

from deliveryopt.solver.threads import run_all
from tests.pricing_worlds import limits_of


def test_a_stop_leaves_searches_behind_and_a_job_not_done_has_no_result() -> None:
    ends = limits_of(30)
    release = threading.Event()

    def waits() -> int:
        release.wait(20)
        return 1

    def stops() -> int:
        ends.stop.set()
        return 2

    began = time.monotonic()
    results = run_all([waits, stops, waits], ends)
    release.set()
    assert results == [None, 2, None]
    assert time.monotonic() - began < 5
    assert np.all(run_all([stops], limits_of(30)) == [2])
