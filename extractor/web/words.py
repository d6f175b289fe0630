"""Chinese words for fields and for the values that they may have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from extractor import terms
from extractor.comparison import terms as compared
from extractor.comparison.records import Answer, Indicator, Problem, Promise, Reuse
from extractor.records import Heading
from extractor.terms import BOUND, DIMENSION, HEADING, ISSUE, MODE, MODIFIER, OUTCOME, STATE, STATUS

FIELD = {
    "value": "取值", "bound": "界限", "unit": "单位", "dimension": "量纲", "modifier": "修饰", "noun": "所计之物",
    "state": "状态", "progress": "进展", "responsible": "责任", "deadline": "时限", "deadline_value": "时限取值",
    "mode": "整改类型", "status": "办理情况", "actor": "主体", "level": "级", "title": "标题", "kind": "类别",
    "indicator": "指标", "scope": "范围", "fate": "判断", "outcome": "结果", "stated": "所称", "found": "所见",
    "message": "说明",
}  # fmt: skip
KIND = terms.KIND | compared.PART | {"contradictions": "矛盾"}
STEP = {"series": "归入系列"} | compared.PART  # of a comparison
READ = {"ok": ("good", "完整"), "partial": ("open", "不完整"), "failed": ("bad", "未读出")}
DECISION = {"right": ("good", "对"), "wrong": ("bad", "错"), "edited": ("plan", "已改")}
CODE = ISSUE | {
    "missing": "找不到", "empty": "空文件", "binary": "不是文本", "encrypted": "有密码", "damaged": "文件损坏",
    "too_large": "太大", "unsupported": "不支持的格式", "ambiguous": "格式无法判定", "denied": "无权读取",
    "timeout": "读取超时", "memory": "占用内存过多", "crashed": "读取中断", "defect": "程序缺陷", "unsafe": "文件名不合规",
}  # fmt: skip
_VALUES: dict[str, Mapping[Any, str]] = {
    "bound": {bound: words.format("…") for bound, words in BOUND.items()}, "dimension": DIMENSION,
    "modifier": MODIFIER, "state": STATE, "mode": MODE, "status": STATUS, "outcome": OUTCOME, "scope": compared.SCOPE,
}  # fmt: skip
_OWN: dict[tuple[type[BaseModel], str], Mapping[Any, str]] = {  # of fields that records of several kinds have
    (Heading, "kind"): HEADING,
    (Indicator, "kind"): compared.KIND,
    (Problem, "fate"): compared.FATE,
    (Promise, "fate"): compared.KEPT,
    (Answer, "fate"): compared.ANSWERED,
    (Reuse, "kind"): compared.COPIED,
}


def word(model: type[BaseModel], field: str, value: str) -> str:
    """What readers call a value of a field; itself where any value may stand."""
    return (_OWN.get((model, field)) or _VALUES.get(field, {})).get(value, value)
