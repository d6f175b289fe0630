"""Who may speak to the application: a browser of this machine that was given the address with its token.

- The Host header must name the loopback address and our port, so that no name of the internet that is made to point
  here (DNS rebinding) is answered.
- The token comes in the address once and is then a cookie that scripts cannot read and other sites do not send.
- What changes something is a POST that our own page sent, as `Origin` or `Sec-Fetch-Site` say, which pages cannot
  forge. A form that is sent under `no-referrer` has the origin `null`; then Sec-Fetch-Site decides.
- Every answer forbids framing, sniffing, caching and referrers; its own page says which script and style are its own.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from extractor.web.pages import Refused

MOST_BYTES = 512 << 20  # of one request
STALLED = 60.0  # seconds without a byte of a body that was announced
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
CLOSED = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
TOO_LARGE = f"一次最多 {MOST_BYTES >> 20} MB，请分几次放入。"
NO_TOKEN = "请打开终端里显示的完整地址；它每次启动都不同。"
Refuse = Callable[[int, str], Response]


def guarded(app: ASGIApp, token: str, port: int, refuse: Refuse) -> ASGIApp:
    """`app` behind all this; `refuse` makes the page of a refusal."""
    cookie = f"extractor_{port}"

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await app(scope, receive, send) if scope["type"] == "lifespan" else None
        headers = Headers(scope=scope)
        asked = HTTPConnection(scope)
        answer: ASGIApp = app
        if refusal := _refused(scope["method"], headers, port):
            answer = refuse(*refusal)
        elif _same(asked.query_params.get("token", ""), token):
            answer = _entered(scope, cookie, token)
        elif not _same(asked.cookies.get(cookie, ""), token):
            answer = refuse(403, NO_TOKEN)
        return await answer(scope, _bounded(receive), _safe(send))

    return guard


def hosts(port: int) -> set[str]:
    return {f"127.0.0.1:{port}", f"localhost:{port}"}


def _refused(method: str, headers: Headers, port: int) -> tuple[int, str] | None:
    if headers.getlist("host")[1:] or headers.get("host", "") not in hosts(port):
        return 421, "地址不对：只接受本机的地址。"
    if method not in ("GET", "HEAD", "POST"):
        return 405, "不支持这种请求。"
    told = headers.get("content-length", "")
    if told.isdecimal() and int(told) > MOST_BYTES:
        return 413, TOO_LARGE
    if method == "POST" and not _own(headers):
        return 403, "这个请求不是从本页面发出的。"
    return None


def _own(headers: Headers) -> bool:
    origin, site = headers.get("origin", "null"), headers.get("sec-fetch-site")
    if site not in (None, "same-origin"):
        return False
    return site == "same-origin" if origin == "null" else origin == f"http://{headers['host']}"


def _same(given: str, token: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "replace"), token.encode())


def _entered(scope: Scope, cookie: str, token: str) -> Response:
    """To the same page, without the token in its address."""
    left = [(name, value) for name, value in parse_qsl(scope["query_string"].decode("latin-1")) if name != "token"]
    answer = RedirectResponse("/" + scope["path"].lstrip("/") + (f"?{urlencode(left)}" if left else ""), 303)
    answer.set_cookie(cookie, token, httponly=True, samesite="strict", path="/")
    return answer


def _bounded(receive: Receive) -> Receive:
    """For a body whose length was not told beforehand, too; one that does not come is not waited for."""
    taken, whole = 0, False

    async def bounded() -> Message:
        nonlocal taken, whole
        try:
            message = await asyncio.wait_for(receive(), None if whole else STALLED)
        except TimeoutError:
            raise Refused(408, "等不到请求的其余部分。") from None
        whole = not message.get("more_body", False)
        taken += len(message.get("body", b""))
        if taken > MOST_BYTES:
            raise Refused(413, TOO_LARGE)
        return message

    return bounded


def _safe(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def safe(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in SAFE.items():
                headers[name] = value
            headers.setdefault("Content-Security-Policy", CLOSED)
        await send(message)

    return safe
