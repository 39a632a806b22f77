"""Feeds that cannot be trusted or read: containers, bytes, headings, rows."""

import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from deliveryopt.errors import FeedError, UsageError
from deliveryopt.scenario.from_gtfs import (
    FeedImport,
    ImportOptions,
)
from tests.scenario.gtfs_small import (
    codes_of,
    fault_of,
    imported,
    refused,
    small_feed,
    table_text,
    without,
    write_folder,
    write_zip,
)


@pytest.fixture
def result(tmp_path: Path) -> FeedImport:
    """Return the small feed, imported, because most tests ask what became of it."""
    return imported(write_folder(small_feed(), tmp_path / "feed"))


# How the bytes are read


def test_mark_quotes_other_line_ends_and_extra_columns_are_fine(
    tmp_path: Path, result: FeedImport
) -> None:
    feed = small_feed()
    folder = write_folder(feed, tmp_path / "twin")
    for name, rows in feed.items():
        wide = [[*row, "extra"] for row in rows]
        text = table_text(wide, line_end="\r\n").replace("stop_id", '"stop_id"', 1)
        (folder / name).write_bytes(b"\xef\xbb\xbf" + text.encode())

    assert imported(folder) == result


def test_other_encodings_are_read_when_named(tmp_path: Path, result: FeedImport) -> None:
    for encoding in ("cp1252", "utf-16", "iso-8859-1"):
        folder = write_folder(small_feed(), tmp_path / encoding)
        for name, rows in small_feed().items():
            (folder / name).write_bytes(table_text(rows).encode(encoding))

        assert imported(folder, options=ImportOptions(encoding=encoding)) == result


def test_a_wrong_encoding_names_file_row_and_byte(tmp_path: Path) -> None:
    folder = write_folder(small_feed(), tmp_path / "feed")
    text = table_text(small_feed()["stops.txt"]).encode("cp1252")
    (folder / "stops.txt").write_bytes(text)
    (fault,) = refused(folder).faults

    assert (fault.where, fault.code) == ("stops.txt, row 6", "DO-G011")
    assert f"Byte {text.index(0xE4) + 1} " in fault.found
    assert "--encoding cp1252" in fault.advice


def test_a_utf8_mark_under_another_encoding_is_refused(tmp_path: Path) -> None:
    folder = write_folder(small_feed(), tmp_path / "feed")
    (folder / "stops.txt").write_bytes(
        b"\xef\xbb\xbf" + table_text(small_feed()["stops.txt"]).encode()
    )
    error = refused(folder, options=ImportOptions(encoding="cp1252"))

    assert {fault.code for fault in error.faults} == {"DO-G011"}


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "base64", "", "a\0b", "idna"])
def test_an_encoding_that_cannot_be_used_is_refused(tmp_path: Path, encoding: str) -> None:
    with pytest.raises((UsageError, FeedError)):
        imported(
            write_folder(small_feed(), tmp_path / "feed"), options=ImportOptions(encoding=encoding)
        )


@pytest.mark.parametrize(
    ("content", "where", "code"),
    [
        (b"stop_id;stop_lat;stop_lon\n1;65.8;23.1\n", "stops.txt, row 1", "DO-G013"),
        (b"stop_id\tstop_lat\tstop_lon\n", "stops.txt, row 1", "DO-G013"),
        (b"", "stops.txt, row 1", "DO-G014"),
        (b"stop_id,stop_lat\n1,65.8\n", "stops.txt, row 1", "DO-G014"),
        (b"stop_id,stop_lat,stop_lon,stop_id\n", "stops.txt, row 1", "DO-G015"),
        (b"stop_id,stop_lat,stop_lon\n\n1,59,33,18,1\n", "stops.txt, row 3", "DO-G016"),
        (b"stop_id,stop_lat,stop_lon\n1,65.8\n", "stops.txt, row 2", "DO-G016"),
        (b'stop_id,stop_lat,stop_lon\n1,"65"8,23\n', "stops.txt, row 1", "DO-G017"),
        (b'stop_id,stop_lat,stop_lon\n1,2,3\n"1,2', "stops.txt, row 2", "DO-G017"),
        (b"stop_id,stop_lat,stop_lon\n1\0,65.8,23.1\n", "stops.txt", "DO-G012"),
        (b"stop_id,stop_lat,stop_lon\n" + b"1" * 200_000, "stops.txt, row 1", "DO-G017"),
        (b"stop_id,stop_lat,stop_lon\n" + b"1" * 2_200_000, "stops.txt, row 2", "DO-G008"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(
    tmp_path: Path, content: bytes, where: str, code: str
) -> None:
    folder = write_folder(small_feed(), tmp_path / "feed")
    (folder / "stops.txt").write_bytes(content)
    (fault,) = refused(folder).faults

    assert (fault.where, fault.code) == (where, code)


# The container


def test_a_feed_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere.zip").faults[0].code == "DO-G001"


def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    folder = write_folder(without("stops.txt"), tmp_path / "feed")
    os.mkfifo(folder / "stops.txt")

    assert refused(tmp_path / "pipe").faults[0].code == "DO-G001"
    assert refused(folder).faults[0].code == "DO-G004"


def test_what_is_no_zip_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "feed.zip"
    path.write_bytes(b"stop_id,stop_lat\n")

    assert refused(path).faults[0].code == "DO-G002"


def test_a_cut_zip_file_is_refused(tmp_path: Path) -> None:
    path = write_zip(small_feed(), tmp_path / "feed.zip")
    path.write_bytes(path.read_bytes()[:-40])

    assert refused(path).faults[0].code == "DO-G002"


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/evil.txt", "a\\..\\..\\evil", "C:\\evil"])
def test_a_name_that_leads_out_is_refused_and_nothing_written(tmp_path: Path, name: str) -> None:
    path = write_zip(small_feed(), tmp_path / "feed.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, "x")

    assert refused(path).faults[0].code == "DO-G003"
    assert list(tmp_path.iterdir()) == [path]


def test_links_are_refused(tmp_path: Path) -> None:
    path = write_zip(without("agency.txt"), tmp_path / "feed.zip")
    link = zipfile.ZipInfo("agency.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    folder = write_folder(without("agency.txt"), tmp_path / "feed")
    (folder / "agency.txt").symlink_to("/etc/passwd")

    assert refused(path).faults[0].code == "DO-G004"
    assert refused(folder).faults[0].code == "DO-G004"


def test_ten_thousand_members_are_refused(tmp_path: Path) -> None:
    path = write_zip(small_feed(), tmp_path / "feed.zip")
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(10_000):
            archive.writestr(f"{number}.txt", "")

    assert refused(path).faults[0].code == "DO-G005"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_duplicate_members_are_refused(tmp_path: Path) -> None:
    path = write_zip(small_feed(), tmp_path / "feed.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("stops.txt", "stop_id\n")

    assert refused(path).faults[0].code == "DO-G006"


def test_encryption_is_refused(tmp_path: Path) -> None:
    path = write_zip(small_feed(), tmp_path / "feed.zip")
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")
    struct.pack_into("<H", content, at + 8, 1)
    path.write_bytes(content)

    assert refused(path).faults[0].code == "DO-G007"


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = write_zip(without("stops.txt"), tmp_path / "feed.zip")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("stops.txt", b"0" * 30_000_000)

    assert refused(path).faults[0].code == "DO-G008"


def test_tables_in_a_sub_folder_are_read_with_a_warning(tmp_path: Path) -> None:
    result = imported(write_zip(small_feed(), tmp_path / "feed.zip", prefix="feed/"))

    assert "DO-G010" in codes_of(result)
    assert len(result.runs) == 5


@pytest.mark.parametrize("table", ["stops.txt", "routes.txt", "trips.txt", "stop_times.txt"])
def test_a_missing_table_is_refused(tmp_path: Path, table: str) -> None:
    assert fault_of(without(table), tmp_path) == (table, "DO-G009")


def test_a_feed_without_any_calendar_is_refused(tmp_path: Path) -> None:
    feed = without("calendar.txt", "calendar_dates.txt")

    assert fault_of(feed, tmp_path) == ("calendar.txt", "DO-G009")


@pytest.mark.parametrize("table", ["calendar.txt", "calendar_dates.txt"])
def test_one_of_the_two_calendars_is_enough(tmp_path: Path, table: str) -> None:
    feed = without(table)
    known = {row[0] for name in feed if name.startswith("calendar") for row in feed[name]}
    feed["trips.txt"] = [row for row in feed["trips.txt"] if row[2] in known]
    trips = {row[0] for row in feed["trips.txt"]}
    feed["stop_times.txt"] = [row for row in feed["stop_times.txt"] if row[0] in trips]

    assert imported(write_folder(feed, tmp_path / "feed")).runs
