"""Every text that a report shows, in Swedish and English, looked up by key.

The texts stand in files `texts_*.py`, by where they are used. A key is
`place.name`; a family of texts, one for each value of a field, has keys `family.value`. A text
that counts has `.one` and `.other`.
"""

from dataclasses import dataclass
from typing import Final

from deliveryopt.reports.bundle import Language
from deliveryopt.reports.texts_compare import COMPARE
from deliveryopt.reports.texts_decision import DECISION
from deliveryopt.reports.texts_excel import EXCEL
from deliveryopt.reports.texts_explain import EXPLAIN
from deliveryopt.reports.texts_fragility import FRAGILITY
from deliveryopt.reports.texts_frontier import FRONTIER
from deliveryopt.reports.texts_gis import GIS
from deliveryopt.reports.texts_homes import HOMES
from deliveryopt.reports.texts_page import PAGE
from deliveryopt.reports.texts_parameters import PARAMETERS
from deliveryopt.reports.texts_privacy import PRIVACY
from deliveryopt.reports.texts_sensitivity import SENSITIVITY
from deliveryopt.reports.texts_sentences import SENTENCES
from deliveryopt.reports.texts_sheets import SHEETS
from deliveryopt.reports.texts_ways import WAYS
from deliveryopt.reports.texts_words import WORDS

LANGUAGES: Final[tuple[Language, ...]] = ("sv", "en")
CATALOGUE: Final = (
    WORDS
    | SENTENCES
    | PAGE
    | HOMES
    | WAYS
    | SHEETS
    | PARAMETERS
    | DECISION
    | EXCEL
    | GIS
    | FRONTIER
    | COMPARE
    | SENSITIVITY
    | FRAGILITY
    | EXPLAIN
    | PRIVACY
)
"""Swedish and English text by key."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language."""

    language: Language

    def __call__(self, key: str, **values: object) -> str:
        """Return a text with values filled in.

        Raises
        ------
        KeyError
            If there is no such text: our fault.

        Examples
        --------
        >>> Texts("sv")("word.yes"), Texts("en")("word.yes")
        ('ja', 'yes')
        """
        text = CATALOGUE[key][LANGUAGES.index(self.language)]
        return text.format(**values) if values else text

    def of(self, family: str, value: str) -> str:
        """Return the text of one value of a family.

        Examples
        --------
        >>> Texts("sv").of("day", "mon")
        'måndag'
        """
        return self(f"{family}.{value}")

    def counted(self, key: str, number: int, **values: object) -> str:
        """Return a text that counts, in the singular or the plural.

        Examples
        --------
        >>> Texts("sv").counted("count.box", 1, count="1"), Texts("en").counted("count.box", 2)
        ('1 box', '2 boxes')
        """
        form = "one" if number == 1 else "other"
        return self(f"{key}.{form}", **({"count": number} | values))

    def has(self, key: str) -> bool:
        """Return whether there is a text with a key."""
        return key in CATALOGUE
