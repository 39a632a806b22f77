"""Read a scenario's files without trusting them: no pipes, no way out of the folder."""

import codecs
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from deliveryopt.errors import UsageError
from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_
from deliveryopt.scenario.faults import SCENARIO_FILE, FaultLog, Spot
from deliveryopt.scenario.text import shown

MAX_TABLE_BYTES: Final = 50_000_000
MAX_YAML_BYTES: Final = 2_000_000
BYTES_PER_MB: Final = 1_000_000
_UTF_16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LINK_IN_A_CIRCLE: Final = N_("a link in a circle")
_REASONS: Final = frozenset(
    {
        N_("Directory not empty"),
        N_("Disk quota exceeded"),
        N_("File exists"),
        N_("File name too long"),
        N_("Input/output error"),
        N_("Is a directory"),
        N_("No space left on device"),
        N_("No such file or directory"),
        N_("Not a directory"),
        N_("Operation not permitted"),
        N_("Permission denied"),
        N_("Read-only file system"),
        N_("Stale file handle"),
        N_("Text file busy"),
        N_("Too many levels of symbolic links"),
        N_("Too many open files"),
    }
)
"""Why systems cannot read or write, in their words; other words are shown as they are."""


def reason_of(error: OSError) -> str:
    """Return why something cannot be read or written, in the language in force where known."""
    reason = error.strerror or str(error)
    return _(reason) if reason in _REASONS else reason


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder that holds a scenario."""

    path: Path
    """The folder."""
    encoding: str
    """Encoding of files that are not UTF-8."""

    def file_names(self) -> list[str]:
        """Return the names of what stands in the folder, sorted; none if it may not be listed."""
        try:
            return sorted(path.name for path in self.path.iterdir())
        except OSError:
            return []


def open_folder(path: Path, *, encoding: str, log: FaultLog) -> Folder | None:
    """Return a scenario's folder, given as itself or as its `scenario.yaml`.

    Raises
    ------
    UsageError
        If there is no such encoding.
    """
    try:
        " ".encode(encoding)
    except (LookupError, ValueError):
        message = _("encoding {encoding} is not known. Allowed: for example utf-8, cp1252, utf-16.")
        raise UsageError(message.format(encoding=shown(encoding))) from None
    allowed = _("Allowed: a folder that holds {file} and its tables.").format(file=SCENARIO_FILE)
    spot = Spot("", label=_("scenario {path}").format(path=shown(path)))
    try:
        is_folder, is_there = path.is_dir(), os.path.lexists(path)
    except (OSError, ValueError):
        is_folder, is_there = False, False
    if is_folder:
        return Folder(path, encoding)
    if is_there and path.name == SCENARIO_FILE:
        return Folder(path.parent, encoding)
    if is_there:
        found, code = _("it is a file, not a folder."), "DO-S002"
    else:
        found, code = _("there is no such folder."), "DO-S001"
    log.add(spot, found, allowed, _("Check the path."), code)
    return None


def _kind_fault(mode: int) -> tuple[str, str] | None:
    """Return what is wrong, and its code, with something that is not a regular file."""
    if stat.S_ISREG(mode):
        return None
    if stat.S_ISDIR(mode):
        return _("it is a folder, not a file."), "DO-S002"
    return _("it is not a file but a pipe, a device or the like."), "DO-S003"


def read_text(folder: Folder, name: str, *, is_needed: bool, log: FaultLog) -> str | None:
    """Return the text of a file in the folder, or None if there is none or it is at fault."""
    spot = Spot(name)
    data = _read_bytes(folder, name, spot, is_needed=is_needed, log=log)
    if data is None:
        return None
    text = _decode(data, folder.encoding, spot, log)
    if text is not None and "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        found = _("a NUL byte stands in line {line}.").format(line=line)
        allowed = _("Allowed: text without NUL bytes.")
        advice = _("Save the file again as text; UTF-16 files need --encoding utf-16.")
        log.add(spot, found, allowed, advice, "DO-S008")
        return None
    return text


def _read_bytes(
    folder: Folder, name: str, spot: Spot, *, is_needed: bool, log: FaultLog
) -> bytes | None:
    path = folder.path / name
    if not os.path.lexists(path):
        if is_needed:
            found = _("the file is missing.")
            allowed = _(
                "Needed: scenario.yaml, villages.csv, pickup_points.csv, depots.csv, runs.csv "
                "and stop_times.csv."
            )
            log.add(spot, found, allowed, _missing_advice(folder, name), "DO-S001")
        return None
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(folder.path.resolve(strict=True)):
            found = _("a link leads out of the scenario's folder.")
            allowed = _("Allowed: files inside the folder.")
            log.add(spot, found, allowed, _("Copy the file into the folder."), "DO-S005")
            return None
        return _read_regular(real, spot, log)
    except (OSError, RuntimeError) as error:
        reason = _(_LINK_IN_A_CIRCLE)
        if isinstance(error, OSError) and error.strerror:
            reason = reason_of(error)
        found = _("it cannot be opened ({reason}).").format(reason=reason)
        allowed = _("Allowed: a file that you may read.")
        log.add(spot, found, allowed, _("Check the file and its permissions."), "DO-S006")
        return None


def _read_regular(path: Path, spot: Spot, log: FaultLog) -> bytes | None:
    """Read a file after looking at what was really opened; a pipe is never waited for."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    kind_fault = _kind_fault(path.stat().st_mode)
    if kind_fault is None:
        with os.fdopen(os.open(path, flags), "rb") as file:
            status = os.fstat(file.fileno())
            kind_fault = _kind_fault(status.st_mode)
            max_bytes = MAX_YAML_BYTES if spot.file == SCENARIO_FILE else MAX_TABLE_BYTES
            if kind_fault is None and status.st_size <= max_bytes:
                return file.read(max_bytes)
            if kind_fault is None:
                found = _("it holds {size:.1f} MB.").format(size=status.st_size / BYTES_PER_MB)
                allowed = _("Allowed: at most {most} MB.").format(most=max_bytes // BYTES_PER_MB)
                advice = _("Cut it down to the area and the week that you plan for.")
                log.add(spot, found, allowed, advice, "DO-S004")
                return None
    found, code = kind_fault
    log.add(spot, found, _("Allowed: an ordinary file."), _("Put the file itself there."), code)
    return None


def _missing_advice(folder: Folder, name: str) -> str:
    """Return what to do about a missing file: another spelling of it, or a file to write."""
    lowered = name.casefold().removesuffix(".yaml")
    for other in folder.file_names():
        if other.casefold() == name.casefold() or other.casefold() == f"{lowered}.yml":
            return _("Rename {file} to {name}.").format(file=shown(other), name=name)
    if name == SCENARIO_FILE:
        return _("Point to the folder that holds it, or start with 'deliveryopt new'.")
    return _("Add it; a table with no rows still needs its heading row.")


def _decode(data: bytes, encoding: str, spot: Spot, log: FaultLog) -> str | None:
    """Return the text: UTF-8 wherever it is valid, else in the encoding that was named."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        first = error
    if codecs.lookup(encoding).name not in {"utf-8", "utf-8-sig"}:
        try:
            return data.decode(encoding).removeprefix("\ufeff")
        except UnicodeError as error:
            start = error.start if isinstance(error, UnicodeDecodeError) else 0
            found = _("byte {start} (counted from 0) is not valid {encoding}.")
            found = found.format(start=start, encoding=encoding)
            allowed = _("Allowed: one encoding in the whole file.")
            log.add(spot, found, allowed, _("Save the file as UTF-8."), "DO-S007")
            return None
    line = data.count(b"\n", 0, first.start) + 1
    found = _(
        "byte {start} (counted from 0), 0x{byte:02x} in line {line}, is not valid UTF-8."
    ).format(start=first.start, byte=data[first.start], line=line)
    advice = _("Save the file as UTF-8, or add --encoding cp1252 if it comes from older Windows.")
    if data.startswith(_UTF_16_MARKS):
        advice = _("Save the file as UTF-8, or add --encoding utf-16.")
    log.add(spot, found, _("Allowed: UTF-8 text."), advice, "DO-S007")
    return None
