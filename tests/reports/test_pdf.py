"""The PDF is one decision paper and a report, tagged, and nothing in it runs."""

import ctypes
import re
from functools import cache
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from deliveryopt.errors import ScenarioError
from deliveryopt.reports.blocks import Paragraphs, Section
from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.paper import Paper, paper_of
from deliveryopt.reports.pdf import page_pdf, write_pdf
from deliveryopt.reports.sentences import teller_of
from deliveryopt.reports.texts import LANGUAGES, Texts
from tests.reports.bundles import (
    greatest_coverage_bundle,
    homes_bundle,
    hostile_bundle,
    hostile_homes_bundle,
    many_homes_bundle,
    small_bundle,
    todays_bundle,
)
from tests.reports.printed import CODE, private_bundle, study_page, wide_bundle

BUNDLES: dict[str, Bundle] = {
    "small": small_bundle(truncated=("services of run 'buss_1'",)),
    "today": todays_bundle(),
    "coverage": greatest_coverage_bundle(status="FEASIBLE", coverage_bound_share=0.97),
    "hostile": hostile_bundle(),
    "homes": homes_bundle(status="FEASIBLE"),
    "many_homes": many_homes_bundle(),
    "hostile_homes": hostile_homes_bundle(),
}
ALL = [
    *(pytest.param(name, "sv", id=f"{name}-sv") for name in BUNDLES),
    *(pytest.param(name, "en", id=f"{name}-en") for name in ("small", "homes")),
]
NOT_TOLD = re.compile(r"[\s\u00ad\u200b\ufffe\u0002-]+")


def squeezed(text: str) -> str:
    """Return a text without the places where a line may break."""
    return NOT_TOLD.sub("", text)


@cache
def printed(name: str, language: Language, *, internal: bool = False) -> Paper:
    """Return what goes on paper of a bundle."""
    return paper_of(BUNDLES[name], language, internal=internal)


@cache
def document(name: str, language: Language, *, internal: bool = False) -> bytes:
    """Return the PDF of a bundle."""
    paper = printed(name, language, internal=internal)
    return page_pdf(paper.page, paper.pictures, front=paper.front)


def pages(content: bytes) -> list[str]:
    """Return the text of every page."""
    opened = pypdfium2.PdfDocument(content)
    return [squeezed(page.get_textpage().get_text_bounded()) for page in opened]


def _told(read: object, element: object) -> str:
    """Return a text of an element of the structure tree."""
    length = read(element, None, 0)  # type: ignore[operator]  # a function of a C library
    room = ctypes.create_string_buffer(length)
    read(element, room, length)  # type: ignore[operator]  # a function of a C library
    return room.raw.decode("utf-16-le").rstrip("\0")


def tags(content: bytes) -> list[tuple[str, str]]:
    """Return every element of the structure tree, with its words for those who do not see it."""
    found: list[tuple[str, str]] = []

    def walk(element: object) -> None:
        kind = _told(pdfium.FPDF_StructElement_GetType, element)
        found.append((kind, _told(pdfium.FPDF_StructElement_GetAltText, element)))
        for number in range(pdfium.FPDF_StructElement_CountChildren(element)):
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, number)
            if child:
                walk(child)

    for page in pypdfium2.PdfDocument(content):
        tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
        for number in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, number))
    return found


@pytest.mark.parametrize(("name", "language"), ALL)
def test_the_first_page_is_the_whole_decision_paper(name: str, language: Language) -> None:
    say = Texts(language)
    found = pages(document(name, language))

    for section in printed(name, language).front:
        assert squeezed(section.title) in found[0]
    assert squeezed(say("paper.decide_note")) in found[0]
    assert squeezed(say("paper.contents")) in found[1]
    assert squeezed(say("paper.contents")) not in found[0]


@pytest.mark.parametrize(("name", "language"), ALL)
def test_every_section_and_every_text_of_the_page_is_in_it(name: str, language: Language) -> None:
    found = "".join(pages(document(name, language)))

    for section in printed(name, language).page.sections:
        assert squeezed(section.title) in found
        for block in section.blocks:
            if isinstance(block, Paragraphs):
                for text in block.texts:
                    told = re.sub("[^\x20-\u024f\u2013\u2019\u2026\u2212\u2248]+", "|", text)
                    assert all(squeezed(part) in found for part in told.split("|"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_the_title_and_its_number(language: Language) -> None:
    found = pages(document("small", language))
    title = squeezed(teller_of(BUNDLES["small"], language).title)

    for number, text in enumerate(found):
        told = Texts(language)("paper.page", page=number + 1, pages=len(found))
        assert squeezed(told) in text
        assert title in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_tagged_and_names_its_language_and_its_title(language: Language) -> None:
    content = document("homes", language)

    assert b"/MarkInfo<</Marked true" in content
    assert b"/StructTreeRoot" in content
    assert f"/Lang({language})".encode() in content
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert b"/DisplayDocTitle true" in content


@pytest.mark.parametrize("name", ["small", "homes", "hostile"])
def test_tables_have_heads_and_pictures_have_words(name: str) -> None:
    found = tags(document(name, "sv"))
    kinds = [kind for kind, _ in found]
    figures = [told for kind, told in found if kind == "Figure"]

    assert kinds.count("THead") >= kinds.count("Caption") > 10
    assert kinds.count("TH") > 3 * kinds.count("Caption")
    assert kinds.count("H1") == 2
    assert kinds.count("H2") > 10
    assert figures
    assert all(figures)
    assert Texts("sv")("paper.map_alone") in figures


@pytest.mark.parametrize("name", ["hostile", "hostile_homes"])
def test_hostile_names_are_text_and_nothing_runs(name: str) -> None:
    content = document(name, "sv")
    found = "".join(pages(content))

    for text in ("{{7*7}}", '=HYPERLINK("http://evil.example";"click")', "red%s$(id)"):
        assert squeezed(text) in found
    for key in (b"/URI", b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/AA"):
        assert key not in content


def test_code_of_the_template_in_a_name_is_text() -> None:
    paper = paper_of(wide_bundle(), "sv")
    found = "".join(pages(page_pdf(paper.page, paper.pictures, front=paper.front)))

    assert squeezed(CODE) in found
    assert "root:" not in found


def test_letters_of_our_languages_stay_and_those_without_a_sign_are_marked() -> None:
    paper = paper_of(wide_bundle(), "sv")
    found = "".join(pages(page_pdf(paper.page, paper.pictures, front=paper.front)))

    for name in ("Åäö", "Jåhkåmåhkke Čáŋŧđž", "Õšü"):
        assert squeezed(name) in found
    assert "日" not in found


def test_the_same_page_gives_the_same_bytes() -> None:
    paper = printed("homes", "sv")

    assert page_pdf(paper.page, paper.pictures, front=paper.front) == document("homes", "sv")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_an_internal_report_says_so_and_no_other_does(language: Language) -> None:
    notice = squeezed(Texts(language)("page.internal"))

    assert all(notice in text for text in pages(document("homes", language, internal=True)))
    assert not any(notice in text for text in pages(document("homes", language)))


def test_only_its_user_may_read_an_internal_report(tmp_path: Path) -> None:
    write_pdf(BUNDLES["small"], tmp_path / "a.pdf", language="sv", internal=True)
    write_pdf(BUNDLES["small"], tmp_path / "b.pdf", language="sv")

    assert (tmp_path / "a.pdf").stat().st_mode & 0o077 == 0
    assert (tmp_path / "b.pdf").read_bytes() == document("small", "sv")


def test_what_tells_how_a_person_is_reached_is_not_published(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError):
        write_pdf(private_bundle(), tmp_path / "a.pdf", language="sv")

    assert list(tmp_path.iterdir()) == []
    write_pdf(private_bundle(), tmp_path / "a.pdf", language="sv", internal=True)


def test_any_page_is_printed_with_the_same_template() -> None:
    content = page_pdf(study_page(notice="Internt"))
    found, kinds = pages(content), tags(content)
    figures = [told for kind, told in kinds if kind == "Figure"]

    assert len(found) > 2
    assert squeezed(f"Studie {CODE}") in found[0]
    assert all("Internt" in text for text in found)
    assert figures == [
        "Kurvan. Den stiger.",
        "Avstånd. Fler bor nära.",
        "Avstånd. Fler bor nära.",
    ]
    assert [kind for kind, _ in kinds].count("H1") == 4


def test_a_long_table_repeats_its_heads() -> None:
    found = pages(page_pdf(study_page(rows=150)))
    on = [text for text in found if squeezed(f"{CODE} ") in text.replace(squeezed("Studie"), "")]

    assert sum("BudgetTäckning" in text for text in found) >= len(on) - 1 > 1


def test_a_long_decision_paper_is_set_smaller_until_it_fits() -> None:
    sections = tuple(
        Section(f"part-{number}", f"Del {number}", (Paragraphs(("Ett ord i raden. " * 30,)),))
        for number in range(12)
    )
    found = pages(page_pdf(study_page(), front=sections))

    assert "Del11" in found[0]
    assert squeezed(Texts("sv")("paper.contents")) in found[1]
