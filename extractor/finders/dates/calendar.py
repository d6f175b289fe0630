"""Calendar arithmetic: the printed parts of a date and its context → EDTF.

A `make` gets the named groups of its rule's pattern and the context. It returns a value, or None where the
context lacks what the print leaves out; ValueError says that the calendar has no such day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from extractor import edtf
from extractor.numerals import DIGITS, digits, small

UNKNOWN = "XXXX"
PIVOT = 40  # a year of two digits: 39 → 2039, 40 → 1940
LATER = 4  # so many months back from the nearest event are a step into the next year (7 November … 1 February)
EDGE = 5  # 月初 and 月底 are so many days
_MASK = str.maketrans(dict.fromkeys("*×x", "X"))
Parts = Mapping[str, str]
Words = Mapping[str, Mapping[str, int]]  # "document" or "nearest": from which year or month → word → how far


@dataclass
class Context:
    """What a date may ask about: the document's own year, and the dates before it. Years and months are digits or X."""

    years: Words
    months: Words
    year: str = UNKNOWN
    month: tuple[str, str] | None = None  # the document's own year and month, where the reference date has one
    anchor: tuple[str, str] | None = None  # year and month (XX if it has none) of the nearest event
    nearest: str | None = None  # year of the nearest date of any kind
    last: tuple[str, str] | None = None  # year and month of the nearest date that has both
    here: bool = False  # does the nearest event stand in this section?
    over: tuple[str, str] | None = None  # year and XX of the line that these lines stand under

    def printed(self, surface: str) -> str:
        """今 08 二〇二三 202X → the year."""
        for words, origin in ((self.years["document"], self.year), (self.years["nearest"], self.nearest or self.year)):
            if surface in words:
                return shift(origin, words[surface])
        return year_of(surface)

    def year_for(self, month: str) -> str:
        """The year of a month printed without one: that of the nearest event, else the document's own.

        1 February after 7 November 2022 in a report of 2023 is in 2023: order decides.
        """
        if self.anchor is None:
            return self.year
        near, late = self.anchor
        if all(part.isdigit() for part in (near, late, month, self.year)) and near < self.year:
            return shift(near, int(int(late) - int(month) >= LATER))
        return near

    def remember(self, value: str, event: bool) -> None:
        """Later dates without a year or a month take it from this one; without a year, from events only."""
        if value.startswith("P"):
            return
        year, _, month = value.rpartition("/")[2][:7].partition("-")
        self.nearest = year
        if month and (not month.isdigit() or int(month) <= 12):
            self.last = (year, month)
        if event:
            self.anchor, self.here = (year, month or "XX"), True

    def next_line(self) -> None:
        """An event of long ago dates what its own paragraph tells, not the next one."""
        if self.over or (self.anchor and self.year.isdigit() and self.anchor[0] < shift(self.year, -1)):
            self.anchor = self.over

    def next_section(self) -> None:
        """一、实施周期 … 六、年度预算安排: its quarters are of the document's year."""
        self.here, self.over = False, None

    def month_of(self, word: str) -> tuple[str, str] | None:
        """上个 本 次 … → year and month."""
        if word in self.months["document"]:
            return step(self.month, self.months["document"][word])
        return step(self.last or self.month, self.months["nearest"][word])


def year_of(surface: str) -> str:
    """2023 202X 二〇二三 两千零四 九七 08 ×× → four digits or X. Raises ValueError."""
    surface = surface.translate(_MASK).replace("O", "0")
    if "千" in surface or "仟" in surface:
        return _spoken(surface)
    plain = "".join(char if char == "X" else str(digits(char)) for char in surface)
    if len(plain) == 2 and plain.isdigit():
        return f"{19 if int(plain) >= PIVOT else 20}{plain}"
    if len(plain) == 2 and plain[0] != "X":
        return f"20{plain}"
    return plain if len(plain) == 4 else UNKNOWN


def _spoken(surface: str) -> str:
    """两千零四 → 2004, 一千九百九十七 → 1997."""
    thousands, rest = surface[0], surface[2:]
    hundreds, sep, low = rest.partition("百")
    low = (low if sep else rest).strip("〇零")
    number = DIGITS[thousands] * 1000 + (DIGITS[hundreds] * 100 if sep else 0) + (small(low) or 0)
    return f"{number:04d}"


def two(surface: str) -> str:
    """The number of a month or a day in two digits: 3 → 03, 元 → 01, 十二 → 12, 1X → 1X, * → XX."""
    surface = surface.translate(_MASK)
    if "X" in surface:
        return surface.rjust(2, "X")
    number = 1 if surface == "元" else small(surface)
    if number is None:
        raise ValueError(f"{surface!r} is no month or day")
    return f"{number:02d}"


def shift(year: str, by: int) -> str:
    return f"{int(year) + by:04d}" if year.isdigit() else year if by == 0 else UNKNOWN


def step(month: tuple[str, str] | None, by: int) -> tuple[str, str] | None:
    """So many months on. A masked month has no neighbours."""
    if by == 0 or month is None:
        return month
    if not (month[0].isdigit() and month[1].isdigit()):
        return None
    years, months = divmod(int(month[1]) - 1 + by, 12)
    return shift(month[0], years), f"{months + 1:02d}"


def counted(surface: str) -> int:
    """两 3 十二 三十 → a number. Raises ValueError."""
    number = 100 if surface in ("百", "一百") else small(surface)
    if not number:
        raise ValueError(f"{surface!r} is no count")
    return number


def _month(parts: Parts, context: Context) -> tuple[str, str] | None:
    """Year and month of a date that has at least one of them or a day."""
    if "month_word" in parts:
        found = context.month_of(parts["month_word"])
        return (context.printed(parts["year"]), found[1]) if found and "year" in parts else found
    if "month" in parts:
        month = two(parts["month"])
        return (context.printed(parts["year"]) if "year" in parts else context.year_for(month)), month
    return context.last


def point(parts: Parts, context: Context) -> str | None:
    """A day, month or year, or a range of two within one pattern (3月18-19日, 2021-2025年)."""
    if "month" not in parts and "day" not in parts and "month_word" not in parts:
        start = context.printed(parts["word"] if "word" in parts else parts["year"])
        return edtf.span(start, context.printed(parts["year_to"])) if "year_to" in parts else edtf.check(start)
    found = _month(parts, context)
    if found is None:
        return None
    year, month = found
    start = edtf.day(year, month, two(parts["day"]) if "day" in parts else None)
    if not ({"month_to", "day_to"} & parts.keys()):
        return edtf.check(start)
    month_to = two(parts["month_to"]) if "month_to" in parts else month
    year_to = context.printed(parts["year_to"]) if "year_to" in parts else shift(year, int(month_to < month))
    return edtf.span(start, edtf.day(year_to, month_to, two(parts["day_to"]) if "day_to" in parts else None))


def blank(parts: Parts, context: Context) -> str:
    """A day whose digits are still to be filled in."""
    return edtf.check(edtf.day(context.printed(parts["year"]), two(parts.get("month", "*")), "XX"))


def third(parts: Parts, context: Context) -> str | None:
    """上旬 中旬 下旬 of a month."""
    found = _month(parts, context)
    if found is None or not found[1].isdigit():
        return found and edtf.day(*found)
    first = edtf.THIRDS["上中下".index(parts["third"]) + 1]
    last = edtf.THIRDS["上中下".index(parts.get("third_to", parts["third"])) + 1]
    return edtf.check(edtf.days(*found, first[0], last[1]))


def month_edge(parts: Parts, context: Context) -> str | None:
    """月初 and 月底."""
    found = _month(parts, context)
    if found is None or not found[1].isdigit():
        return found and edtf.day(*found)
    length = edtf.length(*found)
    first, last = (1, EDGE) if parts["edge"] == "初" else (length - EDGE + 1, length)
    return edtf.check(edtf.days(*found, first, last))


def year_edge(parts: Parts, context: Context) -> str | None:
    """年初 and 年底: its first or last month."""
    return edtf.day(_year(parts, context), "01" if parts["edge"] == "初" else "12")


def _year(parts: Parts, context: Context) -> str:
    """The year printed, else that of an event in the same section, else the document's own."""
    if "year" in parts:
        return context.printed(parts["year"])
    return context.anchor[0] if context.anchor and context.here else context.year


def quarter(parts: Parts, context: Context) -> str | None:
    if "month_word" in parts:
        month = step(context.month, 3 * context.months["document"].get(parts["month_word"], 0))
        return (month and month[1].isdigit() and edtf.quarter(month[0], (int(month[1]) + 2) // 3)) or None
    number = _quarter(parts["quarter"])
    if "quarter_to" not in parts:
        return edtf.quarter(_year(parts, context), number)
    return _months(_year(parts, context), 3 * number - 2, 3 * _quarter(parts["quarter_to"]))


def _quarter(surface: str) -> int:
    return 1 if surface == "首" else counted(surface)


def half(parts: Parts, context: Context) -> str | None:
    return edtf.half(_year(parts, context), 1 if parts["half"] in "上前" else 2)


def first_months(parts: Parts, context: Context) -> str | None:
    return _months(_year(parts, context), 1, counted(parts.get("count", "1")))


def first_quarters(parts: Parts, context: Context) -> str | None:
    return _months(_year(parts, context), 1, 3 * counted(parts["count"]))


def last_months(parts: Parts, context: Context) -> str | None:
    return _months(_year(parts, context), 13 - counted(parts["count"]), 12)


def last_quarters(parts: Parts, context: Context) -> str | None:
    count = counted(parts["count"])
    year = _year(parts, context)
    return edtf.quarter(year, 4) if count == 1 else _months(year, 13 - 3 * count, 12)


def _months(year: str, first: int, last: int) -> str:
    start = f"{year}-{first:02d}"
    return edtf.check(start if first == last else f"{start}/{year}-{last:02d}")


def plan(parts: Parts, context: Context) -> str:
    """一五 is 1953 to 1957; between 二五 and 三五 lie three years without a plan. “十四五”前三年 → 2021/2023."""
    number = counted(parts["plan"])
    start = 1953 + 5 * (number - 1) + (3 if number > 2 else 0)
    if "last" in parts:
        return f"{start + 5 - counted(parts['last'])}/{start + 4}"
    return f"{start}/{start + counted(parts.get('first', '5')) - 1}"


def decade(parts: Parts, context: Context) -> str:
    """90年代 → 199X; one of the first two decades without a century is of this one, but 二三十年代 of the last."""
    if "year" in parts:
        return f"{parts['year']}X"
    tens = counted(parts["decade"].replace(parts.get("decade_to", ""), "")) // 10
    century = parts.get("century", "上" if tens > 2 or "decade_to" in parts else "本")
    before = {"上": 19, "本": 20}.get(century[0]) or counted(century) - 1
    start = f"{before}{tens}X"
    return edtf.span(start, f"{before}{counted(parts['decade_to'])}X") if "decade_to" in parts else start


def back(parts: Parts, context: Context) -> str:
    """近3年 → P3Y, 半年来 → P6M."""
    unit = {"年": "Y", "月": "M", "周": "W", "星": "W", "天": "D", "日": "D", "个": "M"}[parts["unit"][0]]
    if parts["count"] == "半":
        return edtf.back(6, "M") if unit == "Y" else edtf.back(15, "D")
    return edtf.back(counted(parts["count"]), unit)


MAKES: Mapping[str, Callable[[Parts, Context], str | None]] = {
    "point": point, "blank": blank, "third": third, "month-edge": month_edge, "year-edge": year_edge,
    "quarter": quarter, "half": half, "first-months": first_months, "first-quarters": first_quarters,
    "last-months": last_months, "last-quarters": last_quarters,
    "plan": plan, "decade": decade, "back": back,
}  # fmt: skip
