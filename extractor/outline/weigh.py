"""What speaks for and against each candidate marker where it stands: the costs that `solve` adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
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
LINE, THEME = 80, 60  # the longest title on a line of its own, and before a body
STRUCTURED = 3  # so many markers at line heads, and those within lines are no headings
_AFTER_STOP = frozenset('。;:!?”"’」』)…\n')


def weigh(view: str, markers: Sequence[Marker], rules: HeadingRules) -> list[Marker]:
    """The candidates with their costs; measures under a label of fields are left out."""
    markers = _without_measures(view, markers, rules)
    heads = Counter(marker.style for marker in markers if marker.head)
    structured = heads.total() >= STRUCTURED
    found = []
    for i, marker in enumerate(markers):
        after = markers[i + 1] if i + 1 < len(markers) else None
        if marker.head:
            cost = _at_head(view, marker, after, rules)
        elif structured or heads[marker.style] > 1:
            cost = NONE
        else:
            cost = _in_line(view, marker, after, rules)
        found.append(replace(marker, accept=cost.accept, refuse=cost.refuse))
    return found


def _without_measures(view: str, markers: Sequence[Marker], rules: HeadingRules) -> list[Marker]:
    """Numbered paragraphs that begin under 整改情况: are measures, up to a marker of a style known from before it."""
    labels = [match.end() for match in scan(rules.words["field"], view)]
    kept: list[Marker] = []
    known: set[str] = set()
    measures, last = "", 0
    for marker in markers:
        if measures and marker.style != measures and marker.style in known:
            measures = ""
        if not measures and marker.value == 1 and any(last <= label <= marker.start for label in labels):
            measures = marker.style
        if not measures:
            kept.append(marker)
            known.add(marker.style)
        last = marker.start + 1
    return kept


def _at_head(view: str, marker: Marker, after: Marker | None, rules: HeadingRules) -> Cost:
    end = view.find("\n", marker.end)
    end = len(view) if end < 0 else end
    if marker.bare or marker.opens or rules.quoted(view, marker.end, end):
        return SURE
    words = view[marker.end : end].rstrip()
    sentence, stop, rest = words.partition("。")
    next_line = after is not None and after.head and after.start <= end + 1
    if not words or words[-1] in ";,、" or rules.says("plain", sentence):
        return POOR
    if not stop:
        return POOR if len(words) > LINE or (next_line and _listed(view, marker)) else SURE
    if len(sentence) > THEME:
        return POOR
    if rest:
        return FAIR
    if end == len(view):
        return POOR
    return POOR if next_line and after and not (after.value == 1 and after.style != marker.style) else FAIR


def _listed(view: str, marker: Marker) -> bool:
    """Does the line before end in a colon, as before a list?"""
    return view[max(0, marker.start - 2) : marker.start] == ":\n"


def _in_line(view: str, marker: Marker, after: Marker | None, rules: HeadingRules) -> Cost:
    end = view.find("\n", marker.end)
    limit = min(len(view) if end < 0 else end, after.start if after else len(view))
    words = view[marker.end : limit].rstrip()
    if not words or ("。" not in words and words[-1] in ";,、"):
        return NONE
    if rules.quoted(view, marker.end, limit) or rules.known(view, marker.end, limit):
        return Cost(0.0, 3.0)
    if view[marker.start - 1] in _AFTER_STOP:
        return STOPPED
    return RUN_ON
