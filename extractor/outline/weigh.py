"""What speaks for and against each candidate marker where it stands: the costs that `solve` adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extractor.outline.markers import Marker
from extractor.outline.rulefile import HeadingRules

# (to accept, to refuse)
SURE, FAIR, OPEN, POOR, NONE = (0.0, 4.0), (0.0, 2.5), (0.6, 0.8), (1.0, 0.3), (4.0, 0.0)
_AFTER_STOP = frozenset('。;:!?”"’」』)…\n')
THEME = 60  # a theme sentence is no longer


def weigh(view: str, markers: Sequence[Marker], rules: HeadingRules) -> list[Marker]:
    heads = Counter(marker.style for marker in markers if marker.head)
    structured = sum(heads.values()) >= 3
    found = []
    for i, marker in enumerate(markers):
        after = markers[i + 1] if i + 1 < len(markers) else None
        if marker.head:
            accept, refuse = _at_head(view, marker, after, rules)
        else:
            accept, refuse = _in_line(view, marker, after, structured or heads[marker.style] > 1, rules)
        found.append(replace(marker, accept=accept, refuse=refuse))
    return found


def _at_head(view: str, marker: Marker, after: Marker | None, rules: HeadingRules) -> tuple[float, float]:
    if marker.bare or marker.label:
        return SURE
    line = view.find("\n", marker.end)
    line = len(view) if line < 0 else line
    if line == marker.end:
        return POOR
    words = view[marker.end : line]
    stop = words.find("。")
    sentence = words if stop < 0 else words[:stop]
    if rules.quoted(view, marker.end, line):
        return SURE
    if words[-1] in ";,、" or rules.says("plain", sentence) or len(sentence) > 80:
        return POOR
    if stop < 0:
        return SURE
    if len(sentence) > THEME:
        return POOR
    if stop < len(words) - 1:
        return FAIR
    followed = after is not None and after.head and after.style == marker.style and after.start <= line + 1
    return POOR if followed or line == len(view) else FAIR


def _in_line(
    view: str, marker: Marker, after: Marker | None, structured: bool, rules: HeadingRules
) -> tuple[float, float]:
    if structured:
        return NONE
    line = view.find("\n", marker.end)
    limit = min(len(view) if line < 0 else line, after.start if after else len(view))
    words = view[marker.end : limit].rstrip()
    if not words or ("。" not in words and words[-1] in ";,、"):
        return NONE
    if view[marker.start - 1] in _AFTER_STOP or rules.quoted(view, marker.end, limit):
        return (0.3, 2.0)
    return (1.5, 1.0)
