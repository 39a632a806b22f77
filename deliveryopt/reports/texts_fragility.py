"""Texts of the study of what may disappear, Swedish and English."""

from typing import Final

FRAGILITY: Final[dict[str, tuple[str, str]]] = {}
