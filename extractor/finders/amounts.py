"""From a matched numeral to a value with its unit: one function per `make` of a form in `rules/quantities.toml`."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple, TypeAlias

import regex

from extractor import found, numerals
from extractor.finders.quantityrules import SCALES, Form, Make, QuantityRules
from extractor.numerals import Number

Ends: TypeAlias = tuple[Decimal, ...]  # one value, or the two ends of a range; empty where it is masked
Match: TypeAlias = regex.Match[str]
_LINKS = frozenset("-—–~〜―─至到")
_LISTS = frozenset("、和与及以")
_STOP = regex.compile("[,;。\n]")
_HALF = Decimal("0.5")


class Amount(NamedTuple):
    """A numeral with its unit; offsets in the view. `inside` is the 多, 余 or 来 in the numeral."""

    start: int
    end: int
    ends: Ends
    unit: str | None
    dimension: found.Dimension
    rule: str
    inside: str = ""

    @property
    def value(self) -> Number | tuple[Number, Number] | None:
        if not self.ends:
            return None
        low, high = numerals.plain(self.ends[0]), numerals.plain(self.ends[-1])
        return low if len(self.ends) == 1 else (low, high)


class Measure(NamedTuple):
    """A unit that stands in the text."""

    unit: str
    end: int
    dimension: found.Dimension
    rule: str
    figures: bool
    half: bool
    inside: str


def measure(table: QuantityRules, text: str, at: int) -> Measure | None:
    """The unit at `at`, with the base of a rate (吨/日)."""
    entry = table.lexicon.at(text, at)
    if entry is None or entry.unit is None:
        return None
    rule = table.dimensions[entry.rule.id]
    end = at + entry.length
    made = Measure(entry.unit, end, rule.dimension, rule.id, rule.figures, entry.half, "多" if entry.over else "")
    if text[end : end + 1] == "/" or (text[end : end + 1] == "每" and rule.dimension != "count"):
        base = table.base.match(text, end + 1)
        under = base and table.lexicon.at(text, base.end())
        if under and under.unit:
            end = base.end() + under.length
            return made._replace(unit=text[at:end], end=end, dimension="other", rule="other")
    return made


def plain(table: QuantityRules, text: str, form: Form, match: Match) -> Amount | None:
    """A numeral and its unit; a range, also with the unit at both ends; a number that shares the unit of the next."""
    ends = _signed(match, numerals.exact(match["num"]))
    if ends is None:
        return None
    if form.unit:
        return _fixed(form, match, ends)
    at = match.end()
    many = text[at : at + 1] in ("多", "余", "来")
    unit = measure(table, text, at + many)
    if unit:
        return _ranged(table, text, form, match, ends, unit)
    amount = None
    if text[at : at + 1] in _LINKS:
        amount = _range(table, text, match, ends)
    elif text[at : at + 1] in _LISTS and match["num"][0].isdigit():
        amount = _shared(table, text, match, ends)
    return amount or _bare(table, text, match, ends)


def _fixed(form: Form, match: Match, ends: Ends) -> Amount | None:
    """百分之三十到四十一: the form itself is the unit."""
    far = numerals.exact(match["num_to"]) if match["num_to"] else ()
    if far is None or form.dimension is None:
        return None
    return Amount(
        match.start(), match.end(), (*ends[:1], *far[-1:]) if far else ends, form.unit, form.dimension, form.id
    )


def _ranged(table: QuantityRules, text: str, form: Form, match: Match, ends: Ends, unit: Measure) -> Amount | None:
    """A numeral with its unit, or both ends of a range with theirs: 1万元--5万元. 从…到… are two quantities."""
    num, before = match["num"], text[match.start() - 1 : match.start()]
    if unit.figures and len(num) < 2 and not num[0].isdigit():
        return None
    rule = unit.rule if form.id == "plain" else form.id
    if num[-1] in "万亿":
        unit = unit._replace(dimension=table.dimensions[unit.rule].large or unit.dimension)
    if text[unit.end : unit.end + 1] in _LINKS and len(ends) == 1 and before not in ("从", "由", "自"):
        far = table.far.match(text, unit.end)
        high = far and numerals.exact(far["num_to"])
        other = measure(table, text, far.end()) if far and high else None
        if far and high and other and other.unit == unit.unit and high[-1] > ends[0]:
            return Amount(match.start(), other.end, (ends[0], high[-1]), unit.unit, unit.dimension, rule)
    if unit.half:
        ends = (ends[0] + _HALF,)
    inside = unit.inside or _inside(text[match.start("num") : unit.end - len(unit.unit)])
    return Amount(match.start(), unit.end, ends, unit.unit, unit.dimension, rule, inside)


def _inside(numeral: str) -> str:
    """The 多, 余 or 来 that a numeral holds."""
    return next((char for char in numeral if char in "多余来"), "")


def _range(table: QuantityRules, text: str, match: Match, ends: Ends) -> Amount | None:
    """3—5个, 七千到九千亿元: the near end takes the far end's 万 and 亿."""
    far = table.far.match(text, match.end())
    high = far and numerals.exact(far["num_to"])
    if not far or not high:
        return None
    low = _scaled(ends[0], far["num_to"], high[-1])
    unit = measure(table, text, far.end())
    if unit:
        return Amount(match.start(), unit.end, (low, high[-1]), unit.unit, unit.dimension, unit.rule, unit.inside)
    if far["num_to"][-1] in "万亿" and low < high[-1]:
        return Amount(match.start(), far.end(), (low, high[-1]), None, "count", "plain")
    return None


def _scaled(low: Decimal, far: str, high: Decimal) -> Decimal:
    """The near end in the far end's scale, unless that makes it the greater: 2—3万, but 5000—1万."""
    factor = Decimal(1)
    for char in reversed(far):
        step = numerals.MAGNITUDES.get(char) or (
            numerals.UNITS.get(char) if factor == 1 and low < 10 and len(far) > 1 else None
        )
        if step is None:
            break
        factor *= step
    return low * factor if low * factor < high else low


def _shared(table: QuantityRules, text: str, match: Match, ends: Ends) -> Amount | None:
    """11.1、11.2个百分点: a number in a list that takes the last one's unit. A list marker (1、) is none."""
    rest = table.shared.match(text, match.end())
    if rest is None or (text[match.start() - 1 : match.start()] in ("", "\n") and match["num"].isdigit()):
        return None
    unit = measure(table, text, rest.end())
    if unit is None:
        return None
    factor = Decimal(1)
    for char in reversed(rest["num"]):
        if char not in numerals.MAGNITUDES:
            break
        factor *= numerals.MAGNITUDES[char]
    own = match["num"][-1] in numerals.MAGNITUDES
    return Amount(
        match.start(),
        match.end(),
        ends if own else tuple(end * factor for end in ends),
        unit.unit,
        unit.dimension,
        unit.rule,
    )


def _bare(table: QuantityRules, text: str, match: Match, ends: Ends) -> Amount | None:
    """3700多万 and no unit: only with a 万 or 亿, and a number before it. Near words of money it is money."""
    num, start, end = match["num"], match.start(), match.end()
    if num[-1] not in "万亿" or (all(char in SCALES for char in num) and num[0] not in "十"):
        return None
    near = _STOP.split(text[max(0, start - 10) : start])[-1] + _STOP.split(text[end : end + 14])[0]
    return Amount(start, end, ends, None, "money" if table.cash.search(near) else "count", "plain", _inside(num))


def fraction(table: QuantityRules, text: str, form: Form, match: Match) -> Amount | None:
    base, part = numerals.exact(match["base"]), numerals.exact(match["num"])
    if not base or not part or not base[0]:
        return None
    return _fixed(form, match, (part[0] / base[0] * 100,))


def tenths(table: QuantityRules, text: str, form: Form, match: Match) -> Amount | None:
    low = numerals.exact(match["num"])
    high = numerals.exact(match["num_to"]) if match["num_to"] else ()
    if not low or high is None:
        return None
    half = _HALF if match["half"] else 0
    ends = (low[0], high[-1]) if high else low
    return Amount(match.start(), match.end(), tuple((end + half) * 10 for end in ends), form.unit, "percent", form.id)


def half(table: QuantityRules, text: str, form: Form, match: Match) -> Amount | None:
    return Amount(match.start(), match.end(), (Decimal(50),), form.unit, "percent", form.id)


def doubling(table: QuantityRules, text: str, form: Form, match: Match) -> Amount | None:
    times = numerals.exact(match["num"] or "一")
    return _fixed(form, match, (Decimal(2) ** int(times[0]),)) if times else None


def ratio(table: QuantityRules, text: str, form: Form, match: Match) -> Amount | None:
    """1:3.4; a clock time (8:30) only where the clause says that it compares."""
    part, base = numerals.exact(match["num"]), numerals.exact(match["base"])
    clock = len(match["base"]) == 2 and "." not in match[0] and match["base"].isdigit()
    if (
        not part
        or not base
        or not base[0]
        or (clock and not table.compares.search(text, max(0, match.start() - 8), match.start()))
    ):
        return None
    return Amount(match.start(), match.end(), (part[0] / base[0],), None, "ratio", form.id)


def product(table: QuantityRules, text: str, form: Form, match: Match) -> Amount | None:
    times, each = numerals.exact(match["times"]), numerals.exact(match["num"])
    unit = measure(table, text, match.end())
    if not times or not each or not unit:
        return None
    return Amount(match.start(), unit.end, (times[0] * each[0],), unit.unit, unit.dimension, form.id)


def tolerance(table: QuantityRules, text: str, form: Form, match: Match) -> Amount | None:
    middle, spread = numerals.exact(match["num"]), numerals.exact(match["spread"])
    unit = measure(table, text, match.end())
    if not middle or not spread or not unit:
        return None
    ends = (middle[0] - spread[0], middle[0] + spread[0])
    return Amount(match.start(), unit.end, ends, unit.unit, unit.dimension, form.id)


def currency(table: QuantityRules, text: str, form: Form, match: Match) -> Amount | None:
    """￥300 has its unit in front; 人民币50元 has one behind, and what is in front stays out."""
    ends = numerals.exact(match["num"])
    far = numerals.exact(match["num_to"]) if match["num_to"] else ()
    if ends is None or far is None:
        return None
    if far:
        ends = (_scaled(ends[0], match["num_to"], far[-1]), far[-1])
    many = text[match.end() : match.end() + 1] in ("多", "余")
    unit = measure(table, text, match.end() + many)
    inside = _inside(text[match.start("num") : match.end() + many])
    if unit:
        return Amount(match.start("num"), unit.end, ends, unit.unit, unit.dimension, form.id, inside)
    before = table.currencies[match["symbol"]]
    return Amount(match.start(), match.end(), ends, before.unit, "money", before.id, inside)


def cash(table: QuantityRules, text: str, form: Form, match: Match) -> Amount | None:
    """三千三百八十元五角八分, 壹佰圆整, 三斤二两: the smaller units are parts of the greater one."""
    total = numerals.exact(match["num"])
    if total is None:
        return None
    value = total[0]
    for name, part in (("tenth", Decimal("0.1")), ("hundredth", Decimal("0.01"))):
        small = numerals.exact(match[name]) if match[name] else (Decimal(0),)
        if small is None:
            return None
        value += small[0] * part
    return Amount(match.start(), match.end(), (value,), form.unit or match["unit"], form.dimension or "money", form.id)


def masked(table: QuantityRules, text: str, form: Form, match: Match) -> Amount | None:
    """*名, ×万元: only with a unit that no masked name (*区, *月) could end in."""
    unit = measure(table, text, match.end())
    if (
        unit is None
        or unit.figures
        or unit.dimension == "duration"
        or unit.unit[0] in "省市县区镇乡村街国部地社人级届轮版字组"
    ):
        return None
    return Amount(match.start(), unit.end, (), unit.unit, unit.dimension, form.id)


def bare(table: QuantityRules, text: str, form: Form, match: Match) -> Amount | None:
    ends = numerals.exact(match["num"])
    return Amount(match.start(), match.end(), ends, None, form.dimension or "other", form.id) if ends else None


def _signed(match: Match, ends: Ends | None) -> Ends | None:
    return tuple(-end for end in ends) if ends and match["sign"] else ends


MAKERS: dict[Make, Callable[[QuantityRules, str, Form, Match], Amount | None]] = {
    "plain": plain,
    "fraction": fraction,
    "tenths": tenths,
    "half": half,
    "doubling": doubling,
    "ratio": ratio,
    "product": product,
    "tolerance": tolerance,
    "currency": currency,
    "cash": cash,
    "masked": masked,
    "bare": bare,
}
