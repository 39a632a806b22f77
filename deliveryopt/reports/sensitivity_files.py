"""Files of the study of uncertain numbers: a page, a table, a drawing and JSON.

All of them may be published.
"""

import json
from pathlib import Path

from deliveryopt.reports.bundle import Language
from deliveryopt.reports.bundle_sensitivity import (
    KeptPlan,
    PlanAt,
    Sensitivity,
    SensitivityEnd,
    UncertainNumber,
)
from deliveryopt.reports.chart_picture import standalone
from deliveryopt.reports.csv_text import Value, csv_text, sek
from deliveryopt.reports.files import write_text
from deliveryopt.reports.html import page_html
from deliveryopt.reports.page_sensitivity import best_svg, kept_svg, sensitivity_page
from deliveryopt.reports.parameter_words import parameter_unit
from deliveryopt.reports.sensitivity_words import PER_CENT, broken_text, number_name, proof_text
from deliveryopt.reports.sentences import Teller, teller_of

FORMAT = "deliveryopt-sensitivity/1"


def sensitivity_as_dict(study: Sensitivity) -> dict[str, object]:
    """Return the study for programs; costs that would tell of few home orders are null."""
    bundle = study.bundle
    return {
        "format": FORMAT,
        "scenario": {"name": bundle.scenario.name, "sha256": bundle.scenario_sha256},
        "measure": study.measure,
        "base": {
            "status": bundle.proof.status,
            "cost_ore_per_week": bundle.metrics.cost_ore_per_week,
            "coverage_share": bundle.metrics.coverage_share,
            "above_today_sek_per_year": bundle.comparison.cost_above_today_sek_per_year,
        },
        "numbers": [_number_as_dict(number) for number in study.numbers],
        "sites": [
            {"site": one.site, "in_plan": one.in_plan, "times": one.times, "of": one.of}
            for one in study.sites
        ],
        "seconds": round(study.seconds, 3),
        "seed": study.seed,
        "interrupted": study.interrupted,
        "reproducible": study.reproducible,
    }


def _number_as_dict(number: UncertainNumber) -> dict[str, object]:
    one = number.parameter
    return {
        "name": one.name,
        "value": one.value,
        "unit": one.unit,
        "low": one.low,
        "high": one.high,
        "range_is_default": number.range_is_default,
        "has_no_part": number.has_no_part,
        "ends": [_end_as_dict(number, end) for end in number.ends],
    }


def _end_as_dict(number: UncertainNumber, end: SensitivityEnd) -> dict[str, object]:
    hides = number.hides_costs
    return {
        "end": end.end,
        "value": end.value,
        "status": end.status,
        "how": end.how,
        "why": end.why,
        "seconds": round(end.seconds, 3),
        "best": _plan_as_dict(end.best, hides=hides),
        "bound_ore_per_week": None if hides else end.bound_ore_per_week,
        "coverage_bound_share": end.coverage_bound_share,
        "truncated": list(end.truncated),
        "kept": _kept_as_dict(end.kept, hides=hides),
    }


def _kept_as_dict(kept: KeptPlan | None, *, hides: bool) -> dict[str, object] | None:
    if kept is None:
        return None
    figures = kept.figures if kept.works else None
    return {
        "broken_rules": list(kept.broken_rules),
        "figures": _plan_as_dict(figures, hides=hides),
    }


def _plan_as_dict(figures: PlanAt | None, *, hides: bool) -> dict[str, object] | None:
    if figures is None:
        return None
    return {
        "cost_ore_per_week": None if hides else figures.cost_ore_per_week,
        "cost_change_ore_per_week": None if hides else figures.cost_change_ore_per_week,
        "above_today_sek_per_year": None if hides else figures.above_today_sek_per_year,
        "above_today_change_sek_per_year": (
            None if hides else figures.above_today_change_sek_per_year
        ),
        "coverage_share": figures.coverage_share,
        "coverage_change_share": figures.coverage_change_share,
        "sites": list(figures.sites),
    }


def sensitivity_csv(teller: Teller, study: Sensitivity) -> str:
    """Return the study as a table, one row for each value tried."""
    say = teller.say
    of_plan = (
        say("sensitivity.head_coverage"),
        say("sensitivity.head_points"),
        say("sensitivity.head_week"),
        say("sensitivity.head_above"),
        say("sensitivity.head_change"),
    )
    heads: list[Value] = [
        say("sensitivity.head_number"),
        say("sensitivity.csv_field"),
        say("sensitivity.head_unit"),
        say("sensitivity.csv_default"),
        say("sensitivity.head_base"),
        say("sensitivity.head_value"),
        *of_plan,
        say("sensitivity.head_proof"),
        say("sensitivity.csv_seconds"),
        *(say("sensitivity.csv_kept", head=head) for head in of_plan),
        say("sensitivity.head_holds"),
        say("sensitivity.head_broken"),
    ]
    rows = [_csv_row(teller, study, number, end) for number in study.numbers for end in number.ends]
    return csv_text(teller.language, [heads, *rows])


def _csv_row(
    teller: Teller, study: Sensitivity, number: UncertainNumber, end: SensitivityEnd
) -> list[Value]:
    """Return the cells of one value."""
    say, one, kept = teller.say, number.parameter, end.kept
    holds: list[Value] = [None, None]
    if kept is not None:
        broken = broken_text(teller, kept.broken_rules)
        holds = [say("word.yes" if kept.is_valid else "word.no"), broken]
    return [
        number_name(teller, number),
        one.name,
        parameter_unit(teller, one) or one.unit,
        say("word.yes" if number.range_is_default else "word.no"),
        one.value,
        end.value,
        *_csv_figures(end.best, hides=number.hides_costs),
        proof_text(teller, study, end),
        round(end.seconds, 1),
        *_csv_figures(
            kept.figures if kept is not None and kept.works else None, hides=number.hides_costs
        ),
        *holds,
    ]


def _csv_figures(figures: PlanAt | None, *, hides: bool) -> list[Value]:
    """Return the cells of a plan; shares as per cent."""
    if figures is None:
        return [None] * 5
    costs: list[Value] = [None] * 3
    if not hides:
        costs = [
            sek(figures.cost_ore_per_week),
            round(figures.above_today_sek_per_year, 2),
            round(figures.above_today_change_sek_per_year, 2),
        ]
    return [
        round(PER_CENT * figures.coverage_share, 4),
        round(PER_CENT * figures.coverage_change_share, 4),
        *costs,
    ]


def write_sensitivity(study: Sensitivity, folder: Path, language: Language) -> list[Path]:
    """Write the page, the table, the drawings and the JSON of a study.

    Parameters
    ----------
    study
        The study.
    folder
        Folder to write into; made if it is missing.
    language
        `sv` or `en`.

    Returns
    -------
    list[Path]
        The files written, the page first.

    Raises
    ------
    OutputError
        If a file cannot be written; none is left half-written.
    """
    teller = teller_of(study.bundle, language)
    stem = teller.say("sensitivity.file")
    paths = [folder / f"{stem}{end}" for end in (".html", ".csv", ".json")]
    write_text(paths[0], page_html(sensitivity_page(study, language)))
    write_text(paths[1], sensitivity_csv(teller, study), encoding="utf-8-sig")
    told = json.dumps(
        sensitivity_as_dict(study), sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False
    )
    write_text(paths[2], told + "\n")
    drawings = {stem: best_svg(teller, study)}
    drawings[teller.say("sensitivity.file_kept")] = kept_svg(teller, study)
    for name, svg in drawings.items():
        if svg is not None:
            paths.append(folder / f"{name}.svg")
            write_text(paths[-1], standalone(svg))
    return paths
