"""The figures of a sentence with their names and kinds, read from left to right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from extractor.comparison.indicators import naming
from extractor.comparison.indicators.clauses import RATES, Amount, Part, runs
from extractor.comparison.indicators.rulefile import IndicatorRules
from extractor.comparison.records import Kind

Nature = Literal["whole", "fresh", "done", "change"]  # 企业90家, 新增企业9家, 引进企业9家, 企业增加9家
_ROUND = ("over", "near", "about", "at_least")


class Reading(NamedTuple):
    """What a figure is called; `clause` is where its clause begins, `level` that it says how much there is by now."""

    amount: Amount
    name: str
    kind: Kind
    nature: Nature
    falls: bool
    rough: bool
    level: bool
    clause: int


class _Before(NamedTuple):
    """What the figures before in the sentence leave to the next: their last names, all names, verbs; 新增 in a list;
    what a share is of."""

    subjects: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    fresh: bool = False
    dimension: str = ""
    value: float = 0.0
    whole: tuple[str, ...] = ()


def read(text: str, start: int, end: int, amounts: Sequence[Amount], rules: IndicatorRules) -> Iterator[Reading]:
    """The figures of the sentence text[start:end] that have a name."""
    before = _Before()
    for run in runs(text, start, end, amounts, rules):
        told = naming.said(run[0].before, rules)
        own = naming.lead(told.name, rules)
        if told.name.startswith("其中"):
            own = naming.fresh_too(own, before.subjects, rules)
        fresh = naming.grows(rules.plain(own), rules)
        dimension = run[0].amount.quantity.dimension
        share = dimension in RATES and own.endswith(rules.words("share"))
        value = _most(run[0].amount)
        among = told.name.startswith("其中") and dimension == before.dimension and value <= before.value and not share
        if not told.verbs and (run[0].listed or among):
            told, fresh = told._replace(verbs=before.verbs), fresh or before.fresh  # 企业达到90家、|研究所12家
        if before.whole and dimension == "percent" and not own:
            before = before._replace(subjects=before.whole)  # 收入9亿元,完成预算的101%,|增长6%
        names = _names(run, own, told.verbs, before, rules)
        for part, name in _shares(run, names):
            turned = naming.said(part.before[1:], rules).verbs if part is not run[0] else ()
            yield _reading(part, name, told._replace(verbs=turned or told.verbs), fresh, rules)
        before = _Before(
            tuple(names) or before.subjects,
            (*before.past, *(name for name in names if name not in before.past)),
            told.verbs, fresh, dimension, value, before.subjects if _of_plan(run[0], own, rules) else (),
        )  # fmt: skip


def _of_plan(part: Part, own: str, rules: IndicatorRules) -> bool:
    return part.amount.quantity.dimension == "percent" and own.endswith(rules.words("plan"))


def _most(amount: Amount) -> float:
    value = amount.quantity.value
    return max(value) if isinstance(value, tuple) else value or 0.0


def _shares(run: Sequence[Part], names: Sequence[str]) -> Iterator[tuple[Part, str]]:
    """Each figure with its name; a single one with each of its names."""
    if len(run) == 1:
        return ((run[0], name) for name in names)
    return zip(run, names if len(names) == len(run) else [*names[:1]] * len(run), strict=False)


def _names(run: Sequence[Part], own: str, verbs: Sequence[str], before: _Before, rules: IndicatorRules) -> list[str]:
    wanted = len(run)
    if own in rules.cost and before.dimension != "count":
        return []  # what one project cost
    found = naming.names(run[0], own, verbs, before.subjects, wanted, rules)
    if not own and wanted > 1 and len(found) != wanted and len(before.past) >= wanted:
        return list(before.past[-wanted:])  # 城镇居民收入900元,农村居民收入400元,分别|增长3%和4%
    return found


def _reading(part: Part, name: str, told: naming.Said, fresh: bool, rules: IndicatorRules) -> Reading:
    quantity = part.amount.quantity
    kinds = [rules.verbs[verb] for verb in told.verbs]
    moves = [kind for kind in kinds if kind in ("rise", "fall", "level")]
    move = moves[0] if moves else "level" if name.startswith(rules.words("stock")) else ""
    if move == "level" and len(moves) > 1:
        move = moves[1]  # 增长|超|10%
    kind: Kind = "count" if quantity.dimension == "count" else "value"
    nature: Nature = "done" if name.startswith(rules.words("flow")) else "whole"
    if fresh or naming.grows(rules.plain(name), rules):
        nature = "fresh"
    changes = move in ("rise", "fall")
    growing, rate_name = rules.shapes["growing"], rules.shapes["rate-name"]
    rate = "rate" in kinds or rate_name.search(name) or growing.match(part.behind)
    if quantity.dimension in RATES and (changes or rate):
        kind, name = "growth", rate_name.sub("", name) or name
    elif changes:
        nature, name = "change", name + ("减少" if move == "fall" else "增加")
    return Reading(
        part.amount, name, kind, nature, move == "fall", quantity.modifier in _ROUND, move == "level", part.clause
    )
