"""Where the text of a page stands; all else is the site's.

The containers that content systems are known to use come first (`rules/html.toml`), else the smallest element that
holds nearly all the prose. Inside it, the site's own tools and columns of links are left out; the paper's title
is taken in where the page prints it above the container.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from extractor.readers.html.rulefile import ColumnRule, HtmlRules
from extractor.readers.html.tables import Grid
from extractor.readers.html.tree import Page
from extractor.text import fold

_LEAST_PROSE = 100  # characters; a page with less (a form) is weighed by all that is no link
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
    def is_prose(self) -> bool:
        return self.page.prose(self.page.body) >= _LEAST_PROSE

    def weight(self, i: int) -> int:
        return self.page.prose(i) if self.is_prose else self.page.shown(i) - self.page.linked(i)

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
        if rule is None or not page.links(page.body):
            return {page.body: rule.id if rule else ""}
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
        found: dict[int, str] = {}
        for start in starts:
            inside = range(start + 1, self.page.nodes[start].end)
            for rule in self.rules.drop:
                for i in self.page.select(rule.selector):
                    if i in inside and 4 * self.weight(i) <= self.weight(start):
                        found.setdefault(i, rule.id)
            column = self.rules.column
            found |= {i: column.id for i in inside if column and self.is_column(i, column)}
        return found

    def is_column(self, i: int, rule: ColumnRule) -> bool:
        page = self.page
        many = page.nodes[i].block and page.links(i) >= rule.links
        return many and page.linked(i) >= rule.share * page.shown(i) and not page.prose(i)

    def title(self, starts: Mapping[int, str], title: str) -> dict[int, str]:
        """The last block above the text that prints the title, unless the text itself begins with it."""
        rule, page, first = self.rules.title, self.page, min(starts)
        wanted = _plain(title)
        if rule is None or len(wanted) < rule.least:
            return {}
        if wanted[: rule.least] in _plain(page.text(first)[: 4 * len(wanted) + 200]):
            return {}
        for i in range(first - 1, page.body, -1):
            node = page.nodes[i]
            before = node.block and node.end <= first and not page.linked(i)
            if before and rule.least <= page.shown(i) <= len(title) and _plain(page.text(i)) in wanted:
                return {i: rule.id}
        return {}


def _plain(text: str) -> str:
    """Letters and digits alone: heads of pages lose blanks, quotes and dashes."""
    return "".join(filter(str.isalnum, fold(text)))
