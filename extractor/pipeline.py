"""The order of the stages: read → clean → outline → dates → quantities → problems → measures → checks → Report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extractor import checks, cleaning, outline, readers
from extractor import rules as ruleset
from extractor.assemble import Finding, assemble
from extractor.checks.ground import Ground
from extractor.finders import dates, measures, problems, quantities, tables
from extractor.records import Report
from extractor.rules import Rules
from extractor.source import Draft, Line, Source
from extractor.text import Span


def extract(path: str | Path, *, reference_date: str | None = None, rules: str | Path | Rules | None = None) -> Report:
    """Read one file. `reference_date` ("2023-06-30", "2023-06" or "2023") is the document's own date.

    Raises ReadError for a file that cannot be read, RuleError for rules that do not load.
    """
    loaded = _rules(rules)
    return report(readers.read(Path(path), loaded), reference_date, loaded)


def extract_text(text: str, *, reference_date: str | None = None, rules: str | Path | Rules | None = None) -> Report:
    """Read a text that is in memory, as if it were a .txt file named "text"."""
    return report(readers.read_text(text), reference_date, _rules(rules))


def report(source: Source, reference_date: str | None, rules: Rules) -> Report:
    cleaned = cleaning.clean(source, rules)
    held = tables.owned(source.tables, cleaned.drafts)
    findings = [
        find(draft, source.lines, reference_date, rules, own) for draft, own in zip(cleaned.drafts, held, strict=True)
    ]
    return assemble(source, cleaned, findings, rules)


def find(
    draft: Draft, lines: Sequence[Line], reference_date: str | None, rules: Rules, held: Sequence[tables.Numbered] = ()
) -> Finding:
    text = draft.text
    tree = outline.build(draft, lines, rules)
    markers = [Span(h.span.start, h.span.start + len(h.marker)) for h in tree.headings if h.marker]
    dated = dates.find(text, rules, reference_date, title=tree.title, hints=draft.hints, taken=markers)
    spans = sorted([*markers, *(date.span for date in dated.dates)])
    cells = [Span(run.at, run.at + run.length) for run in text.runs if lines[run.line].cell]
    laid = tables.find(text, held, lines, rules, headings=tree.headings)
    counted = tables.counted(quantities.find(text, rules, taken=spans, cells=cells), laid, rules)
    stated = problems.find(text, tree.headings, dated.dates, lines, rules, title=tree.title)
    headings = problems.marked(text, tree.headings, stated, rules)
    taken = measures.find(text, headings, stated, dated.dates, counted, lines, rules, title=tree.title)
    checked = checks.run(Ground(text, headings, dated.dates, counted, stated, taken, rules, laid))
    return Finding(draft, tree.title, dated.year, headings, dated.dates, counted, stated, taken, checked, laid)


def _rules(rules: str | Path | Rules | None) -> Rules:
    if isinstance(rules, Rules):
        return rules
    return ruleset.load(Path(rules) if rules is not None else None)
