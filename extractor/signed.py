"""The day that a report is signed with."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.found import Date
from extractor.text import Text

DAY = regex.compile(r"\d{4}-\d\d-\d\d")


def signed(text: Text, dates: Sequence[Date]) -> Date | None:
    """The last full date that has a line to itself."""
    for date in reversed(dates):
        start = text.raw.rfind("\n", 0, date.span.start) + 1
        end = text.raw.find("\n", date.span.end)
        line = text.raw[start : end if end >= 0 else None]
        if DAY.fullmatch(date.value) and line.strip(" \t　()（）") == text.raw[date.span.start : date.span.end]:
            return date
    return None
