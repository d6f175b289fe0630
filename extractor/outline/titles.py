"""Where a title ends, and whether it states a problem."""

from __future__ import annotations

from typing import Literal, NamedTuple

import regex

from extractor.outline.markers import Marker
from extractor.outline.rulefile import HeadingRules
from extractor.rules import TIMEOUT
from extractor.text import View

SHORT = 40  # a title that only a blank ends is shorter than this

_EDGE = " \n,.;:!?。、·…—-“”\"'‘’"  # no part of a title at its ends; a quote stays where its partner is inside
_NOTE = regex.compile(r"(?:[\[〔]\d{1,2}[\]〕])+$")  # the number of a footnote: 统计公报[1]
_PAIRS = {"“": "”", "‘": "’", "(": ")", "《": "》", "〈": "〉", "「": "」"}


class Title(NamedTuple):
    """A title's characters, and where the body begins after it: offsets of the view."""

    start: int
    end: int
    body: int
    rule: str
    kind: Literal["section", "problem"]


def title(view: View, marker: Marker, limit: int, rules: HeadingRules, answers: bool) -> Title | None:
    """The title after `marker`, up to `limit` at most; None if the marker stands before plain body.

    `answers` says that the paper answers findings, so that 关于…问题 states a problem.
    """
    if marker.words:
        stated = rules.problem(view.text, marker.start, min(limit, marker.words.end + 1)) if answers else None
        if stated and stated[1].end() >= marker.words.end:  # 针对“…”的问题。一是…
            return Title(*trimmed(view.text, *stated[1].span("title")), stated[1].end(), stated[0].id, "problem")
        return Title(*marker.words, marker.words.end, marker.style.partition("/")[0], "section")
    blank = _before_blank(view, marker, limit) if marker.head and not marker.opens else None
    if blank and _is_speech(view.text[blank.end : limit].partition("\n")[0], rules):
        return blank
    for rule, pattern in rules.titles_at_head if marker.head else rules.titles:
        if (rule.context and not answers) or rule.opens != marker.opens:
            continue
        blank = _before_blank(view, marker, limit) if rule.run_in else None
        if blank:
            return blank
        match = pattern.match(view.text, marker.end, limit, timeout=TIMEOUT)
        if match:
            start, end = trimmed(view.text, *match.span("title"))
            if start < end:
                return Title(start, end, match.end(), rule.id, rule.kind)
    return None


def _before_blank(view: View, marker: Marker, limit: int) -> Title | None:
    """A title that only a blank parts from its body (一、基本情况 我单位位于…)."""
    least, most = marker.end + 4, min(limit, marker.end + SHORT)
    at = view.blank(least)
    if at < most and not set("。\n") & set(view.text[least - 1 : at]):
        return Title(marker.end, at, at, "blank", "section")
    return None


def _is_speech(line: str, rules: HeadingRules) -> bool:
    """Does what stands behind a blank begin like a sentence, and go on (从2023年6月开始,…)?"""
    return "," in line and rules.words["speech"].match(line, timeout=TIMEOUT) is not None


def trimmed(view: str, start: int, end: int) -> tuple[int, int]:
    """Without the punctuation and footnotes at either end, but with a quote or bracket whose partner is inside."""
    if start < end and view[end - 1] in "]〕" and (note := _NOTE.search(view, start + 1, end)):
        end = note.start()
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
