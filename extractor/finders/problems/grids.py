"""Problems in a table: a header (序号 | 问题 | 整改措施 | 责任单位 | 时限 | 进展) and a row for each problem."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.finders.problems.labels import kind_of
from extractor.finders.problems.rulefile import FieldKind, ProblemRules
from extractor.rules import Rules
from extractor.source import Line
from extractor.text import Span, Text

HEADER_ROWS = 3  # a caption or a unit may stand above the header

Grid = dict[tuple[int, int], Span]  # (row, column) → what the cell holds


@dataclass(frozen=True, slots=True)
class Entry:
    """One row, or one form of label and value pairs: the cells of each kind, from left to right, and their headers."""

    cells: dict[FieldKind, tuple[Span, ...]]
    headers: dict[Span, Span]


def grids(text: Text, lines: Sequence[Line]) -> list[Grid]:
    """The tables whose cells stand in `text`, in order."""
    found: dict[int, Grid] = {}
    for run in text.runs:
        ref = lines[run.line].cell if run.line < len(lines) else None
        if ref is None:
            continue
        grid = found.setdefault(ref.table, {})
        old = grid.get((ref.row, ref.column))
        span = Span(run.at, run.at + run.length)
        grid[ref.row, ref.column] = Span(old.start, span.end) if old else span
    return list(found.values())


def outside(cells: Sequence[Span], body: Span) -> Iterator[Span]:
    """What of `body` is in no cell; `cells` are in order."""
    at = body.start
    for cell in cells:
        if cell.start >= body.end:
            break
        if cell.end > at:
            if cell.start > at:
                yield Span(at, cell.start)
            at = cell.end
    if at < body.end:
        yield Span(at, body.end)


def entries(text: Text, grid: Grid, rules: Rules) -> list[Entry]:
    """The rows of a table that has a header for problems or measures, or the pairs of a form; else none."""
    rows = sorted({row for row, _ in grid})
    for row in rows[:HEADER_ROWS]:
        kinds = _kinds(text, grid, row, rules)
        labels = sum(1 for (r, _), span in grid.items() if r == row and _words(text, span))
        kinds = _detailed(text, grid, row, kinds, rules)
        if rows[-1] > row and 1 < len(kinds) > labels / 2 and {"problem", "measures"} & set(kinds.values()):
            return list(_below(text, grid, row, [r for r in rows if r > row], kinds))
    forms = _forms(text, grid, rows, rules) if any(_kinds(text, grid, row, rules, listed=True) for row in rows) else []
    return [entry for entry in forms if len(entry.cells) > 1]


def _forms(text: Text, grid: Grid, rows: Sequence[int], rules: Rules) -> list[Entry]:
    """The pairs of a form; a label of problems that comes again opens the next."""
    forms = [Entry({}, {})]
    for row in rows:
        for kind, header, span in _pairs(text, grid, row, rules):
            heads = {_words(text, forms[-1].headers[old]) for old in forms[-1].cells.get("problem", ())}
            if kind == "problem" and _words(text, header) in heads:
                forms.append(Entry({}, {}))
            _add(forms[-1], kind, header, span)
    return forms


def is_task(text: Text, entry: Entry, span: Span, rules: Rules) -> bool:
    """Does a cell of measures say what is to be done? 整改措施 beside 落实情况"""
    return rules.of(ProblemRules).task.fullmatch(_plain(text, entry.headers[span])) is not None


def _detailed(text: Text, grid: Grid, head: int, kinds: dict[int, FieldKind], rules: Rules) -> dict[int, FieldKind]:
    """反馈问题 merged over several rows of 具体表现: each of these is a problem of its own."""
    stated = [column for column, kind in kinds.items() if kind == "problem"]
    for column in kinds if stated else ():
        detail = column > min(stated) and rules.of(ProblemRules).detail.fullmatch(_plain(text, grid[head, column]))
        filled = {place for place, span in grid.items() if place[0] > head and _words(text, span)} if detail else set()
        if any(c == column and (row, min(stated)) not in filled for row, c in filled):
            return kinds | {column: "problem"}
    return kinds


def _add(entry: Entry, kind: FieldKind, header: Span, span: Span) -> None:
    entry.cells[kind] = (*entry.cells.get(kind, ()), span)
    entry.headers[span] = header


def _kinds(text: Text, grid: Grid, row: int, rules: Rules, listed: bool = False) -> dict[int, FieldKind]:
    """Column → the kind of field that its header in `row` names, if need be with a label that the rules list."""
    named = {column: kind_of(_words(text, span), rules, listed) for (r, column), span in grid.items() if r == row}
    return {column: kind for column, kind in named.items() if kind}


def _pairs(text: Text, grid: Grid, row: int, rules: Rules) -> list[tuple[FieldKind, Span, Span]]:
    """Kind, label and value side by side in one row: 责任单位 | 区教育局."""
    kinds, listed = _kinds(text, grid, row, rules), _kinds(text, grid, row, rules, listed=True)
    columns = sorted(column for r, column in grid if r == row)
    found: list[tuple[FieldKind, Span, Span]] = []
    value: int | None = None
    for left, right in pairwise(columns):
        if left != value and left in kinds and right not in listed and _words(text, grid[row, right]):
            found.append((kinds[left], grid[row, left], grid[row, right]))
            value = right
    return found


def _below(text: Text, grid: Grid, head: int, rows: Sequence[int], kinds: dict[int, FieldKind]) -> Iterator[Entry]:
    """The rows under a header. 突出问题 beside 具体问题 is one merged cell for several rows: it holds for all of them."""
    stated = [column for column in sorted(kinds) if kinds[column] == "problem"]
    merged: dict[int, Span] = {}
    for row in rows:
        here = {column: span for column in sorted(kinds) if (span := grid.get((row, column))) and _words(text, span)}
        merged |= {column: here[column] for column in stated[:-1] if column in here}
        if stated and stated[-1] in here:
            here = merged | here
        entry = Entry({}, {})
        for column, span in sorted(here.items()):
            _add(entry, kinds[column], grid[head, column], span)
        if entry.cells:
            yield entry


def _words(text: Text, span: Span) -> str:
    return text.raw[span.start : span.end].strip()


def _plain(text: Text, span: Span) -> str:
    return "".join(text.folded[span.start : span.end].split()).rstrip(":")
