"""The comparison workbook as an auditor opens it: equal to the JSON, numbers as numbers, no formula, no lost text."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from comparisons import EVIL, hostile, samples

from extractor.comparison.records import Comparison, Place
from extractor.comparison.workbook import to_xlsx
from extractor.comparison.workbook.tables import tables
from extractor.writers.plain import CELL, clip

NAMES = ["概览", "指标", "指标原文", "问题", "承诺", "答复", "问题档案", "照抄", "缺口", "疑问"]


@pytest.fixture(scope="module")
def made() -> Comparison:
    return samples()


@pytest.fixture(scope="module")
def book(made: Comparison) -> openpyxl.Workbook:
    return opened(to_xlsx(made))


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def lines(book: openpyxl.Workbook, name: str) -> list[list[Any]]:
    """The rows below the head, an empty cell as an empty string."""
    return [
        ["" if value is None else value for value in line] for line in book[name].iter_rows(min_row=2, values_only=True)
    ]


def column(book: openpyxl.Workbook, name: str, head: str) -> list[Any]:
    heads = [one.value for one in book[name][1]]
    return [line[heads.index(head)] for line in lines(book, name)]


def test_a_sheet_a_question(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == NAMES
    for name in NAMES[1:]:
        assert book[name].freeze_panes == "A2"
        assert book[name].auto_filter.ref


@pytest.mark.parametrize("compared", [samples, hostile])
def test_it_reads_back_equal_to_its_rows(compared: Any) -> None:
    comparison = compared()
    book = opened(to_xlsx(comparison))
    for sheet in tables(comparison):
        wanted = [
            ["" if value is None else clip(value) if isinstance(value, str) else value for value in row.values]
            for row in sheet.rows
        ]
        assert lines(book, sheet.name)[: len(wanted)] == wanted
        assert all(len(row.values) == len(sheet.columns) for row in sheet.rows)


def test_figures_are_numbers_with_their_unit_beside(made: Comparison, book: openpyxl.Workbook) -> None:
    cells = [(row, int(year), cell) for row in made.indicators for year, cell in sorted(row.cells.items())]
    assert column(book, "指标原文", "印作") == [cell.text for _, _, cell in cells]
    assert column(book, "指标原文", "年度") == [year for _, year, _ in cells]
    assert column(book, "指标原文", "单位") == [cell.unit or "" for _, _, cell in cells]
    lows = [cell.value[0] if isinstance(cell.value, tuple) else cell.value for _, _, cell in cells]
    assert column(book, "指标原文", "数值") == ["" if low is None else low for low in lows]
    assert [name or "" for name in column(book, "指标", "指纹")] == [row.fingerprint for row in made.indicators]


def test_years_stand_side_by_side_in_one_unit(made: Comparison, book: openpyxl.Workbook) -> None:
    row = next(row for row in made.indicators if len({cell.unit for cell in row.cells.values()}) > 1)
    first, last = sorted(row.cells)[0], sorted(row.cells)[-1]
    i = [one.fingerprint for one in made.indicators].index(row.fingerprint)
    start, end = (column(book, "指标", year)[i] for year in (first, last))
    assert (end - start) / start * 100 == pytest.approx(row.changes[-1].rate, abs=0.01)
    assert column(book, "指标", "变化")[i] == pytest.approx(end - start)
    assert column(book, "指标", "变化率%")[i] == row.changes[-1].rate


def places(book: openpyxl.Workbook, sheet: str, at: int) -> list[list[Any]]:
    """File, place and sentence from column `at` on."""
    return [line[at : at + 3] for line in lines(book, sheet)]


def test_both_places_stand_in_a_row(made: Comparison, book: openpyxl.Workbook) -> None:
    def same(shown: list[Any], place: Place | None) -> None:
        if place is None:
            assert shown == ["", "", ""]
            return
        assert shown[0] == Path(made.reports[place.report].file).name
        assert f"{place.source[0].start + 1}" in shown[1]
        assert shown[2] == place.quote

    promises = zip(places(book, "承诺", 4), places(book, "承诺", 9), made.promises, strict=True)
    for left, right, promise in promises:
        same(left, promise.promise)
        same(right, promise.answer)
    for left, right, answer in zip(places(book, "答复", 3), places(book, "答复", 7), made.answers, strict=True):
        same(left, answer.finding)
        same(right, answer.answer)
    assert column(book, "照抄", "前文") == [row.left.text for row in made.reuse]
    assert column(book, "照抄", "后文") == [row.right.text for row in made.reuse]


def test_a_problem_has_a_row_for_each_step(made: Comparison, book: openpyxl.Workbook) -> None:
    for row in made.problems:
        years = sorted(map(int, row.stations))
        shown = [(line[2], line[9]) for line in lines(book, "问题") if line[-1] == row.fingerprint]
        assert shown == ([(years[0], "")] if len(years) == 1 else list(pairwise(years)))


def test_a_dossier_has_its_stations_and_contradictions(made: Comparison, book: openpyxl.Workbook) -> None:
    for dossier in made.dossiers:
        own = [line for line in lines(book, "问题档案") if line[-1] == dossier.id]
        assert [line[5] for line in own] == [
            *(one.text for one in dossier.stations),
            *("" for _ in dossier.contradictions),
        ]
        assert [line[-2] for line in own if line[-2]] == [one.message for one in dossier.contradictions]


def test_the_first_sheet_counts_and_links(made: Comparison, book: openpyxl.Workbook) -> None:
    totals = {line[0]: line[1] for line in lines(book, "概览")}
    assert f"屡查屡犯 {sum(row.fate == 'returned' for row in made.problems)}" in totals["问题"]
    links = {one.hyperlink.location for row in book["概览"].iter_rows() for one in row if one.hyperlink}
    assert links == {f"'{name}'!A1" for name in NAMES[1:]}
    assert {report.file for report in made.reports} <= totals.keys()


def test_no_cell_is_a_formula_and_no_long_text_is_lost(made: Comparison) -> None:
    long = made.promises[0].model_copy(update={"why": "=" + "长" * 40_000})
    book = opened(to_xlsx(hostile().model_copy(update={"promises": (long,)})))
    assert all(one.data_type != "f" for name in book.sheetnames for line in book[name].iter_rows() for one in line)
    shown = column(book, "承诺", "说明")[0]
    assert len(shown) <= CELL
    assert shown.endswith("全文见 JSON）")
    assert clip(EVIL) in str(column(book, "疑问", "说明")[0])


def test_the_same_comparison_gives_the_same_bytes(made: Comparison) -> None:
    assert to_xlsx(made) == to_xlsx(Comparison.model_validate_json(made.model_dump_json()))


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_it(made: Comparison, tmp_path: Path) -> None:
    (tmp_path / "comparison.xlsx").write_bytes(to_xlsx(made))
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "ods", "comparison.xlsx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    content = zipfile.ZipFile(tmp_path / "comparison.ods").read("content.xml").decode()
    assert made.promises[0].promise.text in content
    assert all(f'table:name="{name}"' in content for name in NAMES)
