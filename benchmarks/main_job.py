"""Solve the scenarios of this repository as a user would, and measure time, memory and gap.

Each scenario is solved by the command line in a fresh process. The last line printed is one JSON
object for programs.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from deliveryopt.scenario.load import load_scenario
from deliveryopt.scenario.save import save_scenario
from deliveryopt.scenario.schema import Scenario
from deliveryopt.units import ORE_PER_SEK, WEEKS_PER_YEAR

ROOT = Path(__file__).parent.parent
TIME_LIMITS_S = {
    "kalix": 60.0,
    "vingaker": 120.0,
    "tiny": 60.0,
    "kalix with a van": 120.0,
    "kalix-hemsandning": 300.0,
}
"""Scenarios, and the seconds that each may take."""
WITH_VAN = "kalix with a van"
"""The scenario kalix with one van that may feed every pickup point, at the default terms."""
WITH_WAYS = "kalix-hemsandning"
"""Scenario that is also compared with other ways of delivering the same."""
WAYS_SHARE = 0.3
"""What the command keeps of its time limit for other ways: it is given that much more."""
KIB_PER_MIB = 1024
MINUTE_FORMAT = "%Y-%m-%dT%H%M"
HEADINGS = (
    "scenario",
    "status",
    "gap",
    "seconds",
    "peak MiB",
    "kr a week",
    "coverage",
    "at most",
    "today",
)

Figures = dict[str, float | int | str | None]


def folder_of(scenario: str, out: Path) -> Path:
    """Return the folder of a scenario, made first if it is a variant."""
    if scenario != WITH_VAN:
        return ROOT / "scenarios" / scenario
    kalix = load_scenario(ROOT / "scenarios" / "kalix")
    depot = kalix.depots[0].id
    content = kalix.model_dump() | {"vans": [{"id": "van", "base": depot}]}
    folder = out / "scenario with a van"
    save_scenario(Scenario.model_validate(content), folder)
    return folder


def measured(scenario: str, time_limit_s: float, out: Path) -> Figures | None:
    """Return the figures of one solve in a process of its own; None if it ends without a plan."""
    with_ways = scenario == WITH_WAYS
    limit_s = time_limit_s / (1 - WAYS_SHARE) if with_ways else time_limit_s
    words = [sys.executable, "-m", "deliveryopt", "solve", str(folder_of(scenario, out))]
    words += ["--out", str(out / scenario), "--time-limit", f"{limit_s:g}"]
    words += ["--json", "--progress", "none", "--ways" if with_ways else "--no-ways"]
    with tempfile.TemporaryFile() as shown:
        started = time.monotonic()
        process = subprocess.Popen(words, cwd=ROOT, stdout=shown)  # noqa: S603  our own command
        _, wait_status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(wait_status)
        shown.seek(0)
        text = shown.read()
    if process.returncode != 0:
        return None
    result: dict[str, Any] = json.loads(text)
    return {
        "status": result["status"],
        "gap": result["gap"],
        "seconds": round(seconds, 2),
        "peak_mib": round(usage.ru_maxrss / KIB_PER_MIB, 1),  # Linux counts in KiB
        "cost_ore_per_week": result["cost_ore_per_week"],
        "coverage": result["metrics"]["coverage_share"],
        "coverage_bound": result["coverage_bound_share"],
        "coverage_today": result["today"]["coverage_share"],
        **_savings(result),
    }


def _savings(result: Mapping[str, Any]) -> Figures:
    """Return what the plan saves over each other way, öre a week; nothing without other ways."""
    ways = {way["name"]: way["cost_ore_per_week"] for way in result.get("ways") or ()}
    return {
        f"saving_over_{name}_ore_per_week": cost_ore - result["cost_ore_per_week"]
        for name, cost_ore in ways.items()
        if name != "together" and cost_ore is not None
    }


def savings(figures: Mapping[str, Figures | None]) -> Iterator[str]:
    """Yield a line for each other way that a plan was compared with."""
    start, end = "saving_over_", "_ore_per_week"
    for scenario, found in figures.items():
        for name, ore in (found or {}).items():
            if name.startswith(start) and isinstance(ore, int):
                way = name.removeprefix(start).removesuffix(end).replace("_", " ")
                a_year = ore * WEEKS_PER_YEAR / ORE_PER_SEK
                yield (
                    f"{scenario}: saves {ore / ORE_PER_SEK:.2f} SEK a week over {way}, "
                    f"{a_year:.0f} SEK a year"
                )


def _per_cent(share: float | str | None) -> str:
    """Return a share as per cent; a dash if nothing is known."""
    return "-" if share is None else f"{100 * float(share):.2f} %"


def table(figures: Mapping[str, Figures | None]) -> str:
    """Return the figures as a table for people."""
    rows: list[Sequence[str]] = [HEADINGS]
    for scenario, found in figures.items():
        if found is None:
            rows.append((scenario, "no plan", *["-"] * (len(HEADINGS) - 2)))
            continue
        rows.append(
            (
                scenario,
                str(found["status"]),
                _per_cent(found["gap"]),
                f"{found['seconds']:.1f}",
                f"{found['peak_mib']:.0f}",
                f"{int(found['cost_ore_per_week'] or 0) / 100:.2f}",
                _per_cent(found["coverage"]),
                _per_cent(found["coverage_bound"]),
                _per_cent(found["coverage_today"]),
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows
    )


def save(figures: Mapping[str, Figures | None], folder: Path) -> Path:
    """Write the figures into a folder, as a CSV file named by the time in UTC."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{datetime.now(UTC).strftime(MINUTE_FORMAT)}Z.csv"
    rows = [{"scenario": scenario, **(found or {})} for scenario, found in figures.items()]
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)
    return path


def main(words: Sequence[str] | None = None) -> int:
    """Measure every scenario, print the table and the JSON; 1 if one ends without a plan."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--time-limit",
        type=float,
        default=None,
        help="seconds a scenario (default: 60, with vans 120, kalix-hemsandning 300)",
    )
    parser.add_argument(
        "--save", action="store_true", help="also write a CSV file into benchmarks/results"
    )
    options = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="deliveryopt-bench-") as folder:
        figures = {
            scenario: measured(
                scenario,
                limit_s if options.time_limit is None else options.time_limit,
                Path(folder),
            )
            for scenario, limit_s in TIME_LIMITS_S.items()
        }
    print(table(figures))
    print(*savings(figures), sep="\n")
    if options.save:
        print(f"written: {save(figures, Path(__file__).parent / 'results')}")
    without_status = {
        scenario: found and {name: value for name, value in found.items() if name != "status"}
        for scenario, found in figures.items()
    }
    print(json.dumps(without_status))
    return 0 if all(figures.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
