"""RTF as code: control words, groups and bytes of text, and what the groups' properties are (RTF 1.9.1)."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import regex

from extractor.readers.docx.styles import Look
from extractor.readers.raw import Raw
from extractor.source import Part

_TOKEN = regex.compile(
    rb"\\(?:(?P<word>[a-zA-Z]++)(?P<value>-?\d{1,10})? ?|'(?P<hex>[0-9a-fA-F]{2})|(?P<sign>[^a-zA-Z0-9]))"
    rb"|(?P<group>[{}])|(?P<text>[^\\{}\r\n]++)"
)
MAX_DEPTH = 5000  # groups in groups
# fcharset → encoding; 0 and 1 leave it to the document
_CHARSETS = {128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "big5hkscs", 161: "cp1253", 162: "cp1254", 204: "cp1251", 238: "cp1250"}  # fmt: skip
_PAGES = {936: "gb18030", 10008: "gb18030", 54936: "gb18030", 950: "big5hkscs", 10002: "big5hkscs", 65001: "utf-8"}


_PLAIN, _UNSTATED = Look(False, False, 12.0), Look()


class Token(NamedTuple):
    """A control word with its number, or `text` of the file's bytes; `{` and `}` are words."""

    word: str
    value: int | None = None
    text: bytes = b""


@dataclass(frozen=True)
class State:
    """What holds inside a group. `part` None: what stands there is not read."""

    part: Part | None = "body"
    look: Look = _PLAIN
    deleted: bool = False
    font: int = -1
    asian: bool = False  # East Asian text follows, in the font and look that are associated with it
    asian_font: int = -1
    asian_look: Look = _UNSTATED
    skip: int = 1  # bytes after \u that stand for it in older programs
    outline: int | None = None
    centred: bool = False
    depth: int = 0  # of tables
    role: str = ""  # of a group that is read for itself: fonts, marker, nested

    def plain(self) -> State:
        return replace(self, look=_PLAIN, deleted=False, asian=False, asian_look=_UNSTATED)

    @property
    def shown(self) -> Look:
        return self.asian_look.over(self.look) if self.asian else self.look

    def paragraph(self) -> State:
        return replace(self, outline=None, centred=False, depth=0)


@dataclass
class Fonts:
    """The encoding of bytes: that of the font's character set, else the document's."""

    page: str = "cp1252"
    of: dict[int, str] = field(default_factory=dict)

    def codepage(self, number: int) -> None:
        name = _PAGES.get(number, f"cp{number}")
        try:
            self.page = codecs.lookup(name).name
        except LookupError:
            return

    def charset(self, font: int, number: int) -> None:
        if number in _CHARSETS:
            self.of[font] = _CHARSETS[number]

    def encoding(self, state: State) -> str:
        own = self.of.get(state.font)
        return self.of.get(state.asian_font, own or self.page) if state.asian else own or self.page


def tokens(raw: Raw) -> Iterator[Token]:
    """Raises ReadError for groups in groups without end."""
    data, at, depth = raw.data, 0, 0
    while match := _TOKEN.search(data, at):
        at = match.end()
        if match["word"]:
            value = None if match["value"] is None else int(match["value"])
            word = match["word"].decode()
            if word == "bin":  # so many bytes of a picture follow
                at += max(0, value or 0)
            else:
                yield Token(word, value)
        elif match["group"]:
            depth += 1 if match["group"] == b"{" else -1
            if depth > MAX_DEPTH:
                raise raw.error("damaged", f"the file has over {MAX_DEPTH:,} groups in groups, as no program writes")
            yield Token(match["group"].decode())
        elif match["hex"]:
            yield Token("", text=bytes.fromhex(match["hex"].decode()))
        elif match["sign"]:
            yield _sign(match["sign"])
        else:
            yield Token("", text=match["text"])


def _sign(sign: bytes) -> Token:
    if sign in (b"\\", b"{", b"}"):
        return Token("", text=sign)
    return Token("par" if sign in (b"\r", b"\n") else sign.decode("latin-1"))


def _on(value: int | None) -> bool:
    return value != 0


def _associated(state: State, bold: bool | None = None, size: float | None = None) -> State:
    """After \\dbch a look is that of East Asian text, else of text from right to left, which no report has."""
    return replace(state, asian_look=Look(bold, None, size).over(state.asian_look)) if state.asian else state


# control words that change what holds from here to the end of the group
STATES: dict[str, Callable[[State, int | None], State]] = {
    "plain": lambda state, value: state.plain(),
    "pard": lambda state, value: state.paragraph(),
    "b": lambda state, value: replace(state, look=state.look._replace(bold=_on(value))),
    "v": lambda state, value: replace(state, look=state.look._replace(hidden=_on(value))),
    "fs": lambda state, value: replace(state, look=state.look._replace(size=(value or 24) / 2)),
    "deleted": lambda state, value: replace(state, deleted=_on(value)),
    "f": lambda state, value: replace(state, font=value or 0),
    "af": lambda state, value: replace(state, asian_font=value or 0),
    "ab": lambda state, value: _associated(state, bold=_on(value)),
    "afs": lambda state, value: _associated(state, size=(value or 24) / 2),
    "dbch": lambda state, value: replace(state, asian=True),
    "loch": lambda state, value: replace(state, asian=False),
    "hich": lambda state, value: replace(state, asian=False),
    "rtlch": lambda state, value: replace(state, asian=False),
    "ltrch": lambda state, value: replace(state, asian=False),
    "uc": lambda state, value: replace(state, skip=max(0, value or 0)),
    "outlinelevel": lambda state, value: replace(
        state, outline=value + 1 if value is not None and 0 <= value < 9 else None
    ),
    "qc": lambda state, value: replace(state, centred=True),
    "ql": lambda state, value: replace(state, centred=False),
    "qr": lambda state, value: replace(state, centred=False),
    "qj": lambda state, value: replace(state, centred=False),
    "intbl": lambda state, value: replace(state, depth=max(1, state.depth)),
    "itap": lambda state, value: replace(state, depth=max(0, value or 0)),
}
