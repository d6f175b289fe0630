"""The numbers that a browser prints before the items of a list."""

from __future__ import annotations

from extractor.readers.docx.counting import number
from extractor.readers.html.tree import Page

# CSS list-style-type → (Word's name of the same numbers, what stands after them)
_STYLES = {
    "decimal": ("decimal", ". "),
    "decimal-leading-zero": ("decimalZero", ". "),
    "lower-alpha": ("lowerLetter", ". "),
    "lower-latin": ("lowerLetter", ". "),
    "upper-alpha": ("upperLetter", ". "),
    "upper-latin": ("upperLetter", ". "),
    "lower-roman": ("lowerRoman", ". "),
    "upper-roman": ("upperRoman", ". "),
    "cjk-decimal": ("ideographDigital", "、"),
    "cjk-ideographic": ("chineseCountingThousand", "、"),
    "simp-chinese-informal": ("chineseCountingThousand", "、"),
    "trad-chinese-informal": ("chineseCountingThousand", "、"),
    "simp-chinese-formal": ("chineseLegalSimplified", "、"),
    "trad-chinese-formal": ("ideographLegalTraditional", "、"),
    "japanese-informal": ("japaneseCounting", "、"),
    "cjk-heavenly-stem": ("ideographTraditional", "、"),
    "cjk-earthly-branch": ("ideographZodiac", "、"),
}
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}


class Counters:
    """How far each ordered list of a page has counted."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._next: dict[int, int] = {}

    def marker(self, item: int) -> str:
        """What is printed before list item `item`; "" in a list with bullets or without any mark."""
        nodes = self._page.nodes
        node = nodes[item]
        if node.parent < 0 or nodes[node.parent].tag != "ol":
            return ""
        above = nodes[node.parent].attrs
        step = -1 if "reversed" in above else 1
        value = _whole(node.attrs.get("value", ""), self._next.get(node.parent))
        if value is None:
            value = _whole(above.get("start", ""), self._length(node.parent) if step < 0 else 1) or 0
        self._next[node.parent] = value + step
        kind = node.attrs.get("type") or above.get("type", "")
        style = _STYLES.get(node.look.marker or _TYPES.get(kind, "decimal"))
        return number(value, style[0]) + style[1] if style else ""

    def _length(self, ordered: int) -> int:
        return sum(self._page.nodes[i].tag == "li" for i in self._page.children(ordered))


def _whole(text: str, otherwise: int | None) -> int | None:
    text = text.strip()
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) < 6 else otherwise
