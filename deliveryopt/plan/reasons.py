"""Why a village or a home order is not served, and what would serve it at least cost.

Values only: `solver/explain.py` finds them, reports tell them.
"""

from dataclasses import dataclass
from typing import Literal

ReasonCode = Literal[
    "costs_more",
    "over_budget",
    "costs_more_than_leaving",
    "point_beyond_reach",
    "agent_beyond_reach",
    "no_road",
    "no_run_near",
    "no_run_in_time",
    "too_few_days",
    "size_not_carried",
    "run_keeps_within_capacity",
    "run_keeps_within_delay",
    "box_holds_its_parcels",
    "delivered_often_enough",
    "transfer_is_secure",
    "parcels_are_carried",
    "goal_is_met",
    "no_origin",
    "nobody_carries",
    "several_rules",
    "not_examined",
    "not_in_model",
]
"""`costs_more`: it can be served, but the goal is met for less without it; `over_budget`: the same
above the budget; `costs_more_than_leaving`: a home order that can be delivered for more than
leaving it costs; names of rules: it could be served if that rule alone were relaxed by `found` -
`allowed`; `several_rules`: no single rule stands in the way alone; `not_examined`: time ended;
`not_in_model`: the model has no column for a part of the plan, so that nothing can be asked."""

ChangeKind = Literal[
    "accept_cost",
    "new_site",
    "longer_promise",
    "fewer_days",
    "van",
    "any_time",
]
"""`accept_cost`: serve it at its cost; `new_site`: a site for a box in the village itself;
`longer_promise`: one lead day more; `fewer_days`: one delivery day a week less; `van`: a van at the
program's default prices; `any_time`: a home order on any operating day at any hour."""

EXAMINED: tuple[ChangeKind, ...] = (
    "accept_cost",
    "new_site",
    "longer_promise",
    "fewer_days",
    "van",
    "any_time",
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason with its numbers; which ones there are depends on the code."""

    code: ReasonCode
    pickup_point: str | None = None
    run: str | None = None
    day: str | None = None
    found: float | None = None
    """The number found: öre a week, kilometres, minutes, days or parcels, as the code says."""
    allowed: float | None = None
    """The number allowed, in the same unit."""
    unit: Literal["parcels", "litres", "kg"] | None = None
    """Unit of what a run's room is short of."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change with which it would be served: a verified plan with that change costs this much."""

    kinds: tuple[ChangeKind, ...]
    """What is changed together."""
    pickup_point: str | None
    """Where the village would collect, or the order; None where it comes to the door."""
    carrier: str | None
    """Run or van that would deliver a home order."""
    cost_ore_per_week: int
    """Cost of the plan with the change above the cost of the plan, as the goal counts it."""
    is_least: bool
    """Whether no plan with this change and everything else unchanged costs less: proven."""
    lead_days: int | None = None
    """Lead days that would be allowed, where that is changed."""
    deliveries_per_week: int | None = None
    """Fewest delivery days that would be asked for, where that is changed."""


@dataclass(frozen=True, slots=True)
class Unserved:
    """A village that is not covered, or a home order that the plan leaves."""

    kind: Literal["village", "order"]
    id: str
    reasons: tuple[Reason, ...]
    """At least one."""
    change: Change | None
    """The cheapest of the changes examined that serves it, with everything else unchanged; None if
    none of them does. Of those that cost the same, the one that asks for less, in the order of
    `EXAMINED`. Two changes are made together only where no single one serves it."""
    examined: tuple[ChangeKind, ...]
    """Changes that were examined to the end."""
    all_tried: bool = False
    """Whether all changes that are to be tried were examined to the end, so that none of the
    others costs less than the one told. False too in results written before this was asked."""
