"""The samples' texts told of other bodies, other years and other figures: as many reports as wanted, no two the same.

    for report in varied.reports(500, seed=1):
        report.name, report.body, report.year, report.paragraphs

A report depends on its number and the seed alone, so that the first 500 of 20,000 are the same 500. A body has one
report for each of YEARS. Names, persons, years and figures differ, and words are put for others of the same meaning;
what figures add up to, and what one year says of another, does not hold any more.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

TEXTS = Path(__file__).parent.parent / "samples" / "texts"
YEARS = (2019, 2020, 2021, 2022, 2023)
RECTIFICATION = tuple(f"rectification-lanxi-water-{year}" for year in (2021, 2022, 2023))
WORK = tuple(f"work-report-lanxi-{year}" for year in (2022, 2023))
_FIRST, _SECOND = (
    "清白云青玉金东西南北上龙凤石松桐柳梅兰竹长安永平丰临江河湖海",
    "溪河江山川岭原州阳阴宁安泉湾桥林峰源台港田塘坪岗沙石门水关",
)
_BODIES = (
    "水务局",
    "教育局",
    "林业局",
    "交通运输局",
    "农业农村局",
    "民政局",
    "文化旅游局",
    "住房建设局",
    "财政局",
    "统计局",
    "审计局",
    "气象局",
)
_SURNAMES, _GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰"
_PERSON = re.compile(r"(?<=[长记员任][　：])[\u4e00-\u9fff]{2,3}(?=[、，。；）]|$)")
_YEAR = re.compile(r"(?<!\d)20[12]\d(?=年|—|-|〕|\d{4}工程)")
_FIGURE = re.compile(
    r"(?<![\d.．第〔])(\d{1,6})(\.\d+)?(?=万?[余多]?(?:个|名|人|户|件|处|项|次|家|座|公里|亩|元|亿|吨|条|辆|场|平方米|%))"
)
_SAME = (
    ("进一步", "持续"), ("加强", "强化"), ("完善", "健全"), ("推进", "推动"), ("认真", "扎实"), ("解决", "化解"), ("开展", "组织开展"),
    ("全面", "全方位"), ("深入", "深化"), ("及时", "第一时间"), ("严格", "从严"), ("制定", "出台"), ("检查", "督查"), ("明确", "厘清"),
)  # fmt: skip


class Report(NamedTuple):
    """A report that was made up: its `base` is the sample that it tells anew."""

    number: int
    body: str
    year: int
    base: str
    paragraphs: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.body}{self.year}年-{self.number:07}"


def reports(count: int, seed: int = 1) -> Iterator[Report]:
    return (report(number, seed) for number in range(count))


def report(number: int, seed: int = 1) -> Report:
    """Every second body is a county that reports on its work, the others report what they put right."""
    nth, year = divmod(number, len(YEARS))
    place, bureau, government = _body(nth, seed)
    bases = WORK if government else RECTIFICATION
    base = bases[number % len(bases)]
    told = vary(_paragraphs(base), place, bureau, YEARS[year], random.Random(f"{seed}/{number}"))
    return Report(number, f"{place}县人民政府" if government else f"{place}县{bureau}", YEARS[year], base, tuple(told))


@cache
def _paragraphs(base: str) -> list[str]:
    return (TEXTS / f"{base}.txt").read_text("utf-8").splitlines()


def _body(nth: int, seed: int) -> tuple[str, str, bool]:
    chance = random.Random(f"{seed}/body/{nth}")
    return chance.choice(_FIRST) + chance.choice(_SECOND), chance.choice(_BODIES), nth % 2 == 1


def vary(paragraphs: Sequence[str], place: str, bureau: str, year: int, chance: random.Random) -> list[str]:
    """A sample's paragraphs told of another place, body and year (the one in its title)."""
    first = _YEAR.search("".join(paragraphs))
    shift = year - int(first[0]) if first else 0
    persons: dict[str, str] = {}
    told = []
    for paragraph in paragraphs:
        words = paragraph.replace("岚溪", place).replace("水务局", bureau)
        words = _YEAR.sub(lambda match: str(int(match[0]) + shift), words)
        words = _FIGURE.sub(lambda match: _figure(match, chance), words)
        words = _PERSON.sub(lambda match: persons.setdefault(match[0], _person(chance)), words)
        told.append(_reworded(words, chance))
    return told


def _figure(match: re.Match[str], chance: random.Random) -> str:
    """About as large, with as many decimals; a share stays below 100."""
    decimals = len(match[2] or ".") - 1
    value = float(match[0]) * chance.uniform(0.7, 1.4)
    most = 99.0 if match.string[match.end() : match.end() + 1] == "%" else value
    return f"{max(min(value, most), 10**-decimals):.{decimals}f}"


def _person(chance: random.Random) -> str:
    return chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=chance.choice((1, 2, 2))))


def _reworded(words: str, chance: random.Random) -> str:
    for one, other in _SAME:
        words = re.sub(one, lambda match, other=other: chance.choice((match[0], other)), words)  # type: ignore[misc]
    return words
