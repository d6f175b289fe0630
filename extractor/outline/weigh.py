"""What speaks for and against each candidate marker where it stands: the costs that `solve` adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

from extractor.outline.markers import Marker
from extractor.outline.rulefile import HeadingRules
from extractor.rules import scan


class Cost(NamedTuple):
    """What it costs to take a candidate for a heading, or not to."""

    accept: float
    refuse: float


SURE, FAIR, POOR, NONE = Cost(0.0, 4.0), Cost(0.0, 2.5), Cost(1.0, 0.3), Cost(6.0, 0.0)  # at the head of a line
STOPPED, RUN_ON = Cost(0.3, 2.0), Cost(1.5, 1.0)  # within a line, after a stop or in the middle of a sentence
LINE, THEME, SHORT = 80, 60, 30  # the longest title: on a line of its own, before a body, within a line
NEAR = 12  # characters that a field's label takes
ITEM = 10  # the rank of (1): what it opens within a line is a sentence with figures more often than a title
COMMAS = 3  # a sentence with so many is no theme
STRUCTURED = 3  # so many markers at line heads, and one within a line must look like a heading all by itself
_AFTER_STOP = frozenset('。;:!?”"’」』)…\n')


def weigh(view: str, markers: Sequence[Marker], rules: HeadingRules) -> list[Marker]:
    """The candidates with their costs; measures under a label of fields are left out."""
    markers = _without_measures(view, markers, rules)
    heads = Counter(marker.style for marker in markers if marker.head)
    structured = heads.total() >= STRUCTURED
    opening = {(marker.style, marker.start) for marker in markers if marker.head}
    listing, stating = _listing(view, markers), _stating(view, markers, rules)
    found = []
    for before, marker, after in zip((None, *markers), markers, (*markers[1:], None), strict=False):
        if marker.start in listing:
            cost = POOR
        elif marker.head:
            cost = SURE if marker.style in stating else _at_head(view, marker, after, rules)
        elif heads[marker.style] > ((marker.style, view.rfind("\n", 0, marker.start) + 1) in opening):
            cost = NONE  # 1、…;2、… within a line of a paper that sets its 1、 at the heads of other lines
        else:
            cost = _in_line(view, marker, after, structured, rules)
            if cost is RUN_ON and before and _only_title(view[before.end : marker.start]):
                cost = STOPPED
        if cost is not NONE:
            found.append(replace(marker, accept=cost.accept, refuse=cost.refuse))
    return found


def _listing(view: str, markers: Sequence[Marker]) -> set[int]:
    """Where the items of bare lists begin: lines of one style, nothing between them, after a line with a colon."""
    found: set[int] = set()
    style = ""
    for marker, after in zip_longest(markers, markers[1:]):
        end = _line_end(view, marker)
        goes_on = after is not None and after.style == marker.style and after.start == end + 1
        opens = marker.head and goes_on and view.endswith(":\n", 0, marker.start)
        if (opens or style == marker.style) and not set("。:") & set(view[marker.end : end].rstrip("。")):
            found.add(marker.start)
            style = marker.style if goes_on else ""
        else:
            style = ""
    return found


def _stating(view: str, markers: Sequence[Marker], rules: HeadingRules) -> set[str]:
    """Styles of problems with fields below: 三、2处堆场无防尘设施。⏎责任单位:… The last of a list of measures may stand
    above a field too, but not most of a style."""
    heads = [marker for marker in markers if marker.head]
    ends = [(marker.style, _line_end(view, marker)) for marker in heads]
    above = Counter(style for style, end in ends if rules.says("below", view[end + 1 : end + NEAR]))
    return {style for style, count in Counter(style for style, _ in ends).items() if 1 < count < 2 * above[style]}


def _line_end(view: str, marker: Marker) -> int:
    end = view.find("\n", marker.end)
    return len(view) if end < 0 else end


def _without_measures(view: str, markers: Sequence[Marker], rules: HeadingRules) -> list[Marker]:
    """Numbered paragraphs that begin under 整改情况: are measures, up to a marker of a style known from before it."""
    labels = [match.end() for match in scan(rules.words["field"], view)]
    kept: list[Marker] = []
    known: set[str] = set()
    measures = ""
    for before, marker in zip((None, *markers), markers, strict=False):
        if measures and marker.style != measures and marker.style in known:
            measures = ""
        if not measures and marker.value == 1 and _labelled(view, before, marker, labels, rules):
            measures = marker.style
        if not measures:
            kept.append(marker)
            known.add(marker.style)
    return kept


def _labelled(view: str, before: Marker | None, marker: Marker, labels: Sequence[int], rules: HeadingRules) -> bool:
    """Does a field's label stand between two markers? 二、反馈问题整改情况: is a section's title, not a label."""
    start = before.end if before else 0
    label = next((label for label in labels if start < label <= marker.start), None)
    if label is None or before is None:
        return label is not None
    return "。" in view[start:label] or "\n" in view[start:label] or rules.quoted(view, start, _line_end(view, before))


def _at_head(view: str, marker: Marker, after: Marker | None, rules: HeadingRules) -> Cost:
    end = _line_end(view, marker)
    if marker.bare or marker.opens or rules.quoted(view, marker.end, end):
        return SURE
    words = view[marker.end : end].rstrip()
    label, colon, _ = words.partition(":")
    if colon and len(label) <= SHORT and not set(label) & set("。;,"):
        return POOR if rules.says("plain", label) else FAIR  # a term and what it means, a field and its value
    sentence, stop, rest = words.partition("。")
    next_line = after is not None and after.head and after.start <= end + 1
    if not words or words[-1] in ";,、" or ";" in sentence or rules.says("plain", sentence):
        return POOR
    if not stop:
        return POOR if len(words) > LINE else SURE
    if len(sentence) > THEME or sentence.count(",") >= COMMAS or marker.spaced:
        return POOR
    if after and after.style == marker.style and after.start == marker.end + len(sentence) + 1:
        return POOR  # 1.开展督办。2.做好维护。
    if rest:
        return FAIR
    if end == len(view):
        return POOR
    return POOR if next_line and after and not (after.value == 1 and after.style != marker.style) else FAIR


def _in_line(view: str, marker: Marker, after: Marker | None, structured: bool, rules: HeadingRules) -> Cost:
    limit = min(_line_end(view, marker), after.start if after else len(view))
    words = view[marker.end : limit].rstrip()
    if not words or ("。" not in words and words[-1] in ";,、"):
        return NONE
    if rules.quoted(view, marker.end, limit) or rules.known(view, marker.end, limit):
        return Cost(0.0, 3.0)
    sentence, _, rest = words.partition("。")
    if marker.rank >= ITEM and not rest and after and (after.style, after.start) == (marker.style, limit):
        return NONE  # (1)修订规则。(2)落实制度。
    if (structured and not _themed(words, rules)) or (
        marker.rank >= ITEM and not rest and rules.says("plain", sentence)
    ):
        return NONE
    return STOPPED if view[marker.start - 1] in _AFTER_STOP else NONE if structured else RUN_ON


def _only_title(words: str) -> bool:
    """Is what stands between two markers a title and nothing else?"""
    return 2 <= len(words) <= THEME and not set(words) & set("。;:")


def _themed(words: str, rules: HeadingRules) -> bool:
    """Does a body follow a short sentence that could be its title?"""
    sentence, _, rest = words.partition("。")
    return bool(rest) and 2 <= len(sentence) <= SHORT and not rules.says("plain", sentence)
