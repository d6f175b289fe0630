"""Web archives (.mht, .mhtml): the page in one, read as a page."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import Message

from extractor.readers import html
from extractor.readers.raw import Format, Raw
from extractor.source import Source

_PAGES = frozenset({"text/html", "application/xhtml+xml"})


def claims(raw: Raw) -> bool:
    """Internet Explorer begins with `From: <Saved by …>`, others with the version."""
    head = raw.head
    return head.startswith(b"mime-version:") or (head.startswith(b"from:") and b"\nmime-version:" in head)


def read(raw: Raw) -> Source:
    """Raises ReadError for an archive without a page."""
    data = _page(raw)
    if not data:
        raise raw.error("damaged", "the web archive holds no page; save the page again as .html")
    source = html.FORMAT.read(Raw(raw.name, data, raw.rules))
    return replace(source, format="mhtml", sha256=raw.sha256, size=len(raw.data))


def _page(raw: Raw) -> bytes:
    """The first page; the others are its frames."""
    try:
        parts = message_from_bytes(raw.data).walk()
        page: Message | None = next((part for part in parts if part.get_content_type() in _PAGES), None)
        data = page.get_payload(decode=True) if page is not None else b""
    except (RecursionError, ValueError, LookupError):  # parts in parts without end; an unknown coding
        return b""
    return data if isinstance(data, bytes) else b""


FORMAT = Format("mhtml", claims, read)
