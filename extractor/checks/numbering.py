"""Gaps, repeats and misprints in the numbers of headings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from extractor.checks.ground import CheckRule, Ground, made
from extractor.found import Check, Heading, Outcome
from extractor.numerals import ordinal
from extractor.text import Span

FEW = 2  # numbers that a row may lack by a slip
STOPS = "、.,．。:： \t"
_NUMBER = regex.compile(r"\d+(?!\.\d)|[一二三四五六七八九十百]+")


def numbering(rule: CheckRule, ground: Ground) -> Iterator[Check]:
    """One check per row of siblings: 一、二、四 lacks 三. A row may go on where the last of its style ended."""
    ended: dict[str, int] = {}
    for style, row in _rows(ground.headings):
        values = [h.value for h in row if h.value is not None]
        first = ended.get(style, 0) + 1 if values[0] == ended.get(style, 0) + 1 else 1
        ended[style] = values[-1]
        if len(row) > 1:
            yield _row(rule, ground, row, _missing(values, first))


def _row(rule: CheckRule, ground: Ground, row: Sequence[Heading], missing: Sequence[int]) -> Check:
    """A number that is printed in the row's stretch of text, though it opened no heading, is not said to be missing.

    Nor are many at once (1、2、8 are two lists), or a heading that is printed twice, as beside its translation or its
    last year's, though a word longer there.
    """
    unseen = [value for value in missing if not _printed(ground, row, value)]
    twins = [(a, b) for a, b in pairwise(row) if a.marker.rstrip(STOPS) == b.marker.rstrip(STOPS)]
    repeated = [a.marker.rstrip(STOPS) for a, b in twins if a.title not in b.title and b.title not in a.title]
    misprinted = [f"{h.marker.rstrip(STOPS)}（应为{h.repaired.rstrip(STOPS)}）" for h in row if h.repaired]
    faults = {"缺第": list(map(str, unseen if len(unseen) <= FEW else ())), "重复": repeated, "误印": misprinted}
    outcome: Outcome = "broken" if any(faults.values()) else "cannot_tell" if missing or twins else "holds"
    found = "；".join(name + "、".join(values) for name, values in faults.items() if values)
    spans = [Span(h.span.start, h.span.start + len(h.marker)) for h in row]
    return made(rule, outcome, spans, "、".join(h.marker.rstrip(STOPS) for h in row), found)


def _missing(values: Sequence[int], first: int) -> list[int]:
    return sorted(set(range(first, max(values) + 1)) - set(values))


def _printed(ground: Ground, row: Sequence[Heading], value: int) -> bool:
    """Does a marker with this number stand between the row's neighbours of it, or before the row?"""
    before = [h.span.end for h in row if (h.value or 0) < value]
    after = [h.span.start for h in row if (h.value or 0) > value]
    number = str(value) if row[0].marker[-2:-1].isascii() else ordinal(value)
    pattern = rf"(?<!\d){number}\s?[、.,．)]"
    return bool(
        regex.search(pattern, ground.text.folded, pos=before[-1] if before else 0, endpos=after[0] if after else None)
    )


def _rows(headings: Sequence[Heading]) -> list[tuple[str, list[Heading]]]:
    """Numbered headings side by side under one heading in one style, in order of their first.

    Where the numbers start again (十、 then 一、 for the plan of next year) a new row begins.
    """
    rows: dict[tuple[int, str, int], list[Heading]] = defaultdict(list)
    starts: dict[tuple[int, str], int] = defaultdict(int)
    path: list[int] = []
    for i, heading in enumerate(headings):
        while path and headings[path[-1]].level >= heading.level:
            path.pop()
        if heading.value is not None:
            place = (path[-1] if path else -1, style(heading))
            row = rows[*place, starts[place]]
            if row and heading.value < (row[-1].value or 0):
                starts[place] += 1
            rows[*place, starts[place]].append(heading)
        path.append(i)
    return [(key[1], row) for key, row in rows.items() if row]


def style(heading: Heading) -> str:
    """The marker without its last number and its stop: (三) is like (一), `2,` like `1.`, 23.2 like 23.1."""
    marker = heading.repaired or heading.marker
    kind: str = _NUMBER.sub(lambda match: "1" if match[0].isascii() else "一", marker)
    return kind.rstrip(STOPS)
