"""What a public report says of home orders and vans, in words and without single homes."""

from collections.abc import Iterable
from typing import Final

from deliveryopt.plan.figures_of_homes import HomeRow
from deliveryopt.plan.reasons import ReasonCode, Unserved
from deliveryopt.reports.formats import km, money_from_ore, percent, to_fives
from deliveryopt.reports.home_counts import HOWS, HomeCounts, all_days_told, home_counts, parts_told
from deliveryopt.reports.sentences import Teller
from deliveryopt.reports.suppression import Block, Told, part
from deliveryopt.scenario.grants import grant_terms
from deliveryopt.scenario.home_delivery import HomeOrder
from deliveryopt.scenario.homes import FLAG_OF_GOODS, Carrier, may_carry
from deliveryopt.scenario.schema import Scenario, terms_of
from deliveryopt.units import MIN_PER_H

WHY_LEFT: Final = (
    "no_origin",
    "past_nearer_shop",
    "no_day",
    "no_carrier",
    "no_entry",
    "no_way",
    "costlier",
    "unknown",
)
"""Reasons why nobody delivers an order, in the order of the table."""
FOUND: Final[dict[ReasonCode, str]] = {
    "costs_more_than_leaving": "costlier",
    "nobody_carries": "no_way",
}
"""Reasons that were found by solving with everything else unchanged."""


def told_text(teller: Teller, told: Told) -> str:
    """Return a count as it may be told: a number, fewer than five, or not shown."""
    if isinstance(told, int):
        return teller.number(told)
    return teller.say("word.few" if told == "few" else "word.withheld")


def parcels_text(teller: Teller, parcels: int, *, is_hidden: bool) -> str:
    """Return a number of parcels, only about where it would tell of home orders among them."""
    if not is_hidden or not parcels:
        return teller.number(parcels)
    return teller.say("word.about", count=teller.number(to_fives(parcels)))


def orders_text(teller: Teller, told: Told) -> str:
    """Return a number of home orders in words."""
    return teller.counted("count.order", told) if isinstance(told, int) else told_text(teller, told)


def upper(text: str) -> str:
    """Return a text with its first letter upper."""
    return text[:1].upper() + text[1:]


def either(teller: Teller, words: Iterable[str]) -> str:
    """Return words as alternatives: `a, b or c`."""
    listed = list(words)
    if len(listed) <= 1:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {teller.say('word.or')} {listed[-1]}"


def how_label(teller: Teller, block: Block, *, within: frozenset[str]) -> str:
    """Return how orders of a block are delivered; what none of them is stays out."""
    told = [name for name in block if name in within] or list(block)
    return either(teller, (teller.say.of("home", name) for name in told))


def used_hows(counts: HomeCounts) -> frozenset[str]:
    """Return what becomes of any order, today or by the plan."""
    return frozenset(name for name in HOWS if counts.plan[name] or counts.today[name])


def used_sentence(teller: Teller, counts: HomeCounts) -> str:
    """Return what becomes of orders by the plan, where no number of it may be told."""
    listed = (teller.say.of("home", name) for name in HOWS if counts.plan[name])
    return teller.say("homes.used", list=teller.joined(listed))


def duration(teller: Teller, minutes: int) -> str:
    """Return minutes as hours and minutes."""
    hours, rest = divmod(minutes, MIN_PER_H)
    key = "vans.duration" if hours else "vans.duration_short"
    return teller.say(key, hours=teller.number(hours), min=rest)


def home_sentences(teller: Teller) -> list[str]:
    """Return how home orders are delivered and what vans drive, for the decision in brief."""
    bundle, say = teller.bundle, teller.say
    told = [_orders_sentence(teller)] if bundle.scenario.homes else []
    vans = bundle.metrics.vans
    if vans.vans_used:
        values = {
            "vans": teller.counted("count.van", vans.vans_used),
            "km": km(vans.km, teller.language, decimals=0),
        }
        if all_days_told(bundle, home_counts(bundle, teller.few)):
            days = teller.counted("count.day", vans.van_days)
            told.append(say("decide.van_days", days=days, **values))
        else:
            told.append(say("decide.vans", **values))
    return told


def _orders_sentence(teller: Teller) -> str:
    """Return how many home orders there are, and how they are delivered."""
    counts = home_counts(teller.bundle, teller.few)
    if counts.orders == "withheld":
        return teller.say("decide.homes_withheld")
    if not isinstance(counts.orders, int):
        return teller.say("decide.homes_few", orders=orders_text(teller, counts.orders))
    if len(counts.hows) == 1:
        orders = teller.counted("count.order", counts.orders)
        return teller.say("decide.homes_mixed", orders=orders)
    within = frozenset(name for name in HOWS if counts.plan[name])
    listed = [
        f"{told_text(teller, told)} {how_label(teller, block, within=within)}"
        for block in counts.hows
        if (told := counts.by_plan(block))
    ]
    orders = teller.counted("count.order", counts.orders)
    return teller.say("decide.homes", orders=orders, list=teller.joined(listed))


def grant_sentences(teller: Teller) -> list[str]:
    """Return by which rule the state's grant is counted."""
    say, figures = teller.say, teller.bundle.metrics.home_delivery
    share, cap_ore = figures.grant_share, figures.grant_cap_ore
    own = grant_terms(teller.bundle.scenario)
    if figures.grant_rule is None and not share and not cap_ore and own.rule is None:
        return [say("homes.grant_none")]
    values = {
        "share": percent(share, teller.language),
        "cap": money_from_ore(cap_ore, teller.language),
    }
    if figures.grant_rule is None:
        return [say("homes.grant_own", **values), say("homes.grant_threshold")]
    rule = say("homes.grant_rule", rule=figures.grant_rule, **values)
    return [rule, say("homes.grant_threshold")]


def bypass_sentences(teller: Teller) -> list[str]:
    """Return what is said of groceries that come past a nearer shop."""
    orders = teller.bundle.metrics.home_orders
    if teller.bundle.scenario.home_delivery.no_bypass == "rule":
        return [teller.say("homes.bypass_rule")]
    if not orders.bypassing:
        return []
    told = part(orders.bypassing, orders.by_run + orders.by_van, teller.few)
    if isinstance(told, int):
        told = part(told, orders.orders, teller.few)
    return [teller.say("homes.bypass", orders=told_text(teller, told))]


def homes_assumed(teller: Teller) -> list[str]:
    """Return how many of the home orders are assumed."""
    homes = teller.bundle.scenario.homes
    assumed = sum(not order.real for order in homes)
    if not assumed:
        return []
    if assumed == len(homes):
        return [teller.say("sure.homes_all_assumed")]
    is_told = isinstance(home_counts(teller.bundle, teller.few).orders, int)
    told: Told = part(assumed, len(homes), teller.few) if is_told else "withheld"
    return [teller.say("sure.homes_assumed", orders=told_text(teller, told))]


def reasons_left(teller: Teller) -> list[tuple[str, Told]]:
    """Return reasons why nobody delivers orders, each with what may be told of its number."""
    scenario, metrics = teller.bundle.scenario, teller.bundle.metrics
    orders = {order.id: order for order in scenario.homes}
    found = {one.id: one for one in teller.bundle.unserved if one.kind == "order"}
    reasons = [
        _why_left(scenario, orders[row.order], row, found.get(row.order))
        for row in metrics.home_rows
        if row.how == "unserved"
    ]
    known = [reason for reason in WHY_LEFT if reason in reasons]
    counts = home_counts(teller.bundle, teller.few)
    told = parts_told(counts, "unserved", [reasons.count(reason) for reason in known])
    return [(teller.say.of("left", name), one) for name, one in zip(known, told, strict=True)]


def _why_left(scenario: Scenario, order: HomeOrder, row: HomeRow, found: Unserved | None) -> str:
    """Return why an order cannot be delivered to the door: by the input, or as it was found."""
    if row.origin is None:
        return "no_origin"
    if row.bypasses and scenario.home_delivery.no_bypass == "rule":
        return "past_nearer_shop"
    if not set(order.days).intersection(scenario.days):
        return "no_day"
    carriers: list[Carrier] = [terms_of(scenario, run) for run in scenario.runs]
    carriers += scenario.vans
    if not any(may_carry(carrier, order) for carrier in carriers):
        flag = FLAG_OF_GOODS[order.goods]
        return "no_entry" if any(getattr(carrier, flag) for carrier in carriers) else "no_carrier"
    codes = () if found is None else (reason.code for reason in found.reasons)
    return next((FOUND[code] for code in codes if code in FOUND), "unknown")
