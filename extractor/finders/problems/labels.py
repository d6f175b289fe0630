"""The labelled fields of a rectification report: 责任单位:…  【整改措施】…  整改情况(已完成):…

The rules list the usual labels. Offices invent others (落实举措, 主责科室), which are told by how they end: words that
close like a label are one where another label stands beside them, or where they label several places.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import regex

from extractor.finders.problems.rulefile import FieldKind, FieldRule, ProblemRules, Stem
from extractor.found import Found
from extractor.rules import Rules
from extractor.text import Span, Text, viewed

SHORT = 2  # a label of so few characters (时限, 问题) is one at the head of a line only

_BRACKETS = ("【", "[")
_OPEN = regex.compile(r"(?:[【\[]|\(?[一二三四五六七八九十\d]{1,2}[)、.])?")
_CLOSE = re.compile(r"[:】\]\n]")
_BEFORE = '\n。;!?:”’"】])'  # what a label stands after
_PROSE: frozenset[FieldKind] = frozenset(
    {"problem", "measures", "plans", "state", "aside"}
)  # labels that prose uses too
_BRACKET = regex.compile(r"[】\]]")
_SIGN = re.compile(r"[:】\]]")
_NOTE = regex.compile(r"\(([^()\n]{1,20})\)")
_UNLISTED = regex.compile(
    rf"(?:(?P<head>^|(?<=\n)){_OPEN.pattern}|(?<=[。;]))(?P<label>\p{{Han}}[\p{{Han}}、]{{1,9}})"
    rf"(?:\((?P<note>[^()\n]{{1,20}})\))?(?:[】\]]:?|:)(?P<said>(?=[^\n]))?"
)


@dataclass(frozen=True, slots=True)
class Field(Found):
    """`span` is what stands after the label; `note` what the label holds in brackets: 整改情况（已完成）：…"""

    kind: FieldKind
    label: Span
    note: Span | None = None


class _Hit(NamedTuple):
    """View offsets of a label with what opens and closes it, and of its note."""

    start: int
    end: int
    note: tuple[int, int] | None
    rule: FieldRule | Stem


def label_of(words: str, rules: Rules) -> FieldRule | None:
    """The rule of which `words`, a heading's title, are a label."""
    return rules.of(ProblemRules).labels.get(viewed(words))


def kind_of(words: str, rules: Rules, listed: bool = False) -> FieldKind | None:
    """What the header of a column names, by the label in it (整改进展情况(6月底)), else, unless `listed`, by how it ends.

    How it ends outweighs a short label in it (整改人, 整改标准), but not that it names problems (问题表现).
    """
    known = rules.of(ProblemRules)
    plain = viewed(words).replace("\n", "").rstrip(":")
    held = max(
        (label for label in known.labels if label in plain and len(plain) <= len(label) + 6), key=len, default=""
    )
    kind = known.labels[held].kind if held else None
    stem = None if listed or held == plain or len(held) > SHORT else known.stem_of(plain)
    if stem is None or stem.repeated or (kind == "problem" and stem.kind == "aside"):
        return kind
    return stem.kind


def fields(text: Text, within: Span, rules: Rules) -> list[Field]:
    """The labelled fields in `within`, each up to the next: 责任单位:…  【整改措施】…  (1)整改时限:…  整改情况(已完成):…"""
    known, view = rules.of(ProblemRules), text.view
    start, end = view.index(within.start), view.index(within.end)
    closes = [*(match.span() for match in _CLOSE.finditer(view.text, start, end)), (end, end)]
    labels = (_label(view.text, at, after, start, known) for at, after in closes)
    listed = [hit for hit in labels if hit and (hit.rule.kind not in _PROSE or _apart(text, hit.start, start))]
    hits = sorted([*listed, *_more(view.text, listed, start, end, known)])
    found = []
    for i, hit in enumerate(hits):
        stop = hits[i + 1].start if i + 1 < len(hits) else end
        stop = _closed(view.text, hit, start, stop)
        value = stripped(view.text, hit.end, stop)
        note = view.span(*hit.note) if hit.note else None
        found.append(Field(view.span(*value), hit.rule.id, hit.rule.kind, view.span(hit.start, hit.end), note))
    return found


def _more(words: str, listed: list[_Hit], start: int, end: int, rules: ProblemRules) -> Iterator[_Hit]:
    """Labels that no rule lists: beside another, or the same in several places. Any words may be one if repeated."""
    if not _SIGN.search(words, start, end):
        return
    taken = {at for hit in listed for at in range(hit.start, hit.end)}
    matches = [match for match in _UNLISTED.finditer(words, start, end) if match.start("label") not in taken]
    if not matches:
        return
    repeated = _repeated(words)
    stems = [(match, stem) for match in matches if (stem := rules.stem_of(match["label"]))]
    told = [(m, stem) for m, stem in stems if not stem.repeated and (m["said"] is not None or m["label"] in repeated)]
    for match, stem in stems:
        beside = len(listed) + len(told) - (not stem.repeated)
        if match["head"] is None and (stem.repeated or len(match["label"]) <= SHORT):
            continue
        if (match["label"] in repeated and (beside or not stem.repeated)) or ((match, stem) in told and beside):
            yield _Hit(match.start(), match.end(), match.span("note") if match["note"] else None, stem)


@lru_cache(8)
def _repeated(words: str) -> frozenset[str]:
    """What heads lines like a label in several places of a text."""
    heads = Counter(match["label"] for match in _UNLISTED.finditer(words) if match["head"] is not None)
    return frozenset(label for label, count in heads.items() if count > 1)


def _closed(words: str, hit: _Hit, start: int, stop: int) -> int:
    """Where a field ends that stands within brackets: 【完成情况:已完成】 …。(责任领导:…;完成时限:…)"""
    if words[hit.start] in _BRACKETS and words[hit.end - 1] == ":":
        closed = _BRACKET.search(words, hit.end, stop)
        return closed.start() if closed else stop
    opened = words.rfind("(", max(start, words.rfind("\n", start, hit.start)), hit.start)
    closing = words.find(")", hit.end, stop)
    if opened < 0 or closing < 0 or ")" in words[opened : hit.start] or "(" in words[hit.end : closing]:
        return stop
    return closing


def _apart(text: Text, at: int, start: int) -> bool:
    """Does a label at view offset `at` stand after a stop or a blank? 各单位落实整改措施:… says it in a sentence."""
    return at == start or text.view.text[at - 1] in _BEFORE or text.raw[text.view.offset(at) - 1].isspace()


def _label(words: str, at: int, after: int, start: int, rules: ProblemRules) -> _Hit | None:
    """The longest label that words[at:after] closes. A short one, or one without a colon, must head its line."""
    noted = _NOTE.fullmatch(words, words.rfind("(", start, at), at) if words[at - 1 : at] == ")" else None
    end = noted.start() if noted else at
    size = next((n for n in rules.sizes if end - n >= start and words[end - n : end] in rules.labels), None)
    if size is None:
        return None
    low = max(start, words.rfind("\n", start, end) + 1)
    heads = _OPEN.fullmatch(words, low, end - size) is not None
    if not heads and (size <= SHORT or words[at:after] in ("", "\n")):
        return None
    bracket = end - size > start and words[end - size - 1] in _BRACKETS
    first = low if heads else end - size - bracket
    return _Hit(first, after, noted.span(1) if noted else None, rules.labels[words[end - size : end]])


def stripped(words: str, start: int, end: int) -> tuple[int, int]:
    """Offsets without the blanks at both ends, and the bracket that opens the next field: 制定办法。(责任科室:…"""
    while start < end and words[start] in " \n:":
        start += 1
    while start < end and words[end - 1] in " \n([【":
        end -= 1
    return start, end
