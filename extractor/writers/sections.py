"""The headings that a record stands under."""

from __future__ import annotations

from bisect import bisect_right

from extractor.records import Record, Report


def section(record: Record, report: Report) -> str:
    """Marker and title of the heading under which the record stands."""
    i = heading_index(record, report)
    return f"{report.headings[i].marker}{report.headings[i].title}" if i >= 0 else ""


def heading_index(record: Record, report: Report) -> int:
    """The innermost heading that `record` stands under, -1 where there is none."""
    i = bisect_right(report.headings, (record.doc, record.span.start), key=lambda h: (h.doc, h.span.start)) - 1
    return i if i >= 0 and report.headings[i].doc == record.doc else -1


def section_index(record: Record, report: Report, level: int | None = None) -> int:
    """The innermost heading that `record` stands under and that is no problem, nor deeper than `level`; -1 for none."""
    i, below = heading_index(record, report), None
    while i >= 0 and report.headings[i].doc == record.doc:
        heading = report.headings[i]
        if below is None or heading.level < below:  # what stands beside it, or below that, holds no record of it
            below = heading.level
            if heading.kind == "section" and heading.span != record.span and (level is None or heading.level <= level):
                return i
        i -= 1
    return -1
