"""A place as a reader sees it: the words in their sentence, the file, and where in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractor.comparison.records import Candidate, Comparison, Place
from extractor.comparison.terms import Names

LONGEST, BESIDE = 600, 90  # characters shown of the words themselves, and on each side of them


class At(NamedTuple):
    """`before`, `words` and `after` are the sentence; `report` counts from 1, as the list of reports does."""

    place: Place
    before: str
    words: str
    after: str
    report: int
    file: str
    title: str
    where: str


class Scored(NamedTuple):
    at: At
    score: str


class Places:
    def __init__(self, comparison: Comparison) -> None:
        self.names = Names(comparison)

    def at(self, place: Place) -> At:
        before, words, after = sentence(place)
        names = self.names
        return At(
            place,
            before,
            words,
            after,
            place.report + 1,
            names.short[place.report],
            names.title(place),
            names.where(place),
        )

    def each(self, places: Iterable[Place]) -> list[At]:
        return [self.at(place) for place in places]

    def scored(self, candidates: Iterable[Candidate]) -> list[Scored]:
        return [Scored(self.at(one.place), f"{one.score:.2f}") for one in candidates]


def sentence(place: Place) -> tuple[str, str, str]:
    """The quote around the words; the words alone where they are longer than the quote."""
    at = place.quote.find(place.text)
    if at < 0:
        return "", clip(place.text), ""
    before, after = place.quote[:at], place.quote[at + len(place.text) :]
    before = f"…{before[-BESIDE:]}" if len(before) > BESIDE else before
    return before, clip(place.text), f"{after[:BESIDE]}…" if len(after) > BESIDE else after


def clip(text: str) -> str:
    return f"{text[:LONGEST]}…（下略 {len(text) - LONGEST} 字，全文见 JSON）" if len(text) > LONGEST else text


def identities(kind: str, fingerprints: Sequence[str]) -> list[str]:
    """`promise-969b8c5beb3a3732`: the same in every run; rows of one fingerprint are numbered."""
    seen: dict[str, int] = {}
    names = []
    for name in fingerprints:
        seen[name] = seen.get(name, 0) + 1
        names.append(f"{kind}-{name}" + (f"-{seen[name]}" if seen[name] > 1 else ""))
    return names
