"""The document's own title: at the head of its text, else what its file says of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from extractor.outline.paragraphs import Paragraph
from extractor.outline.rulefile import HeadingRules
from extractor.outline.titles import trimmed
from extractor.rules import TIMEOUT
from extractor.text import Span, fold

HEAD = 12  # lines at the head of a text among which its title stands
SHORT, LONG = 6, 90  # no title is shorter or longer than this
BODY = 40  # a paragraph so long is no part of a title


class Name(NamedTuple):
    """The title, and where it stands in the view (None if only the file's own words give it)."""

    title: str
    span: Span | None


def name(
    view: str, paragraphs: Sequence[Paragraph], marked: Set[int], hints: Mapping[str, str], rules: HeadingRules
) -> Name:
    """`marked` are the places of the view where a marker stands: a title has none."""
    hint = rules.words["hint"].sub("", hints.get("title", ""))
    span = _hinted(view, fold(hint), rules) or _printed(view, paragraphs, marked, rules)
    if not span and not hint:
        span = _above_body(view, paragraphs, marked, rules)
    if span:
        return Name(view[span.start : span.end], span)
    return Name(hint, None)


def _hinted(view: str, hint: str, rules: HeadingRules) -> Span | None:
    """The longest end of the hint that the text begins with: a site may have put a year or a body before it."""
    bare = "".join(hint.split())
    for cut in range(0, max(0, len(bare) - 7)):
        if view.startswith(bare[cut:]):
            end = len(bare) - cut
            whole = view[end : end + 1] in ("", "\n") or (rules.says("name", bare) and view[end] not in "-|_.…")
            return Span(0, end) if whole else None
    return None


def _printed(view: str, paragraphs: Sequence[Paragraph], marked: Set[int], rules: HeadingRules) -> Span | None:
    """The first line at the head that is named like a paper, with the lines before it that it goes on from."""
    head: list[Paragraph] = []
    for paragraph in [p for p in paragraphs if not p.closed][:HEAD]:
        if paragraph.start in marked or rules.says("opening", paragraph.text):
            break
        head.append(paragraph)
    for i, paragraph in enumerate(head):
        if len(paragraph.text) <= LONG and _alone(paragraph, paragraphs) and rules.says("name", paragraph.text):
            first = i
            while first and rules.says("broken", f"{head[first - 1].text}\n{head[first].text}"):
                first -= 1
            return Span(*trimmed(view, head[first].start, paragraph.end))
    return _run_in(view, paragraphs, rules) or _by_look(view, head[:1], paragraphs)


def _by_look(view: str, first: Sequence[Paragraph], paragraphs: Sequence[Paragraph]) -> Span | None:
    """A first line that is set like a title."""
    for p in first:
        set_off = p.centred or p.all_bold or (p.outline is not None and _alone(p, paragraphs))
        if set_off and len(p.text) <= LONG and p.text[-1] not in "。:;,":
            return Span(*trimmed(view, p.start, p.end))
    return None


def _above_body(view: str, paragraphs: Sequence[Paragraph], marked: Set[int], rules: HeadingRules) -> Span | None:
    """A first line that is named like no paper (…全部提前办结), before a salutation or a long paragraph."""
    for p, after in pairwise(paragraphs[:2]):
        short = SHORT <= len(p.text) <= LONG and not set(p.text) & set("。;:,|")
        body = len(after.text) >= BODY and "。" in after.text
        free = not (p.closed or after.closed or p.start in marked or rules.says("untitled", p.text))
        if short and free and (body or rules.says("opening", after.text)):
            return Span(*trimmed(view, p.start, p.end))
    return None


def _alone(paragraph: Paragraph, paragraphs: Sequence[Paragraph]) -> bool:
    """Is no other paragraph a heading of the same level of the file?"""
    return paragraph.outline is None or sum(p.outline == paragraph.outline for p in paragraphs) == 1


def _run_in(view: str, paragraphs: Sequence[Paragraph], rules: HeadingRules) -> Span | None:
    """A title with the body right behind it, on one line."""
    for paragraph in paragraphs[:1]:
        match = rules.words["run_in"].match(view, paragraph.start, paragraph.end, timeout=TIMEOUT)
        if match:
            return Span(*match.span("title"))
    return None
