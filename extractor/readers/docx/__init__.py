"""Word documents: every character of the package, in reading order, with the part it stands in.

A walk of our own, for text that tracked changes, content controls, text boxes and notes hold is not in the
paragraphs that python-docx shows. Notes, comments and text boxes follow the paragraph they hang on; headers and
footers come last, each part once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import regex

from extractor.errors import ReadError
from extractor.readers.docx.lines import Setting, lost, printed
from extractor.readers.docx.ml import W, first, flat
from extractor.readers.docx.numbering import Marker, Numbering
from extractor.readers.docx.styles import Head, Shape, Styles, head
from extractor.readers.docx.tables import Area, Spot, grid
from extractor.readers.docx.text import Bit, Content, Inline, Note
from extractor.readers.ooxml import Element, Package
from extractor.readers.raw import Format, Raw
from extractor.source import UNSEEN, Cell, CellRef, Line, Part, Source, Table, Warn

_P, _TBL, _PPR = W + "p", W + "tbl", W + "pPr"
_UNPRINTED: frozenset[Part] = frozenset({"deleted", "hidden"})  # parts of which no line is printed
_NOTE_PARTS: dict[str, Part] = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}
_EDGE_PARTS: dict[str, Part] = {"header": "header", "footer": "footer"}
_DC = "{http://purl.org/dc/elements/1.1/}"
# Word fills these in by itself, and templates with what is to be put there: a title is at least four characters of
# more than that, a creator no name of a login
_HINTS = {
    "property_title": ("title", regex.compile(r"^(?!.*(?:填写|点击|单击|模板|名称）?$)).*(?:\p{Han}.*){4}")),
    "property_creator": ("creator", regex.compile(r"^(?!.*(?:用户|系统|管理员)).*\p{Han}.*\p{Han}")),
}


def claims(raw: Raw) -> bool:
    return any(name.lower().startswith("word/") and name.endswith(".xml") for name in raw.entries)


def read(raw: Raw) -> Source:
    """Raises ReadError."""
    package = Package(raw)
    main = next((r.target for r in package.relations().values() if r.kind == "officeDocument"), "word/document.xml")
    root = package.xml(main)
    body = first(root, W + "body") if root is not None else None
    if body is None:
        raise raw.error("damaged", "the zip holds no word/document.xml with a text; save the document again in Word")
    walk = _Walk(package, main)
    walk.story(body, Place("body"))
    walk.edges()
    raw.refuse_long("paragraph", ((line.number, line.text) for line in walk.lines))
    return Source(
        raw.name, "docx", raw.sha256, len(raw.data), tuple(walk.lines), tuple(walk.tables),
        hints=_hints(walk.part("docProps/core.xml")), warnings=tuple(walk.warnings),
    )  # fmt: skip


class Place(NamedTuple):
    """Where a block stands. Blocks that hang on a paragraph (`anchored`) bear its number."""

    part: Part
    cell: CellRef | None = None
    anchored: bool = False


class _Walk:
    """The lines and tables gathered so far, and the counters that run through the document."""

    def __init__(self, package: Package, main: str) -> None:
        self.package = package
        self.warnings: list[Warn] = []
        self.lines: list[Line] = []
        self.tables: list[Table] = []
        self.number = 0
        relations = list(package.relations(main).values())
        edges = {r for r in relations if r.kind in _EDGE_PARTS}
        self.edge_parts = sorted(edges, key=lambda r: (r.kind == "footer", len(r.target), r.target))
        roots = {r.kind: self.part(r.target) for r in relations if r.kind in {"styles", "numbering", *_NOTE_PARTS}}
        self.styles = Styles(roots.get("styles"))
        self.numbering = Numbering(roots.get("numbering"), self.styles.lists)
        self.notes: dict[Note, Element] = {}
        for kind, part in _NOTE_PARTS.items():
            found = roots.get(kind)
            self.notes |= {Note(part, note.get(W + "id", "")): note for note in (() if found is None else found)}
        self.carried: list[Bit] = []  # printed text whose paragraph mark is deleted: it belongs to the next paragraph

    def part(self, name: str) -> Element | None:
        """A part beside the text; one that is damaged costs that part only."""
        try:
            return self.package.xml(name)
        except ReadError as error:
            self.warnings.append(Warn("part", f"{error.reason}; its content is missing"))
            return None

    def edges(self) -> None:
        """Headers and footers, each part once; their paragraphs are counted anew."""
        self.number = 0
        for kind, target in self.edge_parts:
            root = self.part(target)
            if root is not None:
                self.story(root, Place(_EDGE_PARTS[kind]))

    def story(self, parent: Element, place: Place) -> None:
        """A text with fields of its own: the body, a text box, a note, a header."""
        self.blocks(parent, place, Inline(self.styles, parent))

    def blocks(self, parent: Element, place: Place, inline: Inline) -> None:
        for child in flat(parent):
            if child.tag == _P:
                self.paragraph(child, place, inline)
            elif child.tag == _TBL:
                self.table(child, place, inline)
            elif child.tag == W + "altChunk":
                self.warnings.append(Warn("embedded", "a document embedded in the file (altChunk) is not read"))
        if self.carried:
            self.emit(Content(), Shape(), None, place)

    def paragraph(self, element: Element, place: Place, inline: Inline) -> None:
        properties = first(element, _PPR)
        own = Head() if properties is None else head(properties)
        style_id = self.styles.paragraph(own.style)
        style = self.styles.of(style_id)
        unprinted = place.part if place.part in _UNPRINTED else None
        content = inline.read(element, style.look.over(self.styles.default), unprinted)
        if not place.anchored:
            self.number += 1
        marker = None
        vanished = own.hidden and all(bit.lost is not None for bit in content.bits)
        if not own.deleted and not vanished and unprinted is None:
            marker = self.marker(own.shape, style.shape, style_id)
        self.emit(content, own.shape.over(style.shape), marker, place, merged=own.deleted)

    def marker(self, own: Shape, styled: Shape, style_id: str | None) -> Marker | None:
        """The automatic number: from the paragraph, else from its style; `numId` 0 switches it off."""
        found = own.over(styled)
        list_id, level = found.list, found.level
        if own.list is None and (styled.list is not None or styled.level is not None):
            for style in self.styles.chain(style_id):
                list_id = list_id or self.numbering.list_of(style)
                tied = self.numbering.level_of(list_id, style) if list_id and own.level is None else None
                if tied is not None:
                    level = tied
                    break
        return self.numbering.mark(list_id, level or 0) if list_id and list_id != "0" else None

    def emit(self, content: Content, form: Shape, marker: Marker | None, place: Place, merged: bool = False) -> None:
        """A paragraph's lines, then what hangs on it; `merged` keeps its text for the next paragraph."""
        bits = [*self.carried, *(bit for bit in content.bits if bit.lost is None)]
        self.carried = bits if merged else []
        if not merged and place.part not in _UNPRINTED:
            setting = Setting(self.number, place.part, place.cell, form.outline or None, form.centred is True)
            self.lines += printed(bits, marker, setting)
        self.lines += lost(content.bits, self.number)
        part: Part = place.part if place.part in UNSEEN else "textbox"
        self.lines += [Line(words, self.number, part) for words in content.shapes if words.strip()]
        for box in content.boxes:
            self.story(box, Place(part, anchored=True))
        for note in content.notes:
            if note in self.notes:
                self.story(self.notes.pop(note), Place(note.part, anchored=True))

    def table(self, element: Element, place: Place, inline: Inline) -> None:
        """Its cells' paragraphs in document order; a nested table gets the next index."""
        index = len(self.tables)
        self.tables.append(Table(0, 0, ()))
        laid = grid(element)
        held: dict[int, list[int]] = {}
        for spot in laid.spots:
            start = len(self.lines)
            here = _cell_place(place, spot, index, laid.areas)
            self.blocks(spot.element, here, inline)
            if spot.owner is not None:
                mine = (i for i in range(start, len(self.lines)) if self.lines[i].cell == here.cell)
                held.setdefault(spot.owner, []).extend(mine if here.cell is not None else ())
        cells = (Cell(*area, tuple(held.get(i, ()))) for i, area in enumerate(laid.areas))
        self.tables[index] = Table(laid.rows, laid.columns, tuple(cells))


def _cell_place(place: Place, spot: Spot, table: int, areas: tuple[Area, ...]) -> Place:
    """Merged cells and cells of deleted rows may hold text that Word does not show."""
    if spot.owner is None or spot.merged or place.part in _UNPRINTED:
        part: Part = "deleted" if spot.owner is None else "hidden"
        return Place(place.part if place.part in _UNPRINTED else part, None, place.anchored)
    area = areas[spot.owner]
    return Place(place.part if place.part in UNSEEN else "cell", CellRef(table, area.row, area.column), place.anchored)


def _hints(root: Element | None) -> dict[str, str]:
    """Title and creator of the document's properties, where they are more than Word's own filling."""
    return hints({} if root is None else {tag: root.findtext(_DC + tag) or "" for tag, _ in _HINTS.values()})


def hints(stated: Mapping[str, str]) -> dict[str, str]:
    """Which of the properties `title` and `creator` say something of the document."""
    found = {name: (stated.get(tag, "").strip(), plausible) for name, (tag, plausible) in _HINTS.items()}
    return {name: text for name, (text, plausible) in found.items() if plausible.search(text)}


FORMAT = Format("docx", claims, read)
