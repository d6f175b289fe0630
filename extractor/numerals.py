"""Numerals as Chinese papers print them: 三百二十, 1.2万, 壹仟玖佰, 二〇二三, 10点五, 3千万亿, 2700多万.

Surfaces are folded (see `extractor.text.fold`). Conventions: 两 = 2, 廿 = 20, 卅 = 30, 半 = 0.5; a unit without a digit
counts once (百二 and 百万 are 120 and 1 000 000); a digit after a unit counts the next smaller one (三万五 is 35 000,
二百五 is 250) unless 零 or 〇 stands between (三万零五 is 30 005). 多, 余 and 来 inside a numeral do not change its value;
几 makes it no number, and a lone 〇 is a blank or a tick. Two neighbouring digits are a range (三四万 is 30 000 to
40 000, 十七八 is 17 to 18, 三、四百 is 300 to 400).
Values are exact; `number` returns an int where there is no fraction.
"""

from __future__ import annotations

import re
from decimal import Decimal

Number = int | float

LONGEST = 40  # characters; what is longer is a filled line or a serial number
MOST = Decimal(10) ** 24  # what is more is counted by nobody, and by no float

DIGITS = {
    char: value
    for value, chars in enumerate(("〇零", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for char in chars
}
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MAGNITUDES = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_ONES: tuple[str, ...] = ("", *"一二三四五六七八九")
_LARGE = str.maketrans({"萬": "万", "億": "亿", "廿": "二十", "卅": "三十"})
_VAGUE = str.maketrans("", "", "多余来、 ")
_PAIR = re.compile("([一二两三四五六七八])([二两三四五六七八九])")
_PLAIN = re.compile(r"\d[\d,]*(?:\.\d+)?")
_PART = re.compile(r"(\d[\d,]*(?:\.\d+)?|[〇零一壹二贰两三叁四肆五伍六陆七柒八捌九玖])?([十拾百佰千仟])?")


def digits(surface: str) -> int | None:
    """A row of digits read one by one: 二〇二三 → 2023, 2023 → 2023. None if it is no such row."""
    read = "".join(char if char.isascii() and char.isdigit() else str(DIGITS.get(char, "?")) for char in surface)
    return int(read) if read.isdigit() else None


def small(surface: str) -> int | None:
    """A whole number below 100 as days and months print it: 31, 三十一, 廿八, 十. None if it is none."""
    if surface.isascii() and surface.isdigit():
        return int(surface)
    surface = surface.translate(_LARGE)
    tens, sep, ones = surface.partition("十")
    if not sep:
        return DIGITS.get(surface)
    high = DIGITS.get(tens) if tens else 1
    low = DIGITS.get(ones) if ones else 0
    return None if high is None or low is None else high * 10 + low


def number(surface: str) -> Number | tuple[Number, Number] | None:
    """A numeral of any form; two ends where neighbouring digits name a range. None if it is none."""
    ends = exact(surface)
    if ends is None:
        return None
    low, high = plain(ends[0]), plain(ends[-1])
    return low if len(ends) == 1 else (low, high)


def exact(surface: str) -> tuple[Decimal, ...] | None:
    """One exact value, or the two ends of a range. None if the surface is no numeral."""
    if len(surface) > LONGEST or surface == "〇":
        return None
    if surface.isascii():
        return _ends(_value(surface.replace(" ", "")))
    surface = surface.translate(_LARGE).translate(_VAGUE)
    pair = None if "点" in surface else _PAIR.search(surface)
    if pair and (DIGITS[pair[1]] + 1 == DIGITS[pair[2]] or pair[0] == "三五"):
        low = _value(surface[: pair.start(2)] + surface[pair.end() :])
        high = _value(surface[: pair.start(1)] + surface[pair.start(2) :])
        return _ends(low, high)
    return _ends(_value(surface))


def _ends(*values: Decimal | None) -> tuple[Decimal, ...] | None:
    ends = tuple(value for value in values if value is not None and value < MOST)
    return ends if len(ends) == len(values) else None


def ordinal(value: int) -> str:
    """1 to 99 as headings print them: 十二, 二十; any other number in digits."""
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    return ("" if tens < 2 else _ONES[tens]) + ("十" if tens else "") + _ONES[ones]


def plain(value: Decimal) -> Number:
    """An exact value as an int where it is whole, else as a float of six decimals."""
    return int(value) if value == value.to_integral_value() else round(float(value), 6)


def _value(surface: str, unit: int = 1) -> Decimal | None:
    """`unit` is what a lone last digit counts: 1000 after 万 (三万五)."""
    if not surface:
        return None
    if surface.isascii():
        return _digit(surface) if _PLAIN.fullmatch(surface) else None
    if surface == "半":
        return Decimal("0.5")
    for magnitude in "亿万":
        high, sep, low = surface.rpartition(magnitude)
        if sep:
            return _joined(high, MAGNITUDES[magnitude], low)
    return _below_myriad(surface, unit)


def _joined(high: str, factor: int, low: str) -> Decimal | None:
    """亿 and 万 multiply all before them: 3千万亿."""
    above = _value(high) if high else Decimal(1)
    below = _value(low, factor // 10) if low else Decimal(0)
    return None if above is None or below is None else above * factor + below


def _below_myriad(surface: str, unit: int) -> Decimal | None:
    """Up to 千, with 点 or a decimal point: 一千零五, 3千5百, 十三点五, 1,200.5."""
    whole, point, fraction = surface.partition("点")
    if point:
        above, below = _value(whole), digits(fraction)
        if above is None or below is None:
            return None
        return above + Decimal(below).scaleb(-len(fraction))
    total, at, zero = Decimal(0), 0, False
    while at < len(surface):
        part = _PART.match(surface, at)
        if part is None or part.end() == at:
            return None
        digit, scale = part.groups()
        if digit in ("零", "〇") and not scale and part.end() < len(surface):
            zero, at = True, part.end()
            continue
        amount = Decimal(1) if digit is None else _digit(digit)
        if scale:
            unit = UNITS[scale]
        elif part.end() < len(surface):
            return None  # two digits without a unit: 二〇二三 is a row of digits, no numeral
        else:
            unit = 1 if zero or len(digit) > 1 else max(1, unit // 10) if at else unit
        total += amount * unit
        at, zero = part.end(), False
    return total


def _digit(surface: str) -> Decimal:
    return Decimal(DIGITS[surface]) if surface in DIGITS else Decimal(surface.replace(",", ""))
