"""Questions about a result, answered line by line: why something is not served."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace

from deliveryopt.errors import Fault, LimitReachedError, NoPlanError, ScenarioError
from deliveryopt.job import progress_line
from deliveryopt.language import gettext as _
from deliveryopt.process import tell
from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.bundle_frontier import Frontier
from deliveryopt.reports.progress import in_language
from deliveryopt.reports.sentences import teller_of
from deliveryopt.reports.terminal_explain import explain_lines
from deliveryopt.solver.explain import explain_unserved
from deliveryopt.solver.result import Progress, SolveOptions
from deliveryopt.solver.search import Limits


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
    yield from explain_lines(teller, found, names)


def _check_names(bundle: Bundle, names: Sequence[str]) -> None:
    """Refuse names of nothing."""
    scenario = bundle.scenario
    known = {one.id for one in scenario.villages} | {one.id for one in scenario.homes}
    faults = [
        Fault(
            name,
            _("it is no village and no home order of this scenario."),
            _("Allowed: ids from villages.csv and homes.csv."),
            _("Give an id, or none for everything that is not served."),
            "DO-R008",
        )
        for name in names
        if name not in known
    ]
    if faults:
        raise ScenarioError(faults)


def point_shower(how: str) -> Callable[[float | None, Progress], None] | None:
    """Return what shows progress of one point of the frontier on stderr, or None."""
    if how == "none":
        return None

    def show(share: float | None, progress: Progress) -> None:
        if share is None:
            progress_line("widest", progress, how, label=_("widest"))
            return
        label = _("coverage {share}").format(share=in_language(share, decimals=4))
        progress_line(f"coverage {share:.4f}", progress, how, label=label)

    return show


def refuse_empty(frontier: Frontier) -> None:
    """Say what went wrong in a search, and refuse a curve without any plan.

    Raises
    ------
    NoPlanError
        If it is proven that no plan keeps every rule.
    LimitReachedError
        If none was found in time.
    """
    if frontier.trouble:
        message = _("{trouble}\n    This is our fault, not yours  [DO-P006]")
        tell(message.format(trouble=frontier.trouble))
    if frontier.plans:
        return
    if frontier.points and frontier.points[0].status == "INFEASIBLE":
        message = _(
            "no plan keeps every rule, whatever the coverage; this is proven.\n"
            "    Ask solve for the demands that conflict  [DO-P007]"
        )
        raise NoPlanError(message)
    message = _(
        "no plan was found in time; that does not mean that there is none.\n"
        "    Give more time with --time-limit  [DO-P002]"
    )
    raise LimitReachedError(message)


def case_shower(how: str) -> Callable[[str, Progress], None] | None:
    """Return what shows progress of one case of a study on stderr, or None."""
    if how == "none":
        return None

    def show(name: str, progress: Progress) -> None:
        progress_line(name, progress, how)

    return show
