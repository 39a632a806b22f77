"""What every writer reads: one solved scenario, its plan, its figures, and what is proven.

A bundle holds values only; no writer computes a figure of its own.
"""

from dataclasses import dataclass
from typing import Literal

from deliveryopt.plan.figures import Comparison, Metrics
from deliveryopt.plan.plan import Plan
from deliveryopt.plan.reasons import Unserved
from deliveryopt.scenario.schema import Scenario

Language = Literal["sv", "en"]
Status = Literal["OPTIMAL", "FEASIBLE"]
WayName = Literal["today", "vans_only", "boxes_and_vans", "boxes_then_routes", "together"]
WayStatus = Literal["GIVEN", "OPTIMAL", "FEASIBLE", "INFEASIBLE", "UNKNOWN", "ABSENT"]
WhyNot = Literal[
    "no van in the scenario",
    "no home order in the scenario",
    "proven impossible",
    "no transport for the places chosen",
    "not found in time",
    "stopped",
    "failed",
]


@dataclass(frozen=True, slots=True, eq=False)
class Proof:
    """How good the plan is, and what is proven of it."""

    status: Status
    """`OPTIMAL`: no better plan exists; `FEASIBLE`: every rule is kept, better may exist."""
    cost_ore_per_week: int
    """Cost of the plan as the goal counts it, öre a week."""
    bound_ore_per_week: int | None
    """No plan that meets the goal costs less, öre a week; None if nothing is proven."""
    gap: float | None
    """(cost - bound) / cost; None if nothing is proven."""
    coverage_bound_share: float | None
    """Goal `greatest_coverage`: no plan within the budget covers more (weighted share)."""
    truncated: tuple[str, ...]
    """Lists that were cut; then the bound is one of the enumerated model only."""
    seconds: float
    """Seconds of the solve."""
    seed: int
    """Seed of the search."""
    interrupted: bool
    """Whether the search was stopped from outside."""
    versions: dict[str, str]
    """Program, solver and language versions."""


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """One way of delivering the same demand, measured with the scenario's own prices."""

    name: WayName
    """`today`: as parcels and home orders are delivered today; `vans_only`: as today, but vans
    drive every home order they can; `boxes_and_vans`: the scenario's goal, with boxes that vans
    feed and no runs; `boxes_then_routes`: first the places of boxes, then everything else;
    `together`: the plan."""
    status: WayStatus
    """`GIVEN` for today, which is not sought; `OPTIMAL`: no better plan of this way; `FEASIBLE`:
    better may exist; `INFEASIBLE`: proven to have no plan; `UNKNOWN`: none found; `ABSENT`: the
    scenario has nothing that this way needs."""
    seconds: float
    """Seconds of its search."""
    why: WhyNot | None = None
    """Why there is no plan; None if there is one."""
    trouble: str = ""
    """What went wrong, where `why` is `failed`: our fault."""
    plan: Plan | None = None
    """Its plan, verified; None if there is none."""
    metrics: Metrics | None = None
    """Figures of its plan; in `vans_only` an order that no van delivers is unserved, also one
    that is delivered today, and counts `unserved_sek`."""
    cost_ore_per_week: int | None = None
    """Cost of its plan as the goal counts it, öre a week."""
    bound_ore_per_week: int | None = None
    """No plan of this way costs less, öre a week; with `boxes_then_routes` none at the places
    that its first step chose. None if nothing is proven."""
    above_together_ore_per_week: int | None = None
    """Its cost above that of `together`, öre a week: what deciding together saves."""
    truncated: tuple[str, ...] = ()
    """Lists that were cut; then the bound is one of the enumerated model only."""
    repaired: tuple[str, ...] = ()
    """With `boxes_then_routes`: villages that the first step gave a place at which transport or
    budget did not let them stay; they were given another one, or none."""
    reproducible: bool = True
    """Whether the clock played no part."""

    @property
    def coverage_share(self) -> float | None:
        """Return the share of inhabitants that its plan covers."""
        return None if self.metrics is None else self.metrics.coverage_share

    @property
    def unserved_orders(self) -> int | None:
        """Return the home orders that nobody delivers in its plan."""
        return None if self.metrics is None else self.metrics.home_orders.unserved


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """Everything that a report may show."""

    scenario: Scenario
    scenario_sha256: str
    plan: Plan
    proof: Proof
    metrics: Metrics
    """Figures of the plan."""
    today: Metrics
    """The same figures of today's delivery."""
    comparison: Comparison
    """The plan against today."""
    ways: tuple[Way, ...] = ()
    """Other ways on the same demand, and the plan last; empty if they were not asked for."""
    unserved: tuple[Unserved, ...] = ()
    """Why villages are not covered and orders are left; empty if that was not asked for."""
