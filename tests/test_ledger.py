"""The ledger as an office opens it: columns of its profile, equal to the JSON, no formula, no repair prompt."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest

from extractor import extract, extract_text, rules
from extractor.comparison.naming import body
from extractor.errors import RuleError
from extractor.records import Report
from extractor.terms import KIND
from extractor.writers.ledger import SHEETS, profile, workbook
from extractor.writers.ledger.rows import cell
from extractor.writers.ledger.rows import rows as ledger_rows
from extractor.writers.ledger.rulefile import LedgerRules
from extractor.writers.plain import CELL
from extractor.writers.rows import columns, row
from extractor.writers.sheets import height

SAMPLES = Path(__file__).parent.parent / "samples" / "reports"
PROFILES = [entry.id for entry in rules.load().of(LedgerRules).ledger]
HEADS = {
    "巡视巡察": "序号 突出问题 具体问题 整改举措 完成时限 牵头领导 牵头部门 进展情况",
    "审计": "审计项目名称 被审计单位 问题摘要 具体描述 涉及金额 问题定性依据 整改建议 整改类型 整改措施 完成时限 责任部门 责任人 "
    "整改进展情况 主要原因 下一步措施 整改结果 证明材料",
    "环保督察": "序号 整改任务 整改目标 整改措施 整改牵头单位 督导单位 整改时限 整改工作落实情况 工作成效",
    "任务分解": "序号 任务 牵头单位 配合单位 完成时限",
}


@pytest.fixture(scope="module")
def report() -> Report:
    """The sample whose problems have labelled fields."""
    return extract(SAMPLES / "rectification-lanxi-water-2021.txt")


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def sheet(book: openpyxl.Workbook, name: str) -> list[list[object]]:
    return [["" if value is None else value for value in line] for line in book[name].iter_rows(values_only=True)]


@pytest.mark.parametrize("name", PROFILES)
def test_columns_are_those_of_the_office(report: Report, name: str) -> None:
    heads = sheet(opened(workbook(report, profile(rules.load(), name))), "台账")[0]
    assert [str(head).removesuffix("（待填）") for head in heads] == HEADS[name].split()


def test_an_unknown_ledger_is_told_the_known_ones() -> None:
    with pytest.raises(RuleError, match="巡视巡察, 审计, 环保督察, 任务分解"):
        profile(rules.load(), "财政")


def test_a_row_is_a_problem_with_what_the_report_says_of_it(report: Report) -> None:
    _, first, *_ = lines = sheet(opened(workbook(report, profile(rules.load(), "巡视巡察"))), "台账")
    assert len(lines) == 1 + len(report.problems)
    problem = report.problems[0]
    assert first[2] == problem.text
    assert first[4] == problem.deadline
    assert first[7] == problem.progress == "已完成"
    measures = [m.text for m in report.measures if m.problem == problem.text]
    assert measures
    assert all(text in str(first[3]) for text in measures)


def test_leaders_come_from_their_own_label_and_stay_empty_without_one(report: Report) -> None:
    audit = profile(rules.load(), "审计")
    heads = [column.name for column in audit.columns]
    lines = sheet(opened(workbook(report, audit)), "台账")[1:]
    assert all(line[heads.index("责任人")] for line in lines)
    assert not any(line[heads.index("问题定性依据")] for line in lines)


@pytest.mark.parametrize("name", PROFILES)
def test_it_reads_back_equal_to_the_records(report: Report, name: str) -> None:
    chosen = profile(rules.load(), name)
    book = opened(workbook(report, chosen))
    wanted = [[cell(entry, column) for column in chosen.columns] for entry in ledger_rows(report, chosen)]
    got = [[str(value) for value in line] for line in sheet(book, "台账")[1:]]
    assert got == [[str(value) for value in line] for line in wanted]
    for kind, model in SHEETS.items():
        names = [column for column in columns(model) if column != "file"]
        records = [row(record, report) for record in getattr(report, kind)]
        expected = [["" if r[n] is None else str(r[n]) for n in names] for r in records]
        assert [[str(value) for value in line] for line in sheet(book, KIND[kind])[1:]] == expected


def test_same_report_same_bytes(report: Report) -> None:
    chosen = profile(rules.load(), "审计")
    assert workbook(report, chosen) == workbook(report, chosen)


def test_no_cell_is_a_formula_and_no_long_text_is_lost(report: Report) -> None:
    evil = report.problems[0].model_copy(update={"progress": "=cmd|'/c calc'!A0", "deadline": "长" * 40_000})
    changed = report.model_copy(update={"problems": (evil, *report.problems[1:])})
    book = opened(workbook(changed, profile(rules.load(), "巡视巡察")))
    line = sheet(book, "台账")[1]
    assert line[7] == "=cmd|'/c calc'!A0"
    assert all(one.data_type != "f" for name in book.sheetnames for r in book[name].iter_rows() for one in r)
    assert len(str(line[4])) <= CELL
    assert str(line[4]).endswith("全文见 JSON）")


def test_every_row_links_to_its_place(report: Report) -> None:
    data = workbook(report, profile(rules.load(), "巡视巡察"))
    book = opened(data)
    links = [book["台账"].cell(i, 1).hyperlink for i in range(2, 2 + len(report.problems))]
    assert [link.location for link in links] == [f"'来源'!A{i}" for i in range(2, 2 + len(report.problems))]
    assert sheet(book, "来源")[1][8].startswith("body ")


def test_the_header_is_frozen_filtered_and_what_people_fill_is_marked(report: Report) -> None:
    page = opened(workbook(report, profile(rules.load(), "审计")))["台账"]
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref
    assert "问题定性依据（待填）" in [one.value for one in page[1]]


def test_the_cover_has_the_totals_that_offices_report(report: Report) -> None:
    cover = dict(
        line[:2] for line in sheet(opened(workbook(report, profile(rules.load(), "巡视巡察"))), "封面") if line[0]
    )
    assert cover["问题数"] == str(len(report.problems)) == "9"
    assert cover["完成率（原文所称）"] == "8/9 = 88.9%"


def test_overdue_is_judged_at_the_date_of_the_state(report: Report) -> None:
    lines = sheet(opened(workbook(report, profile(rules.load(), "巡视巡察"))), "来源")
    heads, first = lines[0], lines[1]
    assert first[heads.index("归一状态")] == "已完成"
    assert first[heads.index("状态日期")]
    assert first[heads.index("逾期")] == "否"


def test_rows_are_as_high_as_their_text() -> None:
    assert height([("一" * 10, 11)]) < height([("一" * 11, 11)]) < height([("一\n二\n三\n四", 11)])
    assert height([("一" * 10_000, 11)]) == 409


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_it(report: Report, tmp_path: Path) -> None:
    (tmp_path / "台账.xlsx").write_bytes(workbook(report, profile(rules.load(), "审计")))
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "ods", "台账.xlsx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=120,
    )
    content = zipfile.ZipFile(tmp_path / "台账.ods").read("content.xml").decode()
    assert report.problems[0].text in content


def test_an_audit_ledger_names_the_body_that_the_report_is_of(report: Report) -> None:
    chosen = profile(rules.load(), "审计")
    heads = [column.name for column in chosen.columns]
    book = opened(workbook(report, chosen, body(report, "report.txt", rules.load())))
    assert {line[heads.index("被审计单位")] for line in sheet(book, "台账")[1:]} == {"岚溪县水务局"}


PLAN = """关于巡察整改情况的报告
一、整改落实情况
（一）强化工作部署
2023年3月5日召开专题会议，印发《整改工作方案》，成立整改工作领导小组。
（二）健全长效机制
正在修订《财务管理办法》，将于2023年12月底前印发。2024年3月，将开展回访。
"""


def test_a_deadline_is_no_day_on_which_something_was_done() -> None:
    chosen = profile(rules.load(), "环保督察")
    done, planned = ([cell(entry, c) for c in chosen.columns] for entry in ledger_rows(extract_text(PLAN), chosen))
    at = [column.name for column in chosen.columns].index("整改时限")
    assert (done[at], planned[at]) == ("", "2023年12月底、2024年3月")


def test_papers_stand_in_title_marks_as_printed() -> None:
    chosen = profile(rules.load(), "审计")
    first = ledger_rows(extract_text(PLAN), chosen)[0]
    column = next(column for column in chosen.columns if column.field == "outputs")
    assert cell(first, column) == "《整改工作方案》\n整改工作领导小组"


def test_sheets_show_words_and_no_records(report: Report) -> None:
    book = opened(workbook(report, profile(rules.load(), "审计")))
    cells = [str(cell) for name in book.sheetnames for line in sheet(book, name) for cell in line]
    assert not any(mark in cell for cell in cells for mark in ("Span(", "Sum(", "act=", "label="))
    assert any(cell.startswith("责任单位：") for cell in cells)
