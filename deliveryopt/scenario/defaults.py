"""Where each default number comes from, and every number that a scenario stands on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pydantic import BaseModel

from deliveryopt.scenario.field_types import Tag
from deliveryopt.scenario.fields import CLOCK_FIELDS
from deliveryopt.scenario.home_delivery import HomeOrder
from deliveryopt.scenario.schema import Provenance, Scenario

_Note = tuple[str, Tag, float | None, float | None]

_CHOSEN: Final = "chosen so that the model runs"
_LOCAL: Final = f"{_CHOSEN}; set it locally"
_INDEX: Final = "industry parcel index 2023"
_SIZES: Final = (
    "no Swedish source found; small, medium, large, oversize 55/30/12/3 %, oversize left out"
)
_VAN_SPEED: Final = "a van's speed outside villages"
_RURAL_FEED: Final = "rural bus feed, by straight-line distance 1-5, 5-20, 20-50 km"
_WEEKDAYS: Final = f"equal on five weekdays, {_CHOSEN}"

_RULES: Final[Mapping[str, _Note]] = {
    "max_lead_days": (
        "the next operating day, a common promise; " + _CHOSEN,
        "assumed",
        None,
        None,
    ),
    "min_deliveries_per_week": (_CHOSEN, "assumed", None, None),
    "max_transfers": (_CHOSEN, "assumed", None, None),
    "transfer_min": (_CHOSEN, "assumed", None, None),
    "on_stop_radius_m": (_CHOSEN, "assumed", None, None),
    "max_points_per_detour": (_CHOSEN, "assumed", None, None),
    "detour_factor": (
        f"{_RURAL_FEED}: 1.40, 1.26, 1.18; European cities 1.34; 1.5 and more by lakes",
        "derived",
        1.2,
        1.6,
    ),
}
_RATES: Final[Mapping[str, _Note]] = {
    "parcels_per_inhabitant_per_year": (
        f"{_INDEX}: 197.4 million e-commerce parcels over 10.55 million inhabitants",
        "derived",
        10,
        30,
    ),
    "rural_multiplier": ("no rural figure found", "assumed", 0.8, 1.2),
    "out_of_home_share": (f"{_INDEX}: agent 43 % and box 12 %", "official", None, None),
    "not_boxable_share": (
        "carriers exclude animals, dangerous, chilled and hot goods",
        "assumed",
        0.03,
        0.15,
    ),
    **{f"share_{size}": (_SIZES, "assumed", None, None) for size in "sml"},
    **{
        f"share_{day}": (_WEEKDAYS, "assumed", None, None)
        for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    },
    **{f"parcel_litres_{size}": ("no source", "assumed", None, None) for size in "sml"},
    **{f"parcel_kg_{size}": ("no source; one mean for all", "assumed", 1, 5) for size in "sml"},
    "collected_first_day_share": ("Norwegian post: over half", "official", 0.4, 0.7),
    "max_dwell_days": ("boxes abroad 2 to 7 days", "assumed", None, None),
    "dedicated_trip_share": (
        "trips made only to collect; decides the sign of rural CO2",
        "assumed",
        0.1,
        0.7,
    ),
    "car_beyond_km": ("no source", "assumed", None, None),
    "car_sek_per_km": ("tax-free mileage for a private car, 2023-25", "official", None, None),
    "car_speed_kmh": (f"as {_VAN_SPEED}", "assumed", None, None),
    "walk_speed_kmh": ("no source", "assumed", None, None),
    "resident_sek_per_h": ("unverified recollection", "assumed", 60, 110),
    "car_co2_g_per_km": ("new EU cars 2022: 108.2 (official)", "assumed", 108, 180),
    "co2_sek_per_kg": ("Trafikverket 2020 (ASEK 7); later unchecked", "official", 1.7, 7),
}
_EVERY_RUN: Final[Mapping[str, _Note]] = {
    "capacity_parcels": ("the hold of a bus", "assumed", None, None),
    "delay_budget_min": (_LOCAL, "assumed", None, None),
    "stop_min": ("a stop of a bus or library bus", "assumed", 1, 6),
    "parcel_s": ("0.7 minutes for each parcel", "assumed", 30, 90),
    "speed_kmh": (f"{_RURAL_FEED}: medians 30, 47, 59", "assumed", 30, 59),
    "sek_per_stop": ("no figure found; agreed with the operator", "assumed", None, None),
    "sek_per_detour_km": ("a bus on a detour; on its route 0", "assumed", None, None),
    "sek_per_minute": ("a bus that stops or drives longer", "assumed", None, None),
    "sek_per_parcel": ("no figure found; agreed with the operator", "assumed", None, None),
    "co2_g_per_detour_km": (
        "a bus on a detour, on its route 0; unverified recollection",
        "assumed",
        None,
        None,
    ),
}
_VAN_KM: Final[_Note] = ("a van's distance cost", "assumed", 3, 6)
_VAN_CO2: Final[_Note] = ("diesel van; new EU vans 2022: 183.8 (official)", "assumed", 160, 260)
_BY_KIND: Final[Mapping[str, Mapping[str, _Note]]] = {
    "school_bus": {
        "capacity_parcels": ("a separate hold, taken as a minibus's", "assumed", None, None),
        "delay_budget_min": (f"0 to 2, {_LOCAL}", "assumed", 0, 2),
    },
    "home_care": {
        "capacity_parcels": ("a care car", "assumed", None, None),
        "stop_min": ("a stop of a care car", "assumed", 1, 6),
        "speed_kmh": (f"as {_VAN_SPEED}", "assumed", None, None),
        "sek_per_detour_km": ("taken as a van's distance cost", "assumed", 3, 6),
        "sek_per_minute": (
            "550 SEK/h; 506.70 in rural Jönköping 2016, mean 377, range 278-475 (official)",
            "assumed",
            7.5,
            10.83,
        ),
        "co2_g_per_detour_km": ("private car; new EU cars 2022: 108.2", "assumed", 108, 180),
    },
    "library_bus": {"capacity_parcels": ("a library bus", "assumed", None, None)},
    "meal_van": {
        "capacity_parcels": ("a meal van", "assumed", None, None),
        "stop_min": ("a stop of a van", "assumed", 1, 6),
        "speed_kmh": (_VAN_SPEED, "assumed", None, None),
        "sek_per_detour_km": _VAN_KM,
        "sek_per_minute": (
            "400 SEK/h; upper anchor taxi 542 SEK/h (official)",
            "assumed",
            5.5,
            9.17,
        ),
        "co2_g_per_detour_km": _VAN_CO2,
    },
    "minibus": {
        "capacity_parcels": ("a minibus", "assumed", None, None),
        "speed_kmh": (f"as {_VAN_SPEED}", "assumed", None, None),
        "sek_per_detour_km": _VAN_KM,
        "sek_per_minute": ("as a bus", "assumed", None, None),
        "co2_g_per_detour_km": _VAN_CO2,
    },
    "other": {},
    "bus": {},
}
_VAN: Final[Mapping[str, _Note]] = {
    "shift_start_min": (_LOCAL, "assumed", None, None),
    "shift_end_min": (_LOCAL, "assumed", None, None),
    "max_trips": (_CHOSEN, "assumed", None, None),
    "load_min": (_CHOSEN, "assumed", None, None),
    "stop_min": ("a stop of a van", "assumed", 1, 6),
    "capacity_parcels": ("a van", "assumed", None, None),
    "speed_kmh": (_VAN_SPEED, "assumed", None, None),
    "sek_per_day": ("no figure found; agreed with whoever drives", "assumed", None, None),
    "sek_per_km": _VAN_KM,
    "sek_per_h": (
        "a van and its driver; upper anchor taxi 542 SEK/h (official)",
        "assumed",
        330,
        550,
    ),
    "co2_g_per_km": _VAN_CO2,
}
_HOME_DELIVERY: Final[Mapping[str, _Note]] = {
    "unserved_sek": (
        f"{_CHOSEN}; well above the 100 to 200 SEK that municipalities pay (official)",
        "assumed",
        None,
        None,
    ),
    "customer_fee_sek": ("none in Kalix; elsewhere 20 to 30 SEK (official)", "official", 0, 30),
    "shop_share_sek": ("no figure found; agreed with the shop", "assumed", None, None),
    "max_per_household_week": ("Kalix 2, other municipalities 1", "official", 1, 2),
}
_HOMES: Final[Mapping[str, _Note]] = {
    "litres": ("an order of groceries a week; no source", "assumed", None, None),
    "kg": ("an order of groceries a week; no source", "assumed", None, None),
    "earliest_min": (_LOCAL, "assumed", None, None),
    "latest_min": (_LOCAL, "assumed", None, None),
    "service_min": ("time at the door; no source", "assumed", None, None),
    "box_sek": ("no figure found; agreed with the shop", "assumed", None, None),
}

_UNITS_BY_START: Final = {
    "share_": "share",
    "parcel_litres_": "litres",
    "parcel_kg_": "kg",
    "compartments_": "compartments",
    "min_deliveries_": "days/week",
    "max_points_": "points",
    "max_boxes": "boxes",
    "max_transfers": "transfers",
    "max_trips": "trips",
    "max_per_household_": "deliveries/week",
    "parcels_per_inhabitant_": "parcels/inhabitant/year",
}
_UNITS_BY_END: Final = {
    **dict.fromkeys(CLOCK_FIELDS, "HH:MM"),
    "co2_g_per_detour_km": "g/km",
    "g_per_km": "g/km",
    "sek_per_detour_km": "SEK/km",
    "sek_per_km": "SEK/km",
    "sek_per_minute": "SEK/min",
    "sek_per_parcel": "SEK/parcel",
    "sek_per_stop": "SEK/stop",
    "sek_per_year": "SEK/year",
    "sek_per_day": "SEK/day",
    "sek_per_h": "SEK/h",
    "sek_per_kg": "SEK/kg",
    "_kmh": "km/h",
    "_km": "km",
    "_m": "m",
    "_min": "min",
    "_s": "s",
    "_days": "days",
    "_share": "share",
    "litres": "litres",
    "_parcels": "parcels",
    "kg": "kg",
    "_sek": "SEK",
}


def _default_provenance() -> Iterator[Provenance]:
    """Yield source and tag of each default."""
    kinds = (
        (f"run_kinds.{kind}.", {**_EVERY_RUN, **own}) for kind, own in sorted(_BY_KIND.items())
    )
    homes = (("vans.", _VAN), ("home_delivery.", _HOME_DELIVERY), ("homes.", _HOMES))
    for prefix, notes in (("rules.", _RULES), ("rates.", _RATES), *kinds, *homes):
        for name, (source, tag, low, high) in notes.items():
            yield Provenance(field=prefix + name, source=source, tag=tag, low=low, high=high)


DEFAULT_PROVENANCE: Final[Mapping[str, Provenance]] = MappingProxyType(
    {about.field: about for about in _default_provenance()}
)
"""Source and tag of every default number, by dotted name; those of a van as `vans.speed_kmh`,
those of a home order as `homes.litres`."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number that a scenario stands on."""

    name: str
    """Dotted name, such as `rates.car_sek_per_km`."""
    value: float
    """Value."""
    unit: str
    """Unit; empty if it has none."""
    source: str
    """Where it comes from; empty if not given."""
    tag: Tag | None
    """How sure it is; None if not given."""
    low: float | None
    """Lowest plausible value, if given."""
    high: float | None
    """Highest plausible value, if given."""
    is_default: bool
    """Whether it is the default of the format, with the default's own source."""


def unit_of(name: str) -> str:
    """Return the unit that a field's name carries.

    Examples
    --------
    >>> unit_of("sek_per_year"), unit_of("share_m"), unit_of("on_stop_radius_m")
    ('SEK/year', 'share', 'm')
    """
    for start, unit in _UNITS_BY_START.items():
        if name.startswith(start):
            return unit
    return next((unit for end, unit in _UNITS_BY_END.items() if name.endswith(end)), "")


def parameters(scenario: Scenario) -> tuple[Parameter, ...]:
    """Return every number of goal, rules, rates, box types, vans and the run kinds that are used.

    Where there are home orders, also those of home delivery and the defaults that orders take.

    Returns
    -------
    tuple of Parameter
        Sorted by name; numbers that are not given are left out. Clock times are minutes after
        00:00 and have the unit `HH:MM`.
    """
    return tuple(sorted(_parameters(scenario), key=lambda parameter: parameter.name))


def _parameters(scenario: Scenario) -> Iterator[Parameter]:
    own = {about.field: about for about in scenario.provenance}
    yield from _numbers("goal.", scenario.goal, own)
    yield from _numbers("rules.", scenario.rules, own)
    for limit in scenario.rules.max_boxes_per_operator:
        yield from _numbers(f"rules.max_boxes_per_operator.{limit.operator}.", limit, own)
    yield from _numbers("rates.", scenario.rates, own)
    for kind in sorted({run.kind for run in scenario.runs}):
        yield from _numbers(f"run_kinds.{kind}.", getattr(scenario.run_kinds, kind), own)
    for box in scenario.box_types:
        yield from _numbers(f"box_types.{box.id}.", box, own)
    for van in scenario.vans:
        yield from _numbers(f"vans.{van.id}.", van, own, general="vans.")
    if scenario.homes:
        yield from _numbers("home_delivery.", scenario.home_delivery, own)
        yield from _home_defaults(scenario)


def _home_defaults(scenario: Scenario) -> Iterator[Parameter]:
    """Yield the defaults that one home order at least has."""
    defaults = HomeOrder(id="default", days=("mon",))
    for parameter in _numbers("homes.", defaults, {}):
        name = parameter.name.removeprefix("homes.")
        if any(getattr(order, name) == parameter.value for order in scenario.homes):
            yield parameter


def _numbers(
    prefix: str, model: BaseModel, own: Mapping[str, Provenance], *, general: str = ""
) -> Iterator[Parameter]:
    """Yield the numbers of one section; `general` starts the names of its defaults if not prefix.

    A van's own numbers are `vans.ID.NAME`, and its defaults are told of all vans.
    """
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            continue
        dotted = prefix + name
        is_default = dotted not in own and not info.is_required() and value == info.default
        about = own.get(dotted)
        if about is None and is_default:
            about = DEFAULT_PROVENANCE.get((general or prefix) + name)
        yield Parameter(
            name=dotted,
            value=value,
            unit=unit_of(name),
            source="" if about is None else about.source,
            tag=None if about is None else about.tag,
            low=None if about is None else about.low,
            high=None if about is None else about.high,
            is_default=is_default,
        )
