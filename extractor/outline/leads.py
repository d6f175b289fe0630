"""Unnumbered leads: words at the head of a paragraph, or a line set apart, that open a section without a number.

One alone proves nothing: 稳定物价。 may be a short sentence. What makes it a heading is the company it keeps: the
paragraphs beside it open in the same form. So leads are found as series, between two numbered headings. Looks (a
heading style, bold, a dash) need a shorter series than the form of the words alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.outline.markers import Marker
from extractor.outline.paragraphs import Paragraph
from extractor.outline.rulefile import HeadingRules
from extractor.outline.titles import trimmed
from extractor.text import Span

COST = 3.0  # to refuse a lead that its series has proved
THEME, LOOK = 34, 60  # the longest theme of a lead in plain print, and of one in bold or after a dash
BODY = 24  # what follows a theme in its paragraph is at least so long
SET_APART, LONG = 48, 60  # a line set apart is so short, and the paragraph after it so long
SERIES = {"#": 1, "**": 2, "——": 2, "set": 3, "same": 4, "plain": 2}
SHARE = 0.5  # of a section's paragraphs, where the form of the words is all there is
ROW = 3  # or so many in a row


class Lead(NamedTuple):
    """A paragraph that could be or begin with a lead; `look` is what makes it one."""

    paragraph: int
    look: str
    words: Span


def leads(view: str, paragraphs: Sequence[Paragraph], markers: Sequence[Marker], rules: HeadingRules) -> list[Marker]:
    """The leads of a document as markers without a number. `markers` are the numbered ones, weighed."""
    heads = {marker.start: marker for marker in markers if marker.head}
    found: list[Marker] = []
    for section in _sections(paragraphs, heads):
        free = [p for p in section if p.start not in heads and not p.closed and not rules.says("item", p.text)]
        for lead in _series(view, section, free, rules):
            found.append(_marker(lead, free[lead.paragraph]))
    return found


def _marker(lead: Lead, paragraph: Paragraph) -> Marker:
    style = f"#{paragraph.outline}" if lead.look == "#" else lead.look
    at = lead.words.start
    return Marker(at, at, style, 0, None, refuse=COST, words=lead.words)


def _sections(paragraphs: Sequence[Paragraph], heads: dict[int, Marker]) -> Iterator[list[Paragraph]]:
    """The paragraphs between two likely headings."""
    section: list[Paragraph] = []
    for paragraph in paragraphs:
        marker = heads.get(paragraph.start)
        if marker and marker.refuse > 1:
            yield section
            section = []
        else:
            section.append(paragraph)
    yield section


def _series(view: str, section: Sequence[Paragraph], free: Sequence[Paragraph], rules: HeadingRules) -> list[Lead]:
    found: dict[int, Lead] = {}
    for look, form in (("#", _styled), ("**", _bold), ("——", _dashed), ("set", _set_apart)):
        claims = [lead for i in range(len(free)) if i not in found and (lead := form(view, free, i, rules))]
        if len(claims) >= SERIES[look]:
            found |= {lead.paragraph: lead for lead in claims}
    for row in _rows(view, free, found, rules):
        if len(row) >= ROW or (len(row) >= SERIES["plain"] and len(row) >= SHARE * len(free)):
            found |= {lead.paragraph: lead for lead in row}
    return [found[i] for i in sorted(found)]


def _styled(view: str, free: Sequence[Paragraph], i: int, rules: HeadingRules) -> Lead | None:
    """A line that the file itself calls a heading."""
    p = free[i]
    return _lead(view, i, "#", p.start, p.end) if p.outline else None


def _bold(view: str, free: Sequence[Paragraph], i: int, rules: HeadingRules) -> Lead | None:
    p = free[i]
    start = p.start + _dash(p.text, rules)
    end = p.bold_from(start)
    if not 2 <= end - start <= LOOK:
        return None
    if end >= p.end:  # the whole line: something must follow that is not bold
        follows = i + 1 < len(free) and not free[i + 1].all_bold
        return _lead(view, i, "**", start, end) if follows or view[p.end - 1] in ":：" else None
    closed = view[end - 1] in "。:" or view[end] in "。:"
    return _lead(view, i, "**", start, end) if closed else None


def _dashed(view: str, free: Sequence[Paragraph], i: int, rules: HeadingRules) -> Lead | None:
    p = free[i]
    dash = _dash(p.text, rules)
    if not dash:
        return None
    stop = p.text.find("。", dash)
    alone = stop == len(p.text) - 1 and i + 1 < len(free) and not _dash(free[i + 1].text, rules)
    if not 0 < stop - dash <= LOOK or not (alone or stop < len(p.text) - 1):
        return None
    return _lead(view, i, "——", p.start + dash, p.start + stop)


def _set_apart(view: str, free: Sequence[Paragraph], i: int, rules: HeadingRules) -> Lead | None:
    """A short line of one sentence before a long paragraph."""
    p = free[i]
    if len(p.text) > SET_APART or "。" in p.text[:-1] or p.text[-1] in ":;,!?)" or i + 1 == len(free):
        return None
    if len(free[i + 1].text) < LONG or rules.says("plain", p.text) or rules.says("speech", p.text):
        return None
    return _lead(view, i, "set", p.start, p.end)


def _rows(view: str, free: Sequence[Paragraph], found: dict[int, Lead], rules: HeadingRules) -> Iterator[list[Lead]]:
    """Runs of paragraphs that open with a theme, at most one other between two of them."""
    row: list[Lead] = []
    for i in range(len(free)):
        lead = None if i in found else _plain(view, free, i, rules)
        if lead is None:
            continue
        if row and i - row[-1].paragraph > 2:
            yield row
            row = []
        row.append(lead)
    yield row


def _plain(view: str, free: Sequence[Paragraph], i: int, rules: HeadingRules) -> Lead | None:
    p = free[i]
    stop = p.text.find("。")
    if not 4 <= stop <= THEME or len(p.text) - stop < BODY:
        return None
    theme = p.text[:stop]
    if rules.says("plain", theme) or rules.says("speech", theme):
        return None
    return _lead(view, i, "plain", p.start, p.start + stop)


def _lead(view: str, i: int, look: str, start: int, end: int) -> Lead | None:
    start, end = trimmed(view, start, end)
    return Lead(i, look, Span(start, end)) if start < end else None


def _dash(text: str, rules: HeadingRules) -> int:
    """How many characters of dash stand at the head."""
    match = rules.words["dash"].match(text)
    return match.end() if match else 0
