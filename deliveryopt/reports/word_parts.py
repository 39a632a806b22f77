"""Parts of a Word document that the library has no words for, as its own elements."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.shape import InlineShape
    from docx.table import Table
    from docx.text.paragraph import Paragraph

TABLE_STYLE: Final = "Report Table"
LOCALE: Final = {"sv": "sv-SE", "en": "en-GB"}
_MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_DECORATIVE: Final = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_STYLE: Final = f"""
<w:style xmlns:w="{_MAIN}" w:type="table" w:customStyle="1" w:styleId="ReportTable">
  <w:name w:val="{TABLE_STYLE}"/>
  <w:basedOn w:val="TableNormal"/>
  <w:uiPriority w:val="99"/>
  <w:pPr><w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/></w:pPr>
  <w:tblPr>
    <w:tblBorders>
      <w:bottom w:val="single" w:sz="4" w:space="0" w:color="C9D0D8"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="C9D0D8"/>
    </w:tblBorders>
    <w:tblCellMar>
      <w:left w:w="70" w:type="dxa"/>
      <w:right w:w="70" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:rPr><w:b/></w:rPr>
    <w:tcPr>
      <w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="17518F"/></w:tcBorders>
      <w:shd w:val="clear" w:color="auto" w:fill="EEF2F6"/>
    </w:tcPr>
  </w:tblStylePr>
  <w:tblStylePr w:type="lastRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>
</w:style>
"""
_LOOK: Final = """
<w:tblLook xmlns:w="{main}" w:val="0420" w:firstRow="1" w:lastRow="{last}" w:firstColumn="1"
  w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>
"""
_ORNAMENT: Final = f"""
<a:extLst xmlns:a="{_DRAWING}"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">
<adec:decorative xmlns:adec="{_DECORATIVE}" val="1"/></a:ext></a:extLst>
"""


def element(tag: str, /, **attributes: str) -> "BaseOxmlElement":
    """Return an element of the main vocabulary, for example `element("tblHeader")`."""
    from docx.oxml import OxmlElement  # noqa: PLC0415  only documents need it
    from docx.oxml.ns import qn  # noqa: PLC0415  only documents need it

    made = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def parsed(text: str) -> "BaseOxmlElement":
    """Return the element of a constant text of ours."""
    from docx.oxml import parse_xml  # noqa: PLC0415  only documents need it

    made: BaseOxmlElement = parse_xml(text.strip())
    return made


def add_table_style(document: "Document") -> None:
    """Add the style of tables: thin lines, and a head that is told apart."""
    document.styles.element.append(parsed(_STYLE))


def set_language(document: "Document", language: str) -> None:
    """Set the language of every text that names no other."""
    from docx.oxml.ns import qn  # noqa: PLC0415  only documents need it

    for told in document.styles.element.iter(qn("w:lang")):
        told.set(qn("w:val"), LOCALE[language])
    settings = document.settings.element
    for told in settings.iter(qn("w:themeFontLang")):
        told.set(qn("w:val"), LOCALE[language])


def mark_table(table: "Table", caption: str, *, has_total: bool) -> None:
    """Mark a table's heads, which are repeated on every page, and tell what the table is."""
    from docx.oxml.ns import qn  # noqa: PLC0415  only documents need it

    properties = table._tbl.tblPr  # noqa: SLF001  the library has no public way
    for told in properties.findall(qn("w:tblLook")):
        properties.remove(told)
    properties.append(parsed(_LOOK.format(main=_MAIN, last=int(has_total))))
    properties.append(element("tblCaption", val=caption))
    for number, row in enumerate(table.rows):
        of_row = row._tr.get_or_add_trPr()  # noqa: SLF001  the library has no public way
        of_row.append(element("cantSplit"))
        if number == 0:
            of_row.append(element("tblHeader"))


def tell_picture(shape: "InlineShape", text: str) -> None:
    """Give a picture words for those who do not see it; without words it is an ornament."""
    told = shape._inline.docPr  # noqa: SLF001  the library has no public way
    told.set("descr", text)
    if not text:
        told.append(parsed(_ORNAMENT))


def add_field(paragraph: "Paragraph", instruction: str, shown: str) -> None:
    """Add a field that the reader's program works out, such as a page's number."""
    begin_field(paragraph, instruction)
    paragraph.add_run(shown)
    end_field(paragraph)


def begin_field(paragraph: "Paragraph", instruction: str) -> None:
    """Begin a field whose shown text may go on over several paragraphs."""
    paragraph.add_run()._r.append(element("fldChar", fldCharType="begin"))  # noqa: SLF001  no public way
    words = element("instrText")
    words.text = f" {instruction} "
    paragraph.add_run()._r.append(words)  # noqa: SLF001  no public way
    paragraph.add_run()._r.append(element("fldChar", fldCharType="separate"))  # noqa: SLF001  no public way


def end_field(paragraph: "Paragraph") -> None:
    """End the field that was begun last."""
    paragraph.add_run()._r.append(element("fldChar", fldCharType="end"))  # noqa: SLF001  no public way


def add_bookmark(paragraph: "Paragraph", name: str, number: int) -> None:
    """Make a paragraph a place that a link in the document leads to."""
    whole = paragraph._p  # noqa: SLF001  the library has no public way
    start = element("bookmarkStart", id=str(number), name=name)
    whole.insert(1 if whole.pPr is not None else 0, start)
    whole.append(element("bookmarkEnd", id=str(number)))


def add_inner_link(paragraph: "Paragraph", text: str, bookmark: str) -> None:
    """Add a link to a bookmark of the same document."""
    link = element("hyperlink", anchor=bookmark, history="1")
    run = paragraph.add_run(text)._r  # noqa: SLF001  the library has no public way
    link.append(run)
    paragraph._p.append(link)  # noqa: SLF001  the library has no public way
