"""Which line breaks are none: lines cut by a site, wrapped at a fixed width, or broken inside a sentence.

Joining two headings is worse than leaving a sentence in two, so each join needs evidence of its own. Only lines of
the body are joined; a footnote, a text box or a cell between two halves of a sentence comes after the whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from extractor.cleaning.rulefile import NoiseRules, WrapRule, numbered
from extractor.cleaning.sheet import Row
from extractor.text import Text, View

STOPPED = regex.compile(r"[。!?;:…][”’\"')》】]*+$")
WIDE = regex.compile(r"[^\x00-\x7f]")
NEAR = 120  # characters on either side of a break that the patterns see


def marked(rows: Sequence[Row], rules: NoiseRules) -> list[Row]:
    """The rows, each with the rule that joins it to the body line before it, if one does."""
    body = [row for row in rows if row.part == "body" and row.text.raw.strip()]
    width = _width(body, rules.wrap) if rules.wrap else None
    spaced = 2 * sum(row.gap for row in body) > len(body)
    found, before = [], None
    for row in rows:
        joint = ""
        if row.part == "body" and row.text.raw.strip():
            joint = _joint(before, row, width, spaced, rules) if before and not row.opens else ""
            before = row
        found.append(replace(row, joint=joint) if joint != row.joint else row)
    return found


def _joint(before: Row, row: Row, width: int | None, spaced: bool, rules: NoiseRules) -> str:
    """The rule that says that the break between two rows is none, or ""."""
    head, tail = before.text.folded.rstrip(), row.text.folded
    stopped = STOPPED.search(head) is not None
    if row.joint:
        return "" if stopped else row.joint
    indented = tail[:1] == " "
    blank = row.gap and not spaced
    near = View(head[-NEAR:]).text + "\n" + "\n" * blank + "\t" * indented + View(tail[:NEAR]).text.lstrip()
    if match := rules.broken.search(near):
        return rules.join[numbered(match)].id
    if rules.wrap and width and not (stopped or indented or blank) and _columns(head) >= width - rules.wrap.slack:
        return "" if rules.marker.match(tail) else rules.wrap.id
    return ""


def _columns(folded: str) -> int:
    """The width in print: two columns for a Chinese character."""
    return len(folded) + len(WIDE.findall(folded))


def _width(body: Sequence[Row], rule: WrapRule) -> int | None:
    """The width that a text is wrapped at, None where its lines are paragraphs."""
    widths = Counter(_columns(row.text.folded.rstrip()) for row in body)
    if not widths:
        return None
    ordered = sorted(widths.elements())
    width = ordered[int(len(ordered) * 0.98) - 1] if len(ordered) >= 50 else ordered[-1]
    full = [row for row in body if width - rule.slack <= _columns(row.text.folded.rstrip()) <= width + rule.slack]
    cut = sum(not STOPPED.search(row.text.folded.rstrip()) for row in full)
    wrapped = len(body) >= rule.min_lines and len(full) >= rule.share * len(body) and 2 * cut > len(full)
    return width if wrapped and rule.narrowest <= width <= rule.widest else None


def lines(rows: Sequence[Row]) -> Iterator[Text]:
    """The text of each line, its pieces put together; what stood between them comes after."""
    parts: list[Text] = []
    between: list[Text] = []
    for row in rows:
        if row.part == "body" and row.text.raw.strip():
            if parts and not row.joint:
                yield Text.join(parts)
                yield from between
                parts, between = [], []
            parts.append(row.text)
        elif parts:
            between.append(row.text)
        else:
            yield row.text
    if parts:
        yield Text.join(parts)
    yield from between
