"""What a reader of the page sees of a record: Chinese words for its kind, value and place."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.found import Bound, CellState, Dimension, Modifier, Outcome, Severity
from extractor.records import Check, Date, Heading, Measure, Piece, Problem, Quantity, Record
from extractor.source import Part
from extractor.writers.ledger.rows import STATE, STATUS

BOUND: dict[Bound, str] = {"since": "{} 起", "until": "截至 {}", "after": "{} 之后"}
SEASON = {33: "第一季度", 34: "第二季度", 35: "第三季度", 36: "第四季度", 40: "上半年", 41: "下半年"}
BACK = {"Y": "年", "M": "个月", "W": "周", "D": "天"}
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
CELL_STATE: dict[CellState, str] = {
    "value": "", "empty": "空白", "slash": "斜杠", "zero": "零", "unreadable": "无法识读",
}  # fmt: skip
PART: dict[Part, str] = {
    "body": "", "cell": "", "footnote": "脚注", "endnote": "尾注", "textbox": "文本框", "header": "页眉", "footer": "页脚",
    "hidden": "隐藏文字", "deleted": "已删文字", "comment": "批注", "meta": "文件头", "outside": "正文之外",
}  # fmt: skip
PARAGRAPHS = frozenset({"docx", "doc", "rtf"})  # formats whose numbers count paragraphs; others count lines
ISSUE = {
    "cut": "文件不完整", "page": "有页面无法读取", "scan": "有页面是图像，未识别", "ocr": "识别结果存疑",
}  # fmt: skip
_PIECES = 3


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
        return f"此前 {value[1:-1]} {BACK[value[-1]]}"
    start, slash, end = value.partition("/")
    if slash:
        return f"{dated(start) if start != '..' else '此前'} 至 {dated(end) if end != '..' else '此后'}"
    year, _, month = value.partition("-")
    return f"{year} 年{SEASON[int(month)]}" if month.isdigit() and int(month) in SEASON else value


def amount(quantity: Quantity) -> str:
    """As a person writes it; a range with a dash, digits that are masked as such."""
    ends = quantity.value if isinstance(quantity.value, tuple) else (quantity.value,)
    return "–".join("（数字被隐去）" if end is None else number(end) for end in ends)


def number(value: float) -> str:
    return f"{value:,.6f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"


def places(source: Sequence[Piece], format: str) -> str:
    """Where it was read: page, table cell, paragraph or line, characters, all counted from 1."""
    named = [place(piece, format) for piece in source[:_PIECES]]
    more = f" 等 {len(source)} 处" if len(source) > _PIECES else ""
    return "；".join(named) + more


def place(piece: Piece, format: str) -> str:
    parts = [PART[piece.part], f"第 {piece.page} 页" if piece.page else ""]
    if piece.cell:
        parts.append(f"表 {piece.cell.table + 1} 第 {piece.cell.row + 1} 行第 {piece.cell.column + 1} 列")
    else:
        parts.append(f"第 {piece.number} {'段' if format in PARAGRAPHS else '行'}")
    last = f"–{piece.end}" if piece.end > piece.start + 1 else ""
    read = f"，识别置信度 {piece.ocr:.0%}" if piece.ocr is not None else ""
    return " ".join(part for part in parts if part) + f" 第 {piece.start + 1}{last} 字{read}"
