"""One JSON file per source file: `report.docx` → `report.docx.json`."""

from __future__ import annotations

from pydantic import TypeAdapter

from extractor.records import Report

_REPORT = TypeAdapter(Report)  # writes bytes, where a model makes a string first


def to_json(report: Report) -> bytes:
    """UTF-8, fields in the order of the schema: the same report gives the same bytes."""
    return _REPORT.dump_json(report, indent=1) + b"\n"
