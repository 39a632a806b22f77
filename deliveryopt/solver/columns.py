"""The columns of the plain model and what they mean.

`takes[o,e]` is 1 when a run gives service *o* on day *e*; `flow` columns are whole parcels of one
size and ready day on one ride; `collects[v,p]`, `keeps_today[v]`, `opens[p]` and `boxes[p,t]` are
what their names say. The rules stand in `model.py`.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from deliveryopt.scenario.terms import SIZES
from deliveryopt.solver.detours import Option
from deliveryopt.solver.home_ways import HomeRide
from deliveryopt.solver.itineraries import Itineraries, Ride
from deliveryopt.solver.milp import Milp
from deliveryopt.solver.network import Network
from deliveryopt.solver.relaxed_vans import RelaxedDay
from deliveryopt.solver.van_routes import Route
from deliveryopt.solver.van_runs import VanRun
from deliveryopt.units import DAYS, DAYS_PER_WEEK

Commodity = tuple[int, int, int]
"""Depot, size and ready day."""


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """A column: parcels of one commodity on one ride."""

    column: int
    ride: Ride
    commodity: Commodity

    @property
    def size(self) -> int:
        """Return the size of the parcels."""
        return self.commodity[1]

    @property
    def ready_day(self) -> int:
        """Return the day on which the parcels become ready."""
        return self.commodity[2]


class SeenByPoint(Protocol):
    """What was learned of a model point by point; `Decomposition` in `decompose.py`."""

    def see_rows(self) -> None:
        """Take the model's rows as they are now."""


@dataclass(slots=True, eq=False)
class Model:
    """The programme, and what its columns mean; made by `build_model` in `model.py`."""

    network: Network
    itineraries: Itineraries
    milp: Milp
    boxes: dict[tuple[int, int], int] = field(default_factory=dict)
    """Column by site and box type."""
    opens: dict[int, int] = field(default_factory=dict)
    """Column by site."""
    collects: dict[tuple[int, int], int] = field(default_factory=dict)
    """Column by village and pickup point."""
    keeps_today: list[int] = field(default_factory=list)
    """Column by village."""
    takes: dict[tuple[Option, int], int] = field(default_factory=dict)
    """Column by service and day."""
    flows: list[Flow] = field(default_factory=list)
    arrivals: dict[int, list[Flow]] = field(default_factory=lambda: defaultdict(list))
    """Flows that end at each pickup point."""
    transfers_in: dict[int, list[Flow]] = field(default_factory=lambda: defaultdict(list))
    transfers_out: dict[int, list[Flow]] = field(default_factory=lambda: defaultdict(list))
    delivery_columns: dict[int, int] = field(default_factory=dict)
    """Pickup point of each column that counts deliveries."""
    carried: dict[tuple[int, int], list[Flow]] = field(default_factory=lambda: defaultdict(list))
    """Flows on each run-day."""
    cost_terms: dict[int, float] = field(default_factory=dict)
    """What one unit of each column costs a week, öre."""
    vans: "VanPart" = field(default_factory=lambda: VanPart())  # noqa: PLW0108  defined below
    """How vans are modelled."""
    drives: list[int] = field(default_factory=list)
    """Column of each route."""
    van_columns: list[int] = field(default_factory=list)
    """Every column of vans: routes, or the parts of relaxed ones."""
    relaxed_trips: list[tuple[RelaxedDay, int, tuple[int, ...], int]] = field(default_factory=list)
    """Van's day, origin, home orders' places and column of each part of a relaxed route."""
    drive_of_run: dict[int, int] = field(default_factory=dict)
    """Column of the route that each run of a van belongs to."""
    left: list[int] = field(default_factory=list)
    """Column by home order."""
    in_box: dict[tuple[int, int], int] = field(default_factory=dict)
    """Column by home order and pickup point."""
    home_rides: list[tuple[HomeRide, int]] = field(default_factory=list)
    """Deliveries of home orders by runs, and their columns."""
    by_van: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Columns by which vans deliver each home order."""
    first_goal_row: int = 0
    """Row at which the rows of the goal begin; nothing but the goal stands behind it."""
    by_point: "SeenByPoint | None" = None
    """The model seen point by point, once it was."""

    @property
    def todays_values(self) -> dict[int, int]:
        """Return today's delivery as column values: villages keep it, home orders are left."""
        return dict.fromkeys((*self.keeps_today, *self.left), 1)

    @property
    def home_columns(self) -> list[int]:
        """Return the columns of home orders and vans, those in boxes left out."""
        return sorted({*self.left, *(column for _, column in self.home_rides), *self.van_columns})

    def wants(self, point: int, commodity: Commodity) -> int:
        """Return the most parcels of a commodity that could ever go to a pickup point."""
        depot, size, day = commodity
        return sum(
            int(self.network.demand[village, size, day])
            for village, where in self.collects
            if where == point and self.network.depot_of[village] == depot
        ) + sum(
            home.parcel == commodity and point in home.in_box_ore for home in self.network.homes
        )


@dataclass(frozen=True, slots=True, eq=False)
class VanPart:
    """How vans are modelled: by whole routes, or relaxed for a bound."""

    routes: tuple[Route, ...] = ()
    runs: tuple[VanRun, ...] = ()
    """Trips to pickup points in the words of runs, in the order of the network's last runs."""
    relaxed: tuple[RelaxedDay, ...] = ()


MayCarry = Callable[[Model, Ride, Commodity], bool]
"""Whether the rules on single rides let a ride carry a commodity."""


def add_boxes(model: Model) -> None:
    """Add columns for boxes by site and type, and for whether a site is open."""
    scenario = model.network.scenario
    type_idx = {box_type: idx for idx, box_type in enumerate(model.network.box_type_ids)}
    for point_idx, point in enumerate(scenario.pickup_points):
        if point.kind != "site":
            continue
        allowed = point.box_types or model.network.box_type_ids
        most = 0 if point.state == "must_not" or not allowed else point.max_boxes
        model.opens[point_idx] = model.milp.column(
            f"opens[{point.id}]",
            lower=float(point.state == "must_open"),
            upper=min(1, most) if point.state != "must_open" else 1,
        )
        model.cost_terms[model.opens[point_idx]] = model.network.site_ore[point_idx]
        for box_type in allowed:
            column = model.milp.column(f"boxes[{point.id},{box_type}]", upper=most)
            model.boxes[point_idx, type_idx[box_type]] = column
            model.cost_terms[column] = model.network.box_ore[type_idx[box_type]]


def add_villages(model: Model) -> None:
    """Add a column for each village that keeps today's arrangement."""
    network = model.network
    for village, village_id in enumerate(network.village_ids):
        column = model.milp.column(f"keeps_today[{village_id}]")
        model.keeps_today.append(column)
        model.cost_terms[column] = int(network.today_ore[village])


def add_homes(model: Model) -> None:
    """Add columns for home orders: left, collected at a pickup point, or delivered by a run."""
    network = model.network
    for home in network.homes:
        column = model.milp.column(f"left[{home.order.id}]")
        model.left.append(column)
        model.cost_terms[column] = home.left_ore
        for point, cost_ore in home.in_box_ore.items() if home.parcel is not None else ():
            column = model.milp.column(f"in_box[{home.order.id},{network.point_ids[point]}]")
            model.in_box[home.home, point] = column
            model.cost_terms[column] = cost_ore
    for ride in model.itineraries.homes:
        model.home_rides.append((ride, take(model, ride.option, ride.day)))


def take(model: Model, option: Option, day: int) -> int:
    """Return the column of a service on a day, adding it on first use."""
    key = (option, day)
    if key not in model.takes and option.run in model.drive_of_run:
        model.takes[key] = model.drive_of_run[option.run]
    elif key not in model.takes:
        points = "+".join(model.network.place_ids[point] for point in option.points)
        run_id = model.network.run_ids[option.run]
        column = model.milp.column(
            f"takes[{run_id},{DAYS[day]},{option.kind}@{option.stop},{points}]"
        )
        model.takes[key] = column
        model.cost_terms[column] = option.cost_ore
    return model.takes[key]


def _add_flow(model: Model, ride: Ride, commodity: Commodity, most: int) -> None:
    network = model.network
    run = network.runs[ride.run]
    depot, size, ready_day = commodity
    milp = model.milp
    limits = [
        room // int(network.parcel_size[size, kind])
        for kind, room in enumerate(run.room)
        if room is not None and network.parcel_size[size, kind] > 0
    ]
    most = min([most, *limits])
    if most <= 0:
        return
    take(model, ride.option, ride.day)
    if ride.board_option is not None:
        take(model, ride.board_option, ride.day)
    column = milp.column(
        f"flow[{network.run_ids[ride.run]},{DAYS[ride.day]},{ride.kind},"
        f"{network.depot_ids[depot]}>{network.point_ids[ride.point]},{SIZES[size]},"
        f"{DAYS[ready_day]}]",
        upper=most,
    )
    flow = Flow(column, ride, commodity)
    model.cost_terms[column] = run.parcel_ore
    model.flows.append(flow)
    model.carried[ride.run, ride.day].append(flow)
    if ride.kind == "to_transfer":
        model.transfers_in[ride.point].append(flow)
        return
    model.arrivals[ride.point].append(flow)
    if ride.kind == "from_transfer":
        model.transfers_out[ride.origin].append(flow)


def _commodities(model: Model) -> dict[Commodity, int]:
    """Return every commodity with demand and its parcels."""
    network = model.network
    found: dict[Commodity, int] = defaultdict(int)
    for village, depot in enumerate(network.depot_of):
        for size in range(len(SIZES)):
            for day in range(DAYS_PER_WEEK):
                parcels = int(network.demand[village, size, day])
                if parcels:
                    found[int(depot), size, day] += parcels
    for home in network.homes:
        if home.parcel is not None:
            found[home.parcel] += 1
    return dict(sorted(found.items()))


def add_flows(model: Model, may_carry: MayCarry) -> None:
    """Add a column for each ride and commodity that the rules on single rides allow."""
    commodities = _commodities(model)
    wants = {
        point: {
            commodity: parcels
            for commodity in commodities
            if (parcels := model.wants(point, commodity))
        }
        for point in model.network.wanted_points
    }
    itineraries = model.itineraries
    if model.network.scenario.rules.min_deliveries_per_week > 1:
        for ride in itineraries.direct:  # a delivery counts even in a week that has no parcels
            take(model, ride.option, ride.day)
    for ride in (*itineraries.direct, *itineraries.from_transfer):
        for commodity, parcels in wants.get(ride.point, {}).items():
            if may_carry(model, ride, commodity):
                _add_flow(model, ride, commodity, parcels)
    _add_flows_to_transfers(model, commodities, may_carry)


def _add_flows_to_transfers(
    model: Model, commodities: dict[Commodity, int], may_carry: MayCarry
) -> None:
    """Add a column for each ride and commodity that can still catch a ride onward."""
    onward: dict[tuple[int, Commodity], int] = {}
    for place, flows in model.transfers_out.items():
        for flow in flows:
            latest_min = flow.ride.board_after_min(flow.ready_day)
            key = (place, flow.commodity)
            onward[key] = max(onward.get(key, 0), latest_min)
    transfer_min = model.network.scenario.rules.transfer_min
    for ride in model.itineraries.to_transfer:
        for commodity, parcels in commodities.items():
            deadline_min = onward.get((ride.point, commodity), -1) - transfer_min
            if ride.arrival_after_min(commodity[2]) <= deadline_min and may_carry(
                model, ride, commodity
            ):
                _add_flow(model, ride, commodity, parcels)
