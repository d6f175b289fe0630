"""What auditors call things: kinds of checks, outcomes, places."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from extractor.checks.ground import Kind
from extractor.found import Outcome
from extractor.records import Piece
from extractor.source import Part

KINDS: dict[Kind, str] = {
    "total": "问题总数与逐条所列问题的核对",
    "listed": "所称件数与所列文件的核对",
    "parts": "总数与其各部分的核对",
    "rate": "完成率与所列数字的核对",
    "numbering": "序号连续性的核对",
    "off-calendar": "日期真实性的核对",
    "after-report": "办理日期与落款日期的核对",
    "range": "起讫日期先后的核对",
    "unanswered": "问题与整改措施的核对",
    "annex": "所提附件与文后附件的核对",
    "placeholder": "未填写之处的核对",
    "table-sum": "表中合计与各部分之和的核对",
    "table-tree": "表中上级科目与下级科目的核对",
    "table-relation": "表中勾稽关系的核对",
    "table-total": "文中总计与表中总计的核对",
    "compared": "所称大小与所列数字的核对",
}
OUTCOMES: dict[Outcome, str] = {
    "holds": "相符",
    "broken": "不符",
    "cannot_tell": "无从核对",
    "not_applicable": "不适用",
}
_PARTS: dict[Part, str] = {"footnote": "脚注", "endnote": "尾注", "textbox": "文本框"}
_LINES = ("txt", "md")  # formats of which an editor counts lines


def where(pieces: Sequence[Piece], format: str) -> str:
    """第3页第12段第5—9字；表2第4行第1列: pages, paragraphs, rows and characters from 1."""
    return "；".join(
        _place(list(run), format) for _, run in groupby(pieces, key=lambda p: (p.page, p.part, p.number, p.cell))
    )


def _place(pieces: Sequence[Piece], format: str) -> str:
    first, last = pieces[0], pieces[-1]
    page = f"第{first.page}页" if first.page else ""
    if first.cell:
        return f"{page}表{first.cell.table + 1}第{first.cell.row + 1}行第{first.cell.column + 1}列"
    line = "行" if format in _LINES else "段"
    characters = f"{first.start + 1}—{last.end}" if last.end > first.start + 1 else f"{last.end}"
    return f"{page}{_PARTS.get(first.part, '')}第{first.number}{line}第{characters}字"
