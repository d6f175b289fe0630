"""Numerals of a special form: fractions, 成, ratios, 翻番, sums of 元 and 角, masks; and who makes which."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from extractor import numerals
from extractor.finders.quantities.amounts import Amount, Match, fixed, measure, plain, scaled, signed, vague
from extractor.finders.quantities.rulefile import Form, Make, QuantityRules
from extractor.rules import TIMEOUT


def fraction(table: QuantityRules, text: str, form: Form, match: Match) -> Amount | None:
    """三分之二, 一又二分之一."""
    base, part = numerals.exact(match["base"]), numerals.exact(match["num"])
    whole = numerals.exact(match["whole"] or "0")
    if not base or not part or not base[0] or not whole:
        return None
    return fixed(form, match, ((whole[0] + part[0] / base[0]) * 100,))


def tenths(table: QuantityRules, text: str, form: Form, match: Match) -> Amount | None:
    """三成半 is 35, 六成五 65 %."""
    low = numerals.exact(match["num"])
    high = numerals.exact(match["num_to"]) if match["num_to"] else ()
    half = match["half"]
    rest = numerals.exact(half) if half and half != "半" else (Decimal(5 if half else 0),)
    if not low or high is None or not rest:
        return None
    ends = (low[0], high[-1]) if high else low
    return Amount(match.start(), match.end(), tuple(end * 10 + rest[0] for end in ends), form.unit, "percent", form.id)


def half(table: QuantityRules, text: str, form: Form, match: Match) -> Amount | None:
    return Amount(match.start(), match.end(), (Decimal(50),), form.unit, "percent", form.id)


def doubling(table: QuantityRules, text: str, form: Form, match: Match) -> Amount | None:
    times = numerals.exact(match["num"] or "一")
    return fixed(form, match, (Decimal(2) ** int(times[0]),)) if times else None


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
    many = text[match.end() : match.end() + 1] in ("多", "余")
    if measure(table, text, match.end() + many):
        behind = table.scanner.match(text, match.start("num"), timeout=TIMEOUT)
        under = behind and table.form_of(behind)
        return MAKERS[under.make](table, text, under, behind) if behind and under else None
    ends = numerals.exact(match["num"])
    far = numerals.exact(match["num_to"]) if match["num_to"] else ()
    if ends is None or far is None:
        return None
    if far:
        ends = (scaled(ends[0], match["num_to"], far[-1]), far[-1])
    return Amount(
        match.start(), match.end(), ends, table.currencies[match["symbol"]], "money", form.id, vague(match["num"])
    )


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
        or unit.rule.figures
        or unit.dimension == "duration"
        or unit.unit[0] in "省市县区镇乡村街国部地社人级届轮版字组段"
    ):
        return None
    return Amount(match.start(), unit.end, (), unit.unit, unit.dimension, form.id)


def bare(table: QuantityRules, text: str, form: Form, match: Match) -> Amount | None:
    """A number alone: an index, a cell of a table."""
    ends = signed(match, numerals.exact(match["num"]))
    start = match.start("sign") if match["sign"] else match.start("num")
    return Amount(start, match.end("num"), ends, None, form.dimension or "other", form.id) if ends else None


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
