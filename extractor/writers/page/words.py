"""What a reader of the page sees of a record: its value in Chinese words."""

from __future__ import annotations

from extractor.records import Check, Date, Heading, Measure, Problem, Quantity, Record
from extractor.terms import BOUND, MODIFIER, STATE, STATUS

_SEASON = {33: "第一季度", 34: "第二季度", 35: "第三季度", 36: "第四季度", 40: "上半年", 41: "下半年"}
_BACK = {"Y": "年", "M": "个月", "W": "周", "D": "天"}


def value(record: Record) -> str:
    """What was made of the words, on one line."""
    if isinstance(record, Date):
        return BOUND[record.bound].format(dated(record.value)) if record.bound else dated(record.value)
    if isinstance(record, Quantity):
        return " ".join(
            part for part in (record.modifier and MODIFIER[record.modifier], amount(record), record.unit) if part
        )
    if isinstance(record, Heading):
        return f"{record.level} 级{'问题' if record.kind == 'problem' else ''}标题"
    if isinstance(record, Problem):
        return STATE[record.state] if record.state else ""
    if isinstance(record, Measure):
        return STATUS[record.status]
    return record.message if isinstance(record, Check) else ""


def dated(value: str) -> str:
    """EDTF for people: 2022-36 is a quarter, / is 至, P3Y counts back from now; a day is what it was."""
    if value.startswith("P"):
        return f"此前 {value[1:-1]} {_BACK[value[-1]]}"
    start, slash, end = value.partition("/")
    if slash:
        return f"{dated(start) if start != '..' else '此前'} 至 {dated(end) if end != '..' else '此后'}"
    year, _, month = value.partition("-")
    return f"{year} 年{_SEASON[int(month)]}" if month.isdigit() and int(month) in _SEASON else value


def amount(quantity: Quantity) -> str:
    """As a person writes it; a range with a dash, digits that are masked as such."""
    ends = quantity.value if isinstance(quantity.value, tuple) else (quantity.value,)
    return "–".join("（数字被隐去）" if end is None else number(end) for end in ends)


def number(value: float) -> str:
    return f"{value:,.6f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
