"""Collect every message of the code into the Swedish catalogue, and compile it.

`python -m docs.messages` brings `deliveryopt/locale/sv/LC_MESSAGES/deliveryopt.po` up to date,
keeping what is translated, and writes the `.mo` beside it that the program reads; with `--check`
it writes nothing and ends with 1 if anything is missing, left over or not compiled.

What the command-line library itself says is looked up in the same catalogue; those messages bear
the comment `click` there, and are kept as they are.
"""  # noqa: INP001  a folder of texts, not a package

import inspect
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Final

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from deliveryopt.cli import cli
from deliveryopt.language import DOMAIN, LOCALE_FOLDER

PACKAGE: Final = LOCALE_FOLDER.parent
PO_FILE: Final = LOCALE_FOLDER / "sv" / "LC_MESSAGES" / f"{DOMAIN}.po"
KEYWORDS: Final = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
CLICK: Final = "click"


def messages_of_code() -> Iterator[tuple[str, ...]]:
    """Yield every message of the package: itself, or its singular and plural."""
    found = extract_from_dir(PACKAGE, [("**.py", "python")], keywords=KEYWORDS)
    for _file, _line, message, _comments, _context in found:
        yield (message,) if isinstance(message, str) else tuple(message)
    for command in (cli, *cli.commands.values()):
        yield (inspect.cleandoc(command.help or ""),)


def read_catalogue() -> Catalog:
    """Return the Swedish catalogue as it stands."""
    with PO_FILE.open("rb") as file:
        return read_po(file, locale="sv", domain=DOMAIN)


def brought_up_to_date(earlier: Catalog) -> Catalog:
    """Return the catalogue with exactly the messages of the code, and click's that it holds."""
    new = Catalog(
        locale="sv",
        domain=DOMAIN,
        project="deliveryopt",
        fuzzy=False,
        header_comment="# Swedish messages of deliveryopt.",
        creation_date=earlier.creation_date,
        revision_date=earlier.revision_date,
    )
    for message in earlier:
        if message.id and CLICK in message.auto_comments:
            new.add(message.id, message.string, auto_comments=[CLICK])
    for ids in messages_of_code():
        key = ids[0] if len(ids) == 1 else ids
        known = earlier.get(ids[0])
        new.add(key, known.string if known is not None else "", auto_comments=())
    return new


def untranslated(catalogue: Catalog) -> list[Message]:
    """Return the messages that lack a translation, or a form of it."""
    return [one for one in catalogue if one.id and not _is_whole(one)]


def _is_whole(message: Message) -> bool:
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(forms)


def as_po(catalogue: Catalog) -> bytes:
    """Return a catalogue as the text that translators edit."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=100, no_location=True, sort_output=True)
    return buffer.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """Return a catalogue as the program reads it."""
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def main(arguments: list[str]) -> int:
    """Write the catalogue, or check it; return the exit code."""
    catalogue = brought_up_to_date(read_catalogue())
    po, mo = as_po(catalogue), as_mo(catalogue)
    mo_file = PO_FILE.with_suffix(".mo")
    missing = untranslated(catalogue)
    for message in missing:
        click.echo(f"not translated: {message.id!r}")
    if "--check" in arguments:
        is_same = PO_FILE.read_bytes() == po and mo_file.read_bytes() == mo
        if not is_same:
            click.echo(
                f"{PO_FILE.name} or its .mo is not as the code says: python -m docs.messages"
            )
        return 0 if is_same and not missing else 1
    PO_FILE.write_bytes(po)
    mo_file.write_bytes(mo)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
