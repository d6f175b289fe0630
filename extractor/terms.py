"""What readers of reports call things: kinds of records, states, outcomes, and the place where words stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from extractor.found import Bound, CellState, Dimension, Mode, Modifier, Outcome, Severity, State, Status
from extractor.records import Piece
from extractor.source import Part

KIND = {
    "problems": "问题", "measures": "措施", "quantities": "数量", "dates": "日期", "headings": "标题", "checks": "自查",
}  # fmt: skip
HEADING = {"section": "章节", "problem": "问题"}
STATUS: dict[Status, str] = {"done": "已办", "ongoing": "正在推进", "planned": "计划中"}
STATE: dict[State, str] = {
    "completed": "已完成", "mostly_completed": "基本完成", "ongoing": "持续推进", "not_completed": "未完成",
}  # fmt: skip
MODE: dict[Mode, str] = {"immediate": "立行立改", "phased": "分阶段整改", "continuing": "持续整改"}
BOUND: dict[Bound, str] = {"since": "{} 起", "until": "截至 {}", "after": "{} 之后"}
MODIFIER: dict[Modifier, str] = {
    "about": "约", "near": "近", "over": "超过", "at_least": "不少于", "at_most": "不超过", "total": "共",
}  # fmt: skip
DIMENSION: dict[Dimension, str] = {
    "count": "个数", "money": "金额", "percent": "百分比", "percentage_point": "百分点", "ratio": "比例", "length": "长度",
    "area": "面积", "volume": "体积", "mass": "质量", "energy": "能量", "power": "功率", "duration": "时长",
    "temperature": "温度", "speed": "速度", "other": "其他",
}  # fmt: skip
OUTCOME: dict[Outcome, str] = {
    "broken": "不符", "cannot_tell": "无从核对", "holds": "相符", "not_applicable": "不适用",
}  # fmt: skip
SEVERITY: dict[Severity, str] = {"error": "错误", "warning": "警示", "info": "提示"}
FIELD = {
    "doc": "文档", "text": "原文", "start": "起", "end": "止", "source": "出处", "rule": "规则", "confidence": "可信度",
    "level": "层级", "parent": "上级问题", "responsible": "责任单位", "deadline": "时限", "deadline_value": "时限（EDTF）",
    "progress": "进展原文", "state": "归一状态", "as_of": "状态日期", "mode": "整改类型", "labels": "逐项字段",
    "problem": "对应问题", "marker": "序号", "status": "办理情况", "outputs": "制度、机构", "actor": "办理单位",
    "dates": "日期", "quantities": "数量", "recovered": "追缴清退", "accountable": "问责处理", "value": "值",
    "value_to": "值（上限）", "title": "标题", "kind": "种类", "repaired": "序号更正", "body_start": "正文起",
    "body_end": "正文止", "bound": "起讫", "cell": "单元格", "unit": "单位", "dimension": "量纲", "modifier": "修饰",
    "noun": "所数之物", "severity": "程度", "outcome": "结果", "stated": "所称", "found": "所得", "arithmetic": "算式",
    "message": "说明", "places": "对照之处", "fingerprint": "指纹", "section": "所在章节",
}  # fmt: skip
CELL_STATE: dict[CellState, str] = {
    "value": "", "empty": "空白", "slash": "斜杠", "zero": "零", "unreadable": "无法识读",
}  # fmt: skip
ISSUE = {
    "cut": "文件不完整", "page": "有页面无法读取", "scan": "有页面是图像，未识别", "ocr": "识别结果存疑",
}  # fmt: skip
PART: dict[Part, str] = {
    "body": "", "cell": "", "footnote": "脚注", "endnote": "尾注", "textbox": "文本框", "header": "页眉", "footer": "页脚",
    "hidden": "隐藏文字", "deleted": "已删文字", "comment": "批注", "meta": "文件头", "outside": "正文之外",
}  # fmt: skip
MOST = 3  # places that are named one by one
_LINES = ("txt", "md")  # formats of which an editor counts lines; of others it is paragraphs that are counted


def places(source: Sequence[Piece], format: str, most: int | None = MOST) -> str:
    """第2页，全文第12段第5—9字；表2第4行第1列: where words were read, everything counted from 1; `most` of them are named, all if None.

    Paragraphs are counted over the whole file, also where it has pages.
    """
    runs = list(_runs(source))
    more = f" 等 {len(runs)} 处" if most is not None and len(runs) > most else ""
    return "；".join(_place(run, format) for run in runs[:most]) + more


def _runs(source: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Pieces that stand in one paragraph, line or cell."""
    return (list(run) for _, run in groupby(source, key=lambda p: (p.page, p.part, p.number, p.cell)))


def _place(run: Sequence[Piece], format: str) -> str:
    first, last = run[0], run[-1]
    page = f"第{first.page}页，" if first.page else ""
    read = [piece.ocr for piece in run if piece.ocr is not None]
    recognised = f"（识别置信度 {min(read):.0%}）" if read else ""
    if first.cell:
        return f"{page}表{first.cell.table + 1}第{first.cell.row + 1}行第{first.cell.column + 1}列{recognised}"
    line = f"{'全文' if first.page else ''}第{first.number}{'行' if format in _LINES else '段'}"
    characters = f"{first.start + 1}—{last.end}" if last.end > first.start + 1 else f"{last.end}"
    return f"{page}{PART[first.part]}{line}第{characters}字{recognised}"
