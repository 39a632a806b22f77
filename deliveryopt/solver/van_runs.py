"""Vans' stops at pickup points in the words of runs, so that parcels ride them as they ride buses.

A trip of a route becomes a run of one day that boards at the trip's origin; a stop at a pickup
point becomes its service. The parcels then keep every rule on rides, boxes and deliveries without
a word about vans. A trip's room is what its home orders leave: all of it is aboard at departure.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from deliveryopt.scenario.terms import RunTerms
from deliveryopt.solver.detours import Option
from deliveryopt.solver.fleet import Room
from deliveryopt.solver.itineraries import Itineraries, Ride
from deliveryopt.solver.network import Network, RunNet
from deliveryopt.solver.trips import Trip, VanDay
from deliveryopt.solver.van_routes import Route
from deliveryopt.units import DAYS, MIN_PER_DAY

NO_LIMIT_S = 10**9


@dataclass(frozen=True, slots=True, eq=False)
class VanRun:
    """A trip in the words of runs."""

    run: RunNet
    rides: tuple[Ride, ...]
    route: int | None
    """Number of the route that it belongs to; None for a visit that stands for any route's."""
    trip: int
    """Number of the trip in its route, from 0."""
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class _Call:
    """A stop at a pickup point."""

    point: int
    arrival_min: int
    cost_ore: int


def _run(  # noqa: PLR0913  what a run is made of
    run_idx: int,
    day: int,
    origin: int,
    departure_min: int,
    calls: tuple[_Call, ...],
    *,
    room: Room,
    max_size: int,
    network: Network,
) -> tuple[RunNet, tuple[Ride, ...]]:
    """Return a run of one day from an origin to pickup points, and its rides."""
    times = (departure_min, *(call.arrival_min for call in calls))
    run = RunNet(
        run_idx=run_idx,
        days=(day,),
        place_ids=(network.depot_ids[origin], *(network.point_ids[c.point] for c in calls)),
        stop_sequences=tuple(range(len(times))),
        arrival_min=times,
        departure_min=times,
        points_at_stop=((), *((call.point,) for call in calls)),
        depots_at_stop=((origin,), *(() for _ in calls)),
        homes_at_stop=tuple(() for _ in times),
        budget_s=NO_LIMIT_S,
        budget_min=0,
        stop_s=0,
        parcel_s=0.0,
        max_size=max_size,
        parcel_ore=0,
        room=room,
        terms=RunTerms(),
    )
    rides = tuple(
        Ride(
            kind="direct",
            run=run_idx,
            day=day,
            board_stop=0,
            board_option=None,
            origin=origin,
            option=Option(
                run=run_idx,
                kind="at_stop",
                stop=number,
                points=(call.point,),
                extra_m=0,
                extra_s=0,
                cost_ore=call.cost_ore,
                latest_arrival_min=call.arrival_min,
            ),
            point=call.point,
            board_min=departure_min,
        )
        for number, call in enumerate(calls, start=1)
    )
    return run, rides


def _left_room(van_day: VanDay, trip: Trip) -> Room:
    """Return the room that a trip's home orders leave."""
    litres, kilograms, pieces = (
        None if limit is None else limit - load
        for limit, load in zip(van_day.van.room, van_day.load(trip.places), strict=True)
    )
    return litres, kilograms, pieces


def runs_of_route(van_day: VanDay, route: Route, number: int, first_run: int) -> list[VanRun]:
    """Return the trips of a route that stop at pickup points, as runs.

    Parameters
    ----------
    van_day
        The route's van and day.
    route
        The route.
    number
        Its number.
    first_run
        Index for the first of the runs.
    """
    found: list[VanRun] = []
    network = van_day.network
    van_id = van_day.van.van.id
    for trip_number, trip in enumerate(route.trips):
        calls = tuple(
            _Call(place, arrival_min, 0)
            for place, arrival_min in zip(trip.places, route.arrivals[trip_number], strict=True)
            if van_day.home(place) is None
        )
        if calls:
            run, rides = _run(
                first_run + len(found),
                route.day,
                trip.origin,
                route.departures[trip_number],
                calls,
                room=_left_room(van_day, trip),
                max_size=van_day.van.max_size,
                network=network,
            )
            name = f"van {van_id} {DAYS[route.day]} route {number} trip {trip_number + 1}"
            found.append(VanRun(run, rides, number, trip_number, name))
    return found


def any_visit(  # noqa: PLR0913  each a plain value
    network: Network,
    run_idx: int,
    *,
    point: int,
    origin: int,
    day: int,
    cost_ore: int,
    room: Room,
    max_size: int,
) -> VanRun:
    """Return a visit of a pickup point that stands for that of any route, late in the day."""
    end_min = MIN_PER_DAY - 1
    run, rides = _run(
        run_idx,
        day,
        origin,
        end_min,
        (_Call(point, end_min, cost_ore),),
        room=room,
        max_size=max_size,
        network=network,
    )
    return VanRun(run, rides, None, 0, f"any van {DAYS[day]} to {network.point_ids[point]}")


def with_van_runs(
    network: Network, itineraries: Itineraries, van_runs: Iterable[VanRun]
) -> tuple[Network, Itineraries]:
    """Return a network and its rides with vans' trips among the runs."""
    van_runs = tuple(van_runs)
    return (
        replace(
            network,
            runs=network.runs + tuple(van_run.run for van_run in van_runs),
            run_ids=network.run_ids + tuple(van_run.name for van_run in van_runs),
        ),
        replace(
            itineraries,
            direct=itineraries.direct + tuple(r for van_run in van_runs for r in van_run.rides),
        ),
    )
