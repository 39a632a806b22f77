"""Texts of cost against coverage, Swedish and English."""

from typing import Final

FRONTIER: Final[dict[str, tuple[str, str]]] = {}
