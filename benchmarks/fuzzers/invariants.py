"""What must hold of every report, whatever was read. Each check raises Broken with a sentence that says what does not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import extractor
from extractor import cleaning, edtf, pipeline, placing
from extractor.records import Measure, Piece, Record, Report, Span, Table
from extractor.rules import Rules
from extractor.source import Cleaned, Source
from extractor.text import Span as TextSpan
from extractor.text import fold
from extractor.writers.json import to_json


class Broken(AssertionError):
    """An invariant does not hold."""


def must(holds: bool, what: str) -> None:
    if not holds:
        raise Broken(what)


def checked(source: Source, rules: Rules, again: bool = False) -> Report:
    """The report of a source, all that must hold of it held. `again`: read a second time, the bytes must be the same."""
    wellformed(source)
    accounted(source, cleaning.clean(source, rules))
    report = pipeline.report(source, None, rules)
    everywhere(report, source)
    written = to_json(report)
    must(extractor.Report.model_validate_json(written) == report, "JSON does not give the report back")
    json.loads(written)
    must(not again or to_json(pipeline.report(source, None, rules)) == written, "the same source gives other bytes")
    return report


def wellformed(source: Source) -> None:
    for line in source.lines:
        must(
            not any("\ud800" <= char <= "\udfff" or char == "\0" for char in line.text),
            "a line holds half a character or a NUL",
        )
        must(not any(char in line.text for char in "\n\r"), f"line {line.number} holds a line end")
        must(
            all(0 <= m.start < m.end <= len(line.text) for m in line.marks), f"marks of line {line.number} {line.marks}"
        )
        must(all(0 <= b.start < b.end <= len(line.text) for b in line.bold), f"bold of line {line.number} {line.bold}")
        must(0 <= line.automatic <= len(line.text), f"number of line {line.number} longer than it")
        must(line.outline is None or line.outline >= 1, f"outline level {line.outline}")
        ends = [at.start for at in line.prints[1:]] + [len(line.text)]
        for at, end in zip(line.prints, ends, strict=False):
            must(at.start < end and len(at.edges) == end - at.start + 1, f"edges of line {line.number}")
        if line.cell:
            table = source.tables[line.cell.table]
            must(
                0 <= line.cell.row < table.rows and 0 <= line.cell.column < table.columns,
                f"cell {line.cell} outside its table",
            )
    for table in source.tables:
        must(len({(cell.row, cell.column) for cell in table.cells}) == len(table.cells), "two cells begin in one place")
        for cell in table.cells:
            must(0 <= cell.row < cell.row + cell.rows <= table.rows, f"{cell} outside its table")
            must(0 <= cell.column < cell.column + cell.columns <= table.columns, f"{cell} outside its table")
            must(all(0 <= line < len(source.lines) for line in cell.lines), f"{cell} has lines that are none")


def accounted(source: Source, cleaned: Cleaned) -> None:
    """Every character of the source is in one document or in one record of noise."""
    places: Counter[tuple[int, int]] = Counter()
    texts = [draft.text.pieces(TextSpan(0, len(draft.text))) for draft in cleaned.drafts]
    for pieces in [*texts, *(one.pieces for one in cleaned.noise)]:
        for piece in pieces:
            places.update((piece.line, at) for at in range(piece.start, piece.end))
    for i, line in enumerate(source.lines):
        for at in range(len(line.text)):
            must(places[i, at] == 1, f"character {at} of line {line.number} is in {places[i, at]} places")
    must(places.total() == sum(len(line.text) for line in source.lines), "pieces outside the source")
    for draft in cleaned.drafts:
        must(len(draft.text.raw) == len(draft.text.folded), "folding changed the length")
        for run in draft.text.runs:
            printed = source.lines[run.line].text[run.start : run.start + run.length]
            must(draft.text.raw[run.at : run.at + run.length] == printed, f"{run} is not what stands there")


def everywhere(report: Report, source: Source) -> None:
    kinds: tuple[Sequence[Record], ...] = (
        report.headings, report.dates, report.quantities, report.problems, report.measures, report.checks,
    )  # fmt: skip
    for records in kinds:
        for record in records:
            stands(report, record)
    for check in report.checks:
        for place in check.places:
            said(report, check.doc, place.span, place.text)
    for records in kinds[:5]:
        must(
            all((a.doc, a.span.start) <= (b.doc, b.span.start) for a, b in pairwise(records)),
            f"{records[:1]} out of order",
        )
    for records in kinds[1:3]:
        apart = all(a.doc != b.doc or a.span.end <= b.span.start for a, b in pairwise(records))
        must(apart, f"{records[:1]} overlap")
    for heading in report.headings:
        inside(report, heading.doc, heading.body)
        must(heading.span.end <= heading.body.start, f"body of {heading.text!r} begins before its end")
        must(heading.level >= 1, f"level {heading.level}")
    for value in (
        *(d.value for d in report.dates),
        *(p.deadline_value for p in report.problems),
        *(p.as_of for p in report.problems),
    ):
        dated(value)
    for measure in report.measures:
        counts(report, measure)
    for table in report.tables:
        tabled(report, table)
    for one in (*report.dates, *report.quantities):
        must(one.cell is None or 0 <= one.cell.table < len(source.tables), f"no table {one.cell}")
    for document in report.documents:
        must(all(r.at >= 0 and r.at + r.end - r.start <= len(document.text) for r in document.runs), "runs outside")
        must(all(a.at + a.end - a.start <= b.at for a, b in pairwise(document.runs)), "runs overlap")


def dated(value: str | None) -> None:
    try:
        if value is not None:
            edtf.check(value)
    except ValueError as error:
        raise Broken(str(error)) from None


def inside(report: Report, doc: int, span: Span) -> str:
    must(0 <= doc < len(report.documents), f"no document {doc}")
    text = report.documents[doc].text
    must(0 <= span.start <= span.end <= len(text), f"{span} outside its document")
    return text[span.start : span.end]


def said(report: Report, doc: int, span: Span, text: str) -> None:
    printed = inside(report, doc, span)
    must(fold(printed) == fold(text), f"{text!r} is not what stands at {span}: {printed!r}")


def stands(report: Report, record: Record) -> None:
    said(report, record.doc, record.span, record.text)
    must(record.span.start < record.span.end, f"{type(record).__name__} {record.rule} of no character")
    runs = report.documents[record.doc].runs
    placed = placing.pieces(runs, record.span.start, record.span.end)
    must(_plain(placed) == _plain(record.source), f"{record.text!r}: its runs lead elsewhere than its source")
    must(bool(record.source), f"{type(record).__name__} {record.text!r} was read nowhere")


def _plain(pieces: Sequence[Piece]) -> list[tuple[object, ...]]:
    """Pieces without boxes, those that go on in the same line made one."""
    plain: list[tuple[object, ...]] = []
    for p in pieces:
        place = (p.part, p.number, p.cell)
        if plain and plain[-1][0] == place and plain[-1][2] == p.start:
            plain[-1] = (place, plain[-1][1], p.end)
        else:
            plain.append((place, p.start, p.end))
    return plain


def counts(report: Report, measure: Measure) -> None:
    sums = [one.quantity for one in (*measure.recovered, *measure.accountable)]
    for numbers, records in (
        (measure.dates, report.dates),
        (measure.quantities, report.quantities),
        (sums, report.quantities),
    ):
        for number in numbers:
            must(0 <= number < len(records), f"measure {measure.text!r} counts {number}")
            one = records[number]
            held = measure.span.start <= one.span.start and one.span.end <= measure.span.end
            must(one.doc == measure.doc and held, f"{one.text!r} is not in measure {measure.text!r}")


def tabled(report: Report, table: Table) -> None:
    must(0 <= table.doc < len(report.documents), "a table of no document")
    for grid in (table.rows, table.states, table.labels):
        must(len(grid) == len(table.rows) and len({len(row) for row in grid}) <= 1, "rows of different length")
    must(0 <= table.header <= len(table.rows), f"{table.header} header rows")
    for one in table.merged:
        held = one.row + one.rows <= len(table.rows) and one.column + one.columns <= len(table.rows[0])
        must(one.row >= 0 and one.column >= 0 and held, f"{one} outside its table")
