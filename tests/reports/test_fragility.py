"""What is told of single failures: in words, as a drawing, as a table and for programs."""

import csv
import json
import threading
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.bundle_fragility import FragilePart, Fragility, PlanWithout
from deliveryopt.reports.fragility_files import fragility_as_dict, write_fragility
from deliveryopt.reports.fragility_words import (
    brief_sentences,
    people_text,
    status_text,
    told_parts,
)
from deliveryopt.reports.home_counts import public_runs
from deliveryopt.reports.html import page_html
from deliveryopt.reports.page_fragility import fragility_page, fragility_svg
from deliveryopt.reports.sentences import teller_of
from deliveryopt.reports.texts import LANGUAGES
from deliveryopt.studies.cases import StudyOptions
from deliveryopt.studies.fragility import study_fragility
from tests.reports.bundles import (
    greatest_coverage_bundle,
    homes_bundle,
    hostile_bundle,
    many_homes_bundle,
    small_bundle,
    todays_bundle,
)

NO_TIME = StudyOptions(seconds=0.0)


def _study(bundle: Bundle) -> Fragility:
    """Return a study without any search."""
    return study_fragility(bundle.scenario, bundle, NO_TIME, stop=threading.Event())


@cache
def _small_study() -> Fragility:
    """Return the study of the small world."""
    return _study(small_bundle())


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u2212", "-")


def _plan(study: Fragility, **changes: object) -> PlanWithout:
    """Return a plan without a part that loses a village and costs 100 kr more a week."""
    base = study.bundle.metrics
    values: dict[str, object] = {
        "cost_ore_per_week": base.cost_ore_per_week + 10_000,
        "cost_change_ore_per_week": 10_000,
        "cost_change_sek_per_year": 5200.0,
        "above_today_sek_per_year": 9000.0,
        "coverage_share": base.coverage_share - 0.1,
        "coverage_change_share": -0.1,
        "covered_inhabitants": base.covered_inhabitants - 10,
        "villages_lost": (study.bundle.scenario.villages[0].id,),
        "sites": (),
        **changes,
    }
    return PlanWithout(**values)  # type: ignore[arg-type]  # the tests name real fields


def _ended(study: Fragility, **changes: object) -> Fragility:
    """Return a study whose first part ended otherwise."""
    first = replace(study.parts[0], **changes)  # type: ignore[arg-type]  # real fields
    return replace(study, parts=(first, *study.parts[1:]))


def _brief(study: Fragility, language: Language = "sv") -> str:
    return _plain(" ".join(brief_sentences(teller_of(study.bundle, language), study)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_every_part_and_those_not_examined_by_name(language: Language) -> None:
    study = _small_study()
    text = page_html(fragility_page(study, language))

    assert study.not_examined != ()
    assert text.count("<li>") >= len(study.not_examined)
    for name in ("brief", "parts", "not-examined", "how"):
        assert f'<section id="{name}"' in text


def test_what_is_lost_at_once_and_with_a_new_plan_is_said() -> None:
    study = _small_study()
    ended = _ended(
        study, how="sought", status="OPTIMAL", why=None, best=_plan(study), hides_homes=False
    )
    told = _brief(ended)

    assert "berörs direkt" in told
    assert "vilket är bevisat bäst, och kostnaden ändras med +5 200 kr om året" in told
    assert "Mest sårbart är" in told


def test_a_plan_that_is_not_proven_best_may_lose_less() -> None:
    study = _small_study()
    ended = _ended(
        study, how="sought", status="FEASIBLE", why=None, best=_plan(study), hides_homes=False
    )

    assert "eller mer, och kostnaden" in _brief(ended)
    assert "vilket är bevisat bäst" not in _brief(ended)


def test_no_plan_and_not_found_are_never_mixed() -> None:
    study = _small_study()
    none = {"how": "sought", "best": None}
    proven = _ended(
        study,
        status="INFEASIBLE",
        why="proven impossible",
        widest=_plan(study),
        widest_is_proven=True,
        **none,
    )
    alone = _ended(study, status="INFEASIBLE", why="proven impossible", **none)
    unknown = _ended(study, status="UNKNOWN", why="not found in time", **none)

    assert "finns ingen plan som når målet; det är bevisat" in _brief(proven)
    assert "oavsett kostnad" in _brief(proven)
    assert "hann inte räknas ut" in _brief(alone)
    assert "hittades ingen ny plan i tid. Det betyder inte att det inte finns någon." in _brief(
        unknown
    )
    assert "bevisat" not in _brief(unknown).partition("Sådant som planen")[0]


def test_the_limit_of_a_better_plan_is_told() -> None:
    study = _study(greatest_coverage_bundle())
    part = replace(
        study.parts[0],
        how="sought",
        status="FEASIBLE",
        best=_plan(study),
        coverage_bound_share=0.951234,
    )
    teller = teller_of(study.bundle, "en")
    unproven = replace(part, coverage_bound_share=None)
    priced = _small_study()
    dear = replace(part, bound_ore_per_week=123_400, hides_homes=False)

    assert status_text(teller, study, part) == "a better one may exist, but at most 95.2%"
    assert status_text(teller, study, unproven) == "a better one may exist"
    assert "not below SEK 1,234 a week" in _plain(status_text(teller, priced, dear))


def test_without_boxes_and_runs_only_agents_can_close() -> None:
    study = _study(todays_bundle())

    assert {part.kind for part in study.parts} <= {"agent"}


def test_strangers_names_are_shown_as_text(tmp_path: Path) -> None:
    study = _study(hostile_bundle())
    text = page_html(fragility_page(study, "sv"))
    paths = write_fragility(study, tmp_path, "sv")
    cells = [
        cell
        for row in csv.reader(paths[1].read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
        for cell in row
    ]

    assert "<script>alert" not in text
    assert "onerror=alert(1)>" not in text
    assert not any(cell.startswith(("=", "@")) for cell in cells)


def test_runs_that_only_deliver_to_few_homes_are_not_named() -> None:
    study = _study(homes_bundle())
    public = {row.run for row in public_runs(study.bundle.metrics)}
    secret = {row.run for row in study.bundle.metrics.run_rows} - public
    told = json.dumps(fragility_as_dict(study))
    parts = told_parts(study)

    assert all(set(part.runs_used) & public or not part.runs_used or part.vans for part in parts)
    for run in secret:
        assert f'"key": "{run}"' not in told


def test_figures_that_tell_of_few_home_orders_are_not_told() -> None:
    study = _study(homes_bundle())
    hidden = [part for part in study.parts if part.hides_homes]
    examined = replace(
        study,
        parts=tuple(
            replace(part, how="sought", status="FEASIBLE", best=_plan(study)) for part in hidden
        ),
    )
    told = fragility_as_dict(examined)["parts"]

    assert hidden != []
    assert isinstance(told, list)
    for part in told:
        assert part["best"]["cost_change_sek_per_year"] is None
        assert part["at_once"]["parcels_per_week"] is None
        assert "orders_per_week" not in part["at_once"]
    text = _plain(page_html(fragility_page(examined, "sv")))
    assert "+5 200" not in text
    assert "visas inte" in text


def test_many_home_orders_may_be_told_of() -> None:
    study = _study(many_homes_bundle())

    assert any(part.at_once.orders_per_week >= 5 and not part.hides_homes for part in study.parts)


def _small(study: Fragility, inhabitants: int) -> tuple[Fragility, FragilePart]:
    """Return a study in which the first village that a part affects has few inhabitants."""
    part = next(part for part in study.parts if part.at_once.villages)
    small = part.at_once.villages[0]
    villages = tuple(
        village.model_copy(update={"inhabitants": inhabitants}) if village.id == small else village
        for village in study.bundle.scenario.villages
    )
    scenario = study.bundle.scenario.model_copy(update={"villages": villages})
    return replace(study, bundle=replace(study.bundle, scenario=scenario)), part


def test_residents_are_rounded_where_a_very_small_village_is_among_them() -> None:
    study, part = _small(_small_study(), 3)
    other, _ = _small(_small_study(), 30)
    teller = teller_of(study.bundle, "en")
    told = fragility_as_dict(study)["parts"]

    assert people_text(teller, study, part).startswith("about ")
    assert people_text(teller, other, part) == teller.number(part.at_once.inhabitants)
    assert isinstance(told, list)
    own = next(one for one in told if (one["kind"], one["key"]) == (part.kind, part.key))
    assert own["at_once"]["inhabitants"] is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_are_written_and_can_be_read(tmp_path: Path, language: Language) -> None:
    study = _small_study()
    paths = write_fragility(study, tmp_path, language)
    stem = {"sv": "sarbarhet", "en": "fragility"}[language]

    assert [path.name for path in paths] == [
        f"{stem}{end}" for end in (".html", ".csv", ".json", ".svg")
    ]
    text = paths[1].read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter={"sv": ";", "en": ","}[language]))
    assert len(rows) == 1 + len(study.parts)
    assert {len(row) for row in rows} == {len(rows[0])}
    told = json.loads(paths[2].read_text(encoding="utf-8"))
    assert told["format"] == "deliveryopt-fragility/1"
    assert len(told["parts"]) == len(study.parts)
    svg = fragility_svg(teller_of(study.bundle, language), study)
    assert svg is not None
    assert "<title>" in svg
    assert "<desc>" in svg
