"""Other ways on the same demand stand beside the plan, with what is proven and what is missing."""

import re
from dataclasses import replace
from html import unescape
from typing import get_args

import pytest

from deliveryopt.reports.bundle import Bundle, Language, WayName, WhyNot
from deliveryopt.reports.html import html_text
from deliveryopt.reports.sentences import teller_of
from deliveryopt.reports.sentences_of_ways import missing_sentences, saving_sentences
from deliveryopt.reports.terminal import summary
from deliveryopt.reports.texts import LANGUAGES
from tests.reports.bundles import homes_bundle, many_homes_bundle, small_bundle, ways

NONE = "\u2013"


def _with(name: WayName, /, **changes: object) -> Bundle:
    """Return a bundle with one way changed."""
    bundle = many_homes_bundle()
    changed = (
        replace(way, **changes)  # type: ignore[arg-type]  # the tests name real fields
        if way.name == name
        else way
        for way in bundle.ways
    )
    return replace(bundle, ways=tuple(changed))


def _rows(bundle: Bundle, language: Language = "sv") -> list[list[str]]:
    """Return the table of ways as texts."""
    text = html_text(bundle, language).replace("\u00a0", " ")
    section = text[text.index('<section id="ways"') :]
    table = section[section.index("<tbody>") : section.index("</tbody>")]
    return [re.findall(r"<t[hd][^>]*>([^<]*)<", row) for row in table.split("</tr>")[:-1]]


def test_the_ways_stand_side_by_side() -> None:
    assert _rows(many_homes_bundle()) == [
        ["Som i dag", "8 744", "454 688", "+3 370", "23,8 %", "16", "så är det nu"],
        ["Bara skåpbilar", *[NONE] * 6],
        ["Boxar med bara skåpbilar", *[NONE] * 6],
        [
            "Först boxar, sedan körning",
            "5 498",
            "285 891",
            "+123",
            "100 %",
            "8",
            "billigare kan finnas, men inte under 5 474 kr i veckan på de valda platserna",
        ],
        [
            "Allt planerat tillsammans",
            "5 374",
            "279 472",
            "0",
            "100 %",
            "8",
            "bevisat bäst av sitt slag",
        ],
    ]


def test_without_home_orders_nothing_is_said_of_them() -> None:
    bundle = replace(small_bundle(), ways=ways(small_bundle()))

    assert {len(row) for row in _rows(bundle)} == {6}
    assert "emsändning" not in summary(bundle, "sv", width=80).partition("Samma leveranser")[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_ways_there_is_no_section_of_them(language: Language) -> None:
    assert '<section id="ways"' not in html_text(small_bundle(), language)
    assert "ways" not in summary(small_bundle(), "en", width=80)


@pytest.mark.parametrize("why", get_args(WhyNot))
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_missing_way_says_why(why: WhyNot, language: Language) -> None:
    bundle = _with("vans_only", why=why)
    told = missing_sentences(teller_of(bundle, language))

    assert len(told) == 2
    assert told[0].startswith({"sv": "Bara skåpbilar: ingen", "en": "Vans only: no"}[language])
    assert all(sentence in unescape(html_text(bundle, language)) for sentence in told)
    words = " ".join(summary(bundle, language, width=80).split())
    assert all(" ".join(sentence.split()) in words for sentence in told)


@pytest.mark.parametrize(
    ("above_ore", "status", "expected"),
    [
        (12_345, "OPTIMAL", "The plan costs SEK 123 less a week than choosing sites for boxes "),
        (12_345, "FEASIBLE", "it may cost as little as SEK 5,474 a week, and then the saving is"),
        (-12_345, "OPTIMAL", "The plan costs SEK 123 more a week than choosing"),
        (-12_345, "FEASIBLE", "so there may be a still cheaper one."),
        (0, "OPTIMAL", "The plan costs the same as choosing"),
    ],
)
def test_what_the_plan_saves_is_said_and_what_is_not_proven_of_it(
    above_ore: int, status: str, expected: str
) -> None:
    bundle = _with("boxes_then_routes", above_together_ore_per_week=above_ore, status=status)
    first, today = saving_sentences(teller_of(bundle, "en"))

    assert expected in first.replace("\u00a0", " ")
    assert first.count("not proven best") + first.count("worked out") == (status == "FEASIBLE")
    assert "instead of 23.8%" in today
    assert "instead" not in first, "both cover everybody"
    assert first in html_text(bundle, "en").partition('id="map"')[0], "also in brief"


@pytest.mark.parametrize(
    "changes", [{"bound_ore_per_week": None}, {"bound_ore_per_week": 1}, {"truncated": ("x",)}]
)
def test_a_saving_that_is_not_proven_is_said_to_be_unsure(changes: dict[str, object]) -> None:
    bundle = _with("boxes_then_routes", **changes)

    assert "inte säkert att planen sparar" in saving_sentences(teller_of(bundle, "sv"))[0]


def test_the_bound_of_a_cut_search_is_one_of_what_was_enumerated() -> None:
    rows = _rows(_with("boxes_then_routes", truncated=("x",)), "en")

    assert rows[3][-1].endswith("(of the enumerated model)")


def test_the_villages_that_had_to_move_are_named() -> None:
    text = html_text(many_homes_bundle(), "sv")

    assert "Dessa byar fick en annan plats eller ingen: Aby." in text


def test_few_orders_that_nobody_delivers_are_told_as_few() -> None:
    rows = _rows(homes_bundle())

    assert [row[5] for row in rows] == ["visas inte", NONE, NONE, "färre än 5", "färre än 5"]
