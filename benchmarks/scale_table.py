"""The tables of the benchmark page, from the measurements kept in `results/`.

`python -m benchmarks.scale_table` reads every `results/*-scale.csv`, takes the last run of each
case, seed, time limit and solver, and prints medians, the worst, how figures grow with size, what
each idea of the engine is worth, and every run.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable
from math import inf, log
from pathlib import Path
from statistics import median
from typing import Final

import numpy as np

from benchmarks.ablations import WITHOUT
from benchmarks.scale_solvers import SOLVERS
from deliveryopt.units import ORE_PER_SEK

RESULTS: Final = Path(__file__).parent / "results"
SIZES: Final = ("villages", "sites", "run_days")
SYNTHETIC: Final = ("S", "M", "L", "XL")
GROWING: Final = ("cost_ore_per_week", "peak_mib", "seconds")
OURS: Final = ("ours", *WITHOUT)
Row = dict[str, str]


def last_runs(files: Iterable[Path]) -> list[Row]:
    """Return the last run of each case, seed, time limit and solver, by these."""
    found: dict[tuple[str, str, float, str], Row] = {}
    for file in sorted(files):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                key = (row["case"], row["seed"], float(row["time_limit_s"]), row["solver"])
                if key not in found or row["at"] >= found[key]["at"]:
                    found[key] = row
    return list(found.values())


def _gap(row: Row) -> float:
    """Return the gap; infinity without a plan or a bound."""
    return float(row["gap"]) if row["gap"] else inf


def _percent(share: float) -> str:
    return "none" if share == inf else f"{100 * share:.3f} %"


def _rank(case: str) -> int:
    """Return the place of a case: synthetic ones by size, then the others."""
    return SYNTHETIC.index(case) if case in SYNTHETIC else len(SYNTHETIC)


def gap_table(rows: Iterable[Row]) -> list[str]:
    """Return one line for each case, time limit and solver: median and worst over the seeds."""
    of_case: dict[tuple[str, float, str], list[Row]] = defaultdict(list)
    for row in rows:
        of_case[row["case"], float(row["time_limit_s"]), row["solver"]].append(row)
    heads = (
        "| case | limit, s | solver | seeds | proven best | median gap | worst gap | median s | "
        "longest s | peak, MiB |"
    )
    lines = [heads, "|---|---:|---|---:|---:|---:|---:|---:|---:|---:|"]
    keys = sorted(of_case, key=lambda key: (_rank(key[0]), *key))
    for case, limit_s, solver in keys:
        runs = of_case[case, limit_s, solver]
        gaps = [_gap(row) for row in runs]
        seconds = [float(row["seconds"]) for row in runs]
        best = sum(gap == 0 for gap in gaps)
        peak = max(float(row["peak_mib"]) for row in runs)
        lines.append(
            f"| {case} | {limit_s:.0f} | {solver} | {len(runs)} | {best} "
            f"| {_percent(median(gaps))} | {_percent(max(gaps))} "
            f"| {median(seconds):.1f} | {max(seconds):.1f} | {peak:.0f} |"
        )
    return lines


def run_table(rows: Iterable[Row]) -> list[str]:
    """Return one line for each run: what was found and proven, in SEK a week."""
    lines = [
        "| case | seed | limit, s | solver | cost | bound | gap | seconds | peak, MiB |",
        "|---|---:|---:|---|---:|---:|---:|---:|---:|",
    ]
    for row in sorted(
        rows,
        key=lambda row: (
            _rank(row["case"]),
            row["case"],
            int(row["seed"]),
            float(row["time_limit_s"]),
            row["solver"] != "ours",
            row["solver"],
        ),
    ):
        money = [_sek(row[name]) for name in ("cost_ore_per_week", "bound_ore_per_week")]
        lines.append(
            f"| {row['case']} | {row['seed']} | {float(row['time_limit_s']):.0f} | {row['solver']} "
            f"| {' | '.join(money)} | {_percent(_gap(row))} "
            f"| {float(row['seconds']):.1f} | {float(row['peak_mib']):.0f} |"
        )
    return lines


def _sek(ore: str) -> str:
    return f"{int(ore) / ORE_PER_SEK:,.2f}" if ore else "none"


def growth_table(rows: Iterable[Row]) -> list[str]:
    """Return the slope of each figure over each size, both as logarithms, in our runs."""
    runs = [
        row
        for row in rows
        if row["solver"] == "ours" and row["case"] in SYNTHETIC and row["cost_ore_per_week"]
    ]
    lines = [f"| figure | {' | '.join(SIZES)} |", "|---|" + "---:|" * len(SIZES)]
    for figure in GROWING if len({row["case"] for row in runs}) > 1 else ():
        slopes = []
        for size in SIZES:
            x = [log(float(row[size])) for row in runs]
            y = [log(float(row[figure])) for row in runs]
            slopes.append(f"{np.polyfit(x, y, 1)[0]:.2f}")
        lines.append(f"| {figure} | {' | '.join(slopes)} |")
    return lines


def idea_table(rows: Iterable[Row]) -> list[str]:
    """Return one line for each idea turned off, on the cases and seeds that all were run on."""
    of_solver: dict[str, dict[tuple[str, str, str], Row]] = defaultdict(dict)
    for row in rows:
        if row["solver"] in OURS:
            key = (row["case"], row["seed"], row["time_limit_s"])
            of_solver[row["solver"]][key] = row
    if not of_solver.keys() & WITHOUT.keys():
        return []
    common = sorted(set.intersection(*(set(runs) for runs in of_solver.values())))
    named = ", ".join(f"{case} {seed} in {float(limit):.0f} s" for case, seed, limit in common)
    lines = [
        f"Measured on {named}:",
        "",
        "| left out | proven best | median gap | worst gap | median s |",
        "|---|---:|---:|---:|---:|",
    ]
    for solver in OURS:
        runs = [of_solver[solver][key] for key in common if solver in of_solver]
        if runs:
            gaps = [_gap(row) for row in runs]
            idea = "nothing" if solver == "ours" else f"{WITHOUT[solver][0]} (`{solver}`)"
            lines.append(
                f"| {idea} | {sum(gap == 0 for gap in gaps)} of {len(runs)} "
                f"| {_percent(median(gaps))} | {_percent(max(gaps))} "
                f"| {median(float(row['seconds']) for row in runs):.1f} |"
            )
    return lines


if __name__ == "__main__":
    kept = last_runs(RESULTS.glob("*-scale.csv"))
    whole = [row for row in kept if row["solver"] in SOLVERS]
    synthetic = [row for row in kept if row["case"] in SYNTHETIC]
    others = [row for row in kept if row["case"] not in SYNTHETIC]
    ideas = (idea_table(synthetic), idea_table(others))
    tables = (gap_table(whole), growth_table(whole), *ideas, run_table(whole))
    print("\n\n".join("\n".join(table) for table in tables if table))
