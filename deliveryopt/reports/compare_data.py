"""The comparison of plans as tables and for programs; told no finer than on the page."""

from collections.abc import Sequence

from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.compare_rows import (
    CompareRow,
    Unit,
    figure_rows,
    item_rows,
    payer_amounts,
    run_changes,
    site_changes,
    total_rows,
    village_changes,
)
from deliveryopt.reports.compare_words import FATE_TEXTS, row_label
from deliveryopt.reports.csv_text import Value, csv_text
from deliveryopt.reports.sentences_of_compare import Compared, compared
from deliveryopt.reports.texts import Texts
from deliveryopt.scenario.differences import ScenarioDifferences, scenario_differences

FORMAT = "deliveryopt-compare/1"
_UNIT_TEXTS: dict[Unit, str] = {
    "share": "compare.unit_share",
    "count": "compare.unit_count",
    "km": "compare.unit_km",
    "kg": "compare.unit_kg",
    "days": "compare.unit_days",
    "sek_per_week": "compare.unit_sek_per_week",
    "sek_per_year": "compare.unit_sek_per_year",
}


def all_rows(baseline: Bundle, others: Sequence[Bundle]) -> list[CompareRow]:
    """Return every figure side by side."""
    return [
        *figure_rows(baseline, others),
        *total_rows(baseline, others),
        *item_rows(baseline, others),
        *payer_amounts(baseline, others),
    ]


def compare_csv(baseline: Bundle, others: Sequence[Bundle], language: Language) -> str:
    """Return a row for each figure: the baseline's, and of each plan its own and the difference."""
    plans = compared(baseline, others, Texts(language))
    say = plans.say
    names: list[Value] = [
        say("compare.csv_figure"),
        say("compare.csv_unit"),
        say("compare.baseline"),
    ]
    for name in plans.names:
        names += [
            name,
            say("compare.head_change", plan=name),
            say("compare.head_change_share", plan=name),
        ]
    rows = [_csv_row(plans, row) for row in all_rows(baseline, others)]
    return csv_text(language, [names, *rows])


def _csv_row(plans: Compared, row: CompareRow) -> list[Value]:
    """Return the cells of one figure."""
    cells: list[Value] = [
        row_label(plans, row),
        plans.say(_UNIT_TEXTS[row.unit]),
        row.baseline,
    ]
    for place, value in enumerate(row.others):
        cells += [value, row.change(place), row.change_share(place)]
    return cells


def compare_villages_csv(baseline: Bundle, others: Sequence[Bundle], language: Language) -> str:
    """Return a row for each plan and village that fares otherwise than in the baseline."""
    plans = compared(baseline, others, Texts(language))
    say = plans.say
    names: list[Value] = [
        say("compare.csv_plan"),
        say("compare.csv_village_id"),
        say("compare.csv_village"),
        say("compare.csv_fate"),
        say("compare.csv_point_before"),
        say("compare.csv_point_after"),
        say("compare.csv_km_before"),
        say("compare.csv_km_after"),
        say("compare.csv_covered_before"),
        say("compare.csv_covered_after"),
    ]
    rows: list[list[Value]] = [
        [
            name,
            one.village,
            one.after.name,
            say(FATE_TEXTS[one.fate]),
            one.before.pickup_point,
            one.after.pickup_point,
            one.before.distance_km,
            one.after.distance_km,
            say("word.yes" if one.before.covered else "word.no"),
            say("word.yes" if one.after.covered else "word.no"),
        ]
        for name, other in zip(plans.names, others, strict=True)
        for one in village_changes(baseline, other).rows
    ]
    return csv_text(language, [names, *rows])


def compare_dict(baseline: Bundle, others: Sequence[Bundle]) -> dict[str, object]:
    """Return the comparison for programs: figures, places, runs, and what differs in the input."""
    return {
        "format": FORMAT,
        "baseline": _plan_dict(baseline),
        "plans": [
            _plan_dict(other)
            | {
                "villages": _villages(baseline, other),
                "sites": [
                    {"site": one.site, "boxes_baseline": one.before, "boxes": one.after}
                    for one in site_changes(baseline, other)
                ],
                "runs": dict(
                    zip(("only_baseline", "only_plan"), _runs(baseline, other), strict=True)
                ),
                "input": _input_dict(scenario_differences(baseline.scenario, other.scenario)),
            }
            for other in others
        ],
        "figures": [
            {
                "figure": row.key,
                "unit": row.unit,
                "baseline": row.baseline,
                "plans": list(row.others),
                "changes": [row.change(place) for place in range(len(others))],
                "change_shares": [row.change_share(place) for place in range(len(others))],
            }
            for row in all_rows(baseline, others)
        ],
    }


def _plan_dict(bundle: Bundle) -> dict[str, object]:
    """Return which plan it is, and what is proven of it."""
    return {
        "scenario": {"name": bundle.scenario.name, "sha256": bundle.scenario_sha256},
        "goal": bundle.scenario.goal.model_dump(mode="json"),
        "status": bundle.proof.status,
        "gap": bundle.proof.gap,
        "truncated": len(bundle.proof.truncated),
    }


def _villages(baseline: Bundle, other: Bundle) -> list[dict[str, object]]:
    """Return the villages that fare otherwise."""
    return [
        {
            "village": one.village,
            "difference": one.fate,
            "pickup_point_baseline": one.before.pickup_point,
            "pickup_point": one.after.pickup_point,
            "distance_km_baseline": one.before.distance_km,
            "distance_km": one.after.distance_km,
        }
        for one in village_changes(baseline, other).rows
    ]


def _runs(baseline: Bundle, other: Bundle) -> tuple[list[str], list[str]]:
    """Return the runs that only one of two plans uses."""
    before, after = run_changes(baseline, other)
    return list(before), list(after)


def _input_dict(found: ScenarioDifferences) -> dict[str, object]:
    """Return what differs in the input; of home orders only whether they differ."""
    return {
        "fields": [
            {"field": one.field, "baseline": one.before, "plan": one.after} for one in found.fields
        ],
        "tables": [
            {
                "table": one.table,
                "added": list(one.added),
                "removed": list(one.removed),
                "changed": list(one.changed),
                "fields": list(one.fields),
            }
            for one in found.tables
            if one.table != "homes"
        ],
        "homes_differ": found.touches("homes"),
    }
