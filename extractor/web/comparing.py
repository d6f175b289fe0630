"""The comparison of one body's reports: its page, with what a reviewer says of each row."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from extractor.archive.results import written
from extractor.comparison import Comparison, Given, lay
from extractor.comparison.page import STYLES, context
from extractor.comparison.records import Place
from extractor.reviews import Laid, Subject, load, of_comparison, path
from extractor.reviews import lay as lay_verdicts
from extractor.web.desk import Desk, stamp
from extractor.web.overview import Overview, bodies, overview
from extractor.web.pages import Refused, address, page
from extractor.web.reporting import reviewing


def compare(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    body = request.query_params.get("body", "")
    if not body:
        return page("web/bodies.html", scripts=(), here="/compare", bodies=list(bodies(overview(desk))))
    comparison, subjects, laid = opened(desk, body)
    own = reviewing({"body": body}, subjects, laid) | {"seen": partial(_seen, comparison)}
    styles = (*STYLES, "web/judging.css")
    return page("web/compare.html", styles, ("web/judging.js",), here="/compare", **(context(comparison) | own))


def opened(desk: Desk, body: str) -> tuple[Comparison, dict[str, Subject], Laid]:
    """Raises 404 for a body without reports of two years."""
    comparison, subjects = compared(desk, body)
    review = load(path(desk.archive))
    own = tuple(one for one in review.verdicts if one.about == body)
    return comparison, subjects, lay_verdicts(subjects, review.model_copy(update={"verdicts": own}))


def _seen(comparison: Comparison, place: Place) -> str:
    """Where a place is looked at in its report's page."""
    file = comparison.reports[place.report].file
    return address("/place", file=file, doc=place.doc, start=place.span.start)


def compared(desk: Desk, body: str) -> tuple[Comparison, dict[str, Subject]]:
    """All series of a body, for its feedback is answered in its reports; made once, as long as its results are the same."""
    labels = _members(overview(desk), body)
    if not labels:
        raise Refused(404, "没有这个单位两年以上的报告。")
    made_from = [(label, stamp(written(desk.archive, label, "json"))) for label in labels]

    def make() -> tuple[Comparison, dict[str, Subject]]:
        made = lay([Given(label, desk.report(desk.known(label))[0], False) for label in labels], rules=desk.rules)
        return made, of_comparison(made)

    return desk.remember(("compared", body), made_from, make)


def _members(found: Overview, body: str) -> list[str]:
    own = dict(bodies(found)).get(body, [])
    return sorted({found.files[member.report] for one in own for member in one.members})
