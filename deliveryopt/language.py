"""The language in which the program speaks to whoever runs it: messages, help and progress.

Reports have their own texts and their own language (`reports/texts.py`), since a report outlives
the command. Messages are English in the code and translated by gettext from
`locale/LANGUAGE/LC_MESSAGES/deliveryopt.mo`.
"""

import gettext as _gettext
import locale
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal

Spoken = Literal["sv", "en"]

DOMAIN: Final = "deliveryopt"
LOCALE_FOLDER: Final = Path(__file__).parent / "locale"
OWN_VARIABLE: Final = "DELIVERYOPT_LANG"
_VARIABLES: Final = (OWN_VARIABLE, "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_spoken: list[Spoken] = ["en"]


@cache
def _translations(language: Spoken) -> _gettext.NullTranslations:
    return _gettext.translation(DOMAIN, LOCALE_FOLDER, [language], fallback=language == "en")


def speak(language: Spoken) -> None:
    """Speak a language from now on, in this process and in those it starts.

    The command-line library asks gettext itself, by the usual variable, so that is set as well.
    """
    _spoken[0] = language
    os.environ[OWN_VARIABLE] = os.environ["LANGUAGE"] = language
    _gettext.bindtextdomain(DOMAIN, LOCALE_FOLDER)
    _gettext.textdomain(DOMAIN)


def spoken() -> Spoken:
    """Return the language in force; English until `speak` is called."""
    return _spoken[0]


def language_of(environment: Mapping[str, str]) -> Spoken:
    """Return the language that the surroundings ask for; English if none of ours is named.

    The first variable that is set decides, in the order DELIVERYOPT_LANG, LANGUAGE, LC_ALL,
    LC_MESSAGES, LANG; where none is set, the computer's own setting.

    Examples
    --------
    >>> language_of({"LANG": "sv_SE.UTF-8"}), language_of({"LANG": "C.UTF-8"})
    ('sv', 'en')
    >>> language_of({"LANGUAGE": "de:sv", "LANG": "en_GB"})
    'sv'
    """
    asked = next((environment[name] for name in _VARIABLES if environment.get(name)), None)
    if asked is None:
        asked = locale.getlocale()[0] or ""
    for name in asked.split(":"):
        if name.lower().startswith(("sv", "swedish")):
            return "sv"
        if name.lower().startswith(("en", "c", "posix")):
            return "en"
    return "en"


def gettext(message: str) -> str:
    """Return a message in the language in force; commonly imported as `_`."""
    return _translations(spoken()).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return a message that counts, in the language in force."""
    return _translations(spoken()).ngettext(singular, plural, number)


def gettext_noop(message: str) -> str:
    """Mark a message that is translated later, where it is shown; imported as `N_`."""
    return message
