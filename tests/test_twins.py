"""Twins: the samples that are made of one text give the same records, whatever their format."""

from __future__ import annotations

import importlib.util
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from annotated import annotated

import extractor
from extractor.records import Report

REPORTS = Path(__file__).parent.parent / "samples" / "reports"
SAME = {
    "documents": 1.0,
    "headings": 0.98,
    "dates": 1.0,
    "quantities": 1.0,
    "problems": 0.98,
    "measures": 0.98,
}  # least F1
SCANNED = dict.fromkeys(SAME, 0.95)
SUFFIXES = (".pdf", ".html", ".doc", ".ofd", "-scan.pdf")
WATER, WORK = "rectification-lanxi-water-2023", "work-report-lanxi-2023"
TWINS = [*((WATER, suffix) for suffix in SUFFIXES), *((WORK, suffix) for suffix in (".txt", *SUFFIXES))]


@cache
def read(name: str) -> Report:
    return extractor.extract(REPORTS / name)


def needs_ocr(suffix: str) -> None:
    if suffix == "-scan.pdf" and importlib.util.find_spec("rapidocr") is None:
        pytest.skip("needs the extra [ocr]")


def said(name: str, kind: str) -> list[Any]:
    """The records of a kind, as values that can be compared."""
    return [folded(record) for record in annotated(read(name))[kind]]


def folded(value: Any) -> Any:
    if isinstance(value, dict):
        return tuple((key, folded(item)) for key, item in value.items())
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


@pytest.mark.parametrize("kind", SAME)
@pytest.mark.parametrize(("text", "suffix"), TWINS)
def test_a_twin_says_what_the_docx_says(text: str, suffix: str, kind: str) -> None:
    needs_ocr(suffix)
    wanted, found = said(f"{text}.docx", kind), said(text + suffix, kind)
    least = (SCANNED if suffix == "-scan.pdf" else SAME)[kind]
    assert f1(wanted, found) >= least, different(wanted, found)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_twin_has_the_table_of_the_docx(suffix: str) -> None:
    needs_ocr(suffix)
    rows = [[folded([*row]) for table in read(WATER + end).tables for row in table.rows] for end in (".docx", suffix)]
    assert rows[0] == rows[1]


@pytest.mark.parametrize(("text", "suffix"), TWINS)
def test_a_twin_is_read_whole(text: str, suffix: str) -> None:
    needs_ocr(suffix)
    assert [issue.message for issue in read(text + suffix).issues] == []


def test_records_of_the_docx_are_there_to_compare() -> None:
    assert all(said(f"{WATER}.docx", kind) for kind in SAME)
    assert all(said(f"{WORK}.docx", kind) for kind in ("headings", "dates", "quantities"))
