"""Home orders (*hemsändning*) and the terms on which a municipality pays for them."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from deliveryopt.scenario.field_types import (
    Clock,
    Day,
    Identifier,
    Latitude,
    Longitude,
    Money,
    Share,
)
from deliveryopt.scenario.terms import Goods, NoBypass, Size


class HomeOrder(BaseModel):
    """One delivery a week that should come to the door of one household."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    id: Identifier
    """Pseudonym of the order, unique among all places; never a name or an address."""
    household: Identifier | None = None
    """Pseudonym of the household; empty means that the order is its household's only one."""
    place_id: Identifier | None = None
    """Place where the home is, for example its village; empty if coordinates are given."""
    lat_deg: Latitude | None = None
    """Latitude, WGS 84 degrees (column `lat`); empty if a place is given."""
    lon_deg: Longitude | None = None
    """Longitude, WGS 84 degrees (column `lon`); empty if a place is given."""
    goods: Goods = "grocery"
    """What is delivered."""
    litres: Annotated[float, Field(ge=0, le=10_000)] = 35.0
    """Volume, litres."""
    kg: Annotated[float, Field(ge=0, le=10_000)] = 15.0
    """Weight, kg."""
    days: Annotated[tuple[Day, ...], Field(min_length=1)]
    """Days on which it may be delivered, one of which is chosen."""
    earliest_min: Clock = 480
    """Earliest time at the door, minutes after 00:00 (column `earliest`, HH:MM)."""
    latest_min: Clock = 1080
    """Latest time at the door, minutes after 00:00 (column `latest`, HH:MM)."""
    service_min: Annotated[int, Field(ge=0, le=240)] = 4
    """Minutes at the door."""
    origin: Identifier | None = None
    """Depot or shop that the goods come from; empty means the shop nearest by road."""
    cold_chain_min: Annotated[int, Field(ge=0, le=1440)] | None = None
    """Most minutes from the origin to the door in a vehicle that is not chilled; empty means no
    limit."""
    needs_entry: bool = False
    """Yes if whoever delivers must go into the home."""
    box_size: Size | None = None
    """Size of the parcel if the customer would also collect it at a pickup point; empty means
    home only."""
    box_sek: Annotated[float, Field(ge=0, le=100_000)] = 0.0
    """What the order costs when it is collected at a pickup point, besides the point's fee."""
    today_sek: Annotated[float, Field(ge=0, le=100_000)] | None = None
    """What the municipality pays for the delivery today; empty if it is not delivered today."""
    real: bool = True
    """No if the order is assumed rather than known."""


class HomeDelivery(BaseModel):
    """How home delivery is paid, and what it costs not to deliver."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    no_bypass: NoBypass = "warning"
    """Whether groceries must come from the shop nearest by road: `rule`, `warning` or `off`."""
    unserved_sek: Money = 500.0
    """What an order counts as cost if nobody delivers it and nobody does today."""
    customer_fee_sek: Annotated[float, Field(ge=0, le=10_000)] = 0.0
    """What the household pays for a delivery."""
    shop_share_sek: Annotated[float, Field(ge=0, le=10_000)] = 0.0
    """What the shop pays for a delivery of groceries."""
    max_per_household_week: Annotated[int, Field(ge=0, le=14)] = 2
    """Deliveries a household and week for which the state pays a grant."""
    grant_share: Share | None = None
    """The state's share of the municipality's net cost; empty means the rules of the year."""
    grant_cap_sek: Money | None = None
    """Most that the state pays for a household and occasion; empty means the rules of the year."""
