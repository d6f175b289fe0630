"""What the next report says of promises: the same figure, the same work by its name, or a sentence in like words."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple, get_args

import regex

from extractor.comparison.indicators.figures import Figure
from extractor.comparison.promises.reaching import Reached, enough, reached, same_way
from extractor.comparison.promises.reading import Planned, Read, Sentence, latest
from extractor.comparison.promises.rulefile import PromiseRules
from extractor.comparison.records import Kept
from extractor.comparison.similar import Index, MatchingRules, bare
from extractor.records import Span
from extractor.rules import Rules
from extractor.text import between, fold

LEAST = 0.5  # sentences less alike speak of two things
_HELD = 0.75  # of the name of a work that a sentence must hold in one piece
_LONG = 6  # characters; of a shorter name all: 沙南高速 is not 宁南高速
_SOUGHT, _KEPT = 12, 3
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
    figures = reached([one.figure for one in promises], after, wordings)
    found = []
    for i, promise in enumerate(promises):
        if promise.figure:
            found.append(_of_figure(promise, promise.figure, figures[i], before, after, wordings))
        elif promise.names:
            found.append(_of_works(promise, before, after, sentences, wordings))
        else:
            found.append(_of_words(promise, before, after, sentences, wordings))
    return found


def _of_figure(
    promise: Planned, wanted: Figure, found: Reached, before: Read, after: Read, rules: PromiseRules
) -> Said:
    near = found.near if found.taken else sorted(found.near, key=lambda one: -one[1])
    places = tuple((_clause(after, one.quantity.span), score) for one, score in near[:_KEPT])
    if not found.taken:
        return Said("not_mentioned", None, f"{after.year}年的报告没有再提这项目标", None, places)
    (got, score), (span, _) = near[0], places[0]
    said = f"{before.year}年的目标是{wanted.quantity.text}，{after.year}年的报告"
    if got.scope == "target":
        return Said("repeated", span, f"{said}没有说完成多少，又列为计划：{got.quantity.text}", score, places)
    done = f"完成{got.quantity.text}" if same_way(wanted, got) else f"称“{_text(after, span)}”"
    if enough(wanted, got, rules.says("cap", _text(before, promise.span))):
        return Said("kept", span, f"{said}{done}，达到目标", score, places)
    return Said("partly", span, f"{said}{done}，{_short(wanted, got)}", score, places)


def _text(read: Read, span: Span) -> str:
    return fold(read.report.documents[read.doc].text[span.start : span.end])


def _short(wanted: Figure, got: Figure) -> str:
    if wanted.quantity.dimension == "percent" or not wanted.value or got.value is None:
        return "未达目标"
    return f"为目标的{got.value / wanted.value:.1%}"


def _of_works(promise: Planned, before: Read, after: Read, sentences: Index, rules: PromiseRules) -> Said:
    """What is said of each of its works; where that differs, the promise was kept in part."""
    near = [(after.sentences[one.at], one.score) for one in sentences.top(promise.sentence.text, _SOUGHT)]
    near += [(one, 0.0) for one in after.sentences if all(one is not other for other, _ in near)]
    said = [_of_work(name, promise, near, before, after, rules) for name in promise.names]
    best = min(said, key=lambda one: list(get_args(Kept)).index(one.fate))
    if all(one.fate == best.fate for one in said):
        return best
    return best._replace(fate="partly", why="；".join(dict.fromkeys(one.why for one in said if one.fate != "kept")))


def _of_work(
    name: str, promise: Planned, near: Sequence[tuple[Sentence, float]], before: Read, after: Read, rules: PromiseRules
) -> Said:
    """By its name, which a sentence holds nearly whole; a work that was to be finished must be said to be."""
    held = sorted((one for one in near if _holds(one[0].plain, name)), key=lambda one: one[0].ahead)
    if not held:
        return Said("not_mentioned", None, f"{after.year}年的报告没有提到“{name}”", None, _places(near))
    (sentence, score), places = held[0], _places(held)
    if sentence.ahead:
        return Said("repeated", sentence.span, _again(promise, sentence, before, after), score, places)
    about = _around(sentence.text, name, rules)
    if rules.says("left", sentence.text) or (promise.finish and not rules.says("finish", about)):
        return Said("partly", sentence.span, f"{after.year}年的报告提到“{name}”，但没有说已经完成", score, places)
    return Said("kept", sentence.span, f"{after.year}年的报告称已{'完成' if promise.finish else '动工'}", score, places)


def _holds(text: str, name: str) -> bool:
    size = math.ceil(_HELD * len(name)) if len(name) >= _LONG else len(name)
    return any(name[i : i + size] in text for i in range(len(name) - size + 1))


def _around(text: str, name: str, rules: PromiseRules) -> str:
    """The clause with the name, and the next one where it says what became of it: 沙南高速历时三年,|全线通车."""
    clauses = _CLAUSE.findall(text)
    best = max(range(len(clauses)), key=lambda i: (_shared(bare(clauses[i]), name), -i))
    told = [one for one in clauses[best + 1 : best + 2] if rules.opens("finish", rules.patterns["act"].sub("", one))]
    return "，".join([clauses[best], *told])


def _shared(text: str, name: str) -> int:
    return SequenceMatcher(None, name, text, autojunk=False).find_longest_match().size


def _of_words(promise: Planned, before: Read, after: Read, sentences: Index, rules: PromiseRules) -> Said:
    near = [(after.sentences[one.at], one.score) for one in sentences.top(promise.sentence.text, _SOUGHT)]
    like = sorted((one for one in near if one[1] >= LEAST), key=lambda one: one[0].ahead)
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
    start, end = between(fold(read.report.documents[read.doc].text), span.start, span.end, _STOPS)
    return Span(start=start, end=end)
