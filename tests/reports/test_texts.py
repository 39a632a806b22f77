"""Every text stands in both languages, and every key is used."""

import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

import deliveryopt.reports.texts as texts_module
from deliveryopt.reports.page import SYMBOLS
from deliveryopt.reports.run_sheets import What
from deliveryopt.reports.texts import CATALOGUE, Texts
from deliveryopt.reports.texts_page import PAGE
from deliveryopt.reports.texts_parameters import PARAMETERS
from deliveryopt.reports.texts_sentences import SENTENCES
from deliveryopt.reports.texts_sheets import SHEETS
from deliveryopt.reports.texts_sources import SOURCES_IN_SWEDISH
from deliveryopt.reports.texts_words import WORDS
from deliveryopt.scenario.defaults import DEFAULT_PROVENANCE, unit_of
from deliveryopt.scenario.schema import BoxType, Goal, OperatorLimit, Rates, Rules, Tag
from deliveryopt.scenario.terms import Payer, RunKindName, RunTerms
from deliveryopt.units import DAYS

FOLDER = Path(texts_module.__file__).parent
SOURCE = "\n".join(
    path.read_text(encoding="utf-8").replace("'", '"')
    for path in sorted(FOLDER.glob("*.py"))
    if not path.name.startswith("texts")
)
NUMBERS = tuple(
    name
    for model in (Goal, Rules, Rates, RunTerms, BoxType, OperatorLimit)
    for name, info in model.model_fields.items()
    if re.search(r"\b(int|float)\b", str(info.annotation))
)
VALUES = {
    "day": DAYS,
    "day_short": DAYS,
    "day_file": DAYS,
    "payer": get_args(Payer),
    "run_kind": get_args(RunKindName),
    "tag": get_args(Tag),
    "point_kind": ("agent", "site"),
    "how": ("plan", "today", "none"),
    "do": get_args(What),
    "detour": ("through", "out_and_back"),
    "legend": SYMBOLS,
    "group": ("goal", "rules", "rates", "run_kinds", "box_types"),
    "parameter": tuple(dict.fromkeys(NUMBERS)),
    "unit": tuple({unit for name in NUMBERS if (unit := unit_of(name)) not in {"", "share"}}),
    "item": ("boxes", "sites", "fees", "services", "carrying", "resident_trips", "co2"),
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
    "sheet_head",
)
"""Families whose values are column names, written out in the source."""


def test_no_key_stands_in_two_places() -> None:
    parts = (WORDS, SENTENCES, PAGE, SHEETS, PARAMETERS)

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
        return f'of("{family}"' in SOURCE or f'"{family}.{{' in SOURCE or family == "parameter"
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
