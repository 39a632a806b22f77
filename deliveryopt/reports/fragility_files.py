"""Files of the study of single failures: a page, a table, a drawing and JSON.

All of them may be published.
"""

import json
from pathlib import Path

from deliveryopt.reports.bundle import Language
from deliveryopt.reports.bundle_fragility import FragilePart, Fragility, PlanWithout
from deliveryopt.reports.chart_picture import standalone
from deliveryopt.reports.csv_text import Value, csv_text
from deliveryopt.reports.files import write_text
from deliveryopt.reports.formats import FEW
from deliveryopt.reports.fragility_words import (
    SHORT,
    has_small_village,
    people_text,
    short_name,
    status_text,
    told_parts,
)
from deliveryopt.reports.html import page_html
from deliveryopt.reports.page_fragility import fragility_page, fragility_svg, parcels_told
from deliveryopt.reports.sensitivity_words import PER_CENT
from deliveryopt.reports.sentences import Teller, teller_of

FORMAT = "deliveryopt-fragility/1"


def fragility_as_dict(study: Fragility) -> dict[str, object]:
    """Return the study for programs; figures that would tell of few homes or people are null.

    Runs that only deliver to few homes are left out.
    """
    bundle = study.bundle
    return {
        "format": FORMAT,
        "scenario": {"name": bundle.scenario.name, "sha256": bundle.scenario_sha256},
        "base": {
            "status": bundle.proof.status,
            "cost_ore_per_week": bundle.metrics.cost_ore_per_week,
            "coverage_share": bundle.metrics.coverage_share,
            "above_today_sek_per_year": bundle.comparison.cost_above_today_sek_per_year,
        },
        "parts": [_part_as_dict(study, part) for part in told_parts(study)],
        "unused": dict(study.unused),
        "seconds": round(study.seconds, 3),
        "seed": study.seed,
        "interrupted": study.interrupted,
        "reproducible": study.reproducible,
    }


def _part_as_dict(study: Fragility, part: FragilePart) -> dict[str, object]:
    once, hides = part.at_once, part.hides_homes
    hides_people = has_small_village(study, part) or 0 < once.inhabitants < FEW
    return {
        "kind": part.kind,
        "key": part.key,
        "runs_used": list(part.runs_used),
        "points": list(part.points),
        "vans": list(part.vans),
        "at_once": {
            "parcels_per_week": None if hides or hides_people else once.parcels_per_week,
            "has_home_orders": once.orders_per_week > 0,
            "villages": list(once.villages),
            "inhabitants": None if hides_people else once.inhabitants,
            "coverage_share": once.coverage_share,
            "coverage_change_share": once.coverage_change_share,
        },
        "is_examined": part.is_examined,
        "status": part.status,
        "how": part.how,
        "why": part.why,
        "seconds": round(part.seconds, 3),
        "best": _plan_as_dict(part.best, hides=hides) if part.is_examined else None,
        "bound_ore_per_week": None if hides else part.bound_ore_per_week,
        "coverage_bound_share": part.coverage_bound_share,
        "widest": _plan_as_dict(part.widest, hides=hides),
        "widest_is_proven": part.widest_is_proven,
        "truncated": list(part.truncated),
    }


def _plan_as_dict(plan: PlanWithout | None, *, hides: bool) -> dict[str, object] | None:
    if plan is None:
        return None
    return {
        "cost_ore_per_week": None if hides else plan.cost_ore_per_week,
        "cost_change_sek_per_year": None if hides else plan.cost_change_sek_per_year,
        "above_today_sek_per_year": None if hides else plan.above_today_sek_per_year,
        "coverage_share": plan.coverage_share,
        "coverage_change_share": plan.coverage_change_share,
        "villages_lost": list(plan.villages_lost),
        "sites": list(plan.sites),
    }


def fragility_csv(teller: Teller, study: Fragility) -> str:
    """Return the study as a table, one row for each part, the most fragile first."""
    say = teller.say
    heads: list[Value] = [
        say("fragility.head_part"),
        say("fragility.head_kind"),
        say("fragility.csv_key"),
        say("fragility.head_runs"),
        say("fragility.head_parcels"),
        say("fragility.head_homes"),
        say("fragility.head_people"),
        say("fragility.csv_villages"),
        say("fragility.head_once"),
        say("fragility.head_new"),
        say("fragility.head_points"),
        say("fragility.head_cost"),
        say("fragility.csv_above"),
        say("fragility.head_lost"),
        say("fragility.head_proof"),
        say("fragility.csv_seconds"),
    ]
    rows = [_csv_row(teller, study, part) for part in told_parts(study)]
    return csv_text(teller.language, [heads, *rows])


def _csv_row(teller: Teller, study: Fragility, part: FragilePart) -> list[Value]:
    """Return the cells of one part; shares as per cent."""
    say, once, names = teller.say, part.at_once, teller.names.villages
    is_small = has_small_village(study, part)
    parcels: Value = once.parcels_per_week
    if part.hides_homes or is_small:
        parcels = parcels_told(teller, study, part)
    people: Value = once.inhabitants
    if is_small or once.inhabitants < FEW:
        people = people_text(teller, study, part)
    return [
        short_name(teller, part),
        say(SHORT[part.kind]),
        part.key,
        len(part.runs_used),
        parcels,
        say("word.yes" if once.orders_per_week else "word.no"),
        people,
        ", ".join(names[village] for village in once.villages),
        round(PER_CENT * once.coverage_share, 4),
        *_csv_plan(teller, part),
        status_text(teller, study, part),
        round(part.seconds, 1),
    ]


def _csv_plan(teller: Teller, part: FragilePart) -> list[Value]:
    """Return the cells of the plan without a part."""
    plan = part.told if part.is_examined else None
    if plan is None:
        return [None] * 5
    costs: list[Value] = [None, None]
    if not part.hides_homes:
        costs = [
            round(plan.cost_change_sek_per_year, 2),
            round(plan.above_today_sek_per_year, 2),
        ]
    names = teller.names.villages
    return [
        round(PER_CENT * plan.coverage_share, 4),
        round(PER_CENT * plan.coverage_change_share, 4),
        *costs,
        ", ".join(names[village] for village in plan.villages_lost),
    ]


def write_fragility(study: Fragility, folder: Path, language: Language) -> list[Path]:
    """Write the page, the table, the drawing and the JSON of a study.

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
    stem = teller.say("fragility.file")
    paths = [folder / f"{stem}{end}" for end in (".html", ".csv", ".json")]
    write_text(paths[0], page_html(fragility_page(study, language)))
    write_text(paths[1], fragility_csv(teller, study), encoding="utf-8-sig")
    told = json.dumps(
        fragility_as_dict(study), sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False
    )
    write_text(paths[2], told + "\n")
    svg = fragility_svg(teller, study)
    if svg is not None:
        paths.append(folder / f"{stem}.svg")
        write_text(paths[-1], standalone(svg))
    return paths
