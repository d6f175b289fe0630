"""Unnumbered leads: words at the head of a paragraph, or a line set apart, that open a section without a number.

One alone proves nothing: 稳定物价。 may be a short sentence. What makes it a heading is the company it keeps: other
paragraphs that open in the same form. Looks (a heading style, bold, a dash, a line of its own) are counted over the
whole document. Where the form of the words is all there is, neighbours in the same section count, and the document
must do so in a good part of its sections.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile, zip_longest

from extractor.outline import forms
from extractor.outline.forms import Lead, Section
from extractor.outline.markers import LEAD, Marker
from extractor.outline.paragraphs import Paragraph
from extractor.outline.rulefile import HeadingRules

COST = 3.0  # to refuse a lead that its series has proved
RANKS = {
    "lead-listed": 1,
    "lead-back": 1,
    "lead-part": 1,
    "lead-anew": 1,
    "lead-style": LEAD,
    "lead-stated": LEAD + 10,
    "lead-line": LEAD + 10,
    "lead-dash": LEAD + 11,
    "lead-in": LEAD + 12,
}
PAIR, ROW = 2, 3  # so many plain leads in a row, if they are a good part of their section; or so many anyway
LOOKS = {
    "lead-style": 1,
    "lead-listed": 1,
    "lead-back": 1,
    "lead-part": 2,
    "lead-anew": 1,
    "lead-stated": 2,
    "lead-line": 2,
    "lead-dash": 2,
    "lead-in": 2,
}  # how many of a look prove one
RUN = 3  # numbers that a closed run has, where the next one stands below a title of its own
SAME, SAID = 4, 40  # the words that sentences in a row share, and the longest of them
SHARE, SECTIONS = 0.5, 0.3  # a good part: of a section's paragraphs, of the document's sections


def leads(view: str, paragraphs: Section, markers: Sequence[Marker], rules: HeadingRules) -> list[Marker]:
    """The leads of a document as markers without a number. `markers` are the numbered ones, weighed."""
    heads = {marker.start: marker for marker in markers if marker.head}
    taken = heads.keys() | _below_bare(paragraphs, heads)
    above = _above_restart(paragraphs, heads)
    sections = [
        [
            replace(p, restarts=p.start in above)
            for p in takewhile(lambda p: not rules.words["field"].match(p.text), section)
            if p.start not in taken and not p.closed and not rules.opens("item", p.text)
        ]
        for section in _sections(paragraphs, heads)
    ]
    looks = [_by_look(view, section, rules) for section in sections]
    count = Counter(lead.look for found in looks for lead in found.values())
    bold = _sets_in_bold(paragraphs, heads)
    looks = [{i: lead for i, lead in found.items() if _proven(view, lead, count, bold)} for found in looks]
    themes = [_by_form(view, section, found, rules) for section, found in zip(sections, looks, strict=True)]
    led = sum(bool(theme or found) for theme, found in zip(themes, looks, strict=True))
    usual = led >= SECTIONS * sum(len(section) > PAIR for section in sections)
    return [
        _marker(lead, section[lead.paragraph])
        for section, found, theme in zip(sections, looks, themes, strict=True)
        for lead in (*found.values(), *(theme if usual or len(theme) > ROW else ()))
    ]


def _below_bare(paragraphs: Section, heads: Mapping[int, Marker]) -> set[int]:
    """The lines that are titles of a marker above (附件⏎名词解释, 附录A⏎(资料性附录)⏎流程图)."""
    lines: set[int] = set()
    for p, below, third in zip_longest(paragraphs, paragraphs[1:], paragraphs[2:]):
        marker = heads.get(p.start)
        if below and marker and marker.opens == "part" and marker.end >= p.end:
            lines.add(below.start)
            if third and below.text[0] + below.text[-1] == "()":
                lines.add(third.start)
    return lines


def _above_restart(paragraphs: Section, heads: Mapping[int, Marker]) -> set[int]:
    """The lines before a second 一、 on the top level: what begins anew there has a title."""
    lines: set[int] = set()
    top, reached = "", 0
    for p, below in pairwise(paragraphs):
        marker = heads.get(below.start)
        if marker is None or marker.refuse <= 1 or not marker.value or marker.opens:
            continue
        top = top or marker.style
        if marker.style == top:
            if marker.value == 1 and reached >= RUN and p.start not in heads:
                lines.add(p.start)
            reached = marker.value
    return lines


def _sets_in_bold(paragraphs: Section, heads: Mapping[int, Marker]) -> bool:
    """Are numbered leads set in bold (**（一）项目进展。**全年…), so that a single one without a number is in its place?"""
    bold = [p for p in paragraphs if p.start in heads and p.start < p.bold_from(p.start) < p.end]
    return len(bold) >= PAIR


def _proven(view: str, lead: Lead, count: Mapping[str, int], bold: bool) -> bool:
    return count[lead.look] >= LOOKS[lead.look] or (bold and view.startswith("。", lead.words.end))


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
    for form in (
        forms.styled,
        forms.listed,
        forms.back,
        forms.anew,
        forms.parted,
        forms.stated,
        forms.set_off,
        forms.bold,
        forms.dashed,
    ):
        for i in range(len(free)):
            lead = None if i in found else form(view, free, i, rules)
            if lead:
                found[i] = lead
    if sum(lead.look == "lead-dash" for lead in found.values()) >= PAIR:
        found |= {
            i: lead for i in range(len(free)) if i not in found and (lead := forms.bare_dashed(view, free, i, rules))
        }
    alone = {i: lead for i in range(len(free)) if i not in found and (lead := forms.set_apart(view, free, i, rules))}
    return found | alone if len(alone) >= ROW else found  # one sentence alone introduces its section


def _by_form(view: str, free: Section, found: Mapping[int, Lead], rules: HeadingRules) -> list[Lead]:
    """The leads that have nothing but the form of their words and the company of others."""
    themes = [found.get(i) or forms.plain(view, free, i, rules) for i in range(len(free))]
    kept = [
        lead
        for row in _rows([lead for lead in themes if lead and lead.look == "lead-in"])
        if len(row) >= ROW or (len(row) >= PAIR and len(row) >= SHARE * len(free))
        for lead in row
        if lead.paragraph not in found
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
                forms.lead_at(view, i, "lead-in", free[i].start, free[i].start + stop)
                if same and SAME < stop <= SAID
                else None
            )
            if lead is None or i in known or len(free[i].text) - stop < forms.BODY:
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
