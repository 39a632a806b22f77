"""The map layers as one GeoPackage, as QGIS and other map programs open it.

The file follows OGC GeoPackage 1.3: an SQLite database with a table for each layer. How QGIS
draws the layers stands in a table beside them.
"""

import sqlite3
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.files import write_bytes
from deliveryopt.reports.gis import map_layers
from deliveryopt.reports.layers import (
    SWEREF_99_TM,
    WGS_84,
    Feature,
    Layer,
    Shape,
    to_sweref,
    wkt,
)
from deliveryopt.reports.publish import refuse_private_texts
from deliveryopt.reports.qgis_styles import qml
from deliveryopt.reports.sentences import teller_of

_APPLICATION_ID: Final = int.from_bytes(b"GPKG", "big")
_USER_VERSION: Final = 10300
_GEOMETRY: Final = "geom"
_STYLES: Final = "layer_styles"
_WKB: Final[dict[Shape, int]] = {"POINT": 1, "LINESTRING": 2}
_LITTLE_ENDIAN: Final = 1
_WITH_ENVELOPE: Final = 0b11
"""Flags of a geometry: little endian, and the least and greatest x and y stand before it."""
_SCHEMA: Final = "http://www.geopackage.org/spec130/#extension_schema"

_CORE: Final = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT,
  mime_type TEXT, constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
  min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT, f_table_schema TEXT,
  f_table_name TEXT, f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT, ui TEXT,
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
"""


def write_geopackage(
    bundle: Bundle, path: Path, *, language: Language, internal: bool = False
) -> None:
    """Write the map layers as one GeoPackage in SWEREF 99 TM.

    The same bundle gives the same bytes.

    Parameters
    ----------
    bundle
        One solved scenario.
    path
        File to write; an existing one is replaced.
    language
        `sv` or `en`; also of the names of layers and attributes.
    internal
        Whether homes, home-care rounds and the vans' whole routes are told. Without it, the file
        may be published.

    Raises
    ------
    OutputError
        If the file cannot be written; nothing half-written is left.
    ScenarioError
        If the file may be published and a text of the scenario tells of a person.
    """
    if not internal:
        refuse_private_texts(bundle.scenario)
    layers = map_layers(teller_of(bundle, language, internal=internal))
    changed = f"{bundle.scenario.week_start.isoformat()}T00:00:00.000Z"
    write_bytes(path, geopackage_bytes(layers, changed=changed), is_private=internal)


def geopackage_bytes(layers: Iterable[Layer], *, changed: str) -> bytes:
    """Return layers as the content of a GeoPackage.

    Parameters
    ----------
    layers
        Layers, in the order in which a map program lists them.
    changed
        Time of the last change that the file tells, as `2025-03-03T00:00:00.000Z`.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {_USER_VERSION}")
        connection.executescript(_CORE)
        connection.execute("BEGIN")
        _add_systems(connection)
        for layer in layers:
            _add_layer(connection, layer, changed)
        connection.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change) "
            "VALUES (?, 'attributes', ?, ?)",
            (_STYLES, _STYLES, changed),
        )
        connection.execute("COMMIT")
        return connection.serialize()
    finally:
        connection.close()


def _add_systems(connection: sqlite3.Connection) -> None:
    """Add the coordinate systems that every file has, and ours; and the schema extension."""
    undefined = "undefined"
    rows = (
        ("Undefined Cartesian SRS", -1, "NONE", -1, undefined, ""),
        ("Undefined geographic SRS", 0, "NONE", 0, undefined, ""),
        ("WGS 84", WGS_84, "EPSG", WGS_84, wkt(WGS_84), ""),
        ("SWEREF99 TM", SWEREF_99_TM, "EPSG", SWEREF_99_TM, wkt(SWEREF_99_TM), ""),
    )
    connection.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", rows)
    connection.executemany(
        "INSERT INTO gpkg_extensions VALUES (?, NULL, 'gpkg_schema', ?, 'read-write')",
        [(table, _SCHEMA) for table in ("gpkg_data_columns", "gpkg_data_column_constraints")],
    )


def _add_layer(connection: sqlite3.Connection, layer: Layer, changed: str) -> None:
    """Add one layer: its table, what describes it, and its style."""
    paths = [to_sweref(feature.path) for feature in layer.features]
    points = [point for path in paths for point in path]
    bounds: tuple[float | None, ...] = (None, None, None, None)
    if points:
        xs, ys = zip(*points, strict=True)
        bounds = (min(xs), min(ys), max(xs), max(ys))
    connection.execute(
        "INSERT INTO gpkg_contents VALUES (?, 'features', ?, ?, ?, ?, ?, ?, ?, ?)",
        (layer.name, layer.title, layer.description, changed, *bounds, SWEREF_99_TM),
    )
    fields = "".join(f', "{field.name}" {field.kind}' for field in layer.fields)
    connection.execute(
        f'CREATE TABLE "{layer.name}" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, '
        f'"{_GEOMETRY}" {layer.shape}{fields})'
    )
    connection.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, 0, 0)",
        (layer.name, _GEOMETRY, layer.shape, SWEREF_99_TM),
    )
    connection.executemany(
        "INSERT INTO gpkg_data_columns (table_name, column_name, name, title) VALUES (?, ?, ?, ?)",
        [(layer.name, field.name, field.title, field.title) for field in layer.fields],
    )
    _add_features(connection, layer, paths)
    aliases = {field.name: field.title for field in layer.fields}
    connection.execute(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
        "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, "
        "update_time) VALUES ('', '', ?, ?, ?, ?, '', 1, ?, '', ?)",
        (layer.name, _GEOMETRY, layer.name, qml(layer.style, aliases), layer.title, changed),
    )


def _add_features(
    connection: sqlite3.Connection, layer: Layer, paths: list[list[tuple[float, float]]]
) -> None:
    """Add what a layer holds."""
    marks = ", ".join("?" for _ in range(2 + len(layer.fields)))
    rows = (
        (number, _blob(layer.shape, path), *_stored(feature))
        for number, (feature, path) in enumerate(zip(layer.features, paths, strict=True), start=1)
    )
    insert = f'INSERT INTO "{layer.name}" VALUES ({marks})'  # noqa: S608  the name is our own text
    connection.executemany(insert, rows)


def _stored(feature: Feature) -> list[str | int | float | None]:
    """Return values as the database holds them."""
    return [int(value) if isinstance(value, bool) else value for value in feature.values]


def _blob(shape: Shape, path: list[tuple[float, float]]) -> bytes | None:
    """Return a geometry as the file holds it; None if there is none."""
    if not path:
        return None
    numbers = [number for point in path for number in point]
    if shape == "POINT":
        head = struct.pack("<2sBBi", b"GP", 0, _LITTLE_ENDIAN, SWEREF_99_TM)
        return head + struct.pack("<BI2d", _LITTLE_ENDIAN, _WKB[shape], *numbers)
    xs, ys = numbers[::2], numbers[1::2]
    envelope = (min(xs), max(xs), min(ys), max(ys))
    head = struct.pack("<2sBBi4d", b"GP", 0, _WITH_ENVELOPE, SWEREF_99_TM, *envelope)
    body = struct.pack(f"<BII{len(numbers)}d", _LITTLE_ENDIAN, _WKB[shape], len(path), *numbers)
    return head + body
