"""What the writers of cost against coverage read: one plan for each coverage that is asked.

A frontier holds values only; no writer computes a figure of its own.
"""

from dataclasses import dataclass

from deliveryopt.plan.figures import Metrics
from deliveryopt.reports.bundle import Bundle, WayStatus, WhyNot
from deliveryopt.scenario.schema import Scenario


@dataclass(frozen=True, slots=True, eq=False)
class FrontierPoint:
    """The least-cost plan that was found with a coverage at least as great as asked."""

    number: int
    """From 1, the least coverage first."""
    asked_share: float
    """Share of all inhabitants that the plan must cover at least."""
    status: WayStatus
    """`OPTIMAL`: no plan that covers as much costs less; `FEASIBLE`: one may; `INFEASIBLE`: it is
    proven that no plan covers as much; `UNKNOWN`: none was found."""
    why: WhyNot | None = None
    """Why there is no plan; None if there is one."""
    trouble: str = ""
    """What went wrong, where the search failed: our fault."""
    bundle: Bundle | None = None
    """The plan, its figures and what is proven, in the scenario that asks for this coverage."""
    bound_ore_per_week: int | None = None
    """No plan that covers as much costs less, öre a week; also told where there is no plan."""
    bound_above_today_sek_per_year: float | None = None
    """The same above today, SEK a year."""
    same_plan_as: int | None = None
    """Number of the first point with the same plan, where an earlier one has it."""
    further_inhabitants: int | None = None
    """Inhabitants covered beyond the nearest earlier point with another plan."""
    further_sek_per_inhabitant_year: float | None = None
    """What each of these costs, SEK a year."""

    @property
    def coverage_share(self) -> float | None:
        """Return the share of inhabitants that its plan covers."""
        return None if self.bundle is None else self.bundle.metrics.coverage_share

    @property
    def cost_ore_per_week(self) -> int | None:
        """Return the cost of its plan as the goal counts it, öre a week."""
        return None if self.bundle is None else self.bundle.proof.cost_ore_per_week

    @property
    def above_today_sek_per_year(self) -> float | None:
        """Return the cost of its plan above today, SEK a year."""
        if self.bundle is None:
            return None
        return self.bundle.comparison.cost_above_today_sek_per_year


@dataclass(frozen=True, slots=True)
class Knee:
    """The plan from which further coverage becomes dearer."""

    number: int
    """Number of its point."""
    sek_per_inhabitant_year_before: float
    """What each further inhabitant costs on average from the first plan to it, SEK a year."""
    sek_per_inhabitant_year_after: float
    """The same from it to the last plan."""


@dataclass(frozen=True, slots=True, eq=False)
class Frontier:
    """Cost against coverage: what each further share of inhabitants costs at least."""

    scenario: Scenario
    """The scenario as it was given; each point asks for another coverage in place of its goal."""
    scenario_sha256: str
    today: Metrics
    """Figures of today's delivery."""
    points: tuple[FrontierPoint, ...]
    """The least coverage first; none is dropped."""
    knee: Knee | None
    """The plan from which further coverage becomes dearer; None if there is none."""
    greatest_share: float | None
    """Greatest coverage of any plan found; None without a plan."""
    greatest_bound_share: float | None
    """No plan covers more; None if nothing is proven."""
    seconds: float
    """Seconds of all searches together, from first to last."""
    seed: int
    interrupted: bool
    """Whether the search was stopped from outside."""
    trouble: str
    """What went wrong in a search, the first of several: our fault; empty if nothing did."""
    reproducible: bool
    """Whether the clock played no part in any point."""
    truncated: tuple[str, ...]
    """Lists that were cut; then the bounds are those of the enumerated model only."""
    versions: dict[str, str]
    """Program, solver and language versions."""

    @property
    def plans(self) -> tuple[FrontierPoint, ...]:
        """Return the points with a plan of their own: the curve."""
        return tuple(
            point
            for point in self.points
            if point.bundle is not None and point.same_plan_as is None
        )

    def point(self, number: int) -> FrontierPoint:
        """Return a point by its number."""
        return self.points[number - 1]
