"""The sheets of the workbook about money and other ways, by the same rules as the report."""

from typing import Final

from deliveryopt.reports.bundle import Way
from deliveryopt.reports.home_amounts import cost_rows, payer_rows
from deliveryopt.reports.home_counts import home_counts
from deliveryopt.reports.page_cost import item_label, payer_label
from deliveryopt.reports.sentences import Teller
from deliveryopt.reports.sentences_of_ways import proof_of_way, sek_per_year, unserved_told
from deliveryopt.reports.workbook_parts import (
    Cell,
    Change,
    Row,
    SheetTable,
    answer,
    money,
    share,
    text,
    told,
    totals,
)

_CHANGE: Final = Change(2, 1)


def sum_sheets(teller: Teller) -> list[SheetTable]:
    """Return the sheets about money and other ways."""
    ways = [_ways(teller)] if teller.bundle.ways else []
    return [_cost_by_item(teller), _cost_by_payer(teller), *ways]


def _amount_cells(label: str, today_ore: int, plan_ore: int) -> Row:
    """Return the cells of one amount: label, today, plan, change."""
    return (text(label), money(today_ore), money(plan_ore), _CHANGE)


def _cost_by_item(teller: Teller) -> SheetTable:
    """Return the cost by item; last the goal's cost, which does not count every item."""
    say, bundle = teller.say, teller.bundle
    metrics, today = bundle.metrics, bundle.today
    counted = {"resident_trips": metrics.resident_trips_counted, "co2": metrics.co2_counted}
    rows = cost_rows(bundle, home_counts(bundle, teller.few))
    return SheetTable(
        name=say("excel.sheet_items"),
        about=say("excel.about_items"),
        heads=(
            say("cost.item"),
            say("excel.today_week"),
            say("excel.plan_week"),
            say("excel.change_week"),
            say("cost.counted"),
        ),
        rows=tuple(
            (
                *_amount_cells(item_label(teller, row), row.today_ore, row.plan_ore),
                answer(teller, counted.get(row.names[0], True)),
            )
            for row in rows
        ),
        totals=(
            text(say("cost.total")),
            money(today.cost_ore_per_week),
            money(metrics.cost_ore_per_week),
            money(bundle.comparison.cost_above_today_ore_per_week),
            text(None),
        ),
    )


def _cost_by_payer(teller: Teller) -> SheetTable:
    """Return the cost by payer."""
    say, bundle = teller.say, teller.bundle
    rows = payer_rows(bundle, home_counts(bundle, teller.few))
    heads = (
        say("cost.payer"),
        say("excel.today_week"),
        say("excel.plan_week"),
        say("excel.change_week"),
    )
    cells = tuple(
        _amount_cells(payer_label(teller, row), row.today_ore, row.plan_ore) for row in rows
    )
    return SheetTable(
        name=say("excel.sheet_payers"),
        about=say("excel.about_payers"),
        heads=heads,
        rows=cells,
        totals=totals(say("excel.sum"), heads, cells, {1, 2}),
    )


def _ways(teller: Teller) -> SheetTable:
    """Return other ways of delivering the same demand."""
    say, with_homes = teller.say, bool(teller.bundle.scenario.homes)

    def unserved(way: Way) -> Cell:
        one = unserved_told(teller, way)
        return text(None) if one is None else told(teller, one)

    def cells(way: Way) -> Row:
        ore = way.cost_ore_per_week
        return (
            text(say.of("way", way.name)),
            money(ore),
            Cell(None if ore is None else sek_per_year(ore), "money"),
            money(way.above_together_ore_per_week),
            share(way.coverage_share),
            *((unserved(way),) if with_homes else ()),
            money(way.bound_ore_per_week),
            Cell(proof_of_way(teller, way), "long"),
        )

    return SheetTable(
        name=say("excel.sheet_ways"),
        about=say("ways.caption" if with_homes else "ways.caption_parcels"),
        heads=(
            say("ways.way"),
            say("ways.week"),
            say("excel.year_cost"),
            say("ways.above"),
            say("excel.coverage"),
            *((say("ways.unserved"),) if with_homes else ()),
            say("excel.bound"),
            say("ways.proof"),
        ),
        rows=tuple(cells(way) for way in teller.bundle.ways),
    )
