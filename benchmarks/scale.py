"""Compare our engine with the plain model under three solvers, on cases of several sizes.

Every solve stands in a process of its own, one after the other, with the same time limit. The last
line printed is one JSON object for programs.
"""

import argparse
import csv
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from benchmarks.ablations import WITHOUT
from benchmarks.generate import CASES
from benchmarks.scale_solvers import OURS, SCENARIOS, SOLVERS, scenario_of
from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.result import relative_gap
from deliveryopt.units import ORE_PER_SEK

ROOT: Final = Path(__file__).parent.parent
OVERRUN_S: Final = 15.0
"""A process that is not done so long after its time limit is stopped; starting it and checking its
plan are in this time too."""
POLL_S: Final = 0.05
KIB_PER_MIB: Final = 1024
MOST_SEED: Final = 2**31 - 1
MINUTE_FORMAT: Final = "%Y-%m-%dT%H:%MZ"
HEADINGS: Final = ("solver", "gap", "seconds", "peak MiB", "kr a week", "at least")
WIDTHS: Final = (17, 10, 9, 10, 13, 13)
MEASURED: Final = ("gap", "seconds", "peak_mib", "cost_ore_per_week", "bound_ore_per_week")
"""Figures of the JSON object."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one solver did with one case."""

    solver: str
    gap: float | None
    """(cost - bound) / cost; None if either is unknown."""
    seconds: float
    peak_mib: float
    cost_ore_per_week: int | None
    bound_ore_per_week: int | None
    trouble: str = ""

    @property
    def figures(self) -> dict[str, float | int | None]:
        """Return the figures for programs."""
        return {name: getattr(self, name) for name in MEASURED}


@dataclass(frozen=True, slots=True)
class Asked:
    """One comparison."""

    case: str
    seed: int
    seconds: float
    solvers: tuple[str, ...]


def measured(asked: Asked, solver: str) -> Measured:
    """Return what a solver does with a case, in a process of its own."""
    words = [sys.executable, "-m", "benchmarks.scale_solvers"]
    words += [asked.case, str(asked.seed), solver, repr(asked.seconds)]
    with tempfile.TemporaryFile() as shown:
        code, seconds, peak_mib = _run(words, shown.fileno(), asked.seconds + OVERRUN_S)
        shown.seek(0)
        lines = shown.read().decode("utf-8").splitlines()
    if code != 0 or not lines:
        trouble = f"ended with exit code {code}"
        if code is None:
            trouble = f"did not end within {OVERRUN_S:g} s after its time limit"
        return Measured(solver, None, seconds, peak_mib, None, None, trouble)
    found: dict[str, Any] = json.loads(lines[-1])
    cost_ore, bound_ore = found["cost_ore"], found["bound_ore"]
    return Measured(
        solver=solver,
        gap=relative_gap(cost_ore, bound_ore),
        seconds=round(found["seconds"], 2),
        peak_mib=peak_mib,
        cost_ore_per_week=cost_ore,
        bound_ore_per_week=bound_ore,
        trouble=found["trouble"],
    )


def _run(words: Sequence[str], shown: int, seconds: float) -> tuple[int | None, float, float]:
    """Run a command for so long at most; return its exit code, seconds and peak memory, MiB.

    The exit code is None if it was stopped; the kernel tells its peak memory even then.
    """
    begun = time.monotonic()
    is_stopped = False
    process = subprocess.Popen(words, cwd=ROOT, stdout=shown)  # noqa: S603  our own command
    try:
        ended = 0
        while not ended:
            ended, wait_status, usage = os.wait4(process.pid, os.WNOHANG)
            if not ended:
                time.sleep(POLL_S)
                is_stopped = time.monotonic() - begun > seconds
                if is_stopped:
                    process.kill()
                    ended, wait_status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(wait_status)
    finally:
        process.kill()  # nothing is done to a process that has ended
    peak_mib = round(usage.ru_maxrss / KIB_PER_MIB, 1)  # Linux counts in KiB
    code = None if is_stopped else process.returncode
    return code, round(time.monotonic() - begun, 2), peak_mib


def sizes_of(scenario: Scenario) -> dict[str, int]:
    """Return how many villages, candidate sites and run-days a scenario has."""
    return {
        "villages": len(scenario.villages),
        "sites": sum(point.kind == "site" for point in scenario.pickup_points),
        "run_days": sum(len(run.days) for run in scenario.runs),
    }


def line_of(cells: Sequence[str]) -> str:
    """Return a line of the table."""
    solver, *figures = (cell.rjust(width) for cell, width in zip(cells, WIDTHS, strict=True))
    return "".join([solver.strip().ljust(WIDTHS[0]), *figures])


def cells_of(row: Measured) -> tuple[str, ...]:
    """Return the cells of a line of the table; a dash where nothing is known."""
    money = [
        "-" if ore is None else f"{ore / ORE_PER_SEK:.2f}"
        for ore in (row.cost_ore_per_week, row.bound_ore_per_week)
    ]
    gap = "-" if row.gap is None else f"{100 * row.gap:.3f} %"
    return (row.solver, gap, f"{row.seconds:.1f}", f"{row.peak_mib:.0f}", *money)


def save(asked: Asked, sizes: Mapping[str, int], rows: Sequence[Measured], folder: Path) -> Path:
    """Append the rows to a CSV file in a folder, named by the day in UTC."""
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    path = folder / f"{now.date().isoformat()}-scale.csv"
    head = {"at": now.strftime(MINUTE_FORMAT), "case": asked.case, "seed": asked.seed, **sizes}
    head["time_limit_s"] = asked.seconds
    new = [head | asdict(row) for row in rows]
    is_new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(new[0]))
        if is_new:
            writer.writeheader()
        writer.writerows(new)
    return path


def _seconds(text: str) -> float:
    """Return a number of seconds above 0."""
    number = float(text)
    if not 0 < number <= MOST_SEED:
        raise ValueError
    return number


def _seed(text: str) -> int:
    """Return a seed that every solver takes."""
    number = int(text)
    if not 0 <= number <= MOST_SEED:
        raise ValueError
    return number


def _asked(words: Sequence[str] | None) -> tuple[Asked, bool]:
    """Return what is asked for, and whether to save it; exit with 2 if it cannot be done."""
    parser = argparse.ArgumentParser(prog="bench-scale", description=__doc__)
    folders = sorted(p.name for p in SCENARIOS.iterdir() if p.is_dir())
    parser.add_argument(
        "--case",
        default="L",
        choices=[*CASES, *folders],
        help="a synthetic case or a folder in scenarios/ (default %(default)s)",
    )
    parser.add_argument(
        "--seconds", type=_seconds, default="120", help="time limit of each (default %(default)s)"
    )
    parser.add_argument(
        "--seed", type=_seed, default="1", help="of case and solvers (default %(default)s)"
    )
    parser.add_argument(
        "--solvers",
        default="",
        help=f"of {', '.join(SOLVERS)} (default all); or ours without one idea: "
        f"{', '.join(WITHOUT)}",
    )
    parser.add_argument("--save", action="store_true", help="also write into benchmarks/results")
    options = parser.parse_args(words)
    solvers = tuple(dict.fromkeys(options.solvers.replace(",", " ").split())) or SOLVERS
    for name in solvers:
        if name not in {*SOLVERS, *WITHOUT}:
            known = ", ".join((*SOLVERS, *WITHOUT))
            parser.error(f"--solvers: {name!r} is not known; known are {known}")
    return Asked(options.case, options.seed, options.seconds, solvers), options.save


def main(words: Sequence[str] | None = None) -> int:
    """Compare on one case, print the table and the JSON; 1 if ours ends without a plan."""
    asked, is_saved = _asked(words)
    sizes = sizes_of(scenario_of(asked.case, asked.seed))
    counted = ", ".join(f"{count} {name.replace('_', '-')}" for name, count in sizes.items())
    print(f"{asked.case}, seed {asked.seed}, {asked.seconds:g} s each: {counted}")
    print(line_of(HEADINGS), flush=True)
    rows = []
    for solver in asked.solvers:
        row = measured(asked, solver)
        rows.append(row)
        print(line_of(cells_of(row)), flush=True)
        if row.trouble:
            print(f"bench-scale: {solver}: {row.trouble}", file=sys.stderr, flush=True)
    if is_saved:
        print(f"written: {save(asked, sizes, rows, Path(__file__).parent / 'results')}")
    print(json.dumps({row.solver: row.figures for row in rows}))
    return int(any(row.solver == OURS and row.cost_ore_per_week is None for row in rows))


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # or a solve would be left behind
    sys.exit(main())
