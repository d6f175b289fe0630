"""Where noise stands in a sheet: one function per scope of a rule (see `rulefile.NoiseRule`)."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import regex

from extractor.cleaning.rulefile import NoiseRule, NoiseRules
from extractor.cleaning.sheet import Claim, Sheet, stopped
from extractor.cleaning.titles import wanted
from extractor.rules import scan
from extractor.text import Span

OPEN_LABEL = regex.compile(r":[| ]*$")
VALUE = regex.compile(r"[|\s]*+([^|\n]*+)")
BARS = regex.compile(r"[| ]*$")
LONGEST_VALUE = 80  # characters; what is longer beside a label is a paragraph
LEAST_PAGE = 80  # characters between two page numbers
CUT_SHARE = 0.6  # of the lines before a chunk counter end in the middle of a sentence


def anywhere(sheet: Sheet, rules: NoiseRules) -> Iterator[Claim]:
    return _matches(sheet, rules.anywhere, rules)


def whole_lines(sheet: Sheet, rules: NoiseRules) -> Iterator[Claim]:
    """Not in tables: a cell's `---` or `1/2` is a value."""
    return (claim for claim in _matches(sheet, rules.whole_line, rules) if not _in_cell(sheet, claim.span.start))


def _in_cell(sheet: Sheet, offset: int) -> bool:
    return sheet.rows[sheet.row_at(offset)].part == "cell"


def _matches(sheet: Sheet, table: Sequence[tuple[NoiseRule, regex.Pattern[str]]], rules: NoiseRules) -> Iterator[Claim]:
    view = sheet.text.view
    for rule, pattern in table:
        for match in scan(pattern, view.text):
            hints: dict[str, str] = {name: match[name] for name in rule.keep if match[name]}
            yield _claim(rule, view.span(*match.span()), hints, rules)


def _claim(rule: NoiseRule, span: Span, hints: Mapping[str, str], rules: NoiseRules) -> Claim:
    if "title" in hints:
        hints = {**hints, "title": wanted(hints["title"], rules)}
    return Claim(rule.id, span, hints, rule.joins, rule.splits)


def blocks(sheet: Sheet, rules: NoiseRules) -> Iterator[Claim]:
    """Records of labels and values that stand together (标题: … 发布机构: …), also as the cells of a table."""
    for rule, pattern in rules.labels:
        labels: dict[int, list[regex.Match[str]]] = defaultdict(list)
        view = sheet.text.view
        for match in scan(pattern, view.text):
            labels[sheet.row_at(view.offset(match.end() - 1))].append(match)
        done = -1
        for first in sorted(labels):
            if first <= done:
                continue
            last = done = _last_of_block(sheet, first, labels)
            found = [match for row in range(first, last + 1) for match in labels.get(row, ())]
            if len(found) >= rule.min_run:
                yield _claim(rule, sheet.span(first, last), _values(found, rule), rules)


def _last_of_block(sheet: Sheet, first: int, labels: Mapping[int, object]) -> int:
    """The last row of the record that begins at `first`: labels, values and `- items` after an open label, bars."""
    last = first
    spaced = False
    for i in range(first + 1, len(sheet.rows)):
        folded, gap = sheet.rows[i].text.folded, sheet.rows[i].gap
        apart = gap and not spaced and i > first + 1  # the first blank line of a record whose lines stand together
        spaced = spaced or gap
        if i in labels or BARS.match(folded):
            last = i
            continue
        above = sheet.rows[i - 1].text.folded
        item = folded.startswith("- ") and (OPEN_LABEL.search(above) or above.startswith("- "))
        value = OPEN_LABEL.search(above) and (i + 1 in labels or "|" in folded or sheet.rows[i].part == "cell")
        if apart or not (item or value) or len(folded) > LONGEST_VALUE:
            break
        last = i
    return last


def _values(labels: Sequence[regex.Match[str]], rule: NoiseRule) -> dict[str, str]:
    hints: dict[str, str] = {}
    for label in labels:
        value = VALUE.match(label.string, label.end())
        for name in rule.keep:
            own = regex.split(f"(?:{rule.pattern}):", value[1], maxsplit=1)[0] if value else ""
            if label[name] and (words := (own or "").strip(" -'\"")):
                hints.setdefault(name, words)
    return hints


def counters(sheet: Sheet, rules: NoiseRules) -> Iterator[Claim]:
    """Running counters at the heads of lines that a site has cut by length: 1、 2、 3、 in the middle of sentences.

    Numbered items count up too; but before them a sentence has ended, or a short line.
    """
    view = sheet.text.view
    for rule, pattern in rules.counters:
        for chain in _chains(_heads(sheet, pattern)):
            rows = [sheet.row_at(view.offset(match.start())) for match in chain]
            cut = sum(_cut_short(sheet, row - 1) for row in rows[1:])
            if len(chain) >= rule.min_run and cut >= CUT_SHARE * (len(chain) - 1):
                for match in chain:
                    yield Claim(rule.id, view.span(*match.span()), {}, rule.joins, rule.splits)


def _heads(sheet: Sheet, pattern: regex.Pattern[str]) -> list[regex.Match[str]]:
    """Matches outside tables, whose rows are numbered as well."""
    view = sheet.text.view
    return [match for match in scan(pattern, view.text) if not _in_cell(sheet, view.offset(match.start()))]


def _chains(matches: Sequence[regex.Match[str]]) -> Iterator[list[regex.Match[str]]]:
    """Matches whose numbers `n` go up by one, each as soon as it can."""
    places: dict[int, list[int]] = defaultdict(list)
    for i, match in enumerate(matches):
        places[int(match["n"])].append(i)
    used: set[int] = set()
    for i, match in enumerate(matches):
        chain, number = [i], int(match["n"])
        while i not in used:
            after = places.get(number + 1, [])
            j = bisect_right(after, chain[-1])
            if j == len(after) or after[j] in used:
                break
            chain.append(after[j])
            number += 1
        if i not in used:
            used.update(chain)
            yield [matches[j] for j in chain]


def _cut_short(sheet: Sheet, row: int) -> bool:
    """Does a row end in the middle of a sentence? A short line without any stop may be a heading."""
    line = sheet.rows[row].text.raw.rstrip()
    return not stopped(line) and ("。" in line or line[-1:] in (",", "，", "、") or len(line) > LONGEST_VALUE)


def folios(sheet: Sheet, rules: NoiseRules) -> Iterator[Claim]:
    """Bare page numbers: lines of a number that count up, a page of text from one to the next, sentences cut."""
    view = sheet.text.view
    for rule, pattern in rules.folios:
        for chain in _chains(_heads(sheet, pattern)):
            gaps = [later.start() - match.end() for match, later in pairwise(chain)]
            rows = [sheet.row_at(view.offset(match.start())) for match in chain]
            cut = any(_cut_short(sheet, row - 1) for row in rows if row)
            if len(chain) >= rule.min_run and cut and min(gaps) >= LEAST_PAGE:
                for match in chain:
                    yield _claim(rule, view.span(*match.span()), {}, rules)


def running(sheet: Sheet, rules: NoiseRules) -> Iterator[Claim]:
    """Heads and feet of pages that a conversion left between the lines."""
    rule = rules.running
    if rule is None:
        return
    places: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(sheet.rows):
        if row.part == "body" and len(row.text) <= LONGEST_VALUE and (words := row.text.raw.strip()):
            places[words].append(i)
    for rows in places.values():
        if len(rows) < rule.min_run or any(sheet.starts[b] - sheet.starts[a] < LEAST_PAGE for a, b in pairwise(rows)):
            continue
        if sum(_cut_short(sheet, row - 1) for row in rows if row) >= CUT_SHARE * len(rows):
            yield from (Claim(rule.id, sheet.span(row)) for row in rows)
