"""The archive as a list: its files with title, body, year and kind, read from the store; and its series."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from extractor.archive.results import written
from extractor.assemble import KINDS
from extractor.comparison import Given, series
from extractor.comparison.library import Library
from extractor.comparison.naming import describe
from extractor.comparison.records import Series
from extractor.errors import ReadError
from extractor.records import SCHEMA_VERSION, Document, Report, SourceFile
from extractor.reviews import load, path
from extractor.store.keep import made_from, opened
from extractor.web.desk import Desk, stamp

_FILES = """
    SELECT file_id, path, name, format, sha256, size, encoding, replaced, status, code, message
    FROM files WHERE NOT removed ORDER BY file_id"""
_DOCUMENTS = "SELECT file_id, title, text, year, issuer FROM documents ORDER BY doc_id"
_COUNTS = " UNION ALL ".join(f"SELECT file_id, '{kind}', count(*) FROM {kind} GROUP BY file_id" for kind in KINDS)
_BROKEN = "SELECT file_id, 'broken', count(*) FROM checks WHERE outcome = 'broken' GROUP BY file_id"


class Line(NamedTuple):
    """A source file; what a report has is null or 0 for one that failed."""

    label: str
    title: str
    body: str
    year: int | None
    kind: str
    format: str
    status: str
    code: str
    message: str
    counts: Counter[str]

    @property
    def judgeable(self) -> int:
        return sum(self.counts[kind] for kind in KINDS)


class Overview(NamedTuple):
    lines: list[Line]
    series: tuple[Series, ...]
    files: tuple[str, ...]  # of the reports that members of a series name by index


def overview(desk: Desk) -> Overview:
    """Kept until the archive changes. Raises ReadError, WriteError."""
    if not desk.rows:
        return Overview([], (), ())
    return desk.remember(("overview",), made_from(desk.archive), lambda: _read(desk))


def _read(desk: Desk) -> Overview:
    with opened(desk.archive, lambda line: None) as db:
        files = db.execute(_FILES).fetchall()
        documents: dict[int, list[Document]] = {}
        for file_id, title, text, year, issuer in db.execute(_DOCUMENTS).fetchall():
            made = Document(title=title, text=text, year=year, issuer=issuer, runs=())
            documents.setdefault(file_id, []).append(made)
        counts: dict[int, Counter[str]] = {}
        for file_id, kind, n in db.execute(f"{_COUNTS} UNION ALL {_BROKEN}").fetchall():
            counts.setdefault(file_id, Counter())[kind] = n
    lines = [_line(desk, row, documents.get(row[0], []), counts.get(row[0], Counter())) for row in files]
    given = [Given(row[1], _bare(row, documents[row[0]]), False) for row in files if row[0] in documents]
    found = series.find(Library(given), (), desk.rules).series
    return Overview(lines, found, tuple(one.file for one in given))


def _line(desk: Desk, row: tuple[Any, ...], documents: list[Document], counts: Counter[str]) -> Line:
    _, label, _, format, *_, status, code, message = row
    if not documents:
        return Line(label, "", "", None, "", format or "", status, code or "", message or "", counts)
    told = [describe(document, label, desk.rules) for document in documents]
    first = next((one for one in told if one.kind), told[0])
    body = first.body.value.name if first.body else documents[0].issuer or ""
    kind = first.kind.value if first.kind else first.rest
    year = first.year.value if first.year else documents[0].year
    return Line(label, documents[0].title, body, year, kind, format, status, code or "", message or "", counts)


def _bare(row: tuple[Any, ...], documents: list[Document]) -> Report:
    """What series are found by: the texts without what was taken from them."""
    _, _, name, format, sha256, size, encoding, replaced, *_ = row
    source = SourceFile(name=name, format=format, sha256=sha256, size=size, encoding=encoding, replaced=replaced)
    return Report(
        schema_version=SCHEMA_VERSION, source=source, rules_version="", status="ok", documents=tuple(documents),
        headings=(), dates=(), quantities=(), problems=(), measures=(), tables=(), noise=(), checks=(), issues=(),
    )  # fmt: skip


def count_judged(desk: Desk, label: str) -> int | None:
    """How many records of a report have a verdict that holds, null where its review file is damaged.

    Reports without a review are not read.
    """
    review = path(desk.archive, label)
    if not review.is_file():
        return 0

    def count() -> int | None:
        try:
            return sum(not one.stale for one in desk.open(label).laid.standing.values()) if load(review).verdicts else 0
        except ReadError:
            return None

    result = written(desk.archive, label, "json")
    return desk.remember(("judged", label), (stamp(review), stamp(result)), count)


def bodies(found: Overview) -> Iterator[tuple[str, list[Series]]]:
    """Bodies with reports of two years or more in one of their series, or of two kinds."""
    grouped: dict[str, list[Series]] = {}
    for one in found.series:
        grouped.setdefault(one.body, []).append(one)
    return ((body, own) for body, own in grouped.items() if len({m.year for one in own for m in one.members}) > 1)
