"""Comparisons as they are made, each in a thread of its own: a big series takes seconds, and its reader sees the step it is at."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from threading import Thread

from starlette.responses import Response

from extractor.archive.results import written
from extractor.comparison import Comparison, Given, lay
from extractor.reviews import Subject, of_comparison
from extractor.web.desk import Desk, stamp
from extractor.web.overview import Overview, bodies, overview
from extractor.web.pages import Refused, page
from extractor.web.words import STEP

PATIENCE = 1.0  # seconds after which a page says how far it is
Compared = tuple[Comparison, dict[str, Subject]]


@dataclass
class Making:
    """`step` is the one that was begun last."""

    reports: int
    step: str = ""
    future: Future[Compared] = field(default_factory=Future)


def waiting(desk: Desk, body: str, here: str) -> Response | None:
    """A page that asks again by itself, for as long as the comparison takes; None once it is made or has failed."""
    making = _making(desk, body)
    if wait([making.future], PATIENCE).done:
        return None
    at = list(STEP).index(making.step) if making.step else 0
    return page(
        "web/waiting.html", scripts=(), status=202, here=here, body=body, reports=making.reports,
        step=STEP.get(making.step, "读结果"), at=at, steps=len(STEP),
    )  # fmt: skip


def compared(desk: Desk, body: str) -> Compared:
    """Waits for it. Raises 404 for a body without reports of two years."""
    making = _making(desk, body)
    try:
        return making.future.result()
    except Exception:
        desk.forget(("compared", body))
        raise


def _making(desk: Desk, body: str) -> Making:
    """All series of a body, for its feedback is answered in its reports; made once, as long as its results are the same."""
    labels = _members(overview(desk), body)
    if not labels:
        raise Refused(404, "没有这个单位两年以上的报告。")
    made_from = [(label, stamp(written(desk.archive, label, "json"))) for label in labels]
    return desk.remember(("compared", body), made_from, lambda: _begun(desk, labels))


def _begun(desk: Desk, labels: Sequence[str]) -> Making:
    making = Making(len(labels))
    Thread(target=_make, args=(desk, labels, making), daemon=True).start()
    return making


def _make(desk: Desk, labels: Sequence[str], making: Making) -> None:
    def step(name: str) -> None:
        making.step = name

    try:
        given = [Given(label, desk.report(desk.known(label))[0], False) for label in labels]
        made = lay(given, rules=desk.rules, step=step)
        making.future.set_result((made, of_comparison(made)))
    except Exception as error:
        making.future.set_exception(error)


def _members(found: Overview, body: str) -> list[str]:
    own = dict(bodies(found)).get(body, [])
    return sorted({found.files[member.report] for one in own for member in one.members})
