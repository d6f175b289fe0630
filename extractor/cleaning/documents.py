"""A sheet without noise → one draft per document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from extractor.cleaning import joints
from extractor.cleaning.issuers import issuer
from extractor.cleaning.rulefile import NoiseRules
from extractor.cleaning.sheet import Row, Sheet
from extractor.cleaning.titles import wanted
from extractor.rules import scan
from extractor.source import Draft
from extractor.text import Text


def opened(sheet: Sheet, rules: NoiseRules) -> Sheet:
    """Mark the rows that begin a document without noise before them: the rules that a notice issues, a second report."""
    view = sheet.text.view
    rows = list(sheet.rows)
    for rule, pattern in rules.opening:
        for match in scan(pattern, view.text):
            i = sheet.row_at(view.offset(match.start("title")))
            if "。" in view.text[: match.start()] and not rows[i].opens:
                rows[i] = rows[i]._replace(opens=rule.id)
    return Sheet(tuple(rows))


def drafts(sheet: Sheet, hints: Mapping[str, str], rules: NoiseRules) -> Iterator[Draft]:
    """`hints` are those of the file; they tell of its first document, where its own lines do not."""
    if title := hints.get("title"):
        hints = {**hints, "title": wanted(title, rules)}
    for rows in _split(sheet.rows):
        own: dict[str, str] = {}
        for row in rows:
            own = {**row.hints, **own}
        text = Text.join(joints.lines(joints.marked(rows, rules)), "\n")
        told = {**hints, **own}
        named = issuer(text, told.pop("issuer", ""), rules)
        yield Draft(text, {**told, "issuer": named} if named else told)
        hints = {}


def _split(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows of each document; blanks before the first belong to it."""
    part: list[Row] = []
    for row in rows:
        if row.opens and any(before.text.raw.strip() for before in part):
            yield part
            part = []
        part.append(row)
    if part:
        yield part
