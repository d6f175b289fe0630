"""Markdown: the lines of the file as they are, with the spans that are markup, tables cut into cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from extractor.readers import txt
from extractor.readers.blocks import Block
from extractor.readers.encoding import decode, lines
from extractor.readers.md import frontmatter, markup, pipes
from extractor.readers.raw import Format, Raw
from extractor.source import Cell, CellRef, Line, Source, Table
from extractor.text import Span

_UNDERLINES = (regex.compile(r" {0,3}={2,}\s*"), regex.compile(r" {0,3}-{3,}\s*"))  # of headings of level 1 and 2
_BREAK = regex.compile(r"(?i)<br\s*/?>|</(?:p|div|li|tr|td|th|h[1-6])\s*>")
_COMMENT, _COMMENT_END, _COMMENT_LINES = "<!--", "-->", 200


def claims(raw: Raw) -> bool:
    return not raw.packed and raw.suffix in txt.MARKDOWN


def read(raw: Raw) -> Source:
    """Raises ReadError for bytes that are no text."""
    decoded = decode(raw)
    texts = lines(raw, decoded.text)
    head = frontmatter.length(texts)
    document = _Document([Line(text, number, "meta") for number, text in enumerate(texts[:head], 1)], [])
    _body(document, texts, head)
    return Source(
        raw.name, "md", raw.sha256, len(raw.data), tuple(document.lines), tuple(document.tables),
        encoding=decoded.encoding, replaced=decoded.replaced,
        hints=frontmatter.hints(texts[:head]), warnings=txt.warnings(decoded),
    )  # fmt: skip


class _Document(NamedTuple):
    """What has been read so far."""

    lines: list[Line]
    tables: list[Table]


def _body(document: _Document, texts: Sequence[str], at: int) -> None:
    while at < len(texts):
        if block := pipes.block(texts, at):
            _table(document, block, texts, at)
            at += len(block.lines)
        elif comment := _comment(texts, at):
            document.lines.extend(comment)
            at += len(comment)
        else:
            document.lines.extend(_pieces(texts[at], at + 1, _markup(texts, at)))
            at += 1


def _markup(texts: Sequence[str], at: int) -> markup.Markup:
    """The markup of a line of prose, which the line below may make a heading."""
    text = texts[at]
    found = markup.scan(text)
    found = found._replace(marks=tuple(sorted([*found.marks, *pipes.strays(text)])))
    alone = at == 0 or not texts[at - 1].strip()
    if alone and at + 1 < len(texts) and text.strip() and not markup.is_rule(text):
        for level, underline in enumerate(_UNDERLINES, 1):
            if underline.fullmatch(texts[at + 1]):
                return found._replace(outline=level)
    return found


def _comment(texts: Sequence[str], at: int) -> list[Line]:
    """The lines of an HTML comment that begins on one line and ends on a later one; none where it is not closed."""
    begin = texts[at].rfind(_COMMENT)
    if begin < 0 or _COMMENT_END in texts[at][begin:]:
        return []
    last = next((i for i in range(at + 1, min(at + _COMMENT_LINES, len(texts))) if _COMMENT_END in texts[i]), None)
    if last is None:
        return []
    spans = [Span(0, len(text)) for text in texts[at : last + 1]]
    spans[0] = Span(begin, len(texts[at]))
    spans[-1] = Span(0, texts[last].index(_COMMENT_END) + len(_COMMENT_END))
    return [Line(texts[at + i], at + i + 1, marks=(span,) if span.end else ()) for i, span in enumerate(spans)]


def _table(document: _Document, block: Block, texts: Sequence[str], at: int) -> None:
    """Each cell a line (cut at `<br>`); pipes and rulers are lines of their own."""
    index = len(document.tables)
    held: dict[tuple[int, int], list[int]] = {}
    for offset, tokens in enumerate(block.lines):
        text, number = texts[at + offset], at + offset + 1
        for token in tokens:
            words = text[token.start : token.end]
            if token.row is None:
                document.lines.append(Line(words, number, "meta"))
                continue
            ref = CellRef(index, token.row, token.column)
            pieces = list(_pieces(words, number, markup.scan(words), ref))
            held[token.row, token.column] = list(range(len(document.lines), len(document.lines) + len(pieces)))
            document.lines.extend(pieces)
    cells = tuple(Cell(row, column, 1, 1, tuple(found)) for (row, column), found in held.items())
    if cells:
        document.tables.append(Table(block.rows, block.columns, cells))


def _pieces(text: str, number: int, found: markup.Markup, cell: CellRef | None = None) -> Iterator[Line]:
    """A file line as one Line, or as several where tags in it end a line (`<br>`, `</p>`)."""
    ends = [match.end() for match in _BREAK.finditer(text) if match.end() < len(text)]
    for start, end in zip([0, *ends], [*ends, len(text)], strict=True):
        yield Line(
            text[start:end], number, "cell" if cell else "body", cell, outline=found.outline,
            marks=_within(found.marks, start, end), bold=_within(found.bold, start, end),
        )  # fmt: skip


def _within(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """The parts of ordered spans inside [start, end), counted from its start."""
    first = bisect_right(spans, start, key=lambda span: span.end)
    past = bisect_left(spans, end, key=lambda span: span.start)
    return tuple(Span(max(s.start, start) - start, min(s.end, end) - start) for s in spans[first:past])


FORMAT = Format("md", claims, read)
