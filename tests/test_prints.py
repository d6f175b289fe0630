"""Rectification reports in the prints of different offices, read from the text to the measures."""

from __future__ import annotations

import pytest

import extractor
from extractor.records import Report

LABELLED = """中共某市第二医院委员会关于市委巡视整改进展情况的通报
现将整改进展情况通报如下。
一、具体问题整改情况
问题（1）：挂号排队时间长。
责任部门：门诊部、信息科
完成时限：2024年10月底前
整改措施：
①优化预约系统，预约比例提高到82.6%。
②正在推进二期建设。
整改成效：满意度明显提升。
整改状态：基本完成
问题（2）：“大处方”问题时有发生。
责任部门：医务部
完成时限：长期坚持
整改措施：
①修订《处方点评管理办法》。
②拟将阳性率纳入考核。
整改状态：已完成
监督电话：010-12345678（工作日8:00-17:30）
"""
STATED = """中共某县水利局党组关于巡察整改情况的通报
现将整改情况通报如下。
一、巡察反馈问题整改情况
1.针对“供水工程管护薄弱”的问题。
（1）针对“水质检测不达标”的问题。一是更换设备14套；二是力争2024年底前联网。【整改完成情况：基本完成】
（2）针对“水费收缴率偏低”的问题。一是印发《水费收缴管理办法》；二是开展集中催缴。【整改完成情况：已完成】
二、下一步工作打算
一是持续压实责任。二是健全长效机制。
"""
RUN_IN = (
    "关于审计查出问题整改情况的报告现将整改情况报告如下。一、整改工作总体推进情况县政府高度重视，召开专题会议部署整改。"
    "二、审计查出问题的整改情况1.关于“三公”经费管理不规范的问题。7个部门补办手续86份。其余款项正在催收。"
    "2.关于部分资金拨付不及时的问题。县财政局已收回资金540万元。三、未完成整改的事项及原因未完成整改的8个问题中，"
    "5个属于历史遗留问题。四、下一步工作措施（一）压实整改责任。督促单位逐项制定整改计划。"
)


def problems(report: Report) -> list[tuple[str, str | None, str | None]]:
    return [(problem.text, problem.parent, problem.progress) for problem in report.problems]


def measures(report: Report) -> list[tuple[str | None, str, str]]:
    return [(measure.problem, measure.marker, measure.status) for measure in report.measures]


def test_labelled_problems_with_fields() -> None:
    report = extractor.extract_text(LABELLED)
    queue, bills = "挂号排队时间长", "“大处方”问题时有发生"
    assert [h.marker for h in report.headings if h.kind == "problem"] == ["问题(1):", "问题(2):"]
    assert problems(report) == [(queue, None, "基本完成"), (bills, None, "已完成")]
    assert measures(report) == [
        (queue, "①", "done"), (queue, "②", "ongoing"), (bills, "①", "done"), (bills, "②", "planned"),
    ]  # fmt: skip


def test_states_in_brackets_behind_the_measures() -> None:
    report = extractor.extract_text(STATED)
    whole, water, fees = "供水工程管护薄弱", "水质检测不达标", "水费收缴率偏低"
    assert problems(report) == [(whole, None, None), (water, whole, "基本完成"), (fees, whole, "已完成")]
    assert measures(report) == [
        (water, "一是", "done"), (water, "二是", "planned"), (fees, "一是", "done"), (fees, "二是", "done"),
        (None, "一是", "ongoing"), (None, "二是", "planned"),
    ]  # fmt: skip


@pytest.mark.parametrize("width", [0, 20, 24])
def test_text_run_into_one_line_or_cut_by_counting_characters(width: int) -> None:
    lines = [RUN_IN[at : at + width] for at in range(0, len(RUN_IN), width)] if width else [RUN_IN]
    report = extractor.extract_text("\n".join(lines))
    expenses, funds = "“三公”经费管理不规范", "部分资金拨付不及时"
    assert [h.title for h in report.headings if h.level == 1] == [
        "整改工作总体推进情况", "审计查出问题的整改情况", "未完成整改的事项及原因", "下一步工作措施",
    ]  # fmt: skip
    assert [problem.text for problem in report.problems] == [expenses, funds]
    assert measures(report) == [
        (None, "", "done"), (expenses, "", "done"), (expenses, "", "ongoing"), (funds, "", "done"), (None, "", "planned"),
    ]  # fmt: skip
