"""The forms of a lead: each looks at one paragraph of a section, and at the one after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.outline.paragraphs import Paragraph
from extractor.outline.rulefile import HeadingRules
from extractor.outline.titles import trimmed
from extractor.text import Span

THEME, LOOK = 34, 60  # the longest theme of a lead in plain print, and of one in bold or after a dash
BODY = 24  # what follows a theme in its paragraph is at least so long
SET_APART, LONG = 48, 60  # a line set apart is so short, and the paragraph after it so long


class Lead(NamedTuple):
    """A paragraph (its index in the section) that could begin with a lead, and what makes it one."""

    paragraph: int
    look: str
    words: Span


Section = Sequence[Paragraph]


def styled(view: str, free: Section, i: int, rules: HeadingRules) -> Lead | None:
    """A line that the file itself calls a heading."""
    return lead_at(view, i, "lead-style", free[i].start, free[i].end) if free[i].outline else None


def listed(view: str, free: Section, i: int, rules: HeadingRules) -> Lead | None:
    """A line that the table of contents names."""
    return lead_at(view, i, "lead-listed", free[i].start, free[i].end) if free[i].listed else None


def back(view: str, free: Section, i: int, rules: HeadingRules) -> Lead | None:
    """The line above what stands after the end."""
    return lead_at(view, i, "lead-back", free[i].start, free[i].end) if rules.opens("back", free[i].text) else None


def parted(view: str, free: Section, i: int, rules: HeadingRules) -> Lead | None:
    """The line above one of the halves of a report."""
    return lead_at(view, i, "lead-part", free[i].start, free[i].end) if rules.says("parted", free[i].text) else None


def anew(view: str, free: Section, i: int, rules: HeadingRules) -> Lead | None:
    """The line between the end of one run of numbers and the beginning of the next."""
    p = free[i]
    words = p.text.rstrip(":")
    if not p.restarts or len(p.text) > THEME or set(words) & set("。,;:!?|"):
        return None
    if rules.says("plain", words) or rules.says("untitled", words) or rules.says("attached", p.text):
        return None
    if p.text != words and not (rules.says("parted", words) or rules.says("name", words)):
        return None
    return lead_at(view, i, "lead-anew", p.start, p.end)


def stated(view: str, free: Section, i: int, rules: HeadingRules) -> Lead | None:
    """针对“…”的问题。 at the head of a paragraph, or a line of its own."""
    p = free[i]
    if not rules.opens("stating", p.text):
        return None
    found = rules.problem(view, p.start, p.end)
    return lead_at(view, i, "lead-stated", p.start, found[1].end()) if found else None


def set_off(view: str, free: Section, i: int, rules: HeadingRules) -> Lead | None:
    """A line in bold or centred that something in plain print follows; at the head of a paper, a long paragraph."""
    p, after = free[i], free[i + 1] if i + 1 < len(free) else None
    colon, words = p.text[-1] == ":", p.text.rstrip(":")
    if not (p.all_bold or p.centred) or len(p.text) > LOOK or rules.says("plain", words):
        return None
    if colon:
        return None if rules.says("speech", words) else lead_at(view, i, "lead-line", p.start, p.end)
    opens = after is not None and not (after.all_bold or after.centred)
    if opens and after and not any(len(before.text) >= LONG for before in free[:i]):
        opens = len(after.text) >= LONG
    return lead_at(view, i, "lead-line", p.start, p.end) if opens else None


def bold(view: str, free: Section, i: int, rules: HeadingRules) -> Lead | None:
    """Words in bold at the head of a paragraph, up to a stop."""
    p = free[i]
    start = p.start + _dash(p.text, rules)
    end = p.bold_from(start)
    if not 2 <= end - start <= LOOK or end >= p.end:
        return None
    closed = view[end - 1] in "。:" or view[end] in "。:,"
    return lead_at(view, i, "lead-in", start, end) if closed else None


def dashed(view: str, free: Section, i: int, rules: HeadingRules) -> Lead | None:
    p = free[i]
    dash = _dash(p.text, rules)
    stop = p.text.find("。", dash) if dash else 0
    if not 0 < stop - dash <= LOOK:
        return None
    beside = [*free[max(0, i - 1) : i], *(free[i + 1 : i + 2] or (p,))]
    if stop == len(p.text) - 1 and any(_dash(other.text, rules) for other in beside):
        return None
    return lead_at(view, i, "lead-dash", p.start + dash, p.start + stop)


def bare_dashed(view: str, free: Section, i: int, rules: HeadingRules) -> Lead | None:
    """One sentence after a dash, among others that have more to say."""
    p = free[i]
    dash = _dash(p.text, rules)
    if not dash or p.text.find("。", dash) != len(p.text) - 1 or len(p.text) - dash > LOOK:
        return None
    return lead_at(view, i, "lead-dash", p.start + dash, p.end)


def set_apart(view: str, free: Section, i: int, rules: HeadingRules) -> Lead | None:
    """A short line of one sentence before a long paragraph."""
    p = free[i]
    if len(p.text) > SET_APART or "。" in p.text[:-1] or p.text[-1] in ":;,!?)|" or i + 1 == len(free):
        return None
    if len(free[i + 1].text) < LONG or rules.says("plain", p.text):
        return None
    return lead_at(view, i, "lead-line", p.start, p.end)


def plain(view: str, free: Section, i: int, rules: HeadingRules) -> Lead | None:
    p = free[i]
    stop = p.text.find("。")
    if not 4 <= stop <= THEME or len(p.text) - stop < BODY:
        return None
    theme = p.text[:stop]
    if rules.says("plain", theme) or rules.says("speech", theme):
        return None
    return lead_at(view, i, "lead-in", p.start, p.start + stop)


def lead_at(view: str, i: int, look: str, start: int, end: int) -> Lead | None:
    start, end = trimmed(view, start, end)
    return Lead(i, look, Span(start, end)) if start < end else None


def _dash(text: str, rules: HeadingRules) -> int:
    """How many characters of dash stand at the head."""
    match = rules.words["dash"].match(text)
    return match.end() if match else 0
