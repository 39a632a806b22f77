"""The map layers open in a map program, lie where they should, and give no home away."""

import json
import re
import sqlite3
from itertools import pairwise
from math import hypot
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliveryopt.errors import OutputError, ScenarioError
from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.geojson import write_geojson
from deliveryopt.reports.geopackage import write_geopackage
from deliveryopt.reports.gis import layer_names, map_layers
from deliveryopt.reports.gis_homes import SIDES_M, Household, grid_cells
from deliveryopt.reports.layers import Position, to_sweref
from deliveryopt.reports.sentences import teller_of
from deliveryopt.reports.texts import Texts
from tests.plan.small_world import changed
from tests.reports.bundles import (
    bundle_of,
    bus_bundle,
    busy_van_bundle,
    homes_bundle,
    hostile_bundle,
    hostile_homes_bundle,
    many_homes_bundle,
    small_bundle,
    todays_bundle,
)

pyogrio = pytest.importorskip("pyogrio", reason="no GDAL here: pip install pyogrio to run this")

BUNDLES = {
    "small": small_bundle(),
    "today": todays_bundle(),
    "homes": homes_bundle(),
    "many": many_homes_bundle(),
    "vans": busy_van_bundle(),
    "hostile": hostile_bundle(),
    "hostile_homes": hostile_homes_bundle(),
}
SWEDISH = ["turer", "omvagar", "mojliga_platser", "avsandare", "ombud", "paketboxar", "byar"]
WAY = "T \u2013 ek_box \u2013 T"
Row = dict[str, object]
Path_ = list[tuple[float, float]]


def _geopackage(
    bundle: Bundle, folder: Path, language: Language = "sv", *, internal: bool = False
) -> Path:
    path = folder / "result.gpkg"
    write_geopackage(bundle, path, language=language, internal=internal)
    return path


def _names(path: Path) -> list[str]:
    """Return the layers with geometries that GDAL finds."""
    return [str(name) for name, shape in pyogrio.list_layers(path) if shape is not None]


def _coordinates(wkb: bytes | None) -> Path_:
    """Return the coordinates of a point or a line as GDAL gives it."""
    if wkb is None:
        return []
    numbers = memoryview(wkb)[5 + 4 * (wkb[1] == 2) :].cast("d").tolist()
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _read(path: Path, layer: str | None = None) -> tuple[list[Row], list[Path_]]:
    """Return attributes and coordinates as GDAL reads them."""
    meta, _, shapes, values = pyogrio.raw.read(path, layer=layer)
    columns = [[None if value != value else value for value in column] for column in values]  # noqa: PLR0124  not a number
    rows = [dict(zip(meta["fields"], row, strict=True)) for row in zip(*columns, strict=True)]
    return rows, [_coordinates(wkb) for wkb in shapes]


@pytest.mark.parametrize("internal", [False, True])
@pytest.mark.parametrize("name", list(BUNDLES))
def test_a_map_program_reads_every_layer_in_sweref_with_whole_geometries(
    tmp_path: Path, name: str, *, internal: bool
) -> None:
    bundle = BUNDLES[name]
    path = _geopackage(bundle, tmp_path, internal=internal)
    layers = map_layers(teller_of(bundle, "sv", internal=internal))

    assert _names(path) == [layer.name for layer in layers]
    for layer in layers:
        info = pyogrio.read_info(path, layer=layer.name)
        _, shapes = _read(path, layer.name)

        assert info["crs"] == "EPSG:3006"
        assert info["features"] == len(layer.features)
        assert [str(field) for field in info["fields"]] == [one.name for one in layer.fields]
        assert all(re.fullmatch("[a-z][a-z0-9_]*", one.name) for one in layer.fields)
        for shape in shapes:
            assert len(shape) != 1 or layer.shape == "POINT"
            assert all(one != other for one, other in pairwise(shape))


def test_the_file_is_a_geopackage_with_its_tables_in_order(tmp_path: Path) -> None:
    path = _geopackage(homes_bundle(), tmp_path, internal=True)
    head = path.read_bytes()[:100]
    with sqlite3.connect(path) as database:
        whole = database.execute("PRAGMA integrity_check").fetchone()
        loose = database.execute("PRAGMA foreign_key_check").fetchall()
        changes = database.execute("SELECT DISTINCT last_change FROM gpkg_contents").fetchall()
        systems = database.execute("SELECT srs_id FROM gpkg_spatial_ref_sys").fetchall()
    database.close()

    assert head[:16] == b"SQLite format 3\x00"
    assert head[68:72] == b"GPKG"
    assert int.from_bytes(head[60:64], "big") == 10300
    assert (whole, loose) == (("ok",), [])
    assert changes == [("2025-03-03T00:00:00.000Z",)]
    assert {(-1,), (0,), (4326,), (3006,)} == set(systems)


@pytest.mark.parametrize("internal", [False, True])
def test_the_same_bundle_gives_the_same_bytes(tmp_path: Path, *, internal: bool) -> None:
    first = _geopackage(homes_bundle(), tmp_path / "a", internal=internal).read_bytes()
    second = _geopackage(homes_bundle(), tmp_path / "b", internal=internal).read_bytes()

    assert first == second


@pytest.mark.parametrize("internal", [False, True])
@pytest.mark.parametrize("name", ["small", "homes", "many"])
def test_both_coordinate_systems_put_everything_in_the_same_place(
    tmp_path: Path, name: str, *, internal: bool
) -> None:
    bundle = BUNDLES[name]
    path = _geopackage(bundle, tmp_path, internal=internal)
    twins = write_geojson(bundle, tmp_path / "gis", language="sv", internal=internal)
    compared = 0

    for layer, twin in zip(_names(path), twins, strict=True):
        rows, shapes = _read(path, layer)
        _, degrees = _read(twin)
        features = json.loads(twin.read_text(encoding="utf-8"))["features"]

        assert rows == [feature["properties"] for feature in features]
        for shape, lon_lat in zip(shapes, degrees, strict=True):
            moved = to_sweref([Position(lat, lon) for lon, lat in lon_lat])
            for (east, north), (other_east, other_north) in zip(shape, moved, strict=True):
                compared += 1
                assert hypot(east - other_east, north - other_north) < 1
    assert compared > 10


def test_geojson_keeps_to_its_standard(tmp_path: Path) -> None:
    bundle = hostile_homes_bundle()
    paths = write_geojson(bundle, tmp_path, language="en")

    for path in paths:
        content = json.loads(path.read_text(encoding="utf-8"))

        assert content["type"] == "FeatureCollection"
        assert content["name"] == path.stem
        assert "crs" not in content
        for feature in content["features"]:
            assert feature.keys() == {"type", "id", "geometry", "properties"}
            if feature["geometry"] is not None:
                coordinates = feature["geometry"]["coordinates"]
                line = [coordinates] if feature["geometry"]["type"] == "Point" else coordinates
                assert all(10 < lon < 25 and 55 < lat < 70 for lon, lat in line)


def test_villages_tell_coverage_today_and_by_the_plan(tmp_path: Path) -> None:
    bundle = small_bundle()
    rows, shapes = _read(_geopackage(bundle, tmp_path, "en"), "villages")
    told = {row["id"]: row for row in rows}
    today = {row.village: row for row in bundle.today.village_rows}

    assert len(shapes) == len(bundle.scenario.villages)
    for row in bundle.metrics.village_rows:
        assert told[row.village]["residents"] == row.inhabitants
        assert bool(told[row.village]["covered_by_plan"]) == row.covered
        assert bool(told[row.village]["covered_today"]) == today[row.village].covered
        assert told[row.village]["distance_km"] == row.distance_km
        assert told[row.village]["parcels"] == row.parcels_per_week


def test_boxes_tell_their_use_on_each_day_and_sites_that_stay_empty_are_apart(
    tmp_path: Path,
) -> None:
    bundle = small_bundle()
    path = _geopackage(bundle, tmp_path, "en")
    boxes, _ = _read(path, "boxes")
    empty, _ = _read(path, "possible_sites")
    with_boxes = [row for row in bundle.metrics.pickup_point_rows if row.boxes]
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

    assert [row["id"] for row in boxes] == [row.pickup_point for row in with_boxes]
    assert [[row[f"parcels_{day}"] for day in days] for row in boxes] == [
        list(row.still_here_parcels) for row in with_boxes
    ]
    sites = {point.id for point in bundle.scenario.pickup_points if point.kind == "site"}
    assert {row["id"] for row in empty} == sites - {row.pickup_point for row in with_boxes}


def test_lines_of_runs_go_from_stop_to_stop_and_detours_come_back(tmp_path: Path) -> None:
    bundle = small_bundle()
    path = _geopackage(bundle, tmp_path, "en")
    runs, lines = _read(path, "runs")
    detours, ways = _read(path, "detours")
    carrying = [row for row in bundle.metrics.run_rows if row.parcels_per_week]

    assert {row["id"] for row in runs} == {row.run for row in carrying if row.kind != "home_care"}
    assert all(len(line) > 1 for line in lines)
    for row, way in zip(detours, ways, strict=True):
        assert len(way) > 2
        assert (way[0] == way[-1]) == (row["kind"] == "out and back")


def test_home_care_is_drawn_inside_only(tmp_path: Path) -> None:
    bundle = homes_bundle()
    public = _geopackage(bundle, tmp_path)
    assert _read(public, "turer")[0] == []
    assert _read(public, "omvagar")[0] == []

    inside = _geopackage(bundle, tmp_path, internal=True)
    assert [row["id"] for row in _read(inside, "turer")[0]] == ["vard_6"]
    assert [row["platser"] for row in _read(inside, "omvagar")[0]] == ["hem_bo"]


def test_a_run_that_only_brings_homes_is_not_drawn_in_public(tmp_path: Path) -> None:
    bundle = bus_bundle(with_parcels=False)

    assert _read(_geopackage(bundle, tmp_path), "turer")[0] == []
    assert len(_read(_geopackage(bundle, tmp_path, internal=True), "turer")[0]) == 1


@pytest.mark.parametrize("name", ["homes", "vans"])
def test_no_home_is_in_a_public_layer(tmp_path: Path, name: str) -> None:
    bundle = BUNDLES[name]
    path = _geopackage(bundle, tmp_path)
    files = write_geojson(bundle, tmp_path / "gis", language="sv")
    alone = {
        (order.lat_deg, order.lon_deg)
        for order in bundle.scenario.homes
        if order.lat_deg is not None
    }
    homes = to_sweref([Position(float(lat or 0), float(lon or 0)) for lat, lon in alone])
    content = path.read_bytes() + b"".join(file.read_bytes() for file in files)

    assert homes
    assert not [order.id for order in bundle.scenario.homes if order.id.encode() in content]
    for layer in _names(path):
        for shape in _read(path, layer)[1]:
            for east, north in shape:
                assert all(hypot(east - x, north - y) > 1 for x, y in homes)


def test_vans_are_drawn_to_pickup_points_in_public_and_whole_inside(tmp_path: Path) -> None:
    bundle = homes_bundle()
    public, lines = _read(_geopackage(bundle, tmp_path), "skapbilar")
    inside = _geopackage(bundle, tmp_path, internal=True)
    trips, whole = _read(inside, "skapbilar")
    stops, _ = _read(inside, "skapbilar_stopp")

    assert [(row["platser"], row["dagar"]) for row in public] == [(WAY, "ons fre")]
    assert [len(line) for line in lines] == [3]
    assert [row["slinga"] for row in trips] == [1, 2, 1]
    assert [len(line) for line in whole] == [5, 4, 5]
    assert [(row["ordning"], row["plats"]) for row in stops if row["dag"] == "onsdag"] == [
        (1, "T"),
        (2, "hem_dan"),
        (3, "ek_box"),
        (4, "Handlarn"),
        (5, "hem_cia"),
    ]


def test_home_orders_are_exact_and_in_order_inside(tmp_path: Path) -> None:
    bundle = homes_bundle()
    rows, shapes = _read(_geopackage(bundle, tmp_path, "en", internal=True), "home_orders")
    told = {row["id"]: row for row in rows}
    order = bundle.scenario.homes[1]
    place = Position(float(order.lat_deg or 0), float(order.lon_deg or 0))

    assert [told[one.order]["cost_sek"] for one in bundle.metrics.home_rows] == [
        one.cost_ore / 100 for one in bundle.metrics.home_rows
    ]
    assert told["hem_dan"]["sequence"] == 2
    assert told["hem_eva"]["pickup_point"] == "ek_box"
    assert shapes[1] == to_sweref([place])


def _cells_of(bundle: Bundle, folder: Path) -> tuple[list[Row], list[Path_]]:
    return _read(_geopackage(bundle, folder, "en"), "home_order_cells")


def test_home_orders_are_bands_in_the_middle_of_a_cell_in_public(tmp_path: Path) -> None:
    rows, shapes = _cells_of(many_homes_bundle(), tmp_path)

    assert rows
    for row, [(east, north)] in zip(rows, shapes, strict=True):
        side_m = int(str(row["cell_m"]))
        assert side_m in SIDES_M
        assert (east % side_m, north % side_m) == (side_m / 2, side_m / 2)
        assert int(str(row["at_least"])) % 5 == 0
        assert row["home_orders"] == f"{row['at_least']}\u2013{row['at_most']}"


def test_few_home_orders_are_in_no_cell(tmp_path: Path) -> None:
    assert _cells_of(homes_bundle(), tmp_path) == ([], [])


Places = st.lists(
    st.builds(
        Household,
        st.integers(0, 20).map(lambda km: 600_000 + 700.0 * km),
        st.integers(0, 2).map(lambda km: 7_000_000 + 900.0 * km),
        st.integers(0, 30).map(str),
    ),
    max_size=60,
)


@given(orders=Places)
def test_no_cell_and_nothing_left_out_is_of_few_households(orders: list[Household]) -> None:
    cells = grid_cells(orders)

    def inside(order: Household, side_m: int) -> tuple[int, int, int]:
        return (side_m, int(order.easting_m // side_m), int(order.northing_m // side_m))

    fine = [order for order in orders if inside(order, SIDES_M[0]) in cells]
    rest = [order for order in orders if order not in fine]
    coarse = [order for order in rest if inside(order, SIDES_M[1]) in cells]
    left = [order for order in rest if order not in coarse]
    for cell, count in cells.items():
        there = [
            order
            for order in (fine, coarse)[cell.side_m == SIDES_M[1]]
            if inside(order, cell.side_m) == cell
        ]
        assert len(there) == count
        assert len({order.household for order in there}) >= 5
    if cells:
        assert len({order.household for order in left}) not in {1, 2, 3, 4}


def test_a_new_household_in_a_cell_that_is_told_seldom_changes_what_is_told(
    tmp_path: Path,
) -> None:
    before, _ = _cells_of(many_homes_bundle(by_run=6), tmp_path)
    after, _ = _cells_of(many_homes_bundle(by_run=7), tmp_path)

    assert before == after


@pytest.mark.parametrize("internal", [False, True])
@pytest.mark.parametrize("name", ["small", "homes", "hostile_homes"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_layer_has_a_style_that_knows_all_its_values(
    tmp_path: Path, name: str, language: Language, *, internal: bool
) -> None:
    path = _geopackage(BUNDLES[name], tmp_path, language, internal=internal)
    with sqlite3.connect(path) as database:
        styles = database.execute("SELECT f_table_name, styleQML, useAsDefault FROM layer_styles")
        told = styles.fetchall()
    database.close()

    assert [row[0] for row in told] == _names(path)
    for layer, style, is_default in told:
        root = ET.fromstring(style)  # noqa: S314  we wrote it
        renderer = root.find("renderer-v2")
        assert renderer is not None
        symbols = [symbol.get("name") for symbol in renderer.findall("symbols/symbol")]
        fields = [str(field) for field in pyogrio.read_info(path, layer=layer)["fields"]]
        used = {name for text in _expressions(root) for name in re.findall('"([^"]*)"', text)}

        assert is_default == 1
        assert style.startswith("<!DOCTYPE qgis ")
        assert root.tag == "qgis"
        assert [alias.get("field") for alias in root.findall("aliases/alias")] == fields
        assert used <= set(fields)
        if renderer.get("type") == "categorizedSymbol":
            categories = renderer.findall("categories/category")
            values = {category.get("value") for category in categories}
            assert {category.get("symbol") for category in categories} == set(symbols)
            assert {row[renderer.get("attr") or ""] for row in _read(path, layer)[0]} <= values
        else:
            assert (renderer.get("type"), symbols) == ("singleSymbol", ["0"])


def _expressions(root: ET.Element) -> list[str]:
    """Return every expression of a style."""
    label = root.findtext("previewExpression") or ""
    options = root.iter("Option")
    found = [one.get("value") or "" for one in options if one.get("name") == "expression"]
    return [label, *found]


def test_things_on_the_map_differ_by_shape_and_not_by_colour_alone() -> None:
    layers = {layer.name: layer for layer in map_layers(teller_of(homes_bundle(), "sv"))}
    shapes = [category.symbol.shape for category in layers["byar"].style.categories]  # type: ignore[union-attr]  # markers

    assert sorted(shapes) == ["circle", "cross2", "diamond", "triangle"]
    assert "square" not in shapes
    assert layers["ombud"].style.categories[0].symbol.letter == "O"  # type: ignore[union-attr]  # a marker


def test_an_internal_layer_says_so_and_a_public_one_does_not(tmp_path: Path) -> None:
    bundle = homes_bundle()
    notice = teller_of(bundle, "sv").say("page.internal")
    path = _geopackage(bundle, tmp_path, internal=True)
    files = write_geojson(bundle, tmp_path / "gis", language="sv", internal=True)

    assert path.stat().st_mode & 0o777 == 0o600
    for layer in _names(path):
        assert pyogrio.read_info(path, layer=layer)["layer_metadata"]["DESCRIPTION"].startswith(
            notice
        )
    assert all(file.stem.endswith("_intern") for file in files)
    assert notice.encode() not in _geopackage(bundle, tmp_path).read_bytes()


def test_layers_that_an_earlier_result_left_are_removed(tmp_path: Path) -> None:
    write_geojson(homes_bundle(), tmp_path, language="en")
    write_geojson(homes_bundle(), tmp_path, language="sv", internal=True)
    inside = sorted(path.name for path in tmp_path.iterdir())
    other = tmp_path / "mine.geojson"
    other.write_text("{}", encoding="utf-8")
    paths = write_geojson(small_bundle(), tmp_path, language="sv")

    assert "byar_intern.geojson" in inside
    assert "villages.geojson" in inside
    assert sorted(tmp_path.iterdir()) == sorted([other, *paths])


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", list(BUNDLES))
def test_every_name_of_a_layer_is_known(name: str, language: Language) -> None:
    known = layer_names(Texts(language))

    for internal in (False, True):
        layers = map_layers(teller_of(BUNDLES[name], language, internal=internal))
        assert {layer.name for layer in layers} <= set(known)
        assert all(re.fullmatch("[a-z][a-z0-9_]*", layer.name) for layer in layers)


def test_a_world_without_homes_and_vans_has_no_layers_for_them(tmp_path: Path) -> None:
    assert _names(_geopackage(small_bundle(), tmp_path)) == SWEDISH


def test_hostile_names_are_only_texts(tmp_path: Path) -> None:
    rows, _ = _read(_geopackage(hostile_bundle(), tmp_path), "byar")
    names = [str(row["namn"]) for row in rows]

    assert any("DROP TABLE" in name or "<" in name or "=" in name for name in names)
    assert not re.search("[\x00-\x1f\u202e]", "".join(names))
    assert max(len(name) for name in names) <= 200


def test_no_person_is_published(tmp_path: Path) -> None:
    bundle = small_bundle()
    first, *others = bundle.scenario.villages
    named = changed(first, name="Ring 070-123 45 67")
    told = bundle_of(changed(bundle.scenario, villages=(named, *others)), bundle.plan)

    with pytest.raises(ScenarioError, match="DO-O010"):
        _geopackage(told, tmp_path)
    with pytest.raises(ScenarioError, match="DO-O010"):
        write_geojson(told, tmp_path, language="sv")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")

    with pytest.raises(OutputError, match="DO-O001"):
        write_geopackage(small_bundle(), tmp_path / "file" / "x.gpkg", language="sv")
    with pytest.raises(OutputError, match="DO-O001"):
        write_geojson(small_bundle(), tmp_path / "file", language="sv")


def test_sweref_is_where_the_land_survey_says() -> None:
    # The central meridian at 15 degrees east has easting 500,000 m by definition.
    [(east, _)] = to_sweref([Position(62.0, 15.0)])

    assert east == 500_000.0
