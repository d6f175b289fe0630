"""Cuts a body into items (一是 … up to 二是) and, where it enumerates nothing, into sentences.

All offsets are of the view. Items are numbered in sequence, so that a 一是 within a sentence, or a 二是 without its
一是, opens none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import regex

from extractor.finders.measures.rulefile import MeasureRules, Wording
from extractor.numerals import small
from extractor.rules import scan

_STRONG = "\n。;:!?”"  # what stands before the first item of a list
_WEAK = ",、"  # what may stand before a later one
_SKIP = 2  # a list may have lost one number (一是, 三是)
_LAST = 99  # 最后 comes after any number
_ORDINALS = {"首先": 1, "其次": 2, "再次": 3, "最后": _LAST}
_WORDS = "首第"  # 首先 and 第一 open a list only if another follows
_DIGITS = "(0123456789①②③④⑤⑥⑦⑧⑨⑩"
_CIRCLED = ord("①") - 1
_BLANKS = " \n"
_STOPS = _BLANKS + "。;!?,:、●■◆★▲•"
# A stop inside brackets or a title ends no sentence.
_SENTENCE = regex.compile(r"\([^()\n]*+\)|《[^《》\n]*+》|(?P<stop>[。!?]+[”’\"]*+\n*|\n+)")


@dataclass(frozen=True, slots=True)
class Item:
    """A candidate for a measure, without marker and closing stop; `lead` is the sentence that opens its list."""

    start: int
    end: int
    marker: str
    rule: str
    lead: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    rule: str
    number: int


def cut(words: str, start: int, end: int, rules: MeasureRules) -> Iterator[Item]:
    """The items and sentences of the characters [start, end) of a view's text, in order."""
    at, series = start, _series(words, start, end, rules)
    for i, marks in enumerate(series):
        limit = series[i + 1][0].start if i + 1 < len(series) else end
        before = list(sentences(words, at, marks[0].start))
        yield from before
        at = _closing(words, marks[-1], limit, rules)
        lead = (before[-1].start, before[-1].end) if before else None
        stops = [*(mark.start for mark in marks[1:]), at]
        for mark, stop in zip(marks, stops, strict=True):
            low, high = _trim(words, mark.end, stop)
            if low < high:
                yield Item(low, high, words[mark.start : mark.end].strip(",、 "), mark.rule, lead)
    yield from sentences(words, at, end)


def sentences(words: str, start: int, end: int) -> Iterator[Item]:
    """Up to each 。 or line end; a plain sentence goes on after a ;"""
    at = start
    stops = (match.end() for match in _SENTENCE.finditer(words, start, end) if match["stop"])
    for stop in chain(stops, (end,)):
        low, high = _trim(words, at, stop)
        if low < high:
            yield Item(low, high, "", "sentence")
        at = stop


def idle(words: str, item: Item, rules: MeasureRules) -> Wording | None:
    """The rule by which a sentence has no act or promise in it, though it may hold a verb."""
    said = words[item.start : item.end + words.startswith(":", item.end)]
    return next((rule for rule in rules.idle if rule.pattern.match(said)), None)


def _series(words: str, start: int, end: int, rules: MeasureRules) -> list[list[_Mark]]:
    """The lists in a body. Inside an item of one style another style is the item's own: (1)… 一是… 二是… (2)…"""
    series: list[list[_Mark]] = []
    head = next((i for i in range(start, end) if words[i] not in _STOPS + ")】]"), end)
    for mark in _candidates(words, start, end, rules):
        before = "\n" if mark.start == start else words[mark.start - 1]
        last = series[-1][-1] if series else None
        open_ = last if last and not _closed(words, last.end, mark.start, rules) else None
        goes_on = mark.start == head and words[head] in _DIGITS  # (1)…(责任人:…)⏎(2)…
        if (mark.number == 1 or goes_on) and before in _STRONG and (open_ is None or open_.rule == mark.rule):
            series.append([mark])
        elif open_ and open_.rule == mark.rule and _next(mark.number, open_.number, before):
            series[-1].append(mark)
    return [marks for marks in series if len(marks) > 1 or words[marks[0].start] not in _WORDS]


def _next(number: int, last: int, before: str) -> bool:
    if number == _LAST:
        return before in _STRONG
    return (number == last + 1 and before in _STRONG + _WEAK) or (number == last + _SKIP and before in _STRONG)


def _candidates(words: str, start: int, end: int, rules: MeasureRules) -> list[_Mark]:
    found = []
    for rule in rules.marker:
        for match in scan(rule.pattern, words, start, end):
            number = _number(match["n"])
            before = "\n" if match.start() == start else words[match.start() - 1]
            if number and not (rule.paragraph and before not in _STRONG):
                found.append(_Mark(match.start(), match.end(), rule.id, number))
    return sorted(found, key=lambda mark: mark.start)


def _number(words: str) -> int | None:
    if "①" <= words <= "⑳":
        return ord(words) - _CIRCLED
    return _ORDINALS.get(words) or small(words.removeprefix("第"))


def _closed(words: str, start: int, end: int, rules: MeasureRules) -> bool:
    """Has a closing sentence ended the list before `end`?"""
    return any(rules.closing.match(words, item.start) for item in list(sentences(words, start, end))[1:])


def _closing(words: str, mark: _Mark, limit: int, rules: MeasureRules) -> int:
    """Where the last item of a list ends: at a sentence on what comes next, at one that opens the next list, or at a
    paragraph without an act (以上报告,请予审议, the signature)."""
    for item in list(sentences(words, mark.end, limit))[1:]:
        opens = words.startswith(":", item.end) and item.end + 1 == limit
        aside = words[item.start - 1] == "\n" and idle(words, item, rules)
        if opens or aside or rules.closing.match(words, item.start):
            return item.start
    return limit


def _trim(words: str, start: int, end: int) -> tuple[int, int]:
    while start < end and words[start] in _STOPS:
        start += 1
    while start < end and words[end - 1] in _STOPS + "([【":  # 制定办法。(责任科室:…
        end -= 1
    return start, end
