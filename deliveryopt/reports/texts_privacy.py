"""Texts of what a report does not show, Swedish and English."""

from typing import Final

PRIVACY: Final[dict[str, tuple[str, str]]] = {}
