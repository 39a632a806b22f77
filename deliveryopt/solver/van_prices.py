"""What each stop of a van pays at least: prices whose sum over any trip never passes its cost.

Half of the cheapest drives to and from a stop, and its work, are such prices: a trip's drives are
those into its stops and the last one back. They leave out loading and the way to the first stop,
so higher ones are tried: as much as a stop's parcels cost otherwise. The trip that would gain most
at the tried prices is sought; if it gains, the prices of its stops are lowered until it does not,
and the search begins again.

Where stops are few, the least cost of every set of them is known (`tour_table.py`), and the prices
are valid when no set gains. Where they are many, the trip is found by a small programme (a
prize-collecting tour). At the end the bound of that programme, not its solution, says how far
prices between the two are valid: what a trip gains is the least of linear functions of the prices,
so it is at least the mean of its values at both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

import numpy as np

from deliveryopt.solver.milp import IntArray, Milp
from deliveryopt.solver.search import Limits, Values, search
from deliveryopt.solver.tour_table import NO_WAY, sums_over_sets, tour_costs
from deliveryopt.solver.trips import VanDay
from deliveryopt.units import G_PER_KG, M_PER_KM, MIN_PER_H, ORE_PER_SEK, exact

MOST_IN_TABLE = 17
"""Most stops for which every set of them is looked at."""
TABLE_TRIES = 1_000
TRIES = 12
TOUR_S = 2.0
"""Longest search of one tour, seconds."""
ORIGIN = -1
PARTS = 1000
"""Parts of an öre in which a table counts."""

Prices = dict[int, Fraction]
"""Price by place, öre."""


def drive_ore(van_day: VanDay, *, metres: int, minutes: int) -> Fraction:
    """Return what driving or working costs a van, exactly, öre."""
    van, scenario = van_day.van.van, van_day.network.scenario
    sek = exact(van.sek_per_km) * metres / M_PER_KM + exact(van.sek_per_h) * minutes / MIN_PER_H
    if scenario.goal.count_co2:
        kg = exact(van.co2_g_per_km) * metres / M_PER_KM / G_PER_KG
        sek += exact(scenario.rates.co2_sek_per_kg) * kg
    return ORE_PER_SEK * sek


@dataclass(frozen=True, slots=True, eq=False)
class _Tours:
    """The stops from one origin, and the cost and minutes of driving between them."""

    van_day: VanDay
    stops: tuple[int, ...]
    costs: dict[tuple[int, int], Fraction]
    """Cost of each drive; the origin is -1."""
    minutes: dict[tuple[int, int], int]
    work_ore: dict[int, Fraction]

    @property
    def load_ore(self) -> Fraction:
        """Return what loading costs at the start of a trip."""
        return drive_ore(self.van_day, metres=0, minutes=self.van_day.van.van.load_min)


def _tours(van_day: VanDay, origin: int) -> _Tours:
    stops = van_day.stops[origin]
    ids = {ORIGIN: van_day.network.depot_ids[origin]}
    ids |= {place: van_day.place_id(place) for place in stops}
    costs, minutes = {}, {}
    for start, start_id in ids.items():
        for end, end_id in ids.items():
            leg = None if start == end else van_day.leg(start_id, end_id)
            if leg is not None:
                costs[start, end] = drive_ore(van_day, metres=leg[1], minutes=leg[0])
                minutes[start, end] = leg[0]
    work_ore = {
        place: drive_ore(van_day, metres=0, minutes=van_day.work_min(place)) for place in stops
    }
    return _Tours(van_day, stops, costs, minutes, work_ore)


def _half_drives(tours: _Tours) -> Prices:
    """Return each stop's work and half of its cheapest drives; stops that no road reaches lack."""
    found: Prices = {}
    for place in tours.stops:
        into = [cost for (_, end), cost in tours.costs.items() if end == place]
        out = [cost for (start, _), cost in tours.costs.items() if start == place]
        if into and out:
            found[place] = tours.work_ore[place] + (min(into) + min(out)) / 2
    return found


def _alone_ore(tours: _Tours, place: int) -> Fraction | None:
    """Return what a trip to one stop costs; None if no road leads there and back."""
    there, back = tours.costs.get((ORIGIN, place)), tours.costs.get((place, ORIGIN))
    if there is None or back is None:
        return None
    return tours.load_ore + there + tours.work_ore[place] + back


@dataclass(frozen=True, slots=True, eq=False)
class _Best:
    """The trip that gains most at some prices."""

    bound: Fraction
    """No trip costs less, its stops' prices taken off, öre."""
    stops: tuple[int, ...]
    cost: Fraction
    """What the trip over these stops that was found costs, öre."""


def _best_tour(tours: _Tours, prices: Prices, limits: Limits) -> _Best | None:
    """Return the trip with the least cost less prices; None if nothing is proven.

    Each stop is entered and left once or not at all, stops are connected to the origin by a flow
    that loses one unit at each of them, and driving and work fit the shift.
    """
    milp = Milp("tour")
    places = sorted(prices)
    size = float(len(places))
    at = {place: milp.column("stop") for place in places}
    ends = [ORIGIN, *places]
    legs = {p: c for p, c in tours.costs.items() if p[0] in ends and p[1] in ends}
    drives = {pair: milp.column("drive") for pair in legs}
    flows = {pair: milp.column("flow", upper=size, integer=False) for pair in legs}
    for end in ends:
        into = [(drives[pair], 1.0) for pair in legs if pair[1] == end]
        out = [(drives[pair], 1.0) for pair in legs if pair[0] == end]
        if end == ORIGIN:
            milp.row("leaves", out, lower=1, upper=1)
            milp.row("comes back", into, lower=1, upper=1)
            continue
        milp.row("entered", [*into, (at[end], -1.0)], lower=0, upper=0)
        milp.row("left", [*out, (at[end], -1.0)], lower=0, upper=0)
        flow = [(flows[pair], 1.0) for pair in legs if pair[1] == end]
        flow += [(flows[pair], -1.0) for pair in legs if pair[0] == end]
        milp.row("connected", [*flow, (at[end], -1.0)], lower=0, upper=0)
    for pair, drive in drives.items():
        most = 0.0 if pair[1] == ORIGIN else size
        milp.row("flow", [(flows[pair], 1.0), (drive, -most)], upper=0)
    van = tours.van_day.van.van
    time = [(drive, float(tours.minutes[pair])) for pair, drive in drives.items()]
    time += [(column, float(tours.van_day.work_min(place))) for place, column in at.items()]
    shift_min = van.shift_end_min - van.shift_start_min - van.load_min
    milp.row("shift", time, upper=shift_min)
    # rounded down, so that the programme's optimum is at most the true one
    terms = {drive: float(floor(legs[pair])) for pair, drive in drives.items()}
    for place, column in at.items():
        terms[column] = float(floor(tours.work_ore[place] - prices[place]))
    milp.set_objective(terms)
    outcome = search(milp, limits.exact(TOUR_S))
    if outcome.status == "INFEASIBLE":
        return _Best(Fraction(0), (), Fraction(0))
    if outcome.bound is None:
        return None
    chosen = outcome.values or {}
    cost = tours.load_ore + sum((legs[p] for p in _used(drives, chosen)), Fraction(0))
    stops = tuple(place for place, column in at.items() if chosen.get(column))
    cost += sum((tours.work_ore[place] for place in stops), Fraction(0))
    return _Best(outcome.bound + tours.load_ore, stops, cost)


def _used(drives: Mapping[tuple[int, int], int], values: Values) -> list[tuple[int, int]]:
    return [pair for pair, column in drives.items() if values.get(column)]


def stop_prices(
    van_day: VanDay, origin: int, targets: Mapping[int, int], limits: Limits
) -> dict[int, int]:
    """Return what each stop from an origin pays at least, whatever trip it is on.

    Parameters
    ----------
    van_day
        The van and its day.
    origin
        Where trips load.
    targets
        What a visit at each place costs otherwise, öre: there is no use in a higher price.
    limits
        When to stop; half drives are all that is needed.

    Returns
    -------
    dict
        Price by place, whole öre, rounded down; the sum over the stops of any trip is at most the
        trip's cost. Stops that no road reaches are left out.
    """
    tours = _tours(van_day, origin)
    least = _half_drives(tours)
    tried: Prices = {}
    for place, price in least.items():
        alone = _alone_ore(tours, place)
        target = Fraction(targets.get(place, 0)) if place in targets else alone
        most = target if alone is None or target is None else min(alone, target)
        tried[place] = price if most is None else max(price, most)
    if len(least) <= MOST_IN_TABLE:
        prices = _valid_by_table(tours, least, tried)
    else:
        prices = _valid(tours, least, tried, limits)
    return {place: floor(price) for place, price in prices.items()}


def _parts(ore: Fraction) -> int:
    """Return parts of an öre, rounded down."""
    return floor(PARTS * ore)


def _table(tours: _Tours, places: list[int]) -> IntArray:
    """Return what a trip over each set of places costs at least; `NO_WAY` where none is possible.

    Whether a set fits the shift is seen from its fewest minutes.
    """
    ends = [ORIGIN, *places]
    costs = np.full((len(ends), len(ends)), NO_WAY)
    minutes = np.full((len(ends), len(ends)), NO_WAY)
    for row, start in enumerate(ends):
        for column, end in enumerate(ends):
            if (start, end) in tours.costs:
                costs[row, column] = _parts(tours.costs[start, end])
                minutes[row, column] = tours.minutes[start, end]
    van = tours.van_day.van.van
    work_min = np.array([tours.van_day.work_min(place) for place in places])
    work = np.array([_parts(tours.work_ore[place]) for place in places])
    cost = tour_costs(costs, work) + _parts(tours.load_ore)
    shift_min = van.shift_end_min - van.shift_start_min - van.load_min
    cost[tour_costs(minutes, work_min) > shift_min] = NO_WAY
    return cost


def _valid_by_table(tours: _Tours, least: Prices, tried: Prices) -> Prices:
    """Return prices between the least and the tried ones that no trip's cost falls below."""
    places = sorted(least)
    if not places:
        return {}
    cost = _table(tours, places)
    low = np.array([_parts(least[place]) for place in places])
    high = np.array([_parts(tried[place]) for place in places])
    bits = np.arange(len(places))
    for _ in range(TABLE_TRIES):
        gain = sums_over_sets(high) - cost
        best = int(gain.argmax())
        if gain[best] <= 0:
            return {place: Fraction(int(p), PARTS) for place, p in zip(places, high, strict=True)}
        stops = best >> bits & 1 == 1
        rise = high[stops] - low[stops]
        if not rise.sum():
            break  # rounded parts of a trip without loading, whose least prices are all of its cost
        share = max(0.0, 1 - float(gain[best]) / float(rise.sum()))
        high[stops] = low[stops] + np.floor(share * rise).astype(np.int64)
    return least


def _valid(tours: _Tours, least: Prices, tried: Prices, limits: Limits) -> Prices:
    """Return prices between the least and the tried ones that no trip's cost falls below."""
    if tried == least:
        return least
    for _ in range(TRIES):
        best = None if limits.are_reached else _best_tour(tours, tried, limits)
        if best is None:
            return least
        if best.bound >= 0:
            return tried
        low = sum((least[place] for place in best.stops), Fraction(0))
        high = sum((tried[place] for place in best.stops), Fraction(0))
        if high <= best.cost or high <= low:
            break  # the trip found gains nothing: only the bound is not good enough
        share = max(Fraction(0), (best.cost - low) / (high - low))
        for place in best.stops:
            tried[place] = least[place] + share * (tried[place] - least[place])
    best = None if limits.are_reached else _best_tour(tours, tried, limits)
    if best is None:
        return least
    if best.bound >= 0:
        return tried
    spare = tours.load_ore  # what any trip costs above the least prices, at least
    share = spare / (spare - best.bound)
    return {place: price + share * (tried[place] - price) for place, price in least.items()}
