"""The inline content of a Word paragraph: what of it is printed, deleted or hidden, and what hangs on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import regex

from extractor.readers.docx.ml import MC_ALTERNATE, M, V, W, choice
from extractor.readers.docx.styles import Look, Styles, character
from extractor.readers.ooxml import Element
from extractor.source import Part

_RPR, _RUN = W + "rPr", W + "r"
_TEXTS = frozenset({W + "t", W + "delText"})
_TXBX, _FLD_CHAR = W + "txbxContent", W + "fldChar"
BREAK = "\n"
_HALVES = regex.compile(r"[\ud800-\udfff]")
_BREAKS = frozenset({W + "br", W + "cr"})
_CHARS = {W + "tab": "\t", W + "ptab": "\t", W + "noBreakHyphen": "-"}
_LOST: dict[str, Part] = {W + "del": "deleted", W + "moveFrom": "deleted", W + "rt": "hidden"}
_NOTES: dict[str, Part] = {
    W + "footnoteReference": "footnote",
    W + "endnoteReference": "endnote",
    W + "commentReference": "comment",
}
_ANCHORS = frozenset({W + "drawing", W + "pict", W + "object"})
_SKIPPED = frozenset({_RPR, W + "pPr", W + "sdtPr", W + "sdtEndPr", W + "instrText", W + "delInstrText", W + "rubyPr"})
# w:sym names a character of a symbol font: boxes and ticks of forms
SYMBOLS = {"F0FE": "☒", "F052": "☑", "F0FC": "✓", "F0A8": "□", "F06F": "□", "F0A3": "□", "F06E": "■", "F06C": "●", "F0B7": "•"}  # fmt: skip


class Bit(NamedTuple):
    """A run of text of one look; `lost` names the part it belongs to where it is not printed. BREAK is a line break."""

    text: str
    look: Look
    lost: Part | None = None


class Note(NamedTuple):
    part: Part
    id: str


@dataclass
class Content:
    """A paragraph's bits in order, the notes and comments it refers to, and the text boxes anchored in it."""

    bits: list[Bit] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    shapes: list[str] = field(default_factory=list)  # words drawn as a shape (WordArt)


class Inline:
    """Reads paragraphs of one story in order, for a field may run over several of them."""

    def __init__(self, styles: Styles, story: Element) -> None:
        self.styles = styles
        self._looks: dict[tuple[Look, str | None, Look], Look] = {}
        self._codes = False  # is a field's instruction, not its result, being read?
        self._fields: list[bool] = []
        kinds = [item.get(W + "fldCharType") for item in story.iter(_FLD_CHAR)]
        self._paired = kinds.count("begin") == kinds.count("end")  # else no text would follow an open one

    def read(self, paragraph: Element, base: Look, lost: Part | None = None) -> Content:
        content = Content()
        self._walk(paragraph, base, lost, content)
        return content

    def _walk(self, parent: Element, base: Look, lost: Part | None, content: Content) -> None:
        """Descend through everything that only wraps text: links, insertions, content controls, smart tags, formulas."""
        for child in parent:
            tag = child.tag
            if tag == _RUN:
                self._run(child, base, lost, content)
            elif tag == M + "t":
                self._text(_one_line(child.text), base, lost, content)
            elif tag == MC_ALTERNATE:
                branch = choice(child)
                if branch is not None:
                    self._walk(branch, base, lost, content)
            elif tag in _ANCHORS:
                self._anchored(child, content)
            elif tag not in _SKIPPED:
                self._walk(child, base, lost or _LOST.get(tag), content)

    def _run(self, run: Element, base: Look, lost: Part | None, content: Content) -> None:
        for child in run:
            tag = child.tag
            if tag in _TEXTS:
                self._text(_one_line(child.text), base, lost, content)
            elif tag == _RPR:
                base = self._look(child, base)
            elif tag in _BREAKS:
                self._text(BREAK, base, lost, content)
            elif tag in _CHARS:
                self._text(_CHARS[tag], base, lost, content)
            elif tag == W + "sym":
                self._text(SYMBOLS.get(child.get(W + "char", "").upper()), base, lost, content)
            elif tag == _FLD_CHAR:
                self._field(child.get(W + "fldCharType"))
            elif tag in _NOTES:
                content.notes.append(Note(_NOTES[tag], child.get(W + "id", "")))
            elif tag in _ANCHORS:
                self._anchored(child, content)
            elif tag == MC_ALTERNATE:
                branch = choice(child)
                if branch is not None:
                    self._run(branch, base, lost, content)
            elif tag == W + "ruby":
                self._walk(child, base, lost, content)

    def _look(self, properties: Element, base: Look) -> Look:
        key = (*character(properties), base)
        found = self._looks.get(key)
        if found is None:
            own, style = key[0], self.styles.of(key[1]).look
            if style.bold and base.bold:
                style = style._replace(bold=False)  # a toggle: bold in both paragraph and character style is plain
            found = self._looks[key] = own.over(style).over(base)
        return found

    def _text(self, text: str | None, look: Look, lost: Part | None, content: Content) -> None:
        if text:
            unseen: Part | None = "hidden" if look.hidden or (self._codes and self._paired) else None
            content.bits.append(Bit(text, look, lost or unseen))

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()
        self._codes = any(self._fields)

    def _anchored(self, parent: Element, content: Content) -> None:
        """The outermost text boxes of a drawing, each once."""
        for child in parent:
            tag = child.tag
            if tag == _TXBX:
                content.boxes.append(child)
            elif tag == V + "textpath":
                content.shapes.append(child.get("string", ""))
            elif tag == MC_ALTERNATE:
                branch = choice(child)
                if branch is not None:
                    self._anchored(branch, content)
            else:
                self._anchored(child, content)


def _one_line(text: str | None) -> str | None:
    """A line end inside w:t is a blank: Word breaks lines at w:br only."""
    return text.replace("\r", " ").replace("\n", " ") if text and ("\n" in text or "\r" in text) else text


def whole(text: str) -> str:
    """Halves of a pair put together; a half without its other becomes the mark of a lost character."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") if _HALVES.search(text) else text
