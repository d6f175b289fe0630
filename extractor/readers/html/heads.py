"""What a page says of its paper outside the text: in <title> and <meta>, and in the lines around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.readers.html.rulefile import HintRule, HtmlRules
from extractor.readers.html.tree import Page
from extractor.rules import scan
from extractor.source import Line


def title(page: Page, rules: HtmlRules) -> str:
    """The title that the head of the page gives, with what the site has added to it; "" where there is none."""
    return next((value for rule in rules.hint if rule.gives == "title" for value in _metas(page, rule.meta)), "")


def hints(page: Page, lines: Sequence[Line], rules: HtmlRules) -> dict[str, str]:
    """title, issuer and date; of several rules for one of them the first that finds something."""
    told: dict[str, str] = {}
    for rule, value in found(page, lines, rules):
        told.setdefault(rule.gives, value)
    return told


def found(page: Page, lines: Sequence[Line], rules: HtmlRules) -> Iterator[tuple[HintRule, str]]:
    """The first value of each rule; a label beside the text only counts where no <meta> of the rule has one."""
    around = "\n".join(line.text for line in lines if line.part == "outside")
    for rule in rules.hint:
        value = next(_metas(page, rule.meta), "")
        if not value and rule.label is not None:
            value = next((match[1].strip() for match in scan(rule.label, around)), "")
        if value:
            yield rule, value


def _metas(page: Page, names: Sequence[str]) -> Iterator[str]:
    """What the <meta> of these names hold; `title` is the <title>."""
    for name in names:
        for i in page.tagged["title" if name == "title" else "meta"]:
            node = page.nodes[i]
            said = (node.attrs.get("name") or node.attrs.get("property") or node.attrs.get("itemprop") or "").lower()
            if name == "title" or said == name.lower():
                inner = page.nodes[i + 1 : node.end]
                value = node.attrs.get("content", "") if name != "title" else "".join(n.text for n in inner)
                if value := " ".join(value.split()):
                    yield value
