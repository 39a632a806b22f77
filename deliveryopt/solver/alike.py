"""Run-days that are alike, counted instead of named, and what the pickup points share of them.

A plan that names run-days has many twins: the ten o'clock and the noon bus of a line may be
exchanged. Run-days with equal services, rooms and delay budgets form a *group* of so many copies;
how often a group gives a service is a whole number. That relaxes the rules on single run-days to
rules on their sum, so a bound stays one; the real run-days are found last (`carried_out.py`).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING

from deliveryopt.scenario.terms import SIZES
from deliveryopt.solver.columns import Commodity
from deliveryopt.solver.decompose import Decomposition

if TYPE_CHECKING:
    from deliveryopt.solver.detours import Option

QUANTITIES = (0, 1, 2)
"""Tenths of a litre, tenths of a kilogram, parcels."""
PIECES = 2
RunDay = tuple[int, int]
Uses = tuple[tuple[int, float], ...]
"""Pairs of shared row and what one unit takes of it."""


@dataclass(frozen=True, slots=True)
class Service:
    """What a run-day does for one pickup point; equal services of run-days are alike."""

    point: int
    stop: int
    is_detour: bool
    cost_ore: float
    """What the point pays: its part, where several points share a detour."""
    extra_s: float
    """Its part of the delay budget, handling left out."""
    is_whole: bool
    """Whether the point has the service to itself."""
    arrival_day: int
    brings: tuple[tuple[int, Commodity], ...]
    """Boarding stop and commodity of all that it may bring, in order."""


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Run-days that are alike."""

    run_days: tuple[RunDay, ...]
    budget_s: float
    parcel_s: float
    parcel_ore: float
    room: tuple[float, float, float]
    columns: dict[Service, tuple[int, ...]]
    """Column of each service, in the order of the run-days."""

    @property
    def copies(self) -> int:
        """Return how many run-days there are."""
        return len(self.run_days)


@dataclass(frozen=True, slots=True, eq=False)
class Offer:
    """A group's service of one point, with its part of what points share."""

    group: int
    service: Service
    copies: int
    room: tuple[float, float, float]
    """What one visit can bring: tenths of a litre, tenths of a kilogram, parcels."""
    parcel_ore: float
    of_visit: Uses
    """Shared rows that one visit takes from."""
    of_load: dict[tuple[int, int], Uses]
    """Shared rows that one unit of load takes from, by boarding stop and quantity."""


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """All groups, their offers to points, and the rows that points share."""

    groups: tuple[Group, ...]
    offers: dict[int, tuple[Offer, ...]]
    """By pickup point."""
    row_upper: tuple[float, ...]
    """Most of each shared row; rows that cannot bind are left out."""
    row_names: tuple[str, ...]


def _services_of_run_days(work: Decomposition) -> dict[RunDay, dict[Service, int]]:
    """Return the services of every run-day, without transfers, and their columns."""
    model = work.model
    brings: dict[tuple[Option, int, int], set[tuple[int, Commodity]]] = defaultdict(set)
    for ride in model.itineraries.direct:
        if (ride.option, ride.day) in model.takes:
            brings[ride.option, ride.day, ride.point] |= set()
    for point, flows in model.arrivals.items():
        for flow in flows:
            if flow.ride.kind == "direct":
                key = (flow.ride.option, flow.ride.day, point)
                brings[key].add((flow.ride.board_stop, flow.commodity))
    found: dict[RunDay, dict[Service, int]] = defaultdict(dict)
    for (option, day, point), brought in brings.items():
        column = model.takes[option, day]
        cost_ore = work.share_ore(point, column)
        part = 1.0 if len(option.points) == 1 else cost_ore / max(1, option.cost_ore)
        service = Service(
            point=point,
            stop=option.stop,
            is_detour=option.is_detour,
            cost_ore=cost_ore,
            extra_s=option.extra_s * part,
            is_whole=len(option.points) == 1,
            arrival_day=work.arrival_day(option, day),
            brings=tuple(sorted(brought)),
        )
        found[option.run, day].setdefault(service, column)
    return found


def room_or_endless(
    room: tuple[int | None, int | None, int | None],
) -> tuple[float, float, float]:
    """Return a room in which a quantity without a limit is endless."""
    litres, kilograms, parcels = (inf if limit is None else float(limit) for limit in room)
    return litres, kilograms, parcels


def _groups(work: Decomposition) -> tuple[Group, ...]:
    runs = work.model.network.runs
    alike: dict[object, list[tuple[RunDay, dict[Service, int]]]] = defaultdict(list)
    for run_day, services in sorted(_services_of_run_days(work).items()):
        run = runs[run_day[0]]
        signature = (frozenset(services), run.room, run.budget_s, run.parcel_s, run.parcel_ore)
        alike[signature].append((run_day, services))
    groups = []
    for members in alike.values():
        run = runs[members[0][0][0]]
        groups.append(
            Group(
                run_days=tuple(run_day for run_day, _ in members),
                budget_s=float(run.budget_s),
                parcel_s=float(run.parcel_s),
                parcel_ore=float(run.parcel_ore),
                room=room_or_endless(run.room),
                columns={
                    service: tuple(services[service] for _, services in members)
                    for service in sorted(members[0][1], key=_in_order)
                },
            )
        )
    return tuple(groups)


def _in_order(service: Service) -> tuple[int, bool, int, float, tuple[tuple[int, Commodity], ...]]:
    return service.stop, service.is_detour, service.point, service.cost_ore, service.brings


@dataclass(slots=True, eq=False)
class _Rows:
    """Shared rows under construction."""

    most: dict[int, dict[Commodity, int]]
    """Most parcels of each commodity that could go to each point."""
    size: list[tuple[float, ...]]
    """Quantities of one parcel, by size."""
    upper: list[float] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def add(self, name: str, upper: float, most_taken: float) -> int | None:
        """Add a row unless it cannot bind; return its index."""
        if most_taken <= upper:
            return None
        self.upper.append(upper)
        self.names.append(name)
        return len(self.upper) - 1


def _visit_rows(rows: _Rows, name: str, group: Group) -> dict[Service, list[tuple[int, float]]]:
    """Add the rows that visits take from: a gap has one detour, a budget one long service."""
    services = list(group.columns)
    uses: dict[Service, list[tuple[int, float]]] = {service: [] for service in services}
    families: dict[str, list[Service]] = defaultdict(list)
    for service in services:
        if service.is_whole and service.is_detour:
            families[f"gap {service.stop}"].append(service)
        if service.is_whole and 2 * service.extra_s > group.budget_s:
            families["long"].append(service)
    for family, members in families.items():
        points = {service.point for service in members}
        row = rows.add(f"{name} {family}", float(group.copies), float(group.copies * len(points)))
        if row is not None and len(points) > 1:
            for service in members:
                uses[service].append((row, 1.0))
    return uses


def _brought(group: Group) -> dict[int, set[tuple[int, Commodity]]]:
    """Return point and commodity of all that may board at each stop."""
    found: dict[int, set[tuple[int, Commodity]]] = defaultdict(set)
    for service in group.columns:
        for boarding, commodity in service.brings:
            found[boarding].add((service.point, commodity))
    return found


def _room_rows(
    rows: _Rows, name: str, group: Group
) -> dict[tuple[int, int], list[tuple[int, float]]]:
    """Add the rows of the room; return what one unit of load takes of them.

    What boards at one stop is aboard together; that loads from other stops may be aboard as well
    is left out.
    """
    loads: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
    for boarding, brought in sorted(_brought(group).items()):
        for quantity, room in enumerate(group.room):
            taken = sum(rows.most[p][c] * rows.size[c[1]][quantity] for p, c in brought)
            row = None
            if room != inf:
                row = rows.add(f"{name} room {quantity}", group.copies * room, taken)
            if row is not None:
                loads[boarding, quantity].append((row, 1.0))
    return loads


def _minutes_row(rows: _Rows, name: str, group: Group) -> int | None:
    """Add the row of the delay budget; return its index, or None if it cannot bind."""
    longest: dict[int, float] = defaultdict(float)
    for service in group.columns:
        longest[service.point] = max(longest[service.point], service.extra_s)
    parcels = sum(rows.most[p][c] for here in _brought(group).values() for p, c in here)
    taken_s = group.parcel_s * parcels + group.copies * sum(longest.values())
    return rows.add(f"{name} minutes", group.copies * group.budget_s, taken_s)


def _offers(rows: _Rows, number: int, group: Group) -> Iterator[tuple[int, Offer]]:
    """Yield point and offer of each service of a group, adding the rows that they share."""
    name = f"group {number}"
    visits = _visit_rows(rows, name, group)
    loads = _room_rows(rows, name, group)
    minutes = _minutes_row(rows, name, group)
    if minutes is not None and group.parcel_s:
        for boarding in _brought(group):
            loads[boarding, PIECES].append((minutes, group.parcel_s))
    of_load = {key: tuple(uses) for key, uses in loads.items()}
    for service in group.columns:
        of_visit = list(visits[service])
        if minutes is not None and service.extra_s:
            of_visit.append((minutes, service.extra_s))
        litres, kilograms, parcels = group.room
        if group.parcel_s:
            parcels = min(parcels, (group.budget_s - service.extra_s) // group.parcel_s)
        yield (
            service.point,
            Offer(
                group=number,
                service=service,
                copies=group.copies,
                room=(litres, kilograms, parcels),
                parcel_ore=group.parcel_ore,
                of_visit=tuple(of_visit),
                of_load=of_load,
            ),
        )


def find_alike(work: Decomposition) -> Alike:
    """Return groups of alike run-days, their offers to points, and the rows that points share.

    Parcels that change runs are left out: this is for plans without transfers.
    """
    model = work.model
    groups = _groups(work)
    points = {service.point for group in groups for service in group.columns}
    most: dict[int, dict[Commodity, int]] = {point: {} for point in points}
    for point in points:
        for commodity in {f.commodity for f in model.arrivals.get(point, [])}:
            most[point][commodity] = model.wants(point, commodity)
    size = [tuple(float(x) for x in model.network.parcel_size[s]) for s in range(len(SIZES))]
    rows = _Rows(most=most, size=size)
    offers: dict[int, list[Offer]] = defaultdict(list)
    for number, group in enumerate(groups):
        for point, offer in _offers(rows, number, group):
            offers[point].append(offer)
    return Alike(
        groups=groups,
        offers={point: tuple(found) for point, found in sorted(offers.items())},
        row_upper=tuple(rows.upper),
        row_names=tuple(rows.names),
    )
