"""Word's number formats: 3 → 三, 叁, 丙, ③, c, iii (the names are those of ST_NumberFormat, ECMA-376 17.18.59)."""

from __future__ import annotations

from collections.abc import Callable

_LARGEST = 32_767  # where Word stops counting; and aaa…a of a billion would fill the memory
_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def number(value: int, style: str) -> str:
    """A count as Word prints it; formats that no Chinese paper uses, and values beyond a format, come as decimals."""
    make = _FORMATS.get(style)
    return make(value) if make is not None and 0 <= value <= _LARGEST else str(value)


def _thousands(value: int, digits: str, units: str, leading_one: bool = True) -> str:
    """一百〇五, 一万二千: groups of four digits; a gap inside is one zero."""
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        gap = digits[0] if 0 < low < 1000 else ""
        rest = _thousands(low, digits, units, leading_one) if low else ""
        return _thousands(high, digits, units, leading_one) + units[4] + gap + rest
    if value == 0:
        return digits[0]
    out = ""
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit:
            one = digit == 1 and power and not leading_one
            out += ("" if one else digits[digit]) + (units[power] if power else "")
        elif out and value % 10**power and not out.endswith(digits[0]):
            out += digits[0]
    return out


def _chinese(value: int) -> str:
    text = _thousands(value, _DIGITS, " 十百千万")
    return text.removeprefix("一") if 10 <= value < 20 else text


def _chinese_to_99(value: int) -> str:
    return _chinese(value) if value < 100 else _digitwise(value)


def _digitwise(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def _japanese(value: int) -> str:
    return _thousands(value, _DIGITS, " 十百千万", leading_one=False).replace("〇", "") or "〇"


def _full_width(value: int) -> str:
    return "".join(chr(ord(digit) - 0x30 + 0xFF10) for digit in str(value))


def _among(*runs: str) -> Callable[[int], str]:
    """The n-th of some characters; decimals beyond them."""
    chars = "".join(runs)
    return lambda value: chars[value - 1] if 0 < value <= len(chars) else str(value)


def _run(first: int, count: int) -> str:
    return "".join(map(chr, range(first, first + count)))


def _letter(value: int) -> str:
    """a … z, then aa, bb, as Word goes on."""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value else "0"


def _roman(value: int) -> str:
    out = ""
    for weight, letters in _ROMAN:
        count, value = divmod(value, weight)
        out += letters * count
    return out


def _sixty(value: int) -> str:
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12] if 0 < value <= 60 else str(value)


_CIRCLED = _among(_run(0x2460, 20), _run(0x3251, 15), _run(0x32B1, 15))
_FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda value: "",
    "bullet": lambda value: "",
    "decimalZero": lambda value: f"{value:02}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedFullstop": _among(_run(0x2488, 20)),
    "decimalEnclosedParen": _among(_run(0x2474, 20)),
    "numberInDash": lambda value: f"- {value} -",
    "ideographEnclosedCircle": _among(_run(0x3280, 10)),
    "ideographTraditional": _among(_STEMS),
    "ideographZodiac": _among(_BRANCHES),
    "ideographZodiacTraditional": _sixty,
    "ideographDigital": _digitwise,
    "japaneseCounting": _japanese,
    "chineseCounting": _chinese_to_99,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese_to_99,
    "taiwaneseCountingThousand": _chinese,
    "taiwaneseDigital": _digitwise,
    "chineseLegalSimplified": lambda value: _thousands(value, _LEGAL, " 拾佰仟万"),
    "ideographLegalTraditional": lambda value: _thousands(value, _LEGAL_TRADITIONAL, " 拾佰仟萬"),
    "lowerLetter": _letter,
    "upperLetter": lambda value: _letter(value).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
}
