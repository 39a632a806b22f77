"""Messages, help and progress in both languages."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deliveryopt.errors import ScenarioError
from deliveryopt.language import gettext, language_of, ngettext, speak, spoken
from deliveryopt.scenario.load import load_scenario
from docs.messages import PO_FILE, as_mo, as_po, brought_up_to_date, read_catalogue, untranslated

ROOT = Path(__file__).parent.parent
CODE = re.compile(r"DO-[A-Z]\d+")
OPTION = re.compile(r"--[a-z][a-z-]+")
FIELD = re.compile(r"\{(\w+)[^{}]*\}")


@pytest.fixture
def swedish(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("DELIVERYOPT_LANG", "LANGUAGE"):
        monkeypatch.setenv(name, "en")
    speak("sv")
    yield
    speak("en")


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {k: v for k, v in os.environ.items() if k not in {"LANGUAGE", "DELIVERYOPT_LANG"}}
    return subprocess.run(
        [sys.executable, "-m", "deliveryopt", *words],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        env=inherited | {"PYTHONUTF8": "1"} | environment,
        cwd=ROOT,
    )


def fields(text: str) -> set[str]:
    """Return the named fields of a message."""
    return set(FIELD.findall(text))


def test_every_message_of_the_code_is_translated_and_compiled() -> None:
    catalogue = brought_up_to_date(read_catalogue())
    assert untranslated(catalogue) == []
    assert PO_FILE.read_bytes() == as_po(catalogue)
    assert PO_FILE.with_suffix(".mo").read_bytes() == as_mo(catalogue)


def unlike(original: str, translated: str) -> bool:
    """Return whether a translation lost or invented a value, a code or an option."""
    return (
        fields(original) != fields(translated)
        or set(CODE.findall(original)) != set(CODE.findall(translated))
        or set(OPTION.findall(original)) != set(OPTION.findall(translated))
    )


def test_translations_fill_in_the_same_values_and_keep_every_code() -> None:
    checked, wrong = 0, []
    for message in read_catalogue():
        originals = message.id if isinstance(message.id, tuple) else (str(message.id),)
        forms = message.string if isinstance(message.string, tuple) else (str(message.string),)
        if not originals[0] or "click" in message.auto_comments:
            continue
        checked += 1
        pairs = zip(originals, forms, strict=True)
        wrong += [original for original, form in pairs if unlike(original, form)]
    assert wrong == []
    assert checked > 900


@pytest.mark.usefixtures("swedish")
def test_faults_of_a_scenario_are_told_in_swedish_with_the_same_codes(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as swedish:
        load_scenario(tmp_path / "saknas")
    speak("en")
    with pytest.raises(ScenarioError) as english:
        load_scenario(tmp_path / "saknas")
    assert "det finns ingen sådan mapp" in str(swedish.value)
    assert "no such folder" in str(english.value) or "there is no such" in str(english.value)
    assert [f.code for f in swedish.value.faults] == [f.code for f in english.value.faults]


@pytest.mark.usefixtures("swedish")
def test_what_is_not_in_the_catalogue_is_said_as_it_is() -> None:
    assert gettext("not in any catalogue") == "not in any catalogue"
    assert ngettext("not {n} there", "not {n} theres", 2) == "not {n} theres"
    assert spoken() == "sv"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"DELIVERYOPT_LANG": "sv", "LANG": "en_GB.UTF-8"}, "sv"),
        ({"LC_ALL": "sv_SE.UTF-8"}, "sv"),
        ({"LC_ALL": "C", "LANG": "sv_SE.UTF-8"}, "en"),
        ({"LANGUAGE": "nb:sv"}, "sv"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_first_variable_that_is_set_decides(environment: dict[str, str], expected: str) -> None:
    assert language_of(environment) == expected


def test_the_language_of_messages_follows_the_option_before_the_computer() -> None:
    by_option = run("check", "--lang", "sv", "nowhere", LANG="en_GB.UTF-8")
    by_computer = run("check", "nowhere", LC_ALL="sv_SE.UTF-8")
    in_english = run("check", "--lang=en", "nowhere", LC_ALL="sv_SE.UTF-8")
    assert "det finns ingen sådan mapp" in by_option.stderr
    assert by_computer.stderr == by_option.stderr
    assert "Kontrollera" not in in_english.stderr
    assert by_option.returncode == by_computer.returncode == in_english.returncode == 2


def test_help_and_refusals_of_options_come_in_swedish() -> None:
    shown = run("solve", "--help", "--lang", "sv")
    refused = run("solve", "--lang", "sv", "--gp", "3")
    assert "Användning:" in shown.stdout
    assert "Sekunder att söka" in shown.stdout
    assert "Usage" not in shown.stdout
    assert "finns inte" in refused.stderr
    assert refused.returncode == 2
