"""A web page as one list of nodes in reading order, so that nothing recurses however deep a page is nested.

Node `i` holds the nodes `i + 1` to `end - 1`. How much text a node shows, and of what kind, is then a difference
of two sums.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import regex
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from extractor.readers.html.style import PLAIN, Look, declared, is_block, look, sheet
from extractor.readers.raw import Raw

MOST_TAGS = 500_000
DEEPEST = 3_000  # elements inside each other; the parser's time grows with depth times width
REOPENED = 2_000_000  # a paragraph opens every <font> again that was never closed: so many copies at most
TEXT = "-text"
# No characters of the page: a program's, a player's, or what only a browser without scripts shows.
UNSHOWN = frozenset({"head", "title", "script", "style", "template", "iframe", "noembed", "noframes", "svg", "canvas", "audio", "video", "object", "-comment"})  # fmt: skip
_STRAY = regex.compile(r"<(?=U\+[0-9A-Fa-f]{4,6}>)")  # <U+00A0>: printed by a program, no tag
_TAG = regex.compile(r"<(/?)([A-Za-z][^\s/>]*+)")
_CHILDLESS = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"})  # fmt: skip
_CLOSED_BY_NEXT = frozenset({"a", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "rt", "rp", "html", "head", "body"})  # fmt: skip
_FORMATTING = frozenset({"b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"})  # fmt: skip
_BLANK = regex.compile(r"\s+")
_FILE = regex.compile(r"(?i)\.(?:docx?|wps|pdf|ofd|xlsx?|et|pptx?|txt|zip|rar|7z)(?:$|[?&#])")


@dataclass(slots=True)
class Node:
    """`tag` is TEXT for a run of characters, and `text` then holds them."""

    tag: str
    attrs: Mapping[str, str]
    text: str
    parent: int
    end: int
    look: Look
    block: bool = False


class Page:
    def __init__(self, parser: LexborHTMLParser) -> None:
        self._parser = parser
        self._at: dict[int, int] = {}
        self._looks: dict[tuple[object, ...], tuple[Look, bool]] = {}
        self.sheet = sheet("\n".join(node.text() for node in parser.css("style")))
        self.nodes = self._read()
        _unhide(self)

    def _read(self) -> list[Node]:
        nodes: list[Node] = []
        inside: list[int] = []
        root = self._parser.root
        for found in root.traverse(include_text=True) if root is not None else ():
            parent = self._at.get(found.parent.mem_id, -1) if found.parent else -1
            while inside and inside[-1] != parent:
                nodes[inside.pop()].end = len(nodes)
            nodes.append(self._node(found, parent, nodes[parent].look if parent >= 0 else PLAIN))
            if nodes[-1].tag != TEXT:
                self._at[found.mem_id] = len(nodes) - 1
                inside.append(len(nodes) - 1)
        for i in inside:
            nodes[i].end = len(nodes)
        return nodes

    def _node(self, found: LexborNode, parent: int, above: Look) -> Node:
        tag = found.tag or ""
        if tag == TEXT:
            return Node(tag, {}, (found.text_content or "").replace("\r\n", "\n"), parent, 0, above)
        attrs = {name: value or "" for name, value in found.attributes.items()} if tag[:1] != "-" else {}
        key = (tag, above, *attrs.items())
        if key not in self._looks:  # an editor writes the same attributes a thousand times
            style = declared(tag, attrs, self.sheet)
            self._looks[key] = look(tag, attrs, style, above), is_block(tag, style)
        return Node(tag, attrs, "", parent, 0, *self._looks[key])

    def select(self, selector: str) -> list[int]:
        """The nodes that a CSS selector finds, in order, without those inside another."""
        found: list[int] = []
        for i in sorted(self._at[node.mem_id] for node in self._parser.css(selector) if node.mem_id in self._at):
            if not found or i >= self.nodes[found[-1]].end:
                found.append(i)
        return found

    def children(self, i: int) -> Iterator[int]:
        at, end = i + 1, self.nodes[i].end
        while at < end:
            yield at
            at = self.nodes[at].end

    def above(self, i: int) -> Iterator[int]:
        """The nodes that hold node `i`, the nearest first."""
        while (i := self.nodes[i].parent) >= 0:
            yield i

    @cached_property
    def body(self) -> int:
        return next((i for i, node in enumerate(self.nodes) if node.tag == "body"), 0)

    def has(self, i: int, *tags: str) -> bool:
        """Is there an element of one of these tags inside node `i`?"""
        ends = self.nodes[i].end
        return any(bisect_right(at, i) < bisect_left(at, ends) for at in map(self.tagged.__getitem__, tags))

    @cached_property
    def tagged(self) -> defaultdict[str, list[int]]:
        """Where the elements of each tag are."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for i, node in enumerate(self.nodes):
            found[node.tag].append(i)
        return found

    def text(self, i: int) -> str:
        """The characters that a node shows, without blanks."""
        return "".join(_BLANK.sub("", self.nodes[j].text) for j in range(i, self.nodes[i].end) if self._seen[j])

    def shown(self, i: int) -> int:
        """How many characters a node shows, blanks left out."""
        return self._sum(self._shown, i)

    def linked(self, i: int) -> int:
        """How many of them are links away from the text; not to its notes or its attachments."""
        return self._sum(self._linked, i)

    def links(self, i: int) -> int:
        return self._sum(self._links, i)

    def _sum(self, sums: list[int], i: int) -> int:
        return sums[self.nodes[i].end] - sums[i]

    @cached_property
    def _seen(self) -> list[bool]:
        """Is a node a run of characters that the page shows?"""
        seen, until = [], 0
        for i, node in enumerate(self.nodes):
            until = max(until, node.end if node.tag in UNSHOWN else 0)
            seen.append(node.tag == TEXT and i >= until and not node.look.hidden)
        return seen

    @cached_property
    def _sizes(self) -> list[int]:
        return [len(_BLANK.sub("", n.text)) if seen else 0 for n, seen in zip(self.nodes, self._seen, strict=True)]

    def _leads_away(self, i: int) -> bool:
        """Is a node a link, and neither to a place in the page nor to an attachment?"""
        node = self.nodes[i]
        href = node.attrs.get("href", "").strip() if node.tag == "a" else ""
        if not href or href.startswith("#") or "download" in node.attrs or _FILE.search(href):
            return False
        words = "".join(inner.text for inner in self.nodes[i : min(node.end, i + 20)]).strip()
        return not words.startswith("附件") and not _FILE.search(words)

    @cached_property
    def _away(self) -> list[bool]:
        """Is a node inside a link that leads away?"""
        away, until = [], 0
        for i, node in enumerate(self.nodes):
            until = max(until, node.end if self._leads_away(i) else 0)
            away.append(i < until)
        return away

    @cached_property
    def _shown(self) -> list[int]:
        return [0, *accumulate(self._sizes)]

    @cached_property
    def _linked(self) -> list[int]:
        return [0, *accumulate(n if away else 0 for n, away in zip(self._sizes, self._away, strict=True))]

    @cached_property
    def _links(self) -> list[int]:
        return [0, *accumulate(int(self._leads_away(i)) for i in range(len(self.nodes)))]

    def sums(self, weigh: Callable[[str], int]) -> list[int]:
        """Up to each node, what the runs of characters before it weigh that are shown and lead nowhere."""
        rows = zip(self.nodes, self._sizes, self._away, strict=True)
        return [0, *accumulate(weigh(node.text) if size and not away else 0 for node, size, away in rows)]


def parse(raw: Raw, text: str) -> Page:
    """Raises ReadError for a page that no parser gets through in time."""
    count = text.count("<")
    if count > MOST_TAGS:
        raise raw.error("too_large", f"the page has {count:,} tags, over the limit of {MOST_TAGS:,}")
    text = _STRAY.sub("&lt;", text)
    if count > DEEPEST:
        _refuse_deep(raw, text)
    return Page(LexborHTMLParser(text))


def valid(selector: str) -> bool:
    """Is it a CSS selector?"""
    try:
        LexborHTMLParser("").css(selector)
    except SelectolaxError:
        return False
    return True


def _refuse_deep(raw: Raw, text: str) -> None:
    waiting: Counter[str] = Counter()
    depth = formats = copies = 0
    for match in _TAG.finditer(text):
        name = match[2].lower()
        if name in _CLOSED_BY_NEXT:
            copies += 0 if match[1] else formats
        elif match[1] and waiting[name]:
            waiting[name] -= 1
            depth, formats = depth - 1, formats - (name in _FORMATTING)
        elif not match[1] and name not in _CHILDLESS:
            waiting[name] += 1
            depth, formats = depth + 1, formats + (name in _FORMATTING)
        if depth > DEEPEST or copies > REOPENED:
            raise raw.error(
                "too_large", f"the page nests more than {DEEPEST:,} elements, or closes none; save it again"
            )


def _unhide(page: Page) -> None:
    """What holds most of the page's text is not hidden from its readers: a script shows it."""
    nodes = page.nodes
    sums = [0, *accumulate(len(node.text.strip()) for node in nodes)]
    for i, node in enumerate(nodes):
        node.end = node.end or i + 1  # a run of characters
        if node.look.hidden and not (node.parent >= 0 and nodes[node.parent].look.hidden) and node.tag != TEXT:
            if 2 * (sums[node.end] - sums[i]) <= sums[-1]:
                continue
            for inner in nodes[i : node.end]:
                inner.look = inner.look._replace(hidden=False)
