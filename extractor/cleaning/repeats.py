"""A page that stands in its file more than once: the first copy is kept, the others are noise."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate

from extractor.cleaning.rulefile import NoiseRules
from extractor.cleaning.sheet import Claim, Sheet

MOST_PLACES = 8  # earlier places of one line that are tried
LEAST_STUB = 10  # characters of a line that was cut off


def repeats(sheet: Sheet, rules: NoiseRules) -> Iterator[Claim]:
    """Rows that say again, in the same order, what a good share of the rows before them said.

    A scrape of nested elements prints a page once per element. A report, too, repeats: a heading, a sentence, a
    table's header, a measure copied to a second problem; none of these is a share of all that stands before it.
    """
    rule = rules.repeat
    if rule is None:
        return
    printed = [("".join(row.text.raw.split()), i) for i, row in enumerate(sheet.rows)]
    prints, rows = [print_ for print_, _ in printed if print_], [i for print_, i in printed if print_]
    stops = [0, *accumulate(print_.count("。") for print_ in prints)]
    places: dict[str, list[int]] = defaultdict(list)  # where each line of the kept copy stands
    sentences = i = 0
    while i < len(prints):
        least = bisect_left(stops, stops[i] + max(rule.min_sentences, rule.share * sentences)) - i
        lengths = {
            j: _length(prints, j, i) for j in places.get(prints[i], [])[:MOST_PLACES] if _same(prints, j, i, least)
        }
        if lengths:
            first = max(lengths, key=lambda j: lengths[j])
            length = lengths[first]
            yield Claim(rule.id, sheet.span(rows[i], rows[i + length - 1]))
            if _cut_off(prints, first + length, i + length) and first + length < i:
                yield Claim(rule.id, sheet.span(rows[first + length]))
            i += length
        else:
            places[prints[i]].append(i)
            sentences += stops[i + 1] - stops[i]
            i += 1


def _same(prints: Sequence[str], first: int, second: int, rows: int) -> bool:
    """Do so many rows from `second` on say what those from `first` on say?"""
    if first + rows > second or second + rows > len(prints):
        return False
    last = prints[first + rows - 1] == prints[second + rows - 1]
    return last and prints[first : first + rows] == prints[second : second + rows]


def _length(prints: Sequence[str], first: int, second: int) -> int:
    """How many rows from `second` on say what those from `first` on say."""
    length = 0
    while (
        first + length < second and second + length < len(prints) and prints[first + length] == prints[second + length]
    ):
        length += 1
    return length


def _cut_off(prints: Sequence[str], first: int, second: int) -> bool:
    """Is row `first` the beginning of row `second`: the copy kept so far broke off in it?"""
    return second < len(prints) and len(prints[first]) >= LEAST_STUB and prints[second].startswith(prints[first])
