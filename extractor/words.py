"""Words of a clause, by jieba behind one function.

jieba's tagger costs seven times its cutter, so a word gets the one tag that jieba's dictionary has for it, and
the rules overrule that tag where it misleads. The dictionary is read once, at the first call; jieba's own cache
(a marshal file in the shared temporary folder) is never written nor read.
"""

from __future__ import annotations

import warnings
from functools import cache, lru_cache
from typing import Any, NamedTuple

UNKNOWN = "?"
_COMMON = 300  # how often jieba is to think a word of the vocabulary occurs, at least: that of 办结


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
    tags, tokenizer = _tags(), _tokenizer(vocabulary)
    found = []
    start = 0
    for text in tokenizer.cut(clause):
        found.append(Word(text, tags.get(text, "") if tokenizer.FREQ.get(text) else UNKNOWN, start))
        start += len(text)
    return tuple(found)


@lru_cache(maxsize=2)
def _tokenizer(vocabulary: frozenset[str]) -> Any:
    """A tokenizer of our own, so that words which the host program adds to jieba change nothing here."""
    tokenizer = _jieba().Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word in sorted(vocabulary):
        tokenizer.add_word(word, max(tokenizer.suggest_freq(word), _COMMON))
    return tokenizer


@cache
def _tags() -> dict[str, str]:
    """Word → tag, of the words that are no plain nouns, names or idioms: six in seven are."""
    with _jieba().Tokenizer().get_dict_file() as file:
        entries = (line.rsplit(" ", 2) for line in file.read().decode("utf-8").splitlines())
    return {word: tag for word, _, tag in entries if tag[0] not in "nilxogz"}


@cache
def _jieba() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba imports pkg_resources, which is deprecated
        import jieba
    return jieba
