"""`rules/headings.toml` as typed rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import ClassVar, Literal

import regex

from extractor.rules import TIMEOUT, Regex, Rule, RuleFile, compiled


class StyleRule(Rule):
    """How a marker is printed. `rank` is the usual order of styles in an official paper; it breaks ties only.

    `head` markers count only at the head of a line. `bare` ones (第三条) need no title of their own. `spaced` ones (1 范围)
    are told by the blank that is printed after them, and stand on a line of their own. What `opens`
    (问题一: a problem) is titled by the title rules that open the same, and may lack a number.
    """

    rank: int
    marker: str
    head: bool = False
    bare: bool = False
    spaced: bool = False
    opens: str = ""


class WordsRule(Rule):
    """Words that say something about the place where they stand; `pattern` claims them."""

    pattern: str


class TitleRule(Rule):
    """Where a title ends: matched right after the marker, up to the next marker at most.

    `context` ones hold only in a paper that answers findings, those with `opens` only after a style with the same.
    `run_in` ones come first within a line, and last at its head, where print has better signs of a title's end.
    `known` ones are titles that many papers share: proof of a heading even within a line.
    """

    pattern: str
    kind: Literal["section", "problem"] = "section"
    context: bool = False
    known: bool = False
    run_in: bool = False
    opens: str = ""


class HeadingRules(RuleFile):
    """Styles of markers, ends of titles, and tables of words, each under the question that it answers."""

    file: ClassVar[str] = "headings"

    slots: Mapping[str, str] = {}
    inline: Regex = compiled("(?!)")  # where a marker could begin within a line: cheap, since it sees every character
    style: tuple[StyleRule, ...] = ()
    title: tuple[TitleRule, ...] = ()
    refusal: tuple[WordsRule, ...] = ()  # looks like a marker and is none
    index: tuple[WordsRule, ...] = ()  # the line above a table of contents
    parts: tuple[WordsRule, ...] = ()  # the first entry of a table of contents without such a line
    contents: tuple[WordsRule, ...] = ()  # a line of a table of contents
    entry: tuple[WordsRule, ...] = ()  # what a line of a table of contents has more than the heading that it names
    attached: tuple[WordsRule, ...] = ()  # the head of a list of attachments
    field: tuple[WordsRule, ...] = ()  # the label of a field whose numbered paragraphs are measures
    below: tuple[WordsRule, ...] = ()  # the first field of a problem, on the line below it
    item: tuple[WordsRule, ...] = ()  # the head of a list item, never of a heading
    plain: tuple[WordsRule, ...] = ()  # only body says this, no title
    speech: tuple[WordsRule, ...] = ()  # only a sentence says this, no lead in plain print
    stating: tuple[WordsRule, ...] = ()  # a paragraph that opens so may state a problem without a number
    back: tuple[WordsRule, ...] = ()  # a line that opens the back matter
    parted: tuple[WordsRule, ...] = ()  # a line that opens one of the two halves of a report: review, plan
    dash: tuple[WordsRule, ...] = ()  # the dash before a lead
    answers: tuple[WordsRule, ...] = ()  # a paper that answers findings says this
    name: tuple[WordsRule, ...] = ()  # how a document's own title ends
    run_in: tuple[WordsRule, ...] = ()  # a document's title with its body right behind it
    broken: tuple[WordsRule, ...] = ()  # between two lines of one title
    letterhead: tuple[WordsRule, ...] = ()  # a line at the head that stands before the title
    opening: tuple[WordsRule, ...] = ()  # a line at the head that stands after the title
    untitled: tuple[WordsRule, ...] = ()  # a first line that says this is no title
    hint: tuple[WordsRule, ...] = ()  # what a site adds to a title

    @cached_property
    def markers(self) -> regex.Pattern[str]:
        """All styles at once; the name of the group that matched is s and the style's index."""
        parts = [f"(?P<s{i}>{'^' if rule.head else ''}(?:{rule.marker}))" for i, rule in enumerate(self.style)]
        return compiled("|".join(parts), self.slots)

    @cached_property
    def titles(self) -> tuple[tuple[TitleRule, regex.Pattern[str]], ...]:
        return tuple((rule, compiled(rule.pattern, self.slots)) for rule in self.title)

    @cached_property
    def titles_at_head(self) -> tuple[tuple[TitleRule, regex.Pattern[str]], ...]:
        return tuple(sorted(self.titles, key=lambda entry: entry[0].run_in))

    @cached_property
    def words(self) -> Mapping[str, regex.Pattern[str]]:
        """Table of words → all its patterns as one."""
        return {
            table: compiled("|".join(f"(?:{rule.pattern})" for rule in rules) or "(?!)", self.slots)
            for table, rules in self.tables()
        }

    def tables(self) -> Iterator[tuple[str, tuple[WordsRule, ...]]]:
        """The tables of words by name."""
        for table in type(self).model_fields:
            if table not in ("slots", "inline", "style", "title"):
                yield table, getattr(self, table)

    def says(self, table: str, text: str) -> bool:
        """Do the words of a table stand in `text`?"""
        return self.words[table].search(text, timeout=TIMEOUT) is not None

    def opens(self, table: str, line: str) -> bool:
        """Does a line begin with the words of a table?"""
        return self.words[table].match(line, timeout=TIMEOUT) is not None

    def quoted(self, view: str, start: int, end: int) -> bool:
        """Is a problem quoted there?"""
        return self.problem(view, start, end) is not None

    def problem(self, view: str, start: int, end: int) -> tuple[TitleRule, regex.Match[str]] | None:
        """The title there that states a problem, and the rule by which it does."""
        return self._titled(view, start, end, lambda rule: rule.kind == "problem" and not rule.opens)

    def known(self, view: str, start: int, end: int) -> bool:
        """Does a title stand there that many papers share?"""
        return self._titled(view, start, end, lambda rule: rule.known) is not None

    def _titled(
        self, view: str, start: int, end: int, asked: Callable[[TitleRule], bool]
    ) -> tuple[TitleRule, regex.Match[str]] | None:
        for rule, pattern in self.titles:
            match = pattern.match(view, start, end, timeout=TIMEOUT) if asked(rule) else None
            if match:
                return rule, match
        return None
