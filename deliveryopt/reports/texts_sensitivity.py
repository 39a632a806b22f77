"""Texts of the study of uncertain numbers, Swedish and English."""

from typing import Final

SENSITIVITY: Final[dict[str, tuple[str, str]]] = {}
