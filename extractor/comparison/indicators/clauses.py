"""The name and kind of each figure of a sentence, from the words before and behind it.

A figure has what stands between it and the figure or stop before it (新增企业|12家), without the words that only lead to a
number (达到, 增长). Where nothing is left, or a word that names nothing (总量), the subject of the words before counts
on: 进出口900亿元、增长8%. Bare figures in a row share out a list: 城镇、农村居民收入分别增长6%、7%.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from extractor.comparison.indicators.rulefile import IndicatorRules
from extractor.comparison.records import Kind
from extractor.records import Quantity

_RATES = ("percent", "percentage_point", "ratio")
_CUT = regex.compile(r"[,:]|——|、")
_TIME = regex.compile(
    r"(?:(?:19|20)\d\d|[今去上当])年(?:度|底|末)?(?:[,、]|(?=\P{Han})|(?!级|轻))|连续(?:\d+|[一二三四五六七八九十两]+)个?[年月季度]+|\d+月(?:份|底|末)?|截至|到(?=\d)|(?:比|较|与)?(?:上年|去年|上年同期|去年同期|同期|年初|上年末)(?:相比)?|“十[一二三四五六七八九]?五”(?:时期|期间|以来|末)"
)
_QUALIFIER = regex.compile(r"(?:及)?以[上下内外]的?(?!增[长速]|水平|[,;。、)])\p{Han}|级(?!别)")
_OVER = regex.compile(r"[超过上达逾](?:到|过)?$")
_FEW = regex.compile(r"[一二两三四五六七八九十](?![\d分十百千万亿成])")
_EDGE = regex.compile(r"^[、和与及的,]+|(?:[、和与的,]|(?<![惠涉普危])及)+$")
_GROWING = regex.compile(r"(?:左右|以[上下内])?的?(?:增长|增速|涨幅)")
_JOINT = regex.compile(r"^(?:以及|[、和与及])|(?:以及|[、和与及])$")
_BARE = regex.compile(r"^(?:以及|[、和与及])?$")
_PARTS = tuple(map(regex.compile, ("、", "以及|[和与及]", "以及|[、和与及]")))
_NOUN = regex.compile(r"^[\p{Han}A-Za-z“《0-9]")
_RATE_NAME = regex.compile(r"(?:增速|增幅|涨幅|增长率)$")
_MARK = regex.compile(r"[“”\"]")
LONGEST = 36


class Amount(NamedTuple):
    """A quantity of the sentence, and where it stands in the text."""

    start: int
    end: int
    quantity: Quantity


class Reading(NamedTuple):
    """What a figure is called; `clause` is where its clause begins."""

    amount: Amount
    name: str
    kind: Kind
    falls: bool
    rough: bool
    level: bool
    clause: int


class _Part(NamedTuple):
    """An amount, its clause's beginning, and the words before and behind it."""

    amount: Amount
    clause: int
    before: str
    behind: str
    stem: str


class _Said(NamedTuple):
    """What stands before a number: the name, and the verbs that lead to the number."""

    name: str
    verbs: tuple[str, ...]


def read(text: str, start: int, end: int, amounts: Sequence[Amount], rules: IndicatorRules) -> Iterator[Reading]:
    """The figures of the sentence text[start:end] that have a name."""
    subjects: list[str] = []
    counted, verbs = False, ()
    parts = list(_parts(text, start, end, amounts, rules))
    at = 0
    while at < len(parts):
        run = _run(parts, at)
        said = _tail(parts[at].before, rules)
        if not said.verbs and text[parts[at].clause - 1] == "、":
            said = said._replace(verbs=verbs)  # 企业达到90家、|研究所12家
        verbs = said.verbs
        names = _names(parts[at], said, subjects, counted, len(run), rules)
        if names:
            subjects = names
        for i, part in enumerate(run):
            name = names[i] if len(names) == len(run) else "".join(names[:1])
            if name:
                yield _reading(part, name, said, rules)
        counted = bool(names) and parts[at].amount.quantity.dimension == "count"
        at += len(run)


def _parts(text: str, start: int, end: int, amounts: Sequence[Amount], rules: IndicatorRules) -> Iterator[_Part]:
    """Cut at stops outside of figures, at 、 after a figure, and at the figures themselves."""
    figures = [one for one in amounts if not _skipped(text, one, rules)]
    inside = [(one.start, one.end) for one in amounts]
    cuts, last = [start], -1
    ends = {one.end for one in figures}
    since = start
    for match in _CUT.finditer(text, start, end):
        if any(low <= match.start() < high for low, high in inside):
            continue
        if match.group() == "、" and not any(since < stop <= match.start() for stop in ends):
            continue
        cuts.append(match.end())
        since = match.end()
    cuts.append(end + 1)
    for i, one in enumerate(figures):
        clause = max(cut for cut in cuts if cut <= one.start)
        limit = min(cut for cut in cuts if cut > one.start) - 1
        before = max(clause, figures[i - 1].end if i else 0)
        follower = figures[i + 1].start if i + 1 < len(figures) else end
        behind = text[one.end : min(limit, follower)]
        if follower < limit and not behind.strip() and i + 1 < len(figures):
            behind = text[figures[i + 1].end : limit]  # 三方面17项问题
            behind = behind if _NOUN.match(behind) else ""
        elif follower < limit:
            behind = _JOINT.sub("", behind) if behind[-1:] in "和与及" else ""
        joined = text[before : one.start]
        if i and before == figures[i - 1].end and joined[-1:] in "和与及" and len(joined) > 1:
            joined = joined[-1:]
        previous = [cut for cut in cuts if last < cut <= clause]
        stem = text[previous[-2] : clause - 1] if len(previous) > 1 else ""
        yield _Part(one, clause, joined, behind, stem)
        last = clause


def _skipped(text: str, one: Amount, rules: IndicatorRules) -> bool:
    """Durations, what only describes (亿元|以上项目), the near end of a change (从|30%|提高到), a doubling."""
    before = text[max(0, one.start - 2) : one.start]
    quantity = one.quantity
    return (
        quantity.dimension in ("duration", "temperature")
        or quantity.unit in rules.words("spec")
        or quantity.value is None
        or before.endswith(("从", "由", "自", "的第"))
        or text[one.start : one.start + 1] in "翻两"
        or (quantity.dimension == "count" and bool(_FEW.match(text, one.start)))
        or (quantity.dimension not in _RATES and _describes(text, one))
    )


def _describes(text: str, one: Amount) -> bool:
    """亿元|以上项目, 产值过10亿元|的企业."""
    if _QUALIFIER.match(text, one.end):
        return True
    return one.quantity.dimension != "count" and text[one.end] == "的" and bool(_OVER.search(text, 0, one.start))


def _run(parts: Sequence[_Part], at: int) -> list[_Part]:
    """The part and the bare ones that follow it (增长6%|、7%|和8%)."""
    last = at + 1
    while (
        last < len(parts)
        and _BARE.match(parts[last].before)
        and parts[last].amount.start - parts[last - 1].amount.end <= 2
        and not _NOUN.match(parts[last].behind)
        and parts[last].amount.start > parts[last - 1].amount.end
    ):
        last += 1
    return list(parts[at:last])


def _tail(before: str, rules: IndicatorRules) -> _Said:
    """The words before a number without times and the verbs at their end."""
    rest = _TIME.sub("", before)
    verbs: list[str] = []
    while rest:
        word = next(
            (rest[-size:] for size in range(min(rules.longest, len(rest)), 0, -1)
             if rest[-size:] in rules.verbs or rest[-size:] in rules.words("whole")), None,
        )  # fmt: skip
        if word is None or word not in rules.verbs:
            break
        verbs.append(word)
        rest = rest[: -len(word)]
    return _Said(rest, tuple(verbs))


def _names(part: _Part, said: _Said, subjects: Sequence[str], counted: bool, wanted: int,
           rules: IndicatorRules) -> list[str]:  # fmt: skip
    """The names of a part and the bare ones after it: one for all, or one each."""
    own = _lead(said.name, rules)
    behind = _behind(part, own, rules)
    if behind and (not own or own.endswith(("等", "等等")) or ("、" in own and not _acts(own, rules))):
        return [behind]
    if behind:
        own += behind
    own = _EDGE.sub("", own)
    if _names_itself(own, rules):
        listed = _shared(own, wanted, rules)
        return listed if wanted > 1 and len(listed) == wanted else [own]
    if not subjects and part.amount.quantity.noun and part.amount.quantity.noun not in rules.generic:
        subjects = () if part.stem and own else (part.amount.quantity.noun,)
    if own in rules.cost and not counted:
        return []
    base = list(subjects) or [name for name in (_lead(part.stem, rules),) if len(name) > 1]
    if own or "level" in {rules.verbs[verb] for verb in said.verbs}:
        base = [_without(name, rules) for name in base]
    if len(base) not in (1, wanted):
        base = base[-1:]
    return [_clip(name if name.endswith(own) else name + own) for name in base]


def _acts(name: str, rules: IndicatorRules) -> bool:
    return name.startswith(rules.words("increment"))


def _names_itself(own: str, rules: IndicatorRules) -> bool:
    return len(own) > 1 and own not in rules.generic and not own.startswith(rules.words("relative"))


def _lead(name: str, rules: IndicatorRules) -> str:
    """A name without idle words at its front, from its last sentence part on."""
    clean = _EDGE.sub("", _TIME.sub("", name).strip(" :"))
    if clean.startswith(rules.words("relative")):
        return clean if len(clean) > 1 else ""
    short = rules.lead.sub("", clean)
    return _clip(short if len(short) > 1 else clean if short else "")


def _clip(name: str) -> str:
    return name[-LONGEST:]


def _behind(part: _Part, own: str, rules: IndicatorRules) -> str:
    """The words behind a figure that name it: 3家|企业位列百强, not 30亿元|左右."""
    words = part.behind.lstrip("的")
    if words.count("”") > words.count("“"):
        words = words[: words.index("”")]
    if words.startswith(("以上的", "左右的", "以上")):
        words = words[3:] if words[2:3] == "的" else words[2:]
    if not _NOUN.match(words) or words.startswith(rules.words("aside")) or len(words) < 2:
        return ""
    quantity = part.amount.quantity
    if quantity.dimension in _RATES and len(own) > 1 and not part.behind.startswith("的"):
        return ""
    return words[:LONGEST]


def _without(name: str, rules: IndicatorRules) -> str:
    """A subject without 新增, for the total that follows it."""
    first = next((word for word in rules.words("increment") if name.startswith(word)), "")
    last = next((word for word in ("净增", "新增") if name.endswith(word)), "")
    return name[len(first) : len(name) - len(last)] or name


def _shared(own: str, wanted: int, rules: IndicatorRules) -> list[str]:
    """城镇、农村居民收入 → 城镇居民收入, 农村居民收入."""
    listed, _, common = own.partition("分别")
    for joints in _PARTS:
        parts = [part for part in joints.split(listed) if part]
        if len(parts) == wanted:
            last = parts[-1]
            return [*((part if common else part + _ending(part, last, rules)) + common for part in parts[:-1]), last + common]
    return [own]


def _ending(part: str, last: str, rules: IndicatorRules) -> str:
    """What a part of a list shares with the last one: 装备制造业(增加值), 高技术制造业增加值."""
    if part.endswith(rules.words("head")):
        return ""
    for size in range(min(len(part), 6), 0, -1):
        at = last.find(part[-size:])
        if at >= 0 and (size > 1 or at == len(part) - 1):
            return last[at + size :]
    if len(part) + 2 <= len(last) and len(part) < 4:
        return last[len(part) :]
    return next((word for word in rules.words("head") if last.endswith(word)), "")


def _reading(part: _Part, name: str, said: _Said, rules: IndicatorRules) -> Reading:
    quantity = part.amount.quantity
    kinds = [rules.verbs[verb] for verb in said.verbs]
    move = next((kind for kind in kinds if kind in ("rise", "fall", "level")), "")
    changes = move in ("rise", "fall")
    kind: Kind = "count" if quantity.dimension == "count" else "value"
    if quantity.dimension in _RATES and (changes or _RATE_NAME.search(name) or _GROWING.match(part.behind)):
        kind, name = "growth", _RATE_NAME.sub("", name) or name
    elif changes:
        name += "减少" if move == "fall" else "增加"
    rough = quantity.modifier in ("over", "near", "about", "at_least")
    return Reading(part.amount, name, kind, move == "fall", rough, move == "level", part.clause)
