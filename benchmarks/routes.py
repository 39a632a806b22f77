"""Compare the route engine with three others on public instances, with equal CPU time.

Every run stands in a process of its own, on one thread, and reports the CPU time it used. All
routes are checked and costed by `deliveryopt.solver.routes`. The last line printed is one JSON
object for programs.
"""

import argparse
import csv
import json
import math
import statistics
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from benchmarks import route_solvers
from deliveryopt.solver.routes import (
    Depot,
    RouteProblem,
    RouteStop,
    VehicleType,
    check_routes,
    cost_of,
)

BEST_KNOWN = "best_known_dimacs.csv"
COLUMNS = ("instance", "best_known_distance")
SCALE = 10
"""Units in one of the instance: the challenge cuts distances to one decimal."""
CUSTOMER_NUMBERS = 7
SOLVERS: dict[str, route_solvers.RouteSolver] = {
    "ours": route_solvers.ours,
    "pyvrp": route_solvers.pyvrp_alone,
    "vroom": route_solvers.vroom,
    "ortools": route_solvers.ortools,
}
WITHOUT_SEED = {"vroom", "ortools"}
"""Solvers that would do the same again with another seed: they run once."""
MEASURED = ("instance", "seconds", "seed", "solver")
"""What tells one run from another."""
KIND_WORDS: dict[type, str] = {int: "whole number", float: "number"}
EXIT_INPUT = 2


class InputError(ValueError):
    """A folder, file or option is not as it must be."""


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance and the best distance known."""

    name: str
    best_known: int
    """In tenths."""
    problem: RouteProblem


@dataclass(frozen=True, slots=True)
class Run:
    """What one solver did with one instance."""

    instance: str
    seconds: float
    solver: str
    seed: int
    cost: float | None
    """Total distance; None if no routes were found that may be driven."""
    gap_percent: float | None
    cpu_s: float | None
    trouble: str = ""


def read_best_known(folder: Path) -> dict[str, int]:
    """Return the best known distances of a folder, in tenths, by name in capitals."""
    path = folder / BEST_KNOWN
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read; it must list {' and '.join(COLUMNS)}"
        raise InputError(message) from error
    rows = csv.DictReader(text.splitlines())
    if not set(COLUMNS) <= set(rows.fieldnames or ()):
        message = f"{path}: has columns {rows.fieldnames}; it must have {list(COLUMNS)}"
        raise InputError(message)
    found = {}
    for row in rows:
        try:
            distance = float(row[COLUMNS[1]] or "")
        except ValueError:
            distance = math.nan
        if not 0 < distance < math.inf:
            message = f"{path}, line {rows.line_num}: {row[COLUMNS[1]]!r} is no distance above 0"
            raise InputError(message)
        found[str(row[COLUMNS[0]]).strip().upper()] = round(distance * SCALE)
    return found


def read_instance(path: Path) -> RouteProblem:
    """Return an instance in the text format of Solomon, in tenths, distances cut to whole ones."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read as text"
        raise InputError(message) from error
    words = [(number, line.split()) for number, line in enumerate(lines, 1) if line.split()]
    heads = [idx for idx, (_, line) in enumerate(words) if line[0].upper() == "NUMBER"]
    customers = [idx for idx, (_, line) in enumerate(words) if line[0].upper() == "CUSTOMER"]
    if not heads or not customers or not heads[0] + 1 < customers[0] < len(words) - 2:
        message = f"{path}: no VEHICLE and CUSTOMER parts; it must be a Solomon instance"
        raise InputError(message)
    number, capacity = _numbers(path, words[heads[0] + 1], 2)
    first = customers[0] + 1
    if words[first][1][0].upper() == "CUST":
        first += 1
    rows = [_numbers(path, line, CUSTOMER_NUMBERS) for line in words[first:]]
    if not rows or min(number, capacity) <= 0:
        message = f"{path}: no vehicles, no room in them or no depot"
        raise InputError(message)
    return _problem(path, rows, int(number), int(capacity))


def _numbers(path: Path, line: tuple[int, list[str]], count: int) -> list[float]:
    """Return the numbers of a line."""
    try:
        numbers = [float(word) for word in line[1]]
    except ValueError:
        numbers = []
    if len(numbers) != count or not all(0 <= abs(number) < math.inf for number in numbers):
        message = f"{path}, line {line[0]}: {' '.join(line[1])!r} must be {count} numbers"
        raise InputError(message)
    return numbers


def _problem(path: Path, rows: list[list[float]], number: int, capacity: int) -> RouteProblem:
    """Return a problem from its rows, the depot first."""
    points = [(row[1], row[2]) for row in rows]
    distance = np.array([[_distance(a, b) for b in points] for a in points], dtype=np.int64)
    scaled = [[round(SCALE * value) for value in row[4:]] for row in rows]
    if any(row[3] < 0 or row[3] % 1 for row in rows) or any(min(row) < 0 for row in scaled):
        message = f"{path}: demands must be whole, and demands and times not below 0"
        raise InputError(message)
    depot = Depot(0, scaled[0][0], scaled[0][1])
    stops = tuple(
        RouteStop(place, (int(row[3]),), service, early, late)
        for place, (row, (early, late, service)) in enumerate(zip(rows, scaled, strict=True))
        if place
    )
    return RouteProblem(distance, distance, (depot,), stops, (VehicleType(number, (capacity,)),))


def _distance(start: tuple[float, float], end: tuple[float, float]) -> int:
    """Return a straight line in tenths, cut; exact between whole coordinates."""
    squared = (SCALE * (start[0] - end[0])) ** 2 + (SCALE * (start[1] - end[1])) ** 2
    return math.isqrt(int(squared)) if squared.is_integer() else math.floor(math.sqrt(squared))


def read_folder(folder: Path) -> list[Instance]:
    """Return the instances of a folder whose best known distance it gives."""
    if not folder.is_dir():
        message = f"{folder}: no such folder; FOLDER must hold instances and {BEST_KNOWN}"
        raise InputError(message)
    best_known = read_best_known(folder)
    paths = sorted(p for p in folder.iterdir() if p.suffix.lower() == ".txt")
    found = [
        Instance(path.stem.upper(), best_known[path.stem.upper()], read_instance(path))
        for path in paths
        if path.stem.upper() in best_known
    ]
    for path in paths:
        if path.stem.upper() not in best_known:
            print(f"{path}: left out, {BEST_KNOWN} does not name it", file=sys.stderr)
    if not found:
        message = f"{folder}: no instance (*.txt) that {BEST_KNOWN} names"
        raise InputError(message)
    return found


def in_own_process(
    solver: route_solvers.RouteSolver, problem: RouteProblem, seconds: float, seed: int
) -> tuple[route_solvers.Found, float]:
    """Return the routes that a solver finds in a process of its own, and its CPU seconds."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(route_solvers.timed, solver, problem, seconds, seed).result()


def measured(instance: Instance, solver: str, seconds: float, seed: int) -> Run:
    """Return what a solver does with an instance, in a process of its own."""
    try:
        routes, cpu_s = in_own_process(SOLVERS[solver], instance.problem, seconds, seed)
    except Exception as error:  # noqa: BLE001  a solver that fails is a figure too
        trouble = f"{type(error).__name__}: {error}"
        return Run(instance.name, seconds, solver, seed, None, None, None, trouble)
    if routes is None:
        return Run(instance.name, seconds, solver, seed, None, None, cpu_s, "no routes found")
    if faults := check_routes(instance.problem, routes):
        return Run(instance.name, seconds, solver, seed, None, None, cpu_s, faults[0])
    cost = cost_of(instance.problem, routes)
    gap = 100 * (cost - instance.best_known) / instance.best_known
    return Run(instance.name, seconds, solver, seed, cost / SCALE, round(gap, 3), round(cpu_s, 2))


def summary(runs: Iterable[Run], solver: str) -> dict[str, float | int | None]:
    """Return the figures of one solver over all its runs."""
    own = [run for run in runs if run.solver == solver]
    gaps = [run.gap_percent for run in own if run.gap_percent is not None]
    times = [run.cpu_s for run in own if run.cpu_s is not None]
    return {
        "median_gap_percent": round(statistics.median(gaps), 3) if gaps else None,
        "mean_gap_percent": round(statistics.fmean(gaps), 3) if gaps else None,
        "worst_gap_percent": max(gaps, default=None),
        "cpu_s": round(statistics.median(times), 2) if times else None,
        "runs": len(own),
        "failed": len(own) - len(gaps),
    }


def _row(run: Run) -> str:
    """Return a run as a line of the table."""
    figures = [run.cost, run.gap_percent, run.cpu_s]
    shown = ["-" if f is None else f"{f:.{d}f}" for f, d in zip(figures, (1, 3, 2), strict=True)]
    text = f"{run.instance:<12}{run.solver:<9}{run.seed:>4}"
    text += f"{shown[0]:>12}{shown[1]:>9}{shown[2]:>8}"
    return f"{text}  {run.trouble}".rstrip()


def save(runs: Sequence[Run], folder: Path) -> Path:
    """Write the runs into a folder, as a CSV file named by the day in UTC.

    Runs of the same day stay, but for those that are measured anew.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{datetime.now(UTC).date().isoformat()}-routes.csv"
    rows: list[dict[str, object]] = [asdict(run) for run in runs]
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            rows = [*csv.DictReader(file), *rows]
    latest = {tuple(str(row[name]) for name in MEASURED): row for row in rows}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(Run.__dataclass_fields__))
        writer.writeheader()
        writer.writerows(latest[key] for key in sorted(latest))
    return path


def _above_zero(name: str, text: str, kind: type[int] | type[float]) -> float:
    """Return a number above 0 that was given as an option."""
    try:
        number = kind(text)
    except ValueError:
        number = math.nan
    if not 0 < number < math.inf:
        message = f"{name}: {text!r} is no {KIND_WORDS[kind]} above 0"
        raise InputError(message)
    return number


def _solvers(text: str) -> list[str]:
    """Return the solvers named in an option, all if it is empty."""
    names = text.replace(",", " ").split() or list(SOLVERS)
    for name in names:
        if name not in SOLVERS:
            message = f"SOLVERS: {name!r} is not known; known are {', '.join(SOLVERS)}"
            raise InputError(message)
    return names


def compare(options: argparse.Namespace) -> int:
    """Measure, print the table and the JSON; 1 if a run ends without routes."""
    if not options.folder:
        message = "FOLDER is missing: make bench-routes FOLDER=instances SECONDS=5"
        raise InputError(message)
    seconds = _above_zero("SECONDS", options.seconds, float)
    seeds = int(_above_zero("SEEDS", options.seeds, int))
    solvers = _solvers(options.solvers)
    instances = read_folder(Path(options.folder))
    print(f"{'instance':<12}{'solver':<9}{'seed':>4}{'distance':>12}{'gap %':>9}{'CPU s':>8}")
    runs = []
    for instance in instances:
        for seed in range(1, seeds + 1):
            for solver in solvers:
                if seed == 1 or solver not in WITHOUT_SEED:
                    runs.append(measured(instance, solver, seconds, seed))
                    print(_row(runs[-1]), flush=True)
    figures = {solver: summary(runs, solver) for solver in solvers}
    for solver, of_solver in figures.items():
        print(f"{'median':<12}{solver:<9}{of_solver['median_gap_percent']!s:>25}")
    if options.save:
        print(f"written: {save(runs, Path(__file__).parent / 'results')}")
    print(json.dumps(figures))
    return 1 if any(run.cost is None for run in runs) else 0


def main(words: Sequence[str] | None = None) -> int:
    """Run the comparison; 2 with one message if folder or options are not as they must be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", default="", help=f"instances and {BEST_KNOWN}")
    parser.add_argument("--seconds", default="5", help="CPU seconds a run (default 5)")
    parser.add_argument("--seeds", default="1", help="seeds a solver and instance (default 1)")
    parser.add_argument("--solvers", default="", help=f"of {', '.join(SOLVERS)} (default all)")
    parser.add_argument("--save", action="store_true", help="also write into benchmarks/results")
    try:
        return compare(parser.parse_args(words))
    except InputError as error:
        print(f"bench-routes: {error}", file=sys.stderr)
        return EXIT_INPUT


if __name__ == "__main__":
    sys.exit(main())
