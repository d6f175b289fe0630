"""Measures (整改措施) of a rectification report: items and sentences that say what was done or is promised.

A region is a stretch of text that may hold measures: a heading's body, a labelled field (整改情况：…), a table's cell.
Each is cut into items and sentences; those without an act or a promise are dropped.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, zip_longest
from typing import NamedTuple

from extractor.finders.measures import items, outputs, progress, sums
from extractor.finders.measures.items import Item
from extractor.finders.measures.outputs import Output
from extractor.finders.measures.progress import Cues
from extractor.finders.measures.rulefile import MeasureRules
from extractor.finders.problems import grids
from extractor.finders.problems.labels import Field, fields, label_of
from extractor.finders.problems.particulars import TABLE
from extractor.finders.problems.rectification import front_of, printed, reports, state, state_of, tells
from extractor.finders.problems.rulefile import FieldKind, FieldRule
from extractor.found import Date, Heading, Measure, Problem, Quantity, Status
from extractor.rules import Rules
from extractor.source import Line
from extractor.text import Span, Text

THEME = 24  # characters that the theme of an item takes at most
_ENDS = "。;)\n "  # what may stand after the words of a state
_DEFAULT: Mapping[FieldKind, Status] = {"measures": "done", "state": "done", "plans": "planned"}

_OF_STATE: Mapping[str, Status] = {"ongoing": "ongoing", "not_completed": "planned"}


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the measures of a document are made of; outputs and cues are found once for all of them."""

    text: Text
    dates: Sequence[Date]
    quantities: Sequence[Quantity]
    outputs: Sequence[Output]
    cues: Cues
    rules: MeasureRules


@dataclass(frozen=True, slots=True)
class _Region:
    span: Span
    problem: str | None
    default: Status
    field: bool = False  # what a labelled field says: its first words may name the state


class _Place(NamedTuple):
    """A heading with the problem that it stands under, the sections that it is in, and the field it is a label of."""

    heading: Heading
    problem: str | None
    sections: tuple[Heading, ...]
    label: FieldRule | None


def find(
    text: Text,
    headings: Sequence[Heading],
    problems: Sequence[Problem],
    dates: Sequence[Date],
    quantities: Sequence[Quantity],
    lines: Sequence[Line],
    rules: Rules,
    *,
    title: str = "",
) -> tuple[Measure, ...]:
    """Every measure in document order; none in a text that is no rectification report."""
    if not reports(title, text, headings, rules):
        return ()
    known = rules.of(MeasureRules)
    said = text.view.text
    made = outputs.outputs(said, 0, len(said), known)
    ground = _Ground(text, dates, quantities, made, progress.cues(said, known), known)
    regions = [*_bodies(text, headings, problems, lines, rules), *_cells(text, problems, lines, rules)]
    if known.plan.search(Text.of(0, title).view.text):
        regions = [replace(region, default="planned") for region in regions]
    return tuple(
        _measure(item, region, ground)
        for region in sorted(regions, key=lambda region: region.span)
        for item in _items(text, region, ground.cues, rules)
    )


def _bodies(
    text: Text, headings: Sequence[Heading], problems: Sequence[Problem], lines: Sequence[Line], rules: Rules
) -> Iterator[_Region]:
    """The bodies of the headings, tables left out, cut by the fields that stand in them."""
    known = rules.of(MeasureRules)
    stated = _by_heading(headings, problems)
    tables = sorted(span for grid in grids.grids(text, lines) for span in grid.values())
    for span in grids.outside(tables, front_of(text, headings)):
        yield from islice(_fielded(text, _Region(span, None, "done"), False, problems, rules), 1, None)
    for i, place in enumerate(_places(text, headings, stated, problems, rules)):
        heading, label = place.heading, place.label
        kinds = {rule.kind for above in place.sections for rule in known.section if rule.pattern.search(above.title)}
        named = label and any(_tells(text, field, rules) for field in fields(text, heading.body, rules))
        bare = heading.kind == "section" and not named  # but 1.受理编号:…⏎反映问题:…⏎处理情况:…
        findings = bare and ("findings" in kinds or (label and label.kind not in _DEFAULT))
        default: Status = _DEFAULT.get(label.kind, "done") if label else "done"
        default = "planned" if "plans" in kinds or findings else default
        for body in grids.outside(tables, heading.body):
            start = _promise(text, body, known) if findings else body.start
            region = _Region(Span(start, body.end), place.problem, default, bool(label and label.kind in _DEFAULT))
            yield from _fielded(text, region, i in stated or bool(named), problems, rules)


def _places(
    text: Text, headings: Sequence[Heading], stated: Mapping[int, Span], problems: Sequence[Problem], rules: Rules
) -> Iterator[_Place]:
    """The headings in order. Labels on the level of a problem (一、整改任务 二、整改时限 三、整改措施) tell of it, too."""
    path: list[tuple[Heading, str | None]] = []
    beside: tuple[int, str | None] = (0, None)
    for i, heading in enumerate(headings):
        while path and path[-1][0].level >= heading.level:
            path.pop()
        label = label_of(heading.title, rules) if heading.kind == "section" else None
        own = printed(text, stated[i]) if i in stated else _told(text, heading, problems) if label else None
        if own or heading.level < beside[0] or (heading.level == beside[0] and not label):
            beside = (heading.level, own)
        path.append((heading, own or (beside[1] if label and heading.level == beside[0] else None)))
        problem = next((said for _, said in reversed(path) if said), None)
        yield _Place(heading, problem, tuple(above for above, _ in path if above.kind == "section"), label)


def _told(text: Text, heading: Heading, problems: Sequence[Problem]) -> str | None:
    """The one problem that the body of a label tells: 一、整改任务⏎… 二、整改时限⏎…"""
    inside = [problem for problem in problems if heading.body.holds(problem.span)]
    return printed(text, inside[0].span) if len(inside) == 1 else None


def _promise(text: Text, body: Span, rules: MeasureRules) -> int:
    """Where a section that tells what was wrong turns to what comes next (下一步,…), else its end."""
    view = text.view
    inside = items.sentences(view.text, view.index(body.start), view.index(body.end))
    return next((view.offset(item.start) for item in inside if rules.closing.match(view.text, item.start)), body.end)


def _fielded(text: Text, region: _Region, stated: bool, problems: Sequence[Problem], rules: Rules) -> Iterator[_Region]:
    """A region cut by its fields. What stands before the first tells more of the problem, if that has fields."""
    found = fields(text, region.span, rules)
    problem, body = region.problem, region.span
    if not (stated and any(_tells(text, field, rules) for field in found)):
        yield replace(region, span=Span(body.start, found[0].label.start if found else body.end))
    for field, after in zip_longest(found, found[1:]):
        if field.kind == "problem":
            problem = next((printed(text, p.span) for p in problems if field.span.holds(p.span)), problem)
        if _tells(text, field, rules):
            default = "planned" if region.default == "planned" else _DEFAULT[field.kind]
            yield _Region(field.span, problem, default, field=True)
        rest = Span(field.span.end, after.label.start if after else body.end)
        if text.folded[rest.start : rest.end].strip(_ENDS + "】]"):  # …(完成时限:2023年底)⏎一是…
            yield replace(region, span=rest, problem=problem)


def _tells(text: Text, field: Field, rules: Rules) -> bool:
    """Does a field tell what was done? 【完成情况：已完成】 behind the measures only names the state."""
    named = state(text, field.span, rules) if field.kind in _DEFAULT else None
    if named:
        return bool(text.folded[named.span.end : field.span.end].strip(_ENDS))
    return field.kind in _DEFAULT and (field.kind != "state" or tells(text, field.span, rules))


def _cells(text: Text, problems: Sequence[Problem], lines: Sequence[Line], rules: Rules) -> Iterator[_Region]:
    """The cells of a table of problems that hold measures; a row without a problem goes on with the one above."""
    outside = [problem for problem in problems if problem.rule != TABLE]
    for grid in grids.grids(text, lines):
        above = [problem for problem in outside if problem.span.end <= min(grid.values()).start]
        problem = printed(text, above[-1].span) if above else None
        for entry in grids.entries(text, grid, rules):
            for span in entry.cells.get("problem", ()):
                problem = next((printed(text, p.span) for p in problems if span.holds(p.span)), problem)
            tasks = _of_tasks(text, entry, rules)
            for kind, default in _DEFAULT.items():
                for span in entry.cells.get(kind, ()):
                    task = kind == "measures" and grids.is_task(text, entry, span, rules)
                    if kind != "state" or tells(text, span, rules):
                        yield _Region(span, problem, tasks if task else default, field=True)


def _of_tasks(text: Text, entry: grids.Entry, rules: Rules) -> Status:
    """How far the tasks of a row are: planned where another cell tells what was done, else what its state says."""
    told = [span for span in entry.cells.get("measures", ()) if not grids.is_task(text, entry, span, rules)]
    states = entry.cells.get("state", ())
    if any(not _is_state(text, span, rules) for span in told) or any(tells(text, span, rules) for span in states):
        return "planned"
    named = (state_of(text.raw[span.start : span.end].strip(), rules) for span in (*told, *states))
    return _OF_STATE.get(next(filter(None, named), "completed"), "done")


def _items(text: Text, region: _Region, cues: Cues, rules: Rules) -> Iterator[Item]:
    """The items and sentences of a region that hold an act or a promise."""
    known, view = rules.of(MeasureRules), text.view
    start, end = view.index(region.span.start), view.index(region.span.end)
    for item in items.cut(view.text, start, end, known):
        acts = (region.field and item.marker) or known.acts.search(view.text, item.start, item.end)
        acts = acts or any(item.start <= at < item.end for at, *_ in cues)
        bare = (
            item.rule == "sentence"
            and (region.field or region.problem)
            and _is_state(text, view.span(item.start, item.end), rules)
        )
        if acts and not bare and not (item.rule == "sentence" and items.idle(view.text, item, known)):
            yield item


def _is_state(text: Text, span: Span, rules: Rules) -> bool:
    """Does a sentence or a cell only name how far the work is? 已完成整改。"""
    named = state(text, span, rules)
    return named is not None and not text.folded[named.span.end : span.end].strip(_ENDS)


def _measure(item: Item, region: _Region, ground: _Ground) -> Measure:
    text, rules = ground.text, ground.rules
    said = text.view.text
    span = text.view.span(item.start, item.end)
    counted = sums.within(ground.quantities, span)
    who = sums.actor(said, item.start, item.end, rules)
    status = _status(item, region.default, ground)
    promised = status == "planned" or region.default == "ongoing"
    return Measure(
        span, item.rule, region.problem, item.marker, status,
        outputs=_outputs(said, item, ground.outputs), actor=said[who[0] : who[1]] if who else None,
        dates=sums.within(ground.dates, span), quantities=counted,
        recovered=sums.recovered(text, ground.quantities, counted, rules, promised),
        accountable=sums.accountable(text, ground.quantities, counted, rules, promised),
    )  # fmt: skip


def _status(item: Item, default: Status, ground: _Ground) -> Status:
    """Items listed under a sentence that promises are promised too, unless they begin with 持续 or its like."""
    said, cues, rules = ground.text.view.text, ground.cues, ground.rules
    if item.lead and progress.status(said, *item.lead, "done", cues, rules) == "planned":
        own = progress.status(said, item.start, item.end, "done", cues, rules)
        return own if own == "ongoing" else "planned"
    return progress.status(said, item.start, item.end, default, cues, rules)


def _outputs(said: str, item: Item, made: Sequence[Output]) -> tuple[str, ...]:
    """The titles of what the item made, each once."""
    start, end = _telling(said, item)
    return tuple(dict.fromkeys(_title(said[o.start : o.end]) for o in made if start <= o.start and o.end <= end))


def _telling(said: str, item: Item) -> tuple[int, int]:
    """An item without the sentence that only names its theme: 一是建立工作机构,加强组织领导。学校组建了…"""
    parts = list(items.sentences(said, item.start, item.end)) if item.marker else []
    if len(parts) > 1 and parts[0].end - parts[0].start <= THEME and "《" not in said[item.start : parts[0].end]:
        return parts[1].start, item.end
    return item.start, item.end


def _title(title: str) -> str:
    """A title without the one quote of a pair that print has left outside it."""
    if title.startswith("“") and "”" not in title:
        return title[1:]
    return title[1:-1] if title.startswith("“") and title.index("”") == len(title) - 1 else title


def _by_heading(headings: Sequence[Heading], problems: Sequence[Problem]) -> dict[int, Span]:
    """Index of a heading → the problem that it states."""
    starts = [heading.span.start for heading in headings]
    found: dict[int, Span] = {}
    for problem in problems:
        i = bisect_right(starts, problem.span.start) - 1
        if i >= 0 and problem.span.end <= headings[i].body.start:
            found[i] = problem.span
    return found
