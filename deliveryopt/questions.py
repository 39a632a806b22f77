"""Questions about a result, answered line by line: why something is not served."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace

from deliveryopt.errors import Fault, ScenarioError
from deliveryopt.job import progress_line
from deliveryopt.plan.reasons import Unserved
from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.page_explain import cost_text, help_text, name_of, reason_text
from deliveryopt.reports.sentences import Teller, teller_of
from deliveryopt.solver.result import Progress, SolveOptions
from deliveryopt.solver.search import Limits
from deliveryopt.solver.unserved import explain_unserved


def explained(
    bundle: Bundle,
    names: Sequence[str],
    seconds: float,
    language: Language,
    stop: threading.Event,
    *,
    as_json: bool,
) -> Iterator[str]:
    """Yield why villages and orders are not served, in words or as one JSON text.

    Raises
    ------
    ScenarioError
        If a name is no village and no home order.
    """
    _check_names(bundle, names)
    options = SolveOptions(seconds)
    limits = Limits(time.monotonic() + options.time_limit_s, 0.0, options.seed, None, stop)
    found = explain_unserved(bundle.scenario, bundle.plan, limits, only=names or None)
    if as_json:
        yield json.dumps([asdict(one) for one in found], ensure_ascii=False, sort_keys=True)
        return
    teller = teller_of(replace(bundle, unserved=found), language, internal=True)
    for one in found:
        yield from _lines(teller, one)
    served = set(names) - {one.id for one in found}
    if served:
        yield teller.say("explain.served", list=teller.joined(sorted(served)))
    elif not found:
        yield teller.say("unserved.nothing")


def _check_names(bundle: Bundle, names: Sequence[str]) -> None:
    """Refuse names of nothing."""
    scenario = bundle.scenario
    known = {one.id for one in scenario.villages} | {one.id for one in scenario.homes}
    faults = [
        Fault(
            name,
            "it is no village and no home order of this scenario.",
            "Allowed: ids from villages.csv and homes.csv.",
            "Give an id, or none for everything that is not served.",
            "DO-R008",
        )
        for name in names
        if name not in known
    ]
    if faults:
        raise ScenarioError(faults)


def _lines(teller: Teller, one: Unserved) -> Iterator[str]:
    """Yield one village or order: name, reasons, and what would help at which cost."""
    yield f"{name_of(teller, one)} ({one.id})"
    for reason in one.reasons:
        yield f"  - {reason_text(teller, reason)}"
    cost = cost_text(teller, one.change)
    price = "" if one.change is None else f" {teller.say('explain.price', cost=cost)}"
    yield f"  > {help_text(teller, one)}{price}"


def point_shower(how: str) -> Callable[[float | None, Progress], None] | None:
    """Return what shows progress of one point of the frontier on stderr, or None."""
    if how == "none":
        return None

    def show(share: float | None, progress: Progress) -> None:
        name = "widest" if share is None else f"coverage {share:.4f}"
        progress_line(name, progress, how)

    return show


def case_shower(how: str) -> Callable[[str, Progress], None] | None:
    """Return what shows progress of one case of a study on stderr, or None."""
    if how == "none":
        return None

    def show(name: str, progress: Progress) -> None:
        progress_line(name, progress, how)

    return show
