"""Texts of reasons why something is not served, Swedish and English."""

from typing import Final

EXPLAIN: Final[dict[str, tuple[str, str]]] = {}
