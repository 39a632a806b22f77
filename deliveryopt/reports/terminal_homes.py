"""Lines of the summary about home delivery, vans and other ways; nothing of single homes."""

from deliveryopt.reports.bundle import Way
from deliveryopt.reports.formats import km, percent
from deliveryopt.reports.home_amounts import ITEM_OF, cost_rows
from deliveryopt.reports.home_counts import HOWS, HomeCounts, all_days_told, home_counts
from deliveryopt.reports.page_cost import item_label, lower
from deliveryopt.reports.sentences import Teller
from deliveryopt.reports.sentences_of_homes import (
    duration,
    how_label,
    told_text,
    used_hows,
    used_sentence,
)
from deliveryopt.reports.sentences_of_ways import (
    missing_sentences,
    saving_sentences,
    unserved_told,
    year_text,
)
from deliveryopt.reports.suppression import is_few
from deliveryopt.reports.terminal_page import Page


def home_lines(page: Page, teller: Teller) -> None:
    """Add home orders, what vans drive and what both cost, as far as the scenario has them."""
    scenario = teller.bundle.scenario
    if scenario.homes:
        _orders(page, teller)
    if scenario.vans:
        _vans(page, teller)
    if scenario.homes or scenario.vans:
        _costs(page, teller)


def _orders(page: Page, teller: Teller) -> None:
    """Add home orders by what becomes of them, today and by the plan."""
    say, counts = teller.say, home_counts(teller.bundle, teller.few)
    used = used_hows(counts)
    page.heading(say("summary.homes"))
    for block in dict.fromkeys((*counts.hows, HOWS)):
        if not used.intersection(block):
            continue
        is_all = block == HOWS
        label = say("summary.homes_all") if is_all else how_label(teller, block, within=used)
        both = say(
            "summary.per_week_values",
            today=told_text(teller, counts.by_today(block)),
            plan=told_text(teller, counts.by_plan(block)),
        )
        page.row(label, both)
    if len(counts.hows) == 1:
        page.sentence(used_sentence(teller, counts))
    if _hides_any(counts):
        page.sentence(say("homes.few"))


def _hides_any(counts: HomeCounts) -> bool:
    """Return whether a count of orders is not told by itself."""
    return any(
        is_few(count, counts.few) for count in (*counts.plan.values(), *counts.today.values())
    )


def _vans(page: Page, teller: Teller) -> None:
    """Add what vans drive."""
    say, vans = teller.say, teller.bundle.metrics.vans
    page.heading(say("summary.vans"))
    told = say("summary.vans_none")
    if vans.vans_used:
        driven = km(vans.km, teller.language, decimals=0)
        time = duration(teller, vans.minutes)
        told = say("summary.vans_values", km=driven, time=time)
        if all_days_told(teller.bundle, home_counts(teller.bundle, teller.few)):
            days = teller.counted("count.day", vans.van_days)
            told = say("summary.vans_days_values", days=days, km=driven, time=time)
    page.row(say("word.plan"), told)


def _costs(page: Page, teller: Teller) -> None:
    """Add the cost items of home orders and vans."""
    say, of_homes = teller.say, {"vans", *ITEM_OF.values()}
    amounts = [
        amount
        for amount in cost_rows(teller.bundle, home_counts(teller.bundle, teller.few))
        if of_homes.intersection(amount.names) and (amount.today_ore or amount.plan_ore)
    ]
    if amounts:
        page.heading(say("summary.home_cost"))
    for amount in amounts:
        both = say(
            "summary.per_week_values",
            today=teller.money(amount.today_ore),
            plan=teller.money(amount.plan_ore),
        )
        page.row(lower(item_label(teller, amount)), both)


def way_lines(page: Page, teller: Teller) -> None:
    """Add other ways on the same demand, and what the plan saves against them."""
    ways = teller.bundle.ways
    if not ways:
        return
    page.heading(teller.say("summary.ways"))
    for way in ways:
        if way.cost_ore_per_week is not None:
            label = lower(teller.say.of("way", way.name))
            page.row(label, _way(teller, way, way.cost_ore_per_week))
    for sentence in (*missing_sentences(teller), *saving_sentences(teller)):
        page.sentence(sentence)


def _way(teller: Teller, way: Way, cost_ore: int) -> str:
    """Return cost, coverage and undelivered orders of one way."""
    told = teller.say(
        "summary.way_values",
        week=teller.money(cost_ore),
        year=year_text(teller, cost_ore),
        share=percent(way.coverage_share or 0.0, teller.language),
    )
    unserved = unserved_told(teller, way)
    if unserved is not None:
        told += teller.say("summary.way_unserved", orders=told_text(teller, unserved))
    return told
