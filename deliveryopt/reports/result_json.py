"""`result.json`: the plan, its figures and what is proven, for programs and for `verify`.

Keys are sorted; the same scenario, seed and `--deterministic` give the same bytes but for the
lines `seconds`.
"""

import json
from dataclasses import asdict
from pathlib import Path

from deliveryopt.reports.bundle import Bundle, Way
from deliveryopt.reports.files import write_text

FORMAT = "deliveryopt-result/1"


def result_as_dict(bundle: Bundle) -> dict[str, object]:
    """Return the content of `result.json`."""
    proof = bundle.proof
    return {
        "format": FORMAT,
        "scenario": {"name": bundle.scenario.name, "sha256": bundle.scenario_sha256},
        "status": proof.status,
        "cost_ore_per_week": proof.cost_ore_per_week,
        "bound_ore_per_week": proof.bound_ore_per_week,
        "gap": proof.gap,
        "coverage_bound_share": proof.coverage_bound_share,
        "seconds": round(proof.seconds, 3),
        "seed": proof.seed,
        "versions": proof.versions,
        "truncated": list(proof.truncated),
        "plan": bundle.plan.model_dump(mode="json"),
        "metrics": bundle.metrics.model_dump(mode="json"),
        "today": bundle.today.model_dump(mode="json"),
        "ways": [_way_as_dict(way) for way in bundle.ways],
        "unserved": [asdict(one) for one in bundle.unserved],
        "violations": [],
    }


def _way_as_dict(way: Way) -> dict[str, object]:
    """Return what is told of one way."""
    return {
        "name": way.name,
        "status": way.status,
        "cost_ore_per_week": way.cost_ore_per_week,
        "bound_ore_per_week": way.bound_ore_per_week,
        "above_together_ore_per_week": way.above_together_ore_per_week,
        "coverage_share": way.coverage_share,
        "unserved_orders": way.unserved_orders,
        "seconds": round(way.seconds, 3),
        "truncated": list(way.truncated),
        "repaired": list(way.repaired),
        "why": way.why,
        "plan": None if way.plan is None else way.plan.model_dump(mode="json"),
    }


def write_result(bundle: Bundle, path: Path) -> None:
    """Write `result.json`; with home orders it is for the user who writes it only.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    text = json.dumps(
        result_as_dict(bundle), sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False
    )
    write_text(path, text + "\n", is_private=bool(bundle.scenario.homes))
