"""Files that are dropped into the local application."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from served import FIRST, Served, extract, serving
from typer.testing import CliRunner

from extractor.cli import app

pytest.importorskip("uvicorn")


def test_files_are_read_and_failures_named(own: Served) -> None:
    report = "临溪县财政局工作总结\n一、情况\n2024年，举办培训班4期。\n".encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as book:
        book.writestr("里/丙.txt", report)
    sent = [("甲.txt", report), ("坏.docx", b"PK\x03\x04 broken"), ("空.txt", b""), ("一组.zip", buffer.getvalue())]
    answer = own.upload(*sent)
    assert (answer.status, answer.headers["location"]) == (303, "/uploads")
    said = {row.css_first("td").text(): row.text() for row in own.settled().page.css("tbody tr")}  # type: ignore[union-attr]
    assert "完整" in said["received/甲.txt"]
    assert "完整" in said["received/一组.zip/里/丙.txt"]
    assert "未读出" in said["received/坏.docx"]
    assert "是空文件" in said["空.txt"]
    assert (own.archive / "uploads" / "received" / "甲.txt").read_bytes() == report
    rows = {
        row["path"]: row for row in map(json.loads, (own.archive / "manifest.jsonl").read_text("utf-8").splitlines())
    }
    assert rows["received/甲.txt"]["root"] == "uploads"
    assert rows[FIRST]["removed"] is False
    assert "临溪县财政局工作总结" in own.get("/").text
    assert own.get("/search", words="培训班").page.css_first(".hits li")


def test_a_file_that_cannot_be_kept_does_not_keep_out_the_others(own: Served) -> None:
    own.upload(("空.txt", b""))
    page = own.settled()
    assert "是空文件" in page.text
    assert "没有读成" not in page.text
    kept = own.archive / "uploads" / "received"
    (kept / "甲.txt").mkdir(parents=True)
    own.upload(("甲.txt", "工作总结\n一、情况\n举办培训班4期。\n".encode()))
    assert "received/甲 (2).txt" in own.settled().text


def test_later_runs_keep_what_was_dropped_in(own: Served) -> None:
    own.upload(("甲.txt", "工作总结\n一、情况\n2024年，举办培训班4期。\n".encode()))
    own.settled()
    extract(own.archive.parent / "reports", "--out", own.archive, "--fresh")
    assert own.get("/report", file="received/甲.txt").status == 200
    extract(own.archive / "uploads", "--out", own.archive)
    assert own.get("/report", file="received/甲.txt").status == 200
    assert own.get("/report", file=FIRST).status == 200


def test_the_same_name_twice_is_two_files_unless_it_is_one(own: Served) -> None:
    first, second = (f"工作总结\n一、情况\n举办培训班{n}期。\n".encode() for n in (4, 5))
    for data in (first, second, first):
        own.upload(("甲.txt", data))
        own.settled()
    kept = sorted(file.name for file in (own.archive / "uploads" / "received").iterdir())
    assert kept == ["甲 (2).txt", "甲.txt"]
    assert not [file for file in own.archive.iterdir() if file.name.startswith(".")]


def test_an_archive_can_begin_with_a_dropped_file(tmp_path: Path) -> None:
    with serving(tmp_path / "new") as one:
        assert "还没有文件" in one.get("/").text
        for path in ("/search?words=a", "/ledger", "/compare", "/charts"):
            assert one.ask(path).status == 200
        one.upload(("甲.txt", "工作总结\n一、情况\n举办培训班4期。\n".encode()))
        one.settled()
        assert len(one.get("/").page.css("table.list tbody tr")) == 1


def test_a_folder_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x")
    result = CliRunner().invoke(app, ["serve", str(tmp_path)])
    assert result.exit_code == 1
    assert "no archive" in result.stderr
