"""The day that a report is signed with: a line of its own, or of 填报时间：; no cell of a table."""

from __future__ import annotations

import pytest

from extractor import rules
from extractor.finders import dates
from extractor.signed import signed
from extractor.text import Span, Text

SHIPPED = rules.load()


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("整改已完成。\n2023年12月20日\n", "2023-12-20"),
        ("填报单位:某局　填报时间：2023年9月30日\n2023年12月\n", "2023-09-30"),
        ("2023年9月30日召开会议\n", None),
        ("整改时限：2023年9月30日\n", None),
    ],
)
def test_a_day_has_a_line_to_itself_or_is_labelled(raw: str, day: str | None) -> None:
    text = Text.of(0, raw)
    own = signed(text, dates.find(text, SHIPPED).dates)
    assert (own and own.value) == day


def test_a_day_that_fills_a_cell_signs_nothing() -> None:
    raw = "2023年9月30日\n整改时限\n2023年12月31日 \n"
    text = Text.of(0, raw)
    start = raw.index("2023年12月")
    own = signed(text, dates.find(text, SHIPPED).dates, [Span(start, len(raw) - 1)])
    assert own is not None
    assert own.value == "2023-09-30"
