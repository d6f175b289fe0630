"""What a comparison says, in the words of its readers: one place for the page and the workbook."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath

from extractor import terms
from extractor.comparison.records import (
    Answered,
    Comparison,
    Copied,
    Fate,
    Kept,
    Kind,
    Member,
    Place,
    Presence,
    Scope,
    Series,
    Station,
)
from extractor.found import State
from extractor.terms import STATE

PART = {  # of a comparison, in the order in which they are made
    "indicators": "指标", "problems": "问题", "answers": "答复", "promises": "承诺", "dossiers": "问题档案", "reuse": "照抄",
}  # fmt: skip
SCOPE: dict[Scope, str] = {"achieved": "完成数", "target": "目标数", "period": "多年累计"}
KIND: dict[Kind, str] = {"value": "数值", "growth": "增减", "count": "个数"}
TREND = {"kept": "延续", "new": "新出现", "dropped": "不再出现"}
FATE: dict[Fate, str] = {"returned": "屡查屡犯", "persisting": "仍在提", "new": "新提出", "gone": "不再提"}
KEPT: dict[Kept, str] = {"not_mentioned": "未见下文", "partly": "部分兑现", "repeated": "再次承诺", "kept": "已兑现"}
ANSWERED: dict[Answered, str] = {
    "not_answered": "未回应", "softened": "说轻了", "partly": "部分回应", "not_found": "反馈所无", "answered": "已回应",
}  # fmt: skip
COPIED: dict[Copied, str] = {"disguised": "改名换数", "exact": "逐字相同", "near": "大同小异"}
PRESENCE: dict[Presence, str] = {"missing": "缺", "unreadable": "读不出", "twice": "重复", "present": "有"}
SWAP = {"body": "单位", "person": "人名", "place": "地名", "date": "日期", "figure": "数字"}
ROLE = {"feedback": "反馈", "report": "报告"}
CHIP = {
    "returned": "bad", "persisting": "open", "new": "plan", "gone": "none",
    "not_mentioned": "bad", "partly": "open", "repeated": "plan", "kept": "good",
    "not_answered": "bad", "softened": "open", "not_found": "none", "answered": "good",
    "disguised": "bad", "exact": "open", "near": "plan",
    "missing": "bad", "unreadable": "bad", "twice": "open", "present": "good",
    "completed": "good", "mostly_completed": "good", "ongoing": "open", "not_completed": "bad", "dropped": "none",
}  # fmt: skip


class Names:
    """Files by the shortest end of their path that no other has, and where words stand in them."""

    def __init__(self, comparison: Comparison) -> None:
        files = [PurePosixPath(report.file) for report in comparison.reports]
        shared = Counter(ending for file in files for ending in _endings(file))
        self.short = [next((one for one in _endings(file) if shared[one] == 1), str(file)) for file in files]
        self.formats = [report.format for report in comparison.reports]
        self.titles = {(m.report, m.doc): m.title for one in comparison.series for m in one.members}

    def where(self, place: Place) -> str:
        """Page, paragraph or line, characters: `第2页，全文第7段第3—8字`."""
        return terms.places(place.source, self.formats[place.report])

    def title(self, place: Place) -> str:
        """Of a document that is not the only one of its file; else the file's name tells enough."""
        return self.titles.get((place.report, place.doc), f"第 {place.doc + 1} 篇") if place.doc else ""


def short(words: str, length: int) -> str:
    """On one line, cut to `length` characters."""
    words = " ".join(words.split())
    return words if len(words) <= length else f"{words[:length]}…"


def _endings(file: PurePosixPath) -> list[str]:
    """From the name alone to the whole path."""
    return ["/".join(file.parts[-n:]) for n in range(1, len(file.parts) + 1)]


def members(comparison: Comparison) -> dict[int, list[tuple[Series, Member]]]:
    """The series that each report was put into."""
    found: dict[int, list[tuple[Series, Member]]] = {}
    for one in comparison.series:
        for member in one.members:
            found.setdefault(member.report, []).append((one, member))
    return found


def stated(station: Station, again: bool) -> str:
    """What a report did with a problem, by sign and word: ○ first, ● again, then the state it claims."""
    sign = "● 又提出" if again else "◇ 反馈指出" if station.role == "feedback" else "○ 提出"
    signs: dict[State, str] = {"completed": "✓", "mostly_completed": "✓", "ongoing": "…", "not_completed": "✗"}
    return f"{sign} {signs[station.state]} {STATE[station.state]}" if station.state else sign
