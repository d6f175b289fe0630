"""Chinese words for fields and for the values that they may have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from extractor import terms
from extractor.terms import BOUND, DIMENSION, ISSUE, MODE, MODIFIER, OUTCOME, STATE, STATUS

FIELD = {
    "value": "取值", "bound": "界限", "unit": "单位", "dimension": "量纲", "modifier": "修饰", "noun": "所计之物",
    "state": "状态", "progress": "进展", "responsible": "责任", "deadline": "时限", "deadline_value": "时限取值",
    "mode": "整改类型", "status": "办理情况", "actor": "主体", "level": "级", "title": "标题", "kind": "类别",
    "indicator": "指标", "scope": "范围", "fate": "判断", "outcome": "结果", "stated": "所称", "found": "所见",
    "message": "说明",
}  # fmt: skip
KIND = terms.KIND | {
    "indicators": "指标", "promises": "承诺", "answers": "答复", "contradictions": "矛盾", "reuse": "照抄",
}  # fmt: skip
READ = {"ok": ("good", "完整"), "partial": ("open", "不完整"), "failed": ("bad", "未读出")}
DECISION = {"right": ("good", "对"), "wrong": ("bad", "错"), "edited": ("plan", "已改")}
CODE = ISSUE | {
    "missing": "找不到", "empty": "空文件", "binary": "不是文本", "encrypted": "有密码", "damaged": "文件损坏",
    "too_large": "太大", "unsupported": "不支持的格式", "ambiguous": "格式无法判定", "denied": "无权读取",
    "timeout": "读取超时", "memory": "占用内存过多", "crashed": "读取中断", "defect": "程序缺陷", "unsafe": "文件名不合规",
}  # fmt: skip
_VALUES: dict[str, Mapping[Any, str]] = {
    "bound": BOUND, "dimension": DIMENSION, "modifier": MODIFIER, "state": STATE, "mode": MODE, "status": STATUS,
    "outcome": OUTCOME,
    "scope": {"achieved": "完成数", "target": "目标数", "period": "多年合计"},
    "kind": {
        "section": "章节", "problem": "问题", "value": "数值", "growth": "增速", "count": "个数",
        "exact": "原样", "near": "相近", "disguised": "改头换面",
    },
    "fate": {
        "returned": "再次出现", "persisting": "延续", "new": "新出现", "gone": "不再出现", "kept": "兑现", "partly": "部分",
        "repeated": "又提一次", "not_mentioned": "未再提及", "answered": "已答复", "not_answered": "未答复",
        "softened": "淡化", "not_found": "反馈中没有",
    },
}  # fmt: skip


def word(field: str, value: str) -> str:
    return _VALUES.get(field, {}).get(value, value)
