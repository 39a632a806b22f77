"""Reading YAML as texts with places, and refusing what could do harm."""

from pathlib import Path

import pytest

from deliveryopt.errors import Fault
from deliveryopt.scenario import yaml_text
from deliveryopt.scenario.faults import FaultLog
from deliveryopt.scenario.yaml_text import Mapping, Scalar, parse_yaml
from tests.scenario.base_folder import FILES, the_fault, write_base


def fault_of(text: str) -> Fault:
    log = FaultLog()
    parse_yaml(text, log)
    faults = log.faults()
    assert len(faults) == 1
    return faults[0]


def read(text: str) -> Mapping:
    log = FaultLog()
    root = parse_yaml(text, log)
    assert log.is_empty
    assert root is not None
    return root


def test_values_stay_the_text_that_was_written() -> None:
    root = read("a: 12:30\nb: NO\nc: 010\nd: 1e3\ne: 0136\nf: '7'\ng: ~\nh: 'null'\n")

    texts = {key: node.text for key, node in root.nodes.items() if isinstance(node, Scalar)}
    assert texts == {
        "a": "12:30",
        "b": "NO",
        "c": "010",
        "d": "1e3",
        "e": "0136",
        "f": "7",
        "g": "~",
        "h": "null",
    }
    nulls = [key for key, node in root.nodes.items() if isinstance(node, Scalar) and node.is_null]
    assert nulls == ["g"]


def test_a_value_knows_its_line_and_column() -> None:
    spot = read("a: 1\nb:\n  c: 7\n").nodes["b"].spot

    assert (spot.line, spot.column) == (3, 3)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("", "DO-S009", "the file is empty"),
        (" \n\n", "DO-S009", "the file is empty"),
        ("---\n", "DO-S009", "the file is empty"),
        ("# nothing\n# yet\n", "DO-S010", "only comments"),
        ("{}", "DO-S011", "an empty mapping"),
        ("- a\n- b\n", "DO-S018", "a list"),
        ("lillby", "DO-S018", "'lillby'"),
        ("a: 1\n---\na: 2\n", "DO-S017", "second document"),
        ("? [a]\n: 1\n", "DO-S018", "a key is a list"),
        ("a: @x\n", "DO-S012", "reserves"),
        ("a: \x07", "DO-S012", "U+0007"),
        ('a: "\\q"\n', "DO-S012", "backslash"),
        ("a:\n  b: 1\n c: 2\n", "DO-S012", "indentation"),
        ("a: {b: 1\n", "DO-S012", "bracket {"),
        ("%YAML 9.0\n---\na: 1\n", "DO-S012", "cannot be read"),
    ],
)
def test_each_way_to_be_no_scenario_has_its_own_words(text: str, code: str, words: str) -> None:
    fault = fault_of(text)

    assert fault.code == code
    assert words in fault.found


@pytest.mark.parametrize(
    ("text", "line", "caret_column", "words"),
    [
        ("name: x\nrules:\n\treach_km: 2\n", 3, 1, "a tab"),
        ("name: 'open\nrules:\n", 1, 7, "a quote is opened"),
        ("name: Lillby: by\n", 1, 13, "a colon"),
        ("days: [mon, tue\nname: x\n", 1, 7, "a bracket"),
    ],
)
def test_syntax_faults_show_the_line_and_a_caret(
    text: str, line: int, caret_column: int, words: str
) -> None:
    fault = fault_of(text)

    assert words in fault.found
    assert f"line {line}, column {caret_column}" in fault.where
    assert fault.found.splitlines()[-1] == f"    {' ' * (caret_column - 1)}^"


def test_a_duplicate_key_names_both_lines() -> None:
    fault = fault_of("name: a\ntitle: t\nname: b\n")

    assert fault.code == "DO-S021"
    assert fault.where == "scenario.yaml, line 3, column 1"
    assert "already in line 1" in fault.found


def test_an_alias_bomb_is_refused_at_its_first_alias() -> None:
    rows = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    text = "a0: &a0 [lol]\n" + "\n".join(rows)

    assert fault_of(text).code == "DO-S013"


@pytest.mark.parametrize("text", ["- " * 3000 + "x", "[" * 100_000, "a: " + "{a: " * 3000])
def test_deep_nesting_is_refused_without_recursion(text: str) -> None:
    fault = fault_of(text)

    assert fault.code == "DO-S015"
    assert "recursion" not in str(fault)


def test_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_text, "MAX_NODES", 1_000)

    assert fault_of("a: [" + "1," * 1_000 + "]").code == "DO-S016"


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system ['touch canary']", "!!int 7", "!own x"]
)
def test_tags_are_refused_and_nothing_is_executed(
    tag: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = write_base(tmp_path / "base")
    text = FILES["scenario.yaml"].replace("title: Lillby kommun", f"title: {tag}")
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    log = FaultLog()

    parse_yaml(text, log)

    assert [fault.code for fault in log.faults()] == ["DO-S014"]
    assert not (tmp_path / "canary").exists()


def test_the_empty_mapping_is_one_fault_of_the_whole_scenario(tmp_path: Path) -> None:
    folder = write_base(tmp_path / "base")
    (folder / "scenario.yaml").write_text("{}\n", encoding="utf-8")

    assert the_fault(folder).code == "DO-S011"
