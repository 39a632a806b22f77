"""Texts of the workbook, Swedish and English."""

from typing import Final

EXCEL: Final[dict[str, tuple[str, str]]] = {}
