"""Findings → Report: every finding gets its words, its source pieces and its place in the report.

Parts of a record (its span and pieces) are plain values until the record validates them all at once: half of the
time that a constructor for each of them takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from extractor import records
from extractor.confidence import ConfidenceRules
from extractor.found import CellState, Check, Date, Found, Heading, Measure, Problem, Quantity, Table
from extractor.rules import Rules
from extractor.source import Cleaned, Draft, Line, Source
from extractor.text import Piece, Span, Text


class Finding(NamedTuple):
    """All that was found in one document of a file."""

    draft: Draft
    title: str
    year: int | None
    headings: tuple[Heading, ...]
    dates: tuple[Date, ...]
    quantities: tuple[Quantity, ...]
    problems: tuple[Problem, ...]
    measures: tuple[Measure, ...]
    checks: tuple[Check, ...]
    tables: tuple[Table, ...] = ()


KINDS: dict[str, type[records.Record]] = {
    "headings": records.Heading,
    "dates": records.Date,
    "quantities": records.Quantity,
    "problems": records.Problem,
    "measures": records.Measure,
    "checks": records.Check,
}
IN_CELLS = {kind for kind in KINDS.values() if "cell" in kind.model_fields}
PLACE = {"doc", "text", "span", "source", "cell", "confidence"}
OWN = {kind: [name for name in kind.model_fields if name not in PLACE] for kind in KINDS.values()}


def assemble(source: Source, cleaned: Cleaned, findings: Sequence[Finding], rules: Rules) -> records.Report:
    place = _Places(source.lines, rules.of(ConfidenceRules))
    warnings = [("read", w) for w in source.warnings] + [("clean", w) for w in cleaned.warnings]
    numbered = [f._replace(measures=_numbered(findings, i)) for i, f in enumerate(findings)]
    found: dict[str, Any] = {
        name: tuple(
            place.record(name, kind, i, f.draft.text, x) for i, f in enumerate(numbered) for x in getattr(f, name)
        )
        for name, kind in KINDS.items()
    }
    return records.Report(
        schema_version=records.SCHEMA_VERSION,
        source=records.SourceFile(
            name=source.name, format=source.format, sha256=source.sha256, size=source.size,
            encoding=source.encoding, replaced=source.replaced,
        ),
        rules_version=rules.version,
        status="partial" if warnings else "ok",
        documents=tuple(
            records.Document(
                title=f.title, text=f.draft.text.raw, year=f.year, issuer=f.draft.hints.get("issuer"),
                runs=tuple(place.runs(f.draft.text)),
            )
            for f in findings
        ),
        tables=tuple(place.tables(findings)),
        noise=tuple(records.Noise(rule=n.rule, text=n.text, source=place.pieces(n.pieces)) for n in cleaned.noise),
        issues=tuple(records.Issue(stage=stage, code=w.code, message=w.message) for stage, w in warnings),
        **found,
    )  # fmt: skip


def _numbered(findings: Sequence[Finding], doc: int) -> tuple[Measure, ...]:
    """The measures of a document, their dates and quantities counted over the whole report."""
    dates_before = sum(len(f.dates) for f in findings[:doc])
    before = sum(len(f.quantities) for f in findings[:doc])
    if not dates_before and not before:
        return findings[doc].measures
    return tuple(
        replace(
            measure,
            dates=tuple(i + dates_before for i in measure.dates),
            quantities=tuple(i + before for i in measure.quantities),
            recovered=tuple(replace(one, quantity=one.quantity + before) for one in measure.recovered),
            accountable=tuple(replace(one, quantity=one.quantity + before) for one in measure.accountable),
        )
        for measure in findings[doc].measures
    )


R = TypeVar("R", bound=records.Record)
Values = Any  # a part of a record as a dict, not validated yet


def _ends(span: Span) -> Values:
    return {"start": span.start, "end": span.end}


class _Places:
    """From characters of a text back to the lines of the file."""

    def __init__(self, lines: Sequence[Line], confidence: ConfidenceRules) -> None:
        self.lines = lines
        self.confidence = confidence

    def record(self, name: str, kind: type[R], doc: int, text: Text, found: Found) -> R:
        values = {name: getattr(found, name) for name in OWN[kind]}
        if "body" in values:
            values["body"] = _ends(values["body"])
        if "places" in values:
            values["places"] = tuple(self.place(text, span) for span in values["places"])
        if kind in IN_CELLS:
            values["cell"] = self.cell(text.line_at(found.span.start))
        values |= {"doc": doc, **self.place(text, found.span)}
        if issubclass(kind, records.Rated):
            values["confidence"] = self.confidence.rate(name, values, text.raw)
        return kind(**values)

    def place(self, text: Text, span: Span) -> Values:
        """The words of a span, the span, and the pieces that they were read from."""
        source = self.pieces(text.pieces(span))
        return {"text": text.raw[span.start : span.end], "span": _ends(span), "source": source}

    def pieces(self, pieces: Sequence[Piece]) -> tuple[Values, ...]:
        return tuple(chain.from_iterable(map(self.printed, pieces)))

    def runs(self, text: Text) -> Iterator[Values]:
        """The pieces of a whole text, each with its place in it."""
        for run in text.runs:
            for piece in self.printed(Piece(run.line, run.start, run.start + run.length)):
                yield {"at": run.at + piece["start"] - run.start, **piece}

    def printed(self, piece: Piece) -> list[Values]:
        """A run of a source line, cut where it goes on in another row of its page or on another page."""
        line, cell = self.lines[piece.line], self.cell(piece.line)
        whole = {"part": line.part, "number": line.number, "start": piece.start, "end": piece.end, "cell": cell}
        if not line.prints:
            return [whole]
        ends = [at.start for at in line.prints[1:]] + [len(line.text)]
        return [
            {**whole, "start": start, "end": stop, "page": at.page, "box": at.box(start, stop), "ocr": at.ocr}
            for at, end in zip(line.prints, ends, strict=True)
            if (start := max(piece.start, at.start)) < (stop := min(piece.end, end))
        ]

    def cell(self, line: int | None) -> Values | None:
        ref = self.lines[line].cell if line is not None else None
        return {"table": ref.table, "row": ref.row, "column": ref.column} if ref else None

    def tables(self, findings: Sequence[Finding]) -> Iterator[records.Table]:
        """All tables of the file: in its order, so that `Cell.table` counts them."""
        held = [(table, i, f.draft.text) for i, f in enumerate(findings) for table in f.tables]
        for table, doc, text in sorted(held, key=lambda one: one[0].index):
            yield self.table(doc, text, table)

    def table(self, doc: int, text: Text, table: Table) -> records.Table:
        rows = [[""] * table.columns for _ in range(table.rows)]
        states: list[list[CellState | None]] = [[None] * table.columns for _ in range(table.rows)]
        labels: list[list[records.CellLabels | None]] = [[None] * table.columns for _ in range(table.rows)]
        for cell in table.cells:
            rows[cell.row][cell.column] = cell.text
            states[cell.row][cell.column] = cell.state
            if cell.role == "value":
                labels[cell.row][cell.column] = records.CellLabels(row=cell.labels, column=cell.heads)
        spans = [cell.span for cell in table.cells if cell.span]
        pieces = [piece for span in spans for piece in self.pieces(text.pieces(span))]
        pages = tuple(sorted({piece["page"] for piece in pieces if piece.get("page")}))
        return records.Table(
            doc=doc, page=pages[0] if pages else None, pages=pages, caption=table.caption, unit=table.unit,
            header=table.header, rows=tuple(map(tuple, rows)), states=tuple(map(tuple, states)),
            labels=tuple(map(tuple, labels)), source=tuple(pieces),
            merged=tuple(
                records.Merged(row=c.row, column=c.column, rows=c.rows, columns=c.columns)
                for c in table.cells
                if c.rows * c.columns > 1
            ),
        )  # fmt: skip
