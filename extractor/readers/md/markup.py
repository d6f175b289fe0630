"""Markdown inside a line: which characters are markup, which words they emphasise, and its heading level."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

from extractor.readers.md.emphasis import pairs
from extractor.text import Span

_TAGS = "a|abbr|article|b|big|blockquote|br|center|code|dd|del|details|div|dl|dt|em|figure|figcaption|font|footer|h[1-6]|header|hr|i|img|ins|label|li|main|mark|nav|ol|p|pre|q|s|section|small|span|strike|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul"
_TARGET = r"\((?:[^()\s]|\([^()\s]*\))*(?:\s+(?:\"[^\"]*\"|'[^']*'))?\)"
_TOKEN = regex.compile(
    rf"""
      (?P<escape>\\)[!-/:-@\[-`{{-~]
    | (?P<mark>
        <!--(?:(?!<!--).)*?-->
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
_CLOSING = regex.compile(r"(?<![ \t])[ \t]++#++[ \t]*+$")
_WHOLE = regex.compile(r"[ \t]*(?:([-*_])[ \t]*(?:\1[ \t]*){2,}|={3,}|`{3,}.*|~{3,}.*)$")  # rules, fences, underlines


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
    found, bold = pairs(line, runs)
    return sorted([*_paired(line, marks), *found]), bold


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


def _without(spans: list[Span], marks: list[Span]) -> Iterator[Span]:
    """What is left of spans between the marks in them; both in order."""
    i = 0
    for span in spans:
        at = span.start
        while i < len(marks) and marks[i].start < span.end:
            if marks[i].start > at:
                yield Span(at, marks[i].start)
            at = max(at, marks[i].end)
            i += 1
        if at < span.end:
            yield Span(at, span.end)
