"""Web pages: the text of the paper as Lines of its body, all that the site puts around it as Lines outside.

Pages saved by a browser, exports of Word, WPS and LibreOffice, pieces of markup out of a database. Every character
that a browser would print is in a line; what it would not print, but the page holds as text, is in hidden ones.
`Line.number` counts the lines that are read, from 1: the lines of the file are those of its markup.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator

import regex

from extractor.readers import txt
from extractor.readers.encoding import decode
from extractor.readers.html import heads, lines
from extractor.readers.html.body import Body, body
from extractor.readers.html.rulefile import HtmlRules
from extractor.readers.html.tables import Grid, data_tables
from extractor.readers.html.tree import Page, parse
from extractor.readers.raw import Format, Raw
from extractor.rules import load
from extractor.source import Source, Warn

SUFFIXES = frozenset({".html", ".htm", ".shtml", ".shtm", ".xhtml", ".asp", ".aspx", ".jsp", ".php"})
_MARKUP = regex.compile(
    rb"(?s)(?:<\?xml[^>]*+>\s*|<!--.*?-->\s*)*+(?:<!doctype html|<html\b)|<(?:head|body|meta|title|link|base|style|script|div|p|br|table|tr|td|ul|ol|li|dl|form|main|header|nav|span|font|b|strong|a|img|center|section|article|h[1-6])\b(?=[^<>]*>)"
)
_TAG = regex.compile(rb"<[a-z][^<>]*>|<!doctype")
_OTHERS = (b"%pdf-", b"{\\rtf", b"mime-version:", b"from:")
_OPEN, _CLOSED = regex.compile(r"(?i)<html[\s>]"), regex.compile(r"(?i)</(?:html|body)\s*>")
_CHARSET = regex.compile(rb"(?i)<(?:meta|\?xml)\b[^<>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)")


def claims(raw: Raw) -> bool:
    """A page or a piece of one; a .md file may well begin with a tag, a .txt page copy with a comment."""
    head = raw.head.removeprefix(codecs.BOM_UTF16_LE).removeprefix(codecs.BOM_UTF16_BE).replace(b"\0", b"").lstrip()
    if raw.packed or raw.suffix in txt.MARKDOWN or head.startswith(_OTHERS):
        return False
    named = raw.suffix in SUFFIXES and not head.startswith(b"<?xml") and _TAG.search(head) is not None
    return named or _MARKUP.match(head) is not None


def read(raw: Raw) -> Source:
    """Raises ReadError for bytes that are no text, and for a page beyond the limits."""
    declared = _CHARSET.search(raw.data[:4096])
    decoded = decode(raw, declared[1].decode("ascii", "replace") if declared else None)
    rules = (raw.rules or load()).of(HtmlRules)
    page = parse(raw, decoded.text)
    if page.select("frame") and not page.shown(0):
        raise raw.error("empty", "the page is a frame around other pages and holds no text; save those instead")
    chosen, tables = laid_out(page, rules)
    found, cells = lines.read(page, chosen, tables)
    raw.refuse_long("line", ((line.number, line.text) for line in found))
    return Source(
        raw.name, "html", raw.sha256, len(raw.data), tuple(found), tuple(cells),
        encoding=decoded.encoding, replaced=decoded.replaced,
        hints=heads.hints(page, found, rules), warnings=(*txt.warnings(decoded), *_warnings(decoded.text, chosen)),
    )  # fmt: skip


def laid_out(page: Page, rules: HtmlRules) -> tuple[Body, dict[int, Grid]]:
    """Where the text stands, and the tables of data; one that the text stands in holds none."""
    tables = data_tables(page)
    chosen = body(page, rules, tables, heads.title(page, rules))
    inside = {i: grid for i, grid in tables.items() if not any(i < s < page.nodes[i].end for s in chosen.starts)}
    return chosen, inside


def _warnings(text: str, chosen: Body) -> Iterator[Warn]:
    if not chosen.starts:
        yield Warn("no-body", "the page holds links and no text of its own")
    if _OPEN.search(text) and not _CLOSED.search(text):
        yield Warn("cut-off", "the page ends before its closing tag, so text may be missing; save it again")


FORMAT = Format("html", claims, read)
