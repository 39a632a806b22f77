"""A scenario by id, with what follows from it alone: distances, demand, origins, today."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from deliveryopt.scenario.demand import Demand, build_demand
from deliveryopt.scenario.field_types import Day
from deliveryopt.scenario.home_delivery import HomeOrder
from deliveryopt.scenario.homes import origin_of
from deliveryopt.scenario.rates import Rates
from deliveryopt.scenario.schema import (
    BoxType,
    Depot,
    PickupPoint,
    Run,
    Scenario,
    Village,
    terms_of,
)
from deliveryopt.scenario.terms import RunTerms, Size
from deliveryopt.scenario.travel import Travel, build_travel, nearest_agent
from deliveryopt.scenario.vans import Van
from deliveryopt.units import DAYS, DAYS_PER_WEEK, tenths_up

DAY_NUMBER: Final = {day: number for number, day in enumerate(DAYS)}
DAY_NAMES: Final[tuple[Day, ...]] = DAYS

Load = tuple[int, int, int]
"""Tenths of a litre, tenths of a kilogram, and pieces."""


def load_sum(loads: Iterable[tuple[Load, int]]) -> Load:
    """Return what goods take together, from the load of one and how many there are."""
    litres = kg = pieces = 0
    for load, number in loads:
        litres += number * load[0]
        kg += number * load[1]
        pieces += number * load[2]
    return litres, kg, pieces


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """A scenario by id; made by `build_world`."""

    scenario: Scenario
    """The scenario."""
    travel: Travel
    """Its distances and times."""
    demand: Demand
    """Its parcels by village, ready day and size."""
    villages: dict[str, Village]
    """Villages by id."""
    points: dict[str, PickupPoint]
    """Pickup points by id."""
    depots: dict[str, Depot]
    """Depots by id."""
    box_types: dict[str, BoxType]
    """Box types by id."""
    runs: dict[str, Run]
    """Runs by id."""
    terms: dict[str, RunTerms]
    """Terms by run."""
    stop_number: dict[tuple[str, int], int]
    """Number of a stop along its run, from 0, by run and `stop_sequence`."""
    nearest: dict[str, tuple[str, int] | None]
    """Nearest existing agent and its distance in metres, by village."""
    parcels_of: dict[str, int]
    """Parcels a week, by village."""
    homes: dict[str, HomeOrder]
    """Home orders by id."""
    origins: dict[str, str | None]
    """Depot or shop that a home order comes from, by order; none if there is none."""
    vans: dict[str, Van]
    """Vans by id."""
    parcel_loads: dict[Size, Load]
    """What one parcel takes, by size."""

    def stands_at(self, place: str, run: Run) -> list[int]:
        """Return the numbers of the run's stops at which a place stands."""
        radius_m = self.scenario.rules.on_stop_radius_m
        return [
            number
            for number, stop in enumerate(run.stop_times)
            if stop.place_id == place or self.travel.apart_m(place, stop.place_id) <= radius_m
        ]

    def operates(self, day_number: int) -> bool:
        """Return whether a day, counted from any Monday, is an operating day."""
        return DAYS[day_number % DAYS_PER_WEEK] in self.scenario.days

    def lead_days(self, ready: int, arrival: int) -> int:
        """Return the operating days after the ready day, up to and including the arrival day.

        Parameters
        ----------
        ready, arrival
            Days counted from the Monday of the week in which the parcels become ready.
        """
        if arrival <= ready:
            return 0
        while not self.operates(arrival):
            arrival += 1
        return sum(self.operates(day) for day in range(ready + 1, arrival + 1))


def _parcel_loads(rates: Rates) -> dict[Size, Load]:
    """Return what one parcel of each size takes, rounded up to tenths."""
    return {
        "S": (tenths_up(rates.parcel_litres_s), tenths_up(rates.parcel_kg_s), 1),
        "M": (tenths_up(rates.parcel_litres_m), tenths_up(rates.parcel_kg_m), 1),
        "L": (tenths_up(rates.parcel_litres_l), tenths_up(rates.parcel_kg_l), 1),
    }


def build_world(scenario: Scenario) -> World:
    """Return a scenario by id, with its distances, demand and today's arrangement."""
    travel = build_travel(scenario)
    demand = build_demand(scenario)
    parcels_of = {village.id: 0 for village in scenario.villages}
    for (village_id, _, _), parcels in demand.items():
        parcels_of[village_id] += parcels
    return World(
        scenario=scenario,
        travel=travel,
        demand=demand,
        villages={village.id: village for village in scenario.villages},
        points={point.id: point for point in scenario.pickup_points},
        depots={depot.id: depot for depot in scenario.depots},
        box_types={box_type.id: box_type for box_type in scenario.box_types},
        runs={run.id: run for run in scenario.runs},
        terms={run.id: terms_of(scenario, run) for run in scenario.runs},
        stop_number={
            (run.id, stop.stop_sequence): number
            for run in scenario.runs
            for number, stop in enumerate(run.stop_times)
        },
        nearest={
            village.id: nearest_agent(scenario, travel, village.id) for village in scenario.villages
        },
        parcels_of=parcels_of,
        homes={order.id: order for order in scenario.homes},
        origins={order.id: origin_of(scenario, travel, order) for order in scenario.homes},
        vans={van.id: van for van in scenario.vans},
        parcel_loads=_parcel_loads(scenario.rates),
    )
