"""Twins: the samples that are made of one text give the same records, whatever their format."""

from __future__ import annotations

import importlib.util
import json
import os
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.records import Report
from extractor.writers.json import to_json

REPORTS = Path(__file__).parent.parent / "samples" / "reports"
# what ANNOTATION defines of each record; where it stands and which rule claimed it differ from format to format
FIELDS = {
    "headings": ("marker", "value", "level", "title", "kind"),
    "dates": ("text", "value", "bound"),
    "quantities": ("text", "value", "unit", "dimension", "modifier", "noun"),
    "problems": ("text", "level", "parent", "responsible", "deadline", "progress"),
    "measures": ("problem", "marker", "text", "status", "outputs"),
}
IN_CELLS = ("dates", "quantities")
SAME = {"headings": 0.98, "dates": 1.0, "quantities": 1.0, "problems": 0.98, "measures": 0.98}  # least F1
SCANNED = dict.fromkeys(FIELDS, 0.95)
SUFFIXES = (".pdf", ".html", ".doc", ".ofd", "-scan.pdf")
TEXTS = ("rectification-lanxi-water-2023", "work-report-lanxi-2023")
TWINS = [(text, suffix) for text in TEXTS for suffix in SUFFIXES]


@cache
def read(name: str) -> Report:
    return extractor.extract(REPORTS / name)


def needs_ocr(suffix: str) -> None:
    if suffix == "-scan.pdf" and importlib.util.find_spec("rapidocr") is None:
        pytest.skip("needs the extra [ocr]")


def said(report: dict[str, Any], kind: str) -> list[tuple[Any, ...]]:
    """The records of a kind, by the fields that are compared, and whether they stand in a table."""
    cells = ("cell",) if kind in IN_CELLS else ()
    return [(*(folded(r[f]) for f in FIELDS[kind]), *(bool(r[f]) for f in cells)) for r in report[kind]]


def folded(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(folded, value))
    if not isinstance(value, str):
        return value
    return "".join(c for c in unicodedata.normalize("NFKC", value) if not c.isspace() and c not in "\"'“”‘’")


def f1(wanted: Sequence[Any], found: Sequence[Any]) -> float:
    """Of two lists in document order; two empty ones are alike."""
    same = sum(block.size for block in SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks())
    return 2 * same / (len(wanted) + len(found)) if wanted or found else 1.0


def different(wanted: Sequence[Any], found: Sequence[Any]) -> str:
    matcher = SequenceMatcher(None, wanted, found, autojunk=False)
    changes = [(wanted[a:b], found[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
    return "\n".join(f"  {list(old)}\n→ {list(new)}" for old, new in changes)


@pytest.mark.parametrize("kind", FIELDS)
@pytest.mark.parametrize(("text", "suffix"), TWINS)
def test_a_twin_says_what_the_docx_says(text: str, suffix: str, kind: str) -> None:
    needs_ocr(suffix)
    wanted = said(json.loads(to_json(read(f"{text}.docx"))), kind)
    found = said(json.loads(to_json(read(text + suffix))), kind)
    least = (SCANNED if suffix == "-scan.pdf" else SAME)[kind]
    assert wanted or (kind, text) == ("problems", "work-report-lanxi-2023") or kind == "measures"
    assert f1(wanted, found) >= least, different(wanted, found)


if __name__ == "__main__":  # python -m tests.test_twins: the figures, and with DIFF=1 what differs
    for text, suffix in TWINS:
        wanted, found = (json.loads(to_json(read(text + s))) for s in (".docx", suffix))
        print(text + suffix, {kind: round(f1(said(wanted, kind), said(found, kind)), 4) for kind in FIELDS})
        if os.environ.get("DIFF"):
            print("\n".join(different(said(wanted, kind), said(found, kind)) for kind in FIELDS))
