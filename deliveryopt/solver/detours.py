"""Which services a run can give inside its delay budget.

A service at a stop costs the stop; a detour leaves the road in one gap. Gaps are independent and
minutes add up, so choosing at most one detour in each gap reaches every stop pattern of the run.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from deliveryopt.scenario.prices import service_co2_ore, service_ore
from deliveryopt.solver.network import Network, RunNet, rough_m
from deliveryopt.units import DAYS_PER_WEEK, M_PER_KM, MIN_PER_DAY, S_PER_H, S_PER_MIN

ServiceKind = Literal["at_stop", "through", "out_and_back"]
MAX_OPTIONS_PER_RUN = 5_000


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """One service that a run can give on any of its days."""

    run: int
    kind: ServiceKind
    stop: int
    """Stop at which the run serves the point or leaves its road."""
    points: tuple[int, ...]
    extra_m: int
    extra_s: int
    """Extra seconds, stops included."""
    cost_ore: int
    latest_arrival_min: int

    @property
    def is_detour(self) -> bool:
        """Return whether the run leaves its road."""
        return self.kind != "at_stop"

    @property
    def first_stop_after(self) -> int:
        """Return the first stop at which parcels boarded here are past: where to board before."""
        return self.stop + 1 if self.is_detour else self.stop

    def is_before(self, other: "Option") -> bool:
        """Return whether this service lies before another one of the same run-day."""
        return (self.stop, self.is_detour) < (other.stop, other.is_detour)


@dataclass(frozen=True, slots=True, eq=False)
class Detours:
    """Every service of every run; made by `enumerate_detours`."""

    of_run: tuple[tuple[Option, ...], ...]
    """Options of each run, by position; shape (runs,)."""
    truncated: tuple[str, ...]
    """Runs whose list was cut."""


def _needed_points(network: Network) -> list[bool]:
    """Return whether parcels can end or change runs at each pickup point."""
    collected = network.wanted_points
    return [
        idx in collected or point.transfer_parcels > 0
        for idx, point in enumerate(network.scenario.pickup_points)
    ]


def _usable_points(network: Network) -> list[bool]:
    """Return whether each pickup point can be part of any plan.

    Given distances may make the way through a point shorter, even if nothing is done there.
    """
    needed = _needed_points(network)
    return [
        point.state != "must_not"
        and (point.kind == "agent" or point.max_boxes > 0)
        and (needed[idx] or bool(network.travel.given_m))
        for idx, point in enumerate(network.scenario.pickup_points)
    ]


def _leg(network: Network, run: RunNet, from_id: str, to_id: str) -> tuple[int, int] | None:
    """Return metres and seconds of one leg of a detour; None if no road leads there."""
    metres = network.travel.road_m(from_id, to_id)
    seconds = network.travel.road_s(from_id, to_id, speed_kmh=run.terms.speed_kmh)
    if metres is None or seconds is None:
        return None
    return metres, seconds


def _drive(network: Network, run: RunNet, places: tuple[str, ...]) -> tuple[int, int] | None:
    """Return metres and seconds of driving from place to place; None if no road leads there."""
    metres = seconds = 0
    for from_id, to_id in pairwise(places):
        leg = _leg(network, run, from_id, to_id)
        if leg is None:
            return None
        metres, seconds = metres + leg[0], seconds + leg[1]
    return metres, seconds


def _option(
    network: Network, run: RunNet, kind: ServiceKind, stop: int, points: tuple[int, ...]
) -> Option | None:
    """Return the service, or None if it cannot be driven within the delay budget."""
    by_way = tuple(network.point_ids[point] for point in points)
    return option_by_way(
        network, run, kind, stop, points=points, by_way=by_way, at_places_s=run.stop_s * len(points)
    )


def option_by_way(  # noqa: PLR0913  a service is what these say, and each is a plain value
    network: Network,
    run: RunNet,
    kind: ServiceKind,
    stop: int,
    *,
    points: tuple[int, ...],
    by_way: tuple[str, ...],
    at_places_s: int,
) -> Option | None:
    """Return the service of some places, or None if it cannot be driven in the delay budget.

    Parameters
    ----------
    network, run, kind, stop
        Where the run serves the places or leaves its road.
    points
        Indices of the places: pickup points, or one home.
    by_way
        Their ids, in the order of visiting.
    at_places_s
        Seconds spent at them.
    """
    extra_m = extra_s = 0
    here = run.place_ids[stop]
    arrival_min = run.arrival_min[stop] if kind == "at_stop" else run.departure_min[stop]
    if kind == "out_and_back":
        driven = _drive(network, run, (here, *by_way, here))
        if driven is None:
            return None
        extra_m, extra_s = driven
    elif kind == "through":
        onward = run.place_ids[stop + 1]
        arrival_min = run.arrival_min[stop + 1]
        driven = _drive(network, run, (here, *by_way, onward))
        direct = _leg(network, run, here, onward)
        if driven is None or direct is None:
            return None
        extra_m, extra_s = max(0, driven[0] - direct[0]), max(0, driven[1] - direct[1])
    extra_s += at_places_s
    if extra_s > run.budget_s:
        return None
    rates, goal = network.scenario.rates, network.scenario.goal
    cost_ore = service_ore(run.terms, num_stops=len(points), extra_m=extra_m, extra_s=extra_s)
    if goal.count_co2:
        cost_ore += service_co2_ore(run.terms, rates, extra_m=extra_m)
    return Option(
        run=run.run_idx,
        kind=kind,
        stop=stop,
        points=points,
        extra_m=extra_m,
        extra_s=extra_s,
        cost_ore=cost_ore,
        latest_arrival_min=arrival_min + run.budget_min,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Sieve:
    """Which points a run could drive to from a place; leaves out only what is surely too far."""

    lats: NDArray[np.float64]
    lons: NDArray[np.float64]
    usable: list[bool]
    given: dict[str, set[str]]
    """Places to or from which each place has a given distance: straight lines say nothing."""

    def near(self, network: Network, run: RunNet, stop: int) -> list[int]:
        """Return points that may be near enough to the gap after a stop to be first or last."""
        here = run.place_ids[stop]
        there = here if stop == len(run.place_ids) - 1 else run.place_ids[stop + 1]
        direct = _leg(network, run, here, there)
        seconds = run.budget_s - run.stop_s + (0 if direct is None else direct[1])
        if network.travel.given_s:
            seconds = DAYS_PER_WEEK * MIN_PER_DAY * S_PER_MIN  # given times follow no speed
        factor = 1.0 if network.travel.given_m else network.travel.detour_factor
        reach_m = seconds * run.terms.speed_kmh * M_PER_KM / S_PER_H / factor
        away = rough_m(*network.travel.positions[here], self.lats, self.lons)
        standing = {point for points in run.points_at_stop for point in points}
        return [
            point
            for point, point_id in enumerate(network.point_ids)
            if self.usable[point]
            and point not in standing
            and (away[point] <= reach_m * 1.05 + 50 or point_id in self.given.get(here, ()))
        ]


def _beats(one: Option, other: Option, *, order_matters: bool) -> bool:
    """Return whether one detour makes another one of the same gap and points needless."""
    in_order = tuple(point for point in other.points if point in one.points)
    return (
        (one.points == in_order or not order_matters)
        and one.extra_s <= other.extra_s
        and one.cost_ore <= other.cost_ore
        and one.latest_arrival_min <= other.latest_arrival_min
        and one.latest_arrival_min // MIN_PER_DAY == other.latest_arrival_min // MIN_PER_DAY
    )


def _undominated(network: Network, options: list[Option]) -> list[Option]:
    """Drop detours of one gap that another one with the same needed points beats."""
    points = network.scenario.pickup_points
    needed = _needed_points(network)
    kept: list[Option] = []
    ordered = sorted(
        options, key=lambda o: (o.extra_s, o.cost_ore, o.latest_arrival_min, len(o.points))
    )
    for option in ordered:
        wanted = {point for point in option.points if needed[point]}
        if not wanted:
            continue
        order_matters = any(points[point].transfer_parcels > 0 for point in option.points)
        rivals = (other for other in kept if _may_replace(other, option, wanted))
        if not any(_beats(other, option, order_matters=order_matters) for other in rivals):
            kept.append(option)
    return kept


def _may_replace(other: Option, option: Option, wanted: set[int]) -> bool:
    """Return whether another detour visits what is wanted and no point of its own."""
    return wanted <= set(other.points) <= set(option.points)


def _sequences(
    network: Network, run: RunNet, stop: int, points: list[int]
) -> Iterator[tuple[int, ...]]:
    """Yield every order of points that can be reached from a stop before time runs out."""
    here = run.place_ids[stop]
    last = stop == len(run.place_ids) - 1
    direct = None if last else _leg(network, run, here, run.place_ids[stop + 1])
    limit_s = run.budget_s + (0 if direct is None else direct[1])
    most = network.scenario.rules.max_points_per_detour

    def extend(sequence: tuple[int, ...], place: str, used_s: int) -> Iterator[tuple[int, ...]]:
        if sequence:
            yield sequence
        if len(sequence) == most:
            return
        for point in points:
            if point in sequence:
                continue
            leg = _leg(network, run, place, network.point_ids[point])
            if leg is not None and used_s + leg[1] + run.stop_s <= limit_s:
                yield from extend(
                    (*sequence, point), network.point_ids[point], used_s + leg[1] + run.stop_s
                )

    yield from extend((), here, 0)


def _gap_options(
    network: Network, run: RunNet, stop: int, candidates: list[int]
) -> Iterator[Option]:
    """Yield every detour in the gap after a stop."""
    kinds: tuple[ServiceKind, ...] = ("through", "out_and_back")
    if stop == len(run.place_ids) - 1:
        kinds = ("out_and_back",)
    for points in _sequences(network, run, stop, candidates):
        for kind in kinds:
            option = _option(network, run, kind, stop, points)
            if option is not None:
                yield option


def _options_of(network: Network, run: RunNet, sieve: _Sieve) -> list[Option]:
    """Return every service of one run."""
    if not run.days or run.stop_s > run.budget_s:
        return []
    found: list[Option] = []
    for stop, standing in enumerate(run.points_at_stop):
        for point in standing:
            option = (
                _option(network, run, "at_stop", stop, (point,)) if sieve.usable[point] else None
            )
            if option is not None:
                found.append(option)
    if not run.terms.may_detour:
        return found
    for stop in range(len(run.place_ids)):
        candidates = sieve.near(network, run, stop)
        if candidates:
            found += _undominated(network, list(_gap_options(network, run, stop, candidates)))
    return found


def _given(network: Network) -> dict[str, set[str]]:
    given: dict[str, set[str]] = {}
    for place_a, place_b in network.travel.given_m:
        given.setdefault(place_a, set()).add(place_b)
    return given


def enumerate_detours(network: Network) -> Detours:
    """Return every service that a run can give within its delay budget.

    Parameters
    ----------
    network
        The scenario in integers.

    Returns
    -------
    Detours
        Options by run. Lists longer than `MAX_OPTIONS_PER_RUN` are cut and named.
    """
    points = network.scenario.pickup_points
    sieve = _Sieve(
        lats=np.array([point.lat_deg for point in points], dtype=np.float64),
        lons=np.array([point.lon_deg for point in points], dtype=np.float64),
        usable=_usable_points(network),
        given=_given(network),
    )
    of_run, truncated = [], []
    for run in network.runs:
        options = _options_of(network, run, sieve)
        if len(options) > MAX_OPTIONS_PER_RUN:
            options = sorted(options, key=lambda o: o.cost_ore)[:MAX_OPTIONS_PER_RUN]
            truncated.append(f"services of run {network.run_ids[run.run_idx]!r}")
        of_run.append(tuple(options))
    return Detours(tuple(of_run), tuple(truncated))
