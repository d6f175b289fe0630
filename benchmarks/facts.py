"""Texts and what is in them, in terms that peers have too: annotated documents, and the cases of peers' own tests."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from peers import Finding
from scoring import annotated, prose

import extractor
from extractor import edtf
from extractor.records import Document, Report

KINDS = ("dates", "quantities", "headings")


class Annotated(NamedTuple):
    """A text and what is in it: lists by kind. `complete` says that nothing else of the kind is."""

    name: str
    text: str
    today: datetime.date
    facts: dict[str, list[Finding]]
    complete: bool = True


def neutral(record: dict[str, Any]) -> Finding:
    """A record or an annotation by the keys that peers have too."""
    finding = {key: record[key] for key in ("text", "marker", "title", "level") if key in record}
    value = record.get("value")
    if isinstance(value, str):
        finding["bounds"] = [days(value)]
    elif "marker" not in record:
        finding["value"] = value
    return finding


def days(value: str) -> tuple[str, str]:
    """The first and the last day of an EDTF value; a duration back from now (P3Y) is itself."""
    first, last = edtf.bounds(value)
    return (value, value) if value.startswith("P") else (f"{first}", f"{last}")


def documents(data: Path) -> Iterator[Annotated]:
    """The annotated documents of a folder, as this project has cleaned them."""
    for gold, (source, *_) in annotated(data):
        report = extractor.extract(source)
        facts = {kind: [neutral(one) for one in prose(gold, kind)] for kind in KINDS}
        yield Annotated(source.name, "\n".join(map(untabled, report.documents)), _today(report), facts)


def untabled(document: Document) -> str:
    """The text of a document without its tables: they are annotated apart."""
    held = list(document.text)
    for run in document.runs:
        if run.cell:
            held[run.at : run.at + run.end - run.start] = [""] * (run.end - run.start)
    return "".join(held)


def _today(report: Report) -> datetime.date:
    years = [document.year for document in report.documents if document.year]
    return datetime.date(years[0] if years else 2024, 12, 31)


def cases(data: Path) -> Iterator[Annotated]:
    """One text a line of peers/cases*.jsonl, each about one kind."""
    names = {"date": "dates", "quantity": "quantities", "heading": "headings"}
    for path in sorted((data / "peers").glob("cases*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            case = json.loads(line)
            today = datetime.date(*_filled(case["reference_date"] or "2024-12-31"))
            facts = [_accepted(neutral(one), one.get("accept", {})) for one in case["expected"]]
            whole = all("value" in one for one in case["expected"])
            if whole or case["kind"] == "heading":
                yield Annotated(case["id"], case["input"], today, {names[case["kind"]]: facts}, case["complete"])


def _accepted(fact: Finding, accept: dict[str, list[Any]]) -> Finding:
    """The other characters and values that a case takes for as good: 8亿元 in 8亿元人民币."""
    fact = {**fact, "texts": accept.get("text", ())}
    if "bounds" in fact:
        return {**fact, "bounds": [*fact["bounds"], *map(days, accept.get("value", ()))]}
    return {**fact, "accept": accept.get("value", ())}


def _filled(date: str) -> tuple[int, int, int]:
    year, month, day = (int(part) for part in (*date.split("-"), "12", "28")[:3])
    return year, month, day
