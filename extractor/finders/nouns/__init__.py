"""The noun of a quantity: the phrase of what is counted, from the same clause.

A noun stands after its quantity (7个街道) or before it (成员142人, 地区生产总值增长5.2%). A quantity without one shares
that of its neighbours: with those that follow at once it counts the same (三方面17项43个问题), and where only a verb
stands before it, it speaks of the subject of the number before (支出规模8397亿元、增长5.3%).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

import regex

from extractor.finders.nouns import phrases
from extractor.finders.nouns.place import REACH, Place
from extractor.finders.nouns.rulefile import NounRules
from extractor.finders.nouns.tokens import NOUNS
from extractor.found import Found
from extractor.rules import Rules
from extractor.text import Span

NEIGHBOURS = 8  # quantities to either side whose noun may be this one's too: a hostile list is endless
_SIZES = ("money", "length", "area", "volume", "mass", "power")
_RATES = ("percent", "percentage_point", "ratio")
_TASKS = ("的", "任务", "目标")
_AT_LEAST = regex.compile("以[上下内]")
_BOUND = regex.compile("以[上下内外]|之内|[内外]|范围")
_DESCRIBING = regex.compile("(?:[年月天日周级]|小时|分钟)$")  # 五年|新增装机|3亿千瓦, 万吨级|泊位|3个
_OF = regex.compile("(?:以[上下])?的")
_LINK = regex.compile("(?:(?:国家|世界|省|市|县|区|[百千万]?[万亿])级)?(?:[、和与及]|以及)?")  # 2个国家级和5个省级中心
_CLAUSE = regex.compile("(?<![年月日度期初末])的$")
_JOINT = regex.compile("[、和与及]|以及")


def find(
    text: str, clause: tuple[int, int], quantity: tuple[int, int], unit: str | None, dimension: str,
    others: Sequence[tuple[int, int]], rules: Rules,
) -> str | None:  # fmt: skip
    """The noun of `quantity` as printed, None where its clause has none.

    All places are offsets of `text` (a view's text): `clause` from the stop before to the stop after,
    `others` the other quantities of the clause.
    """
    near = sorted(Span(*other) for other in others if abs(other[0] - quantity[0]) < 2 * REACH)
    at = bisect_left(near, quantity)
    neighbours = (*near[max(0, at - NEIGHBOURS) : at], *near[at : at + NEIGHBOURS])
    place = Place(text, Span(*clause), Span(*quantity), neighbours, rules.of(NounRules))
    span = locate(place, unit, dimension)
    return "".join(text[span.start : span.end].split()) if span else None


def locate(place: Place, unit: str | None, dimension: str) -> Span | None:
    """As `find`: where the noun stands."""
    return _own(place, _noun(place, unit, dimension))


def _noun(place: Place, unit: str | None, dimension: str) -> Span | None:
    kind = place.rules.of_unit.get(unit or "", "")
    if dimension == "duration" or kind == "self-named":
        return None
    if kind == "levels":
        return phrases.before(place, place.left)
    if kind == "parts":
        return _following(place, kind)
    if dimension == "length" and _BOUND.match(place.text, place.span.end):
        return None  # 50米内换乘比例
    if _describes(place):
        return _preceding(place)
    if dimension in _RATES and not _of_rate(place):
        return _preceding(place, rate=True)
    sized = dimension == "money" and _AT_LEAST.match(place.text, place.span.end)  # 亿元以上新建项目
    after = _following(place, "" if sized else kind)
    if after and _vague(place, after, counts=dimension == "count" and unit is not None):
        after = None
    if after and dimension == "money" and place.text.endswith(place.rules.matter, after.start, after.end):
        after = None  # 收入80万元未上缴的|问题
    if dimension in _SIZES and (before := _invested(place, after)):
        return before
    if not after and kind == "times" and _adverbial(place):
        return None
    if kind == "persons" and after and not _people(place, after) and (_concerns(place, after) or _passed(place, after)):
        return None  # 445万人的|用电问题, 20人4辆|消防车
    if after and unit is None and place.text.startswith(_TASKS, place.span.end):
        before = _preceding(place)
        after = None if before and before.end == place.span.start else after  # 裁减员额5万的|任务
    if after and place.text.startswith("人次", place.span.end - 2) and _visitors(place, after):
        after = None
    found = after or _preceding(place)
    if found and not after and kind == "persons":
        found = _persons(place, found)
    money = dimension == "money"
    return found if found and not _uncounted(place, found, "money" if money else kind, follows=bool(after)) else None


def _uncounted(place: Place, noun: Span, kind: str, *, follows: bool) -> bool:
    """Is it something else than what is counted: who did or got it, or only what was done?"""
    if not follows and place.rules.reaching.search(place.text, noun.end, place.span.start):
        return True  # 育儿补贴|惠及|60万人
    if kind == "money" or (not follows and kind in ("persons", "papers")):
        words = [t for t in place.tokens(noun) if kind != "persons" or t.kind in NOUNS]  # 司法机关|处理|4人
        if words and words[-1].text.endswith(place.rules.agent) and not _people(place, noun):
            return True  # 市财政|安排200万元, 移送司法机关|5人
    named = not follows and place.text[noun.end : place.span.start].endswith("等")
    if kind == "persons" and named and ("某" in place.text[noun.start : noun.end] or not _people(place, noun)):
        return True  # 王某等|5人
    deeds = {"things": ("verb", "adjective"), "papers": ("verb",), "persons": ("verb", "act")}.get(kind, ())
    return bool(deeds) and all(t.kind in deeds for t in place.tokens(noun))  # 追责问责|15人, 责令检查|1人


def _people(place: Place, noun: Span) -> bool:
    return place.text.endswith(place.rules.person, noun.start, noun.end)


def _concerns(place: Place, noun: Span) -> bool:
    """Is the noun what those that are counted have to do with?"""
    return place.text.startswith("的", place.span.end) or place.text.endswith(place.rules.matter, noun.start, noun.end)


def _visitors(place: Place, after: Span) -> bool:
    """Do people stand before, and what they did after (代表1000人次|列席会议)?"""
    before = _preceding(place)
    did = place.tokens(after)[0].kind in ("verb", "predicate")
    return did and before is not None and before.end == place.span.start and _people(place, before)


def _persons(place: Place, noun: Span) -> Span:
    """`noun` without what the people in it are made to do (选派|骨干|进修学习)."""
    tokens, before = place.tokens(noun), place.tokens(Span(place.left.start, noun.start))
    if not before or before[-1].kind not in ("verb", "predicate"):
        return noun
    ends = [i for i, t in enumerate(tokens) if t.text.endswith(place.rules.person)]
    trails = bool(ends) and all(t.kind in ("verb", "act") for t in tokens[ends[-1] + 1 :])
    return Span(noun.start, tokens[ends[-1]].end) if trails else noun


def _passed(place: Place, noun: Span) -> bool:
    """Does another number stand between?"""
    return any(place.span.end <= other.start < noun.start for other in place.others)


def _vague(place: Place, noun: Span, *, counts: bool) -> bool:
    """Is what follows no thing that is counted (较常年偏多六成的|情况, 新增就业45万人以上的|目标)?"""
    aspect = place.text[noun.start : noun.end] in place.rules.aspect
    return aspect and (not counts or "的" in place.text[place.span.end : noun.start])


def _invested(place: Place, after: Span | None) -> Span | None:
    """The indicator before an amount (of money, of length …) whose next noun another number counts, or it measures."""
    counted = after and any(o.start == after.end for o in place.others)  # 总投资超10亿元项目|50个
    passed = after and _passed(place, after)  # 总长2公里、3条支渠
    measured = counted or passed or _OF.match(place.text, place.span.end)  # 总投资为10亿元的项目
    sized = place.text[place.span.end - 1] == "元" and _AT_LEAST.match(
        place.text, place.span.end
    )  # 总投资10亿元以上项目
    before = _preceding(place) if after and (measured or sized) else None
    if not before:
        return None
    indicator = measured and place.text.endswith(place.rules.indicator, before.start, before.end)
    return before if indicator or (sized and before.end == place.span.start) else None


def _describes(place: Place) -> bool:
    """Does it say which things the quantity before it counts (5家|产值超|10亿元|的企业, 5条|总长|9公里|的路)?"""
    before = place.left
    return bool(
        _OF.match(place.text, place.span.end)
        and any(other.end == before.start for other in place.others)
        and place.text.endswith((*place.rules.size, *place.rules.indicator), before.start, before.end)
        and not _JOINT.search(place.text, before.start, before.end)
        and not any(token.text.endswith(place.rules.owner) for token in place.tokens(before))  # 5个|单位总值|9亿元
    )


def _adverbial(place: Place) -> bool:
    """Do the times say how often a verb was done (经验12次|被刊发, 两次|全面降准)?"""
    deed = place.rules.deed
    tokens = [t for t in place.tokens(place.right) if t.kind != "adjective" and deed.get(t.text) != "manner"]
    return bool(tokens) and tokens[0].kind in ("predicate", "verb", "preposition", "stop")


def _of_rate(place: Place) -> bool:
    """Is a share's noun after it (60%的门诊号源, 覆盖95%乡镇) rather than the indicator before it (增长5%)?"""
    tokens = place.tokens(place.right)
    if len(tokens) > 1 and (tokens[0].kind, tokens[1].kind) == ("bound", "of"):
        return True  # 70%左右的地市
    return bool(tokens) and (
        tokens[0].text in ("的", "以上", "以下", "以内") or tokens[0].kind in ("noun", "adjective")
    )


def _following(place: Place, kind: str) -> Span | None:
    """The noun after the quantity, or after those that follow it at once (三方面17项43个问题)."""
    after = place.right
    follower = next((o for o in place.others if o.start == after.end), None)
    if follower and (_LINK.fullmatch(place.text, after.start, after.end) or _describes(place.at(follower))):
        return _following(place.at(follower), "")
    return phrases.after(place, after, kind, bool(follower))


def _preceding(place: Place, *, rate: bool = False) -> Span | None:
    """The noun before the quantity; where only a verb stands, that of the quantity before it (、增长5%)."""
    before = place.left
    prior = next((o for o in place.others if o.end == before.start), None)
    if not rate and _qualified(place):
        return None
    if not prior:
        return phrases.before(place, before, rate=rate)
    joint = _JOINT.search(place.text, before.start, before.end)
    found = phrases.before(place, Span(joint.end(), before.end) if joint else before, rate=rate)
    if found and (rate or joint or _BOUND.match(place.text, before.start) or place.text[prior.end - 1] == "元"):
        return found
    linked = _LINK.fullmatch(place.text, before.start, before.end)  # what follows them follows this one too
    describes = _DESCRIBING.search(place.text, prior.start, prior.end)
    theirs = None if linked or describes else _following(place.at(prior), "")
    if found:
        if theirs and theirs.start == found.start and theirs.end < found.end:
            return Span(theirs.end, found.end)  # 5个单位|非税收入|80万元
        funded = place.text[place.span.end - 1] == "元" and place.text.endswith(place.rules.fund, *found)
        taken = theirs and theirs.overlaps(found) and not funded  # 10支队伍105人, but 10件实事|资金|9亿元
        return None if taken else found
    turns = tuple(word for word, kind in place.rules.turn.items() if kind == "turn")
    turned = place.text.startswith(turns, before.start + (place.text[before.start] in "、和"), before.end)
    kind = place.rules.of_unit.get(place.text[place.span.end - 1])
    if theirs and kind == "persons" and not _people(place, theirs):
        return None  # 2个村退出、|300人|脱贫
    if theirs or turned:  # 补充基金3亿元|、向下级调出|9亿元
        return theirs
    return _preceding(place.at(prior), rate=rate)


def _qualified(place: Place) -> bool:
    """Does a clause before it say which are counted (符合条件的|35户)?"""
    kind = place.rules.of_unit.get(place.text[place.span.end - 1], "")
    return kind not in ("money", "measures") and bool(_CLAUSE.search(place.text, place.left.start, place.span.start))


def _own(place: Place, noun: Span | None) -> Span | None:
    """The one of several nouns that is this quantity's (出生率和死亡率|分别为|6‰|和|7‰)."""
    if not noun or "分别" not in place.text[noun.end : place.span.start]:
        return noun
    joints = list(_JOINT.finditer(place.text, noun.start, noun.end))
    starts, ends = [noun.start, *(j.end() for j in joints)], [*(j.start() for j in joints), noun.end]
    nouns = [Span(*bounds) for bounds in zip(starts, ends, strict=True)]
    siblings = sorted(o for o in {*place.others, place.span} if o.start >= noun.end)
    indicators = all(place.text.endswith(place.rules.indicator, n.start, n.end) for n in nouns)
    return nouns[siblings.index(place.span)] if indicators and len(nouns) == len(siblings) else noun


def trial(rules: Rules, text: str, given: Mapping[str, Any]) -> list[Found]:
    """The lists make a noun together, so each example's noun is credited to every list."""
    table = rules.of(NounRules)
    span, *others = (
        Span(text.index(quantity), text.index(quantity) + len(quantity))
        for quantity in (given["quantity"], *given.get("others", ()))
    )
    place = Place(text, Span(0, len(text)), span, tuple(sorted(others)), table)
    noun = locate(place, given.get("unit"), given.get("dimension", "count"))
    return [Found(noun, rule.id) for rule in table.entries()] if noun else []
