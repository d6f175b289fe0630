"""Tables of contents and lists of attachments: which lines are one, and which lines of the body they name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from extractor.outline.paragraphs import Paragraph
from extractor.outline.rulefile import HeadingRules
from extractor.text import Text

ENTRY = 60  # characters; a longer line is body
LEAST = 2  # characters of an entry: 概况
HEAD = 12  # lines at the head of a text among which a table of contents begins
FEW = 3  # so many lines come again before lines without leaders and numbers are a table of contents


def closed(text: Text, found: Sequence[Paragraph], rules: HeadingRules) -> list[Paragraph]:
    """The paragraphs, those of a table of contents or a list of attachments closed, and what the former names listed."""
    entries = _contents(text, found, rules)
    lists = entries | _attached(found, rules)
    listed = _named(found, entries, rules)
    return [replace(p, closed=p.closed or i in lists, listed=i in listed) for i, p in enumerate(found)]


def _attached(found: Sequence[Paragraph], rules: HeadingRules) -> set[int]:
    """Lines of a list of attachments."""
    lines: set[int] = set()
    for i, p in enumerate(found):
        if rules.opens("attached", p.text) or (i - 1 in lines and p.text[0].isdigit()):
            lines.add(i)
    return lines


def _contents(text: Text, found: Sequence[Paragraph], rules: HeadingRules) -> set[int]:
    """Lines with leaders, and those below 目录 up to where the body begins."""
    listed = set()
    for i, p in enumerate(found):
        span = text.view.span(p.start, p.end)
        if rules.says("contents", text.raw[span.start : span.end]):
            listed.add(i)
        if rules.opens("index", p.text):
            listed.update(range(i, _end(found, i + 1, rules)))
    return listed or _unnamed(found, rules)


def _unnamed(found: Sequence[Paragraph], rules: HeadingRules) -> set[int]:
    """The short lines at the head of a text from 第一部分 or 一、 up to the place where that line comes again."""
    first = next((i for i, p in enumerate(found[:HEAD]) if rules.opens("parts", p.text)), len(found))
    end = _run(found, first)
    words = [_bare(p.text) for p in found[first : end + 1]]
    again = words.index(words[0], 1) if words[0:1] and words[0] in words[1:] else 0
    return set(range(first, first + again)) if again > FEW else set()


def _named(found: Sequence[Paragraph], entries: AbstractSet[int], rules: HeadingRules) -> set[int]:
    """The first line of the body that says what an entry says; it may say whose it is, or of which year, before it."""
    if not entries:
        return set()
    wanted = {words for i in entries if len(words := _words(found[i].text, rules)) >= LEAST}
    lines: set[int] = set()
    for i in range(max(entries) + 1, len(found)):
        p = found[i]
        if p.closed or len(p.text) > ENTRY or set(p.text) & set("。,;:"):
            continue
        bare = _bare(p.text)
        entry = next((bare[at:] for at in range(len(bare)) if bare[at:] in wanted), None)
        if entry:
            lines.add(i)
            wanted.remove(entry)
    return lines


def _end(found: Sequence[Paragraph], first: int, rules: HeadingRules) -> int:
    """Where the body begins below 目录; `first` if that cannot be told."""
    end = _run(found, first)
    entries = {_bare(p.text): i for i, p in reversed(list(enumerate(found[first:end], first)))}
    places = _again(found, entries)
    if not places:
        return _last(found, first, end, rules)
    entry = first if first in places else min(places, key=lambda entry: places[entry])
    place = places[entry]
    while entry > first and _bare(found[place - 1].text).endswith(_words(found[entry - 1].text, rules)):
        entry, place = entry - 1, place - 1  # 第一部分 部门概况 → 某局概况
    return place


def _run(found: Sequence[Paragraph], first: int) -> int:
    """Where the short lines from `first` on end."""
    end = first
    while end < len(found) and len(found[end].text) <= ENTRY and "。" not in found[end].text:
        end += 1
    return end


def _again(found: Sequence[Paragraph], entries: Mapping[str, int]) -> dict[int, int]:
    """Entry → where it comes again, as one line or as two (第一部分⏎部门概况)."""
    places: dict[int, int] = {}
    for i in range(min(entries.values(), default=len(found)) + 1, len(found)):
        below = found[i + 1].text if i + 1 < len(found) else ""
        for words in (_bare(found[i].text), _bare(found[i].text + below)):
            entry = entries.get(words, i)
            if entry < i:
                places.setdefault(entry, i)
    return places


def _last(found: Sequence[Paragraph], first: int, end: int, rules: HeadingRules) -> int:
    """Behind the last of the short lines `first` to `end` whose words come again; `first` if too few of them do."""
    places = {_words(p.text, rules): i for i, p in enumerate(found) if not p.closed}
    again = [i for i in range(first, end) if places.get(_words(found[i].text, rules), i) > i]
    return again[-1] + 1 if len(again) >= FEW and 2 * len(again) >= again[-1] + 1 - first else first


def _words(entry: str, rules: HeadingRules) -> str:
    """An entry without its number, leaders and page, the year and 部门 or 单位: what a heading of the body must end with."""
    return str(rules.words["entry"].sub("", _bare(entry)))


def _bare(words: str) -> str:
    return words.replace(" ", "")
