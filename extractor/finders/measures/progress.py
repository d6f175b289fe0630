"""How far a measure is: planned, ongoing or done, by its first main verb."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extractor.finders.measures.items import sentences
from extractor.finders.measures.rulefile import MeasureRules
from extractor.found import Status
from extractor.rules import scan

Cues = Sequence[tuple[int, Status, bool]]  # view offset → what a cue there says, and if only before a verb; in order


def cues(words: str, rules: MeasureRules) -> Cues:
    """All cues of a text."""
    return sorted((match.start(), rule.status, rule.first) for rule in rules.cue for match in scan(rule.pattern, words))


def status(words: str, start: int, end: int, default: Status, given: Cues, rules: MeasureRules) -> Status:
    """The status of view characters [start, end).

    What goes before the main clause (为进一步…, 根据…,) says nothing. Under the default `done` the first of verb and cue
    decides: 组建宣讲团,常态化开展宣讲 is done. In a section on what comes next a verb decides nothing, and a cue may head
    any clause of the first sentence.
    """
    first = next(sentences(words, start, end), None)
    stop = first.end if first else end
    while opening := rules.openings.match(words, start, stop):
        start = opening.end()
    act = rules.acts.search(words, start, stop)
    for at, says, leads in given[bisect_left(given, (start,)) : bisect_left(given, (stop,))]:
        heads = at == start or words[at - 1] in ",;"
        if (not act or at <= act.start()) or (default != "done" and heads and not leads):
            return says
    return default
