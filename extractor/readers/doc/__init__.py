"""Word 97-2003 documents (.doc) and those of WPS (.wps), which are such files.

The walk is over marks in the text: a paragraph ends at \\r, a cell at \\a, a field's instruction stands between
\\x13 and \\x14. Notes, comments and text boxes follow the paragraph they hang on; headers and footers come last.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import regex

from extractor.readers import docx
from extractor.readers.doc import binary, soffice, sprm
from extractor.readers.doc.binary import WORD_97, Run, Story, WordFile
from extractor.readers.doc.lists import numbering
from extractor.readers.doc.sprm import Properties, integer
from extractor.readers.doc.styles import Styles, shaped
from extractor.readers.doc.tables import Blocks, Bounds
from extractor.readers.docx.lines import Setting, lost, printed
from extractor.readers.docx.numbering import Marker, Numbering
from extractor.readers.docx.styles import Look, Shape
from extractor.readers.docx.text import BREAK, SYMBOLS, Bit, whole
from extractor.readers.ole import properties
from extractor.readers.raw import Format, Raw
from extractor.source import UNSEEN, Part, Source, Warn

_CELL_MARK, _PAGE_BREAK = "\a", "\f"
_DRAWN = "\x08"  # a shape hangs here
_FIELD_BEGIN, _FIELD_RESULT, _FIELD_END = "\x13", "\x14", "\x15"
_SHOWN = {"\v": BREAK, "\f": BREAK, "\x0e": BREAK, "\t": "\t", "\x1e": "-"}  # other marks show no character
_ENDS = regex.compile(r"[\r\a\f]")
_PARTS = regex.compile(r"[^\x00-\x1f]++|[\x00-\x1f]")
_EDGES: tuple[Part, ...] = ("header", "header", "footer", "footer", "header", "footer")  # even, odd, …, first page
_SEPARATORS = 6  # stories before the first header: the rules above footnotes and endnotes
_FROM_ABOVE, _BEGINS, _FROM_LEFT = 0x20, 0x40, 0x03  # flags of a cell


def claims(raw: Raw) -> bool:
    return "WordDocument" in raw.streams and "EncryptedPackage" not in raw.streams


def read(raw: Raw) -> Source:
    """Raises ReadError."""
    file = WordFile(raw)
    if file.version < WORD_97:
        return soffice.read(raw, "a document of Word 6 or 95", "doc")
    walk = _Walk(file)
    walk.story("body", file.stories["body"])
    walk.edges()
    lines = tuple(walk.blocks.lines)
    raw.refuse_long("paragraph", ((line.number, line.text) for line in lines))
    return Source(
        raw.name,
        "doc",
        raw.sha256,
        len(raw.data),
        lines,
        tuple(walk.blocks.tables),
        hints=docx.hints(properties(raw)),
        warnings=walk.warnings(),
    )


class _Hung(NamedTuple):
    """A note, comment or text box, and the position of the body that it hangs on."""

    at: int
    part: Part
    story: Story


class _Fields:
    """Which of a story's text is a field's instruction; a field may run over several paragraphs."""

    def __init__(self, text: str) -> None:
        self._paired = text.count(_FIELD_BEGIN) == text.count(_FIELD_END)  # else no text would follow an open one
        self._codes: list[bool] = []

    def printed(self, text: str) -> Iterator[str]:
        for part in _PARTS.findall(text):
            if part == _FIELD_BEGIN:
                self._codes.append(True)
            elif part == _FIELD_RESULT and self._codes:
                self._codes[-1] = False
            elif part == _FIELD_END and self._codes:
                self._codes.pop()
            elif not any(self._codes):
                yield part if part >= " " else _SHOWN.get(part, "")

    def end_paragraph(self) -> None:
        if not self._paired:
            self._codes.clear()


class _Walk:
    """The lines and tables gathered so far, and the counters that run through the document."""

    def __init__(self, file: WordFile) -> None:
        self.file = file
        self.blocks = Blocks()
        self.styles = Styles(file.part(binary.STYLES))
        root = numbering(file.part(binary.LISTS), file.after(binary.LISTS), file.part(binary.LIST_USES))
        self.numbering = Numbering(root, {})
        self.unnumbered = 0
        self.number = 0
        self.carried: list[Bit] = []  # printed text whose paragraph mark is deleted: it belongs to the next paragraph
        self.sections = {end - 1 for end in file.positions(binary.SECTIONS, 12)[0]}
        self.hung = deque(sorted(_hung(file)))

    def story(self, part: Part, story: Story, anchored: bool = False) -> None:
        """A text with fields and tables of its own. Those that hang on a paragraph (`anchored`) bear its number."""
        outside = self.blocks.open
        text = self.file.text[story.start : story.end]
        fields, at = _Fields(text), story.start
        for mark in _ENDS.finditer(text):
            end = story.start + mark.start()
            if mark[0] != _PAGE_BREAK or end in self.sections:
                self.paragraph(part, at, end, fields, outside, anchored)
                at = end + 1
        if at < story.end:
            self.paragraph(part, at, story.end, fields, outside, anchored)
        self.blocks.depth(outside)

    def paragraph(self, part: Part, start: int, end: int, fields: _Fields, outside: int, anchored: bool) -> None:
        style, own = self.file.paragraph(end)
        cell_mark = self.file.text[end : end + 1] == _CELL_MARK
        depth = integer(own, sprm.DEPTH, 1 if cell_mark or integer(own, sprm.IN_TABLE) else 0)
        self.blocks.depth(outside + depth)
        if depth and (integer(own, sprm.ROW_END) or integer(own, sprm.INNER_ROW_END)):
            self.blocks.end_row(_bounds(own))
            return
        if not anchored:
            self.number += 1
        self.emit("cell" if depth and part not in UNSEEN else part, start, end, fields, depth > 0, style, own)
        while not anchored and self.hung and self.hung[0].at <= end:
            hung = self.hung.popleft()
            self.story(part if part in UNSEEN else hung.part, hung.story, anchored=True)
        if cell_mark or integer(own, sprm.INNER_CELL):
            self.blocks.end_cell()

    def emit(self, part: Part, start: int, end: int, fields: _Fields, in_cell: bool, style: int, own: Properties) -> None:  # fmt: skip
        """A paragraph's lines; without its mark it keeps its text for the next paragraph."""
        base = self.styles.of(style)
        form = shaped(own).over(base.shape)
        bits = [bit for run in self.file.runs(start, end) for bit in self.bits(run, base.look, fields)]
        fields.end_paragraph()
        marks = self.file.runs(end, end + 1)
        mark = marks[0].own if marks else {}
        merged = bool(integer(mark, sprm.DELETED))
        hidden = sprm.look(mark, base.look).hidden and all(bit.lost is not None for bit in bits)
        shown = [*self.carried, *(bit for bit in bits if bit.lost is None)]
        self.carried = shown if merged else []
        if not merged:
            setting = Setting(self.number, part, None, form.outline or None, form.centred is True)
            marker = None if hidden else self.marker(form)
            self.blocks.add(printed(shown, marker, setting), in_cell)
        self.blocks.add(lost(bits, self.number), in_cell)

    def marker(self, form: Shape) -> Marker | None:
        if form.list is None or form.list == "0":
            return None
        self.unnumbered += form.list not in self.numbering.lists
        return self.numbering.mark(form.list, form.level or 0)

    def bits(self, run: Run, base: Look, fields: _Fields) -> Iterator[Bit]:
        own = run.own
        if sprm.CHARACTER_STYLE in own:
            base = self.styles.text(integer(own, sprm.CHARACTER_STYLE), base)
        look = sprm.look(own, base)
        part: Part | None = "deleted" if integer(own, sprm.DELETED) else "hidden" if look.hidden else None
        text = self.file.text[run.start : run.end]
        if sprm.SYMBOL in own:  # the character stands in the property, with its font
            symbol = SYMBOLS.get(f"{int.from_bytes(own[sprm.SYMBOL][2:], 'little'):04X}", "")
            text = symbol * len(text)
        for words in fields.printed(text):
            if words:
                yield Bit(whole(words), look, None if words == BREAK else part)

    def edges(self) -> None:
        """Headers and footers, each text once; their paragraphs are counted anew."""
        self.number = 0
        first = self.file.stories["header"].start
        places, _ = self.file.positions(binary.HEADERS, 0)
        seen = set()
        for i, (start, end) in enumerate(pairwise(places[_SEPARATORS:])):
            text = self.file.text[first + start : first + end]
            if text.strip("\r") and (_DRAWN in text or text not in seen):
                seen.add(text)
                self.story(_EDGES[i % len(_EDGES)], Story(first + start, first + end))

    def warnings(self) -> tuple[Warn, ...]:
        if not self.unnumbered:
            return ()
        what = f"the automatic numbers of {self.unnumbered} paragraphs are not available (their list is damaged)"
        return (Warn("numbering", f"{what}; save the document as .docx"),)


def _hung(file: WordFile) -> Iterator[_Hung]:
    """Notes and comments by their marks, text boxes by the shape that holds them."""
    kinds: tuple[tuple[Part, int, int, int], ...] = (
        ("footnote", binary.NOTE_MARKS, binary.NOTES, 2),
        ("endnote", binary.ENDNOTE_MARKS, binary.ENDNOTES, 2),
        ("comment", binary.COMMENT_MARKS, binary.COMMENTS, 30),
    )
    for part, marks, texts, size in kinds:
        for at, story in zip(file.positions(marks, size)[0], _stories(file, part, texts, 0), strict=False):
            yield _Hung(at, part, story)
    shapes = (("body", binary.SHAPES, binary.BOXES), ("header", binary.EDGE_SHAPES, binary.EDGE_BOXES))
    for name, drawn, texts in shapes:
        first, last = file.stories[name]
        anchors = {shape[:4]: first + at for at, shape in zip(*file.positions(drawn, 26), strict=False)}
        boxes = file.positions(texts, 22)[1]
        for box, held in zip(boxes, _stories(file, f"{name} box", texts, 22), strict=False):
            yield _Hung(anchors.get(box[14:18], last - 1), "textbox", held)


def _stories(file: WordFile, part: str, index: int, size: int) -> list[Story]:
    whole = file.stories[part]
    places = [min(whole.start + place, whole.end) for place in file.positions(index, size)[0]]
    return [Story(a, b) for a, b in pairwise(places) if a < b]


def _bounds(own: Properties) -> Bounds:
    """The cells of a row, from its table properties."""
    data = own.get(sprm.CELLS, b"\0")
    count = data[0] if data else 0
    edges = tuple(int.from_bytes(data[1 + 2 * i : 3 + 2 * i], "little", signed=True) for i in range(count + 1))
    flags = {i: int.from_bytes(data[3 + 2 * count + 20 * i :][:2], "little") for i in range(count)}
    merges = own.get(sprm.VERTICAL, b"")
    flags |= {
        cell: flags.get(cell, 0) & ~(_FROM_ABOVE | _BEGINS) | merge << 5
        for cell, merge in zip(merges[::2], merges[1::2], strict=False)
    }
    return Bounds(
        edges if count else (),
        frozenset(i for i, flag in flags.items() if flag & _FROM_ABOVE and not flag & _BEGINS),
        frozenset(i for i, flag in flags.items() if flag & _FROM_LEFT and flags.get(i - 1, 0) & _FROM_LEFT),
    )


FORMAT = Format("doc", claims, read)
