"""One JSON file per source file: `report.docx` → `report.docx.json`."""

from __future__ import annotations

from extractor.records import Report


def to_json(report: Report) -> bytes:
    """UTF-8, fields in the order of the schema: the same report gives the same bytes."""
    return report.model_dump_json(indent=1).encode() + b"\n"
