"""Text as a cell of a spreadsheet can hold it: no formula, no control character, not too long."""

from __future__ import annotations

from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r")
CELL = 32_767  # characters that a cell of Excel holds; longer text is cut with a mark
CUT = "…（截断，全文见 JSON）"


def plain(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    if not isinstance(value, str):
        return value
    value = clip(value)
    return clip(f"'{value}") if value.startswith(FORMULA) else value


def clip(text: str) -> str:
    """What a cell can hold: no control characters, and a text that is too long cut with a mark."""
    text = "".join(char for char in text if char >= " " or char in "\t\n")
    return text if len(text) <= CELL else text[: CELL - len(CUT)] + CUT
