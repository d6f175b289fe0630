"""The application on a port of the loopback address."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable

import uvicorn

from extractor.errors import ExtractorError
from extractor.web.application import application
from extractor.web.desk import Desk

LOOPBACK = "127.0.0.1"


def serve(desk: Desk, port: int, told: Callable[[str], None]) -> None:
    """Until it is interrupted; `told` is given the address. Port 0 is any that is free. Raises ExtractorError."""
    try:
        listening = socket.create_server((LOOPBACK, port))
    except OSError as error:
        raise ExtractorError(f"port {port} cannot be had: {error.strerror}; name another with --port") from None
    with listening:
        own, token = listening.getsockname()[1], secrets.token_urlsafe(24)
        app = application(desk, token, own)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, proxy_headers=False, ws="none",
            timeout_graceful_shutdown=3,
        )  # fmt: skip
        told(f"http://{LOOPBACK}:{own}/?token={token}")
        uvicorn.Server(config).run(sockets=[listening])
