"""Markdown inside a line: which characters are markup, and which words they emphasise.

Reports are full of `*` that is no markup: 2022年*月*日, *区委宣传部, 138****5678 are masks. So a single `*` is
markup only where both ends stand free, and a pair of `**` only where it encloses more than a masked name.
Converters cut bold text into pieces (`**201****8****年**`): between pieces, four stars close and open again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

from extractor.text import Span

_TAGS = "a|abbr|article|b|big|blockquote|br|center|code|dd|del|details|div|dl|dt|em|figure|figcaption|font|footer|h[1-6]|header|hr|i|img|ins|label|li|main|mark|nav|ol|p|pre|q|s|section|small|span|strike|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul"
_TARGET = r"\((?:[^()\s]|\([^()\s]*\))*(?:\s+(?:\"[^\"]*\"|'[^']*'))?\)"
_TOKEN = regex.compile(
    rf"""
      (?P<escape>\\)[!-/:-@\[-`{{-~]
    | (?P<mark>
        <!--.*?-->
      | !\[[^\[\]]*+\]{_TARGET}
      | \[(?=(?:!\[[^\[\]]*+\]{_TARGET}|[^\[\]])*+\]{_TARGET})
      | </?(?:{_TAGS})(?:[\s/][^<>]*+)?>
      | &nbsp;|&e[mn]sp;|\\$
      | ~~|`+
      )
    | &(?P<amp>amp;)
    | (?P<target>\]{_TARGET})
    | (?P<stars>\*+|_+)
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_HEAD = regex.compile(
    r"(?P<quote>(?:[ \t]*>(?!\d)[ \t]?)*)"
    r"(?:(?P<level>\#{1,6})(?:[ \t]+|$)|(?P<sloppy>\#{2,6})(?=[\p{Han}（“《])|[ \t]*[-*+][ \t]+(?=\S)(?!\d+ ?-+\s*$))?"
)
_CLOSING = regex.compile(r"[ \t]+#+[ \t]*$")
_WHOLE = regex.compile(r"[ \t]*(?:([-*_])[ \t]*(?:\1[ \t]*){2,}|={3,}|`{3,}.*|~{3,}.*)$")  # rules, fences, underlines
_FREE = regex.compile(r"[\p{P}\p{S}\s]")
_MASKED = frozenset("省市区县州旗镇乡村局厅委办院校司某年月日时号人名元")  # what a masked name or number stands before


class Markup(NamedTuple):
    """Spans of the line: its markup, what it emphasises (without the marks), and its heading level."""

    marks: tuple[Span, ...] = ()
    bold: tuple[Span, ...] = ()
    outline: int | None = None


def is_rule(line: str) -> bool:
    """A line that is markup as a whole: ---, ***, ===, a code fence."""
    return _WHOLE.match(line) is not None


def scan(line: str) -> Markup:
    if is_rule(line):
        return Markup((Span(0, len(line)),))
    head = _HEAD.match(line)
    assert head is not None
    level = head["level"] or head["sloppy"]
    marks = [Span(0, head.end())] if head[0].strip() else []
    start = marks[0].end if marks else 0
    closing = _CLOSING.search(line, start) if level else None
    end = closing.start() if closing else len(line)
    found, bold = _inline(line, start, end)
    marks += found
    if closing:
        marks.append(Span(end, len(line)))
    return Markup(tuple(marks), tuple(_without(bold, marks)), len(level) if level else None)


def _inline(line: str, start: int, end: int) -> tuple[list[Span], list[Span]]:
    marks: list[Span] = []
    runs: list[Span] = []
    links = 0
    for token in _TOKEN.finditer(line, start, end):
        if token["stars"]:
            runs.append(Span(*token.span()))
        elif token["target"]:  # the far end of a link whose `[` was seen
            marks += [Span(*token.span())] if links else []
            links = max(0, links - 1)
        else:
            name = token.lastgroup
            marks.append(Span(*token.span(name or 0)))
            links += token[0] == "["
    emphasis, bold = _pairs(line, runs)
    return sorted([*_paired(line, marks), *emphasis]), bold


def _paired(line: str, marks: list[Span]) -> list[Span]:
    """`~~` and backquotes come in pairs; one left over is text."""
    kept: list[Span] = []
    waiting: dict[str, Span] = {}
    for span in marks:
        token = line[span.start : span.end]
        if token[0] not in "~`":
            kept.append(span)
        elif token in waiting:
            kept += [waiting.pop(token), span]
        else:
            waiting[token] = span
    return kept


class _Opener(NamedTuple):
    """Stars that wait for their like; `chained`: they stand where a piece of cut bold text has just ended."""

    span: Span
    chained: bool = False


def _pairs(line: str, runs: list[Span]) -> tuple[list[Span], list[Span]]:
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
        elif size <= 3 and not (size == 1 and opener) and _opens(line, run):
            opener = _Opener(run)
    return [mark for mark in marks if mark.end > mark.start], bold


def _close(line: str, opener: _Opener, run: Span) -> Span | None:
    """The part of a run that ends what `opener` began; None where it is text or begins anew."""
    size, width = run.end - run.start, opener.span.end - opener.span.start
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
    if not words.strip() or (words[0].isspace() and line[: begin.start].strip()):
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


def _opens(line: str, run: Span) -> bool:
    if line[run.start] == "_" and run.end - run.start != 2:
        return False
    return run.end < len(line) and (not line[run.end].isspace() or not line[: run.start].strip())


def _masks_digits(line: str, run: Span) -> bool:
    """138****5678: stars over the middle of a telephone or identity number."""
    before = len(line[: run.start]) - len(line[: run.start].rstrip("0123456789"))
    after = len(line[run.end :]) - len(line[run.end :].lstrip("0123456789"))
    size = run.end - run.start
    return size >= 4 and before >= 3 and after >= (4 if size == 4 else 2)


def _without(spans: list[Span], marks: list[Span]) -> Iterator[Span]:
    """What is left of each span between the marks in it."""
    for span in spans:
        at = span.start
        for mark in (m for m in sorted(marks) if span.holds(m)):
            if mark.start > at:
                yield Span(at, mark.start)
            at = mark.end
        if at < span.end:
            yield Span(at, span.end)
