"""The error tree.

::

    DeliveryoptError            1  our fault
    ├── ScenarioError           2  the scenario is at fault (every fault at once)
    ├── FeedError               2  a timetable feed is at fault
    ├── UsageError              2  a command or option is used wrongly
    ├── NoPlanError             3  it is proven that no plan keeps every rule
    ├── PlanBreaksRuleError     4  a plan breaks a rule
    ├── OutputError             4  something could not be written
    └── LimitReachedError       5  the limit came before any plan was found

Each class knows its exit code.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar


class DeliveryoptError(Exception):
    """Something went wrong; the base of every error that this package raises."""

    exit_code: ClassVar[int] = 1


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong with an input, in four parts and a code."""

    where: str
    """File, row or line, id and field, as the user would look them up."""
    found: str
    """What stands there."""
    allowed: str
    """What may stand there."""
    advice: str
    """What to do."""
    code: str
    """The message id, for example `DO-R003`."""

    def __str__(self) -> str:
        """Return the message as shown to the user."""
        rest = " ".join(part for part in (self.allowed, self.advice) if part)
        return f"{self.where}: {self.found}\n    {rest}  [{self.code}]"


class _FaultsError(DeliveryoptError, ValueError):
    """An error that carries every fault found in one pass."""

    exit_code: ClassVar[int] = 2

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class ScenarioError(_FaultsError):
    """The scenario is at fault."""


class FeedError(_FaultsError):
    """A timetable feed is at fault."""


class UsageError(DeliveryoptError, ValueError):
    """A command or an option is used wrongly."""

    exit_code: ClassVar[int] = 2


class NoPlanError(DeliveryoptError, ValueError):
    """It is proven that no plan keeps every rule."""

    exit_code: ClassVar[int] = 3


class PlanBreaksRuleError(DeliveryoptError, ValueError):
    """A plan breaks a rule of its scenario."""

    exit_code: ClassVar[int] = 4


class OutputError(DeliveryoptError, OSError):
    """Something could not be written."""

    exit_code: ClassVar[int] = 4


class LimitReachedError(DeliveryoptError, RuntimeError):
    """The limit came before any plan was found."""

    exit_code: ClassVar[int] = 5
