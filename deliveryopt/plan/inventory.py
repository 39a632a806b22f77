"""What a scenario holds and what it lacks, before anything is solved."""

from pydantic import BaseModel, ConfigDict

from deliveryopt.plan.metrics import measure
from deliveryopt.plan.today import todays_plan
from deliveryopt.scenario.schema import Scenario
from deliveryopt.scenario.travel import build_travel, reach_m


class Inventory(BaseModel):
    """Counts, and what an officer should look at before solving."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    name: str
    """Scenario."""
    villages: int
    """Villages."""
    inhabitants: int
    """Inhabitants of all villages."""
    agents: int
    """Agents that exist today."""
    sites: int
    """Candidate sites."""
    runs: int
    """Runs."""
    run_days: int
    """Run-days a week on operating days."""
    parcels_per_week: int
    """Parcels a week that can go to a pickup point."""
    coverage_today_share: float
    """Share of inhabitants covered today."""
    notes: tuple[str, ...]
    """What to look at."""

    def lines(self) -> list[str]:
        """Return the inventory as lines of text."""
        return [
            f"{self.name}: no fault found.",
            (
                f"  villages {self.villages}, inhabitants {self.inhabitants}, "
                f"covered today {100 * self.coverage_today_share:.1f} %"
            ),
            f"  agents {self.agents}, candidate sites {self.sites}",
            f"  runs {self.runs}, run-days a week {self.run_days}",
            f"  parcels a week {self.parcels_per_week}",
            *(f"  note: {note}" for note in self.notes),
        ]


def _notes(scenario: Scenario) -> list[str]:
    travel = build_travel(scenario)
    limit_m = reach_m(scenario)
    notes = []
    if not scenario.villages:
        notes.append("there are no villages; the plan will be empty")
    if not scenario.runs:
        notes.append("there are no runs; nothing can be carried")
    for village in scenario.villages:
        near = [
            point.id
            for point in scenario.pickup_points
            if (metres := travel.road_m(village.id, point.id)) is not None and metres <= limit_m
        ]
        if not near:
            notes.append(
                f"{village.name!r} has no agent and no candidate site within "
                f"{scenario.rules.reach_km:g} km"
            )
    radius_m = scenario.rules.on_stop_radius_m
    standing = {
        (stop.place_id, depot.id): stop.place_id == depot.id
        or travel.apart_m(stop.place_id, depot.id) <= radius_m
        for run in scenario.runs
        for stop in run.stop_times
        for depot in scenario.depots
    }
    passing = sum(
        any(
            standing[stop.place_id, depot.id]
            for stop in run.stop_times
            for depot in scenario.depots
        )
        for run in scenario.runs
    )
    if scenario.runs:
        notes.append(f"{passing} of {len(scenario.runs)} runs stop at a depot")
    if not scenario.distances:
        notes.append("no distances are given; road distances are estimates")
    return notes


def take_inventory(scenario: Scenario) -> Inventory:
    """Return what a scenario holds and what to look at."""
    today = measure(scenario, todays_plan(scenario))
    days = set(scenario.days)
    return Inventory(
        name=scenario.name,
        villages=len(scenario.villages),
        inhabitants=today.inhabitants,
        agents=sum(point.kind == "agent" for point in scenario.pickup_points),
        sites=sum(point.kind == "site" for point in scenario.pickup_points),
        runs=len(scenario.runs),
        run_days=sum(len(days & set(run.days)) for run in scenario.runs),
        parcels_per_week=today.parcels_per_week,
        coverage_today_share=today.coverage_share,
        notes=tuple(_notes(scenario)),
    )
