"""A sentence cut at its stops and its figures: the words before and behind each figure.

Not every quantity is a figure: durations, sizes and what only describes (亿元|以上项目) are none, and neither is the near
end of a change (从|30%|提高到|40%).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from extractor.comparison.indicators.rulefile import IndicatorRules
from extractor.records import Quantity

RATES = ("percent", "percentage_point", "ratio")
NOUN = regex.compile(r"^[\p{Han}A-Za-z“《0-9]")
_CUT = regex.compile(r"[,:]|——|、")
_BARE = regex.compile(r"^(?:以及|[、和与及])?(?:每人)?(?:每[年月日天])?$")
_TURN = regex.compile(r"^(?:以及|[、和与及])(?=\p{Han}{1,2}$)")


class Amount(NamedTuple):
    """A quantity of the sentence, and where it stands in the text."""

    start: int
    end: int
    quantity: Quantity


class Part(NamedTuple):
    """A figure, where its clause begins, the words before and behind it, and the clause before that has no figure.

    `listed` says that the clause goes on a list: 企业90家、|研究所12家.
    """

    amount: Amount
    clause: int
    before: str
    behind: str
    stem: str
    listed: bool


def runs(text: str, start: int, end: int, amounts: Sequence[Amount], rules: IndicatorRules) -> Iterator[list[Part]]:
    """The figures of the sentence text[start:end], each with the bare ones that follow it (增长6%|、7%|和8%)."""
    run: list[Part] = []
    for part in _parts(text, start, end, amounts, rules):
        if run and (_bare(run[-1], part) or _turns(run, part, rules)):
            run.append(part)
            continue
        if run:
            yield run
        run = [part]
    if run:
        yield run


def _bare(last: Part, part: Part) -> bool:
    gap = part.amount.start - last.amount.end
    return 0 < gap <= 5 and bool(_BARE.match(part.before)) and not NOUN.match(part.behind)


def _turns(run: Sequence[Part], part: Part, rules: IndicatorRules) -> bool:
    """同比分别上升3%|和下降4%: the other figure moves the other way."""
    joint = _TURN.match(part.before)
    if not joint or "分别" not in run[0].before or part.amount.start - run[-1].amount.end > 4:
        return False
    return rules.verbs.get(part.before[joint.end() :]) in ("rise", "fall")


def _parts(text: str, start: int, end: int, amounts: Sequence[Amount], rules: IndicatorRules) -> Iterator[Part]:
    figures = [one for one in amounts if not _skipped(text, one, rules)]
    cuts = _cuts(text, start, end, amounts, figures)
    last = 0  # the cut at which the clause of the figure before began
    for i, one in enumerate(figures):
        at = bisect_right(cuts, one.start) - 1
        clause, limit = cuts[at], cuts[at + 1] - 1
        prior = figures[i - 1].end if i else clause
        before = text[max(clause, prior) : one.start]
        if prior > clause and before[-1:] in ("和", "与", "及"):
            before = before[-1:]  # what stands before it belongs to the figure before: 2个|国家级中心和|5个
        stem = text[cuts[at - 1] : clause - 1] if at > last + (i > 0) else ""
        follower = figures[i + 1] if i + 1 < len(figures) else None
        yield Part(one, clause, before, _behind(text, one, follower, limit), stem, text[clause - 1 : clause] == "、")
        last = at


def _behind(text: str, one: Amount, follower: Amount | None, limit: int) -> str:
    """The words up to the clause's end; up to the next figure only what a joint closes."""
    if follower is None or follower.start >= limit:
        return text[one.end : limit]
    between = text[one.end : follower.start]
    if not between:
        words = text[follower.end : limit]  # 三方面|17项|问题
        return words if NOUN.match(words) else ""
    noun = one.quantity.noun or ""
    if between[-1] in "和与及":
        return between[:-1]
    return noun if noun and between.startswith(noun) else ""  # 150个|重点项目|完成投资|70亿元


def _cuts(text: str, start: int, end: int, amounts: Sequence[Amount], figures: Sequence[Amount]) -> list[int]:
    """Where clauses begin: behind a stop outside of numbers, behind 、 where a figure stands before it."""
    begins, ends = [one.start for one in amounts], [one.end for one in figures]
    cuts = [start]
    for match in _CUT.finditer(text, start, end):
        at = match.start()
        holder = bisect_right(begins, at) - 1
        if holder >= 0 and at < amounts[holder].end:
            continue
        counted = bisect_right(ends, at) > bisect_left(ends, cuts[-1] + 1)
        if match.group() != "、" or counted:
            cuts.append(match.end())
    return [*cuts, end + 1]


def _skipped(text: str, one: Amount, rules: IndicatorRules) -> bool:
    quantity, shapes = one.quantity, rules.shapes
    return (
        quantity.value is None
        or quantity.dimension == "temperature"
        or (quantity.dimension == "duration" and not shapes["lasting"].search(text, max(0, one.start - 24), one.start))
        or quantity.unit in rules.words("spec")
        or text[one.start] == "翻"
        or (text[one.start] == "两" and quantity.dimension not in RATES)
        or (quantity.dimension == "count" and bool(shapes["few"].match(text, one.start)))
        or (quantity.dimension not in RATES and _describes(text, one, rules))
        or bool(shapes["standard"].match(text, one.end))
        or bool(shapes["from"].search(text, max(0, one.start - 12), one.start) and shapes["to"].match(text, one.end))
    )


def _describes(text: str, one: Amount, rules: IndicatorRules) -> bool:
    """亿元|以上项目, 产值过10亿元|的企业."""
    if rules.shapes["describes"].match(text, one.end):
        return True
    of = one.quantity.dimension != "count" and text.startswith("的", one.end)
    return of and bool(rules.shapes["exceeds"].search(text, max(0, one.start - 3), one.start))
