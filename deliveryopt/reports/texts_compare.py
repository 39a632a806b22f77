"""Texts of two results beside each other, Swedish and English."""

from typing import Final

COMPARE: Final[dict[str, tuple[str, str]]] = {}
