"""Who issued a paper: what its page says, or its signature where the page says less."""

from __future__ import annotations

from extractor.cleaning.rulefile import NoiseRules
from extractor.text import Span, Text

TAIL = 300  # characters at the end of a text that may hold its signature


def issuer(text: Text, hint: str, rules: NoiseRules) -> str:
    """发展改革局 of a page, 某县发展改革局 above the last date → 某县发展改革局; empty where a website is all that is named."""
    told = "" if rules.issuer and rules.issuer.site.search(hint) else hint
    signed = signature(text, rules)
    name = text.raw[signed.start : signed.end] if signed else ""
    return name if name.endswith(told) else told


def signature(text: Text, rules: NoiseRules) -> Span | None:
    """The body that signs at the very end, over a date."""
    view = text.view
    match = rules.signature.search(view.text, max(0, len(view) - TAIL))
    return view.span(*match.span("body")) if match else None
