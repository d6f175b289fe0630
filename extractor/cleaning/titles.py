"""The paper's title inside the title of a page or a file."""

from __future__ import annotations

import regex

from extractor.cleaning.rulefile import NoiseRules, TitleRule
from extractor.text import Span


def wanted(title: str, rules: NoiseRules) -> str:
    """“某市审计局->2023年度审计整改报告 | example.gov.cn” → 2023年度审计整改报告."""
    if rules.title is None:
        return title.strip()
    span = wanted_span(title, rules.title)
    return title[span.start : span.end]


def wanted_span(title: str, rule: TitleRule) -> Span:
    """The longest part between separators that does not look like a site, without a file's suffix."""
    ends = [match.span() for match in regex.finditer(rule.separator, title)]
    parts = [
        Span(start, end)
        for start, end in zip([0, *(end for _, end in ends)], [*(start for start, _ in ends), len(title)], strict=True)
    ]
    papers = [part for part in parts if not regex.search(rule.site, title[part.start : part.end].strip())]
    best = max(papers or parts, key=lambda part: part.end - part.start)
    words = title[best.start : best.end]
    words = words[: len(words) - len(match[0])] if (match := regex.search(rule.suffix, words)) else words
    start = best.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))
