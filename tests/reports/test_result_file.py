"""A `result.json` from anyone is read, or refused with a message that names the file."""

import os
from pathlib import Path

import pytest

from deliveryopt.errors import ScenarioError
from deliveryopt.reports import result_file
from deliveryopt.reports.result_file import read_result


def _written(folder: Path, content: str | bytes) -> Path:
    path = folder / "result.json"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _code(path: Path) -> str:
    with pytest.raises(ScenarioError) as caught:
        read_result(path)
    (fault,) = caught.value.faults
    assert fault.where.startswith(str(path))
    return fault.code


def test_a_result_is_read_by_its_name_or_by_its_folder(tmp_path: Path) -> None:
    path = _written(tmp_path, '{"a": [1, 2.5, "å"]}')

    assert read_result(path) == read_result(tmp_path) == {"a": [1, 2.5, "å"]}


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    assert read_result(_written(tmp_path, b'\xef\xbb\xbf{"a": 1}')) == {"a": 1}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe", "DO-R003"),
        ("[" * 100_000, "DO-R004"),
        ('{"a": ' * 100_000, "DO-R004"),
        ("", "DO-R005"),
        ("{", "DO-R005"),
        ('{"a": NaN}', "DO-R005"),
        ('{"a": -Infinity}', "DO-R005"),
        ('{"a": 1e999}', "DO-R005"),
        ('{"a": ' + "9" * 5000 + "}", "DO-R005"),
        ('{"a": 1, "a": 1}', "DO-R005"),
        ('{"b": {"a": 1, "a": 2}}', "DO-R005"),
        ("[]", "DO-R006"),
        ("null", "DO-R006"),
    ],
)
def test_what_is_no_result_is_refused(content: str | bytes, code: str, tmp_path: Path) -> None:
    assert _code(_written(tmp_path, content)) == code


def test_brackets_in_texts_do_not_count_as_depth(tmp_path: Path) -> None:
    text = "[" * 200 + '\\"' + "{" * 200 + "\\\\"

    assert list(read_result(_written(tmp_path, '{"a": "' + text + '"}'))) == ["a"]


def test_the_greatest_depth_is_still_read(tmp_path: Path) -> None:
    inner = result_file.MAX_DEPTH - 1

    assert read_result(_written(tmp_path, '{"a": ' + "[" * inner + "]" * inner + "}"))
    assert _code(_written(tmp_path, '{"a": ' + "[" * 64 + "]" * 64 + "}")) == "DO-R004"


def test_a_file_that_is_missing_is_said(tmp_path: Path) -> None:
    assert _code(tmp_path / "nowhere.json") == "DO-R003"
    assert _code(tmp_path) == "DO-R003"


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    os.mkfifo(path)

    assert _code(path) == "DO-R001"


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(result_file, "MAX_RESULT_BYTES", 10)

    assert _code(_written(tmp_path, '{"a": 1234567}')) == "DO-R002"
    assert read_result(_written(tmp_path, '{"a": 123}')) == {"a": 123}
