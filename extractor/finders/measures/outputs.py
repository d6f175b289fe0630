"""What a measure made: the titles of papers, systems and bodies (制定 印发 建立 成立 … and what follows).

A title in 《》 is taken as it stands. One without them ends by the noun that closes it (方案, 制度, 领导小组 …), where
a stop, a link or a verb follows; print that has lost its 《》 runs titles together (…制度*区…办法等3项制度).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.finders.measures.rulefile import Maker, MeasureRules
from extractor.rules import scan

REACH = 160  # characters after the verb in which its object stands
_QUOTED = r"《(?P<title>(?:[^《》]|《[^《》]*+》)*+)》"
_TITLE = regex.compile(_QUOTED)
_NEXT = regex.compile(r"(?:\([^()]*+\))?(?:、|和|及|以及|与|,)?(?=《)")
_CLAUSE = regex.compile(r"[^,;。:!?\n《(]*+(?:\([^()\n]*+\)[^,;。:!?\n《(]*+)*+")
_BEFORE = regex.compile(r"[^,。;:!?\n《》]{0,44}(?=《)")  # 学校《…》, 12个类别、86个填报点的《…》
_UNMADE = regex.compile(r"(?:未|没有|尚待|不|应|需|须|督促\w{0,4})(?:及时|按规定|按要求|能|有效|专门)?$")
_NOUN = regex.compile(
    r"(?:的|情况|工作(?!方案|专班|组|小组|机制|台账|制度|规则|机构|清单|计划|领导|指引|群|联席|站|室|流程|要点|规程|手册)|以来|大会|之初|时间|于|后|\d+周年)"
)
# 由局长任组长、各科室负责人为成员的…, 由书记任“双组长”的…, 分别由校领导牵头的4个…
_MEMBERS = regex.compile(
    r"(?:(?!成立|组建|建立)[^。;《]){0,120}(?:组长|成员|牵头|组成|负责|参加|参与|挂帅|为主|主任|构成)”?的"
)
_SCOPE = regex.compile(r"(?:涵盖|包含|涉及|包括|总体)[^,。;]*(?:等|的|\d[个项条类份])")
_COUNT = regex.compile(r"(?:了|起|各自的|本单位的?|一套|一批|\d+(?:多|余)?[个支])+")
_CITED = regex.compile(r"(?:及其?|和|等)?[^,。;、]{0,10}情况(?!通报|报告|反馈)")  # 对制定方案及落实情况开展督导
_IN_QUOTES = regex.compile(r"“[^”]*+”")
_LED_UP_TO = regex.compile(r"的[^的]{0,4}$")  # 关于…的[实施]方案
_TAIL = regex.compile(r"(?:及|和|以及|、)其?")
_PIECES = regex.compile(r"\d+(?:多|余)?[份件封张]")  # 印发建议书23份: how many, no title
_LISTED = regex.compile(r"\d+(?:多|余)?[项条份类件]")


@dataclass(frozen=True, slots=True)
class Output:
    """View offsets of a title without its 《》, and the rule that saw it made."""

    start: int
    end: int
    rule: str


def outputs(words: str, start: int, end: int, rules: MeasureRules) -> list[Output]:
    """The titles made in view characters [start, end), in order."""
    found = [Output(a, b, rule.id) for rule in rules.maker for a, b in _made_by(words, start, end, rule, rules)]
    for wording in rules.made:
        for match in scan(wording.pattern, words, start, end):
            spans = [m.span("title") for m in _TITLE.finditer(words, *match.span("titles"))] or [match.span("titles")]
            found += [Output(a, b, wording.id) for a, b in spans]
    kept: list[Output] = []
    for output in sorted(found, key=lambda output: output.start):
        if not kept or output.start >= kept[-1].end:
            kept.append(output)
    return kept


def _made_by(words: str, start: int, end: int, rule: Maker, rules: MeasureRules) -> Iterator[tuple[int, int]]:
    for match in scan(rule.pattern, words, start, end):
        if _UNMADE.search(words, max(start, match.start() - 12), match.start()) or _NOUN.match(words, match.end(), end):
            continue
        if rule.needs and not rule.needs.search(words[match.end() : end].split("。")[0]):
            continue
        at = _skip(words, match.end(), min(end, match.end() + REACH))
        yield from _object(words, at, min(end, at + REACH * 3), rule, rules)


def _skip(words: str, at: int, end: int) -> int:
    """Past what says who is in a body, what a list covers, and how many there are."""
    for pattern in (_MEMBERS, _SCOPE, _COUNT):
        match = pattern.match(words, at, end)
        at = match.end() if match else at
    return at


def _object(words: str, at: int, end: int, rule: Maker, rules: MeasureRules) -> Iterator[tuple[int, int]]:
    before = _BEFORE.match(words, at, end)
    if before and not rules.acts.search(words, at, before.end()) and not rules.closers.search(words, at, before.end()):
        yield from _quoted(words, before.end(), end, rules)
    elif not rule.quoted:
        yield from _plain(words, at, end, rule.form, rules)


def _quoted(words: str, at: int, end: int, rules: MeasureRules) -> Iterator[tuple[int, int]]:
    """《…》《…》和《…》及其…清单: a row of titles, the last of which may have no 《》."""
    while match := _TITLE.match(words, at, end):
        yield match.span("title")
        link = _NEXT.match(words, match.end(), end)
        at = link.end() if link else match.end()
    tail = _TAIL.match(words, at, end)
    if tail:
        yield from _plain(words, tail.end(), end, False, rules)


def _plain(words: str, at: int, end: int, form: bool, rules: MeasureRules) -> Iterator[tuple[int, int]]:
    """Titles without 《》 in the clause at `at`, linked (和, 、) or run together."""
    clause = _CLAUSE.match(words, at, end)
    stop = clause.end() if clause else at
    while at < stop:
        close = _close(words, at, stop, rules)
        if close is None:
            return
        kinds = "等" in words[at:close] and words[close : close + 1].isdigit()  # 经费、资产等制度30余项
        counted = kinds or _PIECES.match(words, close, stop)
        if _is_title(words[at:close], form, rules) and not counted and not _CITED.match(words, close, stop):
            yield at, close
        link = rules.linking.match(words, close, stop)
        if link is None and not rules.starts.match(words, close, stop):
            return
        at = link.end() if link else close
        count = _COUNT.match(words, at, stop)  # 领导小组、办公室和11个专项小组
        at = count.end() if count else at
        if words.startswith("《", at):
            yield from _quoted(words, at, end, rules)
            return


def _close(words: str, at: int, stop: int, rules: MeasureRules) -> int | None:
    """Where the title that begins at `at` ends. 关于… ends with the 的 and the paper that it leads up to."""
    about = rules.starts.match(words, at, stop) is not None and words.startswith("关于", at)
    best = None
    for match in scan(rules.closers, words, at, stop):
        if _quoting(words, at, match.end(), stop):
            continue
        if match.group() in rules.title.bodies and words.startswith("关于", match.end()):  # 某局党支部关于…的方案
            about = True
            continue
        if not about or _LED_UP_TO.search(words, at, match.start()):
            return int(match.end())
        best = int(match.end())
    return best


def _quoting(words: str, at: int, end: int, stop: int) -> bool:
    """Is `end` inside quotes that the title only holds? “周调度、月通报、季考核”工作机制"""
    inside = words.rfind("“", at, end) > words.rfind("”", at, end)
    return inside and words.find("”", end, stop) > (end if words[at] == "“" else end - 1)


def _is_title(title: str, form: bool, rules: MeasureRules) -> bool:
    if len(title) < 3 or _LISTED.match(title) or rules.title.refused.search(title):
        return False
    if rules.title.generic.fullmatch(title) or any(rule.pattern.match(title) for rule in rules.maker):
        return False
    return not (form and "的" in _IN_QUOTES.sub("", title))
