"""Cost against coverage as page, drawing, table and files."""

import json
import re
import threading
from dataclasses import replace
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from deliveryopt.plan.verify import verify_result
from deliveryopt.reports.blocks import Bullets, Page, Paragraphs, Picture, Table
from deliveryopt.reports.bundle_frontier import Frontier, FrontierPoint
from deliveryopt.reports.formats import HARD_SPACE
from deliveryopt.reports.frontier_chart import frontier_drawing
from deliveryopt.reports.frontier_files import bundles_of, write_frontier
from deliveryopt.reports.html import page_html
from deliveryopt.reports.page_frontier import frontier_csv, frontier_dict, frontier_page
from deliveryopt.reports.result_file import read_result
from deliveryopt.reports.texts import LANGUAGES, Texts
from deliveryopt.scenario.load import load_scenario, scenario_hash
from deliveryopt.studies.frontier import FrontierOptions, trace_frontier
from tests.plan.small_world import changed
from tests.reports.bundles import HOSTILE, homes_bundle

NONE = Texts("en")("word.none")
SCENARIOS = Path(__file__).parents[2] / "scenarios"


@cache
def _traced() -> Frontier:
    """Return the frontier of the three invented villages: three plans, eight points."""
    options = FrontierOptions(seconds=20.0, deterministic=True, processes=1)
    return trace_frontier(load_scenario(SCENARIOS / "tiny"), options, stop=threading.Event())


def _with_gaps() -> Frontier:
    """Return it as if one plan were not proven, one share not found and one impossible."""
    frontier = _traced()
    first, second, *rest = frontier.points
    assert second.bundle is not None
    proof = replace(second.bundle.proof, status="FEASIBLE", bound_ore_per_week=20_600, gap=0.1953)
    unproven = replace(
        second,
        status="FEASIBLE",
        bundle=replace(second.bundle, proof=proof),
        bound_ore_per_week=20_600,
        bound_above_today_sek_per_year=3952.0,
    )
    nothing = replace(
        rest[-2], status="UNKNOWN", why="not found in time", bundle=None, same_plan_as=None
    )
    impossible = replace(
        rest[-1], status="INFEASIBLE", why="proven impossible", bundle=None, same_plan_as=None
    )
    points = (first, unproven, *rest[:-2], nothing, impossible)
    return replace(frontier, points=points, interrupted=True)


def _texts(page: Page) -> str:
    """Return the paragraphs and lists of a page."""
    return " ".join(
        text.replace(HARD_SPACE, " ")
        for section in page.sections
        for block in section.blocks
        if isinstance(block, Paragraphs | Bullets)
        for text in block.texts
    )


def _table(page: Page) -> list[list[str]]:
    """Return the cells of the table of points."""
    table = next(
        block for section in page.sections for block in section.blocks if isinstance(block, Table)
    )
    return [[cell.text.replace(HARD_SPACE, " ") for cell in row] for row in table.rows]


def test_the_curve_is_told_in_words_a_council_can_read() -> None:
    told = _texts(frontier_page(_traced(), "sv"))

    assert "I dag täcks 50 % av invånarna." in told
    assert "Den billigaste planen täcker 50 % och kostar lika mycket som i dag om året." in told
    assert "Den som täcker mest täcker 100 % och kostar 18 429 kr mer än i dag om året." in told
    assert "Brytpunkten är nummer 2: den täcker 80 % och kostar 6 552 kr mer än i dag" in told
    assert "kostar varje ytterligare invånare i snitt 55 kr om året, därefter i snitt 148" in told
    assert "längst under den räta linjen mellan den första och den sista planen" in told


def test_every_point_has_a_row_also_those_with_the_same_plan() -> None:
    rows = _table(frontier_page(_traced(), "en"))

    assert len(rows) == 8
    assert rows[0][:7] == ["1", "no share", "50%", "200", "0", NONE, "0"]
    assert rows[1][:6] == ["2 (turning point)", "57.2%", "80%", "320", "+6,552", "55"]
    assert rows[1][-1] == "no plan that covers as many costs less"
    assert rows[2][-1].startswith("the same plan as number 2; no plan that covers")


def test_what_was_not_found_or_proven_is_told_and_not_dropped() -> None:
    page = frontier_page(_with_gaps(), "en")
    rows, told = _table(page), _texts(page)

    assert "can cost at most SEK 2,600 less a year (19.53% of the cost)" in rows[1][-1]
    assert rows[-2][2:8] == [NONE] * 6
    assert rows[-2][-1].startswith("if there is a plan, the least that it can cost is SEK")
    assert rows[-1][-1] == "no plan covers as many"
    assert "Number 7, at least 93%: no plan was found in the time given" in told
    assert "Number 8, at least 100%: it is proven that no plan covers as many." in told
    assert "The search was stopped" in told
    assert "Open circle" in told


def test_how_far_coverage_can_go_is_told_as_far_as_it_is_proven() -> None:
    frontier = replace(_traced(), greatest_share=0.8)

    def told(bound: float | None) -> str:
        return _texts(frontier_page(replace(frontier, greatest_bound_share=bound), "en"))

    assert "No plan covers more than 80%; this is proven." in told(0.8)
    assert "No plan covers more than 90%; this is proven. No plan that covers as much" in told(0.9)
    assert "Whether any plan covers more than 80% is not proven." in told(None)
    assert "Whether any plan covers more than 80% is not proven." in told(1.0)


def test_a_frontier_without_any_plan_can_be_told() -> None:
    first = replace(
        _traced().points[0], status="UNKNOWN", why="stopped", bundle=None, bound_ore_per_week=None
    )
    first = replace(first, bound_above_today_sek_per_year=None)
    frontier = replace(_traced(), points=(first,), knee=None, greatest_share=None)
    page = frontier_page(frontier, "sv")

    assert "Ingen plan hittades." in _texts(page)
    assert _table(page)[0][-1] == "ingenting"
    assert "sökningen avbröts" in _texts(page)
    assert page_html(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_drawing_shows_every_plan_without_colour_and_says_so_in_words(language: str) -> None:
    say = Texts("sv" if language == "sv" else "en")
    drawn = ET.fromstring(str(frontier_drawing(_with_gaps(), say)))  # noqa: S314  ours
    circles = [one for one in drawn.iter("circle") if one.get("r") == "5"]
    texts = {one.text for one in drawn.iter("text")}

    assert [one.get("class") for one in circles] == ["dot-a", None, "dot-a"]
    assert sum(one.get("r") == "9.5" for one in drawn.iter("circle")) == 1
    assert len(list(drawn.iter("path"))) == 1
    assert {"1", "2", "6", "?", say("frontier.mark_today"), say("frontier.mark_knee")} <= texts
    assert drawn.find("title") is not None
    assert "3" in (drawn.findtext("desc") or "")
    assert "style" not in str(frontier_drawing(_with_gaps(), say))


def test_the_page_asks_for_nothing_from_outside_and_holds_the_drawing() -> None:
    page = frontier_page(_traced(), "sv")
    html = page_html(page)

    assert any(isinstance(b, Picture) for section in page.sections for b in section.blocks)
    assert not re.search(r"""(?:src|href)=["'](?!#)""", html)
    assert "<script" not in html


def test_a_hostile_title_stays_text() -> None:
    frontier = _traced()
    for text in HOSTILE:
        named = replace(frontier, scenario=changed(frontier.scenario, title=text))
        html = page_html(frontier_page(named, "sv"))

        assert "<script>alert" not in html
        assert "<img" not in html


def test_the_table_and_the_json_hold_what_the_page_tells() -> None:
    frontier = _with_gaps()
    lines = frontier_csv(frontier, "sv").splitlines()
    told = json.loads(json.dumps(frontier_dict(frontier), allow_nan=False))

    assert len(lines) == 9
    assert lines[2] == "2;0,572;billigare kan finnas;0,8;320;6552;3952;55;1;1;2;;ja"
    assert lines[7].startswith("7;0,93;ingen plan hittades;;;;")
    assert [point["why"] for point in told["points"][-2:]] == [
        "not found in time",
        "proven impossible",
    ]
    assert told["knee"]["number"] == 2
    assert told["goal_replaced"]["coverage_share"] == 0.95


def test_each_plan_is_written_as_a_result_that_verify_accepts(tmp_path: Path) -> None:
    frontier = _traced()
    written = write_frontier(frontier, tmp_path, "en")
    names = [path.relative_to(tmp_path).as_posix() for path in written]

    assert names[:4] == ["frontier.html", "frontier.svg", "frontier.json", "frontier.csv"]
    assert names[4:] == [f"points/{number:02d}/result.json" for number in range(1, 9)]
    for number, bundle in bundles_of(frontier).items():
        result = read_result(tmp_path / "points" / f"{number:02d}")
        sha256 = scenario_hash(bundle.scenario)
        assert verify_result(bundle.scenario, result, sha256=sha256).violations == ()


def test_results_of_an_earlier_search_do_not_stay(tmp_path: Path) -> None:
    write_frontier(_traced(), tmp_path, "sv")
    other = tmp_path / "points" / "notes.txt"
    other.write_text("mine", encoding="utf-8")
    write_frontier(_with_gaps(), tmp_path, "sv")

    assert not (tmp_path / "points" / "08" / "result.json").exists()
    assert (tmp_path / "points" / "01" / "result.json").exists()
    assert other.exists()


def _with_homes() -> Frontier:
    """Return a frontier whose one plan delivers home orders."""
    bundle = homes_bundle()
    point = FrontierPoint(
        number=1,
        asked_share=0.0,
        status="OPTIMAL",
        bundle=bundle,
        bound_ore_per_week=bundle.proof.bound_ore_per_week,
        bound_above_today_sek_per_year=bundle.comparison.cost_above_today_sek_per_year,
    )
    return replace(
        _traced(), scenario=bundle.scenario, today=bundle.today, points=(point,), knee=None
    )


def test_plans_with_home_orders_are_only_written_when_asked_for(tmp_path: Path) -> None:
    frontier = _with_homes()
    public = write_frontier(frontier, tmp_path / "public", "sv")
    internal = write_frontier(frontier, tmp_path / "internal", "sv", internal=True)

    assert not any(path.name == "result.json" for path in public)
    assert internal[-1].name == "result.json"
    assert internal[-1].stat().st_mode & 0o077 == 0


def test_amounts_are_told_in_whole_kronor(tmp_path: Path) -> None:
    """Öre would tell more of single home orders than may be told."""
    told = frontier_dict(_with_homes())["points"]

    assert isinstance(told, list)
    assert isinstance(told[0]["sek_per_year_above_today"], int)
    assert write_frontier(_with_homes(), tmp_path, "en")
