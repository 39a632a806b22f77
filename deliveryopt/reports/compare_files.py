"""The files of a comparison of plans."""

import json
from collections.abc import Sequence
from pathlib import Path

from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.compare_data import compare_csv, compare_dict, compare_villages_csv
from deliveryopt.reports.files import write_text
from deliveryopt.reports.html import page_html
from deliveryopt.reports.page_compare import compare_page


def write_comparison(
    baseline: Bundle, others: Sequence[Bundle], folder: Path, language: Language
) -> list[Path]:
    """Write a comparison of plans with a baseline into a folder; it is fit for publication.

    Parameters
    ----------
    baseline
        The plan that all others are held against.
    others
        One plan or several.
    folder
        Folder to write into.
    language
        `sv` or `en`.

    Returns
    -------
    list[Path]
        `compare.html`, `compare.json`, `compare.csv` and `compare_villages.csv`.

    Raises
    ------
    OutputError
        If a file cannot be written; none is left half-written.
    """
    told = compare_dict(baseline, others)
    text = json.dumps(told, sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False)
    paths = [folder / f"compare{end}" for end in (".html", ".json", ".csv", "_villages.csv")]
    write_text(paths[0], page_html(compare_page(baseline, others, language)))
    write_text(paths[1], text + "\n")
    write_text(paths[2], compare_csv(baseline, others, language), encoding="utf-8-sig")
    villages = compare_villages_csv(baseline, others, language)
    write_text(paths[3], villages, encoding="utf-8-sig")
    return paths
