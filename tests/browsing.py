"""Pages in Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# what a mark holds, without the noise within it
WORDS = "mark => { const copy = mark.cloneNode(true); copy.querySelectorAll('.noise').forEach(n => n.remove()); return copy.textContent }"
YELLOW = "rgb(255, 229, 138)"


def opened(browser: Browser, address: str, script: bool) -> Iterator[Page]:
    """A file, open, and held to ask nothing of anyone and to break no policy."""
    context = browser.new_context(
        java_script_enabled=script, viewport={"width": 1366, "height": 768}, reduced_motion="reduce"
    )
    page = context.new_page()
    asked: list[str] = []
    broken: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: broken.append(message.text))
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.goto(address)
    yield page
    assert [url for url in asked if url.partition("#")[0] != address and not url.startswith("data:")] == []
    assert broken == []
    context.close()
