"""Tables: caption, unit, header, the state of every cell; and the numbers in cells as quantities.

Which unit a bare number has, the nearest word decides: the cell itself, the header of its column (数量（件）, 件数),
the label of its row, a column of units (计量单位), then the line above the table or in it (单位：万元). Its noun is
the label of the row followed by that of the column; words that name no thing (合计, 金额, 决算数) are left out, and
where no row has a label, all labels of the column are joined.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import regex

from extractor import source
from extractor.finders.tables.grid import Grid, is_number, understood
from extractor.finders.tables.rulefile import TableRules, Unit, in_unit, plain, read_unit, trial
from extractor.found import Cell, Heading, Quantity, Table
from extractor.rules import Rules
from extractor.source import Draft, Line
from extractor.text import Span, Text

__all__ = ["TableRules", "counted", "find", "owned", "trial"]

_ABOVE = 4  # lines above a table that may name it
_SHORT = 45  # characters of a caption at most
_NAMES = 3  # characters of a label that can stand alone
_CODE = 11  # digits without a comma: a telephone number, an identity number
_SENTENCE = regex.compile("[,;。]")  # describes what another label names

Numbered = tuple[int, source.Table]


def owned(tables: Sequence[source.Table], drafts: Sequence[Draft]) -> list[list[Numbered]]:
    """The tables of each document with their numbers in the file; one without a character follows the one before."""
    home = {run.line: i for i, draft in enumerate(drafts) for run in draft.text.runs}
    found: list[list[Numbered]] = [[] for _ in drafts]
    last = 0
    for i, table in enumerate(tables):
        last = next((home[line] for cell in table.cells for line in cell.lines if line in home), last)
        if found:
            found[last].append((i, table))
    return found


def find(
    text: Text, tables: Sequence[Numbered], lines: Sequence[Line], rules: Rules, *, headings: Sequence[Heading] = ()
) -> tuple[Table, ...]:
    """The tables of one document, in order."""
    if not tables:
        return ()
    places = _places(text, lines)
    return tuple(_table(text, i, table, lines, places, headings, rules) for i, table in tables)


def _places(text: Text, lines: Sequence[Line]) -> dict[int, Span]:
    """Line of a cell → where it stands in the text."""
    places: dict[int, Span] = {}
    for run in text.runs:
        if lines[run.line].cell:
            start = places[run.line].start if run.line in places else run.at
            places[run.line] = Span(start, run.at + run.length)
    return places


def _table(
    text: Text, index: int, table: source.Table, lines: Sequence[Line], places: dict[int, Span],
    headings: Sequence[Heading], rules: Rules,
) -> Table:  # fmt: skip
    wordings = rules.of(TableRules)
    grid = Grid(table.rows, table.columns, [_cell(cell, lines, places, wordings) for cell in table.cells])
    header, cells = understood(grid, wordings, lambda words: read_unit(words, rules) is not None)
    start = min((cell.span.start for cell in cells if cell.span), default=None)
    above = [] if start is None else list(_above(text, start, lines))
    inside = [cell.text for cell in cells if cell.row < header and cell.columns == table.columns]
    named = [line for line, _ in above] + inside
    units = [unit for line in named for unit in wordings.units(line, "line", rules) if unit.dimension != "percent"]
    return Table(
        index, table.rows, table.columns, cells, header,
        caption=_caption(above, inside, start, headings, wordings),
        unit=units[0].words if len({unit.words for unit in units}) == 1 else None,
    )  # fmt: skip


def _cell(cell: source.Cell, lines: Sequence[Line], places: dict[int, Span], wordings: TableRules) -> Cell:
    printed = "\n".join(lines[i].text for i in cell.lines)
    spans = [places[i] for i in cell.lines if i in places]
    span = Span(spans[0].start, spans[-1].end) if spans else None
    return Cell(cell.row, cell.column, cell.rows, cell.columns, printed, wordings.state_of(printed), span)


def _above(text: Text, start: int, lines: Sequence[Line]) -> Iterator[tuple[str, Span]]:
    """The lines above a table, the nearest first, down from another table."""
    end = start
    for _ in range(_ABOVE):
        end = len(text.raw[:end].rstrip())
        at = text.raw.rfind("\n", 0, end) + 1
        line = text.line_at(at)
        if end <= at or (line is not None and lines[line].cell):
            return
        yield text.raw[at:end].strip(), Span(at, end)
        end = at


def _caption(
    above: Sequence[tuple[str, Span]], inside: Sequence[str], start: int | None, headings: Sequence[Heading],
    wordings: TableRules,
) -> str | None:  # fmt: skip
    """The line above, unless it only leads in; else a line over the whole width; else the heading above."""
    before = [h for h in headings if start is not None and h.span.start < start]
    for line, span in above:
        kinds = wordings.captions(line)
        if "number" not in kinds and "field" in kinds:
            continue
        heading = next((h for h in reversed(before) if h.span.overlaps(span)), None)
        if heading and heading.span.end >= span.end - 1:
            return heading.title
        if "number" in kinds or ("lead" not in kinds and len(line) <= _SHORT):
            return line
        break
    titles = (plain(line) for line in inside if "field" not in wordings.captions(line))
    inner = next((title for title in titles if title.endswith("表")), None)
    return inner or (before[-1].title if before else None)


class _Place(NamedTuple):
    """A cell, its table, and the unit that a column of units gives its row."""

    span: Span
    cell: Cell
    table: Table
    beside: Unit | None


def counted(quantities: Sequence[Quantity], tables: Sequence[Table], rules: Rules) -> tuple[Quantity, ...]:
    """The quantities with what the tables say of those that fill a cell: unit, value in it, noun.

    Numbers of headers, codes and serial numbers are none. A quantity among the words of a cell stays as it is.
    """
    places = {
        at: _Place(cell.span, cell, table, beside.get(cell.row))
        for table in tables
        for beside in [_beside(table, rules)]
        for cell in table.cells
        if cell.span and cell.state in ("value", "zero")
        for at in range(cell.span.start, min(cell.span.end, cell.span.start + _SHORT))
    }
    found = (_counted(q, places.get(q.span.start), rules) for q in quantities)
    return tuple(quantity for quantity in found if quantity)


def _counted(quantity: Quantity, place: _Place | None, rules: Rules) -> Quantity | None:
    if place is None or not _fills(quantity, place):
        return quantity
    wordings, cell = rules.of(TableRules), place.cell
    bare = quantity.unit is None
    if cell.role == "unit" or (bare and _no_count(cell, wordings)):
        return None
    unit = _unit(place, wordings, rules) if bare and quantity.value is not None else None
    noun = quantity.noun or _noun(cell, wordings)
    if unit is None:
        return replace(quantity, noun=noun)
    value = quantity.value
    assert value is not None
    scaled = (in_unit(value[0], unit), in_unit(value[1], unit)) if isinstance(value, tuple) else in_unit(value, unit)
    return replace(quantity, value=scaled, unit=unit.unit, dimension=unit.dimension, noun=noun)


def _fills(quantity: Quantity, place: _Place) -> bool:
    printed = place.cell.text.strip()
    return quantity.span.end - quantity.span.start >= len(printed) - 1 and quantity.span.end <= place.span.end


def _no_count(cell: Cell, wordings: TableRules) -> bool:
    """A header, a code, a serial number, a year."""
    if cell.role in ("header", "code") or not is_number(cell.text):
        return True
    digits = plain(cell.text)
    if digits.isdecimal() and (len(digits) >= _CODE or (digits[0] == "0" and len(digits) > 1)):
        return True
    return any("code" in wordings.uses(label) for label in (*cell.labels[-1:], *cell.heads))


def _unit(place: _Place, wordings: TableRules, rules: Rules) -> Unit | None:
    heads, labels = place.cell.heads, place.cell.labels
    for label in (*reversed(heads), *reversed(labels)):
        if unit := _named(label, rules):
            return unit
    uses = {use for label in (*heads, *labels[-1:]) for use in wordings.uses(label)}
    if place.beside and (uses & {"plain", "measured"} or any(head.endswith("量") for head in heads)):
        return place.beside
    if uses & {"share", "plain"} or place.table.unit is None:
        return None
    return read_unit(place.table.unit, rules)


@lru_cache(4096)
def _named(label: str, rules: Rules) -> Unit | None:
    """The unit that a label names."""
    wordings = rules.of(TableRules)
    units = wordings.units(label, "label", rules)
    return units[0] if len(units) == 1 else wordings.counted(label, rules)


def _beside(table: Table, rules: Rules) -> dict[int, Unit]:
    """Row → the unit in its column of units."""
    return {
        row: unit
        for cell in table.cells
        if cell.role == "unit" and (unit := read_unit(plain(cell.text), rules))
        for row in range(cell.row, cell.row + cell.rows)
    }


def _noun(cell: Cell, wordings: TableRules) -> str | None:
    labels = [label for label in map(wordings.bare, cell.labels) if not wordings.generic(label)]
    rows = [label for label in labels if not _SENTENCE.search(label)] or labels[-1:]
    heads = list(map(wordings.bare, cell.heads))
    named = [label for label in heads if not wordings.generic(label)]
    if not rows:
        return "".join(named) or None
    total = not heads or wordings.generic(heads[-1])  # 总计 of 申请人情况 counts what the row names
    return _last(rows) + ("" if total else _last(named))


def _last(labels: Sequence[str]) -> str:
    """The innermost label; 其他 says nothing without the one before it."""
    return "".join(labels[-2:] if len(labels[-1]) < _NAMES else labels[-1:])
