"""A walk over the groups and words of the code: paragraphs, notes, headers and the rows of tables as they end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from extractor.readers.doc.tables import Blocks
from extractor.readers.docx.lines import Setting, lost, printed
from extractor.readers.docx.text import BREAK, Bit, whole
from extractor.readers.rtf.code import STATES, Fonts, State, Token
from extractor.readers.rtf.parts import Row, Story, joined, marker
from extractor.source import UNSEEN, Line, Part, Warn

# groups that hold no text of the document; of those after \* only the ones named further down do
_SKIPPED = frozenset({
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "fldinst", "datafield", "nonshppict",
    "nonesttables", "sp", "private", "xe", "tc",
})  # fmt: skip
_PARTS: dict[str, Part] = {
    "header": "header", "headerl": "header", "headerr": "header", "headerf": "header", "footer": "footer",
    "footerl": "footer", "footerr": "footer", "footerf": "footer", "footnote": "footnote",
    "annotation": "comment", "shptxt": "textbox",
}  # fmt: skip
_MARKERS = frozenset({"listtext", "pntext"})
_SIGNS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "tab": "\t", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "~": "\xa0", "_": "-",
    "line": BREAK, "page": BREAK, "column": BREAK,
}  # fmt: skip


class Walk:
    """The lines and tables gathered so far, and the state of every open group."""

    def __init__(self) -> None:
        self.blocks = Blocks()
        self.fonts = Fonts()
        self.replaced = 0
        self.number = 0
        self.edges: list[Line] = []
        self.stories = [Story("body", 0)]
        self.state = State()
        self.outer: list[State] = []
        self.rows = {False: Row(), True: Row()}  # of tables, and of tables in tables
        self.buffer = bytearray()
        self.substitute = 0  # bytes still to come that stand for a \u
        self.fresh = self.starred = self.closed = False

    def step(self, token: Token) -> None:
        if token.text:
            self._bytes(token.text)
            return
        self._flush()
        fresh, self.fresh = self.fresh, False
        if token.word == "{":
            self.outer.append(self.state)
            self.fresh, self.starred, self.substitute = True, False, 0
        elif token.word == "}":
            self._close()
        elif token.word == "*":
            self.fresh = self.starred = True
        elif not (fresh and self._destination(token.word)):
            self._word(token.word, token.value)

    def finish(self) -> None:
        self._flush()
        while len(self.stories) > 1:
            self._end_story()
        if self.stories[0].bits or self.stories[0].hung:
            self._paragraph(self.state.depth)
        self.blocks.depth(0)
        self.blocks.add(self.edges, False)

    def warnings(self) -> tuple[Warn, ...]:
        found = []
        if not self.closed:
            found.append(Warn("cut", "the file ends in the middle of a group; its end may be missing"))
        if self.replaced:
            found.append(Warn("replaced", f"{self.replaced} characters could not be decoded and are read as \ufffd"))
        return tuple(found)

    def _close(self) -> None:
        if len(self.stories) > 1 and self.stories[-1].level == len(self.outer):
            self._end_story()
        if self.outer:
            self.state = self.outer.pop()
            self.closed = not self.outer
        self.substitute = 0

    def _destination(self, word: str) -> bool:
        """The first word of a group says what it holds; True if that is all it says."""
        if word in _PARTS:
            if self.state.part is not None:
                part = self.stories[-1].part if self.stories[-1].part in UNSEEN else _PARTS[word]
                self.stories.append(Story(part, len(self.outer)))
                self.state = replace(self.state.paragraph().plain(), part=part, role="")
        elif word in ("ftnalt", "shpinst"):
            return False
        elif word in _MARKERS:
            self.state = replace(self.state, role="marker")
        elif word == "nesttableprops":
            self.state = replace(self.state, role="nested")
        elif word == "result":
            self.state = replace(self.state, part=self.stories[-1].part)
        elif self.starred or word in _SKIPPED:
            self.state = replace(self.state, part=None, role="fonts" if word == "fonttbl" else "")
        else:
            return False
        return True

    def _word(self, word: str, value: int | None) -> None:
        state = self.state
        if word in _SIGNS:
            self._text(_SIGNS[word])
        elif word == "u":
            self._text(chr((value or 0) & 0xFFFF))
            self.substitute = state.skip
        elif word in _ACTIONS and state.part is not None:
            _ACTIONS[word](self)
        elif word in STATES:
            self.state = STATES[word](state, value)
        elif word == "ansicpg":
            self.fonts.codepage(value or 0)
        elif word == "fcharset" and state.role == "fonts":
            self.fonts.charset(state.font, value or 0)
        elif word == "ftnalt":
            self.stories[-1].part = "endnote"
        elif state.part is not None:
            self._row_word(word, value)

    def _row_word(self, word: str, value: int | None) -> None:
        nested = self.state.role == "nested"
        if word == "trowd":
            self.rows[nested] = Row()
        elif word == "trleft":
            self.rows[nested].edges[0] = value or 0
        elif word == "cellx":
            self.rows[nested].cell(value or 0)
        elif word in ("clvmrg", "clmrg"):
            self.rows[nested].flags.add(word)

    def _bytes(self, data: bytes) -> None:
        self.fresh = False
        skipped = min(self.substitute, len(data))
        self.substitute -= skipped
        self.buffer += data[skipped:]

    def _flush(self) -> None:
        if self.buffer:
            text = self.buffer.decode(self.fonts.encoding(self.state), "replace")
            if self.state.part is not None:
                self.replaced += text.count("\ufffd")
            self._text(text)
            self.buffer.clear()

    def _text(self, text: str) -> None:
        state, story = self.state, self.stories[-1]
        text = "".join(char for char in text if char >= " " or char in "\t\n")
        if state.part is None or not text:
            return
        if state.role == "marker":
            story.marker += text
        else:
            part: Part | None = "deleted" if state.deleted else "hidden" if state.look.hidden else None
            story.bits.append(Bit(text, state.shown, None if text == BREAK else part))

    def _paragraph(self, depth: int) -> None:
        """The end of a paragraph, or of the last one of a cell."""
        story, body = self.stories[-1], len(self.stories) == 1
        depth = depth if body else 0
        if body:
            self.blocks.depth(depth)
            self.number += 1
        part: Part = "cell" if depth else story.part
        setting = Setting(self.number + (not body), part, None, self.state.outline, self.state.centred)
        bits = [Bit(whole(bit.text), bit.look, bit.lost) for bit in joined(story.bits)]
        lines = [*printed(bits, marker(story.marker), setting), *lost(bits, setting.number)]
        if body:
            self.blocks.add(lines, depth > 0)
            self.blocks.add(story.hung, False)
        else:
            story.lines += [*lines, *story.hung]
        story.bits, story.marker, story.hung = [], "", []

    def _end_story(self) -> None:
        if self.stories[-1].bits or self.stories[-1].hung:
            self._paragraph(0)
        story = self.stories.pop()
        if story.part in ("header", "footer"):
            numbered = [replace(line, number=i) for i, line in enumerate(story.lines, 1)]
            self.edges += [line for line in numbered if line not in self.edges]
        else:
            self.stories[-1].hung += story.lines

    def end_paragraph(self) -> None:
        self._paragraph(self.state.depth)

    def end_cell(self, least: int = 1) -> None:
        self._paragraph(max(least, self.state.depth))
        if len(self.stories) == 1:
            self.blocks.end_cell()

    def end_row(self, nested: bool = False) -> None:
        if len(self.stories) == 1:
            self.blocks.depth(max(2, self.state.depth) if nested else 1)
            self.blocks.end_row(self.rows[nested].bounds())


_ACTIONS: dict[str, Callable[[Walk], None]] = {
    "par": Walk.end_paragraph,
    "sect": Walk.end_paragraph,
    "cell": Walk.end_cell,
    "row": Walk.end_row,
    "nestcell": lambda walk: walk.end_cell(2),
    "nestrow": lambda walk: walk.end_row(True),
}
