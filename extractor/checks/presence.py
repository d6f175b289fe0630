"""What should be there: a measure for each problem, an annex that is named, words where placeholders stand."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.checks.ground import CheckRule, Ground, made
from extractor.found import Check, Outcome
from extractor.text import Span


def unanswered(rule: CheckRule, ground: Ground) -> Iterator[Check]:
    """Every problem that is not split further has a measure; only where the report gives measures to problems."""
    answered = {m.problem for m in ground.measures if m.problem}
    if not answered:
        return
    parents = {p.parent for p in ground.problems}
    leaves = [p for p in ground.problems if ground.text.raw[p.span.start : p.span.end] not in parents]
    bare = [p for p in leaves if ground.text.raw[p.span.start : p.span.end] not in answered]
    for problem in bare:
        yield made(rule, "broken", [problem.span], ground.words(problem.span), "0")
    if leaves and not bare:
        yield made(rule, "holds", [p.span for p in leaves], str(len(leaves)), str(len(leaves)))


def annex(rule: CheckRule, ground: Ground) -> Iterator[Check]:
    """附件1 named in the text, and no line that starts it."""
    folded = ground.text.folded
    starts = {_number(m["n"]): Span(*m.span()) for m in rule.patterns["starts"].finditer(folded)}
    for match in rule.patterns["names"].finditer(folded):
        span, n = Span(*match.span()), _number(match["n"])
        if n in starts and starts[n].holds(span):
            continue
        outcome: Outcome = "holds" if n in starts else "broken"
        yield made(
            rule, outcome, [span, *([starts[n]] if n in starts else [])], match[0], f"附件{n}" if n in starts else "无"
        )


def _number(printed: str | None) -> str:
    return (printed or "").translate(str.maketrans("一二三四五六七八九", "123456789")) or "1"


def placeholder(rule: CheckRule, ground: Ground) -> Iterator[Check]:
    """××局, X月X日, [待定]: all of a kind in one check, for a template is full of them."""
    spans = [Span(*m.span()) for m in rule.patterns["placeholder"].finditer(ground.text.folded)]
    if spans:
        yield made(rule, "broken", spans, ground.words(spans[0]), str(len(spans)))
