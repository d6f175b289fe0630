"""Every place that could be a heading's marker, with what speaks for and against it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractor.numerals import number, ordinal
from extractor.outline.paragraphs import Paragraph
from extractor.outline.rulefile import HeadingRules, StyleRule
from extractor.rules import TIMEOUT, scan
from extractor.text import Span, View

LEAD = 100  # markers without a number have ranks from here on
NEAR = 12  # so many characters around a marker say what it is part of


@dataclass(frozen=True, slots=True)
class Marker:
    """A candidate: offsets of the view. `accept` and `refuse` are what it costs to take it for a heading or not.

    `numeral` names the slot that a misprint may have kept (cn, ar); `prefix` are the numbers before the last in 1.2.3. An unnumbered lead is one too: its marker is empty, it has
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
    numeral: str = ""
    bare: bool = False
    spaced: bool = False
    opens: str = ""
    words: Span | None = None


def candidates(view: View, paragraphs: Sequence[Paragraph], rules: HeadingRules) -> list[Marker]:
    """All in `paragraphs` that is printed like a marker and not refused by a rule."""
    found: list[Marker] = []
    for paragraph in paragraphs:
        if not paragraph.closed:
            for at in _places(view.text, paragraph, rules):
                marker = _at(view, at, rules) if not found or at >= found[-1].end else None
                if marker:
                    found.append(marker)
    return _without_decimals(view, found)


def _without_decimals(view: View, found: list[Marker]) -> list[Marker]:
    """No section 1.5 without a section 1.4: where it is the only one, and no blank sets it off, it is 1.5 of a unit."""
    paths = [marker for marker in found if marker.prefix and not marker.opens]
    if len(paths) != 1 or paths[0].value == 1 or view.offset(paths[0].end) > view.offset(paths[0].end - 1) + 1:
        return found
    return [marker for marker in found if marker is not paths[0]]


def _places(view: str, paragraph: Paragraph, rules: HeadingRules) -> Iterator[int]:
    """Where a marker could begin: the head of the line, and a numeral before a stop or a bracket."""
    yield paragraph.start
    for match in scan(rules.inline, view, paragraph.start + 1, paragraph.end + 1):
        yield match.start()


def _at(view: View, at: int, rules: HeadingRules) -> Marker | None:
    match = rules.markers.match(view.text, at, timeout=TIMEOUT)
    if match is None or _refused(view.text, Span(*match.span()), rules):
        return None
    groups = {name: text for name, text in match.groupdict().items() if text is not None}
    style = rules.style[next(int(name[1:]) for name in groups if name[1:].isdigit())]
    if style.spaced and view.offset(match.end()) == view.offset(match.end() - 1) + 1:
        return None
    return _marker(match.span(), groups, style, view.text)


def _refused(view: str, span: Span, rules: HeadingRules) -> bool:
    near = scan(rules.words["refusal"], view, max(0, span.start - NEAR), span.end + NEAR)
    return any(span.overlaps(Span(*match.span())) for match in near)


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
        value = _value(groups)
    if value is None and not style.opens:
        return None
    return Marker(start, end, name, style.rank, value, prefix, head=head, numeral=next((slot for slot in ("cn", "ar") if slot in groups), ""),
                  bare=style.bare, spaced=style.spaced, opens=style.opens)  # fmt: skip


def _value(slots: Mapping[str, str]) -> int | None:
    """The ordinal that a numeral prints: 十二, 12, ⑫, XII, B."""
    if "letter" in slots:
        return ord(slots["letter"].upper()) - ord("A") + 1
    if "sign" in slots:
        return int(unicodedata.numeric(slots["sign"]))
    if "one" in slots:
        return 1
    if "latin" in slots:
        return _roman(slots["latin"])
    value = number(next((slots[name] for name in ("cn", "ar", "long") if name in slots), ""))
    return value if isinstance(value, int) else None


def _roman(surface: str) -> int:
    digits = [{"I": 1, "V": 5, "X": 10}[char] for char in surface]
    return sum(-low if low < high else low for low, high in zip(digits, [*digits[1:], 0], strict=True))


def numbered_as(style: str, value: int) -> str:
    """The marker of a style with another number; a style's id is its marker with the number 1: (一) → (三)."""
    return style.partition("/")[0].translate({ord("一"): ordinal(value), ord("1"): str(value)})
