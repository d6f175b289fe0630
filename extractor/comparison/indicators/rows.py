"""From the figures of each year to rows, their changes and their trend."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from itertools import pairwise
from typing import Literal

from extractor.comparison.indicators.figures import Figure
from extractor.comparison.indicators.match import match
from extractor.comparison.indicators.rulefile import IndicatorRules
from extractor.comparison.library import Library
from extractor.comparison.records import Cell, Change, Indicator, Member, Scope
from extractor.fingerprints import fingerprint

_SCOPES: tuple[Scope, ...] = ("achieved", "period", "target")
_NEAR = 0.3  # a rounded figure stands for an exact one that is not further away
Year = tuple[int, Member, list[Figure]]
Row = dict[int, Figure]


def build(library: Library, series: str, years: Sequence[Year], rules: IndicatorRules) -> list[Indicator]:
    found: list[Row] = []
    for year, _, figures in years:
        last = [row[max(row)] for row in found]
        goes_on = match(last, figures, rules)
        for i in goes_on:
            found[goes_on[i]][year] = figures[i]
        known = [row[year] for row in found if year in row]
        for figure in _fresh([one for i, one in enumerate(figures) if i not in goes_on], known):
            found.append({year: figure})
    members = {year: member for year, member, _ in years}
    found = [row for row in found if len(row) > 1 or _first(row).table or _is_name(_first(row).name, rules)]
    found.sort(key=lambda row: (_SCOPES.index(_first(row).scope), _first(row).table, -len(row)))
    return _records(library, series, found, members, rules)


def _is_name(words: str, rules: IndicatorRules) -> bool:
    """No whole clause (公园实现无界融通), which another year would not say again."""
    return not rules.shapes["clause"].search(words)


def _first(row: Row) -> Figure:
    return row[min(row)]


def _fresh(figures: Sequence[Figure], known: Sequence[Figure]) -> list[Figure]:
    """Those that no figure of the year already gives, in the same words or rounded."""
    kept: list[Figure] = []
    given: dict[Hashable, list[Figure]] = defaultdict(list)
    for one in known:
        given[_identity(one)].append(one)
    for one in sorted(figures, key=lambda one: (one.late, one.rough)):
        if one.table or not any(_repeats(one, other) for other in given[_identity(one)]):
            kept.append(one)
            given[_identity(one)].append(one)
    return sorted(kept, key=lambda one: (one.table, one.quantity.span.start))


def _identity(one: Figure) -> Hashable:
    return one.plain, one.kind, one.measure, one.scope, one.table


def _repeats(one: Figure, other: Figure) -> bool:
    if one.value is None or not other.value:
        return one.value == other.value
    return one.value == other.value or (one.rough and abs(one.value / other.value - 1) < _NEAR)


def _records(
    library: Library, series: str, found: Sequence[Row], members: dict[int, Member], rules: IndicatorRules
) -> list[Indicator]:
    seen: Counter[tuple[str, ...]] = Counter()
    records = []
    for row in found:
        first = _first(row)
        key = (series, first.plain, first.kind, first.scope, str(first.table))
        seen[key] += 1
        records.append(_record(library, series, row, members, fingerprint(*key, seen[key]), rules))
    return records


def _record(
    library: Library, series: str, row: Row, members: dict[int, Member], fingerprint: str, rules: IndicatorRules
) -> Indicator:
    first, years = _first(row), sorted(row)
    falls = first.kind == "growth" and all(one.falls for one in row.values())
    unit = first.quantity.unit
    return Indicator(
        series=series, indicator=_name(row, falls), kind=first.kind, scope=first.scope, table=first.table, unit=unit,
        cells={str(year): _cell(library, members[year], row[year], falls) for year in years},
        changes=_changes(row, falls, unit, rules), trend=_trend(years, sorted(members)), fingerprint=fingerprint,
    )  # fmt: skip


def _name(row: Row, falls: bool) -> str:
    """The shortest that a year gives it, which has least beside the noun."""
    name = min((one.name for one in row.values()), key=len)
    if _first(row).kind != "growth" or _first(row).table:
        return name
    return name + ("下降" if falls else "增长")


def _cell(library: Library, member: Member, one: Figure, falls: bool) -> Cell:
    """In a row that rises in another year, a fall is below 0."""
    quantity = one.quantity
    value = quantity.value
    if _sign(one, falls) < 0 and value is not None:
        value = (-value[1], -value[0]) if isinstance(value, tuple) else -value
    place = library.place(member.report, member.doc, quantity.span)
    return Cell(**dict(place), value=value, unit=quantity.unit, modifier=quantity.modifier)


def _sign(one: Figure, falls: bool) -> int:
    return -1 if one.kind == "growth" and one.falls and not falls else 1


def _changes(row: Row, falls: bool, unit: str | None, rules: IndicatorRules) -> tuple[Change, ...]:
    """Between neighbouring years, in the row's unit; the difference of shares is in points."""
    factor = rules.measure(unit).factor
    share = _first(row).quantity.dimension in ("percent", "percentage_point")
    known = [
        (year, one.value / factor * _sign(one, falls)) for year, one in sorted(row.items()) if one.value is not None
    ]
    return tuple(
        Change(
            start=start,
            end=end,
            difference=round(new - old, 6),
            unit="个百分点" if share else unit,
            rate=None if share or old <= 0 else round((new - old) / old * 100, 2),
        )
        for (start, old), (end, new) in pairwise(known)
    )


def _trend(years: Sequence[int], members: Sequence[int]) -> Literal["kept", "new", "dropped"]:
    if members[-1] not in years:
        return "dropped"
    return "new" if len(members) > 1 and list(years) == [members[-1]] else "kept"
