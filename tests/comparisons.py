"""A comparison of the samples, and ones made from it: with hostile words in every string, or of many years."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from extractor import extract
from extractor.comparison import compare
from extractor.comparison.records import Comparison

SAMPLES = Path(__file__).parent.parent / "samples" / "reports"
FILES = [
    "feedback-lanxi-water-2022.txt", "rectification-lanxi-water-2021.txt", "rectification-lanxi-water-2022.txt",
    "rectification-lanxi-water-2023.docx", "work-report-lanxi-2022.md", "work-report-lanxi-2023.txt",
]  # fmt: skip
EVIL = "</td><script>document.title='run'</script><img src=x onerror=\"document.title='run'\">'\"{{ 7*7 }}\x0b\u202e=cmd|'/c calc'!A0"
FREE = {
    "text", "quote", "title", "issuer", "file", "by", "body", "indicator", "why", "message", "progress", "deadline",
    "deadline_value", "left", "right", "stage", "code", "rule", "unit",
}  # fmt: skip


@cache
def samples() -> Comparison:
    return compare([extract(SAMPLES / name) for name in FILES])


@cache
def hostile() -> Comparison:
    """Every string that a report, its name or a user's rules may bring, with EVIL in front."""
    made = _poisoned(samples().model_dump(mode="json"))
    made["issues"] = [{"stage": EVIL, "code": EVIL, "message": EVIL}]
    return Comparison.model_validate(made)


def _poisoned(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _poisoned(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_poisoned(one, name) for one in value]
    return EVIL + value if isinstance(value, str) and name in FREE | {"files"} else value


def long(years: int, indicators: int) -> Comparison:
    """A series with that many indicators in each of its years."""
    made = samples()
    one = next(one for one in made.series if any(row.series == one.id for row in made.indicators))
    row = next(row for row in made.indicators if len(row.cells) == 2)
    at = range(2003, 2003 + years)
    member, cell, change = one.members[0], next(iter(row.cells.values())), row.changes[0]
    rows = [
        row.model_copy(
            update={
                "series": one.id,
                "indicator": f"{row.indicator}{n}",
                "fingerprint": f"{n:016x}",
                "cells": {str(year): cell for year in at},
                "changes": tuple(change.model_copy(update={"start": year - 1, "end": year}) for year in at[1:]),
            }
        )
        for n in range(indicators)
    ]
    series = one.model_copy(update={"members": tuple(member.model_copy(update={"year": year}) for year in at)})
    empty = dict.fromkeys(("problems", "promises", "answers", "dossiers", "reuse", "gaps"), ())
    return made.model_copy(update={**empty, "series": (series,), "years": tuple(at), "indicators": tuple(rows)})
