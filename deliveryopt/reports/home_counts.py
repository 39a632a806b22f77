"""What a public report tells of home orders: counts put together so that none is given away."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from deliveryopt.plan.figures import Metrics, PickupPointRow, RunRow
from deliveryopt.plan.figures_of_homes import VanDayRow
from deliveryopt.reports.bundle import Bundle
from deliveryopt.reports.formats import FEW
from deliveryopt.reports.suppression import (
    Block,
    Told,
    column,
    is_few,
    joined,
    partition,
    told_sum,
)

HOWS: Final = ("by_run", "by_van", "in_box", "as_today", "unserved")
"""What becomes of a home order, in the order of every table."""
DOOR: Final = ("by_run", "by_van", "as_today")
"""Deliveries to the door."""
GOODS: Final = ("grocery", "meal", "pharmacy", "parcel")
"""Kinds of goods, in the order of every table."""


@dataclass(frozen=True, slots=True, eq=False)
class HomeCounts:
    """What may be told of the home orders of a bundle; made by `home_counts`."""

    plan: Mapping[str, int]
    """Orders by what becomes of them, by the plan."""
    today: Mapping[str, int]
    """The same today."""
    least: Mapping[str, int]
    """What other tables of the report give away of the plan's counts."""
    hows: tuple[Block, ...]
    """What becomes of them, in blocks that may be told."""
    orders_of_days_told: bool
    """Whether a van's day may tell of home orders at all."""
    parted: frozenset[str] = frozenset()
    """Ends whose parts may be told, run by run or reason by reason: no other end by the plan is
    hidden behind them."""
    few: int = FEW
    """Least count that is told: `FEW` in public, `EXACT` inside the municipality."""

    def hides(self, how: str, *, plan: bool) -> bool:
        """Return whether there are orders with this end, but their number is not told."""
        counts = self.plan if plan else self.today
        alone = (how,) in self.hows and isinstance(self.orders, int)
        return counts[how] > 0 and not alone

    @property
    def door_told(self) -> bool:
        """Return whether a reader can add up all deliveries to the door."""
        door = set(DOOR)
        return all(door.issuperset(block) or door.isdisjoint(block) for block in self.hows)

    @property
    def orders(self) -> Told:
        """Return what may be told of the number of orders."""
        return told_sum(HOWS, self.plan, self.least, self.few)

    def by_plan(self, block: Block) -> Told:
        """Return what may be told of a block, by the plan."""
        return self._told(block, self.plan)

    def by_today(self, block: Block) -> Told:
        """Return what may be told of a block, today."""
        return self._told(block, self.today)

    def _told(self, block: Block, counts: Mapping[str, int]) -> Told:
        """Return the sum of a block; none is told where the number of all orders is not."""
        total = sum(counts[name] for name in block)
        if isinstance(self.orders, int) or not total:
            return total
        return "few" if is_few(total, self.few) else "withheld"

    def is_told(self, how: str) -> bool:
        """Return whether the plan's count of one category is told, by itself."""
        return (how,) in self.hows and isinstance(self.by_plan((how,)), int)


def counts_of(metrics: Metrics) -> dict[str, int]:
    """Return orders by what becomes of them."""
    return {how: getattr(metrics.home_orders, how) for how in HOWS}


def _least(metrics: Metrics, few: int, *, with_days: bool) -> dict[str, int]:
    """Return what the tables of runs, vans and pickup points give away of counts of orders."""
    days = [row for row in _public_days(metrics, few) if row.home_stops]
    by_van = sum(max(1, row.trips - row.point_stops) for row in days) if with_days else 1
    return {
        "by_run": sum(row.orders_per_week > 0 for row in public_runs(metrics, few)),
        "by_van": by_van,
        "in_box": sum(row.orders_per_week > 0 for row in metrics.pickup_point_rows),
    }


def _public_days(metrics: Metrics, few: int) -> list[VanDayRow]:
    """Return the days of vans but those that only bring few home orders."""
    return [
        row for row in metrics.van_day_rows if row.point_stops or not is_few(row.home_stops, few)
    ]


def home_counts(bundle: Bundle, few: int = FEW) -> HomeCounts:
    """Return what may be told of the home orders of a bundle."""
    plan, today = counts_of(bundle.metrics), counts_of(bundle.today)
    least = _least(bundle.metrics, few, with_days=True)
    orders_of_days_told = not plan["by_van"] or ("by_van",) in partition(plan, least, few)
    if not orders_of_days_told:
        least = _least(bundle.metrics, few, with_days=False)
    return HomeCounts(
        plan=plan,
        today=today,
        least=least,
        hows=joined(partition(plan, least, few), partition(today, {}, few)),
        orders_of_days_told=orders_of_days_told,
        parted=frozenset(block[0] for block in partition(plan, least, few) if len(block) == 1),
        few=few,
    )


@dataclass(frozen=True, slots=True)
class GoodsRow:
    """Orders of some kinds of goods with some ends."""

    goods: Block
    hows: Block
    today: Told
    plan: Told


def goods_rows(bundle: Bundle, counts: HomeCounts) -> list[GoodsRow]:
    """Return orders by goods; also by what becomes of them, if each such count may be told."""
    plan, today = _by_goods(bundle.metrics), _by_goods(bundle.today)
    of_goods = {name: sum(plan[name, how] for how in HOWS) for name in GOODS}
    if not isinstance(counts.orders, int):
        return []
    told = partition(of_goods, {}, counts.few)
    blocks = [block for block in told if any(of_goods[name] for name in block)]
    rows = [GoodsRow(block, HOWS, *[sum(of_goods[name] for name in block)] * 2) for block in blocks]
    if len(blocks) == 1:
        return rows if len(blocks[0]) == 1 else []
    cells = [
        (block, hows, _sum(today, block, hows), _sum(plan, block, hows))
        for block in blocks
        for hows in counts.hows
    ]
    if any(is_few(count, counts.few) for *_, now, planned in cells for count in (now, planned)):
        return rows
    crossed = [GoodsRow(*cell) for cell in cells if cell[-1] or cell[-2]]
    return [
        row for block in rows for row in (block, *(c for c in crossed if c.goods == block.goods))
    ]


def _by_goods(metrics: Metrics) -> Counter[tuple[str, str]]:
    """Return orders by goods and what becomes of them."""
    return Counter((row.goods, row.how) for row in metrics.home_rows)


def _sum(counts: Counter[tuple[str, str]], goods: Block, hows: Block) -> int:
    """Return the orders of some goods with some ends."""
    return sum(counts[name, how] for name in goods for how in hows)


def parts_told(counts: HomeCounts, how: str, parts: Sequence[int]) -> list[Told]:
    """Return what may be told of the parts of an end of orders by the plan, such as by run.

    Where the end is told together with others, its parts would tell it alone, and so the others;
    where no number of orders is told, there is nothing to take it from.
    """
    if isinstance(counts.orders, int) and how not in counts.parted:
        return ["withheld" if count else 0 for count in parts]
    return column(parts, sum_told=counts.is_told(how), few=counts.few)


def van_days(bundle: Bundle, counts: HomeCounts) -> list[tuple[VanDayRow, Told]]:
    """Return the days of vans that may be told, with what may be told of their home orders.

    Days on which a van only brings one to four orders are left out. If even the others would tell
    of few orders, only those with stops at pickup points are told, and nothing of orders on them.
    """
    rows = bundle.metrics.van_day_rows
    if not counts.orders_of_days_told:
        return [(row, "withheld") for row in rows if row.point_stops]
    told = parts_told(counts, "by_van", [row.orders for row in rows])
    public = _public_days(bundle.metrics, counts.few)
    return [(row, one) for row, one in zip(rows, told, strict=True) if row in public]


def all_days_told(bundle: Bundle, counts: HomeCounts) -> bool:
    """Return whether every day of every van is told."""
    return len(van_days(bundle, counts)) == len(bundle.metrics.van_day_rows)


@dataclass(frozen=True, slots=True)
class VanWeek:
    """What one van drives in a week, or several that are told together."""

    vans: Block
    km: float
    minutes: int
    cost_ore: int
    co2_kg: float


def van_weeks(metrics: Metrics, few: int = FEW) -> list[VanWeek]:
    """Return what vans drive in a week; vans that bring few orders are put together."""
    rows = {row.van: row for row in metrics.van_rows}
    return [
        VanWeek(
            vans=block,
            km=sum(rows[van].km for van in block),
            minutes=sum(rows[van].minutes for van in block),
            cost_ore=sum(rows[van].cost_ore_per_week for van in block),
            co2_kg=sum(rows[van].co2_kg_per_week for van in block),
        )
        for block in partition({van: row.orders for van, row in rows.items()}, {}, few)
    ]


def public_runs(metrics: Metrics, few: int = FEW) -> tuple[RunRow, ...]:
    """Return the runs that a public report names: not those that only deliver to few homes."""
    return tuple(
        row
        for row in metrics.run_rows
        if row.services_per_week or row.parcels_per_week or not is_few(row.orders_per_week, few)
    )


def num_parcel_runs(metrics: Metrics) -> int:
    """Return how many runs serve pickup points or carry parcels, not only home orders."""
    return sum(row.services_per_week > 0 or row.parcels_per_week > 0 for row in metrics.run_rows)


def parcel_days(metrics: Metrics, run: RunRow, few: int = FEW) -> tuple[str, ...]:
    """Return the days on which a run serves or carries parcels, and those of many homes."""
    if not is_few(run.orders_per_week, few):
        return run.days
    return tuple(
        row.day
        for row in metrics.run_day_rows
        if row.run == run.run and (row.services or row.parcels)
    )


def hides_homes(run: RunRow, few: int = FEW) -> bool:
    """Return whether figures of a run would tell of one to four homes."""
    return is_few(run.orders_per_week, few)


def hides_orders(metrics: Metrics, point: PickupPointRow, few: int = FEW) -> bool:
    """Return whether figures of a pickup point would tell of one to four home orders there.

    If one such point is hidden, then all with home orders are, or their sum would give it back.
    """
    with_orders = [row for row in metrics.pickup_point_rows if row.orders_per_week]
    return point.orders_per_week > 0 and any(
        is_few(row.orders_per_week, few) for row in with_orders
    )


def points_hidden(metrics: Metrics, few: int = FEW) -> frozenset[str]:
    """Return the pickup points whose figures would tell of one to four home orders."""
    return frozenset(
        row.pickup_point for row in metrics.pickup_point_rows if hides_orders(metrics, row, few)
    )


def runs_to_hidden_points(bundle: Bundle, few: int = FEW) -> frozenset[str]:
    """Return the runs that serve such points: their parcels would tell of home orders."""
    hidden = points_hidden(bundle.metrics, few)
    return frozenset(
        service.run for service in bundle.plan.services if hidden.intersection(service.points)
    )


def van_days_to_hidden_points(bundle: Bundle, few: int = FEW) -> frozenset[tuple[str, str]]:
    """Return the vans and days that stop at such points."""
    hidden = points_hidden(bundle.metrics, few)
    return frozenset(
        (route.van, route.day)
        for route in bundle.plan.van_routes
        if any(stop.place in hidden for trip in route.trips for stop in trip.stops)
    )


def rounds_van_days(metrics: Metrics, few: int = FEW) -> bool:
    """Return whether exact hours and kilometres of a van's day would tell of few homes.

    Then all days are rounded, or the rounding would tell which.
    """
    return any(is_few(row.home_stops, few) for row in metrics.van_day_rows)
