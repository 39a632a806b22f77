"""What places, runs and box types are called in a report."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from deliveryopt.reports.formats import clean, clock_time, quarter
from deliveryopt.scenario.schema import Run, Scenario


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """Names by id; a name that several have is followed by its id."""

    villages: dict[str, str]
    points: dict[str, str]
    depots: dict[str, str]
    runs: dict[str, str]
    vans: dict[str, str]
    box_types: dict[str, str]
    places: dict[str, str]
    """Any place where a run may stop."""


def _names(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return names by id from ids and raw names."""
    cleaned = [(identity, clean(name) or clean(identity)) for identity, name in pairs]
    uses = Counter(name for _, name in cleaned)
    return {
        identity: name if uses[name] == 1 or name == identity else f"{name} ({clean(identity)})"
        for identity, name in cleaned
    }


def departure_min(run: Run, *, internal: bool = False) -> int:
    """Return when a run leaves its first stop; home-care rounds are told to the quarter hour."""
    minutes = run.stop_times[0].departure_min
    return quarter(minutes) if run.kind == "home_care" and not internal else minutes


def run_label(run: Run, *, internal: bool = False) -> str:
    """Return a run's name with the time when it leaves, which tells runs of one line apart."""
    return f"{clean(run.name) or clean(run.id)} {clock_time(departure_min(run, internal=internal))}"


def names_of(scenario: Scenario, *, internal: bool = False) -> Names:
    """Return what everything in a scenario is called; `internal` with exact times of home care."""
    villages = _names((village.id, village.name) for village in scenario.villages)
    points = _names((point.id, point.name) for point in scenario.pickup_points)
    depots = _names((depot.id, depot.name) for depot in scenario.depots)
    stops = {stop.id: clean(stop.name) or clean(stop.id) for stop in scenario.stops}
    return Names(
        villages=villages,
        points=points,
        depots=depots,
        runs=_names((run.id, run_label(run, internal=internal)) for run in scenario.runs),
        vans=_names((van.id, van.name) for van in scenario.vans),
        box_types=_names((box_type.id, box_type.name) for box_type in scenario.box_types),
        places=stops | villages | depots | points,
    )
