"""The ledger (整改台账) of the archive as a table, report by report, in the columns of an office; and as files."""

from __future__ import annotations

import csv
import io
from typing import NamedTuple
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from extractor.records import Report
from extractor.reviews import corrected, load, path
from extractor.terms import STATE
from extractor.web.desk import Desk, stamp
from extractor.web.overview import Line, overview
from extractor.web.pages import Refused, page
from extractor.web.queries import asked as narrowed
from extractor.web.queries import number
from extractor.writers.ledger import DEFAULT, profile, workbook
from extractor.writers.ledger.rows import Row, cell, rows
from extractor.writers.ledger.rulefile import LedgerRules, Profile
from extractor.writers.page.cards import CHIP
from extractor.writers.plain import plain

A_PAGE = 10  # reports
STATES: dict[str, str] = {"": "全部", **{str(state): name for state, name in STATE.items()}, "none": "未载明"}
NARROWED = ("file", "body", "year", "words", "state")


class Entry(NamedTuple):
    """A row of the ledger: its cells, where it leads, the colour of its state."""

    cells: list[str]
    href: str
    chip: str
    state: str


class Sheet(NamedTuple):
    """The rows of one report that fit."""

    line: Line
    entries: list[Entry]


def table(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    asked = narrowed(request, NARROWED)
    lines, own, raw = _lines(desk, asked), _profile(desk, request), _raw(request)
    at = min(number(request, "page"), max(0, (len(lines) - 1) // A_PAGE))
    sheets = [_sheet(desk, line, own, asked, raw) for line in lines[at * A_PAGE : (at + 1) * A_PAGE]]
    every = overview(desk).lines
    return page(
        "web/ledger.html", here="/ledger", asked=asked, profile=own, profiles=_profiles(desk), raw=raw,
        sheets=[sheet for sheet in sheets if sheet.entries], at=at, pages=-(-len(lines) // A_PAGE), reports=len(lines),
        years=sorted({line.year for line in every if line.year}, reverse=True), states=STATES,
        bodies=sorted({line.body for line in every if line.body}),
    )  # fmt: skip


def export(request: Request) -> Response:
    """`format` csv: the rows that the filters leave, of all reports; xlsx: the workbook of one report (`file`)."""
    desk: Desk = request.app.state.desk
    asked, own, raw = narrowed(request, NARROWED), _profile(desk, request), _raw(request)
    if request.query_params.get("format") == "xlsx":
        label = desk.label(request)
        made = workbook(_report(desk, label, raw), own, _body(desk, label))
        name, kind = f"{label.rpartition('/')[2]}.xlsx", _XLSX
    else:
        sheets = [_sheet(desk, line, own, asked, raw) for line in _lines(desk, asked)]
        made, name, kind = _csv(own, sheets), f"台账-{own.id}.csv", "text/csv; charset=utf-8"
    return Response(
        made, media_type=kind, headers={"Content-Disposition": f"attachment; filename*=utf-8''{quote(name)}"}
    )


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _raw(request: Request) -> bool:
    """As extracted, without what reviewers say."""
    return request.query_params.get("verdicts") == "no"


def _profiles(desk: Desk) -> list[str]:
    return [one.id for one in desk.rules.of(LedgerRules).ledger]


def _profile(desk: Desk, request: Request) -> Profile:
    name = request.query_params.get("profile", "") or desk.settings.ledger or DEFAULT
    if name not in _profiles(desk):
        raise Refused(404, "没有这种台账样式。")
    return profile(desk.rules, name)


def _lines(desk: Desk, asked: dict[str, str]) -> list[Line]:
    """The reports that have something for a ledger."""
    return [
        line
        for line in overview(desk).lines
        if line.counts["problems"] + line.counts["measures"]
        and asked["file"] in ("", line.label)
        and asked["body"] in ("", line.body)
        and asked["year"] in ("", str(line.year))
    ]


def _report(desk: Desk, label: str, raw: bool) -> Report:
    """With the verdicts taken in, unless `raw`."""
    report, review = desk.report(desk.known(label))[0], path(desk.archive, label)
    if raw or not review.is_file():
        return report
    made_from = (stamp(review), id(report))
    return desk.remember(("corrected", label), made_from, lambda: corrected(report, load(review)))


def _body(desk: Desk, label: str) -> str:
    return next((line.body for line in overview(desk).lines if line.label == label), "")


def _sheet(desk: Desk, line: Line, own: Profile, asked: dict[str, str], raw: bool) -> Sheet:
    report = _report(desk, line.label, raw)
    entries = [_entry(row, own, report) for row in rows(report, own, line.body)]
    return Sheet(line, [entry for entry in entries if _fits(entry, asked)])


def _entry(row: Row, own: Profile, report: Report) -> Entry:
    kind, found = next(
        (one, i)
        for one, records in (("problem", report.problems), ("measure", report.measures), ("heading", report.headings))
        for i, record in enumerate(records, 1)
        if record is row.record
    )
    state = (row.problem.state or "none") if row.problem else "none"
    return Entry([str(cell(row, column)) for column in own.columns], f"{kind}-{found}", CHIP.get(state, "none"), state)


def _fits(entry: Entry, asked: dict[str, str]) -> bool:
    said = "\n".join(entry.cells).lower()
    return all(word in said for word in asked["words"].lower().split()) and asked["state"] in ("", entry.state)


def _csv(own: Profile, sheets: list[Sheet]) -> bytes:
    """As Excel opens it, no text a formula."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(["文件", *(column.name for column in own.columns)])
    for sheet in sheets:
        writer.writerows([plain(sheet.line.label), *map(plain, entry.cells)] for entry in sheet.entries)
    return buffer.getvalue().encode("utf-8-sig")
