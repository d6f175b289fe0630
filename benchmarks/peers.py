"""Other projects behind one interface, each in its best mode: text in, what it finds out, in the terms of this project.

A finding is a dict with `text` (the characters of the input), and where the peer has one, `bounds` (first and last day,
several where it offers a choice), `value`, `level`, `marker` or `title`. What a peer cannot say is left out and not
held against it. Imports stand inside the makers: a peer that is not installed is a line in the table, not an error.
"""

from __future__ import annotations

import datetime
import re
import warnings
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

Finding = dict[str, Any]
Find = Callable[[str, datetime.date], list[Finding]]


class Peer(NamedTuple):
    """`package` is what its version is asked of; `make` imports and prepares it, and gives what it finds."""

    name: str
    package: str
    kind: str
    mode: str
    make: Callable[[], Find]


_DATES = ("datetimeV2.date", "datetimeV2.daterange")
_BOUNDING = re.compile(r"^(?:从|自|截至|截止|时间|到|在)|(?:起|以来|以前|之前|前后|期间|左右|止|前|后)$")


def unbound(find: Find) -> Find:
    """Without the words that say where a span opens or ends (从, 以来, 之前): this project leaves them outside a date.

    What is left is given to the peer once more, for its value.
    """

    def bare(text: str, today: datetime.date) -> list[Finding]:
        return [_bare(one, find, today) for one in find(text, today)]

    return bare


def _bare(one: Finding, find: Find, today: datetime.date) -> Finding:
    words = _BOUNDING.sub("", one["text"])
    if words == one["text"]:
        return one
    again = [other for other in find(words, today) if other["text"] == words]
    return again[0] if again else {**one, "text": words}


def _noon(day: datetime.date) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day, 12)


def by_sentence(find: Find) -> Find:
    """A long text at once makes some peers lose nearly everything in it."""

    def each(text: str, today: datetime.date) -> list[Finding]:
        return [one for sentence in re.split(r"[\n。；]", text) if sentence for one in find(sentence, today)]

    return each


def jionlp_dates() -> Find:
    import jionlp

    def find(text: str, today: datetime.date) -> list[Finding]:
        found = jionlp.ner.extract_time(text, time_base=_noon(today).timestamp(), with_parsing=True)
        return [_timed(one) for one in found if one["type"] in ("time_point", "time_span")]

    return find


def _timed(one: dict[str, Any]) -> Finding:
    days = [moment[:10] for moment in one["detail"]["time"]]
    return {"text": one["text"], "bounds": [tuple(days)]}


def jionlp_money() -> Find:
    import jionlp

    def find(text: str, today: datetime.date) -> list[Finding]:
        found = jionlp.ner.extract_money(text, with_parsing=True)
        return [{"text": one["text"], "value": _number(one["detail"]["num"])} for one in found]

    return find


def recognizers_dates() -> Find:
    from recognizers_date_time import recognize_datetime
    from recognizers_text import Culture

    def find(text: str, today: datetime.date) -> list[Finding]:
        found = recognize_datetime(text, Culture.Chinese, reference=_noon(today))
        return [
            {"text": text[one.start : one.end + 1], "bounds": [*_resolved(one.resolution["values"])]}
            for one in found
            if one.resolution and one.type_name in _DATES
        ]

    return by_sentence(find)


def _resolved(values: list[dict[str, str]]) -> Iterator[tuple[str, str]]:
    """First and last day of each choice; the library gives the day after a range as its end."""
    for value in values:
        if value["type"] == "date":
            yield value.get("value", ""), value.get("value", "")
        elif "start" in value and "end" in value:
            end = datetime.date.fromisoformat(value["end"][:10])
            last = end - datetime.timedelta(days=1) if end > datetime.date.min else end
            yield value["start"], last.isoformat()
            yield value["start"], end.isoformat()


def recognizers_quantities() -> Find:
    """Everything that carries a unit, durations by their number, then the bare numbers that neither these nor dates hold."""
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension, recognize_temperature
    from recognizers_text import Culture

    units = (recognize_dimension, recognize_currency, recognize_temperature, recognize_percentage)

    def find(sentence: str, today: datetime.date) -> list[Finding]:
        timed = recognize_datetime(sentence, Culture.Chinese, reference=_noon(today))
        with_unit = [one for recognize in units for one in recognize(sentence, Culture.Chinese)]
        durations = [one for one in timed if one.type_name == "datetimeV2.duration"]
        dates = [one for one in timed if one.type_name in _DATES]
        numbers = recognize_number(sentence, Culture.Chinese)
        taken: set[int] = set()
        found = []
        for one in (*with_unit, *durations, *dates, *numbers):
            place = range(one.start, one.end + 1)
            if taken.isdisjoint(place):
                taken.update(place)
                held = next((n for n in numbers if n.start in place), one) if one in durations else one
                value = _number((held.resolution or {}).get("value"))
                if one not in dates:
                    found.append((one.start, {"text": sentence[one.start : one.end + 1], "value": value}))
        return [finding for _, finding in sorted(found, key=lambda pair: pair[0])]

    return by_sentence(find)


def _number(value: Any) -> float | None:
    try:
        return float(str(value).rstrip("%"))
    except ValueError:
        return None


def dateparser_dates() -> Find:
    from dateparser.date import DateDataParser
    from dateparser.search import search_dates

    def find(sentence: str, today: datetime.date) -> list[Finding]:
        settings = {"RELATIVE_BASE": _noon(today), "PREFER_DAY_OF_MONTH": "first"}
        whole = DateDataParser(languages=["zh"], settings=settings)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            hits = search_dates(sentence, languages=["zh"], settings=settings) or ()
        held = [(words, moment) for words, moment in hits if words]
        return [{"text": w, "bounds": [_period(moment, whole.get_date_data(w).period)]} for w, moment in held]

    return by_sentence(find)


def _period(moment: datetime.datetime, period: str | None) -> tuple[str, str]:
    """The day, month or year that a moment stands for."""
    day = moment.date()
    if period == "year":
        return f"{day.year:04}-01-01", f"{day.year:04}-12-31"
    if period == "month":
        first = day.replace(day=1)
        following = (first + datetime.timedelta(days=32)).replace(day=1)
        return first.isoformat(), (following - datetime.timedelta(days=1)).isoformat()
    return day.isoformat(), day.isoformat()


_TOKEN = re.compile(r"(\w+) \{ (.*?) \}(?= \w+ \{|$)")
_FIELD = re.compile(r'(\w+): "(.*?)"')


def wetext_dates() -> Find:
    return _wetext("date", _wetext_date)


def wetext_quantities() -> Find:
    return _wetext("measure", _wetext_measure)


def _wetext(kind: str, made: Callable[[dict[str, str]], Finding]) -> Find:
    """Inverse normalisation rewrites spoken numerals and does not say where: the words around a token show its place."""
    import logging

    logging.disable(logging.INFO)
    from itn.chinese.inverse_normalizer import InverseNormalizer

    normalizer = InverseNormalizer()

    def find(text: str, today: datetime.date) -> list[Finding]:
        found = []
        for sentence in re.split(r"[\n。；，]", text):
            tokens = [(name, dict(_FIELD.findall(body))) for name, body in _TOKEN.findall(normalizer.tag(sentence))]
            parts = ["(.+?)" if name != "char" else re.escape(fields.get("value", "")) for name, fields in tokens]
            match = re.fullmatch(r"\s*".join(parts), sentence)
            held = [(name, fields) for name, fields in tokens if name != "char"]
            for words, (name, fields) in zip(match.groups() if match else (), held, strict=False):
                if name == kind:
                    found.append({"text": words, **made(fields)})
        return found

    return find


def _wetext_date(fields: dict[str, str]) -> Finding:
    try:
        year, month, day = (int(fields[name]) for name in ("year", "month", "day"))
        at = datetime.date(year, month, day).isoformat()
    except (KeyError, ValueError):
        return {"bounds": []}
    return {"bounds": [(at, at)]}


def _wetext_measure(fields: dict[str, str]) -> Finding:
    digits = re.match(r"[\d.]+", fields.get("value", ""))
    return {"value": float(digits[0]) if digits else None}


def arborparser_headings() -> Find:
    """Its own patterns for chapters, dotted numbers and circles, and by its builder the forms 一、 (一) 1. (1).

    A title goes on to the end of its line; what follows the first 。 is taken for body here, which it does not tell.
    """
    from arborparser.chain import ChainParser
    from arborparser.pattern import (
        CHINESE_CHAPTER_PATTERN_BUILDER,
        CIRCLED_PATTERN_BUILDER,
        NUMERIC_DOT_PATTERN_BUILDER,
        NumberType,
        PatternBuilder,
    )
    from arborparser.tree import AutoPruneStrategy, TreeBuilder

    forms = [
        PatternBuilder(number_type=NumberType.CHINESE, suffix_regex="、", max_level=1),
        PatternBuilder("[(（]", NumberType.CHINESE, "[)）]", max_level=1),
        PatternBuilder("[(（]", NumberType.ARABIC, "[)）]", max_level=1),
        CHINESE_CHAPTER_PATTERN_BUILDER,
        CIRCLED_PATTERN_BUILDER,
        NUMERIC_DOT_PATTERN_BUILDER.modify(suffix_regex=r"[.、\s]\s*"),
    ]
    parser = ChainParser([form.build() for form in forms])

    def find(text: str, today: datetime.date) -> list[Finding]:
        tree = TreeBuilder(strategy=AutoPruneStrategy()).build_tree(parser.parse_to_chain(text))
        return [*_nodes(tree, 0)]

    return find


def _nodes(node: Any, level: int) -> Iterator[Finding]:
    if level:
        yield {"marker": node.level_text.strip(), "title": node.title.partition("。")[0].strip(), "level": level}
    for child in node.children:
        yield from _nodes(child, level + 1)


PEERS = (
    Peer("jionlp", "jionlp", "dates", "ner.extract_time, with_parsing", lambda: unbound(jionlp_dates())),
    Peer("recognizers-text", "recognizers-text-date-time", "dates", "recognize_datetime, zh-cn", lambda: unbound(recognizers_dates())),
    Peer("dateparser", "dateparser", "dates", "search_dates by sentence, zh", lambda: unbound(dateparser_dates())),
    Peer("WeTextProcessing", "WeTextProcessing", "dates", "inverse normalizer's tokens by clause", wetext_dates),
    Peer(
        "recognizers-text", "recognizers-text-number-with-unit", "quantities",
        "dimension, currency, percentage, then number", recognizers_quantities,
    ),
    Peer("jionlp", "jionlp", "quantities", "ner.extract_money, with_parsing: money alone", jionlp_money),
    Peer("WeTextProcessing", "WeTextProcessing", "quantities", "inverse normalizer's tokens by clause", wetext_quantities),
    Peer("arborparser", "arborparser", "headings", "six patterns, AutoPruneStrategy", arborparser_headings),
)  # fmt: skip
