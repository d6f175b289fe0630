"""Routes, and what becomes of errors."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from extractor.errors import ExtractorError
from extractor.web import charting, comparing, judging, ledger, listing, receiving, reporting
from extractor.web.desk import Desk
from extractor.web.guard import guarded
from extractor.web.pages import Refused, refusal

ROUTES = [
    Route("/", listing.archive),
    Route("/search", listing.search),
    Route("/report", reporting.report),
    Route("/place", reporting.place),
    Route("/judge", judging.form),
    Route("/verdict", judging.verdict, methods=["POST"]),
    Route("/ledger", ledger.table),
    Route("/ledger/export", ledger.export),
    Route("/compare", comparing.compare),
    Route("/charts", charting.charts),
    Route("/uploads", receiving.progress),
    Route("/upload", receiving.receive, methods=["POST"]),
]
WORDS = {400: "请求不完整。", 404: "没有这一页。", 405: "这一页不接受这种请求。"}


def application(desk: Desk, token: str, port: int) -> ASGIApp:
    """To be bound to the loopback address at `port`; answers whoever has `token`."""
    errors = {HTTPException: _refused, ExtractorError: _failed, Exception: _broken}
    app = Starlette(routes=ROUTES, exception_handlers=errors)  # type: ignore[arg-type]
    app.state.desk = desk
    app.router.redirect_slashes = False
    return guarded(app, token, port, refusal)


def _refused(request: Request, error: HTTPException) -> Response:
    words = error.detail if isinstance(error, Refused) else WORDS.get(error.status_code, "请求不对。")
    return refusal(error.status_code, words)


def _failed(request: Request, error: ExtractorError) -> Response:
    return refusal(409, "没有做成，原因如下。", str(error))


def _broken(request: Request, error: Exception) -> Response:
    return refusal(500, f"程序出错（{type(error).__name__}）。档案没有改动；终端里有详情。")
