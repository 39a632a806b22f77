"""What is not proven is never taken for proven when choices are explored."""

import threading
import time
from dataclasses import replace

from deliveryopt.solver.decompose import all_patterns, decompose
from deliveryopt.solver.detours import enumerate_detours
from deliveryopt.solver.itineraries import enumerate_itineraries
from deliveryopt.solver.model import build_model
from deliveryopt.solver.network import build_network
from deliveryopt.solver.proposal import Proposal
from deliveryopt.solver.propose import _Search
from deliveryopt.solver.search import Limits
from tests.by_hand import little_world


def test_a_choice_without_a_proven_bound_is_not_called_impossible() -> None:
    network = build_network(little_world())
    detours = enumerate_detours(network)
    model = build_model(network, enumerate_itineraries(network, detours))
    work = decompose(model)
    limits = Limits(time.monotonic() + 60, 0.0, 1, None, threading.Event())
    patterns = all_patterns(work, limits)
    assert patterns is not None
    trial = _Search(work, patterns, limits, lambda _: None, Proposal(), 0, (False,))
    trial.start()
    front = trial.front[False]
    assert front.outcome.values is not None

    trial.front[False] = replace(front, outcome=replace(front.outcome, bound=None))
    trial.limits = replace(limits, deadline=time.monotonic() - 1)  # nothing more can be proven
    trial.explore(by_transfer=False)

    assert [done.bound_ore for done in trial.explored[False].values()] == [0]
