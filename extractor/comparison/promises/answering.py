"""What the next report says of promises: the same figure, the same work by its name, or a sentence in like words."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

import regex
from rapidfuzz.fuzz import ratio

from extractor.comparison.indicators.figures import Figure
from extractor.comparison.promises.reading import Planned, Read, Sentence, latest
from extractor.comparison.promises.rulefile import PromiseRules
from extractor.comparison.records import Kept
from extractor.comparison.similar import Index, MatchingRules, Near, bare, pair
from extractor.records import Span
from extractor.rules import Rules
from extractor.text import fold

LEAST_FIGURE = 0.6  # names of figures less alike are of two things
LEAST_WORDS = 0.5  # sentences less alike speak of two things
_NOUN = 0.3  # the share that the nouns counted have in the likeness of two figures
_FEW, _MOST = 5, 3  # a promise of more than 5 is not outdone more than threefold
_HELD = 0.75  # of the name of a work that a sentence must hold in one piece
_ABOUT = 0.05  # 左右: how far below a target still reaches it
_SOUGHT = 12
_KEPT = 3
_STOPS = ",;:。\n"
_CLAUSE = regex.compile(r"[^,;、]+")


class Said(NamedTuple):
    """`near` are the places that came into question, with their scores; the first is `span` where there is one."""

    fate: Kept
    span: Span | None
    why: str
    score: float | None
    near: tuple[tuple[Span, float], ...]


def answers(promises: Sequence[Planned], before: Read, after: Read, rules: Rules) -> list[Said]:
    """One for each promise, in order."""
    wordings, matching = rules.of(PromiseRules), rules.of(MatchingRules)
    sentences = Index([one.text for one in after.sentences], [one.sentence.text for one in promises], matching.deeds)
    reached = _reached([one.figure for one in promises], after, wordings)
    found = []
    for i, promise in enumerate(promises):
        if promise.figure:
            found.append(_of_figure(promise, promise.figure, reached[i], before, after, wordings))
        elif promise.name:
            found.append(_of_work(promise, before, after, sentences, wordings))
        else:
            found.append(_of_words(promise, before, after, sentences, wordings))
    return found


class Reached(NamedTuple):
    """Figures with their likeness; where one was taken it is the first."""

    taken: bool
    near: list[tuple[Figure, float]]


def _reached(wanted: Sequence[Figure | None], after: Read, rules: PromiseRules) -> list[Reached]:
    """For each promised figure those of the next report that may be it, best first.

    Each is taken once; what was achieved goes before what is planned again.
    """
    found = [Reached(False, []) for _ in wanted]
    for ahead in (False, True):
        there = [one for one in after.figures if one.scope == ("target" if ahead else "achieved")]
        rows = [[] if one is None or found[i].taken else _alike(one, there, rules) for i, one in enumerate(wanted)]
        taken = pair(rows, LEAST_FIGURE)
        for i, row in enumerate(rows):
            row.sort(key=lambda near: near is not taken.get(i))
            near = [(there[one.at], one.score) for one in row]
            found[i] = Reached(True, near) if i in taken else Reached(found[i].taken, [*found[i].near, *near])
    return found


def _alike(wanted: Figure, there: Sequence[Figure], rules: PromiseRules) -> list[Near]:
    """Figures of the same kind and measure by the likeness of their names, and a little of the nouns counted.

    A figure many times as high counts something else: what there is by now, not what was added.
    """
    like = [
        i for i, one in enumerate(there)
        if (one.kind, one.measure) == (wanted.kind, wanted.measure) and not _beyond(wanted, one)
        and rules.kinds(one.name) == rules.kinds(wanted.name)
    ]  # fmt: skip
    names = Index([rules.named(there[i].plain) for i in like], [rules.named(wanted.plain)])
    found = []
    for near in names.top(rules.named(wanted.plain), _SOUGHT):
        noun = ratio(wanted.quantity.noun or "", there[like[near.at]].quantity.noun or "") / 100
        score = max(near.score, (1 - _NOUN) * near.score + _NOUN * noun)
        found.append(near._replace(at=like[near.at], score=round(score, 4)))
    return sorted(found, key=lambda one: (-one.score, one.at))[:_KEPT]


def _beyond(wanted: Figure, got: Figure) -> bool:
    if wanted.kind == "growth" or not wanted.value or not got.value or wanted.quantity.dimension == "percent":
        return False
    return wanted.value > _FEW and got.value > _MOST * wanted.value


def _of_figure(
    promise: Planned, wanted: Figure, reached: Reached, before: Read, after: Read, rules: PromiseRules
) -> Said:
    near = reached.near if reached.taken else sorted(reached.near, key=lambda one: -one[1])
    places = tuple((_clause(after, one.quantity.span), score) for one, score in near[:_KEPT])
    if not reached.taken:
        return Said("not_mentioned", None, f"{after.year}年的报告没有再提这项目标", None, places)
    got, score = near[0]
    said = f"{before.year}年的目标是{wanted.quantity.text}，{after.year}年的报告"
    if got.scope == "target":
        return Said("repeated", places[0][0], f"{said}没有说完成多少，又列为计划：{got.quantity.text}", score, places)
    if wanted.value is None or got.value is None:
        return Said("kept", places[0][0], f"{said}称{got.quantity.text}", score, places)
    if _enough(wanted, got, rules.says("cap", _words(promise))):
        return Said("kept", places[0][0], f"{said}完成{got.quantity.text}，达到目标", score, places)
    return Said("partly", places[0][0], f"{said}完成{got.quantity.text}，{_short(wanted, got)}", score, places)


def _words(promise: Planned) -> str:
    start = promise.sentence.span.start
    return promise.sentence.text[promise.span.start - start : promise.span.end - start]


def _enough(wanted: Figure, got: Figure, cap: bool) -> bool:
    assert wanted.value is not None
    assert got.value is not None
    value = got.value if wanted.kind != "growth" or got.falls == wanted.falls else -got.value
    slack = _ABOUT * abs(wanted.value) if wanted.quantity.modifier == "about" else 1e-6 * abs(wanted.value)
    return value <= wanted.value + slack if cap else value >= wanted.value - slack


def _short(wanted: Figure, got: Figure) -> str:
    if wanted.quantity.dimension == "percent" or not wanted.value or got.value is None:
        return "未达目标"
    return f"为目标的{got.value / wanted.value:.1%}"


def _of_work(promise: Planned, before: Read, after: Read, sentences: Index, rules: PromiseRules) -> Said:
    """By its name, which a sentence holds nearly whole; a work that was to be finished must be said to be."""
    near = [(after.sentences[one.at], one.score) for one in sentences.top(promise.sentence.text, _SOUGHT)]
    near += [(one, 0.0) for one in after.sentences if all(one is not other for other, _ in near)]
    held = [(one, score) for one, score in near if _holds(bare(one.text), promise.name)]
    held.sort(key=lambda one: one[0].ahead)
    places = tuple((one.span, score) for one, score in held[:_KEPT])
    if not held:
        return Said("not_mentioned", None, f"{after.year}年的报告没有提到“{promise.name}”", None, _places(near))
    sentence, score = held[0]
    if sentence.ahead:
        return Said("repeated", sentence.span, _again(promise, sentence, before, after), score, places)
    about = _around(sentence.text, promise.name)
    if rules.says("left", sentence.text) or (promise.finish and not rules.says("finish", about)):
        return Said("partly", sentence.span, f"{after.year}年的报告提到，但没有说已经完成", score, places)
    return Said("kept", sentence.span, f"{after.year}年的报告称已{'完成' if promise.finish else '动工'}", score, places)


def _holds(text: str, name: str) -> bool:
    if name in text:
        return True
    match = SequenceMatcher(None, name, text, autojunk=False).find_longest_match()
    return match.size >= _HELD * len(name)


def _around(text: str, name: str) -> str:
    """The clause with the name, and the next one, which may say what became of it."""
    clauses = _CLAUSE.findall(text)
    best = max(range(len(clauses)), key=lambda i: (_shared(bare(clauses[i]), name), -i))
    return "，".join(clauses[best : best + 2])


def _shared(text: str, name: str) -> int:
    return SequenceMatcher(None, name, text, autojunk=False).find_longest_match().size


def _of_words(promise: Planned, before: Read, after: Read, sentences: Index, rules: PromiseRules) -> Said:
    near = [(after.sentences[one.at], one.score) for one in sentences.top(promise.sentence.text, _SOUGHT)]
    like = sorted((one for one in near if one[1] >= LEAST_WORDS), key=lambda one: one[0].ahead)
    if not like:
        return Said("not_mentioned", None, f"{after.year}年的报告没有再提", None, _places(near))
    sentence, score = like[0]
    places = _places([like[0], *(one for one in near if one is not like[0])])
    if sentence.ahead:
        return Said("repeated", sentence.span, _again(promise, sentence, before, after), score, places)
    if less := _less(promise.sentence, sentence, rules):
        return Said("partly", sentence.span, f"{after.year}年的报告称完成了一部分：{less}", score, places)
    return Said("kept", sentence.span, f"{after.year}年的报告称已完成", score, places)


def _less(promise: Sentence, answer: Sentence, rules: PromiseRules) -> str:
    """What is left, in the words of the answer, or a promised number that it does not reach."""
    if left := rules.patterns["left"].search(answer.text):
        return answer.text[left.start() :].strip()
    for wanted in promise.quantities:
        same = [one for one in answer.quantities if one.unit == wanted.unit and isinstance(one.value, int | float)]
        if same and isinstance(wanted.value, int | float):
            most = max(same, key=lambda one: one.value if isinstance(one.value, int | float) else 0)
            if isinstance(most.value, int | float) and most.value < wanted.value:
                return f"计划{wanted.text}，完成{most.text}"
    return ""


def _again(promise: Planned, answer: Sentence, before: Read, after: Read) -> str:
    """Planned again, and whether its day was moved."""
    old, new = _deadline(promise.sentence), _deadline(answer)
    said = f"{after.year}年的报告又列为计划"
    if old and new and old[0] < new[0]:
        return f"{said}，期限由“{old[1]}”推后到“{new[1]}”"
    return said


def _deadline(sentence: Sentence) -> tuple[datetime.date, str] | None:
    days = [(day, date.text) for date in sentence.dates if date.bound == "until" and (day := latest(date))]
    return max(days, default=None)


def _places(near: Sequence[tuple[Sentence, float]]) -> tuple[tuple[Span, float], ...]:
    return tuple((one.span, score) for one, score in near[:_KEPT])


def _clause(read: Read, span: Span) -> Span:
    """The clause of a figure."""
    text = fold(read.report.documents[read.doc].text)
    start = max(text.rfind(stop, 0, span.start) for stop in _STOPS) + 1
    ends = (text.find(stop, span.end) for stop in _STOPS)
    return Span(start=start, end=min((end for end in ends if end >= 0), default=len(text)))
