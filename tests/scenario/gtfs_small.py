"""A timetable feed of one imaginary valley, small enough to read, and ways to spoil it.

Everything stands once that real feeds do: service days only in `calendar_dates.txt`, a trip past
midnight, blank times, trips on demand, equal trips on different days, stops outside the area.
"""

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from deliveryopt.errors import FeedError
from deliveryopt.scenario.from_gtfs import BoundingBox, FeedImport, ImportOptions, import_gtfs
from deliveryopt.scenario.schema import Run

MONDAY = date(2026, 1, 5)
BOX = BoundingBox.parse("65.80,23.00,66.00,23.50")

Feed = dict[str, list[list[str]]]

_TABLES = {
    "agency.txt": """
agency_id,agency_name,agency_url,agency_timezone
1,Dalens trafik,https://example.org,Europe/Stockholm
""",
    "stops.txt": """
stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station
001,Stadens station,65.850,23.140,0,
002,Lillby,65.880,23.200,0,
003,Mellanby,65.910,23.260,0,
004,Storby,65.950,23.330,0,
900,Fjärran,65.600,22.100,0,
P1,Entré,,,2,001
""",
    "routes.txt": """
route_id,agency_id,route_short_name,route_long_name,route_type
r14,1,14,,700
r20,1,20,,1501
r30,1,,Skolskjuts öst,712
r40,1,Tåg,,100
""",
    "calendar.txt": """
service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
weekdays,0,0,0,0,0,0,0,20251201,20260331
friday,0,0,0,0,1,0,0,20260101,20260331
saturday,0,0,0,0,0,1,0,20260101,20260331
""",
    "calendar_dates.txt": """
service_id,date,exception_type
weekdays,20260105,1
weekdays,20260106,1
weekdays,20260107,1
weekdays,20260108,1
weekdays,20260109,1
monday,20260105,1
tuesday,20260106,1
before,20260104,1
after,20260112,1
saturday,20260117,2
sunday,20260118,1
""",
    "trips.txt": """
trip_id,route_id,service_id,trip_headsign,block_id
t-morning,r14,weekdays,,b1
t-mon,r14,monday,Storby,
t-tue,r14,tuesday,Storby,
t-night,r14,friday,Storby,
t-booked,r20,weekdays,Storby,
t-school,r30,weekdays,Mellanby,
t-train,r40,weekdays,Storby,
t-before,r14,before,Storby,
t-after,r14,after,Storby,
t-once,r14,weekdays,Fjärran,
t-saturday,r14,saturday,Staden,
""",
    "stop_times.txt": """
trip_id,stop_sequence,stop_id,arrival_time,departure_time,pickup_type,drop_off_type
t-morning,1,001,06:10:00,06:10:00,3,1
t-morning,2,002,,,3,3
t-morning,3,003,,,3,3
t-morning,4,004,06:40:00,06:40:00,1,3
t-mon,5,001,12:00:00,12:01:10,3,3
t-mon,7,004,12:30:00,12:30:00,3,3
t-tue,1,001,12:00:00,12:01:10,3,3
t-tue,2,004,12:30:00,12:30:00,3,3
t-night,1,001,23:50:00,23:50:00,3,3
t-night,2,004,25:10:00,25:10:00,3,3
t-booked,1,001,09:00:00,09:00:00,2,2
t-booked,2,004,09:30:00,09:30:00,2,2
t-school,1,001,07:15:00,07:15:00,3,3
t-school,2,002,07:20:00,07:20:00,1,1
t-school,3,003,07:30:00,07:30:00,2,2
t-train,1,001,08:00:00,08:00:00,0,0
t-train,2,004,08:10:00,08:10:00,0,0
t-before,1,001,10:00:00,10:00:00,3,3
t-before,2,004,10:30:00,10:30:00,3,3
t-after,1,001,11:00:00,11:00:00,3,3
t-after,2,004,11:30:00,11:30:00,3,3
t-once,1,001,13:00:00,13:00:00,3,3
t-once,2,900,14:00:00,14:00:00,3,3
t-saturday,1,004,15:00:00,15:00:00,3,3
t-saturday,2,001,15:30:00,15:30:00,3,3
""",
    "attributions.txt": """
trip_id,organization_name,is_operator
t-morning,Storbybuss AB,1
t-mon,Ingen,0
""",
}


def small_feed() -> Feed:
    """Return the tables of the feed, each a list of rows with the heading first."""
    return {name: list(csv.reader(io.StringIO(text.strip()))) for name, text in _TABLES.items()}


def changed(table: str, key: str, column: str, value: str) -> Feed:
    """Return the feed with one value replaced in the first row whose first field is `key`."""
    feed = small_feed()
    rows = feed[table]
    row = next(row for row in rows[1:] if row[0] == key)
    row[rows[0].index(column)] = value
    return feed


def with_row(table: str, *values: str) -> Feed:
    """Return the feed with one more row at the end of a table."""
    feed = small_feed()
    feed[table].append(list(values))
    return feed


def without(*tables: str) -> Feed:
    """Return the feed without some of its tables."""
    return {name: rows for name, rows in small_feed().items() if name not in tables}


def table_text(rows: list[list[str]], *, delimiter: str = ",", line_end: str = "\n") -> str:
    """Return rows as the text of a table."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return out.getvalue()


def write_folder(feed: Feed, folder: Path) -> Path:
    """Write a feed as a folder and return it."""
    folder.mkdir(exist_ok=True)
    for name, rows in feed.items():
        (folder / name).write_bytes(table_text(rows).encode())
    return folder


def write_zip(feed: Feed, path: Path, *, prefix: str = "") -> Path:
    """Write a feed as a zip file and return it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in feed.items():
            archive.writestr(prefix + name, table_text(rows))
    return path


def imported(
    path: Path, *, week_start: date = MONDAY, options: ImportOptions | None = None
) -> FeedImport:
    """Return the import of a feed in the box of the valley."""
    return import_gtfs(path, week_start=week_start, box=BOX, options=options)


def run_of(result: FeedImport, run_id: str) -> Run:
    """Return one run of an import."""
    return next(run for run in result.runs if run.id == run_id)


def codes_of(result: FeedImport) -> set[str]:
    """Return the message ids of an import's notices."""
    return {notice.code for notice in result.notices}


def refused(path: Path, *, options: ImportOptions | None = None) -> FeedError:
    """Return the error of a feed that must not be imported."""
    with pytest.raises(FeedError) as caught:
        imported(path, options=options)
    assert caught.value.faults
    return caught.value


def fault_of(feed: Feed, tmp_path: Path) -> tuple[str, str]:
    """Return where the only fault of a feed is, and its code."""
    (fault,) = refused(write_folder(feed, tmp_path / "feed")).faults
    assert fault.found
    assert fault.advice
    return fault.where, fault.code
