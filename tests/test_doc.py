"""Word 97-2003 and WPS documents: the piece table, properties, lists, tables, notes; conversion by LibreOffice."""

from __future__ import annotations

import os
import random
import shutil
import struct
import subprocess
from dataclasses import replace
from pathlib import Path

import doc_files
import docx
import docx_files
import pytest
from doc_files import Piece, doc, sprm
from docx.oxml import parse_xml

from extractor import readers
from extractor.errors import ReadError
from extractor.readers.doc import soffice
from extractor.source import Cell, CellRef, Line, Source

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
needs_office = pytest.mark.skipif(soffice.program() is None, reason="LibreOffice is not installed")

BOLD, HIDDEN, DELETED, SIZE = sprm(0x0835, 1), sprm(0x083C, 1), sprm(0x0800, 1), sprm(0x4A43, 32, 0)
CENTRED, LEVEL_2, IN_TABLE, ROW_END = sprm(0x2461, 1), sprm(0x2640, 1), sprm(0x2416, 1), sprm(0x2417, 1)


def source(data: bytes) -> Source:
    return readers.read_bytes(data, "a.doc")


def failure(data: bytes) -> ReadError:
    with pytest.raises(ReadError) as caught:
        source(data)
    return caught.value


def texts(found: Source, part: str = "body") -> list[str]:
    return [line.text for line in found.lines if line.part == part]


def plc(places: list[int], *entries: bytes) -> bytes:
    return struct.pack(f"<{len(places)}I", *places) + b"".join(entries)


def test_pieces_of_either_width() -> None:
    """A fast-saved file holds its text in stretches of one or two bytes a character."""
    found = source(doc("一、工作\r共", Piece("3“a”—", narrow=True), "项，𠮷村\r"))
    assert texts(found) == ["一、工作", "共3“a”—项，𠮷村"]
    assert [line.number for line in found.lines] == [1, 2]
    assert (found.format, found.warnings) == ("doc", ())


def test_looks_and_shapes() -> None:
    looks = {"工作": BOLD + SIZE}
    found = source(doc("关于工作\r一、情况\r", looks=looks, shapes={0: CENTRED, 1: LEVEL_2}))
    title, heading = found.lines
    assert (title.bold, title.size, title.centred, title.outline) == (((2, 4),), 16.0, True, None)
    assert (heading.centred, heading.outline) == (False, 2)


def test_deleted_and_hidden_text() -> None:
    found = source(doc("共整改3项5项。暗\r", looks={"3项": DELETED, "暗": HIDDEN}))
    assert (texts(found), texts(found, "deleted"), texts(found, "hidden")) == (["共整改5项。"], ["3项"], ["暗"])


def test_properties_of_a_piece() -> None:
    """What a fast save did to a stretch stands in the piece table: in short form, or beside it."""
    changed = [Piece("甲", modifier=0x41 << 1 | 1 << 8), Piece("乙", modifier=1), "丙\r"]
    found = source(doc(*changed, modifiers=[HIDDEN]))
    assert (texts(found), texts(found, "deleted"), texts(found, "hidden")) == (["丙"], ["甲"], ["乙"])


def test_deleted_paragraph_mark_joins() -> None:
    assert texts(source(doc("整改情\r况。\r", looks={"\r况": DELETED}))) == ["整改情。"]


def test_fields_show_their_result() -> None:
    assert texts(source(doc("第\x13 PAGE \x142\x15页\x13 IF \x13 X \x14y\x15 \x14共3页\x15\r"))) == ["第2页共3页"]
    assert texts(source(doc("甲\x13 DATE \r乙\r"))) == ["甲", "乙"]  # one that never ends takes nothing else with it


def test_marks_that_show_a_character() -> None:
    found = source(doc("甲\v乙\x1e丙\x1f丁\x01\x08\t戊\r(\r", looks={"(": sprm(0x6A09, 0, 0, 0xFE, 0xF0)}))
    assert texts(found) == ["甲", "乙-丙丁\t戊", "☒"]


def test_a_page_break_is_no_end_but_a_section_is() -> None:
    found = source(doc("一页\f二页\r三节\f四节\r", tables={6: plc([0, 9, 12], bytes(12), bytes(12))}))
    assert [(line.number, line.text) for line in found.lines] == [(1, "一页"), (1, "二页"), (2, "三节"), (3, "四节")]


def test_notes_follow_their_paragraph() -> None:
    body, note, comment = "甲\x02乙\x05\r丙\r", " 脚注\r", " 批注\r"
    tables = {2: plc([1, 6], bytes(2)), 3: plc([0, 4, 5]), 4: plc([3, 6], bytes(30)), 5: plc([0, 4, 5])}
    lengths = [len(body), len(note) + 1, 0, 0, len(comment) + 1]
    found = source(doc(body + note + "\r" + comment + "\r", lengths=lengths, tables=tables))
    assert [(line.text, line.part, line.number) for line in found.lines] == [
        ("甲乙", "body", 1), (" 脚注", "footnote", 1), (" 批注", "comment", 1), ("丙", "body", 2)
    ]  # fmt: skip


def test_text_boxes_and_page_headers() -> None:
    body, edges, box = "甲\x08\r乙\r", "眉\r脚\r", "框\r"
    shape = struct.pack("<I", 7) + bytes(22)
    held = bytes(14) + struct.pack("<I", 7) + bytes(4)
    tables = {
        11: plc([0] * 7 + [2, 2, 4, 4, 4, 4]),
        40: plc([1, 5], shape),
        56: plc([0, 2, 3], held, bytes(22)),
    }
    lengths = [len(body), 0, len(edges), 0, 0, 0, len(box) + 1]
    found = source(doc(body + edges + box + "\r", lengths=lengths, tables=tables))
    assert [(line.text, line.part) for line in found.lines] == [
        ("甲", "body"), ("框", "textbox"), ("乙", "body"), ("眉", "header"), ("脚", "footer")
    ]  # fmt: skip


def row(*edges: int, flags: tuple[int, ...] = ()) -> bytes:
    data = bytes([len(edges) - 1]) + struct.pack(f"<{len(edges)}h", *edges)
    data += b"".join(struct.pack("<H", flag) + bytes(18) for flag in flags)
    return IN_TABLE + ROW_END + struct.pack("<HH", 0xD608, len(data) + 1) + data


def test_table_with_merged_cells() -> None:
    """A cell over two columns, by its edges; one over two rows, by its flags."""
    text = "表前\r问题\a整改\a\a一\r二\a三\a\a\a四\a\a表后\r"
    shapes = {
        **dict.fromkeys(range(1, 11), IN_TABLE),
        3: row(0, 1000, 3000), 7: row(0, 1000, 2000, flags=(0x60, 0)), 10: row(0, 1010, 3000, flags=(0x20, 0)),
    }  # fmt: skip
    found = source(doc(text, shapes=shapes))
    assert [(line.text, line.cell) for line in found.lines] == [
        ("表前", None), ("问题", CellRef(0, 0, 0)), ("整改", CellRef(0, 0, 1)), ("一", CellRef(0, 1, 0)),
        ("二", CellRef(0, 1, 0)), ("三", CellRef(0, 1, 1)), ("四", CellRef(0, 2, 1)), ("表后", None),
    ]  # fmt: skip
    (table,) = found.tables
    assert (table.rows, table.columns) == (3, 3)
    assert table.cells == (
        Cell(0, 0, 1, 1, (1,)), Cell(0, 1, 1, 2, (2,)), Cell(1, 0, 2, 1, (3, 4)), Cell(1, 1, 1, 1, (5,)),
        Cell(2, 1, 1, 2, (6,)),
    )  # fmt: skip


def test_table_in_a_table() -> None:
    inner = IN_TABLE + sprm(0x6649, 2, 0, 0, 0)
    shapes = {
        0: IN_TABLE, 1: inner + sprm(0x244B, 1), 2: inner + sprm(0x244B, 1) + sprm(0x244C, 1), 3: IN_TABLE, 4: IN_TABLE + ROW_END
    }  # fmt: skip
    found = source(doc("外\r内\r\r外二\a\a", shapes=shapes))
    assert [(line.text, line.cell) for line in found.lines] == [
        ("外", CellRef(0, 0, 0)), ("内", CellRef(1, 0, 0)), ("外二", CellRef(0, 0, 0))
    ]  # fmt: skip
    assert [(table.rows, table.columns) for table in found.tables] == [(1, 1), (1, 1)]


def level(format: int, text: str, places: tuple[int, ...], start: int = 1) -> bytes:
    head = struct.pack("<iBB", start, format, 0) + bytes(places).ljust(9, b"\0") + b"\0" + bytes(12)
    return head + struct.pack("<H", len(text)) + text.encode("utf-16-le")


def lists(*levels: bytes) -> dict[int, bytes]:
    """One list of these levels, used once; what follows the table of lists belongs to it."""
    head = struct.pack("<Hii", 1, 77, 0) + bytes(18) + b"\0\0"
    every = [*levels, *[level(0, "", ())] * (9 - len(levels))]
    use = struct.pack("<Ii", 1, 77) + bytes(12) + struct.pack("<I", 0xFFFFFFFF)
    return {73: head, 900: b"".join(every), 74: use}


def listed(data: dict[int, bytes]) -> bytes:
    """The levels stand right behind the table of lists, and no number names them."""
    numbered = sprm(0x460B, 1, 0)
    shapes = {0: numbered, 1: numbered + sprm(0x260A, 1), 2: numbered + sprm(0x260A, 1), 3: numbered}
    made = doc("情况\r问题\r措施\r打算\r", shapes=shapes, tables={73: data[73] + data[900], 74: data[74]})
    return made.replace(struct.pack("<I", len(data[73] + data[900])), struct.pack("<I", len(data[73])), 1)


def test_automatic_numbers() -> None:
    found = source(listed(lists(level(37, "\0、", (1,)), level(37, "（\1）", (2,)))))
    assert [(line.text, line.automatic) for line in found.lines] == [
        ("一、\t情况", 2), ("（一）\t问题", 3), ("（二）\t措施", 3), ("二、\t打算", 2)
    ]  # fmt: skip
    assert found.warnings == ()


def test_damaged_lists_are_said() -> None:
    data = lists(level(37, "\0、", (1,)))
    found = source(listed(data | {900: data[900][:40]}))
    assert texts(found) == ["情况", "问题", "措施", "打算"]
    assert [(warn.code, "4 paragraphs" in warn.message) for warn in found.warnings] == [("numbering", True)]


def test_what_cannot_be_read_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    assert failure(doc("密\r", flags=0x100)).code == "encrypted"
    assert failure(doc_files.container({"WordDocument": b"\0" * 5000})).code == "damaged"
    assert failure(doc_files.container({"WordDocument": doc("甲\r")[:40]})).code == "damaged"
    assert failure(doc_files.container({"CONTENTS": b"CHNKWKS" + bytes(5000)})).reason.startswith(
        "the file is a Microsoft Works"
    )
    monkeypatch.setattr(soffice, "program", lambda: None)
    error = failure(doc("甲\r", version=104))
    assert error.code == "unsupported"
    assert "Word 6 or 95" in error.reason
    assert "LibreOffice" in error.reason


def test_documents_inside_other_files() -> None:
    """A sheet inside a document does not make it a workbook; a document inside a workbook is not read."""
    word = {"WordDocument": b"", "Workbook": b"", "1Table": b""}
    assert failure(doc_files.container(word)).code == "damaged"  # claimed by one format, not two
    workbook = doc_files.container({"Workbook": b""}) + "WordDocument".encode("utf-16-le").ljust(128, b"\0")
    assert failure(workbook).code == "unsupported"


def test_pieces_cannot_make_more_text_than_the_file_has() -> None:
    """10,000 entries of a piece table that all name the same 60 kB would be 600 MB of text."""
    repeated = Piece("整" * 30_000)
    data = bytearray(doc(repeated, repeated, repeated))
    first = data.index(struct.pack("<HIH", 0, doc_files.TEXT_AT, 0))
    for i in (1, 2):
        struct.pack_into("<I", data, first + 8 * i + 2, doc_files.TEXT_AT)
    assert texts(source(bytes(data)))[0][:2] == "整整"  # three times the same is still within the stream
    struct.pack_into("<I", data, first + 2, 180_000)
    assert failure(bytes(data)).code == "damaged"


def whole() -> bytes:
    shapes = {**dict.fromkeys(range(1, 4), IN_TABLE), 4: row(0, 1000, 2000)}
    return doc(
        "甲\x02\r乙\a丙\a\a丁\r 注\r\r",
        lengths=[9, 4],
        shapes=shapes,
        tables={2: plc([1, 9], bytes(2)), 3: plc([0, 3, 4])},
    )


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_file_cut_off_is_damaged(tenth: int) -> None:
    data = whole()
    assert failure(data[: len(data) * tenth // 10]).code in ("damaged", "unsupported")


def test_flipped_bytes_never_escape() -> None:
    """Whatever is broken in the file, the answer is a Source or a ReadError."""
    data, luck, outcomes = whole(), random.Random(7), set()
    used = [i for i, byte in enumerate(data) if byte]
    for _ in range(600):
        broken = bytearray(data)
        for at in luck.sample(used, 3):
            broken[at] = luck.randrange(256)
        try:
            outcomes.add(source(bytes(broken)).format)
        except ReadError as error:
            outcomes.add(error.code)
    assert {"doc", "damaged"} <= outcomes


def plain(line: Line) -> Line:
    """LibreOffice writes sizes of its own styles."""
    return replace(line, size=None)


def converted(path: Path, kind: str) -> Path:
    """The file in another format, by LibreOffice."""
    office, folder = soffice.program(), path.parent
    assert office is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return path.with_suffix("." + kind.partition(":")[0])


@needs_office
def test_twin_of_a_docx(tmp_path: Path) -> None:
    """Headings, lists, merged cells and a page header come out of both forms alike."""
    document = docx.Document()
    document.add_heading("一、工作情况", 1)
    document.add_paragraph("2023年3月，整改问题12个。")
    document.add_paragraph("逐项整改", style="List Number")
    document.add_paragraph("逐月调度", style="List Number")
    table = document.add_table(3, 3)
    for i, cell in enumerate(cell for line in table.rows for cell in line.cells):
        cell.text = f"第{i}格"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "两列"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "两行"
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.core_properties.title = "某局关于巡察整改情况的报告"
    document.save(str(tmp_path / "a.docx"))
    made, twin = readers.read(converted(tmp_path / "a.docx", "doc:MS Word 97")), readers.read(tmp_path / "a.docx")
    assert made.format == "doc"
    assert [plain(line) for line in made.lines] == [plain(line) for line in twin.lines]
    assert (made.tables, made.hints) == (twin.tables, twin.hints)
    assert made.hints["property_title"] == "某局关于巡察整改情况的报告"
    assert made.lines[2].automatic


@needs_office
def test_conversion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is left to LibreOffice; a day that a field fills in is said to be that of the conversion."""
    monkeypatch.setattr("extractor.readers.doc.WORD_97", 0x200)
    found = source(doc("整改问题12个。\r"))
    assert (found.format, texts(found), found.warnings) == ("doc", ["整改问题12个。"], ())
    document = docx.Document()
    document.add_paragraph()._p.append(parse_xml(docx_files.part("fldSimple", docx_files.run("2003年")).partition("?>")[2].replace("<w:fldSimple ", '<w:fldSimple w:instr=" DATE " ')))  # fmt: skip
    document.save(str(tmp_path / "a.docx"))
    dated = readers.read(converted(tmp_path / "a.docx", "doc:MS Word 97"))
    assert [warn.code for warn in dated.warnings] == ["converted"]
    assert dated.size == (tmp_path / "a.doc").stat().st_size


@pytest.mark.skipif(os.name != "posix", reason="the stand-ins for LibreOffice are shell commands")
def test_conversion_that_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that ends well and writes no file, as LibreOffice does when two share one profile."""
    monkeypatch.setattr("extractor.readers.doc.WORD_97", 0x200)
    monkeypatch.setattr(soffice, "program", lambda: shutil.which("true"))
    assert "could not read" in failure(doc("甲\r")).reason
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nsleep 60\n")
    slow.chmod(0o700)
    monkeypatch.setattr(soffice, "program", lambda: str(slow))
    monkeypatch.setattr(soffice, "_SECONDS", 0.2)
    assert "within" in failure(doc("甲\r")).reason


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no shared corpus here")
@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.doc")), ids=lambda path: path.name)
def test_corpus_twins(path: Path) -> None:
    made, twin = readers.read(path), readers.read(path.with_suffix(".docx"))
    assert (made.tables, made.warnings) == (twin.tables, twin.warnings)
    number_free = [replace(line, number=0) for line in made.lines]
    assert number_free == [replace(line, number=0) for line in twin.lines]
