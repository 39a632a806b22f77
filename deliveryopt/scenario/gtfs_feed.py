"""Open a GTFS feed, a zip file or a folder, without trusting it.

Nothing is ever unpacked to disk: tables are read as streams, with limits on what they may hold.
"""

import codecs
import lzma
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final, Literal

from deliveryopt.errors import Fault, FeedError, UsageError

MAX_MEMBERS: Final = 1_000
MAX_TABLE_BYTES: Final = 1 << 30
MAX_RATIO: Final = 200
RATIO_COUNTS_ABOVE_BYTES: Final = 10_000_000
MAX_SHOWN: Final = 1_000
ENCRYPTED_FLAG: Final = 0x1

TABLES: Final = {
    "agency.txt": (),
    "stops.txt": ("stop_id", "stop_lat", "stop_lon"),
    "routes.txt": ("route_id", "route_type"),
    "trips.txt": ("route_id", "service_id", "trip_id"),
    "stop_times.txt": ("trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"),
    "calendar.txt": (
        "service_id",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "start_date",
        "end_date",
    ),
    "calendar_dates.txt": ("service_id", "date", "exception_type"),
    "attributions.txt": (),
    "feed_info.txt": (),
    "frequencies.txt": ("trip_id",),
}
"""Tables that are read, and the columns that each must have."""
REQUIRED_TABLES: Final = ("stops.txt", "routes.txt", "trips.txt", "stop_times.txt")
UNUSED_TABLES: Final = (
    "transfers.txt",
    "pathways.txt",
    "locations.geojson",
    "location_groups.txt",
    "location_group_stops.txt",
)
"""Files that change how a feed reads and that are not used: told once each."""

UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
)
"""What unpacking a damaged member may raise."""

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found in a feed."""

    file: str
    """File inside the feed; empty for the feed itself."""
    row: int | None
    """Row as a spreadsheet counts it: the heading is row 1."""
    found: str
    """What stands there."""
    allowed: str
    """What may stand there."""
    advice: str
    """What to do."""
    code: str
    """The message id, for example `DO-G022`."""
    severity: Severity = "error"
    """An error stops the import; the others are told with its result."""

    @property
    def where(self) -> str:
        """Return the file and row as text."""
        name = self.file or "feed"
        return name if self.row is None else f"{name}, row {self.row}"

    def as_fault(self) -> Fault:
        """Return the finding as a fault of the error tree."""
        return Fault(self.where, self.found, self.allowed, self.advice, self.code)

    def text(self) -> str:
        """Return what was found, what is allowed and what to do as one sentence row."""
        return " ".join(part for part in (self.found, self.allowed, self.advice) if part)


@dataclass(frozen=True, slots=True)
class Feed:
    """An opened feed: which tables it has and where; made by `open_feed`."""

    path: Path
    """Zip file or folder."""
    members: dict[str, str]
    """Name inside the zip file or folder, by table name."""
    encoding: str
    """Encoding of all tables."""
    is_zip: bool
    """Whether the feed is a zip file."""

    @contextmanager
    def stream(self, table: str) -> Iterator[IO[bytes]]:
        """Open a table's bytes for reading."""
        if self.is_zip:
            with zipfile.ZipFile(self.path) as archive, archive.open(self.members[table]) as raw:
                yield raw
        else:
            with (self.path / self.members[table]).open("rb") as raw:
                yield raw

    @property
    def is_utf8(self) -> bool:
        """Return whether the tables are UTF-8, with or without a mark at the start."""
        return codecs.lookup(self.encoding).name in {"utf-8", "utf-8-sig"}

    def has(self, table: str) -> bool:
        """Return whether the feed holds a table."""
        return table in self.members


def shown(findings: Iterator[Finding]) -> list[Finding]:
    """Return the findings, at most `MAX_SHOWN` of each code, and how many more there are."""
    totals: Counter[tuple[str, Severity]] = Counter()
    kept: list[Finding] = []
    for finding in findings:
        totals[finding.code, finding.severity] += 1
        if totals[finding.code, finding.severity] <= MAX_SHOWN:
            kept.append(finding)
    kept.sort(key=lambda finding: (finding.file, finding.row or 0, finding.code, finding.found))
    for (code, severity), total in sorted(totals.items()):
        if total > MAX_SHOWN:
            found = f"{total - MAX_SHOWN} more of this kind are not shown."
            kept.append(Finding("", None, found, f"{total} in all.", "", code, severity))
    return kept


def _refuse(findings: list[Finding]) -> None:
    """Raise a `FeedError` if there is anything to tell."""
    if findings:
        raise FeedError(finding.as_fault() for finding in shown(iter(findings)))


def open_feed(path: Path, *, encoding: str = "utf-8") -> tuple[Feed, list[Finding]]:
    """Open a feed and check its container; no table is read yet.

    Parameters
    ----------
    path
        A zip file or a folder of tables.
    encoding
        Encoding of the tables, as Python names it.

    Returns
    -------
    tuple
        The feed, and what its user should know about the container.

    Raises
    ------
    FeedError
        If it is no feed, or one that cannot be trusted.
    UsageError
        If the encoding is unknown.
    """
    _check_encoding(encoding)
    if path.is_dir():
        return _open_folder(path, encoding)
    if not path.is_file():
        found = (
            f"{str(path)!r} is not there." if not path.exists() else f"{str(path)!r} is no file."
        )
        _refuse(
            [_container(found, "A feed is a zip file or a folder.", "Check the path.", "DO-G001")]
        )
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except UNREADABLE as error:
        found = f"{path.name!r} cannot be opened as a zip file ({error})."
        advice = "Download the feed again, or unpack it and name the folder."
        _refuse([_container(found, "A feed is a zip file or a folder.", advice, "DO-G002")])
        raise  # not reached: _refuse raised
    _refuse(list(_check_members(infos)))
    members, notes = _locate([info.filename for info in infos if not info.is_dir()])
    return Feed(path, members, encoding, is_zip=True), notes


def _check_encoding(encoding: str) -> None:
    try:
        "".encode(encoding)  # refuses codecs that are not for text
        codecs.getincrementaldecoder(encoding)("strict").getstate()
    except (LookupError, ValueError, TypeError, NotImplementedError):
        allowed = "Allowed: names such as utf-8, cp1252, iso-8859-1."
        message = f"encoding {encoding[:40]!r} is unknown. {allowed}  [DO-G018]"
        raise UsageError(message) from None


def _container(found: str, allowed: str, advice: str, code: str, file: str = "") -> Finding:
    return Finding(file, None, found, allowed, advice, code)


def _open_folder(path: Path, encoding: str) -> tuple[Feed, list[Finding]]:
    known = {*TABLES, *UNUSED_TABLES}
    names = sorted(entry.name for entry in path.iterdir() if entry.name in known)
    findings = []
    for name in names:
        mode = (path / name).lstat().st_mode
        if stat.S_ISREG(mode):
            continue
        what = "a link" if stat.S_ISLNK(mode) else "no plain file"
        advice = "Put a copy of the file there."
        findings.append(
            _container(f"This is {what}.", "Tables are plain files.", advice, "DO-G004", name)
        )
    _refuse(findings)
    return Feed(path, {name: name for name in names}, encoding, is_zip=False), []


def _check_members(infos: list[zipfile.ZipInfo]) -> Iterator[Finding]:
    """Find members that a feed has no reason to hold."""
    advice = "Do not use this file; ask its publisher for a clean one."
    if len(infos) > MAX_MEMBERS:
        found = f"The zip file holds {len(infos)} files."
        yield _container(found, f"At most {MAX_MEMBERS} are allowed.", advice, "DO-G005")
    times = Counter(info.filename for info in infos)
    for name in sorted(name for name, number in times.items() if number > 1):
        found = f"The zip file holds {times[name]} files of this name."
        yield _container(found, "Each name may stand once.", advice, "DO-G006", _plain(name))
    for info in infos:
        file = _plain(info.filename)
        if _leads_out(info):
            found = f"The name {info.filename!r} leads out of the feed."
            yield _container(found, "Names stay inside the zip file.", advice, "DO-G003", file)
        if stat.S_ISLNK(info.external_attr >> 16):
            yield _container("This is a link.", "Tables are plain files.", advice, "DO-G004", file)
        if info.flag_bits & ENCRYPTED_FLAG:
            unlock = "Unlock it first, or ask for an open copy."
            yield _container("The file is encrypted.", "Feeds are open.", unlock, "DO-G007", file)
        yield from _check_size(info, file)


def _check_size(info: zipfile.ZipInfo, file: str) -> Iterator[Finding]:
    ratio = info.file_size / max(info.compress_size, 1)
    too_tight = ratio > MAX_RATIO and info.file_size > RATIO_COUNTS_ABOVE_BYTES
    if info.file_size > MAX_TABLE_BYTES or too_tight:
        found = f"The file would unpack to {info.file_size} bytes, {ratio:.0f} times its size."
        allowed = f"At most {MAX_TABLE_BYTES} bytes; above 10 MB at most {MAX_RATIO} times."
        advice = "This looks like a zip bomb; do not unpack it."
        yield _container(found, allowed, advice, "DO-G008", file)


def _plain(name: str) -> str:
    """Return a member's name fit to print."""
    return "".join(char if char.isprintable() else "?" for char in name)[:100]


def _leads_out(info: zipfile.ZipInfo) -> bool:
    name = info.orig_filename.replace("\\", "/")
    parts = PurePosixPath(name).parts
    return name.startswith("/") or ".." in parts or name[1:2] == ":" or "\0" in name


def _locate(names: list[str]) -> tuple[dict[str, str], list[Finding]]:
    """Return the tables at the top, or else in the only sub-folder that has stop times."""
    known = {*TABLES, *UNUSED_TABLES}
    members = {name: name for name in names if name in known}
    if any(name in members for name in REQUIRED_TABLES):
        return members, []
    paths = [PurePosixPath(name) for name in names]
    folders = sorted({path.parent for path in paths if path.name in REQUIRED_TABLES})
    if len(folders) != 1:
        return members, []
    inner = {path.name: str(path) for path in paths if path.parent == folders[0]}
    found = f"The tables stand in the sub-folder {_plain(str(folders[0]))!r}."
    note = Finding(
        "", None, found, "They belong at the top.", "They were read.", "DO-G010", "warning"
    )
    return {name: member for name, member in inner.items() if name in known}, [note]


def missing_tables(feed: Feed) -> Iterator[Finding]:
    """Find tables that a feed must have and that this one has not."""
    advice = "Ask the publisher for the complete feed."
    for name in REQUIRED_TABLES:
        if not feed.has(name):
            yield _container(
                "The file is missing.", "A feed must have it.", advice, "DO-G009", name
            )
    if not feed.has("calendar.txt") and not feed.has("calendar_dates.txt"):
        found = "Both calendar.txt and calendar_dates.txt are missing."
        yield _container(found, "A feed must have at least one.", advice, "DO-G009", "calendar.txt")
    if not feed.has("agency.txt"):
        found, allowed = "agency.txt is missing.", "A feed should have it."
        advice = "Runs whose operator is not given elsewhere have none."
        yield Finding("agency.txt", None, found, allowed, advice, "DO-G050", "warning")
