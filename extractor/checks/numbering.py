"""Gaps, repeats and misprints in the numbers of headings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from extractor.checks.ground import CheckRule, Ground, made
from extractor.found import Check, Heading
from extractor.text import Span


def numbering(rule: CheckRule, ground: Ground) -> Iterator[Check]:
    """One check per row of siblings: 一、二、四 lacks 三."""
    for row in _rows(ground.headings):
        values = [h.value for h in row if h.value is not None]
        missing = sorted(set(range(1, max(values) + 1)) - set(values))
        repeated = [value for value, times in Counter(values).items() if times > 1]
        misprinted = [f"{h.marker} → {h.repaired}" for h in row if h.repaired]
        faults = [f"缺 {_list(missing)}"] * bool(missing) + [f"重复 {_list(repeated)}"] * bool(repeated)
        faults += [f"误印 {'、'.join(misprinted)}"] * bool(misprinted)
        spans = [Span(h.span.start, h.span.start + len(h.marker)) for h in row]
        stated = "、".join(h.marker.rstrip("、.． ,") for h in row)
        yield made(rule, "broken" if faults else "holds", spans, stated, "；".join(faults) or f"1–{len(row)}")


def _list(values: Sequence[int]) -> str:
    return "、".join(map(str, values))


def _rows(headings: Sequence[Heading]) -> Iterator[list[Heading]]:
    """Numbered headings that stand side by side under one heading, in one style; a single one is no row."""
    rows: dict[tuple[int, str], list[Heading]] = defaultdict(list)
    path: list[int] = []
    for i, heading in enumerate(headings):
        while path and headings[path[-1]].level >= heading.level:
            path.pop()
        if heading.value is not None:
            rows[path[-1] if path else -1, heading.rule].append(heading)
        path.append(i)
    yield from (row for row in rows.values() if len(row) > 1)
