"""Text only cuts and joins; every character keeps its source; a view maps back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractor.text import Piece, Span, Text, fold, taken

PRINT = st.text(st.sampled_from("一二年月。，“”（）〇○2０ab.,%() \t\n　\u200b\u00a0①⼀"), max_size=40)


@given(st.text())
def test_fold_is_one_character_to_one(string: str) -> None:
    assert len(fold(string)) == len(string)


def test_fold_makes_full_width_plain_and_keeps_print() -> None:
    assert fold("２０２３年１月，（一）　①㎡“‘") == "2023年1月,(一) ①㎡“‘"


@given(st.lists(PRINT, max_size=4), st.sampled_from(["", "\n"]), st.data())
def test_every_character_is_where_it_was_read(strings: list[str], joint: str, data: st.DataObject) -> None:
    text = Text.join((Text.of(i, s) for i, s in enumerate(strings)), joint)
    assert text.raw == joint.join(strings)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    cut = text.cut(start, end)
    assert cut.raw == text.raw[start:end]
    read = "".join(strings[line][a:b] for line, a, b in text.pieces(Span(start, end)))
    assert read == (
        cut.raw if not joint else "".join(c for i, c in enumerate(text.raw[start:end], start) if _has_run(text, i))
    )
    assert cut.pieces(Span(0, len(cut))) == text.pieces(Span(start, end))


def _has_run(text: Text, offset: int) -> bool:
    return any(run.at <= offset < run.at + run.length for run in text.runs)


def test_pieces_of_a_value_cut_by_noise() -> None:
    text = Text.join([Text.of(7, "发展、630", 3), Text.of(8, "扶贫", 2)])
    assert text.pieces(Span(3, 8)) == (Piece(7, 6, 9), Piece(8, 2, 4))
    assert text.line_at(6) == 8


@given(PRINT)
def test_view_maps_both_ways(string: str) -> None:
    text = Text.of(0, string)
    view = text.view
    for index, char in enumerate(view.text):
        assert text.folded[view.offset(index)] == char
        assert view.index(view.offset(index)) == index
    for offset in range(len(string)):
        assert view.offset(view.index(offset)) >= offset or view.index(offset) == len(view)


def test_view_drops_idle_blanks_only() -> None:
    assert Text.of(0, "　　近 三 年，2023 年 1 月 30 日 表1 2023年").view.text == "近三年,2023年1月30日表1 2023年"
    assert Text.of(0, "1. 2023年，4 .“发展” 5 % Docker Compose").view.text == "1. 2023年,4.“发展”5% Docker Compose"


def test_view_span_leaves_blanks_outside() -> None:
    text = Text.of(0, "共 5 项 。")
    start = text.view.text.index("5")
    assert text.raw[slice(*text.view.span(start, start + 2))] == "5 项"


def test_taken() -> None:
    spans = [Span(2, 4), Span(8, 9)]
    assert [i for i in range(10) if taken(spans, Span(i, i + 1))] == [2, 3, 8]
