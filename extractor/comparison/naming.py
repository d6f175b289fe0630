"""`rules/series.toml`: what a document says it is. Title, opening, signature, file name → kind, body, year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any, ClassVar, Literal, NamedTuple

import regex

from extractor.comparison.bodies import BodyRules, known
from extractor.found import Found
from extractor.records import Document, Report
from extractor.rules import Regex, Rule, RuleFile, Rules, compiled, scan
from extractor.text import View, fold, viewed

Where = Literal["title", "label", "opening", "issuer", "signature", "file"]
HEAD, LABELS, TAIL = 1500, 400, 160  # characters in which an opening, a label and a signature are looked for
TITLE = 60  # characters of a first line that may be a title


class KindRule(Rule):
    """`answered_by` is the kind of report that answers one of this kind."""

    title: str
    opening: str | None = None
    answered_by: str | None = None


class NameRule(Rule):
    where: Where
    pattern: str
    only: tuple[str, ...] = ()


class PlaceRule(Rule):
    pattern: str


class SeriesRules(RuleFile):
    file: ClassVar[str] = "series"

    slots: Mapping[str, str] = {}
    other: Regex
    masked: Regex
    year: Regex
    range: Regex
    season: Regex
    unnamed: str
    prefer: tuple[str, ...]
    genre: Regex
    kind: tuple[KindRule, ...] = ()
    body: tuple[NameRule, ...] = ()
    place: tuple[PlaceRule, ...] = ()

    @cached_property
    def kinds(self) -> Mapping[str, tuple[tuple[str, regex.Pattern[str]], ...]]:
        """Where → id and pattern of each kind, in the order of the file."""
        titles = tuple((rule.id, compiled(rule.title, self.slots)) for rule in self.kind)
        openings = tuple((rule.id, compiled(rule.opening, self.slots)) for rule in self.kind if rule.opening)
        return {"title": titles, "opening": openings, "file": titles}

    @cached_property
    def years(self) -> regex.Pattern[str]:
        return compiled("{=year}", self.slots)

    @cached_property
    def bodies(self) -> tuple[tuple[NameRule, regex.Pattern[str]], ...]:
        return tuple((rule, compiled(rule.pattern, self.slots)) for rule in self.body)

    @cached_property
    def places(self) -> tuple[tuple[PlaceRule, regex.Pattern[str]], ...]:
        return tuple((rule, compiled(rule.pattern, self.slots)) for rule in self.place)


class Told(NamedTuple):
    """A value and what told it: title, opening, signature, file name …"""

    value: Any
    by: str


class Description(NamedTuple):
    """What a document is, as far as it says so; `doubts` are codes and sentences.

    `rest` is its title without year and body, where that may be the name of a kind that no rule knows.
    """

    kind: Told | None
    body: Told | None  # a Body
    year: Told | None
    rest: str
    doubts: tuple[tuple[str, str], ...] = ()


def describe(document: Document, file: str, rules: Rules) -> Description:
    kit, words = rules.of(SeriesRules), _words(document, file)
    kind = _kind(words, kit)
    printed, told = _bodies(words, kind.value if kind else None, kit)
    bodies = [known(_placed(name, words, rules), rules) for name in printed]
    year, doubts = _year(document, words, kit)
    rest = _rest(words["title"], printed, kit)
    if len({body.key for body in bodies}) > 1:
        names = "、".join(body.name for body in bodies)
        doubts += (("two_bodies", f"its {told} names more than one body ({names})"),)
        bodies = []
    return Description(kind, Told(bodies[0], told) if bodies else None, year, rest, doubts)


def body(report: Report, file: str, rules: Rules) -> str:
    """The name of the body that a report is of, spelled in full; empty where it names none or more than one."""
    told = [describe(document, file, rules) for document in report.documents]
    first = next((one for one in told if one.kind), None) or next(iter(told), None)
    return first.body.value.name if first and first.body else ""


def _rest(title: str, names: Sequence[str], kit: SeriesRules) -> str:
    """“临溪县水利局2023年河长制工作情况通报” → 河长制工作情况通报; empty for what is no report."""
    for name in names:
        title = title.replace(name, "", 1)
    title = kit.years.sub("", title)
    return title if kit.genre.search(title) and not kit.other.search(title) else ""


def _words(document: Document, file: str) -> dict[Where, str]:
    """The parts of a document that are asked, folded."""
    text = document.text
    return {
        "title": viewed(document.title or _first_line(text)),
        "label": viewed(text[:LABELS]),
        "opening": viewed(text[:HEAD]),
        "issuer": viewed(document.issuer or ""),
        "signature": viewed(text[-TAIL:]),
        "file": viewed(stem(file)),
    }


def _first_line(text: str) -> str:
    """What heads a paper whose title has no word that titles end with: 某县水务局2023年工作亮点."""
    line = text.strip().partition("\n")[0]
    return line if len(line) <= TITLE and "。" not in line else ""


def stem(file: str) -> str:
    """`2023/关于整改情况的报告.docx.json` → 关于整改情况的报告"""
    path = PurePosixPath(file.replace("\\", "/"))
    return path.name.partition(".")[0] or path.name


def _kind(words: Mapping[Where, str], kit: SeriesRules) -> Told | None:
    if kit.other.search(words["title"]):
        return None
    for where in ("title", "opening", "file"):
        for id, pattern in kit.kinds[where]:
            if next(scan(pattern, words[where]), None):
                return Told(id, _PARTS[where])
    return None


_PARTS: Mapping[str, str] = {
    "title": "title", "label": "label", "opening": "opening", "issuer": "issuer", "signature": "signature",
    "file": "file name",
}  # fmt: skip


def _bodies(words: Mapping[Where, str], kind: str | None, kit: SeriesRules) -> tuple[list[str], str]:
    """The names that the first rule claims that claims any, and where; more than one leave the matter in doubt."""
    for rule, pattern in kit.bodies:
        if rule.only and kind not in rule.only:
            continue
        found = dict.fromkeys(match["body"] for match in scan(pattern, words[rule.where]))
        names = [name for name in found if not kit.masked.search(name)]
        if names:
            return names, _PARTS[rule.where]
    return [], ""


def _placed(name: str, words: Mapping[Where, str], rules: Rules) -> str:
    """县水务局 in a paper that elsewhere says 中共临溪县委 → 临溪县水务局; one that names two counties leaves it open."""
    level = rules.of(BodyRules).level.match(name)
    if not level or rules.of(BodyRules).bare.fullmatch(name):
        return name
    text = "\n".join((words["title"], words["opening"], words["signature"]))
    found = {
        match["place"]
        for _, pattern in rules.of(SeriesRules).places
        for match in scan(pattern, text)
        if match["place"].endswith(level[0]) and match["place"] != level[0]
    }
    longest = max(found, key=len, default="")
    if not longest or any(not longest.endswith(place) for place in found):
        return name
    return longest + name[level.end() :]


def _year(
    document: Document, words: Mapping[Where, str], kit: SeriesRules
) -> tuple[Told | None, tuple[tuple[str, str], ...]]:
    """The year that the document is dated by, the later one of a 2022-2023学年; none where its title names several for
    one thing: 2023年报告 2024年报告."""
    title = words["title"]
    matches = list(scan(kit.year, title))
    for before, after in pairwise(matches):
        between = title[before.end() : after.start()]
        if kit.range.match(between) and kit.season.match(title[after.end() :]):
            return Told(int(after["year"]), "title"), ()
        if before["year"] != after["year"] and (kit.range.match(between) or title[after.end() :] == between.strip()):
            both = f"{before['year']} and {after['year']}"
            return None, (("two_years", f"its title names the years {both}, and it cannot be told which one it is of"),)
    if document.year:
        told = "title" if str(document.year) in {match["year"] for match in matches} else "date"
        return Told(document.year, told), ()
    if matches:
        return Told(int(matches[0]["year"]), "title"), ()
    year = year_of_file(words["file"], kit)
    return Told(year, _PARTS["file"]) if year else None, ()


def year_of_file(name: str, kit: SeriesRules) -> int | None:
    """The one year that a file's name says."""
    years = {int(match["year"]) for match in scan(kit.year, name)}
    return years.pop() if len(years) == 1 else None


@dataclass(frozen=True, slots=True)
class Claim(Found):
    """Words that tell kind or body."""


def trial(rules: Rules, text: str, given: Mapping[str, Any]) -> Iterator[Claim]:
    """The text stands where each rule looks. `given.where` puts it at the opening, `given.kind` is the paper's kind."""
    kit, view = rules.of(SeriesRules), View(fold(text))
    for id, pattern in kit.kinds[given.get("where", "title")]:
        match = next(scan(pattern, view.text), None)
        if match and not kit.other.search(view.text):
            yield Claim(view.span(*match.span()), id)
            break
    for rule, pattern in kit.bodies:
        if not rule.only or given.get("kind") in rule.only:
            yield from (Claim(view.span(*match.span("body")), rule.id) for match in scan(pattern, view.text))
    for place, pattern in kit.places:
        yield from (Claim(view.span(*match.span("place")), place.id) for match in scan(pattern, view.text))
