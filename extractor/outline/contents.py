"""Tables of contents: which lines are one, and which lines of the body they name."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from extractor.outline.rulefile import HeadingRules
from extractor.text import Text

if TYPE_CHECKING:
    from extractor.outline.paragraphs import Paragraph

ENTRY = 60  # characters; a longer line is body
LEAST = 2  # characters of an entry: 概况
FEW = 3  # so many lines come again before lines without leaders and numbers are a table of contents


def contents(text: Text, found: Sequence[Paragraph], rules: HeadingRules) -> set[int]:
    """Lines with leaders, and those below 目录 up to where the body begins."""
    listed = set()
    for i, p in enumerate(found):
        span = text.view.span(p.start, p.end)
        if rules.says("contents", text.raw[span.start : span.end]):
            listed.add(i)
        if p.text in ("目录", "目次"):
            listed.update(range(i, _end(found, i + 1, rules)))
    return listed


def named(found: Sequence[Paragraph], entries: AbstractSet[int], rules: HeadingRules) -> set[int]:
    """The first line of the body that says what an entry says; it may say whose it is, or of which year, before it."""
    if not entries:
        return set()
    wanted = dict.fromkeys(words for i in sorted(entries) if len(words := _words(found[i].text, rules)) >= LEAST)
    lines: set[int] = set()
    for i in range(max(entries) + 1, len(found)):
        p = found[i]
        if p.closed or len(p.text) > ENTRY or set(p.text) & set("。,;:"):
            continue
        entry = max((words for words in wanted if _bare(p.text).endswith(words)), key=len, default=None)
        if entry:
            lines.add(i)
            del wanted[entry]
    return lines


def _end(found: Sequence[Paragraph], first: int, rules: HeadingRules) -> int:
    """Where the body begins below 目录; `first` if that cannot be told."""
    again = _again(found, first)
    return again if again > first else _last(found, first, rules)


def _again(found: Sequence[Paragraph], first: int) -> int:
    """Where a line comes again, as one line or as two (第一部分⏎部门概况); the line itself if it does not."""
    words = _bare(found[first].text) if first < len(found) else ""
    for i in range(first + 1, len(found)):
        below = found[i + 1].text if i + 1 < len(found) else ""
        if words in (_bare(found[i].text), _bare(found[i].text + below)):
            return i
    return first


def _last(found: Sequence[Paragraph], first: int, rules: HeadingRules) -> int:
    """Behind the last of the short lines from `first` on that come again; `first` if they are no good part of them."""
    end = first
    while end < len(found) and len(found[end].text) <= ENTRY and "。" not in found[end].text:
        end += 1
    places = {_words(p.text, rules): i for i, p in enumerate(found) if not p.closed}
    again = [i for i in range(first, end) if places.get(_words(found[i].text, rules), i) > i]
    return again[-1] + 1 if len(again) >= FEW and 2 * len(again) >= again[-1] + 1 - first else first


def _words(entry: str, rules: HeadingRules) -> str:
    """An entry without its number, leaders and page, the year and 部门 or 单位: what a heading of the body must end with."""
    return rules.words["entry"].sub("", _bare(entry))


def _bare(words: str) -> str:
    return words.replace(" ", "")
