"""Places as a person counts them."""

from __future__ import annotations

import pytest

from extractor.records import Cell, Piece
from extractor.terms import places

LINE = Piece(part="body", number=12, start=4, end=9)


@pytest.mark.parametrize(
    ("pieces", "format", "said"),
    [
        ([LINE], "docx", "第12段第5—9字"),
        ([LINE], "txt", "第12行第5—9字"),
        ([LINE.model_copy(update={"page": 3})], "pdf", "第3页，全文第12段第5—9字"),
        ([LINE.model_copy(update={"end": 5})], "md", "第12行第5字"),
        ([LINE, LINE.model_copy(update={"start": 11, "end": 14})], "docx", "第12段第5—14字"),
        ([LINE.model_copy(update={"part": "footnote"})], "docx", "脚注第12段第5—9字"),
        ([LINE.model_copy(update={"cell": Cell(table=1, row=3, column=0), "page": 2})], "pdf", "第2页，表2第4行第1列"),
        ([LINE.model_copy(update={"ocr": 0.97, "page": 1})], "pdf", "第1页，全文第12段第5—9字（识别置信度 97%）"),
    ],
)
def test_a_place_counts_from_one_and_says_what_it_counts(pieces: list[Piece], format: str, said: str) -> None:
    assert places(pieces, format) == said


def test_many_places_are_not_all_named_unless_asked() -> None:
    pieces = [LINE.model_copy(update={"number": number}) for number in range(1, 6)]
    assert places(pieces, "txt") == "第1行第5—9字；第2行第5—9字；第3行第5—9字 等 5 处"
    assert places(pieces, "txt", most=None).count("；") == 4
