"""Gaps, repeats and misprints in the numbers of headings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import regex

from extractor.checks.ground import CheckRule, Ground, made
from extractor.found import Check, Heading
from extractor.text import Span

STOPS = "、.,．。:： \t"
_NUMBER = regex.compile(r"\d+|[一二三四五六七八九十百]+")


def numbering(rule: CheckRule, ground: Ground) -> Iterator[Check]:
    """One check per row of siblings: 一、二、四 lacks 三. A row may go on where the last of its style ended."""
    ended: dict[str, int] = {}
    for style, row in _rows(ground.headings):
        values = [h.value for h in row if h.value is not None]
        first = ended.get(style, 0) + 1 if min(values) == ended.get(style, 0) + 1 else 1
        ended[style] = max(values)
        if len(row) == 1:
            continue
        missing = sorted(set(range(first, max(values) + 1)) - set(values))
        repeated = [value for value, times in Counter(values).items() if times > 1]
        misprinted = [f"{h.marker} → {h.repaired}" for h in row if h.repaired]
        faults = [f"缺 {_list(missing)}"] * bool(missing) + [f"重复 {_list(repeated)}"] * bool(repeated)
        faults += [f"误印 {'、'.join(misprinted)}"] * bool(misprinted)
        spans = [Span(h.span.start, h.span.start + len(h.marker)) for h in row]
        stated = "、".join(h.marker.rstrip(STOPS) for h in row)
        yield made(rule, "broken" if faults else "holds", spans, stated, "；".join(faults) or f"{first}–{max(values)}")


def _list(values: Sequence[int]) -> str:
    return "、".join(map(str, values))


def _rows(headings: Sequence[Heading]) -> list[tuple[str, list[Heading]]]:
    """Numbered headings that stand side by side under one heading in one style, in order of their first."""
    rows: dict[tuple[int, str], list[Heading]] = defaultdict(list)
    path: list[int] = []
    for i, heading in enumerate(headings):
        while path and headings[path[-1]].level >= heading.level:
            path.pop()
        if heading.value is not None:
            rows[path[-1] if path else -1, style(heading)].append(heading)
        path.append(i)
    return [(key[1], row) for key, row in rows.items()]


def style(heading: Heading) -> str:
    """The marker without its number and its stop: (三) is like (一), `2,` like `1.`, 问题三： like 问题一："""
    kind: str = _NUMBER.sub(lambda match: "1" if match[0].isascii() else "一", heading.repaired or heading.marker)
    return kind.rstrip(STOPS)
