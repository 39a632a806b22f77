"""What a scenario may not hold about persons, and what no message may show of a home."""

import re
from typing import Final

from pydantic import BaseModel

from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_
from deliveryopt.scenario.faults import UnreadableError
from deliveryopt.scenario.home_delivery import HomeOrder
from deliveryopt.scenario.text import is_personal_number, shown

HIDDEN: Final = N_("a coordinate of a home (not shown here)")
NAMING_COLUMN: Final = (
    N_("a column looks like one for names, addresses, telephones or e-mail."),
    N_("Allowed in homes.csv: pseudonyms only, such as hem_01; no names and no addresses."),
    N_("Remove the whole column, and keep the key from pseudonym to person elsewhere."),
    "DO-S044",
)
"""The words of the fault for a column that would tell who lives in a home."""
_COORDINATES: Final = frozenset({"lat_deg", "lon_deg"})
_NO_LETTER: Final = re.compile(r"[^a-zåäö]")
_PERSONAL_COLUMNS: Final = frozenset(
    {
        "personnummer",
        "personnr",
        "pnr",
        "personnumber",
        "personalnumber",
        "personid",
        "personalid",
        "samordningsnummer",
        "ssn",
        "socialsecuritynumber",
    }
)
_NAMING_WORDS: Final = (
    *("namn", "name", "adress", "address", "gata", "street", "fastighet", "postnummer", "postnr"),
    *("postcode", "zipcode", "telefon", "telephone", "phone", "mobil", "epost", "mail", "portkod"),
)
_NAMING_COLUMNS: Final = frozenset({"tel", "tfn", "mob", "telnr", "tfnnr", "zip"})
_BARE_NUMBER: Final = re.compile(
    r"(?<![0-9])(?:1[89]|20)?[0-9]{2}(?:0[1-9]|1[0-2])"
    r"(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])"
    "[\\s_.+\u2010-\u2015\u2212-]{0,3}[0-9]{4}(?![0-9])"
)


def is_personal_column(column: str) -> bool:
    """Return whether a heading announces personal numbers, or is one.

    Examples
    --------
    >>> is_personal_column("Person-nr"), is_personal_column("parcels")
    (True, False)
    """
    return _NO_LETTER.sub("", column.casefold()) in _PERSONAL_COLUMNS or is_personal_number(column)


def is_naming_column(column: str) -> bool:
    """Return whether a heading announces names, addresses or ways to reach a person.

    Examples
    --------
    >>> is_naming_column("Kundens namn"), is_naming_column("e-post"), is_naming_column("litres")
    (True, True, False)
    """
    letters = _NO_LETTER.sub("", column.casefold())
    return letters in _NAMING_COLUMNS or any(word in letters for word in _NAMING_WORDS)


def is_personal(model: type[BaseModel], text: str) -> bool:
    """Return whether a text holds a personal number; of a home also one without its hyphen.

    Elsewhere ten or twelve digits may well be the id of a stop.

    Examples
    --------
    >>> is_personal(HomeOrder, "191212121212"), is_personal(BaseModel, "191212121212")
    (True, False)
    """
    if is_personal_number(text):
        return True
    return issubclass(model, HomeOrder) and _BARE_NUMBER.search(text) is not None


def is_hidden(model: type[BaseModel], name: str) -> bool:
    """Return whether no message may show what stands in a field."""
    return name in _COORDINATES and issubclass(model, HomeOrder)


def without_value(error: UnreadableError, text: str) -> UnreadableError:
    """Return why a home's coordinate cannot be read, without the coordinate."""
    found = error.found
    for word in (shown(text), shown(text.strip())):
        found = found.replace(word, _(HIDDEN))
    advice = _("Write WGS 84 degrees with a decimal point, such as 65.85 and 23.14.")
    return UnreadableError(found, error.allowed, advice, error.code)
