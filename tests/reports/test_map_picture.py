"""The still map draws what the page's map draws, and can be read without colours."""

import re
from dataclasses import replace
from itertools import pairwise
from typing import cast
from xml.etree import ElementTree as ET

import pytest

from deliveryopt.reports.blocks import paired_chart, week_chart
from deliveryopt.reports.bundle import Bundle
from deliveryopt.reports.chart_picture import as_png, chart_svg, picture_style, swatch_svg, told_in
from deliveryopt.reports.map_data import Thing, map_data
from deliveryopt.reports.map_picture import map_svg, symbol_svg
from deliveryopt.reports.page import SYMBOLS
from deliveryopt.reports.sentences import teller_of
from deliveryopt.reports.svg import drawing, element
from tests.plan.small_world import changed
from tests.reports.bundles import (
    HOSTILE,
    bundle_of,
    homes_bundle,
    hostile_bundle,
    small_bundle,
    todays_bundle,
)

SVG = "{http://www.w3.org/2000/svg}"
PNG = b"\x89PNG\r\n\x1a\n"


def _map(bundle: Bundle, *, internal: bool = False) -> tuple[dict[str, object], str]:
    data = map_data(teller_of(bundle, "sv", internal=internal))
    return data, map_svg(data, language="sv", title="Karta", text="Byar")


def _tree(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314  our own drawing


def _classes(svg: str) -> list[str]:
    return [one.get("class", "") for one in _tree(svg).iter()]


def _things(data: dict[str, object], name: str) -> list[Thing]:
    return cast("list[Thing]", data[name])


@pytest.mark.parametrize("bundle", [small_bundle(), homes_bundle(), hostile_bundle()])
def test_every_place_and_line_of_the_pages_map_is_drawn_and_nothing_else(bundle: Bundle) -> None:
    data, svg = _map(bundle)
    drawn = _classes(svg)

    for name in ("villages", "points", "depots", "homes"):
        for shape in {str(thing["shape"]) for thing in _things(data, name)}:
            count = sum(thing["shape"] == shape for thing in _things(data, name))
            assert drawn.count(f"shape-{shape}") == count
    lines = {"passing": "passing", "carrying": "carrying", "detours": "detour", "vans": "van"}
    for name, style in lines.items():
        assert drawn.count(f"line-{style}") == len(_things(data, name))


def test_homes_and_home_care_are_drawn_for_the_municipality_only() -> None:
    bundle = homes_bundle()
    public, inside = (_classes(_map(bundle, internal=internal)[1]) for internal in (False, True))

    assert {run.kind for run in bundle.scenario.runs} == {"home_care"}
    assert not {"line-passing", "line-carrying", "line-detour", "shape-home"} & set(public)
    assert {"line-passing", "line-van"} <= set(inside)
    assert inside.count("shape-home") == len(bundle.scenario.homes)


def test_names_of_strangers_are_text_and_nothing_else() -> None:
    svg = _map(hostile_bundle())[1]
    tree = _tree(svg)
    told = {one.text for one in tree.iter(f"{SVG}text")}

    assert "{{7*7}}" in told
    assert HOSTILE[0] in told
    assert not list(tree.iter(f"{SVG}script"))
    assert not list(tree.iter(f"{SVG}image"))
    assert "href" not in svg


def test_every_sign_has_a_shape_or_a_line_of_its_own_without_colours() -> None:
    style = picture_style()
    forms = set()
    symbols = (*SYMBOLS, "van", "home")
    for symbol in symbols:
        sign = re.sub(r"<style>.*?</style>", "", symbol_svg(symbol, "O"), flags=re.DOTALL)
        name = f"{'line' if f'line-{symbol}' in sign else 'shape'}-{symbol}"
        rule = style.partition(f".{name} {{")[2].partition("}")[0]
        is_hollow = "fill: #fff;" in rule or "fill: none" in rule
        dashes = re.findall(r"stroke-dasharray: [^;]+", rule)
        assert name in sign
        forms.add((sign.replace(name, ""), is_hollow, *dashes))

    assert len(forms) == len(symbols)


def test_every_class_of_a_picture_has_a_rule_in_it() -> None:
    chart = paired_chart([("a", 1, 2)], title="t", text="x", legend=(("now", "i dag"),))
    week = week_chart([1, 2, 3, 4, 5, 6, 7], 5, title="t", text="x")
    pictures = [
        _map(small_bundle())[1],
        chart_svg(chart),
        chart_svg(week),
        *(swatch_svg(style) for style in ("now", "plan", "a", "e")),
    ]
    for svg in pictures:
        for name in filter(None, _classes(svg)):
            assert f".{name}" in svg.partition("</style>")[0]
    assert "var(" not in picture_style()


def test_names_do_not_stand_on_each_other() -> None:
    scenario = small_bundle().scenario
    close = [
        changed(village, lat_deg=63.0 + 0.0001 * number, lon_deg=16.0, name=f"Långa byn {number}")
        for number, village in enumerate(scenario.villages)
    ]
    bundle = replace(small_bundle(), scenario=changed(scenario, villages=close))
    tree = _tree(_map(bundle)[1])
    names = [one for one in tree.iter(f"{SVG}text") if (one.text or "").startswith("Långa")]
    rows = sorted((one.get("text-anchor"), float(one.get("y", "0"))) for one in names)

    assert 0 < len(names) < len(close) + 1
    for (side, y), (next_side, next_y) in pairwise(rows):
        assert side != next_side or next_y - y >= 12


def test_a_map_of_a_single_place_is_drawn() -> None:
    bundle = todays_bundle()
    spot = {"lat_deg": 63.0, "lon_deg": 16.0}
    scenario = changed(
        bundle.scenario,
        **{
            name: [changed(place, **spot) for place in getattr(bundle.scenario, name)]
            for name in ("villages", "pickup_points", "depots", "stops")
        },
    )
    svg = _map(bundle_of(scenario, bundle.plan))[1]

    assert "nan" not in svg
    assert "inf" not in svg
    assert as_png(svg).startswith(PNG)


def test_the_words_of_a_drawing_are_its_title_and_text() -> None:
    drawn = drawing(
        [element("text", "nej")], width=10, height=10, title="Kostnad & täckning", text="Stiger."
    )

    assert told_in(drawn) == "Kostnad & täckning. Stiger."
    assert told_in(drawing([], width=1, height=1, title="", text="")) == ""
