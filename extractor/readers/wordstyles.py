"""What Word's styles say of a paragraph or run, inherited along `basedOn`."""

from __future__ import annotations

from functools import reduce
from typing import NamedTuple

import regex

from extractor.readers.ooxml import Element
from extractor.readers.wordml import VAL, W, count, first, value

_HEADING = regex.compile(r"(?i)(?:heading|标题)\s*([1-9])")
_BODY_LEVEL = 9  # w:outlineLvl 9 is body text; 0 to 8 are levels 1 to 9
_B, _SZ, _VANISH, _RSTYLE = W + "b", W + "sz", W + "vanish", W + "rStyle"
_OFF = frozenset({"0", "false", "off"})


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

    def paragraph(self, style: str | None) -> Style:
        return self.of(style if style in self._elements else self._default_paragraph)

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
        names: list[str] = []
        while style is not None and style in self._elements and style not in names:
            names.append(style)
            style = value(self._elements[style], "basedOn")
        return names

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
    bold = hidden = size = None
    for child in properties.iterchildren(_B, _SZ, _VANISH):
        stated = child.get(VAL)
        if child.tag == _SZ:
            size = _points(stated)
        elif child.tag == _B:
            bold = stated not in _OFF
        else:
            hidden = stated not in _OFF
    return Look(bold, hidden, size)


def shape(properties: Element) -> Shape:
    """What a w:pPr states itself, its style left aside."""
    outline = centred = list_id = level = None
    for child in properties.iterchildren(W + "outlineLvl", W + "jc", W + "numPr"):
        if child.tag == W + "jc":
            centred = child.get(VAL) == "center"
        elif child.tag == W + "numPr":
            list_id = value(child, "numId")
            level = count(child, "ilvl", 0) if value(child, "ilvl") is not None else None
        else:
            outline = count(properties, "outlineLvl", _BODY_LEVEL) + 1
    return Shape(0 if outline is not None and outline > _BODY_LEVEL else outline, centred, list_id, level)


def _style(element: Element) -> Style:
    text, paragraph = first(element, W + "rPr"), first(element, W + "pPr")
    own = Shape() if paragraph is None else shape(paragraph)
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
