"""Verdicts: the form for one, and what it sends. A page of a report and one of a comparison are judged alike."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from extractor.reviews import Laid, Subject, Verdict, amend, path
from extractor.reviews.subjects import optional, parsed, shown
from extractor.web import comparing
from extractor.web.desk import Desk
from extractor.web.pages import STYLES, Refused, address, fragment, page
from extractor.web.reporting import control
from extractor.web.words import FIELD, KIND, word

MOST_FIELDS = 40
WRONG = ("不是这一类", "取值不对", "单位不对", "多取了字", "少取了字", "归属不对", "原文有误")


class Judged(NamedTuple):
    """What is judged together: the subjects of a report or of a body's comparison, and where their page is."""

    about: dict[str, str]
    label: str | None
    subjects: dict[str, Subject]
    laid: Laid

    def back(self, fingerprint: str) -> str:
        return address("/report" if self.label else "/compare", f"is-{fingerprint}", **self.about)


def judged(desk: Desk, asked: Any) -> Judged:
    """`asked` names a file, or a body. Raises 404."""
    body = asked.get("body", "")
    if body:
        _, subjects, laid = comparing.opened(desk, body)
        return Judged({"body": body}, None, subjects, laid)
    label = desk.known(asked.get("file", ""))
    opened = desk.open(label)
    return Judged({"file": label}, label, opened.subjects, opened.laid)


def form(request: Request) -> Response:
    """A page of its own or, with `part`, what the script puts beside the record."""
    own = judged(request.app.state.desk, request.query_params)
    subject = _subject(own, request.query_params.get("fingerprint", ""))
    return _form(own, subject, "part" in request.query_params)


def _form(own: Judged, subject: Subject, part: bool, problem: str = "", status: int = 200) -> Response:
    one = own.laid.standing.get(subject.fingerprint)
    edits = one.verdict.edits if one else {}
    fields = [
        (name, FIELD[name], shown(edits.get(name, subject.values[name])), _choices(subject, name))
        for name in subject.editable
    ]
    context: dict[str, Any] = {
        "subject": subject, "verdict": one.verdict if one else None, "fields": fields, "about": own.about,
        "reasons": WRONG, "kind": KIND[subject.kind], "problem": problem,
        "values": [(FIELD[name], word(subject.model, name, shown(value))) for name, value in subject.values.items()],
        "back": own.back(subject.fingerprint), "here": "",
    }  # fmt: skip
    if part:
        return fragment("web/judgement.html", **context)
    return page("web/judge.html", (*STYLES, "web/judging.css"), (), status=status, **context)


def _choices(subject: Subject, field: str) -> list[tuple[str, str]]:
    """Each value with its word; empty where any value may stand."""
    words = [(one, word(subject.model, field, one)) for one in subject.choices(field)]
    return [("", "（无）"), *words] if words and optional(subject.model, field) else words


def _subject(own: Judged, fingerprint: str) -> Subject:
    if fingerprint not in own.subjects:
        raise Refused(404, "这条记录已经不在了；可能刚重新提取过。")
    return own.subjects[fingerprint]


async def verdict(request: Request) -> Response:
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as sent:
        return await run_in_threadpool(_judge, request.app.state.desk, sent)


def _judge(desk: Desk, sent: FormData) -> Response:
    """One button says it (`right`, `withdraw` with the fingerprint), or the form with reason and values."""
    asked = {name: value for name, value in sent.items() if isinstance(value, str)}
    own, part = judged(desk, asked), "part" in asked
    button = next((name for name in ("right", "withdraw") if name in asked), "")
    fingerprint = asked.get(button or "fingerprint", "")
    file = desk.within(path(desk.archive, own.label) if own.label else path(desk.archive))
    if button == "withdraw":
        amend(file, fingerprint, None)
    else:
        subject = _subject(own, fingerprint)
        try:
            amend(file, fingerprint, _verdict(subject, asked, button == "right"))
        except ValueError as error:
            return _form(own, subject, part, _words(error), 400)
    if part and fingerprint in own.subjects:
        now = judged(desk, asked)
        return fragment(
            "web/saved.html", control=control(now.subjects, now.laid.standing, now.about, fingerprint),
            count=sum(not one.stale for one in now.laid.standing.values()),
        )  # fmt: skip
    return RedirectResponse(own.back(fingerprint), 303)


def _verdict(subject: Subject, asked: dict[str, str], right: bool) -> Verdict:
    """Raises ValueError (that of pydantic is one) for what no verdict can be."""
    decision: Any = "right" if right else asked.get("verdict", "")
    edits = {}
    if decision == "edited":
        typed = {name: parsed(subject, name, asked[f"to-{name}"]) for name in subject.editable if f"to-{name}" in asked}
        edits = {name: value for name, value in typed.items() if value != subject.values[name]}
    return Verdict(
        fingerprint=subject.fingerprint, kind=subject.kind, rule=subject.rule, verdict=decision, text=subject.text,
        quote=subject.quote, judged=subject.values, about=asked.get("body", ""), edits=edits, reason=asked.get("reason", "").strip(),
        by=asked.get("by", "").strip(), at=datetime.now(UTC).isoformat(timespec="seconds"),
    )  # fmt: skip


def _words(error: ValueError) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        own = str(first.get("ctx", {}).get("error", ""))
        return own or "这不是一个判断：请选对、错或改，文字不要太长。"
    return str(error)
