"""One solve as the command line runs it: from a scenario to a folder with a result."""

import json
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from deliveryopt.conflict_text import conflict_lines
from deliveryopt.errors import LimitReachedError, NoPlanError, OutputError
from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_
from deliveryopt.plan.reasons import Unserved
from deliveryopt.plan.today import todays_plan
from deliveryopt.plan.verify import verify
from deliveryopt.process import say, tell
from deliveryopt.reports.bundle import Bundle, Language, Way, WayName
from deliveryopt.reports.progress import as_json_line, as_line
from deliveryopt.reports.result_json import result_as_dict, write_result
from deliveryopt.reports.terminal import summary
from deliveryopt.results import keep_scenario
from deliveryopt.scenario.files import reason_of
from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.conflicts import find_conflict
from deliveryopt.solver.explain import explain_unserved
from deliveryopt.solver.result import Listener, Progress, SolveOptions, SolveResult
from deliveryopt.solver.search import Limits
from deliveryopt.solver.solve import QUICK_S, solve
from deliveryopt.studies.bundles import bundle_of
from deliveryopt.studies.comparators import WayListener, compare_ways, with_best_plan

MAIN_SHARE = 0.7
"""Share of the time limit for the plan itself where vans or home orders are to be compared."""
WAYS_SHARE = 0.6
"""Share of the time that the plan left for other ways; the rest is for reasons."""
EXPLAIN_NODES = 2_000
"""Most nodes of each search for reasons where the clock may play no part."""
EXPLAIN_S = 60.0
"""Seconds for finding which demands conflict where no plan exists, if no more are left."""
MOST_EXTRA_S = 30.0
"""Most seconds of what the plan left of the limit, for other ways without vans and home orders."""
_WAYS: Final[dict[WayName, str]] = {
    "today": N_("today"),
    "vans_only": N_("vans_only"),
    "boxes_and_vans": N_("boxes_and_vans"),
    "boxes_then_routes": N_("boxes_then_routes"),
    "together": N_("together"),
}
"""What ways are called in messages."""


def best_plan(
    scenario: Scenario,
    options: SolveOptions,
    stop: threading.Event,
    progress: str,
    *,
    ways: bool = True,
) -> Bundle | None:
    """Solve and return the bundle, None if stopped before a plan; raise if there is no plan.

    Parameters
    ----------
    scenario
        A valid scenario.
    options
        Limits of everything together, other ways included.
    stop
        Setting it ends the search soon and keeps the best plan.
    progress
        How progress is shown: `auto`, `plain`, `json` or `none`.
    ways
        Whether to compare with other ways of delivering the same demand.
    """
    started = time.monotonic()
    show = _shower(progress)
    limits = _limits_of_plan(scenario, options) if ways else options
    result = replace(
        solve(scenario, limits, stop=stop, listener=_of_way("together", show)), options=options
    )
    compared: tuple[Way, ...] = ()
    if ways and result.status != "INFEASIBLE":
        extra = _limits_of_ways(scenario, options, time.monotonic() - started)
        compared = compare_ways(scenario, result, extra, stop=stop, listener=show)
        result = with_best_plan(result, compared)
    if _is_live(progress):
        tell()
    _tell_trouble(result, compared)
    if result.plan is not None:
        left_s = max(0.0, options.time_limit_s - (time.monotonic() - started))
        unserved = _explained(scenario, result, left_s, stop) if ways else ()
        return replace(bundle_of(scenario, result, compared), unserved=unserved)
    if result.status == "INFEASIBLE":
        raise _infeasible(scenario, result, stop)
    if stop.is_set():
        return None
    raise _nothing_found(scenario, result)


def _limits_of_plan(scenario: Scenario, options: SolveOptions) -> SolveOptions:
    """Return the limits of the plan itself: where much is compared, some time is left for that."""
    if options.deterministic or not (scenario.vans or scenario.homes):
        return options
    return replace(options, time_limit_s=MAIN_SHARE * options.time_limit_s)


def _limits_of_ways(scenario: Scenario, options: SolveOptions, seconds: float) -> SolveOptions:
    """Return the limits of all other ways after so many seconds."""
    if options.deterministic:
        return options
    left_s = max(0.0, options.time_limit_s - seconds)
    most_s = left_s if scenario.vans or scenario.homes else MOST_EXTRA_S
    return replace(options, time_limit_s=min(WAYS_SHARE * left_s, most_s))


def _explained(
    scenario: Scenario, result: SolveResult, seconds: float, stop: threading.Event
) -> tuple[Unserved, ...]:
    """Return why something is not served, as far as the time goes."""
    if result.plan is None:
        return ()
    options = result.options
    nodes = EXPLAIN_NODES if options.deterministic else None
    limits = Limits(time.monotonic() + seconds, 0.0, options.seed, nodes, stop)
    return explain_unserved(scenario, result.plan, limits)


def _tell_trouble(result: SolveResult, ways: Iterable[Way]) -> None:
    """Say what the user must know besides the plan: the clock's part, and ways that failed."""
    by_clock = not result.reproducible or any(not way.reproducible for way in ways)
    if result.options.deterministic and by_clock and not result.interrupted:
        tell(
            _(
                "The time limit ended the search, so another run may end elsewhere.\n"
                "    For equal bytes give more time with --time-limit  [DO-P004]"
            )
        )
    failed = _(
        "{way}: {trouble}\n"
        "    This is our fault, not yours; the plan itself is not affected  [DO-P005]"
    )
    for way in ways:
        if way.trouble:
            tell(failed.format(way=_(_WAYS[way.name]), trouble=way.trouble))


def _infeasible(scenario: Scenario, result: SolveResult, stop: threading.Event) -> NoPlanError:
    """Return the error that says that no plan exists, which demands conflict, and what can be."""
    left_s = max(EXPLAIN_S, result.options.time_limit_s - result.seconds)
    conflict = find_conflict(scenario, replace(result.options, time_limit_s=left_s), stop=stop)
    return NoPlanError("\n".join(conflict_lines(scenario, conflict)))


def _nothing_found(scenario: Scenario, result: SolveResult) -> LimitReachedError:
    """Return the error that says that time was too short."""
    if result.options.time_limit_s >= QUICK_S:
        message = _(
            "no plan was found in {seconds:.0f} s; that does not mean that there is none.\n"
            "    Give more time with --time-limit  [DO-P002]"
        )
        return LimitReachedError(message.format(seconds=result.seconds))
    broken = verify(scenario, todays_plan(scenario)).violations
    message = _(
        "today's delivery does not do as a plan: {rule}\n"
        "    No other plan was found in the few seconds that --time-limit 0 takes; "
        "give more, such as --time-limit 60  [DO-P003]"
    )
    return LimitReachedError(message.format(rule=broken[0].message))


def folder_name(name: str) -> str:
    """Return a scenario's name as one folder below `out`, never outside it."""
    return "".join("_" if char in '/\\:*?"<>|' else char for char in name).strip(". ") or "result"


@contextmanager
def room_for_result(folder: Path, *, force: bool) -> Iterator[None]:
    """Make a folder for a result before any solving; it goes again if no result comes.

    Parameters
    ----------
    folder
        Folder to write; it and those above it may be missing.
    force
        Whether the folder may hold files already.

    Raises
    ------
    OutputError
        If nothing can or may be written there.
    """
    try:
        refused = _refusal(folder, force=force)
        made = [] if refused else _make_folders(folder)
        if not refused:
            probe = folder / ".deliveryopt-probe"
            probe.touch()
            probe.unlink()
    except OSError as error:
        is_file = isinstance(error, FileExistsError)
        reason = _("it is a file, not a folder") if is_file else reason_of(error)
        elsewhere = Path(tempfile.gettempdir()) / "deliveryopt"
        message = _(
            "{folder}: cannot be written ({reason}).\n"
            "    Choose another folder, for example --out {elsewhere}  [DO-O005]"
        ).format(folder=folder, reason=reason, elsewhere=elsewhere)
        raise OutputError(message) from error
    if refused:
        raise OutputError(refused)
    try:
        yield
    finally:
        for path in made:
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()


def _refusal(folder: Path, *, force: bool) -> str | None:
    """Return why a result may not be written into a folder."""
    if (folder / "scenario.yaml").exists():
        return _(
            "{folder}: it holds a scenario, and reports would replace its tables.\n"
            "    Choose another folder with --out  [DO-O003]"
        ).format(folder=folder)
    if not force and folder.is_dir() and any(folder.iterdir()):
        return _(
            "{folder}: it is not empty, and nothing is overwritten unasked.\n"
            "    Choose another folder with --out, or add --force  [DO-O004]"
        ).format(folder=folder)
    return None


def _make_folders(folder: Path) -> list[Path]:
    """Make a folder and those above it; return those that were missing, lowest first."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _of_way(name: WayName, show: WayListener | None) -> Listener | None:
    """Return what shows progress of one way, or None."""
    return None if show is None else lambda progress: show(name, progress)


def _shower(how: str) -> WayListener | None:
    """Return what shows progress on stderr, or None."""
    if how == "none":
        return None

    def show(name: WayName, progress: Progress) -> None:
        progress_line(name, progress, how, label=_(_WAYS[name]))

    return show


def progress_line(name: str, progress: Progress, how: str, *, label: str | None = None) -> None:
    """Show one step of a search on stderr.

    Parameters
    ----------
    name
        What is sought: `together` for the plan itself, else a way or a case.
    progress
        What is known.
    how
        `auto`, `plain` or `json`.
    label
        The name in words for people; as it is if None.
    """
    values: dict[str, str | float | None] = {
        "way": name,
        "stage": progress.stage,
        "seconds": round(progress.seconds, 1),
        "cost_ore_per_week": progress.cost_ore,
        "bound_ore_per_week": progress.bound_ore,
        "gap": progress.gap,
        "coverage_share": progress.coverage_share,
        "coverage_bound_share": progress.coverage_bound_share,
    }
    line = as_line(values) if name == "together" else f"{as_line(values)}  [{label or name}]"
    if how == "json":
        tell(as_json_line(values))
    elif _is_live(how):
        columns = max(1, shutil.get_terminal_size().columns - 1)
        tell("\r" + line[:columns].ljust(columns), end_line=False)
    else:
        tell(line)


def _is_live(how: str) -> bool:
    """Return whether progress stays on one line of a terminal that can go back on it."""
    is_terminal = sys.stderr is not None and sys.stderr.isatty()
    return how == "auto" and is_terminal and os.environ.get("TERM") != "dumb"


def write_all(
    bundle: Bundle,
    folder: Path,
    language: Language,
    *,
    as_json: bool,
    internal: bool = False,
    formats: Iterable[str] | None = None,
) -> None:
    """Write every file of a result and print the summary, the page's name last."""
    from deliveryopt.reports.all_files import FORMATS, write_reports  # noqa: PLC0415  many writers

    try:
        write_result(bundle, folder / "result.json")
        keep_scenario(bundle.scenario, folder)
        chosen = FORMATS if formats is None else tuple(formats)
        written = write_reports(bundle, folder, language, internal=internal, formats=chosen)
    except OutputError as error:
        refuge = Path(tempfile.mkdtemp(prefix="deliveryopt-")) / "result.json"
        write_result(bundle, refuge)
        kept = _("The plan was kept in {path}").format(path=refuge)
        message = f"{error}\n    {kept}"
        raise OutputError(message) from error
    if as_json:
        say(json.dumps(result_as_dict(bundle), sort_keys=True, ensure_ascii=False))
        return
    say(summary(bundle, language))
    own = sorted(
        (path for path in written if path.parent == folder),
        key=lambda path: (path.stem.startswith("report"), path.suffix == ".html"),
    )
    say("\n" + "\n".join(str(path) for path in own))
