"""Words of a clause, as jieba cuts them, behind one function.

jieba's data are read, its code is not run: loading it takes 0.8 s and 90 MB, and what a host program adds to it would
change our cuts. `dictionary` reads its word list only where a clause asks for it, `cut` takes the likeliest path
through it, `unknown` falls back on jieba's hidden Markov model for characters that make no known word.

jieba's tagger costs seven times its cutter, so a word gets the one tag that jieba's dictionary has for it, and
the rules overrule that tag where it misleads.
"""

from __future__ import annotations

from functools import cache, lru_cache
from math import exp
from typing import NamedTuple

from extractor.words.cut import Cutter
from extractor.words.dictionary import TOTAL, Dictionary

UNKNOWN = "?"


class Word(NamedTuple):
    """`tag` is jieba's part of speech (v, vn, d, p …), "" for a noun, UNKNOWN for a word that jieba guessed."""

    text: str
    tag: str
    start: int


@lru_cache(maxsize=4096)
def tag(clause: str, vocabulary: frozenset[str] = frozenset()) -> tuple[Word, ...]:
    """The words of `clause` in order; joined they are the clause. Offsets are code points of it.

    A word of `vocabulary` is kept whole where jieba would cut it.
    """
    cutter = _cutter(vocabulary)
    tags = cutter.dictionary.tags
    found = []
    start = 0
    for text in cutter.cut(clause):
        found.append(Word(text, tags.get(text, "") if cutter.knows(text) else UNKNOWN, start))
        start += len(text)
    return tuple(found)


def frequencies(text: str) -> dict[str, int]:
    """The words of two characters or more that stand in a short text, one inside another too, and how often each occurs
    in what jieba's list was counted from."""
    known = _dictionary()
    known.open(text)
    words = {text[i:j] for i in range(len(text) - 1) for j in range(i + 2, len(text) + 1)}
    return {word: round(exp(known.weights[word] + TOTAL)) for word in sorted(words) if word in known.weights}


@lru_cache(maxsize=2)
def _cutter(vocabulary: frozenset[str]) -> Cutter:
    return Cutter(_dictionary(), vocabulary)


@cache
def _dictionary() -> Dictionary:
    return Dictionary()
