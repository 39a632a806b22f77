"""The report is one safe, accessible file that asks for nothing from outside."""

import base64
import hashlib
import json
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from markupsafe import Markup

from deliveryopt.plan.plan import Plan
from deliveryopt.reports.blocks import Page as StudyPage
from deliveryopt.reports.blocks import Picture, Section, Table, heads
from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.html import asset, html_text, page_html, write_html
from deliveryopt.reports.map_data import map_data
from deliveryopt.reports.run_sheets import run_sheets
from deliveryopt.reports.sentences import teller_of
from deliveryopt.reports.sheets_page import sheets_html
from deliveryopt.reports.svg import drawing, element
from deliveryopt.reports.texts import CATALOGUE, LANGUAGES
from deliveryopt.reports.van_sheets import van_sheets
from tests.reports.bundles import (
    greatest_coverage_bundle,
    homes_bundle,
    hostile_bundle,
    hostile_homes_bundle,
    many_homes_bundle,
    small_bundle,
    todays_bundle,
)

BUNDLES: dict[str, Bundle] = {
    "small": small_bundle(truncated=("services of run 'buss_1'", "transfers to run 'x'")),
    "today": todays_bundle(),
    "coverage": greatest_coverage_bundle(status="FEASIBLE", coverage_bound_share=0.97),
    "hostile": hostile_bundle(),
    "homes": homes_bundle(status="FEASIBLE", truncated=("ways of order 'hem_anna'",)),
    "many_homes": many_homes_bundle(),
    "hostile_homes": hostile_homes_bundle(),
}
MOST_BYTES = 3_000_000
VOID = {"meta", "link", "br", "img", "input", "hr", "rect", "line", "path", "circle"}
FETCHING = {"src", "srcset", "href", "xlink:href", "action", "poster", "data", "background", "ping"}


class Page(HTMLParser):
    """Collects what the tests ask about."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[str] = []
        self.tags = Counter[str]()
        self.attributes: list[tuple[str, str, str | None]] = []
        self.inside: list[tuple[str, dict[str, str | None], str]] = []
        self.open: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that opens."""
        self.tags[tag] += 1
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in VOID:
            self.stack.append(tag)
            self.open.append((tag, dict(attrs), []))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that closes itself."""
        self.tags[tag] += 1
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        """Check that the innermost element closes, and keep its text."""
        assert self.stack.pop() == tag
        name, attributes, words = self.open.pop()
        self.inside.append((name, attributes, "".join(words)))
        if self.open and name not in {"script", "style"}:
            self.open[-1][2].extend(words)

    def handle_data(self, data: str) -> None:
        """Keep text."""
        if self.open:
            self.open[-1][2].append(data)

    def of(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        """Return attributes and text of each element."""
        return [(attributes, text) for name, attributes, text in self.inside if name == tag]


PAGES = [
    pytest.param(bundle, language, id=f"{name}-{language}")
    for name, bundle in BUNDLES.items()
    for language in LANGUAGES
]


def _pages(bundle: Bundle, language: Language) -> list[str]:
    teller = teller_of(bundle, language)
    sheets = sheets_html(teller, run_sheets(teller), van_sheets(teller))
    return [html_text(bundle, language), sheets]


@pytest.mark.parametrize(("bundle", "language"), PAGES)
def test_the_page_is_well_formed_and_small(bundle: Bundle, language: Language) -> None:
    for text in _pages(bundle, language):
        page = Page(text)

        assert page.stack == []
        assert page.of("html")[0][0]["lang"] == language
        assert page.tags["h1"] == 1
        assert len(text.encode("utf-8")) < MOST_BYTES


@pytest.mark.parametrize(("bundle", "language"), PAGES)
def test_the_page_asks_for_nothing_from_outside(bundle: Bundle, language: Language) -> None:
    for text in _pages(bundle, language):
        page = Page(text)
        links = [
            value for _, name, value in page.attributes if name in FETCHING and value is not None
        ]

        assert all(link.startswith("#") for link in links)
        assert page.tags["link"] == page.tags["img"] == page.tags["iframe"] == 0
        for _, style in page.of("style"):
            assert "url(" not in style
            assert "@import" not in style
        assert not [name for _, name, _ in page.attributes if name.startswith("on")]
        assert not [name for _, name, _ in page.attributes if name == "style"]


@pytest.mark.parametrize(("bundle", "language"), PAGES)
def test_the_policy_allows_only_the_hashes_of_its_own_texts(
    bundle: Bundle, language: Language
) -> None:
    for text in _pages(bundle, language):
        page = Page(text)
        policy = next(
            value
            for tag, name, value in page.attributes
            if tag == "meta" and name == "content" and value and "default-src" in value
        )
        scripts = [text for attributes, text in page.of("script") if "type" not in attributes]
        hashes = {
            base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
            for part in [*scripts, *(style for _, style in page.of("style"))]
        }

        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
        assert set(re.findall(r"'sha256-([^']+)'", policy)) == hashes


@pytest.mark.parametrize(("bundle", "language"), PAGES)
def test_tables_have_captions_and_heads_with_scope(bundle: Bundle, language: Language) -> None:
    for text in _pages(bundle, language):
        page = Page(text)

        assert page.tags["table"] == page.tags["caption"]
        assert all(attributes.get("scope") in {"col", "row"} for attributes, _ in page.of("th"))
        for attributes, _ in page.of("svg"):
            assert attributes.get("role") == "img" or attributes.get("aria-hidden") == "true"


@pytest.mark.parametrize(("bundle", "language"), PAGES)
def test_headings_keep_their_order_and_ids_are_unique(bundle: Bundle, language: Language) -> None:
    for text in _pages(bundle, language):
        page = Page(text)
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", text)]
        ids = [value for _, name, value in page.attributes if name == "id"]

        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_names_come_out_as_text(language: Language) -> None:
    for text in _pages(BUNDLES["hostile"], language):
        page = Page(text)
        words = " ".join(part for _, _, part in page.inside)

        assert "<script>alert" not in text
        assert "<img" not in text
        assert "<script>alert(1)</script>" in words
        assert "{{7*7}}" in words
        assert "\u202e" not in text
        assert "x" * 301 not in re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_data_cannot_leave_its_script(language: Language) -> None:
    page = Page(html_text(BUNDLES["hostile"], language))
    island = next(text for attributes, text in page.of("script") if "type" in attributes)

    assert "<" not in island
    assert json.loads(island)["villages"]


@pytest.mark.parametrize("name", ["small", "homes", "many_homes"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_the_other_language_is_on_the_page(name: str, language: Language) -> None:
    text = "".join(_pages(BUNDLES[name], language))
    here, there = LANGUAGES.index(language), 1 - LANGUAGES.index(language)
    others = {
        texts[there]
        for texts in CATALOGUE.values()
        if len(texts[there]) > 12 and "{" not in texts[there] and texts[there] not in texts[here]
    }

    assert [other for other in others if f">{other}<" in text] == []


def test_home_care_is_never_drawn_and_its_times_are_rounded() -> None:
    bundle = BUNDLES["small"]
    teller = teller_of(bundle, "sv")
    drawn = json.dumps(map_data(teller))
    sheets = sheets_html(teller, run_sheets(teller))

    assert any(row.kind == "home_care" for row in bundle.metrics.run_rows)
    assert "hem_4" not in drawn
    assert "hem_5" not in drawn
    assert "Hemtjänst: klockslagen är avrundade till kvart." in sheets
    assert "10:50" not in sheets  # the latest arrival of hem_4, exact
    assert "11:00" in sheets  # rounded up: never earlier than it may be


def test_an_empty_scenario_has_a_report() -> None:
    from tests.plan.small_world import changed, small_scenario  # noqa: PLC0415  only here
    from tests.reports.bundles import bundle_of  # noqa: PLC0415  only here

    empty = changed(
        small_scenario(), villages=(), pickup_points=(), runs=(), given_demand=(), distances=()
    )
    text = html_text(bundle_of(empty, Plan()), "sv")

    assert Page(text).stack == []


def test_any_page_can_be_placed_and_only_one_with_a_map_has_scripts() -> None:
    hostile = '<script>alert(1)</script>"'
    parts = [
        element("text", hostile, x=1, class_="ink"),
        element("path", d="M0 0H9", class_="grid"),
    ]
    svg = drawing(parts, width=20, height=10, title=hostile, text=hostile)
    table = Table("Caption", heads("-n", "Head", "Number"), (heads("-n", hostile, "1"),))
    blocks = (Picture(hostile, svg, table, key=(("a", "line"),)), Picture("b", Markup("")))
    study = StudyPage(
        language="en",
        title=hostile,
        kind="A study",
        skip="To the content",
        nav="Contents",
        sections=(Section("one", "One", blocks),),
        notice="Internal",
    )
    text = page_html(study)
    page = Page(text)

    assert page.stack == []
    assert page.tags["script"] == 0
    assert "script-src &#39;none&#39;" in text
    assert ".leaflet-pane" not in text
    assert "<script>" not in text
    assert page.tags["svg"] == 1
    assert text.count("Internal") == 3
    assert "Content-Security-Policy" in text


def test_a_drawing_that_is_plain_text_is_shown_as_text() -> None:
    telling = Picture("Title", "<svg onload=alert(1)></svg>")  # type: ignore[arg-type]  # the fault
    study = StudyPage("sv", "T", "K", "S", "N", (Section("one", "One", (telling,)),))

    assert "<svg onload" not in page_html(study)


def test_the_vendored_library_is_the_one_that_was_noted() -> None:
    noted = {
        line.split("  ")[1]: line.split("  ")[0]
        for line in asset("vendored.txt").splitlines()
        if re.fullmatch(r"[0-9a-f]{64}  \S+", line)
    }
    folder = Path(__file__).parents[2] / "deliveryopt" / "reports"
    found = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in ("leaflet.js", "leaflet.css")
    }

    assert noted == found


def test_the_file_is_written(tmp_path: Path) -> None:
    write_html(BUNDLES["small"], tmp_path / "report.html", language="sv")

    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
