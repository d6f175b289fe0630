"""Numerals as Chinese papers print them: 三百二十, 1.2万, 壹仟玖佰, 二〇二三, 10点五, 3千万亿.

Surfaces are folded (see `extractor.text.fold`). Conventions: 两 = 2, 廿 = 20, 半 = 0.5; 百二 is 120 and 三万五
is 35000 (a digit after a unit counts the next smaller one) unless 零 or 〇 stands between.
"""

from __future__ import annotations

DIGITS = {
    char: value
    for value, chars in enumerate(("〇零", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for char in chars
}
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MAGNITUDES = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}


def digits(surface: str) -> int | None:
    """A row of digits read one by one: 二〇二三 → 2023, 2023 → 2023. None if it is no such row."""
    read = "".join(char if char.isascii() and char.isdigit() else str(DIGITS.get(char, "?")) for char in surface)
    return int(read) if read.isdigit() else None


def small(surface: str) -> int | None:
    """A whole number below 100 as days and months print it: 31, 三十一, 廿八, 十. None if it is none."""
    if surface.isascii() and surface.isdigit():
        return int(surface)
    surface = surface.replace("廿", "二十").replace("卅", "三十")
    tens, sep, ones = surface.partition("十")
    if not sep:
        return DIGITS.get(surface)
    high = DIGITS.get(tens) if tens else 1
    low = DIGITS.get(ones) if ones else 0
    return None if high is None or low is None else high * 10 + low
