"""Every place that could be a heading's marker, with what speaks for and against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractor.numerals import small
from extractor.outline.paragraphs import Paragraph
from extractor.outline.rulefile import HeadingRules, StyleRule
from extractor.rules import scan
from extractor.text import Span, taken

_DIGITS = ("", *"一二三四五六七八九")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = {char: i for i, char in enumerate("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", 1)}


@dataclass(frozen=True, slots=True)
class Marker:
    """A candidate: offsets of the view. `accept` and `refuse` are what it costs to take it for a heading or not.

    `prefix` are the numbers before the last in 1.2.3. An unnumbered lead is one too: its marker is empty, it has
    no value, and `words` are its title, known beforehand.
    """

    start: int
    end: int
    style: str
    rank: int
    value: int | None
    prefix: tuple[int, ...] = ()
    accept: float = 0.0
    refuse: float = 0.0
    head: bool = True
    repairable: bool = False
    bare: bool = False
    opens: str = ""
    words: Span | None = None


def candidates(view: str, paragraphs: Sequence[Paragraph], rules: HeadingRules, start: int = 0) -> list[Marker]:
    """All in `paragraphs`, from `start` on, that is printed like a marker and not refused by a rule."""
    places = [Span(p.start, p.end + 1) for p in paragraphs if not p.closed]
    refused = [Span(*match.span()) for match in scan(rules.words["refusal"], view)]
    found = []
    for match in scan(rules.markers, view, start):
        if taken(refused, Span(*match.span())) or not taken(places, Span(*match.span())):
            continue
        groups = {name: text for name, text in match.groupdict().items() if text is not None}
        style = rules.style[next(int(name[1:]) for name in groups if name[1:].isdigit())]
        marker = _marker(match.span(), groups, style, view)
        if marker and (marker.head or not style.head):
            found.append(marker)
    return found


def _marker(at: tuple[int, int], groups: Mapping[str, str], style: StyleRule, view: str) -> Marker | None:
    start, end = at
    head = start == 0 or view[start - 1] == "\n"
    prefix: tuple[int, ...] = ()
    name = style.id
    value: int | None
    if "path" in groups:
        *before, last = (int(part) for part in groups["path"].rstrip(".").split("."))
        prefix, value, name = tuple(before), last, f"{style.id}/{len(before)}"
    else:
        value = _value(
            next((groups[slot] for slot in ("cn", "ar", "circled", "roman", "letter") if slot in groups), "")
        )
    if value is None and not style.opens:
        return None
    return Marker(start, end, name, style.rank, value, prefix, head=head, repairable="ar" in groups or "cn" in groups,
                  bare=style.bare, opens=style.opens)  # fmt: skip


def _value(numeral: str) -> int | None:
    """The ordinal that a numeral prints: 十二, 12, ⑫, Ⅻ, B."""
    if numeral in _CIRCLED:
        return _CIRCLED.index(numeral) + 1 if numeral else None
    if numeral in _ROMAN:
        return _ROMAN[numeral]
    if len(numeral) == 1 and "A" <= numeral <= "Z":
        return ord(numeral) - ord("A") + 1
    return small(numeral)


def numbered_as(style: str, value: int) -> str:
    """The marker of a style with another number; a style's id is its marker with the number 1: (一) → (三)."""
    tens, ones = divmod(value, 10)
    chinese = ("十" if tens == 1 else _DIGITS[tens] + "十" if tens else "") + _DIGITS[ones]
    return style.partition("/")[0].replace("一", chinese).replace("1", str(value))
