"""What one run-day can do for some points together: the combinations of services that it can give.

A run-day gives services that fit its delay budget, with at most one detour in a gap and one service
at a point. Run-days with the same combinations are alike for the points.
"""

from collections import defaultdict
from dataclasses import dataclass
from math import floor
from typing import Literal

from deliveryopt.solver.columns import Commodity
from deliveryopt.solver.decompose import Decomposition, Pattern
from deliveryopt.solver.detours import Option

MAX_COMBINATIONS = 1000
"""Most combinations of one run-day; beyond, the choice is not looked at together."""
ROUNDING = 1e-9

RunDay = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Call:
    """One point served in a combination."""

    point: int
    arrival_day: int
    boarding: int
    """Stop where its parcels board: parcels from one stop are aboard together."""
    commodities: frozenset[Commodity]


@dataclass(frozen=True, slots=True)
class Combination:
    """Services that one run-day gives together."""

    calls: tuple[Call, ...]
    cost_ore: int
    handled: int
    """Most parcels that the rest of the delay budget allows."""
    room: tuple[int | None, int | None, int | None]
    parcel_ore: int


@dataclass(frozen=True, slots=True, eq=False)
class _Offer:
    """One service of a run-day, as far as the chosen points are concerned."""

    option: Option
    calls: tuple[Call, ...]
    """What it brings from the depot."""
    onward: tuple[tuple[Option, Call], ...]
    """What it brings if parcels boarded at another service, or at itself."""
    cost_ore: int
    is_boarded: bool
    """Whether parcels may board by it for a chosen point."""

    def is_beaten_by(self, other: "_Offer") -> bool:
        """Return whether another service with fewer points does the same for no more."""
        return (
            not self.is_boarded
            and not self.onward
            and len(other.option.points) < len(self.option.points)
            and (self.option.stop, self.option.is_detour)
            == (other.option.stop, other.option.is_detour)
            and sorted(self.calls, key=hash) == sorted(other.calls, key=hash)
            and other.cost_ore <= self.cost_ore
            and other.option.extra_s <= self.option.extra_s
        )


@dataclass(frozen=True, slots=True, eq=False)
class RunDayOptions:
    """What one run-day can do for the chosen points."""

    run_day: RunDay
    columns: dict[Combination, tuple[int, ...]]
    """Services of each combination."""


Transfers = Literal["none", "boarding is free", "boarding is paid"]
"""Whether parcels may come by transfer, and whether services at which they board count."""

Service = tuple[Option, int]
"""A service and its day."""


@dataclass(frozen=True, slots=True, eq=False)
class _Bringing:
    """What services can bring to the chosen points."""

    direct: dict[Service, list[Call]]
    """By the service that brings it."""
    by_transfer: dict[Service, list[tuple[Option, Call]]]
    """By the service that brings it, with the service at which it boarded on the same run-day."""

    @property
    def services(self) -> set[Service]:
        """Return every service that brings something or at which parcels board."""
        boarding = {
            (option, day) for (_, day), calls in self.by_transfer.items() for option, _ in calls
        }
        return set(self.direct) | set(self.by_transfer) | boarding


def _bringing(work: Decomposition, points: frozenset[int], transfers: Transfers) -> _Bringing:
    """Return what each service and day can bring to the chosen points."""
    model = work.model
    direct: dict[tuple[Service, int, int], set[Commodity]] = defaultdict(set)
    onward: dict[tuple[Service, int, Option], set[Commodity]] = defaultdict(set)
    for ride in model.itineraries.direct:
        if ride.point in points and (ride.option, ride.day) in model.takes:
            direct[(ride.option, ride.day), ride.point, ride.board_stop] |= set()
    for point in points:
        for flow in model.arrivals.get(point, []):
            ride = flow.ride
            if transfers == "none" and ride.board_option is not None:
                continue
            service = (ride.option, ride.day)
            if ride.board_option is None or transfers == "boarding is free":
                direct[service, point, ride.board_stop].add(flow.commodity)
            else:
                onward[service, point, ride.board_option].add(flow.commodity)
    found = _Bringing(defaultdict(list), defaultdict(list))
    for (service, point, boarding), commodities in direct.items():
        arrival_day = work.arrival_day(*service)
        found.direct[service].append(Call(point, arrival_day, boarding, frozenset(commodities)))
    for (service, point, board_option), commodities in onward.items():
        arrival_day = work.arrival_day(*service)
        call = Call(point, arrival_day, board_option.stop, frozenset(commodities))
        found.by_transfer[service].append((board_option, call))
    return found


def _combinations(
    work: Decomposition, run_day: RunDay, services: list[_Offer]
) -> RunDayOptions | None:
    """Return every combination of services that one run-day can give; None if too many."""
    run = work.model.network.runs[run_day[0]]
    found: dict[Combination, tuple[int, ...]] = {}
    limited = run.parcel_s > 0

    def extend(first: int, taken: list[int], used_s: int) -> bool:
        for position in range(first, len(services)):
            option = services[position].option
            chosen = [services[index].option for index in taken]
            points = {point for other in chosen for point in other.points}
            gaps = {other.stop for other in chosen if other.is_detour}
            if used_s + option.extra_s > run.budget_s or points & set(option.points):
                continue
            if option.is_detour and option.stop in gaps:
                continue
            now = [*taken, position]
            left_s = run.budget_s - used_s - option.extra_s
            handled = floor(left_s / run.parcel_s + ROUNDING) if limited else 10**6
            given = {services[index].option for index in now}
            calls = [call for index in now for call in services[index].calls]
            calls += [
                call
                for index in now
                for boarded, call in services[index].onward
                if boarded in given
            ]
            combination = Combination(
                calls=tuple(sorted(calls, key=lambda c: (c.point, c.arrival_day, c.boarding))),
                cost_ore=sum(services[index].cost_ore for index in now),
                handled=min(handled, 10**6),
                room=run.room,
                parcel_ore=run.parcel_ore,
            )
            columns = tuple(work.model.takes[services[i].option, run_day[1]] for i in now)
            found.setdefault(combination, columns)
            if len(found) > MAX_COMBINATIONS or not extend(
                position + 1, now, run.budget_s - left_s
            ):
                return False
        return True

    return RunDayOptions(run_day, found) if extend(0, [], 0) else None


def _cost_ore(
    work: Decomposition, service: Service, points: frozenset[int], transfers: Transfers
) -> int:
    """Return what a service costs the chosen points: its parts for other places may be left out."""
    option, _ = service
    if transfers != "boarding is free" or points.issuperset(option.points):
        return option.cost_ore
    column = work.model.takes[service]
    return int(sum(work.share_ore(point, column) for point in option.points if point in points))


def _in_order(offer: _Offer) -> tuple[int, bool, tuple[int, ...], str, int]:
    option = offer.option
    return option.stop, option.is_detour, option.points, option.kind, offer.cost_ore


def groups_of(
    work: Decomposition, patterns: list[Pattern], transfers: Transfers
) -> list[list[RunDayOptions]] | None:
    """Return run-days that are alike for the chosen points, in groups."""
    points = frozenset(pattern.point for pattern in patterns)
    bringing = _bringing(work, points, transfers)
    boarded = {
        (option, day) for (_, day), calls in bringing.by_transfer.items() for option, _ in calls
    }
    of_run_day: dict[RunDay, list[_Offer]] = defaultdict(list)
    for option, day in bringing.services:
        service = (option, day)
        offer = _Offer(
            option=option,
            calls=tuple(bringing.direct.get(service, ())),
            onward=tuple(bringing.by_transfer.get(service, ())),
            cost_ore=_cost_ore(work, service, points, transfers),
            is_boarded=service in boarded,
        )
        of_run_day[option.run, day].append(offer)
    groups: dict[frozenset[Combination], list[RunDayOptions]] = defaultdict(list)
    for run_day, services in sorted(of_run_day.items()):
        useful = [
            offer for offer in services if not any(offer.is_beaten_by(other) for other in services)
        ]
        useful.sort(key=_in_order)
        options = _combinations(work, run_day, useful)
        if options is None:
            return None
        groups[frozenset(options.columns)].append(options)
    return list(groups.values())
