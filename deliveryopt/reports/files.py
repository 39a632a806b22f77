"""Writing files so that a reader never sees half of one."""

import os
import tempfile
from pathlib import Path
from typing import Final

from deliveryopt.errors import OutputError
from deliveryopt.language import gettext as _
from deliveryopt.scenario.files import reason_of

_PRIVATE: Final = 0o600


def write_bytes(path: Path, content: bytes, *, is_private: bool = False) -> None:
    """Write a file whole or not at all; folders that are missing are made.

    The content goes to a temporary file in the same folder, is flushed to the disk, and only
    then takes the file's name.

    Parameters
    ----------
    path
        File to write; an existing one is replaced.
    content
        Its whole content.
    is_private
        Whether only the user who writes it may read it, where the system knows such a thing.

    Raises
    ------
    OutputError
        If the file cannot be written; an existing one is then as it was.
    """
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".deliveryopt-", suffix=".tmp")
        temporary = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_PRIVATE if is_private else 0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        _remove(temporary)
        raise OutputError(_message(path, error)) from error
    except BaseException:
        _remove(temporary)
        raise


def write_text(path: Path, text: str, *, encoding: str = "utf-8", is_private: bool = False) -> None:
    r"""Write a text file whole or not at all; line breaks are written as they are.

    Parameters
    ----------
    path
        File to write; an existing one is replaced.
    text
        Its whole content, with `\n` between lines.
    encoding
        `utf-8`, or `utf-8-sig` where a byte order mark is wanted.
    is_private
        Whether only the user who writes it may read it.

    Raises
    ------
    OutputError
        If the file cannot be written; an existing one is then as it was.
    """
    write_bytes(path, text.encode(encoding), is_private=is_private)


def remove_file(path: Path) -> None:
    """Remove a file that an earlier result left; it may be missing.

    Raises
    ------
    OutputError
        If it is there and cannot be removed.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(_message(path, error)) from error


def _message(path: Path, error: OSError) -> str:
    """Return where, what and what to do."""
    found = _("{path}: cannot be written ({reason}).").format(path=path, reason=reason_of(error))
    advice = _(
        "Close the file if another program has it open, check free space and permissions, "
        "or choose another folder with --out"
    )
    return f"{found}\n    {advice}  [DO-O001]"


def _remove(temporary: Path | None) -> None:
    """Remove what was begun, as far as that can be done."""
    if temporary is not None:
        try:
            temporary.unlink(missing_ok=True)
        except OSError:
            return


def _umask() -> int:
    """Return the process's file mask, which can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
