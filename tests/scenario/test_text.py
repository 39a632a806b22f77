"""Names and ids in one form, and strangers' text in messages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliveryopt.scenario.schema import Source
from deliveryopt.scenario.text import (
    did_you_mean,
    is_personal_number,
    listed,
    nearest,
    one_line,
    shown,
)


@given(text=st.text())
def test_one_line_settles_at_once_and_hides_nothing(text: str) -> None:
    line = one_line(text)

    assert one_line(line) == line
    assert not set(str(line)) & set("\n\r\t\x00\x1b\u202e\u2028")


@given(text=st.text())
def test_a_message_stays_on_one_line(text: str) -> None:
    words = shown(text)

    assert len(words.splitlines()) == 1
    assert words.isprintable()


def test_models_take_names_in_one_form_however_they_are_made() -> None:
    assert Source(name=" A\u030asele\n by\x1b ").name == "Åsele by"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("191212-1212", True),
        ("19121212-1212", True),
        ("20121212+1212", True),
        ("Eva 850175-1234 x", True),
        ("851399-1234", False),
        ("1850101-12345", False),
        ("08:00-17:00", False),
        ("070-1234567", False),
        ("9021001004001000", False),
    ],
)
def test_personal_numbers_are_told_from_other_numbers(text: str, *, is_one: bool) -> None:
    assert is_personal_number(text) is is_one


def test_suggestions_stay_quick_in_long_lists() -> None:
    known = [f"stop_{number}" for number in range(50_000)]

    assert nearest("STOP_7", known) == "stop_7"
    assert nearest("stop_77x", known) is not None


def test_nothing_near_gives_the_other_advice() -> None:
    assert did_you_mean("qqq", ["abc"], "Remove it.") == "Remove it."
    assert listed([]) == "none"
