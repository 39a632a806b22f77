"""Feeds whose tables say what cannot be: each fault is found where it stands."""

from datetime import date
from pathlib import Path

import pytest

from deliveryopt.errors import FeedError
from deliveryopt.scenario.from_gtfs import (
    BoundingBox,
    ImportOptions,
    import_gtfs,
)
from tests.scenario.gtfs_small import (
    MONDAY,
    Feed,
    changed,
    fault_of,
    imported,
    refused,
    small_feed,
    with_row,
    write_folder,
)


@pytest.mark.parametrize(
    ("feed", "where"),
    [
        (changed("trips.txt", "t-night", "route_id", "r99"), "trips.txt, row 5"),
        (changed("trips.txt", "t-night", "service_id", "never"), "trips.txt, row 5"),
        (changed("stop_times.txt", "t-night", "stop_id", "099"), "stop_times.txt, row 10"),
        (changed("stop_times.txt", "t-night", "stop_id", ""), "stop_times.txt, row 10"),
        (
            with_row("stop_times.txt", "ghost", "1", "001", "06:00:00", "06:00:00", "0", "0"),
            "stop_times.txt, row 27",
        ),
    ],
)
def test_an_orphan_is_refused_or_left_out_if_lenient(
    tmp_path: Path, feed: Feed, where: str
) -> None:
    assert fault_of(feed, tmp_path) == (where, "DO-G022")

    result = imported(tmp_path / "feed", options=ImportOptions(lenient=True))
    (notice,) = [notice for notice in result.notices if notice.code == "DO-G022"]

    assert "is left out" in notice.text
    assert f"{notice.file}, row {notice.row}" == where


def test_lenient_never_gives_an_empty_success(tmp_path: Path) -> None:
    feed = small_feed()
    for row in feed["trips.txt"][1:]:
        row[1] = "r99"
    error = refused(write_folder(feed, tmp_path / "feed"), options=ImportOptions(lenient=True))

    assert [fault.code for fault in error.faults] == ["DO-G036"]


@pytest.mark.parametrize(
    ("feed", "where", "code"),
    [
        (with_row("stops.txt", "001", "Igen", "65.9", "23.2", "0", ""), "stops.txt, row 8", "20"),
        (with_row("routes.txt", "r14", "1", "x", "", "3"), "routes.txt, row 6", "20"),
        (with_row("trips.txt", "t-mon", "r14", "monday", "", ""), "trips.txt, row 13", "20"),
        (
            with_row("calendar.txt", "friday", *"0000100", "20260101", "20260331"),
            "calendar.txt, row 5",
            "20",
        ),
        (
            with_row("calendar_dates.txt", "monday", "20260105", "2"),
            "calendar_dates.txt, row 13",
            "20",
        ),
        (
            with_row("stop_times.txt", "t-night", "2", "003", "25:10:00", "25:10:00", "0", "0"),
            "stop_times.txt, row 27",
            "21",
        ),
        (with_row("stops.txt", "", "Utan", "65.9", "23.2", "0", ""), "stops.txt, row 8", "38"),
    ],
)
def test_a_duplicate_or_empty_id_is_refused(
    tmp_path: Path, feed: Feed, where: str, code: str
) -> None:
    assert fault_of(feed, tmp_path) == (where, f"DO-G0{code}")


@pytest.mark.parametrize(
    ("key", "column", "value", "where", "code"),
    [
        ("t-night", "departure_time", "23:49:00", "stop_times.txt, row 10", "28"),
        ("t-night", "arrival_time", "0x:10:00", "stop_times.txt, row 10", "25"),
        ("t-night", "arrival_time", "23:61:00", "stop_times.txt, row 10", "25"),
        ("t-night", "arrival_time", "99:00:00", "stop_times.txt, row 10", "25"),
        ("t-night", "stop_sequence", "-1", "stop_times.txt, row 10", "29"),
        ("t-night", "stop_sequence", "1.5", "stop_times.txt, row 10", "29"),
        ("t-night", "pickup_type", "9", "stop_times.txt, row 10", "39"),
    ],
)
def test_a_bad_value_of_a_stop_time_is_refused(
    tmp_path: Path, key: str, column: str, value: str, where: str, code: str
) -> None:
    error = refused(write_folder(changed("stop_times.txt", key, column, value), tmp_path / "feed"))

    assert (where, f"DO-G0{code}") in [(fault.where, fault.code) for fault in error.faults]


def test_decreasing_times_are_refused(tmp_path: Path) -> None:
    feed = changed("stop_times.txt", "t-night", "arrival_time", "25:20:00")
    feed["stop_times.txt"][9][4] = "25:20:00"

    assert fault_of(feed, tmp_path) == ("stop_times.txt, row 11", "DO-G027")


@pytest.mark.parametrize(("at", "row"), [(9, 10), (10, 11)])
def test_a_blank_first_or_last_time_is_refused(tmp_path: Path, at: int, row: int) -> None:
    feed = small_feed()
    feed["stop_times.txt"][at][3:5] = ["", ""]

    assert fault_of(feed, tmp_path) == (f"stop_times.txt, row {row}", "DO-G026")


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        ("23.200", "65.880", "24"),
        ("0", "0", "23"),
        ("NaN", "23.2", "23"),
        ("1e999", "23.2", "23"),
        ("65,88", "23,20", "23"),
        ("", "", "23"),
        ("95", "23.2", "23"),
        ("65.88", "-181", "23"),
    ],
)
def test_bad_coordinates_are_refused(tmp_path: Path, lat: str, lon: str, code: str) -> None:
    feed = changed("stops.txt", "002", "stop_lat", lat)
    feed["stops.txt"][2][3] = lon

    assert fault_of(feed, tmp_path) == ("stops.txt, row 3", f"DO-G0{code}")


def test_swapped_coordinates_are_offered_the_right_way(tmp_path: Path) -> None:
    feed = changed("stops.txt", "002", "stop_lat", "23.2")
    feed["stops.txt"][2][3] = "65.88"
    (fault,) = refused(write_folder(feed, tmp_path / "feed")).faults

    assert "latitude 65.88, longitude 23.2" in fault.advice


@pytest.mark.parametrize("value", ["", "bus", "-1", "99999", "\u0663"])
def test_a_bad_route_type_is_refused(tmp_path: Path, value: str) -> None:
    feed = changed("routes.txt", "r14", "route_type", value)

    assert fault_of(feed, tmp_path) == ("routes.txt, row 2", "DO-G037")


@pytest.mark.parametrize(
    ("table", "key", "column", "value", "row"),
    [
        ("calendar.txt", "friday", "friday", "yes", 3),
        ("calendar.txt", "friday", "start_date", "2026-01-01", 3),
        ("calendar.txt", "friday", "end_date", "20261301", 3),
        ("calendar.txt", "friday", "end_date", "20251231", 3),
        ("calendar_dates.txt", "sunday", "exception_type", "3", 12),
        ("calendar_dates.txt", "sunday", "date", "20260230", 12),
    ],
)
def test_a_bad_calendar_row_is_refused(
    tmp_path: Path, table: str, key: str, column: str, value: str, row: int
) -> None:
    feed = changed(table, key, column, value)

    assert fault_of(feed, tmp_path) == (f"{table}, row {row}", "DO-G030")


@pytest.mark.parametrize("week_start", [date(2025, 12, 15), date(2026, 4, 6), date(2026, 3, 30)])
def test_a_week_outside_the_feed_is_refused_with_its_range(
    tmp_path: Path, week_start: date
) -> None:
    path = write_folder(small_feed(), tmp_path / "feed")
    with pytest.raises(FeedError) as caught:
        imported(path, week_start=week_start)
    (fault,) = caught.value.faults

    assert fault.code == "DO-G034"
    assert "from 2026-01-01 to 2026-03-31" in fault.allowed


def test_an_expired_feed_is_refused(tmp_path: Path) -> None:
    feed = small_feed()
    feed["feed_info.txt"] = [["feed_start_date", "feed_end_date"], ["20251201", "20251231"]]

    assert fault_of(feed, tmp_path) == ("feed", "DO-G034")


def test_a_week_with_all_service_removed_is_refused(tmp_path: Path) -> None:
    feed = small_feed()
    feed["calendar_dates.txt"] = [
        ["service_id", "date", "exception_type"],
        *([service, "20260101", "1"] for service in ("weekdays", "monday", "tuesday", "before")),
        ["after", "20260101", "1"],
        ["friday", "20260109", "2"],
        ["saturday", "20260110", "2"],
    ]

    assert fault_of(feed, tmp_path) == ("feed", "DO-G035")


def test_a_box_without_stops_is_refused_with_where_the_stops_lie(tmp_path: Path) -> None:
    path = write_folder(small_feed(), tmp_path / "feed")
    box = BoundingBox.parse("55,12,56,13")
    with pytest.raises(FeedError) as caught:
        import_gtfs(path, week_start=MONDAY, box=box)
    (fault,) = caught.value.faults

    assert fault.code == "DO-G036"
    assert "65.6,22.1,65.95,23.33" in fault.allowed


def test_a_box_without_service_is_refused(tmp_path: Path) -> None:
    path = write_folder(small_feed(), tmp_path / "feed")
    with pytest.raises(FeedError) as caught:
        import_gtfs(path, week_start=MONDAY, box=BoundingBox.parse("65.59,22,65.61,22.2"))

    assert [fault.code for fault in caught.value.faults] == ["DO-G036"]


def test_one_error_carries_every_fault_in_order_of_file_and_row(tmp_path: Path) -> None:
    feed = changed("stops.txt", "002", "stop_lat", "x")
    feed["trips.txt"][4][1] = "r99"
    feed["stop_times.txt"][1][3:5] = ["", ""]
    feed["calendar.txt"][1][1] = "?"
    places = [fault.where for fault in refused(write_folder(feed, tmp_path / "feed")).faults]

    assert places == [
        "calendar.txt, row 2",
        "stop_times.txt, row 2",
        "stops.txt, row 3",
        "trips.txt, row 5",
    ]


def test_faults_are_capped_with_their_total(tmp_path: Path) -> None:
    feed = small_feed()
    feed["stops.txt"] += [[f"x{number}", "", "x", "x", "0", ""] for number in range(1_500)]
    faults = refused(write_folder(feed, tmp_path / "feed")).faults

    assert len(faults) == 1_001
    assert "500 more" in faults[-1].found
    assert "1500 in all" in faults[-1].allowed
