"""Figures of several plans side by side: the baseline's, each other plan's, and the difference.

Every difference is that of two figures as they are told, rounded and put together, so that none
tells more than the two figures do. Numbers of home orders are left out: differences of small
numbers would give them back.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final, Literal

from deliveryopt.plan.figures import Metrics, VillageRow
from deliveryopt.reports.bundle import Bundle
from deliveryopt.reports.formats import FEW
from deliveryopt.reports.home_amounts import cost_rows, payer_rows
from deliveryopt.reports.home_counts import home_counts, num_parcel_runs, public_runs
from deliveryopt.reports.suppression import Block, is_few, joined
from deliveryopt.units import ORE_PER_SEK

Unit = Literal["share", "count", "km", "kg", "days", "sek_per_week", "sek_per_year"]
Fate = Literal["gained", "lost", "moved"]
_DECIMALS: Final = 3
_OF_PER_CENT: Final = 2
"""So many more decimals has a share than its per cent."""
_WEEK_TEXT: Final = "compare.figure_cost_per_week"
_YEAR_TEXT: Final = "compare.figure_cost_above_today_per_year"
_NOBODY: Final = "nobody"
_UNSERVED: Final = "unserved_orders"


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One figure of every plan, as it is told."""

    key: str
    """Name of the figure; names of several that are told together are joined by `+`."""
    unit: Unit
    decimals: int
    """Decimals that are told; of a share, of its per cent."""
    baseline: float | None
    """None where the plan has no such figure."""
    others: tuple[float | None, ...]
    """In the order of the other plans."""
    text: str = ""
    """Key of the text that names it; amounts are named by their items or payers."""

    def change(self, place: int) -> float | None:
        """Return the difference of one other plan; None if one of the figures is missing."""
        other = self.others[place]
        if self.baseline is None or other is None:
            return None
        return round(other - self.baseline, _DECIMALS)

    def change_share(self, place: int) -> float | None:
        """Return the difference over the baseline.

        None if that is zero, or itself a share, or itself an amount above today.
        """
        change = self.change(place)
        if change is None or not self.baseline or self.unit in {"share", "sek_per_year"}:
            return None
        return round(change / abs(self.baseline), _DECIMALS)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure, its name, and where it comes from."""

    key: str
    text: str
    unit: Unit
    decimals: int
    of: Callable[[Metrics], float | None]


_FIGURES: Final = (
    _Figure(
        "coverage_share",
        "compare.figure_coverage_share",
        "share",
        1,
        lambda metrics: metrics.coverage_share,
    ),
    _Figure(
        "covered_inhabitants",
        "compare.figure_covered_inhabitants",
        "count",
        0,
        lambda metrics: metrics.covered_inhabitants,
    ),
    _Figure(
        "mean_distance_km",
        "compare.figure_mean_distance_km",
        "km",
        1,
        lambda metrics: metrics.mean_distance_km,
    ),
    _Figure(
        "worst_distance_km",
        "compare.figure_worst_distance_km",
        "km",
        1,
        lambda metrics: metrics.worst_distance_km,
    ),
    _Figure("boxes", "compare.figure_boxes", "count", 0, lambda metrics: metrics.boxes),
    _Figure(
        "sites_opened",
        "compare.figure_sites_opened",
        "count",
        0,
        lambda metrics: metrics.sites_opened,
    ),
    _Figure(
        "compartments",
        "compare.figure_compartments",
        "count",
        0,
        lambda metrics: metrics.compartments,
    ),
    _Figure("runs_with_parcels", "compare.figure_runs_with_parcels", "count", 0, num_parcel_runs),
    _Figure(
        "parcels_by_plan_per_week",
        "compare.figure_parcels_by_plan_per_week",
        "count",
        0,
        lambda metrics: metrics.parcels_by_plan_per_week,
    ),
    _Figure(
        "lead_days_mean",
        "compare.figure_lead_days_mean",
        "days",
        1,
        lambda metrics: metrics.lead_days_mean,
    ),
    _Figure(
        "resident_car_km_per_week",
        "compare.figure_resident_car_km_per_week",
        "km",
        1,
        lambda metrics: metrics.resident_car_km_per_week,
    ),
    _Figure(
        "detour_km_per_week",
        "compare.figure_detour_km_per_week",
        "km",
        1,
        lambda metrics: metrics.detour_km_per_week,
    ),
    _Figure(
        "van_km_per_week",
        "compare.figure_van_km_per_week",
        "km",
        1,
        lambda metrics: metrics.vans.km,
    ),
    _Figure(
        "co2_kg_per_week",
        "compare.figure_co2_kg_per_week",
        "kg",
        1,
        lambda metrics: metrics.co2_kg_per_week,
    ),
)


def figure_rows(baseline: Bundle, others: Sequence[Bundle]) -> list[CompareRow]:
    """Return coverage, distances, boxes, runs and driving side by side.

    Where a village with one to four inhabitants is covered in one plan only, the inhabitants
    covered are not told, and shares to whole per cent: the difference would tell its size.
    """
    with_vans = any(bundle.scenario.vans for bundle in (baseline, *others))
    is_coarse = any(village_changes(baseline, other).some_are_hidden for other in others)
    rows = []
    for figure in _FIGURES:
        if (figure.key == "van_km_per_week" and not with_vans) or (
            figure.key == "covered_inhabitants" and is_coarse
        ):
            continue
        decimals = 0 if figure.unit == "share" and is_coarse else figure.decimals
        told = [
            _rounded(figure.of(bundle.metrics), figure.unit, decimals)
            for bundle in (baseline, *others)
        ]
        rows.append(
            CompareRow(figure.key, figure.unit, decimals, told[0], tuple(told[1:]), figure.text)
        )
    return rows


def _rounded(value: float | None, unit: Unit, decimals: int) -> float | None:
    """Return a figure as it is told."""
    if value is None:
        return None
    return round(value, decimals + _OF_PER_CENT if unit == "share" else decimals)


def total_rows(baseline: Bundle, others: Sequence[Bundle]) -> list[CompareRow]:
    """Return the goal's cost a week, and above today a year."""
    week, *weeks = [_sek(each.metrics.cost_ore_per_week) for each in (baseline, *others)]
    year, *years = [
        round(each.comparison.cost_above_today_sek_per_year) for each in (baseline, *others)
    ]
    of_week = CompareRow("cost_per_week", "sek_per_week", 0, week, tuple(weeks), _WEEK_TEXT)
    of_year = CompareRow(
        "cost_above_today_per_year", "sek_per_year", 0, year, tuple(years), _YEAR_TEXT
    )
    return [of_week, of_year]


def item_rows(baseline: Bundle, others: Sequence[Bundle]) -> list[CompareRow]:
    """Return the cost by item; items that any plan tells together are together in all."""
    blocks = [
        [row.names for row in cost_rows(bundle, home_counts(bundle))]
        for bundle in (baseline, *others)
    ]
    return _amount_rows("cost_by_item", blocks, baseline, others)


def payer_amounts(baseline: Bundle, others: Sequence[Bundle]) -> list[CompareRow]:
    """Return the cost by payer; payers that any plan tells together are together in all."""
    blocks = [
        [row.names for row in payer_rows(bundle, home_counts(bundle))]
        for bundle in (baseline, *others)
    ]
    return _amount_rows("cost_by_payer", blocks, baseline, others)


def _amount_rows(
    table: str, blocks: Sequence[Sequence[Block]], baseline: Bundle, others: Sequence[Bundle]
) -> list[CompareRow]:
    """Return amounts of blocks that are safe for every plan, in whole kronor."""
    names = dict.fromkeys(name for of_one in blocks for block in of_one for name in block)
    padded = [
        [*of_one, *((name,) for name in names if not any(name in block for block in of_one))]
        for of_one in blocks
    ]
    together = reduce(joined, padded[1:], tuple(padded[0]))
    return [
        CompareRow(
            "+".join(block),
            "sek_per_week",
            0,
            _amount(table, block, baseline.metrics),
            tuple(_amount(table, block, other.metrics) for other in others),
        )
        for block in together
    ]


def _amount(table: str, block: Block, metrics: Metrics) -> int:
    """Return the sum of some amounts, whole kronor."""
    ore = 0
    for name in block:
        if name == _NOBODY:
            ore += getattr(metrics.cost_by_item, f"{_UNSERVED}_ore")
        else:
            ore += getattr(getattr(metrics, table), f"{name}_ore")
    return _sek(ore)


def _sek(ore: int) -> int:
    """Return öre as whole kronor."""
    return round(ore / ORE_PER_SEK)


@dataclass(frozen=True, slots=True, eq=False)
class VillageChange:
    """One village that collects elsewhere, or is covered in one plan only."""

    village: str
    fate: Fate
    before: VillageRow
    after: VillageRow


@dataclass(frozen=True, slots=True, eq=False)
class VillageChanges:
    """The villages that fare otherwise in another plan."""

    rows: tuple[VillageChange, ...]
    """Those gained first, then those lost, then those that only move."""
    some_are_hidden: bool
    """Whether villages with one to four inhabitants are left out."""


def village_changes(baseline: Bundle, other: Bundle) -> VillageChanges:
    """Return the villages of both plans that fare otherwise; smallest villages are left out."""
    after = {row.village: row for row in other.metrics.village_rows}
    found = [
        VillageChange(row.village, _fate(row, after[row.village]), row, after[row.village])
        for row in baseline.metrics.village_rows
        if row.village in after and _fares_otherwise(row, after[row.village])
    ]
    told = [
        one
        for one in found
        if not (is_few(one.before.inhabitants) or is_few(one.after.inhabitants))
    ]
    order = ("gained", "lost", "moved")
    told.sort(key=lambda one: (order.index(one.fate), -one.after.inhabitants, one.village))
    return VillageChanges(tuple(told), some_are_hidden=len(told) < len(found))


def _fares_otherwise(before: VillageRow, after: VillageRow) -> bool:
    """Return whether a village collects elsewhere, farther or nearer, or is covered in one only."""
    return (before.pickup_point, before.distance_km, before.covered) != (
        after.pickup_point,
        after.distance_km,
        after.covered,
    )


def _fate(before: VillageRow, after: VillageRow) -> Fate:
    """Return what becomes of a village."""
    if before.covered == after.covered:
        return "moved"
    return "gained" if after.covered else "lost"


@dataclass(frozen=True, slots=True)
class SiteChange:
    """One site with another number of boxes."""

    site: str
    before: int
    after: int


def site_changes(baseline: Bundle, other: Bundle) -> list[SiteChange]:
    """Return the sites with another number of boxes, the opened first."""
    before, after = _boxes(baseline.metrics), _boxes(other.metrics)
    found = [
        SiteChange(site, before.get(site, 0), after.get(site, 0))
        for site in sorted({*before, *after})
        if before.get(site, 0) != after.get(site, 0)
    ]
    return sorted(found, key=lambda one: (one.before > 0, one.after == 0, one.site))


def _boxes(metrics: Metrics) -> dict[str, int]:
    """Return the boxes of each site that has some."""
    return {row.pickup_point: row.boxes for row in metrics.pickup_point_rows if row.boxes}


def run_changes(baseline: Bundle, other: Bundle) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the runs that only the baseline uses, and those that only the other plan uses."""
    before = {row.run for row in public_runs(baseline.metrics, FEW)}
    after = {row.run for row in public_runs(other.metrics, FEW)}
    return tuple(sorted(before - after)), tuple(sorted(after - before))


def may_be_alike(baseline: Bundle, other: Bundle) -> bool:
    """Return whether the search may be why one costs less: what is proven leaves both orders open.

    The dearer plan's bound is then not above the cheaper plan's cost.
    """
    dear, cheap = sorted(
        (baseline, other), key=lambda bundle: bundle.metrics.cost_ore_per_week, reverse=True
    )
    if dear.metrics.cost_ore_per_week == cheap.metrics.cost_ore_per_week:
        return False
    bound_ore = dear.proof.bound_ore_per_week
    if dear.proof.status == "OPTIMAL" and not dear.proof.truncated:
        return False
    return (
        bound_ore is None
        or bool(dear.proof.truncated)
        or (bound_ore <= cheap.metrics.cost_ore_per_week)
    )
