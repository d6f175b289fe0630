"""How alike short Chinese texts are: 0.4 of their edit ratio and 0.6 of the cosine of their characters and pairs of
characters, each weighed by how rare it is (TF-IDF). Both parts are kept, so that a score can be explained.

A text is made plain first: folded, words that mean the same in these reports put as one, idle words and punctuation
out (rules/matching.toml).
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from math import log, sqrt
from typing import NamedTuple

import regex
from rapidfuzz.fuzz import ratio

from extractor.comparison.wording import Wording
from extractor.rules import RuleFile
from extractor.text import fold

_NO_WORD = regex.compile(r"[^\p{L}\p{N}%]+")
_REMEMBERED = 20_000  # texts made plain: each is asked for again and again
_RATIO, _COSINE = 0.4, 0.6
_SHORTLIST = 24  # texts that share most with a query and are scored in full
_BUDGET = 2000  # texts looked up for a query, those of its rarest grams first: common grams of thousands tell little
Vector = Mapping[str, float]
Plain = Callable[[str], str]


class Same(Wording):
    """Words that mean the same; `plain` is what stands for all."""

    plain: str


class MatchingRules(RuleFile):
    """`idle` words tell nothing, `defect` words only how bad something is, `deed` ones only how it is
    dealt with; `routine` ones stand in every measure.
    """

    file = "matching"

    idle: tuple[Wording, ...] = ()
    defect: tuple[Wording, ...] = ()
    routine: tuple[Wording, ...] = ()
    deed: tuple[Wording, ...] = ()
    same: tuple[Same, ...] = ()

    @cached_property
    def plain(self) -> Plain:
        """What is said: one word for each thing, and no idle ones."""
        return _plain(self.same, self.idle)

    @cached_property
    def subject(self) -> Plain:
        """What it is about: plain, and without how bad it is."""
        return _plain(self.same, (*self.defect, *self.idle))

    @cached_property
    def matter(self) -> Plain:
        """What is dealt with: as `subject`, and without how."""
        return _plain(self.same, (*self.defect, *self.deed, *self.idle))

    @cached_property
    def deeds(self) -> Plain:
        """What a measure is about."""
        return _plain(self.same, (*self.idle, *self.routine))


def _plain(same: Sequence[Same], idle: Sequence[Wording]) -> Plain:
    spoken = {f"s{i}": group.plain for i, group in enumerate(same)}
    pattern = regex.compile(
        "|".join(
            [f"(?P<s{i}>{group.pattern.pattern})" for i, group in enumerate(same)]
            + [f"(?:{group.pattern.pattern})" for group in idle]
        )
    )

    def word(found: regex.Match[str]) -> str:
        return spoken.get(found.lastgroup or "", "")

    return lru_cache(_REMEMBERED)(lambda text: bare(pattern.sub(word, fold(text))))


class Near(NamedTuple):
    """A text, by its index, and how near it is: 0 to 1."""

    at: int
    score: float
    ratio: float
    cosine: float


def bare(text: str) -> str:
    """Letters and digits alone."""
    letters: str = _NO_WORD.sub("", fold(text))
    return letters


def grams(text: str) -> Counter[str]:
    """Characters and pairs of neighbours."""
    return Counter([*text, *map("".join, pairwise(text))])


class Index:
    """Texts that are asked which of them is nearest; `ground` are further texts to learn from what is rare."""

    def __init__(self, texts: Sequence[str], ground: Iterable[str] = (), make_plain: Plain = bare):
        self._plain = make_plain
        self.texts = tuple(map(make_plain, texts))
        counts = [grams(text) for text in self.texts]
        heard = [*counts, *(grams(make_plain(text)) for text in ground)]
        held = Counter(gram for count in heard for gram in count)
        self._rare = {gram: log((1 + len(heard)) / (1 + times)) + 1 for gram, times in held.items()}
        self._rarest = log(1 + len(heard)) + 1
        self._vectors = [self._weigh(count) for count in counts]
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for i, vector in enumerate(self._vectors):
            for gram, weight in vector.items():
                self._postings[gram].append((i, weight))

    def top(self, query: str, k: int = 3) -> tuple[Near, ...]:
        """The k nearest, best first; those that share nothing are left out, equal ones come in the order of texts."""
        asked = self._plain(query)
        vector = self._weigh(grams(asked))
        near = (self._score(asked, vector, i) for i in self._likely(vector, max(_SHORTLIST, k)))
        return tuple(sorted(near, key=lambda one: (-one.score, one.at))[:k])

    def near(self, query: str, texts: Iterable[int]) -> tuple[Near, ...]:
        """How near each of these texts is, in their order."""
        asked = self._plain(query)
        vector = self._weigh(grams(asked))
        return tuple(self._score(asked, vector, i) for i in texts)

    def held(self, query: str, text: str) -> float:
        """How much of a query a text holds, 0 to 1: its pairs of characters, each by how rare it is."""
        asked, there = self._plain(query), self._plain(text)
        pairs = {asked[i : i + 2] for i in range(len(asked) - 1)} or {asked}
        weights = {one: self._rare.get(one, self._rarest) for one in pairs}
        return round(sum(weight for one, weight in weights.items() if one in there) / sum(weights.values()), 4)

    def _likely(self, vector: Vector, k: int) -> list[int]:
        """The k texts that share most with a vector, by their rarest grams."""
        common: dict[int, float] = defaultdict(float)
        left = _BUDGET
        for weight, postings in sorted(
            ((weight, self._postings[gram]) for gram, weight in vector.items() if gram in self._postings),
            key=lambda one: len(one[1]),
        ):
            for i, other in postings:
                common[i] += weight * other
            left -= len(postings)
            if left <= 0:
                break
        return heapq.nsmallest(k, common, key=lambda i: (-common[i], i))

    def _score(self, asked: str, vector: Vector, i: int) -> Near:
        alike, close = ratio(asked, self.texts[i]) / 100, cosine(vector, self._vectors[i])
        return Near(i, round(_RATIO * alike + _COSINE * close, 4), round(alike, 4), round(close, 4))

    def _weigh(self, count: Counter[str]) -> Vector:
        weighed = {gram: times * self._rare.get(gram, self._rarest) for gram, times in count.items()}
        length = sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
        return {gram: weight / length for gram, weight in weighed.items()}


def cosine(one: Vector, other: Vector) -> float:
    if len(other) < len(one):
        one, other = other, one
    return min(1.0, sum(weight * other[gram] for gram, weight in one.items() if gram in other))


def pair(rows: Sequence[Sequence[Near]], least: float) -> dict[int, Near]:
    """One text for one query, best scores first; a query whose texts are all below `least` or taken gets none."""
    ranked = sorted((-near.score, row, near.at, near) for row, nears in enumerate(rows) for near in nears)
    found: dict[int, Near] = {}
    taken: set[int] = set()
    for _, row, index, near in ranked:
        if near.score >= least and row not in found and index not in taken:
            found[row] = near
            taken.add(index)
    return found
