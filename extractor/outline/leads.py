"""Unnumbered leads: words at the head of a paragraph, or a line set apart, that open a section without a number.

One alone proves nothing: 稳定物价。 may be a short sentence. What makes it a heading is the company it keeps: other
paragraphs that open in the same form. Looks (a heading style, bold, a dash, a line of its own) are counted over the
whole document. Where the form of the words is all there is, neighbours in the same section count, and the document
must do so in a good part of its sections.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from extractor.outline.markers import LEAD, Marker
from extractor.outline.paragraphs import Paragraph
from extractor.outline.rulefile import HeadingRules
from extractor.outline.titles import trimmed
from extractor.text import Span

COST = 3.0  # to refuse a lead that its series has proved
THEME, LOOK = 34, 60  # the longest theme of a lead in plain print, and of one in bold or after a dash
BODY = 24  # what follows a theme in its paragraph is at least so long
SET_APART, LONG = 48, 60  # a line set apart is so short, and the paragraph after it so long
RANKS = {
    "lead-back": 1,
    "lead-style": LEAD,
    "lead-line": LEAD + 10,
    "lead-dash": LEAD + 11,
    "lead-bold": LEAD + 12,
    "lead-theme": LEAD + 13,
}
PAIR, ROW = 2, 3  # so many plain leads in a row, if they are a good part of their section; or so many anyway
LOOKS = {
    "lead-style": 1,
    "lead-back": 1,
    "lead-bold": 2,
    "lead-dash": 2,
    "lead-line": ROW,
}  # how many of a look prove one
SAME, SAID = 4, 40  # the words that sentences in a row share, and the longest of them
SHARE, SECTIONS = 0.5, 0.3  # a good part: of a section's paragraphs, of the document's sections


class Lead(NamedTuple):
    """A paragraph (its index in the section) that could begin with a lead, and what makes it one."""

    paragraph: int
    look: str
    words: Span


Section = Sequence[Paragraph]


def leads(view: str, paragraphs: Section, markers: Sequence[Marker], rules: HeadingRules) -> list[Marker]:
    """The leads of a document as markers without a number. `markers` are the numbered ones, weighed."""
    heads = {marker.start: marker for marker in markers if marker.head}
    sections = [
        [p for p in section if p.start not in heads and not p.closed and not rules.says("item", p.text)]
        for section in _sections(paragraphs, heads)
    ]
    looks = [_by_look(view, section, rules) for section in sections]
    count = Counter(lead.look for found in looks for lead in found.values())
    looks = [{i: lead for i, lead in found.items() if count[lead.look] >= LOOKS[lead.look]} for found in looks]
    forms = [_by_form(view, section, found, rules) for section, found in zip(sections, looks, strict=True)]
    usual = sum(map(bool, forms)) >= SECTIONS * sum(len(section) > PAIR for section in sections)
    return [
        _marker(lead, section[lead.paragraph])
        for section, found, form in zip(sections, looks, forms, strict=True)
        for lead in (*found.values(), *(form if usual or len(form) > ROW else ()))
    ]


def _marker(lead: Lead, paragraph: Paragraph) -> Marker:
    at, style, rank = lead.words.start, lead.look, RANKS[lead.look]
    if paragraph.outline and lead.look == "lead-style":
        style, rank = f"{style}/{paragraph.outline}", rank + paragraph.outline
    return Marker(at, at, style, rank, None, refuse=COST, words=lead.words)


def _sections(paragraphs: Section, heads: Mapping[int, Marker]) -> Iterator[list[Paragraph]]:
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


def _by_look(view: str, free: Section, rules: HeadingRules) -> dict[int, Lead]:
    """Paragraph → the lead that its looks make it."""
    found: dict[int, Lead] = {}
    for form in (_styled, _back, _bold, _dashed):
        for i in range(len(free)):
            lead = None if i in found else form(view, free, i, rules)
            if lead:
                found[i] = lead
    alone = {i: lead for i in range(len(free)) if i not in found and (lead := _set_apart(view, free, i, rules))}
    return found | alone if len(alone) >= ROW else found  # one sentence alone introduces its section


def _by_form(view: str, free: Section, found: Mapping[int, Lead], rules: HeadingRules) -> list[Lead]:
    """The leads that have nothing but the form of their words and the company of others."""
    themes = [lead for i in range(len(free)) if i not in found and (lead := _plain(view, free, i, rules))]
    kept = [
        lead
        for row in _rows(themes)
        if len(row) >= ROW or (len(row) >= PAIR and len(row) >= SHARE * len(free))
        for lead in row
    ]
    known = {*found, *(lead.paragraph for lead in kept)}
    return [*kept, *_alike(view, free, known)]


def _alike(view: str, free: Section, known: set[int]) -> list[Lead]:
    """Paragraphs in a row that open with the same words (五年来,我们…。 五年来,我们…。): a series, though sentences."""
    for first in range(len(free)):
        row: list[Lead] = []
        for i in range(first, len(free)):
            stop = free[i].text.find("。")
            same = free[i].text[:SAME] == free[first].text[:SAME]
            lead = (
                _lead(view, i, "lead-theme", free[i].start, free[i].start + stop)
                if same and SAME < stop <= SAID
                else None
            )
            if lead is None or i in known or len(free[i].text) - stop < BODY:
                break
            row.append(lead)
        if len(row) > ROW:
            return row
    return []


def _rows(themes: Sequence[Lead]) -> Iterator[list[Lead]]:
    """Runs of paragraphs that open with a theme, at most one other between two of them."""
    row: list[Lead] = []
    for lead in themes:
        if row and lead.paragraph - row[-1].paragraph > 2:
            yield row
            row = []
        row.append(lead)
    yield row


def _styled(view: str, free: Section, i: int, rules: HeadingRules) -> Lead | None:
    """A line that the file itself calls a heading."""
    return _lead(view, i, "lead-style", free[i].start, free[i].end) if free[i].outline else None


def _back(view: str, free: Section, i: int, rules: HeadingRules) -> Lead | None:
    """The line above what stands after the end."""
    return _lead(view, i, "lead-back", free[i].start, free[i].end) if rules.says("back", free[i].text) else None


def _bold(view: str, free: Section, i: int, rules: HeadingRules) -> Lead | None:
    p = free[i]
    start = p.start + _dash(p.text, rules)
    end = p.bold_from(start)
    if not 2 <= end - start <= LOOK:
        return None
    if end >= p.end:  # the whole line: something must follow that is not bold
        follows = i + 1 < len(free) and not free[i + 1].all_bold
        return _lead(view, i, "lead-bold", start, end) if follows or view[p.end - 1] == ":" else None
    closed = view[end - 1] in "。:" or view[end] in "。:,"
    return _lead(view, i, "lead-bold", start, end) if closed else None


def _dashed(view: str, free: Section, i: int, rules: HeadingRules) -> Lead | None:
    p = free[i]
    dash = _dash(p.text, rules)
    stop = p.text.find("。", dash) if dash else 0
    if not 0 < stop - dash <= LOOK:
        return None
    alone = i + 1 < len(free) and not _dash(free[i + 1].text, rules)
    if stop == len(p.text) - 1 and not alone:
        return None
    return _lead(view, i, "lead-dash", p.start + dash, p.start + stop)


def _set_apart(view: str, free: Section, i: int, rules: HeadingRules) -> Lead | None:
    """A short line of one sentence before a long paragraph."""
    p = free[i]
    if len(p.text) > SET_APART or "。" in p.text[:-1] or p.text[-1] in ":;,!?)|" or i + 1 == len(free):
        return None
    if len(free[i + 1].text) < LONG or rules.says("plain", p.text):
        return None
    return _lead(view, i, "lead-line", p.start, p.end)


def _plain(view: str, free: Section, i: int, rules: HeadingRules) -> Lead | None:
    p = free[i]
    stop = p.text.find("。")
    if not 4 <= stop <= THEME or len(p.text) - stop < BODY:
        return None
    theme = p.text[:stop]
    if rules.says("plain", theme) or rules.says("speech", theme):
        return None
    return _lead(view, i, "lead-theme", p.start, p.start + stop)


def _lead(view: str, i: int, look: str, start: int, end: int) -> Lead | None:
    start, end = trimmed(view, start, end)
    return Lead(i, look, Span(start, end)) if start < end else None


def _dash(text: str, rules: HeadingRules) -> int:
    """How many characters of dash stand at the head."""
    match = rules.words["dash"].match(text)
    return match.end() if match else 0
