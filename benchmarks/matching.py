"""When a finding counts: its characters and its value are those annotated, or others that a case takes for as good.

Dates by the first and the last day, any of a peer's choices; quantities by the number, without the unit. `near` counts
also what overlaps the annotated characters with the right value, and a heading whose level is wrong.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import regex
from facts import Annotated
from peers import Find, Finding

from extractor.text import fold

_BACK = regex.compile(r"P(\d+)([YMD])")
_BLANKS = regex.compile(r"\s+")


class Figure(NamedTuple):
    hits: int
    near: int
    wanted: int
    found: int


def plain(words: str) -> str:
    return _BLANKS.sub("", fold(words))


def same(kind: str, wanted: Finding, found: Finding, near: bool = False) -> bool:
    if kind == "headings":
        keys = ("marker", "title") if near else ("marker", "title", "level")
        return all(plain(str(wanted[key])) == plain(str(found[key])) for key in keys if key in wanted)
    b = plain(found["text"])
    texts = [plain(text) for text in (wanted["text"], *wanted.get("texts", ()))]
    if not any(a == b or (near and (a in b or b in a)) for a in texts):
        return False
    if kind == "dates":
        return any(_covers(bounds, found["bounds"]) for bounds in wanted["bounds"])
    return _number(found["value"]) in [_number(value) for value in (wanted["value"], *wanted.get("accept", ()))]


def _covers(bounds: tuple[str, str], found: Sequence[tuple[str, str]]) -> bool:
    """The same days; where a duration back from now is annotated (P3Y), a peer's span of that length."""
    length = _BACK.fullmatch(bounds[0])
    if not length:
        return bounds in found
    wanted = int(length[1]) * {"Y": 365.25, "M": 30.44, "D": 1}[length[2]]
    spans = [_length(one) for one in found if one != bounds]
    return bounds in found or any(abs(span - wanted) <= max(2, wanted / 100) for span in spans)


def _length(span: tuple[str, str]) -> float:
    try:
        first, last = (datetime.date.fromisoformat(day) for day in span)
    except ValueError:
        return -1.0
    return float((last - first).days + 1)


def _number(value: Any) -> Any:
    return [*map(_number, value)] if isinstance(value, (list, tuple)) else value and round(float(value), 6)


def matched(wanted: Sequence[Finding], found: Sequence[Finding], alike: Callable[[Finding, Finding], bool]) -> int:
    """The longest run of pairs in the order of the text."""
    best = [0] * (len(found) + 1)
    for one in reversed(wanted):
        row = [0] * (len(found) + 1)
        for j in range(len(found) - 1, -1, -1):
            row[j] = best[j + 1] + 1 if alike(one, found[j]) else max(best[j], row[j + 1])
        best = row
    return best[0]


def judged(kind: str, texts: Iterable[Annotated], find: Find) -> Figure:
    hits = near = wanted = count = 0
    for text in texts:
        facts, found = text.facts[kind], find(text.text, text.today)
        hits += matched(facts, found, lambda a, b: same(kind, a, b))
        near += matched(facts, found, lambda a, b: same(kind, a, b, near=True))
        wanted += len(facts)
        count += len(found)
    return Figure(hits, near, wanted, count)


def passed(kind: str, cases: Iterable[Annotated], find: Find) -> tuple[int, int]:
    """Cases whose every fact is found, and nothing else where the case is complete."""
    good = total = 0
    for case in cases:
        if kind in case.facts:
            facts, found = case.facts[kind], find(case.text, case.today)
            right = matched(facts, found, lambda a, b: same(kind, a, b)) == len(facts)
            good += right and (not case.complete or len(found) == len(facts))
            total += 1
    return good, total
