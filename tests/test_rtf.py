"""RTF: encodings of its bytes, groups that hold no text, tables, notes."""

from __future__ import annotations

import random

import pytest

from extractor import readers
from extractor.errors import ReadError
from extractor.readers.rtf.code import MAX_DEPTH
from extractor.source import Cell, CellRef, Source


def source(inner: str | bytes, head: str = r"\ansi\ansicpg936") -> Source:
    body = inner if isinstance(inner, bytes) else inner.encode("ascii")
    return readers.read_bytes(b"{\\rtf1" + head.encode() + b" " + body + b"}", "a.rtf")


def texts(found: Source, part: str = "body") -> list[str]:
    return [line.text for line in found.lines if line.part == part]


def coded(text: str, encoding: str = "gbk") -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding))


def wide(text: str) -> str:
    """As \\u with a substitute of one byte."""
    units = text.encode("utf-16-le")
    numbers = (int.from_bytes(units[i : i + 2], "little", signed=True) for i in range(0, len(units), 2))
    return "".join(f"\\u{number}?" for number in numbers)


def test_bytes_in_the_code_page() -> None:
    found = source(coded("一、整改12项") + "\\par " + coded("二、完成"))
    assert texts(found) == ["一、整改12项", "二、完成"]
    assert (found.format, found.encoding, found.replaced, found.warnings) == ("rtf", "gb18030", 0, ())


def test_bytes_in_the_charset_of_the_font() -> None:
    fonts = r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset134 SimSun;}{\f2\fcharset136 MingLiU;}}"
    found = source(fonts + r"\f0 A{\f1 " + coded("甲") + r"}{\f2 " + coded("乙", "big5") + "}", r"\ansi\ansicpg1252")
    assert texts(found) == ["A甲乙"]


def test_raw_bytes_and_a_second_byte_that_is_a_letter() -> None:
    """丂 is 81 40 in GBK: programs write \\'81@."""
    assert texts(source("情况".encode("gbk") + b"\\'81@\\'81\\'5c")) == ["情况丂乗"]


def test_unicode_and_what_stands_for_it() -> None:
    assert texts(source(wide("整改𠮷") + r"{\uc2 \u30002\'bc\'d7\u20057\'d2\'d2}\uc0\u19993 x")) == ["整改𠮷甲乙丙x"]


def test_groups_without_text() -> None:
    hidden = r"{\info{\title x}}{\colortbl;\red0;}{\stylesheet{\s1 Heading;}}{\*\generator y;}{\pict\bin5 }}}}}}{\*\bkmkstart z}"
    assert texts(source(hidden + r"{\field{\*\fldinst PAGE}{\fldrslt 3}}{\object{\*\objdata ff}{\result 4}}")) == ["34"]


def test_looks_and_paragraphs() -> None:
    found = source(r"\pard\qc\outlinelevel0\b\fs44 " + coded("标题") + r"\b0\fs32 x\par\pard\plain y\line z")
    title, *rest = found.lines
    assert (title.text, title.bold, title.size, title.centred, title.outline) == ("标题x", ((0, 2),), 22.0, True, 1)
    assert [(line.text, line.number, line.centred) for line in rest] == [("y", 2, False), ("z", 2, False)]


def test_east_asian_look() -> None:
    """LibreOffice gives Chinese text its size and weight as associated properties."""
    (line,) = source(r"{\rtlch\af1\afs99 \ltrch\loch\fs21\dbch\afs36\ab\dbch " + coded("标题") + r"\loch x}").lines
    assert (line.bold, line.size) == (((0, 2),), 18.0)


def test_hidden_and_deleted() -> None:
    found = source(r"a{\v b}{\deleted c}{\revised d}")
    assert (texts(found), texts(found, "hidden"), texts(found, "deleted")) == (["ad"], ["b"], ["c"])


def test_automatic_numbers() -> None:
    found = source(r"{\listtext\pard " + wide("一、") + r"\tab}" + coded("情况") + r"\par{\pntext\'b7\tab}x")
    assert [(line.text, line.automatic) for line in found.lines] == [("一、\t情况", 2), ("x", 0)]


def test_notes_headers_text_boxes() -> None:
    found = source(
        r"{\header h\par}a{\footnote b\par}{\*\annotation c}{\footnote\ftnalt d}{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt e\par}}}\par f"
    )
    assert [(line.text, line.part, line.number) for line in found.lines] == [
        ("a", "body", 1), ("b", "footnote", 1), ("c", "comment", 1), ("d", "endnote", 1), ("e", "textbox", 1),
        ("f", "body", 2), ("h", "header", 1),
    ]  # fmt: skip


def test_table() -> None:
    """Edges say which cell spans columns, flags which goes on from above."""
    first = r"\trowd\clvmgf\cellx1000\cellx3000\pard\intbl a\cell b\par c\cell\row"
    second = r"\trowd\clvmrg\cellx1000\cellx2000\cellx3000\pard\intbl\cell d\cell e\cell\row\pard f"
    found = source(first + second)
    assert [(line.text, line.cell) for line in found.lines] == [
        ("a", CellRef(0, 0, 0)), ("b", CellRef(0, 0, 1)), ("c", CellRef(0, 0, 1)), ("d", CellRef(0, 1, 1)),
        ("e", CellRef(0, 1, 2)), ("f", None),
    ]  # fmt: skip
    (table,) = found.tables
    assert table.cells == (
        Cell(0, 0, 2, 1, (0,)), Cell(0, 1, 1, 2, (1, 2)), Cell(1, 1, 1, 1, (3,)), Cell(1, 2, 1, 1, (4,))
    )  # fmt: skip


def test_table_in_a_table() -> None:
    inner = r"\pard\intbl\itap2 b\nestcell{\*\nesttableprops\trowd\cellx500\nestrow}{\nonesttables\par}"
    found = source(r"\trowd\cellx1000\pard\intbl a\par" + inner + r"\pard\intbl c\cell\row")
    assert [(line.text, line.cell) for line in found.lines] == [
        ("a", CellRef(0, 0, 0)), ("b", CellRef(1, 0, 0)), ("c", CellRef(0, 0, 0))
    ]  # fmt: skip


def test_a_file_cut_off_is_read_and_said() -> None:
    found = readers.read_bytes(b"{\\rtf1\\ansicpg936 a\\par {\\b b", "a.rtf")
    assert texts(found) == ["a", "b"]
    assert [warn.code for warn in found.warnings] == ["cut"]


def test_groups_in_groups() -> None:
    with pytest.raises(ReadError, match="groups"):
        source("{" * (MAX_DEPTH + 1))
    assert texts(source("{" * (MAX_DEPTH - 1) + "a" + "}" * (MAX_DEPTH - 1))) == ["a"]


def test_any_order_of_words_loses_no_text() -> None:
    luck = random.Random(3)
    words = [r"\par ", r"\cell ", r"\row ", r"\trowd ", r"\cellx9 ", r"\intbl ", r"\itap3 ", r"\nestrow ", r"\nestcell ", r"\pard ", "{", "}", r"{\footnote ", r"{\shptxt ", r"\line ", "S"]  # fmt: skip
    for _ in range(400):
        chosen = luck.choices(words, k=40)
        found = readers.read_bytes(b"{\\rtf1 S" + "".join(chosen).encode(), "a.rtf")
        assert "".join(line.text for line in found.lines).count("S") == 1 + chosen.count("S")
