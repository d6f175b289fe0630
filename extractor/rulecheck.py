"""Runs the examples that stand in the rule files: each must be claimed by its rule, each `never` by none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, get_args

from extractor import cleaning, pipeline
from extractor.checks.ground import CheckRules
from extractor.comparison import answers, bodies, indicators, naming, promises, similar, stated, wording
from extractor.comparison.bodies import BodyRules
from extractor.comparison.naming import SeriesRules
from extractor.comparison.reuse.rulefile import ReuseRules
from extractor.comparison.reuse.trial import trial as reuse_trial
from extractor.confidence import ConfidenceRules, Kind
from extractor.errors import RuleError
from extractor.finders import dates, nouns, quantities, tables
from extractor.finders.dates.rulefile import DateRules
from extractor.finders.measures.rulefile import MeasureRules
from extractor.finders.measures.trial import trial as measures_trial
from extractor.finders.nouns.rulefile import NounRules
from extractor.finders.problems import rectification
from extractor.finders.problems.rulefile import ProblemRules
from extractor.found import Found
from extractor.outline import claims as headings
from extractor.readers.html import trial as pages
from extractor.readers.html.rulefile import HtmlRules
from extractor.rules import Example, Rule, RuleFile, Rules
from extractor.source import Cell, CellRef, Draft, Line, Table
from extractor.text import Span, Text


def check_trial(rules: Rules, text: str, given: Mapping[str, Any]) -> Iterable[Found]:
    """A check stands on all other stages, so its examples run through the whole pipeline.

    Rows of an example with | between their cells are a table.
    """
    lines: list[Line] = []
    parts, cells, row = [], [], 0
    for number, printed in enumerate(text.split("\n"), 1):
        words = printed.split("|")
        part = []
        for column, word in enumerate(words):
            ref = CellRef(0, row, column) if len(words) > 1 else None
            part.append(Text.of(len(lines), word))
            cells += [Cell(row, column, 1, 1, (len(lines),))] if ref else []
            lines.append(Line(word, number, "cell" if ref else "body", ref))
        row += len(words) > 1
        parts.append(Text.join(part, "|"))
    held = [(0, Table(row, max(cell.column for cell in cells) + 1, tuple(cells)))] if cells else []
    return pipeline.find(Draft(Text.join(parts, "\n")), lines, given.get("reference"), rules, held).checks


def confidence_trial(rules: Rules, text: str, given: Mapping[str, Any]) -> Iterable[Found]:
    """Every record of the text under the class of evidence that it belongs to."""
    report, own = (
        pipeline.extract_text(text, reference_date=given.get("reference"), rules=rules),
        rules.of(ConfidenceRules),
    )
    for kind in get_args(Kind):
        for record in getattr(report, kind):
            evidence = own.evidence_of(kind, record.model_dump(), report.documents[record.doc].text)
            if evidence:
                yield Found(Span(record.span.start, record.span.end), evidence.id)


Trial = Callable[[Rules, str, Mapping[str, Any]], Iterable[Found]]
# rule file → what runs an example of it: (rules, text, given) → all that was claimed, with the rule's id
TRIALS: dict[type[RuleFile], Trial] = {
    HtmlRules: pages.trial,
    cleaning.NoiseRules: cleaning.trial,
    headings.HeadingRules: headings.trial,
    DateRules: dates.trial,
    quantities.QuantityRules: quantities.trial,
    NounRules: nouns.trial,
    ProblemRules: rectification.trial,
    MeasureRules: measures_trial,
    tables.TableRules: tables.trial,
    CheckRules: check_trial,
    indicators.IndicatorRules: indicators.trial,
    SeriesRules: naming.trial,
    BodyRules: bodies.trial,
    similar.MatchingRules: wording.trial(similar.MatchingRules),
    promises.PromiseRules: wording.trial(promises.PromiseRules),
    answers.AnswerRules: wording.trial(answers.AnswerRules),
    stated.ContradictionRules: wording.trial(stated.ContradictionRules),
    ReuseRules: reuse_trial,
    ConfidenceRules: confidence_trial,
}


class Case(NamedTuple):
    """One example of one rule; `example` is None for a `never`."""

    file: str
    rule: str
    text: str
    example: Example | None
    trial: Trial


def entries(rules: Rules) -> Iterator[tuple[str, Rule]]:
    """Every rule with the name of its file. Raises RuleError for a file that does not validate."""
    for kind in TRIALS:
        for rule in rules.of(kind).entries():
            yield f"{kind.file}.toml", rule


def cases(rules: Rules) -> Iterator[Case]:
    """Every example and every `never` of all rule files. Raises RuleError for a rule without an example."""
    trials = {f"{kind.file}.toml": trial for kind, trial in TRIALS.items()}
    for file, rule in entries(rules):
        if not rule.examples:
            raise RuleError(file, rule.id, "has no example; give one that it must claim")
        for example in rule.examples:
            yield Case(file, rule.id, example.text, example, trials[file])
        for text in rule.never:
            yield Case(file, rule.id, text, None, trials[file])


def problems(cases: Iterable[Case], rules: Rules) -> Iterator[RuleError]:
    """What is wrong with the rules, one error per example that does not hold."""
    for case in cases:
        try:
            run(case, rules)
        except RuleError as error:
            yield error


def run(case: Case, rules: Rules) -> None:
    """Raises RuleError that says what came out instead."""
    if case.example is None:
        claimed = [
            case.text[f.span.start : f.span.end] for f in case.trial(rules, case.text, {}) if f.rule == case.rule
        ]
        if claimed:
            raise RuleError(case.file, case.rule, f"never {case.text!r}: but claimed {'; '.join(claimed)!r}")
        return
    text, spans = case.example.marked()
    everything = list(case.trial(rules, text, case.example.given))
    found = [f for f in everything if f.rule == case.rule]
    if [f.span for f in found] != list(spans):
        got = ", ".join(f"{f.rule} «{text[f.span.start : f.span.end]}»" for f in everything) or "nothing"
        raise RuleError(case.file, case.rule, f"example {case.text!r}: came out instead: {got}")
    for key, wanted in case.example.expected.items():
        values = [_plain(getattr(f, key, None)) for f in found]
        if values != (wanted if isinstance(wanted, list) and len(found) > 1 else [wanted]):
            raise RuleError(case.file, case.rule, f"example {case.text!r}: {key} is {values!r}, not {wanted!r}")


def _plain(value: Any) -> Any:
    """As TOML can say it: there is no null ("none"), and a range is an array."""
    return "none" if value is None else list(value) if isinstance(value, tuple) else value
