"""Where default numbers come from, and the list of numbers that reports print."""

from pathlib import Path

import pytest

from deliveryopt.scenario.defaults import DEFAULT_PROVENANCE, Parameter, parameters, unit_of
from deliveryopt.scenario.home_delivery import HomeDelivery, HomeOrder
from deliveryopt.scenario.load import load_scenario
from deliveryopt.scenario.rates import Rates
from deliveryopt.scenario.schema import Rules
from deliveryopt.scenario.terms import RunKinds
from deliveryopt.scenario.vans import Van
from tests.scenario.base_folder import change, write_base
from tests.scenario.homes_folder import write_homes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_base(tmp_path / "base")


def by_name(folder: Path) -> dict[str, Parameter]:
    return {parameter.name: parameter for parameter in parameters(load_scenario(folder))}


def _default_numbers() -> dict[str, float]:
    sections = {"rates.": Rates(), "rules.": Rules(reach_km=1)}
    sections |= {"vans.": Van(id="van", base="terminal"), "home_delivery.": HomeDelivery()}
    sections |= {"homes.": HomeOrder(id="order", days=("mon",))}
    sections |= {f"run_kinds.{kind}.": terms for kind, terms in RunKinds()}
    return {
        prefix + name: value
        for prefix, model in sections.items()
        for name, value in model
        if isinstance(value, int | float) and not isinstance(value, bool)
        if not type(model).model_fields[name].is_required()
    }


def test_every_default_number_has_a_source_and_a_tag() -> None:
    assert set(DEFAULT_PROVENANCE) == set(_default_numbers())
    assert all(about.source and about.tag for about in DEFAULT_PROVENANCE.values())


def test_no_default_lies_outside_its_own_range() -> None:
    for name, value in _default_numbers().items():
        about = DEFAULT_PROVENANCE[name]

        assert about.low is None or about.low <= value, name
        assert about.high is None or value <= about.high, name


def test_a_default_comes_with_its_source(folder: Path) -> None:
    parameter = by_name(folder)["rates.parcels_per_inhabitant_per_year"]

    assert (parameter.value, parameter.unit) == (18.7, "parcels/inhabitant/year")
    assert (parameter.tag, parameter.low, parameter.high) == ("derived", 10, 30)
    assert parameter.is_default


def test_a_number_with_its_own_source_keeps_it(folder: Path) -> None:
    parameter = by_name(folder)["run_kinds.bus.capacity_parcels"]

    assert parameter == Parameter(
        name="run_kinds.bus.capacity_parcels",
        value=8,
        unit="parcels",
        source="the operator",
        tag="measured",
        low=5,
        high=10,
        is_default=False,
    )


def test_a_number_without_source_does_not_borrow_the_source_of_the_default(folder: Path) -> None:
    change(folder, "scenario.yaml", "goal:", "rates: {car_sek_per_km: 3}\ngoal:")

    parameter = by_name(folder)["rates.car_sek_per_km"]

    assert (parameter.value, parameter.source, parameter.tag) == (3, "", None)
    assert not parameter.is_default


def test_only_kinds_that_drive_and_numbers_that_are_given_are_listed(folder: Path) -> None:
    names = set(by_name(folder))

    assert not any(name.startswith("run_kinds.school_bus") for name in names)
    assert "run_kinds.bus.capacity_kg" not in names
    assert "run_kinds.bus.may_detour" not in names
    assert {"goal.coverage_share", "rules.reach_km", "box_types.small.sek_per_year"} <= names


def test_every_number_that_has_a_unit_shows_it(folder: Path) -> None:
    without = {name for name, parameter in by_name(folder).items() if not parameter.unit}

    assert without == {"rules.detour_factor", "rates.rural_multiplier"}


def test_a_van_has_its_own_numbers_and_those_of_every_van(tmp_path: Path) -> None:
    found = by_name(write_homes(tmp_path / "homes"))

    own, default = found["vans.skåpbil.capacity_litres"], found["vans.skåpbil.sek_per_km"]
    assert (own.value, own.unit, own.source, own.tag) == (3000, "litres", "the dealer", "official")
    assert not own.is_default
    assert (default.value, default.unit, default.tag) == (4.0, "SEK/km", "assumed")
    assert (default.low, default.high, default.is_default) == (3, 6, True)
    assert found["vans.skåpbil.sek_per_h"].high == 550
    assert found["vans.skåpbil.shift_end_min"].unit == "HH:MM"
    assert found["vans.skåpbil.max_trips"].source == ""
    assert "vans.skåpbil.capacity_parcels" not in found


def test_terms_of_home_delivery_are_listed_where_there_are_orders(
    folder: Path, tmp_path: Path
) -> None:
    found = by_name(write_homes(tmp_path / "homes"))

    unserved = found["home_delivery.unserved_sek"]
    assert (unserved.value, unserved.unit, unserved.source) == (600, "SEK", "the council")
    assert found["home_delivery.max_per_household_week"].tag == "official"
    assert found["home_delivery.grant_cap_sek"].source == ""
    assert not any(name.startswith(("home", "vans")) for name in by_name(folder))


def test_defaults_that_no_order_takes_are_not_listed(tmp_path: Path) -> None:
    folder = write_homes(tmp_path / "homes")
    litres = by_name(folder)["homes.litres"]
    assert (litres.value, litres.tag, litres.is_default) == (35, "assumed", True)

    change(folder, "homes.csv", "parcel,,", "parcel,10,")
    names = set(by_name(folder))

    assert {name for name in names if name.startswith("homes.")} == {
        *("homes.kg", "homes.earliest_min", "homes.latest_min", "homes.service_min"),
        "homes.box_sek",
    }


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("sek_per_day", "SEK/day"),
        ("unserved_sek", "SEK"),
        ("max_trips", "trips"),
        ("max_per_household_week", "deliveries/week"),
        ("shift_start_min", "HH:MM"),
        ("cold_chain_min", "min"),
        ("kg", "kg"),
        ("share_mon", "share"),
        ("parcel_kg_m", "kg"),
        ("parcel_litres_s", "litres"),
        ("parcel_s", "s"),
        ("compartments_m", "compartments"),
        ("max_lead_days", "days"),
        ("sek_per_minute", "SEK/min"),
        ("car_co2_g_per_km", "g/km"),
        ("walk_speed_kmh", "km/h"),
        ("car_beyond_km", "km"),
        ("budget_sek_per_year", "SEK/year"),
    ],
)
def test_units_are_read_from_names(name: str, unit: str) -> None:
    assert unit_of(name) == unit
