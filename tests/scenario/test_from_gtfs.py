"""The importer of timetables: what one real week of a feed becomes."""

from datetime import date
from pathlib import Path

import pytest

from deliveryopt.errors import OutputError, UsageError
from deliveryopt.scenario.from_gtfs import (
    BoundingBox,
    FeedImport,
    ImportOptions,
    import_gtfs,
    write_gtfs_import,
)
from deliveryopt.scenario.load import load_scenario
from deliveryopt.scenario.schema import Depot
from tests.scenario.gtfs_small import (
    BOX,
    MONDAY,
    changed,
    codes_of,
    imported,
    run_of,
    small_feed,
    with_row,
    without,
    write_folder,
    write_zip,
)

SCENARIO_FRAME = {
    "scenario.yaml": """
format: deliveryopt-scenario/1
name: valley
week_start: 2026-01-05
rules: {reach_km: 5}
goal: {kind: least_cost, coverage_share: 0.5}
""",
    "depots.csv": "id,name,lat,lon\nterminal,Terminal,65.85,23.14\n",
    "villages.csv": "id,name,lat,lon,inhabitants,depot\nby,By,65.9,23.2,90,terminal\n",
    "pickup_points.csv": "id,name,kind,lat,lon\nplats,Plats,site,65.9,23.2\n",
}
"""What a scenario needs besides the tables of a timetable."""


@pytest.fixture
def result(tmp_path: Path) -> FeedImport:
    """Return the small feed, imported, because most tests ask what became of it."""
    return imported(write_folder(small_feed(), tmp_path / "feed"))


def test_the_small_feed_becomes_five_runs(result: FeedImport) -> None:
    days = {run.id: run.days for run in result.runs}

    assert days == {
        "14-0610-storby": ("mon", "tue", "wed", "thu", "fri"),
        "14-1201-storby": ("mon", "tue"),
        "14-1500-staden": ("sat",),
        "14-2350-storby": ("fri",),
        "skolskjuts-ost-0715-mellanby": ("mon", "tue", "wed", "thu", "fri"),
    }


def test_trips_are_counted_by_day_before_merging(result: FeedImport) -> None:
    assert result.figures.trips_by_day == (3, 3, 2, 2, 3, 1, 0)
    assert result.figures.num_trips("fri") == 3
    assert result.figures.num_trips_read == 11


def test_a_zip_file_and_a_folder_give_the_same(tmp_path: Path, result: FeedImport) -> None:
    assert imported(write_zip(small_feed(), tmp_path / "feed.zip")) == result


def test_order_of_rows_changes_nothing(tmp_path: Path, result: FeedImport) -> None:
    feed = small_feed()
    for rows in feed.values():
        rows[1:] = rows[:0:-1]
    turned = imported(write_folder(feed, tmp_path / "turned"))

    assert (turned.runs, turned.stops, turned.figures) == (
        result.runs,
        result.stops,
        result.figures,
    )


def test_a_trip_past_midnight_keeps_its_service_day(result: FeedImport) -> None:
    run = run_of(result, "14-2350-storby")

    assert run.days == ("fri",)
    assert run.stop_times[-1].arrival_min == 25 * 60 + 10


def test_blank_times_are_spread_evenly_and_told(result: FeedImport) -> None:
    run = run_of(result, "14-0610-storby")

    assert [at.arrival_min for at in run.stop_times] == [370, 380, 390, 400]
    assert result.figures.num_interpolated == 2
    assert "DO-G051" in codes_of(result)


def test_blank_times_follow_the_distance_travelled(tmp_path: Path) -> None:
    feed = small_feed()
    metres = {"001": "0", "002": "1000", "003": "5000", "004": "10000"}
    for row in feed["stop_times.txt"]:
        row.append(metres.get(row[2], "shape_dist_traveled" if row[0] == "trip_id" else ""))
    run = run_of(imported(write_folder(feed, tmp_path / "feed")), "14-0610-storby")

    assert [at.arrival_min for at in run.stop_times] == [370, 373, 385, 400]


def test_odd_seconds_are_rounded_to_minutes_and_told_once(result: FeedImport) -> None:
    run = run_of(result, "14-1201-storby")

    assert run.stop_times[0].departure_min == 12 * 60 + 1
    assert result.figures.num_rounded == 2
    assert sum(notice.code == "DO-G052" for notice in result.notices) == 1


def test_times_without_seconds_are_read(tmp_path: Path) -> None:
    feed = changed("stop_times.txt", "t-night", "arrival_time", "23:50")

    assert "14-2350-storby" in {
        run.id for run in imported(write_folder(feed, tmp_path / "feed")).runs
    }


def test_equal_trips_on_the_same_day_stay_two_runs(tmp_path: Path) -> None:
    feed = changed("trips.txt", "t-tue", "service_id", "monday")
    result = imported(write_folder(feed, tmp_path / "feed"))
    pair = [run for run in result.runs if run.id.startswith("14-1201")]

    assert [(run.id, run.days) for run in pair] == [
        ("14-1201-storby", ("mon",)),
        ("14-1201-storby-2", ("mon",)),
    ]
    assert "DO-G061" in codes_of(result)


def test_trips_on_demand_are_left_out_and_counted(result: FeedImport) -> None:
    assert not any(run.kind == "minibus" for run in result.runs)
    assert result.figures.num_on_demand_left_out == 1
    assert result.figures.on_demand_by_day == (1, 1, 1, 1, 1, 0, 0)
    assert "DO-G053" in codes_of(result)


def test_trips_on_demand_become_minibuses_if_wanted(tmp_path: Path) -> None:
    options = ImportOptions(include_on_demand=True)
    result = imported(write_folder(small_feed(), tmp_path / "feed"), options=options)

    assert run_of(result, "20-0900-storby").kind == "minibus"
    assert result.figures.num_on_demand_left_out == 0


def test_a_bus_with_booking_rules_everywhere_is_on_demand(tmp_path: Path) -> None:
    feed = small_feed()
    for row in feed["stop_times.txt"]:
        row.append({"trip_id": "pickup_booking_rule_id", "t-night": "rule"}.get(row[0], ""))
    result = imported(write_folder(feed, tmp_path / "feed"))

    assert result.figures.num_on_demand_left_out == 2


def test_a_stop_by_phone_is_a_notice_on_the_run(result: FeedImport) -> None:
    (notice,) = [notice for notice in result.notices if notice.code == "DO-G059"]

    assert (notice.file, notice.row) == ("stop_times.txt", 16)
    assert "'skolskjuts-ost-0715-mellanby'" in notice.text


def test_calls_where_nobody_gets_on_or_off_are_no_stops(result: FeedImport) -> None:
    run = run_of(result, "skolskjuts-ost-0715-mellanby")

    assert run.kind == "school_bus"
    assert [at.place_id for at in run.stop_times] == ["001", "003"]
    assert result.figures.num_passed == 1


def test_trains_are_left_out_with_a_notice(result: FeedImport) -> None:
    assert result.figures.num_other_left_out == 1
    assert "DO-G054" in codes_of(result)


def test_operator_comes_from_attributions_and_else_from_the_agency(result: FeedImport) -> None:
    assert run_of(result, "14-0610-storby").operator == "Storbybuss AB"
    assert run_of(result, "14-1201-storby").operator == "Dalens trafik"


def test_a_run_has_its_line_and_destination_as_name(result: FeedImport) -> None:
    assert run_of(result, "14-0610-storby").name == "14 Storby"
    assert run_of(result, "14-0610-storby").vehicle == "b1"


def test_days_before_and_after_the_week_do_not_count(tmp_path: Path) -> None:
    path = write_folder(small_feed(), tmp_path / "feed")
    next_week = imported(path, week_start=date(2026, 1, 12))

    assert {run.id: run.days for run in next_week.runs} == {
        "14-1100-storby": ("mon",),
        "14-2350-storby": ("fri",),
    }


def test_only_stops_that_runs_use_are_kept(result: FeedImport) -> None:
    assert [stop.id for stop in result.stops] == ["001", "002", "003", "004"]


def test_a_stop_near_a_depot_is_kept_though_outside(tmp_path: Path) -> None:
    depot = Depot(id="900", name="Terminal", lat_deg=65.6005, lon_deg=22.1)
    path = write_folder(small_feed(), tmp_path / "feed")
    result = import_gtfs(path, week_start=MONDAY, box=BOX, depots=(depot,))

    assert [at.place_id for at in run_of(result, "14-1300-fjarran").stop_times] == ["001", "900-2"]


def test_no_box_keeps_every_stop(tmp_path: Path) -> None:
    path = write_folder(small_feed(), tmp_path / "feed")
    result = import_gtfs(path, week_start=MONDAY, box=None)

    assert "14-1300-fjarran" in {run.id for run in result.runs}


def test_a_week_with_no_sunday_service_says_so(result: FeedImport) -> None:
    (notice,) = [notice for notice in result.notices if notice.code == "DO-G064"]

    assert "sun" in notice.text


@pytest.mark.parametrize("day", [date(2026, 3, 23), date(2026, 10, 19)])
def test_a_clock_change_leaves_durations_as_they_are(tmp_path: Path, day: date) -> None:
    feed = with_row("calendar.txt", "all", *"1111111", "20260101", "20261231")
    feed["trips.txt"].append(["t-all", "r14", "all", "Storby", ""])
    feed["stop_times.txt"].append(["t-all", "1", "001", "01:30:00", "01:30:00", "0", "0"])
    feed["stop_times.txt"].append(["t-all", "2", "004", "04:00:00", "04:00:00", "0", "0"])
    result = imported(write_folder(feed, tmp_path / "feed"), week_start=day)
    first, last = run_of(result, "14-0130-storby").stop_times

    assert last.arrival_min - first.departure_min == 150
    assert "DO-G058" in codes_of(result)


def test_impossible_speed_is_a_warning(tmp_path: Path) -> None:
    feed = changed("stops.txt", "004", "stop_lat", "65.999")
    feed["stops.txt"][4][3] = "23.49"
    for row in feed["stop_times.txt"]:
        if row[:2] == ["t-saturday", "2"]:
            row[3:5] = ["15:01:00", "15:01:00"]

    assert "DO-G057" in codes_of(imported(write_folder(feed, tmp_path / "feed")))


def test_headways_are_told_and_not_used(tmp_path: Path) -> None:
    feed = small_feed()
    feed["frequencies.txt"] = [
        ["trip_id", "start_time", "end_time", "headway_secs"],
        ["t-night", "06:00:00", "10:00:00", "1800"],
    ]
    result = imported(write_folder(feed, tmp_path / "feed"))

    assert "DO-G055" in codes_of(result)
    assert not any(run.id.startswith("14-2350") for run in result.runs)


def test_transfers_are_told_and_not_used(tmp_path: Path) -> None:
    feed = small_feed()
    feed["transfers.txt"] = [["from_stop_id", "to_stop_id", "transfer_type"], ["001", "001", "-1"]]

    assert "DO-G056" in codes_of(imported(write_folder(feed, tmp_path / "feed")))


def test_flexible_trips_are_told_and_not_used(tmp_path: Path) -> None:
    feed = small_feed()
    for row in feed["stop_times.txt"]:
        row.append({"trip_id": "location_id", "t-night": "area"}.get(row[0], ""))
    result = imported(write_folder(feed, tmp_path / "feed"))

    assert "DO-G056" in codes_of(result)
    assert not any(run.id.startswith("14-2350") for run in result.runs)


def test_stop_ids_that_differ_only_in_case_stay_two_places(tmp_path: Path) -> None:
    feed = small_feed()
    for row in feed["stops.txt"] + feed["stop_times.txt"]:
        row[:] = [{"001": "ab", "004": "AB", "003": "=x"}.get(value, value) for value in row]
    result = imported(write_folder(feed, tmp_path / "feed"))

    assert [stop.id for stop in result.stops] == ["002", "AB", "ab-2", "stop=x"]


def test_a_feed_without_agency_is_a_warning(tmp_path: Path) -> None:
    result = imported(write_folder(without("agency.txt"), tmp_path / "feed"))

    assert "DO-G050" in codes_of(result)


# Options


@pytest.mark.parametrize(
    "text",
    ["", "1,2,3", "a,b,c,d", "1,2,3,4,5", "66.15,23.65,65.65,22.55", "65,22,65,23", "nan,1,2,3",
     "-91,0,0,1", "0,0,1,181", "65,65;22,55;66,15;23,65"],
)  # fmt: skip
def test_a_box_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="lat_min,lon_min,lat_max,lon_max"):
        BoundingBox.parse(text)


def test_swapped_corners_are_offered_in_order() -> None:
    with pytest.raises(UsageError, match=r"perhaps 65\.65,22\.55,66\.15,23\.65"):
        BoundingBox.parse("66.15,23.65,65.65,22.55")


@pytest.mark.parametrize("day", [date(2026, 1, 6), date(1, 1, 1), date(9999, 12, 27)])
def test_a_week_that_does_not_begin_on_a_monday_is_refused(tmp_path: Path, day: date) -> None:
    with pytest.raises(UsageError, match="Monday"):
        imported(write_folder(small_feed(), tmp_path / "feed"), week_start=day)


def test_a_negative_radius_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="depot_radius_m"):
        imported(tmp_path, options=ImportOptions(depot_radius_m=-1))


# The tables written


def test_the_tables_are_those_of_a_scenario(tmp_path: Path, result: FeedImport) -> None:
    folder = tmp_path / "scenario"
    write_gtfs_import(result, folder, force=False)
    stops = (folder / "stops.csv").read_text(encoding="utf-8").splitlines()
    runs = (folder / "runs.csv").read_text(encoding="utf-8").splitlines()
    times = (folder / "stop_times.csv").read_text(encoding="utf-8").splitlines()

    assert stops[:2] == ["id,name,lat,lon", "001,Stadens station,65.85,23.14"]
    assert runs[2].startswith("14-1201-storby,14 Storby,bus,Dalens trafik,,mon tue,")
    assert times[0] == "run_id,stop_sequence,place_id,arrival_time,departure_time"
    assert "14-2350-storby,2,004,25:10,25:10" in times
    assert sorted(path.name for path in folder.iterdir()) == [
        "runs.csv",
        "stop_times.csv",
        "stops.csv",
    ]


def test_the_tables_read_back_as_they_were(tmp_path: Path, result: FeedImport) -> None:
    write_gtfs_import(result, tmp_path, force=False)
    for name, text in SCENARIO_FRAME.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    scenario = load_scenario(tmp_path)

    assert (scenario.runs, scenario.stops) == (result.runs, result.stops)


def test_a_name_that_a_spreadsheet_would_run_is_written_as_text(tmp_path: Path) -> None:
    feed = changed("stops.txt", "002", "stop_name", "=HYPERLINK(1)")
    write_gtfs_import(imported(write_folder(feed, tmp_path / "feed")), tmp_path, force=False)

    assert "002,'=HYPERLINK(1)," in (tmp_path / "stops.csv").read_text(encoding="utf-8")


def test_tables_are_not_replaced_without_force(tmp_path: Path, result: FeedImport) -> None:
    write_gtfs_import(result, tmp_path, force=False)
    with pytest.raises(OutputError, match="--force"):
        write_gtfs_import(result, tmp_path, force=False)

    assert len(write_gtfs_import(result, tmp_path, force=True)) == 3


def test_a_folder_that_cannot_be_made_is_an_output_error(
    tmp_path: Path, result: FeedImport
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        write_gtfs_import(result, tmp_path / "file" / "folder", force=False)
