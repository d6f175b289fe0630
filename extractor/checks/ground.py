"""What checks stand on: one document with all that was found in it, and the rules that say what to compare."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import ClassVar, Literal

from pydantic import Field

from extractor.found import Cell, Check, Date, Heading, Measure, Outcome, Problem, Quantity, Severity, Table
from extractor.rules import Regex, Rule, RuleFile, Rules
from extractor.text import Span, Text

LONGEST = 2_000  # characters of a sentence on either side of what is looked at
Kind = Literal[
    "total", "listed", "parts", "rate", "numbering", "off-calendar", "after-report", "range",
    "unanswered", "annex", "placeholder", "table-sum", "table-tree", "table-relation", "table-total",
    "compared",
]  # fmt: skip


class CheckRule(Rule):
    """`says` are the sentences for a reader, one per outcome; {stated} and {found} stand in them."""

    kind: Kind
    enabled: bool = True
    severity: Severity = "warning"
    says: Mapping[Outcome, str]
    patterns: Mapping[str, Regex] = Field(default_factory=dict)


class CheckRules(RuleFile):
    file: ClassVar[str] = "checks"
    check: tuple[CheckRule, ...] = ()


_SENTENCE = re.compile(r"[^。！？!?\n]+")
_CLAUSE = re.compile(r"[^,;:，；：]+")
_LINE_END = re.compile("\n")


@dataclass(frozen=True)
class Ground:
    text: Text
    headings: Sequence[Heading]
    dates: Sequence[Date]
    quantities: Sequence[Quantity]
    problems: Sequence[Problem]
    measures: Sequence[Measure]
    rules: Rules
    tables: Sequence[Table] = ()

    def words(self, span: Span) -> str:
        """The folded characters of a span."""
        return self.text.folded[span.start : span.end]

    @cached_property
    def paragraphs(self) -> list[Span]:
        """Runs between line ends and headings: what speaks of one thing."""
        cuts = {0, len(self.text), *(h.body.start for h in self.headings), *(h.span.start for h in self.headings)}
        cuts |= {match.end() for match in _LINE_END.finditer(self.text.raw)}
        edges = sorted(cuts)
        return [Span(a, b) for a, b in pairwise(edges) if self.text.raw[a:b].strip()]

    def around(self, span: Span, stops: str = "。！？!?\n") -> Span:
        """The sentence around `span`, or what lies between other stops; LONGEST characters to either side at most."""
        low, high = max(0, span.start - LONGEST), min(len(self.text), span.end + LONGEST)
        start = max(low, *(self.text.folded.rfind(char, low, span.start) + 1 for char in stops))
        ends = [i for char in stops if (i := self.text.folded.find(char, span.end, high)) >= 0]
        return Span(start, min(ends, default=high))

    def sentences(self, span: Span) -> Sequence[Span]:
        """Those in `span` that hold a quantity; several checks ask for those of the same paragraph."""
        if span not in self._sentences:
            found = _SENTENCE.finditer(self.text.folded, span.start, span.end) if self.counted(span) else ()
            self._sentences[span] = [one for match in found if self.counted(one := Span(*match.span()))]
        return self._sentences[span]

    @cached_property
    def _sentences(self) -> dict[Span, Sequence[Span]]:
        return {}

    def clauses(self, span: Span) -> Iterator[Span]:
        for match in _CLAUSE.finditer(self.text.folded, span.start, span.end):
            yield Span(*match.span())

    def counted(self, span: Span) -> list[Quantity]:
        """The quantities inside `span`, in order."""
        start, end = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return [q for q in self.quantities[start:end] if q.span.end <= span.end]

    def cell(self, span: Span) -> tuple[Table, Cell] | tuple[None, None]:
        """The cell that `span` stands in, and its table."""
        at = bisect_right(self._cells, span.start, key=lambda placed: placed[0].start) - 1
        return self._cells[at][1:] if at >= 0 and self._cells[at][0].holds(span) else (None, None)

    @property
    def cells(self) -> list[Span]:
        """Where the cells of all tables stand."""
        return [place for place, *_ in self._cells]

    def beside(self, span: Span) -> list[str]:
        """What stands at the head of the column and to the left of the cell that `span` stands in."""
        table, own = self.cell(span)
        if table is None or own is None:
            return []
        return [
            cell.text
            for cell in table.cells
            if (cell.row < table.header and cell.column <= own.column < cell.column + cell.columns)
            or (cell.row <= own.row < cell.row + cell.rows and cell.column + cell.columns == own.column)
        ]

    @cached_property
    def _cells(self) -> list[tuple[Span, Table, Cell]]:
        placed = [(cell.span, table, cell) for table in self.tables for cell in table.cells if cell.span]
        return sorted(placed, key=lambda cell: cell[0])

    @cached_property
    def _starts(self) -> list[int]:
        return [q.span.start for q in self.quantities]


def made(
    rule: CheckRule, outcome: Outcome, places: Sequence[Span], stated: str, found: str, arithmetic: str = ""
) -> Check:
    """A check whose first place is where the thing is stated."""
    message = rule.says.get(outcome, "").format(stated=stated, found=found)
    return Check(
        places[0], rule.id, rule.kind, rule.severity, outcome, stated, found, arithmetic, message, tuple(places[1:])
    )


def number(value: float) -> str:
    """As a person writes it: 0.1 + 0.2 is 0.3."""
    return f"{round(value, 6):,.6f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
