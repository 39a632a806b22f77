"""Section of the page about what the plan does not reach: why, and what would help."""

from collections.abc import Iterable, Iterator

from deliveryopt.plan.reasons import Change, Reason, Unserved
from deliveryopt.reports.blocks import Block, Paragraphs, Section, Table, heads, row
from deliveryopt.reports.formats import clean, km
from deliveryopt.reports.sentences import Teller, villages_without
from deliveryopt.units import WEEKS_PER_YEAR

IN_KM = {"point_beyond_reach", "agent_beyond_reach"}
IN_ORE = {"costs_more", "over_budget", "costs_more_than_leaving"}


def unserved_section(teller: Teller) -> Section:
    """Return the section on villages that are not covered and orders that the plan leaves."""
    say, bundle = teller.say, teller.bundle
    villages = [one for one in bundle.unserved if one.kind == "village"]
    orders = [one for one in bundle.unserved if one.kind == "order"]
    blocks: list[Block] = []
    left = bundle.metrics.home_orders.as_today + bundle.metrics.home_orders.unserved
    without = bundle.metrics.villages - bundle.metrics.covered_villages
    if villages:
        blocks.append(_table(teller, villages, say("unserved.villages", reach=teller.reach)))
    if orders and teller.internal:
        blocks.append(_table(teller, orders, say("unserved.orders")))
    notes = []
    if not without and not left:
        notes.append(say("unserved.nothing"))
    elif not bundle.unserved:
        notes.append(say("unserved.not_yet"))
    elif blocks:
        notes.append(say("unserved.note"))
    if orders and not teller.internal:
        notes.append(say("unserved.orders_inside"))
    blocks.append(Paragraphs(tuple(notes), "note"))
    return Section("unserved", say("section.unserved"), tuple(blocks))


def _table(teller: Teller, found: Iterable[Unserved], caption: str) -> Table:
    """Return a table of villages or of orders."""
    say, found = teller.say, list(found)
    kind = "unserved.village" if found[0].kind == "village" else "unserved.order"
    names = (say(kind), say("unserved.why"), say("unserved.help"), say("unserved.cost"))
    rows = tuple(
        row(
            "---n",
            name,
            " ".join(reason_text(teller, reason) for reason in one.reasons),
            f"{help_text(teller, one)} {doubt_text(teller, one)}".rstrip(),
            cost_text(teller, one.change),
        )
        for name, one in named(teller, found)
    )
    return Table(caption, heads("---n", *names), rows)


def named(teller: Teller, found: Iterable[Unserved]) -> Iterator[tuple[str, Unserved]]:
    """Yield what each row is called; villages that are told together have one row, the first's."""
    together = {one.villages[0]: one for one in villages_without(teller.bundle, teller.few)}
    joined = {name for one in together.values() for name in one.villages[1:]}
    for one in found:
        if one.kind == "village" and one.id in together:
            yield teller.villages(together[one.id].villages), one
        elif one.id not in joined:
            yield name_of(teller, one), one


def name_of(teller: Teller, one: Unserved) -> str:
    """Return what a village or an order is called."""
    return teller.names.villages[one.id] if one.kind == "village" else clean(one.id)


def reason_text(teller: Teller, reason: Reason) -> str:
    """Return a reason as a sentence with its numbers."""
    say = teller.say
    values: dict[str, str] = {
        "point": place_text(teller, reason.pickup_point),
        "run": teller.names.runs.get(reason.run or "", clean(reason.run or "")),
        "day": "" if reason.day is None else say.of("day", reason.day),
        "unit": "" if reason.unit is None else say.of("short_of", reason.unit),
    }
    found, allowed = reason.found, reason.allowed
    if reason.code in IN_ORE:
        values["cost"] = _a_year(teller, found or 0)
        values["left"] = "" if allowed is None else _a_year(teller, allowed)
    elif reason.code in IN_KM:
        values["found"] = km(found or 0, teller.language)
        values["allowed"] = teller.reach
    else:
        values["found"] = "" if found is None else _number(teller, found)
        values["allowed"] = "" if allowed is None else _number(teller, allowed)
    is_nowhere = reason.code == "no_run_near" and reason.run is None
    return say.of("reason", "no_run_at_all" if is_nowhere else reason.code).format(**values)


def place_text(teller: Teller, point: str | None) -> str:
    """Return what a pickup point is called; a new one has its village's name."""
    if point is None:
        return ""
    known = teller.names.points.get(point)
    if known is not None:
        return known
    for village, name in teller.names.villages.items():
        if point.rstrip("_").endswith(f"_{village}"):
            return name
    return clean(point)


def help_text(teller: Teller, one: Unserved) -> str:
    """Return the change that would serve it, or that none of those tried does."""
    say = teller.say
    if one.change is None:
        tried = [say.of("change", kind) for kind in one.examined if kind != "accept_cost"]
        if not tried:
            return say("unserved.nothing_tried")
        return say("unserved.no_change", list=teller.joined(_lower(text) for text in tried))
    words = [say.of("change", kind) for kind in one.change.kinds]
    told = teller.joined([words[0], *(_lower(word) for word in words[1:])])
    told = told[:1].upper() + told[1:]
    if one.change.pickup_point is not None and "new_site" not in one.change.kinds:
        told = say(
            "change.at_point", change=told, point=place_text(teller, one.change.pickup_point)
        )
    return f"{told}."


def doubt_text(teller: Teller, one: Unserved) -> str:
    """Return that other changes were not all tried; nothing if they were, or none was."""
    if one.all_tried or not one.examined:
        return ""
    return teller.say("unserved.maybe_helps" if one.change is None else "unserved.maybe_less")


def cost_text(teller: Teller, change: Change | None) -> str:
    """Return what a change costs a year above the plan; `at most` where less is not excluded."""
    if change is None:
        return teller.say("word.none")
    cost = _a_year(teller, change.cost_ore_per_week)
    return cost if change.is_least else teller.say("unserved.at_most", cost=cost)


def price_text(teller: Teller, change: Change) -> str:
    """Return a sentence on what a change costs or saves a year."""
    if change.is_least and change.cost_ore_per_week < 0:
        return teller.say("explain.saving", cost=_a_year(teller, -change.cost_ore_per_week))
    return teller.say("explain.price", cost=cost_text(teller, change))


def _a_year(teller: Teller, ore_per_week: float) -> str:
    return teller.money(ore_per_week * WEEKS_PER_YEAR)


def _number(teller: Teller, value: float) -> str:
    return teller.number(value, 0 if value == int(value) else 1)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
