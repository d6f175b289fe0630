"""How far a measure is: planned, ongoing or done, by its first main verb."""

from __future__ import annotations

from extractor.finders.items import sentences
from extractor.finders.measurerules import Cue, MeasureRules
from extractor.found import Status
from extractor.rules import scan


def status(words: str, start: int, end: int, default: Status, rules: MeasureRules) -> tuple[Status, Cue | None]:
    """The status of view characters [start, end) and the cue that decided it, if one did.

    Under the default `done` the first of verb and cue decides: 组建宣讲团,常态化开展宣讲 is done. In a section on what
    comes next a verb decides nothing, and a cue for what goes on may stand anywhere in the first sentence.
    """
    first = next(sentences(words, start, end), None)
    stop = first.end if first else end
    cues = sorted(
        ((match.start(), rule) for rule in rules.cue for match in scan(rule.pattern, words, start, stop)),
        key=lambda hit: hit[0],
    )
    act = rules.acts.search(words, start, stop)
    for at, cue in cues:
        heads = at == start or words[at - 1] in ",;"
        if (not act or at <= act.start()) or (default != "done" and heads):
            return cue.status, cue
    return default, None
