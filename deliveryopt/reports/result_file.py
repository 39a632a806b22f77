"""Reading a `result.json` that anyone may have written."""

import json
import stat
from math import isfinite
from pathlib import Path

from deliveryopt.errors import Fault, ScenarioError
from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_
from deliveryopt.scenario.files import reason_of

MAX_RESULT_BYTES = 50_000_000
MAX_DEPTH = 64
_PROBLEMS = (
    N_("Expecting value"),
    N_("Expecting ',' delimiter"),
    N_("Expecting ':' delimiter"),
    N_("Expecting property name enclosed in double quotes"),
    N_("Extra data"),
    N_("Illegal trailing comma before end of array"),
    N_("Illegal trailing comma before end of object"),
    N_("Invalid \\escape"),
    N_("Invalid \\uXXXX escape"),
    N_("Invalid control character at"),
    N_("Unterminated string starting at"),
)
"""What Python's reader says of a text that is no JSON."""


def _fault(path: Path, found: str, advice: str, code: str) -> ScenarioError:
    allowed = _("Allowed: a result.json written by 'solve'.")
    return ScenarioError([Fault(str(path), found, allowed, advice, code)])


def _words_of(error: ValueError) -> str:
    """Return why a text is no JSON, in the language in force as far as the words are known."""
    if not isinstance(error, json.JSONDecodeError):
        return str(error)
    return _("{problem}: line {line} column {column} (char {position})").format(
        problem=_(error.msg), line=error.lineno, column=error.colno, position=error.pos
    )


def _refuse_constant(text: str) -> float:
    message = _("the number {number} stands in it").format(number=text)
    raise ValueError(message)


def _finite(text: str) -> float:
    number = float(text)
    return number if isfinite(number) else _refuse_constant(text)


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        message = _("a key stands twice in it")
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
            found, advice = _("it is not an ordinary file."), _("Name the file itself.")
            raise _fault(file, found, advice, "DO-R001")
        if status.st_size > MAX_RESULT_BYTES:
            found, advice = _("it is too large."), _("Name the right file.")
            raise _fault(file, found, advice, "DO-R002")
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = _("it is not UTF-8 text")
        if isinstance(error, OSError) and error.strerror:
            reason = reason_of(error)
        found = _("it cannot be read: {reason}.").format(reason=reason)
        raise _fault(file, found, _("Check the path."), "DO-R003") from error
    if _too_deep(text):
        found = _("it is nested more than {depth} deep.").format(depth=MAX_DEPTH)
        raise _fault(file, found, _("Solve again."), "DO-R004")
    try:
        content = json.loads(
            text,
            parse_constant=_refuse_constant,
            parse_float=_finite,
            object_pairs_hook=_without_duplicates,
        )
    except ValueError as error:
        found = _("it is not proper JSON: {reason}.").format(reason=_words_of(error))
        raise _fault(file, found, _("Solve again."), "DO-R005") from error
    if not isinstance(content, dict):
        raise _fault(file, _("it holds no object."), _("Solve again."), "DO-R006")
    return content
