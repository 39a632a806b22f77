"""What is told of uncertain numbers: in words, as a drawing, as a table and for programs."""

import csv
import json
import re
import threading
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from deliveryopt.plan.verify import RULES
from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.bundle_sensitivity import (
    EndHow,
    EndWhy,
    Sensitivity,
    SensitivityEnd,
    Span,
    UncertainNumber,
)
from deliveryopt.reports.html import page_html
from deliveryopt.reports.page_sensitivity import best_svg, sensitivity_page
from deliveryopt.reports.sensitivity_files import sensitivity_as_dict, write_sensitivity
from deliveryopt.reports.sensitivity_words import (
    BROKEN,
    HOW,
    WHY,
    brief_sentences,
    broken_text,
    proof_text,
)
from deliveryopt.reports.sentences import teller_of
from deliveryopt.reports.texts import LANGUAGES
from deliveryopt.reports.tornado_chart import Swing, Swings, tornado
from deliveryopt.scenario.schema import Provenance
from deliveryopt.studies.cases import StudyOptions
from deliveryopt.studies.sensitivity import study_sensitivity
from tests.plan.small_world import changed
from tests.reports.bundles import HOSTILE, homes_bundle, hostile_bundle, small_bundle

RANGES = (("rules.reach_km", 1.0, 9.0), ("rules.max_lead_days", 0.0, None))
NO_TIME = StudyOptions(seconds=0.0)


def _study(bundle: Bundle, *ranges: tuple[str, float | None, float | None]) -> Sensitivity:
    """Return a study without any search of a bundle whose scenario has some ranges."""
    box = bundle.scenario.box_types[0].id
    given = (*RANGES, (f"box_types.{box}.sek_per_year", 100.0, 90_000.0), *ranges)
    provenance = tuple(Provenance(field=name, low=low, high=high) for name, low, high in given)
    scenario = changed(bundle.scenario, provenance=provenance)
    asked = replace(bundle, scenario=scenario)
    return study_sensitivity(scenario, asked, NO_TIME, stop=threading.Event())


@cache
def _small_study() -> Sensitivity:
    """Return the study of the small world."""
    return _study(small_bundle())


def _with_end(study: Sensitivity, name: str, **changes: object) -> Sensitivity:
    """Return a study in which the first value of a number ended otherwise."""

    def other(number: UncertainNumber) -> UncertainNumber:
        if number.parameter.name != name:
            return number
        first = replace(number.ends[0], **changes)  # type: ignore[arg-type]  # real fields
        return replace(number, ends=(first, *number.ends[1:]))

    return replace(study, numbers=tuple(other(number) for number in study.numbers))


def _end(study: Sensitivity, name: str) -> SensitivityEnd:
    return next(one for one in study.numbers if one.parameter.name == name).ends[0]


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u2212", "-")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_its_sections_and_is_a_page_by_itself(language: Language) -> None:
    text = page_html(sensitivity_page(_small_study(), language))

    for name in ("brief", "best", "kept", "sites", "how"):
        assert f'<section id="{name}"' in text
    assert "<script" not in text
    assert "http://" not in text
    assert "https://" not in text


def test_the_plan_kept_is_told_with_the_rule_that_it_breaks() -> None:
    study = _small_study()
    text = _plain(page_html(sensitivity_page(study, "sv")))
    low = _end(study, "rules.reach_km")

    assert low.kept is not None
    assert low.kept.broken_rules != ()
    assert broken_text(teller_of(study.bundle, "sv"), low.kept.broken_rules) in text
    assert "Behålls planen som den är håller den vid" in text


def test_every_rule_has_words() -> None:
    assert BROKEN.keys() == RULES.keys()
    teller = teller_of(small_bundle(), "en")
    assert broken_text(teller, ("goal_is_met", "promise_is_kept")) == (
        "The goal is not met, parcels come too late"
    )


def test_every_way_to_end_has_words() -> None:
    assert set(WHY) == set(get_args(EndWhy))
    assert set(HOW) == set(get_args(EndHow)) - {"sought"}


def test_no_plan_and_not_found_are_never_mixed() -> None:
    study = _small_study()
    none = {"best": None, "change": None, "how": "sought"}
    proven = _with_end(
        study, "rules.reach_km", status="INFEASIBLE", why="proven impossible", **none
    )
    unknown = _with_end(study, "rules.reach_km", status="UNKNOWN", why="not found in time", **none)
    teller = teller_of(study.bundle, "sv")
    told, asked = (_plain(" ".join(brief_sentences(teller, one))) for one in (proven, unknown))

    assert "finns ingen plan som når målet. Det är bevisat." in told
    assert "Det är bevisat" not in asked
    assert "hittades ingen plan i tid. Det betyder inte att det inte finns någon." in asked
    assert proof_text(teller, proven, _end(proven, "rules.reach_km")) == (
        "ingen plan når målet, bevisat"
    )


def test_what_is_not_proven_is_said_with_its_limit() -> None:
    study = _small_study()
    teller = teller_of(study.bundle, "en")
    kept = _end(study, "rules.max_lead_days").kept
    assert kept is not None
    sought = _with_end(
        study,
        "rules.max_lead_days",
        how="sought",
        status="FEASIBLE",
        best=kept.figures,
        bound_ore_per_week=123_400,
    )
    end = _end(sought, "rules.max_lead_days")
    wide = replace(end, coverage_bound_share=0.9, change=Span(-0.1, 0.05))

    assert "not below SEK 1,234 a week" in _plain(proof_text(teller, sought, end))
    covering = replace(sought, measure="coverage")
    assert "at most 90%" in _plain(proof_text(teller, covering, wide))
    cut = replace(wide, truncated=("x",))
    assert proof_text(teller, covering, cut).endswith("(of the enumerated model)")


def test_only_what_is_certain_is_said_to_matter_most() -> None:
    study = _small_study()
    teller = teller_of(study.bundle, "en")
    numbers = tuple(
        replace(number, ends=tuple(replace(end, change=Span(None, 5.0)) for end in number.ends))
        for number in study.numbers
    )
    unsure = replace(study, numbers=numbers)

    assert "No value is certain to give another cost" in " ".join(brief_sentences(teller, unsure))


def test_ranges_of_the_program_are_marked() -> None:
    study = _small_study()
    text = page_html(sensitivity_page(study, "sv"))

    assert any(number.range_is_default for number in study.numbers)
    assert "programmets eget intervall" in text
    assert "*" in text


def test_a_study_without_numbers_says_so() -> None:
    study = replace(_small_study(), numbers=())
    page = sensitivity_page(study, "en")

    assert [section.name for section in page.sections] == ["brief", "how"]
    assert brief_sentences(teller_of(study.bundle, "en"), study) == [
        "No number has a lowest or highest plausible value."
    ]


def test_strangers_names_are_shown_as_text() -> None:
    study = _study(hostile_bundle())
    text = page_html(sensitivity_page(study, "sv"))

    assert "<script>alert" not in text
    assert "onerror=alert(1)>" not in text
    assert HOSTILE[3] not in text


def test_costs_that_tell_of_few_home_orders_are_not_told(tmp_path: Path) -> None:
    study = _study(homes_bundle(), ("home_delivery.unserved_sek", 100.0, 900.0))
    number = next(
        one for one in study.numbers if one.parameter.name == "home_delivery.unserved_sek"
    )
    told = json.dumps(sensitivity_as_dict(study))

    assert number.hides_costs
    shown = [end.kept.figures.cost_ore_per_week for end in number.ends if end.kept is not None]
    assert shown != []
    assert not any(
        f'"cost_ore_per_week": {cost}' in told
        for cost in shown
        if cost != study.bundle.metrics.cost_ore_per_week
    )
    assert "visas inte" in page_html(sensitivity_page(study, "sv"))
    assert len(write_sensitivity(study, tmp_path, "sv")) >= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_are_written_and_can_be_read(tmp_path: Path, language: Language) -> None:
    study = _small_study()
    paths = write_sensitivity(study, tmp_path, language)
    stem = {"sv": "kanslighet", "en": "sensitivity"}[language]

    assert [path.name for path in paths[:3]] == [
        f"{stem}{end}" for end in (".html", ".csv", ".json")
    ]
    assert {path.suffix for path in paths[3:]} == {".svg"}
    text = paths[1].read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter={"sv": ";", "en": ","}[language]))
    assert len(rows) == 1 + len(study.ends)
    assert {len(row) for row in rows} == {len(rows[0])}
    told = json.loads(paths[2].read_text(encoding="utf-8"))
    assert told["format"] == "deliveryopt-sensitivity/1"
    assert [number["name"] for number in told["numbers"]] == [
        number.parameter.name for number in study.numbers
    ]
    for path in paths[3:]:
        svg = path.read_text(encoding="utf-8")
        assert svg.startswith("<svg")
        assert "<title>" in svg
        assert "<desc>" in svg


def test_bars_differ_without_colour_and_what_is_unproven_is_only_outlined() -> None:
    rows = [Swings("Pris", Swing(-4.0, -1.0, "låg"), Swing(8.0, 8.0, "hög <b>"))]
    svg = tornado(rows, title="T", text="D", axis="kr", written=lambda value: f"{value:g}")

    assert svg.count('class="bar-now"') == svg.count('class="bar-plan"') == 1
    assert svg.count("stroke-dasharray") == 1
    whole = re.search(r'width="([0-9.]+)" height="14" class="bar-now"', svg)
    dashed = re.search(r'width="([0-9.]+)" height="14" fill="none"', svg)
    assert whole is not None
    assert dashed is not None
    assert float(dashed[1]) == pytest.approx(3 * float(whole[1]), abs=0.3)
    assert "hög &lt;b&gt;" in svg


def test_nothing_is_drawn_where_nothing_changes() -> None:
    study = replace(_small_study(), numbers=())

    assert best_svg(teller_of(study.bundle, "sv"), study) is None
