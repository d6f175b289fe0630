"""The likeliest way to cut a clause into words: as jieba does with a dictionary and a hidden Markov model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from math import exp, inf, log

import regex

from extractor.words import fast
from extractor.words.dictionary import TOTAL, Dictionary
from extractor.words.unknown import guess

PATIENCE = 5000
_COMMON = 300  # how often a word of the vocabulary is taken to occur, at least: that of 办结
_BLOCK = regex.compile(r"(?P<words>[\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]+)|\r\n|.", regex.DOTALL)
_NONE: frozenset[str] = frozenset()


class Cutter:
    """A dictionary, and a vocabulary whose words are kept whole where the dictionary alone would cut them.

    After `patience` clauses rjieba takes over, where it is installed: it cuts alike, and it takes 0.3 s to load.
    """

    def __init__(self, dictionary: Dictionary, vocabulary: frozenset[str] = _NONE, patience: int = PATIENCE) -> None:
        self.dictionary = dictionary
        self._vocabulary = vocabulary
        for word in vocabulary:
            dictionary.reach(word)
        self._patience = patience
        self._raised: dict[str, float] = {}

    @cached_property
    def _fast(self) -> Callable[[str], list[str]] | None:
        for word in self._vocabulary:
            self.dictionary.open(word)
        return fast.cutter(self.dictionary, {word: self._kept(word) for word in sorted(self._vocabulary)})

    def knows(self, word: str) -> bool:
        return word in self.dictionary.weights or word in self._vocabulary

    def cut(self, clause: str) -> Iterator[str]:
        """The words in order; joined they are the clause. Characters that make no word go to the model together."""
        self._patience -= 1
        quick = self._fast if self._patience < 0 else None
        for block in _BLOCK.finditer(clause):
            if not block["words"]:
                yield block[0]
                continue
            self.dictionary.open(block[0])
            if quick and fast.same(block[0]):
                yield from quick(block[0])
                continue
            single = ""
            for word in self._words(block[0]):
                if len(word) == 1:
                    single += word
                    continue
                yield from self._guessed(single)
                yield word
                single = ""
            yield from self._guessed(single)

    def _guessed(self, run: str) -> Iterator[str]:
        return iter(run) if len(run) < 2 or self.knows(run) else guess(run)

    def _words(self, block: str) -> Iterator[str]:
        ends, at = self._path(block, self._vocabulary)[1], 0
        while at < len(block):
            yield block[at : ends[at]]
            at = ends[at]

    def _path(self, block: str, vocabulary: frozenset[str]) -> tuple[list[float], list[int]]:
        """For each character, how likely the best cut from there on is, and where its first word ends."""
        weights, longest = self.dictionary.weights, self.dictionary.longest
        size = len(block)
        best, ends = [0.0] * (size + 1), list(range(1, size + 1))
        for at in range(size - 1, -1, -1):
            top = weights.get(block[at], -inf) + best[at + 1]
            reach = longest.get(block[at : at + 2], 0)
            for end in range(at + 2, min(at + reach, size) + 1) if reach else ():
                word = block[at:end]
                weight = self._kept(word) if word in vocabulary else weights.get(word)
                if weight is not None and weight + best[end] >= top:
                    top, ends[at] = weight + best[end], end
            best[at] = top if top > -inf else best[at + 1] - TOTAL
        return best, ends

    def _kept(self, word: str) -> float:
        """The weight of a word of the vocabulary: more than that of its parts, as jieba's `suggest_freq` has it."""
        if word not in self._raised:
            parts = int(exp(self._path(word, _NONE)[0][0] + TOTAL)) + 1
            known = self.dictionary.weights.get(word, -inf)
            self._raised[word] = max(known, log(max(parts, _COMMON)) - TOTAL)
        return self._raised[word]
