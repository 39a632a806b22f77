"""What a public report tells of amounts of home orders and vans, so that no count is given away.

An amount that has a known price gives its count away; amounts of few orders are therefore put
together with others, and payers that pay each other for few deliveries are told as one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from deliveryopt.plan.figures import Metrics
from deliveryopt.reports.bundle import Bundle
from deliveryopt.reports.home_counts import DOOR, HOWS, HomeCounts, points_hidden
from deliveryopt.reports.suppression import Block, is_few, is_safe, joined, partition
from deliveryopt.units import ORE_PER_SEK

ITEM_OF: Final = {
    "by_run": "home_deliveries",
    "in_box": "orders_in_boxes",
    "as_today": "orders_as_today",
    "unserved": "unserved_orders",
}
"""Cost item of what becomes of a home order, without a van."""
_OF_HOMES: Final = tuple(ITEM_OF.values())
ITEMS: Final = ("boxes", "sites", "fees", "services", "carrying", "resident_trips", "co2")
"""Cost items of every plan; those of vans and home orders come before residents' trips."""
PAYERS: Final = ("municipality", "region", "carrier", "residents")
"""Payers of every plan."""
_PRICED: Final = frozenset({"in_box", "as_today", "unserved"})
"""Ends of orders whose price the report tells, or that of today: an amount tells their number."""
_COUNTABLE: Final = ("resident_trips", "co2")
_ROUNDED: Final = frozenset(
    {"expenditure_ore", "net_expenditure_ore", "state_grant_ore", "municipality_net_ore"}
)
"""Amounts that, with the table of costs, would tell the fees of orders that are collected."""
_STEPS_SEK: Final = (1, 2, 5, 10)
"""To so many kronor the cost of a parcel is rounded where it would tell of few orders."""
_HUNDRED_SEK_ORE: Final = 100 * ORE_PER_SEK


@dataclass(frozen=True, slots=True)
class About:
    """An amount that is told to hundreds of kronor only."""

    ore: int


Amount = int | About | Literal["withheld"]
Each = float | About | Literal["withheld"]
"""What may be told of the cost of one of many, öre."""


@dataclass(frozen=True, slots=True)
class AmountRow:
    """One amount today and by the plan, öre a week, of one or several items or payers."""

    names: Block
    today_ore: int
    plan_ore: int


def cost_rows(bundle: Bundle, counts: HomeCounts) -> list[AmountRow]:
    """Return the cost by item, items put together where one alone would tell of few orders."""
    scenario = bundle.scenario
    used = {name for name in ITEM_OF if counts.plan[name] or counts.today[name]}
    of_homes = [
        _items(block)
        for block in _cost_blocks(counts)
        if scenario.homes and used.intersection(block)
    ]
    if len(of_homes) == 1:
        of_homes = [(*(item for item in of_homes[0] if item not in _OF_HOMES), *_OF_HOMES)]
    together = {item for block in of_homes for item in block}
    plain = [*ITEMS[: -len(_COUNTABLE)], *(["vans"] if scenario.vans else [])]
    blocks: list[Block] = [(item,) for item in plain if item not in together]
    blocks += [*of_homes, *((item,) for item in _COUNTABLE)]
    return [_amounts(bundle, "cost_by_item", block) for block in blocks]


def van_costs_told(bundle: Bundle, counts: HomeCounts) -> bool:
    """Return whether the cost of vans may be told by itself."""
    blocks = (_items(block) for block in _cost_blocks(counts))
    return not bundle.scenario.homes or not any("vans" in block for block in blocks)


def _items(block: Block) -> Block:
    """Return the cost items of a block."""
    return tuple(ITEM_OF.get(name, name) for name in block)


def _amounts(bundle: Bundle, table: str, names: Block) -> AmountRow:
    """Return the sum of some amounts, today and by the plan."""
    today, plan = (
        sum(getattr(getattr(metrics, table), f"{name}_ore") for name in names)
        for metrics in (bundle.today, bundle.metrics)
    )
    return AmountRow(names, today, plan)


def _cost_blocks(counts: HomeCounts) -> list[Block]:
    """Return ends of orders whose amounts are told together; with `vans` and `fees` if need be."""
    if not isinstance(counts.orders, int):
        return [_widened(tuple(ITEM_OF), counts, with_vans=True)]
    plan = {name: counts.plan[name] for name in ITEM_OF}
    today = {name: counts.today[name] for name in ITEM_OF}
    alike = [tuple(name for name in block if name in ITEM_OF) for block in counts.hows]
    told = partition(plan, counts.least, counts.few)
    blocks = joined(joined(told, partition(today, {}, counts.few)), alike)
    telling = next((block for block in blocks if _tells_counts(block, counts)), None)
    if telling is not None and plan["by_run"]:
        blocks = joined(blocks, [(*telling, "by_run")])
    return [
        _widened(
            block,
            counts,
            with_vans=_tells_counts(block, counts)
            or not is_safe(block, plan, counts.least, counts.few),
        )
        for block in blocks
    ]


def _tells_counts(block: Block, counts: HomeCounts) -> bool:
    """Return whether an amount tells counts that are only told together, by their prices."""
    plan = counts.plan
    present = {name for name in block if plan[name]}
    together = {
        name for names in counts.hows if sum(plan[one] > 0 for one in names) > 1 for name in names
    }
    return bool(present & together) and present <= _PRICED


def _widened(block: Block, counts: HomeCounts, *, with_vans: bool) -> Block:
    """Return a block with the vans, and with the fees where they tell of orders collected."""
    if with_vans and counts.plan["by_van"]:
        block = ("vans", *block)
    hidden = counts.plan["in_box"] and not counts.is_told("in_box")
    return ("fees", *block) if hidden and "in_box" in block else block


def payments(bundle: Bundle, counts: HomeCounts, *, plan: bool) -> dict[str, Amount]:
    """Return what may be told of who pays for deliveries to the door, öre a week, and how many.

    Parameters
    ----------
    bundle
        One solved scenario.
    counts
        What may be told of its home orders.
    plan
        Whether by the plan, or today.

    Returns
    -------
    dict
        By the names of `HomeDeliveryFigures`.
    """
    metrics, terms = bundle.metrics if plan else bundle.today, bundle.scenario.home_delivery
    figures = metrics.home_delivery
    orders, deliveries = metrics.home_orders.orders, figures.deliveries
    of_goods, occasions = figures.grant_deliveries, figures.occasions
    door = sum(getattr(metrics.home_orders, how) for how in DOOR)
    is_told = isinstance(counts.orders, int) or not deliveries
    adds_up = is_told and (counts.door_told or not deliveries)
    tells_all = adds_up and _apart(deliveries, (orders, door), counts.few)
    wholes = (orders, deliveries) if tells_all else (orders,)
    tells_goods = adds_up and _apart(of_goods, wholes, counts.few)
    capped = figures.state_grant_ore == figures.grant_cap_ore * occasions
    tells_grant = is_told and not is_few(of_goods, counts.few)
    tells_grant &= not capped or (adds_up and _apart(occasions, wholes, counts.few))
    shown = {
        "deliveries": tells_all,
        "expenditure_ore": (
            is_told
            and not is_few(deliveries, counts.few)
            and not counts.hides("unserved", plan=plan)
        ),
        "customer_fees_ore": tells_all or not terms.customer_fee_sek,
        "shops_share_ore": tells_goods or not terms.shop_share_sek,
        "state_grant_ore": tells_grant,
    }
    shown["net_expenditure_ore"] = (
        shown["expenditure_ore"] and shown["customer_fees_ore"] and shown["shops_share_ore"]
    )
    shown["municipality_net_ore"] = shown["net_expenditure_ore"] and tells_grant
    told: dict[str, Amount] = {}
    for name, may_be in shown.items():
        value: int = getattr(figures, name)
        told[name] = value if may_be or not value else "withheld"
        if may_be and value and name in _ROUNDED and counts.hides("in_box", plan=plan):
            told[name] = About(_to_hundreds(value))
    return told


def cost_of_parcel(bundle: Bundle, counts: HomeCounts, *, plan: bool) -> Each | None:
    """Return what may be told of the cost of a parcel, öre; None if no parcel is collected.

    The cost of all parcels is that of everything without home orders: told beside the whole, it
    tells what the orders cost. Where a number of orders is hidden, the cost is therefore rounded
    so coarsely that four orders more or less at the highest price do not show, or not told.

    Parameters
    ----------
    bundle
        One solved scenario.
    counts
        What may be told of its home orders.
    plan
        Whether by the plan, or today.
    """
    metrics, scenario = bundle.metrics if plan else bundle.today, bundle.scenario
    exact = metrics.cost_ore_per_parcel
    if exact is None or all(_is_open(counts, how) for how in HOWS):
        return exact
    parcels = metrics.parcels_per_week - metrics.parcels_without_per_week
    prices = [scenario.home_delivery.unserved_sek]
    prices += [order.today_sek or 0.0 for order in scenario.homes]
    few_cost_sek = (counts.few - 1) * max(prices)
    step = next((sek for sek in _STEPS_SEK if sek * parcels >= few_cost_sek), None)
    if step is None:
        return "withheld"
    return About(round(exact / (step * ORE_PER_SEK)) * step * ORE_PER_SEK)


def cost_of_home_delivery(bundle: Bundle, counts: HomeCounts, *, plan: bool) -> Each | None:
    """Return what may be told of the cost of a delivery to the door, öre; None without any."""
    exact = (bundle.metrics if plan else bundle.today).cost_ore_per_home_delivery
    return exact if exact is None or all(_is_open(counts, how) for how in DOOR) else "withheld"


def _is_open(counts: HomeCounts, how: str) -> bool:
    """Return whether it is told how many orders have an end, or everybody knows of none."""
    known = isinstance(counts.orders, int) and (how,) in counts.hows
    return known or not (counts.plan[how] or counts.today[how])


def _to_hundreds(ore: int) -> int:
    """Return an amount of öre rounded to hundreds of kronor, never to zero."""
    hundreds = round(ore / _HUNDRED_SEK_ORE) or (1 if ore > 0 else -1)
    return hundreds * _HUNDRED_SEK_ORE


def _apart(count: int, wholes: Iterable[int], few: int) -> bool:
    """Return whether a count may be told beside the wholes that it is part of."""
    return not is_few(count, few) and not any(is_few(whole - count, few) for whole in wholes)


def payer_rows(bundle: Bundle, counts: HomeCounts) -> list[AmountRow]:
    """Return the cost by payer; those that pay each other for few deliveries are told as one."""
    payers = list(PAYERS)
    if bundle.scenario.homes:
        payers.append("state")
    by_payer = (bundle.today.cost_by_payer, bundle.metrics.cost_by_payer)
    if bundle.scenario.homes or bundle.scenario.vans or any(paid.shops_ore for paid in by_payer):
        payers.append("shops")
    parties = _parties(bundle, counts, plan=False) | _parties(bundle, counts, plan=True)
    merged = tuple(payer for payer in payers if payer in parties)
    blocks: list[Block] = [(payer,) for payer in payers if payer not in parties]
    if merged:
        blocks.insert(payers.index(merged[0]), merged)
    return [
        _with_unserved(bundle, row) if hidden and "municipality" in row.names else row
        for hidden in [any(counts.hides("unserved", plan=plan) for plan in (False, True))]
        for row in (_amounts(bundle, "cost_by_payer", block) for block in blocks)
    ]


def _with_unserved(bundle: Bundle, row: AmountRow) -> AmountRow:
    """Return a payer's amount with what nobody pays: beside it that would tell its own count."""
    nobody = _amounts(bundle, "cost_by_item", (ITEM_OF["unserved"],))
    return AmountRow(
        (*row.names, "nobody"), row.today_ore + nobody.today_ore, row.plan_ore + nobody.plan_ore
    )


def _parties(bundle: Bundle, counts: HomeCounts, *, plan: bool) -> set[str]:
    """Return the payers whose amounts would tell of few deliveries."""
    metrics, terms = bundle.metrics if plan else bundle.today, bundle.scenario.home_delivery
    parties: set[str] = set()
    if not isinstance(payments(bundle, counts, plan=plan)["state_grant_ore"], int):
        parties |= {"municipality", "state"}
    hidden = points_hidden(metrics, counts.few)
    if any(row.pickup_point in hidden and row.kind == "agent" for row in metrics.pickup_point_rows):
        parties |= {"municipality", "carrier"}
    if terms.customer_fee_sek:
        parties |= _sides(metrics, counts, "residents", goods=None)
    if terms.shop_share_sek:
        parties |= _sides(metrics, counts, "shops", goods="grocery")
    return parties


def _sides(metrics: Metrics, counts: HomeCounts, side: str, *, goods: str | None) -> set[str]:
    """Return who pays and who is paid for deliveries, if one of these amounts tells of few."""
    payers = [
        row.payer
        for row in metrics.home_rows
        if row.how in DOOR and goods in {None, row.goods} and row.payer is not None
    ]
    numbers = [payers.count(payer) for payer in sorted(set(payers))]
    orders = metrics.home_orders.orders
    safe = isinstance(counts.orders, int) and all(
        _apart(number, (orders, len(payers)), counts.few) for number in (*numbers, len(payers))
    )
    if safe or not payers:
        return set()
    return {side, *("shops" if payer == "shop" else payer for payer in payers)}
