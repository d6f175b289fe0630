"""The noun of a quantity: the phrase of what is counted, from the same clause.

A noun stands after its quantity (7个街道) or before it (成员142人, 地区生产总值增长5.2%). Words get a kind from
`rules/nouns.toml`, else from jieba's dictionary; a noun phrase is a run of words that a predicate, a preposition,
an adverb or 的 ends. After a quantity that has a verb before it (实施20个城中村改造项目) the phrase may hold verbs up
to its last noun; after one that opens the clause (3个项目落户) the first verb is the predicate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

import regex

from extractor import words
from extractor.found import Found
from extractor.rules import Rule, RuleFile, Rules
from extractor.text import Span

RATES = ("percent", "percentage_point", "ratio")
NOUNS = ("noun", "act", "whole")
PHRASE = ("noun", "act", "verb", "adjective", "number", "drop")  # kinds that stand inside a noun phrase
REACH = 60  # characters to either side; a noun phrase is shorter
# jieba's tags; a word with another tag, or none, is a noun
_TAGS = {
    **dict.fromkeys(("v", "vd", "vi", "vg", "vq"), "verb"),
    **dict.fromkeys(("d", "dg", "df", "p", "c", "r", "y", "e", "u", "ul", "uv", "ud", "uz", "ug"), "stop"),
    **dict.fromkeys(("a", "ad", "ag", "b", "z"), "adjective"),
    "vn": "act", "uj": "of", "f": "place", "m": "number", "mq": "number",
}  # fmt: skip
_ATOM = regex.compile(r'“[^“”]*+”|"[^"]*+"|《[^《》]*+》|\([^()]*+\)|[、\s/]|[^“"《(、\s/]++|.', regex.V1)
_SIGNS = {"、": "and", " ": "stop", "/": "noun"}
_SUFFIXED = {"suffix": "noun", "form": "adjective"}
_JOINTS = ("和", "与", "及", "以及")
_JOINT = regex.compile("[、和与及]|以及")
_PAIRS = {"“": "”", "《": "》", "(": ")", "「": "」", "『": "』", "〈": "〉", "[": "]", "【": "】"}
_OPENERS = {close: open_ for open_, close in _PAIRS.items()}
_YEAR = regex.compile(r"\d{2,4}年度?")
_WITHIN = ("内", "外", "以内", "之内", "以外", "范围")
_OF_RATE = ("的", "以上", "以下", "以内")


class WordList(Rule):
    words: frozenset[str]


class NounRules(RuleFile):
    """`units` say how their nouns look, `words` overrule jieba's tags, `deeds` and `aspects` are cut off behind."""

    file: ClassVar[str] = "nouns"
    units: tuple[WordList, ...] = ()
    words: tuple[WordList, ...] = ()
    deeds: tuple[WordList, ...] = ()
    indicators: tuple[WordList, ...] = ()
    people: tuple[WordList, ...] = ()
    aspects: tuple[WordList, ...] = ()

    @cached_property
    def of_unit(self) -> dict[str, str]:
        return _by_word(self.units)

    @cached_property
    def of_word(self) -> dict[str, str]:
        return _by_word(self.words)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(word for word in self.of_word if len(word) > 1)

    @cached_property
    def tail(self) -> dict[str, str]:
        return _by_word(self.deeds) | _by_word(self.aspects)

    @cached_property
    def indicator(self) -> tuple[str, ...]:
        return tuple(_by_word(self.indicators))

    @cached_property
    def person(self) -> tuple[str, ...]:
        return tuple(_by_word(self.people))


def _by_word(lists: Sequence[WordList]) -> dict[str, str]:
    return {word: group.id for group in lists for word in group.words}


class Token(NamedTuple):
    text: str
    start: int
    end: int
    kind: str


class Place(NamedTuple):
    """Where a quantity stands: view text, clause, the quantity itself and the others of the clause."""

    text: str
    clause: Span
    span: Span
    others: tuple[Span, ...]
    rules: NounRules

    def at(self, other: Span) -> Place:
        """The place of another quantity of the clause."""
        return self._replace(span=other, others=tuple(sorted({*self.others, self.span} - {other})))

    def left(self) -> Span:
        """What may hold the noun before it: from the quantity before, or the last bracket that is still open."""
        low = max(
            [self.clause.start, self.span.start - REACH, *(o.end for o in self.others if o.end <= self.span.start)]
        )
        closed = 0
        for i in range(self.span.start - 1, low - 1, -1):
            closed += (self.text[i] in _OPENERS) - (self.text[i] in _PAIRS)
            if closed < 0 or self.text[i] == "\n":
                return Span(i + 1, self.span.start)
        return Span(low, self.span.start)

    def right(self) -> Span:
        """What may hold the noun after it: up to the next quantity, or to the bracket that closes around it."""
        start, high = self.span.end, min(self.clause.end, self.span.end + REACH)
        starts = {o.start for o in self.others}
        if start < high and _OPENERS.get(self.text[start]) == self.text[max(0, self.span.start - 1)]:
            start += 1  # “0.1微克”行动
        opened = 0
        for i in range(start, high):
            opened += (self.text[i] in _PAIRS) - (self.text[i] in _OPENERS)
            if opened < 0 or self.text[i] == "\n" or (i in starts and not opened):
                return Span(start, i)
        return Span(start, high)

    def tokens(self, span: Span) -> list[Token]:
        """The words of `span` with their kinds; what stands in quotes is one word."""
        found: list[Token] = []
        for match in _ATOM.finditer(self.text, span.start, span.end):
            piece, start = match.group(), match.start()
            if piece in _SIGNS:
                found.append(Token(piece, start, start + 1, _SIGNS[piece]))
            elif piece[0] in _PAIRS or piece[0] == '"':
                found.append(Token(piece, start, match.end(), "paren" if piece[0] == "(" else "noun"))
            else:
                for text, kind, at in self.kinds(piece):
                    token = Token(text, start + at, start + at + len(text), kind)
                    if kind in _SUFFIXED:
                        bare = not found or found[-1].kind not in (*PHRASE, "predicate")
                        last = token._replace(text="") if bare else found.pop()
                        token = Token(last.text + text, last.start, token.end, _SUFFIXED[kind])
                    found.append(token)
        return found

    def kinds(self, piece: str) -> Iterator[tuple[str, str, int]]:
        """The words of `piece`, their kinds and offsets in it."""
        known = self.rules.of_word
        for text, tag, at in words.tag(piece, self.rules.vocabulary):
            kind = known.get(text) or _TAGS.get(tag, "noun")
            if kind == "verb" and len(text) == 1:
                kind = "predicate"
            if text not in known and len(text) > 2:  # 价格上涨, 大力发展, 全线贯通 are words to jieba
                first, last = known.get(text[:-2]), known.get(text[-2:])
                if last == "predicate" or (first == "stop" and len(text) == 4):
                    yield text[:-2], first or "noun", at
                    text, at, kind = text[-2:], at + len(text) - 2, last or "verb"
            yield text, kind, at


def find(
    text: str, clause: tuple[int, int], quantity: tuple[int, int], unit: str | None, dimension: str,
    others: Sequence[tuple[int, int]], rules: Rules,
) -> str | None:  # fmt: skip
    """The noun of `quantity` as printed, None where its clause has none.

    All places are offsets of `text` (a view's text): `clause` from the stop before to the stop after,
    `others` the other quantities of the clause.
    """
    place = Place(text, Span(*clause), Span(*quantity), tuple(sorted(Span(*o) for o in others)), rules.of(NounRules))
    span = _own(place, locate(place, unit, dimension))
    return regex.sub(r"\s", "", text[span.start : span.end]) if span else None


def locate(place: Place, unit: str | None, dimension: str) -> Span | None:
    """As `find`, the place of the noun instead of its words."""
    kind = place.rules.of_unit.get(unit or "", "")
    if dimension == "duration" or kind == "self-named":
        return None
    before, after = place.left(), place.right()
    if kind == "levels":
        return _before(place, before)
    follower = next((o for o in place.others if o.start == place.span.end), None)
    if follower:  # 三方面17项43个问题
        return locate(place.at(follower), None, "count") or _before(place, before)
    if dimension == "length" and place.text.startswith(_WITHIN, after.start):
        return None  # 50米内换乘比例
    rate = dimension in RATES
    if not rate or place.text.startswith(_OF_RATE, after.start):
        found = _after(place, after, kind)
        if found:
            return found
    prior = next((o for o in place.others if o.end == before.start), None)
    if not prior:
        return _before(place, before)
    joint = _JOINT.search(place.text, before.start, before.end)
    found = _before(place, Span(joint.end(), before.end) if joint else before)
    if found:
        return found if joint or rate else None  # 10支队伍105人: 队伍 is taken
    return locate(place.at(prior), None, "count")


def _own(place: Place, noun: Span | None) -> Span | None:
    """The one of several nouns that is this quantity's (出生率和死亡率|分别为|6‰|和|7‰)."""
    if not noun or "分别" not in place.text[noun.end : place.span.start]:
        return noun
    joints = [Span(*match.span()) for match in _JOINT.finditer(place.text, noun.start, noun.end)]
    starts, ends = [noun.start, *(j.end for j in joints)], [*(j.start for j in joints), noun.end]
    nouns = [Span(*ends) for ends in zip(starts, ends, strict=True)]
    siblings = sorted(o for o in {*place.others, place.span} if o.start >= noun.end)
    indicators = all(place.text.endswith(place.rules.indicator, n.start, n.end) for n in nouns)
    return nouns[siblings.index(place.span)] if indicators and len(nouns) == len(siblings) else noun


def _after(place: Place, span: Span, kind: str) -> Span | None:
    tokens = _past_lead(place.tokens(span))
    taken: list[Token] = []
    for i, token in enumerate(tokens):
        rest = tokens[i + 1 :]
        if token.kind == "etc" or (token.kind == "of" and _attributive(taken, kind, place.rules.person)):
            taken = []
        elif token.kind == "of" and not rest:  # 17个国家和国内的|200多位嘉宾
            taken = taken[: next((i for i, t in enumerate(taken) if t.kind == "and"), None)]
            break
        elif not _goes_on(place, taken, token, rest, kind):
            break
        else:
            taken.append(token)
            if token.kind == "whole":
                break
    if taken and taken[-1].kind == "verb" and (taken[0].kind == "verb" or not _has_noun(taken)):
        return None  # 平房2008户|申请式退租
    if kind not in ("events", "measures"):
        while _has_noun(taken[:-1]) and (taken[-1].kind == "verb" or taken[-1].text in place.rules.tail):
            taken.pop()
    return _phrase(place, taken)


def _goes_on(place: Place, taken: list[Token], token: Token, rest: list[Token], kind: str) -> bool:
    """Does the phrase `taken` take in `token`, with `rest` after it?"""
    after = rest[0].kind if rest else ""
    if token.kind == "lead":  # 未完成指标, 新项目
        return after in NOUNS or len(rest) > 1 and after in ("verb", "predicate") and rest[1].kind in NOUNS
    if token.kind == "predicate":
        return bool(taken) and taken[-1].kind == "lead"
    if token.kind == "verb" and _has_noun(taken):
        return _modifies(place, rest, kind)
    if token.kind == "and":
        return bool(taken) and after in PHRASE and after != "drop"
    return token.kind in PHRASE or token.kind == "whole" or (token.kind == "place" and after == "of")


def _past_lead(tokens: list[Token]) -> list[Token]:
    """Past 以上 and 各类, and past a relative clause (受到表彰的|单位)."""
    skip = 0
    while skip < len(tokens) and (tokens[skip].kind in ("bound", "drop") or tokens[skip].text in ("为", "是")):
        skip += 1
    tokens = tokens[skip:]
    if tokens and tokens[0].kind in ("predicate", "verb", "stop", "lead", "preposition", "adjective"):
        for i, token in enumerate(tokens):
            if token.kind == "and":
                break
            if token.kind == "of":
                counted = tokens[0].kind == "verb" and tokens[i - 1].kind == "noun"  # 填报点|的清单
                return tokens if counted else tokens[i + 1 :]
    return tokens


def _attributive(taken: list[Token], kind: str, person: tuple[str, ...]) -> bool:
    """Does what stands before 的 describe what is counted (群众身边的|场地), or is it counted (7项任务|的台账)?"""
    if not taken:
        return True
    last = taken[-1]
    return last.kind in ("verb", "place", "adjective") or (kind == "papers" and last.text.endswith(person))


def _has_noun(taken: Sequence[Token]) -> bool:
    return any(token.kind in NOUNS for token in taken)


def _modifies(place: Place, rest: list[Token], kind: str) -> bool:
    """Is a verb inside the phrase (养老服务|提升|工程) rather than the clause's predicate (项目|落户|园区)?"""
    run = 0
    while run < len(rest) and rest[run].kind in PHRASE:
        run += 1
    if kind == "persons" and not (run and rest[run - 1].text.endswith(place.rules.person)):
        return False
    if _governed(place):  # not 使用500万元基金|支持稳岗和培训
        return not (run and run < len(rest) and rest[run].kind == "and")
    return _has_noun(rest[:run]) and run < len(rest) and rest[run].kind in ("predicate", "stop", "preposition")


def _governed(place: Place) -> bool:
    """Is the quantity the object of a verb before it?"""
    tokens = place.tokens(Span(max(place.clause.start, place.span.start - REACH), place.span.start))
    for token in reversed(tokens):
        if token.kind == "preposition":
            return False
        if token.kind in ("verb", "predicate"):
            return True
    return False


def _before(place: Place, span: Span) -> Span | None:
    tokens = place.tokens(span)
    compared = next((i for i, token in enumerate(tokens) if token.kind == "compare"), len(tokens))
    size = compared
    while size and not _ends_phrase(tokens[:size]):
        size -= 1
    taken: list[Token] = []
    for i in range(size - 1, -1, -1):
        token = tokens[i]
        if (
            token.kind == "preposition"
            and token.text in "为向给"
            and any(t.kind in ("verb", "predicate") for t in tokens[size:])
        ):
            return None  # 为企业清欠2亿元
        if token.kind == "etc":
            if not any(t.kind == "and" for t in tokens[:i]):
                break
        elif token.kind == "and":
            if not i or not taken or not _ends_phrase(tokens[:i]):
                break
        elif (token.kind not in PHRASE and token.kind != "paren") or (token.kind == "verb" and _has_noun(taken) and _leads(tokens[:i])):
            break
        taken.insert(0, token)
    return _phrase(place, taken)


def _ends_phrase(tokens: list[Token]) -> bool:
    """Could a noun phrase end here? A verb is a noun where a noun stands before it (百姓宣讲)."""
    last = tokens[-1].kind
    return last in (*NOUNS, "paren") or (
        last == "verb"
        and len(tokens) > 1
        and (tokens[-2].kind in ("noun", "act", "verb", "adjective") or tokens[-2].text in _JOINTS)
    )


def _leads(before: list[Token]) -> bool:
    """Does a verb with `before` before it govern what follows (拆除|护栏), rather than modify it (死亡|人数)?"""
    while before and before[-1].kind == "verb":  # 整治提升|小巷
        before = before[:-1]
    return not before or not (before[-1].kind in (*PHRASE, "predicate", "etc") or before[-1].text in _JOINTS)


def _phrase(place: Place, taken: list[Token]) -> Span | None:
    while taken and taken[-1].kind in ("and", "adjective", "number", "place", "time", "drop", "etc"):
        taken = taken[:-1]
    while taken and taken[0].kind in ("and", "drop", "time", "etc"):
        taken = taken[1:]
    if not _has_noun(taken) and len(taken) < 2:
        return None
    if len(taken) == 1 and place.rules.tail.get(taken[0].text) == "aspect":
        return None
    start, end = taken[0].start, taken[-1].end
    year = _YEAR.match(place.text, start, end)
    start = year.end() if year and year.end() < end else start
    if place.text[start] == "《" and place.text[end - 1] == "》":
        start, end = start + 1, end - 1
    return Span(start, end)


def trial(rules: Rules, text: str, given: Mapping[str, Any]) -> list[Found]:
    """The lists make a noun together, so each example's noun is credited to every list."""
    kinds = rules.of(NounRules)
    span, *others = (
        Span(text.index(quantity), text.index(quantity) + len(quantity))
        for quantity in (given["quantity"], *given.get("others", ()))
    )
    place = Place(text, Span(0, len(text)), span, tuple(sorted(others)), kinds)
    noun = _own(place, locate(place, given.get("unit"), given.get("dimension", "count")))
    return [Found(noun, rule.id) for rule in kinds.entries()] if noun else []
