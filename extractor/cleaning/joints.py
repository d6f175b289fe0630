"""Which line breaks are none: lines cut by a site, wrapped at a fixed width, or broken inside a sentence.

Joining two headings is worse than leaving a sentence in two, so each join needs evidence of its own. Only lines of
the body are joined; a footnote, a text box or a cell between two halves of a sentence comes after the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from extractor.cleaning.rulefile import NoiseRules, WrapRule
from extractor.cleaning.sheet import Row, stopped
from extractor.text import Text, View

CLOSING = regex.compile(r" *[,。、;!?)》】%]")
NEAR = 120  # characters on either side of a break that the patterns see
LONGEST_HEADING = 40  # characters; a longer line that does not end its sentence is cut
INDENTED = 0.7  # of the lines after a short one, where paragraphs are indented
STRAY = 50  # one line in so many may be wider than the others


class Layout(NamedTuple):
    """How a text is set: the width it is wrapped at (None: its lines are paragraphs) and how that is measured, a
    blank line after every line, the first line of each paragraph indented."""

    width: int | None
    measure: Callable[[Row], int]
    spaced: bool
    indents: bool


def marked(rows: Sequence[Row], rules: NoiseRules) -> list[Row]:
    """The rows, each with the rule that joins it to the body line before it, if one does."""
    layout = _layout([row for row in rows if _is_body(row)], rules)
    found: list[Row] = []
    before = None
    for row in rows:
        joint = _joint(before, row, layout, rules) if before and _is_body(row) and not row.opens else ""
        found.append(row._replace(joint=joint) if joint != row.joint else row)
        if _is_body(row) or row.part == "cell":
            before = row if _is_body(row) else None
    return found


def _is_body(row: Row) -> bool:
    return row.part == "body" and not row.text.raw.isspace()


def _joint(before: Row, row: Row, layout: Layout, rules: NoiseRules) -> str:
    """The rule that says that the break between two rows is none, or ""."""
    head, tail = before.text.folded[-NEAR:].rstrip(), row.text.folded[:NEAR]
    indented, blank = tail[0] == " ", row.gap and not layout.spaced
    item = rules.marker.match(tail) is not None
    goes_on = _full(before, layout, rules) and not (indented or blank or item)
    if stopped(head) and not CLOSING.match(tail):
        return rules.wrap.id if rules.wrap and goes_on and layout.indents else ""
    if row.joint and not item and ("。" in before.text.raw or len(before.text.raw.strip()) > LONGEST_HEADING):
        return row.joint
    near = View(head).text + "\n" + "\n" * blank + "\t" * indented + View(tail).text.lstrip()
    for rule, pattern in rules.broken:
        if pattern.search(near):
            return rule.id
    return rules.wrap.id if rules.wrap and goes_on else ""


def _layout(body: Sequence[Row], rules: NoiseRules) -> Layout:
    spaced = 2 * sum(row.gap for row in body) > len(body)
    found = [(*_width(body, rules.wrap, measure), measure) for measure in (_columns, _squares)] if rules.wrap else []
    _, width, measure = max(found, key=lambda one: one[0], default=(0, None, _columns))
    layout = Layout(width, measure, spaced, False)
    heads = [row for before, row in pairwise(body) if not _full(before, layout, rules)]
    indented = sum(row.text.raw[0].isspace() for row in heads)
    return layout._replace(indents=layout.width is not None and indented >= max(3, INDENTED * len(heads)))


def _full(row: Row, layout: Layout, rules: NoiseRules) -> bool:
    """Does a line of wrapped text reach the margin?"""
    return (
        rules.wrap is not None and layout.width is not None and layout.measure(row) >= layout.width - rules.wrap.slack
    )


def _columns(row: Row) -> int:
    """The width in print: two columns for a Chinese character (of three bytes in UTF-8), one for a letter."""
    line = row.text.raw.rstrip()
    return (len(line.encode("utf-8", "replace")) + len(line)) // 2


def _squares(row: Row) -> int:
    """The width where each character, a digit too, has two columns: a text cut by counting characters."""
    return 2 * len(row.text.raw.rstrip())


def _width(body: Sequence[Row], rule: WrapRule, measure: Callable[[Row], int]) -> tuple[int, int | None]:
    """How many lines are as wide as the text is wrapped at, and that width; 0 and None where its lines are paragraphs."""
    widths = sorted(map(measure, body))
    if len(widths) < rule.min_lines:
        return 0, None
    width = widths[-1 - len(widths) // STRAY]
    full = [row for row in body if abs(measure(row) - width) <= rule.slack]
    cut = sum(not stopped(row.text.raw) for row in full)
    prose = sum("。" in row.text.raw.rstrip()[:-1] for row in full)
    wrapped = len(full) >= rule.share * len(body) and 2 * cut > len(full) and prose >= rule.prose * len(full)
    return (len(full), width) if wrapped and rule.narrowest <= width <= rule.widest else (0, None)


def lines(rows: Sequence[Row]) -> Iterator[Text]:
    """The text of each line, its pieces put together; what stood between them comes after.

    A row of blanks is no line of its own: it goes with the one before it.
    """
    parts: list[Text] = []  # the line of the body that may go on
    between: list[Text] = []
    for row in rows:
        begun = any(not part.raw.isspace() for part in parts)
        if row.part != "body":
            if begun:
                between.append(row.text)
            else:
                yield row.text
            continue
        if begun and not row.joint and not row.text.raw.isspace():
            yield Text.join(parts)
            yield from between
            parts, between = [], []
        parts.append(row.text)
    if parts:
        yield Text.join(parts)
    yield from between
