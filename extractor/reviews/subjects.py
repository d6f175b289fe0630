"""What can be judged: records and checks of a report, rows of a comparison, by fingerprint, with the values to judge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from extractor import records
from extractor.assemble import KINDS
from extractor.comparison import records as compared
from extractor.comparison.library import sentence
from extractor.fingerprints import fingerprints
from extractor.reviews.records import Values

ROWS = ("indicators", "problems", "promises", "answers", "reuse")  # of a comparison; contradictions stand in dossiers
# what a person may put another value to; a check and a contradiction are right or wrong
EDITABLE: dict[type[BaseModel], tuple[str, ...]] = {
    records.Heading: ("level", "title", "kind"),
    records.Date: ("value", "bound"),
    records.Quantity: ("value", "unit", "dimension", "modifier", "noun"),
    records.Problem: ("state", "progress", "responsible", "deadline", "deadline_value", "mode"),
    records.Measure: ("status", "actor"),
    compared.Indicator: ("indicator", "kind", "scope"),
    compared.Problem: ("fate",),
    compared.Promise: ("fate",),
    compared.Answer: ("fate",),
    compared.Reuse: ("kind",),
}
_JUDGED: dict[type[BaseModel], tuple[str, ...]] = {
    records.Check: ("outcome", "stated", "found"),
    compared.Contradiction: ("message",),
}


class Subject(NamedTuple):
    """`model` is the class of the record; `values` are those of its fields that are judged, as JSON has them."""

    fingerprint: str
    kind: str
    rule: str
    text: str
    quote: str
    model: type[BaseModel]
    values: Values

    @property
    def editable(self) -> tuple[str, ...]:
        return EDITABLE.get(self.model, ())

    def choices(self, field: str) -> tuple[str, ...]:
        """The words that a field may have, empty where any value may stand."""
        return choices(self.model, field)


def of_report(report: records.Report) -> dict[str, Subject]:
    """In the order of the report, kind by kind."""
    names = fingerprints(report)
    return {
        name: _subject(name, kind, record.rule, record.text, _sentence(report, record), record)
        for kind in KINDS
        for name, record in zip(names[kind], getattr(report, kind), strict=True)
    }


def _sentence(report: records.Report, record: records.Record) -> str:
    return sentence(report.documents[record.doc].text, record.span)


def of_comparison(comparison: compared.Comparison) -> dict[str, Subject]:
    return {subject.fingerprint: subject for subject in _rows(comparison)}


def _rows(comparison: compared.Comparison) -> Iterator[Subject]:
    for figure in comparison.indicators:
        cells = "；".join(f"{year} {cell.text}" for year, cell in sorted(figure.cells.items()))
        yield _subject(figure.fingerprint, "indicators", figure.scope, figure.indicator, cells, figure)
    for problem in comparison.problems:
        stations = [station for _, station in sorted(problem.stations.items())]
        yield _subject(problem.fingerprint, "problems", problem.fate, stations[-1].text, _quotes(stations), problem)
    for promise in comparison.promises:
        places = [promise.promise, promise.answer]
        yield _subject(promise.fingerprint, "promises", promise.fate, promise.promise.text, _quotes(places), promise)
    for answer in comparison.answers:
        both = [answer.finding, answer.answer]
        words = next(place.text for place in both if place)
        yield _subject(answer.fingerprint, "answers", answer.fate, words, _quotes(both), answer)
    for dossier in comparison.dossiers:
        for one in dossier.contradictions:
            yield _subject(one.fingerprint, "contradictions", one.rule, one.message, _quotes(one.places), one)
    for copy in comparison.reuse:
        yield _subject(copy.fingerprint, "reuse", copy.kind, copy.right.text, _quotes([copy.left, copy.right]), copy)


def _quotes(places: Sequence[compared.Place | None]) -> str:
    return "\n".join(place.quote for place in places if place)


def _subject(fingerprint: str, kind: str, rule: str, text: str, quote: str, record: BaseModel) -> Subject:
    fields = EDITABLE.get(type(record)) or _JUDGED[type(record)]
    values = record.model_dump(mode="json", include=set(fields))
    return Subject(fingerprint, kind, rule, text, quote, type(record), {name: values[name] for name in fields})


@cache
def choices(model: type[BaseModel], field: str) -> tuple[str, ...]:
    return tuple(word for part in _parts(model.model_fields[field].annotation) for word in get_args(part))


def _parts(annotation: Any) -> Iterator[Any]:
    """The Literals of `Literal[…] | None`."""
    parts = (annotation,) if get_origin(annotation) is Literal else get_args(annotation)
    return (part for part in parts if get_origin(part) is Literal)


def optional(model: type[BaseModel], field: str) -> bool:
    return type(None) in get_args(model.model_fields[field].annotation)


def parsed(subject: Subject, field: str, words: str) -> Any:
    """What a person typed, as JSON has it: an empty field is null, several words are set apart by 、, a range by ~.

    Raises ValueError in words for that person.
    """
    kind: Any = subject.model.model_fields[field].annotation
    words = words.strip()
    tried: list[Any] = [None] if not words else [words, *_numbers(words), [w.strip() for w in words.split("、")]]
    if words and kind in (int, float):
        tried = _numbers(words)
    if subject.model is records.Quantity and field == "value":
        tried = [None] if not words else _numbers(words)
    for value in tried:
        try:
            made = TypeAdapter(kind).validate_python(value, strict=not isinstance(value, list))
            return list(made) if isinstance(made, tuple) else made
        except ValidationError:
            continue
    raise ValueError(f"“{words}”不能作为这一项的取值")


def _numbers(words: str) -> list[Any]:
    """`1,200` → 1200; `2~3` → [2, 3]."""
    parts = words.replace(",", "").replace("，", "").replace("～", "~").replace("–", "~").split("~")
    try:
        numbers = [float(part) if "." in part or "e" in part.lower() else int(part) for part in parts]
    except ValueError:
        return []
    finite = all(abs(number) < 1e18 for number in numbers)
    return [] if not finite else [numbers[0]] if len(numbers) == 1 else [numbers] if len(numbers) == 2 else []


def shown(value: Any) -> str:
    """The inverse of `parsed`: what stands in a field to be typed over."""
    if isinstance(value, list):
        numbers = all(isinstance(part, int | float) for part in value)
        return ("~" if numbers else "、").join(map(str, value))
    return "" if value is None else str(value)


def merged(values: Mapping[str, Any], edits: Mapping[str, Any]) -> Values:
    return {**values, **{name: value for name, value in edits.items() if name in values}}
