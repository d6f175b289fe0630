"""Who acted, what money came back, who was held to account: references to the records found in a measure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import regex

from extractor.finders.measures.rulefile import MeasureRules
from extractor.found import Found, Quantity, Sum
from extractor.rules import scan
from extractor.text import Span, Text

_STOPS = ",;。!?:\n"
# 追回多付工程款,金额21万元: the clause of a bare sum goes on with the one before it
_BARE = regex.compile(r"(?:涉及|合计|共计|累计|总计|其中|折合)?(?:金额|资金|款项|人员)?(?:共|计|为|达|约)?")
_SUM = regex.compile(r"\d[余多]?[万亿]*元")
_WHEN = regex.compile(
    r"(?:[^,。;:]{0,24}(?:(?<=[\d×X*])[日月年]|以来|期间|起|后|前|底|当天|上旬|中旬|下旬|同时|目前|此外|随后)(?:,|(?<=[日月年]|目前)))?"
)
_NO_BODY = regex.compile(
    r"^(?:[与对向由将把在为按从就]|会同|联合)|的|涉及|结果|网站|其中|本次|上述"
)  # 审计报告中涉及我集团…


def within(found: Sequence[Found], span: Span) -> tuple[int, ...]:
    """Indices of the records, in order, that stand in `span`."""
    first = bisect_left(found, span.start, key=lambda one: one.span.start)
    last = bisect_left(found, span.end, key=lambda one: one.span.start)
    return tuple(i for i in range(first, last) if found[i].span.end <= span.end)


def recovered(
    text: Text, quantities: Sequence[Quantity], inside: Sequence[int], rules: MeasureRules, planned: bool = False
) -> tuple[Sum, ...]:
    """Money of the measure that was paid back or called in, each sum with its verb; none that has yet to come."""
    said = text.view
    money = [
        i
        for i in inside
        if quantities[i].dimension == "money" and not rules.unpaid.match(said.text, said.index(quantities[i].span.end))
    ]
    found: list[Sum] = []
    for one in _sums(text, quantities, money, rules.recovering, rules.rest, planned):
        if not any(_again(text, quantities, before, one, rules) for before in found):
            found.append(one)
    return tuple(found)


def _again(text: Text, quantities: Sequence[Quantity], before: Sum, one: Sum, rules: MeasureRules) -> bool:
    """Is it the same money once more? 清退86万元,其中上缴52万元; 收缴3万元,上缴国库3万元"""
    first, then = quantities[before.quantity], quantities[one.quantity]
    between = text.folded[first.span.end : then.span.start]
    same = first.value == then.value and before.act != one.act
    return "。" not in between and bool(same or rules.part.search(between))


def accountable(
    text: Text, quantities: Sequence[Quantity], inside: Sequence[int], rules: MeasureRules, planned: bool = False
) -> tuple[Sum, ...]:
    """People of the measure who were held to account, each count with what was done to them."""
    people = [i for i in inside if quantities[i].unit in rules.counted]
    return tuple(_sums(text, quantities, people, rules.accounting, rules.rest, planned))


def _sums(
    text: Text,
    quantities: Sequence[Quantity],
    wanted: Sequence[int],
    verbs: regex.Pattern[str],
    rest: regex.Pattern[str],
    planned: bool,
) -> Iterator[Sum]:
    for i in wanted:
        verb = _verb(text, quantities[i].span, verbs, rest, planned)
        if verb:
            yield Sum(verb, i)


def _verb(text: Text, span: Span, verbs: regex.Pattern[str], rest: regex.Pattern[str], planned: bool) -> str | None:
    """The nearest verb before the quantity in its clause, else the first behind it; a plan must say 已."""
    words = text.view.text
    start, end = text.view.index(span.start), text.view.index(span.end)
    low = _clause_start(words, start)
    high = next((i for i in range(end, len(words)) if words[i] in _STOPS), len(words))
    if low and _BARE.fullmatch(words, low, start):
        low = _clause_start(words, low - 1)
    hits = list(scan(verbs, words, low, high))
    before = [hit for hit in hits if hit.end() <= start and not rest.search(words, hit.end(), start)]
    behind = [hit for hit in hits if hit.start("act") >= end and not _SUM.search(words, hit.end(), high)]
    told = [act for hits, at in ((before, -1), (behind, 0)) if hits and (act := _told(hits[at], at))]
    return told[0] if told and not (planned and "已" not in words[low:high]) else None


def _told(hit: regex.Match[str], at: int) -> str | None:
    """The verb of a match that stands nearest, unless what it says has yet to be done."""
    return None if hit["owed"] is not None else str(hit.captures("act")[at])


def _clause_start(words: str, at: int) -> int:
    return max(words.rfind(stop, 0, at) for stop in _STOPS) + 1


def actor(words: str, start: int, end: int, rules: MeasureRules) -> tuple[int, int] | None:
    """The body at the head of a measure, before its verb: 3月2日,[局党组]召开会议."""
    when = _WHEN.match(words, start, end)
    match = rules.acting.match(words, when.end() if when else start, end)
    if (
        match is None
        or rules.describing.match(words, match.end(), end)
        or _NO_BODY.search(match["actor"])
        or rules.acts.search(words, *match.span("actor"))
    ):
        return None
    return match.start("actor"), match.end("actor")
