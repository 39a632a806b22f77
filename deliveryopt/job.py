"""One solve as the command line runs it: from a scenario to a folder with a result."""

import json
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from math import ceil, floor
from pathlib import Path

from deliveryopt.errors import LimitReachedError, NoPlanError, OutputError
from deliveryopt.plan.figures import Metrics
from deliveryopt.plan.metrics import compare_with_today, measure
from deliveryopt.plan.today import todays_plan
from deliveryopt.plan.verify import verify
from deliveryopt.process import say, tell
from deliveryopt.reports.bundle import Bundle, Language, Proof
from deliveryopt.reports.html import write_html
from deliveryopt.reports.progress import as_json_line, as_line
from deliveryopt.reports.result_json import result_as_dict, write_result
from deliveryopt.reports.tables import write_tables
from deliveryopt.reports.terminal import summary
from deliveryopt.scenario.load import scenario_hash
from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.explain import greatest_coverage_share
from deliveryopt.solver.solve import (
    QUICK_S,
    Progress,
    SolveOptions,
    SolveResult,
    solve,
    versions,
)

SHARE_STEPS = 10_000


def best_plan(
    scenario: Scenario, options: SolveOptions, stop: threading.Event, progress: str
) -> Bundle | None:
    """Solve and return the bundle, None if stopped before a plan; raise if there is no plan."""
    result = solve(scenario, options, stop=stop, listener=_shower(progress))
    if _is_live(progress):
        tell()
    if options.deterministic and not (result.reproducible or result.interrupted):
        tell(
            "The time limit ended the search, so another run may end elsewhere.\n"
            "    For equal bytes give more time with --time-limit  [DO-P004]"
        )
    if result.plan is not None:
        return bundle_of(scenario, result)
    if result.status == "INFEASIBLE":
        raise _infeasible(scenario, result, stop)
    if stop.is_set():
        return None
    raise _nothing_found(scenario, result)


def _infeasible(scenario: Scenario, result: SolveResult, stop: threading.Event) -> NoPlanError:
    """Return the error that says that no plan exists, and what could be asked for."""
    advice = "    Widen reach_km or max_lead_days, or add sites or runs  [DO-P001]"
    wanted = scenario.goal.coverage_share
    left_s = max(0.0, result.options.time_limit_s - result.seconds)
    most = None
    if wanted is not None:
        most = greatest_coverage_share(
            scenario, replace(result.options, time_limit_s=left_s), stop=stop
        )
    if wanted is None or most is None:
        message = f"no plan keeps every rule and meets the goal; this is proven.\n{advice}"
    elif most < wanted:
        message = (
            f"no plan that keeps every rule covers {_percent(wanted)} of the inhabitants, as the "
            f"goal asks; the most that any plan covers is {_percent(most)}. This is proven.\n"
            f"    Lower the goal's coverage_share to {_rounded_down(most):.4f} or less, widen "
            "reach_km or max_lead_days, or add sites or runs  [DO-P001]"
        )
    else:
        message = (
            "no plan keeps every rule and meets the goal; this is proven. Without the budget, "
            f"{_percent(most)} of the inhabitants could be covered.\n{advice}"
        )
    return NoPlanError(message)


def _nothing_found(scenario: Scenario, result: SolveResult) -> LimitReachedError:
    """Return the error that says that time was too short."""
    if result.options.time_limit_s >= QUICK_S:
        message = (
            f"no plan was found in {result.seconds:.0f} s; that does not mean that there is none.\n"
            "    Give more time with --time-limit  [DO-P002]"
        )
        return LimitReachedError(message)
    broken = verify(scenario, todays_plan(scenario)).violations
    message = (
        f"today's delivery does not do as a plan: {broken[0].message}\n"
        "    No other plan was found in the few seconds that --time-limit 0 takes; "
        "give more, such as --time-limit 60  [DO-P003]"
    )
    return LimitReachedError(message)


def _rounded_down(share: float) -> float:
    """Return a share with four decimals that is not above it."""
    return floor(share * SHARE_STEPS) / SHARE_STEPS


def _percent(share: float) -> str:
    """Return a share as per cent, never more than it is."""
    return f"{100 * _rounded_down(share):.2f} %"


COVERAGE_STEPS = 1_000_000
ROUNDING = 1e-6


def _bound_as_told(bound: float | None, metrics: Metrics) -> float | None:
    """Return the coverage bound to as many decimals as the coverage itself, never below it."""
    if bound is None:
        return None
    rounded = ceil(bound * COVERAGE_STEPS - ROUNDING) / COVERAGE_STEPS
    near = abs(rounded - metrics.weighted_coverage_share) < 2 / COVERAGE_STEPS
    return metrics.weighted_coverage_share if near else rounded


def bundle_of(scenario: Scenario, result: SolveResult) -> Bundle:
    """Return what every report reads.

    Raises
    ------
    ValueError
        If the result has no plan.
    """
    if result.plan is None or result.cost_ore is None:
        message = f"a result with status {result.status} has no plan to report"
        raise ValueError(message)
    metrics = measure(scenario, result.plan)
    today = measure(scenario, todays_plan(scenario))
    proof = Proof(
        status="OPTIMAL" if result.status == "OPTIMAL" else "FEASIBLE",
        cost_ore_per_week=result.cost_ore,
        bound_ore_per_week=result.bound_ore,
        gap=result.gap,
        coverage_bound_share=_bound_as_told(result.coverage_bound, metrics),
        truncated=result.truncated,
        seconds=result.seconds,
        seed=result.options.seed,
        interrupted=result.interrupted,
        versions=versions(),
    )
    return Bundle(
        scenario=scenario,
        scenario_sha256=scenario_hash(scenario),
        plan=result.plan,
        proof=proof,
        metrics=metrics,
        today=today,
        comparison=compare_with_today(metrics, today),
    )


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
        reason = "it is a file, not a folder" if is_file else error.strerror or str(error)
        elsewhere = Path(tempfile.gettempdir()) / "deliveryopt"
        message = (
            f"{folder}: cannot be written ({reason}).\n"
            f"    Choose another folder, for example --out {elsewhere}  [DO-O005]"
        )
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
        return (
            f"{folder}: it holds a scenario, and reports would replace its tables.\n"
            "    Choose another folder with --out  [DO-O003]"
        )
    if not force and folder.is_dir() and any(folder.iterdir()):
        return (
            f"{folder}: it is not empty, and nothing is overwritten unasked.\n"
            "    Choose another folder with --out, or add --force  [DO-O004]"
        )
    return None


def _make_folders(folder: Path) -> list[Path]:
    """Make a folder and those above it; return those that were missing, lowest first."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _shower(how: str) -> Callable[[Progress], None] | None:
    """Return what shows progress on stderr, or None."""
    if how == "none":
        return None
    live = _is_live(how)

    def show(progress: Progress) -> None:
        values: dict[str, str | float | None] = {
            "stage": progress.stage,
            "seconds": round(progress.seconds, 1),
            "cost_ore_per_week": progress.cost_ore,
            "bound_ore_per_week": progress.bound_ore,
            "gap": progress.gap,
            "coverage_share": progress.coverage_share,
            "coverage_bound_share": progress.coverage_bound_share,
        }
        if how == "json":
            tell(as_json_line(values))
        elif live:
            columns = max(1, shutil.get_terminal_size().columns - 1)
            tell("\r" + as_line(values)[:columns].ljust(columns), end_line=False)
        else:
            tell(as_line(values))

    return show


def _is_live(how: str) -> bool:
    """Return whether progress stays on one line of a terminal that can go back on it."""
    is_terminal = sys.stderr is not None and sys.stderr.isatty()
    return how == "auto" and is_terminal and os.environ.get("TERM") != "dumb"


def write_all(bundle: Bundle, folder: Path, language: Language, *, as_json: bool) -> None:
    """Write every file of a result and print the summary."""
    try:
        write_result(bundle, folder / "result.json")
        write_html(bundle, folder / "report.html", language=language)
        write_tables(bundle, folder, language=language)
    except OutputError as error:
        refuge = Path(tempfile.mkdtemp(prefix="deliveryopt-")) / "result.json"
        write_result(bundle, refuge)
        message = f"{error}\n    The plan was kept in {refuge}"
        raise OutputError(message) from error
    if as_json:
        say(json.dumps(result_as_dict(bundle), sort_keys=True, ensure_ascii=False))
        return
    say(summary(bundle, language))
    say(f"\n{folder / 'report.html'}")
