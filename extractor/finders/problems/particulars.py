"""What the labelled fields beside a problem say of it: who, until when, how far, and everything else as printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extractor.finders.problems.labels import Field
from extractor.finders.problems.rectification import mode_of, state, state_of, tells
from extractor.found import Date, Label, Mode, Problem
from extractor.rules import Rules
from extractor.text import Span, Text

TABLE = "table"  # the rule of what a table says
ENDS = " \n。;,；，"
_APART = regex.compile(r"[、,，;；\n]")
_PARTS = regex.compile(r"[,;(]")
_LABEL = regex.compile(r"[\p{Han}、和及]+")
_LONG = {"problem", "measures", "plans"}  # fields that become records of their own


def with_fields(
    problem: Problem,
    text: Text,
    given: Sequence[Field],
    dates: Sequence[Date],
    rules: Rules,
    body: Span | None = None,
) -> Problem:
    """The problem with what `given`, the fields beside it, say; else the first words of its `body` may name the state."""
    deadline = next((f.span for f in given if f.kind == "deadline"), None)
    progress = _agreed(text, given, rules) or (_opening(text, body, rules) if body else None)
    stated = state_of(progress, rules) if progress else None
    return replace(
        problem,
        responsible=tuple(dict.fromkeys(n for f in given if f.kind == "responsible" for n in _names(text, f))) or None,
        deadline=_value(text, deadline) if deadline else None,
        deadline_value=_named(dates, deadline) if deadline else None,
        progress=progress,
        state=stated,
        as_of=_true_at(text, given, dates) if stated else None,
        mode=_mode(text, given, rules),
        labels=tuple(_label(text, f) for f in given if f.kind not in _LONG),
    )


def _agreed(text: Text, given: Sequence[Field], rules: Rules) -> str | None:
    """The first state that a field names, unless the same label says otherwise of another part of the problem."""
    told = [(field, _progress(text, field, rules)) for field in sorted(given, key=_last)]
    first = next(((field, said) for field, said in told if said), None)
    if first is None:
        return None
    label = _label(text, first[0]).label
    states = {said and state_of(said, rules) for field, said in told if _label(text, field).label == label}
    return first[1] if len(states) == 1 else None


def _last(field: Field) -> bool:
    """A deadline tells the state only where no other field does."""
    return field.kind == "deadline"


def _value(text: Text, span: Span) -> str:
    """The first line of a field, without the stop that closes it."""
    line = text.raw[span.start : span.end].strip().split("\n", 1)[0]
    return line.split("。", 1)[0].rstrip(ENDS)


def _names(text: Text, field: Field) -> list[str]:
    """区教育局、区财政局 → two. A cell may hold a line for each."""
    said = text.raw[field.span.start : field.span.end] if field.rule == TABLE else _value(text, field.span)
    return [name for part in _APART.split(said) if (name := part.strip(ENDS))]


def _named(dates: Sequence[Date], span: Span) -> str | None:
    """The last date in the words of a deadline: 2022年6月底前完成,2022年底前销号 is due at the year's end."""
    inside = [date.value for date in dates if span.holds(date.span)]
    return inside[-1] if inside else None


def _progress(text: Text, field: Field, rules: Rules) -> str | None:
    """The state that a field names at its head or in its label; the whole of a field that is for nothing else."""
    if field.kind == "deadline":  # 2023年10月,已完成
        parts = (part.end() for part in _PARTS.finditer(text.folded, field.span.start, field.span.end))
        starts = (field.span.start, *parts)
        named = next(filter(None, (state(text, Span(start, field.span.end), rules) for start in starts)), None)
        said = text.raw[named.span.start : named.span.end] if named else ""
        return said if said and state_of(said, rules) != "ongoing" else None
    if field.kind not in ("state", "measures"):
        return None
    for span in (field.note, field.span):
        named = span and state(text, span, rules)
        if named:
            return text.raw[named.span.start : named.span.end]
    short = field.kind == "state" and not tells(text, field.span, rules)
    return _value(text, field.span) or None if short else None


def _opening(text: Text, body: Span, rules: Rules) -> str | None:
    """The state that a body names in its first sentence or its last (该问题正在整改。), or at its head (已整改,资金…)."""
    words = text.folded[body.start : body.end].rstrip("。) \n")
    last = Span(body.start + words.rfind("。") + 1, body.start + len(words))
    named = state(text, body, rules)
    if named is None and (named := state(text, last, rules)) and named.span.end < last.end:
        return None
    if named is None:
        return None
    said = text.raw[named.span.start : named.span.end]
    goes_on = text.folded[named.span.end : named.span.end + 1] in (",", ";")
    return None if goes_on and state_of(said, rules) == "ongoing" else said


def _true_at(text: Text, given: Sequence[Field], dates: Sequence[Date]) -> str | None:
    """The day up to which the fields speak: 截至2023年6月底."""
    told = [f.span for f in given if f.kind in ("state", "measures")]
    up_to = [d.value for span in told for d in dates if span.holds(d.span) and _until(text, d)]
    return up_to[-1] if up_to else None


def _until(text: Text, date: Date) -> bool:
    return date.bound == "until" and text.folded[: date.span.start].rstrip().endswith(
        ("截至", "截止", "截止到", "截至到")
    )


def _mode(text: Text, given: Sequence[Field], rules: Rules) -> Mode | None:
    """The type of rectification, from its own field or from the words of the deadline."""
    said = [
        text.folded[f.span.start : f.span.end] for f in given if f.kind in ("aside", "deadline") and _is_mode(text, f)
    ]
    return next(filter(None, (mode_of(words, rules) for words in said)), None)


def _is_mode(text: Text, field: Field) -> bool:
    return field.kind == "deadline" or "类" in text.raw[field.label.start : field.label.end]


def _label(text: Text, field: Field) -> Label:
    words = _LABEL.search(text.folded, field.label.start, field.label.end)
    said = " ".join(text.raw[field.span.start : field.span.end].split())
    return Label(words[0] if words else "", said.strip(ENDS))
