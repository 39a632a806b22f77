"""The files of cost against coverage: page, drawing, table, and each plan as a result."""

import json
import re
from pathlib import Path
from typing import Final

from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.bundle_frontier import Frontier
from deliveryopt.reports.chart_picture import standalone
from deliveryopt.reports.files import remove_file, write_text
from deliveryopt.reports.frontier_chart import frontier_drawing
from deliveryopt.reports.html import page_html
from deliveryopt.reports.page_frontier import frontier_csv, frontier_dict, frontier_page
from deliveryopt.reports.result_json import write_result
from deliveryopt.reports.texts import Texts

POINTS: Final = "points"
_NUMBER: Final = re.compile(r"[0-9]{2}")


def bundles_of(frontier: Frontier) -> dict[int, Bundle]:
    """Return the bundle of each point that has a plan, by the point's number.

    Points with the same plan have bundles of their own: each asks for another coverage.
    """
    return {point.number: point.bundle for point in frontier.points if point.bundle is not None}


def write_frontier(
    frontier: Frontier, folder: Path, language: Language, *, internal: bool = False
) -> list[Path]:
    """Write cost against coverage into a folder.

    Parameters
    ----------
    frontier
        The points.
    folder
        Folder to write into; results of points that an earlier search left there are removed.
    language
        `sv` or `en`.
    internal
        Whether to write each point's plan also where it tells of home orders; such files are for
        the user who writes them only. All other files are fit for publication.

    Returns
    -------
    list[Path]
        `frontier.html`, `frontier.svg`, `frontier.csv`, `frontier.json`, and for each point with a
        plan `points/NN/result.json`.

    Raises
    ------
    OutputError
        If a file cannot be written; none is left half-written.
    """
    texts = {
        "frontier.html": page_html(frontier_page(frontier, language)),
        "frontier.svg": standalone(frontier_drawing(frontier, Texts(language))) + "\n",
        "frontier.json": _json(frontier),
    }
    paths = []
    for name, text in texts.items():
        paths.append(folder / name)
        write_text(paths[-1], text)
    paths.append(folder / "frontier.csv")
    write_text(paths[-1], frontier_csv(frontier, language), encoding="utf-8-sig")
    if internal or not frontier.scenario.homes:
        for number, bundle in bundles_of(frontier).items():
            paths.append(folder / POINTS / f"{number:02d}" / "result.json")
            write_result(bundle, paths[-1])
    _remove_stale(folder / POINTS, set(paths))
    return paths


def _json(frontier: Frontier) -> str:
    """Return the frontier as JSON text."""
    told = frontier_dict(frontier)
    text = json.dumps(told, sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False)
    return text + "\n"


def _remove_stale(folder: Path, written: set[Path]) -> None:
    """Remove the results of points that an earlier search left."""
    if not folder.is_dir():
        return
    for of_point in sorted(folder.iterdir()):
        path = of_point / "result.json"
        if _NUMBER.fullmatch(of_point.name) and path not in written:
            remove_file(path)
