"""What every writer reads: one solved scenario, its plan, its figures, and what is proven.

A bundle holds values only; no writer computes a figure of its own.
"""

from dataclasses import dataclass
from typing import Literal

from deliveryopt.plan.figures import Comparison, Metrics
from deliveryopt.plan.plan import Plan
from deliveryopt.scenario.schema import Scenario

Language = Literal["sv", "en"]
Status = Literal["OPTIMAL", "FEASIBLE"]


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
