"""Where the text of a page stands; all else is the site's.

The containers that content systems are known to use come first (`rules/html.toml`), else the smallest element that
holds nearly all the prose. Inside it, the site's own tools and columns of links are left out; the paper's title
is taken in where the page prints it above the container.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

import regex

from extractor.readers.html.rulefile import HtmlRules
from extractor.readers.html.tables import Grid
from extractor.readers.html.tree import Page
from extractor.text import fold

_LEAST_PROSE = 100  # characters; a page with less (a form) is weighed by all that is no link
_HEAD = 400  # characters of a text in which its title stands, if it has one
_MARKS = regex.compile(r"[，。；,;]")
_BOXES = frozenset({"body", "div", "article", "section", "main", "center", "form", "td"})


class Body(NamedTuple):
    """Nodes where the text begins, and nodes inside it that are the site's, each with the rule that says so."""

    starts: Mapping[int, str]
    dropped: Mapping[int, str]


def body(page: Page, rules: HtmlRules, tables: Mapping[int, Grid], title: str) -> Body:
    return _Choice(page, rules, tables).made(title)


class _Choice:
    def __init__(self, page: Page, rules: HtmlRules, tables: Mapping[int, Grid]) -> None:
        self.page, self.rules, self.tables = page, rules, tables

    def made(self, title: str) -> Body:
        starts = self.named() or self.densest()
        if not any(self.page.shown(i) > self.page.linked(i) for i in starts):
            return Body({}, {})
        dropped = self.dropped(starts)
        return Body(self.title(starts, title) | starts, dropped)

    @cached_property
    def _prose(self) -> list[int]:
        return self.page.sums(lambda text: 0 if self.is_site(text) else _prose(text))

    @cached_property
    def _weights(self) -> list[int]:
        """Prose; on a page with little of it (a form), all that is no link and not the site's."""
        if self._prose[-1] >= _LEAST_PROSE:
            return self._prose
        return self.page.sums(lambda text: 0 if self.is_site(text) else len(text.strip()))

    def is_site(self, text: str) -> bool:
        return self.rules.densest.site.search(text) is not None

    def prose(self, i: int) -> int:
        """How many characters of a node stand in runs with a comma or a stop, outside links."""
        return self._prose[self.page.nodes[i].end] - self._prose[i]

    def weight(self, i: int) -> int:
        return self._weights[self.page.nodes[i].end] - self._weights[i]

    def named(self) -> dict[int, str]:
        """The first container of the rules that holds enough of the page."""
        least = self.rules.least_share * self.weight(self.page.body)
        for rule in self.rules.body:
            found = [i for i in self.page.select(rule.selector) if self.weight(i)]
            if found and sum(map(self.weight, found)) >= least:
                return dict.fromkeys(found, rule.id)
        return {}

    def densest(self) -> dict[int, str]:
        page, rule = self.page, self.rules.densest
        if not page.links(page.body):
            return {page.body: rule.id}
        least = rule.share * self.weight(page.body)
        boxes = [i for i in self.boxes() if self.weight(i) >= least]
        best = min(boxes, key=lambda i: page.nodes[i].end - i, default=page.body)
        for above in page.above(best):
            links = page.linked(above) - page.linked(best)
            if links or page.shown(above) - page.shown(best) > rule.around:
                break
            best = above if page.nodes[above].tag in _BOXES else best
        return {best: rule.id}

    def boxes(self) -> Iterator[int]:
        """Elements that may hold a whole text; not the cells of a table of data."""
        cells = {cell for laid in self.tables.values() for cell in laid.areas}
        return (i for i, node in enumerate(self.page.nodes) if node.tag in _BOXES and i not in cells)

    def dropped(self, starts: Mapping[int, str]) -> dict[int, str]:
        """The site's elements inside the text: tools by their names, and columns of links."""
        page, order, found = self.page, list(starts), dict[int, str]()
        for rule in self.rules.drop:
            for i in page.select(rule.selector):
                start = order[max(0, bisect_left(order, i) - 1)]
                if start < i < page.nodes[start].end and 4 * self.weight(i) <= self.weight(start):
                    found.setdefault(i, rule.id)
        for start in order:
            columns = filter(self.is_column, range(start + 1, page.nodes[start].end))
            found |= dict.fromkeys(columns, self.rules.column.id)
        return found

    def is_column(self, i: int) -> bool:
        page, rule = self.page, self.rules.column
        many = page.nodes[i].block and page.links(i) >= rule.links
        return many and page.linked(i) >= rule.share * page.shown(i) and not self.prose(i)

    def title(self, starts: Mapping[int, str], title: str) -> dict[int, str]:
        """The last block above the text that prints the title, unless the text itself begins with it."""
        rule, page, first = self.rules.title, self.page, min(starts)
        wanted = _plain(title)
        own = max((len(_plain(part)) for part in rule.separator.split(title)), default=0)  # beside the site's name
        for i in range(first - 1, page.body, -1):
            node = page.nodes[i]
            before = node.block and node.end <= first and not page.linked(i)
            if before and rule.least <= page.shown(i) <= len(title):
                words = "" if rule.file.search(page.text(i)) else _plain(page.text(i))
                if words and words in wanted and len(words) >= rule.share * own:
                    return {} if words in _plain(page.text(first)[:_HEAD]) else {i: rule.id}
        return {}


def _prose(text: str) -> int:
    words = text.strip()
    return len(words) if len(words) >= 10 and _MARKS.search(words) else 0


def _plain(text: str) -> str:
    """Letters and digits alone: heads of pages lose blanks, quotes and dashes."""
    return "".join(filter(str.isalnum, fold(text)))
