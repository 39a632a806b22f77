"""Every figure that a report may print about a plan; computed by `deliveryopt.plan.metrics`.

Figures are for one week of the cyclic year unless their name says otherwise.
The string below a field says what the figure means.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from deliveryopt.plan.figures_of_homes import (
    HomeDeliveryFigures,
    HomeRow,
    OrderCounts,
    VanDayRow,
    VanFigures,
    VanRow,
)
from deliveryopt.scenario.field_types import Day
from deliveryopt.scenario.terms import Payer, RunKindName


class SizeCounts(BaseModel):
    """Whole numbers by parcel size."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    small: int
    """Small."""
    medium: int
    """Medium."""
    large: int
    """Large."""


class DistanceClass(BaseModel):
    """Inhabitants by road distance to the pickup point where they collect."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    from_km: int
    """Least distance of the class, km, itself in the class."""
    to_km: int | None
    """Limit of the class, km, itself not in the class; none for the last class."""
    inhabitants: int
    """Inhabitants of villages in the class."""


class BoxCount(BaseModel):
    """Boxes of one type."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    box_type: str
    """Type of box."""
    name: str
    """Name of the type."""
    operator: str
    """Company that runs boxes of this type."""
    boxes: int
    """Boxes."""


class CostByItem(BaseModel):
    """Cost by item, öre a week; each item is given even where the goal does not count it."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    boxes_ore: int
    """Boxes: purchase, installation and service as yearly cost."""
    sites_ore: int
    """Sites with a box: ground, light, snow."""
    fees_ore: int
    """Fees to hosts and agents for parcels and orders collected, plan and today alike."""
    services_ore: int
    """Stops, detour kilometres and extra minutes of runs."""
    carrying_ore: int
    """What runs are paid for each parcel and leg."""
    resident_trips_ore: int
    """Residents' own trips to collect: car and time."""
    co2_ore: int
    """Value of the carbon dioxide of detours, vans and residents' car trips."""
    vans_ore: int = 0
    """Vans: days, kilometres and hours."""
    home_deliveries_ore: int = 0
    """Stops, detour kilometres and extra minutes of runs that deliver home orders."""
    orders_in_boxes_ore: int = 0
    """Home orders collected at pickup points, besides the points' fees."""
    orders_as_today_ore: int = 0
    """What the municipality pays for home orders delivered as today."""
    unserved_orders_ore: int = 0
    """What home orders count for that nobody delivers; nobody pays it."""


class CostByPayer(BaseModel):
    """Cost by payer, öre a week; carbon dioxide and unserved orders have no payer.

    Customers' fees, the shop's share and the state's grant for home deliveries are moved.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    municipality_ore: int
    """Boxes, sites, fees at sites, runs, vans and home deliveries of the municipality."""
    region_ore: int
    """Runs and vans that the region pays for."""
    carrier_ore: int
    """Fees at agents, and runs and vans that the parcel company pays for."""
    residents_ore: int
    """Residents' own trips, fees for home deliveries, and runs that residents pay for."""
    state_ore: int = 0
    """The state's grant for home deliveries."""
    shops_ore: int = 0
    """The shops' share of home deliveries, and runs and vans that shops pay for."""


class VillageRow(BaseModel):
    """One village: where it collects, how far that is and what it costs."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    village: str
    """Village."""
    name: str
    """Name."""
    inhabitants: int
    """Inhabitants."""
    inhabitants_65: int | None
    """Inhabitants of 65 years or more; none when not known."""
    how: Literal["plan", "today", "none"]
    """Served by the plan, as today, or nowhere because no agent can be reached."""
    pickup_point: str | None
    """Pickup point where the village collects."""
    distance_km: float | None
    """Road distance to it, km."""
    distance_is_estimate: bool
    """Whether that distance is an estimate rather than given."""
    covered: bool
    """Whether the village is covered."""
    agent_today: str | None
    """Nearest existing agent by road."""
    agent_today_km: float | None
    """Road distance to that agent, km."""
    parcels_per_week: int
    """Parcels a week."""
    cost_ore_per_week: int
    """What the village's collecting costs as the goal counts it, öre a week."""


class PickupPointRow(BaseModel):
    """One pickup point in use: a site with boxes, or an agent where a village collects."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    pickup_point: str
    """Pickup point."""
    name: str
    """Name."""
    kind: Literal["agent", "site"]
    """`agent` exists today; `site` has boxes by this plan."""
    boxes: int
    """Boxes; 0 at an agent."""
    compartments: SizeCounts
    """Compartments by size; 0 at an agent."""
    villages_by_plan: int
    """Villages that the plan serves here."""
    villages_as_today: int
    """Villages that collect here as today."""
    inhabitants: int
    """Inhabitants of all these villages."""
    parcels_per_week: int
    """Parcels collected here a week, plan and today alike."""
    parcels_by_plan_per_week: int
    """Parcels a week that runs and vans bring here for villages to collect."""
    services_per_week: int
    """Services by runs a week."""
    orders_per_week: int = 0
    """Home orders collected here a week."""
    van_stops_per_week: int = 0
    """Stops of vans a week."""
    delivery_days: tuple[Day, ...]
    """Days on which a service or a van's stop counts as a delivery."""
    still_here_parcels: tuple[float, ...]
    """Parcels in the boxes by day, Monday first, in thousandths; empty at an agent."""
    peak_use_share: float | None
    """Most parcels in the boxes on a day over all compartments; none at an agent."""
    mean_use_share: float | None
    """Mean over the seven days of parcels in the boxes over all compartments; none at an agent."""
    tightest_share: float | None
    """Greatest of the three limits of `box_holds_its_parcels` on any day: 1 is just full."""
    boxes_ore_per_week: int
    """Cost of the boxes, öre a week."""
    site_ore_per_week: int
    """Cost of the site, öre a week."""
    fees_ore_per_week: int
    """Fees for parcels and orders collected here, öre a week."""


class RunRow(BaseModel):
    """One run in use, over the week."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    run: str
    """Run."""
    name: str
    """What people call it."""
    kind: RunKindName
    """Kind of run."""
    operator: str
    """Who drives."""
    payer: Payer
    """Who pays for the run."""
    days: tuple[Day, ...]
    """Service days on which it serves or carries."""
    services_per_week: int
    """Services a week."""
    parcels_per_week: int
    """Parcels carried a week; a parcel counts once for each leg."""
    orders_per_week: int = 0
    """Home orders delivered a week."""
    extra_min_per_week: float
    """Extra minutes a week, driving and stopping."""
    delay_min_max: float
    """Most minutes on a day that services, home deliveries and handling may delay it."""
    delay_budget_min: float
    """Most minutes that parcels may delay it."""
    detour_km_per_week: float
    """Extra kilometres a week."""
    peak_parcels: int
    """Most parcels and home orders aboard at one time."""
    capacity_parcels: int | None
    """Free room, parcels; none if not limited by number."""
    cost_ore_per_week: int
    """Services, home deliveries and carrying, öre a week."""


class RunDayRow(BaseModel):
    """One run-day in use."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    run: str
    """Run."""
    day: Day
    """Service day."""
    services: int
    """Services."""
    parcels: int
    """Parcels carried; a parcel counts once for each leg."""
    orders: int = 0
    """Home orders delivered."""
    extra_min: float
    """Extra minutes, driving and stopping."""
    delay_min: float
    """Extra minutes and handling of parcels: what the delay budget limits."""
    detour_km: float
    """Extra kilometres."""
    peak_parcels: int
    """Most parcels and home orders aboard at one time."""


class Metrics(BaseModel):
    """Every figure about one plan."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    inhabitants: int
    """Inhabitants of all villages."""
    covered_inhabitants: int
    """Inhabitants of covered villages."""
    coverage_share: float
    """Covered inhabitants over all inhabitants; 1 if there are none."""
    weighted_coverage_share: float
    """The same with inhabitants weighted by the villages' priority."""
    inhabitants_65: int
    """Inhabitants of 65 years or more, of villages where their number is known."""
    covered_inhabitants_65: int
    """Those of them who live in covered villages."""
    coverage_65_share: float | None
    """Covered over all inhabitants of 65 years or more; none if their number is nowhere known."""
    villages_65_unknown: int
    """Villages where the number of inhabitants of 65 years or more is not known."""
    villages: int
    """Villages."""
    covered_villages: int
    """Covered villages."""
    villages_by_plan: int
    """Villages served by the plan."""
    villages_as_today: int
    """Villages that keep today's arrangement, at an agent."""
    villages_without: int
    """Villages without a reachable pickup point."""
    inhabitants_by_distance: tuple[DistanceClass, ...]
    """Inhabitants by distance to their pickup point: from 0, 1, 2, 5 and 10 km."""
    inhabitants_without: int
    """Inhabitants without a reachable pickup point."""
    mean_distance_km: float | None
    """Mean road distance to the pickup point, by inhabitant, km; of those who have one."""
    p90_distance_km: float | None
    """Least distance within which nine in ten of those inhabitants have their pickup point, km."""
    worst_village: str | None
    """Inhabited village with the longest distance to its pickup point."""
    worst_distance_km: float | None
    """That distance, km."""
    parcels_per_week: int
    """Parcels a week that can go to a pickup point."""
    parcels_by_plan_per_week: int
    """Those of villages served by the plan."""
    parcels_as_today_per_week: int
    """Those of villages that collect as today."""
    parcels_without_per_week: int
    """Those of villages without a reachable pickup point."""
    parcels_by_size: SizeCounts
    """Parcels a week by size."""
    boxes: int
    """Boxes opened."""
    boxes_by_type: tuple[BoxCount, ...]
    """Boxes opened, by type."""
    sites_opened: int
    """Sites with at least one box."""
    compartments: int
    """Compartments in all boxes."""
    compartments_by_size: SizeCounts
    """Compartments in all boxes, by size."""
    box_peak_use_share: float | None
    """Greatest share of compartments in use at any site on any day; none without boxes."""
    box_mean_use_share: float | None
    """Mean share of all compartments in use over the week; none without boxes."""
    services_per_week: int
    """Services by runs a week."""
    delivery_days_per_week: int
    """Delivery days a week, added up over pickup points."""
    lead_days_mean: float | None
    """Mean lead days by parcel carried; none if no parcel is carried."""
    lead_days_max: int | None
    """Longest lead days; none if no parcel is carried."""
    parcels_by_lead_days: tuple[int, ...]
    """Parcels a week by lead days, from 0."""
    transferred_parcels_per_week: int
    """Parcels a week that change runs."""
    runs_used: int
    """Runs that serve, carry or deliver home orders."""
    run_days_used: int
    """Run-days that serve, carry or deliver home orders."""
    delay_min_max: float | None
    """Most minutes that a run-day may be delayed, handling included; none if none is used."""
    delay_min_mean: float | None
    """Mean of these minutes over the run-days used; none if none is used."""
    delay_min_per_week: float
    """Sum of these minutes over the week."""
    extra_min_per_week: float
    """Extra minutes of services and home deliveries, driving and stopping, without handling."""
    detour_km_per_week: float
    """Extra kilometres of services and home deliveries by runs."""
    resident_trips_per_week: float
    """Residents' return trips made only to collect."""
    resident_car_km_per_week: float
    """Residents' kilometres by car, there and back."""
    resident_walk_km_per_week: float
    """Residents' kilometres on foot, there and back."""
    co2_operators_kg_per_week: float
    """Carbon dioxide of detours and vans, kg."""
    co2_residents_kg_per_week: float
    """Carbon dioxide of residents' car trips, kg."""
    co2_kg_per_week: float
    """Carbon dioxide of both, kg."""
    cost_by_item: CostByItem
    """Cost by item."""
    cost_by_payer: CostByPayer
    """Cost by payer, residents' trips included."""
    resident_trips_counted: bool
    """Whether the goal's cost counts residents' trips."""
    co2_counted: bool
    """Whether the goal's cost counts carbon dioxide."""
    cost_ore_per_week: int
    """The goal's cost, öre a week."""
    cost_ore_per_parcel: float | None
    """The goal's cost without that of home orders (`cost_ore` of their rows), over the parcels that
    have a pickup point; none if there are none."""
    cost_ore_per_home_delivery: float | None
    """Cost of the home orders delivered to the door, by run, by van and as today, each; none if
    there are none."""
    distances_used: int
    """Road distances used: villages to their pickup points, legs of detours, drives of vans."""
    distances_estimated: int
    """Those of them that are estimates rather than given."""
    village_rows: tuple[VillageRow, ...]
    """Every village."""
    pickup_point_rows: tuple[PickupPointRow, ...]
    """Every site with a box and every agent where a village collects or a run serves."""
    run_rows: tuple[RunRow, ...]
    """Every run in use."""
    run_day_rows: tuple[RunDayRow, ...]
    """Every run-day in use."""
    home_orders: OrderCounts
    """Home orders by what becomes of them."""
    vans: VanFigures
    """What vans drive."""
    home_delivery: HomeDeliveryFigures
    """Who pays for home delivery."""
    home_rows: tuple[HomeRow, ...]
    """Every home order."""
    van_rows: tuple[VanRow, ...]
    """Every van of the scenario, also those that do not drive."""
    van_day_rows: tuple[VanDayRow, ...]
    """Every van and day on which it drives."""


class Comparison(BaseModel):
    """A plan against today; every change is the plan's figure minus today's."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    newly_covered_inhabitants: int
    """Inhabitants covered by the plan and not today."""
    newly_covered_inhabitants_65: int
    """Those of 65 years or more, of villages where their number is known."""
    coverage_share_change: float
    """Change of the coverage share."""
    mean_distance_km_change: float | None
    """Change of the mean distance to the pickup point, km; none if one of them is not known."""
    resident_car_km_per_week_change: float
    """Change of residents' kilometres by car."""
    detour_km_per_week_change: float
    """Change of extra kilometres of runs."""
    co2_kg_per_week_change: float
    """Change of carbon dioxide, kg."""
    cost_above_today_ore_per_week: int
    """Cost above today as the goal counts it, öre a week."""
    cost_above_today_sek_per_year: float
    """The same, SEK a year."""
    cost_above_today_sek_per_newly_covered_year: float | None
    """The same for each newly covered inhabitant, SEK a year; none if there are none."""
