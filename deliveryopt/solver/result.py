"""What a solve is asked, what it tells on the way, and what it returns."""

import platform
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Literal

from deliveryopt.errors import UsageError
from deliveryopt.language import gettext as _
from deliveryopt.plan.plan import Plan

Status = Literal["OPTIMAL", "FEASIBLE", "INFEASIBLE", "UNKNOWN"]
NO_BUDGET_SEK_PER_YEAR = 1e9
"""The greatest budget that a scenario can hold: as good as none."""
ANY_COST_GAP = 0.9
"""Gap of searches in which only coverage matters: the one for cost may end at the first plan."""
MOST_SECONDS = 10_000_000
"""Longest time limit, about sixteen weeks; the solver library overflows far beyond it."""


@dataclass(frozen=True, slots=True)
class SolveOptions:
    """How long and how exactly to search."""

    time_limit_s: float = 60.0
    """Seconds; 0 gives today's delivery as the plan, or where that does not meet the goal the
    first plan found in ten seconds."""
    gap: float = 0.0
    """Relative gap between cost and bound at which to stop."""
    seed: int = 1
    """Seed of the search."""
    deterministic: bool = False
    """Whether the search is limited by its own work rather than the clock."""

    def __post_init__(self) -> None:
        """Refuse limits that mean nothing."""
        if not 0 <= self.time_limit_s <= MOST_SECONDS:
            message = _(
                "time limit {limit!r}: it must be from 0 to {most} seconds.\n"
                "    Write seconds, such as 60  [DO-U002]"
            )
            raise UsageError(message.format(limit=self.time_limit_s, most=MOST_SECONDS))
        if not 0 <= self.gap < 1:
            message = _(
                "gap {gap!r}: it must be at least 0 and below 1.\n"
                "    Write a share such as 0.001  [DO-U003]"
            )
            raise UsageError(message.format(gap=self.gap))
        if not 0 <= self.seed < 2**31:
            message = _(
                "seed {seed!r}: it must be a whole number from 0 to {most}.\n"
                "    Write a number such as 1  [DO-U004]"
            )
            raise UsageError(message.format(seed=self.seed, most=2**31 - 1))


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known at one moment of a search."""

    stage: str
    """`coverage` or `cost`."""
    seconds: float
    cost_ore: int | None
    bound_ore: int | None
    coverage_share: float | None
    """Weighted coverage of the best plan so far, where the goal asks for the greatest."""
    coverage_bound_share: float | None = None
    """No plan covers more, weighted; None if nothing is proven."""

    @property
    def gap(self) -> float | None:
        """Return the relative gap; None if a side is unknown or more may be covered."""
        if self.coverage_share is not None and self.coverage_share != self.coverage_bound_share:
            return None
        return relative_gap(self.cost_ore, self.bound_ore)


Listener = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class SolveResult:
    """A status, a plan or none, its cost and what is proven of it."""

    status: Status
    plan: Plan | None
    """The best plan found, verified; None if there is none (never an empty plan)."""
    cost_ore: int | None
    """Cost a week, öre."""
    bound_ore: int | None
    """No plan that meets the goal costs less a week, öre; None if nothing is proven."""
    seconds: float
    options: SolveOptions
    truncated: tuple[str, ...] = ()
    """Lists that were cut; the bound is then the bound of the enumerated model."""
    coverage_bound: float | None = None
    """For `greatest_coverage`: no plan within the budget covers a greater weighted share."""
    sizes: dict[str, int] = field(default_factory=dict)
    """Sizes of what was enumerated and of the model."""
    interrupted: bool = False
    """Whether the search was stopped from outside."""
    reproducible: bool = True
    """Whether the clock played no part in the result."""

    coverage_is_proven: bool = True
    """Whether no plan covers more, where the goal asks for the greatest coverage."""

    @property
    def gap(self) -> float | None:
        """Return the relative gap between cost and bound; None if a plan may cover more."""
        return relative_gap(self.cost_ore, self.bound_ore) if self.coverage_is_proven else None


def relative_gap(cost_ore: int | None, bound_ore: int | None) -> float | None:
    """Return (cost - bound) / cost, 0 if they are equal; None if either is unknown.

    Examples
    --------
    >>> relative_gap(200, 199), relative_gap(0, 0), relative_gap(200, None)
    (0.005, 0.0, None)
    """
    if cost_ore is None or bound_ore is None:
        return None
    return 0.0 if cost_ore == bound_ore else (cost_ore - bound_ore) / abs(cost_ore)


def versions() -> dict[str, str]:
    """Return the versions that a result depends on."""
    return {
        "deliveryopt": version("deliveryopt"),
        "ortools": version("ortools"),
        "python": platform.python_version(),
    }
