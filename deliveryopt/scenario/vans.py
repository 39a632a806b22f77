"""A van that drives for the plan: its base, shift, room, prices and what it may carry."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from deliveryopt.scenario.field_types import Clock, Day, Identifier, Text
from deliveryopt.scenario.terms import Payer, Size


class Van(BaseModel):
    """A van of the municipality, a shop or a carrier that drives only for deliveries."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    id: Identifier
    """Id, unique among vans."""
    name: Text = ""
    """Name."""
    operator: Text = ""
    """Who drives."""
    base: Identifier
    """Place where its day starts and ends."""
    origins: tuple[Identifier, ...] = ()
    """Depots and shops where it may load; empty means all."""
    days: tuple[Day, ...] = ()
    """Days on which it may drive; empty means all operating days."""
    shift_start_min: Clock = 480
    """Earliest departure from the base, minutes after 00:00 (written HH:MM)."""
    shift_end_min: Clock = 960
    """Latest return to the base, minutes after 00:00 (written HH:MM)."""
    max_trips: Annotated[int, Field(ge=1, le=10)] = 4
    """Most trips a day; a trip loads at one origin and comes back to it."""
    load_min: Annotated[int, Field(ge=0, le=240)] = 10
    """Minutes that loading takes at the start of a trip."""
    stop_min: Annotated[int, Field(ge=0, le=120)] = 3
    """Minutes that one stop at a pickup point takes, however many parcels it brings."""
    capacity_litres: Annotated[float, Field(ge=0, le=1e6)] | None = None
    """Room for goods, litres; empty means not limited by volume."""
    capacity_kg: Annotated[float, Field(ge=0, le=1e6)] | None = None
    """Load for goods, kg; empty means not limited by weight."""
    capacity_parcels: Annotated[int, Field(ge=0, le=100_000)] | None = 120
    """Room for parcels and home orders, pieces; empty means not limited by number."""
    max_size: Size = "L"
    """Largest parcel size that it brings to pickup points."""
    speed_kmh: Annotated[float, Field(gt=0, le=200)] = 60.0
    """Speed, km/h."""
    sek_per_day: Annotated[float, Field(ge=0, le=100_000)] = 0.0
    """Cost of a day on which it drives, besides kilometres and hours."""
    sek_per_km: Annotated[float, Field(ge=0, le=10_000)] = 4.0
    """Cost of a kilometre."""
    sek_per_h: Annotated[float, Field(ge=0, le=10_000)] = 400.0
    """Cost of an hour from leaving the base to coming back, waiting included."""
    feeds_points: bool = True
    """Whether it may bring parcels to pickup points."""
    carries_home_parcels: bool = True
    """Whether it may carry parcels to homes."""
    carries_groceries: bool = True
    """Whether it may carry groceries to homes."""
    carries_pharmacy: bool = True
    """Whether it may carry medicines to homes."""
    carries_meals: bool = True
    """Whether it may carry meals to homes."""
    may_enter_homes: bool = False
    """Whether its driver may enter homes."""
    chilled: bool = False
    """Whether its load is kept cold or hot, so that no cold-chain limit counts."""
    co2_g_per_km: Annotated[float, Field(ge=0, le=100_000)] = 200.0
    """Carbon dioxide of one kilometre, g."""
    payer: Payer = "municipality"
    """Who pays for it."""
