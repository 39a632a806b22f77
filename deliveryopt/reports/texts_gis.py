"""Texts of map layers, Swedish and English."""

from typing import Final

GIS: Final[dict[str, tuple[str, str]]] = {}
