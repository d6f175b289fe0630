"""Word's automatic numbers: what a paragraph's `numPr` prints, counted in document order.

A paragraph names a list (`num`) and a level. Lists are views of an abstract list, and it is the abstract list that
counts: two lists of one abstract go on where the other stopped, unless a list says that it starts over.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import regex

from extractor.readers.counting import number
from extractor.readers.ooxml import Element
from extractor.readers.wordml import MC_CHOICE, W, flag, value

_PLACE = regex.compile(r"%([1-9])")
_SEPARATOR = {"tab": "\t", "space": " ", "nothing": ""}


class Marker(NamedTuple):
    """What is printed at the head of a paragraph, and the blank between it and the text."""

    text: str
    separator: str


@dataclass(frozen=True)
class Level:
    start: int = 0
    format: str = "decimal"
    text: str = ""
    separator: str = "\t"
    restart: int | None = (
        None  # restarts after the level of this number, counted from 1; 0 never; None after any higher
    )
    legal: bool = False  # all numbers as decimals: 第一章 → 1.1
    style: str | None = None


@dataclass
class Abstract:
    """An abstract list and its counters; a level that has not begun has none."""

    levels: dict[int, Level]
    style: str | None = None  # the numbering style whose list this one stands for
    counts: dict[int, int] = field(default_factory=dict)


@dataclass
class List:
    abstract: Abstract
    levels: dict[int, Level]
    starts: dict[int, int]  # levels that start over at the first use of this list
    begun: bool = False


class Numbering:
    """All lists of a document. `mark` must see every paragraph once, in order."""

    def __init__(self, root: Element | None, style_lists: dict[str, str]) -> None:
        """`root` is numbering.xml; `style_lists` numbering style → list id."""
        abstracts = (
            {} if root is None else {a.get(W + "abstractNumId"): _abstract(a) for a in root.iter(W + "abstractNum")}
        )
        nums = [] if root is None else list(root.iter(W + "num"))
        names = {num.get(W + "numId"): value(num, "abstractNumId") for num in nums}
        self.lists: dict[str, List] = {}
        for num in nums:
            abstract = abstracts.get(names[num.get(W + "numId")])
            if abstract is not None and abstract.style is not None:  # w:numStyleLink
                abstract = abstracts.get(names.get(style_lists.get(abstract.style)), abstract)
            if abstract is not None:
                self.lists[num.get(W + "numId")] = _list(num, abstract)

    def level_of(self, list_id: str, style: str) -> int | None:
        """The level of a list that a paragraph style is tied to."""
        found = self.lists.get(list_id)
        return next((i for i, level in found.levels.items() if level.style == style), None) if found else None

    def list_of(self, style: str) -> str | None:
        """The list that has a level tied to a paragraph style."""
        return next((name for name in self.lists if self.level_of(name, style) is not None), None)

    def mark(self, list_id: str, at: int) -> Marker | None:
        """Count a paragraph of a list; None where nothing is printed (a bullet, no such list)."""
        found = self.lists.get(list_id)
        if found is None or at not in found.levels:
            return None
        level = found.levels[at]
        self._count(found, at)
        if level.format == "bullet":
            return None
        text = _PLACE.sub(lambda match: _printed(found, int(match[1]) - 1, level.legal), level.text)
        head = text.rstrip()  # "1　": the blank belongs to the separation
        return Marker(head, text[len(head) :] + _SEPARATOR.get(level.separator, "\t")) if head else None

    def _count(self, used: List, at: int) -> None:
        counts = used.abstract.counts
        if not used.begun:
            used.begun = True
            for level in used.starts:
                counts.pop(level, None)
        counts[at] = counts[at] + 1 if at in counts else _start(used, at)
        for lower in [i for i in counts if i > at]:
            restart = used.levels[lower].restart if lower in used.levels else None
            if restart is None or at < restart:
                del counts[lower]


def _start(used: List, at: int) -> int:
    return used.starts.get(at, used.levels[at].start if at in used.levels else 1)


def _printed(used: List, at: int, legal: bool) -> str:
    """The count of a level inside a marker; a higher level that no paragraph has begun shows its start."""
    count = used.abstract.counts.get(at)
    style = used.levels[at].format if at in used.levels else "decimal"
    if legal and style not in ("none", "bullet"):
        style = "decimal"
    return number(_start(used, at) if count is None else count, style)


def _list(num: Element, abstract: Abstract) -> List:
    levels, starts = dict(abstract.levels), {}
    for override in num.iter(W + "lvlOverride"):
        at = int(override.get(W + "ilvl", "0"))
        whole = override.find(W + "lvl")
        if whole is not None:
            levels[at] = _level(whole)
        start = value(override, "startOverride")
        if start is not None:
            starts[at] = int(start)
    return List(abstract, levels, starts)


def _abstract(element: Element) -> Abstract:
    levels = {int(level.get(W + "ilvl", "0")): _level(level) for level in element.iter(W + "lvl")}
    return Abstract(levels, value(element, "numStyleLink"))


def _level(element: Element) -> Level:
    restart = value(element, "lvlRestart")
    return Level(
        start=int(value(element, "start") or 0),
        format=_format(element),
        text=value(element, "lvlText") or "",
        separator=value(element, "suff") or "tab",
        restart=None if restart is None else int(restart),
        legal=flag(element, "isLgl") is True,
        style=value(element, "pStyle"),
    )


def _format(element: Element) -> str:
    """A format of its own (001, 002) stands in w14 beside the one for older programs: the latter is read."""
    for item in element.iter(W + "numFmt"):
        if item.getparent().tag != MC_CHOICE:
            return str(item.get(W + "val", "decimal"))
    return "decimal"
