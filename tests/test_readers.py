"""The registry: what is claimed by its bytes, and what a user is told of a file that cannot be read."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import docx_files
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import readers
from extractor.errors import ReadError
from extractor.readers.raw import LONGEST, Raw

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
WORD = docx_files.package(docx_files.para("一、工作情况"))


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le").ljust(128, b"\0")


def failure(path: Path) -> ReadError:
    with pytest.raises(ReadError) as caught:
        readers.read(path)
    return caught.value


def refuse(tmp_path: Path, name: str, data: bytes) -> ReadError:
    path = tmp_path / name
    path.write_bytes(data)
    return failure(path)


def test_text_file(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes("一、情况\r\n（一）问题".encode())
    source = readers.read(path)
    assert (source.name, source.format, source.encoding, source.replaced) == ("report.txt", "txt", "utf-8", 0)
    assert [(line.number, line.text, line.part) for line in source.lines] == [
        (1, "一、情况", "body"),
        (2, "（一）问题", "body"),
    ]
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert source.size == path.stat().st_size


def test_text_in_memory() -> None:
    source = readers.read_text("一、情况\n二、问题\n")
    assert (source.name, source.format, source.encoding) == ("text", "txt", "utf-8")
    assert [line.text for line in source.lines] == ["一、情况", "二、问题"]
    assert readers.read_text("\ufeff甲").lines[0].text == "甲"
    lone = readers.read_text("甲\ud800乙\0")
    assert (lone.lines[0].text, lone.replaced) == ("甲\ufffd乙\ufffd", 2)


def test_every_line_end() -> None:
    source = readers.read_text("a\r\nb\nc\rd\x0be\x0cf\x85g\u2028h\u2029i\n\nj")
    assert [line.text for line in source.lines] == [*"abcdefghi", "", "j"]
    assert [line.number for line in source.lines] == list(range(1, 12))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_lines_hold_all_the_text(text: str) -> None:
    ends = "\r\n\x0b\x0c\x85\u2028\u2029"
    expected = "".join(char for char in text.removeprefix("\ufeff").replace("\0", "\ufffd") if char not in ends)
    if expected.strip("\ufeff \t\u3000"):
        assert "".join(line.text for line in readers.read_text(text).lines) == expected
    else:
        with pytest.raises(ReadError, match="no text"):
            readers.read_text(text)


def test_suffix_tells_markdown_from_text(tmp_path: Path) -> None:
    for name, kind in {"a.md": "md", "b.MARKDOWN": "md", "c.txt": "txt", "d": "txt", "e.log": "txt"}.items():
        (tmp_path / name).write_text("# 标题", "utf-8")
        assert readers.read(tmp_path / name).format == kind


def test_content_goes_before_the_suffix(tmp_path: Path) -> None:
    for name in ("a.docx", "b.txt", "c", "d.doc"):
        (tmp_path / name).write_bytes(WORD)
        assert readers.read(tmp_path / name).format == "docx"


def test_comment_at_the_head_of_a_text_is_no_page(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("<!-- \n -->\n2020年工作总结", "utf-8")
    assert readers.read(tmp_path / "a.txt").format == "txt"


@pytest.mark.parametrize(
    ("name", "data", "code", "words"),
    [
        ("a.txt", b"", "empty", "empty"),
        ("a.txt", b"\xef\xbb\xbf \r\n\t", "empty", "empty"),
        ("a.txt", "\ufeff\u3000\n".encode("utf-16"), "empty", "no text"),
        ("a.docx", docx_files.package("<w:p/>"), "empty", "OCR"),
        ("a.txt", bytes(range(256)) * 40, "binary", "binary"),
        ("a.txt", b"\0\1\2\3", "binary", "binary"),
        ("a.txt", b"\x7fELF\2\1\1" + b"\0" * 50, "binary", "binary"),
        ("a.docx", "一、情况".encode(), "damaged", "plain text"),
        ("a.docx", b"\0\1\2" * 100, "damaged", ".docx"),
        ("a.docx", WORD[: len(WORD) // 2], "damaged", "cut off"),
        ("a.docx", docx_files.archive({"[Content_Types].xml": "<Types/>"}), "damaged", "word/document.xml"),
        ("a.docx", docx_files.archive({"[Content_Types].xml": "", "word/styles.xml": "<a/>"}), "damaged", "word/document.xml"),
        ("a.docx", ole("EncryptedPackage"), "encrypted", "password"),
        ("a.zip", docx_files.archive({"a.txt": "甲"}), "unsupported", "zip"),
        ("a.pdf", b"%PDF-1.7\n", "damaged", "PDF"),
        ("a.docx", b"%PDF-1.7\n", "damaged", "PDF"),
        ("a.doc", ole("WordDocument"), "damaged", "cut off"),
        ("a.wps", ole("MatOST"), "unsupported", "Works"),
        ("a.xls", ole("Workbook"), "unsupported", ".xls"),
        ("a.msg", OLE, "unsupported", "OLE2"),
        ("a.html", b"\xef\xbb\xbf\n<!DOCTYPE html><html>", "empty", "no text"),
        ("a.rtf", b"{\\rtf1 }", "empty", "no text"),
        ("a.xlsx", docx_files.archive({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "damaged", "xl/workbook.xml"),
        ("a.ofd", docx_files.archive({"OFD.xml": "<a/>"}), "empty", "no text"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 20, "unsupported", "OCR"),
        ("a.docx", docx_files.archive({"word/document.xml": "", "xl/workbook.xml": ""}), "ambiguous", "docx and xlsx"),
    ],
)  # fmt: skip
def test_refused(tmp_path: Path, name: str, data: bytes, code: str, words: str) -> None:
    error = refuse(tmp_path, name, data)
    assert error.code == code
    assert error.name == name
    assert words in error.reason
    assert "\n" not in str(error)


def test_path_without_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert failure(tmp_path / "none.txt").code == "missing"
    assert failure(tmp_path).code == "directory"
    assert failure(tmp_path / "a\0b").code == "missing"
    (tmp_path / "locked.txt").write_text("甲")

    def denied(path: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", denied)
    assert failure(tmp_path / "locked.txt").code == "denied"


def test_special_file(tmp_path: Path) -> None:
    import os

    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    os.mkfifo(tmp_path / "pipe")
    assert failure(tmp_path / "pipe").code == "unsupported"


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    error = refuse(tmp_path, "a.txt", b"a\n" + "整".encode() * (LONGEST + 1))
    assert (error.code, "line 2" in error.reason) == ("too_large", True)
    error = refuse(tmp_path, "a.md", b"| a |\n" + b"*" * (LONGEST + 1))
    assert error.code == "too_large"
    error = refuse(tmp_path, "a.docx", docx_files.package(docx_files.para("整" * (LONGEST + 1))))
    assert (error.code, "paragraph 1" in error.reason) == ("too_large", True)
    monkeypatch.setattr(readers, "LARGEST", 10)
    assert refuse(tmp_path, "b.txt", b"0123456789a").code == "too_large"


def test_zip_guards(tmp_path: Path) -> None:
    bomb = docx_files.archive({"word/document.xml": b" " * (30 << 20)})
    assert refuse(tmp_path, "a.docx", bomb).code == "too_large"
    many = docx_files.archive({"word/document.xml": "<a/>"} | {f"word/{i}": "" for i in range(2000)})
    assert "entries" in refuse(tmp_path, "a.docx", many).reason
    # a small file of one repeated paragraph is no bomb
    path = tmp_path / "b.docx"
    path.write_bytes(docx_files.package(docx_files.para("一、情况") * 20_000))
    assert len(readers.read(path).lines) == 20_000


def test_declared_size_over_the_limit(tmp_path: Path) -> None:
    """The sizes that the zip states are summed before anything is unpacked."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for i in range(3):
            out.writestr(f"word/{i}.xml", b"\0" * (70 << 20))
    assert "210 MB" in refuse(tmp_path, "a.docx", buffer.getvalue()).reason


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{w}"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>',
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><w:document xmlns:w="{w}"><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>',
        '<w:document xmlns:w="{w}"><w:body><w:p>',
        "",
        "no xml",
    ],
)
def test_hostile_or_broken_xml(tmp_path: Path, document: str) -> None:
    data = docx_files.archive({"word/document.xml": document.replace("{w}", docx_files.NAMES["w"])})
    error = refuse(tmp_path, "a.docx", data)
    assert error.code == "damaged"
    assert "passwd" not in str(error)


def test_deep_xml(tmp_path: Path) -> None:
    deep = "<w:ins>" * 5000 + "</w:ins>" * 5000
    assert refuse(tmp_path, "a.docx", docx_files.package(f"<w:p>{deep}</w:p>")).code == "damaged"


def test_flipped_bytes_never_escape(tmp_path: Path) -> None:
    """Whatever is broken in a zip, the answer is a Source or a ReadError."""
    outcomes = set()
    for at in range(0, len(WORD), 3):
        data = WORD[:at] + bytes([WORD[at] ^ 0x55]) + WORD[at + 1 :]
        (tmp_path / "a.docx").write_bytes(data)
        try:
            outcomes.add(readers.read(tmp_path / "a.docx").format)
        except ReadError as error:
            outcomes.add(error.code)
    assert "damaged" in outcomes
    assert "docx" in outcomes


def test_encrypted_zip_entry(tmp_path: Path) -> None:
    data = bytearray(WORD)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    assert refuse(tmp_path, "a.docx", bytes(data)).code == "encrypted"


def test_a_format_is_claimed_by_one_reader_only() -> None:
    samples = [
        WORD,
        b"%PDF-1.4",
        ole("WordDocument"),
        ole("EncryptedPackage"),
        b"{\\rtf1",
        b"<html>",
        b"MIME-Version: 1.0",
    ]
    for data in samples:
        assert sum(f.claims(Raw("a", data)) for f in readers.FORMATS) == 1


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no shared corpus here")
@pytest.mark.parametrize(
    "path",
    [p for s in ("doc", "docx", "html", "md", "ofd", "pdf", "txt") for p in sorted(CORPUS.glob(f"*.{s}"))],
    ids=lambda p: p.name,
)
def test_corpus_is_read(path: Path) -> None:
    source = readers.read(path)
    assert source.format == path.suffix[1:]
    assert source.warnings == ()
    assert sum(len(line.text) for line in source.lines) > 300
