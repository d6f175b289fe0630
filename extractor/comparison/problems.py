"""Problem rows of series: each year's problems matched one to one with those of the years before.

A chain is a problem with all years in which it was stated. A year's problem joins the chain that it is most like by
its own words, to which likeness of the measures taken adds; one that is like none begins a chain, unless it is a part
of a problem that does. A year may be left out: a chain stays open to all later years.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.comparison.library import Library
from extractor.comparison.records import Candidate, Fate, Problem, Series, Station
from extractor.comparison.similar import Index, MatchingRules, Near, bare, pair
from extractor.comparison.stated import Stated, stated, station
from extractor.fingerprints import fingerprint
from extractor.rules import Rules

LEAST = 0.41  # below, no match: of 20 invented rewrites 12 are above by their words alone, and no two others
_DEEDS = 0.5  # the share of what the words leave open that like measures may add
_AKIN = 0.15  # words less alike than this are about something else, whatever was done about it
_KEPT = 3
_SOUGHT = 8  # problems looked at for a problem, by words and again by measures


class Link(NamedTuple):
    """A problem of a year and one of an earlier year, and how alike they are."""

    later: Stated
    earlier: Stated
    score: float


Chain = list[Stated]


def find(library: Library, series: Sequence[Series], rules: Rules) -> tuple[Problem, ...]:
    return tuple(row for one in series for row in _rows(library, one, rules))


def _rows(library: Library, series: Series, rules: Rules) -> Iterator[Problem]:
    years: dict[int, list[Stated]] = defaultdict(list)
    for member in sorted(series.members, key=lambda member: member.year):
        years[member.year] += stated(library, member.year, member.report, member.doc)
    chains: list[Chain] = []
    links = [link for problems in years.values() for link in _join(chains, problems, rules.of(MatchingRules))]
    seen: dict[str, int] = defaultdict(int)
    for chain in chains:
        key = fingerprint(series.id, chain[0].year, bare(chain[0].words))
        seen[key] += 1
        stations = {str(one.year): station(library, one, "report", rules) for one in chain}
        candidates = _candidates(library, chain, links)
        fate = _fate(tuple(stations.values()), max(years))
        yield Problem(
            id=key if seen[key] == 1 else f"{key}-{seen[key]}", series=series.id, fate=fate, stations=stations,
            candidates=candidates, score=candidates[0].score if len(chain) > 1 else None,
            fingerprint=fingerprint(key, seen[key], fate, *(bare(one.words) for one in chain[1:])),
        )  # fmt: skip


def _join(chains: list[Chain], problems: Sequence[Stated], rules: MatchingRules) -> list[Link]:
    """Put the problems of one more year to the chains; how alike they are to those of the years before."""
    held = [(number, one) for number, chain in enumerate(chains) for one in chain]
    scores = score(problems, [one for _, one in held], rules)
    best = [[near._replace(at=held[near.at][0]) for near in row] for row in scores]
    taken = pair(best, LEAST)
    stated_here = {problem.words for problem in problems}
    for i, problem in enumerate(problems):
        if i in taken:
            chains[taken[i].at].append(problem)
        elif problem.problem.parent not in stated_here:
            chains.append([problem])
    return [Link(problems[i], held[near.at][1], near.score) for i, row in enumerate(scores) for near in row]


def score(problems: Sequence[Stated], others: Sequence[Stated], rules: MatchingRules) -> list[list[Near]]:
    """For each problem those of `others` that may be the same, best first.

    The score is that of the words, or of a part's words, and half of what it leaves open times the likeness of the
    measures.
    """
    owners = [at for at, one in enumerate(others) for _ in (one.problem, *one.parts)]
    texts = [stated.text for one in others for stated in (one.problem, *one.parts)]
    words = Index(texts, [one.words for one in problems], rules.subject)
    deeds = Index([one.deeds for one in others], [one.deeds for one in problems], rules.deeds)
    found = []
    for one in problems:
        done = {near.at for near in deeds.top(one.deeds, _SOUGHT)}
        sought = {near.at for near in words.top(one.words, _SOUGHT)} | {i for i, at in enumerate(owners) if at in done}
        alike = {near.at: near.cosine for near in deeds.near(one.deeds, {owners[i] for i in sought})}
        best: dict[int, Near] = {}
        for near in words.near(one.words, sorted(sought)):
            at = owners[near.at]
            total = near.score + (1 - near.score) * _DEEDS * alike[at] * (near.score >= _AKIN)
            both = near._replace(at=at, score=round(total, 4))
            best[at] = max(best.get(at, both), both, key=lambda near: near.score)
        found.append(sorted(best.values(), key=lambda near: (-near.score, near.at)))
    return found


def _fate(stations: Sequence[Station], last: int) -> Fate:
    if stations[-1].year < last:
        return "gone"
    if len(stations) == 1:
        return "new"
    return "returned" if any(one.state == "completed" for one in stations[:-1]) else "persisting"


def _candidates(library: Library, chain: Chain, links: Sequence[Link]) -> tuple[Candidate, ...]:
    """The problems most like the last of the chain, of earlier years; for one that stands alone, of later ones too."""
    near = [(link.earlier, link.score) for link in links if link.later is chain[-1]]
    if len(chain) == 1:
        near += [(link.later, link.score) for link in links if link.earlier is chain[-1]]
    near.sort(key=lambda one: (not any(one[0] is other for other in chain), -one[1]))
    return tuple(
        Candidate(place=library.place(one.report, one.doc, one.problem.span), score=score)
        for one, score in near[:_KEPT]
    )
