"""Texts of one construct, as long as one likes: what takes longer per character the longer it gets is a hang."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count, islice

UNITS: dict[str, str] = {
    "opening brackets": "（",
    "closing brackets": "）",
    "brackets": "（一）",
    "square brackets": "〔2023〕",
    "book titles": "《",
    "titles of papers": "《学习制度》",
    "opening quotes": "“",
    "quotes": "“学习”",
    "straight quotes": '"',
    "digits": "1",
    "digits and points": "1.",
    "digits and commas": "1,000",
    "Chinese digits": "一",
    "circles": "〇",
    "tens": "十",
    "myriads": "万",
    "few": "几",
    "numerals and units": "三百二十万元",
    "dates": "2023年6月30日",
    "years": "2023年",
    "days of one year": "2023年6月1日、2日、3日",
    "ranges": "2021—2025年",
    "dashes": "—",
    "hyphens": "-",
    "tildes": "～",
    "dots": "……",
    "blanks": " ",
    "wide blanks": "\u3000",
    "zero width": "\u200b",
    "tabs": "\t",
    "blank lines": "\n",
    "blank lines with blanks": " \n",
    "a character and a blank": "年 ",
    "digit and blank": "1 ",
    "dots of a table of contents": ". . ",
    "one character": "字",
    "stops": "。",
    "commas": "，",
    "pauses": "、",
    "semicolons": "；",
    "colons": "：",
    "percent": "增长5.2%，",
    "money": "投入资金1.2万元，",
    "people": "党员12人、",
    "about": "约",
    "headings of four levels": "一、总体情况\n（一）学习不深入\n1.会议少\n（1）记录不全\n",
    "headings in one line": "一、学习不深入。二、会议少。",
    "headings that never count up": "一、总体情况\n",
    "headings in brackets": "（一）学习不深入\n",
    "headings in Arabic": "1.会议少\n",
    "markers alone": "一、\n",
    "markers in one line": "一、",
    "ordinals": "一是学习不深入；",
    "first": "第一，",
    "chapters": "第一章",
    "problems": "1.关于“学习不深入”的问题\n整改情况：已印发《学习制度》，召开会议3次。\n",
    "problems in one line": "关于“学习不深入”的问题",
    "labels": "责任人：张某\n",
    "labels in one line": "责任人：张某；整改时限：2023年6月；",
    "promises": "下一步，将",
    "short lines": "字\n",
    "lines that never stop": "坚持党的领导，加强学习，推动工作落实，" * 3 + "\n",
    "wrapped lines": "坚持党的领导加强学习推动工作落实坚持党的领导加强学习推动工作落\n",
    "sentences": "坚持党的领导，加强学习。",
    "one line again": "坚持党的领导，加强学习，推动各项工作落实到位。\n",
    "page numbers": "- 1 -\n",
    "table rows": "| 项目 | 金额 |\n",
    "rows of blanks": "项目    金额    备注\n",
    "links": "http://a.cn/",
    "tags": "<p>",
    "comments that never end": "<!--",
    "html entities": "&nbsp;",
    "stars": "**",
    "hashes": "#",
    "letters": "a",
    "words": "word ",
    "emoji": "😀",
    "combining": "\u0301",
    "right to left": "\u202e",
    "radicals": "⼀",
    "replacement": "\ufffd",
    "total": "其中：12人，",
    "of them": "共12件，其中信访件3件，",
    "masked": "202X年X月",
    "same": "同比增长",
    "places": "省市县区",
    "bodies": "市委、市政府",
    "and": "和",
    "of": "的",
}


def _numbered(form: str) -> Callable[[int], str]:
    def made(size: int) -> str:
        return "".join(islice((form.format(i) for i in count(1)), size // len(form) + 1))[:size]

    return made


def _repeated(unit: str) -> Callable[[int], str]:
    return lambda size: (unit * (size // len(unit) + 1))[:size]


COUNTED = {
    "headings that count up": "{0}.会议少\n整改情况：已召开会议{0}次。\n",
    "lines that differ": "第{0}项工作完成投资{0}万元。\n",
    "page numbers that count up": "第{0}页\n坚持党的领导，加强学习，\n",
    "sum of many": "其中：{0}人，",
    "dates that count up": "{0}年，",
}
CONSTRUCTS: dict[str, Callable[[int], str]] = {
    **{name: _repeated(unit) for name, unit in UNITS.items()},
    **{name: _numbered(form) for name, form in COUNTED.items()},
}
