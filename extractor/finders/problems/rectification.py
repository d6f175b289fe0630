"""What a rectification report (整改报告) looks like, and the words by which it names how far the work is.

Both finders of such reports, problems and measures, read them through this module and `labels`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from extractor.finders.problems.labels import fields, stripped
from extractor.finders.problems.rulefile import Defect, ModeReading, ProblemRules, Sign, StateReading
from extractor.found import Found, Heading, Mode
from extractor.found import State as Progress
from extractor.rules import Rules, scan
from extractor.text import Span, Text, viewed

LEAD = 600  # characters at the head of a text in which it says what it is, if its title does not
SHARE = 0.3  # of the highest headings
STATE = 30  # a field of more characters than a state takes (整改完成情况：…) tells what was done


def reports(title: str, text: Text, headings: Sequence[Heading], rules: Rules) -> bool:
    """Is this a report on rectification? The title decides, then the headings, then the words before them."""
    signs = rules.of(ProblemRules).sign

    def shown(words: str, place: str) -> bool:
        return any(sign.place == place and sign.pattern.search(words) for sign in signs)

    plain = viewed(title)
    if shown(plain, "against"):
        return False
    if shown(plain, "title"):
        return True
    top = min((heading.level for heading in headings), default=0)
    highest = [viewed(heading.title) for heading in headings if heading.level == top]
    if highest and sum(shown(words, "heading") for words in highest) / len(highest) >= SHARE:
        return True
    return shown(text.view.text[:LEAD], "lead")


def printed(text: Text, span: Span) -> str:
    """A problem's words as print has them, in one line."""
    return text.raw[span.start : span.end].replace("\n", "")


def front_of(text: Text, headings: Sequence[Heading]) -> Span:
    """What stands before the first heading."""
    return Span(0, headings[0].span.start if headings else len(text))


def state(text: Text, span: Span, rules: Rules) -> Found | None:
    """The words at the head of `span`, up to a stop, that name how far the work is: 已完成; (正在整改); 该问题已整改。"""
    known, view = rules.of(ProblemRules), text.view
    start, end = view.index(span.start), view.index(span.end)
    start = stripped(view.text, start, end)[0]
    start += view.text.startswith("(", start, end)
    subject = known.subject.match(view.text, start, end)
    for rule in known.state:
        match = rule.pattern.match(view.text, subject.end() if subject else start, end)
        if match and (match.end() == end or view.text[match.end()] in "。;,\n()"):
            return Found(view.span(*match.span()), rule.id)
    return None


def tells(text: Text, span: Span, rules: Rules) -> bool:
    """Does a field of states tell what was done? 整改完成情况:印发方案。12户已搬迁。"""
    several = "。" in text.folded[span.start : span.end].rstrip("。 \n")
    return span.end - span.start > STATE or (several and state(text, span, rules) is None)


def section_state(title: str, rules: Rules) -> str | None:
    """The state by which a section sorts its problems: 已完成整改 in 已完成整改的问题."""
    match = rules.of(ProblemRules).sorting.fullmatch(viewed(title))
    return match["state"] if match else None


def names_genre(heading: Heading, rules: Rules) -> bool:
    """Is a title one of those that show the genre (整改落实情况), and no problem?"""
    plain = viewed(heading.title)
    return any(sign.place == "heading" and sign.pattern.fullmatch(plain) for sign in rules.of(ProblemRules).sign)


def state_of(words: str, rules: Rules) -> Progress | None:
    """`words` of progress as one of the four states."""
    plain = viewed(words)
    return next((rule.means for rule in rules.of(ProblemRules).reading if rule.pattern.search(plain)), None)


def mode_of(words: str, rules: Rules) -> Mode | None:
    """The type of rectification that `words` name first: 立行立改,长期坚持 is immediate."""
    plain = viewed(words)
    hits = [
        (match.start(), rule.means) for rule in rules.of(ProblemRules).mode if (match := rule.pattern.search(plain))
    ]
    return min(hits, default=(0, None))[1]


def defective(title: str, rules: Rules) -> bool:
    """Does a heading's title say that something was wrong?"""
    plain = viewed(title)
    return any(rule.pattern.search(plain) for rule in rules.of(ProblemRules).defect)


def trial(rules: Rules, text: str, given: Mapping[str, Any]) -> list[Found]:
    """For rulecheck: the signs and defects that a text shows, its fields, and the states at their heads."""
    whole = Text.of(0, text)
    known = rules.of(ProblemRules)
    worded: tuple[Sign | StateReading | ModeReading | Defect, ...] = (
        *known.sign, *known.reading, *known.mode, *known.defect,
    )  # fmt: skip
    patterns = [(rule.pattern, rule.id) for rule in worded]
    signs = [
        Found(whole.view.span(*match.span()), name)
        for pattern, name in patterns
        for match in scan(pattern, whole.view.text)
    ]
    labelled = fields(whole, Span(0, len(whole)), rules)
    return [*signs, *labelled, *(named for field in labelled if (named := state(whole, field.span, rules)))]
