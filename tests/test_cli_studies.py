"""Commands about results: reports again, reasons, comparison and studies."""

import json
import shutil
from pathlib import Path

import pytest

from deliveryopt.reports.all_files import FORMATS
from tests.command import SCENARIOS
from tests.conftest import Command

TINY = SCENARIOS / "tiny"
QUIET = ("--progress", "none")


@pytest.fixture(scope="module")
def left_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the tiny scenario with a goal that leaves villages out."""
    folder = tmp_path_factory.mktemp("left") / "tiny"
    shutil.copytree(TINY, folder)
    path = folder / "scenario.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("coverage_share: 0.95", "coverage_share: 0.0"), encoding="utf-8")
    return folder


def test_a_solve_leaves_every_kind_of_report(solved_tiny: Path) -> None:
    names = {path.name for path in solved_tiny.iterdir()}

    assert {
        "report.html",
        "report.pdf",
        "report.docx",
        "result.xlsx",
        "result.gpkg",
        "result.json",
        "geojson",
        "scenario",
    } <= names


def test_reports_are_written_again_in_the_formats_and_language_asked_for(
    solved_tiny: Path, tmp_path: Path, command: Command
) -> None:
    ended = command(
        "report", solved_tiny, "--format", "html,xlsx", "--lang", "en", "--out", tmp_path / "a"
    )

    assert (ended.code, ended.err) == (0, "")
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == [
        "report.html",
        "result.xlsx",
    ]
    assert '<html lang="en"' in (tmp_path / "a" / "report.html").read_text(encoding="utf-8")


def test_an_internal_report_says_so_in_its_name_and_on_its_page(
    solved_tiny: Path, tmp_path: Path, command: Command
) -> None:
    ended = command("report", solved_tiny, "--internal", "--format", "html", "--out", tmp_path)

    assert ended.code == 0
    text = (tmp_path / "report_intern.html").read_text(encoding="utf-8")
    assert "Internt" in text


def test_an_unknown_format_is_refused_with_those_there_are(
    solved_tiny: Path, command: Command
) -> None:
    ended = command("report", solved_tiny, "--format", "html,xls")

    assert (ended.code, ended.out) == (2, "")
    assert all(name in ended.err for name in ("'xls'", *FORMATS, "DO-U006"))


def test_every_village_left_out_is_explained_with_its_cost(
    left_out: Path, tmp_path: Path, command: Command
) -> None:
    assert command("solve", left_out, "--out", tmp_path / "a", *QUIET).code == 0

    told = command("explain", tmp_path / "a", "--lang", "en")
    as_json = command("explain", tmp_path / "a", "--json")

    assert told.code == as_json.code == 0
    found = json.loads(as_json.out)
    assert [one["id"] for one in found] == ["bortby", "mellanby"]
    assert all(one["change"]["is_least"] for one in found)
    assert [one["change"]["kinds"] for one in found] == [["fewer_days"], ["accept_cost"]]
    assert all(one["all_tried"] for one in found)
    assert told.out.count("Pay for delivery") == 1
    assert told.out.count("ne delivery day less a week") == 1
    page = (tmp_path / "a" / "report.html").read_text(encoding="utf-8")
    assert page.count("Betala f\u00f6r leverans") == 1


def test_a_village_that_is_reached_and_a_name_of_nothing_are_told_apart(
    solved_tiny: Path, command: Command
) -> None:
    reached = command("explain", solved_tiny, "storby", "--lang", "en")
    nothing = command("explain", solved_tiny, "nowhere")

    assert (reached.code, reached.out) == (0, "Reached already: storby.\n")
    assert nothing.code == 2
    assert "DO-R008" in nothing.err


def test_two_results_are_compared_into_a_folder(
    solved_tiny: Path, left_out: Path, tmp_path: Path, command: Command
) -> None:
    assert command("solve", left_out, "--out", tmp_path / "a", *QUIET).code == 0

    ended = command("compare", solved_tiny, tmp_path / "a", "--out", tmp_path / "b")

    assert ended.code == 0, ended.err
    assert ended.out.splitlines()
    assert all(Path(line).is_file() for line in ended.out.splitlines())
    again = command("compare", solved_tiny, tmp_path / "a", "--out", tmp_path / "b")
    assert again.code == 4


@pytest.mark.parametrize("name", ["sensitivity", "fragility"])
def test_studies_of_a_result_are_written_into_a_folder(
    name: str, solved_tiny: Path, tmp_path: Path, command: Command
) -> None:
    ended = command(name, solved_tiny, "--out", tmp_path / "a", "--time-limit", "60", *QUIET)

    assert ended.code == 0, ended.err
    assert {Path(line).suffix for line in ended.out.splitlines()} >= {".html", ".csv", ".json"}


def test_a_frontier_is_written_with_a_result_for_each_point(
    tmp_path: Path, command: Command
) -> None:
    ended = command("frontier", TINY, "--points", "3", "--out", tmp_path / "a", *QUIET)

    assert ended.code == 0, ended.err
    points = sorted((tmp_path / "a" / "points").iterdir())
    assert len(points) >= 2
    for point in points:
        assert command("verify", point / "scenario", point).code == 0
    told = json.loads((tmp_path / "a" / "frontier.json").read_text(encoding="utf-8"))
    assert told


def test_a_curve_without_any_plan_is_refused(tmp_path: Path, command: Command) -> None:
    folder = tmp_path / "tiny"
    shutil.copytree(TINY, folder)
    path = folder / "scenario.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("reach_km: 2.0", "reach_km: 0.5"), encoding="utf-8")
    villages = folder / "villages.csv"
    lines = villages.read_text(encoding="utf-8").splitlines()
    pinned = [f"{lines[0]},must_serve", *(f"{line},yes" for line in lines[1:])]
    villages.write_text("\n".join(pinned) + "\n", encoding="utf-8")

    ended = command("frontier", folder, "--points", "3", "--out", tmp_path / "a", *QUIET)

    assert (ended.code, ended.out) == (3, "")
    assert "DO-P007" in ended.err
    assert not (tmp_path / "a").exists()
