"""What is left of a file's lines while noise is taken out of them, rule by rule.

A sheet is a list of rows, each what is left of one source line, and the text that they make. Patterns are matched
against that text; what they claim is struck from the rows and becomes noise. A row remembers what the noise
beside it said: that no line ends before it, that a document begins with it, and the hints for that document.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

import regex

from extractor.source import UNSEEN, Line, Noise, Part
from extractor.text import Span, Text, fold

STOPPED = regex.compile(r"[。!?;:…][”’\"')》】]*+$")  # a folded line that ends its sentence
PART_RULES: Mapping[Part, str] = {
    "header": "running-header",
    "footer": "running-footer",
    "hidden": "hidden-text",
    "deleted": "tracked-deletion",
    "comment": "comment",
    "meta": "metadata",
    "outside": "outside-text",
}


class Claim(NamedTuple):
    """Characters of a sheet's text that a rule says are noise."""

    rule: str
    span: Span
    hints: Mapping[str, str] = {}
    joins: bool = False
    splits: bool = False


class Row(NamedTuple):
    """`joint` and `opens` are the rules that say that no line ends before it, that a document begins with it."""

    text: Text
    part: Part = "body"
    gap: bool = False
    joint: str = ""
    opens: str = ""
    hints: Mapping[str, str] = {}


EMPTY = Text("", "", ())
NOTHING = Row(EMPTY)


@dataclass(frozen=True)
class Sheet:
    rows: tuple[Row, ...]

    @cached_property
    def text(self) -> Text:
        return Text.join((row.text for row in self.rows), "\n")

    @cached_property
    def starts(self) -> list[int]:
        """Where each row begins in the text."""
        starts, size = [], 0
        for row in self.rows:
            starts.append(size)
            size += len(row.text) + 1
        return starts

    @property
    def printed(self) -> bool:
        """Is there more than blanks?"""
        return any(not row.text.raw.isspace() for row in self.rows)

    def row_at(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1

    def span(self, first: int, last: int | None = None) -> Span:
        """The characters of rows `first` to `last`, both included."""
        last = first if last is None else last
        return Span(self.starts[first], self.starts[last] + len(self.rows[last].text))


def read(lines: Sequence[Line]) -> tuple[Sheet, list[Noise]]:
    """A row per line that is seen; the others, and markup inside the lines, are noise."""
    noise = [
        _noise(rule, [Text.of(i, line.text) for i, line in unseen])
        for rule, unseen in groupby(enumerate(lines), key=lambda numbered: _unseen(numbered[1]))
        if rule
    ]
    rows: list[Row] = []
    marks: list[Claim] = []
    gap, size = False, 0
    for i, line in enumerate(lines):
        if line.text and not _unseen(line):
            rows.append(Row(Text.of(i, line.text), line.part, gap))
            marks += [_markup(line, mark, size) for mark in line.marks]
            size += len(line.text) + 1
        gap = not line.text
    sheet, struck = strike(Sheet(tuple(rows)), marks)
    return sheet, noise + struck


def _unseen(line: Line) -> str:
    """The rule under which a line is noise that no reader of the paper sees, or ""."""
    if line.part not in UNSEEN or not line.text:
        return ""
    bars = "|" in line.text and not any(map(str.isalnum, line.text))
    return "markup" if line.part == "meta" and bars else PART_RULES[line.part]


def _markup(line: Line, mark: Span, at: int) -> Claim:
    """A comment may stand where a site cuts a sentence."""
    return Claim("markup", Span(at + mark.start, at + mark.end), joins=line.text.startswith("<!--", mark.start))


def strike(sheet: Sheet, claims: Iterable[Claim]) -> tuple[Sheet, list[Noise]]:
    """Take the claims out of the rows; of two that overlap the first stands."""
    chosen = _apart(claims)
    if not chosen:
        return sheet, []
    struck: dict[int, list[Text]] = {}
    mine = _by_row(sheet, chosen)
    rows: list[Row] = []
    held = NOTHING  # what a row that is gone says to the next
    for i, row in enumerate(sheet.rows):
        parts, cuts = _cut(row, [_within(chosen[j], sheet.span(i)) for j in mine[i]]) if i in mine else ([row], [])
        for j, cut in zip(mine.get(i, ()), cuts, strict=True):
            struck.setdefault(j, []).append(cut)
        for part in parts:
            told = _told(part, held)
            if part.text.raw:
                rows.append(told)
            held = NOTHING if part.text.raw else told
    if rows and held.hints:
        rows[-1] = rows[-1]._replace(hints={**held.hints, **rows[-1].hints})
    return Sheet(tuple(rows)), [_noise(chosen[j].rule, cuts) for j, cuts in struck.items()]


def _by_row(sheet: Sheet, claims: Sequence[Claim]) -> dict[int, list[int]]:
    """Which claims touch each row."""
    mine: dict[int, list[int]] = {}
    for j, claim in enumerate(claims):
        for i in range(sheet.row_at(claim.span.start), sheet.row_at(claim.span.end - 1) + 1):
            if sheet.span(i).overlaps(claim.span):
                mine.setdefault(i, []).append(j)
    return mine


def _apart(claims: Iterable[Claim]) -> list[Claim]:
    """In order and without overlaps."""
    chosen: list[Claim] = []
    for claim in sorted(claims, key=lambda claim: claim.span.start):
        if claim.span.start < claim.span.end and (not chosen or chosen[-1].span.end <= claim.span.start):
            chosen.append(claim)
    return chosen


def _within(claim: Claim, span: Span) -> Claim:
    """The part of a claim that is in the row at `span`, counted from the row's start."""
    start, end = max(claim.span.start, span.start), min(claim.span.end, span.end)
    return claim._replace(
        span=Span(start - span.start, end - span.start), splits=claim.splits and claim.span.end <= span.end
    )


def _cut(row: Row, claims: Sequence[Claim]) -> tuple[list[Row], list[Text]]:
    """What is left of a row, in parts where a document begins inside it, and what each claim took.

    Where only blanks would be left they go with the noise. The last part may be empty: it holds what the noise
    says of the row after it.
    """
    kept = _between(row.text, claims)
    gone = not any(text.raw.strip() for text in kept)
    if gone:
        claims, kept = _widened(row.text, claims), [EMPTY] * len(kept)
    parts: list[Row] = []
    part, texts, blank = row._replace(text=EMPTY), [kept[0]], not kept[0].raw.strip()
    for claim, after in zip(claims, kept[1:], strict=True):
        if claim.splits:
            parts.append(part._replace(text=Text.join(texts)))
            part, texts, blank = NOTHING._replace(part=row.part, opens=claim.rule), [], True
        elif claim.joins and blank:
            part = part._replace(joint=claim.rule)
        part = part._replace(hints={**part.hints, **claim.hints})
        texts.append(after)
        blank = blank and not after.raw.strip()
    parts.append(part._replace(text=Text.join(texts)))
    if parts[-1].text.raw and claims[-1].joins and not kept[-1].raw.strip():
        parts.append(NOTHING._replace(joint=claims[-1].rule))
    return parts, [row.text.cut(*claim.span) for claim in claims]


def _between(text: Text, claims: Sequence[Claim]) -> list[Text]:
    ends = [0, *(claim.span.end for claim in claims)]
    starts = [*(claim.span.start for claim in claims), len(text)]
    return [text.cut(end, start) for end, start in zip(ends, starts, strict=True)]


def _widened(text: Text, claims: Sequence[Claim]) -> list[Claim]:
    """The claims grown over the blanks between them."""
    ends = [*(claim.span.end for claim in claims[:-1]), len(text)]
    spans = map(Span, [0, *ends[:-1]], ends)
    return [claim._replace(span=span) for claim, span in zip(claims, spans, strict=True)]


def _told(row: Row, held: Row) -> Row:
    """A row with what the rows gone before it said."""
    if held is NOTHING:
        return row
    return row._replace(
        gap=row.gap or held.gap, joint=row.joint or held.joint, opens=row.opens or held.opens,
        hints={**held.hints, **row.hints},
    )  # fmt: skip


def stopped(line: str) -> bool:
    """Does a line, folded or not, end its sentence?"""
    return STOPPED.search(fold(line.rstrip()[-8:])) is not None


def _noise(rule: str, cuts: Sequence[Text]) -> Noise:
    pieces = tuple(piece for cut in cuts for piece in cut.pieces(Span(0, len(cut))))
    return Noise(rule, pieces, "\n".join(cut.raw for cut in cuts))
