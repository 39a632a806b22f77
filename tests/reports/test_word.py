"""The Word document says what the page says, with real headings, tables and words for pictures."""

import re
import shutil
import subprocess
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import docx
import pypdfium2
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from deliveryopt.errors import ScenarioError
from deliveryopt.reports.blocks import Block, Bullets, Paragraphs, Table
from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.paper import Paper, paper_of
from deliveryopt.reports.texts import LANGUAGES, Texts
from deliveryopt.reports.word import page_word, write_word
from tests.reports.bundles import (
    homes_bundle,
    hostile_bundle,
    small_bundle,
    todays_bundle,
)
from tests.reports.printed import CODE, private_bundle, study_page, tables_of

BUNDLES: dict[str, Bundle] = {
    "small": small_bundle(truncated=("services of run 'buss_1'",)),
    "today": todays_bundle(),
    "hostile": hostile_bundle(),
    "homes": homes_bundle(status="FEASIBLE"),
}
ALL = [
    *(pytest.param(name, "sv", id=f"{name}-sv") for name in BUNDLES),
    *(pytest.param(name, "en", id=f"{name}-en") for name in ("small", "homes")),
]
OFFICE = shutil.which("soffice")
SECONDS = 120
LOCALE = {"sv": "sv-SE", "en": "en-GB"}


@cache
def printed(name: str, language: Language, *, internal: bool = False) -> Paper:
    """Return what goes on paper of a bundle."""
    return paper_of(BUNDLES[name], language, internal=internal)


@cache
def content(name: str, language: Language, *, internal: bool = False) -> bytes:
    """Return the Word document of a bundle."""
    paper = printed(name, language, internal=internal)
    return page_word(paper.page, paper.pictures, front=paper.front)


def document(name: str, language: Language, *, internal: bool = False) -> Document:
    """Return the Word document of a bundle, read again."""
    return docx.Document(BytesIO(content(name, language, internal=internal)))


def headings(found: Document) -> list[tuple[int, str]]:
    """Return every heading with its level."""
    return [
        (int(one.style.name.removeprefix("Heading ")), one.text)
        for one in found.paragraphs
        if one.style is not None and (one.style.name or "").startswith("Heading ")
    ]


def _texts(blocks: tuple[Block, ...]) -> list[str]:
    told: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraphs | Bullets):
            told += block.texts
        elif isinstance(block, Table):
            told.append(block.caption)
    return told


@pytest.mark.parametrize(("name", "language"), ALL)
def test_it_says_the_same_as_the_page_in_the_same_order(name: str, language: Language) -> None:
    paper, found = printed(name, language), document(name, language)
    sections = (*paper.front, *paper.page.sections)
    told = {paragraph.text for paragraph in found.paragraphs}

    second = [text for level, text in headings(found) if level == 2]
    assert second == [section.title for section in sections]
    for section in sections:
        assert set(_texts(section.blocks)) <= told


@pytest.mark.parametrize(("name", "language"), ALL)
def test_headings_skip_no_level(name: str, language: Language) -> None:
    levels = [level for level, _ in headings(document(name, language))]

    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(("name", "language"), ALL)
def test_tables_hold_the_same_cells_and_mark_their_heads(name: str, language: Language) -> None:
    paper, found = printed(name, language), document(name, language)
    tables = tables_of((*paper.front, *paper.page.sections))

    assert len(found.tables) == len(tables)
    for written, table in zip(found.tables, tables, strict=True):
        lines = [[cell.text for cell in row.cells] for row in written.rows]
        assert lines == [[cell.text for cell in line] for line in (table.heads, *table.rows)]
        heads = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") for row in written.rows]  # noqa: SLF001
        assert [head is not None for head in heads] == [True] + [False] * len(table.rows)
        told = written._tbl.tblPr.find(qn("w:tblCaption"))  # noqa: SLF001
        assert told.get(qn("w:val")) == table.caption


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_and_properties_are_set_and_no_author_is_made_up(language: Language) -> None:
    found = document("small", language)
    page = printed("small", language).page
    languages = {one.get(qn("w:val")) for one in found.styles.element.iter(qn("w:lang"))}

    assert languages == {LOCALE[language]}
    assert found.core_properties.title == f"{page.title} \u2013 {page.kind}"
    assert found.core_properties.language == language
    assert found.core_properties.author == ""
    assert found.core_properties.last_modified_by == ""
    assert found.core_properties.comments == ""


@pytest.mark.parametrize("name", ["small", "homes", "hostile"])
def test_every_picture_has_words_or_is_marked_as_an_ornament(name: str) -> None:
    pictures = list(document(name, "sv").element.body.iter(qn("wp:docPr")))
    told = [one.get("descr") for one in pictures]

    assert Texts("sv")("paper.map_alone") in told
    for one, words in zip(pictures, told, strict=True):
        assert bool(words) != ("decorative" in "".join(part.tag for part in one.iter()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_of_every_page_says_that_a_report_is_internal(language: Language) -> None:
    notice = Texts(language)("page.internal")

    for internal in (True, False):
        found = document("homes", language, internal=internal)
        for section in found.sections:
            head = "".join(one.text for one in section.header.paragraphs)
            assert (notice in head) == internal
        assert (notice in [one.text for one in found.paragraphs]) == internal


def test_hostile_names_are_text_and_nothing_leads_outside() -> None:
    found = content("hostile", "sv")
    with ZipFile(BytesIO(found)) as parts:
        words = {name: parts.read(name).decode("utf-8", "replace") for name in parts.namelist()}
    fields = re.findall(r"<w:instrText[^>]*>([^<]*)<", words["word/document.xml"])

    assert not any('TargetMode="External"' in text for text in words.values())
    assert [one.split()[0] for one in fields] == ["TOC"]
    assert "&lt;script&gt;alert(1)" in words["word/document.xml"]
    assert "=HYPERLINK(" in "".join(
        cell.text
        for table in docx.Document(BytesIO(found)).tables
        for cell in table._cells  # noqa: SLF001
    )


def test_links_of_the_contents_lead_to_sections() -> None:
    body = document("small", "sv").element.body
    links = [one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))]
    places = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]

    assert links == places
    assert len(links) == len(printed("small", "sv").page.sections)


def test_the_same_page_gives_the_same_bytes() -> None:
    paper = printed("homes", "sv")

    assert page_word(paper.page, paper.pictures, front=paper.front) == content("homes", "sv")


def test_any_page_is_written_and_points_of_a_proposal_are_numbered() -> None:
    found = docx.Document(BytesIO(page_word(study_page(notice="Internt", rows=3))))
    told = [one.get("descr") for one in found.element.body.iter(qn("wp:docPr"))]
    numbered = [one for one in document("small", "sv").paragraphs if _style(one) == "List Number"]

    assert [level for level, _ in headings(found)] == [1, 1, 2, 1]
    assert [words for words in told if words] == [
        "Kurvan. Den stiger.",
        "Avstånd. Fler bor nära.",
        "Avstånd. Fler bor nära.",
    ]
    assert found.tables[0].rows[1].cells[0].text == f"{CODE} 0"
    assert len(numbered) == 5


def _style(paragraph: object) -> str:
    """Return the name of a paragraph's style."""
    return str(paragraph.style.name)  # type: ignore[attr-defined]  # a paragraph of the library


def test_only_its_user_may_read_an_internal_document(tmp_path: Path) -> None:
    write_word(BUNDLES["small"], tmp_path / "a.docx", language="sv", internal=True)
    write_word(BUNDLES["small"], tmp_path / "b.docx", language="sv")

    assert (tmp_path / "a.docx").stat().st_mode & 0o077 == 0
    assert (tmp_path / "b.docx").read_bytes() == content("small", "sv")


def test_what_tells_how_a_person_is_reached_is_not_published(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError):
        write_word(private_bundle(), tmp_path / "a.docx", language="sv")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.e2e
@pytest.mark.skipif(OFFICE is None, reason="no soffice here: apt-get install libreoffice-writer")
def test_an_office_program_opens_it(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(content("hostile", "sv"))
    subprocess.run(
        [
            str(OFFICE),
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "a.docx"),
        ],
        capture_output=True,
        timeout=SECONDS,
        check=True,
    )
    opened = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    told = "".join(page.get_textpage().get_text_bounded() for page in opened)

    assert len(opened) > 5
    assert Texts("sv")("paper.decide") in told
    assert "{{7*7}}" in told
