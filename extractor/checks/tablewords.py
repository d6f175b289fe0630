"""What the text says of tables and of figures beside each other: a total that a table prints, more or less than planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from operator import eq, gt, lt

from extractor.checks.ground import CheckRule, Ground, made, number
from extractor.checks.tablelines import decimals, value
from extractor.found import Cell, Check, Outcome, Quantity, Table
from extractor.text import Span, fold, taken

_BACK = 24  # characters before an amount that may name it
_SIGNS = {"more": (gt, ">"), "less": (lt, "<"), "same": (eq, "=")}


def totals(rule: CheckRule, ground: Ground) -> Iterator[Check]:
    """收入支出总计2995.39万元 against 总计 of the table 收入支出决算总表: of several, the one with the longest name."""
    keys = [
        (key, table) for table in ground.tables if (key := rule.patterns["title"].sub("", fold(table.caption or "")))
    ]
    cells = sorted(cell.span for table in ground.tables for cell in table.cells if cell.span)
    for quantity in ground.quantities if keys else ():
        if quantity.dimension != "money" or taken(cells, quantity.span):
            continue
        said = rule.patterns["says"].search(_before(ground, quantity, 0))
        if said is None:
            continue
        fitting = [(key, table) for key, table in keys if said["what"].endswith(key)]
        key, table = max(fitting, key=lambda one: len(one[0]), default=("", None))
        if table and rule.patterns["before"].fullmatch(said["what"][: -len(key)]):
            yield from _compared(rule, ground, quantity, said["total"], table)


def _compared(rule: CheckRule, ground: Ground, stated: Quantity, total: str, table: Table) -> Iterator[Check]:
    """Against every number of the rows of that name."""
    found = [
        (cell, counted[0])
        for cell in table.cells
        if cell.role == "value" and cell.span and cell.labels and fold(cell.labels[-1]).endswith(total)
        if (counted := ground.counted(cell.span)) and counted[0].unit == stated.unit
    ]
    if not found:
        return
    alike = [(cell, one) for cell, one in found if _near(ground, stated, cell, one)]
    outcome: Outcome = "holds" if alike else "broken"
    cell = (alike or found)[0][0]
    sign = "=" if alike else "≠"
    printed = f"{cell.text.strip()}{table.unit or ''}"
    words = ground.words(stated.span)
    places = [stated.span, *(other.span for other, _ in alike or found if other.span)]
    yield made(rule, outcome, places, words, f"“{table.caption}”{printed}", f"{words} {sign} {printed}")


def _near(ground: Ground, stated: Quantity, cell: Cell, one: Quantity) -> bool:
    """Equal up to half of the last digit of either."""
    if not isinstance(stated.value, (int, float)) or not isinstance(one.value, (int, float)):
        return False
    numeral = "".join(char for char in ground.words(stated.span) if char.isdigit() or char == ".")
    plain, printed = Decimal(numeral.rstrip(".") or 0), value(cell)
    slack = sum(
        float(Decimal(str(total)) / shown) / 2 * 10.0**-digits if shown else 0.0
        for total, shown, digits in (
            (stated.value, plain, len(numeral.partition(".")[2])),
            (one.value, printed, decimals([cell])),
        )
    )
    return abs(stated.value - one.value) <= slack


def compared(rule: CheckRule, ground: Ground) -> Iterator[Check]:
    """年初预算为15万元，支出决算为14万元。决算数小于预算数: only where each of the two is stated once before."""
    view = ground.text.view
    for paragraph in ground.paragraphs if rule.patterns["says"].search(view.text) else ():
        start = paragraph.start
        ends = view.index(paragraph.start), view.index(paragraph.end)
        for match in rule.patterns["says"].finditer(view.text, *ends):
            said = view.span(*match.span())
            left, right = (_named(rule, ground, Span(start, said.start), name) for name in ("left", "right"))
            start = said.end
            if len(left) != 1 or len(right) != 1 or left[0].unit != right[0].unit:
                continue
            sign = next(sign for sign in _SIGNS if match.groupdict()[sign])
            yield _sign(rule, ground, said, left[0], right[0], sign)


def _named(rule: CheckRule, ground: Ground, span: Span, name: str) -> Sequence[Quantity]:
    """The amounts right behind a word for one of the two sides."""
    return [
        quantity
        for quantity in ground.counted(span)
        if isinstance(quantity.value, (int, float))
        and rule.patterns[name].search(_before(ground, quantity, span.start))
    ]


def _before(ground: Ground, quantity: Quantity, start: int) -> str:
    """The words that may name an amount, without the blanks that print has strewn."""
    return "".join(ground.words(Span(max(start, quantity.span.start - _BACK), quantity.span.start)).split(" "))


def _sign(rule: CheckRule, ground: Ground, said: Span, left: Quantity, right: Quantity, sign: str) -> Check:
    assert isinstance(left.value, (int, float))
    assert isinstance(right.value, (int, float))
    holds = _SIGNS[sign][0](left.value, right.value)
    true = next(shown for test, shown in _SIGNS.values() if test(left.value, right.value))
    words = [ground.words(quantity.span) for quantity in (left, right)]
    places = [said, left.span, right.span]
    arithmetic = f"{number(left.value)} {true} {number(right.value)}"
    return made(rule, "holds" if holds else "broken", places, ground.words(said), f"{words[0]}与{words[1]}", arithmetic)
