"""JSON that reads back, CSV that a spreadsheet opens and never runs."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import extract_text
from extractor.records import Report
from extractor.writers.csv import CsvTables
from extractor.writers.json import to_json
from extractor.writers.plain import CELL, plain
from extractor.writers.rows import KINDS, columns

TEXT = """关于巡察整改情况的报告
一、组织落实情况
=HYPERLINK("http://x")共召开会议3次，投入1.2万元至1.5万元，截至2023年6月完成。
"""


@pytest.fixture(scope="module")
def report() -> Report:
    return extract_text(TEXT)


def tables(out: Path) -> dict[str, list[dict[str, str]]]:
    return {
        kind: list(csv.DictReader(io.StringIO((out / f"{kind}.csv").read_bytes().decode("utf-8-sig"), newline="")))
        for kind in KINDS
    }


def test_json_reads_back_equal(report: Report) -> None:
    assert Report.model_validate_json(to_json(report)) == report


def test_same_report_same_bytes(report: Report) -> None:
    assert to_json(extract_text(TEXT)) == to_json(report)


def test_csv_has_a_row_per_record(report: Report, tmp_path: Path) -> None:
    writer = CsvTables(tmp_path)
    writer.append(CsvTables.rows("a/报告.txt", report))
    writer.close()
    written = tables(tmp_path)
    assert {kind: len(rows) for kind, rows in written.items()} == {kind: len(getattr(report, kind)) for kind in KINDS}
    assert {row["file"] for rows in written.values() for row in rows} == {"a/报告.txt"}
    assert (tmp_path / "dates.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    low = next(row for row in written["quantities"] if row["text"] == "1.2万元至1.5万元")
    assert (low["value"], low["value_to"], low["unit"], low["section"]) == ("12000", "15000", "元", "一、组织落实情况")


def test_csv_files_appear_when_the_run_is_over(report: Report, tmp_path: Path) -> None:
    writer = CsvTables(tmp_path)
    writer.append(CsvTables.rows("a.txt", report))
    assert not (tmp_path / "dates.csv").exists()
    writer.close()
    assert {path.name for path in tmp_path.iterdir()} == {f"{kind}.csv" for kind in (*KINDS, "cells")}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_becomes_a_formula(start: str) -> None:
    assert plain(f"{start}1+1") == f"'{start}1+1"


@given(st.text())
def test_any_text_is_a_safe_cell(text: str) -> None:
    cell = plain(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert len(cell) <= CELL


def test_a_long_cell_is_cut_with_a_mark() -> None:
    assert plain("长" * 40_000).endswith("见 JSON）")


def test_numbers_stay_numbers() -> None:
    assert plain(-3.8) == -3.8


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_a_column(kind: str) -> None:
    names = columns(KINDS[kind])
    assert len(names) == len(set(names))
    assert set(KINDS[kind].model_fields) - {"span", "body", "text", "runs"} <= set(names)
