"""Services of runs lived through: what a run drives for them, and when it is there."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from deliveryopt.plan.plan import Service
from deliveryopt.plan.world import DAY_NUMBER, World
from deliveryopt.scenario.schema import Run
from deliveryopt.units import MIN_PER_DAY, s_from_min

Position = tuple[int, int]
"""Order along a run: twice the stop, plus one in the gap after it; order in a detour."""

Kind = Literal["at_stop", "through", "out_and_back"]


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """What a run drives and how long it stops to serve places, at a stop or on a detour."""

    stop: int
    """Number of its stop *k* along the run, from 0."""
    is_detour: bool
    """Whether the run leaves its road."""
    extra_m: int
    """Extra metres."""
    extra_s: int
    """Extra seconds: driving and stop time."""
    earliest_min: int
    """Earliest arrival, minutes after 00:00 of the service day."""
    latest_min: int
    """Latest arrival, minutes after 00:00 of the service day."""
    no_road: tuple[str, str] | None
    """Two places on the way between which no road leads."""
    estimates: tuple[bool, ...]
    """For each drive of a detour, whether its distance is an estimate."""

    @property
    def gap_end(self) -> int:
        """The first gap in which goods that alight here are no longer aboard."""
        return self.stop + self.is_detour


@dataclass(frozen=True, slots=True, eq=False)
class ServiceReplay:
    """One service lived through."""

    service: Service
    """The service."""
    run: Run
    """Its run."""
    way: Way
    """What the run drives for it."""

    @property
    def arrival_day(self) -> int:
        """Day of the latest arrival, counted from the Monday of the service day's week."""
        return DAY_NUMBER[self.service.day] + self.way.latest_min // MIN_PER_DAY

    def position(self, point: str) -> Position:
        """Return the position of a point of this service along the run."""
        return 2 * self.way.stop + self.way.is_detour, self.service.points.index(point)


def _drive(world: World, places: Iterable[str], *, speed_kmh: float) -> tuple[int, int]:
    """Return metres and seconds by way of places; a pair without a road counts nothing."""
    total_m = total_s = 0
    for pair in pairwise(places):
        total_m += world.travel.road_m(*pair) or 0
        total_s += world.travel.road_s(*pair, speed_kmh=speed_kmh) or 0
    return total_m, total_s


def way_of(
    world: World, run: Run, kind: Kind, stop: int, *, by_way: tuple[str, ...], at_places_s: int
) -> Way | None:
    """Return what a run drives to serve places; None if there is no next stop to go on to.

    Parameters
    ----------
    world
        The scenario by id.
    run
        The run.
    kind
        At a stop; from one stop to the next by way of the places; or out and back from a stop.
    stop
        Number of the stop along the run, from 0.
    by_way
        Places in the order of visiting.
    at_places_s
        Seconds at all these places.
    """
    here = run.stop_times[stop]
    terms = world.terms[run.id]
    way: tuple[str, ...] = ()
    direct: tuple[str, ...] = ()
    earliest_min = here.departure_min
    if kind == "at_stop":
        earliest_min = base_min = here.arrival_min
    elif kind == "out_and_back":
        way, base_min = (here.place_id, *by_way, here.place_id), here.departure_min
    elif stop + 1 == len(run.stop_times):
        return None
    else:
        onward = run.stop_times[stop + 1]
        way = (here.place_id, *by_way, onward.place_id)
        direct, base_min = (here.place_id, onward.place_id), onward.arrival_min
    way_m, way_s = _drive(world, way, speed_kmh=terms.speed_kmh)
    direct_m, direct_s = _drive(world, direct, speed_kmh=terms.speed_kmh)
    drives = (*pairwise(way), *pairwise(direct))
    return Way(
        stop=stop,
        is_detour=kind != "at_stop",
        extra_m=max(0, way_m - direct_m),
        extra_s=max(0, way_s - direct_s) + at_places_s,
        earliest_min=earliest_min,
        latest_min=base_min + math.ceil(Fraction(str(terms.delay_budget_min))),
        no_road=next((pair for pair in drives if world.travel.road_m(*pair) is None), None),
        estimates=tuple(world.travel.is_estimate(*pair) for pair in drives),
    )


def replay_service(world: World, service: Service) -> ServiceReplay | None:
    """Return a service lived through; None if it names something that does not exist."""
    stop = world.stop_number.get((service.run, service.stop_sequence))
    known = stop is not None and all(point in world.points for point in service.points)
    if stop is None or not known or (service.kind == "at_stop" and len(service.points) > 1):
        return None
    run = world.runs[service.run]
    way = way_of(
        world,
        run,
        service.kind,
        stop,
        by_way=service.points,
        at_places_s=s_from_min(world.terms[run.id].stop_min) * len(service.points),
    )
    return None if way is None else ServiceReplay(service=service, run=run, way=way)
