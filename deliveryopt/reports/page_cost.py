"""Section of the page about cost: against today, by item and by payer."""

from deliveryopt.reports.blocks import Paragraphs, Section, Table, heads, row
from deliveryopt.reports.formats import money, signed
from deliveryopt.reports.home_amounts import (
    ITEM_OF,
    About,
    AmountRow,
    Each,
    cost_of_home_delivery,
    cost_of_parcel,
    cost_rows,
    payer_rows,
)
from deliveryopt.reports.home_counts import home_counts
from deliveryopt.reports.sentences import Teller
from deliveryopt.reports.sentences_of_homes import upper


def cost_section(teller: Teller) -> Section:
    """Return the section on cost: against today, by item and by payer."""
    notes = [teller.say("cost.payer_note"), teller.say("sure.rounded")]
    if teller.bundle.scenario.homes:
        notes.insert(1, teller.say("cost.homes_note"))
        notes.insert(2, teller.say("cost.parcel_note"))
        if not teller.internal:
            notes.insert(3, teller.say("cost.parcel_hidden"))
    blocks = (
        _key_costs(teller),
        _by_item(teller),
        _by_payer(teller),
        Paragraphs(tuple(notes), "note"),
    )
    return Section("cost", teller.say("section.cost"), blocks)


def _key_costs(teller: Teller) -> Table:
    """Return the cost against today."""
    say, change, language = teller.say, teller.bundle.comparison, teller.language
    above_ore = change.cost_above_today_ore_per_week
    per_new = change.cost_above_today_sek_per_newly_covered_year
    counts = home_counts(teller.bundle, teller.few)
    per_parcel = cost_of_parcel(teller.bundle, counts, plan=True)
    none = say("word.none")
    rows = [
        (say("cost.above_week"), signed(teller.money(above_ore, 2), above_ore)),
        (
            say("cost.above_year"),
            signed(money(change.cost_above_today_sek_per_year, language), above_ore),
        ),
        (say("cost.per_new"), none if per_new is None else money(per_new, language)),
        (say("cost.per_parcel"), each_text(teller, per_parcel)),
    ]
    if teller.bundle.scenario.homes:
        per_order = cost_of_home_delivery(teller.bundle, counts, plan=True)
        rows.append((say("cost.per_home_delivery"), each_text(teller, per_order)))
    return Table(
        say("cost.key_caption"),
        heads("-n", say("cost.key"), say("cost.value")),
        tuple(row("-n", *cells) for cells in rows),
    )


def each_text(teller: Teller, cost: Each | None) -> str:
    """Return the cost of one of many as it may be told."""
    if cost is None:
        return teller.say("word.none")
    if cost == "withheld":
        return teller.say("word.withheld")
    if isinstance(cost, About):
        return teller.say("word.about", count=teller.money(cost.ore))
    return teller.money(cost, 2)


def item_label(teller: Teller, amount: AmountRow) -> str:
    """Return what one cost item is called, or several that are told together."""
    names, of_homes = list(amount.names), set(ITEM_OF.values())
    if of_homes.issubset(names):
        rest = [name for name in names if name not in of_homes]
        together = "homes_and_vans" if "vans" in rest else "homes"
        names = [*(name for name in rest if name != "vans"), together]
    words = [teller.say.of("item", item) for item in names]
    if len(words) == 1:
        return words[0]
    return teller.say("cost.together", list=teller.joined(lower(word) for word in words))


def payer_label(teller: Teller, amount: AmountRow) -> str:
    """Return what one payer is called, or several that are told together."""
    payers = ("shop" if payer == "shops" else payer for payer in amount.names)
    return upper(teller.joined(teller.say.of("payer", payer) for payer in payers))


def lower(text: str) -> str:
    """Return a text with its first letter lower."""
    return text[:1].lower() + text[1:]


def _by_item(teller: Teller) -> Table:
    """Return the cost by item, today and by the plan."""
    say, metrics, today = teller.say, teller.bundle.metrics, teller.bundle.today
    counted = {"resident_trips": metrics.resident_trips_counted, "co2": metrics.co2_counted}
    rows = [
        row(
            "-nn-",
            item_label(teller, amount),
            teller.money_plain(amount.today_ore),
            teller.money_plain(amount.plan_ore),
            say("word.yes" if counted.get(amount.names[0], True) else "word.no"),
        )
        for amount in cost_rows(teller.bundle, home_counts(teller.bundle, teller.few))
    ]
    total = row(
        "-nn-",
        say("cost.total"),
        teller.money_plain(today.cost_ore_per_week),
        teller.money_plain(metrics.cost_ore_per_week),
        "",
    )
    names = (say("cost.item"), say("word.today"), say("word.plan"), say("cost.counted"))
    return Table(say("cost.by_item"), heads("-nn-", *names), (*rows, total), last_is_total=True)


def _by_payer(teller: Teller) -> Table:
    """Return the cost by payer, today and by the plan."""
    say = teller.say
    return Table(
        say("cost.by_payer"),
        heads("-nn", say("cost.payer"), say("word.today"), say("word.plan")),
        tuple(
            row(
                "-nn",
                payer_label(teller, amount),
                teller.money_plain(amount.today_ore),
                teller.money_plain(amount.plan_ore),
            )
            for amount in payer_rows(teller.bundle, home_counts(teller.bundle, teller.few))
        ),
    )
