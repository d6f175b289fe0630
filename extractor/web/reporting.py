"""A report's review page, with what a reviewer says of each record."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from extractor.records import Report
from extractor.reviews import Laid, Standing, Verdict
from extractor.reviews.subjects import Subject, shown
from extractor.web.desk import Desk
from extractor.web.pages import address, page, part
from extractor.web.queries import number
from extractor.web.words import FIELD, word
from extractor.writers.page import SCRIPTS, STYLES, context
from extractor.writers.page.cards import ONE


class Reviewing(NamedTuple):
    """What a page says of its verdicts; `about` names in an address what they are on."""

    about: dict[str, str]
    judged: int
    total: int
    stale: list[tuple[Subject, Standing]]
    orphans: tuple[Verdict, ...]


def reviewing(about: dict[str, str], subjects: dict[str, Subject], laid: Laid) -> dict[str, Any]:
    """For a page's template: the sum of its verdicts, and the `control` that stands with each record."""
    stale = [(subjects[name], one) for name, one in laid.standing.items() if one.stale]
    judged = len(laid.standing) - len(stale)
    return {
        "reviewing": Reviewing(about, judged, len(subjects), stale, laid.orphans),
        "control": partial(control, subjects, laid.standing, about),
    }


def report(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    opened = desk.open(desk.label(request))
    own = reviewing({"file": opened.label}, opened.subjects, opened.laid)
    styles, scripts = (*STYLES, "web/judging.css"), (*SCRIPTS, "web/judging.js")
    return page("web/report.html", styles, scripts, here="/", **(context(opened.report) | own))


def place(request: Request) -> Response:
    """To code point `start` of document `doc`: the record that holds it, or the last before."""
    desk: Desk = request.app.state.desk
    label = desk.label(request)
    doc, start = (number(request, name) for name in ("doc", "start"))
    anchor = _nearest(desk.report(label)[0], doc, start) or f"doc-{doc + 1}"
    return RedirectResponse(address("/report", anchor, file=label), 303)


def _nearest(report: Report, doc: int, start: int) -> str | None:
    """The shortest record that holds the character, else the last one that begins before it."""
    found = [
        (not record.span.end > start, start - record.span.start, f"at-{one}-{i}")
        for kind, one in ONE.items()
        for i, record in enumerate(getattr(report, kind), 1)
        if record.doc == doc and record.span.start <= start
    ]
    return min(found)[2] if found else None


def control(
    subjects: dict[str, Subject], standing: dict[str, Standing], about: dict[str, str], fingerprint: str
) -> Markup:
    """What stands with a record: two ways to judge it, or the verdict on it."""
    subject = subjects[fingerprint]
    one = standing.get(fingerprint)
    edits = [(FIELD[name], _saying(subject, name, value)) for name, value in one.verdict.edits.items()] if one else []
    return part("web/control.html", subject=subject, one=one, edits=edits, about=about)


def _saying(subject: Subject, field: str, value: Any) -> str:
    """A value in the words that readers see."""
    return word(subject.model, field, value) if isinstance(value, str) else shown(value) or "（无）"
