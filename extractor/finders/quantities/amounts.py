"""From a matched numeral to a value with its unit: plain numerals, ranges, lists that share a unit."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple, TypeAlias

import regex

from extractor import found, numerals
from extractor.finders.quantities.rulefile import SCALES, Dimension, Entry, Form, QuantityRules
from extractor.numerals import MAGNITUDES, Number

Ends: TypeAlias = tuple[Decimal, ...]  # one value, or the two ends of a range; empty where it is masked
Match: TypeAlias = regex.Match[str]
_LINKS = frozenset("-—–~〜―─至到")
_LISTS = frozenset("、和与及以")
_STOP = regex.compile("[,;。\n]")
_JOINTS = _LINKS | _LISTS
_MANY = frozenset("多余来")
_PER = ("mass", "volume", "area")  # 每 divides by these
HALF = Decimal("0.5")


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
    """A unit that stands in the text, with the base of a rate (吨/日)."""

    unit: str
    end: int
    rule: Dimension
    dimension: found.Dimension
    entry: Entry


def measure(table: QuantityRules, text: str, at: int) -> Measure | None:
    """The unit at `at`, with the bases of a rate: 元/平方米/年; a rate may have no unit but its base: 16.1/10万."""
    at += text[at : at + 1] == " " and text[at + 1 : at + 2] < "Ā"  # 60 kg, 20 °C
    entry = table.lexicon.at(text, at)
    if entry is None or entry.rule is None:
        base = _base(table, text, at)
        myriads = base is not None and text[base - 1] in "万亿元人"
        return Measure(text[at:base], base, table.rate, "other", Entry()) if base and myriads else None
    end = at + entry.length
    rated = _per(table, text, end, entry) or end
    while (further := _base(table, text, rated)) is not None:
        rated = further
    if rated > end:
        return Measure(text[at:rated], rated, table.rate, "other", entry)
    return Measure(entry.unit, end, entry.rule, entry.rule.dimension, entry)


def _base(table: QuantityRules, text: str, at: int) -> int | None:
    """Where the base of a rate ends that opens at `at`: /日, /万人."""
    if text[at : at + 1] != "/":
        return None
    base = table.base.match(text, at + 1)
    under = base and table.lexicon.at(text, base.end())
    many = base and (base["scale"] or "")[-1:] in MAGNITUDES
    if not base or not (base["word"] or many or (under and under.rule)):
        return None
    end: int = base.end()
    return end if base["word"] or not under or not under.rule else end + under.length


def _per(table: QuantityRules, text: str, at: int, entry: Entry) -> int | None:
    """Where the base ends that 每 opens: 毫克|每升; in 300吨每吨2000元 and 200元每亩用于 it opens the next clause."""
    if text[at : at + 1] != "每" or not entry.rule or entry.rule.dimension not in (*_PER, "money"):
        return None
    under = table.lexicon.at(text, at + 1)
    if not under or not under.rule or under.rule.dimension not in _PER or under.unit == entry.unit:
        return None
    end = at + 1 + under.length
    after = text[end : end + 1]
    opens = after.isnumeric() or (entry.rule.dimension == "money" and after.isalpha())
    return None if opens else end


def plain(table: QuantityRules, text: str, form: Form, match: Match) -> Amount | None:
    """A numeral and its unit; a range, also with the unit at both ends; a number that shares the unit of the next."""
    if form.unit:
        ends = signed(match, numerals.exact(match["num"]))
        return fixed(form, match, ends) if ends else None
    num, at = match["num"], match.end()
    next_ = text[at : at + 1]
    unit = measure(table, text, at + (next_ in _MANY))
    if unit is None and num[-1] not in "万亿" and next_ not in _JOINTS:
        return None
    ends = signed(match, numerals.exact(num))
    if ends is None:
        return None
    if unit:
        return _ranged(table, text, form, match, ends, unit)
    amount = None
    if next_ in _LINKS:
        amount = _range(table, text, match, ends)
    elif next_ in _LISTS and num[0].isdigit():
        amount = _shared(table, text, match, ends)
    return amount or _bare(table, text, match, ends)


def fixed(form: Form, match: Match, ends: Ends) -> Amount | None:
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
    if unit.rule.figures and len(num) < 2 and not num[0].isdigit():
        return None
    rule = unit.rule.id if form.id == "plain" else form.id
    if num[-1] in "万亿":
        unit = unit._replace(dimension=unit.rule.large or unit.dimension)
    if text[unit.end : unit.end + 1] in _LINKS and len(ends) == 1 and before not in ("从", "由", "自"):
        far = table.far.match(text, unit.end)
        high = far and signed(far, numerals.exact(far["num_to"]))
        other = measure(table, text, far.end()) if far and high else None
        if far and high and other and other.unit == unit.unit and high[-1] > ends[0]:
            return Amount(match.start(), other.end, (ends[0], high[-1]), unit.unit, unit.dimension, rule)
    if unit.entry.half:
        ends = (ends[0] + HALF,)
    inside = "多" if unit.entry.over else vague(text[match.start("num") : unit.end - len(unit.unit)])
    return Amount(match.start(), unit.end, ends, unit.unit, unit.dimension, rule, inside)


def vague(numeral: str) -> str:
    """The 多, 余 or 来 that a numeral holds."""
    return next((char for char in numeral if char in "多余来"), "")


def _range(table: QuantityRules, text: str, match: Match, ends: Ends) -> Amount | None:
    """3—5个, 七千到九千亿元: the near end takes the far end's 万 and 亿."""
    far = table.far.match(text, match.end())
    high = far and signed(far, numerals.exact(far["num_to"]))
    if not far or not high:
        return None
    low = scaled(ends[0], far["num_to"], high[-1])
    unit = measure(table, text, far.end())
    if unit:
        return Amount(match.start(), unit.end, (low, high[-1]), unit.unit, unit.dimension, unit.rule.id)
    if far["num_to"][-1] in "万亿" and low < high[-1]:
        return Amount(match.start(), far.end(), (low, high[-1]), None, "count", "plain")
    return None


def scaled(low: Decimal, far: str, high: Decimal) -> Decimal:
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
        unit.rule.id,
    )


def _bare(table: QuantityRules, text: str, match: Match, ends: Ends) -> Amount | None:
    """3700多万 and no unit: only with a 万 or 亿, and a number before it. Near words of money it is money."""
    num, start, end = match["num"], match.start(), match.end()
    if num[-1] not in "万亿" or (all(char in SCALES for char in num) and num not in ("十万", "十亿")):
        return None
    near = _STOP.split(text[max(0, start - 10) : start])[-1] + _STOP.split(text[end : end + 14])[0]
    return Amount(start, end, ends, None, "money" if table.cash.search(near) else "count", "plain", vague(num))


def signed(match: Match, ends: Ends | None) -> Ends | None:
    return tuple(-end for end in ends) if ends and match["sign"] else ends
