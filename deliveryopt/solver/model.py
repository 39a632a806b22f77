"""The plain model: one function per rule of `docs/model.md`, and the objective.

The columns stand in `columns.py`; the rules about runs in `rules_of_runs.py`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from deliveryopt.scenario.terms import SIZES
from deliveryopt.solver.columns import (
    Commodity,
    Flow,
    Model,
    VanPart,
    add_boxes,
    add_flows,
    add_homes,
    add_villages,
)
from deliveryopt.solver.itineraries import Itineraries, Ride
from deliveryopt.solver.milp import Milp
from deliveryopt.solver.network import Network
from deliveryopt.solver.rules_of_runs import (
    run_keeps_within_capacity,
    run_keeps_within_delay,
    transfer_is_secure,
)
from deliveryopt.solver.van_columns import add_relaxed, add_routes
from deliveryopt.solver.van_runs import NO_LIMIT_S
from deliveryopt.units import DAYS, DAYS_PER_WEEK, MIN_PER_DAY, PER_MILLE

if TYPE_CHECKING:
    from deliveryopt.solver.detours import Option


def _may_carry(model: Model, ride: Ride, commodity: Commodity) -> bool:
    """Return whether the rules on one ride let it carry a commodity."""
    return (
        (ride.kind == "from_transfer" or ride.origin == commodity[0])
        and run_is_permitted(model, ride, commodity)
        and parcels_wait_until_ready(model, ride, commodity)
        and promise_is_kept(model, ride, commodity)
    )


# --- rules on one ride: a flow that breaks one has no column -------------------------------------


def run_is_permitted(model: Model, ride: Ride, commodity: Commodity) -> bool:
    """Return whether the run may carry the size; days and detours are seen to before."""
    return commodity[1] <= model.network.runs[ride.run].max_size


def parcels_wait_until_ready(model: Model, ride: Ride, commodity: Commodity) -> bool:
    """Return whether a ride from the depot leaves when the parcels are ready."""
    depot, _, ready_day = commodity
    if ride.kind == "from_transfer":
        return True
    return ride.board_after_min(ready_day) >= int(model.network.ready_min[depot, ready_day])


def promise_is_kept(model: Model, ride: Ride, commodity: Commodity) -> bool:
    """Return whether parcels on a ride arrive within the lead days."""
    ready_day = commodity[2]
    days_later = ride.arrival_after_min(ready_day) // MIN_PER_DAY
    lead_days = model.network.lead_days(ready_day, days_later)
    return lead_days <= model.network.scenario.rules.max_lead_days


# --- rules as columns and rows -------------------------------------------------------------------


def pickup_point_is_within_reach(model: Model) -> None:
    """Give a village a `collects` column for each pickup point within reach, and no other."""
    network = model.network
    for pair in network.pairs:
        column = model.milp.column(
            f"collects[{network.village_ids[pair.village]},{network.point_ids[pair.point]}]"
        )
        model.collects[pair.village, pair.point] = column
        model.cost_terms[column] = pair.cost_ore


def village_has_one_pickup_point(model: Model) -> None:
    """Each village collects at one pickup point or keeps today's arrangement."""
    of_village: dict[int, list[int]] = defaultdict(list)
    for (village, _), column in model.collects.items():
        of_village[village].append(column)
    for village, keeps_today in enumerate(model.keeps_today):
        columns = [keeps_today, *of_village[village]]
        model.milp.row(
            f"village_has_one_pickup_point[{model.network.village_ids[village]}]",
            [(column, 1) for column in columns],
            lower=1,
            upper=1,
        )


def pickup_point_is_open(model: Model) -> None:
    """Let villages collect and runs serve at open sites only; open sites have boxes."""
    milp, network = model.milp, model.network
    of_site: dict[int, list[int]] = defaultdict(list)
    for (site, _), column in model.boxes.items():
        of_site[site].append(column)
    for site, opens in model.opens.items():
        site_id = network.point_ids[site]
        boxes = [(column, 1.0) for column in of_site[site]]
        most = network.scenario.pickup_points[site].max_boxes
        milp.row(f"pickup_point_is_open[{site_id},some]", [*boxes, (opens, -1)], lower=0)
        milp.row(f"pickup_point_is_open[{site_id},most]", [*boxes, (opens, -most)], upper=0)
    for (village, point), collects in model.collects.items():
        if point in model.opens:
            milp.row(
                f"pickup_point_is_open[{network.village_ids[village]},{network.point_ids[point]}]",
                [(collects, 1), (model.opens[point], -1)],
                upper=0,
            )
    for point, column in _used_at(model):
        if point in model.opens:
            name = f"pickup_point_is_open[{milp.column_names[column]},{network.point_ids[point]}]"
            milp.row(name, [(column, 1), (model.opens[point], -1)], upper=0)


def _used_at(model: Model) -> Iterable[tuple[int, int]]:
    """Yield pickup point and column of everything that happens at points but collecting."""
    for (_, point), column in model.in_box.items():
        yield point, column
    for route, column in zip(model.vans.routes, model.drives, strict=True):
        for trip in route.trips:
            for place in trip.places:
                yield place, column
    for (option, _), column in model.takes.items():
        if option.run not in model.drive_of_run:
            for point in option.points:
                yield point, column


def _carried_to(model: Model, point: int) -> None:
    """Arrivals equal the demand of the villages that collect at a pickup point."""
    network = model.network
    terms: dict[Commodity, list[tuple[int, float]]] = defaultdict(list)
    for flow in model.arrivals[point]:
        terms[flow.commodity].append((flow.column, 1))
    for (village, where), collects in model.collects.items():
        if where != point:
            continue
        for size in range(len(SIZES)):
            for day in range(DAYS_PER_WEEK):
                parcels = int(network.demand[village, size, day])
                if parcels:
                    commodity = (int(network.depot_of[village]), size, day)
                    terms[commodity].append((collects, -parcels))
    for (home, where), in_box in model.in_box.items():
        parcel = network.homes[home].parcel
        if where == point and parcel is not None:
            terms[parcel].append((in_box, -1))
    for commodity, row in terms.items():
        model.milp.row(
            f"parcels_are_carried[{network.point_ids[point]},{commodity}]", row, lower=0, upper=0
        )


def parcels_are_carried(model: Model) -> None:
    """Every parcel of a served village arrives, by services that the runs give."""
    for point in sorted(model.network.wanted_points):
        _carried_to(model, point)
    riders: dict[int, list[Flow]] = defaultdict(list)
    for flow in model.flows:
        ride = flow.ride
        riders[model.takes[ride.option, ride.day]].append(flow)
        if ride.board_option is not None and ride.board_option is not ride.option:
            riders[model.takes[ride.board_option, ride.day]].append(flow)
    for takes, flows in riders.items():
        groups: dict[tuple[bool, int], list[Flow]] = defaultdict(list)
        for flow in flows:
            groups[flow.ride.kind == "to_transfer", flow.ride.point].append(flow)
        for group in groups.values():
            most = _most_together(model, group)
            model.milp.row(
                f"parcels_are_carried[{model.milp.column_names[takes]}]",
                [*((flow.column, 1.0) for flow in group), (takes, -most)],
                upper=0,
            )


def _most_together(model: Model, group: list[Flow]) -> float:
    """Return the most parcels that flows by one service to one place can bring together."""
    by_commodity: dict[Commodity, float] = defaultdict(float)
    for flow in group:
        upper = model.milp.upper[flow.column]
        by_commodity[flow.commodity] = max(by_commodity[flow.commodity], upper)
    most = sum(by_commodity.values())
    room = model.network.runs[group[0].ride.run].room
    smallest = model.network.parcel_size[sorted({flow.size for flow in group})].min(axis=0)
    for limit, size in zip(room, smallest, strict=True):
        if limit is not None and size > 0:
            most = min(most, limit // int(size))
    return most


def delivered_often_enough(model: Model) -> None:
    """Ask for deliveries on enough days where a village with demand collects."""
    network = model.network
    fewest = network.scenario.rules.min_deliveries_per_week
    if fewest <= 1:
        return  # carrying the parcels of a village with demand is one delivery already
    parcels = network.demand.sum(axis=(1, 2))
    by_day: dict[tuple[int, int], list[int]] = defaultdict(list)
    for key, column in _deliveries(model):
        by_day[key].append(column)
    for point in sorted({point for _, point in model.collects}):
        delivered = []
        for day in range(DAYS_PER_WEEK):
            if columns := by_day.get((point, day)):
                name = f"delivered[{network.point_ids[point]},{DAYS[day]}]"
                delivered.append(model.milp.column(name))
                model.delivery_columns[delivered[-1]] = point
                model.milp.row(
                    f"delivered_often_enough[{name}]",
                    [(delivered[-1], 1), *((column, -1.0) for column in columns)],
                    upper=0,
                )
        for (village, where), collects in model.collects.items():
            if where == point and parcels[village] > 0:
                model.milp.row(
                    f"delivered_often_enough[{network.village_ids[village]},"
                    f"{network.point_ids[point]}]",
                    [*((column, 1.0) for column in delivered), (collects, -fewest)],
                    lower=0,
                )


def _deliveries(model: Model) -> Iterable[tuple[tuple[int, int], int]]:
    """Yield pickup point and day with a column that is at most 1 when something may come."""
    network = model.network
    depots = sorted({int(depot) for depot in network.depot_of})
    alighting: dict[tuple[Option, int, int], list[Flow]] = defaultdict(list)
    for flows in model.arrivals.values():
        for flow in flows:
            alighting[flow.ride.option, flow.ride.day, flow.ride.point].append(flow)
    for (option, day), takes in sorted(model.takes.items(), key=lambda item: item[1]):
        run = network.runs[option.run]
        arrival_day = (day + option.latest_arrival_min // MIN_PER_DAY) % DAYS_PER_WEEK
        from_depot = run.budget_s == NO_LIMIT_S or any(
            run.last_depot_stop(depot, option.first_stop_after) is not None for depot in depots
        )
        for point in option.points:
            if from_depot:
                yield (point, arrival_day), takes
            elif flows := alighting.get((option, day, point), []):
                brings = model.milp.column(f"brings[{takes},{point}]")
                model.delivery_columns[brings] = point
                model.milp.row(
                    f"delivered_often_enough[brings,{takes},{point}]",
                    [(brings, 1), *((flow.column, -1.0) for flow in flows)],
                    upper=0,
                )
                yield (point, arrival_day), brings


def box_holds_its_parcels(model: Model) -> None:
    """On every day of the cyclic week, parcels still in the boxes fit the compartments."""
    network = model.network
    for site in model.opens:
        arrivals = model.arrivals.get(site, [])
        if not arrivals:
            continue
        for smallest in range(len(SIZES)):
            room = [
                (column, -float(PER_MILLE * network.compartments[box_type, smallest:].sum()))
                for (where, box_type), column in model.boxes.items()
                if where == site
            ]
            for day in range(DAYS_PER_WEEK):
                terms = [
                    (flow.column, float(network.still_there[days]))
                    for flow in arrivals
                    if flow.size >= smallest
                    and (days := (day - flow.ride.arrival_day) % DAYS_PER_WEEK)
                    < len(network.still_there)
                ]
                model.milp.row(
                    f"box_holds_its_parcels[{network.point_ids[site]},{SIZES[smallest]},"
                    f"{DAYS[day]}]",
                    [*terms, *room],
                    upper=0,
                )


def van_keeps_its_shift(model: Model) -> None:
    """Give a van one route a day at most; routes keep the shift by themselves."""
    add_routes(model)
    add_relaxed(model)


def home_gets_its_delivery(model: Model) -> None:
    """Each home order is delivered once, collected once, or left."""
    by_run: dict[int, list[int]] = defaultdict(list)
    for ride, column in model.home_rides:
        by_run[ride.home].append(column)
    in_box: dict[int, list[int]] = defaultdict(list)
    for (home, _), column in model.in_box.items():
        in_box[home].append(column)
    for home, left in enumerate(model.left):
        columns = [left, *by_run[home], *in_box[home], *model.by_van[home]]
        model.milp.row(
            f"home_gets_its_delivery[{model.network.homes[home].order.id}]",
            [(column, 1) for column in columns],
            lower=1,
            upper=1,
        )


def coverage_terms(model: Model, weights: Iterable[int]) -> dict[int, float]:
    """Return the covered weight as terms: villages served, and covered as today."""
    by_village = [int(weight) for weight in weights]
    terms = {column: float(by_village[village]) for (village, _), column in model.collects.items()}
    for village, column in enumerate(model.keeps_today):
        if model.network.today_covered[village]:
            terms[column] = float(by_village[village])
    return terms


def covered_weight(model: Model, values: Mapping[int, int]) -> int:
    """Return the weighted coverage of whole column values."""
    terms = coverage_terms(model, model.network.weight)
    return round(sum(terms.get(column, 0) * value for column, value in values.items()))


def goal_is_met(model: Model) -> None:
    """Coverage, budget, villages that must be served, and limits on boxes."""
    network, milp = model.network, model.milp
    rules = network.scenario.rules
    model.first_goal_row = milp.num_rows
    if network.needed_inhabitants:
        terms = coverage_terms(model, network.inhabitants)
        milp.row("goal_is_met[coverage]", terms.items(), lower=network.needed_inhabitants)
    if network.budget_ore is not None:
        most = network.today_total_ore + network.budget_ore
        milp.row("goal_is_met[budget]", model.cost_terms.items(), upper=most)
    for village_idx, village in enumerate(network.scenario.villages):
        if village.must_serve and not network.today_covered[village_idx]:
            column = model.keeps_today[village_idx]
            milp.row(f"goal_is_met[must_serve,{village.id}]", [(column, 1)], upper=0)
    if rules.max_boxes is not None:
        boxes = [(column, 1.0) for column in model.boxes.values()]
        milp.row("goal_is_met[max_boxes]", boxes, upper=rules.max_boxes)
    for limit in rules.max_boxes_per_operator:
        boxes = [
            (column, 1.0)
            for (_, box_type), column in model.boxes.items()
            if network.scenario.box_types[box_type].operator == limit.operator
        ]
        milp.row(f"goal_is_met[{limit.operator}]", boxes, upper=limit.max_boxes)


def _strengthen(model: Model) -> None:
    """Add rows that every plan keeps and that help the bound.

    A village that collects at a pickup point has a service there within the promise of each of
    its ready days: the sum of services that could bring those parcels is at least 1.
    """
    network = model.network
    ways: dict[tuple[int, Commodity], set[int]] = defaultdict(set)
    for point, flows in model.arrivals.items():
        for flow in flows:
            ways[point, flow.commodity].add(model.takes[flow.ride.option, flow.ride.day])
    seen = set()
    for (village, point), collects in model.collects.items():
        for size in range(len(SIZES)):
            for day in range(DAYS_PER_WEEK):
                if not network.demand[village, size, day]:
                    continue
                commodity = (int(network.depot_of[village]), size, day)
                key = (village, point, frozenset(ways[point, commodity]))
                if key not in seen:
                    seen.add(key)
                    model.milp.row(
                        f"strengthen[{network.village_ids[village]},{network.point_ids[point]},"
                        f"{commodity}]",
                        [*((column, 1.0) for column in sorted(key[2])), (collects, -1)],
                        lower=0,
                    )


ROW_RULES: tuple[Callable[[Model], None], ...] = (
    village_has_one_pickup_point,
    parcels_are_carried,
    pickup_point_is_open,
    delivered_often_enough,
    run_keeps_within_capacity,
    run_keeps_within_delay,
    transfer_is_secure,
    box_holds_its_parcels,
    home_gets_its_delivery,
    _strengthen,
    goal_is_met,
)


def build_model(network: Network, itineraries: Itineraries, vans: VanPart | None = None) -> Model:
    """Return the plain model of a scenario, its objective being the cost.

    Parameters
    ----------
    network
        The scenario in integers.
    itineraries
        Every ride, those on vans included.
    vans
        How vans are modelled; without vans if None.
    """
    model = Model(network, itineraries, Milp(network.scenario.name), vans=vans or VanPart())
    add_boxes(model)
    add_villages(model)
    pickup_point_is_within_reach(model)
    van_keeps_its_shift(model)
    add_homes(model)
    add_flows(model, _may_carry)
    for rule in ROW_RULES:
        rule(model)
    model.milp.set_objective(model.cost_terms)
    return model


def ask_again(model: Model, network: Network) -> None:
    """Exchange the rows of the goal.

    Parameters
    ----------
    model
        A model; what was learned of its single pickup points stays.
    network
        Its network with another goal, by `with_goal_of`.
    """
    model.network = network
    model.milp.drop_rows(model.first_goal_row)
    goal_is_met(model)
    model.milp.set_objective(model.cost_terms)
    if model.by_point is not None:
        model.by_point.see_rows()
