"""On which terms a run carries parcels, by kind of run.

Defaults stand here once; `deliveryopt/scenario/defaults.py` names their sources and tags.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Size = Literal["S", "M", "L"]
SIZES: tuple[Size, ...] = ("S", "M", "L")
Payer = Literal["municipality", "region", "carrier", "residents", "shop"]
Goods = Literal["parcel", "grocery", "pharmacy", "meal"]
NoBypass = Literal["rule", "warning", "off"]
RunKindName = Literal[
    "bus", "school_bus", "home_care", "library_bus", "meal_van", "minibus", "other"
]


class RunTerms(BaseModel):
    """Terms on which a run carries parcels."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    capacity_litres: Annotated[float, Field(ge=0, le=1e6)] | None = None
    """Free room for parcels, litres; empty means not limited by volume."""
    capacity_parcels: Annotated[int, Field(ge=0, le=100_000)] | None = 30
    """Free room for parcels, parcels; empty means not limited by number."""
    capacity_kg: Annotated[float, Field(ge=0, le=1e6)] | None = None
    """Free load for parcels, kg; empty means not limited by weight."""
    delay_budget_min: Annotated[float, Field(ge=0, le=600)] = 3.0
    """Most minutes that parcels may delay the run."""
    stop_min: Annotated[float, Field(ge=0, le=120)] = 2.0
    """Minutes that one stop at a pickup point takes."""
    parcel_s: Annotated[float, Field(ge=0, le=3600)] = 42.0
    """Seconds that handling one parcel takes, other than loading at the depot."""
    may_detour: bool = True
    """Whether the run may leave its road."""
    max_size: Size = "L"
    """Largest parcel size it may carry."""
    speed_kmh: Annotated[float, Field(gt=0, le=200)] = 45.0
    """Speed on detours, km/h."""
    sek_per_stop: Annotated[float, Field(ge=0, le=100_000)] = 0.0
    """Cost of one stop at a pickup point."""
    sek_per_detour_km: Annotated[float, Field(ge=0, le=10_000)] = 12.0
    """Cost of one detour kilometre."""
    sek_per_minute: Annotated[float, Field(ge=0, le=10_000)] = 10.0
    """Cost of one extra minute, driving and stopping."""
    sek_per_parcel: Annotated[float, Field(ge=0, le=10_000)] = 0.0
    """Cost of carrying one parcel."""
    co2_g_per_detour_km: Annotated[float, Field(ge=0, le=100_000)] = 900.0
    """Carbon dioxide of one detour kilometre, g."""
    payer: Payer = "region"
    """Who pays for the run."""
    carries_home_parcels: bool = False
    """Whether it may carry parcels to homes."""
    carries_groceries: bool = False
    """Whether it may carry groceries to homes."""
    carries_pharmacy: bool = False
    """Whether it may carry medicines to homes."""
    carries_meals: bool = False
    """Whether it may carry meals to homes."""
    may_enter_homes: bool = False
    """Whether its driver may enter homes."""
    chilled: bool = False
    """Whether its hold is kept cold or hot, so that no cold-chain limit counts."""


class SchoolBusTerms(RunTerms):
    """Terms of a school bus: a separate hold and no time to spare."""

    capacity_parcels: Annotated[int, Field(ge=0, le=100_000)] | None = 12
    delay_budget_min: Annotated[float, Field(ge=0, le=600)] = 2.0
    may_detour: bool = False
    payer: Payer = "municipality"


class HomeCareTerms(RunTerms):
    """Terms of a home-care round: a small car."""

    capacity_parcels: Annotated[int, Field(ge=0, le=100_000)] | None = 6
    delay_budget_min: Annotated[float, Field(ge=0, le=600)] = 10.0
    stop_min: Annotated[float, Field(ge=0, le=120)] = 3.0
    max_size: Size = "M"
    speed_kmh: Annotated[float, Field(gt=0, le=200)] = 60.0
    sek_per_detour_km: Annotated[float, Field(ge=0, le=10_000)] = 4.0
    sek_per_minute: Annotated[float, Field(ge=0, le=10_000)] = 9.17
    co2_g_per_detour_km: Annotated[float, Field(ge=0, le=100_000)] = 140.0
    payer: Payer = "municipality"
    carries_home_parcels: bool = True
    carries_groceries: bool = True
    carries_meals: bool = True
    may_enter_homes: bool = True


class LibraryBusTerms(RunTerms):
    """Terms of a library bus."""

    capacity_parcels: Annotated[int, Field(ge=0, le=100_000)] | None = 15
    delay_budget_min: Annotated[float, Field(ge=0, le=600)] = 10.0
    payer: Payer = "municipality"


class MealVanTerms(RunTerms):
    """Terms of a meal van."""

    capacity_parcels: Annotated[int, Field(ge=0, le=100_000)] | None = 25
    delay_budget_min: Annotated[float, Field(ge=0, le=600)] = 5.0
    stop_min: Annotated[float, Field(ge=0, le=120)] = 3.0
    speed_kmh: Annotated[float, Field(gt=0, le=200)] = 60.0
    sek_per_detour_km: Annotated[float, Field(ge=0, le=10_000)] = 4.0
    sek_per_minute: Annotated[float, Field(ge=0, le=10_000)] = 6.67
    co2_g_per_detour_km: Annotated[float, Field(ge=0, le=100_000)] = 200.0
    payer: Payer = "municipality"
    carries_home_parcels: bool = True
    carries_groceries: bool = True
    carries_meals: bool = True


class MinibusTerms(RunTerms):
    """Terms of a minibus, for example on demand."""

    capacity_parcels: Annotated[int, Field(ge=0, le=100_000)] | None = 12
    delay_budget_min: Annotated[float, Field(ge=0, le=600)] = 5.0
    speed_kmh: Annotated[float, Field(gt=0, le=200)] = 60.0
    sek_per_detour_km: Annotated[float, Field(ge=0, le=10_000)] = 4.0
    co2_g_per_detour_km: Annotated[float, Field(ge=0, le=100_000)] = 200.0


class RunKinds(BaseModel):
    """Terms of each kind of run."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    bus: RunTerms = RunTerms()
    """Scheduled bus."""
    school_bus: SchoolBusTerms = SchoolBusTerms()
    """School bus."""
    home_care: HomeCareTerms = HomeCareTerms()
    """Home-care round between localities."""
    library_bus: LibraryBusTerms = LibraryBusTerms()
    """Library bus."""
    meal_van: MealVanTerms = MealVanTerms()
    """Meal van."""
    minibus: MinibusTerms = MinibusTerms()
    """Minibus or taxi, for example on demand."""
    other: RunTerms = RunTerms()
    """Any other vehicle that drives anyway."""
