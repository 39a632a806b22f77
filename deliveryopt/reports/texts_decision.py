"""Texts of the one-page decision paper and of the documents for printing, Swedish and English."""

from typing import Final

DECISION: Final[dict[str, tuple[str, str]]] = {}
