"""The cells of an Excel workbook that hold something: where they stand, what they show and how."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import regex

from extractor.errors import ReadError
from extractor.readers.ooxml import Element, Package
from extractor.readers.xlsx.formats import BUILT_IN, shown
from extractor.source import Warn

_MOST_CELLS = 500_000  # that hold something
_MOST_COVERED = 1_000_000  # places that merged cells cover
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = regex.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_FALSE = (None, "0", "false")
_ESCAPED = regex.compile(r"_x([0-9A-Fa-f]{4})_")  # _x000D_: a character that XML cannot hold


class Box(NamedTuple):
    """Rows count from 1 as Excel shows them (from 0 inside a table), columns from 0."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


class Look(NamedTuple):
    code: str = "General"
    bold: bool = False
    size: float | None = None
    centred: bool = False


class Entry(NamedTuple):
    """A cell that shows text."""

    box: Box
    text: str
    look: Look
    hidden: bool


class Sheet(NamedTuple):
    name: str
    hidden: bool
    entries: tuple[Entry, ...]


class Workbook:
    """Every method raises ReadError; a damaged sheet costs that sheet."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.warnings: list[Warn] = []
        main = next((r.target for r in package.relations().values() if r.kind == "officeDocument"), "xl/workbook.xml")
        root = package.xml(main)
        if root is None:
            raise package.raw.error("damaged", "the zip holds no workbook; save it again in Excel")
        self.root = root
        self.relations = package.relations(main)
        self.left = _MOST_CELLS

    def sheets(self) -> Iterator[Sheet]:
        for item in self.root.iter("{*}sheet"):
            target = self.relations.get(item.get(_RELATION, ""))
            name, hidden = item.get("name", ""), item.get("state") in ("hidden", "veryHidden")
            try:
                root = self.package.xml(target.target) if target is not None else None
            except ReadError as error:
                self.warnings.append(Warn("part", f"{error.reason}; sheet {name} is missing"))
                continue
            if root is not None:
                yield Sheet(name, hidden, tuple(self._entries(root)))

    @cached_property
    def _strings(self) -> list[str]:
        root = self._part("sharedStrings")
        return [] if root is None else [_words(item) for item in root.iterchildren("{*}si")]

    @cached_property
    def _looks(self) -> list[Look]:
        root = self._part("styles")
        if root is None:
            return []
        codes = {item.get("numFmtId"): item.get("formatCode", "") for item in root.iter("{*}numFmt")}
        fonts = [_font(font) for item in root.iterchildren("{*}fonts") for font in item.iterchildren("{*}font")]
        found = []
        for style in (style for item in root.iterchildren("{*}cellXfs") for style in item.iterchildren("{*}xf")):
            number = style.get("numFmtId", "0")
            code = codes.get(number) or BUILT_IN.get(_integer(number), "General")
            bold, size = fonts[at] if (at := _integer(style.get("fontId"))) < len(fonts) else (False, None)
            across = {item.get("horizontal") for item in style.iterchildren("{*}alignment")}
            found.append(Look(code, bold, size, not across.isdisjoint({"center", "centerContinuous"})))
        return found

    def _part(self, kind: str) -> Element | None:
        target = next((r.target for r in self.relations.values() if r.kind == kind), None)
        return None if target is None else self.package.xml(target)

    @cached_property
    def _first_1904(self) -> bool:
        return any(item.get("date1904") not in _FALSE for item in self.root.iter("{*}workbookPr"))

    def _entries(self, root: Element) -> Iterator[Entry]:
        merged, covered = _merged(root)
        columns = _hidden_columns(root)
        row = 0
        for line in root.iter("{*}row"):
            row = _integer(line.get("r")) or row + 1
            hidden = line.get("hidden") not in _FALSE
            column = -1
            for cell in line.iterchildren("{*}c"):
                place = _place(cell.get("r", ""))
                column = place[1] if place else column + 1
                text = self._text(cell)
                if not text.strip() or (row, column) in covered:
                    continue
                self.left -= 1
                if self.left < 0:
                    raise self.package.raw.error("too_large", f"the workbook has over {_MOST_CELLS:,} cells; split it")
                covered.add((row, column))  # a place that is stated twice is the first one's
                box = merged.get((row, column), Box(row, column))
                yield Entry(box, text, self._look(cell), hidden or any(low <= column <= high for low, high in columns))

    def _look(self, cell: Element) -> Look:
        at = _integer(cell.get("s"))
        return self._looks[at] if at < len(self._looks) else Look()

    def _text(self, cell: Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return "".join(_words(item) for item in cell.iterchildren("{*}is"))
        value = next((item.text or "" for item in cell.iterchildren("{*}v")), "")
        if kind == "s":
            at = _integer(value, -1)
            return self._strings[at] if 0 <= at < len(self._strings) else ""
        if kind == "n":
            return shown(value, self._look(cell).code, self._first_1904)
        if kind == "b":
            return "FALSE" if value in _FALSE else "TRUE"
        return _unescaped(value)


def _words(item: Element) -> str:
    """The text of a string, its readings (phonetic runs) left out."""
    parts = [t.text or "" for t in item.iter("{*}t") if not str(t.getparent().tag).endswith("}rPh")]
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)).replace("\r", ""), text) if "_x" in text else text


def _font(font: Element) -> tuple[bool, float | None]:
    bold = any(item.get("val", "1") not in _FALSE for item in font.iterchildren("{*}b"))
    sizes = (item.get("val", "") for item in font.iterchildren("{*}sz"))
    return bold, next((float(size) for size in sizes if regex.fullmatch(r"\d{1,3}(?:\.\d+)?", size)), None)


def _merged(root: Element) -> tuple[dict[tuple[int, int], Box], set[tuple[int, int]]]:
    """Merged cells by their first place, and the places they cover."""
    boxes: dict[tuple[int, int], Box] = {}
    covered: set[tuple[int, int]] = set()
    last = max((_integer(row.get("r")) for row in root.iter("{*}row")), default=0) or 1
    right = max((place[1] for cell in root.iter("{*}c") if (place := _place(cell.get("r", "")))), default=0)
    for item in root.iter("{*}mergeCell"):
        first, _, end = item.get("ref", "").partition(":")
        a, b = _place(first), _place(end)
        if a is None or b is None or b[0] < a[0] or b[1] < a[1]:
            continue
        rows, columns = max(1, min(b[0], last) - a[0] + 1), max(1, min(b[1], right) - a[1] + 1)
        if len(covered) + rows * columns > _MOST_COVERED:
            break
        boxes[a] = Box(*a, rows, columns)
        covered |= {(a[0] + i, a[1] + j) for i in range(rows) for j in range(columns)} - {a}
    return boxes, covered


def _hidden_columns(root: Element) -> list[tuple[int, int]]:
    hidden = (item for item in root.iter("{*}col") if item.get("hidden") not in _FALSE)
    return [(_integer(item.get("min")) - 1, _integer(item.get("max")) - 1) for item in hidden]


def _place(stated: str) -> tuple[int, int] | None:
    """B3 → (3, 1)."""
    match = _PLACE.fullmatch(stated)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column - 1


def _integer(stated: str | None, default: int = 0) -> int:
    return int(stated) if stated and stated.isascii() and stated.isdecimal() and len(stated) < 10 else default
