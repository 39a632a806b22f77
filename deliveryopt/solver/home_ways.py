"""Which home orders a run can deliver: at a stop or on a detour to that home alone."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from deliveryopt.scenario.homes import may_carry
from deliveryopt.solver.detours import Option, ServiceKind, option_by_way
from deliveryopt.solver.fleet import HomeNet
from deliveryopt.solver.network import Network, RunNet, rough_m
from deliveryopt.units import DAYS_PER_WEEK, M_PER_KM, MIN_PER_DAY, S_PER_H, S_PER_MIN


@dataclass(frozen=True, slots=True, eq=False)
class HomeRide:
    """One home order on one run-day, from its origin to its door."""

    home: int
    run: int
    day: int
    """Service day."""
    board_stop: int
    option: Option
    """The delivery, as a service of one home."""

    @property
    def gaps(self) -> range:
        """Return the gaps in which the goods are aboard."""
        return range(self.board_stop, self.option.first_stop_after)


def _options(network: Network, run: RunNet, home: HomeNet) -> Iterator[Option]:
    """Yield every delivery of one home order that a run can give within its delay budget."""
    last = len(run.place_ids) - 1

    def option(kind: ServiceKind, stop: int) -> Option | None:
        return option_by_way(
            network,
            run,
            kind,
            stop,
            points=(home.place,),
            by_way=(home.order.id,),
            at_places_s=home.order.service_min * S_PER_MIN,
        )

    if home.origin is None or run.last_depot_stop(home.origin, last + 1) is None:
        return
    standing = [stop for stop, homes in enumerate(run.homes_at_stop) if home.home in homes]
    ways: list[tuple[ServiceKind, int]] = [("at_stop", stop) for stop in standing]
    if not standing and run.terms.may_detour:
        near = _near(network, run, home)
        ways += [("through", stop) for stop in near if stop < last]
        ways += [("out_and_back", stop) for stop in near]
    for kind, stop in ways:
        found = option(kind, stop) if _origin_stop(run, home, kind, stop) is not None else None
        if found is not None:
            yield found


def _near(network: Network, run: RunNet, home: HomeNet) -> list[int]:
    """Return the stops after which a home may be near enough; leaves out what is surely too far."""
    travel, stops = network.travel, range(len(run.place_ids))
    if travel.given_s:  # given times follow no speed
        return list(stops)
    home_id = home.order.id
    spare_s = run.budget_s - home.order.service_min * S_PER_MIN
    positions = [travel.positions[place] for place in run.place_ids]
    away_m = rough_m(
        *travel.positions[home_id],
        np.array([lat for lat, _ in positions]),
        np.array([lon for _, lon in positions]),
    )
    factor = 1.0 if travel.given_m else travel.detour_factor
    found = []
    for stop in stops:
        direct_m = 0
        if stop + 1 < len(stops):
            direct_m = travel.road_m(run.place_ids[stop], run.place_ids[stop + 1]) or 0
        # one way to the home at least, and never more than the direct drive and what is spare
        most_m = direct_m + spare_s * run.terms.speed_kmh * M_PER_KM / S_PER_H
        is_given = not travel.is_estimate(run.place_ids[stop], home_id)
        if spare_s >= 0 and (is_given or away_m[stop] * factor <= most_m * 1.05 + 100):
            found.append(stop)
    return found


def _origin_stop(run: RunNet, home: HomeNet, kind: ServiceKind, stop: int) -> int | None:
    """Return the last stop at an order's origin before a delivery, if any."""
    if home.origin is None:
        return None
    return run.last_depot_stop(home.origin, stop if kind == "at_stop" else stop + 1)


def _is_in_time(
    network: Network, run: RunNet, home: HomeNet, option: Option, board_stop: int, day: int
) -> bool:
    """Return whether a delivery on a service day keeps day, window, ready time and cold chain."""
    order = home.order
    board_min, latest_min = run.departure_min[board_stop], option.latest_arrival_min
    midnight_min = board_min // MIN_PER_DAY * MIN_PER_DAY
    calendar_day = (day + board_min // MIN_PER_DAY) % DAYS_PER_WEEK
    first_min = (run.departure_min if option.is_detour else run.arrival_min)[option.stop]
    chilled = run.terms.chilled or order.cold_chain_min is None
    return (
        latest_min // MIN_PER_DAY == board_min // MIN_PER_DAY
        and calendar_day in home.days
        and board_min - midnight_min >= int(network.ready_min[home.origin, calendar_day])
        and first_min - midnight_min >= order.earliest_min
        and latest_min - midnight_min <= order.latest_min
        and (chilled or latest_min - board_min <= (order.cold_chain_min or 0))
    )


def enumerate_home_rides(network: Network) -> tuple[HomeRide, ...]:
    """Return every way in which a run can deliver a home order.

    Parameters
    ----------
    network
        The scenario in integers.

    Returns
    -------
    tuple of HomeRide
        By run, order and service; one for each service day on which it keeps the order's day,
        window and cold chain.
    """
    found: list[HomeRide] = []
    for run in network.runs:
        for home in network.homes:
            if home.origin is None or not home.days or not may_carry(run.terms, home.order):
                continue
            for option in _options(network, run, home):
                board_stop = _origin_stop(run, home, option.kind, option.stop)
                if board_stop is not None:
                    found += [
                        HomeRide(home.home, run.run_idx, day, board_stop, option)
                        for day in run.days
                        if _is_in_time(network, run, home, option, board_stop, day)
                    ]
    return tuple(found)
