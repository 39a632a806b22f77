"""Figures about home orders, vans and who pays for home delivery.

Figures are for one week of the cyclic year; the string below a field says what the figure means.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from deliveryopt.scenario.field_types import Day
from deliveryopt.scenario.terms import Goods, Payer


class OrderCounts(BaseModel):
    """Home orders by what becomes of them; the ends add up to all orders."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    orders: int
    """Home orders."""
    by_run: int
    """Delivered by a run."""
    by_van: int
    """Delivered by a van."""
    in_box: int
    """Collected at a pickup point instead."""
    as_today: int
    """Left by the plan and delivered as today."""
    unserved: int
    """Delivered by nobody."""
    bypassing: int
    """Delivered by a run or van past a nearer shop."""


class VanFigures(BaseModel):
    """What all vans drive in a week."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    vans_used: int
    """Vans that drive."""
    van_days: int
    """Van-days: routes driven."""
    trips: int
    """Trips."""
    stops: int
    """Stops at homes and pickup points."""
    km: float
    """Kilometres."""
    minutes: int
    """Minutes from leaving the base to coming back, waiting included."""
    orders: int
    """Home orders delivered."""
    parcels: int
    """Parcels brought to pickup points."""
    co2_kg: float
    """Carbon dioxide, kg; also part of the operators' carbon dioxide."""


class HomeDeliveryFigures(BaseModel):
    """Who pays for the deliveries to the door for which the municipality pays, öre a week.

    Deliveries by runs and vans of other payers are theirs and not counted here.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    deliveries: int
    """Deliveries to the door for which the municipality pays: by run, by van and as today."""
    expenditure_ore: int
    """What the municipality pays for them: runs, the vans' cost of stops at homes, today's way."""
    customer_fees_ore: int
    """What households pay for them."""
    shops_share_ore: int
    """What shops pay for those of groceries."""
    net_expenditure_ore: int
    """Expenditure without what households and shops pay."""
    grant_deliveries: int
    """Those of the deliveries whose goods the state's grant is for."""
    grant_net_expenditure_ore: int
    """Net expenditure for them, not below 0: the base of the state's grant."""
    occasions: int
    """Occasions for which the state pays: a household and day, within the limit a household."""
    state_grant_ore: int
    """The state's grant."""
    municipality_net_ore: int
    """What is left to the municipality: net expenditure without the grant."""
    grant_rule: str | None
    """The rule of the year; none if no rule is known for it or the scenario sets its own."""
    grant_share: float
    """The state's largest share of the net expenditure."""
    grant_cap_ore: int
    """The most that the state pays for an occasion, öre."""


class HomeRow(BaseModel):
    """One home order: what becomes of it, when, by whom and at what cost."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    order: str
    """Home order."""
    household: str
    """Household; the order itself if it is its household's only one."""
    goods: Goods
    """What is delivered."""
    origin: str | None
    """Depot or shop that the goods come from; none if there is none."""
    how: Literal["by_run", "by_van", "in_box", "as_today", "unserved"]
    """By run, by van, collected at a pickup point, as today, or by nobody."""
    day: Day | None
    """Day at the door, or on which it becomes ready for a pickup point; none if it is left."""
    carrier: str | None
    """Run or van that delivers it."""
    payer: Payer | None
    """Who pays for the run or van, or for the delivery today; none if nobody does."""
    trip: int | None
    """Number of the van's trip, from 1."""
    pickup_point: str | None
    """Pickup point where it is collected."""
    earliest_min: int | None
    """Earliest arrival at the door, minutes after 00:00 of that day."""
    latest_min: int | None
    """Latest arrival at the door, minutes after 00:00 of that day; the van's arrival."""
    distance_km: float | None
    """Road distance from the origin to the home, km; none if there is no origin or no road."""
    bypasses: bool
    """Whether its groceries come past a nearer shop."""
    cost_ore: int
    """Delivery by run, its part of the van's day, box and fee, or what leaving it costs, öre."""
    real: bool
    """Whether the order is known rather than assumed."""


class VanRow(BaseModel):
    """One van of the scenario, over the week."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    van: str
    """Van."""
    name: str
    """Name."""
    operator: str
    """Who drives."""
    payer: Payer
    """Who pays for it."""
    days: tuple[Day, ...]
    """Days on which it drives."""
    trips: int
    """Trips a week."""
    stops: int
    """Stops a week."""
    km: float
    """Kilometres a week."""
    minutes: int
    """Minutes a week from leaving the base to coming back."""
    orders: int
    """Home orders delivered a week."""
    parcels: int
    """Parcels brought to pickup points a week."""
    peak_pieces: int
    """Most orders and parcels aboard at one time."""
    capacity_pieces: int | None
    """Room, orders and parcels; none if not limited by number."""
    cost_ore_per_week: int
    """Cost, öre a week, carbon dioxide left out."""
    co2_kg_per_week: float
    """Carbon dioxide, kg a week."""


class VanDayRow(BaseModel):
    """What one van drives on one day."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    van: str
    """Van."""
    day: Day
    """Day."""
    start_min: int
    """When it leaves its base, minutes after 00:00."""
    end_min: int
    """When it is back at its base, minutes after 00:00."""
    minutes: int
    """Minutes between them, waiting included."""
    trips: int
    """Trips."""
    stops: int
    """Stops."""
    home_stops: int
    """Stops at homes: home orders delivered."""
    point_stops: int
    """Stops at pickup points."""
    km: float
    """Kilometres."""
    orders: int
    """Home orders delivered."""
    parcels: int
    """Parcels brought to pickup points."""
    peak_pieces: int
    """Most orders and parcels aboard at one time."""
    peak_litres: float
    """Most litres aboard at one time."""
    peak_kg: float
    """Most kilograms aboard at one time."""
    cost_ore: int
    """Cost, öre, carbon dioxide left out."""
