"""Pages of the application: a template of this folder in the house's frame, its policy in the header as well."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from extractor.pages import asset, policy, render
from extractor.pages.environment import environment
from extractor.web.words import DECISION

STYLES = ("pages/style.css", "web/web.css")
SCRIPTS = ("web/web.js",)
PLACES = {"/": "档案", "/ledger": "台账", "/compare": "对比", "/charts": "图表"}


def page(
    template: str, styles: Sequence[str] = STYLES, scripts: Sequence[str] = SCRIPTS, status: int = 200, **context: Any
) -> Response:
    body = render(template, styles, scripts, connect=True, **(FRAME | context))
    style, script = ("\n".join(map(asset, paths)) for paths in (styles, scripts))
    own = policy(style, script, connect=True)
    return HTMLResponse(body, status, {"Content-Security-Policy": f"{own}; frame-ancestors 'none'"})


def fragment(template: str, **context: Any) -> Response:
    """A part of a page, for its script to put in place."""
    return HTMLResponse(part(template, **context))


def part(template: str, **context: Any) -> Markup:
    """Filled, without a page around it."""
    return Markup(environment().get_template(template).render(FRAME | context))


def address(path: str, anchor: str = "", **query: Any) -> str:
    """`/report?file=…#date-3`; what is none or empty is left out."""
    asked = {name: value for name, value in query.items() if value not in (None, "", False)}
    return path + (f"?{urlencode(asked)}" if asked else "") + (f"#{anchor}" if anchor else "")


FRAME: dict[str, Any] = {"address": address, "places": PLACES, "decisions": DECISION}


class Refused(HTTPException):
    """A request that is answered with these words for its reader; those of a plain HTTPException are for programs."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(status, words)


def refusal(status: int, words: str, message: str = "") -> Response:
    """An error as a page; `message` is in English, as on the terminal."""
    return page("web/error.html", scripts=(), status=status, words=words, message=message, here="")
