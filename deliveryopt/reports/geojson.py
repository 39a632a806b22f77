"""The map layers as GeoJSON (RFC 7946): one file a layer, latitude and longitude in WGS 84."""

import json
from pathlib import Path
from typing import Final

from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.files import remove_file, write_text
from deliveryopt.reports.gis import layer_names, map_layers
from deliveryopt.reports.layers import Feature, Layer, Position, Shape
from deliveryopt.reports.publish import refuse_private_texts
from deliveryopt.reports.sentences import teller_of
from deliveryopt.reports.texts import LANGUAGES, Texts

_DECIMALS: Final = 7
"""Decimals of degrees: about a centimetre."""
_TYPES: Final[dict[Shape, str]] = {"POINT": "Point", "LINESTRING": "LineString"}


def write_geojson(
    bundle: Bundle, folder: Path, *, language: Language, internal: bool = False
) -> list[Path]:
    """Write each map layer into a folder, as a file with the layer's name.

    Layers that an earlier result left there, in either language, are removed.

    Parameters
    ----------
    bundle
        One solved scenario.
    folder
        Folder to write into.
    language
        `sv` or `en`; also of the names of files and attributes.
    internal
        Whether homes, home-care rounds and the vans' whole routes are told; the names of all files
        then end in `_intern` (`_internal`). Without it, the files may be published.

    Returns
    -------
    list[Path]
        The files written.

    Raises
    ------
    OutputError
        If a file cannot be written; none is left half-written.
    ScenarioError
        If the files may be published and a text of the scenario tells of a person.
    """
    if not internal:
        refuse_private_texts(bundle.scenario)
    teller, paths = teller_of(bundle, language, internal=internal), []
    mark = teller.say("file.internal") if internal else ""
    for layer in map_layers(teller):
        paths.append(folder / f"{layer.name}{mark}.geojson")
        write_text(paths[-1], geojson_text(layer), is_private=internal)
    _remove_stale(folder, set(paths), internal=internal)
    return paths


def _remove_stale(folder: Path, written: set[Path], *, internal: bool) -> None:
    """Remove layers of an earlier result, in either language.

    Internal layers are written beside those that may be published, and remove only internal ones.
    """
    for language in LANGUAGES:
        say = Texts(language)
        ends = (say("file.internal"),) if internal else ("", say("file.internal"))
        for stale in (folder / f"{name}{end}.geojson" for name in layer_names(say) for end in ends):
            if stale not in written:
                remove_file(stale)


def geojson_text(layer: Layer) -> str:
    """Return a layer as GeoJSON, one thing a line."""
    about = {"type": "FeatureCollection", "name": layer.name, "title": layer.title}
    head = _json(about | {"description": layer.description})[:-1]
    features = (
        _json({"type": "Feature", "id": number} | _feature(layer, feature))
        for number, feature in enumerate(layer.features, start=1)
    )
    return f'{head},"features":[\n' + ",\n".join(features) + "\n]}\n"


def _feature(layer: Layer, feature: Feature) -> dict[str, object]:
    """Return the geometry and the attributes of one thing."""
    names = [field.name for field in layer.fields]
    values = [
        bool(value) if field.kind == "BOOLEAN" and value is not None else value
        for field, value in zip(layer.fields, feature.values, strict=True)
    ]
    return {
        "geometry": _geometry(layer.shape, [_pair(position) for position in feature.path]),
        "properties": dict(zip(names, values, strict=True)),
    }


def _geometry(shape: Shape, pairs: list[list[float]]) -> dict[str, object] | None:
    """Return a geometry; None if there is none."""
    if not pairs:
        return None
    coordinates: object = pairs[0] if shape == "POINT" else pairs
    return {"type": _TYPES[shape], "coordinates": coordinates}


def _pair(position: Position) -> list[float]:
    """Return a position in the order of the format: longitude first."""
    return [round(position.lon_deg, _DECIMALS), round(position.lat_deg, _DECIMALS)]


def _json(value: object) -> str:
    """Return a value as JSON on one line."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
