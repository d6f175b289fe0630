"""The short answer: each question of an auditor, how many, the first few, and where the rest is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from extractor.comparison.page.figures import rate
from extractor.comparison.records import Answer, Comparison, Indicator, Promise
from extractor.comparison.terms import ANSWERED, COPIED, KEPT, PRESENCE, Names, short
from extractor.text import fold

MOST, LONGEST = 4, 48  # lines of a question, characters of a quotation in one
TELLING = 16  # characters that say enough without their sentence


class Line(NamedTuple):
    text: str
    href: str
    note: str = ""


class Tile(NamedTuple):
    """`note` says what else there is to know of the question."""

    title: str
    chip: str
    lines: list[Line]
    total: int
    note: str
    href: str


class Ids(NamedTuple):
    """The ids of all rows in the page, parallel to the records."""

    indicators: list[str]
    problems: list[str]
    promises: list[str]
    answers: list[str]
    dossiers: list[str]
    reuse: list[str]


def tiles(comparison: Comparison, ids: Ids) -> list[Tile]:
    """Those with something to say."""
    made = [
        _tile("个问题屡查屡犯", "bad", _returned(comparison, ids), "#problems"),
        _tile("项承诺未见下文", "bad", _promises(comparison, ids), "#promises",
              _others(comparison.promises, KEPT, "partly", "repeated")),
        _tile("条反馈没有答实", "bad", _answers(comparison, ids), "#answers",
              _others(comparison.answers, ANSWERED, "answered", "not_found")),
        _tile("处前后矛盾", "bad", _contradictions(comparison, ids), "#dossiers"),
        _tile("项完成数有升降，最大的是", "plan", _moves(comparison, ids), "#indicators"),
        _tile("处照抄", "open", _reuse(comparison, ids), "#reuse"),
        _tile("处档案缺口", "open", _gaps(comparison), "#gaps"),
        _tile("处存疑", "open", (Line(issue.message, "#issues") for issue in comparison.issues), "#issues"),
    ]  # fmt: skip
    return [tile for tile in made if tile.total]


def _tile(title: str, chip: str, lines: Iterator[Line], href: str, note: str = "") -> Tile:
    found = list(lines)
    return Tile(title, chip, found[:MOST], len(found), note, href)


def _others(rows: Iterable[Answer | Promise], names: Mapping[Any, str], *fates: str) -> str:
    """How many rows of each of these fates there are: 部分兑现 3，再次承诺 1."""
    found = Counter[str](row.fate for row in rows)
    return "，".join(f"{names[fate]} {found[fate]}" for fate in fates if found[fate])


def _returned(comparison: Comparison, ids: Ids) -> Iterator[Line]:
    for id, row in zip(ids.problems, comparison.problems, strict=True):
        if row.fate == "returned":
            years = sorted(row.stations)
            yield Line(short(row.stations[years[-1]].text, LONGEST), f"#{id}", "、".join(years))


def _promises(comparison: Comparison, ids: Ids) -> Iterator[Line]:
    """The last years first: older ones are past asking."""
    found = [
        (id, row) for id, row in zip(ids.promises, comparison.promises, strict=True) if row.fate == "not_mentioned"
    ]
    for id, row in sorted(found, key=lambda pair: -pair[1].start):
        place = row.promise
        words = place.text if len(place.text) >= TELLING else place.quote
        yield Line(short(words, LONGEST), f"#{id}", str(row.start))


def _answers(comparison: Comparison, ids: Ids) -> Iterator[Line]:
    """What was not answered first."""
    found = list(zip(ids.answers, comparison.answers, strict=True))
    for fate in ("not_answered", "softened", "partly"):
        for id, row in found:
            if row.fate == fate and row.finding:
                yield Line(short(row.finding.text, LONGEST), f"#{id}", ANSWERED[row.fate])


def _contradictions(comparison: Comparison, ids: Ids) -> Iterator[Line]:
    for id, dossier in zip(ids.dossiers, comparison.dossiers, strict=True):
        yield from (Line(short(one.message, 70), f"#{id}") for one in dossier.contradictions)


def _moves(comparison: Comparison, ids: Ids) -> Iterator[Line]:
    """Achieved values by how much they moved up to the last year, in percent of what they were; those of tables last."""
    last = {one.id: max(member.year for member in one.members) for one in comparison.series}
    found = [
        (abs(row.changes[-1].rate), id, row)
        for id, row in zip(ids.indicators, comparison.indicators, strict=True)
        if row.scope == "achieved" and row.kind == "value"
        and row.changes and row.changes[-1].rate and row.changes[-1].end == last[row.series]
    ]  # fmt: skip
    for _, id, row in sorted(found, key=lambda one: (one[2].table, -one[0], one[2].indicator)):
        yield Line(f"{row.indicator} {_moved(row)}", f"#{id}", rate(row.changes[-1]))


def _moved(row: Indicator) -> str:
    """As printed: 1.8万亩 → 14平方公里."""
    change = row.changes[-1]
    return " → ".join(fold(row.cells[str(year)].text) for year in (change.start, change.end))


def _reuse(comparison: Comparison, ids: Ids) -> Iterator[Line]:
    names = Names(comparison).short
    for id, row in zip(ids.reuse, comparison.reuse, strict=True):
        files = f"{names[row.left.report]} → {names[row.right.report]}"
        words = files if row.kind == "disguised" else f"{short(row.right.text, 30)}（{files}）"
        yield Line(words, f"#{id}", f"{COPIED[row.kind]} {row.similarity:.0%}")


def _gaps(comparison: Comparison) -> Iterator[Line]:
    for presence, name in PRESENCE.items():
        for gap in comparison.gaps:
            if gap.presence == presence != "present":
                yield Line(f"{gap.body} {gap.kind}", "#gaps", f"{gap.year} {name}")
