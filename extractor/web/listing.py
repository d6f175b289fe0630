"""The archive as a list that can be narrowed, and its full text."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from extractor.store.search import find
from extractor.store.tables import PER_FILE
from extractor.web.desk import Desk
from extractor.web.guard import MOST_BYTES
from extractor.web.overview import Line, count_judged, overview
from extractor.web.pages import page
from extractor.web.queries import asked as narrowed
from extractor.web.queries import number
from extractor.web.receiving import MOST_FILES
from extractor.web.words import CODE, READ

A_PAGE = 100
MOST_HITS = 50
NARROWED = ("words", "year", "kind", "status")


def archive(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    asked = narrowed(request, NARROWED)
    every = overview(desk).lines
    lines = [line for line in every if _fits(line, asked)]
    at = min(number(request, "page"), max(0, (len(lines) - 1) // A_PAGE))
    return page(
        "web/archive.html", here="/", name=desk.archive.resolve().name, asked=asked, every=len(every), found=len(lines),
        lines=[(line, count_judged(desk, line.label)) for line in lines[at * A_PAGE : (at + 1) * A_PAGE]],
        at=at, pages=-(-len(lines) // A_PAGE), years=sorted({line.year for line in every if line.year}, reverse=True),
        kinds=sorted({line.kind for line in every if line.kind}), statuses=READ, codes=CODE,
        most_files=MOST_FILES, most_bytes=MOST_BYTES,
    )  # fmt: skip


def _fits(line: Line, asked: dict[str, str]) -> bool:
    said = f"{line.title}\n{line.body}\n{line.label}".lower()
    return (
        all(word.lower() in said for word in asked["words"].split())
        and asked["year"] in ("", str(line.year))
        and asked["kind"] in ("", line.kind)
        and (asked["status"] in ("", line.status) or (asked["status"] == "broken" and line.counts["broken"] > 0))
    )


def search(request: Request) -> Response:
    """Paragraphs that hold every word; each leads to its place in the report's page."""
    desk: Desk = request.app.state.desk
    words = narrowed(request, ["words"])["words"]
    wanted = words.split()
    found = find(desk.archive, wanted, MOST_HITS, lambda line: None) if wanted and desk.rows else None
    hits = [(hit, hit.doc_id % PER_FILE, _marked(hit.snippet)) for hit in found.hits] if found else []
    return page(
        "web/search.html", here="/", words=words, hits=hits, count=found.paragraphs if found else 0, most=MOST_HITS
    )


def _marked(snippet: str) -> list[tuple[bool, str]]:
    """Pieces of a snippet, and whether they are what was looked for."""
    pieces: list[tuple[bool, str]] = []
    for i, part in enumerate(snippet.split("«")):
        word, closed, rest = part.partition("»") if i else ("", "", part)
        pieces += [(True, word)] if closed else []
        pieces.append((False, rest if closed or not i else part))
    return [(is_word, text) for is_word, text in pieces if text]
