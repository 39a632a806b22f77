"""Every report of a result, by format: what stands in a result's folder besides `result.json`."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.excel import write_workbook
from deliveryopt.reports.geojson import write_geojson
from deliveryopt.reports.geopackage import write_geopackage
from deliveryopt.reports.html import write_html
from deliveryopt.reports.pdf import write_pdf
from deliveryopt.reports.tables import write_tables
from deliveryopt.reports.texts import Texts
from deliveryopt.reports.word import write_word

FORMATS: Final = ("html", "pdf", "docx", "xlsx", "gpkg", "geojson", "csv")
"""Formats, in the order of writing; `csv` stands for tables and run sheets."""
_WRITERS: Final[dict[str, tuple[str, Callable[..., None]]]] = {
    "html": ("report", write_html),
    "pdf": ("report", write_pdf),
    "docx": ("report", write_word),
    "xlsx": ("result", write_workbook),
    "gpkg": ("result", write_geopackage),
}
"""Stem of the file and its writer."""


def write_reports(
    bundle: Bundle,
    folder: Path,
    language: Language,
    *,
    internal: bool = False,
    formats: Iterable[str] = FORMATS,
) -> list[Path]:
    """Write reports of a result into a folder.

    Parameters
    ----------
    bundle
        One solved scenario.
    folder
        Folder to write into.
    language
        `sv` or `en`.
    internal
        Whether exact counts, home orders and home-care stops are told; then each file says so,
        and so does its name.
    formats
        Which of `FORMATS` to write.

    Returns
    -------
    list[Path]
        The files written.

    Raises
    ------
    OutputError
        If a file cannot be written; none is left half-written.
    ScenarioError
        If the reports would be public and the scenario tells how a person is reached.
    """
    mark = Texts(language)("file.internal") if internal else ""
    chosen = set(formats)
    written: list[Path] = []
    for name, (stem, write) in _WRITERS.items():
        if name in chosen:
            path = folder / f"{stem}{mark}.{name}"
            write(bundle, path, language=language, internal=internal)
            written.append(path)
    if "geojson" in chosen:
        written += write_geojson(bundle, folder / "geojson", language=language, internal=internal)
    if "csv" in chosen:
        written += write_tables(bundle, folder, language=language, internal=internal)
    return written
