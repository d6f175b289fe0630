"""Checks → sheets: every quote with its place and what stands around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractor.errors import EvidenceError
from extractor.evidence.records import Quote, Sheet
from extractor.records import Check, Piece, Report, Span
from extractor.terms import OUTCOME, places

_AROUND = 60  # characters on either side of a quote, if its sentence is as long
_STOPS = "。！？；!?;\n"


def chosen(report: Report, fingerprints: Sequence[str]) -> list[Check]:
    """The checks of these fingerprints, all that are broken where none is given. Raises EvidenceError."""
    if not fingerprints:
        return [check for check in report.checks if check.outcome == "broken"]
    known = {check.fingerprint for check in report.checks}
    if unknown := [one for one in fingerprints if one not in known]:
        there = "".join(f"\n  {c.fingerprint}  {c.outcome}  {c.message or c.rule}" for c in report.checks)
        raise EvidenceError(
            f"{report.source.name} has no check {', '.join(unknown)}; "
            + (f"these are its checks:{there}" if there else "it has no checks at all")
        )
    return [check for check in report.checks if check.fingerprint in fingerprints]


def sheets(report: Report, checks: Iterable[Check]) -> list[Sheet]:
    """Without pictures: those need the pages."""
    return [_sheet(report, check, number) for number, check in enumerate(checks, 1)]


def summary(report: Report) -> str:
    """`2 broken, 12 holds`: how many checks there are of each outcome."""
    counts = {name: sum(check.outcome == name for check in report.checks) for name in OUTCOME}
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "none"


def _sheet(report: Report, check: Check, number: int) -> Sheet:
    document = report.documents[check.doc]
    stated = _quote(report, check.doc, "stated", check.text, check.span, check.source)
    compared = (_quote(report, check.doc, "compared", p.text, p.span, p.source) for p in check.places)
    return Sheet(
        number=f"QZ-{number:02}", fingerprint=check.fingerprint, rule=check.rule, kind=check.kind,
        severity=check.severity, outcome=check.outcome, stated=check.stated, found=check.found,
        arithmetic=check.arithmetic, message=check.message, title=document.title, issuer=document.issuer,
        quotes=(stated, *compared), pictures=(),
    )  # fmt: skip


def _quote(report: Report, doc: int, role: str, words: str, span: Span, source: tuple[Piece, ...]) -> Quote:
    text, labels = report.documents[doc].text, _labels(report, source)
    before = "" if labels else _until(text[max(0, span.start - _AROUND) : span.start][::-1])[::-1]
    after = "" if labels else _until(text[span.end : span.end + _AROUND])
    return Quote.model_validate(
        {
            "role": role, "doc": doc, "text": words, "span": span, "before": before, "after": after,
            "where": places(source, report.source.format, most=None), "labels": labels, "source": source,
        }
    )  # fmt: skip


def _until(text: str) -> str:
    """Up to the end of the sentence; … where it goes on."""
    ends = [at for stop in _STOPS if (at := text.find(stop)) >= 0]
    return text[: min(ends)] if ends else text + "…" * (len(text) == _AROUND)


def _labels(report: Report, source: Sequence[Piece]) -> tuple[str, ...]:
    """What the cell that a quote stands in is labelled with, the row's first."""
    cell = source[0].cell if source else None
    if cell is None or cell.table >= len(report.tables):
        return ()
    labels = report.tables[cell.table].labels[cell.row][cell.column]
    return (*labels.row, *labels.column) if labels else ()
