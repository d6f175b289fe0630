"""Word's automatic numbers: what a paragraph's `numPr` prints, counted in document order.

A paragraph names a list (`num`) and a level. Lists are views of an abstract list, and it is the abstract list that
counts: two lists of one abstract go on where the other stopped, unless a list says that it starts over.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import regex

from extractor.readers.docx.counting import number
from extractor.readers.docx.ml import MC_CHOICE, W, count, flag, value
from extractor.readers.ooxml import Element

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

    element: Element
    counts: dict[int, int] = field(default_factory=dict)

    @cached_property
    def levels(self) -> dict[int, Level]:
        return {_ilvl(level): _level(level) for level in self.element.iterchildren(W + "lvl")}

    @property
    def stands_for(self) -> str | None:
        """The numbering style whose list this one is."""
        return value(self.element, "numStyleLink")


@dataclass
class List:
    """A `num`: an abstract list with changes of its own."""

    element: Element
    abstract: Abstract
    begun: bool = False

    @cached_property
    def levels(self) -> dict[int, Level]:
        own = {}
        for override in self.element.iterchildren(W + "lvlOverride"):
            for level in override.iterchildren(W + "lvl"):
                own[_ilvl(override)] = _level(level)
        return self.abstract.levels | own

    @cached_property
    def starts(self) -> dict[int, int]:
        """Levels that start over at the first use of this list, and the number they start at."""
        overrides = self.element.iterchildren(W + "lvlOverride")
        return {_ilvl(o): count(o, "startOverride", 0) for o in overrides if value(o, "startOverride") is not None}


class Numbering:
    """All lists of a document. `mark` must see every paragraph once, in order."""

    def __init__(self, root: Element | None, style_lists: dict[str, str]) -> None:
        """`root` is numbering.xml; `style_lists` numbering style → list id."""
        self.lists: dict[str, List] = {}
        if root is None:
            return
        abstracts = {a.get(W + "abstractNumId"): Abstract(a) for a in root.iterchildren(W + "abstractNum")}
        nums = {num.get(W + "numId", ""): num for num in root.iterchildren(W + "num")}
        for name, num in nums.items():
            abstract = abstracts.get(value(num, "abstractNumId"))
            if abstract is not None and abstract.stands_for is not None:
                linked = nums.get(style_lists.get(abstract.stands_for, ""))
                abstract = abstracts.get(None if linked is None else value(linked, "abstractNumId"), abstract)
            if abstract is not None:
                self.lists[name] = List(num, abstract)

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


def _ilvl(element: Element) -> int:
    text = element.get(W + "ilvl", "0")
    return int(text) if text.isdecimal() else 0


def _level(element: Element) -> Level:
    return Level(
        start=count(element, "start", 0),
        format=_format(element),
        text=value(element, "lvlText") or "",
        separator=value(element, "suff") or "tab",
        restart=None if value(element, "lvlRestart") is None else count(element, "lvlRestart", 0),
        legal=flag(element, "isLgl") is True,
        style=value(element, "pStyle"),
    )


def _format(element: Element) -> str:
    """A format of its own (001, 002) stands in w14 beside the one for older programs: the latter is read."""
    for item in element.iter(W + "numFmt"):
        if item.getparent().tag != MC_CHOICE:
            return str(item.get(W + "val", "decimal"))
    return "decimal"
