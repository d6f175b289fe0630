"""Runs an example of `rules/noise.toml`: everything that cleaning claims in a text, by rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.cleaning import joints
from extractor.cleaning.documents import drafts, opened
from extractor.cleaning.issuers import signature
from extractor.cleaning.rulefile import NoiseRules
from extractor.cleaning.sheet import Row
from extractor.cleaning.sweep import swept
from extractor.cleaning.titles import wanted_span
from extractor.found import Found
from extractor.rules import Rules
from extractor.source import Draft, Line
from extractor.text import Piece, Span


@dataclass(frozen=True, slots=True)
class Claimed(Found):
    """What an example may ask for: the hints of the last document, how many there are, and all that is left."""

    title: str | None = None
    issuer: str | None = None
    date: str | None = None
    documents: int = 1
    left: str = ""


def trial(rules: Rules, text: str, given: Mapping[str, Any]) -> list[Claimed]:
    """Noise, line breaks that are none, and titles at which a document begins.

    With `given.hint` the text is the title of a page, and the claim is the paper's title in it.
    """
    file = rules.of(NoiseRules)
    if given.get("hint") and file.title:
        return [Claimed(wanted_span(text, file.title), file.title.id)]
    lines = [Line(line, i) for i, line in enumerate(text.split("\n"), 1)]
    starts = [sum(len(line.text) + 1 for line in lines[:i]) for i in range(len(lines))]
    sheet, noise = swept(lines, file)
    sheet = opened(sheet, file)
    found = list(drafts(sheet, {}, file))
    claims = [(one.rule, _span(one.pieces, starts)) for one in noise] + list(_breaks(sheet.rows, starts, file))
    for draft in found:
        signed = signature(draft.text, file)
        if file.issuer and signed:
            claims.append((file.issuer.id, _span(draft.text.pieces(signed), starts)))
    return [_claimed(rule, span, found) for rule, span in sorted(claims, key=lambda claim: claim[1])]


def _span(pieces: Sequence[Piece], starts: Sequence[int]) -> Span:
    return Span(starts[pieces[0].line] + pieces[0].start, starts[pieces[-1].line] + pieces[-1].end)


def _breaks(rows: Sequence[Row], starts: Sequence[int], rules: NoiseRules) -> Iterator[tuple[str, Span]]:
    """Joined breaks, from line to line, and rows that begin a document by themselves."""
    named = {rule.id for rule in (*rules.join, *rules.split)} | ({rules.wrap.id} if rules.wrap else set())
    before = None
    for row in joints.marked(rows, rules):
        here = _span(row.text.pieces(Span(0, len(row.text))), starts)
        if before is not None and row.joint in named:
            yield row.joint, Span(before.end, here.start)
        if row.opens in named:
            yield row.opens, here
        before = here


def _claimed(rule: str, span: Span, found: Sequence[Draft]) -> Claimed:
    hints = found[-1].hints if found else {}
    left = "\n".join(draft.text.raw for draft in found)
    return Claimed(
        span, rule, hints.get("title"), hints.get("issuer"), hints.get("date"), documents=len(found), left=left
    )
