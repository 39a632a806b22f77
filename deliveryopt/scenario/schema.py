"""What a scenario says: villages, pickup points, depots, runs, rules, rates and the goal.

Every class is frozen, refuses unknown fields and refuses NaN and infinity.
Field names carry their units; the string below a field is its entry in `docs/file-format.md`.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from deliveryopt.scenario.field_types import (
    Clock,
    Count,
    Day,
    Identifier,
    Latitude,
    Longitude,
    Money,
    Share,
    Tag,
    Text,
)
from deliveryopt.scenario.home_delivery import HomeDelivery, HomeOrder
from deliveryopt.scenario.rates import Rates
from deliveryopt.scenario.terms import RunKindName, RunKinds, RunTerms, Size
from deliveryopt.scenario.vans import Van

FORMAT = "deliveryopt-scenario/1"
DepotKind = Literal["terminal", "shop", "pharmacy", "kitchen"]


class Village(BaseModel):
    """A village or hamlet whose residents collect parcels."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    id: Identifier
    """Id, unique among all places."""
    name: Text
    """Name as residents know it."""
    lat_deg: Latitude
    """Latitude, WGS 84 degrees (column `lat`)."""
    lon_deg: Longitude
    """Longitude, WGS 84 degrees (column `lon`)."""
    inhabitants: Count
    """Inhabitants."""
    inhabitants_65: Count | None = None
    """Inhabitants of 65 years or more; empty when not known."""
    depot: Identifier
    """Depot where the village's parcels become ready."""
    parcels_per_week: Annotated[float, Field(ge=0, le=1e6)] | None = None
    """Parcels a week that can go to a pickup point; empty means inhabitants times the rates."""
    share_s: Share | None = None
    """Share of small parcels; empty means the rates' share (give all three sizes or none)."""
    share_m: Share | None = None
    """Share of medium parcels."""
    share_l: Share | None = None
    """Share of large parcels."""
    priority: Annotated[float, Field(gt=0, le=1000)] = 1.0
    """Weight of an inhabitant when coverage is made as great as possible."""
    must_serve: bool = False
    """Yes if no plan may leave the village without a pickup point within reach."""
    real: bool = True
    """No if inhabitants or place are assumed rather than known."""


class PickupPoint(BaseModel):
    """An agent that exists today or a candidate site for parcel boxes."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    id: Identifier
    """Id, unique among all places."""
    name: Text
    """Name."""
    kind: Literal["agent", "site"]
    """`agent` exists today; `site` is a candidate for boxes."""
    lat_deg: Latitude
    """Latitude, WGS 84 degrees (column `lat`)."""
    lon_deg: Longitude
    """Longitude, WGS 84 degrees (column `lon`)."""
    host: Text = ""
    """Who provides the ground or the counter."""
    opening_hours: Text = ""
    """Opening hours as text, printed and not used in the calculation."""
    box_types: tuple[Identifier, ...] = ()
    """Box types allowed here; empty means all."""
    max_boxes: Annotated[int, Field(ge=0, le=20)] = 1
    """Most boxes that fit here (sites only)."""
    state: Literal["optional", "must_open", "must_not"] = "optional"
    """Pin of a site: free to choose, must open, must not open."""
    transfer_parcels: Annotated[int, Field(ge=0, le=10_000)] = 0
    """Parcels that may be stored here between two runs; 0 means no transfers here."""
    fixed_sek_per_year: Money = 0.0
    """Yearly cost when a box stands here: ground, light, snow (sites only)."""
    sek_per_parcel: Annotated[float, Field(ge=0, le=10_000)] = 0.0
    """Fee to the host or agent for each parcel collected here."""
    real: bool = True
    """No if the place is assumed rather than known."""


class Depot(BaseModel):
    """An origin of goods: a terminal where parcels become ready, a shop, a pharmacy, a kitchen."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    id: Identifier
    """Id, unique among all places."""
    name: Text
    """Name."""
    kind: DepotKind = "terminal"
    """What it is: `terminal` for parcels, `shop`, `pharmacy` or `kitchen`."""
    lat_deg: Latitude
    """Latitude, WGS 84 degrees (column `lat`)."""
    lon_deg: Longitude
    """Longitude, WGS 84 degrees (column `lon`)."""
    ready_mon: Clock = 360
    """Time when Monday's parcels are ready."""
    ready_tue: Clock = 360
    """Time when Tuesday's parcels are ready."""
    ready_wed: Clock = 360
    """Time when Wednesday's parcels are ready."""
    ready_thu: Clock = 360
    """Time when Thursday's parcels are ready."""
    ready_fri: Clock = 360
    """Time when Friday's parcels are ready."""
    ready_sat: Clock = 360
    """Time when Saturday's parcels are ready."""
    ready_sun: Clock = 360
    """Time when Sunday's parcels are ready."""

    def ready_min(self, day: Day) -> int:
        """Return the minute after 00:00 when that day's parcels are ready."""
        ready: int = getattr(self, f"ready_{day}")
        return ready


class Stop(BaseModel):
    """A place where runs stop."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    id: Identifier
    """Id, unique among all places."""
    name: Text
    """Name."""
    lat_deg: Latitude
    """Latitude, WGS 84 degrees (column `lat`)."""
    lon_deg: Longitude
    """Longitude, WGS 84 degrees (column `lon`)."""


class StopTime(BaseModel):
    """One stop of a run."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    stop_sequence: Annotated[int, Field(ge=0, le=100_000)]
    """Order within the run; increases along it."""
    place_id: Identifier
    """Stop, depot, pickup point or village where the run stops."""
    arrival_min: Clock
    """Arrival, minutes after 00:00 of the service day (column `arrival_time`, HH:MM)."""
    departure_min: Clock
    """Departure, minutes after 00:00 of the service day (column `departure_time`, HH:MM)."""


class Run(BaseModel):
    """A vehicle's timetabled journey (a GTFS trip, a care round) on some days of the week.

    Fields left empty follow the run kind's terms in `scenario.yaml`; see `terms_of`.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    id: Identifier
    """Id, unique among runs."""
    name: Text = ""
    """What people call it: line and headsign."""
    kind: RunKindName
    """Kind; gives the terms left empty below."""
    operator: Text = ""
    """Who drives."""
    vehicle: Text = ""
    """Vehicle or block that drives it; printed and not used in the calculation."""
    days: Annotated[tuple[Day, ...], Field(min_length=1)]
    """Service days, Monday first."""
    capacity_litres: Annotated[float, Field(ge=0, le=1e6)] | None = None
    """Free room for parcels, litres."""
    capacity_parcels: Annotated[int, Field(ge=0, le=100_000)] | None = None
    """Free room for parcels, parcels."""
    capacity_kg: Annotated[float, Field(ge=0, le=1e6)] | None = None
    """Free load for parcels, kg."""
    delay_budget_min: Annotated[float, Field(ge=0, le=600)] | None = None
    """Most minutes that parcels may delay the run."""
    stop_min: Annotated[float, Field(ge=0, le=120)] | None = None
    """Minutes that one stop at a pickup point takes."""
    parcel_s: Annotated[float, Field(ge=0, le=3600)] | None = None
    """Seconds that handling one parcel takes."""
    may_detour: bool | None = None
    """Whether the run may leave its road."""
    max_size: Size | None = None
    """Largest parcel size it may carry."""
    speed_kmh: Annotated[float, Field(gt=0, le=200)] | None = None
    """Speed on detours, km/h."""
    sek_per_stop: Annotated[float, Field(ge=0, le=100_000)] | None = None
    """Cost of one stop at a pickup point."""
    sek_per_detour_km: Annotated[float, Field(ge=0, le=10_000)] | None = None
    """Cost of one detour kilometre."""
    sek_per_minute: Annotated[float, Field(ge=0, le=10_000)] | None = None
    """Cost of one extra minute, driving and stopping."""
    sek_per_parcel: Annotated[float, Field(ge=0, le=10_000)] | None = None
    """Cost of carrying one parcel."""
    carries_home_parcels: bool | None = None
    """Whether it may carry parcels to homes."""
    carries_groceries: bool | None = None
    """Whether it may carry groceries to homes."""
    carries_pharmacy: bool | None = None
    """Whether it may carry medicines to homes."""
    carries_meals: bool | None = None
    """Whether it may carry meals to homes."""
    may_enter_homes: bool | None = None
    """Whether its driver may enter homes."""
    chilled: bool | None = None
    """Whether its hold is kept cold or hot."""
    stop_times: Annotated[tuple[StopTime, ...], Field(min_length=2)]
    """Stops in order (file `stop_times.csv`)."""


class BoxType(BaseModel):
    """A parcel box that can be bought or hired."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    id: Identifier
    """Id, unique among box types."""
    name: Text = ""
    """Name."""
    operator: Text = ""
    """Company that runs boxes of this type."""
    compartments_s: Annotated[int, Field(ge=0, le=10_000)]
    """Small compartments."""
    compartments_m: Annotated[int, Field(ge=0, le=10_000)]
    """Medium compartments."""
    compartments_l: Annotated[int, Field(ge=0, le=10_000)]
    """Large compartments."""
    sek_per_year: Money
    """Yearly cost of one box: purchase and installation over its life, service."""


class OperatorLimit(BaseModel):
    """The most boxes of one operator."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    operator: Identifier
    """Operator as named by box types."""
    max_boxes: Annotated[int, Field(ge=0, le=100_000)]
    """Most boxes of that operator."""


class Rules(BaseModel):
    """What every plan must keep."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    reach_km: Annotated[float, Field(gt=0, le=500)]
    """Longest road distance from a village to its pickup point, km; the limit is within reach."""
    max_lead_days: Annotated[int, Field(ge=0, le=6)] = 1
    """Most operating days from the ready day to the day at the pickup point; 0 is the same day."""
    min_deliveries_per_week: Annotated[int, Field(ge=0, le=7)] = 1
    """Fewest delivery days a week at a pickup point that serves a village with demand."""
    max_transfers: Annotated[int, Field(ge=0, le=1)] = 1
    """Most changes of run for a parcel."""
    transfer_min: Annotated[int, Field(ge=0, le=1440)] = 10
    """Fewest minutes between a run's latest arrival and the next run's departure at a transfer."""
    on_stop_radius_m: Annotated[int, Field(ge=0, le=2000)] = 150
    """A place this near a stop is served at the stop, metres in a straight line."""
    max_points_per_detour: Annotated[int, Field(ge=1, le=3)] = 2
    """Most pickup points on one detour between two stops."""
    detour_factor: Annotated[float, Field(ge=1, le=5)] = 1.25
    """Road distance over straight-line distance where no distance is given."""
    unusable_runs: tuple[Identifier, ...] = ()
    """Runs that may carry nothing."""
    max_boxes: Annotated[int, Field(ge=0, le=100_000)] | None = None
    """Most boxes in all; empty means no limit."""
    max_boxes_per_operator: tuple[OperatorLimit, ...] = ()
    """Most boxes by operator."""


class Goal(BaseModel):
    """What the plan is asked to achieve."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    kind: Literal["least_cost", "greatest_coverage"]
    """`least_cost` with coverage at least a share, or `greatest_coverage` within a budget."""
    coverage_share: Share | None = None
    """Least share of inhabitants covered; needed for `least_cost`, else optional."""
    budget_sek_per_year: Money | None = None
    """Most that the plan may cost a year above today; needed for `greatest_coverage`."""
    count_resident_trips: bool = False
    """Whether residents' own trips count as cost."""
    count_co2: bool = False
    """Whether carbon dioxide counts as cost."""


class GivenDemand(BaseModel):
    """Parcels given day by day; a village named here has exactly these parcels."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    village_id: Identifier
    """Village."""
    day: Day
    """Ready day."""
    size: Size
    """Size: S, M or L."""
    parcels: Annotated[int, Field(ge=0, le=100_000)]
    """Parcels."""


class Distance(BaseModel):
    """A known road distance; used in both directions unless the other one is given too."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    from_id: Identifier
    """Place (column `from`)."""
    to_id: Identifier
    """Place (column `to`)."""
    km: Annotated[float, Field(ge=0, le=10_000)] | None
    """Road distance, km; the word `unreachable` where no road leads there."""
    minutes: Annotated[float, Field(ge=0, le=100_000)] | None = None
    """Driving time, minutes; empty means distance over speed."""


class Source(BaseModel):
    """Where data come from."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    name: Text
    """Publisher and title."""
    licence: Text = ""
    """Licence."""
    date: Text = ""
    """Date or edition."""
    note: Text = ""
    """What was taken from it."""


class Provenance(BaseModel):
    """Source and tag of one number in `scenario.yaml`."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    field: Identifier
    """Dotted name, for example `rules.reach_km` or `box_types.small.sek_per_year`."""
    source: Text = ""
    """Where the number comes from."""
    tag: Tag | None = None
    """How sure it is."""
    low: float | None = None
    """Lowest plausible value."""
    high: float | None = None
    """Highest plausible value."""


class Scenario(BaseModel):
    """Everything that a plan is made from; read-only.

    The tuples of villages, pickup points, depots, stops, box types, runs, given demand and
    distances are sorted by id, so that the order of rows in a file cannot change a result.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    format: Literal["deliveryopt-scenario/1"] = "deliveryopt-scenario/1"
    """Version of this format."""
    name: Identifier
    """Short name; also names the output."""
    title: Text = ""
    """Title shown in reports."""
    language: Literal["sv", "en"] = "sv"
    """Language of reports."""
    week_start: date
    """The Monday of the week that stands for every week."""
    days: Annotated[tuple[Day, ...], Field(min_length=1)] = ("mon", "tue", "wed", "thu", "fri")
    """Operating days: days on which runs carry parcels and lead days are counted."""
    time_zone: Text = "Europe/Stockholm"
    """Time zone of all clock times."""
    rules: Rules
    """What every plan must keep."""
    goal: Goal
    """What the plan is asked to achieve."""
    rates: Rates = Rates()
    """Demand, sizes, dwell, residents' trips and carbon dioxide."""
    run_kinds: RunKinds = RunKinds()
    """Terms by kind of run."""
    box_types: tuple[BoxType, ...] = ()
    """Boxes that can be opened."""
    vans: tuple[Van, ...] = ()
    """Vans that may drive for the plan."""
    home_delivery: HomeDelivery = HomeDelivery()
    """Terms of home delivery."""
    sources: tuple[Source, ...] = ()
    """Where data come from."""
    provenance: tuple[Provenance, ...] = ()
    """Source and tag of numbers in `scenario.yaml`, by field."""
    villages: tuple[Village, ...] = ()
    """Villages (file `villages.csv`)."""
    pickup_points: tuple[PickupPoint, ...] = ()
    """Agents and sites (file `pickup_points.csv`)."""
    depots: tuple[Depot, ...] = ()
    """Depots (file `depots.csv`)."""
    stops: tuple[Stop, ...] = ()
    """Stops (file `stops.csv`)."""
    runs: tuple[Run, ...] = ()
    """Runs (files `runs.csv` and `stop_times.csv`)."""
    given_demand: tuple[GivenDemand, ...] = ()
    """Given demand (file `parcels.csv`, optional)."""
    distances: tuple[Distance, ...] = ()
    """Known distances (file `distances.csv`, optional)."""
    homes: tuple[HomeOrder, ...] = ()
    """Home orders (file `homes.csv`, optional)."""


def terms_of(scenario: Scenario, run: Run) -> RunTerms:
    """Return a run's terms: its own values, and its kind's where it gives none."""
    kind_terms: RunTerms = getattr(scenario.run_kinds, run.kind)
    own = {
        name: getattr(run, name)
        for name in RunTerms.model_fields
        if getattr(run, name, None) is not None
    }
    return RunTerms.model_validate(kind_terms.model_dump() | own)
