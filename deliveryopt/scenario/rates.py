"""Rates of demand, sizes, dwell, residents' trips and carbon dioxide."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from deliveryopt.scenario.field_types import Share


class Rates(BaseModel):
    """Demand, sizes, dwell, residents' trips and carbon dioxide."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    parcels_per_inhabitant_per_year: Annotated[float, Field(ge=0, le=1000)] = 18.7
    """Parcels a person receives a year, all ways of delivery."""
    rural_multiplier: Annotated[float, Field(ge=0, le=10)] = 1.0
    """Rural over national demand."""
    out_of_home_share: Share = 0.55
    """Share of parcels collected at an agent or in a box."""
    not_boxable_share: Share = 0.08
    """Share of those that no box takes: too large, chilled, dangerous."""
    share_s: Share = 0.57
    """Share of small parcels among those that a box takes."""
    share_m: Share = 0.31
    """Share of medium parcels among those that a box takes."""
    share_l: Share = 0.12
    """Share of large parcels among those that a box takes."""
    share_mon: Share = 0.2
    """Share of the week's parcels ready on Monday."""
    share_tue: Share = 0.2
    """Share of the week's parcels ready on Tuesday."""
    share_wed: Share = 0.2
    """Share of the week's parcels ready on Wednesday."""
    share_thu: Share = 0.2
    """Share of the week's parcels ready on Thursday."""
    share_fri: Share = 0.2
    """Share of the week's parcels ready on Friday."""
    share_sat: Share = 0.0
    """Share of the week's parcels ready on Saturday."""
    share_sun: Share = 0.0
    """Share of the week's parcels ready on Sunday."""
    parcel_litres_s: Annotated[float, Field(ge=0, le=1000)] = 6.0
    """Volume of a small parcel, litres."""
    parcel_litres_m: Annotated[float, Field(ge=0, le=1000)] = 20.0
    """Volume of a medium parcel, litres."""
    parcel_litres_l: Annotated[float, Field(ge=0, le=1000)] = 60.0
    """Volume of a large parcel, litres."""
    parcel_kg_s: Annotated[float, Field(ge=0, le=1000)] = 2.0
    """Weight of a small parcel, kg."""
    parcel_kg_m: Annotated[float, Field(ge=0, le=1000)] = 2.0
    """Weight of a medium parcel, kg."""
    parcel_kg_l: Annotated[float, Field(ge=0, le=1000)] = 2.0
    """Weight of a large parcel, kg."""
    collected_first_day_share: Share = 0.5
    """Share of the parcels in a box that is collected by the end of each day."""
    max_dwell_days: Annotated[int, Field(ge=1, le=7)] = 3
    """Days, the day of delivery included, after which a parcel is taken back."""
    dedicated_trip_share: Share = 0.35
    """Share of collected parcels for which a resident makes a trip of its own."""
    car_beyond_km: Annotated[float, Field(ge=0, le=100)] = 0.8
    """Residents take the car beyond this distance, km."""
    car_sek_per_km: Annotated[float, Field(ge=0, le=1000)] = 2.5
    """Cost of a resident's car."""
    car_speed_kmh: Annotated[float, Field(gt=0, le=200)] = 60.0
    """Speed of a resident's car, km/h."""
    walk_speed_kmh: Annotated[float, Field(gt=0, le=50)] = 4.8
    """Speed of a resident on foot, km/h."""
    resident_sek_per_h: Annotated[float, Field(ge=0, le=10_000)] = 75.0
    """Value of a resident's time."""
    car_co2_g_per_km: Annotated[float, Field(ge=0, le=10_000)] = 140.0
    """Carbon dioxide of a resident's car."""
    co2_sek_per_kg: Annotated[float, Field(ge=0, le=10_000)] = 7.0
    """Value of carbon dioxide."""
