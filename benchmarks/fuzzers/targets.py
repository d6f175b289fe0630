"""What is fuzzed: how an input is made from chance, and what must hold when it is run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from random import Random
from typing import Any, NamedTuple

import regex
from pydantic import BaseModel

from extractor import edtf, numerals, readers
from extractor import rules as ruleset
from extractor.errors import ReadError, RuleError
from extractor.readers import ocr
from extractor.readers.encoding import decode
from extractor.readers.raw import Raw
from extractor.rulecheck import TRIALS
from extractor.rules import RuleFile, scan
from extractor.text import Span, Text, fold

from . import broken, files, texts
from .invariants import checked, must


class Target(NamedTuple):
    """`share` of all executions; `run` raises what is a finding."""

    share: float
    make: Callable[[Random], Any]
    run: Callable[[Any], object]


@cache
def rules() -> ruleset.Rules:
    return ruleset.load()


EDTF = (
    "2023", "2023-01-30", "202X", "2023-XX-06", "XXXX-05", "2022-33", "2022-41", "2021/2025", "2019/..", "../2019",
    "P3Y", "P30D", "2023-02-29", "XXXX-02-29",
)  # fmt: skip


def edtf_value(r: Random) -> str:
    value = r.choice(EDTF)
    chars = list(value)
    for _ in range(r.choice((0, 1, 2, 4))):
        chars[r.randrange(len(chars) + 1) : r.randrange(len(chars) + 1)] = r.choice(
            "0123456789X-/.PYMWD0129XX٣３一 \n\0"
        )
    return "".join(chars)


def edtf_holds(value: str) -> None:
    try:
        low, high = edtf.bounds(value)
    except ValueError:
        return
    must(edtf.check(value) == value, "check changes a value")
    must(value.isascii() and not set(value) - set("0123456789X-/.PYMWD"), f"{value!r} has other characters")
    must(not (low and high) or low <= high, f"{value!r} ends before it starts")
    if "/" not in value and low and high:
        must(edtf.bounds(edtf.span(value, value)) == (low, high), f"{value!r} as a span is another")


def numeral_holds(surface: str) -> None:
    folded = fold(surface)
    value, whole = numerals.number(folded), numerals.exact(folded)
    must((value is None) == (whole is None), "number and exact disagree")
    if isinstance(value, tuple):
        must(value[0] < value[1], f"a range that runs backwards: {value}")
    must(value is None or isinstance(value, tuple) or value >= 0, f"{value} is below nothing")
    for read in (numerals.digits(folded), numerals.small(folded)):
        must(read is None or read >= 0, f"{read} is below nothing")


def raw_text(r: Random) -> str:
    """Some lines, without half characters: what a reader would hand on."""
    return regex.sub(r"[\ud800-\udfff\0]", "\ufffd", texts.line(r))


def text_holds(string: str) -> None:
    lines = string.split("\n")
    text = Text.join((Text.of(i, line) for i, line in enumerate(lines)), "\n")
    must(text.raw == string and len(text.folded) == len(string), "joining changes a text")
    half = len(string) // 2
    must(
        Text.join([text.cut(0, half), text.cut(half, len(text))]).pieces(Span(0, len(text)))
        == text.pieces(Span(0, len(text))),
        "cut and joined is read elsewhere",
    )
    view, last = text.view, -1
    for i, char in enumerate(view.text):
        at = view.offset(i)
        must(at > last and text.folded[at] == char and view.index(at) == i, f"character {i} of the view is not at {at}")
        last = at
    for piece in text.pieces(Span(half // 2, half)):
        must(0 <= piece.start < piece.end <= len(lines[piece.line]), f"{piece} outside its line")


def kinds() -> list[type[RuleFile]]:
    """Every kind of rule file that has examples, in order."""
    return sorted(TRIALS, key=lambda kind: kind.file)


@cache
def patterns() -> tuple[regex.Pattern[str], ...]:
    """Every pattern of the rule files, in the form in which stages match texts against it."""
    found: dict[str, regex.Pattern[str]] = {}
    for kind in kinds():
        for pattern in _patterns(rules().of(kind), set()):
            found[pattern.pattern] = pattern
    return tuple(found.values())


def _patterns(value: Any, seen: set[int]) -> Iterator[regex.Pattern[str]]:
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, regex.Pattern):
        yield value
    elif isinstance(value, BaseModel):
        own = [
            name
            for kind in type(value).__mro__
            for name in vars(kind)
            if type(vars(kind)[name]).__name__ == "cached_property"
        ]
        for name in [*type(value).model_fields, *own]:
            yield from _patterns(getattr(value, name), seen)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _patterns(one, seen)
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from _patterns(one, seen)


def pattern_and_text(r: Random) -> tuple[int, str]:
    return r.randrange(1 << 30), raw_text(r)


def pattern_holds(given: tuple[int, str]) -> None:
    """A pattern matches whatever text without running out of time, and where it says."""
    number, string = given
    pattern, view = patterns()[number % len(patterns())], Text.of(0, string).view
    last = 0
    for match in scan(pattern, view.text):
        start, end = match.span()
        must(last <= start <= end <= len(view), f"{pattern.pattern[:60]!r} matches backwards")
        span = view.span(start, end)
        must(0 <= span.start <= span.end <= len(string), "a span outside the text")
        last = end


def decoded(data: bytes) -> None:
    try:
        text = decode(Raw("a.txt", data))
    except ReadError:
        return
    must("\0" not in text.text and not regex.search(r"[\ud800-\udfff]", text.text), "decoded to what is no character")
    must(text.replaced >= 0 and text == decode(Raw("a.txt", data)), "decoded in two ways")


def reported(text: str) -> None:
    try:
        source = readers.read_text(text)
    except ReadError:
        return
    checked(source, rules(), again=len(text) % 4 == 0)


def of(format: str) -> Target:
    def run(data: bytes) -> None:
        ocr.installed = _never  # it takes a second a page
        try:
            source = readers.read_bytes(data, f"a.{format}")
        except ReadError:
            return
        checked(source, rules(), again=len(data) % 8 == 0)

    return Target(SHARES[format], files.MAKES[format], run)


@cache
def _shipped() -> dict[str, bytes]:
    return ruleset.files(ruleset.shipped())


def rule_file(r: Random) -> tuple[str, bytes]:
    """A shipped rule file with characters of it changed, laid over the shipped rules."""
    name = r.choice(sorted(_shipped()))
    lines = _shipped()[name].decode().splitlines()
    for _ in range(r.randint(1, 3)):
        at = r.randrange(len(lines))
        lines[at] = r.choice((texts.bent(r, lines[at]), r.choice(lines), ""))
    return name, "\n".join(lines).encode("utf-8", "replace")


def rule_error_or_rules(given: tuple[str, bytes]) -> None:
    """A rule file that is wrong is a RuleError, whatever is wrong with it."""
    name, data = given
    try:
        laid = ruleset.laid({name: _shipped()[name]}, {name: data})
        for kind in kinds():
            if kind.file == name.removesuffix(".toml"):
                list(_patterns(laid.of(kind), set()))
    except RuleError:
        return


def _never() -> bool:
    return False


SHARES = {"txt": 1, "docx": 1.5, "xlsx": 1, "html": 1, "rtf": 1, "md": 1, "doc": 1, "pdf": 1, "ofd": 0.5, "mhtml": 0.3}
TARGETS: dict[str, Target] = {
    "edtf": Target(15, edtf_value, edtf_holds),
    "numerals": Target(15, lambda r: r.choice((texts.numeral, texts.quantity, texts.marker))(r), numeral_holds),
    "text": Target(15, raw_text, text_holds),
    "patterns": Target(15, pattern_and_text, pattern_holds),
    "encodings": Target(15, broken.plain, decoded),
    "reports": Target(4, texts.text, reported),
    "rules": Target(0.2, rule_file, rule_error_or_rules),
    **{name: of(name) for name in SHARES},
}
