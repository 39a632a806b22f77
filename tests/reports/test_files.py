"""A file is written whole or not at all."""

import os
from pathlib import Path

import pytest

from deliveryopt.errors import OutputError
from deliveryopt.reports.files import remove_file, write_bytes, write_text


def test_a_text_is_written_as_it_is_and_folders_are_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.txt"

    write_text(path, "å\nö\r\n")

    assert path.read_bytes() == "å\nö\r\n".encode()
    assert [found.name for found in path.parent.iterdir()] == ["b.txt"]


def test_a_file_that_others_may_read_stays_readable(tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    mask = os.umask(0o022)
    try:
        write_text(path, "x")
    finally:
        os.umask(mask)

    assert path.stat().st_mode & 0o777 == 0o644


def test_an_existing_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    path.write_text("a longer text than the new one", encoding="utf-8")

    write_bytes(path, b"new")

    assert path.read_bytes() == b"new"


def test_nothing_half_written_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "b.txt"
    path.write_text("old", encoding="utf-8")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError, match="No space left on device") as caught:
        write_text(path, "new")

    assert str(path) in str(caught.value)
    assert "[DO-O001]" in str(caught.value)
    assert path.read_text(encoding="utf-8") == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["b.txt"]


def test_a_folder_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "b.txt").mkdir()
    (tmp_path / "plain").write_text("a file", encoding="utf-8")

    with pytest.raises(OutputError, match="cannot be written"):
        write_text(tmp_path / "b.txt", "x")
    with pytest.raises(OutputError, match="cannot be written"):
        write_text(tmp_path / "plain" / "c.txt", "x")
    with pytest.raises(OutputError, match="cannot be written"):
        remove_file(tmp_path / "b.txt")
