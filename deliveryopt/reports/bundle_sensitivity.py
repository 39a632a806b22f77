"""What the writers of the study of uncertain numbers read: the best plan if a number is another.

The study holds values only; no writer computes a figure of its own.
"""

from dataclasses import dataclass
from typing import Literal

from deliveryopt.reports.bundle import Bundle
from deliveryopt.scenario.defaults import Parameter

EndName = Literal["low", "high"]
EndStatus = Literal["OPTIMAL", "FEASIBLE", "INFEASIBLE", "UNKNOWN"]
EndWhy = Literal[
    "proven impossible",
    "not found in time",
    "not sought in time",
    "stopped",
    "failed",
    "not allowed",
]
"""Why nothing is known of the best plan with a value."""
EndHow = Literal["sought", "no part", "still best", "not sought"]
"""`sought`: by a search; `no part`: the number has no part in cost, rules or demand; `still best`:
the change only makes things harder and the plan, proven best, does not suffer from it; `not
sought`: for lack of time; a plan is then the plan kept, or one found for another number."""
MeasureName = Literal["cost", "coverage"]


@dataclass(frozen=True, slots=True)
class PlanAt:
    """A plan's figures with another value, and against the plan with the value given."""

    cost_ore_per_week: int
    """Cost as the goal counts it, öre a week."""
    cost_change_ore_per_week: int
    above_today_sek_per_year: float
    """Cost above today's delivery with the same value, SEK a year."""
    above_today_change_sek_per_year: float
    coverage_share: float
    coverage_change_share: float
    covered_inhabitants: int
    sites: tuple[str, ...]
    """Sites with boxes."""


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """The plan itself with another value: the same boxes, runs and vans, nothing decided anew."""

    broken_rules: tuple[str, ...]
    """Rules that it breaks then; none if it still is a plan."""
    figures: PlanAt
    """Its figures; where it breaks a rule other than the goal they mean nothing."""

    @property
    def is_valid(self) -> bool:
        """Return whether it keeps every rule."""
        return not self.broken_rules

    @property
    def works(self) -> bool:
        """Return whether it can be carried out, though it may miss the goal."""
        return set(self.broken_rules) <= {"goal_is_met"}


@dataclass(frozen=True, slots=True)
class Span:
    """Between what two values the best plan's change lies; None where nothing is proven."""

    least: float | None
    most: float | None

    @property
    def certain(self) -> float:
        """Return the least change that is certain, with its sign; 0 if there may be none."""
        if self.least is not None and self.least > 0:
            return self.least
        if self.most is not None and self.most < 0:
            return self.most
        return 0.0


@dataclass(frozen=True, slots=True)
class SensitivityEnd:
    """One value of one number: the best plan then, and the plan kept."""

    end: EndName
    value: float
    status: EndStatus
    """`OPTIMAL`: no plan is better; `FEASIBLE`: one may be; `INFEASIBLE`: it is proven that there
    is none; `UNKNOWN`: none was found."""
    how: EndHow
    why: EndWhy | None = None
    """Why there is no plan; None if there is one."""
    trouble: str = ""
    """What went wrong: our fault, or a value that the number may not have."""
    seconds: float = 0.0
    best: PlanAt | None = None
    """The best plan found."""
    change: Span | None = None
    """Change of the study's measure against the plan, as far as it is proven."""
    bound_ore_per_week: int | None = None
    """No plan that covers as much costs less, öre a week."""
    coverage_bound_share: float | None = None
    """No plan covers more (weighted share), where the goal asks for the greatest coverage."""
    truncated: tuple[str, ...] = ()
    kept: KeptPlan | None = None


@dataclass(frozen=True, slots=True, eq=False)
class UncertainNumber:
    """One number of which a lowest and a highest plausible value are given."""

    parameter: Parameter
    """Name, value, unit, source and range."""
    range_is_default: bool
    """Whether the range is the program's own, not the scenario's."""
    ends: tuple[SensitivityEnd, ...]
    """Its values other than the one given, the lower one first."""
    hides_costs: bool = False
    """Whether its costs would tell of one to four home orders."""

    @property
    def has_no_part(self) -> bool:
        """Return whether none of its values changes anything."""
        return all(end.how == "no part" for end in self.ends)

    @property
    def is_impossible(self) -> bool:
        """Return whether some value is proven to leave no plan."""
        return any(end.status == "INFEASIBLE" for end in self.ends)

    @property
    def certain_swing(self) -> float:
        """Return the greatest change that is certain."""
        return max((abs(end.change.certain) for end in self.ends if end.change), default=0.0)

    def found_swing(self, measure: MeasureName) -> float:
        """Return the greatest change of the plans found."""
        return max(
            (abs(changed(end.best, measure)) for end in self.ends if end.best is not None),
            default=0.0,
        )


def changed(figures: PlanAt, measure: MeasureName) -> float:
    """Return the change of a measure: SEK a year above today, or a share of inhabitants."""
    if measure == "cost":
        return figures.above_today_change_sek_per_year
    return figures.coverage_change_share


@dataclass(frozen=True, slots=True)
class SiteStays:
    """One site with boxes, and in how many of the plans it has them."""

    site: str
    in_plan: bool
    """Whether the plan opens it."""
    times: int
    of: int
    """Plans looked at, the plan itself included."""

    @property
    def is_always(self) -> bool:
        """Return whether every plan opens it."""
        return self.times == self.of


@dataclass(frozen=True, slots=True, eq=False)
class Sensitivity:
    """What becomes of the best plan, and of the plan itself, if a number is another."""

    bundle: Bundle
    """The plan that is studied."""
    measure: MeasureName
    """What the goal makes least or greatest: `cost` above today, or `coverage`."""
    numbers: tuple[UncertainNumber, ...]
    """Those that matter most first."""
    sites: tuple[SiteStays, ...]
    """Sites that any plan opens, those most often opened first."""
    plans: int
    """Plans looked at, the plan itself included."""
    seconds: float
    seed: int
    interrupted: bool
    reproducible: bool

    @property
    def ends(self) -> tuple[SensitivityEnd, ...]:
        """Return every value of every number."""
        return tuple(end for number in self.numbers for end in number.ends)
