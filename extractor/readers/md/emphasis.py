"""Which stars of a Markdown line are emphasis.

Reports are full of `*` that is no markup: 2022年*月*日, *区委宣传部, 138****5678 are masks. So a single `*` is
markup only where both ends stand free, and a pair of `**` only where it encloses more than a masked name.
Converters cut bold text into pieces (`**201****8****年**`): between pieces, four stars close and open again.
"""

from __future__ import annotations

from typing import NamedTuple

import regex

from extractor.text import Span

_FREE = regex.compile(r"[\p{P}\p{S}\s]")
_MASKED = frozenset("省市区县州旗镇乡村局厅委办院校司某年月日时号人名元")  # what a masked name or number stands before


class _Opener(NamedTuple):
    """Stars that wait for their like; `chained`: they stand where a piece of cut bold text has just ended."""

    span: Span
    chained: bool = False

    @property
    def width(self) -> int:
        return self.span.end - self.span.start


def pairs(line: str, runs: list[Span]) -> tuple[list[Span], list[Span]]:
    """Runs of stars (or of two underscores) that open and close: their marks, and what stands between them."""
    marks: list[Span] = []
    bold: list[Span] = []
    opener: _Opener | None = None
    for run in runs:
        close = _close(line, opener, run) if opener else None
        size = run.end - run.start
        if opener and close:
            width = close.end - close.start
            cut = size % 4 == 0 and width == 2  # `****`: one piece ends, the next begins
            begin = Span(opener.span.start, opener.span.start + width)
            marks += [begin, Span(close.start, run.end)]
            bold.append(Span(begin.end, close.start))
            opener = _Opener(Span(run.end - 2, run.end), chained=True) if cut else None
            if cut:
                marks[-1] = Span(close.start, run.end - 2)
        elif size <= 3 and not (size == 1 and opener and opener.width > 1) and _opens(line, run):
            opener = _Opener(run)
    return [mark for mark in marks if mark.end > mark.start], bold


def _close(line: str, opener: _Opener, run: Span) -> Span | None:
    """The part of a run that ends what `opener` began; None where it is text or begins anew."""
    size, width = run.end - run.start, opener.width
    if line[run.start] != line[opener.span.start] or _masks_digits(line, run):
        return None
    if width == 1 or size == 1:
        fits = size == width and _stands_free(line, opener.span, run)
        return run if fits else None
    if size == 3 and width == 3:
        return run
    if size == 3:  # `**张***`: a masked name inside bold text
        return Span(run.start + 1, run.end)
    begin, end = Span(opener.span.start, opener.span.start + 2), Span(run.start, run.start + 2)
    if size % 2 or (line[run.start] == "_" and not _stands_free(line, begin, end)):
        return None
    whole = opener.chained or size > 2
    return end if _encloses(line, begin, end, whole) else None


def _encloses(line: str, begin: Span, end: Span, cut: bool) -> bool:
    """Is it words that stand between two `**`? 中共**县委关于**同志: masks, for neither end stands free."""
    words = line[begin.end : end.start]
    if not words.strip() or (words[0].isspace() and not _heads(line, begin)):
        return False
    if cut or words[0] not in _MASKED:
        return True
    return len(words) > 1 and (_free_before(line, begin) or _free_after(line, end))


def _stands_free(line: str, begin: Span, end: Span) -> bool:
    """`*重点*` between blanks or punctuation, but not 年*月*日."""
    words = line[begin.end : end.start]
    inner = len(words) > 1 and words == words.strip() and any(char.isalnum() for char in words)
    return inner and _free_before(line, begin) and _free_after(line, end)


def _free_before(line: str, span: Span) -> bool:
    return span.start == 0 or _FREE.match(line[span.start - 1]) is not None


def _free_after(line: str, span: Span) -> bool:
    return span.end == len(line) or _FREE.match(line[span.end]) is not None


def _heads(line: str, span: Span) -> bool:
    """Does only indentation stand before it?"""
    return span.start < 80 and not line[: span.start].strip()


def _opens(line: str, run: Span) -> bool:
    if line[run.start] == "_" and run.end - run.start != 2:
        return False
    return run.end < len(line) and (not line[run.end].isspace() or _heads(line, run))


def _masks_digits(line: str, run: Span) -> bool:
    """138****5678: stars over the middle of a telephone or identity number."""
    size = run.end - run.start
    need = 4 if size == 4 else 2
    before, after = line[max(0, run.start - 3) : run.start], line[run.end : run.end + need]
    return size >= 4 and len(before) == 3 and len(after) == need and (before + after).isdecimal()
