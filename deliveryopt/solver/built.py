"""What is built of a scenario before the search, kept for the same one with another goal.

Cost against coverage asks many questions of one scenario. Its network, services, rides, vans'
routes, columns and rows are the same for all of them, and so are the bounds of single pickup
points: only the rows of the goal are exchanged.
"""

from dataclasses import dataclass

from deliveryopt.scenario.changes import with_greatest_coverage
from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.columns import Model
from deliveryopt.solver.detours import enumerate_detours
from deliveryopt.solver.itineraries import enumerate_itineraries
from deliveryopt.solver.model import ask_again
from deliveryopt.solver.network import build_network, with_goal_of
from deliveryopt.solver.routing import Fleet, build_fleet
from deliveryopt.solver.search import Limits


@dataclass(slots=True, eq=False)
class Built:
    """A scenario's vans, network and rides, and the plain model with the routes known so far."""

    fleet: Fleet
    truncated: tuple[str, ...]
    """Lists that were cut."""
    sizes: dict[str, int]
    _model: Model | None = None

    def model(self) -> Model:
        """Return the plain model with the routes known so far, built where these have grown."""
        if self._model is None or len(self._model.vans.routes) < len(self.fleet.routes):
            self._model = self.fleet.model()
        return self._model

    def ask(self, scenario: Scenario) -> None:
        """Move everything to the goal of a scenario that is the same but for the goal."""
        self.fleet.ask(scenario)
        if self._model is not None:
            ask_again(self._model, with_goal_of(self._model.network, scenario))


@dataclass(slots=True, eq=False)
class Kept:
    """The last scenario built; pass it to every `solve` that may ask the same scenario again."""

    _built: Built | None = None
    _but_for_goal: Scenario | None = None

    def built(self, scenario: Scenario, limits: Limits) -> Built | None:
        """Return what is built of a scenario, building it if need be; None if too late."""
        bare = with_greatest_coverage(scenario, budget_sek_per_year=0.0)
        if self._built is not None and bare == self._but_for_goal:
            self._built.ask(scenario)
        else:
            self._built, self._but_for_goal = build(scenario, limits), bare
        return self._built


def build(scenario: Scenario, limits: Limits) -> Built | None:
    """Return vans, network and rides of a scenario; None if the limits came first."""
    network = build_network(scenario)
    detours = None if limits.are_reached else enumerate_detours(network)
    if detours is None:
        return None
    itineraries = None if limits.are_reached else enumerate_itineraries(network, detours)
    if itineraries is None or limits.are_reached:
        return None
    sizes = {
        "services": sum(len(of_run) for of_run in detours.of_run),
        "rides": len(itineraries.direct)
        + len(itineraries.to_transfer)
        + len(itineraries.from_transfer)
        + len(itineraries.homes),
    }
    fleet = build_fleet(network, itineraries)
    return Built(fleet, detours.truncated + itineraries.truncated, sizes)
