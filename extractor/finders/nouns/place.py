"""Where a quantity stands among the words of its clause."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from extractor.finders.nouns.rulefile import NounRules
from extractor.finders.nouns.tokens import Token, tokens
from extractor.text import Span

REACH = 60  # characters to either side; a noun phrase is shorter
_PAIRS = {"“": "”", "《": "》", "(": ")", "「": "」", "『": "』", "〈": "〉", "[": "]", "【": "】"}
_OPENERS = {close: open_ for open_, close in _PAIRS.items()}
_EDGE = re.compile(f"[{re.escape(''.join((*_PAIRS, *_OPENERS)))}\n]")


@dataclass(frozen=True)
class Place:
    """Where a quantity stands: view text, clause, the quantity itself and the others of the clause."""

    text: str
    clause: Span
    span: Span
    others: tuple[Span, ...]
    rules: NounRules

    def at(self, other: Span) -> Place:
        """The place of another quantity of the clause."""
        return replace(self, span=other, others=tuple(sorted({*self.others, self.span} - {other})))

    @cached_property
    def left(self) -> Span:
        """What may hold the noun before it: from the quantity before, or the last bracket that is still open."""
        far = max(self.clause.start, self.span.start - REACH)
        per = "每" in self.text[far : self.span.start] and self.rules.per.search(self.text, far, self.span.start)
        high = per.start() if per else self.span.start
        low = max([far, *(other.end for other in self.others if other.end <= self.span.start)])
        closed = 0
        for edge in reversed([*_EDGE.finditer(self.text, low, high)]):
            closed += (edge[0] in _OPENERS) - (edge[0] in _PAIRS)
            if closed < 0 or edge[0] == "\n":
                return Span(edge.end(), high)
        return Span(min(low, high), high)

    @cached_property
    def right(self) -> Span:
        """What may hold the noun after it: up to the next quantity, or to the bracket that closes around it."""
        start, high = self.span.end, min(self.clause.end, self.span.end + REACH)
        if start < high and _OPENERS.get(self.text[start]) == self.text[max(0, self.span.start - 1)]:
            start += 1  # “0.1微克”行动
        starts = {other.start for other in self.others if start <= other.start < high}
        opened = 0
        for i in sorted({*starts, *(edge.start() for edge in _EDGE.finditer(self.text, start, high))}):
            opened += (self.text[i] in _PAIRS) - (self.text[i] in _OPENERS)
            if opened < 0 or self.text[i] == "\n" or (i in starts and not opened):
                return Span(start, i)
        return Span(start, high)

    def tokens(self, span: Span) -> list[Token]:
        return tokens(self.text, span.start, span.end, self.rules)
