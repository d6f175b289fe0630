"""Records as cards: what the right side of the page and the marks in the text say of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extractor.fingerprints import fingerprints
from extractor.found import Outcome, Sum
from extractor.records import Check, Heading, Measure, Place, Problem, Quantity, Rated, Report
from extractor.terms import KIND, MODE, OUTCOME, SEVERITY, places
from extractor.writers.page import words
from extractor.writers.page.marks import Mark

# in the order in which the page shows them
ONE = {"problems": "problem", "measures": "measure", "quantities": "quantity", "dates": "date", "headings": "heading"}
CHIP = {
    "completed": "good", "mostly_completed": "good", "ongoing": "open", "not_completed": "bad",
    "done": "good", "planned": "plan",
}  # fmt: skip
LOW = 0.9  # a record below this confidence is shown with it
OUTCOME_CHIP: dict[Outcome, str] = {"broken": "bad", "cannot_tell": "open", "holds": "good", "not_applicable": "none"}


class Link(NamedTuple):
    text: str
    href: str


class Card(NamedTuple):
    """`id` is `date-3`, counted from 1 in the report; its place in the text is `at-date-3`."""

    id: str
    kind: str
    number: int
    record: Rated
    fingerprint: str
    value: str
    chip: str
    facts: list[tuple[str, list[Link]]]
    place: str
    doubts: list[Link]


class CheckCard(NamedTuple):
    """A check: where its thing is stated, and the places of what was found."""

    id: str
    check: Check
    outcome: str
    chip: str
    severity: str
    stated: Link
    places: list[Link]
    place: str


class Cards:
    """All cards of a report, and the marks that lead to them."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.format = report.source.format
        self.names = fingerprints(report)
        self.problems = {(problem.doc, problem.text): i for i, problem in enumerate(report.problems, 1)}
        self.answers: dict[tuple[int, str | None], list[Link]] = {}
        for i, measure in enumerate(report.measures, 1):
            self.answers.setdefault((measure.doc, measure.problem), []).append(Link(str(i), f"#measure-{i}"))
        self.at: dict[tuple[int, int, int], str] = {}  # place in a text → the id of its mark
        for kind in reversed(ONE):
            for i, record in enumerate(getattr(report, kind), 1):
                self.at[record.doc, record.span.start, record.span.end] = f"at-{ONE[kind]}-{i}"
        self.checks = [self._check(check, i) for i, check in enumerate(report.checks, 1)]
        self.doubted: dict[str, list[Link]] = {}
        for card in self.checks:
            if card.check.outcome in ("broken", "cannot_tell"):
                self.doubted.setdefault(card.stated.href, []).append(Link(f"自查{card.outcome}", f"#{card.id}"))

    def kinds(self) -> dict[str, list[Card]]:
        return {
            kind: [self._card(kind, i, record) for i, record in enumerate(getattr(self.report, kind), 1)]
            for kind in ONE
        }

    def marks(self, kinds: dict[str, list[Card]]) -> Iterator[tuple[int, Mark]]:
        """With the document that each stands in."""
        for card in (card for cards in kinds.values() for card in cards):
            record = card.record
            level = record.level if isinstance(record, Heading) else 0
            mark = Mark(
                record.span.start, record.span.end, card.kind, card.id, card.number, _tip(card), bool(card.doubts), level
            )  # fmt: skip
            yield record.doc, mark
        own = {href for href in self.at.values() if not href.startswith("at-place-")}
        for (doc, start, end), id in self.at.items():
            if id not in own:
                doubts = self.doubted.get(f"#{id}", [])
                yield doc, Mark(start, end, "place", id.removeprefix("at-"), 0, "", bool(doubts))

    def _card(self, kind: str, number: int, record: Rated) -> Card:
        id = f"{ONE[kind]}-{number}"
        state = getattr(record, "state", None) or getattr(record, "status", None)
        return Card(
            id, ONE[kind], number, record, self.names[kind][number - 1], words.value(record), CHIP.get(state or "", "none"),
            list(self._facts(record)), places(record.source, self.format), self.doubted.get(f"#at-{id}", []),
        )  # fmt: skip

    def _facts(self, record: Rated) -> Iterator[tuple[str, list[Link]]]:
        if record.confidence < LOW:
            yield "可信度", [Link(f"{record.confidence:.0%}，请核对", "")]
        if isinstance(record, Problem):
            yield from _said(_problem(record))
            if answers := self.answers.get((record.doc, record.text)):
                yield "措施", answers
        elif isinstance(record, Measure):
            yield from _said((("编号", record.marker), ("主体", record.actor)))
            if number := self.problems.get((record.doc, record.problem or "")):
                yield "问题", [Link(f"{number} {record.problem}", f"#problem-{number}")]
            yield from _said([("形成文件或机构", "、".join(f"《{title}》" for title in record.outputs))])
            yield from self._sums("追缴清退", record.recovered)
            yield from self._sums("问责处理", record.accountable)
        elif isinstance(record, Heading) and record.repaired:
            yield from _said([("误印", f"{record.marker} 应为 {record.repaired}")])

    def _sums(self, name: str, sums: Iterable[Sum]) -> Iterator[tuple[str, list[Link]]]:
        links = [
            Link(f"{one.act} {self.report.quantities[one.quantity].text}", f"#quantity-{one.quantity + 1}")
            for one in sums
        ]
        if links:
            yield name, links

    def _check(self, check: Check, number: int) -> CheckCard:
        return CheckCard(
            f"check-{number}", check, OUTCOME[check.outcome], OUTCOME_CHIP[check.outcome],
            SEVERITY[check.severity], self._link(check, check), [self._link(check, at) for at in check.places],
            places(check.source, self.format),
        )  # fmt: skip

    def _link(self, check: Check, place: Check | Place) -> Link:
        """To the mark of these characters: that of a record, else one for the place."""
        key = (check.doc, place.span.start, place.span.end)
        id = self.at.setdefault(key, f"at-place-{'-'.join(map(str, key))}")
        return Link(place.text.strip() or "（此处）", f"#{id}")


def _problem(problem: Problem) -> Iterator[tuple[str, str | None]]:
    yield "所属问题", problem.parent
    yield "责任", "、".join(problem.responsible or ())
    yield "时限", _beside(problem.deadline, problem.deadline_value)
    yield "进展", problem.progress
    yield "截至", problem.as_of
    yield "方式", MODE[problem.mode] if problem.mode else None
    said = {problem.text, "、".join(problem.responsible or ()), problem.deadline, problem.progress}
    yield from ((one.label, one.text) for one in problem.labels if one.text not in said and not one.text.isdecimal())


def _beside(text: str | None, value: str | None) -> str:
    return f"{text}（{value}）" if text and value else text or ""


def _said(facts: Iterable[tuple[str, str | None]]) -> Iterator[tuple[str, list[Link]]]:
    """Facts that the report has."""
    yield from ((name, [Link(text, "")]) for name, text in facts if text)


def _tip(card: Card) -> str:
    """Kind, value, rule and source, for the line that shows them when a mark is pointed at."""
    noun = f" · {card.record.noun}" if isinstance(card.record, Quantity) and card.record.noun else ""
    name = KIND[next(kind for kind, one in ONE.items() if one == card.kind)]
    return f"{name} {card.number}　{card.value or '状态未载明'}{noun}\n规则 {card.record.rule}　出处 {card.place}"


def ordered(checks: Sequence[CheckCard]) -> dict[str, list[CheckCard]]:
    """By outcome, what does not hold first, errors before warnings."""
    severity = list(SEVERITY.values())
    by_outcome: dict[str, list[CheckCard]] = {outcome: [] for outcome in OUTCOME}
    for card in sorted(checks, key=lambda card: severity.index(card.severity)):
        by_outcome[card.check.outcome].append(card)
    return by_outcome
