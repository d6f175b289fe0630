"""The comparison of one body's reports: its page, with what a reviewer says of each row."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from extractor.comparison import Comparison
from extractor.comparison.page import STYLES, context
from extractor.comparison.records import Place
from extractor.reviews import Laid, Subject, lay, load, path
from extractor.web.desk import Desk
from extractor.web.making import compared, waiting
from extractor.web.overview import bodies, overview
from extractor.web.pages import address, page
from extractor.web.reporting import reviewing


def compare(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    body = request.query_params.get("body", "")
    if not body:
        return page("web/bodies.html", scripts=(), here="/compare", bodies=list(bodies(overview(desk))))
    if page_of_steps := waiting(desk, body, "/compare"):
        return page_of_steps
    comparison, subjects, laid = opened(desk, body)
    own = reviewing({"body": body}, subjects, laid) | {"seen": partial(_seen, comparison)}
    styles = (*STYLES, "web/judging.css")
    return page("web/compare.html", styles, ("web/judging.js",), here="/compare", **(context(comparison) | own))


def opened(desk: Desk, body: str) -> tuple[Comparison, dict[str, Subject], Laid]:
    """Raises 404 for a body without reports of two years."""
    comparison, subjects = compared(desk, body)
    review = load(path(desk.archive))
    own = tuple(one for one in review.verdicts if one.about == body)
    return comparison, subjects, lay(subjects, review.model_copy(update={"verdicts": own}))


def _seen(comparison: Comparison, place: Place) -> str:
    """Where a place is looked at in its report's page."""
    file = comparison.reports[place.report].file
    return address("/place", file=file, doc=place.doc, start=place.span.start)
