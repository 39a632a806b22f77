"""Lines of plain text for a terminal: headings, rows of label and value, and sentences."""

import textwrap
from typing import Final

WIDEST: Final = 80
NARROWEST: Final = 40
TWO_COLUMNS: Final = 64
LABEL: Final = 28


class Page:
    """Lines that keep within a width."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.lines: list[str] = []

    def _wrap(self, text: str, first: str, rest: str) -> None:
        self.lines += textwrap.wrap(
            text,
            self.width,
            initial_indent=first,
            subsequent_indent=rest,
            break_on_hyphens=False,
        ) or [first.rstrip()]

    def title(self, text: str) -> None:
        """Add the title."""
        self._wrap(text, "", "")
        self.lines.append("=" * max(len(line) for line in self.lines))

    def heading(self, text: str) -> None:
        """Add a heading."""
        self._wrap(text, "", "")

    def sentence(self, text: str) -> None:
        """Add a sentence."""
        self._wrap(text, "  - ", "    ")

    def row(self, label: str, value: str) -> None:
        """Add a label and its value, side by side where there is room."""
        if self.width >= TWO_COLUMNS and len(label) <= LABEL:
            start = f"  {label:{LABEL}} "
            self._wrap(value, start, " " * len(start))
        else:
            self._wrap(f"{label.strip()}: {value}", "  ", "    ")
