"""How Excel shows a number: the part of its format codes that tables of reports use (ECMA-376 18.8.31)."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NamedTuple

import regex

# formats by number that a file need not spell out; dates as Excel shows them in Chinese
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy/m/d", 15: "yyyy/m/d", 16: "m/d",
    17: "yyyy/m", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: "yyyy年m月", 28: "m月d日", 29: "m月d日",
    30: "m/d/yy", 31: "yyyy年m月d日", 32: "h时mm分", 33: "h时mm分ss秒", 36: "yyyy年m月", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00", 45: "mm:ss",
    50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日", 54: "m月d日", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip
_SECTION = regex.compile(r'(?:"[^"]*+"|\\.|_.|\*.|[^;])*+')
_TOKEN = regex.compile(r'"(?P<quoted>[^"]*+)"|\\(?P<escaped>.)|_.|\*.|\[[^\]]*+\]|(?P<code>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|[#0?][#0?,.]*+|E[+-]|[aA]+/?[pP]?|上午/下午)|(?P<plain>.)')  # fmt: skip
_DATE = regex.compile(r"[yYmMdDhHsS]")
_FIRST_DAY, _FIRST_DAY_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LAST = 2_958_465  # the 31st of December 9999
_SIGNIFICANT = 15  # digits that Excel keeps


class _Part(NamedTuple):
    """A piece of a format: a literal, or a code such as yyyy or #,##0.00."""

    code: str
    text: str


def shown(stated: str, code: str, first_1904: bool = False) -> str:
    """A number as its format shows it; as it is stated where the format is beyond us."""
    try:
        value = Decimal(stated)
    except InvalidOperation:
        return stated
    if not value.is_finite() or abs(value.adjusted()) > 300:
        return stated
    sections = [section for section in _SECTION.findall(code) if section] or ["General"]
    parts = _parts(sections[2] if not value and len(sections) > 2 else sections[0])
    if any(part.code and _DATE.match(part.code) for part in parts):
        return _date(float(value), parts, first_1904) or _general(value)
    return _number(value, parts)


def _parts(section: str) -> list[_Part]:
    if section.strip().lower() == "general" or section == "@":
        return [_Part("General", "")]
    found = []
    for match in _TOKEN.finditer(section):
        literal = match["quoted"] or match["escaped"] or match["plain"] or ""
        found.append(_Part((match["code"] or "").strip("?"), literal))  # ? alone keeps the width of a digit free
    return found


def _number(value: Decimal, parts: list[_Part]) -> str:
    codes = [part.code for part in parts if part.code]
    if len(codes) > 1 or any(code[0] not in "#0G" for code in codes) or any(part.text == "/" for part in parts):
        return _general(value)  # fractions, powers
    if any(part.text == "%" for part in parts):
        value *= 100
    sign = "-" if value < 0 and codes else ""
    return sign + "".join(_digits(abs(value), part.code) if part.code else part.text for part in parts).strip()


def _digits(value: Decimal, code: str) -> str:
    if code == "General":
        return _general(value)
    kept = code.rstrip(",?")
    thousands = code.count(",") - kept.count(",")  # #,##0, shows thousands
    whole, _, decimals = kept.partition(".")
    rounded = (value / 1000**thousands).quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    least = decimals.rstrip("#")
    if least != decimals and "." in text:
        spare = len(decimals) - len(least)
        head, tail = text[: len(text) - spare], text[len(text) - spare :].rstrip("0")
        text = (head + tail).rstrip(".")
    return text.rjust(len(whole.replace(",", "").replace("#", "").replace("?", "")), "0")


def _general(value: Decimal) -> str:
    """As many digits as Excel keeps: 0.1 + 0.2 is 0.3."""
    digits = max(0, _SIGNIFICANT - 1 - value.adjusted())
    if value.adjusted() < _SIGNIFICANT:
        value = value.quantize(Decimal(1).scaleb(-min(digits, 20)), ROUND_HALF_UP)
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _date(value: float, parts: list[_Part], first_1904: bool) -> str | None:
    if not 0 <= value <= _LAST:
        return None
    try:
        moment = (_FIRST_DAY_1904 if first_1904 else _FIRST_DAY) + timedelta(days=round(value * 86400) / 86400)
    except OverflowError:
        return None
    words: list[str] = []
    minutes = False
    for i, part in enumerate(parts):
        code = part.code.lower()
        if code.startswith("m") and (minutes or _before_seconds(parts[i + 1 :])):
            words.append(f"{moment.minute:0{min(len(code), 2)}}")
        elif code:
            words.append(_field(moment, code))
        else:
            words.append(part.text)
        minutes = code.startswith("h") or (minutes and not code)
    return "".join(words).strip()


def _before_seconds(parts: list[_Part]) -> bool:
    return next((part.code.lower().startswith("s") for part in parts if part.code), False)


def _field(moment: datetime, code: str) -> str:
    width = min(len(code), 2)
    if code.startswith("y"):
        return str(moment.year) if len(code) > 2 else f"{moment.year % 100:02}"
    if code.startswith("m"):
        return f"{moment.month:0{width}}"
    if code.startswith("d"):
        return f"{moment.day:0{width}}" if len(code) < 3 else "一二三四五六日"[moment.weekday()]
    if code.startswith("h"):
        return f"{moment.hour:0{width}}"
    if code.startswith("s"):
        return f"{moment.second:0{width}}"
    return ""
