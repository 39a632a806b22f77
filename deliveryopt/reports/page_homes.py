"""Sections of the page about home delivery and vans: totals only, never a single home."""

from deliveryopt.plan.figures import Metrics
from deliveryopt.plan.figures_of_homes import VanDayRow
from deliveryopt.reports.blocks import Block, Cell, Paragraphs, Section, Table, heads, row
from deliveryopt.reports.formats import FEW, clean, clock_time, quarter
from deliveryopt.reports.home_amounts import About, Amount, payments, van_costs_told
from deliveryopt.reports.home_counts import (
    HOWS,
    HomeCounts,
    VanWeek,
    all_days_told,
    goods_rows,
    home_counts,
    rounds_van_days,
    van_days,
    van_days_to_hidden_points,
    van_weeks,
)
from deliveryopt.reports.home_order_rows import orders_table
from deliveryopt.reports.page_places import day_list
from deliveryopt.reports.sentences import Teller
from deliveryopt.reports.sentences_of_homes import (
    bypass_sentences,
    duration,
    either,
    grant_sentences,
    home_sentences,
    how_label,
    parcels_text,
    reasons_left,
    told_text,
    upper,
    used_hows,
    used_sentence,
)
from deliveryopt.reports.suppression import Block as Names
from deliveryopt.reports.suppression import Told

_PAYMENTS = (
    ("pay.deliveries", "deliveries"),
    ("pay.expenditure", "expenditure_ore"),
    ("pay.customer_fees", "customer_fees_ore"),
    ("pay.shops_share", "shops_share_ore"),
    ("pay.net_expenditure", "net_expenditure_ore"),
    ("pay.state_grant", "state_grant_ore"),
    ("pay.municipality_net", "municipality_net_ore"),
)
_WEEK = "----nnnn"
_DAYS = "---nnnnnn"


def home_sections(teller: Teller) -> tuple[Section, ...]:
    """Return the sections on home delivery and vans, as far as the scenario has them."""
    scenario = teller.bundle.scenario
    found = [_homes_section(teller)] if scenario.homes else []
    return (*found, vans_section(teller)) if scenario.vans else tuple(found)


def _homes_section(teller: Teller) -> Section:
    """Return the section on home delivery."""
    say = teller.say
    counts = home_counts(teller.bundle, teller.few)
    summary = [*home_sentences(teller)[:1], *bypass_sentences(teller)]
    if len(counts.hows) == 1:
        summary.append(used_sentence(teller, counts))
    blocks: list[Block] = [Paragraphs(tuple(summary)), _by_how(teller, counts)]
    by_goods = _by_goods(teller, counts)
    if by_goods is not None:
        blocks.append(by_goods)
    blocks.append(_payments(teller, counts))
    notes = [*grant_sentences(teller), say("homes.pay_note")]
    if counts.hides("in_box", plan=True):
        notes.append(say("homes.pay_rounded"))
    blocks.append(Paragraphs(tuple(notes), "note"))
    blocks.append(_left(teller))
    if teller.internal:
        blocks.append(orders_table(teller))
    else:
        private = say("homes.private", mark=say("file.internal"))
        blocks.append(Paragraphs((say("homes.few"), private), "note"))
    return Section("homes", say("section.homes"), tuple(blocks))


def _by_how(teller: Teller, counts: HomeCounts) -> Table:
    """Return home orders by what becomes of them, today and by the plan."""
    say = teller.say
    used = used_hows(counts)
    rows = [
        (upper(how_label(teller, block, within=used)), block)
        for block in counts.hows
        if used.intersection(block)
    ]
    listed = [*(rows if len(counts.hows) > 1 else []), (say("homes.all"), HOWS)]
    return Table(
        say("homes.caption"),
        heads("-nn", say("homes.how"), say("word.today"), say("word.plan")),
        tuple(
            row(
                "-nn",
                label,
                told_text(teller, counts.by_today(block)),
                told_text(teller, counts.by_plan(block)),
            )
            for label, block in listed
        ),
        last_is_total=True,
    )


def goods_label(teller: Teller, goods: Names) -> str:
    """Return what goods are called that are told together."""
    return upper(either(teller, (teller.say.of("goods", name) for name in goods)))


def _by_goods(teller: Teller, counts: HomeCounts) -> Table | None:
    """Return home orders by goods; None if no such count may be told."""
    say = teller.say
    rows = goods_rows(teller.bundle, counts)
    if not rows:
        return None
    used = used_hows(counts)
    names = (say("homes.goods"), say("homes.how"), say("word.today"), say("word.plan"))
    return Table(
        say("homes.goods_caption"),
        heads("--nn", *names),
        tuple(
            row(
                "--nn",
                goods_label(teller, one.goods),
                say("homes.all")
                if one.hows == HOWS
                else upper(how_label(teller, one.hows, within=used)),
                told_text(teller, one.today),
                told_text(teller, one.plan),
            )
            for one in rows
        ),
    )


def _payments(teller: Teller, counts: HomeCounts) -> Table:
    """Return who pays for deliveries to the door, today and by the plan."""
    say, bundle = teller.say, teller.bundle
    today, plan = (payments(bundle, counts, plan=is_plan) for is_plan in (False, True))

    def told(values: dict[str, Amount], name: str) -> str:
        value = values[name]
        if value == "withheld":
            return say("word.withheld")
        if isinstance(value, About):
            return say("word.about", count=teller.money_plain(value.ore))
        return teller.number(value) if name == "deliveries" else teller.money_plain(value)

    return Table(
        say("homes.pay_caption"),
        heads("-nn", say("homes.pay"), say("word.today"), say("word.plan")),
        tuple(row("-nn", say(key), told(today, name), told(plan, name)) for key, name in _PAYMENTS),
        last_is_total=True,
    )


def _left(teller: Teller) -> Block:
    """Return the reasons why nobody delivers some orders, or that there are none."""
    say = teller.say
    reasons = reasons_left(teller)
    if not reasons:
        return Paragraphs((say("homes.left_none"),))
    return Table(
        say("homes.left_caption"),
        heads("-n", say("homes.left"), say("homes.orders")),
        tuple(row("-n", upper(reason), told_text(teller, told)) for reason, told in reasons),
    )


def vans_section(teller: Teller) -> Section:
    """Return the section on vans."""
    say, bundle = teller.say, teller.bundle
    title = say("section.vans")
    if not bundle.metrics.van_day_rows:
        return Section("vans", title, (Paragraphs((say("vans.none"),)),))
    counts = home_counts(bundle, teller.few)
    costs_told = van_costs_told(bundle, counts)
    blocks: list[Block] = [_van_weeks(teller, counts, costs_told=costs_told)]
    notes = [say("vans.note")]
    days = [day for day, _ in van_days(bundle, counts)]
    if days:
        blocks.append(_van_days(teller, counts, costs_told=costs_told))
    if days and rounds_van_days(bundle.metrics, teller.few):
        notes.append(say("vans.rounded"))
    if not all_days_told(bundle, counts):
        notes.append(say("vans.days_hidden"))
    if not costs_told:
        notes.append(say("vans.cost_hidden"))
    return Section("vans", title, (*blocks, Paragraphs(tuple(notes), "note")))


def _cost(teller: Teller, ore: int, *, costs_told: bool) -> str:
    """Return a cost of a van, if it may be told."""
    return teller.money_plain(ore) if costs_told else teller.say("word.withheld")


def _van_weeks(teller: Teller, counts: HomeCounts, *, costs_told: bool) -> Table:
    """Return what each van drives in a week."""
    say, bundle = teller.say, teller.bundle
    days_told = all_days_told(bundle, counts)
    names = ("van", "operator", "payer", "days", "km", "hours", "cost", "co2")
    vans = {van.van: van for van in bundle.metrics.van_rows}

    def cells(week: VanWeek) -> tuple[Cell, ...]:
        listed = [vans[van] for van in week.vans]
        operators = dict.fromkeys(clean(van.operator) or say("word.none") for van in listed)
        payers = dict.fromkeys(say.of("payer", van.payer) for van in listed)
        days = tuple(dict.fromkeys(day for van in listed for day in van.days))
        return row(
            _WEEK,
            van_names(teller, week.vans),
            ", ".join(operators),
            ", ".join(payers),
            day_list(teller, days) if days_told or not days else say("word.withheld"),
            teller.number(week.km, 1),
            duration(teller, week.minutes),
            _cost(teller, week.cost_ore, costs_told=costs_told),
            teller.number(week.co2_kg, 1),
        )

    return Table(
        say("vans.week_caption"),
        heads(_WEEK, *(say.of("vans", name) for name in names)),
        tuple(cells(week) for week in van_weeks(bundle.metrics, teller.few)),
    )


def van_names(teller: Teller, vans: Names) -> str:
    """Return what a van is called, or several that are told together."""
    return teller.joined((teller.names.vans[van] for van in vans), most=len(vans))


def _van_days(teller: Teller, counts: HomeCounts, *, costs_told: bool) -> Table:
    """Return what each van drives on each day."""
    say, bundle = teller.say, teller.bundle
    names = ("van", "day", "hours", "trips", "stops", "homes", "parcels", "km", "cost")
    hidden = van_days_to_hidden_points(bundle, teller.few)
    decimals = 0 if rounds_van_days(bundle.metrics, teller.few) else 1

    def cells(day: VanDayRow, told: Told) -> tuple[Cell, ...]:
        start_min, end_min = van_hours(bundle.metrics, day, teller.few)
        return row(
            _DAYS,
            teller.names.vans[day.van],
            say.of("day", day.day),
            f"{clock_time(start_min)}\u2013{clock_time(end_min)}",
            teller.number(day.trips) if counts.orders_of_days_told else say("word.withheld"),
            teller.number(day.point_stops),
            told_text(teller, told),
            parcels_text(teller, day.parcels, is_hidden=(day.van, day.day) in hidden),
            teller.number(day.km, decimals),
            _cost(teller, day.cost_ore, costs_told=costs_told),
        )

    return Table(
        say("vans.day_caption"),
        heads(_DAYS, *(say.of("vans", name) for name in names)),
        tuple(cells(day, told) for day, told in van_days(bundle, counts)),
    )


def van_hours(metrics: Metrics, day: VanDayRow, few: int = FEW) -> tuple[int, int]:
    """Return when a van leaves its base and is back; to the quarter where vans bring few orders."""
    if rounds_van_days(metrics, few):
        return quarter(day.start_min), quarter(day.end_min, up=True)
    return day.start_min, day.end_min
