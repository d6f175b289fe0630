"""What Word's styles say of a paragraph or run, inherited along `basedOn`."""

from __future__ import annotations

from functools import reduce
from typing import NamedTuple

import regex

from extractor.readers.docx.ml import OFF, VAL, W, count, first, value
from extractor.readers.ooxml import Element

_HEADING = regex.compile(r"(?i)(?:heading|标题)\s*([1-9])")
_BODY = 10  # w:outlineLvl 9 is body text; 0 to 8 are levels 1 to 9
_B, _SZ, _VANISH, _RSTYLE, _RPR, _DEL = W + "b", W + "sz", W + "vanish", W + "rStyle", W + "rPr", W + "del"
_MOVE_FROM = W + "moveFrom"
_PSTYLE, _JC, _NUM_PR, _OUTLINE = W + "pStyle", W + "jc", W + "numPr", W + "outlineLvl"


class Look(NamedTuple):
    """Properties of text; None: not stated here. `size` is in points."""

    bold: bool | None = None
    hidden: bool | None = None
    size: float | None = None

    def over(self, base: Look) -> Look:
        """Stated here, else as in `base`."""
        return Look(
            base.bold if self.bold is None else self.bold,
            base.hidden if self.hidden is None else self.hidden,
            base.size if self.size is None else self.size,
        )


class Shape(NamedTuple):
    """Properties of a paragraph; None: not stated here. `outline` 0 says that it is body text."""

    outline: int | None = None
    centred: bool | None = None
    list: str | None = None
    level: int | None = None

    def over(self, base: Shape) -> Shape:
        return Shape(
            base.outline if self.outline is None else self.outline,
            base.centred if self.centred is None else self.centred,
            base.list if self.list is None else self.list,
            base.level if self.level is None else self.level,
        )


class Style(NamedTuple):
    look: Look
    shape: Shape


_PLAIN = Style(Look(), Shape())


class Styles:
    """The styles of a document by id, read when first used; unknown ids look plain."""

    def __init__(self, root: Element | None) -> None:
        self.default = Look(size=10.0)
        self.lists: dict[str, str] = {}  # numbering style → list
        self._default_paragraph: str | None = None
        self._elements: dict[str, Element] = {}
        self._found: dict[str, Style] = {}
        if root is not None:
            self._index(root)

    def paragraph(self, style: str | None) -> str | None:
        """The paragraph style that is in force: the one named, else the default one."""
        return style if style in self._elements else self._default_paragraph

    def of(self, style: str | None) -> Style:
        """A style with all that it inherits."""
        if style is None:
            return _PLAIN
        found = self._found.get(style)
        if found is None:
            chain = [_style(self._elements[name]) for name in self.chain(style)]
            looks = reduce(lambda own, base: own.over(base), (style.look for style in chain), Look())
            shapes = reduce(lambda own, base: own.over(base), (style.shape for style in chain), Shape())
            found = self._found[style] = Style(looks, shapes)
        return found

    def chain(self, style: str | None) -> list[str]:
        """A style and those it is based on, nearest first."""
        names: dict[str, None] = {}
        while style is not None and style in self._elements and style not in names:
            names[style] = None
            style = value(self._elements[style], "basedOn")
        return list(names)

    def _index(self, root: Element) -> None:
        for element in root.iterchildren(W + "docDefaults"):
            for properties in element.iter(W + "rPr"):
                self.default = look(properties).over(self.default)
        for element in root.iterchildren(W + "style"):
            name, kind = element.get(W + "styleId", ""), element.get(W + "type")
            self._elements[name] = element
            if kind == "numbering":
                self.lists[name] = _style(element).shape.list or ""
            elif kind == "paragraph" and element.get(W + "default") in ("1", "true", "on"):
                self._default_paragraph = name


def look(properties: Element) -> Look:
    """What a w:rPr states itself, its character style left aside."""
    return character(properties)[0]


def character(properties: Element) -> tuple[Look, str | None]:
    """What a w:rPr states itself, and its character style."""
    bold = hidden = size = style = None
    for child in properties:
        tag = child.tag
        if tag == _SZ:
            size = _points(child.get(VAL))
        elif tag == _B:
            bold = child.get(VAL) not in OFF
        elif tag == _VANISH:
            hidden = child.get(VAL) not in OFF
        elif tag == _RSTYLE:
            style = child.get(VAL)
    return Look(bold, hidden, size), style


class Head(NamedTuple):
    """What a w:pPr states: the style, properties over it, and whether the paragraph mark is hidden or gone."""

    style: str | None = None
    shape: Shape = Shape()
    hidden: bool = False
    deleted: bool = False


def head(properties: Element) -> Head:
    style = outline = centred = list_id = level = None
    hidden = deleted = False
    for child in properties:
        tag = child.tag
        if tag == _PSTYLE:
            style = child.get(VAL)
        elif tag == _RPR:
            hidden = look(child).hidden is True
            deleted = next(child.iterchildren(_DEL, _MOVE_FROM), None) is not None
        elif tag == _JC:
            centred = child.get(VAL) == "center"
        elif tag == _NUM_PR:
            list_id = value(child, "numId")
            level = count(child, "ilvl", 0) if value(child, "ilvl") is not None else None
        elif tag == _OUTLINE:
            stated = child.get(VAL, "")
            outline = (int(stated) + 1) % _BODY if stated.isdecimal() and int(stated) < _BODY else 0
    return Head(style, Shape(outline, centred, list_id, level), hidden, deleted)


def _style(element: Element) -> Style:
    text, paragraph = first(element, _RPR), first(element, W + "pPr")
    own = Shape() if paragraph is None else head(paragraph).shape
    heading = _HEADING.fullmatch(value(element, "name") or "")
    if heading and own.outline is None:
        own = own._replace(outline=int(heading[1]))
    return Style(Look() if text is None else look(text), own)


def _points(stated: str | None) -> float | None:
    """Half points → points; some writers put fractions."""
    try:
        return float(stated) / 2 if stated else None
    except ValueError:
        return None
