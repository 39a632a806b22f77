"""Villages as they may be told: one with one to four inhabitants is told together with others.

The inhabitants of such a village are a household or two. It is told together with the nearest
village that fares alike, so that no total gives its inhabitants back: the same coverage today and
by the plan, and if it can be the same pickup points and classes of distance.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from deliveryopt.plan.figures import DistanceClass, VillageRow
from deliveryopt.reports.bundle import Bundle
from deliveryopt.reports.formats import FEW
from deliveryopt.reports.suppression import is_few
from deliveryopt.scenario.schema import Village
from deliveryopt.scenario.travel import straight_line_m

Coverage = Literal["kept", "gained", "lost", "without"]


@dataclass(frozen=True, slots=True)
class ToldVillage:
    """One village, or several that are told together, the most inhabited first."""

    rows: tuple[VillageRow, ...]
    """Its rows by the plan."""
    todays: tuple[VillageRow, ...]
    """Its rows today, in the same order."""

    @property
    def villages(self) -> tuple[str, ...]:
        """Return the ids of the villages."""
        return tuple(row.village for row in self.rows)

    @property
    def is_joined(self) -> bool:
        """Return whether several villages are told together."""
        return len(self.rows) > 1

    @property
    def inhabitants(self) -> int:
        """Return their inhabitants."""
        return sum(row.inhabitants for row in self.rows)

    @property
    def inhabitants_65(self) -> int | None:
        """Return those of 65 years or more; None if that is not known of each village."""
        known = [row.inhabitants_65 for row in self.rows if row.inhabitants_65 is not None]
        return sum(known) if len(known) == len(self.rows) else None

    @property
    def parcels_per_week(self) -> int:
        """Return their parcels a week."""
        return sum(row.parcels_per_week for row in self.rows)

    @property
    def cost_ore_per_week(self) -> int:
        """Return what their collecting costs, öre a week."""
        return sum(row.cost_ore_per_week for row in self.rows)

    @property
    def covered(self) -> bool | None:
        """Return whether they are covered by the plan; None if only some are."""
        return _same(row.covered for row in self.rows)

    @property
    def covered_today(self) -> bool | None:
        """Return whether they are covered today; None if only some are."""
        return _same(row.covered for row in self.todays)

    @property
    def coverage(self) -> Coverage:
        """Return what happens to them: that of the most inhabited one, where they differ."""
        if self.rows[0].covered:
            return "kept" if self.todays[0].covered else "gained"
        return "lost" if self.todays[0].covered else "without"

    def points(self, *, plan: bool) -> tuple[str | None, ...]:
        """Return where they collect, by the plan or today; None for a village that cannot."""
        rows = self.rows if plan else self.todays
        return tuple(dict.fromkeys(row.pickup_point for row in rows))

    def distances_km(self, *, plan: bool) -> tuple[float, ...]:
        """Return the least and the greatest distance to it, or the only one, km; none without."""
        rows = self.rows if plan else self.todays
        found = [row.distance_km for row in rows if row.distance_km is not None]
        return tuple(dict.fromkeys((min(found), max(found)))) if found else ()


def _same(values: Iterable[bool]) -> bool | None:
    """Return the value that all have; None if they differ."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def told_villages(bundle: Bundle, few: int = FEW) -> tuple[ToldVillage, ...]:
    """Return every village once: by itself, or together with those it is told with.

    Parameters
    ----------
    bundle
        One solved scenario.
    few
        Least number of inhabitants that is told; `Teller.few`.

    Returns
    -------
    tuple[ToldVillage, ...]
        In the order of the villages' rows, by the first village of each.
    """
    rows = {row.village: row for row in bundle.metrics.village_rows}
    todays = {row.village: row for row in bundle.today.village_rows}
    groups = _groups(bundle, rows, todays, few)
    order = list(rows)
    told = []
    for group in sorted(groups, key=lambda group: min(map(order.index, group))):
        listed = sorted(group, key=lambda one: (-rows[one].inhabitants, order.index(one)))
        told.append(
            ToldVillage(tuple(rows[one] for one in listed), tuple(todays[one] for one in listed))
        )
    return tuple(told)


def _groups(
    bundle: Bundle, rows: dict[str, VillageRow], todays: dict[str, VillageRow], few: int
) -> list[frozenset[str]]:
    """Return the villages in groups that may be told."""
    groups = [frozenset({village}) for village in rows]
    places = {village.id: village for village in bundle.scenario.villages}
    classes = bundle.metrics.inhabitants_by_distance

    def is_told(group: frozenset[str]) -> bool:
        """Return whether the inhabitants of a group tell nothing of a small village in it."""
        counts = [rows[one].inhabitants for one in group if rows[one].inhabitants]
        return not any(is_few(count, few) for count in counts) or (
            len(group) > 1 and sum(counts) - len(counts) >= few - 1
        )

    def unlike(one: str, other: str) -> tuple[int, int, int, int]:
        """Return how little two villages fare alike, and how far apart they are."""
        pairs = ((rows[one], rows[other]), (todays[one], todays[other]))
        return (
            sum(a.covered != b.covered for a, b in pairs),
            sum(a.pickup_point != b.pickup_point for a, b in pairs),
            sum(_class_of(a, classes) != _class_of(b, classes) for a, b in pairs),
            _apart_m(places[one], places[other]),
        )

    while (small := next((one for one in groups if not is_told(one)), None)) is not None:
        others = [one for one in groups if one != small and any(rows[v].inhabitants for v in one)]
        if not others:
            break
        nearest = min(
            others,
            key=lambda group: (min(unlike(a, b) for a in small for b in group), sorted(group)),
        )
        groups = [one for one in groups if one not in {small, nearest}] + [small | nearest]
    return groups


def _apart_m(one: Village, other: Village) -> int:
    """Return how far apart two villages are as the crow flies, metres."""
    return straight_line_m(one.lat_deg, one.lon_deg, other.lat_deg, other.lon_deg)


def _class_of(row: VillageRow, classes: tuple[DistanceClass, ...]) -> int | None:
    """Return the class of distance of a village; None without a pickup point."""
    if row.distance_km is None:
        return None
    return sum(row.distance_km >= one.from_km for one in classes)


@dataclass(frozen=True, slots=True)
class Withheld:
    """Counts of inhabitants that would tell of a small village by subtraction."""

    points: frozenset[str]
    """Pickup points whose inhabitants are not told."""
    distances: bool
    """Whether the classes of distance are not told."""


def withheld_people(bundle: Bundle, few: int = FEW) -> Withheld:
    """Return which counts of inhabitants are not told, because villages told together differ.

    Parameters
    ----------
    bundle
        One solved scenario.
    few
        Least number of inhabitants that is told; `Teller.few`.
    """
    classes = bundle.metrics.inhabitants_by_distance
    joined = [one for one in told_villages(bundle, few) if one.is_joined]
    points: set[str] = set()
    for one in joined:
        collect = one.points(plan=True)
        if len(collect) > 1:
            points.update(point for point in collect if point is not None)
    distances = any(
        len({_class_of(row, classes) for row in rows}) > 1
        for one in joined
        for rows in (one.rows, one.todays)
    )
    return Withheld(frozenset(points), distances)
