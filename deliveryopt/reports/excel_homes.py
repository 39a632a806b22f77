"""The sheets of the workbook about home delivery and vans, by the same rules as the report.

Internally also every order.
"""

from typing import Final

from deliveryopt.plan.figures_of_homes import HomeRow, VanDayRow
from deliveryopt.reports.formats import clean
from deliveryopt.reports.home_amounts import About, Amount, payments, van_costs_told
from deliveryopt.reports.home_counts import (
    HOWS,
    VanWeek,
    all_days_told,
    goods_rows,
    home_counts,
    rounds_van_days,
    van_days,
    van_days_to_hidden_points,
    van_weeks,
)
from deliveryopt.reports.page_homes import goods_label, van_hours, van_names
from deliveryopt.reports.page_places import day_list
from deliveryopt.reports.sentences import Teller
from deliveryopt.reports.sentences_of_homes import how_label, upper, used_hows
from deliveryopt.reports.suppression import Told
from deliveryopt.reports.workbook_parts import (
    Cell,
    Change,
    Row,
    SheetTable,
    answer,
    clock,
    count,
    money,
    parcels,
    shown,
    tenths,
    text,
    told,
    totals,
    withheld,
)

_PAYMENTS: Final = {
    "pay.deliveries": "deliveries",
    "pay.expenditure": "expenditure_ore",
    "pay.customer_fees": "customer_fees_ore",
    "pay.shops_share": "shops_share_ore",
    "pay.net_expenditure": "net_expenditure_ore",
    "pay.state_grant": "state_grant_ore",
    "pay.municipality_net": "municipality_net_ore",
}


def home_sheets(teller: Teller) -> list[SheetTable]:
    """Return the sheets about home delivery and vans that there are."""
    scenario, sheets = teller.bundle.scenario, list[SheetTable]()
    if scenario.homes:
        sheets += [_homes(teller), _home_payments(teller)]
    if scenario.homes and teller.internal:
        sheets.append(_orders(teller))
    if scenario.vans:
        sheets += [_van_weeks(teller), _van_days(teller)]
    return sheets


def _homes(teller: Teller) -> SheetTable:
    """Return home orders by goods and by what becomes of them."""
    say, everything = teller.say, teller.say("homes.all")
    used = used_hows(home_counts(teller.bundle, teller.few))
    return SheetTable(
        name=say("section.homes"),
        about=say("homes.caption"),
        heads=(
            say("homes.goods"),
            say("homes.how"),
            say("excel.today_orders"),
            say("excel.plan_orders"),
            say("excel.change"),
        ),
        rows=tuple(
            (
                text(goods_label(teller, goods) if goods else everything),
                text(everything if hows == HOWS else upper(how_label(teller, hows, within=used))),
                told(teller, today),
                told(teller, plan),
                Change(3, 2),
            )
            for goods, hows, today, plan in _counts(teller)
        ),
    )


_Counted = tuple[tuple[str, ...], tuple[str, ...], Told, Told]
"""Goods, or none for all; what becomes of them; today; by the plan."""


def _counts(teller: Teller) -> list[_Counted]:
    """Return the counts that may be told."""
    counts = home_counts(teller.bundle, teller.few)
    used = used_hows(counts)
    rows: list[_Counted] = [
        ((), block, counts.by_today(block), counts.by_plan(block))
        for block in dict.fromkeys((HOWS, *counts.hows))
        if used.intersection(block)
    ]
    goods = goods_rows(teller.bundle, counts)
    return [*rows, *((row.goods, row.hows, row.today, row.plan) for row in goods)]


def _home_payments(teller: Teller) -> SheetTable:
    """Return who pays for deliveries to the door."""
    say, bundle = teller.say, teller.bundle

    def cell(name: str, value: Amount) -> Cell:
        if value == "withheld":
            return withheld(teller)
        if isinstance(value, About):
            return Cell(say("word.about", count=teller.money_plain(value.ore)), "told")
        return count(value) if name == "deliveries" else money(value)

    def unit(name: str) -> Cell:
        return text(say("excel.unit_week" if name == "deliveries" else "excel.sek_week"))

    counts, change = home_counts(bundle, teller.few), Change(3, 2)
    today, plan = (payments(bundle, counts, plan=is_plan) for is_plan in (False, True))
    return SheetTable(
        name=say("excel.sheet_payments"),
        about=say("homes.pay_caption"),
        heads=(
            say("homes.pay"),
            say("excel.unit"),
            say("word.today"),
            say("word.plan"),
            say("excel.change"),
        ),
        rows=tuple(
            (text(say(key)), unit(name), cell(name, today[name]), cell(name, plan[name]), change)
            for key, name in _PAYMENTS.items()
        ),
    )


def _orders(teller: Teller) -> SheetTable:
    """Return every home order; internal."""
    say, names = teller.say, teller.names
    carriers = names.runs | names.vans

    def cells(row: HomeRow) -> Row:
        place = None if row.pickup_point is None else names.points[row.pickup_point]
        origin = None if row.origin is None else names.places[row.origin]
        return (
            text(row.order),
            text(row.household),
            text(say.of("goods", row.goods)),
            text(origin),
            text(say.of("home", row.how)),
            text(None if row.day is None else say.of("day", row.day)),
            text(None if row.carrier is None else carriers[row.carrier]),
            count(row.trip),
            text(place),
            clock(row.earliest_min),
            clock(row.latest_min),
            tenths(row.distance_km),
            text(None if row.payer is None else say.of("payer", row.payer)),
            money(row.cost_ore),
            answer(teller, not row.real),
        )

    heads = (
        say("excel.order"),
        say("excel.household"),
        say("homes.goods"),
        say("excel.origin"),
        say("homes.how"),
        say("sheet.day"),
        say("excel.carrier"),
        say("excel.trip"),
        say("points.point"),
        say("excel.earliest"),
        say("excel.latest"),
        say("excel.distance"),
        say("runs.payer"),
        say("excel.cost_sek"),
        say("excel.assumed"),
    )
    rows = tuple(cells(row) for row in teller.bundle.metrics.home_rows)
    return SheetTable(
        name=say("excel.sheet_orders"),
        about=say("excel.about_orders"),
        heads=heads,
        rows=rows,
        totals=totals(say("excel.sum"), heads, rows, {13}),
    )


def _van_weeks(teller: Teller) -> SheetTable:
    """Return what each van drives in a week."""
    say, bundle = teller.say, teller.bundle
    counts, vans = (
        home_counts(bundle, teller.few),
        {van.van: van for van in bundle.metrics.van_rows},
    )
    costs_told = van_costs_told(bundle, counts)
    days_told = all_days_told(bundle, counts)

    def cells(week: VanWeek) -> Row:
        listed = [vans[van] for van in week.vans]
        days = tuple(dict.fromkeys(day for van in listed for day in van.days))
        operators = ", ".join(dict.fromkeys(clean(van.operator) for van in listed))
        return (
            text(van_names(teller, week.vans)),
            text(operators or None),
            text(", ".join(dict.fromkeys(say.of("payer", van.payer) for van in listed))),
            shown(teller, text(day_list(teller, days)), may_be=days_told or not days),
            tenths(week.km),
            count(week.minutes),
            shown(teller, money(week.cost_ore), may_be=costs_told),
            tenths(week.co2_kg),
        )

    heads = (
        say("vans.van"),
        say("vans.operator"),
        say("vans.payer"),
        say("vans.days"),
        say("vans.km"),
        say("excel.minutes"),
        say("excel.cost_sek"),
        say("vans.co2"),
    )
    rows = tuple(cells(week) for week in van_weeks(bundle.metrics, teller.few))
    return SheetTable(
        name=say("section.vans"),
        about=say("vans.week_caption"),
        heads=heads,
        rows=rows,
        totals=totals(say("excel.sum"), heads, rows, {4, 5, 6, 7}),
    )


def _van_days(teller: Teller) -> SheetTable:
    """Return what each van drives on each day, as far as that may be told."""
    say, bundle = teller.say, teller.bundle
    heads = (
        say("vans.van"),
        say("vans.day"),
        say("vans.start"),
        say("vans.end"),
        say("vans.trips"),
        say("vans.stops"),
        say("vans.homes"),
        say("vans.parcels"),
        say("vans.km"),
        say("excel.cost_sek"),
    )
    days = van_days(bundle, home_counts(bundle, teller.few))
    rows = tuple(_van_day(teller, day, orders) for day, orders in days)
    return SheetTable(
        name=say("excel.sheet_van_days"), about=say("vans.day_caption"), heads=heads, rows=rows
    )


def _van_day(teller: Teller, day: VanDayRow, orders: Told) -> Row:
    """Return the cells of one van and day; rounded where exact ones would tell of few homes."""
    bundle = teller.bundle
    counts = home_counts(bundle, teller.few)
    rounded = rounds_van_days(bundle.metrics, teller.few)
    start_min, end_min = van_hours(bundle.metrics, day, teller.few)
    is_hidden = (day.van, day.day) in van_days_to_hidden_points(bundle, teller.few)
    cost = money(day.cost_ore)
    if rounded:
        cost = Cell(round(float(cost.value or 0)), "money")
    return (
        text(teller.names.vans[day.van]),
        text(teller.say.of("day", day.day)),
        clock(start_min),
        clock(end_min),
        shown(teller, count(day.trips), may_be=counts.orders_of_days_told),
        count(day.point_stops),
        told(teller, orders),
        parcels(teller, day.parcels, is_hidden=is_hidden),
        count(round(day.km)) if rounded else tenths(day.km),
        shown(teller, cost, may_be=van_costs_told(bundle, counts)),
    )
