"""`rules/nouns.toml`, and the words of a clause with the kind that a noun phrase needs to know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import ClassVar, NamedTuple

import regex

from extractor import words
from extractor.rules import Rule, RuleFile

# jieba's tags; a word with another tag, or none, is a noun
_TAGS = {
    **dict.fromkeys(("v", "vd", "vi", "vg", "vq"), "verb"),
    **dict.fromkeys(("d", "dg", "df", "p", "c", "r", "y", "e", "u", "ul", "uv", "ud", "uz", "ug"), "stop"),
    **dict.fromkeys(("a", "ad", "ag", "b", "z"), "adjective"),
    "vn": "act", "uj": "of", "f": "place", "m": "number", "mq": "number",
}  # fmt: skip
_FORMED = {"form": "adjective", "quality": "property"}
_SUFFIXED = {"suffix": "noun", **_FORMED}
_BEFORE_NOUN = {"property": "adjective", "part": "drop"}  # kinds that are nouns where nothing of the phrase follows
_YEARS = r"\d今去上明前当每一二三四五六七八九十两几"  # what a year or a month begins with
_YEAR = r"(?:\d{1,4}|[今去上明前当每]|前?[一二三四五六七八九十两几]{1,3})年"
_ATOM = regex.compile(
    rf"""(?P<time>“十[一二三四五六七八九]?五”(?:时期|期间|末)?|{_YEAR}[底初末度]?(?!级|薪|金|龄|货|报)|\d+月份?(?:[上中下]旬|[底初末])?)
    |(?P<noun>“[^“”]*+”|"[^"]*+"|《[^《》]*+》)|(?P<paren>\([^()]*+\))|(?P<and>、)|(?P<stop>[\s/“"《(])
    |(?:[^“"《(、\s/{_YEARS}]+|(?!{_YEAR}|\d+月)[^“"《(、\s/])++|.""",
    regex.V1 | regex.VERBOSE,
)  # what stands in quotes or brackets is one word


class WordList(Rule):
    words: frozenset[str]


class HeadList(WordList):
    """Ends of the nouns that these units count."""

    units: frozenset[str]


class Token(NamedTuple):
    """A word, where it stands and its kind: an id of the `words` lists, or of `_TAGS`."""

    text: str
    start: int
    end: int
    kind: str


class NounRules(RuleFile):
    """`units` say how their nouns look, `words` overrule jieba's tags, the other lists are of word ends and tails."""

    file: ClassVar[str] = "nouns"
    units: tuple[WordList, ...] = ()
    words: tuple[WordList, ...] = ()
    deeds: tuple[WordList, ...] = ()
    aspects: tuple[WordList, ...] = ()
    indicators: tuple[WordList, ...] = ()
    people: tuple[WordList, ...] = ()
    bodies: tuple[WordList, ...] = ()
    agents: tuple[WordList, ...] = ()
    bases: tuple[WordList, ...] = ()
    funds: tuple[WordList, ...] = ()
    glued: tuple[WordList, ...] = ()
    twins: tuple[WordList, ...] = ()
    reaches: tuple[WordList, ...] = ()
    turns: tuple[WordList, ...] = ()
    sizes: tuple[WordList, ...] = ()
    shares: tuple[WordList, ...] = ()
    matters: tuple[WordList, ...] = ()
    belongings: tuple[WordList, ...] = ()
    heads: tuple[HeadList, ...] = ()
    objects: tuple[WordList, ...] = ()
    lights: tuple[WordList, ...] = ()
    tellings: tuple[WordList, ...] = ()
    towards: tuple[WordList, ...] = ()
    misdeeds: tuple[WordList, ...] = ()
    governing: tuple[WordList, ...] = ()
    formed: tuple[WordList, ...] = ()
    subjects: tuple[WordList, ...] = ()

    @cached_property
    def of_unit(self) -> dict[str, str]:
        return _by_word(self.units)

    @cached_property
    def of_word(self) -> dict[str, str]:
        return _by_word(self.words)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(word for word in {**self.of_word, **self.deed} if len(word) > 1)

    @cached_property
    def deed(self) -> dict[str, str]:
        return _by_word(self.deeds)

    @cached_property
    def aspect(self) -> frozenset[str]:
        return frozenset(_by_word(self.aspects))

    @cached_property
    def indicator(self) -> tuple[str, ...]:
        return tuple(_by_word(self.indicators))

    @cached_property
    def person(self) -> tuple[str, ...]:
        return tuple(_by_word(self.people))

    @cached_property
    def doers(self) -> dict[str, tuple[str, ...]]:
        """Ends of the nouns that can act, by the kind of unit that counts them."""
        bodies = (word for word, kind in _by_word(self.bodies).items() if kind == "body")
        return {"persons": self.person, "things": (*bodies, *self.person)}

    @cached_property
    def agent(self) -> tuple[str, ...]:
        return tuple(_by_word(self.agents))

    @cached_property
    def owned(self) -> dict[str, tuple[str, ...]]:
        """Units that bodies are counted in → ends of what such a body has or meets (个 counts funds, too)."""
        own = (*self.indicator, *_by_word(self.belongings))
        things = {unit: (*own, *self.fund, *self.matter) for unit, kind in self.of_unit.items() if kind == "things"}
        return {"个": own, **things}

    @cached_property
    def owner(self) -> tuple[str, ...]:
        """Ends of those that have it."""
        return (*self.agent, *_by_word(self.bodies))

    @cached_property
    def served(self) -> frozenset[str]:
        return frozenset(_by_word(self.objects))

    @cached_property
    def light(self) -> frozenset[str]:
        return frozenset(_by_word(self.lights))

    @cached_property
    def telling(self) -> frozenset[str]:
        return frozenset(_by_word(self.tellings))

    @cached_property
    def toward(self) -> frozenset[str]:
        return frozenset(_by_word(self.towards))

    @cached_property
    def misdeed(self) -> frozenset[str]:
        return frozenset(_by_word(self.misdeeds))

    @cached_property
    def governs(self) -> dict[str, str]:
        return _by_word(self.governing)

    @cached_property
    def forms(self) -> dict[str, tuple[str, ...]]:
        """Ends of the nouns that a deed forms, by the id of their list."""
        return {
            end.id: tuple(w for group in self.formed if group.id == end.id for w in group.words) for end in self.formed
        }

    @cached_property
    def subject(self) -> tuple[str, ...]:
        return tuple(_by_word(self.subjects))

    @cached_property
    def heads_of(self) -> dict[str, tuple[str, ...]]:
        return {unit: tuple(sorted(group.words)) for group in self.heads for unit in group.units}

    @cached_property
    def compares(self) -> tuple[str, ...]:
        return tuple(sorted(word for word, kind in self.of_word.items() if kind == "compare"))

    @cached_property
    def per(self) -> regex.Pattern[str]:
        """The base of a rate, with 每, at the end of what is searched."""
        words = sorted(_by_word(self.bases), key=len, reverse=True)
        return regex.compile(rf"(?:每[十百千万]*+(?:{'|'.join(map(regex.escape, words))}))++$")

    @cached_property
    def reaching(self) -> regex.Pattern[str]:
        """A verb whose object is counted, beside the number."""
        words = sorted(_by_word(self.reaches), key=len, reverse=True)
        return regex.compile(rf"(?:{'|'.join(map(regex.escape, words)) or '(?!)'})[了近约超达逾过共]{{0,2}}$")

    @cached_property
    def turn(self) -> dict[str, str]:
        return _by_word(self.turns)

    @cached_property
    def size(self) -> tuple[str, ...]:
        return tuple(_by_word(self.sizes))

    @cached_property
    def share(self) -> tuple[str, ...]:
        return tuple(_by_word(self.shares))

    @cached_property
    def matter(self) -> tuple[str, ...]:
        return tuple(_by_word(self.matters))

    @cached_property
    def fund(self) -> tuple[str, ...]:
        return tuple(_by_word(self.funds))

    @cached_property
    def twin(self) -> frozenset[str]:
        return frozenset(_by_word(self.twins))

    @cached_property
    def glue(self) -> tuple[frozenset[str], frozenset[str]]:
        """The characters that a guessed word begins with, and those that it ends with, and should not."""
        heads, ends = (
            frozenset(_by_word([group for group in self.glued if group.id == end])) for end in ("head", "end")
        )
        return heads, ends

    def tokens(self, text: str, start: int, end: int) -> list[Token]:
        """The words of text[start:end]; what stands in quotes or brackets is one, and so is a year."""
        found: list[Token] = []
        for match in _ATOM.finditer(text, start, end):
            if match.lastgroup:
                joins = match.lastgroup == "paren" and match.group()[1:-1] in self.twin
                kind = "suffix" if joins else match.lastgroup
                _add(found, Token(match.group(), match.start(), match.end(), kind))
                continue
            for token in self._words(match.group(), match.start()):
                _add(found, token)
        return _settled(found)

    def _words(self, piece: str, start: int) -> Iterator[Token]:
        known = self.of_word
        for text, tag, at in words.tag(piece, self.vocabulary):
            kind = known.get(text) or self._formed(text) or _TAGS.get(tag, "noun")
            if kind == "verb" and len(text) == 1 and at:
                kind = "predicate"
            cut = 0 if text in known else self._joint(text, tag)
            if cut:
                first = known.get(text[:cut], "noun")
                opening = "verb" if first == "predicate" else first
                yield Token(text[:cut], start + at, start + at + cut, opening)
                text, at = text[cut:], at + cut
                kind = known.get(text) or ("verb" if first == "stop" else "noun")
            yield Token(text, start + at, start + at + len(text), kind)

    def _formed(self, text: str) -> str | None:
        """The kind of a word with an ending that makes it describe (国家级, 阶段性), but 分配模式."""
        named = self.of_word.get(text[-2:]) == "noun"
        return None if named or len(text) < 3 else _FORMED.get(self.of_word.get(text[-1], ""))

    def _joint(self, text: str, tag: str) -> int:
        """Where a phrase that jieba took for a word falls in two: 价格|上涨, 大力|发展, 发放|贷款, 率|超; 0 if it is one."""
        known, size = self.of_word, len(text)
        if size > 2 and known.get(text[-2:]) == "predicate":
            return size - 2
        if size == 4 and known.get(text[:2]) in ("stop", "predicate"):
            return 2
        if tag == words.UNKNOWN and 1 < size < 4:
            heads, ends = self.glue
            if text[0] in heads:
                return 1
            if text[-1] in ends:
                return size - 1
        return 0


def _by_word(lists: Sequence[WordList]) -> dict[str, str]:
    return {word: group.id for group in lists for word in sorted(group.words)}


def _add(found: list[Token], token: Token) -> None:
    """Append; a suffix becomes one with the word before it (诉求解决|率)."""
    if token.kind in _SUFFIXED:
        kind = _SUFFIXED[token.kind]
        if found and found[-1].end == token.start and found[-1].kind in (*PHRASE, "predicate"):
            last = found.pop()
            token = Token(last.text + token.text, last.start, token.end, kind)
        else:
            token = token._replace(kind="bound" if token.kind in _FORMED else kind)  # 1000千瓦|级|机组
    found.append(token)


def _settled(tokens: list[Token]) -> list[Token]:
    """`tokens` with the words that describe, or are nouns, by what follows (约束性|指标, 数据|准确性)."""
    for i, token in enumerate(tokens):
        if token.kind in _BEFORE_NOUN:
            describes = i + 1 < len(tokens) and tokens[i + 1].kind in PHRASE
            tokens[i] = token._replace(kind=_BEFORE_NOUN[token.kind] if describes else "noun")
    return tokens


NOUNS = ("noun", "act", "whole")
PHRASE = ("noun", "act", "verb", "adjective", "number", "drop")  # kinds that stand inside a noun phrase
