"""The documents say what the code does: generated pages, rules, words, links and examples."""

import ast
import doctest
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from pydantic import BaseModel

from deliveryopt.cli import cli
from deliveryopt.plan.figures import Comparison, Metrics
from deliveryopt.plan.plan import Plan
from deliveryopt.plan.verify import RULES
from deliveryopt.reports import result_json
from deliveryopt.scenario.entries import COLUMN_OF_FIELD
from deliveryopt.scenario.fields import kinds_of
from deliveryopt.scenario.rates import Rates
from deliveryopt.scenario.schema import (
    BoxType,
    Goal,
    OperatorLimit,
    Provenance,
    Rules,
    Scenario,
    Source,
)
from deliveryopt.scenario.tables import TABLES, Table
from deliveryopt.scenario.terms import RunKinds, RunTerms
from deliveryopt.scenario.yaml_values import TABLE_FIELDS
from deliveryopt.solver import model
from docs import generate

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
WRITTEN = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    *sorted(DOCS.rglob("*.md")),
]
YAML_SECTIONS: list[type[BaseModel]] = [Rules, OperatorLimit, Goal, Rates, BoxType, Source]
KEY_WORDS = [
    "agent",
    "baseline",
    "bound",
    "box",
    "budget",
    "capacity",
    "compartment",
    "coverage",
    "delay-budget",
    "demand",
    "depot",
    "detour",
    "dwell",
    "gap",
    "goal",
    "itinerary",
    "lead-days",
    "pickup-point",
    "plan",
    "reach",
    "ready-time",
    "run",
    "run-day",
    "scenario",
    "service",
    "shipment",
    "stop",
    "stop-time",
    "transfer",
    "verifier",
    "village",
]


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def section_of(text: str, heading: str) -> str:
    """Return what stands below a heading, up to the next one of its level or above."""
    level = heading.index(" ")
    body = text.split(f"\n{heading}\n", maxsplit=1)[1]
    return re.split(rf"\n#{{1,{level}}} ", body, maxsplit=1)[0]


def documented(text: str) -> set[str]:
    """Return the words in the first cells of a text's tables."""
    cells = re.findall(r"^\| ([^|]+) \|", text, flags=re.MULTILINE)
    return {word for cell in cells for word in re.findall(r"`([^`]+)`", cell)}


def models_below(root: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield root
    for info in root.model_fields.values():
        for found in generate.models_in(info.annotation):
            yield from models_below(found)


@pytest.mark.parametrize("path", generate.pages(), ids=lambda path: path.name)
def test_the_generated_page_is_fresh(path: Path) -> None:
    assert text_of(path) == generate.pages()[path], "run `make docs`"


@pytest.mark.parametrize("name", cli.commands)
def test_every_option_of_a_command_is_documented(name: str) -> None:
    command = cli.commands[name]
    options = [option for option in command.params if isinstance(option, click.Option)]
    words = {word for option in options for word in (*option.opts, *option.secondary_opts)}
    page = text_of(DOCS / "cli.md")

    assert words <= documented(section_of(page, f"## deliveryopt {name}"))
    assert all(option.help for option in options)
    assert command.help
    assert f"`deliveryopt {name}`" in text_of(ROOT / "README.md")


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.file)
def test_every_column_is_documented(table: Table) -> None:
    page = text_of(DOCS / "file-format.md")

    assert documented(section_of(page, f"### {table.file}")) == set(table.columns)


@pytest.mark.parametrize("section", YAML_SECTIONS, ids=lambda section: section.__name__)
def test_every_key_of_a_section_is_documented(section: type[BaseModel]) -> None:
    headings = {
        Rules: "### rules",
        OperatorLimit: "### rules.max_boxes_per_operator",
        Goal: "### goal",
        Rates: "### rates",
        BoxType: "### box_types",
        Source: "### sources",
    }
    page = text_of(DOCS / "file-format.md")

    assert documented(section_of(page, headings[section])) == set(kinds_of(section))


def test_every_key_at_the_top_and_beside_a_value_is_documented() -> None:
    page = text_of(DOCS / "file-format.md")
    top = set(kinds_of(Scenario)) - TABLE_FIELDS

    assert documented(section_of(page, "### At the top")) == top
    assert documented(section_of(page, "### Source of a number")) == (
        set(Provenance.model_fields) - {"field"}
    )


def test_every_kind_of_run_and_every_term_is_documented() -> None:
    page = text_of(DOCS / "file-format.md")
    words = documented(section_of(page, "### run_kinds"))

    assert words == set(RunKinds.model_fields) | set(RunTerms.model_fields)


@pytest.mark.parametrize("root", [Plan, Metrics, Comparison], ids=lambda root: root.__name__)
def test_every_value_of_a_result_is_documented(root: type[BaseModel]) -> None:
    page = text_of(DOCS / "file-format.md")

    for described in set(models_below(root)):
        words = documented(section_of(page, f"### {described.__name__}"))

        assert words == set(described.model_fields)


def test_every_key_of_result_json_is_documented() -> None:
    source = ast.parse(text_of(Path(result_json.__file__)))
    returned = next(node.value for node in ast.walk(source) if isinstance(node, ast.Return))
    assert isinstance(returned, ast.Dict)
    keys = {key.value for key in returned.keys if isinstance(key, ast.Constant)}
    page = section_of(text_of(DOCS / "file-format.md"), "## result.json").split("\n### ")[0]

    assert documented(page) == keys


@pytest.mark.parametrize(
    "described",
    sorted(
        {*models_below(Scenario), *models_below(Metrics), *models_below(Plan), Comparison},
        key=str,
    ),
    ids=lambda described: described.__name__,
)
def test_every_field_has_words(described: type[BaseModel]) -> None:
    assert [n for n in described.model_fields if not generate.describe(described, n)] == []


def test_the_rules_are_the_headings_of_the_model_and_functions_of_the_solver() -> None:
    headings = re.findall(
        r"^### (\w+)$", section_of(text_of(DOCS / "model.md"), "## Rules"), flags=re.MULTILINE
    )
    functions = [getattr(model, name, None) for name in RULES]

    assert headings == list(RULES)
    assert [getattr(function, "__name__", None) for function in functions] == headings


def test_the_solver_has_no_rule_that_the_model_lacks() -> None:
    named = {rule.__name__ for rule in model.ROW_RULES if not rule.__name__.startswith("_")}

    assert named <= RULES.keys()


def test_the_glossary_has_the_key_words_and_swedish_for_each() -> None:
    rows = re.findall(
        r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|", text_of(DOCS / "glossary.md"), re.MULTILINE
    )
    terms = " ".join(english for english, _, _ in rows)

    for word in KEY_WORDS:
        assert re.search(rf"\b{word.replace('-', '.')}", terms), word
    assert all(swedish.strip() and meaning.strip() for _, swedish, meaning in rows)


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_and_every_file_named_exists(path: Path) -> None:
    text = text_of(path)
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text)]
    files = re.findall(r"`((?:deliveryopt|docs|tests|scenarios)/[\w./-]+)`", text)
    missing = [link for link in links if ":" not in link and not (path.parent / link).exists()]
    missing += [name for name in files if not (ROOT / name).exists()]

    assert missing == []


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_inside_a_page_leads_to_a_heading(path: Path) -> None:
    text = text_of(path)
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}

    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_make_goal_and_command_named_exists(path: Path) -> None:
    text = text_of(path)
    goals = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), flags=re.MULTILINE))
    commands = re.findall(r"(?:^|`)deliveryopt ([a-z-]+)", text, flags=re.MULTILINE)

    assert set(re.findall(r"(?:^|`)make ([a-z]+)", text, flags=re.MULTILINE)) <= goals
    assert set(commands) <= cli.commands.keys()


def test_the_readme_is_right_about_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False)

    assert failed == 0
    assert tried > 0


def test_columns_with_another_name_than_their_field_are_shown_by_their_name() -> None:
    words = documented(section_of(text_of(DOCS / "file-format.md"), "## Tables"))

    assert set(COLUMN_OF_FIELD.values()) <= words
    assert not set(COLUMN_OF_FIELD) & words
