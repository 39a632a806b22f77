"""What the writers of the study of single failures read: what if a run or a host disappears.

The study holds values only; no writer computes a figure of its own.
"""

from dataclasses import dataclass
from typing import Literal

from deliveryopt.reports.bundle import Bundle

PartKind = Literal["run", "operator", "vehicle", "host", "site", "agent", "van"]
LossStatus = Literal["OPTIMAL", "FEASIBLE", "INFEASIBLE", "UNKNOWN"]
LossHow = Literal["sought", "still best", "not sought"]
"""`sought`: by a search; `still best`: the plan does without it, and was proven best; `not
sought`: only what happens at once is known, for lack of time."""
LossWhy = Literal[
    "proven impossible", "not found in time", "not sought in time", "stopped", "failed"
]


@dataclass(frozen=True, slots=True)
class AtOnce:
    """What happens the week it disappears, before anything is planned anew.

    A village of whose parcels some ride on it counts as losing its deliveries: its parcels then
    come as they do without the plan, if at all.
    """

    parcels_per_week: int
    """Parcels a week that ride on it, or are collected there."""
    orders_per_week: int
    """Home orders a week that ride on it, or are collected there."""
    villages: tuple[str, ...]
    """Villages that get parcels by it."""
    inhabitants: int
    """Their inhabitants."""
    covered_inhabitants: int
    """Inhabitants still covered, if these villages collect as without the plan."""
    coverage_share: float
    coverage_change_share: float


@dataclass(frozen=True, slots=True)
class PlanWithout:
    """A plan that does without it, and how it differs from the plan."""

    cost_ore_per_week: int
    cost_change_ore_per_week: int
    cost_change_sek_per_year: float
    above_today_sek_per_year: float
    """Cost above today's delivery, which is without it too, SEK a year."""
    coverage_share: float
    coverage_change_share: float
    covered_inhabitants: int
    villages_lost: tuple[str, ...]
    """Villages that the plan covers and this one does not."""
    sites: tuple[str, ...]
    """Sites with boxes."""


@dataclass(frozen=True, slots=True, eq=False)
class FragilePart:
    """One thing that may disappear, and what becomes of the plan."""

    kind: PartKind
    key: str
    """Id of a run, site, agent or van; name of an operator, vehicle or host."""
    runs: tuple[str, ...]
    """Runs that disappear with it, used by the plan or not."""
    runs_used: tuple[str, ...]
    """Those of them that the plan uses."""
    points: tuple[str, ...]
    """Pickup points that disappear with it, used by the plan or not."""
    vans: tuple[str, ...]
    """Vans that disappear with it."""
    at_once: AtOnce
    status: LossStatus
    """Of the goal without it. `OPTIMAL`: no plan is better; `FEASIBLE`: one may be; `INFEASIBLE`:
    it is proven that no plan meets the goal; `UNKNOWN`: none was found."""
    how: LossHow
    why: LossWhy | None = None
    """Why there is no plan; None if there is one."""
    trouble: str = ""
    seconds: float = 0.0
    best: PlanWithout | None = None
    """The best plan found that meets the goal."""
    bound_ore_per_week: int | None = None
    """No plan without it that covers as much costs less, öre a week."""
    coverage_bound_share: float | None = None
    """No plan without it covers more (weighted share), where the goal asks for the greatest."""
    truncated: tuple[str, ...] = ()
    widest: PlanWithout | None = None
    """Where no plan meets the goal: the plan found that covers most at any cost."""
    widest_is_proven: bool = False
    """Whether it is proven that no plan without it covers more than `widest`."""
    certain_change_share: float = 0.0
    """Change of coverage with a plan without it that is certain; 0 if there may be none."""
    hides_homes: bool = False
    """Whether its figures would tell of one to four home orders."""

    @property
    def is_examined(self) -> bool:
        """Return whether it is known what the plan would be without it, as far as found."""
        return self.how != "not sought"

    @property
    def told(self) -> PlanWithout | None:
        """Return the plan without it that is told: one that meets the goal, else the widest."""
        return self.best if self.best is not None else self.widest


@dataclass(frozen=True, slots=True, eq=False)
class Fragility:
    """What becomes of the plan if one thing disappears, for each thing that it uses."""

    bundle: Bundle
    """The plan that is studied."""
    parts: tuple[FragilePart, ...]
    """The most fragile first: no plan meets the goal, then coverage lost, then cost."""
    unused: tuple[tuple[PartKind, int], ...]
    """How many things of each kind the plan does not use: without one of them it stays a plan, and
    the best one if it is that now."""
    seconds: float
    seed: int
    interrupted: bool
    reproducible: bool

    @property
    def examined(self) -> tuple[FragilePart, ...]:
        """Return the parts without which a plan was sought."""
        return tuple(part for part in self.parts if part.is_examined)

    @property
    def not_examined(self) -> tuple[FragilePart, ...]:
        """Return the parts of which only is known what happens at once."""
        return tuple(part for part in self.parts if not part.is_examined)
