"""The words of a clause, each with the kind that a noun phrase needs to know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

from extractor import words
from extractor.finders.nouns.rulefile import NounRules

NOUNS = ("noun", "act", "whole")
PHRASE = ("noun", "act", "verb", "adjective", "number", "drop")  # kinds that stand inside a noun phrase

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


class Token(NamedTuple):
    """A word, where it stands and its kind: an id of the `words` lists, or of `_TAGS`."""

    text: str
    start: int
    end: int
    kind: str


def tokens(text: str, start: int, end: int, rules: NounRules) -> list[Token]:
    """The words of text[start:end]; what stands in quotes or brackets is one, and so is a year."""
    found: list[Token] = []
    for match in _ATOM.finditer(text, start, end):
        if match.lastgroup:
            joins = match.lastgroup == "paren" and match.group()[1:-1] in rules.twin
            kind = "suffix" if joins else match.lastgroup
            _add(found, Token(match.group(), match.start(), match.end(), kind))
            continue
        for token in _words(match.group(), match.start(), rules):
            _add(found, token)
    return _settled(found)


def _words(piece: str, start: int, rules: NounRules) -> Iterator[Token]:
    known = rules.of_word
    for text, tag, at in words.tag(piece, rules.vocabulary):
        kind = known.get(text) or _formed(text, rules) or _TAGS.get(tag, "noun")
        if kind == "verb" and len(text) == 1 and at:
            kind = "predicate"
        cut = 0 if text in known else _joint(text, tag, rules)
        if cut:
            first = known.get(text[:cut], "noun")
            opening = "verb" if first == "predicate" else first
            yield Token(text[:cut], start + at, start + at + cut, opening)
            text, at = text[cut:], at + cut
            kind = known.get(text) or ("verb" if first == "stop" else "noun")
        yield Token(text, start + at, start + at + len(text), kind)


def _formed(text: str, rules: NounRules) -> str | None:
    """The kind of a word with an ending that makes it describe (国家级, 阶段性), but 分配模式."""
    named = rules.of_word.get(text[-2:]) == "noun"
    return None if named or len(text) < 3 else _FORMED.get(rules.of_word.get(text[-1], ""))


def _joint(text: str, tag: str, rules: NounRules) -> int:
    """Where a phrase that jieba took for a word falls in two: 价格|上涨, 大力|发展, 发放|贷款, 率|超; 0 if it is one."""
    known, size = rules.of_word, len(text)
    if size > 2 and known.get(text[-2:]) == "predicate":
        return size - 2
    if size == 4 and known.get(text[:2]) in ("stop", "predicate"):
        return 2
    if tag == words.UNKNOWN and 1 < size < 4:
        heads, ends = rules.glue
        if text[0] in heads:
            return 1
        if text[-1] in ends:
            return size - 1
    return 0


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
