"""A report by what the definitions of headings, dates, quantities, problems and measures give; the same in every format."""

from __future__ import annotations

import json
from typing import Any

from extractor.records import Report
from extractor.writers.json import to_json

# where a record stands and which rule claimed it differ from format to format
FIELDS = {
    "documents": ("title", "year"),
    "headings": ("marker", "value", "level", "title", "kind"),
    "dates": ("text", "value", "bound"),
    "quantities": ("text", "value", "unit", "dimension", "modifier", "noun"),
    "problems": ("text", "level", "parent", "responsible", "deadline", "progress"),
    "measures": ("problem", "marker", "text", "status", "outputs"),
}
IN_TABLES = ("dates", "quantities")


def annotated(report: Report) -> dict[str, list[dict[str, Any]]]:
    """The records of each kind by their fields; `cell` where one stands in a table."""
    written = json.loads(to_json(report))
    return {
        kind: [
            {field: record[field] for field in fields}
            | ({"cell": True} if kind in IN_TABLES and record["cell"] else {})
            for record in written[kind]
        ]
        for kind, fields in FIELDS.items()
    }


def lines(facts: dict[str, list[dict[str, Any]]]) -> str:
    """As JSON, one record a line: a change is one line of a diff."""
    kinds = (
        f"{json.dumps(kind)}: [\n" + ",\n".join(json.dumps(r, ensure_ascii=False) for r in records) + "\n]"
        for kind, records in facts.items()
    )
    return "{\n" + ",\n".join(kinds) + "\n}\n"
