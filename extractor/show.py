"""A report for the eye, in a terminal: the heading tree with its records, and which rule made what."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from extractor.records import Check, Date, Heading, Measure, Problem, Quantity, Rated, Record, Report
from extractor.writers.rows import place

KINDS = {"headings": "bold", "dates": "cyan", "quantities": "green", "problems": "red", "measures": "magenta"}
CONTEXT = 12  # characters shown on either side of a record


def overview(report: Report) -> RenderableType:
    """The heading tree of every document with its records, then the checks that do not hold, noise and issues."""
    parts: list[RenderableType] = [_tree(report, i) for i in range(len(report.documents))]
    parts += [_verdict(check) for check in report.checks if check.outcome != "holds"]
    if report.noise:
        characters = sum(len(n.text) for n in report.noise)
        rules = ", ".join(dict.fromkeys(n.rule for n in report.noise))
        parts.append(Text(f"noise: {len(report.noise)} pieces, {characters} characters ({rules})", "bright_black"))
    parts += [Text(f"issue: {issue.message}", "yellow") for issue in report.issues]
    return Group(*parts)


def _verdict(check: Check) -> Text:
    style = {"broken": "bold red", "cannot_tell": "yellow"}.get(check.outcome, "bright_black")
    return Text(f"{check.outcome}: {check.message} {check.arithmetic}".rstrip(), style)


def _tree(report: Report, doc: int) -> Tree:
    document = report.documents[doc]
    year = f"  ({document.year})" if document.year else ""
    root = Tree(Text(f"{document.title or '(no title)'}{year}", "bold underline"))
    open_levels: list[tuple[int, Tree]] = [(0, root)]
    records = sorted(
        (r for kind in KINDS for r in getattr(report, kind) if r.doc == doc),
        key=lambda r: (r.span.start, not isinstance(r, Heading)),
    )
    for record in records:
        if isinstance(record, Heading):
            while open_levels[-1][0] >= record.level:
                open_levels.pop()
            open_levels.append((record.level, open_levels[-1][1].add(_label(record, report))))
        else:
            open_levels[-1][1].add(_label(record, report))
    return root


def _label(record: Record, report: Report) -> Text:
    style = KINDS[_kind(record)]
    if isinstance(record, Heading):
        repaired = f"  [printed {record.marker}, is {record.repaired}]" if record.repaired else ""
        return Text(
            f"{record.marker} {record.title}{repaired}".strip(), "bold red" if record.kind == "problem" else style
        )
    if isinstance(record, Problem):
        return Text(f"问题 {_particulars(record)}".strip(), style)
    if isinstance(record, Measure):
        outputs = "".join(f" 《{title}》" for title in record.outputs)
        return Text.assemble(
            (f"{record.status}  ", style), f"{record.marker} {_short(record.text, 70)}".strip(), (outputs, "yellow")
        )
    return Text.assemble((value(record), style), "  ", context(record, report))


def _particulars(problem: Problem) -> str:
    """Who, until when and how far, as far as the report says; the words themselves stand in the heading."""
    said = (
        "、".join(problem.responsible or ()),
        problem.deadline,
        problem.progress,
        problem.state and f"[{problem.state}]",
    )
    return " · ".join(part for part in (_short(problem.text, 40), *said) if part)


def _short(text: str, length: int) -> str:
    text = text.replace("\n", " ")
    return text if len(text) <= length else text[:length] + "…"


def _kind(record: Record) -> str:
    return {"Heading": "headings", "Date": "dates", "Quantity": "quantities", "Problem": "problems"}.get(
        type(record).__name__, "measures"
    )


def value(record: Record) -> str:
    """What was made of the words: `2023-02 since`, `total 13 个 宣讲团`."""
    if isinstance(record, Date):
        return f"{record.value} {record.bound or ''}".strip()
    if isinstance(record, Quantity):
        number = "–".join(f"{n:g}" if isinstance(n, float) else str(n) for n in _numbers(record))
        return " ".join(part for part in (record.modifier, number, record.unit, record.noun) if part)
    if isinstance(record, Heading):
        return f"level {record.level} {record.kind}: {record.title}"
    return getattr(record, "status", None) or "problem"


def _numbers(quantity: Quantity) -> tuple[object, ...]:
    return quantity.value if isinstance(quantity.value, tuple) else ("?" if quantity.value is None else quantity.value,)


def context(record: Record, report: Report) -> Text:
    """The words of the record between those beside them."""
    text = report.documents[record.doc].text
    start, end = record.span.start, record.span.end
    before = text[max(0, start - CONTEXT) : start].rpartition("\n")[2]
    after = text[end : end + CONTEXT].partition("\n")[0]
    words = _short(text[start:end], 60)
    return Text.assemble((before, "bright_black"), words, (after, "bright_black"))


def explanation(report: Report) -> Table:
    """One row per record: kind, rule, confidence, the characters in their context, the value, the place in the file."""
    table = Table("kind", "rule", "confidence", "characters", "value", "source", title=report.source.name)
    for kind, record in _records(report):
        sure = f"{record.confidence:.2f}"
        table.add_row(
            kind, record.rule, sure, context(record, report), value(record), "; ".join(map(place, record.source))
        )
    return table


def _records(report: Report) -> Iterator[tuple[str, Rated]]:
    found = [(kind, record) for kind in KINDS for record in getattr(report, kind)]
    yield from sorted(found, key=lambda pair: (pair[1].doc, pair[1].span.start, -pair[1].span.end))
