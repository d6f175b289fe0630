"""复核页 (`--format html`): one HTML file a report, for a person who checks it; see `extractor.pages` for its ground.

Left the headings, in the middle the checks, charts and the text with its marks, on the right the records. The address
of a record is `#date-3` (counted from 1), of its characters `#at-date-3`; both lead to each other without a script.
Each record and check bears `data-kind`, `data-fingerprint`, `data-rule`, and where it stands `data-doc`, `data-start`,
`data-end`: what a program needs that lets a person correct it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from extractor.pages import render
from extractor.records import Heading, Report
from extractor.source import PageImage
from extractor.terms import DIMENSION, ISSUE, KIND
from extractor.writers.page.blocks import Block, blocks
from extractor.writers.page.cards import ONE, Card, Cards, CheckCard, ordered
from extractor.writers.page.figures import charts
from extractor.writers.page.images import views
from extractor.writers.page.marks import Mark
from extractor.writers.page.noise import strays
from extractor.writers.sections import heading_index

STYLES = ("pages/style.css", "writers/page/review.css")
SCRIPTS = ("writers/page/review.js",)


class Shown(NamedTuple):
    """A document of the file, ready to print."""

    title: str
    blocks: list[Block]
    headings: list[tuple[int, Heading, bool]]


def to_html(report: Report, images: Sequence[PageImage] = ()) -> bytes:
    """The page of a report, with pictures of the pages of its file if given; the same report gives the same bytes."""
    return render("writers/page/review.html", STYLES, SCRIPTS, **context(report, images))


def context(report: Report, images: Sequence[PageImage] = ()) -> dict[str, Any]:
    """What the template prints. A program that lets a person correct it gives another `control`, which is asked for the
    markup to stand with the record or check of a fingerprint, and fills the blocks `home` and `verdicts`."""
    cards = Cards(report)
    kinds = cards.kinds()
    pages = views(images, kinds)
    documents = _documents(report, cards, kinds)
    return {
        "report": report, "kinds": kinds, "names": {kind: KIND[kind] for kind in ONE}, "checks": ordered(cards.checks), "dimensions": DIMENSION,
        "charts": charts(report), "documents": documents, "placed": _placed(documents), "issues": ISSUE,
        "pages": pages, "boxed": {box.card.id for page in pages for box in page.boxes}, "control": lambda fingerprint: "",
    }  # fmt: skip


def _documents(report: Report, cards: Cards, kinds: dict[str, list[Card]]) -> list[Shown]:
    marks: list[list[Mark]] = [[] for _ in report.documents]
    for doc, mark in cards.marks(kinds):
        marks[doc].append(mark)
    noise = strays(report)
    doubtful = _doubtful(report, cards.checks)
    return [
        Shown(
            document.title or report.source.name,
            list(blocks(report, i, marks[i], [stray for stray in noise if stray.doc == i])),
            [(n, h, n - 1 in doubtful) for n, h in enumerate(report.headings, 1) if h.doc == i],
        )
        for i, document in enumerate(report.documents)
    ]


def _placed(documents: list[Shown]) -> set[int]:
    """The tables that stand in a text; one whose words are all noise does not."""
    return {block.table.number for document in documents for block in document.blocks if block.table}


def _doubtful(report: Report, checks: list[CheckCard]) -> set[int]:
    """The headings under which something does not fit."""
    return {heading_index(card.check, report) for card in checks if card.check.outcome == "broken"}
