"""Bytes → text, in the encodings that Chinese offices have used.

A file is cut, glued or damaged more often than it is mislabelled, so every step tolerates a few bad bytes and
counts what it had to replace: byte order mark → strict UTF-8 → UTF-8 with replacements → whichever of the older
encodings turns the first bytes into the most everyday characters. GBK and GB2312 are subsets of GB18030.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

import regex

from extractor.readers.raw import Raw

_MARKS = (  # longest first: the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLDER = ("gb18030", "big5", "utf-16-le", "utf-16-be")
# A file that says GB2312 or GBK is read as what both are parts of; one that says UTF-8 is tried as that anyway.
_DECLARED = {
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb-2312-80", "cp936", "ms936", "gb18030"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5"),
}
_SAMPLE = 8192
_BEYOND = regex.compile(rb"[\0\x80-\xff]")
_CHANCE = 0.1  # share of everyday characters that bytes of any kind may give
_BAD = "\ufffd"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LINE_END = regex.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
# Everyday characters of reports, and the traditional forms of those that Big5 files would have.
_FREQUENT = frozenset(
    "的一国在人了有中是年和大业不为发会工经上地市要个产这出行作生家以成到日民来我部对进多全建他公开们场展时理新方主企资实学报制政济用同于法高长现本月定化加动"
    "合品重关机分力自外者区能设后就等体下万元社过前面农也得与说之员而务利电文事可种总改三各好金第司其从平代当天水省提商十管内小技位目起海所立已通入量子问度"
    "北保心还科委都术使明着次将增基名向门应里美由规今题记点计去强两些表系办教正条最达特革收二期并程厂如道际及西口京华任调性导组东路活广意比投决交统党南安此"
    "领结营项情解议义山先车然价放世间因共院步物界集把持无但城相书村求治取原处府研质信四运县军件育局干队团又造形级标联专少费效据手施权江近深更认果格几看没职"
    "服台式益想数单样只被亿老受优常销志战流很接乡头给至难观指创证织论别五协变风批见究支那查张精每林转划准做需传争税构具百或才积势举必型易视快李参回引镇首推"
    "思完消值该走装众责备州供包副极整确知己环话反身选带采真谈严斯况色打德告仅气料神率识劳境源青护列兴许户马港则节款拉直案股光较根布线土克再群医清速律她族历"
    "非感占续师何影功负验望财类货约售连纪按讯史示象养获石食抓富模始住客越席坚存防整督察巡落健任贯彻"
    "國會發來時對個們為這說學後經過開動業長產關於實無進現將與機種應當點電體從門問題處總統務華萬廣東書車員結義觀權數見報區縣鄉農設備調論計記議證護讓變選達遠運還"
    "邊黨間頭認該價幾並兩氣軍導聯組織執傳決濟紀錄級線辦歷節環戰營標準據舉黨團張際陽雲親術場勞環"
)


class Decoded(NamedTuple):
    """`replaced` counts the characters that the bytes did not give (U+FFFD in the text)."""

    text: str
    encoding: str
    replaced: int


def decode(raw: Raw, declared: str | None = None) -> Decoded:
    """`declared` is the encoding that the file says it has. Raises ReadError for bytes that are no text."""
    decoded = _decoded(raw.data, declared)
    text = decoded.text
    bad = decoded.replaced + sum(1 for _ in _CONTROL.finditer(text))
    if bad > max(2, len(text) // 20) or bad * 2 > len(text):
        raise raw.error("binary", "the file holds binary data, not text; check what it is and save it as .docx or .txt")
    return decoded


def lines(raw: Raw, text: str) -> list[str]:
    """The lines of a text without their ends. Raises ReadError for one above the limit."""
    found: list[str] = _LINE_END.split(text)
    if not found[-1]:
        found.pop()
    raw.refuse_long("line", enumerate(found, 1))
    return found


def _decoded(data: bytes, declared: str | None) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _replacing(data, encoding)
    said = _declared(data, declared)
    return (None if said and _short(data) else _utf8(data)) or said or _replacing(data, _older(_sample(data)))


def _declared(data: bytes, declared: str | None) -> Decoded | None:
    """Read as declared, where that is an encoding in use here, and the right one."""
    name = _DECLARED.get((declared or "").lower().replace("_", "-"))
    decoded = _replacing(data, name) if name else None
    return decoded if decoded and decoded.replaced * 20 <= len(decoded.text) else None


def _short(data: bytes) -> bool:
    """Are there too few characters beyond ASCII to tell UTF-8 from GBK? 联通 in GBK is well-formed UTF-8."""
    return sum(byte > 0x7F for byte in data[:_SAMPLE]) < 16 and data.isascii() is False


def _sample(data: bytes) -> bytes:
    """The bytes from the first on that is not ASCII: a page begins with kilobytes of scripts."""
    match = _BEYOND.search(data)
    start = match.start() & ~1 if match else 0  # UTF-16 comes in pairs
    return data[start : start + _SAMPLE]


def _older(sample: bytes) -> str:
    """The encoding of the most everyday characters; bytes that give few in any are taken as the commonest one."""
    best = max(_OLDER, key=lambda encoding: _share(sample, encoding))
    return best if _share(sample, best) > _CHANCE else _OLDER[0]


def _utf8(data: bytes) -> Decoded | None:
    """Strict, else with replacements where well-formed characters outnumber bad ones by four to one."""
    decoded = _replacing(data, "utf-8")
    if not decoded.replaced:
        return decoded
    good = sum(1 for char in decoded.text if char > "\x7f") - decoded.replaced
    cut_tail = decoded.replaced == 1 and decoded.text.endswith(_BAD) and good > 0
    return decoded if cut_tail or good >= 4 * decoded.replaced else None


def _replacing(data: bytes, encoding: str) -> Decoded:
    """A NUL is no character of a text: it is replaced and counted, as an undecodable byte is."""
    text = data.decode(encoding, "replace")
    printed = data.count(b"\xef\xbf\xbd") if encoding.startswith("utf-8") else 0  # a U+FFFD that was in the file
    text = text.replace("\0", _BAD)
    return Decoded(text, encoding, text.count(_BAD) - printed)


def _share(sample: bytes, encoding: str) -> float:
    """How many characters beyond ASCII are everyday ones, less three for each bad one."""
    text = sample.decode(encoding, "replace").removesuffix(_BAD)  # the sample may end inside a character
    beyond = [char for char in text if char > "\x7f" or char == "\0"]
    bad = sum(1 for char in beyond if char in "\ufffd\0")
    return (sum(1 for char in beyond if char in _FREQUENT) - 3 * bad) / max(1, len(beyond))
