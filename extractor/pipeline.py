"""The order of the stages: read → clean → outline → dates → quantities → problems → measures → Report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from extractor import cleaning, outline, readers, records
from extractor import rules as ruleset
from extractor.finders import dates, measures, problems, quantities
from extractor.found import Date, Found, Heading, Measure, Problem, Quantity
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


def extract(
    path: str | Path, *, reference_date: str | None = None, rules: str | Path | Rules | None = None
) -> records.Report:
    """Read one file. `reference_date` ("2023-06-30", "2023-06" or "2023") is the document's own date.

    Raises ReadError for a file that cannot be read, RuleError for rules that do not load.
    """
    return report(readers.read(Path(path)), reference_date, _rules(rules))


def extract_text(
    text: str, *, reference_date: str | None = None, rules: str | Path | Rules | None = None
) -> records.Report:
    """Read a text that is in memory, as if it were a .txt file named "text"."""
    return report(readers.read_text(text), reference_date, _rules(rules))


def report(source: Source, reference_date: str | None, rules: Rules) -> records.Report:
    cleaned = cleaning.clean(source, rules)
    findings = [find(draft, source.lines, reference_date, rules) for draft in cleaned.drafts]
    return assemble(source, cleaned, findings, rules)


def find(draft: Draft, lines: Sequence[Line], reference_date: str | None, rules: Rules) -> Finding:
    text = draft.text
    tree = outline.build(draft, lines, rules)
    markers = [Span(h.span.start, h.span.start + len(h.marker)) for h in tree.headings if h.marker]
    dated = dates.find(text, rules, reference_date, title=tree.title, hints=draft.hints, taken=markers)
    spans = sorted([*markers, *(date.span for date in dated.dates)])
    counted = quantities.find(text, rules, taken=spans)
    stated = problems.find(text, tree.headings, dated.dates, lines, rules, title=tree.title)
    taken = measures.find(text, tree.headings, stated, dated.dates, counted, lines, rules, title=tree.title)
    return Finding(draft, tree.title, dated.year, tree.headings, dated.dates, counted, stated, taken)


def assemble(source: Source, cleaned: Cleaned, findings: Sequence[Finding], rules: Rules) -> records.Report:
    """Give every finding its words, its source pieces and its place in the report."""
    place = _Places(source.lines)
    warnings = [("read", w) for w in source.warnings] + [("clean", w) for w in cleaned.warnings]
    return records.Report(
        schema_version=records.SCHEMA_VERSION,
        source=records.SourceFile(
            name=source.name, format=source.format, sha256=source.sha256, size=source.size,
            encoding=source.encoding, replaced=source.replaced,
        ),
        rules_version=rules.version,
        status="partial" if warnings else "ok",
        documents=tuple(
            records.Document(title=f.title, text=f.draft.text.raw, year=f.year, issuer=f.draft.hints.get("issuer"))
            for f in findings
        ),
        headings=tuple(place.record(records.Heading, i, f.draft.text, x) for i, f in enumerate(findings) for x in f.headings),
        dates=tuple(place.record(records.Date, i, f.draft.text, x) for i, f in enumerate(findings) for x in f.dates),
        quantities=tuple(
            place.record(records.Quantity, i, f.draft.text, x) for i, f in enumerate(findings) for x in f.quantities
        ),
        problems=tuple(place.record(records.Problem, i, f.draft.text, x) for i, f in enumerate(findings) for x in f.problems),
        measures=tuple(
            place.record(records.Measure, i, f.draft.text, x) for i, f in enumerate(findings) for x in _numbered(findings, i)
        ),
        tables=tuple(place.tables(source)),
        noise=tuple(records.Noise(rule=n.rule, text=n.text, source=place.pieces(n.pieces)) for n in cleaned.noise),
        checks=(),
        issues=tuple(records.Issue(stage=stage, code=w.code, message=w.message) for stage, w in warnings),
    )  # fmt: skip


def _numbered(findings: Sequence[Finding], doc: int) -> list[Measure]:
    """The measures of a document, their dates and quantities counted over the whole report."""
    dates_before = sum(len(f.dates) for f in findings[:doc])
    before = sum(len(f.quantities) for f in findings[:doc])
    return [
        replace(
            measure,
            dates=tuple(i + dates_before for i in measure.dates),
            quantities=tuple(i + before for i in measure.quantities),
            recovered=tuple(replace(one, quantity=one.quantity + before) for one in measure.recovered),
            accountable=tuple(replace(one, quantity=one.quantity + before) for one in measure.accountable),
        )
        for measure in findings[doc].measures
    ]


R = TypeVar("R", bound=records.Record)


class _Places:
    """From characters of a text back to the lines of the file."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines

    def pieces(self, pieces: Sequence[Piece]) -> tuple[records.Piece, ...]:
        return tuple(
            records.Piece(
                part=self.lines[p.line].part, number=self.lines[p.line].number,
                start=p.start, end=p.end, cell=self.cell(p.line),
            )
            for p in pieces
        )  # fmt: skip

    def cell(self, line: int | None) -> records.Cell | None:
        ref = self.lines[line].cell if line is not None else None
        return records.Cell(table=ref.table, row=ref.row, column=ref.column) if ref else None

    def record(self, kind: type[R], doc: int, text: Text, found: Found) -> R:
        span = found.span
        values: dict[str, Any] = {name: getattr(found, name) for name in found.__dataclass_fields__ if name != "span"}
        if isinstance(values.get("body"), Span):
            values["body"] = records.Span(start=values["body"].start, end=values["body"].end)
        if "cell" in kind.model_fields:
            values["cell"] = self.cell(text.line_at(span.start))
        return kind(
            doc=doc, text=text.raw[span.start : span.end], span=records.Span(start=span.start, end=span.end),
            source=self.pieces(text.pieces(span)), **values,
        )  # fmt: skip

    def tables(self, source: Source) -> list[records.Table]:
        found = []
        for table in source.tables:
            grid = [[""] * table.columns for _ in range(table.rows)]
            for cell in table.cells:
                grid[cell.row][cell.column] = "\n".join(self.lines[i].text for i in cell.lines)
            found.append(records.Table(rows=tuple(tuple(row) for row in grid)))
        return found


def _rules(rules: str | Path | Rules | None) -> Rules:
    if isinstance(rules, Rules):
        return rules
    return ruleset.load(Path(rules) if rules is not None else None)
