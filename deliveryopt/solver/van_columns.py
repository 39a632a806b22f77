"""Columns of vans: whole routes, or the parts of relaxed ones.

`drives[k]` is 1 when route *k* is driven. Relaxed, a van's day has one round by its origins, trips
that deliver sets of home orders, and stops that pay their part alone.
"""

from collections import defaultdict

from deliveryopt.solver.columns import Model
from deliveryopt.solver.relaxed_vans import RelaxedDay
from deliveryopt.units import DAYS


def add_routes(model: Model) -> None:
    """Add a column for each route, and let its trips' services be given by it."""
    network, first = model.network, len(model.network.point_ids)
    of_day: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, route in enumerate(model.vans.routes):
        van_id = network.vans[route.van].van.id
        column = model.milp.column(f"drives[{van_id},{DAYS[route.day]},{number}]")
        model.cost_terms[column] = route.cost_ore
        model.drives.append(column)
        model.van_columns.append(column)
        of_day[route.van, route.day].append(column)
        for trip in route.trips:
            for place in trip.places:
                if place >= first:
                    model.by_van[place - first].append(column)
    for van_run in model.vans.runs:
        if van_run.route is not None:
            model.drive_of_run[van_run.run.run_idx] = model.drives[van_run.route]
    for (van, day), columns in of_day.items():
        model.milp.row(
            f"van_keeps_its_shift[{network.vans[van].van.id},{DAYS[day]}]",
            [(column, 1.0) for column in columns],
            upper=1,
        )


def add_relaxed(model: Model) -> None:
    """Add columns and rows for every van and day, relaxed."""
    for relaxed in model.vans.relaxed:
        _add_day(model, relaxed)


def _add_day(model: Model, relaxed: RelaxedDay) -> None:
    milp, van_day = model.milp, relaxed.van_day
    first = len(model.network.point_ids)
    van = van_day.van.van
    name = f"van_keeps_its_shift[{van.id},{DAYS[van_day.day]}"
    rounds: dict[int, list[int]] = defaultdict(list)
    time: list[tuple[int, float]] = []
    trips: list[tuple[int, float]] = []
    everywhere: list[tuple[int, float]] = []

    def column(what: str, cost_ore: int) -> int:
        found = milp.column(f"{what}[{van.id},{DAYS[van_day.day]},{milp.num_columns}]")
        model.van_columns.append(found)
        model.cost_terms[found] = cost_ore
        return found

    shift_min = van.shift_end_min - van.shift_start_min
    for way in relaxed.rounds:
        used = column("round", way.cost_ore)
        everywhere.append((used, 1.0))
        time.append((used, float(way.minutes - shift_min)))
        for origin in way.origins:
            rounds[origin].append(used)
    of_home: dict[tuple[int, int], list[int]] = defaultdict(list)
    for trip in relaxed.trips:
        used = column("trip", trip.cost_ore)
        model.relaxed_trips.append((relaxed, trip.origin, tuple(sorted(trip.places)), used))
        trips.append((used, 1.0))
        time.append((used, float(trip.minutes)))
        for place in trip.places:
            model.by_van[place - first].append(used)
            of_home[trip.origin, place].append(used)
    for part in relaxed.homes:
        used = column("part", part.cost_ore)
        model.relaxed_trips.append((relaxed, part.origin, (part.place,), used))
        model.by_van[part.place - first].append(used)
        of_home[part.origin, part.place].append(used)
    for (origin, place), columns in of_home.items():
        milp.row(
            f"{name},round to {origin},{place}]",
            [*((c, 1.0) for c in columns), *((c, -1.0) for c in rounds[origin])],
            upper=0,
        )
    milp.row(f"{name},one round]", everywhere, upper=1)
    milp.row(f"{name},time]", time, upper=0)
    milp.row(
        f"{name},trips]", [*trips, *((c, -float(van.max_trips)) for c, _ in everywhere)], upper=0
    )
