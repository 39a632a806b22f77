"""Saving home orders, vans and terms of home delivery, and loading what was saved."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliveryopt.errors import ScenarioError
from deliveryopt.scenario.field_types import Day
from deliveryopt.scenario.home_delivery import HomeDelivery, HomeOrder
from deliveryopt.scenario.load import in_order, load_scenario, scenario_hash
from deliveryopt.scenario.save import save_scenario
from deliveryopt.scenario.schema import Depot, Distance, Provenance, Scenario
from deliveryopt.scenario.text import identifier
from deliveryopt.scenario.vans import Van
from deliveryopt.units import DAYS
from tests.scenario.homes_folder import write_homes
from tests.scenario.test_save import ids, names, numbers, scenarios
from tests.strategies import replaced

lats = st.floats(min_value=55, max_value=69)
lons = st.floats(min_value=-20, max_value=20)
flags = st.booleans()
counts = st.integers(min_value=0, max_value=240)
pseudonyms = ids.map(lambda text: str(identifier(text)))


def _days(draw: st.DrawFn, first: Day) -> tuple[Day, ...]:
    more = draw(st.sets(st.sampled_from(DAYS)))
    return tuple(day for day in DAYS if day == first or day in more)


def _window(draw: st.DrawFn) -> tuple[int, int]:
    start, end = sorted(draw(st.sets(st.integers(0, 4320), min_size=2, max_size=2)))
    return start, end


def _order(draw: st.DrawFn, order_id: str, scenario: Scenario) -> HomeOrder:
    is_at_place = draw(flags)
    earliest, latest = _window(draw) if draw(flags) else (480, 1080)
    return HomeOrder(
        id=order_id,
        household=draw(st.none() | pseudonyms),
        place_id=scenario.villages[0].id if is_at_place else None,
        lat_deg=None if is_at_place else draw(lats),
        lon_deg=None if is_at_place else draw(lons),
        goods=draw(st.sampled_from(["parcel", "grocery", "pharmacy", "meal"])),
        litres=draw(numbers),
        kg=draw(st.just(15.0) | numbers),
        days=_days(draw, scenario.days[0]),
        earliest_min=earliest,
        latest_min=latest,
        service_min=draw(counts),
        origin=draw(st.sampled_from([None, *(depot.id for depot in scenario.depots)])),
        cold_chain_min=draw(st.none() | counts),
        needs_entry=draw(flags),
        box_size=draw(st.sampled_from([None, "S", "M", "L"])),
        box_sek=draw(numbers),
        today_sek=draw(st.none() | st.just(0.0) | numbers),
        real=draw(flags),
    )


def _van(draw: st.DrawFn, van_id: str, scenario: Scenario) -> Van:
    start, end = _window(draw) if draw(flags) else (480, 960)
    depots = [depot.id for depot in scenario.depots]
    return Van(
        id=van_id,
        name=draw(names),
        operator=draw(names),
        base=draw(st.sampled_from([*depots, scenario.villages[0].id, scenario.stops[0].id])),
        origins=tuple(draw(st.lists(st.sampled_from(depots), unique=True))),
        days=draw(st.sampled_from([(), scenario.days])),
        shift_start_min=start,
        shift_end_min=end,
        max_trips=draw(st.integers(1, 10)),
        capacity_litres=draw(st.none() | numbers),
        capacity_parcels=draw(st.none() | st.just(120) | counts),
        max_size=draw(st.sampled_from(["S", "L"])),
        sek_per_km=draw(st.just(4.0) | numbers),
        feeds_points=draw(flags),
        carries_meals=draw(flags),
        chilled=draw(flags),
        payer=draw(st.sampled_from(["municipality", "shop"])),
    )


@st.composite
def scenarios_with_homes(draw: st.DrawFn) -> Scenario:
    """Draw scenarios that are right, with a shop, home orders and vans."""
    scenario = draw(scenarios())
    taken = [village.id for village in scenario.villages] + [stop.id for stop in scenario.stops]
    taken += [point.id for point in scenario.pickup_points]
    taken += [depot.id for depot in scenario.depots]
    prefix = "x" * 3 * max(len(one) for one in taken)
    shop = Depot(id=f"{prefix}shop", name="", kind="shop", lat_deg=draw(lats), lon_deg=draw(lons))
    with_shop = scenario.model_copy(update={"depots": (*scenario.depots, shop)})
    orders = [
        _order(draw, f"{prefix}{draw(st.text('åé-', max_size=2))}{number}", with_shop)
        for number in range(draw(st.integers(0, 3)))
    ]
    van_ids = draw(st.lists(pseudonyms, max_size=2))
    vans = [_van(draw, f"{name}{number}", with_shop) for number, name in enumerate(van_ids)]
    terms = HomeDelivery(
        no_bypass=draw(st.sampled_from(["rule", "warning", "off"])),
        unserved_sek=draw(numbers),
        max_per_household_week=draw(st.integers(0, 14)),
        grant_share=draw(st.none() | st.just(0.0) | st.just(0.5)),
        grant_cap_sek=draw(st.none() | numbers),
    )
    abouts = [Provenance(field="home_delivery.grant_cap_sek", source=draw(names), tag="official")]
    abouts += [Provenance(field=f"vans.{van.id}.sek_per_h", source=draw(names)) for van in vans]
    distances = [
        Distance(from_id=shop.id, to_id=order.id, km=draw(st.none() | numbers))
        for order in orders
        if order.place_id is None
    ]
    changes = {
        "homes": tuple(orders),
        "vans": tuple(vans),
        "home_delivery": terms,
        "provenance": (*scenario.provenance, *abouts),
        "distances": (*scenario.distances, *distances),
    }
    return in_order(replaced(with_shop, **changes))


@settings(deadline=None, max_examples=60)
@given(scenario=scenarios_with_homes())
def test_what_is_saved_is_loaded_as_it_was(scenario: Scenario) -> None:
    with TemporaryDirectory() as folder:
        save_scenario(scenario, Path(folder))
        loaded = load_scenario(Path(folder))

    assert loaded == scenario
    assert scenario_hash(loaded) == scenario_hash(scenario)


@pytest.fixture
def scenario(tmp_path: Path) -> Scenario:
    return load_scenario(write_homes(tmp_path / "homes"))


def _saved(scenario: Scenario, tmp_path: Path) -> dict[str, str]:
    save_scenario(scenario, tmp_path / "saved", force=True)
    assert load_scenario(tmp_path / "saved") == scenario
    return {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "saved").iterdir()}


def test_only_what_is_given_is_written(scenario: Scenario, tmp_path: Path) -> None:
    texts = _saved(scenario, tmp_path)

    assert texts["homes.csv"].splitlines()[0] == (
        "id,household,place_id,lat,lon,goods,litres,kg,days,earliest,latest,service_min,origin,"
        "cold_chain_min,needs_entry,box_size,box_sek,today_sek,real"
    )
    assert texts["homes.csv"].splitlines()[2] == (
        "hem_02,,,65.16,22.17,parcel,,,mon tue wed thu fri,,,,terminal,,,,,,"
    )
    assert 'shift_start: "07:30"' in texts["scenario.yaml"]
    assert "capacity_parcels:\n" in texts["scenario.yaml"]
    assert "{value: 600, source: the council, tag: assumed}" in texts["scenario.yaml"]
    assert "sek_per_km" not in texts["scenario.yaml"]
    assert "grant_share" not in texts["scenario.yaml"]


def test_the_kind_of_a_depot_is_written_only_if_it_is_no_terminal(
    scenario: Scenario, tmp_path: Path
) -> None:
    head, *rows = _saved(scenario, tmp_path)["depots.csv"].splitlines()
    assert head.split(",")[2] == "kind"
    assert [row.split(",")[2] for row in rows] == ["shop", ""]

    terminals = tuple(replaced(depot, kind="terminal") for depot in scenario.depots)
    homes = tuple(replaced(order, origin="terminal") for order in scenario.homes)
    changed = replaced(scenario, depots=terminals, homes=homes)

    assert "kind" not in _saved(changed, tmp_path)["depots.csv"]


def test_without_homes_and_vans_nothing_of_them_is_written(
    scenario: Scenario, tmp_path: Path
) -> None:
    about = tuple(one for one in scenario.provenance if one.field.startswith("run_kinds"))
    bare = replaced(scenario, homes=(), vans=(), home_delivery=HomeDelivery(), provenance=about)

    texts = _saved(bare, tmp_path)

    assert "homes.csv" not in texts
    assert "vans" not in texts["scenario.yaml"]
    assert "home_delivery" not in texts["scenario.yaml"]


def test_an_old_table_of_homes_does_not_come_back(scenario: Scenario, tmp_path: Path) -> None:
    _saved(scenario, tmp_path)

    texts = _saved(replaced(scenario, homes=()), tmp_path)

    assert texts["homes.csv"] == "id,days\n"


def test_a_home_at_no_place_is_not_written(scenario: Scenario, tmp_path: Path) -> None:
    lost = replaced(scenario.homes[0], place_id=None)

    with pytest.raises(ScenarioError, match="neither a place nor coordinates"):
        save_scenario(replaced(scenario, homes=(lost,)), tmp_path / "new")

    assert not (tmp_path / "new").exists()
