"""The summary in the terminal says what a council member asks, in plain text."""

import re
from pathlib import Path

import pytest

from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.terminal import summary
from tests.reports.bundles import (
    greatest_coverage_bundle,
    homes_bundle,
    hostile_bundle,
    hostile_homes_bundle,
    many_homes_bundle,
    small_bundle,
    todays_bundle,
)

GOLDEN = Path(__file__).parent / "golden"
BUNDLES = (
    small_bundle(),
    todays_bundle(),
    hostile_bundle(),
    greatest_coverage_bundle(),
    homes_bundle(),
    many_homes_bundle(),
    hostile_homes_bundle(),
)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    ("name", "bundle"),
    [
        ("summary", small_bundle()),
        ("summary_homes", homes_bundle()),
        ("summary_many_homes", many_homes_bundle()),
    ],
)
def test_the_summary_reads_as_agreed(name: str, bundle: Bundle, language: Language) -> None:
    expected = (GOLDEN / f"{name}_{language}.txt").read_text(encoding="utf-8")

    assert summary(bundle, language, width=80) + "\n" == expected


@pytest.mark.parametrize("bundle", BUNDLES)
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("width", [1, 40, 64, 80, 500])
def test_lines_keep_within_the_width(bundle: Bundle, language: Language, width: int) -> None:
    lines = summary(bundle, language, width=width).splitlines()

    assert max(len(line) for line in lines) <= max(40, min(80, width))
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_control_or_direction_mark_comes_through(language: Language) -> None:
    text = summary(hostile_bundle(), language, width=80)

    assert (
        re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", text)
        == []
    )


def test_a_plan_without_boxes_and_runs_says_so() -> None:
    text = summary(todays_bundle(), "sv", width=80)

    assert "inga paketboxar öppnas" in text
    assert "ingen ny invånare täcks" in text


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "Planen är bevisat bäst: ingen plan som håller reglerna och når målet kostar"),
        (
            {"status": "FEASIBLE", "bound_ore_per_week": 67_000, "gap": 0.01471},
            "kan kosta högst 1,48 % mindre",
        ),
        (
            {"status": "FEASIBLE", "bound_ore_per_week": None, "gap": None},
            "Hur mycket billigare en annan plan kan vara är inte bevisat.",
        ),
        ({"status": "FEASIBLE"}, "Ingen plan som når målet kostar mindre än"),
        ({"truncated": ("a", "b")}, "Bland de körsätt som räknades igenom kostar ingen plan"),
        ({"truncated": ("a", "b")}, "2 av listorna över möjliga körsätt kortades"),
        ({"interrupted": True}, "Sökningen avbröts innan den var klar"),
    ],
)
def test_what_is_proven_is_said_in_plain_words(changes: dict[str, object], expected: str) -> None:
    text = " ".join(summary(small_bundle(**changes), "sv", width=80).split())

    assert expected in text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "no plan within the budget covers more residents, and none that covers as many"),
        (
            {"status": "FEASIBLE", "coverage_bound_share": 0.97123},
            "The plan covers 95.5%. No plan within the budget covers more than 97.2%.",
        ),
        (
            {"status": "FEASIBLE", "coverage_bound_share": 210 / 220},
            "The coverage is proven greatest: no plan within the budget covers more than 95.5%.",
        ),
        ({"status": "FEASIBLE"}, "How many more another plan within the budget could cover"),
    ],
)
def test_what_is_proven_of_coverage_is_said_in_plain_words(
    changes: dict[str, object], expected: str
) -> None:
    text = " ".join(summary(greatest_coverage_bundle(**changes), "en", width=80).split())

    assert expected in text
