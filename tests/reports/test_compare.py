"""Several plans beside a baseline: what differs, and nothing that may not be told."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from deliveryopt.plan.metrics import measure
from deliveryopt.plan.today import todays_plan
from deliveryopt.reports.blocks import Page, Paragraphs, Picture, Table
from deliveryopt.reports.bundle import Bundle
from deliveryopt.reports.compare_data import (
    all_rows,
    compare_csv,
    compare_dict,
    compare_villages_csv,
)
from deliveryopt.reports.compare_files import write_comparison
from deliveryopt.reports.compare_rows import (
    CompareRow,
    figure_rows,
    item_rows,
    may_be_alike,
    payer_amounts,
    run_changes,
    site_changes,
    total_rows,
    village_changes,
)
from deliveryopt.reports.formats import HARD_SPACE
from deliveryopt.reports.home_amounts import cost_rows, payer_rows
from deliveryopt.reports.home_counts import home_counts
from deliveryopt.reports.html import page_html
from deliveryopt.reports.page_compare import compare_page
from deliveryopt.reports.texts import Texts
from deliveryopt.scenario.schema import Scenario
from tests.plan.small_world import changed, small_plan, small_scenario
from tests.plan.small_world_vans import van_plan, van_scenario
from tests.reports.bundles import (
    bundle_of,
    homes_bundle,
    hostile_bundle,
    many_homes_bundle,
    only_vans_bundle,
    small_bundle,
    todays_bundle,
)
from tests.strategies import replaced

NONE = Texts("en")("word.none")


def _texts(page: Page, section: str = "") -> str:
    """Return the paragraphs of a page, or of one section."""
    return " ".join(
        text.replace(HARD_SPACE, " ")
        for one in page.sections
        if section in {"", one.name}
        for block in one.blocks
        if isinstance(block, Paragraphs)
        for text in block.texts
    )


def _tables(page: Page, section: str) -> list[Table]:
    """Return the tables of one section."""
    return [
        block
        for one in page.sections
        if one.name == section
        for block in one.blocks
        if isinstance(block, Table)
    ]


def _cells(table: Table) -> list[list[str]]:
    """Return the texts of a table."""
    return [[cell.text.replace(HARD_SPACE, " ") for cell in row] for row in table.rows]


def _other_prices() -> Scenario:
    """Return the small world with a dearer box and a new village table."""
    scenario = small_scenario()
    box = replaced(scenario.box_types[0], sek_per_year=9_999.0)
    first = replaced(scenario.villages[0], inhabitants=scenario.villages[0].inhabitants + 40)
    return replaced(
        scenario,
        box_types=(box, *scenario.box_types[1:]),
        villages=(first, *scenario.villages[1:]),
    )


def test_the_baseline_stands_on_the_left_and_each_figure_has_its_difference() -> None:
    today, plan = todays_bundle(), small_bundle()
    table = _tables(compare_page(today, [plan], "en"), "figures")[0]
    rows = {row[0]: row[1:] for row in _cells(table)}

    assert [cell.text for cell in table.heads] == [
        "Figure",
        "Baseline",
        "Plan 2",
        "Plan 2: difference",
        "Plan 2: difference, share",
    ]
    assert rows["Boxes"] == ["0", str(plan.metrics.boxes), f"+{plan.metrics.boxes}", NONE]
    before, after = today.metrics.covered_inhabitants, plan.metrics.covered_inhabitants
    covered = rows["Residents within reach"]
    assert covered[:3] == [f"{before:,}", f"{after:,}", f"+{after - before:,}"]
    assert rows["Share of residents within reach"][2].endswith("percentage points")


@pytest.mark.parametrize(
    ("row", "change", "share"),
    [
        (CompareRow("boxes", "count", 0, 4, (5,)), 1, 0.25),
        (CompareRow("boxes", "count", 0, 0, (5,)), 5, None),
        (CompareRow("boxes", "count", 0, None, (5,)), None, None),
        (CompareRow("lead", "days", 1, 1.5, (None,)), None, None),
        (CompareRow("coverage_share", "share", 1, 0.5, (0.75,)), 0.25, None),
        (CompareRow("above", "sek_per_year", 0, -100, (50,)), 150, None),
        (CompareRow("week", "sek_per_week", 0, -100, (50,)), 150, 1.5),
    ],
)
def test_a_difference_is_told_where_both_figures_are(
    row: CompareRow, change: float | None, share: float | None
) -> None:
    assert (row.change(0), row.change_share(0)) == (change, share)


def test_a_plan_compared_with_itself_differs_in_nothing() -> None:
    bundle = homes_bundle()
    page = compare_page(bundle, [bundle], "sv")

    assert all(not row.change(0) for row in all_rows(bundle, [bundle]))
    assert village_changes(bundle, bundle).rows == ()
    assert site_changes(bundle, bundle) == []
    assert run_changes(bundle, bundle) == ((), ())
    told = _texts(page)
    assert "Plan 2 kostar lika mycket som utgångsplanen" in told
    assert "på samma underlag och med samma mål" in told
    assert "alla byar hämtar som i utgångsplanen" in told
    assert [section.name for section in page.sections].count("differences") == 0


def test_costs_of_items_and_payers_add_up_to_those_of_each_plan() -> None:
    plans = (homes_bundle(), only_vans_bundle(), many_homes_bundle())
    for rows, table in (
        (item_rows(plans[0], plans[1:]), "cost_by_item"),
        (payer_amounts(plans[0], plans[1:]), "cost_by_payer"),
    ):
        told = {name for row in rows for name in row.key.split("+")} - {"nobody"}
        for place, plan in enumerate(plans):
            values = [row.baseline if not place else row.others[place - 1] for row in rows]
            amounts = getattr(plan.metrics, table)
            ore = sum(getattr(amounts, f"{name}_ore") for name in told)
            if any("nobody" in row.key for row in rows):
                ore += plan.metrics.cost_by_item.unserved_orders_ore

            assert sum(value or 0 for value in values) == pytest.approx(ore / 100, abs=len(rows))


def test_what_one_report_tells_together_is_together_in_the_comparison() -> None:
    plans = (homes_bundle(), only_vans_bundle(), many_homes_bundle(by_run=2, as_today=3))
    for rows, blocks_of in (
        (item_rows(plans[0], plans[1:]), cost_rows),
        (payer_amounts(plans[0], plans[1:]), payer_rows),
    ):
        compared = [set(row.key.split("+")) for row in rows]
        for plan in plans:
            for block in blocks_of(plan, home_counts(plan)):
                names = set(block.names)
                assert all(names <= one or not names & one for one in compared)


def test_no_count_of_home_orders_is_compared() -> None:
    plans = (homes_bundle(), many_homes_bundle())
    page = compare_page(plans[0], plans[1:], "en")
    keys = {row.key for row in figure_rows(plans[0], plans[1:])}
    told = json.dumps(compare_dict(plans[0], plans[1:]))

    assert not any("order" in key or "home" in key for key in keys)
    assert "Numbers of home orders are not compared" in _texts(page)
    for order in plans[1].scenario.homes:
        assert order.id not in told
        assert order.id not in page_html(page)


def test_home_orders_that_differ_are_not_named() -> None:
    scenario = van_scenario()
    fewer = bundle_of(replaced(scenario, homes=scenario.homes[:-1]), van_plan())
    page = compare_page(homes_bundle(), [fewer], "en")
    removed = scenario.homes[-1].id

    assert "Home orders differ too; which is not shown." in _texts(page)
    assert "home orders" in _texts(page, "brief")
    assert removed not in page_html(page)
    assert removed not in json.dumps(compare_dict(homes_bundle(), [fewer]))


def test_villages_that_gain_come_first_with_where_they_collect() -> None:
    today, plan = todays_bundle(), small_bundle()
    found = village_changes(today, plan)
    table = _tables(compare_page(today, [plan], "sv"), "places")[0]
    gained = {row.village for row in plan.metrics.village_rows if row.covered} - {
        row.village for row in today.metrics.village_rows if row.covered
    }

    assert {one.village for one in found.rows if one.fate == "gained"} == gained
    assert [one.fate for one in found.rows] == sorted(
        (one.fate for one in found.rows), key=["gained", "lost", "moved"].index
    )
    back = village_changes(plan, today).rows
    assert {one.village for one in back if one.fate == "lost"} == gained
    assert _cells(table)[0][1] == "täcks här, inte i utgångsplanen"
    assert _cells(table)[0][-2:] == ["nej", "ja"]


def _with_small_village() -> tuple[Bundle, Bundle]:
    """Return today and the plan, where the village that gains has three inhabitants."""
    today, plan = todays_bundle(), small_bundle()
    gained = next(one.village for one in village_changes(today, plan).rows if one.fate == "gained")
    scenario = small_scenario()
    villages = tuple(
        replaced(village, inhabitants=3, inhabitants_65=None) if village.id == gained else village
        for village in scenario.villages
    )
    small = replaced(scenario, villages=villages)
    return bundle_of(small, todays_plan(small)), bundle_of(small, small_plan())


def test_a_village_of_few_is_not_named_and_its_size_cannot_be_found() -> None:
    today, plan = _with_small_village()
    found = village_changes(today, plan)
    few = next(village.id for village in plan.scenario.villages if village.inhabitants == 3)
    keys = {row.key: row for row in figure_rows(today, [plan])}

    assert found.some_are_hidden
    assert few not in {one.village for one in found.rows}
    assert "covered_inhabitants" not in keys
    assert keys["coverage_share"].decimals == 0
    assert "färre än 5 invånare visas inte" in _texts(compare_page(today, [plan], "sv"))
    assert few not in compare_villages_csv(today, [plan], "sv")


def test_sites_and_runs_that_only_one_plan_uses_are_named() -> None:
    today, plan = todays_bundle(), small_bundle()
    opened = {row.pickup_point for row in plan.metrics.pickup_point_rows if row.boxes}
    used = {row.run for row in plan.metrics.run_rows}

    assert {one.site for one in site_changes(today, plan)} == opened
    assert run_changes(today, plan) == ((), tuple(sorted(used)))
    assert run_changes(plan, today) == (tuple(sorted(used)), ())
    assert "runs that only it uses" in _texts(compare_page(today, [plan], "en"), "runs")


def test_other_input_is_said_first_and_listed() -> None:
    other = bundle_of(_other_prices(), small_plan())
    page = compare_page(small_bundle(), [other], "en")
    fields, tables = _tables(page, "differences")
    box = other.scenario.box_types[0].id

    assert "What differs: prices and villages." in _texts(page, "brief")
    assert _cells(fields)[0][0] == f"box_types.{box}.sek_per_year"
    assert _cells(fields)[0][-1] == "9,999"
    assert _cells(tables) == [
        ["Villages", NONE, NONE, other.scenario.villages[0].id, "inhabitants"]
    ]


def test_another_goal_alone_is_no_other_input() -> None:
    scenario = small_scenario()
    goal = replaced(scenario.goal, coverage_share=0.5)
    other = bundle_of(replaced(scenario, goal=goal), small_plan())

    told = _texts(compare_page(small_bundle(), [other], "en"), "brief")
    assert "on the same input as the baseline but with another goal" in told


def test_two_plans_are_told_apart_only_where_the_proof_does() -> None:
    today, plan = todays_bundle(), small_bundle()
    dear, cheap = sorted((today, plan), key=lambda one: -one.proof.cost_ore_per_week)
    cost_ore = cheap.proof.cost_ore_per_week

    def unproven(bound_ore: int | None) -> Bundle:
        changes = {"status": "FEASIBLE", "bound_ore_per_week": bound_ore}
        return replace(dear, proof=replace(dear.proof, **changes))  # type: ignore[arg-type]  # real fields

    assert not may_be_alike(dear, cheap)
    assert not may_be_alike(cheap, unproven(cost_ore + 1))
    assert may_be_alike(cheap, unproven(cost_ore))
    assert may_be_alike(unproven(None), cheap)
    assert not may_be_alike(unproven(None), unproven(None))
    assert "inte säkert" in _texts(compare_page(cheap, [unproven(None)], "sv"), "brief")


def test_the_cost_above_today_is_that_of_each_report() -> None:
    today, plan = todays_bundle(), small_bundle()
    week, year = total_rows(today, [plan])

    assert week.change(0) == round(plan.metrics.cost_ore_per_week / 100) - round(
        measure(today.scenario, today.plan).cost_ore_per_week / 100
    )
    assert year.baseline == 0
    assert year.others == (round(plan.comparison.cost_above_today_sek_per_year),)


def test_several_plans_stand_side_by_side_with_a_drawing_each() -> None:
    plans = (todays_bundle(), small_bundle(), bundle_of(_other_prices(), small_plan()))
    page = compare_page(plans[0], plans[1:], "sv")
    pictures = [b for section in page.sections for b in section.blocks if isinstance(b, Picture)]

    assert page.title.endswith("3 planer jämförda")
    assert len(pictures) == 2
    assert "Byar som täcks här men inte i utgångsplanen" in str(pictures[0].svg)
    assert len(_tables(page, "figures")[0].heads) == 8


def test_hostile_names_stay_text() -> None:
    other = hostile_bundle()
    html = page_html(compare_page(small_bundle(), [other], "sv"))
    csv = compare_villages_csv(todays_bundle(), [other], "sv")

    assert "<script>alert" not in html
    assert "<img" not in html
    assert "<script" not in html
    assert not re.search(r"""(?:src|href)=["'](?!#)""", html)
    assert not any(
        cell.startswith(("=", "@")) for line in csv.splitlines() for cell in line.split(";")
    )


def test_the_files_are_written_and_the_tables_agree_with_the_page(tmp_path: Path) -> None:
    today, plan = todays_bundle(), small_bundle()
    paths = write_comparison(today, [plan], tmp_path, "en")
    told = json.loads(paths[1].read_text(encoding="utf-8"))
    lines = compare_csv(today, [plan], "en").splitlines()

    assert [path.name for path in paths] == [
        "compare.html",
        "compare.json",
        "compare.csv",
        "compare_villages.csv",
    ]
    assert all(path.stat().st_size for path in paths)
    assert len(lines) == 1 + len(told["figures"])
    assert lines[5] == f"Boxes,count,0,{plan.metrics.boxes},{plan.metrics.boxes},"
    assert told["plans"][0]["runs"]["only_baseline"] == []
    assert told["plans"][0]["input"] == {"fields": [], "tables": [], "homes_differ": False}


def test_a_world_with_other_places_can_be_compared() -> None:
    scenario = small_scenario()
    moved = changed(
        scenario,
        villages=tuple(
            village.model_dump() | {"id": f"{village.id}_2"} for village in scenario.villages
        ),
        given_demand=(),
    )
    other = bundle_of(moved, todays_plan(moved))
    page = compare_page(small_bundle(), [other], "en")

    assert village_changes(small_bundle(), other).rows == ()
    assert "villages" in _texts(page, "brief")
    assert page_html(page)
