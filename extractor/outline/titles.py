"""Where a title ends, and whether it states a problem."""

from __future__ import annotations

from typing import Literal, NamedTuple

from extractor.outline.markers import Marker
from extractor.outline.rulefile import HeadingRules
from extractor.rules import TIMEOUT

_EDGE = " \n,.;:!?。、·…—-“”\"'‘’"  # no part of a title at its ends; a quote stays where its partner is inside
_PAIRS = {"“": "”", "‘": "’", "(": ")", "《": "》", "〈": "〉", "「": "」"}


class Title(NamedTuple):
    """A title's characters, and where the body begins after it: offsets of the view."""

    start: int
    end: int
    body: int
    rule: str
    kind: Literal["section", "problem"]


def title(view: str, marker: Marker, limit: int, rules: HeadingRules, answers: bool) -> Title | None:
    """The title after `marker`, up to `limit` at most; None if the marker stands before plain body.

    `answers` says that the paper answers findings, so that 关于…问题 states a problem.
    """
    if marker.words:
        return Title(*marker.words, marker.words.end, marker.style, "section")
    for rule, pattern in rules.titles:
        if (rule.context and not answers) or rule.opens != marker.opens:
            continue
        match = pattern.match(view, marker.end, limit, timeout=TIMEOUT)
        if match:
            start, end = trimmed(view, *match.span("title"))
            if start < end:
                return Title(start, end, match.end(), rule.id, rule.kind)
    return None


def trimmed(view: str, start: int, end: int) -> tuple[int, int]:
    """Without the punctuation at either end, but with a quote or bracket whose partner is inside."""
    while start < end and view[start] in _EDGE and not _opens(view, start, end):
        start += 1
    while start < end and view[end - 1] in _EDGE and not _closes(view, start, end):
        end -= 1
    return start, end


def _opens(view: str, start: int, end: int) -> bool:
    closing = _PAIRS.get(view[start])
    return closing is not None and closing in view[start:end]


def _closes(view: str, start: int, end: int) -> bool:
    return any(closing == view[end - 1] and opening in view[start : end - 1] for opening, closing in _PAIRS.items())
