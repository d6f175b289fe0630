"""Comparisons that take long: their reader sees how far they are."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser
from served import BODY, FIRST, Served

from extractor.archive import Settings
from extractor.comparison import Comparison, lay
from extractor.errors import ReadError

pytest.importorskip("uvicorn")


def test_a_comparison_that_takes_long_says_how_far_it_is(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.web import Desk, making
    from extractor.web.words import STEP

    reached, go = Event(), Event()
    steps: list[str] = []

    def slow(*given: Any, step: Any, **options: Any) -> Comparison:
        def at(name: str) -> None:
            step(name)
            steps.append(name)
            if name == "promises":
                reached.set()
                assert go.wait(60)

        return lay(*given, step=at, **options)

    monkeypatch.setattr(making, "lay", slow)
    monkeypatch.setattr(making, "PATIENCE", 0.0)
    desk = Desk(served.archive, Settings())
    try:
        first = making.waiting(desk, BODY, "/compare")
        assert first is not None
        assert first.status_code == 202
        assert reached.wait(60)
        shown = making.waiting(desk, BODY, "/compare")
        assert shown is not None
        page = LexborHTMLParser(bytes(shown.body).decode())
        assert page.css_first("meta[http-equiv=refresh]").attributes["content"] == "1"  # type: ignore[union-attr]
        assert page.css_first("[role=status]").text().split() == ["正在对比", "4", "份报告：承诺"]  # type: ignore[union-attr]
        assert page.css_first("progress").attributes["value"] == str(list(STEP).index("promises"))  # type: ignore[union-attr]
        assert page.css_first("nav [aria-current]").text() == "对比"  # type: ignore[union-attr]
    finally:
        go.set()
    assert making.compared(desk, BODY)[0].promises
    assert making.waiting(desk, BODY, "/compare") is None
    assert steps == list(STEP)  # made once, and every step has a word


def test_a_comparison_that_failed_is_tried_again(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.web import Desk, making

    def failing(*given: Any, **options: Any) -> Comparison:
        raise ReadError(FIRST, "damaged", "it is cut off")

    desk = Desk(served.archive, Settings())
    monkeypatch.setattr(making, "lay", failing)
    with pytest.raises(ReadError, match="it is cut off"):
        making.compared(desk, BODY)
    monkeypatch.setattr(making, "lay", lay)
    assert making.compared(desk, BODY)[0].problems
