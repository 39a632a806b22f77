"""Reading a `result.json` that anyone may have written."""

import json
import stat
from math import isfinite
from pathlib import Path

from deliveryopt.errors import Fault, ScenarioError

MAX_RESULT_BYTES = 50_000_000
MAX_DEPTH = 64


def _fault(path: Path, found: str, advice: str, code: str) -> ScenarioError:
    return ScenarioError(
        [Fault(str(path), found, "Allowed: a result.json written by 'solve'.", advice, code)]
    )


def _refuse_constant(text: str) -> float:
    message = f"the number {text} stands in it"
    raise ValueError(message)


def _finite(text: str) -> float:
    number = float(text)
    return number if isfinite(number) else _refuse_constant(text)


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        message = "a key stands twice in it"
        raise ValueError(message)
    return found


def _too_deep(text: str) -> bool:
    depth = deepest = 0
    in_string = escaped = False
    for character in text:
        if in_string:
            in_string = escaped or character != '"'
            escaped = character == "\\" and not escaped
        elif character == '"':
            in_string = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest > MAX_DEPTH


def read_result(path: Path) -> dict[str, object]:
    """Return the content of a result.json, given as itself or as the folder that holds it.

    Raises
    ------
    ScenarioError
        If it is missing, too large, or not JSON as JSON should be.
    """
    file = path / "result.json" if path.is_dir() else path
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise _fault(file, "it is not an ordinary file.", "Name the file itself.", "DO-R001")
        if status.st_size > MAX_RESULT_BYTES:
            raise _fault(file, "it is too large.", "Name the right file.", "DO-R002")
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise _fault(file, f"it cannot be read: {reason}.", "Check the path.", "DO-R003") from error
    if _too_deep(text):
        raise _fault(file, f"it is nested more than {MAX_DEPTH} deep.", "Solve again.", "DO-R004")
    try:
        content = json.loads(
            text,
            parse_constant=_refuse_constant,
            parse_float=_finite,
            object_pairs_hook=_without_duplicates,
        )
    except ValueError as error:
        raise _fault(file, f"it is not proper JSON: {error}.", "Solve again.", "DO-R005") from error
    if not isinstance(content, dict):
        raise _fault(file, "it holds no object.", "Solve again.", "DO-R006")
    return content
