"""Whole = done + left, for counts and for money, and the percentages that a report prints of them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from extractor.checks.ground import CheckRule, Ground, made, number
from extractor.found import Check, Outcome, Quantity
from extractor.text import Span

ROLES = ("whole", "done", "left")
EXACT = 0.005  # of the printed unit: 21.45 + 12.92 = 34.37


class Said(NamedTuple):
    """A quantity and the part that its clause gives it: whole, done, left, or unknown where 其中 splits further."""

    part: str
    quantity: Quantity
    value: float


def parts(rule: CheckRule, ground: Ground) -> Iterator[Check]:
    """涉及16个项目，已完成7个，剩余9个: per paragraph and unit, where each part is said exactly once."""
    for paragraph in ground.paragraphs:
        for said in _by_unit(rule, ground, paragraph) if len(ground.counted(paragraph)) >= len(ROLES) else ():
            roles = {part: [s for s in said if s.part == part] for part in ROLES}
            if all(len(found) == 1 for found in roles.values()):
                whole, done, left = (found[0] for found in roles.values())
                if whole.value >= max(done.value, left.value):  # 推动解决问题7个。已整改17个，其余2个: another whole
                    yield _sum(rule, ground, whole, done, left)


def _sum(rule: CheckRule, ground: Ground, whole: Said, done: Said, left: Said) -> Check:
    total = done.value + left.value
    outcome: Outcome = "holds" if math.isclose(whole.value, total, abs_tol=EXACT * _scale(whole)) else "broken"
    places = [said.quantity.span for said in (whole, done, left)]
    words = [ground.words(place) for place in places]
    arithmetic = f"{number(done.value)} + {number(left.value)} = {number(total)}"
    if outcome == "broken":
        arithmetic += f" ≠ {number(whole.value)}"
    return made(rule, outcome, places, words[0], f"{words[1]} + {words[2]}", arithmetic)


def _scale(said: Said) -> float:
    """What the unit as printed is worth: 10000 for 34.37万元."""
    return 10_000.0 if said.quantity.dimension == "money" and said.value >= 10_000 else 1.0


def _by_unit(rule: CheckRule, ground: Ground, paragraph: Span) -> list[list[Said]]:
    """What a paragraph says of its parts, apart for each unit: 个 and 项 of other things do not mix."""
    found: dict[tuple[str, str | None], list[Said]] = defaultdict(list)
    for said in _said(rule, ground, paragraph):
        quantity = said.quantity
        found[quantity.dimension, "元" if quantity.dimension == "money" else quantity.unit].append(said)
    return list(found.values())


def _said(rule: CheckRule, ground: Ground, paragraph: Span) -> Iterator[Said]:
    """The part of a clause by its words, else that of the clause before it in the sentence, else the whole."""
    for sentence in ground.sentences(paragraph):
        part = "whole"
        if not any(_counts(quantity) for quantity in ground.counted(sentence)):
            continue
        for clause in ground.clauses(sentence):
            words = ground.words(clause)
            if part == "unknown" or rule.patterns["splits"].search(words):
                part = "unknown"
            elif rule.patterns["left"].search(words):
                part = "left"
            elif rule.patterns["done"].search(words):
                part = "done"
            for quantity in ground.counted(clause):
                if _counts(quantity) and isinstance(quantity.value, (int, float)):
                    yield Said(part, quantity, float(quantity.value))


def _counts(quantity: Quantity) -> bool:
    return quantity.dimension in ("count", "money")


def rate(rule: CheckRule, ground: Ground) -> Iterator[Check]:
    """共177项，已完成174项，完成率98.3%: the profession rounds and cuts, so both hold; 近 余 多 are bounds."""
    for paragraph in ground.paragraphs:
        for percent in ground.counted(paragraph):
            before = Span(max(paragraph.start, percent.span.start - 12), percent.span.start)
            if (
                percent.unit != "%"
                or not isinstance(percent.value, (int, float))
                or not rule.patterns["rate"].search(ground.words(before))
            ):
                continue
            for said in _by_unit(rule, ground, Span(paragraph.start, percent.span.start)):
                whole, done = ([s for s in said if s.part == part] for part in ("whole", "done"))
                if (
                    len(whole) == len(done) == 1
                    and said[0].quantity.dimension == "count"
                    and whole[0].value >= done[0].value
                ):
                    yield _rate(rule, ground, percent, whole[0], done[0])


def _rate(rule: CheckRule, ground: Ground, percent: Quantity, whole: Said, done: Said) -> Check:
    true = done.value / whole.value * 100 if whole.value else 0.0
    outcome: Outcome = "holds" if _prints_as(percent, true, ground.words(percent.span)) else "broken"
    sign = "=" if outcome == "holds" else "≠"
    places = [percent.span, whole.quantity.span, done.quantity.span]
    stated = ground.words(percent.span)
    return made(
        rule,
        outcome,
        places,
        stated,
        f"{true:.2f}%",
        f"{number(done.value)} ÷ {number(whole.value)} = {true:.2f}% {sign} {stated}",
    )


def _prints_as(percent: Quantity, true: float, printed: str) -> bool:
    assert isinstance(percent.value, (int, float))
    if percent.modifier in ("over", "at_least"):
        return true >= percent.value
    if percent.modifier in ("near", "at_most"):
        return true <= percent.value
    scale = 10 ** len(printed.partition(".")[2].rstrip("%"))
    return percent.value in (
        math.floor(true * scale) / scale,
        math.floor(true * scale + 0.5) / scale,
        math.ceil(true * scale) / scale,
    )
