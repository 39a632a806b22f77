"""Every text stands in both languages, and every key is used."""

import re
from importlib import import_module
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
from pydantic import BaseModel

import deliveryopt.reports.texts as texts_module
from deliveryopt.plan.reasons import ChangeKind, ReasonCode
from deliveryopt.reports.bundle import WayName
from deliveryopt.reports.home_amounts import ITEM_OF, ITEMS
from deliveryopt.reports.home_counts import HOWS
from deliveryopt.reports.page import SYMBOLS
from deliveryopt.reports.run_sheets import What
from deliveryopt.reports.sentences_of_homes import WHY_LEFT
from deliveryopt.reports.sentences_of_ways import WHY_MISSING
from deliveryopt.reports.texts import CATALOGUE, Texts
from deliveryopt.reports.texts_sources import SOURCES_IN_SWEDISH
from deliveryopt.reports.van_sheets import WhatVan
from deliveryopt.scenario.defaults import DEFAULT_PROVENANCE, unit_of
from deliveryopt.scenario.field_types import Tag
from deliveryopt.scenario.home_delivery import HomeDelivery, HomeOrder
from deliveryopt.scenario.rates import Rates
from deliveryopt.scenario.schema import BoxType, Goal, OperatorLimit, Rules
from deliveryopt.scenario.terms import Goods, Payer, RunKindName, RunTerms
from deliveryopt.scenario.vans import Van
from deliveryopt.units import DAYS

FOLDER = Path(texts_module.__file__).parent
SOURCE = "\n".join(
    path.read_text(encoding="utf-8").replace("'", '"')
    for path in sorted(FOLDER.glob("*.py"))
    if not path.name.startswith("texts")
)


def _numbers(*models: type[BaseModel]) -> tuple[str, ...]:
    """Return the fields of models that hold numbers."""
    return tuple(
        name
        for model in models
        for name, info in model.model_fields.items()
        if re.search(r"\b(int|float)\b", str(info.annotation))
    )


NUMBERS = _numbers(Goal, Rules, Rates, RunTerms, BoxType, OperatorLimit)
VAN_NUMBERS = _numbers(Van)
HOME_NUMBERS = (
    *_numbers(HomeDelivery),
    *(name for name in _numbers(HomeOrder) if HomeOrder.model_fields[name].default is not None),
)
"""Of an order only numbers that have a default: the others are its own and never told."""
UNITS = {unit_of(name) for name in (*NUMBERS, *VAN_NUMBERS, *HOME_NUMBERS)}
VALUES = {
    "day": DAYS,
    "day_short": DAYS,
    "day_file": DAYS,
    "payer": (*get_args(Payer), "state", "nobody"),
    "goods": get_args(Goods),
    "home": HOWS,
    "left": WHY_LEFT,
    "way": get_args(WayName),
    "way_is": get_args(WayName),
    "way_than": tuple(name for name in get_args(WayName) if name != "together"),
    "way_why": tuple(WHY_MISSING.values()),
    "run_kind": get_args(RunKindName),
    "tag": get_args(Tag),
    "point_kind": ("agent", "site"),
    "how": ("plan", "today", "none"),
    "do": get_args(What),
    "do_van": get_args(WhatVan),
    "detour": ("through", "out_and_back"),
    "legend": (*SYMBOLS, "van", "home"),
    "group": (
        *("goal", "rules", "rates", "run_kinds", "box_types"),
        *("vans", "home_delivery", "homes"),
    ),
    "parameter": tuple(dict.fromkeys(NUMBERS)),
    "parameter_van": VAN_NUMBERS,
    "parameter_home": HOME_NUMBERS,
    "unit": tuple(UNITS - {"", "share", "HH:MM"}),
    "reason": (*get_args(ReasonCode), "no_run_at_all"),
    "change": (*get_args(ChangeKind), "at_point"),
    "short_of": ("parcels", "litres", "kg"),
    "item": (*ITEMS, "vans", *ITEM_OF.values(), "homes", "homes_and_vans"),
}
"""The values of each family whose texts are looked up by value."""
COLUMNS = (
    "villages",
    "points",
    "runs",
    "assumptions",
    "sources",
    "csv_village",
    "csv_box",
    "csv_home",
    "csv_van",
    "ways",
    "vans",
    "sheet_head",
    "timeline",
    "orders",
    "csv_order",
)
"""Families whose values are column names, written out in the source."""


def test_no_key_stands_in_two_places() -> None:
    names = [path.stem for path in FOLDER.glob("texts_*.py") if path.stem != "texts_sources"]
    parts = [
        getattr(import_module(f"deliveryopt.reports.{name}"), name.removeprefix("texts_").upper())
        for name in names
    ]

    assert len(parts) > 10
    assert sum(len(part) for part in parts) == len(CATALOGUE)


@pytest.mark.parametrize("key", sorted(CATALOGUE))
def test_a_text_stands_in_both_languages_with_the_same_values(key: str) -> None:
    swedish, english = CATALOGUE[key]

    def values(text: str) -> set[str | None]:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}

    assert swedish.strip()
    assert english.strip()
    assert values(swedish) == values(english)


@pytest.mark.parametrize("family", sorted(VALUES))
def test_a_family_has_a_text_for_each_value_and_no_other(family: str) -> None:
    keys = {key.partition(".")[2] for key in CATALOGUE if key.startswith(f"{family}.")}

    assert keys == set(VALUES[family])


def test_every_key_that_the_source_names_exists() -> None:
    named = set(re.findall(r'say\(\s*"([a-z_0-9]+\.[a-z_0-9.]+)"', SOURCE))
    counted = set(re.findall(r'counted\(\s*"([a-z_.]+)"', SOURCE))

    assert named - CATALOGUE.keys() == set()
    assert {f"{key}.{form}" for key in counted for form in ("one", "other")} <= CATALOGUE.keys()


def _is_used(key: str) -> bool:
    family, _, value = key.partition(".")
    if family in VALUES:
        by_value = f'of("{family}"' in SOURCE or f'"{family}.{{' in SOURCE
        return by_value or family.startswith("parameter")
    counts = key.endswith((".one", ".other")) and f'"{key.rpartition(".")[0]}"' in SOURCE
    if f'"{key}"' in SOURCE or counts:
        return True
    if key.endswith("_none") and f'"{key.removesuffix("_none")}"' in SOURCE:
        return True
    return family in COLUMNS and f'"{value}"' in SOURCE


def test_every_key_is_used() -> None:
    assert [key for key in CATALOGUE if not _is_used(key)] == []


def test_every_default_source_stands_in_swedish() -> None:
    sources = {about.source for about in DEFAULT_PROVENANCE.values()}

    assert sources - SOURCES_IN_SWEDISH.keys() == set()
    assert SOURCES_IN_SWEDISH.keys() - sources == set()


def test_a_missing_text_is_our_fault() -> None:
    with pytest.raises(KeyError):
        Texts("sv")("no.such_text")
