"""Write synthetic municipalities of several sizes, equal for equal seeds.

`python -m benchmarks.generate L --seed 1 --into DIR` writes a scenario folder. Nothing in it is a
real place. A town with a terminal stands in the middle of each district; bus lines lead out of it
through villages of very different sizes; school buses drive the same roads in the afternoon; rounds
of home care visit a few neighbouring villages with little room. Sites stand at the larger
villages, at the road or some way off it.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import cos, pi, radians, sin
from pathlib import Path
from typing import Final

import numpy as np

from deliveryopt.scenario.field_types import Day
from deliveryopt.scenario.rates import Rates
from deliveryopt.scenario.save import save_scenario
from deliveryopt.scenario.schema import (
    BoxType,
    Depot,
    GivenDemand,
    Goal,
    PickupPoint,
    Rules,
    Run,
    Scenario,
    Stop,
    StopTime,
    Village,
)
from deliveryopt.scenario.terms import (
    SIZES,
    HomeCareTerms,
    RunKindName,
    RunKinds,
    RunTerms,
    SchoolBusTerms,
)
from deliveryopt.units import WEEKS_PER_YEAR

WEEKDAYS: Final[tuple[Day, ...]] = ("mon", "tue", "wed", "thu", "fri")
KM_PER_DEGREE: Final = 111.2
CENTRE: Final = (62.0, 15.0)
"""Latitude and longitude of the first town: somewhere in the forest."""
FEWEST_INHABITANTS: Final = 25
MOST_INHABITANTS: Final = 700
MEDIAN_INHABITANTS: Final = 130
SPREAD: Final = 1.0
"""Standard deviation of the logarithm of inhabitants."""
FIRST_KM, LAST_KM = 6.0, 48.0
"""Nearest and farthest villages of a line from the town."""
BUS_KMH: Final = 55.0
READY_MIN: Final = 8 * 60
"""Parcels are ready at eight: an early bus carries those of the day before."""


@dataclass(frozen=True, slots=True)
class Case:
    """The size of a synthetic municipality."""

    villages: int
    sites: int
    towns: int
    lines: int
    trips: int
    """Bus trips of a line a weekday."""
    school_buses: int
    """School buses of all lines a weekday."""
    rounds: int
    """Home-care rounds a weekday."""

    @property
    def run_days(self) -> int:
        """Return how many run-days a week has."""
        return len(WEEKDAYS) * (self.lines * self.trips + self.school_buses + self.rounds)


CASES: Final = {
    "S": Case(villages=20, sites=14, towns=1, lines=3, trips=6, school_buses=6, rounds=16),
    "M": Case(villages=50, sites=30, towns=1, lines=6, trips=9, school_buses=12, rounds=54),
    "L": Case(villages=100, sites=60, towns=1, lines=12, trips=8, school_buses=24, rounds=88),
    "XL": Case(villages=300, sites=180, towns=3, lines=36, trips=8, school_buses=72, rounds=240),
}


@dataclass(frozen=True, slots=True)
class _Place:
    """A place on a plane, km east and north of the first town."""

    id: str
    x_km: float
    y_km: float

    @property
    def lat_deg(self) -> float:
        return round(CENTRE[0] + self.y_km / KM_PER_DEGREE, 5)

    @property
    def lon_deg(self) -> float:
        return round(CENTRE[1] + self.x_km / (KM_PER_DEGREE * cos(radians(CENTRE[0]))), 5)

    def moved(self, new_id: str, angle: float, km: float) -> "_Place":
        return _Place(new_id, self.x_km + km * cos(angle), self.y_km + km * sin(angle))

    def km_to(self, other: "_Place") -> float:
        return float(np.hypot(self.x_km - other.x_km, self.y_km - other.y_km))


@dataclass(frozen=True, slots=True)
class _Line:
    """A bus line: its town and its villages in the order of the road."""

    name: str
    town: _Place
    stops: tuple[_Place, ...]


def _towns(case: Case) -> list[_Place]:
    """Return the towns, on a ring whose districts touch."""
    if case.towns == 1:
        return [_Place("town-1", 0.0, 0.0)]
    ring_km = LAST_KM / 2 / sin(pi / case.towns)
    return [
        _Place(f"town-{i + 1}", ring_km * cos(2 * pi * i / case.towns),
               ring_km * sin(2 * pi * i / case.towns))
        for i in range(case.towns)
    ]  # fmt: skip


def _lines(case: Case, rng: np.random.Generator) -> list[_Line]:
    """Return the lines with their villages; villages are shared out as evenly as they go."""
    towns, lines = _towns(case), []
    per_town = case.lines // case.towns
    counts = [len(part) for part in np.array_split(np.arange(case.villages), case.lines)]
    first = 0
    for index, count in enumerate(counts):
        town = towns[index // per_town]
        angle = 2 * pi * (index % per_town + rng.uniform(-0.2, 0.2)) / per_town
        along_km = np.sort(rng.uniform(FIRST_KM, LAST_KM, count))
        stops = []
        for position, km in enumerate(along_km):
            angle += rng.normal(0.0, 0.04)
            stops.append(town.moved(f"v{first + position + 1:03d}", angle, float(km)))
        first += count
        lines.append(_Line(f"{index + 1}", town, tuple(stops)))
    return lines


def _run(
    run_id: str, kind: RunKindName, places: list[_Place], start_min: int, kmh: float, stay_min: int
) -> Run:
    """Return a run that drives through places at a speed."""
    clock, stop_times = float(start_min), []
    for position, place in enumerate(places):
        if position:
            clock += 60 * 1.25 * places[position - 1].km_to(place) / kmh
        arrival = round(clock)
        clock = float(arrival + (stay_min if 0 < position < len(places) - 1 else 0))
        stop_times.append(
            StopTime(
                stop_sequence=position + 1,
                place_id=f"stop-{place.id}",
                arrival_min=arrival,
                departure_min=round(clock),
            )
        )
    return Run(id=run_id, kind=kind, days=WEEKDAYS, stop_times=tuple(stop_times))


def _runs(case: Case, lines: list[_Line], rng: np.random.Generator) -> Iterator[Run]:
    starts = np.linspace(6 * 60, 20 * 60, case.trips)
    for line in lines:
        places = [line.town, *line.stops]
        room = float(rng.choice([400, 600, 900]))
        for trip, start in enumerate(starts):
            run = _run(f"bus-{line.name}-{trip + 1}", "bus", places, round(start), BUS_KMH, 0)
            yield run.model_copy(update={"capacity_litres": room})
    for number in range(case.school_buses):
        line = lines[number % len(lines)]
        reach = int(rng.integers(len(line.stops) // 2, len(line.stops))) + 1
        places = [line.town, *line.stops[:reach]]
        start = 14 * 60 + 30 * (number // len(lines)) + int(rng.integers(0, 20))
        yield _run(f"school-{number + 1}", "school_bus", places, start, BUS_KMH - 10, 0)
    villages = [(line, place) for line in lines for place in line.stops]
    for number in range(case.rounds):
        line, first = villages[int(rng.integers(len(villages)))]
        near = sorted(villages, key=lambda entry: entry[1].km_to(first))
        own = [place for other, place in near if other.town == line.town]
        places = sorted(own[: int(rng.integers(3, 7))], key=lambda place: place.km_to(line.town))
        start = int(rng.integers(7 * 60, 17 * 60))
        run = _run(f"care-{number + 1}", "home_care", [line.town, *places], start, 60.0, 20)
        room = float(rng.choice([120, 180, 240, 320]))
        yield run.model_copy(update={"capacity_litres": room})


def _villages(lines: list[_Line], rng: np.random.Generator) -> list[Village]:
    found = []
    for line in lines:
        for place in line.stops:
            drawn = MEDIAN_INHABITANTS * float(np.exp(rng.normal(0.0, SPREAD)))
            people = int(np.clip(drawn, FEWEST_INHABITANTS, MOST_INHABITANTS))
            found.append(
                Village(
                    id=place.id,
                    name=f"Village {place.id[1:]}",
                    lat_deg=place.lat_deg,
                    lon_deg=place.lon_deg,
                    inhabitants=people,
                    depot=f"terminal-{line.town.id}",
                    real=False,
                )
            )
    return found


def _sites(
    case: Case, villages: list[Village], places: dict[str, _Place], rng: np.random.Generator
) -> Iterator[PickupPoint]:
    """Yield a site for each of the larger villages: two of three at the road, others off it."""
    largest = sorted(villages, key=lambda village: (-village.inhabitants, village.id))[: case.sites]
    for village in sorted(largest, key=lambda village: village.id):
        off_km = 0.05 if rng.uniform() < 2 / 3 else float(rng.uniform(0.3, 1.2))
        place = places[village.id].moved(
            f"site-{village.id}", float(rng.uniform(0, 2 * pi)), off_km
        )
        yield PickupPoint(
            id=place.id,
            name=f"Site {village.id[1:]}",
            kind="site",
            lat_deg=place.lat_deg,
            lon_deg=place.lon_deg,
            max_boxes=3,
            fixed_sek_per_year=float(rng.choice([0, 1_000, 2_000, 4_000])),
            sek_per_parcel=float(rng.choice([0, 2, 4])),
            real=False,
        )


def _demand(
    villages: list[Village], rates: Rates, rng: np.random.Generator
) -> Iterator[GivenDemand]:
    """Yield whole parcels by village, day and size, drawn around what the rates expect."""
    shares = (rates.share_s, rates.share_m, rates.share_l)
    each = rates.parcels_per_inhabitant_per_year * rates.out_of_home_share
    each *= (1 - rates.not_boxable_share) / WEEKS_PER_YEAR / len(WEEKDAYS)
    for village in villages:
        for day in WEEKDAYS:
            for size, share in zip(SIZES, shares, strict=True):
                parcels = int(rng.poisson(each * share * village.inhabitants))
                if parcels:
                    yield GivenDemand(village_id=village.id, day=day, size=size, parcels=parcels)


def _run_kinds() -> RunKinds:
    """Return terms: care rounds stop cheaply and hold little, buses stop dearly and hold more."""
    return RunKinds(
        bus=RunTerms(
            delay_budget_min=5.0, stop_min=1.5, parcel_s=6.0, may_detour=True, speed_kmh=45.0,
            sek_per_stop=5.0, sek_per_detour_km=12.0, sek_per_minute=10.0,
        ),
        school_bus=SchoolBusTerms(
            capacity_litres=300.0, delay_budget_min=4.0, stop_min=1.5, parcel_s=6.0,
            may_detour=False, sek_per_stop=5.0, sek_per_minute=9.0,
        ),
        home_care=HomeCareTerms(
            delay_budget_min=8.0, stop_min=1.0, parcel_s=6.0, may_detour=True, speed_kmh=50.0,
            sek_per_stop=2.0, sek_per_detour_km=5.0, sek_per_minute=7.0,
        ),
    )  # fmt: skip


def _box_types() -> tuple[BoxType, ...]:
    sizes = (("small", 7, 4, 1, 13_000), ("medium", 17, 9, 4, 15_500), ("large", 40, 22, 8, 21_000))
    return tuple(
        BoxType(
            id=name,
            compartments_s=small,
            compartments_m=medium,
            compartments_l=large,
            sek_per_year=float(sek_per_year),
        )
        for name, small, medium, large, sek_per_year in sizes
    )


def generate(name: str, seed: int) -> Scenario:
    """Return a synthetic municipality.

    Parameters
    ----------
    name
        One of `CASES`.
    seed
        Equal seeds give equal scenarios.

    Examples
    --------
    >>> scenario = generate("S", seed=1)
    >>> len(scenario.villages), sum(len(run.days) for run in scenario.runs)
    (20, 200)
    """
    case = CASES[name]
    rng = np.random.default_rng([seed, case.villages])
    lines = _lines(case, rng)
    towns = _towns(case)
    places = {place.id: place for line in lines for place in line.stops}
    villages = _villages(lines, rng)
    rates = Rates()
    stops = [*towns, *places.values()]
    agents = tuple(
        PickupPoint(
            id=f"agent-{town.id}",
            name=f"Agent {town.id}",
            kind="agent",
            lat_deg=town.lat_deg,
            lon_deg=town.lon_deg,
            sek_per_parcel=5.0,
            real=False,
        )
        for town in towns
    )
    return Scenario(
        name=f"synthetic-{name.lower()}-{seed}",
        title=f"Synthetic municipality {name}, seed {seed}",
        language="en",
        week_start=date(2026, 1, 12),
        rules=Rules(
            reach_km=8.0, max_lead_days=1, min_deliveries_per_week=3, max_points_per_detour=1
        ),
        goal=Goal(kind="least_cost", coverage_share=0.8, count_resident_trips=True),
        rates=rates,
        run_kinds=_run_kinds(),
        box_types=_box_types(),
        villages=tuple(villages),
        pickup_points=(*agents, *_sites(case, villages, places, rng)),
        depots=tuple(
            Depot(
                id=f"terminal-{town.id}",
                name=f"Terminal {town.id}",
                lat_deg=town.lat_deg,
                lon_deg=town.lon_deg,
                **{f"ready_{day}": READY_MIN for day in WEEKDAYS},
            )
            for town in towns
        ),
        stops=tuple(
            Stop(id=f"stop-{p.id}", name=f"Stop {p.id}", lat_deg=p.lat_deg, lon_deg=p.lon_deg)
            for p in stops
        ),
        runs=tuple(_runs(case, lines, rng)),
        given_demand=tuple(_demand(villages, rates, rng)),
    )


def main() -> None:
    """Write one scenario folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", choices=sorted(CASES))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--into", type=Path, required=True, metavar="DIR")
    asked = parser.parse_args()
    save_scenario(generate(asked.case, asked.seed), asked.into, force=True)


if __name__ == "__main__":
    main()
