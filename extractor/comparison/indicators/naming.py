"""What a figure is called, by the words before and behind it.

The words that only lead to a number (达到, 增长) are no part of the name, and neither are those that every name may begin
with (其中, 全市). A word that names nothing alone (总量, 占比) takes the subject of the words before: 进出口总量.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

from extractor.comparison.indicators.clauses import NOUN, RATES, Part
from extractor.comparison.indicators.rulefile import IndicatorRules

_LONGEST = 36
_EDGE = regex.compile(r"^[、和与及的,]+|(?:[、和与的,]|(?<![惠涉普危])及)+$")
_SHARE = {"占": "占比"}
_LISTS = tuple(map(regex.compile, ("、", "以及|[和与及]", "以及|[、和与及]")))


class Said(NamedTuple):
    """What stands before a number: the name, and the verbs that lead to the number, the last first."""

    name: str
    verbs: tuple[str, ...]


def said(before: str, rules: IndicatorRules) -> Said:
    rest = rules.shapes["time"].sub("", before)
    verbs: list[str] = []
    while word := _verb(rest, rules):
        verbs.append(word)
        rest = rest[: -len(word)]
    return Said(rules.shapes["start"].sub("", rest), tuple(verbs))


def _verb(words: str, rules: IndicatorRules) -> str | None:
    """The longest verb at the end, unless a longer noun ends there (创新)."""
    for size in range(min(rules.longest, len(words)), 0, -1):
        if words[-size:] in rules.verbs:
            return words[-size:]
        if words[-size:] in rules.whole:
            return None
    return None


def names(
    part: Part, own: str, verbs: Sequence[str], subjects: Sequence[str], wanted: int, rules: IndicatorRules
) -> list[str]:
    """The names of a figure and of the bare ones after it, `wanted` in all: one for all, or one each.

    `own` is what stands before it, `subjects` are the names of the figures before; none where it cannot be named.
    """
    behind = _behind(part, own, rules)
    if behind and (own.endswith("等") or ("、" in own and not grows(own, rules))):
        return [behind]  # 甲县、乙县等|5个|县入选
    own = _fronted(_general(_current(_EDGE.sub("", own + behind), rules), rules), rules)
    own = own.removesuffix("安排") if own.endswith(rules.words("budgeted")) else own
    if own.endswith(rules.words("open")):
        return []
    if own in rules.words("case") and any(word in part.stem for word in rules.words("matter")):
        return [lead(part.stem, rules)[: _LONGEST - len(own)] + own]  # 严惩毒品犯罪,|起诉|90人
    if len(own) > 1 and own not in rules.bare and not own.startswith(rules.words("relative")):
        each = wanted == 1 and (not rules.each.isdisjoint(verbs) or _rates(own))
        return _shared(own, _parts(own) if each else wanted, rules) or [own]
    base = list(subjects) or _stem(part, own, rules) or ([own] if own in rules.words("alone") else [])
    if own in rules.words("increment"):
        return [own + _total(name, rules) for name in base[-1:]] or [own]
    if own or any(rules.verbs[verb] == "level" for verb in verbs) or _net(base, verbs, rules):
        base = [_total(name, rules) for name in base]
    return [_joined(name, own, rules)[-_LONGEST:] for name in (base if len(base) == wanted else base[-1:])]


def _net(names: Sequence[str], verbs: Sequence[str], rules: IndicatorRules) -> bool:
    """企业90家,净增9家,|增长|11%: it is the total that rises."""
    moves = any(rules.verbs[verb] in ("rise", "fall") for verb in verbs)
    return moves and bool(names) and names[-1].startswith(rules.words("net"))


def lead(name: str, rules: IndicatorRules) -> str:
    """A name without the words at its front that do not belong to it."""
    timeless = rules.shapes["item"].sub("", rules.shapes["time"].sub("", name))
    clean = str(_EDGE.sub("", timeless.strip(" :")))
    if clean.startswith(rules.words("relative")):
        return clean if len(clean) > 1 else _SHARE.get(clean, "")
    short = rules.lead.sub("", clean)
    if short in rules.generic:
        cut = clean.removesuffix(short)
        short = next((word for word in rules.words("effect") if cut.endswith(word)), "") + short
    return (short if len(short) > 1 or not short else clean)[-_LONGEST:]


def grows(name: str, rules: IndicatorRules) -> bool:
    """Does it count what is new, not all there is?"""
    return name.startswith(rules.words("increment"))


def fresh_too(own: str, subjects: Sequence[str], rules: IndicatorRules) -> str:
    """新增主体9家,其中|企业|3家 are 新增企业."""
    word = next((word for word in rules.words("increment") if subjects and subjects[-1].startswith(word)), "")
    return own if grows(own, rules) or not own else word + own


def _fronted(own: str, rules: IndicatorRules) -> str:
    """高新技术企业|新增 → 新增高新技术企业."""
    word = next((word for word in rules.words("increment") if own.endswith(word)), "")
    return own if "每" in own else word + own.removesuffix(word)


def _current(own: str, rules: IndicatorRules) -> str:
    """The last of clauses that 、 joins, where the one before is over: 新桥通车、|货运量."""
    done, joint, rest = own.rpartition("、")
    over = joint and len(rest) > 3 and done.endswith(rules.words("over"))
    return rest if over and not rest.startswith(rules.words("relative")) else own


def _general(own: str, rules: IndicatorRules) -> str:
    """Without instances: 建成公园、绿地等设施 → 建成设施."""
    such = rules.shapes["such-as"].match(own)
    if not such:
        return own
    acts = [act.end() for act in rules.acts.finditer(own, 0, such.end())]
    short = own[: acts[-1] if acts else 0] + own[such.end() :]
    return own if len(short) < 4 or short in rules.vague else short


def _behind(part: Part, own: str, rules: IndicatorRules) -> str:
    """The words behind a figure that name it: 3家|企业位列百强, not 30亿元|左右."""
    words = part.behind.removeprefix("以上").removeprefix("左右").lstrip("的")
    if words.count("”") > words.count("“"):
        words = words[: words.index("”")]
    if (
        len(words) < 2
        or not NOUN.match(words)
        or words.startswith(rules.words("aside"))
        or (own and words in rules.generic)
    ):
        return ""
    if part.amount.quantity.dimension in RATES and len(own) > 1 and not part.behind.startswith("的"):
        return ""
    return words[:_LONGEST]


def _stem(part: Part, own: str, rules: IndicatorRules) -> list[str]:
    """What a sentence's first figure speaks of where its own clause does not say: 粮食丰收,|产量|90吨."""
    noun = part.amount.quantity.noun
    if noun and noun not in rules.generic and not (part.stem and own):
        return [noun]
    if own in rules.words("case"):
        return []
    return [name for name in (lead(part.stem, rules),) if len(name) > 1]


def _total(name: str, rules: IndicatorRules) -> str:
    """A subject without 新增, for the total that follows it."""
    first = next((word for word in rules.words("increment") if name.startswith(word)), "")
    last = next((word for word in rules.words("increment") if name.endswith(word)), "")
    return name[len(first) : len(name) - len(last)] or name


def _joined(name: str, own: str, rules: IndicatorRules) -> str:
    """运营里程 and 总里程 → 运营总里程; 小区改造开工 and 完工 → 小区改造完工; 受理案件 and 审结案件 → 审结案件;
    医保参保 and 参保率 → 医保参保率."""
    if name.endswith(own):
        return name
    shared = next((size for size in range(len(own) - 1, 1, -1) if name.endswith(own[:size])), 0)
    if shared:
        return name + own[shared:]
    if own in rules.words("stage"):
        return _without(name, rules.words("stage")) + own
    if own in rules.words("case"):
        return _without(name, rules.words("stage")).removesuffix("案件").removesuffix("各类") + own
    bare = own.removeprefix("总").removeprefix("年")
    if len(bare) > 1 and name.endswith(bare):
        return name.removesuffix(bare) + own
    if own in rules.generic and not own.endswith(rules.words("share")):
        name = _without(name, [word for word in rules.words("tail") if name.endswith(word)])
    return name + own


def _without(name: str, words: Sequence[str]) -> str:
    word = next((word for word in words if word in name), "")
    return name.replace(word, "", 1) or name


def _rates(own: str) -> bool:
    """办结率、满意率|达到100% says it of each."""
    return all(len(part) > 2 and part.endswith("率") for part in _LISTS[-1].split(own))


def _parts(own: str) -> int:
    return len([part for part in _LISTS[-1].split(own) if len(part) > 1])


def _shared(own: str, wanted: int, rules: IndicatorRules) -> list[str]:
    """城镇、农村居民收入 → 城镇居民收入, 农村居民收入; none where it is no list of so many."""
    if wanted < 2:
        return []
    listed, _, common = own.partition("分别")
    if wanted == 2 and listed.startswith("城乡"):
        return [place + listed[2:] + common for place in ("城镇", "农村")]
    for joints in _LISTS:
        parts = [part for part in joints.split(listed) if part]
        if len(parts) == wanted:
            last = parts.pop()
            return [*(part + (common or _ending(part, last, rules)) for part in parts), last + common]
    return []


def _ending(part: str, last: str, rules: IndicatorRules) -> str:
    """What a part of a list shares with the last one: 装备制造业(增加值), 高技术制造业增加值."""
    share = next((word for word in (*rules.words("share"), *rules.words("tail")) if last.endswith(word)), "")
    if share and len(part) > 3 and not part.endswith(("率", share)):
        return share
    if part.endswith(rules.words("head")):
        return ""
    for size in range(min(len(part), 6), 0, -1):
        at = last.find(part[-size:])
        if at >= 0 and (size > 1 or at == len(part) - 1):
            return last[at + size :]
    if len(part) < 4 and len(part) + 2 <= len(last):
        return last[len(part) :]  # 能源、旅游|投资
    return next((word for word in rules.words("head") if last.endswith(word)), "")
