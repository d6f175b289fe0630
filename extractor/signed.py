"""The day that a report is signed with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import regex

from extractor.found import Date
from extractor.text import Span, Text

DAY = regex.compile(r"\d{4}-\d\d-\d\d")
_LABEL = regex.compile(r"(?:填报|填表|报送|上报|报告|编制|制表|落款|成文)(?:时间|日期)[:：]\s*\Z")
_EDGES = " \t\n　()（）"


def signed(text: Text, dates: Sequence[Date], cells: Iterable[Span] = ()) -> Date | None:
    """The last full date that has a line to itself, or the line of 填报时间：; none that fills one of the `cells`.

    计划完成日期 | 2023-12-31 signs nothing.
    """
    filled = {_words(text, cell) for cell in cells}
    for date in reversed(dates):
        start = text.raw.rfind("\n", 0, date.span.start) + 1
        end = text.raw.find("\n", date.span.end)
        before, after = text.raw[start : date.span.start], text.raw[date.span.end : end if end >= 0 else None]
        alone = not after.strip(_EDGES) and (not before.strip(_EDGES) or _LABEL.search(before))
        if DAY.fullmatch(date.value) and alone and date.span not in filled:
            return date
    return None


def _words(text: Text, cell: Span) -> Span:
    """A cell without the blanks at both ends."""
    said = text.raw[cell.start : cell.end]
    return Span(cell.start + len(said) - len(said.lstrip(_EDGES)), cell.start + len(said.rstrip(_EDGES)))
