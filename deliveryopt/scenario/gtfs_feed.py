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
from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_

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
_WHAT_FEEDS_ARE: Final = N_("A feed is a zip file or a folder.")
_REASONS: Final = (
    N_("File is not a zip file"),
    N_("Truncated central directory"),
    N_("Truncated file header"),
    N_("Bad offset for central directory"),
    N_("Bad magic number for central directory"),
    N_("Bad magic number for file header"),
    N_("Bad CRC-32 for file"),
    N_("Error -3 while decompressing data"),
    N_("That compression method is not supported"),
    N_("Permission denied"),
    N_("Input/output error"),
    N_("unexpected end of data"),
    N_("field larger than field limit"),
    N_("',' expected after '\"'"),
)
"""How Python tells that a file cannot be read; other words are shown as they are."""

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
        name = self.file or _("feed")
        return name if self.row is None else _("{file}, row {row}").format(file=name, row=self.row)

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
            found = _("{count} more of this kind are not shown.").format(count=total - MAX_SHOWN)
            allowed = _("{count} in all.").format(count=total)
            kept.append(Finding("", None, found, allowed, "", code, severity))
    return kept


def _refuse(findings: list[Finding]) -> None:
    """Raise a `FeedError` if there is anything to tell."""
    if findings:
        raise FeedError(finding.as_fault() for finding in shown(iter(findings)))


def reason_unreadable(error: Exception) -> str:
    """Return why a file cannot be read, in the language in force as far as the words are known."""
    reason = str(error)
    for words in _REASONS:
        reason = reason.replace(words, _(words))
    return reason


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
        found = _("{path!r} is no file.") if path.exists() else _("{path!r} is not there.")
        found = found.format(path=str(path))
        _refuse([_container(found, _(_WHAT_FEEDS_ARE), _("Check the path."), "DO-G001")])
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except UNREADABLE as error:
        found = _("{name!r} cannot be opened as a zip file ({reason}).").format(
            name=path.name, reason=reason_unreadable(error)
        )
        advice = _("Download the feed again, or unpack it and name the folder.")
        _refuse([_container(found, _(_WHAT_FEEDS_ARE), advice, "DO-G002")])
        raise  # not reached: _refuse raised
    _refuse(list(_check_members(infos)))
    members, notes = _locate([info.filename for info in infos if not info.is_dir()])
    return Feed(path, members, encoding, is_zip=True), notes


def _check_encoding(encoding: str) -> None:
    try:
        "".encode(encoding)  # refuses codecs that are not for text
        codecs.getincrementaldecoder(encoding)("strict").getstate()
    except (LookupError, ValueError, TypeError, NotImplementedError):
        found = _(
            "encoding {encoding!r} is unknown. Allowed: names such as utf-8, cp1252, iso-8859-1."
        ).format(encoding=encoding[:40])
        message = f"{found}  [DO-G018]"
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
        found = _("This is a link.") if stat.S_ISLNK(mode) else _("This is no plain file.")
        advice = _("Put a copy of the file there.")
        allowed = _("Tables are plain files.")
        findings.append(_container(found, allowed, advice, "DO-G004", name))
    _refuse(findings)
    return Feed(path, {name: name for name in names}, encoding, is_zip=False), []


def _check_members(infos: list[zipfile.ZipInfo]) -> Iterator[Finding]:
    """Find members that a feed has no reason to hold."""
    advice = _("Do not use this file; ask its publisher for a clean one.")
    if len(infos) > MAX_MEMBERS:
        found = _("The zip file holds {count} files.").format(count=len(infos))
        allowed = _("At most {count} are allowed.").format(count=MAX_MEMBERS)
        yield _container(found, allowed, advice, "DO-G005")
    times = Counter(info.filename for info in infos)
    for name in sorted(name for name, number in times.items() if number > 1):
        found = _("The zip file holds {count} files of this name.").format(count=times[name])
        yield _container(found, _("Each name may stand once."), advice, "DO-G006", _plain(name))
    for info in infos:
        file = _plain(info.filename)
        if _leads_out(info):
            found = _("The name {name!r} leads out of the feed.").format(name=info.filename)
            yield _container(found, _("Names stay inside the zip file."), advice, "DO-G003", file)
        if stat.S_ISLNK(info.external_attr >> 16):
            found, allowed = _("This is a link."), _("Tables are plain files.")
            yield _container(found, allowed, advice, "DO-G004", file)
        if info.flag_bits & ENCRYPTED_FLAG:
            found, unlock = (
                _("The file is encrypted."),
                _("Unlock it first, or ask for an open copy."),
            )
            yield _container(found, _("Feeds are open."), unlock, "DO-G007", file)
        yield from _check_size(info, file)


def _check_size(info: zipfile.ZipInfo, file: str) -> Iterator[Finding]:
    ratio = info.file_size / max(info.compress_size, 1)
    too_tight = ratio > MAX_RATIO and info.file_size > RATIO_COUNTS_ABOVE_BYTES
    if info.file_size > MAX_TABLE_BYTES or too_tight:
        found = _("The file would unpack to {size} bytes, {ratio:.0f} times its size.").format(
            size=info.file_size, ratio=ratio
        )
        allowed = _("At most {size} bytes; above 10 MB at most {ratio} times.").format(
            size=MAX_TABLE_BYTES, ratio=MAX_RATIO
        )
        advice = _("This looks like a zip bomb; do not unpack it.")
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
    found = _("The tables stand in the sub-folder {folder!r}.").format(
        folder=_plain(str(folders[0]))
    )
    allowed, done = _("They belong at the top."), _("They were read.")
    note = Finding("", None, found, allowed, done, "DO-G010", "warning")
    return {name: member for name, member in inner.items() if name in known}, [note]


def missing_tables(feed: Feed) -> Iterator[Finding]:
    """Find tables that a feed must have and that this one has not."""
    advice = _("Ask the publisher for the complete feed.")
    for name in REQUIRED_TABLES:
        if not feed.has(name):
            found, allowed = _("The file is missing."), _("A feed must have it.")
            yield _container(found, allowed, advice, "DO-G009", name)
    if not feed.has("calendar.txt") and not feed.has("calendar_dates.txt"):
        found = _("Both calendar.txt and calendar_dates.txt are missing.")
        allowed = _("A feed must have at least one.")
        yield _container(found, allowed, advice, "DO-G009", "calendar.txt")
    if not feed.has("agency.txt"):
        found, allowed = _("agency.txt is missing."), _("A feed should have it.")
        advice = _("Runs whose operator is not given elsewhere have none.")
        yield Finding("agency.txt", None, found, allowed, advice, "DO-G050", "warning")
