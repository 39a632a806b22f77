"""What a check of a plan finds."""

from collections.abc import Callable, Iterator

from pydantic import BaseModel, ConfigDict, Field

from deliveryopt.plan.replay import Replay
from deliveryopt.scenario.field_types import Day


class Violation(BaseModel):
    """One rule of `docs/model.md` broken at one place."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    rule: str
    """Name of the rule."""
    message: str
    """What is wrong, as a sentence."""
    found: str
    """What the plan has, with its unit."""
    allowed: str
    """What it may have, with its unit."""
    excess: float = Field(default=1.0, ge=0)
    """By how much it is wrong, in that unit; 1 where something is wrong or right."""
    village: str | None = None
    """Village, where one is concerned."""
    place: str | None = None
    """Pickup point, depot or shop, where one is concerned."""
    run: str | None = None
    """Run, where one is concerned."""
    van: str | None = None
    """Van, where one is concerned."""
    order: str | None = None
    """Home order, where one is concerned."""
    day: Day | None = None
    """Service day of the run, day of the van, ready day of the parcels or day of the week."""

    def __str__(self) -> str:
        """Return the rule and the sentence."""
        return f"{self.rule}: {self.message}"


class VerifyReport(BaseModel):
    """What the check of one plan found."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    violations: tuple[Violation, ...] = ()
    """Every violation, in the order of the rules."""

    @property
    def is_ok(self) -> bool:
        """Whether no rule is broken."""
        return not self.violations

    @property
    def broken_rules(self) -> tuple[str, ...]:
        """Names of the rules broken, each once, in the order of the violations."""
        return tuple(dict.fromkeys(violation.rule for violation in self.violations))


Check = Callable[[Replay], Iterator[Violation]]
"""A check of one rule."""
