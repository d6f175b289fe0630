"""The sheets of the workbook but the first, as columns and rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from extractor.comparison import terms
from extractor.comparison.page.figures import heights, scale
from extractor.comparison.records import Candidate, Change, Comparison, Indicator, Place, Station, Swap
from extractor.comparison.terms import Names
from extractor.terms import MODIFIER, STATE
from extractor.writers.sheets import Column

WIDTHS = {
    "系列": 24, "指标": 30, "原句": 46, "问题": 40, "承诺": 40, "交代": 40, "反馈": 40, "答复": 40, "措施": 50, "说明": 34,
    "文件": 26, "位置": 24, "候选": 40, "标题": 36, "文字": 50, "换掉的": 40, "矛盾": 40, "指纹": 19, "编号": 19, "进展": 20,
    "时限": 16, "单位": 12, "其下问题": 30,
}  # fmt: skip
_SPOT = ("文件", "位置", "原句")


class Row(NamedTuple):
    """`state` colours the row's second cell by what it says: a fate, as in `terms.CHIP`."""

    values: list[Any]
    state: str = ""


class Sheet(NamedTuple):
    name: str
    columns: list[Column]
    rows: list[Row]


def tables(comparison: Comparison) -> list[Sheet]:
    """All sheets but the first."""
    names = Names(comparison)
    years = sorted({int(year) for row in comparison.indicators for year in row.cells})
    changes = ("前一年度", "变化", "变化单位", "变化率%")
    return [
        _sheet("指标", ("系列", "走势", "指标", "类别", "口径", "来自表格", "单位", *map(str, years), *changes, "指纹"),
               _indicators(comparison, years)),
        _sheet("指标原文", ("系列", "走势", "指标", "类别", "口径", "年度", "印作", "限定", "数值", "数值至", "单位", *_SPOT, *changes, "指纹"),
               _cells(comparison, names)),
        _sheet("问题", ("系列", "结局", *_stations("前"), *_stations("后"), "相似度", "候选", "编号", "指纹"), _problems(comparison, names)),
        _sheet("承诺", ("系列", "结局", "承诺年度", "承诺", *_SPOT, "交代年度", "交代", *_SPOT, "说明", "相似度", "候选", "指纹"),
               _promises(comparison, names)),
        _sheet("答复", ("号", "结局", "反馈", *_SPOT, "答复", *_SPOT, "措施", "说明", "相似度", "候选", "指纹"), _answers(comparison, names)),
        _sheet("问题档案", ("系列", "状态", "标题", "年度", "出自", "问题", "进展", "时限", "时限值", *_SPOT, "其下问题", "措施", "矛盾", "编号"),
               _dossiers(comparison, names)),
        _sheet("照抄", ("号", "类别", "相似度", "字数", "前文", "文件", "位置", "后文", "文件", "位置", "换掉的", "指纹"), _reuse(comparison, names)),
        _sheet("缺口", ("单位", "情况", "类别", "年度", "文件"), _gaps(comparison)),
        _sheet("疑问", ("环节", "代码", "说明"), (Row([one.stage, one.code, one.message]) for one in comparison.issues)),
    ]  # fmt: skip


def _sheet(name: str, columns: Iterable[str], rows: Iterable[Row]) -> Sheet:
    wide = {"前文": 50, "后文": 50, "类别": 16 if name == "缺口" else 10} | ({"单位": 24} if name == "缺口" else {})
    return Sheet(
        name,
        [Column(one, (WIDTHS | wide).get(one.removeprefix("前·").removeprefix("后·"), 11)) for one in columns],
        list(rows),
    )


def _indicators(comparison: Comparison, years: Sequence[int]) -> Iterator[Row]:
    """Figures in the unit that the row names; one that is a range or has no value as it is printed."""
    for row in comparison.indicators:
        by, own = scale(row), heights(row)
        figures = [round(own[year] / by.factor, 6) if year in own else _text(row, year) for year in years]
        last = row.changes[-1] if row.changes else None
        yield Row(
            [
                row.series, terms.TREND[row.trend], row.indicator, terms.KIND[row.kind], terms.SCOPE[row.scope], "是" if row.table else "",
                by.unit, *figures, *_moved(last, by.factor, by.unit), row.fingerprint,
            ],
            row.trend if row.trend != "kept" else "",
        )  # fmt: skip


def _text(row: Indicator, year: int) -> str | None:
    cell = row.cells.get(str(year))
    return cell.text if cell else None


def _moved(change: Change | None, factor: float, unit: str) -> list[Any]:
    if change is None:
        return [None] * 4
    points = change.unit == "个百分点"
    return [
        change.start,
        change.difference if points else round(change.difference / factor, 6),
        change.unit if points else unit,
        change.rate,
    ]


def _cells(comparison: Comparison, names: Names) -> Iterator[Row]:
    """Value, unit and change as the JSON has them."""
    for row in comparison.indicators:
        changes = {change.end: change for change in row.changes}
        for year, cell in sorted(row.cells.items()):
            ends = cell.value if isinstance(cell.value, tuple) else (cell.value, None)
            yield Row(
                [
                    row.series, terms.TREND[row.trend], row.indicator, terms.KIND[row.kind], terms.SCOPE[row.scope], int(year), cell.text,
                    MODIFIER[cell.modifier] if cell.modifier else None, *ends, cell.unit, *_spot(cell, names),
                    *_moved(changes.get(int(year)), 1, row.unit or ""), row.fingerprint,
                ],
            )  # fmt: skip


def _stations(side: str) -> list[str]:
    return [f"{side}·{name}" for name in ("年度", "问题", "状态", "进展", *_SPOT)]


def _problems(comparison: Comparison, names: Names) -> Iterator[Row]:
    """A row for each year and the next that has the problem; one with the left side alone where it has but one year."""
    for row in comparison.problems:
        stations = [station for _, station in sorted(row.stations.items())]
        for before, after in pairwise([*stations, None] if len(stations) == 1 else stations):
            yield Row(
                [
                    row.series, terms.FATE[row.fate], *_station(before, names), *_station(after, names), row.score,
                    _candidates(row.candidates, names), row.id, row.fingerprint,
                ],
                row.fate,
            )  # fmt: skip


def _station(station: Station | None, names: Names) -> list[Any]:
    if station is None:
        return [None] * 7
    state = STATE[station.state] if station.state else None
    return [station.year, station.text, state, station.progress, *_spot(station, names)]


def _promises(comparison: Comparison, names: Names) -> Iterator[Row]:
    for row in comparison.promises:
        yield Row(
            [
                row.series, terms.KEPT[row.fate], row.start, row.promise.text, *_spot(row.promise, names), row.end,
                row.answer and row.answer.text, *_spot(row.answer, names), row.why, row.score,
                _candidates(row.candidates, names), row.fingerprint,
            ],
            row.fate,
        )  # fmt: skip


def _answers(comparison: Comparison, names: Names) -> Iterator[Row]:
    for i, row in enumerate(comparison.answers, 1):
        yield Row(
            [
                i, terms.ANSWERED[row.fate], row.finding and row.finding.text, *_spot(row.finding, names),
                row.answer and row.answer.text, *_spot(row.answer, names), _listed(row.measures, names), row.why,
                row.score, _candidates(row.candidates, names), row.fingerprint,
            ],
            row.fate,
        )  # fmt: skip


def _dossiers(comparison: Comparison, names: Names) -> Iterator[Row]:
    """A row for each station, then one for each contradiction, with all its places."""
    for dossier in comparison.dossiers:
        for one in dossier.stations:
            yield Row(
                [
                    dossier.series, STATE[one.state] if one.state else None, dossier.title, one.year, terms.ROLE[one.role],
                    one.text, one.progress, one.deadline, one.deadline_value, *_spot(one, names),
                    _listed(one.parts, names), _listed(one.measures, names), None, dossier.id,
                ],
                one.state or "",
            )  # fmt: skip
        for found in dossier.contradictions:
            spots = [_spot(place, names) for place in found.places]
            yield Row(
                [
                    dossier.series, "矛盾", dossier.title, None, found.rule, None, None, None, None, *("\n".join(spot[j] for spot in spots) for j in range(3)),
                    None, None, found.message, dossier.id,
                ],
                "returned",
            )  # fmt: skip


def _reuse(comparison: Comparison, names: Names) -> Iterator[Row]:
    for i, row in enumerate(comparison.reuse, 1):
        sides = [[place.text, *_spot(place, names)[:2]] for place in (row.left, row.right)]
        yield Row(
            [i, terms.COPIED[row.kind], row.similarity, len(row.right.text), *sides[0], *sides[1], _swaps(row.swaps), row.fingerprint],
            row.kind,
        )  # fmt: skip


def _swaps(swaps: Iterable[Swap]) -> str:
    return "\n".join(f"{terms.SWAP[one.kind]}：{one.left} → {one.right}（{one.times} 次）" for one in swaps)


def _gaps(comparison: Comparison) -> Iterator[Row]:
    for gap in comparison.gaps:
        yield Row([gap.body, terms.PRESENCE[gap.presence], gap.kind, gap.year, "\n".join(gap.files)], gap.presence)


def _spot(place: Place | None, names: Names) -> list[Any]:
    """File, where in it, and the sentence."""
    if place is None:
        return [None] * 3
    file = " ".join(part for part in (names.short[place.report], names.title(place)) if part)
    return [file, names.where(place), place.quote]


def _listed(places: Sequence[Place], names: Names) -> str:
    return "\n".join(f"{n}. {place.text}（{names.where(place)}）" for n, place in enumerate(places, 1))


def _candidates(found: Iterable[Candidate], names: Names) -> str:
    return "\n".join(f"{one.score:.2f} {one.place.text}（{names.where(one.place)}）" for one in found)
