"""What a report answers to the findings of an inspection.

A finding is answered by the problem that states it again, one to one; a report that states no problems answers by its
headings and measures, each of which may answer several findings.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.comparison.answers import findings, replies
from extractor.comparison.answers.findings import Finding
from extractor.comparison.answers.replies import Reply
from extractor.comparison.answers.rulefile import AnswerRules
from extractor.comparison.library import Library
from extractor.comparison.records import Answer, Answered, Candidate, Place
from extractor.comparison.similar import Index, MatchingRules, Near, bare, pair
from extractor.comparison.wording import anyone
from extractor.fingerprints import fingerprint
from extractor.records import Measure, Span
from extractor.rules import Rules
from extractor.text import fold

__all__ = ["AnswerRules", "find"]

LEAST = 0.4  # below, a finding is not answered
_HELD = 0.5  # the share of what the words leave open that is added for what the measures hold of a finding
_AKIN = 0.2  # a reply less like a finding than this does not answer it, whatever it is about
_PART = 0.34  # a clause of a finding of which an answer holds less is not answered
_SOUGHT = 16
_KEPT = 3


def find(library: Library, feedback: int, report: int, rules: Rules) -> tuple[Answer, ...]:
    """`feedback` and `report` are indices of the library's reports. The findings in order, then what nobody found."""
    if not (library.reports[feedback].documents and library.reports[report].documents):
        return ()
    wordings, matching = rules.of(AnswerRules), rules.of(MatchingRules)
    found = findings.read(library.reports[feedback], 0, wordings, anyone(matching.defect))
    given = replies.read(library, report, 0, wordings)
    index = Index([one.words for one in given], [one.text for one in found], matching.matter)
    scores = [_scores(one, given, index) for one in found]
    taken = _taken(scores, given)
    rows = []
    for i, one in enumerate(found):
        near = [taken[i], *(other for other in scores[i] if other is not taken[i])] if i in taken else scores[i]
        rows.append(_answer(library, (feedback, one), (report, given), near, i in taken, index, wordings))
    answered = {near.at for near in taken.values()}
    return (
        *rows,
        *(_unasked(library, report, one) for i, one in enumerate(given) if one.restated and i not in answered),
    )


def _scores(one: Finding, given: Sequence[Reply], index: Index) -> list[Near]:
    """The replies most like a finding, best first. A chapter on its topic may answer it if it is at all akin."""
    topics = _like(one.topic, given, index) if one.topic else []
    found = []
    for near in _like(one.text, given, index):
        if topics and not given[near.at].restated and near.score >= _AKIN:
            near = near._replace(score=max(near.score, round((near.score + topics[near.at].score) / 2, 4)))
        found.append(near)
    return sorted(found, key=lambda near: (-near.score, near.at))[:_SOUGHT]


def _like(text: str, given: Sequence[Reply], index: Index) -> list[Near]:
    """How like each reply is to a text: by its words, and by what it holds of it besides."""
    found = []
    for near in index.near(text, range(len(given))):
        held = index.held(text, given[near.at].said)
        found.append(near._replace(score=round(near.score + (1 - near.score) * _HELD * held, 4)))
    return found


def _taken(scores: Sequence[Sequence[Near]], given: Sequence[Reply]) -> dict[int, Near]:
    """The reply of each finding that has one: a problem answers one finding, what was done any number."""
    taken = pair([[near for near in row if given[near.at].restated] for row in scores], LEAST)
    for i, row in enumerate(scores):
        best = next((near for near in row if not given[near.at].restated), None)
        if i not in taken and best and best.score >= LEAST:
            taken[i] = best
    return taken


def _answer(
    library: Library, asked: tuple[int, Finding], replied: tuple[int, Sequence[Reply]], near: Sequence[Near],
    answered: bool, index: Index, rules: AnswerRules,
) -> Answer:  # fmt: skip
    (feedback, finding), (report, given) = asked, replied
    reply = given[near[0].at] if answered else None
    fate, why = _judged(finding, reply, index, rules) if reply else ("not_answered", "报告没有回应这个问题")
    candidates = tuple(
        Candidate(place=_place(library, report, given[one.at].span), score=one.score) for one in near[:_KEPT]
    )
    return Answer(
        fate=fate, finding=_place(library, feedback, finding.span), answer=_place(library, report, reply.span) if reply else None,
        measures=tuple(_place(library, report, measure.span) for measure in reply.measures) if reply else (),
        why=why, candidates=candidates, score=near[0].score if reply else None,
        fingerprint=fingerprint(bare(finding.text), fate, bare(reply.words) if reply else ""),
    )  # fmt: skip


def _judged(finding: Finding, reply: Reply, index: Index, rules: AnswerRules) -> tuple[Answered, str]:
    was, became = rules.grave(finding.text), rules.grave(reply.words)
    if reply.restated and was.weight > became.weight and bare(finding.text) != bare(reply.words):
        instead = f"改称“{became.words}”" if became.words else "没有这样说"
        return "softened", f"反馈称“{was.words}”，报告{instead}"
    clauses = [clause for clause in findings.CLAUSE.findall(finding.text) if len(bare(clause)) > 1]
    missing = [clause for clause in clauses if index.held(clause, reply.text) < _PART]
    if missing and len(missing) < len(clauses):
        return "partly", f"报告没有回应“{'、'.join(missing)}”"
    if not any(measure.status == "done" and not _pledge(measure, rules) for measure in reply.measures):
        return "partly", "报告提到这个问题，但没有写明已经采取的措施"
    return "answered", "报告回应了这个问题，并写明了措施"


def _pledge(measure: Measure, rules: AnswerRules) -> bool:
    """Does it only say what is thought and wished?"""
    concrete = measure.dates or measure.quantities or measure.outputs
    return not concrete and rules.says("pledge", fold(measure.text))


def _unasked(library: Library, report: int, reply: Reply) -> Answer:
    return Answer(
        fate="not_found", finding=None, answer=_place(library, report, reply.span),
        measures=tuple(_place(library, report, measure.span) for measure in reply.measures),
        why="反馈中没有这个问题", candidates=(), score=None, fingerprint=fingerprint("not_found", bare(reply.words)),
    )  # fmt: skip


def _place(library: Library, report: int, span: Span) -> Place:
    return library.place(report, 0, span)
