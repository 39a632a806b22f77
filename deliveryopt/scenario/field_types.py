"""Types that fields of a scenario share: days, coordinates, money, clock times, texts and ids."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from deliveryopt.scenario.text import identifier, one_line

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Tag = Literal["measured", "official", "derived", "assumed"]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Share = Annotated[float, Field(ge=0, le=1)]
Money = Annotated[float, Field(ge=0, le=1e9)]
Clock = Annotated[int, Field(ge=0, le=72 * 60)]
Count = Annotated[int, Field(ge=0, le=10_000_000)]
Text = Annotated[str, Field(max_length=10_000), BeforeValidator(one_line)]
Identifier = Annotated[str, Field(min_length=1, max_length=200), BeforeValidator(identifier)]
