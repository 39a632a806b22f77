"""The least cost of serving some villages at one pickup point as if no other point used the runs.

Run-days that cost the same, hold the same and can bring the same parcels are alike here, and are
counted instead of named: that removes the symmetry that makes the plain model slow. Splitting a
group's parcels over its runs is left to the real model, so the optimum is a bound, never a plan.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from deliveryopt.scenario.terms import SIZES
from deliveryopt.solver.columns import Commodity, Model
from deliveryopt.solver.itineraries import Ride, room_for
from deliveryopt.solver.milp import Milp
from deliveryopt.solver.network import Network
from deliveryopt.units import DAYS_PER_WEEK, PER_MILLE

if TYPE_CHECKING:
    from deliveryopt.solver.detours import Option


@dataclass(frozen=True, slots=True)
class Visit:
    """What makes one run-day's service of a point alike another's."""

    arrival_day: int
    commodities: frozenset[Commodity]
    """What it may bring."""
    room: tuple[float, float, int]
    """Tenths of a litre, tenths of a kilogram, parcels; the parcels also fit the delay budget."""
    cost_ore: float
    parcel_ore: int

    def is_beaten_by(self, other: "Visit") -> bool:
        """Return whether another service of the same run-day is as good in every respect."""
        return (
            self.arrival_day == other.arrival_day
            and self.commodities <= other.commodities
            and all(mine <= theirs for mine, theirs in zip(self.room, other.room, strict=True))
            and self.cost_ore >= other.cost_ore
            and self.parcel_ore >= other.parcel_ore
        )


def group_visits(
    model: Model, point: int, shared_ore: Mapping[tuple[int, int], float], *, by_transfer: bool
) -> dict[Visit, list[int]]:
    """Return the kinds of visits of a point and the columns of the services that give each.

    Parameters
    ----------
    model
        The whole model.
    point
        The pickup point.
    shared_ore
        What a point pays of services with several points, by point and column.
    by_transfer
        Whether parcels may also come by transfer; what the transfer costs is then left out.
    """
    network = model.network
    bring: dict[tuple[Option, int], set[Commodity]] = defaultdict(set)
    of_service: dict[tuple[Option, int], Ride] = {}
    for ride in model.itineraries.direct:
        if ride.point == point and (ride.option, ride.day) in model.takes:
            of_service[ride.option, ride.day] = ride
    for flow in model.arrivals.get(point, []):
        if by_transfer or flow.ride.kind == "direct":
            bring[flow.ride.option, flow.ride.day].add(flow.commodity)
            of_service.setdefault((flow.ride.option, flow.ride.day), flow.ride)
    of_run_day: dict[tuple[int, int], list[tuple[Visit, int]]] = defaultdict(list)
    for (option, day), ride in of_service.items():
        column = model.takes[option, day]
        visit = Visit(
            arrival_day=ride.arrival_day,
            commodities=frozenset(bring[option, day]),
            room=room_for(network, ride),
            cost_ore=shared_ore.get((point, column), float(option.cost_ore)),
            parcel_ore=network.runs[ride.run].parcel_ore,
        )
        of_run_day[ride.run, day].append((visit, column))
    found: dict[Visit, list[int]] = defaultdict(list)
    for visits in of_run_day.values():
        kept: list[Visit] = []
        for visit, column in sorted(visits, key=_cheap_and_wide_first):
            if not any(visit.is_beaten_by(other) for other in kept):
                kept.append(visit)
                found[visit].append(column)
    return dict(found)


def _cheap_and_wide_first(entry: tuple[Visit, int]) -> tuple[float, int, int, int]:
    visit, column = entry
    return visit.cost_ore, -len(visit.commodities), -visit.room[2], column


@dataclass(slots=True, eq=False)
class Alone:
    """The programme of one point; made by `build_alone`."""

    model: Model
    point: int
    milp: Milp
    visits: list[tuple[Visit, int]]
    """Kinds of visits and their columns."""
    loads: list[tuple[Visit, int, Commodity, int]]
    """Kind, its column, what is brought, and the column of the parcels."""
    boxes: dict[int, int]
    """Column by box type; empty at an agent."""
    constant_ore: int
    """Fees and the site's own cost."""


def _columns(
    model: Model, point: int, visits: Mapping[Visit, list[int]], needs: dict[Commodity, int]
) -> Alone:
    milp = Milp(f"alone {model.network.point_ids[point]}")
    costs: dict[int, float] = {}
    alone = Alone(model, point, milp, [], [], {}, 0)
    for visit, services in visits.items():
        column = milp.column("visits", upper=len(services))
        costs[column] = visit.cost_ore
        alone.visits.append((visit, column))
        for commodity in sorted(visit.commodities & needs.keys()):
            load = milp.column("load", upper=needs[commodity])
            costs[load] = visit.parcel_ore
            alone.loads.append((visit, column, commodity, load))
    site = model.network.scenario.pickup_points[point]
    for where, box_type in model.boxes:
        if where == point:
            column = milp.column("boxes", upper=site.max_boxes)
            costs[column] = model.network.box_ore[box_type]
            alone.boxes[box_type] = column
    milp.set_objective(costs)
    return alone


def _carry(alone: Alone, needs: dict[Commodity, int]) -> None:
    """Bring every parcel, within the room of the visits, and once within each promise."""
    milp, size = alone.milp, alone.model.network.parcel_size
    of_visit: dict[int, list[tuple[Commodity, int]]] = defaultdict(list)
    bring: dict[Commodity, list[int]] = defaultdict(list)
    able: dict[Commodity, list[int]] = defaultdict(list)
    for _, column, commodity, load in alone.loads:
        of_visit[column].append((commodity, load))
        bring[commodity].append(load)
        able[commodity].append(column)
    for commodity, parcels in needs.items():
        milp.row("all", [(load, 1.0) for load in bring[commodity]], lower=parcels, upper=parcels)
        milp.row("promise", [(column, 1.0) for column in able[commodity]], lower=1)
    for visit, column in alone.visits:
        for kind, room in enumerate(visit.room):
            if room != inf:
                terms = [(load, float(size[c[1], kind])) for c, load in of_visit[column]]
                milp.row("room", [*terms, (column, -float(room))], upper=0)


def delivery_rows(milp: Milp, visits: Iterable[tuple[int, int]], *, fewest: int) -> None:
    """Ask for deliveries to one point on enough days.

    Parameters
    ----------
    milp
        The programme to add rows to.
    visits
        Arrival day and column of everything that counts as a delivery.
    fewest
        Fewest different days.
    """
    on_day: dict[int, set[int]] = defaultdict(set)
    for arrival_day, column in visits:
        on_day[arrival_day].add(column)
    delivered = []
    for day in sorted(on_day):
        delivered.append(milp.column("delivered"))
        terms = [(delivered[-1], 1.0), *((column, -1.0) for column in sorted(on_day[day]))]
        milp.row("delivered", terms, upper=0)
    milp.row("often enough", [(column, 1.0) for column in delivered], lower=fewest)


def store_rows(
    milp: Milp,
    network: Network,
    boxes: Mapping[int, int],
    loads: Iterable[tuple[int, int, int]],
    *,
    most: int,
) -> None:
    """Keep the parcels still there within a site's compartments on every day of the cyclic week.

    Parameters
    ----------
    milp
        The programme to add rows to.
    network
        The scenario in integers.
    boxes
        Column by box type.
    loads
        Column, size and arrival day of everything brought there.
    most
        Most boxes at the site.
    """
    loads = list(loads)
    still_there = network.still_there
    milp.row("some box", [(column, 1.0) for column in boxes.values()], lower=1, upper=most)
    for smallest in range(len(SIZES)):
        room = [
            (column, -float(PER_MILLE * network.compartments[box_type, smallest:].sum()))
            for box_type, column in boxes.items()
        ]
        for day in range(DAYS_PER_WEEK):
            terms = [
                (load, float(still_there[days]))
                for load, size, arrival_day in loads
                if size >= smallest
                and (days := (day - arrival_day) % DAYS_PER_WEEK) < len(still_there)
            ]
            milp.row("store", [*terms, *room], upper=0)


def needs_of(model: Model, villages: Iterable[int]) -> dict[Commodity, int]:
    """Return the parcels of some villages together."""
    network = model.network
    needs: dict[Commodity, int] = defaultdict(int)
    for village in villages:
        for size in range(len(SIZES)):
            for day in range(DAYS_PER_WEEK):
                if parcels := int(network.demand[village, size, day]):
                    needs[int(network.depot_of[village]), size, day] += parcels
    return dict(needs)


def build_alone(
    model: Model, point: int, villages: tuple[int, ...], visits: Mapping[Visit, list[int]]
) -> Alone:
    """Return the programme of serving villages at a point alone, and its constant cost.

    Parameters
    ----------
    model
        The whole model.
    point
        The pickup point.
    villages
        The villages that collect there.
    visits
        From `group_visits`.

    Returns
    -------
    Alone
        The optimum of its programme plus its constant is a bound for every plan that uses these
        visits.
    """
    network = model.network
    needs = needs_of(model, villages)
    alone = _columns(model, point, visits, needs)
    alone.constant_ore = sum(
        int(model.cost_terms[model.collects[village, point]]) for village in villages
    )
    _carry(alone, needs)
    fewest = network.scenario.rules.min_deliveries_per_week
    if needs and fewest > 1:
        arrivals = [(visit.arrival_day, column) for visit, column in alone.visits]
        delivery_rows(alone.milp, arrivals, fewest=fewest)
    if point in model.opens:
        alone.constant_ore += network.site_ore[point]
        loads = [
            (load, commodity[1], visit.arrival_day) for visit, _, commodity, load in alone.loads
        ]
        most = network.scenario.pickup_points[point].max_boxes
        store_rows(alone.milp, network, alone.boxes, loads, most=most)
    return alone
